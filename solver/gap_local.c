/*
 * Plans: a Lagrangian solution is repaired by regret and then improved (gap_chain.c). Regret as in Martello
 * and Toth, "An algorithm for the generalized assignment problem", Operational Research '81 (1981).
 */
#include "solver/gap_state.h"

#include <math.h>
#include <string.h>

static double cost_of(const gap_state *s, int agent, int job) {
    return (double)s->cost[gap_pair(s, agent, job)];
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
        if (cost >= second || gap_overload(s, i, job, -1) > 0)
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
            least = fmin(least, gap_overload(s, i, job, -1) + cost_of(s, i, job));
        for (int i = 0; agent < 0; i++)
            if (gap_overload(s, i, job, -1) + cost_of(s, i, job) <= least)
                agent = i;
        gap_put(s, job, agent);
    }
}

void gap_repair(gap_state *s) {
    if (s->overload[0] <= 0)
        price_overload(s);
    price_room(s);
    gap_set_plan(s, s->pick);
    insert(s);
    gap_descend(s);
}
