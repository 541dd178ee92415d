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
static void find_regret(gap_state *s, int job) {
    gap_regret *regret = s->regret + job;
    double first = INFINITY, second = INFINITY;
    regret->first = regret->second = -1;
    s->work += s->n_agents;
    for (int i = 0; i < s->n_agents; i++) {
        double cost = cost_of(s, i, job) + s->room_price[i] * s->weight[gap_pair(s, i, job)];
        if (cost >= second || gap_overload(s, i, job, -1) > 0)
            continue;
        if (cost < first) {
            second = first;
            regret->second = regret->first;
            first = cost;
            regret->first = i;
        } else {
            second = cost;
            regret->second = i;
        }
    }
    regret->difference = regret->first >= 0 ? second - first : -1;
}

/* The agent with the least overload by the job. */
static int least_overloaded(const gap_state *s, int job) {
    double least = INFINITY;
    int agent = -1;
    for (int i = 0; i < s->n_agents; i++) {
        double overload = gap_overload(s, i, job, -1) + cost_of(s, i, job);
        if (overload < least) {
            least = overload;
            agent = i;
        }
    }
    return agent;
}

/* Jobs without an agent, the greatest regret first; where nobody has room, the least overload. An agent who
   gets a job has less room: only regrets that count on him change. */
static void insert(gap_state *s) {
    int n = 0;
    for (int j = 0; j < s->n_jobs; j++) {
        if (s->plan[j] >= 0)
            continue;
        s->free_job[n++] = j;
        find_regret(s, j);
    }
    while (n > 0) {
        int at = 0;
        for (int k = 1; k < n; k++)
            if (s->regret[s->free_job[k]].difference > s->regret[s->free_job[at]].difference)
                at = k;
        int job = s->free_job[at], agent = s->regret[job].first;
        s->free_job[at] = s->free_job[--n];
        if (agent < 0)
            agent = least_overloaded(s, job);
        gap_put(s, job, agent);
        for (int k = 0; k < n; k++) {
            const gap_regret *regret = s->regret + s->free_job[k];
            if (regret->first == agent || regret->second == agent)
                find_regret(s, s->free_job[k]);
        }
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
