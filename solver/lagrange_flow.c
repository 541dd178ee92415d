/*
 * The subproblem: with what cuts across priced, a transportation problem on the tree, over the arcs that
 * are near to being used.
 */
#include "model/alloc.h"
#include "model/error.h"
#include "solver/lagrange_state.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void lagrange_flow_clear(lagrange_flow *flow) {
    void *parts[] = {flow->parent,        flow->row_begin,  flow->arc_post, flow->segment_begin, flow->lower,
                     flow->upper,         flow->arc_cost,   flow->unplaced, flow->segment_end,   flow->n_of,
                     flow->segment_slope, flow->total,      flow->level,    flow->used,          flow->share,
                     flow->steps,         flow->pick_begin, flow->pick,     flow->base,          flow->arc,
                     flow->count,         flow->comes};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        pulang_free(parts[i]);
    pulang_transport_plan_free(flow->plan);
}

pulang_status lagrange_flow_init(const lagrange *lg, lagrange_flow *flow) {
    const pulang_problem *p = lg->problem;
    size_t totals = lagrange_room(lg), nodes = (size_t)lg->n_ordered, classes = (size_t)p->n_classes,
           arcs = (size_t)p->n_arcs;
    *flow = (lagrange_flow){.parent = pulang_alloc(nodes, sizeof *flow->parent)};
    flow->n_of = pulang_alloc(totals, sizeof *flow->n_of);
    flow->lower = pulang_alloc(nodes, sizeof *flow->lower);
    flow->upper = pulang_alloc(nodes, sizeof *flow->upper);
    flow->segment_begin = pulang_alloc(nodes + 1, sizeof *flow->segment_begin);
    flow->row_begin = pulang_alloc(classes + 1, sizeof *flow->row_begin);
    flow->unplaced = pulang_alloc(classes, sizeof *flow->unplaced);
    flow->arc_post = pulang_alloc(arcs, sizeof *flow->arc_post);
    flow->arc_cost = pulang_alloc(arcs, sizeof *flow->arc_cost);
    flow->total = pulang_alloc(totals, sizeof *flow->total);
    flow->steps = pulang_alloc(totals, sizeof *flow->steps);
    flow->pick_begin = pulang_alloc(classes + 1, sizeof *flow->pick_begin);
    flow->pick = pulang_alloc(arcs, sizeof *flow->pick);
    flow->base = pulang_alloc(arcs, sizeof *flow->base);
    flow->level = pulang_alloc((size_t)p->n_levels, sizeof *flow->level);
    flow->used = pulang_alloc(arcs, sizeof *flow->used);
    flow->share = pulang_alloc(arcs, sizeof *flow->share);
    flow->comes = pulang_alloc(arcs, sizeof *flow->comes);
    if (!flow->parent || !flow->n_of || !flow->lower || !flow->upper || !flow->segment_begin ||
        !flow->row_begin || !flow->unplaced || !flow->arc_post || !flow->arc_cost || !flow->total ||
        !flow->level || !flow->used || !flow->share || !flow->steps || !flow->pick_begin || !flow->pick ||
        !flow->base || !flow->comes)
        return PULANG_ERROR_MEMORY;
    for (int i = 0; i < lg->n_ordered; i++)
        flow->n_of[lg->order[i]] = i;
    for (int i = 0; i < lg->n_ordered; i++) {
        int up = lg->up[lg->order[i]];
        flow->parent[i] = up == PULANG_NONE ? lg->n_ordered : flow->n_of[up];
    }
    return PULANG_OK;
}

/* ---- the problem ---- */

