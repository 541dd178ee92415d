#include "solver/core_level.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/transport.h"

#include <math.h>

/* The face with the costs of one level as a transportation problem. */
typedef struct transport_form {
    pulang_transport problem;
    int *parent, *row_begin, *arc_post, *segment_begin, *node_of;
    int64_t *lower, *upper, *arc_cost, *unplaced, *segment_end, *segment_slope;
    size_t n_segments, ends_room, slopes_room;
    pulang_transport_plan *start; /* NULL: none */
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
    pulang_transport_plan_free(form->start);
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
    solution->steps[solution->n_steps++] =
        (pulang_solution_step){PULANG_STEP_LEVEL, form->level, 1, NULL, price, NULL};
    return 0;
}

/* The old plan as one of the transportation problem: every person is a placement. */
static int form_start(transport_form *form, const core_face *face, const pulang_core_start *start) {
    const pulang_problem *p = face->problem;
    const pulang_solution_step *step = NULL;
    for (int s = 0; start && s < start->n_steps; s++)
        if (start->steps[s].kind == PULANG_STEP_LEVEL && start->steps[s].level == form->level)
            step = &start->steps[s];
    if (!step)
        return 0;
    size_t n = (size_t)p->member_begin[p->n_classes];
    pulang_transport_plan *plan = form->start = pulang_alloc(1, sizeof *plan);
    if (!plan)
        return -1;
    plan->row = pulang_alloc(n, sizeof *plan->row);
    plan->post = pulang_alloc(n, sizeof *plan->post);
    plan->count = pulang_alloc(n, sizeof *plan->count);
    plan->price = pulang_alloc((size_t)face->n_ordered + 1, sizeof *plan->price);
    if (!plan->row || !plan->post || !plan->count || !plan->price)
        return -1;
    for (int k = 0; k < p->n_classes; k++)
        for (int i = p->member_begin[k]; i < p->member_begin[k + 1]; i++) {
            int post = start->post_of[p->members[i]];
            plan->row[plan->n_placements] = k;
            plan->post[plan->n_placements] = post == PULANG_NONE ? face->n_ordered : post;
            plan->count[plan->n_placements++] = 1;
        }
    for (int i = face->n_ordered - 1; i >= 0; i--)
        plan->price[i] = step->price[face->order[i]] + plan->price[form->parent[i]];
    return 0;
}

pulang_status core_level_solve(core_face *face, int level, const pulang_core_start *start,
                               pulang_limits *limits, pulang_solution *solution, bool *stopped,
                               pulang_error *error) {
    transport_form form;
    pulang_transport_plan *plan = NULL;
    pulang_status status = form_init(&form, face, level, limits) || form_start(&form, face, start)
                               ? pulang_fail_memory(error)
                               : PULANG_OK;
    const pulang_transport_settings settings = {
        .threads = 1, .start = form.start, .stop = stop, .user = &form};
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
