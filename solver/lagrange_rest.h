/*
 * What the prices have left of the problem, for branch and cut.
 */
#ifndef PULANG_SOLVER_LAGRANGE_REST_H
#define PULANG_SOLVER_LAGRANGE_REST_H

#include "solver/lagrange_state.h"

/* Solves the level in hand over the arcs that are left, exactly, from the incumbent in lg->solution on, which
   it improves. *bound: proven of the level over what is left; *infeasible: nothing is left that would hold.
 */
pulang_status lagrange_rest_solve(lagrange *lg, pulang_limits *limits, int64_t *bound, bool *infeasible,
                                  pulang_error *error);
/* Looks for a plan of the level in hand, weighted levels included, over the arcs that are left, by a dive.
 *found: flow ([n_arcs]) is what it found, which may break rules a little. */
pulang_status lagrange_rest_plan(lagrange *lg, double deadline, int *flow, bool *found, pulang_error *error);

#endif
