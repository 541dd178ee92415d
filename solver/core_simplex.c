/*
 * The levels one after the other on one network simplex: each step of the proof is a minimisation,
 * after which the arcs that cannot be in any optimum are held, and the next costs are put on.
 */
#include "solver/core_simplex.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/network.h"

#include <math.h>
#include <stdio.h>

typedef struct run {
    const pulang_problem *problem;
    pulang_network *network;
    pulang_limits *limits;
    pulang_solution *solution;
    int level; /* being solved */
    double level_begin;
    int64_t level_pivots; /* when the level began */
} run;

static bool stop(void *user) {
    run *r = user;
    double seconds = pulang_clock() - r->level_begin;
    pulang_progress progress = {.method = "core",
                                .level_index = r->level,
                                .has_incumbent = r->solution->exists,
                                .bound = -INFINITY,
                                .rate = (double)(r->network->simplex->pivots - r->level_pivots) /
                                        (seconds > 0 ? seconds : 1)};
    return pulang_limits_stop(r->limits, r->problem, &progress);
}

static bool minimise(run *r) {
    return pulang_simplex_minimise(r->network->simplex, stop, r);
}

/* Keeps the prices of the step just proven. */
static int record(run *r, pulang_step_kind kind, int level) {
    const pulang_problem *problem = r->problem;
    int64_t *price = pulang_alloc((size_t)problem->n_totals, sizeof *price);
    if (!price)
        return -1;
    for (int t = 0; t < problem->n_totals; t++)
        price[t] = pulang_network_price(r->network, t);
    r->solution->steps[r->solution->n_steps++] = (pulang_solution_step){kind, level, 1, NULL, price, NULL};
    return 0;
}

static void copy_flow(run *r) {
    for (int a = 0; a < r->problem->n_arcs; a++)
        r->solution->flow[a] = (int)r->network->simplex->flow[a];
}

static int64_t artificial_flow(const pulang_network *network) {
    int64_t flow = 0;
    for (int a = network->artificial_arc; a < network->simplex->n_arcs; a++)
        flow += network->simplex->flow[a];
    return flow;
}

/* What is wanting at the node of an artificial arc that stayed in use, in words. */
static void describe_want(const run *r, int arc, char *text, size_t size) {
    const pulang_problem *problem = r->problem;
    const pulang_simplex *simplex = r->network->simplex;
    int root = simplex->n_nodes - 1;
    int node = simplex->tail[arc] == root ? simplex->head[arc] : simplex->tail[arc];
    long long flow = (long long)simplex->flow[arc];
    if (node < problem->n_classes) {
        snprintf(text, size, _("%s must be placed, and no seat is left"), problem->class_names[node]);
        return;
    }
    int t = 0;
    while (r->network->node[t] != node)
        t++;
    const pulang_total *total = &problem->totals[t];
    if (total->post >= 0)
        snprintf(text, size, _("post %s misses %lld of its minimum"), problem->post_names[total->post], flow);
    else
        snprintf(text, size, _("quota %s%s%s misses %lld of its minimum"), total->name,
                 *total->key ? ", " : "", total->key, flow);
}

static void describe_infeasible(run *r) {
    pulang_solution *solution = r->solution;
    for (int a = r->network->artificial_arc; a < r->network->simplex->n_arcs; a++)
        if (r->network->simplex->flow[a] > 0) {
            describe_want(r, a, solution->reason, sizeof solution->reason);
            return;
        }
}

/* The hard rules; false when there is nothing more to do (infeasible, stopped or an error). */
static bool solve_feasible(run *r, pulang_status *status) {
    pulang_network_cost_feasible(r->network);
    if (!minimise(r)) {
        r->solution->outcome = PULANG_LIMIT;
        return false;
    }
    if (record(r, PULANG_STEP_FEASIBLE, PULANG_NONE)) {
        *status = PULANG_ERROR_MEMORY;
        return false;
    }
    if (artificial_flow(r->network) > 0) {
        r->solution->outcome = PULANG_INFEASIBLE;
        describe_infeasible(r);
        return false;
    }
    r->solution->exists = true;
    pulang_simplex_hold(r->network->simplex);
    return true;
}

static pulang_status solve_sum(run *r, bool *stopped) {
    pulang_network_cost_level(r->network, r->level);
    *stopped = !minimise(r);
    if (*stopped)
        return PULANG_OK;
    if (record(r, PULANG_STEP_LEVEL, r->level))
        return PULANG_ERROR_MEMORY;
    pulang_simplex_hold(r->network->simplex);
    return PULANG_OK;
}

