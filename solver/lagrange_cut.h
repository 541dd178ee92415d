/* Cuts: more totals to price, which say how many people the maxima of budgets leave room for. */
#ifndef PULANG_SOLVER_LAGRANGE_CUT_H
#define PULANG_SOLVER_LAGRANGE_CUT_H

#include "solver/lagrange_state.h"

/* Adds the cuts that the mean flow of every arc ([n_arcs]) breaks most, by the prices in hand; how many. */
pulang_status lagrange_cut_add(lagrange *lg, const double *mean, int *n_added);

#endif
