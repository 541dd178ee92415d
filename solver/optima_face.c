#include "solver/optima_face.h"

#include "model/alloc.h"
#include "model/arena.h"
#include "model/error.h"

#include <string.h>

int optima_left_init(optima_left *left, const pulang_problem *problem) {
    size_t totals = (size_t)problem->n_totals;
    left->open = pulang_alloc((size_t)problem->n_arcs, sizeof *left->open);
    left->may_stay_out = pulang_alloc((size_t)problem->n_classes, sizeof *left->may_stay_out);
    left->lower = pulang_alloc(totals, sizeof *left->lower);
    left->upper = pulang_alloc(totals, sizeof *left->upper);
    return left->open && left->may_stay_out && left->lower && left->upper ? 0 : -1;
}

void optima_left_free(optima_left *left) {
    pulang_free(left->open);
    pulang_free(left->may_stay_out);
    pulang_free(left->lower);
    pulang_free(left->upper);
}

/* Classes with the arcs that are left; new_arc: [n_arcs of the problem] where they are now, PULANG_NONE. */
static int make_classes(pulang_optima *o, const optima_left *left, int *new_arc) {
    const pulang_problem *p = o->problem;
    pulang_problem *face = o->face;
    face->bound = pulang_arena_alloc(face->arena, (size_t)p->n_classes, sizeof *face->bound);
    face->arc_begin = pulang_arena_alloc(face->arena, (size_t)p->n_classes + 1, sizeof *face->arc_begin);
    face->arc_post = pulang_arena_alloc(face->arena, (size_t)p->n_arcs, sizeof *face->arc_post);
    o->arc = pulang_alloc((size_t)p->n_arcs, sizeof *o->arc);
    if (!face->bound || !face->arc_begin || !face->arc_post || !o->arc)
        return -1;
    face->n_arcs = 0;
    for (int k = 0; k < p->n_classes; k++) {
        face->bound[k] = !left->may_stay_out[k];
        for (int a = p->arc_begin[k]; a < p->arc_begin[k + 1]; a++) {
            new_arc[a] = left->open[a] ? face->n_arcs : PULANG_NONE;
            if (!left->open[a])
                continue;
            o->arc[face->n_arcs] = a;
            face->arc_post[face->n_arcs++] = p->arc_post[a];
        }
        face->arc_begin[k + 1] = face->n_arcs;
    }
    return 0;
}

static int filter_terms(pulang_problem *face, pulang_total *total, const int *new_arc) {
    const int *arc = total->term_arc;
    const int64_t *amount = total->term_amount;
    int n = total->n_terms;
    total->n_terms = 0;
    total->term_arc = pulang_arena_alloc(face->arena, (size_t)n, sizeof *total->term_arc);
    total->term_amount = pulang_arena_alloc(face->arena, (size_t)n, sizeof *total->term_amount);
    if (!total->term_arc || !total->term_amount)
        return -1;
    for (int i = 0; i < n; i++)
        if (new_arc[arc[i]] != PULANG_NONE) {
            total->term_arc[total->n_terms] = new_arc[arc[i]];
            total->term_amount[total->n_terms++] = amount[i];
        }
    return 0;
}

/* The pieces of the levels that are not held. */
static int filter_pieces(pulang_problem *face, pulang_total *total, int n_held) {
    const pulang_piece *pieces = total->pieces;
    int n = total->n_pieces;
    total->n_pieces = 0;
    total->pieces = pulang_arena_alloc(face->arena, (size_t)n, sizeof *total->pieces);
    for (int i = 0; total->pieces && i < n; i++)
        if (pieces[i].level >= n_held) {
            total->pieces[total->n_pieces] = pieces[i];
            total->pieces[total->n_pieces++].level -= n_held;
        }
    return total->pieces ? 0 : -1;
}

static int make_totals(pulang_optima *o, const optima_left *left, const int *new_arc) {
    const pulang_problem *p = o->problem;
    pulang_problem *face = o->face;
    face->totals = pulang_arena_alloc(face->arena, (size_t)p->n_totals, sizeof *face->totals);
    if (!face->totals)
        return -1;
    for (int t = 0; t < p->n_totals; t++) {
        pulang_total *total = &face->totals[t];
        *total = p->totals[t];
        total->lower = left->lower[t];
        total->upper = left->upper[t];
        if (filter_pieces(face, total, o->n_held))
            return -1;
        if (!total->uniform && filter_terms(face, total, new_arc))
            return -1;
    }
    return 0;
}

static int copy_level(pulang_optima *o, int level) {
    pulang_problem_level *to = &o->face->levels[level - o->n_held];
    *to = o->problem->levels[level];
    if (!to->arc_cost)
        return 0;
    to->arc_cost = pulang_arena_alloc(o->face->arena, (size_t)o->face->n_arcs, sizeof *to->arc_cost);
    for (int a = 0; to->arc_cost && a < o->face->n_arcs; a++)
        to->arc_cost[a] = o->problem->levels[level].arc_cost[o->arc[a]];
    return to->arc_cost ? 0 : -1;
}

static int make_levels(pulang_optima *o) {
    pulang_problem *face = o->face;
    int kept = o->problem->n_levels - o->n_held;
    face->n_levels = kept + 1;
    face->levels = pulang_arena_alloc(face->arena, (size_t)face->n_levels, sizeof *face->levels);
    o->sought = pulang_arena_alloc(face->arena, (size_t)face->n_arcs, sizeof *o->sought);
    if (!face->levels || !o->sought)
        return -1;
    for (int l = o->n_held; l < o->problem->n_levels; l++)
        if (copy_level(o, l))
            return -1;
    face->levels[kept] = (pulang_problem_level){.name = _("other plans"), .arc_cost = o->sought};
    return 0;
}

int optima_face_make(pulang_optima *o, const optima_left *left) {
    pulang_arena *arena = pulang_arena_new();
    o->face = arena ? pulang_arena_alloc(arena, 1, sizeof *o->face) : NULL;
    int *new_arc = pulang_alloc((size_t)o->problem->n_arcs, sizeof *new_arc);
    int failed = o->face && new_arc ? 0 : -1;
    if (o->face) {
        *o->face = *o->problem;
        o->face->arena = arena;
    } else {
        pulang_arena_free(arena);
    }
    if (!failed)
        failed = make_classes(o, left, new_arc) || make_totals(o, left, new_arc) || make_levels(o);
    pulang_free(new_arc);
    return failed ? -1 : 0;
}
