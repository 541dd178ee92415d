/*
 * The core works level by level. The levels before the first with costs on arcs (minimums, persons
 * unplaced, shortages, balance) see of a person only where he may go: they are solved on classes merged
 * by that, a small network, by the network simplex. Their prices leave each class and total the choices that
 * are optimal so far (core_face.h); on these each further level is a transportation problem (core_level.h),
 * solved by shortest paths on the posts (transport.h).
 *
 * From an old plan: the small network of the first levels is solved anew, which is the least of the work;
 * each further level starts from the old plan and the old prices of its own step of the proof.
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

/* What is left of each class and total after the steps from the first-th on. */
static int restrict_face(core_face *face, const pulang_solution *solution, int first) {
    for (int s = first; s < solution->n_steps; s++)
        if (core_face_restrict(face, &solution->steps[s], solution->levels))
            return -1;
    return 0;
}

/* The values that the steps refer to. */
static void set_largest(const pulang_problem *problem, pulang_solution *solution, int n_levels) {
    for (int l = 0; l < n_levels; l++)
        if (problem->levels[l].largest)
            solution->levels[l].value = pulang_problem_level_value(problem, l, solution->flow);
}

/* What the steps leave of the merged classes, they leave of each class. */
static int restrict_merged(const core_aggregate *aggregate, const pulang_solution *solution,
                           core_face *face) {
    core_face merged;
    if (core_face_init(&merged, &aggregate->problem))
        return -1;
    int failed = restrict_face(&merged, solution, 0);
    core_face_spread(&merged, aggregate->merged, face);
    core_face_free(&merged);
    return failed;
}

/* The first n_levels levels on merged classes; steps, outcome and flow come back to the solution, and what is
   left to the face. */
static pulang_status solve_merged(const pulang_problem *problem, int n_levels, pulang_limits *limits,
                                  core_face *face, pulang_solution *solution, int *n_proven) {
    core_aggregate aggregate;
    if (core_aggregate_init(&aggregate, problem))
        return PULANG_ERROR_MEMORY;
    pulang_solution *merged = pulang_solution_new(&aggregate.problem);
    pulang_status status = PULANG_ERROR_MEMORY;
    if (merged)
        status = core_simplex_solve(&aggregate.problem, n_levels, limits, merged, n_proven);
    if (status == PULANG_OK) {
        core_aggregate_expand(&aggregate, problem, merged, solution);
        if (solution->exists) {
            set_largest(problem, solution, *n_proven);
            status = restrict_merged(&aggregate, solution, face) ? PULANG_ERROR_MEMORY : PULANG_OK;
        }
    }
    pulang_solution_free(merged);
    core_aggregate_free(&aggregate);
    return status;
}

/* The first n_levels levels, and what they leave. */
static pulang_status solve_first(const pulang_problem *problem, int n_levels, pulang_limits *limits,
                                 core_face *face, pulang_solution *solution, int *n_proven) {
    bool merged = true;
    for (int l = 0; l < n_levels; l++)
        merged = merged && !problem->levels[l].arc_cost;
    if (merged)
        return solve_merged(problem, n_levels, limits, face, solution, n_proven);
    pulang_status status = core_simplex_solve(problem, n_levels, limits, solution, n_proven);
    if (status != PULANG_OK || !solution->exists)
        return status;
    set_largest(problem, solution, *n_proven);
    return restrict_face(face, solution, 0) ? PULANG_ERROR_MEMORY : PULANG_OK;
}

/* The levels from *n_proven on, each on what the ones before leave. */
static pulang_status solve_face(core_face *face, const pulang_core_start *start, pulang_limits *limits,
                                pulang_solution *solution, int *n_proven, pulang_error *error) {
    const pulang_problem *problem = face->problem;
    while (*n_proven < problem->n_levels) {
        double begin = pulang_clock();
        int level = *n_proven, n_steps = solution->n_steps;
        bool stopped = false;
        pulang_status status = core_level_solve(face, level, start, limits, solution, &stopped, error);
        solution->levels[level].seconds = pulang_clock() - begin;
        if (status != PULANG_OK || stopped)
            return status;
        ++*n_proven;
        if (*n_proven < problem->n_levels && restrict_face(face, solution, n_steps))
            return pulang_fail_memory(error);
    }
    return PULANG_OK;
}

pulang_status pulang_core_solve(const pulang_problem *problem, const pulang_core_start *start,
                                pulang_limits *limits, pulang_solution *solution, pulang_error *error) {
    core_face face;
    pulang_status status = check_range(problem, error);
    if (status != PULANG_OK)
        return status;
    if (core_face_init(&face, problem))
        return pulang_fail_memory(error);
    snprintf(solution->method, sizeof solution->method, "core");
    int n_levels = aggregate_levels(problem), n_proven = 0;
    status = solve_first(problem, n_levels, limits, &face, solution, &n_proven);
    if (status != PULANG_OK)
        pulang_fail_memory(error);
    else if (solution->exists && n_proven == n_levels)
        status = solve_face(&face, start, limits, solution, &n_proven, error);
    finish(problem, solution, n_proven);
    core_face_free(&face);
    return status;
}
