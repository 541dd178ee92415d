/*
 * The layout of the mixed-integer model, for solver/mip.
 *
 * The program of level l begins with the columns and rows of the program of level l - 1, in the same
 * order: first what every level shares, then level by level its pieces (or largest value) and the row
 * that holds it. So bounds learnt at one level carry over to the next by index.
 */
#ifndef PULANG_SOLVER_MIP_BUILD_H
#define PULANG_SOLVER_MIP_BUILD_H

#include "solver/mip.h"

/* The row that holds a solved level: sum of coefficient * column <= upper. */
typedef struct pulang_mip_hold {
    double *coefficient; /* [n_columns] of the level's program */
    double upper;
} pulang_mip_hold;

/* pulang_mip_build with the rows of the levels before given: holds[0 .. level - 1]. */
pulang_status pulang_mip_build_held(const pulang_problem *problem, int level, const pulang_mip_hold *holds,
                                    pulang_program **program, pulang_error *error);

/* The values of all columns of the program of a level that go with a feasible flow. x: [n_columns].
   PULANG_OK or PULANG_ERROR_MEMORY. */
pulang_status pulang_mip_complete(const pulang_problem *problem, int level, const int *flow, double *x);

#endif
