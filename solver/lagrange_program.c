/*
 * The level in hand over the near arcs as a program: rows for classes, totals, teams and the levels held.
 *
 * A total that costs something is the sum of segments over which its costs are linear. A class with
 * nothing to choose is counted into the right sides.
 */
#include "solver/lagrange_program.h"

#include "model/alloc.h"

#include <math.h>
#include <string.h>

typedef struct entry {
    int row, column;
    double value;
} entry;

typedef struct builder {
    lagrange *lg;
    lagrange_program *made;
    pulang_program *program;
    pulang_program_row *rows;
    pulang_program_column *columns;
    entry *entries;
    size_t n_entries, entries_room, rows_room, columns_room;
    int *arc_column;    /* [n near arcs] PULANG_NONE: of a class with nothing to choose */
    int *out_column;    /* [n_classes] */
    int64_t *fixed;     /* [n_totals] steps of those with nothing to choose */
    bool *open;         /* [n_totals] some arc to choose counts in it */
    double *held;       /* [n_levels] what is left of the levels held */
    int *segment_begin; /* [n_posts] first column of the post's segments */
    int *segment_end;   /* [n_posts] */
    int64_t *points;
    size_t points_room;
    bool failed;
} builder;

static int add_row(builder *b, double lower, double upper) {
    void *rows = b->rows;
    size_t n = (size_t)b->program->n_rows;
    if (pulang_grow(&rows, &b->rows_room, n + 1, sizeof *b->rows)) {
        b->failed = true;
        return 0;
    }
    b->rows = rows;
    b->rows[n] = (pulang_program_row){.name = "", .lower = lower, .upper = upper};
    return b->program->n_rows++;
}

static int add_column(builder *b, double lower, double upper, double cost, bool integer) {
    void *columns = b->columns;
    size_t n = (size_t)b->program->n_columns;
    if (pulang_grow(&columns, &b->columns_room, n + 1, sizeof *b->columns)) {
        b->failed = true;
        return 0;
    }
    b->columns = columns;
    b->columns[n] =
        (pulang_program_column){.name = "", .lower = lower, .upper = upper, .cost = cost, .integer = integer};
    return b->program->n_columns++;
}

static void add_entry(builder *b, int row, int column, double value) {
    void *entries = b->entries;
    if (value == 0 || b->failed)
        return;
    if (pulang_grow(&entries, &b->entries_room, b->n_entries + 1, sizeof *b->entries)) {
        b->failed = true;
        return;
    }
    b->entries = entries;
    b->entries[b->n_entries++] = (entry){row, column, value};
}

/* ---- classes ---- */

static bool chooses(const lagrange *lg, int k) {
    return lg->may_stay_out[k] ? lg->near_begin[k + 1] > lg->near_begin[k]
                               : lg->near_begin[k + 1] != lg->near_begin[k] + 1;
}

/* The weight of a level in the objective. */
static double weight(const lagrange *lg, int l) {
    return l == lg->goal.level ? 1 : (double)lg->weigh[l];
}

/* A constant cost of a level, in the objective and in what is left of the level where it is held. */
static void count_level(builder *b, int l, double cost) {
    b->held[l] -= cost;
    b->program->offset += weight(b->lg, l) * cost;
}

static void count_fixed(builder *b, int arc, int64_t count) {
    const lagrange *lg = b->lg;
    const pulang_problem *p = lg->problem;
    b->fixed[p->arc_post[arc]] += count;
    for (size_t i = lg->part_begin[arc]; i < lg->part_begin[arc + 1]; i++)
        b->fixed[lg->parts[i].total] += count * lg->parts[i].steps;
    for (int l = 0; l <= lg->goal.level; l++)
        if (p->levels[l].arc_cost)
            count_level(b, l, (double)(count * p->levels[l].arc_cost[arc]));
}

static void count_out(builder *b, int k) {
    const lagrange *lg = b->lg;
    for (int l = 0; l <= lg->goal.level; l++)
        if (lg->problem->levels[l].unplaced)
            count_level(b, l, lg->problem->supply[k]);
}

