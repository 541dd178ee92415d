/*
 * What it costs to place a person in a post: the terms of the preference.
 *
 * Each term is a loss in 0 .. 1 (pairs: the user's own number), times its weight; costs are integers
 * in thousandths of a point: cost = round(1000 * weight * loss).
 *
 *   hometown  1 - stay, the expected loss of retention. stay = curve(distance from the origin)
 *             * (1 - mismatch * max(0, remoteness(post's place) - remoteness(origin)));
 *             unknown origin (or distance): stay = hometown.unknown.
 *   skills    share of the levels in `prefers` that the person lacks; 0 where nothing is preferred.
 *   merit     (1 - merit/100) * priority(post) / largest priority: high merit belongs in weighty posts.
 *             Merit not given counts as 50.
 *   wish      0 for the first wish, r/n for the r-th (from 0) of n, 1 for none of them; 0 without wishes.
 *   move      1 when the person leaves the current post.
 *   pay       pay in this post / largest pay of any person or post.
 *   pairs     the cost column of pairs.csv, 0 where there is none.
 */
#ifndef PULANG_MODEL_PREFERENCE_H
#define PULANG_MODEL_PREFERENCE_H

#include "model/instance.h"

#define PULANG_COST_SCALE 1000

/* Values over the whole instance that terms are measured against. Fill once, pass around. */
typedef struct pulang_preference {
    const pulang_instance *instance;
    int64_t largest_priority, largest_pay; /* > 0 */
    bool own_level[PULANG_N_TERMS];        /* the term is a level of its own */
} pulang_preference;

void pulang_preference_init(pulang_preference *preference, const pulang_instance *instance);
/* Expected share who stay, 0..1. */
double pulang_preference_stay(const pulang_instance *instance, int person, int place);
/* Cost of one term, thousandths of a point, weight included. */
int64_t pulang_preference_term(const pulang_preference *preference, pulang_term term, int person, int post);
/* Sum over the terms that belong to a level: all without a level of their own for the preference
   level, the one term for a term's level, 0 for other kinds. */
int64_t pulang_preference_cost(const pulang_preference *preference, int level, int person, int post);

#endif
