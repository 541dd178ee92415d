/*
 * What a number of heads in a post, or the use of a quota's group, costs at a level. Together with
 * the preference these are the levels' definitions; pulang_check_plan and pulang_bound_compute are
 * built on them, and the solvers are not.
 *
 *   required    a post: heads below its minimum (nothing where minimums are hard)
 *   shortage    a post: convex cost of the heads below its target, weighted by priority
 *               a group: convex cost of falling below the quota's target, by its weight; not for
 *               quotas of tier balance
 *   balance     a group of a quota of that tier: ceil(1000 * missing / target)
 *   every other level that is a quota's tier (required too): the quota's weight for each unit of
 *               measure * scale below the minimum or above the maximum
 *
 * Where a level is absent from the scenario, what it would price is free.
 */
#ifndef PULANG_MODEL_PENALTY_H
#define PULANG_MODEL_PENALTY_H

#include "model/instance.h"
#include "model/quota.h"

/* Whether the quota's min and max are hard rules: tier hard, or a balance level (which prices targets). */
bool pulang_penalty_hard(const pulang_instance *instance, const pulang_quota *quota);
/* Cost of so many heads in the post at a level. */
int64_t pulang_penalty_post(const pulang_instance *instance, int level, int post, int64_t heads);
/* Cost of the group's value (measure * scale) at a level; at a balance level: permille. */
int64_t pulang_penalty_group(const pulang_instance *instance, int level, const pulang_quota_group_info *group,
                             int64_t value);
/* The least value of a group that costs at most `largest` permille (>= 0) at a balance level; 0 where the
   group has no target there. */
int64_t pulang_penalty_need(const pulang_instance *instance, int level, const pulang_quota_group_info *group,
                            int64_t largest);

#endif
