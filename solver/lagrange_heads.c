#include "solver/lagrange_heads.h"

#include "model/alloc.h"
#include "model/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A number for each thing, that no other of its kind is likely to have; sums of them stand for sets. */
enum { FOR_CLASS = 1, FOR_TOTAL, FOR_KIND, FOR_POST, FOR_STEPS };

typedef struct keyed {
    uint64_t key;
    int item;
} keyed;

typedef struct builder {
    const lagrange *lg;
    lagrange_heads *heads;
    bool *wide;     /* [n_totals] it counts the persons of any post: an own arc is told by it */
    bool *is_own;   /* [n_arcs] the arc is unlike most of its class: to the post that they hold */
    uint64_t *open; /* [n_posts] to which persons */
    int *kind;      /* [n_posts] */
    int n_kinds;
    int *crowd; /* [n_classes] */
    int n_crowds;
    int *above_begin; /* [n_posts + 1] uniform totals of post j: above[above_begin[j]] ... */
    int *above;
    int *seen;        /* [n_kinds] scratch: the last class of which an arc into the kind was met */
    uint64_t *common; /* [n_posts] scratch: what most add, and by how many */
    int *lead;
    keyed *keys; /* [posts or classes] scratch */
    int kind_row, crowd_row;
    size_t columns_room, begin_room, row_room, value_room;
    bool failed; /* out of memory */
} builder;

