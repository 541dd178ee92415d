/*
 * The generalized assignment problem, solved exactly: a Lagrangian bound whose subproblems are knapsacks,
 * then the decision problem "at most z" for z from the bound upwards; in between better plans are sought by
 * rounding, dives and neighbourhoods.
 */
#include "solver/gap.h"

#include "model/alloc.h"
#include "model/error.h"
#include "model/exact.h"
#include "solver/gap_state.h"
#include "solver/limits.h"

#include <math.h>
#include <string.h>

enum { FIRST_WORK = 40000000 }; /* about a tenth of a second */
static const gap_effort ROOT_EFFORT = {.steps = 1000, .sweeps = 60, .primal = true, .repair_every = 100};

static int64_t most_cost(const gap_state *s) {
    int64_t sum = 0;
    for (int j = 0; j < s->n_jobs; j++) {
        int32_t most = 0;
        for (int i = 0; i < s->n_agents; i++)
            most = s->cost[gap_pair(s, i, j)] > most ? s->cost[gap_pair(s, i, j)] : most;
        sum += most;
    }
    return sum;
}

/* The prices start where a second agent would take the job. */
static void start_prices(gap_state *s) {
    for (int j = 0; j < s->n_jobs; j++) {
        int32_t first = INT32_MAX, second = INT32_MAX;
        for (int i = 0; i < s->n_agents; i++) {
            int32_t cost = s->cost[gap_pair(s, i, j)];
            if (!s->allowed[gap_pair(s, i, j)])
                continue;
            if (cost < first) {
                second = first;
                first = cost;
            } else if (cost < second) {
                second = cost;
            }
        }
        int32_t start = second < INT32_MAX ? second : first < INT32_MAX ? first : 0;
        s->price[j] = start * s->scale;
    }
}

static void root(gap_state *s) {
    start_prices(s);
    gap_lists_build(s);
    gap_dual_raise(s, 0, (gap_effort){0});
    gap_dual_fix(s, INT64_MAX);
    gap_near_build(s);
    gap_dual_raise(s, most_cost(s) * s->scale, ROOT_EFFORT);
    gap_model_share(s, s->share);
    gap_dual_fix(s, INT64_MAX);
    gap_near_build(s);
}

/* Looks for plans with few nodes at limits between the bound and the best plan: the nearer to the bound, the
   more is fixed, the straighter the way down. */
static void dive(gap_state *s, int64_t most, int64_t work) {
    int64_t end = s->work + work;
    double fraction = 0.25;
    if (!(s->exists && s->best <= s->bound))
        gap_round(s, s->exists ? s->best - 1 : most);
    while (!s->stopped && s->work < end) {
        int64_t best = s->exists ? s->best : most + 1;
        int64_t limit = s->bound + (int64_t)(fraction * (double)(best - s->bound));
        if (limit >= best || fraction > 0.99)
            return;
        if (gap_search(s, limit, (gap_allowance){2 * s->n_jobs, end - s->work, true}, NULL) != GAP_FOUND)
            fraction = (1 + fraction) / 2;
    }
}

/* Decides limit after limit from the bound upwards, with work that grows; now and then it looks for better
   plans elsewhere. s->bound is what holds in the end. */
static void climb(gap_state *s) {
    int64_t most = most_cost(s), allowed = FIRST_WORK;
    while (!s->stopped && s->bound <= most && !(s->exists && s->best <= s->bound)) {
        int64_t work = -s->work;
        gap_answer answer = gap_search(s, s->bound, (gap_allowance){INT64_MAX, allowed, false}, &s->path);
        work += s->work;
        if (answer == GAP_REFUTED) {
            s->bound++;
        } else if (answer == GAP_OPEN) {
            dive(s, most, work / 8);
            gap_neighbours(s, work / 2);
            allowed *= 2;
        }
        if (answer == GAP_REFUTED && !s->exists &&
            gap_search(s, most, (gap_allowance){INT64_MAX, allowed, true}, NULL) == GAP_REFUTED)
            s->bound = most + 1;
    }
}

static void report(gap_state *s, pulang_gap_plan *plan) {
    int64_t bound = s->bound;
    int64_t sign = s->gap->maximise ? -1 : 1;
    plan->exists = s->exists;
    plan->nodes = s->nodes;
    plan->infeasible = !s->exists && bound > most_cost(s);
    plan->bound = sign * (s->offset + bound);
    if (s->exists) {
        memcpy(plan->agent, s->best_agent, (size_t)s->n_jobs * sizeof *plan->agent);
        plan->objective = sign * (s->offset + s->best);
        plan->optimal = s->best <= bound;
    }
}

/* The prices in the sense of the problem, and what they prove. */
static int publish_prices(const gap_state *s, pulang_gap_plan *plan) {
    int64_t sign = s->gap->maximise ? -1 : 1;
    for (int j = 0; j < s->n_jobs; j++) {
        int64_t least = sign * s->gap->cost[j];
        for (int i = 1; i < s->n_agents; i++) {
            int64_t cost = sign * s->gap->cost[gap_pair(s, i, j)];
            least = cost < least ? cost : least;
        }
        plan->price[j] = (double)sign * ((double)least + (double)s->price[j] / s->scale);
    }
    return pulang_gap_bound(s->gap, plan->price, &plan->root_bound);
}

static pulang_status solve(gap_state *s, pulang_gap_plan *plan, pulang_error *error) {
    double begin = pulang_clock();
    pulang_status status = gap_state_make(s, error);
    if (status)
        return status;
    int64_t bound = most_cost(s) + 1;
    if (gap_propagate(s)) {
        root(s);
        bound = pulang_exact_ceil(s->value, s->scale);
        bound = bound < 0 ? 0 : bound;
    }
    if (publish_prices(s, plan))
        return pulang_fail_memory(error);
    int64_t sign = s->gap->maximise ? -1 : 1;
    int64_t proven = sign * plan->root_bound - s->offset;
    bound = proven > bound ? proven : bound;
    plan->root_seconds = pulang_clock() - begin;
    s->bound = bound;
    climb(s);
    report(s, plan);
    return PULANG_OK;
}

pulang_status pulang_gap_solve(const pulang_gap *gap, const pulang_gap_settings *settings,
                               pulang_gap_plan **plan, pulang_error *error) {
    double limit = settings->seconds > 0 ? pulang_clock() + settings->seconds : INFINITY;
    gap_state s = {.gap = gap, .settings = settings, .deadline = limit, .random = settings->seed};
    pulang_gap_plan *made = pulang_alloc(1, sizeof *made);
    pulang_status status = PULANG_OK;
    if (made) {
        made->agent = pulang_alloc((size_t)gap->n_jobs, sizeof *made->agent);
        made->price = pulang_alloc((size_t)gap->n_jobs, sizeof *made->price);
    }
    if (!made || !made->agent || !made->price)
        status = pulang_fail_memory(error);
    else
        status = solve(&s, made, error);
    gap_state_clear(&s);
    if (status)
        pulang_gap_plan_free(made);
    else
        *plan = made;
    return status;
}
