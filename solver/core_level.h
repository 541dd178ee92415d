/*
 * One sum level on the face that the levels before it leave, as a transportation problem.
 */
#ifndef PULANG_SOLVER_CORE_LEVEL_H
#define PULANG_SOLVER_CORE_LEVEL_H

#include "solver/core.h"
#include "solver/core_face.h"

typedef enum core_level_outcome {
    CORE_LEVEL_SOLVED,
    CORE_LEVEL_EMPTY,  /* the face holds no plan */
    CORE_LEVEL_STOPPED /* told to stop */
} core_level_outcome;

/* Solves a level: when solved, flow of the solution, and one more step. start: NULL, or where to start
   if it has a step of the level. */
pulang_status core_level_solve(core_face *face, int level, const pulang_core_start *start,
                               pulang_limits *limits, pulang_solution *solution, core_level_outcome *outcome,
                               pulang_error *error);

#endif
