/*
 * The certificate: a lower bound for every level, recomputed from the dual prices alone in exact
 * integers, without any code of the solvers and without model/problem.
 *
 * The value m of a total moves in steps of g, the greatest common divisor of the amounts of all
 * eligible pairs it counts (1 for a post): m = g * n, lower <= g * n <= upper, and n = 0 or g * n >= open
 * where the total may only be empty or have a least value. For any prices w per step, and the objective of a
 * step of the certificate (costs of pairs c, of being unplaced, and of the totals' values f),
 *
 *   bound = sum over persons of  min( unplaced cost [unless the person must be placed],
 *                                     min over eligible posts of c + sum of w_t * amount_t / g_t )
 *         + sum over totals of   min over n of  f_t(g_t * n) - w_t * n
 *
 * is below the objective of every plan (weak duality; groups of persons are left out, which can only
 * lower it). For the lexicographic order, each step is bounded over the plans that are optimal in all
 * steps before: where the bound of a step meets its value, complementary slackness leaves a person
 * only the choices (unplaced included) that attain the minimum, and a total only the n that attain it.
 * So the minima run over what attained the minima of all steps before (BELOW restricts nothing).
 *
 * Objectives of the steps (model/certificate.h):
 *   FEASIBLE  nothing at all. Bound 0 for a feasible problem; a bound above 0 proves that no plan
 *             meets the hard rules.
 *   LEVEL     the level's costs; proven when the bound equals the level's value.
 *   BELOW     largest level with value z > 0: sum over its totals of max(0, need - n), need the least
 *             number of steps with a shortfall of at most z - 1 permille; proven when the bound is >= 1.
 *   HOLD      the same for z; value 0, and the bound must be 0.
 */
#ifndef PULANG_MODEL_BOUND_H
#define PULANG_MODEL_BOUND_H

#include "model/plan.h"

typedef struct pulang_bound {
    bool proven;   /* the steps of this level (and all before) prove the value */
    int64_t bound; /* no plan that is as good at all levels before can be below; for a largest level the
                      value when proven, else 0. INT64_MIN: unknown (no step for it, or a level before
                      is not proven) */
} pulang_bound;

/*
 * Bounds for the levels from the steps of a certificate, given the values that the plan claims
 * (value[n_levels]). result: [n_levels], filled; *infeasible: the FEASIBLE step proves that there is
 * no plan.
 */
pulang_status pulang_bound_compute(const pulang_instance *instance, const pulang_step *steps, int n_steps,
                                   const int64_t *value, pulang_bound *result, bool *infeasible,
                                   pulang_error *error);

#endif
