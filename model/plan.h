/*
 * A plan: who holds which post, with the proof. Public readers are in pulang.h.
 */
#ifndef PULANG_MODEL_PLAN_H
#define PULANG_MODEL_PLAN_H

#include "model/certificate.h"
#include "model/instance.h"
#include "model/prices.h"
#include "model/statement.h"

struct pulang_plan {
    const pulang_instance *instance;
    pulang_arena *arena;
    pulang_outcome outcome;
    bool exists;
    int *post;  /* [n_persons], PULANG_NONE: unplaced */
    int *phase; /* [n_persons] 1-based phase in which the person moves, 0: does not move (or beyond
                   the last phase: n_phases + 1); NULL without phases */
    int n_levels;
    pulang_level_result *levels;
    int n_steps; /* 0: no certificate (GLPK) */
    pulang_step *steps;
    pulang_prices *prices;             /* NULL: not asked for, or not proven at every level */
    pulang_level_statement *statement; /* [n_levels], NULL: not asked for */
    const char *method;
    const char *why; /* this method, in words; "": unknown */
    const char *reason;
    const int64_t *free_value; /* [n_levels] of the best plan without the rule against envy; NULL: the rule
                                  is not there, or that plan is not proven */
    double seconds_build;      /* to compile the instance to a problem */
    double seconds;            /* of the whole solve, building included */
};

/* An empty plan (everyone unplaced) for the instance; NULL: out of memory. */
pulang_plan *pulang_plan_new(const pulang_instance *instance);

#endif
