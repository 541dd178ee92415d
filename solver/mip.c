/*
 * The levels of the mixed-integer model, one after the other.
 *
 * At each level the relaxation's prices give an exact bound (mip_dual), the heuristic a flow; where they
 * do not meet, branch and cut decides over the columns that prices could not fix. GLPK works in
 * doubles, so whatever it finds is rounded and counted anew in integers, and only what that confirms is
 * believed. Should its tolerances have let a broken rule pass, the search is repeated with the rules
 * drawn a little tighter: what that finds holds, and the bound is still the one of the first search.
 */
#include "solver/mip.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/breaks.h"
#include "solver/convex.h"
#include "solver/glpk.h"
#include "solver/heuristic.h"
#include "solver/mip_dual.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define NODES_BETWEEN_HEURISTICS 200

typedef struct solver {
    const pulang_problem *problem;
    pulang_limits *limits;
    pulang_solution *solution;
    pulang_heuristic *heuristic;
    pulang_mip_hold *holds; /* [n_levels] those of the levels solved */
    int64_t *held;          /* [n_levels] values of the levels solved */
    int n_known;            /* bounds learnt of the first columns */
    double *lower, *upper;
    int *trial; /* [n_arcs] a flow */
    /* the level being solved */
    int level;
    pulang_program *program;
    double *x;     /* [n_columns] */
    double *price; /* [n_rows] of the relaxation */
    pulang_mip_dual *dual;
    int64_t value, bound; /* of the incumbent, if there is one; proven */
    bool infeasible;
    double began;
    long next_heuristic; /* node at which to try it again */
    bool given;          /* GLPK has the incumbent */
    pulang_error *error;
} solver;

/* ---- incumbent ---- */

/* Whether a flow meets all rules and holds the levels before. */
static bool holds(const solver *s, const int *flow) {
    if (!pulang_problem_feasible(s->problem, flow))
        return false;
    for (int l = 0; l < s->level; l++)
        if (pulang_problem_level_value(s->problem, l, flow) > s->held[l])
            return false;
    return true;
}

/* Takes a flow that holds as incumbent if it is better. */
static bool take(solver *s, const int *flow) {
    int64_t value = pulang_problem_level_value(s->problem, s->level, flow);
    if (s->solution->exists && value >= s->value)
        return false;
    memmove(s->solution->flow, flow, (size_t)s->problem->n_arcs * sizeof *flow);
    s->solution->exists = true;
    s->value = value;
    s->given = false;
    return true;
}

static bool try_heuristic(solver *s, const double *x) {
    return pulang_heuristic_round(s->heuristic, s->level, s->held, x, s->limits->deadline, s->trial) &&
           take(s, s->trial);
}

/* Takes the flow of a solution of the program; false: it does not hold. */
static bool take_columns(solver *s, const double *x) {
    for (int a = 0; a < s->problem->n_arcs; a++)
        s->trial[a] = (int)lround(x[a]);
    if (!holds(s, s->trial))
        return false;
    take(s, s->trial);
    return true;
}

static bool within_gap(const solver *s) {
    double size = fmax(1, fabs((double)s->value));
    return s->solution->exists &&
           (s->value <= s->bound || (double)s->value - (double)s->bound <= s->limits->gap * size);
}

/* ---- callbacks of branch and cut ---- */

static bool on_heuristic(const double *x, const pulang_glpk_state *state, double *candidate, void *user) {
    solver *s = user;
    if (state->nodes >= s->next_heuristic) {
        s->next_heuristic = state->nodes + NODES_BETWEEN_HEURISTICS;
        try_heuristic(s, x);
    }
    if (!s->solution->exists || s->given)
        return false;
    s->given = true;
    return pulang_mip_complete(s->problem, s->level, s->solution->flow, candidate) == PULANG_OK;
}

