#include "solver/core_face.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/network.h"
#include "solver/transport.h"

#include <math.h>
#include <stdlib.h>

static int by_size(const void *a, const void *b, void *user) {
    const pulang_total *totals = user;
    int x = *(const int *)a, y = *(const int *)b;
    if (totals[x].n_posts != totals[y].n_posts)
        return totals[x].n_posts < totals[y].n_posts ? -1 : 1;
    return (x > y) - (x < y);
}

/* The posts in their order, then the groups, smallest first: a total comes after all below it. */
static void order_totals(core_face *face) {
    const pulang_problem *p = face->problem;
    for (int j = 0; j < p->n_posts; j++)
        face->order[face->n_ordered++] = j;
    for (int t = p->n_posts; t < p->n_totals; t++)
        if (p->totals[t].n_posts > 0)
            face->order[face->n_ordered++] = t;
    qsort_r(face->order + p->n_posts, (size_t)(face->n_ordered - p->n_posts), sizeof *face->order, by_size,
            p->totals);
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

/* The face with the costs of one level as a transportation problem. */
typedef struct transport_form {
    pulang_transport problem;
    int *parent, *row_begin, *arc_post, *segment_begin, *node_of;
    int64_t *lower, *upper, *arc_cost, *unplaced, *segment_end, *segment_slope;
    size_t n_segments, ends_room, slopes_room;
    pulang_limits *limits;
    const pulang_problem *of;
    int level;
} transport_form;

static void form_free(transport_form *form) {
    void *parts[] = {form->parent,   form->row_begin,   form->arc_post,     form->segment_begin,
                     form->node_of,  form->lower,       form->upper,        form->arc_cost,
                     form->unplaced, form->segment_end, form->segment_slope};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        pulang_free(parts[i]);
}

static int form_alloc(transport_form *form, const core_face *face) {
    size_t nodes = (size_t)face->problem->n_totals, classes = (size_t)face->problem->n_classes;
    size_t arcs = (size_t)face->problem->n_arcs;
    form->parent = pulang_alloc(nodes, sizeof *form->parent);
    form->node_of = pulang_alloc(nodes, sizeof *form->node_of);
    form->lower = pulang_alloc(nodes, sizeof *form->lower);
    form->upper = pulang_alloc(nodes, sizeof *form->upper);
    form->segment_begin = pulang_alloc(nodes + 1, sizeof *form->segment_begin);
    form->row_begin = pulang_alloc(classes + 1, sizeof *form->row_begin);
    form->unplaced = pulang_alloc(classes, sizeof *form->unplaced);
    form->arc_post = pulang_alloc(arcs, sizeof *form->arc_post);
    form->arc_cost = pulang_alloc(arcs, sizeof *form->arc_cost);
    return form->parent && form->node_of && form->lower && form->upper && form->segment_begin &&
                   form->row_begin && form->unplaced && form->arc_post && form->arc_cost
               ? 0
               : -1;
}

static void fill_rows(transport_form *form, const core_face *face, int level) {
    const pulang_problem *p = face->problem;
    int n = 0;
    for (int k = 0; k < p->n_classes; k++) {
        for (int a = p->arc_begin[k]; a < p->arc_begin[k + 1]; a++) {
            if (!face->open[a])
                continue;
            form->arc_post[n] = p->arc_post[a];
            form->arc_cost[n++] = p->levels[level].arc_cost ? p->levels[level].arc_cost[a] : 0;
        }
        form->row_begin[k + 1] = n;
        form->unplaced[k] = face->may_stay_out[k] ? p->levels[level].unplaced : PULANG_FORBIDDEN;
    }
}

static int add_segment(transport_form *form, int64_t end, int64_t slope) {
    void *ends = form->segment_end, *slopes = form->segment_slope;
    int failed = pulang_grow(&ends, &form->ends_room, form->n_segments + 1, sizeof *form->segment_end);
    form->segment_end = ends;
    failed |= pulang_grow(&slopes, &form->slopes_room, form->n_segments + 1, sizeof *form->segment_slope);
    form->segment_slope = slopes;
    if (failed)
        return -1;
    form->segment_end[form->n_segments] = end;
    form->segment_slope[form->n_segments++] = slope;
    return 0;
}

/* The linear segments of a total's cost between its bounds. */
static int fill_segments(transport_form *form, core_face *face, int level, int t) {
    const pulang_total *total = &face->problem->totals[t];
    int64_t from = face->lower[t];
    if (pulang_breaks_find(&face->breaks, face->problem, t, from, face->upper[t]))
        return -1;
    for (size_t i = 0; i <= face->breaks.n && from < face->upper[t]; i++) {
        int64_t to = i < face->breaks.n ? face->breaks.items[i] : face->upper[t];
        int64_t rise = pulang_total_cost(face->problem, total, level, to * total->unit) -
                       pulang_total_cost(face->problem, total, level, from * total->unit);
        if (add_segment(form, to, rise / (to - from)))
            return -1;
        from = to;
    }
    return 0;
}

static int fill_nodes(transport_form *form, core_face *face, int level) {
    for (int i = 0; i < face->n_ordered; i++)
        form->node_of[face->order[i]] = i;
    for (int i = 0; i < face->n_ordered; i++) {
        int t = face->order[i];
        form->parent[i] = face->up[t] == PULANG_NONE ? face->n_ordered : form->node_of[face->up[t]];
        form->lower[i] = face->lower[t];
        form->upper[i] = face->upper[t];
        if (fill_segments(form, face, level, t))
            return -1;
        form->segment_begin[i + 1] = (int)form->n_segments;
    }
    return 0;
}

static int form_init(transport_form *form, core_face *face, int level, pulang_limits *limits) {
    *form = (transport_form){.limits = limits, .of = face->problem, .level = level};
    if (form_alloc(form, face) || fill_nodes(form, face, level))
        return -1;
    fill_rows(form, face, level);
    form->problem = (pulang_transport){
        .n_rows = face->problem->n_classes,
        .supply = face->problem->supply,
        .n_posts = face->problem->n_posts,
        .n_nodes = face->n_ordered,
        .parent = form->parent,
        .lower = form->lower,
        .upper = form->upper,
        .segment_begin = form->segment_begin,
        .segment_end = form->segment_end,
        .segment_slope = form->segment_slope,
        .unplaced = form->unplaced,
        .costs = {.row_begin = form->row_begin, .arc_post = form->arc_post, .arc_cost = form->arc_cost}};
    return 0;
}

static bool stop(void *user) {
    transport_form *form = user;
    pulang_progress progress = {
        .method = "core", .level_index = form->level, .has_incumbent = true, .bound = -INFINITY};
    return pulang_limits_stop(form->limits, form->of, &progress);
}

/* Flow and prices of the plan as those of the problem. */
static int take_plan(const core_face *face, const transport_form *form, const pulang_transport_plan *plan,
                     pulang_solution *solution) {
    const pulang_problem *p = face->problem;
    int64_t *price = pulang_alloc((size_t)p->n_totals, sizeof *price);
    if (!price)
        return -1;
    for (int a = 0; a < p->n_arcs; a++)
        solution->flow[a] = 0;
    for (int i = 0; i < plan->n_placements; i++) {
        if (plan->post[i] == face->n_ordered)
            continue;
        int a = p->arc_begin[plan->row[i]];
        while (p->arc_post[a] != plan->post[i])
            a++;
        solution->flow[a] = plan->count[i];
    }
    for (int i = 0; i < face->n_ordered; i++)
        price[face->order[i]] = plan->price[i] - plan->price[form->parent[i]];
    solution->steps[solution->n_steps++] = (pulang_solution_step){PULANG_STEP_LEVEL, form->level, price};
    return 0;
}

pulang_status core_face_solve(core_face *face, int level, pulang_limits *limits, pulang_solution *solution,
                              bool *stopped, pulang_error *error) {
    transport_form form;
    pulang_transport_plan *plan = NULL;
    pulang_status status = form_init(&form, face, level, limits) ? pulang_fail_memory(error) : PULANG_OK;
    const pulang_transport_settings settings = {.threads = 1, .stop = stop, .user = &form};
    if (status == PULANG_OK)
        status = pulang_transport_solve(&form.problem, &settings, &plan, error);
    *stopped = plan && plan->stopped;
    if (status == PULANG_OK && !*stopped) {
        if (!plan->feasible)
            status = pulang_fail(error, PULANG_ERROR_SOLVER,
                                 _("level %s has no plan on the optima of the levels before"),
                                 face->problem->levels[level].name);
        else if (take_plan(face, &form, plan, solution))
            status = pulang_fail_memory(error);
    }
    pulang_transport_plan_free(plan);
    form_free(&form);
    return status;
}
