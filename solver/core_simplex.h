/*
 * The assignment core by the network simplex: any levels, sums and largest values.
 */
#ifndef PULANG_SOLVER_CORE_SIMPLEX_H
#define PULANG_SOLVER_CORE_SIMPLEX_H

#include "solver/limits.h"

/*
 * Solves the first n_levels levels of a network problem. Fills solution->steps, the seconds of the
 * levels, and where there is a plan exists and flow; outcome and reason when there is none.
 * *n_proven: how many levels are proven. PULANG_OK or PULANG_ERROR_MEMORY.
 */
pulang_status core_simplex_solve(const pulang_problem *problem, int n_levels, pulang_limits *limits,
                                 pulang_solution *solution, int *n_proven);

#endif