static bool stop(solver *s, double bound, long nodes) {
    double now = pulang_clock();
    pulang_progress progress = {.method = "glpk",
                                .level_index = s->level,
                                .has_incumbent = s->solution->exists,
                                .incumbent = (double)s->value,
                                .bound = fmax(bound, (double)s->bound),
                                .rate = now > s->began ? (double)nodes / (now - s->began) : 0};
    if (s->limits->nodes > 0 && nodes >= s->limits->nodes)
        s->limits->stopped = true;
    return pulang_limits_stop(s->limits, s->problem, &progress);
}

static bool on_stop(const pulang_glpk_state *state, void *user) {
    return stop(user, state->bound, state->nodes);
}

/* ---- a level ---- */

static double seconds_left(const solver *s) {
    return fmax(s->limits->deadline - pulang_clock(), 0.001);
}

static pulang_status begin_level(solver *s, int level) {
    s->level = level;
    s->began = pulang_clock();
    s->next_heuristic = 0;
    s->given = false;
    pulang_status status =
        s->holds ? pulang_mip_build_with(s->problem, level, s->holds, NULL, NULL, &s->program, s->error)
                 : pulang_mip_build(s->problem, level, s->held, &s->program, s->error);
    if (status != PULANG_OK)
        return status;
    pulang_program *program = s->program;
    for (int c = 0; c < s->n_known; c++) {
        program->columns[c].lower = s->lower[c];
        program->columns[c].upper = s->upper[c];
    }
    s->x = pulang_alloc((size_t)program->n_columns, sizeof *s->x);
    s->price = pulang_alloc((size_t)program->n_rows, sizeof *s->price);
    s->dual = s->price ? pulang_mip_dual_new(program, s->price) : NULL; /* no prices yet: all 0 */
    if (!s->x || !s->dual)
        return pulang_fail_memory(s->error);
    s->bound = pulang_mip_dual_bound(s->dual);
    if (s->solution->exists)
        s->value = pulang_problem_level_value(s->problem, level, s->solution->flow);
    return PULANG_OK;
}

static void end_level(solver *s) {
    pulang_mip_dual_free(s->dual);
    pulang_free(s->price);
    pulang_free(s->x);
    pulang_program_free(s->program);
    s->dual = NULL;
    s->price = s->x = NULL;
    s->program = NULL;
}

/* GLPK finds no solution: true at first, but not when an incumbent is at hand. Returns whether that is
   sound. */
static bool no_solution(solver *s) {
    s->infeasible = !s->solution->exists;
    return s->infeasible;
}

/* Solves the relaxation for its prices and the bound they prove. *sound: its claims check. */
static pulang_status relax(solver *s, bool *sound) {
    const pulang_glpk_search how = {.stop = on_stop, .user = s};
    pulang_glpk_result result = {0};
    pulang_status status =
        pulang_glpk_relax(s->program, seconds_left(s), &how, s->x, s->price, &result, s->error);
    if (status != PULANG_OK)
        return status;
    if (result.outcome == PULANG_GLPK_INFEASIBLE) {
        *sound = no_solution(s);
        return PULANG_OK;
    }
    if (result.outcome == PULANG_GLPK_LIMIT) {
        s->limits->stopped = true;
        return PULANG_OK;
    }
    pulang_mip_dual *dual = pulang_mip_dual_new(s->program, s->price);
    if (!dual)
        return pulang_fail_memory(s->error);
    pulang_mip_dual_free(s->dual);
    s->dual = dual;
    int64_t bound = pulang_mip_dual_bound(dual);
    s->bound = bound > s->bound ? bound : s->bound;
    try_heuristic(s, s->x);
    return PULANG_OK;
}

/* Room for the errors of doubles in an objective. */
static double margin(double value) {
    return 1e-6 + 1e-11 * fabs(value);
}

/* An integer bound from one of GLPK. */
static int64_t round_bound(double bound) {
    return bound > -9e18 ? (int64_t)ceil(bound - margin(bound)) : INT64_MIN;
}

