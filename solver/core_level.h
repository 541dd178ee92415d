/*
 * One sum level on the face that the levels before it leave, as a transportation problem.
 */
#ifndef PULANG_SOLVER_CORE_LEVEL_H
#define PULANG_SOLVER_CORE_LEVEL_H

#include "solver/core.h"
#include "solver/core_face.h"

/* Solves a level: flow of the solution, and one more step. start: NULL, or where to start if it has a step
   of the level. *stopped: told to stop. */
pulang_status core_level_solve(core_face *face, int level, const pulang_core_start *start,
                               pulang_limits *limits, pulang_solution *solution, bool *stopped,
                               pulang_error *error);

#endif
