/*
 * What the residual network is built with.
 */
#ifndef PULANG_SOLVER_RESIDUAL_SEARCH_H
#define PULANG_SOLVER_RESIDUAL_SEARCH_H

#include "solver/residual.h"

/* Fills the potentials: shortest distances to each node from anywhere. *optimal: false when some cycle costs
   less than nothing. Returns 0, or -1: out of memory. */
int pulang_residual_potentials(pulang_residual *residual, bool *optimal);

#endif
