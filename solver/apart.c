#include "solver/apart.h"

#include "model/alloc.h"
#include "model/error.h"

#include <stdlib.h>
#include <string.h>

enum { COUNTED, NOT_COUNTED, OWN_POSTS };

static int64_t least(int64_t a, int64_t b) {
    return a < b ? a : b;
}

int64_t pulang_apart_distance(const pulang_problem *problem, const int *a, const int *b) {
    int64_t distance = 0;
    for (int k = 0; k < problem->n_classes; k++) {
        int64_t same = 0, out_a = problem->supply[k], out_b = problem->supply[k];
        for (int i = problem->arc_begin[k]; i < problem->arc_begin[k + 1]; i++) {
            same += least(a[i], b[i]);
            out_a -= a[i];
            out_b -= b[i];
        }
        distance += problem->supply[k] - same - least(out_a, out_b);
    }
    return distance;
}

typedef struct term {
    int arc;
    int64_t amount;
} term;

typedef struct builder {
    const pulang_problem *base;
    pulang_problem *made;
    term *terms; /* of the total in hand */
    size_t n_terms, room;
    bool *counts; /* [n_posts] the total in hand has terms there */
    bool failed;
} builder;

/* ---- a total ---- */

static void add_term(builder *b, int arc, int64_t amount) {
    void *terms = b->terms;
    b->failed = b->failed || pulang_grow(&terms, &b->room, b->n_terms + 1, sizeof *b->terms);
    b->terms = terms;
    if (!b->failed)
        b->terms[b->n_terms++] = (term){arc, amount};
}

/* `amount` for every member of the class with a post. */
static void add_placed(builder *b, int k, int64_t amount) {
    for (int a = b->base->arc_begin[k]; a < b->base->arc_begin[k + 1]; a++)
        add_term(b, a, amount);
}

static int by_arc(const void *a, const void *b) {
    const term *s = a, *t = b;
    return (s->arc > t->arc) - (s->arc < t->arc);
}

/* The least and the largest that the terms can come to, each class by itself. */
static void set_range(const builder *b, pulang_total *total) {
    const pulang_problem *p = b->made;
    int i = 0;
    for (int k = 0; k < p->n_classes; k++) {
        int64_t low = 0, high = 0;
        for (; i < total->n_terms && total->term_arc[i] < p->arc_begin[k + 1]; i++) {
            low = total->term_amount[i] < low ? total->term_amount[i] : low;
            high = total->term_amount[i] > high ? total->term_amount[i] : high;
        }
        total->lower += low * p->supply[k];
        total->upper += high * p->supply[k];
    }
}

static void list_posts(builder *b, pulang_total *total) {
    memset(b->counts, 0, (size_t)b->made->n_posts * sizeof *b->counts);
    for (int i = 0; i < total->n_terms; i++)
        b->counts[b->made->arc_post[total->term_arc[i]]] = true;
    for (int j = 0; j < b->made->n_posts; j++)
        if (b->counts[j])
            total->posts[total->n_posts++] = j;
}

/* The terms in hand come to at most so much; begins anew. */
static void end_total(builder *b, int64_t most) {
    pulang_problem *p = b->made;
    size_t n = b->n_terms;
    b->n_terms = 0;
    pulang_total *total = &p->totals[p->n_totals];
    *total = (pulang_total){.post = PULANG_NONE, .quota = PULANG_NONE, .name = _("other plans"), .key = ""};
    total->term_arc = pulang_arena_alloc(p->arena, n, sizeof *total->term_arc);
    total->term_amount = pulang_arena_alloc(p->arena, n, sizeof *total->term_amount);
    total->posts = pulang_arena_alloc(p->arena, (size_t)p->n_posts, sizeof *total->posts);
    b->failed = b->failed || !total->term_arc || !total->term_amount || !total->posts;
    if (b->failed)
        return;
    if (n > 0)
        qsort(b->terms, n, sizeof *b->terms, by_arc);
    for (size_t i = 0; i < n; i++) {
        total->term_arc[total->n_terms] = b->terms[i].arc;
        total->term_amount[total->n_terms++] = b->terms[i].amount;
    }
    set_range(b, total);
    list_posts(b, total);
    if (most < total->upper)
        total->upper = most;
    p->n_totals++;
}