/* Draws in what is so large that GLPK's tolerance, relative to it, could count a unit more or less. */
static void tighten(pulang_program *program) {
    for (int r = 0; r < program->n_rows; r++) {
        pulang_program_row *row = &program->rows[r];
        if (row->lower == row->upper)
            continue;
        row->lower += isinf(row->lower) ? 0 : floor(2e-7 * fabs(row->lower));
        row->upper -= isinf(row->upper) ? 0 : floor(2e-7 * fabs(row->upper));
    }
    for (int c = 0; c < program->n_columns; c++) {
        pulang_program_column *column = &program->columns[c];
        double margin = floor(2e-7 * fmax(fabs(column->lower), fabs(column->upper)));
        if (column->upper - column->lower > 2 * margin) {
            column->lower += margin;
            column->upper -= margin;
        }
    }
}

/* Takes what branch and cut found and proved, as far as it stands the count in integers. Returns whether
   it does. */
static bool believe(solver *s, const pulang_glpk_result *result) {
    if (result->outcome == PULANG_GLPK_LIMIT)
        s->limits->stopped = true;
    if (result->outcome == PULANG_GLPK_INFEASIBLE)
        return no_solution(s);
    if (result->has_x) {
        if (!take_columns(s, s->x))
            return false;
        int64_t found = pulang_problem_level_value(s->problem, s->level, s->trial);
        if (found > s->value || fabs(result->value - (double)found) > margin(result->value))
            return false;
    }
    int64_t bound = round_bound(result->bound);
    if (result->outcome == PULANG_GLPK_OPTIMAL && s->limits->gap == 0)
        bound = s->value; /* but for the errors of doubles the same */
    if (s->solution->exists && bound > s->value)
        bound = s->value;
    s->bound = bound > s->bound ? bound : s->bound;
    return true;
}

/* Branch and cut over the columns that the prices left free. *sound: what it claims checks. */
static pulang_status search(solver *s, bool tight, bool *sound) {
    pulang_glpk_search how = {.seconds = seconds_left(s),
                              .gap = s->limits->gap,
                              .heuristic = on_heuristic,
                              .stop = on_stop,
                              .user = s};
    pulang_glpk_result result = {0};
    if (s->solution->exists && !pulang_mip_dual_narrow(s->dual, s->value, s->program))
        return pulang_fail(s->error, PULANG_ERROR_SOLVER, "%s", _("a bound excludes a known plan"));
    if (tight)
        tighten(s->program);
    s->given = false;
    pulang_status status = pulang_glpk_solve(s->program, &how, s->x, &result, s->error);
    if (status == PULANG_OK)
        *sound = believe(s, &result);
    return status;
}

static pulang_status solve_level(solver *s) {
    bool sound = true;
    pulang_status status = PULANG_OK;
    if (!within_gap(s))
        status = relax(s, &sound);
    if (status == PULANG_OK && sound && !s->infeasible && !s->limits->stopped && !within_gap(s))
        status = search(s, false, &sound);
    if (status == PULANG_OK && !sound && !s->limits->stopped) {
        int64_t bound = s->bound;
        status = search(s, true, &sound);
        s->bound = bound; /* the rules drawn in prove nothing */
        s->infeasible = false;
    }
    return status;
}

/* Keeps what the level taught: its row, and the bounds that its value leaves the columns. */
static pulang_status learn(solver *s) {
    pulang_program *program = s->program;
    s->held[s->level] = s->value;
    if (pulang_mip_dual_hold(program, s->price, s->value, &s->holds[s->level]))
        return pulang_fail_memory(s->error);
    if (!pulang_mip_dual_narrow(s->dual, s->value, program))
        return pulang_fail(s->error, PULANG_ERROR_SOLVER, "%s", _("a bound excludes a known plan"));
    double *lower = pulang_realloc(s->lower, (size_t)program->n_columns, sizeof *lower);
    s->lower = lower ? lower : s->lower;
    double *upper = pulang_realloc(s->upper, (size_t)program->n_columns, sizeof *upper);
    s->upper = upper ? upper : s->upper;
    if (!lower || !upper)
        return pulang_fail_memory(s->error);
    for (int c = 0; c < program->n_columns; c++) {
        lower[c] = program->columns[c].lower;
        upper[c] = program->columns[c].upper;
    }
    s->n_known = program->n_columns;
    return PULANG_OK;
}