static void add_class(builder *b, int k) {
    const lagrange *lg = b->lg;
    const pulang_problem *p = lg->problem;
    b->out_column[k] = PULANG_NONE;
    for (int i = lg->near_begin[k]; i < lg->near_begin[k + 1]; i++)
        b->arc_column[i] = PULANG_NONE;
    if (!chooses(lg, k)) {
        if (lg->near_begin[k] < lg->near_begin[k + 1])
            count_fixed(b, lg->near[lg->near_begin[k]], p->supply[k]);
        else
            count_out(b, k);
        return;
    }
    int row = add_row(b, p->supply[k], p->supply[k]);
    for (int i = lg->near_begin[k]; i < lg->near_begin[k + 1]; i++) {
        int arc = lg->near[i];
        double cost = 0;
        for (int l = 0; l <= lg->goal.level; l++)
            cost += p->levels[l].arc_cost ? weight(lg, l) * (double)p->levels[l].arc_cost[arc] : 0;
        b->arc_column[i] = add_column(b, 0, p->supply[k], cost, true);
        add_entry(b, row, b->arc_column[i], 1);
        b->open[p->arc_post[arc]] = true;
        for (size_t s = lg->part_begin[arc]; s < lg->part_begin[arc + 1]; s++)
            b->open[lg->parts[s].total] = true;
    }
    if (lg->may_stay_out[k]) {
        double cost = 0;
        for (int l = 0; l <= lg->goal.level; l++)
            cost += p->levels[l].unplaced ? weight(lg, l) : 0;
        b->out_column[k] = add_column(b, 0, p->supply[k], cost, true);
        add_entry(b, row, b->out_column[k], 1);
    }
}

/* ---- totals ---- */

static double level_slope(const builder *b, int l, int t, int64_t from, int64_t to) {
    const pulang_problem *p = b->lg->problem;
    int64_t unit = b->lg->unit[t];
    return (double)(pulang_total_cost(p, &p->totals[t], l, to * unit) -
                    pulang_total_cost(p, &p->totals[t], l, from * unit)) /
           (double)(to - from);
}

/* What a total costs at n goes into the offset and what is left of the levels held. */
static void count_cost(builder *b, int t, int64_t n) {
    const lagrange *lg = b->lg;
    const pulang_problem *p = lg->problem;
    for (int l = 0; l <= lg->goal.level && p->totals[t].n_pieces > 0; l++) {
        if (p->levels[l].largest)
            continue;
        count_level(b, l, (double)pulang_total_cost(p, &p->totals[t], l, n * lg->unit[t]));
    }
}

/* The segments of a total from its lower bound on, in its row; in the rows of the levels held. */
static void add_segments(builder *b, int t, int row) {
    lagrange *lg = b->lg;
    void *points = b->points;
    if (pulang_grow(&points, &b->points_room, 4 * (size_t)lg->problem->totals[t].n_pieces + 1,
                    sizeof *b->points)) {
        b->failed = true;
        return;
    }
    b->points = points;
    int n = lagrange_points(lg, t, b->points);
    int64_t from = lg->lower[t];
    for (int i = 0; i < n; from = b->points[i++]) {
        int64_t to = b->points[i];
        double slope = 0;
        for (int l = 0; l <= lg->goal.level; l++)
            slope += weight(lg, l) != 0 ? weight(lg, l) * level_slope(b, l, t, from, to) : 0;
        int column = add_column(b, 0, (double)(to - from), slope, false);
        add_entry(b, row, column, -1);
        for (int l = 0; l < lg->goal.level; l++)
            if (lg->hold[l])
                add_entry(b, b->made->held_row[l], column, level_slope(b, l, t, from, to));
    }
}

static bool costs(const lagrange *lg, int t) {
    const pulang_total *total = &lg->problem->totals[t];
    for (int i = 0; i < total->n_pieces; i++)
        if (total->pieces[i].level <= lg->goal.level &&
            (weight(lg, total->pieces[i].level) != 0 || lg->hold[total->pieces[i].level]))
            return true;
    return false;
}

/* The row of a total whose counted steps, but for a constant, are already in it. */
static int add_total_row(builder *b, int t, int64_t constant, bool segments) {
    const lagrange *lg = b->lg;
    double lower = (double)(lg->lower[t] - constant), upper = (double)(lg->upper[t] - constant);
    int row = add_row(b, lower, segments ? lower : upper);
    b->made->total_row[t] = row;
    if (segments) {
        count_cost(b, t, lg->lower[t]);
        add_segments(b, t, row);
    }
    return row;
}

