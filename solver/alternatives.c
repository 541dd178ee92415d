#include "solver/alternatives.h"

#include "model/alloc.h"
#include "model/check.h"
#include "model/error.h"
#include "solver/apart.h"
#include "solver/solve.h"

#include <math.h>
#include <string.h>

typedef struct search {
    const pulang_plan *plan;
    const pulang_optima *optima;
    const pulang_problem *problem;
    const pulang_alternatives_request *request;
    pulang_settings settings;
    double deadline;
    int **flows; /* [n_flows] of the plan and of those found, each [n_arcs] */
    int n_flows;
    pulang_alternatives *found;
    pulang_error *error;
} search;

int pulang_alternatives_differ(const pulang_instance *instance) {
    return instance->n_persons >= 20 ? (instance->n_persons + 19) / 20 : 1;
}

static bool far_enough(const search *s, const int *flow) {
    for (int f = 0; f < s->n_flows; f++)
        if (pulang_apart_distance(s->problem, s->flows[f], flow) < s->request->differ)
            return false;
    return true;
}

/* ---- among the optimal plans ---- */

/* An arc counts 1 for each plan that uses it; being unplaced, as one less of those who count -1. */
static void count_same(const search *s) {
    const pulang_problem *face = s->optima->face;
    memset(s->optima->sought, 0, (size_t)face->n_arcs * sizeof *s->optima->sought);
    for (int f = 0; f < s->n_flows; f++) {
        const int *flow = s->flows[f];
        for (int k = 0; k < face->n_classes; k++) {
            int left = face->supply[k];
            for (int a = s->problem->arc_begin[k]; a < s->problem->arc_begin[k + 1]; a++)
                left -= flow[a];
            for (int a = face->arc_begin[k]; a < face->arc_begin[k + 1]; a++)
                s->optima->sought[a] += (flow[s->optima->arc[a]] > 0) - (left > 0);
        }
    }
}

/* A plan as good as the first and far enough, if one is found; then all its levels are proven. */
static pulang_status look_among_optima(search *s, int *flow, bool *is_found) {
    pulang_solution *solution = NULL;
    count_same(s);
    pulang_status status = pulang_solve_problem(s->optima->face, &s->settings, NULL, &solution, s->error);
    if (status == PULANG_OK && solution->exists) {
        pulang_optima_whole(s->optima, solution->flow, flow);
        *is_found = far_enough(s, flow);
    }
    if (status == PULANG_OK && *is_found)
        status = alternatives_stop_early(s->optima, s->n_flows, s->flows, s->request->differ, solution->flow,
                                         s->error);
    if (status == PULANG_OK && *is_found)
        pulang_optima_whole(s->optima, solution->flow, flow);
    pulang_solution_free(solution);
    return status;
}

/* ---- among all plans ---- */

/* *solution: NULL when no plan was found. */
static pulang_status look_among_all(search *s, int *flow, pulang_solution **solution) {
    pulang_problem *apart = NULL;
    pulang_solution *made = NULL;
    pulang_status status =
        pulang_apart_new(s->problem, s->n_flows, s->flows, s->request->differ, &apart, s->error);
    s->settings.time_limit = fmax(s->deadline - pulang_clock(), 0.001);
    if (status == PULANG_OK)
        status = pulang_solve_problem(apart, &s->settings, NULL, &made, s->error);
    if (status == PULANG_OK && made->exists) {
        memcpy(flow, made->flow, (size_t)s->problem->n_arcs * sizeof *flow);
        *solution = made;
    } else if (status == PULANG_OK) {
        s->found->ended = made->outcome == PULANG_INFEASIBLE;
        pulang_solution_free(made);
    }
    pulang_problem_free(apart);
    return status;
}

/* ---- a plan found ---- */

/* Values, counted from the instance alone. */
static pulang_status evaluate(search *s, pulang_alternative *item) {
    pulang_evaluation *evaluation = NULL;
    pulang_status status = pulang_check_plan(s->plan->instance, item->post, &evaluation, s->error);
    if (status != PULANG_OK)
        return status;
    for (int l = 0; l < s->found->n_levels; l++)
        item->levels[l].value = evaluation->value[l];
    if (evaluation->n_violations > 0)
        status = pulang_fail(s->error, PULANG_ERROR_SOLVER, _("the solver's plan breaks a rule: %s"),
                             evaluation->violations[0]);
    pulang_evaluation_free(evaluation);
    return status;
}

