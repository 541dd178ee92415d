/*
 * Plans out of the dual: what little the prices leave undecided goes to a dive through the relaxation.
 * Everybody keeps what he has, what the mean of the bundle's plans gives him and what costs as little by the
 * prices (the core of the problem; compare the relaxation induced neighbourhood of Danna, Rothberg and Le
 * Pape, Mathematical Programming 102, 2005); who loses by the prices, or would lose little, chooses among
 * more.
 */
#ifndef PULANG_SOLVER_LAGRANGE_POLISH_H
#define PULANG_SOLVER_LAGRANGE_POLISH_H

#include "solver/lagrange_state.h"

/* mean: [n_arcs] of lagrange_mean. Frees whom the incumbent places for more than his least and the `more`
   classes that would change most cheaply at the prices of the last lagrange_bound. *found: flow ([n_arcs]) is
   a plan, which may break rules a little. */
pulang_status lagrange_polish(lagrange *lg, const double *mean, int more, double deadline, int *flow,
                              bool *found, pulang_error *error);

#endif
