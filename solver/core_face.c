#include "solver/core_face.h"

#include "model/alloc.h"
#include "solver/network.h"

#include <stdlib.h>
#include <string.h>

/* The posts in their order, then the groups, smallest first: a total comes after all below it. */
static void order_totals(core_face *face) {
    const pulang_problem *p = face->problem;
    for (int j = 0; j < p->n_posts; j++)
        face->order[face->n_ordered++] = j;
    for (int t = p->n_posts; t < p->n_totals; t++)
        if (p->totals[t].n_posts > 0)
            face->order[face->n_ordered++] = t;
    qsort_r(face->order + p->n_posts, (size_t)(face->n_ordered - p->n_posts), sizeof *face->order,
            pulang_network_by_size, p->totals);
}

int core_face_init(core_face *face, const pulang_problem *p) {
    size_t n_totals = (size_t)p->n_totals;
    bool laminar;
    *face = (core_face){.problem = p};
    face->open = pulang_alloc((size_t)p->n_arcs, sizeof *face->open);
    face->may_stay_out = pulang_alloc((size_t)p->n_classes, sizeof *face->may_stay_out);
    face->lower = pulang_alloc(n_totals, sizeof *face->lower);
    face->upper = pulang_alloc(n_totals, sizeof *face->upper);
    face->up = pulang_alloc(n_totals, sizeof *face->up);
    face->gate = pulang_alloc(n_totals, sizeof *face->gate);
    face->order = pulang_alloc(n_totals, sizeof *face->order);
    if (!face->open || !face->may_stay_out || !face->lower || !face->upper || !face->up || !face->gate ||
        !face->order || pulang_network_tree(p, face->up, &laminar, NULL)) {
        core_face_free(face);
        return -1;
    }
    for (int a = 0; a < p->n_arcs; a++)
        face->open[a] = true;
    for (int k = 0; k < p->n_classes; k++)
        face->may_stay_out[k] = !p->bound[k];
    for (int t = 0; t < p->n_totals; t++) {
        face->lower[t] = pulang_steps_up(p->totals[t].lower, p->totals[t].unit);
        face->upper[t] = pulang_steps_down(p->totals[t].upper, p->totals[t].unit);
    }
    order_totals(face);
    return 0;
}

void core_face_free(core_face *face) {
    pulang_free(face->open);
    pulang_free(face->may_stay_out);
    pulang_free(face->lower);
    pulang_free(face->upper);
    pulang_free(face->up);
    pulang_free(face->gate);
    pulang_free(face->order);
    pulang_free(face->breaks.items);
}

/* Leaves the class the choices of least cost + gate price. */
static void restrict_class(core_face *face, int k, const int64_t *cost, int64_t out) {
    const pulang_problem *p = face->problem;
    int64_t best = face->may_stay_out[k] ? out : INT64_MAX;
    for (int a = p->arc_begin[k]; a < p->arc_begin[k + 1]; a++) {
        int64_t value = (cost ? cost[a] : 0) + face->gate[p->arc_post[a]];
        if (face->open[a] && value < best)
            best = value;
    }
    for (int a = p->arc_begin[k]; a < p->arc_begin[k + 1]; a++)
        face->open[a] = face->open[a] && (cost ? cost[a] : 0) + face->gate[p->arc_post[a]] == best;
    face->may_stay_out[k] = face->may_stay_out[k] && out == best;
}

/* Cost of n steps of a total in the step of the proof. */
static int64_t cost_of(const core_face *face, const pulang_solution_step *step, int t, int64_t n,
                       int64_t need) {
    const pulang_total *total = &face->problem->totals[t];
    if (step->kind == PULANG_STEP_HOLD)
        return n < need ? need - n : 0;
    return step->kind == PULANG_STEP_LEVEL
               ? pulang_total_cost(face->problem, total, step->level, n * total->unit)
               : 0;
}

/* Leaves the total the values of least cost - price * value. */
static int restrict_total(core_face *face, const pulang_solution_step *step, int t, int64_t need) {
    int64_t lower = face->lower[t], upper = face->upper[t];
    if (lower == upper)
        return 0;
    if (pulang_breaks_find(&face->breaks, face->problem, t, lower, upper))
        return -1;
    int64_t best = INT64_MAX, first = lower, last = upper;
    size_t n = face->breaks.n;
    for (size_t i = 0; i < n + 3; i++) { /* the ends, the need, the breaks */
        int64_t at = i == n ? lower : i == n + 1 ? upper : i == n + 2 ? need : face->breaks.items[i];
        if (at < lower || at > upper)
            continue;
        int64_t value = cost_of(face, step, t, at, need) - step->price[t] * at;
        if (value < best) {
            best = value;
            first = last = at;
        } else if (value == best) {
            first = at < first ? at : first;
            last = at > last ? at : last;
        }
    }
    face->lower[t] = first;
    face->upper[t] = last;
    return 0;
}

int core_face_restrict(core_face *face, const pulang_solution_step *step, const pulang_level_result *levels) {
    const pulang_problem *p = face->problem;
    if (step->kind == PULANG_STEP_BELOW)
        return 0;
    for (int i = face->n_ordered - 1; i >= 0; i--) {
        int t = face->order[i];
        face->gate[t] = step->price[t] + (face->up[t] == PULANG_NONE ? 0 : face->gate[face->up[t]]);
    }
    bool level = step->kind == PULANG_STEP_LEVEL;
    int64_t out = level && p->levels[step->level].unplaced ? 1 : 0;
    for (int k = 0; k < p->n_classes; k++)
        restrict_class(face, k, level ? p->levels[step->level].arc_cost : NULL, out);
    for (int i = 0; i < face->n_ordered; i++) {
        int t = face->order[i];
        int64_t need = step->kind == PULANG_STEP_HOLD
                           ? pulang_network_need(p, t, step->level, levels[step->level].value)
                           : INT64_MIN;
        if (restrict_total(face, step, t, need))
            return -1;
    }
    return 0;
}

void core_face_spread(const core_face *from, const int *merged, core_face *face) {
    const pulang_problem *p = face->problem;
    for (int k = 0; k < p->n_classes; k++) {
        size_t n = (size_t)(p->arc_begin[k + 1] - p->arc_begin[k]);
        if (n > 0)
            memcpy(face->open + p->arc_begin[k], from->open + from->problem->arc_begin[merged[k]], n);
        face->may_stay_out[k] = from->may_stay_out[merged[k]];
    }
    memcpy(face->lower, from->lower, (size_t)p->n_totals * sizeof *face->lower);
    memcpy(face->upper, from->upper, (size_t)p->n_totals * sizeof *face->upper);
}
