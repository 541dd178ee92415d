/*
 * Plans out of the dual: most persons are placed alike in all plans that hold the bound up, so branch and cut
 * has little left to decide. The relaxation induced neighbourhood of Danna, Rothberg and Le Pape
 * (Mathematical Programming 102, 2005), with the mean of the bundle's plans for the solution of the
 * relaxation.
 */
#ifndef PULANG_SOLVER_LAGRANGE_POLISH_H
#define PULANG_SOLVER_LAGRANGE_POLISH_H

#include "solver/lagrange_state.h"

/* Fixes everybody whom the mean ([n_arcs], of lagrange_mean) places whole, and as the incumbent does where
   there is one, but for the `more` classes that would change most cheaply at the prices of the last
   lagrange_bound; and looks for a plan among what is left. *found: flow ([n_arcs]) is one, not checked. */
pulang_status lagrange_polish(lagrange *lg, const double *mean, int more, double deadline, int *flow,
                              bool *found, pulang_error *error);

#endif
