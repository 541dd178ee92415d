/*
 * Plans: a Lagrangian solution is repaired by regret, then improved by shifts and swaps with
 * a price on overload that rises until the plan fits, as in: Yagiura, Ibaraki and Glover, "An ejection chain
 * approach for the generalized assignment problem", INFORMS Journal on Computing 16 (2004).
 */
#include "solver/gap_state.h"

#include <math.h>
#include <string.h>

static uint32_t draw(gap_state *s, uint32_t n) {
    s->random = s->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(((s->random >> 32) * n) >> 32);
}

static void put(gap_state *s, int job, int agent) {
    int old = s->plan[job];
    for (int r = 0; r < s->n_resources; r++) {
        if (old >= 0)
            s->load[gap_place(s, r, old)] -= gap_use(s, r, old, job);
        if (agent >= 0)
            s->load[gap_place(s, r, agent)] += gap_use(s, r, agent, job);
    }
    s->plan[job] = agent;
}

static void set_plan(gap_state *s, const int *plan) {
    memset(s->load, 0, (size_t)(s->n_resources * s->n_agents) * sizeof *s->load);
    for (int j = 0; j < s->n_jobs; j++) {
        s->plan[j] = -1;
        put(s, j, plan[j]);
    }
}

/* The priced overload of the agent when job in (or -1) comes and job out (or -1) goes. */
static double overload(const gap_state *s, int agent, int in, int out) {
    double sum = 0;
    for (int r = 0; r < s->n_resources; r++) {
        size_t place = gap_place(s, r, agent);
        int64_t load = s->load[place] - s->gap->capacity[place];
        load += in >= 0 ? gap_use(s, r, agent, in) : 0;
        load -= out >= 0 ? gap_use(s, r, agent, out) : 0;
        sum += load > 0 ? (double)load * s->overload[place] : 0;
    }
    return sum;
}

static double cost_of(const gap_state *s, int agent, int job) {
    return (double)s->cost[gap_pair(s, agent, job)];
}

static const double EPSILON = 1e-7;

/* Moves the job where it is cheapest. true: it moved. */
static bool shift(gap_state *s, int job) {
    int from = s->plan[job], to = -1;
    double gain = cost_of(s, from, job) + overload(s, from, -1, -1) - overload(s, from, -1, job);
    double best = EPSILON;
    for (int i = 0; i < s->n_agents; i++) {
        if (i == from)
            continue;
        double profit = gain - cost_of(s, i, job) - overload(s, i, job, -1) + overload(s, i, -1, -1);
        if (profit > best) {
            best = profit;
            to = i;
        }
    }
    if (to >= 0)
        put(s, job, to);
    return to >= 0;
}

/* Exchanges the job with the best partner. */
static bool swap(gap_state *s, int job) {
    int from = s->plan[job], partner = -1;
    double here = overload(s, from, -1, -1), best = EPSILON;
    for (int other = 0; other < s->n_jobs; other++) {
        int to = s->plan[other];
        if (to == from)
            continue;
        double profit =
            cost_of(s, from, job) + cost_of(s, to, other) - cost_of(s, to, job) - cost_of(s, from, other);
        if (profit + here + overload(s, to, -1, -1) <= best)
            continue;
        profit += here - overload(s, from, other, job);
        profit += overload(s, to, -1, -1) - overload(s, to, job, other);
        if (profit > best) {
            best = profit;
            partner = other;
        }
    }
    if (partner < 0)
        return false;
    int to = s->plan[partner];
    put(s, job, to);
    put(s, partner, from);
    return true;
}

static bool feasible(const gap_state *s) {
    for (int p = 0; p < s->n_resources * s->n_agents; p++)
        if (s->load[p] > s->gap->capacity[p])
            return false;
    return true;
}

static void keep_plan(gap_state *s) {
    int64_t cost = 0;
    for (int j = 0; j < s->n_jobs; j++)
        cost += s->cost[gap_pair(s, s->plan[j], j)];
    if (feasible(s))
        gap_keep(s, s->plan, cost);
}

