/*
 * A mixed-integer linear program, free of any solver's types: what solver/mip builds, solver/glpk
 * solves and io writes as MPS or LP.
 */
#ifndef PULANG_MODEL_PROGRAM_H
#define PULANG_MODEL_PROGRAM_H

#include "model/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct pulang_program_row {
    const char *name;    /* readable, unique; any characters: writers make them safe */
    double lower, upper; /* +-HUGE_VAL: none */
} pulang_program_row;

typedef struct pulang_program_column {
    const char *name;
    double lower, upper;
    double cost; /* objective, minimised */
    bool integer;
    bool first; /* branch on it before others: much follows from it */
} pulang_program_column;

/* Sparse by column: entries of column c are begin[c] .. begin[c + 1] - 1. */
typedef struct pulang_program {
    const char *name;
    double offset; /* constant of the objective */
    int n_rows, n_columns, n_entries;
    pulang_program_row *rows;
    pulang_program_column *columns;
    int *begin;          /* [n_columns + 1] */
    int *row;            /* [n_entries] ascending within a column */
    double *value;       /* [n_entries] non-zero */
    pulang_arena *arena; /* owns everything */
} pulang_program;

void pulang_program_free(pulang_program *program);

#endif
