/*
 * The normal form of a generalized assignment problem and the memory of its solver.
 */
#include "model/alloc.h"
#include "model/error.h"
#include "solver/gap_state.h"
#include "solver/limits.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LOOSE_JOBS = 60, GRID = 1024, LARGEST_TABLE = 1 << 22, LARGEST_ROOM = 1 << 13 };
static const int64_t LARGEST_VALUE = 1 << 30;

bool gap_time_is_up(gap_state *s) {
    const pulang_gap_settings *settings = s->settings;
    if (!s->stopped)
        s->stopped = pulang_clock() >= s->deadline || (settings->stop && settings->stop(settings->user));
    return s->stopped;
}

void gap_keep(gap_state *s, const int *agent, int64_t cost) {
    if (s->exists && cost >= s->best)
        return;
    s->exists = true;
    s->best = cost;
    memcpy(s->best_agent, agent, (size_t)s->n_jobs * sizeof *agent);
}

/* Costs as differences to the job's cheapest agent. false: a difference is too large. */
static bool take_costs(gap_state *s) {
    const pulang_gap *gap = s->gap;
    int64_t sign = gap->maximise ? -1 : 1;
    for (int j = 0; j < s->n_jobs; j++) {
        int64_t least = INT64_MAX;
        for (int i = 0; i < s->n_agents; i++) {
            int64_t cost = sign * gap->cost[gap_pair(s, i, j)];
            least = cost < least ? cost : least;
        }
        s->offset += least;
        for (int i = 0; i < s->n_agents; i++) {
            int64_t cost = sign * gap->cost[gap_pair(s, i, j)] - least;
            if (cost > LARGEST_VALUE)
                return false;
            s->cost[gap_pair(s, i, j)] = (int32_t)cost;
        }
    }
    return true;
}

/* The resource that is scarcest for the agent stands for all of them. */
static int scarcest_resource(const gap_state *s, int agent) {
    int scarcest = 0;
    double highest = -1;
    for (int r = 0; r < s->n_resources; r++) {
        double demand = 0;
        for (int j = 0; j < s->n_jobs; j++)
            demand += gap_use(s, r, agent, j);
        double ratio = demand / ((double)s->gap->capacity[gap_place(s, r, agent)] + 0.5);
        if (ratio > highest) {
            highest = ratio;
            scarcest = r;
        }
    }
    return scarcest;
}

