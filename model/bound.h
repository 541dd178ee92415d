/*
 * The certificate: a lower bound for every level, recomputed from the dual prices alone in exact
 * integers, without any code of the solvers and without model/problem.
 *
 * The value m of a total moves in steps of g, the greatest common divisor of the amounts of all
 * eligible pairs it counts (1 for a post): m = g * n, lower <= g * n <= upper, and n = 0 or g * n >= open
 * where a total may be empty but for that. A step of the certificate for level l has prices w per step of
 * the totals, a scale s >= 1 and, for sum levels i before l, multipliers h_i >= 0 (held). Let the objective
 * be s * f_l + sum of h_i * f_i, made of costs of pairs c, of being unplaced, and of the totals' values f.
 * For every plan with f_i <= v_i at all levels i before l,
 *
 *   s * f_l >= B = sum over persons of  min( unplaced cost [unless the person must be placed],
 *                                            min over eligible posts of c + sum of w_t * amount_t / g_t )
 *                + sum over totals of   min over n of  f(g_t * n) - w_t * n
 *                - sum of h_i * v_i
 *
 * (weak duality: the prices cancel in every plan; the h_i are the multipliers of the rows f_i <= v_i), and
 * so f_l >= ceil(B / s). A group of persons who stay together counts as one person whose choices
 * are the joint ones (model/bound_group.c). The core's steps have s = 1 and hold nothing.
 *
 * A cut (model/certificate.h) is one more total that a step may have a price for: it counts the heads of some
 * posts, each by the weight of its part, and costs nothing; its upper bound is worked out from the instance:
 * what its groups leave room for or, where it has none, what its posts hold.
 *
 * Branches (model/certificate.h) ask how many heads some posts have together: at most b, or at least b + 1.
 * A LEVEL step may have a tree of them, with prices of its own at each leaf and a price w per head for every
 * branch on the way there, which is one more total: who is in its posts pays w, and  min over n of -w * n  is
 * added, n in 0 .. b below the branch and in b + 1 .. the most that the posts hold above it. So B bounds the
 * plans of the leaf, and as every plan is in one leaf (each branch has both sides), the least B of the leaves
 * bounds all. The bound of the level is that or what the step's own prices prove, whichever is more; what is
 * left for later steps follows from the step's own prices (model/bound_tree.c) and from the branches that are
 * decided: where B > s * v_l in all leaves on one side, every plan that is as good is on the other side, so a
 * cut without groups that counts the heads of just these posts counts at most b, or at least b + 1, in all
 * steps after this one. The same goes for the branches there, from the root on for as long as one side is
 * left.
 *
 * For the lexicographic order each step is bounded over the plans that are as good as the one claimed at
 * all levels before. With S = s * v_l - B >= 0, a plan with f_l <= v_l has only choices that cost a person
 * at most S more than the least, and values of a total that cost at most S more than the least: any
 * other would lift the whole above s * v_l (reduced-cost fixing; with S = 0 complementary slackness). So
 * the minima run over what all steps before have left. That is sound whether or not the bound of a level
 * before meets its value. S < 0: no plan has the values claimed.
 *
 * Objectives of the steps (model/certificate.h):
 *   FEASIBLE  nothing at all. A bound above 0 proves that no plan meets the hard rules.
 *   LEVEL     the level's costs; proven when the bound is not below the level's value.
 *   BELOW     largest level with value z > 0: sum over its totals of max(0, need - n), need the least
 *             number of steps with a shortfall of at most z - 1 permille; proven when the bound is >= 1.
 *             Leaves every choice.
 *   HOLD      the same for z; value 0, and the bound must be 0.
 * A step that is left out leaves every choice; after a largest level without a proof nothing more is proven.
 *
 * Geoffrion (1974), "Lagrangean relaxation for integer programming"; the fixing by reduced costs is in
 * Nemhauser and Wolsey (1988), "Integer and combinatorial optimization", II.3.6; branches: Land and Doig
 * (1960), "An automatic method of solving discrete programming problems".
 */
#ifndef PULANG_MODEL_BOUND_H
#define PULANG_MODEL_BOUND_H

#include "model/plan.h"

typedef struct pulang_bound {
    bool proven;   /* no plan that is as good at all levels before is below the value */
    int64_t bound; /* no plan that is as good at all levels before can be below (above the value: there is
                      no plan with the values claimed); for a largest level the value when proven, else 0.
                      INT64_MIN: unknown (no step for it, or a largest level before is not proven) */
} pulang_bound;

/*
 * Bounds for the levels from the steps of a certificate (scale >= 1; held >= 0, and 0 for largest levels),
 * given the values that the plan claims (value[n_levels]). result: [n_levels], filled; *infeasible: the
 * FEASIBLE step proves that there is no plan.
 */
pulang_status pulang_bound_compute(const pulang_instance *instance, const pulang_step *steps, int n_steps,
                                   const int64_t *value, pulang_bound *result, bool *infeasible,
                                   pulang_error *error);

/*
 * What a person adds to the bounds: the least cost of the choices left, which estimates by how much one more
 * like the person would change the value of the level. least: [n_levels * n_persons], by level, filled: in
 * units of the level, rounded to the nearest; INT64_MIN for levels that no step prices, and for members of a
 * group, who count only together. By the steps' own prices, without branches.
 */
pulang_status pulang_bound_persons(const pulang_instance *instance, const pulang_step *steps, int n_steps,
                                   const int64_t *value, int64_t *least, pulang_error *error);

#endif