/* ---- numbers ---- */

/* A number 0 .. most; returns the arc whose flow it is. */
static int add_number(builder *b, int most) {
    pulang_problem *p = b->made;
    int k = p->n_classes++, post = b->base->n_posts;
    p->supply[k] = most;
    p->bound[k] = true;
    p->class_names[k] = "";
    p->member_begin[k + 1] = p->member_begin[k];
    p->arc_post[p->n_arcs] = post + COUNTED;
    p->arc_post[p->n_arcs + 1] = post + NOT_COUNTED;
    p->n_arcs += 2;
    p->arc_begin[k + 1] = p->n_arcs;
    p->totals[post + COUNTED].upper += most;
    p->totals[post + NOT_COUNTED].upper += most;
    return p->n_arcs - 2;
}

/* The number m of `same` (a part of the class k) who are on the arc, PULANG_NONE: without a post, as before.
 */
static int add_same(builder *b, int k, int arc, int same) {
    int supply = b->base->supply[k], m = add_number(b, same), z = add_number(b, 1);
    if (arc != PULANG_NONE)
        add_term(b, arc, 1);
    else
        add_placed(b, k, -1);
    add_term(b, m, -1);
    add_term(b, z, -(supply - same));
    end_total(b, arc != PULANG_NONE ? 0 : -supply);
    add_term(b, m, -1);
    add_term(b, z, same);
    end_total(b, 0);
    return m;
}

/* ---- the distance from a flow ---- */

static int unplaced(const pulang_problem *p, int k, const int *flow) {
    int left = p->supply[k];
    for (int a = p->arc_begin[k]; a < p->arc_begin[k + 1]; a++)
        left -= flow[a];
    return left;
}

static bool is_part(int same, int supply) {
    return same > 0 && same < supply;
}

/* At most so many are as in the flow. */
static void add_distance(builder *b, const int *flow, int64_t most, int *number) {
    const pulang_problem *p = b->base;
    int n = 0;
    for (int k = 0; k < p->n_classes; k++) {
        int out = unplaced(p, k, flow);
        for (int a = p->arc_begin[k]; a < p->arc_begin[k + 1]; a++)
            if (is_part(flow[a], p->supply[k]))
                number[n++] = add_same(b, k, a, flow[a]);
        if (is_part(out, p->supply[k]))
            number[n++] = add_same(b, k, PULANG_NONE, out);
    }
    for (int k = 0; k < p->n_classes; k++) {
        for (int a = p->arc_begin[k]; a < p->arc_begin[k + 1]; a++)
            if (flow[a] == p->supply[k])
                add_term(b, a, 1);
        if (unplaced(p, k, flow) == p->supply[k]) {
            add_placed(b, k, -1);
            most -= p->supply[k];
        }
    }
    for (int i = 0; i < n; i++)
        add_term(b, number[i], 1);
    end_total(b, most);
}

/* Parts of classes in a flow. */
static int count_parts(const pulang_problem *p, const int *flow) {
    int n = 0;
    for (int k = 0; k < p->n_classes; k++) {
        for (int a = p->arc_begin[k]; a < p->arc_begin[k + 1]; a++)
            n += is_part(flow[a], p->supply[k]);
        n += is_part(unplaced(p, k, flow), p->supply[k]);
    }
    return n;
}

/* ---- the problem ---- */

static void *copy(builder *b, const void *items, int n, int more, size_t size) {
    void *made = pulang_arena_alloc(b->made->arena, (size_t)n + (size_t)more, size);
    if (made && n > 0)
        memcpy(made, items, (size_t)n * size);
    b->failed = b->failed || !made;
    return made;
}

static void copy_levels(builder *b, int more_arcs) {
    pulang_problem *made = b->made;
    const pulang_problem *p = b->base;
    made->levels = copy(b, p->levels, p->n_levels, 0, sizeof *made->levels);
    for (int l = 0; !b->failed && l < p->n_levels; l++)
        if (p->levels[l].arc_cost)
            made->levels[l].arc_cost =
                copy(b, p->levels[l].arc_cost, p->n_arcs, more_arcs, sizeof *made->levels[l].arc_cost);
}

