/*
 * The certificate: a lower bound for every level, recomputed from the dual prices alone in exact
 * integers, without any code of the solvers and without model/problem.
 *
 * For any prices w of the totals (posts and quota groups) at a sum level,
 *
 *   bound = sum over persons of  min( unplaced cost [unless bound],
 *                                     min over eligible posts of cost + sum of w_t * amount_t )
 *         + sum over totals of   min over lower <= m <= upper of  f_t(m) - w_t * m
 *
 * is below the level's value of every plan (weak duality; pairings are left out, which can only
 * lower it). For the lexicographic order, level l is bounded over the plans that are optimal at all
 * levels before: where the bound of a level met its value, complementary slackness leaves a person
 * only the posts that attain the minimum, and a total only the values m that attain it. So the minima
 * at level l run over what attained the minima of all levels before.
 *
 * A largest level (balance) with value z > 0 is proven by prices for the sum of the units missing
 * to reach z - 1, over its totals: a bound of at least 1 shows that no plan has z - 1. From then on the
 * totals are held to reach z.
 */
#ifndef PULANG_MODEL_BOUND_H
#define PULANG_MODEL_BOUND_H

#include "model/plan.h"

typedef struct pulang_bound {
    bool computed; /* false from the first level whose prices do not prove its value */
    int64_t bound; /* for a largest level: value when proven, 0 otherwise */
} pulang_bound;

/*
 * Bounds for the levels from prices, given the values the plan claims (value[n_levels]).
 * prices sorted as in pulang_plan. result: [n_levels], filled.
 */
pulang_status pulang_bound_compute(const pulang_instance *instance, const pulang_price *prices, int n_prices,
                                   const int64_t *value, pulang_bound *result, pulang_error *error);

#endif
