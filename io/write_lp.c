/*
 * The constant of the objective is a column fixed at 1, for not every reader takes a bare number there;
 * a row with two bounds becomes two rows, for not every reader takes "1 <= x + y <= 3".
 */
#include "io/write_lp.h"

#include "io/program_text.h"
#include "model/alloc.h"
#include "model/error.h"

#include <math.h>

#define TERMS_A_LINE 6

typedef struct writer {
    const pulang_program *program;
    pulang_program_names names;
    pulang_words text;
    int *row_begin;     /* [n_rows + 2] entries by row */
    int *entry_column;  /* [n_entries] */
    double *row_values; /* [n_entries] */
} writer;

static pulang_status transpose(writer *w, pulang_error *error) {
    const pulang_program *program = w->program;
    size_t n_entries = (size_t)program->n_entries;
    w->row_begin = pulang_alloc((size_t)program->n_rows + 2, sizeof *w->row_begin);
    w->entry_column = pulang_alloc(n_entries, sizeof *w->entry_column);
    w->row_values = pulang_alloc(n_entries, sizeof *w->row_values);
    if (!w->row_begin || !w->entry_column || !w->row_values)
        return pulang_fail_memory(error);
    for (int e = 0; e < program->n_entries; e++)
        w->row_begin[program->row[e] + 2]++;
    for (int r = 0; r < program->n_rows; r++)
        w->row_begin[r + 2] += w->row_begin[r + 1];
    for (int c = 0; c < program->n_columns; c++)
        for (int e = program->begin[c]; e < program->begin[c + 1]; e++) {
            int at = w->row_begin[program->row[e] + 1]++;
            w->entry_column[at] = c;
            w->row_values[at] = program->value[e];
        }
    return PULANG_OK;
}

/* One term of a sum; *n counts them, to break the line now and then. */
static void term(writer *w, int *n, double value, const char *name) {
    char number[PULANG_NUMBER_SIZE];
    if (++*n % TERMS_A_LINE == 0)
        pulang_words_append(&w->text, "\n  ");
    if (fabs(value) == 1)
        pulang_words_append(&w->text, " %c %s", value < 0 ? '-' : '+', name);
    else
        pulang_words_append(&w->text, " %c %s %s", value < 0 ? '-' : '+',
                            pulang_program_number(fabs(value), number), name);
}

static void write_objective(writer *w) {
    int n = 0;
    pulang_words_append(&w->text, "Minimize\n cost:");
    for (int c = 0; c < w->program->n_columns; c++)
        if (w->program->columns[c].cost != 0)
            term(w, &n, w->program->columns[c].cost, w->names.columns[c]);
    term(w, &n, w->program->offset, PULANG_CONSTANT_COLUMN);
    pulang_words_append(&w->text, "\n");
}

static void write_row(writer *w, int r, const char *suffix, const char *sense, double side) {
    char number[PULANG_NUMBER_SIZE];
    int n = 0;
    pulang_words_append(&w->text, " %s%s:", w->names.rows[r], suffix);
    for (int e = w->row_begin[r]; e < w->row_begin[r + 1]; e++)
        term(w, &n, w->row_values[e], w->names.columns[w->entry_column[e]]);
    if (n == 0)
        term(w, &n, 0, PULANG_CONSTANT_COLUMN);
    pulang_words_append(&w->text, " %s %s\n", sense, pulang_program_number(side, number));
}

static void write_rows(writer *w) {
    pulang_words_append(&w->text, "Subject To\n");
    for (int r = 0; r < w->program->n_rows; r++) {
        const pulang_program_row *row = &w->program->rows[r];
        bool both = !isinf(row->lower) && !isinf(row->upper);
        if (row->lower == row->upper) {
            write_row(w, r, "", "=", row->lower);
            continue;
        }
        if (!isinf(row->lower))
            write_row(w, r, both ? "#least" : "", ">=", row->lower);
        if (!isinf(row->upper))
            write_row(w, r, both ? "#most" : "", "<=", row->upper);
    }
}

static void write_bounds(writer *w) {
    char lower[PULANG_NUMBER_SIZE], upper[PULANG_NUMBER_SIZE];
    pulang_words_append(&w->text, "Bounds\n %s = 1\n", PULANG_CONSTANT_COLUMN);
    for (int c = 0; c < w->program->n_columns; c++) {
        const pulang_program_column *column = &w->program->columns[c];
        pulang_program_number(column->lower, lower);
        pulang_program_number(column->upper, upper);
        if (column->lower == column->upper)
            pulang_words_append(&w->text, " %s = %s\n", w->names.columns[c], lower);
        else
            pulang_words_append(&w->text, " %s <= %s <= %s\n", lower, w->names.columns[c], upper);
    }
}

static void write_integers(writer *w) {
    bool any = false;
    for (int c = 0; c < w->program->n_columns; c++) {
        if (!w->program->columns[c].integer)
            continue;
        pulang_words_append(&w->text, "%s %s\n", any ? "" : "Generals\n", w->names.columns[c]);
        any = true;
    }
}

pulang_status pulang_lp_write(const pulang_program *program, const char *path, pulang_error *error) {
    writer w = {.program = program};
    pulang_status status = pulang_program_names_make(program, &w.names, error);
    if (status == PULANG_OK)
        status = transpose(&w, error);
    if (status == PULANG_OK) {
        write_objective(&w);
        write_rows(&w);
        write_bounds(&w);
        write_integers(&w);
        pulang_words_append(&w.text, "End\n");
        status = pulang_program_save(&w.text, path, error);
    }
    pulang_words_clear(&w.text);
    pulang_free(w.row_begin);
    pulang_free(w.entry_column);
    pulang_free(w.row_values);
    pulang_program_names_clear(&w.names);
    return status;
}
