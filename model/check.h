/*
 * Re-checks a plan from the instance alone. Shares no code with the solvers and does not use
 * model/problem: everything is counted anew, person by person.
 */
#ifndef PULANG_MODEL_CHECK_H
#define PULANG_MODEL_CHECK_H

#include "model/instance.h"
#include "model/quota.h"

/* How much of a quota's group is used, in measure * scale. */
typedef struct pulang_quota_use {
    pulang_quota_group_info info;
    int64_t value;       /* against the bounds: of a share whole * counted - part * of */
    int64_t counted, of; /* of a share: what those of `persons` bring, and those of `of` */
} pulang_quota_use;

typedef struct pulang_evaluation {
    int n_levels;
    int64_t *value; /* [n_levels] value of each level (see problem.h for the formulas) */
    int *filled;    /* [n_posts] heads */
    int n_uses;
    pulang_quota_use *uses;          /* quotas that are on, in the order of pulang_quota_groups */
    int n_violations;                /* hard rules broken */
    const char **violations;         /* [min(n_violations, 100)] in words, translated */
    pulang_quota_group_info *groups; /* owned, behind uses */
    pulang_arena *arena;
} pulang_evaluation;

/* Evaluates an assignment: post_of[p] is a post or PULANG_NONE, for every person. */
pulang_status pulang_check_plan(const pulang_instance *instance, const int *post_of,
                                pulang_evaluation **evaluation, pulang_error *error);
/* Whether the posts of two members of a group (PULANG_NONE: unplaced) keep them together: both without
   a post, or near enough. */
bool pulang_check_together(const pulang_instance *instance, int post_a, int post_b);
/* counted / of of a share in hundredths of a percent, rounded; of is not 0. */
int64_t pulang_check_share(const pulang_quota_use *use);
/* Whether the places are near enough for members of one group. */
bool pulang_check_near(const pulang_instance *instance, int from, int to);
void pulang_evaluation_free(pulang_evaluation *evaluation);

#endif
