/*
 * The level in hand over the near arcs as a program for GLPK.
 */
#ifndef PULANG_SOLVER_LAGRANGE_PROGRAM_H
#define PULANG_SOLVER_LAGRANGE_PROGRAM_H

#include "model/program.h"
#include "solver/lagrange_state.h"

typedef struct lagrange_program {
    pulang_program *program; /* owns everything */
    int *arc_column;         /* [near arcs] PULANG_NONE: its class has nothing to choose */
    int *out_column;         /* [n_classes] of those unplaced, PULANG_NONE: none */
    int *total_row;          /* [n_totals] PULANG_NONE: nothing to choose counts in it */
    int *held_row;           /* [n_levels] PULANG_NONE: not held by a price */
} lagrange_program;

/* NULL: out of memory. */
lagrange_program *lagrange_program_new(lagrange *lg);
void lagrange_program_free(lagrange_program *program);

#endif
