/*
 * The mixed-integer model of the problem, level by level.
 *
 * Columns: x(k,j) in 0 .. supply_k for every arc, unplaced u(k), for every piece the missing (or
 * over) units, for a largest level its value z, for every pairing and place nothing but rows.
 * Rows: supply of each class, total of each post and quota group, pieces, pairings, one row for each
 * level already solved that holds it at its value.
 */
#ifndef PULANG_SOLVER_MIP_H
#define PULANG_SOLVER_MIP_H

#include "model/program.h"
#include "solver/limits.h"

/*
 * Builds the program that minimises level `level` with levels 0 .. level-1 held at held[0..level-1]
 * (at most; held may be NULL when level is 0). The first n_arcs columns are the arcs in order.
 */
pulang_status pulang_mip_build(const pulang_problem *problem, int level, const int64_t *held,
                               pulang_program **program, pulang_error *error);

/* The reason why there is no plan: the total whose bounds contradict each other, where there is one. */
void pulang_mip_explain(const pulang_problem *problem, pulang_solution *solution);

/* Solves all levels with GLPK; a time limit or stop keeps the incumbent. solution->price stays NULL. */
pulang_status pulang_mip_solve(const pulang_problem *problem, pulang_limits *limits,
                               pulang_solution *solution, pulang_error *error);

/* Solves one level with the levels before held at most at held[0 .. level - 1]: flow, and value, bound and
   whether it is proven of that level. A flow that the solution brings along is the incumbent. */
pulang_status pulang_mip_solve_level(const pulang_problem *problem, int level, const int64_t *held,
                                     pulang_limits *limits, pulang_solution *solution, bool *infeasible,
                                     pulang_error *error);

#endif
