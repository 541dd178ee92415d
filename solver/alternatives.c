#include "solver/alternatives.h"

#include "model/alloc.h"
#include "model/check.h"
#include "model/error.h"
#include "solver/apart.h"
#include "solver/mip.h"
#include "solver/solve.h"

#include <math.h>
#include <string.h>

typedef struct search {
    const pulang_plan *plan;
    const pulang_problem *problem;
    pulang_optima *optima; /* of as many levels as those found last */
    const pulang_alternatives_request *request;
    pulang_settings settings;
    double deadline;
    int **flows; /* [n_flows] of the plan and of those found, each [n_arcs] */
    int n_flows;
    pulang_alternatives *found;
    pulang_error *error;
} search;

int pulang_alternatives_differ(const pulang_instance *instance) {
    return instance->n_persons > 100 ? (instance->n_persons + 99) / 100 : 1;
}

/* Returns NULL. */
static int **free_flows(int **flows, int n) {
    for (int f = 0; flows && f < n; f++)
        pulang_free(flows[f]);
    pulang_free(flows);
    return NULL;
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

/* ---- among those that are optimal at the levels held ---- */

/* The flows so far on the face, each [face->n_arcs]; NULL: out of memory. The face has them, for it holds no
   more levels than when they were found. */
static int **place_flows(const search *s, const pulang_optima *optima) {
    int **placed = pulang_alloc((size_t)s->n_flows, sizeof *placed);
    bool failed = !placed;
    for (int f = 0; f < s->n_flows && !failed; f++) {
        placed[f] = pulang_alloc((size_t)optima->face->n_arcs, sizeof *placed[f]);
        failed = !placed[f];
        if (!failed)
            pulang_optima_place(optima, s->flows[f], placed[f]);
    }
    return failed ? free_flows(placed, s->n_flows) : placed;
}

/* *solution: NULL when no plan was found; *none: there is none. */
static pulang_status look_among_held(search *s, int *flow, pulang_solution **solution, bool *none) {
    pulang_problem levels = *s->optima->face, *apart = NULL;
    pulang_solution *made = NULL;
    int **flows = place_flows(s, s->optima);
    levels.n_levels--; /* nothing is sought but the levels */
    pulang_status status =
        flows ? pulang_apart_new(&levels, s->n_flows, flows, s->request->differ, &apart, s->error)
              : pulang_fail_memory(s->error);
    s->settings.time_limit = fmax(s->deadline - pulang_clock(), 0.001);
    if (status == PULANG_OK)
        status = pulang_solve_problem(apart, &s->settings, NULL, &made, s->error);
    if (status == PULANG_OK && made->exists) {
        pulang_optima_whole(s->optima, made->flow, flow);
        *solution = made;
    } else if (status == PULANG_OK) {
        *none = made->outcome == PULANG_INFEASIBLE;
        pulang_solution_free(made);
    }
    free_flows(flows, s->n_flows);
    pulang_problem_free(apart);
    return status;
}

static pulang_status hold(search *s, int n_held) {
    pulang_optima_free(s->optima);
    s->optima = NULL;
    return pulang_optima_new(s->problem, s->plan, n_held, &s->optima, s->error);
}

/* Whether a flow of the problem is as good as the plan. */
static bool as_good(const search *s, const int *flow) {
    for (int l = 0; l < s->problem->n_levels; l++)
        if (pulang_problem_level_value(s->problem, l, flow) != s->found->value[l])
            return false;
    return true;
}

/* Holds fewer and fewer levels until a plan is found. On a face that is narrowed only one that is as good as
   the plan counts. */
static pulang_status look_among_all(search *s, int *flow, pulang_solution **solution) {
    pulang_status status = PULANG_OK;
    if (s->optima->exact && s->optima->narrowed)
        status = hold(s, s->problem->n_levels - 1);
    while (status == PULANG_OK) {
        bool none = false;
        status = look_among_held(s, flow, solution, &none);
        if (status == PULANG_OK && s->optima->narrowed && !(*solution && as_good(s, flow))) {
            pulang_solution_free(*solution);
            *solution = NULL;
            none = true;
        }
        s->found->ended = none && s->optima->n_held == 0 && !s->optima->narrowed;
        if (status != PULANG_OK || !none || s->found->ended)
            break;
        status = hold(s, s->optima->narrowed ? 0 : s->optima->n_held - 1);
    }
    return status;
}

/* ---- back towards the plan ---- */

/* Branches that are looked at to leave fewer people elsewhere. */
enum { BACK_NODES = 200 };

/* The fewest elsewhere among the plans as good as the flow, out of it and those before. */
static pulang_status solve_back(search *s, const pulang_optima *between, const int64_t *held, int *flow) {
    pulang_problem *face = between->face, *apart = NULL;
    pulang_solution *solution = NULL;
    pulang_limits limits = {.deadline = s->deadline, .nodes = BACK_NODES, .seed = s->settings.seed};
    int **flows = place_flows(s, between);
    bool infeasible;
    for (int a = 0; a < face->n_arcs; a++)
        between->sought[a] = -(s->flows[0][between->arc[a]] > 0);
    pulang_status status =
        flows ? pulang_apart_new(face, s->n_flows, flows, s->request->differ, &apart, s->error)
              : pulang_fail_memory(s->error);
    if (status == PULANG_OK) {
        solution = pulang_solution_new(apart);
        status = solution ? pulang_mip_solve_level(apart, apart->n_levels - 1, held, &limits, solution,
                                                   &infeasible, s->error)
                          : pulang_fail_memory(s->error);
    }
    if (status == PULANG_OK && solution->exists)
        pulang_optima_whole(between, solution->flow, flow);
    free_flows(flows, s->n_flows);
    pulang_solution_free(solution);
    pulang_problem_free(apart);
    return status;
}

/* Lets as many as possible be where the plan has them, the flow staying as good and as far from the plans
   before as is asked for. The core's flows have been gone no further than it takes. */
static pulang_status go_back(search *s, int *flow) {
    pulang_optima *between = NULL;
    int64_t *held = pulang_alloc((size_t)s->problem->n_levels, sizeof *held);
    pulang_status status = held ? PULANG_OK : pulang_fail_memory(s->error);
    for (int l = 0; held && l < s->problem->n_levels; l++)
        held[l] = pulang_problem_level_value(s->problem, l, flow);
    if (status == PULANG_OK) /* flow is the one after those before */
        status = pulang_optima_between(s->problem, s->n_flows + 1, s->flows, &between, s->error);
    if (status == PULANG_OK)
        status = solve_back(s, between, held, flow);
    pulang_optima_free(between);
    pulang_free(held);
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

/* No plan is better than the first: what is as good as that needs no other proof. solution: of the levels not
   held, NULL: all are. */
static void set_bound(const search *s, const pulang_solution *solution, int level, pulang_alternative *item) {
    pulang_level_result *result = &item->levels[level];
    bool before = level == 0 || item->levels[level - 1].proven, first = before;
    for (int l = 0; l < level; l++)
        first = first && item->levels[l].value == s->found->value[l];
    result->name = s->plan->levels[level].name;
    result->bound = INT64_MIN;
    if (solution && level >= s->optima->n_held && !s->optima->narrowed)
        result->bound = solution->levels[level - s->optima->n_held].bound;
    if (first && s->found->value[level] > result->bound)
        result->bound = s->found->value[level];
    result->proven = before && result->value == result->bound;
}

/* solution: as for set_bound. */
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
    for (int l = 0; l < found->n_levels; l++)
        set_bound(s, solution, l, item);
    item->proven = item->levels[found->n_levels - 1].proven;
    found->n += status == PULANG_OK;
    return status;
}

static pulang_status find_next(search *s, bool *go_on) {
    int *flow = pulang_alloc((size_t)s->problem->n_arcs, sizeof *flow);
    pulang_solution *solution = NULL;
    bool is_optimal = false;
    if (!flow)
        return pulang_fail_memory(s->error);
    s->flows[s->n_flows] = flow;
    pulang_status status = PULANG_OK;
    if (s->optima->exact && s->optima->narrowed)
        status = look_among_optima(s, flow, &is_optimal);
    if (status == PULANG_OK && !is_optimal)
        status = look_among_all(s, flow, &solution);
    if (status == PULANG_OK && solution && !s->optima->exact)
        status = go_back(s, flow);
    if (status == PULANG_OK && (is_optimal || solution))
        status = add(s, flow, solution);
    *go_on = status == PULANG_OK && (is_optimal || solution) && s->found->items[s->found->n - 1].proven;
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
    s->flows[s->n_flows++] = flow;
    pulang_status status = hold(s, s->problem->n_levels);
    if (status != PULANG_OK)
        return status;
    memcpy(flow, s->optima->whole_flow, (size_t)s->problem->n_arcs * sizeof *flow);
    memcpy(found->post, s->plan->post, n_persons * sizeof *found->post);
    for (int l = 0; l < found->n_levels; l++)
        found->value[l] = s->optima->value[l];
    return PULANG_OK;
}

pulang_status pulang_alternatives_find(const pulang_problem *problem, const pulang_plan *plan,
                                       const pulang_alternatives_request *request,
                                       const pulang_settings *settings, pulang_alternatives **alternatives,
                                       pulang_error *error) {
    search s = {.plan = plan,
                .problem = problem,
                .request = request,
                .settings = *settings,
                .deadline = pulang_clock() + settings->time_limit,
                .error = error};
    bool go_on = true;
    pulang_status status = search_init(&s);
    while (status == PULANG_OK && go_on && s.found->n < request->count)
        status = find_next(&s, &go_on);
    free_flows(s.flows, s.n_flows);
    pulang_optima_free(s.optima);
    if (status == PULANG_OK)
        *alternatives = s.found;
    else
        pulang_alternatives_free(s.found);
    return status;
}
