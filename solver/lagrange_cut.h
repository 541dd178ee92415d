/* Cuts: more totals to price, which say how many people the maxima of budgets leave room for. */
#ifndef PULANG_SOLVER_LAGRANGE_CUT_H
#define PULANG_SOLVER_LAGRANGE_CUT_H

#include "solver/lagrange_state.h"

/* Adds the cuts that the mean flow of every arc ([n_arcs]) breaks most, by the prices in hand; how many. */
pulang_status lagrange_cut_add(lagrange *lg, const double *mean, int *n_added);
/* Lets a cut without budgets count the heads of n posts, ascending, which are so many at least and at most by
   what is known. *index: its total, new unless there is one already; PULANG_NONE: there is no room.
   lagrange_make_parts after the last of them. */
pulang_status lagrange_cut_heads(lagrange *lg, int n, const int *posts, int64_t lower, int64_t upper,
                                 int *index);

#endif
