/*
 * Placement with rules that cut across the tree of totals, by Lagrangian relaxation.
 *
 * The totals that do not fit into the tree (budgets, hours, categories, moves), the levels before and
 * the teams are priced; what is left is a transportation problem. The prices prove a bound in exact
 * integers, forbid most choices, and say which the others are; what remains is small enough for branch
 * and cut.
 */
#ifndef PULANG_SOLVER_LAGRANGE_H
#define PULANG_SOLVER_LAGRANGE_H

#include "solver/limits.h"

/* Whether all levels are sums; if not, *why says so (translated, static). */
bool pulang_lagrange_applies(const pulang_problem *problem, const char **why);

/* Solves all levels, with the steps of the proof. */
pulang_status pulang_lagrange_solve(const pulang_problem *problem, pulang_limits *limits,
                                    pulang_solution *solution, pulang_error *error);

#endif
