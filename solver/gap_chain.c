/*
 * Local search by ejection chains: a job moves to another agent, and one of those that he has goes on to a
 * third, or back to the first. Capacities may be exceeded at a price for each unit, which rises
 * where a local optimum does not fit. Yagiura, Ibaraki and Glover, "An ejection
 * chain approach for the generalized assignment problem", INFORMS Journal on Computing 16 (2004). Only
 * pairs that a better plan can have by the Lagrangian bound are tried, the NEAR with the least rise for each
 * job.
 */
#include "solver/draw.h"
#include "solver/gap_state.h"

#include <math.h>
#include <string.h>

uint32_t gap_draw(gap_state *s, uint32_t n) {
    return pulang_draw(&s->random, n);
}

void gap_put(gap_state *s, int job, int agent) {
    int old = s->plan[job];
    for (int r = 0; r < s->n_resources; r++) {
        if (old >= 0)
            s->load[gap_place(s, r, old)] -= gap_use(s, r, old, job);
        s->load[gap_place(s, r, agent)] += gap_use(s, r, agent, job);
    }
    if (old >= 0) {
        int last = s->held[gap_pair(s, old, --s->n_held[old])];
        s->held[gap_pair(s, old, s->place[job])] = last;
        s->place[last] = s->place[job];
        s->plan_cost -= s->cost[gap_pair(s, old, job)];
    }
    s->plan_cost += s->cost[gap_pair(s, agent, job)];
    s->place[job] = s->n_held[agent]++;
    s->held[gap_pair(s, agent, s->place[job])] = job;
    s->plan[job] = agent;
}

void gap_set_plan(gap_state *s, const int *plan) {
    memset(s->load, 0, (size_t)(s->n_resources * s->n_agents) * sizeof *s->load);
    memset(s->n_held, 0, (size_t)s->n_agents * sizeof *s->n_held);
    s->plan_cost = 0;
    for (int j = 0; j < s->n_jobs; j++) {
        s->plan[j] = -1;
        if (plan[j] >= 0)
            gap_put(s, j, plan[j]);
    }
}

double gap_overload(const gap_state *s, int agent, int in, int out) {
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

static bool fits(const gap_state *s) {
    for (int p = 0; p < s->n_resources * s->n_agents; p++)
        if (s->load[p] > s->gap->capacity[p])
            return false;
    return true;
}

/* The pairs of each job with the least rise, of those with which a plan may be better than the best. */
void gap_near_build(gap_state *s) {
    int64_t limit = s->exists ? (s->best - 1) * s->scale : INT64_MAX;
    for (int j = 0; j < s->n_jobs; j++) {
        int *near = s->near + (size_t)j * GAP_NEAR, n = 0;
        for (int i = 0; i < s->n_agents; i++) {
            if (!s->allowed[gap_pair(s, i, j)] || s->agent[j] >= 0)
                continue;
            int64_t rise = s->penalty[gap_pair(s, i, j)];
            if (s->value + s->removal[j] + rise > limit)
                continue;
            int at = n < GAP_NEAR ? n++ : GAP_NEAR;
            for (; at > 0 && s->penalty[gap_pair(s, near[at - 1], j)] > rise; at--)
                if (at < GAP_NEAR)
                    near[at] = near[at - 1];
            if (at < GAP_NEAR)
                near[at] = i;
        }
        s->n_near[j] = n;
    }
}

typedef struct chain {
    double gain;
    int to, other, other_to; /* other: -1: none moves on */
} chain;

/* The job goes to an agent who sends another of his on. */
static void try_chains(gap_state *s, int job, int to, double gain, double here, chain *best) {
    int from = s->plan[job];
    s->work += s->n_held[to] * GAP_NEAR;
    double there = gap_overload(s, to, -1, -1);
    for (int k = 0; k < s->n_held[to]; k++) {
        int other = s->held[gap_pair(s, to, k)];
        double sum = gain + s->cost[gap_pair(s, to, other)] + there;
        sum -= gap_overload(s, to, job, other);
        for (int l = 0; l < s->n_near[other]; l++) {
            int third = s->near[(size_t)other * GAP_NEAR + (size_t)l];
            double total = sum - s->cost[gap_pair(s, third, other)];
            if (third == to || total + here <= best->gain)
                continue;
            if (third == from)
                total += here - gap_overload(s, from, other, job);
            else
                total += here - gap_overload(s, from, -1, job) - gap_overload(s, third, other, -1) +
                         gap_overload(s, third, -1, -1);
            if (total > best->gain)
                *best = (chain){total, to, other, third};
        }
    }
}

static const double EPSILON = 1e-6;

/* The best move that begins with the job. true: it was made. */
static bool move(gap_state *s, int job) {
    int from = s->plan[job];
    chain best = {.gain = EPSILON, .to = -1};
    double here = gap_overload(s, from, -1, -1);
    double left = here - gap_overload(s, from, -1, job);
    for (int k = 0; k < s->n_near[job]; k++) {
        int to = s->near[(size_t)job * GAP_NEAR + (size_t)k];
        if (to == from)
            continue;
        double gain = s->cost[gap_pair(s, from, job)] - s->cost[gap_pair(s, to, job)];
        double shift = gain + left - gap_overload(s, to, job, -1) + gap_overload(s, to, -1, -1);
        if (shift > best.gain)
            best = (chain){shift, to, -1, -1};
        try_chains(s, job, to, gain, here, &best);
    }
    if (best.to < 0)
        return false;
    gap_put(s, job, best.to);
    if (best.other >= 0)
        gap_put(s, best.other, best.other_to);
    return true;
}

/* Descends to a plan that none of the moves improves; rounding may not keep it going for ever. true: fits. */
enum { MOVES = 50 };
static bool descend(gap_state *s) {
    int n = s->n_jobs, since = 0, moves = 0;
    int j = (int)gap_draw(s, (uint32_t)n);
    while (since < n && moves < MOVES * n) {
        bool moved = move(s, j);
        since = moved ? 0 : since + 1;
        moves += moved;
        j = j + 1 < n ? j + 1 : 0;
        if ((moved || since == n) && (!s->exists || s->plan_cost < s->best) && fits(s))
            gap_keep(s, s->plan, s->plan_cost);
    }
    return fits(s);
}

/* Overloaded agents become dearer, within reason: rounding must not outweigh the costs. */
static void raise_overload(gap_state *s) {
    for (int p = 0; p < s->n_resources * s->n_agents; p++)
        if (s->load[p] > s->gap->capacity[p] && s->overload[p] < 1e6)
            s->overload[p] *= 1.15;
}

void gap_descend(gap_state *s) {
    for (int round = 0; round < 10 && !descend(s); round++)
        raise_overload(s);
}