/* The totals of the posts, of our own posts, of the groups. */
static void copy_totals(builder *b, int n_own, int more) {
    const pulang_problem *p = b->base;
    pulang_problem *made = b->made;
    made->totals =
        copy(b, p->totals, p->n_posts, n_own + p->n_totals - p->n_posts + more, sizeof *made->totals);
    if (b->failed)
        return;
    for (int i = 0; i < n_own; i++) {
        int j = p->n_posts + i, *posts = copy(b, &j, 1, 0, sizeof *posts);
        made->totals[j] = (pulang_total){.post = j,
                                         .quota = PULANG_NONE,
                                         .name = "",
                                         .key = "",
                                         .uniform = true,
                                         .unit = 1,
                                         .n_posts = 1,
                                         .posts = posts};
        made->post_names[j] = "";
    }
    if (p->n_totals > p->n_posts)
        memcpy(made->totals + made->n_posts, p->totals + p->n_posts,
               (size_t)(p->n_totals - p->n_posts) * sizeof *made->totals);
    made->n_totals = p->n_totals + n_own;
}

/* A copy with room for so many numbers and totals. */
static void copy_problem(builder *b, int n_numbers, int n_totals) {
    const pulang_problem *p = b->base;
    pulang_problem *made = b->made;
    int n_own = n_numbers > 0 ? OWN_POSTS : 0, arcs = 2 * n_numbers;
    made->n_posts = p->n_posts + n_own;
    made->supply = copy(b, p->supply, p->n_classes, n_numbers, sizeof *made->supply);
    made->bound = copy(b, p->bound, p->n_classes, n_numbers, sizeof *made->bound);
    made->member_begin = copy(b, p->member_begin, p->n_classes + 1, n_numbers, sizeof *made->member_begin);
    made->class_names = copy(b, p->class_names, p->n_classes, n_numbers, sizeof *made->class_names);
    made->arc_begin = copy(b, p->arc_begin, p->n_classes + 1, n_numbers, sizeof *made->arc_begin);
    made->arc_post = copy(b, p->arc_post, p->n_arcs, arcs, sizeof *made->arc_post);
    made->post_names = copy(b, p->post_names, p->n_posts, n_own, sizeof *made->post_names);
    made->post_place = copy(b, p->post_place, p->n_posts, n_own, sizeof *made->post_place);
    copy_levels(b, arcs);
    copy_totals(b, n_own, n_totals);
}

static void build(builder *b, int n_flows, int *const *flows, int64_t distance) {
    const pulang_problem *p = b->base;
    int64_t n_persons = 0;
    int n_parts = 0;
    for (int k = 0; k < p->n_classes; k++)
        n_persons += p->supply[k];
    for (int f = 0; f < n_flows; f++)
        n_parts += count_parts(p, flows[f]);
    copy_problem(b, 2 * n_parts, 2 * n_parts + n_flows);
    b->counts = pulang_alloc((size_t)b->made->n_posts, sizeof *b->counts);
    int *number = pulang_alloc((size_t)n_parts, sizeof *number);
    b->failed = b->failed || !b->counts || !number;
    for (int f = 0; f < n_flows && !b->failed; f++)
        add_distance(b, flows[f], n_persons - distance, number);
    pulang_free(number);
    pulang_free(b->counts);
    pulang_free(b->terms);
}

pulang_status pulang_apart_new(const pulang_problem *problem, int n_flows, int *const *flows,
                               int64_t distance, pulang_problem **apart, pulang_error *error) {
    pulang_arena *arena = pulang_arena_new();
    pulang_problem *made = arena ? pulang_arena_alloc(arena, 1, sizeof *made) : NULL;
    builder b = {.base = problem, .made = made, .failed = !made};
    if (made) {
        *made = *problem;
        made->arena = arena;
        build(&b, n_flows, flows, distance);
    }
    if (b.failed) {
        pulang_arena_free(arena);
        return pulang_fail_memory(error);
    }
    *apart = made;
    return PULANG_OK;
}