/* Posts always have segments: the heads in the rows of uniform groups. */
static void add_posts(builder *b) {
    for (int j = 0; j < b->lg->problem->n_posts; j++) {
        b->made->total_row[j] = PULANG_NONE;
        b->segment_begin[j] = b->segment_end[j] = b->program->n_columns;
        if (b->open[j])
            add_total_row(b, j, b->fixed[j], true);
        else
            count_cost(b, j, b->fixed[j]);
        b->segment_end[j] = b->program->n_columns;
    }
}

static void add_group(builder *b, int t) {
    const lagrange *lg = b->lg;
    const pulang_total *total = &lg->problem->totals[t];
    int64_t constant = total->uniform ? 0 : b->fixed[t];
    bool open = !total->uniform && b->open[t];
    b->made->total_row[t] = PULANG_NONE;
    for (int i = 0; total->uniform && i < total->n_posts; i++) {
        int j = total->posts[i];
        constant += b->open[j] ? lg->lower[j] : b->fixed[j];
        open = open || b->segment_begin[j] < b->segment_end[j];
    }
    if (!open) {
        count_cost(b, t, constant);
        return;
    }
    int row = add_total_row(b, t, constant, costs(lg, t));
    for (int i = 0; total->uniform && i < total->n_posts; i++)
        for (int c = b->segment_begin[total->posts[i]]; c < b->segment_end[total->posts[i]]; c++)
            add_entry(b, row, c, 1);
}

/* The arcs in the rows of the posts, of what cuts across, and of the levels held. */
static void add_arcs(builder *b) {
    const lagrange *lg = b->lg;
    const pulang_problem *p = lg->problem;
    for (int i = 0; i < lg->near_begin[p->n_classes]; i++) {
        int column = b->arc_column[i], arc = lg->near[i];
        if (column == PULANG_NONE)
            continue;
        add_entry(b, b->made->total_row[p->arc_post[arc]], column, 1);
        for (size_t s = lg->part_begin[arc]; s < lg->part_begin[arc + 1]; s++)
            add_entry(b, b->made->total_row[lg->parts[s].total], column, (double)lg->parts[s].steps);
        for (int l = 0; l < lg->goal.level; l++)
            if (lg->hold[l] && p->levels[l].arc_cost)
                add_entry(b, b->made->held_row[l], column, (double)p->levels[l].arc_cost[arc]);
    }
    for (int k = 0; k < p->n_classes; k++)
        for (int l = 0; l < lg->goal.level && b->out_column[k] != PULANG_NONE; l++)
            if (lg->hold[l])
                add_entry(b, b->made->held_row[l], b->out_column[k], p->levels[l].unplaced);
}

/* ---- teams ---- */

/* The arcs of a class into a place, or near to it, in a row. */
static void add_presence(builder *b, int row, int class, int place, bool near, double value) {
    const pulang_problem *p = b->lg->problem;
    for (int i = b->lg->near_begin[class]; i < b->lg->near_begin[class + 1]; i++) {
        int at = p->post_place[p->arc_post[b->lg->near[i]]];
        if (near ? !pulang_problem_near(p, place, at) : at != place)
            continue;
        if (b->arc_column[i] != PULANG_NONE)
            add_entry(b, row, b->arc_column[i], value);
        else
            b->rows[row].upper -= value;
    }
}

static bool goes_to(const lagrange *lg, int class, int place) {
    for (int i = lg->near_begin[class]; i < lg->near_begin[class + 1]; i++)
        if (lg->problem->post_place[lg->problem->arc_post[lg->near[i]]] == place)
            return true;
    return false;
}

/* Who is in a place has the other near: a row each way. */
static void add_pairing(builder *b, int one, int other) {
    for (int place = 0; place < b->lg->problem->n_places; place++) {
        if (!goes_to(b->lg, one, place))
            continue;
        int row = add_row(b, -HUGE_VAL, 0);
        add_presence(b, row, one, place, false, 1);
        add_presence(b, row, other, place, true, -1);
    }
}

/* ---- the whole ---- */

static void add_holds(builder *b) {
    const lagrange *lg = b->lg;
    for (int l = 0; l < lg->goal.level; l++) {
        b->held[l] = (double)lg->value[l];
        b->made->held_row[l] = lg->hold[l] ? add_row(b, -HUGE_VAL, 0) : PULANG_NONE;
    }
}

