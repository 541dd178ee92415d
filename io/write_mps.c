/*
 * Readers differ in what they assume: an integer column without bounds is binary to some, a RANGES
 * value is signed on E rows, and a right side of the objective is added by GLPK and lp_solve but taken
 * off by CBC. So every integer column states its bounds, a row with two bounds is a G row with a
 * range, no RANGES entry is negative, and the constant of the objective is a column fixed at 1.
 */
#include "io/write_mps.h"

#include "io/program_text.h"

#include <math.h>

typedef struct writer {
    const pulang_program *program;
    pulang_program_names names;
    pulang_words text;
} writer;

static void entry(writer *w, const char *set, const char *name, double value) {
    char number[PULANG_NUMBER_SIZE];
    pulang_words_append(&w->text, "    %s %s %s\n", set, name, pulang_program_number(value, number));
}

static char row_kind(const pulang_program_row *row) {
    if (row->lower == row->upper)
        return 'E';
    if (isinf(row->lower))
        return isinf(row->upper) ? 'N' : 'L';
    return 'G';
}

static void write_rows(writer *w) {
    pulang_words_append(&w->text, "ROWS\n N cost\n");
    for (int r = 0; r < w->program->n_rows; r++)
        pulang_words_append(&w->text, " %c %s\n", row_kind(&w->program->rows[r]), w->names.rows[r]);
}

static void write_marker(writer *w, int number, bool begins) {
    pulang_words_append(&w->text, "    MARKER%d 'MARKER' %s\n", number, begins ? "'INTORG'" : "'INTEND'");
}

static void write_columns(writer *w) {
    const pulang_program *program = w->program;
    bool integer = false;
    int markers = 0;
    pulang_words_append(&w->text, "COLUMNS\n");
    for (int c = 0; c < program->n_columns; c++) {
        const pulang_program_column *column = &program->columns[c];
        if (column->integer != integer)
            write_marker(w, markers++, column->integer);
        integer = column->integer;
        if (column->cost != 0 || program->begin[c] == program->begin[c + 1])
            entry(w, w->names.columns[c], "cost", column->cost);
        for (int e = program->begin[c]; e < program->begin[c + 1]; e++)
            entry(w, w->names.columns[c], w->names.rows[program->row[e]], program->value[e]);
    }
    if (integer)
        write_marker(w, markers, false);
    if (program->offset != 0)
        entry(w, PULANG_CONSTANT_COLUMN, "cost", program->offset);
}

static void write_sides(writer *w) {
    const pulang_program *program = w->program;
    bool ranges = false;
    pulang_words_append(&w->text, "RHS\n");
    for (int r = 0; r < program->n_rows; r++) {
        const pulang_program_row *row = &program->rows[r];
        double side = isinf(row->lower) ? row->upper : row->lower;
        if (side != 0 && !isinf(side))
            entry(w, "RHS", w->names.rows[r], side);
    }
    for (int r = 0; r < program->n_rows; r++) {
        const pulang_program_row *row = &program->rows[r];
        if (row_kind(row) != 'G' || isinf(row->upper))
            continue;
        if (!ranges)
            pulang_words_append(&w->text, "RANGES\n");
        ranges = true;
        entry(w, "RNG", w->names.rows[r], row->upper - row->lower);
    }
}

static void bound(writer *w, const char *kind, int column, double value) {
    pulang_words_append(&w->text, " %s", kind);
    entry(w, "BND", w->names.columns[column], value);
}

static void write_bounds(writer *w) {
    pulang_words_append(&w->text, "BOUNDS\n");
    if (w->program->offset != 0)
        pulang_words_append(&w->text, " FX BND %s 1\n", PULANG_CONSTANT_COLUMN);
    for (int c = 0; c < w->program->n_columns; c++) {
        const pulang_program_column *column = &w->program->columns[c];
        if (column->lower == column->upper) {
            bound(w, "FX", c, column->lower);
            continue;
        }
        if (isinf(column->lower))
            pulang_words_append(&w->text, " MI BND %s\n", w->names.columns[c]);
        else if (column->lower != 0)
            bound(w, "LO", c, column->lower);
        if (isinf(column->upper))
            pulang_words_append(&w->text, " PL BND %s\n", w->names.columns[c]);
        else
            bound(w, "UP", c, column->upper);
    }
}

pulang_status pulang_mps_write(const pulang_program *program, const char *path, pulang_error *error) {
    writer w = {.program = program};
    pulang_status status = pulang_program_names_make(program, &w.names, error);
    if (status != PULANG_OK)
        return status;
    pulang_words_append(&w.text, "NAME pulang\n");
    write_rows(&w);
    write_columns(&w);
    write_sides(&w);
    write_bounds(&w);
    pulang_words_append(&w.text, "ENDATA\n");
    status = pulang_program_save(&w.text, path, error);
    pulang_words_clear(&w.text);
    pulang_program_names_clear(&w.names);
    return status;
}