static int64_t common_divisor(int64_t a, int64_t b) {
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* The agent's knapsack in units: the common divisor of its uses, or, where the table would be too large,
   coarser units, rounded down, which only relaxes it. */
static void take_weights(gap_state *s, int agent) {
    int r = scarcest_resource(s, agent);
    int64_t capacity = s->gap->capacity[gap_place(s, r, agent)], unit = 0, total = 0;
    for (int j = 0; j < s->n_jobs; j++) {
        if (!gap_fits(s, agent, j))
            continue;
        unit = common_divisor(unit, gap_use(s, r, agent, j));
        total += gap_use(s, r, agent, j);
    }
    unit = unit > 0 ? unit : 1;
    int64_t room = (capacity < total ? capacity : total);
    int64_t most = LARGEST_TABLE / (s->n_jobs + 1);
    most = most < 1024 ? 1024 : most > LARGEST_ROOM ? LARGEST_ROOM : most;
    if (room / unit > most)
        unit = room / most + 1;
    s->room[agent] = (int32_t)(room / unit);
    for (int j = 0; j < s->n_jobs; j++)
        s->weight[gap_pair(s, agent, j)] =
            gap_fits(s, agent, j) ? (int32_t)(gap_use(s, r, agent, j) / unit) : INT32_MAX;
}

static int compare_weights(const void *a, const void *b) {
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* The greatest number of jobs that fit an agent. */
static int most_jobs(const gap_state *s) {
    int most = 1;
    for (int i = 0; i < s->n_agents; i++) {
        int32_t *sorted = s->knapsack.weight;
        memcpy(sorted, s->weight + gap_pair(s, i, 0), (size_t)s->n_jobs * sizeof *sorted);
        qsort(sorted, (size_t)s->n_jobs, sizeof *sorted, compare_weights);
        int64_t load = 0;
        int n = 0;
        while (n < s->n_jobs && sorted[n] < INT32_MAX && load + sorted[n] <= s->room[i])
            load += sorted[n++];
        most = n > most ? n : most;
    }
    return most;
}

/* As fine a grid as 32 bits hold. false: not even whole prices do. */
static bool choose_scale(gap_state *s) {
    int64_t dearest = 1;
    for (size_t p = 0; p < (size_t)s->n_agents * (size_t)s->n_jobs; p++)
        dearest = s->cost[p] > dearest ? s->cost[p] : dearest;
    s->most_jobs = most_jobs(s);
    int64_t most = LARGEST_VALUE / s->most_jobs;
    s->scale = GRID;
    while (s->scale > 1 && 2 * dearest * s->scale > most)
        s->scale /= 2;
    s->price_max = (int32_t)most;
    return 2 * dearest * s->scale <= most;
}

static bool allocate(gap_state *s) {
    size_t n = (size_t)s->n_jobs, m = (size_t)s->n_agents, places = m * (size_t)s->n_resources;
    gap_knapsack *k = &s->knapsack;
    return (s->cost = pulang_alloc(m * n, sizeof *s->cost)) &&
           (s->weight = pulang_alloc(m * n, sizeof *s->weight)) &&
           (s->allowed = pulang_alloc(m * n, sizeof *s->allowed)) &&
           (s->n_allowed = pulang_alloc(n, sizeof *s->n_allowed)) &&
           (s->agent = pulang_alloc(n, sizeof *s->agent)) && (s->room = pulang_alloc(m, sizeof *s->room)) &&
           (s->rest = pulang_alloc(places, sizeof *s->rest)) &&
           (s->trail = pulang_alloc(m * n + n, sizeof *s->trail)) &&
           (s->list = pulang_alloc(m * n, sizeof *s->list)) &&
           (s->list_begin = pulang_alloc(m + 1, sizeof *s->list_begin)) &&
           (k->job = pulang_alloc(n, sizeof *k->job)) && (k->weight = pulang_alloc(n, sizeof *k->weight)) &&
           (k->profit = pulang_alloc(n, sizeof *k->profit)) &&
           (k->taken = pulang_alloc(n, sizeof *k->taken)) && (s->price = pulang_alloc(n, sizeof *s->price)) &&
           (s->trial = pulang_alloc(n, sizeof *s->trial)) && (s->count = pulang_alloc(n, sizeof *s->count)) &&
           (s->pick = pulang_alloc(n, sizeof *s->pick)) &&
           (s->penalty = pulang_alloc(m * n, sizeof *s->penalty)) &&
           (s->removal = pulang_alloc(n, sizeof *s->removal)) &&
           (s->best_agent = pulang_alloc(n, sizeof *s->best_agent)) &&
           (s->plan = pulang_alloc(n, sizeof *s->plan)) && (s->held = pulang_alloc(m * n, sizeof *s->held)) &&
           (s->n_held = pulang_alloc(m, sizeof *s->n_held)) &&
           (s->place = pulang_alloc(n, sizeof *s->place)) &&
           (s->near = pulang_alloc(n * GAP_NEAR, sizeof *s->near)) &&
           (s->n_near = pulang_alloc(n, sizeof *s->n_near)) &&
           (s->load = pulang_alloc(places, sizeof *s->load)) &&
           (s->overload = pulang_alloc(places, sizeof *s->overload)) &&
           (s->regret = pulang_alloc(n, sizeof *s->regret)) &&
           (s->room_price = pulang_alloc(m, sizeof *s->room_price)) &&
           (s->free_job = pulang_alloc(n, sizeof *s->free_job)) &&
           (s->share = pulang_alloc(m * n, sizeof *s->share)) &&
           (s->part = pulang_alloc(m * n, sizeof *s->part)) &&
           (s->round_price = pulang_alloc(n, sizeof *s->round_price)) &&
           (s->rank = pulang_alloc(n, sizeof *s->rank)) && (s->drawn = pulang_alloc(m, sizeof *s->drawn)) &&
           (s->depth_price = pulang_alloc((n + 1) * n, sizeof *s->depth_price)) &&
           (s->depth_agent = pulang_alloc((n + 1) * m, sizeof *s->depth_agent)) &&
           (s->path.job = pulang_alloc(n + 1, sizeof *s->path.job)) &&
           (s->path.tried = pulang_alloc(n + 1, sizeof *s->path.tried)) &&
           (s->path.agent = pulang_alloc((n + 1) * m, sizeof *s->path.agent));
}

static bool allocate_table(gap_state *s) {
    size_t room = 0;
    for (int i = 0; i < s->n_agents; i++)
        room = (size_t)s->room[i] > room ? (size_t)s->room[i] : room;
    s->knapsack.table = pulang_alloc((room + 1) * ((size_t)s->n_jobs + 1), sizeof *s->knapsack.table);
    s->knapsack.tail = pulang_alloc(room + 1, sizeof *s->knapsack.tail);
    return s->knapsack.table && s->knapsack.tail && gap_model_make(s);
}

pulang_status gap_state_make(gap_state *s, pulang_error *error) {
    s->n_agents = s->gap->n_agents;
    s->n_jobs = s->gap->n_jobs;
    s->n_resources = s->gap->n_resources;
    if (!allocate(s))
        return pulang_fail_memory(error);
    memcpy(s->rest, s->gap->capacity, (size_t)(s->n_agents * s->n_resources) * sizeof *s->rest);
    bool small = take_costs(s);
    for (int i = 0; i < s->n_agents; i++)
        take_weights(s, i);
    if (!small || !choose_scale(s))
        return pulang_fail(error, PULANG_ERROR_LIMIT, _("the costs are too large for this method"));
    if (!allocate_table(s))
        return pulang_fail_memory(error);
    memset(s->allowed, 1, (size_t)s->n_agents * (size_t)s->n_jobs);
    s->n_free = s->n_jobs;
    s->n_loose = s->n_jobs < LOOSE_JOBS ? s->n_jobs : LOOSE_JOBS;
    s->n_drawn = s->n_agents < 3 ? s->n_agents : 3;
    for (int j = 0; j < s->n_jobs; j++) {
        s->n_allowed[j] = s->n_agents;
        s->agent[j] = -1;
    }
    return PULANG_OK;
}

void gap_state_clear(gap_state *s) {
    void *all[] = {s->cost,
                   s->weight,
                   s->allowed,
                   s->n_allowed,
                   s->agent,
                   s->room,
                   s->rest,
                   s->trail,
                   s->list,
                   s->list_begin,
                   s->price,
                   s->trial,
                   s->count,
                   s->pick,
                   s->penalty,
                   s->removal,
                   s->drawn,
                   s->share,
                   s->part,
                   s->round_price,
                   s->rank,
                   s->free_job,
                   s->best_agent,
                   s->plan,
                   s->held,
                   s->n_held,
                   s->place,
                   s->near,
                   s->n_near,
                   s->load,
                   s->overload,
                   s->room_price,
                   s->regret,
                   s->depth_price,
                   s->depth_agent,
                   s->path.job,
                   s->path.tried,
                   s->path.agent,
                   s->knapsack.job,
                   s->knapsack.weight,
                   s->knapsack.profit,
                   s->knapsack.taken,
                   s->knapsack.table,
                   s->knapsack.tail};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
        pulang_free(all[k]);
    gap_model_clear(&s->bundle);
}