/* solution: NULL where the plan is as good as the first. */
static pulang_status add(search *s, const int *flow, const pulang_solution *solution) {
    pulang_alternatives *found = s->found;
    pulang_alternative *item = &found->items[found->n];
    int n_persons = s->plan->instance->n_persons;
    item->post = pulang_arena_alloc(found->arena, (size_t)n_persons, sizeof *item->post);
    item->levels = pulang_arena_alloc(found->arena, (size_t)found->n_levels, sizeof *item->levels);
    if (!item->post || !item->levels || pulang_solve_place(s->problem, flow, s->plan->post, item->post))
        return pulang_fail_memory(s->error);
    for (int p = 0; p < n_persons; p++)
        item->n_elsewhere += item->post[p] != s->plan->post[p];
    pulang_status status = evaluate(s, item);
    item->proven = !solution || solution->outcome == PULANG_OPTIMAL;
    for (int l = 0; l < found->n_levels; l++) {
        item->levels[l].name = s->plan->levels[l].name;
        item->levels[l].bound = solution ? solution->levels[l].bound : item->levels[l].value;
        item->levels[l].proven = !solution || solution->levels[l].proven;
    }
    found->n += status == PULANG_OK;
    return status;
}

static pulang_status find_next(search *s, bool *go_on) {
    int *flow = pulang_alloc((size_t)s->problem->n_arcs, sizeof *flow);
    pulang_solution *solution = NULL;
    bool as_good = false;
    if (!flow)
        return pulang_fail_memory(s->error);
    s->flows[s->n_flows] = flow;
    pulang_status status = PULANG_OK;
    if (s->optima->exact)
        status = look_among_optima(s, flow, &as_good);
    if (status == PULANG_OK && !as_good)
        status = look_among_all(s, flow, &solution);
    if (status == PULANG_OK && (as_good || solution))
        status = add(s, flow, solution);
    *go_on = status == PULANG_OK && (as_good || solution) && s->found->items[s->found->n - 1].proven;
    s->n_flows++;
    pulang_solution_free(solution);
    return status;
}

/* ---- all ---- */

static pulang_status search_init(search *s) {
    pulang_arena *arena = pulang_arena_new();
    pulang_alternatives *found = arena ? pulang_arena_alloc(arena, 1, sizeof *found) : NULL;
    if (!found) {
        pulang_arena_free(arena);
        return pulang_fail_memory(s->error);
    }
    size_t n_persons = (size_t)s->plan->instance->n_persons, n = (size_t)s->request->count;
    *found = (pulang_alternatives){.arena = arena,
                                   .instance = s->plan->instance,
                                   .n_levels = s->plan->n_levels,
                                   .differ = s->request->differ,
                                   .wanted = s->request->count};
    s->found = found;
    s->flows = pulang_alloc(n + 1, sizeof *s->flows);
    found->items = pulang_arena_alloc(arena, n, sizeof *found->items);
    found->post = pulang_arena_alloc(arena, n_persons, sizeof *found->post);
    found->value = pulang_arena_alloc(arena, (size_t)found->n_levels, sizeof *found->value);
    int *flow = pulang_alloc((size_t)s->problem->n_arcs, sizeof *flow);
    if (!s->flows || !found->items || !found->post || !found->value || !flow) {
        pulang_free(flow);
        return pulang_fail_memory(s->error);
    }
    memcpy(flow, s->optima->whole_flow, (size_t)s->problem->n_arcs * sizeof *flow);
    memcpy(found->post, s->plan->post, n_persons * sizeof *found->post);
    for (int l = 0; l < found->n_levels; l++)
        found->value[l] = s->optima->value[l];
    s->flows[s->n_flows++] = flow;
    return PULANG_OK;
}

pulang_status pulang_alternatives_find(const pulang_plan *plan, const pulang_optima *optima,
                                       const pulang_alternatives_request *request,
                                       const pulang_settings *settings, pulang_alternatives **alternatives,
                                       pulang_error *error) {
    search s = {.plan = plan,
                .optima = optima,
                .problem = optima->problem,
                .request = request,
                .settings = *settings,
                .deadline = pulang_clock() + settings->time_limit,
                .error = error};
    bool go_on = true;
    pulang_status status = search_init(&s);
    while (status == PULANG_OK && go_on && s.found->n < request->count)
        status = find_next(&s, &go_on);
    for (int f = 0; f < s.n_flows; f++)
        pulang_free(s.flows[f]);
    pulang_free(s.flows);
    if (status == PULANG_OK)
        *alternatives = s.found;
    else
        pulang_alternatives_free(s.found);
    return status;
}