static void build(builder *b) {
    const lagrange *lg = b->lg;
    const pulang_problem *p = lg->problem;
    add_holds(b);
    for (int k = 0; k < p->n_classes; k++)
        add_class(b, k);
    add_posts(b);
    for (int t = p->n_posts; t < p->n_totals; t++)
        if (p->totals[t].n_posts > 0)
            add_group(b, t);
        else
            b->made->total_row[t] = PULANG_NONE;
    add_arcs(b);
    for (int i = 0; i < p->n_pairings; i++) {
        add_pairing(b, p->pairings[i].a, p->pairings[i].b);
        add_pairing(b, p->pairings[i].b, p->pairings[i].a);
    }
    for (int l = 0; l < lg->goal.level; l++)
        if (lg->hold[l])
            b->rows[b->made->held_row[l]].upper = b->held[l];
}

/* Moves rows, columns and entries into the program's arena, sorted by column. */
static void finish(builder *b) {
    pulang_program *program = b->program;
    size_t n_rows = (size_t)program->n_rows, n_columns = (size_t)program->n_columns;
    program->rows = pulang_arena_alloc(program->arena, n_rows, sizeof *program->rows);
    program->columns = pulang_arena_alloc(program->arena, n_columns, sizeof *program->columns);
    program->begin = pulang_arena_alloc(program->arena, n_columns + 2, sizeof *program->begin);
    program->row = pulang_arena_alloc(program->arena, b->n_entries, sizeof *program->row);
    program->value = pulang_arena_alloc(program->arena, b->n_entries, sizeof *program->value);
    if (!program->rows || !program->columns || !program->begin || !program->row || !program->value) {
        b->failed = true;
        return;
    }
    program->n_entries = (int)b->n_entries;
    for (size_t i = 0; i < n_rows; i++)
        program->rows[i] = b->rows[i];
    for (size_t c = 0; c < n_columns; c++)
        program->columns[c] = b->columns[c];
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

static bool prepare(builder *b) {
    const pulang_problem *p = b->lg->problem;
    size_t totals = (size_t)p->n_totals, posts = (size_t)p->n_posts, classes = (size_t)p->n_classes;
    pulang_arena *arena = pulang_arena_new();
    b->program = arena ? pulang_arena_alloc(arena, 1, sizeof *b->program) : NULL;
    if (!b->program) {
        pulang_arena_free(arena);
        return false;
    }
    b->program->arena = arena;
    b->program->name = "";
    b->made = pulang_arena_alloc(arena, 1, sizeof *b->made);
    b->arc_column = pulang_arena_alloc(arena, (size_t)b->lg->near_begin[p->n_classes], sizeof *b->arc_column);
    b->out_column = pulang_arena_alloc(arena, classes, sizeof *b->out_column);
    b->fixed = pulang_arena_alloc(arena, totals, sizeof *b->fixed);
    b->open = pulang_arena_alloc(arena, totals, sizeof *b->open);
    b->held = pulang_arena_alloc(arena, (size_t)p->n_levels, sizeof *b->held);
    b->segment_begin = pulang_arena_alloc(arena, posts, sizeof *b->segment_begin);
    b->segment_end = pulang_arena_alloc(arena, posts, sizeof *b->segment_end);
    if (!b->made || !b->arc_column || !b->out_column || !b->fixed || !b->open || !b->held ||
        !b->segment_begin || !b->segment_end)
        return false;
    b->made->program = b->program;
    b->made->arc_column = b->arc_column;
    b->made->out_column = b->out_column;
    b->made->total_row = pulang_arena_alloc(arena, totals, sizeof *b->made->total_row);
    b->made->held_row = pulang_arena_alloc(arena, (size_t)p->n_levels, sizeof *b->made->held_row);
    return b->made->total_row && b->made->held_row;
}

lagrange_program *lagrange_program_new(lagrange *lg) {
    builder b = {.lg = lg};
    b.failed = !prepare(&b);
    if (!b.failed)
        build(&b);
    if (!b.failed)
        finish(&b);
    pulang_free(b.rows);
    pulang_free(b.columns);
    pulang_free(b.entries);
    pulang_free(b.points);
    if (!b.failed)
        return b.made;
    pulang_program_free(b.program);
    return NULL;
}

void lagrange_program_free(lagrange_program *made) {
    if (made)
        pulang_program_free(made->program);
}
