/*
 * One level by Lagrangian relaxation.
 */
#ifndef PULANG_SOLVER_LAGRANGE_LEVEL_H
#define PULANG_SOLVER_LAGRANGE_LEVEL_H

#include "solver/lagrange_state.h"

/* Looks for a plan that is good at all levels from the first on together, those before held: lg->start. */
pulang_status lagrange_level_start(lagrange *lg, lagrange_flow *flow, lagrange_bundle *bundle, int first,
                                   double deadline, pulang_error *error);

/*
 * Solves a level with the levels before held at lg->value: incumbent and lg->solution->levels[level]. The
 * goal is left with the prices of the best bound, *bound (times scale), as lagrange_bound has worked it out.
 * *infeasible: no plan meets the hard rules and holds the levels before.
 */
pulang_status lagrange_level_solve(lagrange *lg, lagrange_flow *flow, lagrange_bundle *bundle, int level,
                                   double deadline, int64_t *bound, bool *infeasible, pulang_error *error);

#endif
