/*
 * Builds the mixed-integer model. See solver/mip.h for what it holds.
 *
 * The cost of a total at a level is convex in its value m, so that bounded columns fill up in the
 * right order by themselves: with the anchor where the cost is least,
 *
 *     m + sum of missing - sum of over = anchor,   each missing or over within its segment's width.
 *
 * A largest level bounds z from every piece: 1000 m + width z >= 1000 to (missing),
 * 1000 m - width z <= 1000 from (over). Rows are divided by the greatest common divisor of their
 * numbers: money counted in hundredths would leave GLPK's tolerances little room otherwise.
 */
#include "solver/mip_build.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/breaks.h"
#include "solver/convex.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

/* Beyond this a double no longer counts units with room to spare. */
#define LARGEST_NUMBER ((int64_t)1 << 50)

/* Integer columns with more room than this gain little and make Gomory's cuts unsafe. */
#define LARGEST_INTEGER_WIDTH 10000

typedef struct entry {
    int row, column;
    double value;
} entry;

typedef struct builder {
    const pulang_problem *problem;
    pulang_program *program;
    entry *entries;
    size_t n_entries, entries_room, rows_room, columns_room;
    pulang_program_row *rows;
    pulang_program_column *columns;
    int *total_column;               /* [n_totals] column of the total / unit, PULANG_NONE: a row only */
    int64_t *amount;                 /* [n_posts] scratch */
    int64_t *unit;                   /* [n_totals] every value of the total is a multiple */
    const pulang_mip_layout *layout; /* NULL: not asked for */
    pulang_status status;
} builder;

static void fail(builder *b, pulang_status status) {
    if (b->status == PULANG_OK)
        b->status = status;
}

static double number(builder *b, int64_t value) {
    if (value > LARGEST_NUMBER || value < -LARGEST_NUMBER)
        fail(b, PULANG_ERROR_LIMIT);
    return (double)value;
}