int lagrange_by_value(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

int lagrange_points(const lagrange *lg, int t, int64_t *points) {
    const pulang_total *total = &lg->problem->totals[t];
    int64_t unit = lg->unit[t];
    int n = 0, kept = 0;
    for (int i = 0; i < total->n_pieces; i++) {
        const pulang_piece *piece = &total->pieces[i];
        points[n++] = pulang_steps_down(piece->from, unit);
        points[n++] = pulang_steps_up(piece->from, unit);
        points[n++] = pulang_steps_down(piece->to, unit);
        points[n++] = pulang_steps_up(piece->to, unit);
    }
    points[n++] = lg->upper[t];
    qsort(points, (size_t)n, sizeof *points, lagrange_by_value);
    for (int i = 0; i < n; i++)
        if (points[i] > lg->lower[t] && points[i] <= lg->upper[t] && (!kept || points[kept - 1] < points[i]))
            points[kept++] = points[i];
    return kept;
}

/* The costs of the tree's totals, as slopes between their bounds. */
static pulang_status fill_nodes(const lagrange *lg, lagrange_flow *flow) {
    size_t n = 0;
    for (int i = 0; i < lg->n_ordered; i++) {
        int t = lg->order[i];
        size_t most = n + 4 * (size_t)lg->problem->totals[t].n_pieces + 1;
        void *ends = flow->segment_end, *slopes = flow->segment_slope;
        int failed = pulang_grow(&ends, &flow->ends_room, most, sizeof *flow->segment_end);
        flow->segment_end = ends;
        failed |= pulang_grow(&slopes, &flow->slopes_room, most, sizeof *flow->segment_slope);
        flow->segment_slope = slopes;
        if (failed)
            return PULANG_ERROR_MEMORY;
        flow->lower[i] = lg->lower[t];
        flow->upper[i] = lg->upper[t];
        int64_t from = lg->lower[t], *end = flow->segment_end + n;
        int n_points = lagrange_points(lg, t, end);
        for (int s = 0; s < n_points; from = end[s++])
            flow->segment_slope[n++] =
                (lagrange_total_cost(lg, t, end[s]) - lagrange_total_cost(lg, t, from)) / (end[s] - from) /
                lg->goal.coarse;
        flow->segment_begin[i + 1] = (int)n;
    }
    return PULANG_OK;
}

/* What arcs cost but for the gates, which change while they are sought and the prices of what crosses do not.
 */
static void fill_base(const lagrange *lg, lagrange_flow *flow) {
    const pulang_problem *p = lg->problem;
    const int *list = flow->picky ? flow->pick : lg->list;
    for (int k = 0; k < p->n_classes; k++) {
        int to = flow->picky ? flow->pick_begin[k + 1] : lg->end[k];
        for (int i = flow->picky ? flow->pick_begin[k] : lg->begin[k]; i < to; i++) {
            int arc = list[i];
            flow->base[arc] = lagrange_reduced(lg, arc) - lg->gate[p->arc_post[arc]] + flow->share[arc];
        }
    }
}

/* The near arcs with their reduced costs; teams as their joint costs would have it. */
static void fill_rows(lagrange *lg, lagrange_flow *flow) {
    const pulang_problem *p = lg->problem;
    int n = 0;
    for (int k = 0; k < p->n_classes; k++) {
        for (int i = lg->near_begin[k]; i < lg->near_begin[k + 1]; i++) {
            flow->arc_post[n] = p->arc_post[lg->near[i]];
            flow->arc_cost[n++] = lagrange_cost_now(lg, flow, lg->near[i]) / lg->goal.coarse;
        }
        flow->row_begin[k + 1] = n;
        flow->unplaced[k] = lg->may_stay_out[k] ? lagrange_out_cost(lg) / lg->goal.coarse : PULANG_FORBIDDEN;
    }
}

/* ---- what it comes to ---- */

/* The near arc of a class into a post that it has one into. */
static int near_arc(const lagrange *lg, int class, int post) {
    int low = lg->near_begin[class], high = lg->near_begin[class + 1] - 1;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (lg->problem->arc_post[lg->near[middle]] < post)
            low = middle + 1;
        else
            high = middle;
    }
    return lg->near[low];
}

/* Lists the plan as arcs and how many are on each. */
static pulang_status list_plan(const lagrange *lg, lagrange_flow *flow) {
    const pulang_transport_plan *plan = flow->plan;
    size_t n = (size_t)plan->n_placements, room = flow->list_room;
    void *arcs = flow->arc, *counts = flow->count;
    int failed = pulang_grow(&arcs, &flow->list_room, n, sizeof *flow->arc);
    failed |= pulang_grow(&counts, &room, n, sizeof *flow->count);
    flow->arc = arcs;
    flow->count = counts;
    flow->n_listed = 0;
    if (failed)
        return PULANG_ERROR_MEMORY;
    for (int i = 0; i < plan->n_placements; i++) {
        if (plan->post[i] == lg->n_ordered)
            continue;
        int arc = near_arc(lg, plan->row[i], plan->post[i]);
        flow->used[arc] = flow->round;
        flow->arc[flow->n_listed] = arc;
        flow->count[flow->n_listed++] = plan->count[i];
    }
    return PULANG_OK;
}

/* What a plan puts into every total, and what the Lagrangian and the levels come to but for the totals'
   costs. */
static void count_plan(const lagrange *lg, lagrange_flow *flow, int n, const int *arcs, const int *counts) {
    const pulang_problem *p = lg->problem;
    int64_t out = lg->n_supplied;
    memset(flow->total, 0, (size_t)p->n_totals * sizeof *flow->total);
    memset(flow->level, 0, (size_t)p->n_levels * sizeof *flow->level);
    flow->value = 0;
    for (int i = 0; i < n; i++) {
        int arc = arcs[i];
        int64_t count = counts[i];
        out -= count;
        flow->value += count * (lagrange_reduced(lg, arc) + flow->share[arc]);
        flow->total[p->arc_post[arc]] += count;
        for (size_t part = lg->part_begin[arc]; part < lg->part_begin[arc + 1]; part++)
            flow->total[lg->parts[part].total] += count * lg->parts[part].steps;
        for (int l = 0; l <= lg->goal.level; l++)
            flow->level[l] += p->levels[l].arc_cost ? count * p->levels[l].arc_cost[arc] : 0;
    }
    flow->value += out * lagrange_out_cost(lg);
    for (int l = 0; l <= lg->goal.level; l++)
        flow->level[l] += p->levels[l].unplaced ? out : 0;
    for (int t = p->n_posts; t < p->n_totals; t++)
        for (int i = 0; p->totals[t].uniform && i < p->totals[t].n_posts; i++)
            flow->total[t] += flow->total[p->totals[t].posts[i]];
}

