/*
 * The core works level by level. The levels before the first with costs on arcs (minimums, persons
 * unplaced, shortages, balance) see of a person only where he may go: they are solved on classes merged
 * by that, a small network, by the network simplex. Their prices leave each class and total the choices that
 * are optimal so far (core_face.h); on these each further level is a transportation problem (core_level.h),
 * solved by shortest paths on the posts (transport.h).
 *
 * From an old plan: whatever has changed, a plan that the old prices of the first levels leave is optimal in
 * these levels, by complementary slackness. So the last level is tried first, on what the old prices leave of
 * the new problem; only if that holds no plan are the levels before it solved again.
 */
#include "solver/core.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/core_aggregate.h"
#include "solver/core_level.h"
#include "solver/core_simplex.h"
#include "solver/network.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Costs times nodes, and costs times persons, stay below this: potentials and values cannot overflow. */
#define LARGEST_VALUE ((double)((int64_t)1 << 61))

bool pulang_core_applies(const pulang_problem *problem, const char **why) {
    int *up = pulang_alloc((size_t)problem->n_totals, sizeof *up);
    bool laminar = false;
    if (why)
        *why = _("out of memory");
    if (up && pulang_network_tree(problem, up, &laminar, why))
        laminar = false;
    pulang_free(up);
    return laminar;
}

static int64_t largest_cost(const pulang_problem *problem, int level) {
    int64_t largest = 1;
    for (int a = 0; problem->levels[level].arc_cost && a < problem->n_arcs; a++) {
        int64_t cost = llabs(problem->levels[level].arc_cost[a]);
        largest = cost > largest ? cost : largest;
    }
    for (int t = 0; t < problem->n_totals; t++) {
        const pulang_total *total = &problem->totals[t];
        int64_t slope = 0; /* pieces may lie over one another: their slopes add up */
        for (int i = 0; i < total->n_pieces; i++)
            if (total->pieces[i].level == level)
                slope += total->pieces[i].slope * total->unit;
        largest = slope > largest ? slope : largest;
    }
    return largest;
}

static pulang_status check_range(const pulang_problem *problem, pulang_error *error) {
    double persons = problem->member_begin ? problem->member_begin[problem->n_classes] : 0;
    double nodes = (double)problem->n_classes + problem->n_totals + 1;
    for (int l = 0; l < problem->n_levels; l++)
        if ((double)largest_cost(problem, l) * (nodes > persons ? nodes : persons) > LARGEST_VALUE)
            return pulang_fail(error, PULANG_ERROR_LIMIT,
                               _("the costs of level %s are too large for exact 64-bit arithmetic"),
                               problem->levels[l].name);
    return PULANG_OK;
}

/* A bound for a level that was not finished: each class at its cheapest, every total at its best. */
static int64_t weak_bound(const pulang_problem *problem, int level) {
    const int64_t *cost = problem->levels[level].arc_cost;
    int64_t bound = 0;
    for (int k = 0; cost && k < problem->n_classes; k++) {
        int64_t least = problem->bound[k] ? INT64_MAX : 0;
        for (int a = problem->arc_begin[k]; a < problem->arc_begin[k + 1]; a++)
            least = cost[a] < least ? cost[a] : least;
        bound += least * problem->supply[k];
    }
    return bound;
}

/* Values of all levels; bounds of those not proven. */
static void finish(const pulang_problem *problem, pulang_solution *solution, int n_proven) {
    if (!solution->exists)
        return;
    for (int l = 0; l < problem->n_levels; l++) {
        pulang_level_result *result = &solution->levels[l];
        result->value = pulang_problem_level_value(problem, l, solution->flow);
        result->proven = l < n_proven;
        result->bound = result->proven ? result->value : weak_bound(problem, l);
    }
    solution->outcome = n_proven == problem->n_levels ? PULANG_OPTIMAL : PULANG_LIMIT;
}

/* The levels that the merged classes can solve: those before the first with costs on arcs; all when a largest
   level comes after it, which only the simplex solves. */
static int aggregate_levels(const pulang_problem *problem) {
    int n = 0;
    while (n < problem->n_levels && !problem->levels[n].arc_cost)
        n++;
    for (int l = n; l < problem->n_levels; l++)
        if (problem->levels[l].largest)
            return problem->n_levels;
    return n;
}

/* The first n_levels levels on merged classes; steps, outcome and flow come back to the solution. */
static pulang_status solve_aggregate(const pulang_problem *problem, int n_levels, pulang_limits *limits,
                                     pulang_solution *solution, int *n_proven) {
    core_aggregate aggregate;
    if (core_aggregate_init(&aggregate, problem))
        return PULANG_ERROR_MEMORY;
    pulang_solution *merged = pulang_solution_new(&aggregate.problem);
    pulang_status status = PULANG_ERROR_MEMORY;
    if (merged)
        status = core_simplex_solve(&aggregate.problem, n_levels, limits, merged, n_proven);
    if (status == PULANG_OK)
        core_aggregate_expand(&aggregate, problem, merged, solution);
    pulang_solution_free(merged);
    core_aggregate_free(&aggregate);
    return status;
}