static const char *name(builder *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
static const char *name(builder *b, const char *format, ...) {
    char text[512];
    va_list args;
    if (b->layout) /* nobody reads it */
        return "";
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return pulang_arena_printf(b->program->arena, "%s", text);
}

static int add_row(builder *b, const char *row_name, double lower, double upper) {
    void *rows = b->rows;
    size_t n = (size_t)b->program->n_rows;
    if (!row_name || pulang_grow(&rows, &b->rows_room, n + 1, sizeof *b->rows)) {
        fail(b, PULANG_ERROR_MEMORY);
        return 0;
    }
    b->rows = rows;
    b->rows[n] = (pulang_program_row){.name = row_name, .lower = lower, .upper = upper};
    return b->program->n_rows++;
}

static int add_column(builder *b, const char *column_name, double lower, double upper, bool integer) {
    void *columns = b->columns;
    size_t n = (size_t)b->program->n_columns;
    if (!column_name || pulang_grow(&columns, &b->columns_room, n + 1, sizeof *b->columns)) {
        fail(b, PULANG_ERROR_MEMORY);
        return 0;
    }
    b->columns = columns;
    b->columns[n] =
        (pulang_program_column){.name = column_name, .lower = lower, .upper = upper, .integer = integer};
    return b->program->n_columns++;
}

static void add_entry(builder *b, int row, int column, double value) {
    void *entries = b->entries;
    if (value == 0 || b->status != PULANG_OK)
        return;
    if (pulang_grow(&entries, &b->entries_room, b->n_entries + 1, sizeof *b->entries)) {
        fail(b, PULANG_ERROR_MEMORY);
        return;
    }
    b->entries = entries;
    b->entries[b->n_entries++] = (entry){.row = row, .column = column, .value = value};
}

static int unplaced_column(const pulang_problem *problem, int class) {
    return problem->n_arcs + class;
}

static const char *total_name(builder *b, int t) {
    const pulang_total *total = &b->problem->totals[t];
    if (total->post != PULANG_NONE)
        return b->problem->post_names[total->post];
    return name(b, "%s%s%s", total->name, *total->key ? ":" : "", total->key);
}

/* Who has one choice is a constant. */
static void add_supplies(builder *b) {
    const pulang_problem *p = b->problem;
    for (int k = 0; k < p->n_classes; k++) {
        bool fixed = p->bound[k] && p->arc_begin[k + 1] - p->arc_begin[k] == 1;
        for (int a = p->arc_begin[k]; a < p->arc_begin[k + 1]; a++)
            add_column(b, name(b, "x(%s,%s)", p->class_names[k], p->post_names[p->arc_post[a]]),
                       fixed ? p->supply[k] : 0, p->supply[k], true);
    }
    for (int k = 0; k < p->n_classes; k++)
        add_column(b, name(b, "unplaced(%s)", p->class_names[k]), 0, p->bound[k] ? 0 : p->supply[k], true);
    for (int k = 0; k < p->n_classes; k++) {
        int row = add_row(b, name(b, "supply(%s)", p->class_names[k]), p->supply[k], p->supply[k]);
        for (int a = p->arc_begin[k]; a < p->arc_begin[k + 1]; a++)
            add_entry(b, row, a, 1);
        add_entry(b, row, unplaced_column(p, k), 1);
    }
}

/* A column whose lower bound is above its upper one keeps the lower; the upper gets a row, for many
   programs refuse to read bounds that cross. */
static int add_total_column(builder *b, const char *column_name, double lower, double upper, bool integer) {
    int column = add_column(b, column_name, lower, lower > upper ? lower : upper, integer);
    if (b->status == PULANG_OK)
        b->columns[column].first = integer;
    if (lower > upper)
        add_entry(b, add_row(b, name(b, "contradiction(%s)", column_name), -HUGE_VAL, upper), column, 1);
    return column;
}

/* Rows that count the heads of the posts: the first totals. */
static void add_heads(builder *b) {
    const pulang_problem *p = b->problem;
    for (int j = 0; j < p->n_posts; j++) {
        const pulang_total *total = &p->totals[j];
        assert(total->uniform && total->n_posts == 1 && total->posts[0] == j && total->unit == 1);
        b->unit[j] = 1;
        b->total_column[j] = add_total_column(b, name(b, "heads(%s)", p->post_names[j]),
                                              number(b, total->lower), number(b, total->upper), true);
    }
    int first_row = b->program->n_rows;
    for (int j = 0; j < p->n_posts; j++) {
        int row = add_row(b, name(b, "count(%s)", p->post_names[j]), 0, 0);
        if (b->layout)
            b->layout->total_row[j] = row;
    }
    for (int a = 0; a < p->n_arcs; a++)
        add_entry(b, first_row + p->arc_post[a], a, 1);
    for (int j = 0; j < p->n_posts; j++)
        add_entry(b, first_row + j, b->total_column[j], -1);
}

/* What a total counts, over the heads of posts where that will do, else over arcs. */
static void add_amounts(builder *b, int t, int row) {
    const pulang_problem *p = b->problem;
    const pulang_total *total = &p->totals[t];
    if (total->uniform) {
        for (int i = 0; i < total->n_posts; i++)
            add_entry(b, row, b->total_column[total->posts[i]], 1);
        return;
    }
    if (pulang_total_by_post(p, total, b->amount)) {
        for (int j = 0; j < p->n_posts; j++)
            if (b->amount[j] > 0)
                add_entry(b, row, b->total_column[j], number(b, b->amount[j] / b->unit[t]));
        return;
    }
    for (int i = 0; i < total->n_terms; i++)
        add_entry(b, row, total->term_arc[i], number(b, total->term_amount[i] / b->unit[t]));
}

/*
 * Rounding cuts: amounts and bound of a row divided by one of its amounts d and rounded,
 *     sum of floor(a / d) x <= floor(upper / d)    and    sum of ceil(a / d) x >= ceil(lower / d).
 * With the least amount the first says how many heads a budget pays at most, with the largest the
 * second how many are needed at least; relaxations alone would count part heads.
 * Entries first .. end - 1 are the row's.
 */
static void add_rounded(builder *b, const char *group, size_t first, size_t end, double lower, double upper) {
    int64_t least = INT64_MAX, most = 0, low = (int64_t)lower, high = (int64_t)upper;
    for (size_t i = first; i < end; i++) {
        int64_t amount = (int64_t)b->entries[i].value;
        least = amount < least ? amount : least;
        most = amount > most ? amount : most;
    }
    if (first == end || least <= 0 || least == most)
        return;
    if (high > 0 && high % least != 0) {
        int row = add_row(b, name(b, "at_most(%s)", group), -HUGE_VAL, (double)(high / least));
        for (size_t i = first; i < end; i++)
            add_entry(b, row, b->entries[i].column, (double)((int64_t)b->entries[i].value / least));
    }
    if (low > 0 && low % most != 0) {
        int row = add_row(b, name(b, "at_least(%s)", group), (double)(low / most + 1), HUGE_VAL);
        for (size_t i = first; i < end; i++)
            add_entry(b, row, b->entries[i].column, 1);
    }
}

/* A quota's group: a column for its value where that is priced, else bounds on the row. */
static void add_group(builder *b, int t) {
    const pulang_total *total = &b->problem->totals[t];
    int64_t unit = b->unit[t] = pulang_total_unit(total);
    double lower = number(b, pulang_steps_up(total->lower, unit));
    double upper = number(b, pulang_steps_down(total->upper, unit));
    bool priced = total->n_pieces > 0 || lower > upper;
    const char *group = total_name(b, t);
    b->total_column[t] = PULANG_NONE;
    if (priced)
        b->total_column[t] = add_total_column(b, name(b, "total(%s)", group), lower, upper, total->uniform);
    int row = add_row(b, group, priced ? 0 : lower, priced ? 0 : upper);
    size_t first = b->n_entries;
    add_amounts(b, t, row);
    size_t end = b->n_entries;
    if (priced)
        add_entry(b, row, b->total_column[t], -1);
    if (b->layout)
        b->layout->total_row[t] = row;
    else
        add_rounded(b, group, first, end, lower, upper);
}

/* The members whom a total counts, with coefficient 1; returns how many there can be. */
static int64_t add_counted(builder *b, int t, int row) {
    const pulang_problem *p = b->problem;
    const pulang_total *total = &p->totals[t];
    int64_t most = 0;
    if (total->uniform) {
        add_amounts(b, t, row);
        return total->upper / total->unit;
    }
    for (int k = 0, i = 0; k < p->n_classes; k++) {
        int first = i;
        for (; i < total->n_terms && total->term_arc[i] < p->arc_begin[k + 1]; i++)
            add_entry(b, row, total->term_arc[i], 1);
        most += i > first ? p->supply[k] : 0;
    }
    return most;
}

/*
 * Totals that are 0 or at least `open`: a binary column y says which, by total >= open y and members
 * counted <= most y. Members, not amounts, for their number is small: within its tolerance of a whole y,
 * GLPK cannot place anybody.
 */
static void add_openings(builder *b) {
    const pulang_problem *p = b->problem;
    for (int t = 0; t < p->n_totals && b->status == PULANG_OK; t++) {
        if (p->totals[t].open == 0)
            continue;
        const char *total = total_name(b, t);
        int column = add_column(b, name(b, "open(%s)", total), 0, 1, true);
        int least = add_row(b, name(b, "open_least(%s)", total), 0, HUGE_VAL);
        add_amounts(b, t, least);
        add_entry(b, least, column, -number(b, pulang_steps_up(p->totals[t].open, b->unit[t])));
        int most = add_row(b, name(b, "open_most(%s)", total), -HUGE_VAL, 0);
        add_entry(b, most, column, -number(b, add_counted(b, t, most)));
        if (b->status == PULANG_OK)
            b->columns[column].first = true;
    }
}

static bool has_arc_in(const pulang_problem *p, int class, int place) {
    for (int a = p->arc_begin[class]; a < p->arc_begin[class + 1]; a++)
        if (p->post_place[p->arc_post[a]] == place)
            return true;
    return false;
}

/* Where `mover` is in a place, `other` is near it. first: mover is the pairing's a. */
static void add_nearness(builder *b, int pairing, int mover, int other, bool first) {
    const pulang_problem *p = b->problem;
    for (int place = 0; place < p->n_places; place++) {
        if (!has_arc_in(p, mover, place))
            continue;
        int row = add_row(b, name(b, "together%d(%s,%d)", pairing + 1, p->class_names[mover], place + 1),
                          -HUGE_VAL, 0);
        for (int a = p->arc_begin[mover]; a < p->arc_begin[mover + 1]; a++)
            if (p->post_place[p->arc_post[a]] == place)
                add_entry(b, row, a, 1);
        for (int a = p->arc_begin[other]; a < p->arc_begin[other + 1]; a++) {
            int where = p->post_place[p->arc_post[a]];
            if (first ? pulang_problem_near(p, place, where) : pulang_problem_near(p, where, place))
                add_entry(b, row, a, -1);
        }
    }
}

static void add_pairings(builder *b) {
    const pulang_problem *p = b->problem;
    for (int i = 0; i < p->n_pairings; i++) {
        const pulang_pairing *pairing = &p->pairings[i];
        int row = add_row(b, name(b, "both%d", i + 1), 0, 0);
        add_entry(b, row, unplaced_column(p, pairing->a), 1);
        add_entry(b, row, unplaced_column(p, pairing->b), -1);
        add_nearness(b, i, pairing->a, pairing->b, true);
        add_nearness(b, i, pairing->b, pairing->a, false);
    }
}

static void add_segments(builder *b, int level, int t, const pulang_convex *convex, bool integer,
                         double *offset) {
    const char *level_name = b->problem->levels[level].name;
    int64_t divisor = pulang_convex_divisor(convex, b->unit[t]);
    *offset += number(b, convex->least);
    if (convex->n == 0)
        return;
    double anchor = number(b, convex->anchor / divisor);
    const char *total = total_name(b, t);
    int row = add_row(b, name(b, "%s(%s)", level_name, total), anchor, anchor);
    add_entry(b, row, b->total_column[t], number(b, b->unit[t] / divisor));
    for (int i = 0; i < convex->n; i++) {
        const pulang_segment *segment = &convex->segments[i];
        bool missing = segment->slope < 0;
        double width = number(b, (segment->to - segment->from) / divisor);
        int column =
            add_column(b, name(b, "%s(%s,%s,%d)", missing ? "missing" : "over", level_name, total, i + 1), 0,
                       width, integer && width <= LARGEST_INTEGER_WIDTH);
        add_entry(b, row, column, missing ? 1 : -1);
        if (b->status == PULANG_OK)
            b->columns[column].cost = (missing ? -1.0 : 1.0) * number(b, segment->slope) * (double)divisor;
    }
}

static void add_largest_piece(builder *b, int t, int i, int z) {
    const pulang_total *total = &b->problem->totals[t];
    const pulang_piece *piece = &total->pieces[i];
    int64_t edge = piece->excess ? piece->from : piece->to, width = piece->to - piece->from;
    int64_t divisor = pulang_gcd(pulang_gcd(1000 * b->unit[t], width), 1000 * edge);
    double side = number(b, 1000 * edge / divisor);
    int row = add_row(b, name(b, "%s(%s,%d)", b->problem->levels[piece->level].name, total_name(b, t), i + 1),
                      piece->excess ? -HUGE_VAL : side, piece->excess ? side : HUGE_VAL);
    add_entry(b, row, b->total_column[t], number(b, 1000 * b->unit[t] / divisor));
    add_entry(b, row, z, (piece->excess ? -1.0 : 1.0) * number(b, width / divisor));
}

static void add_largest(builder *b, int level) {
    const pulang_problem *p = b->problem;
    int z = add_column(b, name(b, "largest(%s)", p->levels[level].name), 0, 1000, true);
    if (b->status == PULANG_OK)
        b->columns[z].cost = 1;
    for (int t = 0; t < p->n_totals; t++)
        for (int i = 0; i < p->totals[t].n_pieces; i++)
            if (p->totals[t].pieces[i].level == level)
                add_largest_piece(b, t, i, z);
}

static void add_sum(builder *b, int level, bool integer, double *offset) {
    const pulang_problem *p = b->problem;
    for (int t = 0; t < p->n_totals && b->status == PULANG_OK; t++) {
        pulang_convex convex;
        if (p->totals[t].n_pieces == 0)
            continue;
        if (pulang_convex_make(p, &p->totals[t], level, &convex))
            fail(b, PULANG_ERROR_MEMORY);
        else
            add_segments(b, level, t, &convex, integer, offset);
        pulang_convex_free(&convex);
    }
}

/* Columns and rows of a level, its costs on the columns of all levels, its constant. */
static void add_level(builder *b, int level, bool last) {
    const pulang_problem *p = b->problem;
    const pulang_problem_level *rule = &p->levels[level];
    b->program->offset = 0;
    for (int c = 0; c < b->program->n_columns; c++)
        b->columns[c].cost = 0;
    if (rule->largest) {
        add_largest(b, level);
        return;
    }
    /* Only integer columns let GLPK round the bound of a node up. */
    add_sum(b, level, last, &b->program->offset);
    if (b->status != PULANG_OK)
        return;
    for (int a = 0; rule->arc_cost && a < p->n_arcs; a++)
        b->columns[a].cost = number(b, rule->arc_cost[a]);
    for (int k = 0; rule->unplaced && k < p->n_classes; k++)
        b->columns[unplaced_column(p, k)].cost = 1;
}

/* Holds the level just added, by the given row or by its costs. */
static void add_hold(builder *b, int level, const pulang_mip_hold *hold, const int64_t *held) {
    double upper = hold ? hold->upper : number(b, held[level]) - b->program->offset;
    int row = add_row(b, name(b, "hold(%s)", b->problem->levels[level].name), -HUGE_VAL, upper);
    for (int c = 0; c < b->program->n_columns; c++)
        add_entry(b, row, c, hold ? hold->coefficient[c] : b->columns[c].cost);
    if (b->layout)
        b->layout->hold_row[level] = row;
}

/* Moves rows, columns and entries into the program's arena, sorted by column; entries came row by row. */
static void finish(builder *b) {
    pulang_program *program = b->program;
    size_t n_rows = (size_t)program->n_rows, n_columns = (size_t)program->n_columns;
    program->rows = pulang_arena_alloc(program->arena, n_rows, sizeof *program->rows);
    program->columns = pulang_arena_alloc(program->arena, n_columns, sizeof *program->columns);
    program->begin = pulang_arena_alloc(program->arena, n_columns + 2, sizeof *program->begin);
    program->row = pulang_arena_alloc(program->arena, b->n_entries, sizeof *program->row);
    program->value = pulang_arena_alloc(program->arena, b->n_entries, sizeof *program->value);
    if (!program->rows || !program->columns || !program->begin || !program->row || !program->value) {
        fail(b, PULANG_ERROR_MEMORY);
        return;
    }
    program->n_entries = (int)b->n_entries;
    for (size_t i = 0; i < n_rows; i++)
        program->rows[i] = b->rows[i];
    for (size_t c = 0; c < n_columns; c++)
        program->columns[c] = b->columns[c];
    /* begin[c + 1] counts up to the end of column c while the entries are dealt out */
    for (size_t i = 0; i < b->n_entries; i++)
        program->begin[b->entries[i].column + 2]++;
    for (size_t c = 0; c < n_columns; c++)
        program->begin[c + 2] += program->begin[c + 1];
    for (size_t i = 0; i < b->n_entries; i++) {
        int at = program->begin[b->entries[i].column + 1]++;
        program->row[at] = b->entries[i].row;
        program->value[at] = b->entries[i].value;
    }
}

static void build(builder *b, int level, const pulang_mip_hold *holds, const int64_t *held) {
    b->program->name = name(b, "pulang-%s", b->problem->levels[level].name);
    add_supplies(b);
    if (b->status == PULANG_OK)
        add_heads(b);
    for (int t = b->problem->n_posts; t < b->problem->n_totals && b->status == PULANG_OK; t++)
        add_group(b, t);
    add_openings(b);
    add_pairings(b);
    for (int l = 0; l <= level && b->status == PULANG_OK; l++) {
        add_level(b, l, l == level);
        if (l < level && b->status == PULANG_OK)
            add_hold(b, l, holds ? &holds[l] : NULL, held);
    }
    if (b->status == PULANG_OK)
        finish(b);
}

pulang_status pulang_mip_build_with(const pulang_problem *problem, int level, const pulang_mip_hold *holds,
                                    const int64_t *held, const pulang_mip_layout *layout,
                                    pulang_program **program, pulang_error *error) {
    assert(level >= 0 && level < problem->n_levels && (level == 0 || holds || held));
    builder b = {.problem = problem, .layout = layout};
    pulang_arena *arena = pulang_arena_new();
    b.program = arena ? pulang_arena_alloc(arena, 1, sizeof *b.program) : NULL;
    b.total_column = pulang_alloc((size_t)problem->n_totals, sizeof *b.total_column);
    b.unit = pulang_alloc((size_t)problem->n_totals, sizeof *b.unit);
    b.amount = pulang_alloc((size_t)problem->n_posts, sizeof *b.amount);
    if (b.program && b.total_column && b.unit && b.amount) {
        b.program->arena = arena;
        build(&b, level, holds, held);
    } else {
        b.status = PULANG_ERROR_MEMORY;
    }
    pulang_free(b.amount);
    pulang_free(b.unit);
    pulang_free(b.total_column);
    pulang_free(b.entries);
    pulang_free(b.columns);
    pulang_free(b.rows);
    if (b.status == PULANG_OK) {
        *program = b.program;
        return PULANG_OK;
    }
    pulang_arena_free(arena);
    return b.status == PULANG_ERROR_MEMORY
               ? pulang_fail_memory(error)
               : pulang_fail(error, b.status, "%s",
                             _("the amounts or costs are too large for the MIP model"));
}

pulang_status pulang_mip_build(const pulang_problem *problem, int level, const int64_t *held,
                               pulang_program **program, pulang_error *error) {
    return pulang_mip_build_with(problem, level, NULL, held, NULL, program, error);
}
