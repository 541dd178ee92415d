/*
 * Problems that are a network but for totals that are 0 or at least `open`: branch and bound over the core.
 *
 * Without the openings the core solves the problem with proof (a relaxation). Where its plan has a total
 * between 0 and open, that total is closed (at most 0) in one branch and open (at least that) in the other:
 * both are networks again (Land and Doig 1960). Values of all levels are compared lexicographically, so a
 * branch that is not better than the incumbent at the first level in which they differ is cut off.
 */
#ifndef PULANG_SOLVER_OPENINGS_H
#define PULANG_SOLVER_OPENINGS_H

#include "solver/core.h"

/* Whether there are openings, and the core applies without them. False too when memory is out. */
bool pulang_openings_apply(const pulang_problem *problem);
/* Solves all levels. The steps of the proof come with a plan that the core found at once. */
pulang_status pulang_openings_solve(const pulang_problem *problem, pulang_limits *limits,
                                    pulang_solution *solution, pulang_error *error);

#endif
