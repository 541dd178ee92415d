/*
 * What the parts of a comparison share.
 */
#ifndef PULANG_IO_COMPARE_STATE_H
#define PULANG_IO_COMPARE_STATE_H

#include "io/compare.h"

/* Files, settings and rules that are otherwise in `after`. Returns 0, or -1: out of memory. */
int pulang_compare_changes(pulang_arena *arena, const pulang_run *before, const pulang_run *after,
                           pulang_against *against);
/* Who is placed otherwise, without the reasons. */
int pulang_compare_people(pulang_arena *arena, const pulang_run *before, const pulang_run *after,
                          pulang_against *against);
/* The reasons. */
int pulang_compare_reasons(pulang_arena *arena, const pulang_run *before, const pulang_run *after,
                           pulang_against *against);

/* ---- which posts and persons a rule counts ---- */

typedef struct pulang_scope {
    const char **group; /* [posts of the run] key of the group, NULL: not counted */
    bool *counts;       /* [persons of the run] */
} pulang_scope;

/*
 * with_rule: the run whose quotas.csv has the groups of the rule. As far as the folder tells: a filter over
 * columns that it does not have selects every post that has a group in quotas.csv, and everybody. False: out
 * of memory.
 */
bool pulang_scope_of_rule(const pulang_run *run, const pulang_run *with_rule, const pulang_run_rule *rule,
                          pulang_arena *arena, pulang_scope *scope);

/* ---- reasons of single persons ---- */

typedef struct pulang_judge {
    pulang_arena *arena;
    const pulang_run *before, *after;
    pulang_against *against;
    pulang_scope *scope_before, *scope_after; /* [n_changes] of rules */
    bool failed;                              /* memory ran out */
} pulang_judge;

/* Works out the scopes of the rules that were changed; clears nothing, all is in the arena. */
void pulang_judge_begin(pulang_judge *judge);
/* The reason of a difference that lies in its own person and posts; false: there is none. */
bool pulang_judge_direct(pulang_judge *judge, pulang_difference *difference);
/* A changed setting or rule in words, for a reason. */
const char *pulang_setting_words(const char *key);

#endif