/* Descends to a plan that none of the moves improves; rounding may not keep it going for ever. */
enum { MOVES = 50 };
static void descend(gap_state *s) {
    int n = s->n_jobs, since = 0, moves = 0;
    int j = (int)draw(s, (uint32_t)n);
    while (since < n && moves < MOVES * n) {
        bool moved = shift(s, j) || swap(s, j);
        since = moved ? 0 : since + 1;
        moves += moved;
        j = j + 1 < n ? j + 1 : 0;
    }
    keep_plan(s);
}

/* A unit beyond the capacity costs about what a unit within it does. */
static void price_overload(gap_state *s) {
    double cost = 0;
    for (size_t p = 0; p < (size_t)s->n_agents * (size_t)s->n_jobs; p++)
        cost += s->cost[p];
    cost /= (double)s->n_agents;
    for (int p = 0; p < s->n_resources * s->n_agents; p++)
        s->overload[p] = (cost / s->n_jobs + 1) * s->n_jobs / s->n_agents / ((double)s->gap->capacity[p] + 1);
}

/* Overloaded agents become dearer, within reason: rounding must not outweigh the costs. */
static void raise_overload(gap_state *s) {
    for (int p = 0; p < s->n_resources * s->n_agents; p++)
        if (s->load[p] > s->gap->capacity[p] && s->overload[p] < 1e6)
            s->overload[p] *= 1.15;
}

/* What a unit of room is worth: in a knapsack, the least that a job taken saves by the unit (Dantzig 1957).
 */
static void price_room(gap_state *s) {
    for (int i = 0; i < s->n_agents; i++)
        s->room_price[i] = INFINITY;
    for (int j = 0; j < s->n_jobs; j++) {
        int i = s->pick[j];
        if (i < 0 || s->agent[j] >= 0 || s->weight[gap_pair(s, i, j)] == 0)
            continue;
        double saving = (double)s->price[j] / s->scale - cost_of(s, i, j);
        s->room_price[i] = fmin(s->room_price[i], saving / s->weight[gap_pair(s, i, j)]);
    }
    for (int i = 0; i < s->n_agents; i++)
        if (s->room_price[i] < 0 || isinf(s->room_price[i]))
            s->room_price[i] = 0;
}

/* The cheapest and second cheapest agent that has room, the room he needs included; the difference. */
static double regret(const gap_state *s, int job, int *agent) {
    double first = INFINITY, second = INFINITY;
    *agent = -1;
    for (int i = 0; i < s->n_agents; i++) {
        double cost = cost_of(s, i, job) + s->room_price[i] * s->weight[gap_pair(s, i, job)];
        if (cost >= second || overload(s, i, job, -1) > 0)
            continue;
        if (cost < first) {
            second = first;
            first = cost;
            *agent = i;
        } else {
            second = cost;
        }
    }
    return *agent >= 0 ? second - first : -1;
}

/* Jobs without an agent, the greatest regret first; where nobody has room, the least overload. */
static void insert(gap_state *s) {
    for (;;) {
        int job = -1, agent = -1;
        double most = -2;
        for (int j = 0; j < s->n_jobs; j++) {
            if (s->plan[j] >= 0)
                continue;
            int i;
            double difference = regret(s, j, &i);
            if (difference > most) {
                most = difference;
                job = j;
                agent = i;
            }
        }
        if (job < 0)
            return;
        double least = INFINITY;
        for (int i = 0; agent < 0 && i < s->n_agents; i++)
            least = fmin(least, overload(s, i, job, -1) + cost_of(s, i, job));
        for (int i = 0; agent < 0; i++)
            if (overload(s, i, job, -1) + cost_of(s, i, job) <= least)
                agent = i;
        put(s, job, agent);
    }
}

void gap_repair(gap_state *s) {
    if (s->overload[0] <= 0)
        price_overload(s);
    price_room(s);
    set_plan(s, s->pick);
    insert(s);
    for (int round = 0; round < 10; round++) {
        descend(s);
        if (feasible(s))
            return;
        raise_overload(s);
    }
}
