/*
 * The assignment core: a minimum-cost flow over classes, posts and a tree of totals, exact in 64-bit
 * integers, lexicographic over the levels.
 */
#ifndef PULANG_SOLVER_CORE_H
#define PULANG_SOLVER_CORE_H

#include "solver/limits.h"

/* Whether the problem is a network: every total uniform, their sets of posts laminar, no pairings.
   If not, *why (nullable; a translated static string or one owned by the problem) says which rule
   cuts across the tree. */
bool pulang_core_applies(const pulang_problem *problem, const char **why);

/* Solves all levels. solution->price is filled for every level solved. */
pulang_status pulang_core_solve(const pulang_problem *problem, pulang_limits *limits,
                                pulang_solution *solution, pulang_error *error);

#endif