static void record(solver *s) {
    pulang_level_result *result = &s->solution->levels[s->level];
    result->value = s->solution->exists ? s->value : 0;
    result->bound = s->bound;
    result->proven = within_gap(s);
    result->seconds = pulang_clock() - s->began;
}

/* No flow costs less at a level, whatever the other rules: everyone in the cheapest post. */
static int64_t plain_bound(const pulang_problem *p, const pulang_problem_level *level) {
    int64_t bound = 0;
    for (int k = 0; level->arc_cost && !level->largest && k < p->n_classes; k++) {
        int64_t least = p->bound[k] ? INT64_MAX : 0;
        for (int a = p->arc_begin[k]; a < p->arc_begin[k + 1]; a++)
            least = level->arc_cost[a] < least ? level->arc_cost[a] : least;
        bound += least == INT64_MAX ? 0 : least * p->supply[k];
    }
    return bound;
}

static void record_unsolved(solver *s, int level) {
    pulang_level_result *result = &s->solution->levels[level];
    result->bound = plain_bound(s->problem, &s->problem->levels[level]);
    result->proven = false;
    if (s->solution->exists)
        result->value = pulang_problem_level_value(s->problem, level, s->solution->flow);
}

/* One level with all that belongs to it. *go_on: the next may follow. */
static pulang_status run_level(solver *s, int level, bool *go_on) {
    pulang_status status = begin_level(s, level);
    if (status == PULANG_OK && !s->solution->exists)
        try_heuristic(s, s->x);
    if (status == PULANG_OK && !stop(s, -HUGE_VAL, 0))
        status = solve_level(s);
    if (status == PULANG_OK) {
        record(s);
        *go_on = !s->infeasible && s->solution->levels[level].proven;
        if (*go_on)
            status = learn(s);
    }
    end_level(s);
    return status;
}

/* A total whose bounds no value meets, PULANG_NONE: none. */
static int contradiction(const pulang_problem *problem) {
    for (int t = 0; t < problem->n_totals; t++) {
        const pulang_total *total = &problem->totals[t];
        int64_t unit = pulang_total_unit(total);
        if (pulang_steps_up(total->lower, unit) > pulang_steps_down(total->upper, unit))
            return t;
    }
    return PULANG_NONE;
}

void pulang_mip_explain(const pulang_problem *problem, pulang_solution *solution) {
    int t = contradiction(problem);
    const pulang_total *total = t == PULANG_NONE ? NULL : &problem->totals[t];
    if (!total)
        snprintf(solution->reason, sizeof solution->reason, "%s", _("no placement meets all hard rules"));
    else if (total->post != PULANG_NONE)
        snprintf(solution->reason, sizeof solution->reason,
                 _("post %s needs at least %" PRId64 " but can have at most %" PRId64),
                 problem->post_names[total->post], total->lower, total->upper);
    else
        snprintf(solution->reason, sizeof solution->reason,
                 _("quota %s%s%s needs at least %" PRId64 " but can have at most %" PRId64), total->name,
                 *total->key ? ", " : "", total->key, total->lower, total->upper);
}