/* Can all totals reach z? *missing: least sum of the steps missing. */
static bool probe(run *r, int64_t z, int64_t *missing) {
    pulang_network_cost_reach(r->network, r->level, z);
    if (!minimise(r))
        return false;
    *missing = pulang_network_missing(r->network, r->level, z);
    return true;
}

/* A largest level: bisection on its value, warm from probe to probe. */
static pulang_status solve_largest(run *r, bool *stopped) {
    const pulang_problem *problem = r->problem;
    copy_flow(r);
    int64_t best = pulang_problem_level_value(problem, r->level, r->solution->flow), impossible = -1,
            missing = 0;
    *stopped = false;
    while (!*stopped && best - impossible > 1) {
        int64_t z = impossible + (best - impossible) / 2;
        *stopped = !probe(r, z, &missing);
        if (!*stopped && missing == 0)
            best = z;
        else if (!*stopped)
            impossible = z;
    }
    if (!*stopped && best > 0) {
        *stopped = !probe(r, best - 1, &missing);
        if (!*stopped && record(r, PULANG_STEP_BELOW, r->level))
            return PULANG_ERROR_MEMORY;
    }
    if (!*stopped)
        *stopped = !probe(r, best, &missing);
    if (*stopped)
        return PULANG_OK;
    if (record(r, PULANG_STEP_HOLD, r->level))
        return PULANG_ERROR_MEMORY;
    pulang_simplex_hold(r->network->simplex);
    return PULANG_OK;
}

static pulang_status solve_levels(run *r, int n_levels) {
    pulang_status status = PULANG_OK;
    bool stopped = false;
    r->level_begin = pulang_clock();
    if (!solve_feasible(r, &status))
        return status;
    while (r->level < n_levels) {
        status = r->problem->levels[r->level].largest ? solve_largest(r, &stopped) : solve_sum(r, &stopped);
        double now = pulang_clock();
        r->solution->levels[r->level].seconds = now - r->level_begin;
        r->level_begin = now;
        r->level_pivots = r->network->simplex->pivots;
        if (status != PULANG_OK || stopped)
            break;
        r->level++;
    }
    copy_flow(r);
    return status;
}

/* A total whose bounds leave it no value at all; PULANG_NONE: there is none. */
static int empty_total(const pulang_problem *problem) {
    for (int t = 0; t < problem->n_totals; t++) {
        const pulang_total *total = &problem->totals[t];
        int64_t lower = total->lower > 0 ? (total->lower + total->unit - 1) / total->unit : 0;
        if (total->upper < 0 || lower > total->upper / total->unit)
            return t;
    }
    return PULANG_NONE;
}

static pulang_status refuse_empty(run *r, int t) {
    const pulang_total *total = &r->problem->totals[t];
    r->solution->outcome = PULANG_INFEASIBLE;
    if (total->post >= 0)
        snprintf(r->solution->reason, sizeof r->solution->reason,
                 _("post %s can never have as many as its minimum"), r->problem->post_names[total->post]);
    else
        snprintf(r->solution->reason, sizeof r->solution->reason,
                 _("quota %s%s%s can never reach its minimum within its maximum"), total->name,
                 *total->key ? ", " : "", total->key);
    int64_t *price = pulang_alloc((size_t)r->problem->n_totals, sizeof *price);
    if (!price)
        return PULANG_ERROR_MEMORY;
    r->solution->steps[r->solution->n_steps++] =
        (pulang_solution_step){PULANG_STEP_FEASIBLE, PULANG_NONE, 1, NULL, price, NULL};
    return PULANG_OK;
}

pulang_status core_simplex_solve(const pulang_problem *problem, int n_levels, pulang_limits *limits,
                                 pulang_solution *solution, int *n_proven) {
    run r = {.problem = problem, .limits = limits, .solution = solution};
    pulang_status status;
    int empty = empty_total(problem);
    if (empty != PULANG_NONE) {
        status = refuse_empty(&r, empty);
    } else {
        r.network = pulang_network_new(problem);
        status = r.network ? solve_levels(&r, n_levels) : PULANG_ERROR_MEMORY;
        pulang_network_free(r.network);
    }
    *n_proven = r.level;
    return status;
}
