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

/* Where the prices of the relaxation are to be read. */
typedef struct pulang_mip_layout {
    int *total_row; /* [n_totals] that counts the total */
    int *hold_row;  /* [n_levels] that holds a level before, filled up to the level */
} pulang_mip_layout;

/* pulang_mip_build, with the rows of the levels before given, holds[0 .. level - 1], or their values, held.
   With a layout, which is filled, there are no names and no rounding cuts, for no total has their prices.
   Either of holds and held is NULL; layout may be. */
pulang_status pulang_mip_build_with(const pulang_problem *problem, int level, const pulang_mip_hold *holds,
                                    const int64_t *held, const pulang_mip_layout *layout,
                                    pulang_program **program, pulang_error *error);

/* The values of all columns of the program of a level that go with a feasible flow. x: [n_columns].
   PULANG_OK or PULANG_ERROR_MEMORY. */
pulang_status pulang_mip_complete(const pulang_problem *problem, int level, const int *flow, double *x);

#endif
