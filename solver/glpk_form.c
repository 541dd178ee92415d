#include "solver/glpk_form.h"

#include "model/alloc.h"

#include <math.h>

/* Passes over rows and columns until the scale settles. */
#define SCALE_PASSES 4

/* Sorts the columns into fixed and free ones. */
static void collect(glpk_form *s) {
    const pulang_program *program = s->program;
    for (int c = 0; c < program->n_columns; c++) {
        const pulang_program_column *column = &program->columns[c];
        bool fixed = column->lower >= column->upper;
        if (fixed)
            s->offset += column->cost * column->lower;
        else
            s->column[s->n_free++] = c;
        for (int e = program->begin[c]; e < program->begin[c + 1]; e++) {
            if (fixed) {
                s->shift[program->row[e]] += program->value[e] * column->lower;
                continue;
            }
            s->n_entries++;
            s->entry_row[s->n_entries] = program->row[e] + 1;
            s->entry_column[s->n_entries] = s->n_free;
            s->entry_value[s->n_entries] = program->value[e];
        }
    }
}

/* Keeps the rows that have entries, and those without that nothing meets; scratch: [n_rows]. */
static void compress(glpk_form *s, int *kept) {
    const pulang_program *program = s->program;
    for (int e = 1; e <= s->n_entries; e++)
        kept[s->entry_row[e] - 1] = 1;
    for (int r = 0; r < program->n_rows; r++) {
        bool met = program->rows[r].lower <= s->shift[r] && s->shift[r] <= program->rows[r].upper;
        bool keeps = kept[r] || !met;
        kept[r] = s->n_rows;
        if (keeps)
            s->row[s->n_rows++] = r;
    }
    for (int e = 1; e <= s->n_entries; e++)
        s->entry_row[e] = kept[s->entry_row[e] - 1] + 1;
}

/* The power of 2 next to the geometric mean of the least and the largest. */
static double middle(double least, double most) {
    return most > 0 ? exp2(nearbyint((log2(least) + log2(most)) / 2)) : 1;
}

static bool is_integer(const glpk_form *s, int free_column) {
    return s->program->columns[s->column[free_column]].integer;
}

/* One pass over the rows, or over the columns: the middle entry of those to be scaled becomes 1. */
static void scale_pass(glpk_form *s, bool rows, double *least, double *most) {
    int n = rows ? s->n_rows : s->n_free;
    double *factor = rows ? s->row_scale : s->column_scale;
    for (int i = 0; i < n; i++) {
        least[i] = HUGE_VAL;
        most[i] = 0;
    }
    for (int e = 1; e <= s->n_entries; e++) {
        int r = s->entry_row[e] - 1, c = s->entry_column[e] - 1, i = rows ? r : c;
        double size = fabs(s->entry_value[e]) * s->row_scale[r] * s->column_scale[c];
        least[i] = fmin(least[i], size);
        most[i] = fmax(most[i], size);
    }
    for (int i = 0; i < n; i++)
        if (rows ? s->row_mixed[i] : !is_integer(s, i))
            factor[i] /= middle(least[i], most[i]);
}

/*
 * Scales continuous columns and the rows they are in by powers of 2, which is exact. GLPK scales for its
 * simplex method only: branching and cuts look at the numbers as given, with tolerances of their own,
 * and went wrong where pay in rupiah stood beside heads. Rows of integer columns only stay integer, for
 * cuts make use of that.
 */
static void scale(glpk_form *s, double *least, double *most) {
    for (int r = 0; r < s->n_rows; r++)
        s->row_scale[r] = 1;
    for (int i = 0; i < s->n_free; i++)
        s->column_scale[i] = 1;
    for (int e = 1; e <= s->n_entries; e++)
        if (!is_integer(s, s->entry_column[e] - 1))
            s->row_mixed[s->entry_row[e] - 1] = true;
    for (int pass = 0; pass < SCALE_PASSES; pass++) {
        scale_pass(s, true, least, most);
        scale_pass(s, false, least, most);
    }
    for (int e = 1; e <= s->n_entries; e++)
        s->entry_value[e] *= s->row_scale[s->entry_row[e] - 1] * s->column_scale[s->entry_column[e] - 1];
}

int glpk_form_init(glpk_form *form, const pulang_program *program) {
    size_t n_columns = (size_t)program->n_columns, n_rows = (size_t)program->n_rows;
    size_t n_entries = (size_t)program->n_entries, n_scratch = n_columns > n_rows ? n_columns : n_rows;
    *form = (glpk_form){.program = program, .offset = program->offset};
    double *scratch = pulang_alloc(2 * n_scratch, sizeof *scratch);
    int *kept = pulang_alloc(n_rows, sizeof *kept);
    form->row = pulang_alloc(n_rows, sizeof *form->row);
    form->column = pulang_alloc(n_columns, sizeof *form->column);
    form->shift = pulang_alloc(n_rows, sizeof *form->shift);
    form->row_mixed = pulang_alloc(n_rows, sizeof *form->row_mixed);
    form->row_scale = pulang_alloc(n_rows, sizeof *form->row_scale);
    form->column_scale = pulang_alloc(n_columns, sizeof *form->column_scale);
    form->entry_row = pulang_alloc(n_entries + 1, sizeof *form->entry_row);
    form->entry_column = pulang_alloc(n_entries + 1, sizeof *form->entry_column);
    form->entry_value = pulang_alloc(n_entries + 1, sizeof *form->entry_value);
    bool made = scratch && kept && form->row && form->column && form->shift && form->row_mixed &&
                form->row_scale && form->column_scale && form->entry_row && form->entry_column &&
                form->entry_value;
    if (made) {
        collect(form);
        compress(form, kept);
        scale(form, scratch, scratch + n_scratch);
    }
    pulang_free(scratch);
    pulang_free(kept);
    return made ? 0 : -1;
}

void glpk_form_clear(glpk_form *form) {
    pulang_free(form->column);
    pulang_free(form->row);
    pulang_free(form->shift);
    pulang_free(form->row_mixed);
    pulang_free(form->row_scale);
    pulang_free(form->column_scale);
    pulang_free(form->entry_row);
    pulang_free(form->entry_column);
    pulang_free(form->entry_value);
}
