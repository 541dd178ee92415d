/*
 * Quotas: whom and what they count, and their groups.
 */
#ifndef PULANG_MODEL_QUOTA_H
#define PULANG_MODEL_QUOTA_H

#include "model/instance.h"

/* The group of the quota that a post belongs to: the value of the `each` column ("" when each is
   blank: one group for all), NULL when the quota's filter does not select the post. A post whose
   cell is blank belongs to no group. */
const char *pulang_quota_group(const pulang_instance *instance, const pulang_quota *quota, int post);
/* What a person in a post adds to the quota (measure * scale, in a share times whole); 0 when no filter
   selects the person. The post is taken as selected. */
int64_t pulang_quota_amount(const pulang_instance *instance, const pulang_quota *quota, int person, int post);

/* How often the quota counts what a person brings: 0 or 1; in a share, from -part to whole. */
int64_t pulang_quota_factor(const pulang_instance *instance, const pulang_quota *quota, int person);
/* What a person in a post brings, counted once: factor * measure is the amount (for loops over posts). */
int64_t pulang_quota_measure(const pulang_instance *instance, const pulang_quota *quota, int person,
                             int post);

/* One group of one quota, with its bounds in measure * scale (of a share: 0). */
typedef struct pulang_quota_group_info {
    int quota;
    const char *key; /* as pulang_quota_group gives it */
    int n_posts;
    int *posts; /* ascending */
    bool has_min, has_target, has_max;
    bool or_none;             /* the minimum does not bind a total of 0 */
    int64_t min, target, max; /* target: the work of the posts where target_is_work */
} pulang_quota_group_info;

/* Whether a total is below the group's minimum where that binds. */
bool pulang_quota_below(const pulang_quota_group_info *group, int64_t value);

/* All groups of all quotas that are on, by quota, then by key in byte order. *groups is one
   allocation to be freed by pulang_quota_groups_free. Returns 0, or -1: out of memory. */
int pulang_quota_groups(const pulang_instance *instance, pulang_quota_group_info **groups, int *n_groups);
void pulang_quota_groups_free(pulang_quota_group_info *groups, int n_groups);

#endif
