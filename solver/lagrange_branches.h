/*
 * Branches on heads: how many people an office, a role, a post is to have is a whole number, which the
 * relaxation takes in parts to use up money that no whole person can use.
 */
#ifndef PULANG_SOLVER_LAGRANGE_BRANCHES_H
#define PULANG_SOLVER_LAGRANGE_BRANCHES_H

#include "solver/lagrange_state.h"

/* Branches at the level in hand, at which arcs must cost nothing and before which nothing may be held by a
   price, until pulang_clock() says so. */
pulang_status lagrange_branch_heads(const lagrange *lg, double deadline, lagrange_branches *branches,
                                    pulang_error *error);
void lagrange_branches_clear(lagrange_branches *branches);

/* Sets the prices in hand to those ([branches.n_totals]) times weight, of cuts that came later to 0. */
void lagrange_take_prices(lagrange *lg, const double *price, double weight);
/* The bound that the leaves prove at the level in hand, times scale, and the proof, which is the caller's;
   NULL: the root is the only leaf, or the sums do not fit 64 bits. The prices in hand stay as they are. */
pulang_status lagrange_prove_branches(lagrange *lg, int64_t *bound, pulang_solution_tree **proof);

/* After the proof of the level whose value, times scale, is attained: branches one side of which no plan as
   good is on become totals for the levels after it. */
pulang_status lagrange_keep_sides(lagrange *lg, int64_t attained);
/* Adds to the prices in hand, times weight, those of the branches kept, if that leaves one leaf.
 */
void lagrange_add_sides(lagrange *lg, double weight);

#endif
