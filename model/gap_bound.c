/*
 * The Lagrangian bound of the generalized assignment problem at given prices u of the jobs:
 *
 *   L(u) = sum_j u(j) - sum_i max { sum_j (u(j) - cost(i,j)) x(j) : sum_j use(i,j) x(j) <= capacity(i) },
 *
 * each knapsack by dynamic programming over the capacity, O(jobs x capacity). Where the table would be too
 * large, uses and capacity are divided and rounded down, which only relaxes the knapsack.
 * Fisher, Jaikumar and Van Wassenhove, "A multiplier adjustment method for the generalized assignment
 * problem", Management Science 32 (1986).
 */
#include "model/alloc.h"
#include "model/gap.h"

#include <math.h>

enum { GRID = 1024, LARGEST_ROOM = 1 << 16 };

/* The greatest profit of jobs within the agent's capacity of one resource; best has LARGEST_ROOM + 1 cells.
 */
static int64_t knapsack(const pulang_gap *gap, int resource, int agent, const int64_t *profit,
                        int64_t *best) {
    size_t place = (size_t)resource * (size_t)gap->n_agents + (size_t)agent;
    const int32_t *use = gap->use + place * (size_t)gap->n_jobs;
    int64_t total = 0;
    for (int j = 0; j < gap->n_jobs; j++)
        if (profit[j] > 0 && use[j] <= gap->capacity[place])
            total += use[j];
    int64_t room = gap->capacity[place] < total ? gap->capacity[place] : total;
    int64_t unit = room / LARGEST_ROOM + 1;
    room /= unit;
    for (int64_t c = 0; c <= room; c++)
        best[c] = 0;
    for (int j = 0; j < gap->n_jobs; j++) {
        if (profit[j] <= 0 || use[j] > gap->capacity[place])
            continue;
        int64_t weight = use[j] / unit;
        for (int64_t c = room; c >= weight; c--)
            if (best[c - weight] + profit[j] > best[c])
                best[c] = best[c - weight] + profit[j];
    }
    return best[room];
}

/* A job that does not fit every capacity of the agent is none of his. */
static void profits_of(const pulang_gap *gap, int agent, const int64_t *price, int64_t *profit) {
    size_t n_jobs = (size_t)gap->n_jobs;
    for (size_t j = 0; j < n_jobs; j++) {
        int64_t cost = gap->cost[(size_t)agent * n_jobs + j];
        profit[j] = price[j] - (gap->maximise ? -cost : cost) * GRID;
        for (int r = 0; r < gap->n_resources; r++) {
            size_t place = (size_t)r * (size_t)gap->n_agents + (size_t)agent;
            if (gap->use[place * n_jobs + j] > gap->capacity[place])
                profit[j] = 0;
        }
    }
}

static int64_t agent_profit(const pulang_gap *gap, int agent, const int64_t *profit, int64_t *best) {
    int64_t least = INT64_MAX;
    for (int r = 0; r < gap->n_resources; r++) {
        int64_t value = knapsack(gap, r, agent, profit, best);
        least = value < least ? value : least;
    }
    return least;
}

int pulang_gap_bound(const pulang_gap *gap, const double *price, int64_t *bound) {
    int64_t *rounded = pulang_alloc((size_t)gap->n_jobs, sizeof *rounded);
    int64_t *profit = pulang_alloc((size_t)gap->n_jobs, sizeof *profit);
    int64_t *best = pulang_alloc(LARGEST_ROOM + 1, sizeof *best);
    int result = -1;
    if (rounded && profit && best) {
        int64_t value = 0;
        for (int j = 0; j < gap->n_jobs; j++) {
            rounded[j] = llround((gap->maximise ? -price[j] : price[j]) * GRID);
            value += rounded[j];
        }
        for (int i = 0; i < gap->n_agents; i++) {
            profits_of(gap, i, rounded, profit);
            value -= agent_profit(gap, i, profit, best);
        }
        int64_t least = value >= 0 ? (value + GRID - 1) / GRID : -(-value / GRID);
        *bound = gap->maximise ? -least : least;
        result = 0;
    }
    pulang_free(rounded);
    pulang_free(profit);
    pulang_free(best);
    return result;
}
