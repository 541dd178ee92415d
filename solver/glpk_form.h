/*
 * A program as GLPK is to have it, for solver/glpk: without the fixed columns and the rows that are empty
 * then, and scaled.
 */
#ifndef PULANG_SOLVER_GLPK_FORM_H
#define PULANG_SOLVER_GLPK_FORM_H

#include "model/program.h"

typedef struct glpk_form {
    const pulang_program *program;
    int n_free, n_rows, n_entries;
    int *column;                      /* [n_free] of the program */
    int *row;                         /* [n_rows] of the program */
    double *shift;                    /* [rows of the program] share of the fixed columns */
    double *row_scale, *column_scale; /* [n_rows], [n_free] powers of 2; see scale() */
    bool *row_mixed;                  /* [n_rows] has a continuous column */
    double offset;                    /* objective with the fixed columns */
    int *entry_row, *entry_column;    /* [n_entries + 1] as glp_load_matrix wants them */
    double *entry_value;
} glpk_form;

/* Keeps a pointer to program. Returns 0, or -1: out of memory; to be cleared in either case. */
int glpk_form_init(glpk_form *form, const pulang_program *program);
void glpk_form_clear(glpk_form *form);

#endif
