/*
 * What the certificate's bound is taken over: the choices of every person and the range of every
 * total, each on its own, derived from the instance alone. pulang_bound_compute narrows both step by
 * step.
 */
#ifndef PULANG_MODEL_RELAXATION_H
#define PULANG_MODEL_RELAXATION_H

#include "model/quota.h"

/* The heads of a post or the value of a quota's group: unit * n for a whole n in lower .. upper; with open
   above 0, lower is 0 and n is 0 or at least open. */
typedef struct pulang_range {
    int64_t unit; /* >= 1: greatest common divisor of the amounts of all eligible pairs it counts */
    int64_t lower, upper;
    int64_t open; /* 0, or 1 .. upper */
} pulang_range;

typedef struct pulang_relaxation {
    const pulang_instance *instance;
    pulang_quota_group_info *groups;
    int n_groups, n_totals; /* n_totals: n_posts + n_groups */
    pulang_range *ranges;   /* [n_totals] the posts, then the groups; lower > upper: no plan */
    int *groups_begin;      /* [n_posts + 1] groups of post j: group_of[groups_begin[j]] ... */
    int *group_of;          /* indices into groups */
    bool *may_stay_out;     /* [n_persons] being without a post is a choice */
    size_t *begin;          /* [n_persons] choices of person p: posts[begin[p]] .. posts[end[p] - 1] */
    size_t *end;
    int *posts;
    size_t n_pairs, capacity;
    int64_t *base; /* [n_quotas * n_persons] amount where it is the same in every post, else how often
                      the quota counts the person */
    bool overflow; /* a range left 64 bits: the relaxation is of no use */
} pulang_relaxation;

/* NULL: out of memory. */
pulang_relaxation *pulang_relaxation_new(const pulang_instance *instance);
void pulang_relaxation_free(pulang_relaxation *relaxation);
/* What the person adds to a group (index into groups) in one of its posts. */
int64_t pulang_relaxation_amount(const pulang_relaxation *relaxation, int group, int person, int post);
/* Index of the group of a quota among groups, PULANG_NONE: there is none. */
int pulang_relaxation_group(const pulang_relaxation *relaxation, int quota, const char *key);

#endif
