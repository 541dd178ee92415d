#include "solver/solve.h"

#include "model/alloc.h"
#include "model/check.h"
#include "model/error.h"
#include "model/plan.h"
#include "solver/core.h"
#include "solver/lagrange.h"
#include "solver/mip.h"
#include "solver/openings.h"
#include "solver/phases.h"
#include "solver/prices.h"
#include "solver/stable.h"
#include "solver/statement.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The first method of this order that applies, and why it is not one before it (translated; of the problem or
   static). */
static pulang_method choose_method(const pulang_problem *problem, const char **why) {
    if (pulang_core_applies(problem, why)) {
        *why = _("the rules nest in a tree of posts");
        return PULANG_METHOD_CORE;
    }
    return pulang_lagrange_applies(problem, why) ? PULANG_METHOD_LAGRANGE : PULANG_METHOD_GLPK;
}

static pulang_status cannot(const char *format, const char *why, pulang_error *error) {
    return pulang_fail(error, PULANG_ERROR_ARGUMENT, format, why);
}

static pulang_status solve_by_method(const pulang_problem *problem, const pulang_settings *settings,
                                     const pulang_core_start *start, pulang_solution *solution,
                                     pulang_error *error) {
    double begin = pulang_clock();
    pulang_limits limits = {.begin = begin,
                            .deadline = begin + settings->time_limit,
                            .gap = settings->gap,
                            .seed = settings->seed,
                            .progress = settings->progress,
                            .user = settings->progress_user};
    const char *why = _("asked for");
    pulang_method method = settings->method;
    if (method == PULANG_METHOD_CORE && !pulang_core_applies(problem, &why))
        return cannot(_("the core cannot solve this problem: %s"), why, error);
    if (method == PULANG_METHOD_LAGRANGE && !pulang_lagrange_applies(problem, &why))
        return cannot(_("prices on the rules that cut across cannot solve this problem: %s"), why, error);
    if (method == PULANG_METHOD_AUTO && pulang_openings_apply(problem)) {
        snprintf(
            solution->why, sizeof solution->why, "%s",
            _("but for minimums that hold only where there is anybody, the rules nest in a tree of posts"));
        return pulang_openings_solve(problem, &limits, solution, error);
    }
    if (method == PULANG_METHOD_AUTO)
        method = choose_method(problem, &why);
    snprintf(solution->why, sizeof solution->why, "%s", why);
    return method == PULANG_METHOD_CORE       ? pulang_core_solve(problem, start, &limits, solution, error)
           : method == PULANG_METHOD_LAGRANGE ? pulang_lagrange_solve(problem, &limits, solution, error)
                                              : pulang_mip_solve(problem, &limits, solution, error);
}

pulang_status pulang_solve_problem(const pulang_problem *problem, const pulang_settings *settings,
                                   const pulang_core_start *start, pulang_solution **solution,
                                   pulang_error *error) {
    pulang_solution *solved = pulang_solution_new(problem);
    if (!solved)
        return pulang_fail_memory(error);
    pulang_status status = solve_by_method(problem, settings, start, solved, error);
    if (status == PULANG_OK)
        *solution = solved;
    else
        pulang_solution_free(solved);
    return status;
}

/* What an arc costs at all levels together: the same for all of the class. */
static int64_t arc_cost(const pulang_problem *problem, int arc) {
    int64_t cost = 0;
    for (int l = 0; l < problem->n_levels; l++)
        cost += problem->levels[l].arc_cost ? problem->levels[l].arc_cost[arc] : 0;
    return cost;
}

/* The arc with seats left that costs the class least, the first of them; PULANG_NONE: no seats are left. */
static int cheapest_left(const pulang_problem *problem, int k, const int *left) {
    int best = PULANG_NONE;
    for (int a = problem->arc_begin[k]; a < problem->arc_begin[k + 1]; a++)
        if (left[problem->arc_post[a]] > 0 &&
            (best == PULANG_NONE || arc_cost(problem, a) < arc_cost(problem, best)))
            best = a;
    return best;
}

/* Who of a class goes where: those keep a post who are kept in one that the class fills; the others, in rank,
   take the posts that cost the class least, of like ones the first. */
static void place_class(const pulang_problem *problem, int k, const int *flow, const int *keep, int *left,
                        int *post_of) {
    int begin = problem->member_begin[k], end = problem->member_begin[k + 1];
    int first = problem->arc_begin[k], last = problem->arc_begin[k + 1];
    for (int a = first; a < last; a++)
        left[problem->arc_post[a]] = flow[a];
    for (int i = begin; i < end; i++) {
        int p = problem->members[i];
        if (keep[p] != PULANG_NONE && left[keep[p]] > 0) {
            left[keep[p]]--;
            post_of[p] = keep[p];
        }
    }
    for (int i = begin; i < end; i++) {
        int p = problem->members[i];
        int a = post_of[p] == PULANG_NONE ? cheapest_left(problem, k, left) : PULANG_NONE;
        if (a != PULANG_NONE) {
            left[problem->arc_post[a]]--;
            post_of[p] = problem->arc_post[a];
        }
    }
    for (int a = first; a < last; a++)
        left[problem->arc_post[a]] = 0;
}

