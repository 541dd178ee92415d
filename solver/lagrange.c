/*
 * The levels, one after the other. A level whose prices prove its value exactly leaves every class and total
 * only the choices that attain it, and the next level lives on these; where the proof leaves some slack, more
 * is left, and the level's value gets a price of its own in the levels after it.
 */
#include "solver/lagrange.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/lagrange_branches.h"
#include "solver/lagrange_level.h"
#include "solver/mip.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Of the time left, the start and a level may take these parts; the last level all, and one before which
   there is no plan. */
static const double START_SHARE = 0.85, LEVEL_SHARE = 0.3;

bool pulang_lagrange_applies(const pulang_problem *problem, const char **why) {
    for (int l = 0; l < problem->n_levels; l++)
        if (problem->levels[l].largest) {
            *why = _("a level of balance is no sum");
            return false;
        }
    return true;
}

/* Adds the prices in hand as a step of the proof. */
static pulang_status add_step(lagrange *lg, pulang_step_kind kind, int level) {
    const pulang_problem *p = lg->problem;
    pulang_solution_step *step = &lg->solution->steps[lg->solution->n_steps];
    *step = (pulang_solution_step){.kind = kind, .level = level, .scale = 1};
    step->price = pulang_alloc(lagrange_room(lg), sizeof *step->price);
    step->held = pulang_alloc((size_t)p->n_levels, sizeof *step->held);
    lg->solution->n_steps++;
    if (!step->price || !step->held)
        return PULANG_ERROR_MEMORY;
    if (kind != PULANG_STEP_LEVEL)
        return PULANG_OK;
    step->scale = lg->goal.scale;
    memcpy(step->price, lg->goal.price, (size_t)p->n_totals * sizeof *step->price);
    memcpy(step->held, lg->goal.held, (size_t)p->n_levels * sizeof *step->held);
    step->tree = lg->proof;
    lg->proof = NULL;
    return PULANG_OK;
}

/* What the level leaves to those after it. */
static pulang_status hold(lagrange *lg, int level, int64_t bound) {
    int64_t value = pulang_problem_level_value(lg->problem, level, lg->solution->flow);
    int64_t slack = value * lg->goal.scale - bound;
    lg->value[level] = value;
    lg->hold[level] = slack > 0;
    lagrange_narrow(lg, slack);
    pulang_status status = add_step(lg, PULANG_STEP_LEVEL, level);
    return status == PULANG_OK && lg->branches.level == level &&
                   lg->solution->steps[lg->solution->n_steps - 1].tree
               ? lagrange_keep_sides(lg, value * lg->goal.scale)
               : status;
}

static double deadline_of(const lagrange *lg, double share) {
    double now = pulang_clock(), left = lg->limits->deadline - now;
    return isinf(left) ? lg->limits->deadline : now + share * left;
}

/* Whether there is a start, and its plan is as good as the levels before have turned out. */
static bool start_holds(const lagrange *lg, int level) {
    for (int l = 0; l < level && lg->start.planned; l++)
        if (pulang_problem_level_value(lg->problem, l, lg->start.flow) > lg->value[l])
            return false;
    return lg->start.planned;
}

static pulang_status solve_levels(lagrange *lg, lagrange_flow *flow, lagrange_bundle *bundle,
                                  bool *infeasible, pulang_error *error) {
    const pulang_problem *p = lg->problem;
    pulang_status status = add_step(lg, PULANG_STEP_FEASIBLE, PULANG_NONE);
    if (status != PULANG_OK)
        return pulang_fail_memory(error);
    for (int level = 0; level < p->n_levels; level++) {
        int64_t bound = INT64_MIN;
        if (!start_holds(lg, level))
            status = lagrange_level_start(lg, flow, bundle, level, deadline_of(lg, START_SHARE), error);
        if (status != PULANG_OK)
            return status;
        bool is_part = level + 1 < p->n_levels && lg->solution->exists;
        status = lagrange_level_solve(lg, flow, bundle, level, deadline_of(lg, is_part ? LEVEL_SHARE : 1),
                                      &bound, infeasible, error);
        if (status != PULANG_OK || *infeasible || !lg->solution->exists)
            return status;
        status = hold(lg, level, bound);
        if (status != PULANG_OK)
            return pulang_fail_memory(error);
    }
    return PULANG_OK;
}

static void conclude(const pulang_problem *p, pulang_solution *solution, bool infeasible) {
    solution->outcome = PULANG_OPTIMAL;
    for (int l = 0; l < p->n_levels && solution->exists; l++) {
        pulang_level_result *result = &solution->levels[l];
        result->value = pulang_problem_level_value(p, l, solution->flow);
        if (!result->proven)
            solution->outcome = PULANG_LIMIT;
        else if (result->value > result->bound && solution->outcome == PULANG_OPTIMAL)
            solution->outcome = PULANG_FEASIBLE;
    }
    if (!solution->exists) {
        solution->outcome = infeasible ? PULANG_INFEASIBLE : PULANG_LIMIT;
        pulang_solution_clear_steps(solution);
        if (infeasible)
            pulang_mip_explain(p, solution);
    }
}

pulang_status pulang_lagrange_solve(const pulang_problem *problem, pulang_limits *limits,
                                    pulang_solution *solution, pulang_error *error) {
    lagrange lg;
    lagrange_flow flow = {0};
    lagrange_bundle bundle = {0};
    bool infeasible = false;
    pulang_status status = lagrange_init(&lg, problem, limits, solution);
    if (status == PULANG_OK)
        status = lagrange_flow_init(&lg, &flow);
    if (status == PULANG_OK)
        status = lagrange_bundle_init(&lg, &flow, &bundle);
    if (status == PULANG_OK)
        status = solve_levels(&lg, &flow, &bundle, &infeasible, error);
    else
        pulang_fail_memory(error);
    snprintf(solution->method, sizeof solution->method, "lagrange");
    conclude(problem, solution, infeasible);
    lagrange_bundle_clear(&bundle);
    lagrange_flow_clear(&flow);
    lagrange_branches_clear(&lg.branches);
    if (lg.proof)
        pulang_arena_free(lg.proof->arena);
    lagrange_clear(&lg);
    return status;
}
