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

/* An old plan of a problem with the same persons and totals, and the steps of its proof. */
typedef struct pulang_core_start {
    const int *post_of; /* [persons] post, PULANG_NONE: none */
    int n_steps;
    const pulang_solution_step *steps;
} pulang_core_start;

/* Solves all levels, with the steps of the proof. start: NULL, or where to start the levels from the first
   with costs on arcs on; the optimum is found from any start. */
pulang_status pulang_core_solve(const pulang_problem *problem, const pulang_core_start *start,
                                pulang_limits *limits, pulang_solution *solution, pulang_error *error);

#endif