/* What the totals' costs add to the Lagrangian and the levels: those of the tree at what the plan puts in,
   the others where they cost least. */
static void value_totals(const lagrange *lg, lagrange_flow *flow) {
    const pulang_problem *p = lg->problem;
    for (int t = 0; t < p->n_totals; t++) {
        int64_t n = flow->steps[t] = flow->total[t];
        if (lg->crosses[t]) {
            lagrange_range least = lagrange_total_least(lg, t);
            flow->value += (int64_t)least.value;
            n = n < least.first ? least.first : n > least.last ? least.last : n;
        } else if (t < p->n_posts || p->totals[t].n_posts > 0) {
            flow->value += lagrange_total_cost(lg, t, n);
        }
        for (int l = 0; l <= lg->goal.level && p->totals[t].n_pieces > 0; l++)
            if (!p->levels[l].largest)
                flow->level[l] += pulang_total_cost(p, &p->totals[t], l, n * lg->unit[t]);
        flow->total[t] = lg->crosses[t] ? flow->total[t] - n : 0;
    }
    for (int l = 0; l < lg->goal.level; l++)
        flow->value -= lg->goal.held[l] * lg->value[l];
}

void lagrange_flow_value(const lagrange *lg, lagrange_flow *flow, int n, const int *arcs, const int *counts) {
    count_plan(lg, flow, n, arcs, counts);
    value_totals(lg, flow);
}

bool lagrange_is_stopped(const lagrange *lg) {
    pulang_progress progress = {.method = "lagrange",
                                .level_index = lg->goal.level,
                                .has_incumbent = lg->solution->exists,
                                .bound = -HUGE_VAL};
    return pulang_limits_stop(lg->limits, lg->problem, &progress);
}

static bool stop(void *user) {
    return lagrange_is_stopped(user);
}

static pulang_status solve_near(lagrange *lg, lagrange_flow *flow, pulang_error *error) {
    const pulang_problem *p = lg->problem;
    for (int i = 0; i < lg->n_ordered; i++)
        lg->goal.price[lg->order[i]] = 0;
    lagrange_gates(lg);
    pulang_status status = fill_nodes(lg, flow);
    if (status != PULANG_OK)
        return pulang_fail_memory(error);
    fill_rows(lg, flow);
    const pulang_transport problem = {
        .n_rows = p->n_classes,
        .supply = p->supply,
        .n_posts = p->n_posts,
        .n_nodes = lg->n_ordered,
        .parent = flow->parent,
        .lower = flow->lower,
        .upper = flow->upper,
        .segment_begin = flow->segment_begin,
        .segment_end = flow->segment_end,
        .segment_slope = flow->segment_slope,
        .unplaced = flow->unplaced,
        .costs = {.row_begin = flow->row_begin, .arc_post = flow->arc_post, .arc_cost = flow->arc_cost}};
    pulang_transport_plan *old = flow->plan;
    const pulang_transport_settings settings = {
        .threads = 1, .start = old && old->feasible ? old : NULL, .stop = stop, .user = lg};
    flow->plan = NULL;
    status = pulang_transport_solve(&problem, &settings, &flow->plan, error);
    pulang_transport_plan_free(old);
    if (status != PULANG_OK || flow->plan->stopped || !flow->plan->feasible)
        return status;
    flow->round++;
    if (list_plan(lg, flow) != PULANG_OK)
        return pulang_fail_memory(error);
    lagrange_flow_value(lg, flow, flow->n_listed, flow->arc, flow->count);
    for (int i = 0; i < lg->n_ordered; i++)
        lg->goal.price[lg->order[i]] =
            lg->goal.coarse * (flow->plan->price[i] - flow->plan->price[flow->parent[i]]);
    lagrange_gates(lg);
    return PULANG_OK;
}

pulang_status lagrange_flow_solve(lagrange *lg, lagrange_flow *flow, pulang_error *error) {
    pulang_status status;
    fill_base(lg, flow);
    do
        status = solve_near(lg, flow, error);
    while (status == PULANG_OK && flow->plan->feasible && !flow->plan->stopped &&
           lagrange_near_add(lg, flow) > 0);
    return status;
}