int pulang_solve_place(const pulang_problem *problem, const int *flow, const int *keep, int *post_of) {
    int *left = pulang_alloc((size_t)problem->n_posts, sizeof *left);
    if (!left)
        return -1;
    for (int i = 0; i < problem->member_begin[problem->n_classes]; i++)
        post_of[problem->members[i]] = PULANG_NONE;
    for (int k = 0; k < problem->n_classes; k++)
        place_class(problem, k, flow, keep, left, post_of);
    pulang_free(left);
    return 0;
}

/* Who can stays in the present post. */
static int place_all(const pulang_problem *problem, const pulang_solution *solution, pulang_plan *plan) {
    const pulang_instance *instance = plan->instance;
    int *current = pulang_alloc((size_t)instance->n_persons, sizeof *current);
    for (int p = 0; current && p < instance->n_persons; p++)
        current[p] = instance->persons[p].current;
    int failed = !current || pulang_solve_place(problem, solution->flow, current, plan->post);
    pulang_free(current);
    return failed ? -1 : 0;
}

/* From classes back to persons. */
static int fill_plan(const pulang_problem *problem, const pulang_solution *solution, pulang_plan *plan) {
    plan->outcome = solution->outcome;
    plan->exists = solution->exists;
    plan->method = pulang_arena_copy(plan->arena, solution->method, strlen(solution->method));
    plan->why = pulang_arena_copy(plan->arena, solution->why, strlen(solution->why));
    plan->reason = pulang_arena_copy(plan->arena, solution->reason, strlen(solution->reason));
    if (!plan->method || !plan->why || !plan->reason)
        return -1;
    for (int l = 0; l < plan->n_levels; l++) {
        const char *name = plan->levels[l].name;
        plan->levels[l] = solution->levels[l];
        plan->levels[l].name = name;
    }
    if (solution->exists && place_all(problem, solution, plan))
        return -1;
    return pulang_solve_steps(problem, solution, plan);
}

/* A plan is handed out only when the independent check agrees with the solver. */
static pulang_status check_plan(const pulang_plan *plan, pulang_error *error) {
    pulang_evaluation *evaluation = NULL;
    pulang_status status = pulang_check_plan(plan->instance, plan->post, &evaluation, error);
    if (status != PULANG_OK)
        return status;
    if (evaluation->n_violations > 0)
        status = pulang_fail(error, PULANG_ERROR_SOLVER, _("the solver's plan breaks a rule: %s"),
                             evaluation->violations[0]);
    for (int l = 0; status == PULANG_OK && l < plan->n_levels; l++)
        if (evaluation->value[l] != plan->levels[l].value)
            status = pulang_fail(
                error, PULANG_ERROR_SOLVER, _("level %s: the solver says %lld, the check says %lld"),
                plan->levels[l].name, (long long)plan->levels[l].value, (long long)evaluation->value[l]);
    pulang_evaluation_free(evaluation);
    return status;
}

pulang_status pulang_solve_plan(const pulang_instance *instance, const pulang_problem *problem,
                                const pulang_solution *solution, pulang_plan **plan, pulang_error *error) {
    pulang_plan *made = pulang_plan_new(instance);
    if (!made)
        return pulang_fail_memory(error);
    pulang_status status = fill_plan(problem, solution, made) ? pulang_fail_memory(error) : PULANG_OK;
    if (status == PULANG_OK && made->exists)
        status = check_plan(made, error);
    if (status == PULANG_OK && pulang_phases_schedule(made))
        status = pulang_fail_memory(error);
    if (status == PULANG_OK)
        *plan = made;
    else
        pulang_plan_free(made);
    return status;
}

pulang_status pulang_solve_settings(const pulang_settings *settings, pulang_error *error) {
    if (settings->time_limit > 0 && settings->gap >= 0 && settings->gap <= 1 && settings->threads >= 1)
        return PULANG_OK;
    return pulang_fail(error, PULANG_ERROR_ARGUMENT, "%s",
                       _("time limit, gap or number of threads out of range"));
}

/* What is worked out on top of a plan, in the time that is left. */
static pulang_status add_extras(pulang_plan *plan, const pulang_settings *settings, double deadline,
                                pulang_error *error) {
    pulang_status status = PULANG_OK;
    if (settings->statement && plan->exists)
        status = pulang_statement_make(plan, settings, deadline, error);
    if (status == PULANG_OK && settings->exact_prices && plan->outcome == PULANG_OPTIMAL)
        status = pulang_prices_make(plan, settings, deadline, error);
    return status;
}

pulang_status pulang_solve(const pulang_instance *instance, const pulang_settings *settings,
                           pulang_plan **plan, pulang_error *error) {
    if (instance->envy_forbidden)
        return pulang_stable_solve(instance, settings, plan, error);
    pulang_problem *problem = NULL;
    pulang_solution *solution = NULL;
    pulang_plan *made = NULL;
    double begin = pulang_clock();
    pulang_status status = pulang_solve_settings(settings, error);
    if (status == PULANG_OK)
        status = pulang_problem_new(instance, &problem, error);
    double built = pulang_clock();
    if (status == PULANG_OK)
        status = pulang_solve_problem(problem, settings, NULL, &solution, error);
    if (status == PULANG_OK)
        status = pulang_solve_plan(instance, problem, solution, &made, error);
    if (status == PULANG_OK) {
        made->seconds_build = built - begin;
        made->seconds = pulang_clock() - begin;
        status = add_extras(made, settings, begin + settings->time_limit, error);
    }
    if (status == PULANG_OK)
        *plan = made;
    else
        pulang_plan_free(made);
    pulang_solution_free(solution);
    pulang_problem_free(problem);
    return status;
}
