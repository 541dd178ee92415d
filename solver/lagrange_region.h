/*
 * Regions: the posts of a few of the rules that cut across, in which some may move while everybody else
 * stays. A large neighbourhood for branch and cut, where the incumbent loses most by the prices.
 */
#ifndef PULANG_SOLVER_LAGRANGE_REGION_H
#define PULANG_SOLVER_LAGRANGE_REGION_H

#include "solver/lagrange_state.h"

/* Leaves about so many members a choice, and all others what the flow ([n_arcs]) gives them: where it loses
   most by the prices or, if it breaks what crosses, around something broken. The prices must be those of the
   last lagrange_bound. *random: the state of the draws. */
pulang_status lagrange_region_restrict(lagrange *lg, const int *flow, int size, uint64_t *random,
                                       pulang_error *error);

#endif