/* The levels from *n_proven on, each on what the ones before leave. */
static pulang_status solve_face(const pulang_problem *problem, const pulang_core_start *start,
                                pulang_limits *limits, pulang_solution *solution, int *n_proven,
                                core_level_outcome *outcome, pulang_error *error) {
    core_face face;
    if (core_face_init(&face, problem))
        return pulang_fail_memory(error);
    pulang_status status = PULANG_OK;
    *outcome = CORE_LEVEL_SOLVED;
    for (int s = 0; *n_proven < problem->n_levels && status == PULANG_OK && *outcome == CORE_LEVEL_SOLVED;) {
        for (; status == PULANG_OK && s < solution->n_steps; s++)
            if (core_face_restrict(&face, &solution->steps[s], solution->levels))
                status = pulang_fail_memory(error);
        double begin = pulang_clock();
        int level = *n_proven;
        if (status == PULANG_OK)
            status = core_level_solve(&face, level, start, limits, solution, outcome, error);
        solution->levels[level].seconds = pulang_clock() - begin;
        *n_proven += status == PULANG_OK && *outcome == CORE_LEVEL_SOLVED;
    }
    core_face_free(&face);
    return status;
}

static void drop_steps(pulang_solution *solution) {
    while (solution->n_steps > 0)
        pulang_free(solution->steps[--solution->n_steps].price);
}

/* Takes over the old steps of the first n_levels levels, whose prices prove the same of any plan that they
   leave. *whole: they are all there, and none is of a largest level, whose value they would have to know. */
static pulang_status take_steps(const pulang_problem *problem, const pulang_core_start *start, int n_levels,
                                pulang_solution *solution, bool *whole, pulang_error *error) {
    *whole = start->n_steps > n_levels;
    for (int s = 0; *whole && s <= n_levels; s++) {
        const pulang_solution_step *step = &start->steps[s];
        *whole = s == 0 ? step->kind == PULANG_STEP_FEASIBLE
                        : step->kind == PULANG_STEP_LEVEL && step->level == s - 1;
        int64_t *price = pulang_alloc((size_t)problem->n_totals, sizeof *price);
        if (!price)
            return pulang_fail_memory(error);
        memcpy(price, step->price, (size_t)problem->n_totals * sizeof *price);
        solution->steps[solution->n_steps++] = (pulang_solution_step){step->kind, step->level, price};
    }
    return PULANG_OK;
}

/* Keeps as many old levels as still leave a plan, `least` or more, and solves those after them. *outcome:
   empty when there are not that many. */
static pulang_status solve_again(const pulang_problem *problem, const pulang_core_start *start, int least,
                                 pulang_limits *limits, pulang_solution *solution, int *n_proven,
                                 core_level_outcome *outcome, pulang_error *error) {
    pulang_status status = PULANG_OK;
    bool whole = false;
    *outcome = CORE_LEVEL_EMPTY;
    for (int kept = problem->n_levels - 1;
         status == PULANG_OK && *outcome == CORE_LEVEL_EMPTY && kept >= least; kept--) {
        drop_steps(solution);
        *n_proven = kept;
        status = take_steps(problem, start, kept, solution, &whole, error);
        if (status == PULANG_OK && whole)
            status = solve_face(problem, start, limits, solution, n_proven, outcome, error);
    }
    solution->exists = status == PULANG_OK && *n_proven == problem->n_levels;
    if (!solution->exists) {
        solution->outcome = PULANG_LIMIT;
        drop_steps(solution);
        *n_proven = 0;
    }
    return status;
}

/* All levels: the first ones from nothing, the others from the start, if there is one. */
static pulang_status solve_all(const pulang_problem *problem, const pulang_core_start *start, int n_first,
                               pulang_limits *limits, pulang_solution *solution, int *n_proven,
                               pulang_error *error) {
    core_level_outcome outcome = CORE_LEVEL_SOLVED;
    bool merged = true;
    for (int l = 0; l < n_first; l++)
        merged = merged && !problem->levels[l].arc_cost;
    pulang_status status = merged ? solve_aggregate(problem, n_first, limits, solution, n_proven)
                                  : core_simplex_solve(problem, n_first, limits, solution, n_proven);
    if (status != PULANG_OK)
        return pulang_fail_memory(error);
    for (int l = 0; solution->exists && l < *n_proven; l++)
        solution->levels[l].value = pulang_problem_level_value(problem, l, solution->flow);
    if (solution->exists && *n_proven == n_first)
        status = solve_face(problem, start, limits, solution, n_proven, &outcome, error);
    if (status == PULANG_OK && outcome == CORE_LEVEL_EMPTY)
        status = pulang_fail(error, PULANG_ERROR_SOLVER,
                             _("level %s has no plan on the optima of the levels before"),
                             problem->levels[*n_proven].name);
    return status;
}

pulang_status pulang_core_solve(const pulang_problem *problem, const pulang_core_start *start,
                                pulang_limits *limits, pulang_solution *solution, pulang_error *error) {
    pulang_status status = check_range(problem, error);
    if (status != PULANG_OK)
        return status;
    snprintf(solution->method, sizeof solution->method, "core");
    int n_first = aggregate_levels(problem), n_proven = 0;
    core_level_outcome outcome = CORE_LEVEL_EMPTY;
    if (start)
        status = solve_again(problem, start, n_first, limits, solution, &n_proven, &outcome, error);
    if (status == PULANG_OK && outcome == CORE_LEVEL_EMPTY)
        status = solve_all(problem, start, n_first, limits, solution, &n_proven, error);
    finish(problem, solution, n_proven);
    return status;
}