static uint64_t mix(uint64_t x) { /* splitmix64 */
    x += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

static uint64_t number_of(int what, uint64_t item) {
    return mix(mix((uint64_t)what) + item);
}

static int by_key(const void *a, const void *b) {
    const keyed *x = a, *y = b;
    return x->key != y->key ? (x->key < y->key ? -1 : 1) : x->item - y->item;
}

/* Numbers the n things whose keys are in b->keys, equal keys alike; how many numbers. */
static int number_alike(builder *b, int n, int *number) {
    int count = 0;
    qsort(b->keys, (size_t)n, sizeof *b->keys, by_key);
    for (int i = 0; i < n; i++) {
        count += i == 0 || b->keys[i].key != b->keys[i - 1].key;
        number[b->keys[i].item] = count - 1;
    }
    return count;
}

/* What the arc adds to the totals that are wide, or to the others. */
static uint64_t key_of_arc(const builder *b, int arc, bool wide) {
    const lagrange *lg = b->lg;
    uint64_t key = 0;
    for (size_t i = lg->part_begin[arc]; i < lg->part_begin[arc + 1]; i++) {
        const lagrange_part *part = &lg->parts[i];
        if (b->wide[part->total] == wide)
            key += mix(number_of(FOR_STEPS, (uint64_t)part->steps) + (uint64_t)part->total);
    }
    return key;
}

/* Marks the arcs that are unlike most of the class. */
static void mark_own(builder *b, int k) {
    const lagrange *lg = b->lg;
    uint64_t most = 0;
    int lead = 0;
    for (int i = lg->begin[k]; i < lg->end[k]; i++) {
        uint64_t key = key_of_arc(b, lg->list[i], true);
        most = lead == 0 ? key : most;
        lead += lead == 0 || key == most ? 1 : -1;
    }
    for (int i = lg->begin[k]; i < lg->end[k]; i++)
        b->is_own[lg->list[i]] = lg->end[k] - lg->begin[k] == 1 || key_of_arc(b, lg->list[i], true) != most;
}

static void mark_all(builder *b) {
    const lagrange *lg = b->lg;
    const pulang_problem *p = lg->problem;
    for (int t = 0; t < p->n_totals; t++)
        b->wide[t] = p->totals[t].n_terms > 0 && 10 * p->totals[t].n_posts > 9 * p->n_posts;
    for (int k = 0; k < p->n_classes; k++) {
        mark_own(b, k);
        /* where all of a team find room says little of the posts */
        bool tells = lg->end[k] - lg->begin[k] > 1 && lg->team_of[k] == PULANG_NONE;
        for (int i = lg->begin[k]; i < lg->end[k] && tells; i++)
            b->open[p->arc_post[lg->list[i]]] += number_of(FOR_CLASS, (uint64_t)k);
    }
}

/* Posts of the total differ from others, and by what all who may go there add to it, if that is one. */
static void add_total_keys(builder *b, int t) {
    const pulang_problem *p = b->lg->problem;
    const pulang_total *total = &p->totals[t];
    for (int i = 0; i < total->n_terms; i++) {
        int j = p->arc_post[total->term_arc[i]];
        uint64_t amount = (uint64_t)total->term_amount[i];
        b->lead[j] = b->seen[j] != t + 1 || (b->lead[j] && b->common[j] == amount);
        b->common[j] = amount;
        b->seen[j] = t + 1;
    }
    for (int i = 0; i < total->n_posts && total->n_terms > 0; i++) {
        int j = total->posts[i];
        bool is_one = b->seen[j] == t + 1 && b->lead[j];
        b->keys[j].key += mix(number_of(FOR_TOTAL, (uint64_t)t) + (is_one ? mix(b->common[j]) : 0));
    }
}

/* Posts that are open to the same persons, in the same totals and for the same pay are of one kind. */
static void find_kinds(builder *b) {
    const pulang_problem *p = b->lg->problem;
    for (int j = 0; j < p->n_posts; j++)
        b->keys[j] = (keyed){b->open[j], j};
    for (int t = 0; t < p->n_totals; t++)
        add_total_keys(b, t);
    b->n_kinds = number_alike(b, p->n_posts, b->kind);
    memset(b->seen, 0, (size_t)p->n_posts * sizeof *b->seen);
}

/* Whether it is the first arc into its kind of post since the stamp has changed. */
static bool is_first(builder *b, int stamp, int arc) {
    int *seen = &b->seen[b->kind[b->lg->problem->arc_post[arc]]];
    bool first = *seen != stamp;
    *seen = stamp;
    return first;
}

/* Marks the arcs that are unlike most of the class's into their kind of post too. */
static void mark_unlike(builder *b, int k) {
    const lagrange *lg = b->lg;
    for (int pass = 0; pass < 2; pass++)
        for (int i = lg->begin[k]; i < lg->end[k]; i++) {
            int arc = lg->list[i], kind = b->kind[lg->problem->arc_post[arc]];
            uint64_t key = key_of_arc(b, arc, false);
            if (pass == 1 || b->is_own[arc]) {
                b->is_own[arc] = b->is_own[arc] || key != b->common[kind];
                continue;
            }
            b->lead[kind] = is_first(b, ~k, arc) ? 0 : b->lead[kind];
            b->common[kind] = b->lead[kind] == 0 ? key : b->common[kind];
            b->lead[kind] += key == b->common[kind] ? 1 : -1;
        }
}

/* Classes that may go to the same kinds of posts, and count for the same there, are one crowd; so are all
   that have one choice. */
static uint64_t key_of_class(builder *b, int k) {
    const lagrange *lg = b->lg;
    uint64_t key = lg->may_stay_out[k], moved = 0;
    int n = lg->end[k] - lg->begin[k];
    for (int i = 0; i < 2 * n && n > 1; i++) { /* its own arcs count where there is no other of the kind */
        int arc = lg->list[lg->begin[k] + i % n];
        if (b->is_own[arc] == (i >= n) && is_first(b, k + 1, arc))
            key += mix(number_of(FOR_KIND, (uint64_t)b->kind[lg->problem->arc_post[arc]]) +
                       key_of_arc(b, arc, false));
        moved = b->is_own[arc] ? moved : key_of_arc(b, arc, true);
    }
    return key + mix(moved);
}

/* Within a crowd those who have their own arc in common come one after the other. */
static void find_crowds(builder *b) {
    const lagrange *lg = b->lg;
    const pulang_problem *p = lg->problem;
    for (int k = 0; k < p->n_classes; k++)
        mark_unlike(b, k);
    for (int k = 0; k < p->n_classes; k++)
        b->keys[k] = (keyed){key_of_class(b, k), k};
    b->n_crowds = number_alike(b, p->n_classes, b->crowd);
    memset(b->seen, 0, (size_t)b->n_kinds * sizeof *b->seen);
    for (int i = 0; i < p->n_classes; i++) {
        int k = b->keys[i].item;
        uint64_t own = 0;
        for (int a = lg->begin[k]; a < lg->end[k]; a++)
            if (b->is_own[lg->list[a]])
                own += mix(number_of(FOR_POST, (uint64_t)p->arc_post[lg->list[a]]) +
                           key_of_arc(b, lg->list[a], false) + key_of_arc(b, lg->list[a], true));
        b->keys[i].key = (uint64_t)b->crowd[k] << 32 | own >> 32;
    }
    qsort(b->keys, (size_t)p->n_classes, sizeof *b->keys, by_key);
}

/* ---- the program ---- */

/* Room for one more column and one more entry. */
static bool make_room(builder *b) {
    pulang_program *program = &b->heads->program;
    size_t columns = (size_t)program->n_columns + 2, entries = (size_t)program->n_entries + 1;
    void **parts[] = {(void **)&program->columns, (void **)&program->begin, (void **)&program->row,
                      (void **)&program->value};
    b->failed = b->failed ||
                pulang_grow(parts[0], &b->columns_room, columns, sizeof *program->columns) != 0 ||
                pulang_grow(parts[1], &b->begin_room, columns, sizeof *program->begin) != 0 ||
                pulang_grow(parts[2], &b->row_room, entries, sizeof *program->row) != 0 ||
                pulang_grow(parts[3], &b->value_room, entries, sizeof *program->value) != 0;
    return !b->failed;
}

static void add_column(builder *b, double upper, double cost) {
    pulang_program *program = &b->heads->program;
    if (!make_room(b))
        return;
    program->columns[program->n_columns++] =
        (pulang_program_column){.name = "", .upper = upper, .cost = cost};
    program->begin[0] = 0;
    program->begin[program->n_columns] = program->n_entries;
}

/* To the last column. */
static void add_entry(builder *b, int row, double value) {
    pulang_program *program = &b->heads->program;
    if (!make_room(b))
        return;
    program->row[program->n_entries] = row;
    program->value[program->n_entries++] = value;
    program->begin[program->n_columns] = program->n_entries;
}

/* Heads of a post count in it and in the uniform totals that it is in. */
static void add_heads(builder *b, int post) {
    add_entry(b, post, 1);
    for (int i = b->above_begin[post]; i < b->above_begin[post + 1]; i++)
        add_entry(b, b->heads->total_row[b->above[i]], 1);
}

static void add_parts(builder *b, int arc) {
    const lagrange *lg = b->lg;
    for (size_t i = lg->part_begin[arc]; i < lg->part_begin[arc + 1]; i++)
        add_entry(b, b->heads->total_row[lg->parts[i].total], (double)lg->parts[i].steps);
}

/* Those who keep their own post. */
static void add_own(builder *b, int row, int arc, double supply) {
    add_column(b, supply, 0);
    add_entry(b, row, 1);
    add_heads(b, b->lg->problem->arc_post[arc]);
    add_parts(b, arc);
}

/* Those of a crowd who go into a kind of post. */
static void add_goers(builder *b, int row, int arc) {
    add_column(b, HUGE_VAL, 0);
    add_entry(b, row, 1);
    add_entry(b, b->kind_row + b->kind[b->lg->problem->arc_post[arc]], 1);
    add_parts(b, arc);
}

/* All members of the crowds, as find_crowds has put them in order. */
static void add_persons(builder *b) {
    const lagrange *lg = b->lg;
    const pulang_problem *p = lg->problem;
    for (int n = 0; n < p->n_classes; n++) {
        int k = b->keys[n].item, row = b->crowd_row + b->crowd[k], supply = p->supply[k];
        bool leads = n == 0 || b->crowd[b->keys[n - 1].item] != b->crowd[k];
        bool repeats = n > 0 && b->keys[n - 1].key == b->keys[n].key;
        for (int i = n + 1; i < p->n_classes && b->keys[i].key == b->keys[n].key; i++)
            supply += p->supply[b->keys[i].item];
        if (leads && lg->may_stay_out[k]) {
            add_column(b, HUGE_VAL, p->levels[lg->goal.level].unplaced ? 1 : 0);
            add_entry(b, row, 1);
        }
        for (int i = lg->begin[k]; i < lg->end[k]; i++)
            if (b->is_own[lg->list[i]] && !repeats)
                add_own(b, row, lg->list[i], supply);
            else if (!b->is_own[lg->list[i]] && is_first(b, b->crowd[k] + 1, lg->list[i]))
                add_goers(b, row, lg->list[i]);
        b->heads->program.rows[row].lower += p->supply[k];
        b->heads->program.rows[row].upper += p->supply[k];
    }
}

/* Those who come into each post of a kind; the first n_posts rows count the heads of posts. */
static void add_comers(builder *b) {
    const pulang_problem *p = b->lg->problem;
    for (int j = 0; j < p->n_posts; j++) {
        add_column(b, HUGE_VAL, 0);
        add_entry(b, b->kind_row + b->kind[j], -1);
        add_heads(b, j);
    }
}

/* The costs of a total's value, from its lower bound on. points: room for those of any total. */
static void add_costs(builder *b, int t, int64_t *points) {
    const lagrange *lg = b->lg;
    pulang_program_row *row = &b->heads->program.rows[b->heads->total_row[t]];
    int64_t from = lg->lower[t];
    row->lower = (double)lg->lower[t];
    row->upper = (double)lg->upper[t];
    int n = lagrange_points(lg, t, points);
    bool costs = false;
    for (int i = 0; i < n && !costs; i++)
        costs = lagrange_total_cost(lg, t, points[i]) != lagrange_total_cost(lg, t, from);
    b->heads->program.offset += (double)lagrange_total_cost(lg, t, from) / (double)lg->goal.scale;
    if (!costs)
        return;
    row->upper = row->lower;
    for (int i = 0; i < n; from = points[i++]) {
        double cost = (double)(lagrange_total_cost(lg, t, points[i]) - lagrange_total_cost(lg, t, from));
        add_column(b, (double)(points[i] - from), cost / (double)lg->goal.scale / (double)(points[i] - from));
        add_entry(b, b->heads->total_row[t], -1);
    }
}

/* The uniform totals of every post. */
static void list_above(builder *b) {
    const pulang_problem *p = b->lg->problem;
    for (int pass = 0; pass < 2; pass++) {
        for (int t = p->n_posts; t < p->n_totals; t++)
            for (int i = 0; i < p->totals[t].n_posts && p->totals[t].uniform; i++)
                if (pass == 0)
                    b->above_begin[p->totals[t].posts[i]]++;
                else
                    b->above[--b->above_begin[p->totals[t].posts[i]]] = t;
        for (int j = 0, sum = 0; pass == 0 && j <= p->n_posts; j++)
            b->above_begin[j] = sum += b->above_begin[j];
    }
}

/* The columns that count the heads of every post, among the first n. */
static void list_heads(builder *b, int n) {
    const pulang_problem *p = b->lg->problem;
    const pulang_program *program = &b->heads->program;
    int *begin = b->heads->head_begin;
    for (int pass = 0; pass < 2; pass++) {
        for (int e = program->begin[n] - 1, c = n - 1; e >= 0; e--) {
            while (e < program->begin[c])
                c--;
            if (program->row[e] >= p->n_posts)
                continue;
            if (pass == 0)
                begin[program->row[e]]++;
            else
                b->heads->head[--begin[program->row[e]]] = c;
        }
        for (int j = 0, sum = 0; pass == 0 && j <= p->n_posts; j++)
            begin[j] = sum += begin[j];
    }
}

static pulang_status add_rows(builder *b) {
    const pulang_problem *p = b->lg->problem;
    lagrange_heads *heads = b->heads;
    int n = p->n_posts;
    for (int t = 0; t < p->n_totals; t++)
        heads->total_row[t] = t < p->n_posts ? t : p->totals[t].n_posts > 0 ? n++ : PULANG_NONE;
    b->kind_row = n;
    b->crowd_row = n + b->n_kinds;
    heads->program.n_rows = n + b->n_kinds + b->n_crowds;
    heads->program.rows =
        pulang_arena_alloc(heads->arena, (size_t)heads->program.n_rows, sizeof *heads->program.rows);
    return heads->program.rows ? PULANG_OK : PULANG_ERROR_MEMORY;
}

static pulang_status fill_program(builder *b) {
    const pulang_problem *p = b->lg->problem;
    lagrange_heads *heads = b->heads;
    int most = 0;
    for (int t = 0; t < p->n_totals; t++)
        most = p->totals[t].n_pieces > most ? p->totals[t].n_pieces : most;
    int64_t *points = pulang_arena_alloc(heads->arena, 4 * (size_t)most + 1, sizeof *points);
    if (!points || add_rows(b) != PULANG_OK)
        return PULANG_ERROR_MEMORY;
    list_above(b);
    add_persons(b);
    add_comers(b);
    int n = heads->program.n_columns;
    for (int t = 0; t < p->n_totals; t++)
        if (heads->total_row[t] != PULANG_NONE)
            add_costs(b, t, points);
        else
            heads->program.offset += (double)lagrange_total_cost(b->lg, t, 0) / (double)b->lg->goal.scale;
    if (b->failed)
        return PULANG_ERROR_MEMORY;
    heads->head = pulang_arena_alloc(heads->arena, (size_t)heads->program.begin[n], sizeof *heads->head);
    if (!heads->head)
        return PULANG_ERROR_MEMORY;
    list_heads(b, n);
    return PULANG_OK;
}

/* ---- sets of posts ---- */

/* Adds the posts as a set, unless they are all of one that is there. keys: of the sets there are. */
static pulang_status add_set(builder *b, int n, const int *posts, keyed *keys) {
    lagrange_heads *heads = b->heads;
    uint64_t key = 0;
    for (int i = 0; i < n; i++)
        key += number_of(FOR_POST, (uint64_t)posts[i]);
    for (int i = 0; i < heads->n_sets; i++)
        if (keys[i].key == key)
            return PULANG_OK;
    keys[heads->n_sets].key = key;
    pulang_ints *set = &heads->sets[heads->n_sets++];
    set->n = n;
    set->items = pulang_arena_alloc(heads->arena, (size_t)n, sizeof *set->items);
    if (!set->items)
        return PULANG_ERROR_MEMORY;
    memcpy(set->items, posts, (size_t)n * sizeof *posts);
    return PULANG_OK;
}

/* The posts of one number as a set, for all numbers. posts: [n_posts], scratch. */
static pulang_status add_alike(builder *b, int n_numbers, const int *number, int *posts, keyed *keys) {
    pulang_status status = PULANG_OK;
    for (int i = 0; i < n_numbers && status == PULANG_OK; i++) {
        int n = 0;
        for (int j = 0; j < b->lg->problem->n_posts; j++)
            if (number[j] == i)
                posts[n++] = j;
        status = add_set(b, n, posts, keys);
    }
    return status;
}

static pulang_status list_sets(builder *b) {
    const pulang_problem *p = b->lg->problem;
    lagrange_heads *heads = b->heads;
    size_t n = (size_t)p->n_posts, room = 2 * n + (size_t)(p->n_totals + b->n_kinds);
    heads->sets = pulang_arena_alloc(heads->arena, room, sizeof *heads->sets);
    keyed *keys = pulang_arena_alloc(heads->arena, room, sizeof *keys);
    int *posts = pulang_arena_alloc(heads->arena, n, sizeof *posts);
    int *number = pulang_arena_alloc(heads->arena, n, sizeof *number);
    pulang_status status = heads->sets && keys && posts && number ? PULANG_OK : PULANG_ERROR_MEMORY;
    for (int j = 0; j < p->n_posts && status == PULANG_OK; j++)
        b->keys[j] = (keyed){b->open[j], j};
    if (status == PULANG_OK)
        status = add_alike(b, number_alike(b, p->n_posts, number), number, posts, keys);
    for (int t = 0; t < p->n_totals && status == PULANG_OK; t++) /* the posts first */
        if (p->totals[t].n_posts > 0)
            status = add_set(b, p->totals[t].n_posts, p->totals[t].posts, keys);
    return status == PULANG_OK ? add_alike(b, b->n_kinds, b->kind, posts, keys) : status;
}

/* ---- all of it ---- */

static pulang_status allocate(builder *b) {
    const pulang_problem *p = b->lg->problem;
    lagrange_heads *heads = b->heads;
    size_t posts = (size_t)p->n_posts, classes = (size_t)p->n_classes, totals = (size_t)p->n_totals,
           above = 0;
    for (int t = p->n_posts; t < p->n_totals; t++)
        above += p->totals[t].uniform ? (size_t)p->totals[t].n_posts : 0;
    heads->arena = pulang_arena_new();
    if (!heads->arena)
        return PULANG_ERROR_MEMORY;
    b->wide = pulang_arena_alloc(heads->arena, totals, sizeof *b->wide);
    b->is_own = pulang_arena_alloc(heads->arena, (size_t)p->n_arcs, sizeof *b->is_own);
    b->open = pulang_arena_alloc(heads->arena, posts, sizeof *b->open);
    b->kind = pulang_arena_alloc(heads->arena, posts, sizeof *b->kind);
    b->seen = pulang_arena_alloc(heads->arena, posts, sizeof *b->seen);
    b->common = pulang_arena_alloc(heads->arena, posts, sizeof *b->common);
    b->lead = pulang_arena_alloc(heads->arena, posts, sizeof *b->lead);
    b->crowd = pulang_arena_alloc(heads->arena, classes, sizeof *b->crowd);
    b->above_begin = pulang_arena_alloc(heads->arena, posts + 1, sizeof *b->above_begin);
    b->above = pulang_arena_alloc(heads->arena, above, sizeof *b->above);
    b->keys = pulang_arena_alloc(heads->arena, posts > classes ? posts : classes, sizeof *b->keys);
    heads->total_row = pulang_arena_alloc(heads->arena, totals, sizeof *heads->total_row);
    heads->head_begin = pulang_arena_alloc(heads->arena, posts + 1, sizeof *heads->head_begin);
    return b->wide && b->is_own && b->open && b->kind && b->seen && b->common && b->lead && b->crowd &&
                   b->above_begin && b->above && b->keys && heads->total_row && heads->head_begin
               ? PULANG_OK
               : PULANG_ERROR_MEMORY;
}

pulang_status lagrange_heads_build(const lagrange *lg, lagrange_heads *heads, pulang_error *error) {
    builder b = {.lg = lg, .heads = heads};
    *heads = (lagrange_heads){0};
    pulang_status status = allocate(&b);
    if (status == PULANG_OK) {
        mark_all(&b);
        find_kinds(&b);
        find_crowds(&b);
        status = fill_program(&b) == PULANG_OK ? list_sets(&b) : PULANG_ERROR_MEMORY;
    }
    return status == PULANG_OK ? PULANG_OK : pulang_fail_memory(error);
}

void lagrange_heads_clear(lagrange_heads *heads) {
    pulang_free(heads->program.columns);
    pulang_free(heads->program.begin);
    pulang_free(heads->program.row);
    pulang_free(heads->program.value);
    pulang_arena_free(heads->arena);
    *heads = (lagrange_heads){0};
}