static void conclude(solver *s, int n_solved) {
    const pulang_problem *p = s->problem;
    pulang_solution *solution = s->solution;
    solution->outcome = n_solved == p->n_levels ? PULANG_OPTIMAL : PULANG_LIMIT;
    for (int l = 0; l < n_solved; l++)
        if (solution->outcome == PULANG_OPTIMAL && solution->levels[l].value > solution->levels[l].bound)
            solution->outcome = PULANG_FEASIBLE;
    if (s->infeasible) {
        solution->outcome = PULANG_INFEASIBLE;
        pulang_mip_explain(p, solution);
    } else if (n_solved < p->n_levels && !s->limits->stopped) {
        snprintf(solution->reason, sizeof solution->reason,
                 _("level %s could not be proven within GLPK's tolerances"), p->levels[n_solved].name);
    }
    /* The flow may have improved an earlier level beyond a gap. */
    for (int l = 0; l < n_solved && solution->exists; l++)
        solution->levels[l].value = pulang_problem_level_value(p, l, solution->flow);
}

static pulang_status run(solver *s) {
    const pulang_problem *p = s->problem;
    pulang_status status = PULANG_OK;
    bool go_on = true;
    int level = 0;
    s->infeasible = contradiction(p) != PULANG_NONE;
    for (; level < p->n_levels && go_on && !s->infeasible && status == PULANG_OK; level++) {
        go_on = false;
        status = run_level(s, level, &go_on);
    }
    if (status != PULANG_OK)
        return status;
    for (int l = level; l < p->n_levels; l++)
        record_unsolved(s, l);
    conclude(s, go_on ? level : level - 1);
    return PULANG_OK;
}

pulang_status pulang_mip_solve(const pulang_problem *problem, pulang_limits *limits,
                               pulang_solution *solution, pulang_error *error) {
    assert(problem->n_levels > 0);
    solver s = {.problem = problem, .limits = limits, .solution = solution, .error = error};
    size_t n_levels = (size_t)problem->n_levels;
    s.heuristic = pulang_heuristic_new(problem, limits->seed);
    s.holds = pulang_alloc(n_levels, sizeof *s.holds);
    s.held = pulang_alloc(n_levels, sizeof *s.held);
    s.trial = pulang_alloc((size_t)problem->n_arcs, sizeof *s.trial);
    pulang_status status;
    if (s.heuristic && s.holds && s.held && s.trial)
        status = run(&s);
    else
        status = pulang_fail_memory(error);
    snprintf(solution->method, sizeof solution->method, "glpk");
    for (int l = 0; s.holds && l < problem->n_levels; l++)
        pulang_free(s.holds[l].coefficient);
    pulang_free(s.holds);
    pulang_free(s.held);
    pulang_free(s.trial);
    pulang_free(s.lower);
    pulang_free(s.upper);
    pulang_heuristic_free(s.heuristic);
    return status;
}

pulang_status pulang_mip_solve_level(const pulang_problem *problem, int level, const int64_t *held,
                                     pulang_limits *limits, pulang_solution *solution, bool *infeasible,
                                     pulang_error *error) {
    solver s = {.problem = problem, .limits = limits, .solution = solution, .error = error};
    size_t n_levels = (size_t)problem->n_levels;
    s.heuristic = pulang_heuristic_new(problem, limits->seed);
    s.held = pulang_alloc(n_levels, sizeof *s.held);
    s.trial = pulang_alloc((size_t)problem->n_arcs, sizeof *s.trial);
    pulang_status status = PULANG_OK;
    if (!s.heuristic || !s.held || !s.trial)
        status = pulang_fail_memory(error);
    for (int l = 0; status == PULANG_OK && l < level; l++)
        s.held[l] = held[l];
    s.infeasible = contradiction(problem) != PULANG_NONE;
    if (status == PULANG_OK && !s.infeasible)
        status = begin_level(&s, level);
    if (status == PULANG_OK && !s.infeasible) {
        status = solve_level(&s);
        record(&s);
    }
    end_level(&s);
    *infeasible = s.infeasible;
    pulang_free(s.held);
    pulang_free(s.trial);
    pulang_heuristic_free(s.heuristic);
    return status;
}
