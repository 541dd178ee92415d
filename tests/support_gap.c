#include "tests/support_gap.h"

size_t test_gap_pair(const pulang_gap *gap, int agent, int job) {
    return (size_t)agent * (size_t)gap->n_jobs + (size_t)job;
}

pulang_gap *test_gap_make(test_random *random, char type, int n_agents, int n_jobs, int n_resources) {
    pulang_gap *gap = pulang_gap_new(n_agents, n_jobs, n_resources);
    int percent = test_random_range(random, 60, 120);
    for (int r = 0; r < n_resources; r++) {
        for (int i = 0; i < n_agents; i++) {
            size_t place = (size_t)r * (size_t)n_agents + (size_t)i;
            int64_t total = 0;
            for (int j = 0; j < n_jobs; j++) {
                int use = type == 'E'
                              ? 1 << test_random_range(random, 0, 6)
                              : test_random_range(random, type == 'D' ? 1 : 5, type == 'D' ? 100 : 25);
                gap->use[place * (size_t)n_jobs + (size_t)j] = use;
                total += use;
                int cost = test_random_range(random, 10, 50);
                if (type == 'D')
                    cost = 111 - use + test_random_range(random, -10, 10);
                if (type == 'E')
                    cost = 1000 / use - test_random_range(random, 0, 10);
                gap->cost[test_gap_pair(gap, i, j)] = cost;
            }
            gap->capacity[place] = total * percent / 100 / n_agents;
        }
    }
    return gap;
}

/* Tries every agent for every job from this one on. */
static void enumerate(test_gap_plans *e, int job, int64_t cost) {
    const pulang_gap *gap = e->gap;
    if (job == gap->n_jobs) {
        if (!e->exists || (gap->maximise ? cost > e->best : cost < e->best))
            e->best = cost;
        e->exists = true;
        return;
    }
    for (int i = 0; i < gap->n_agents; i++) {
        bool fits = true;
        for (int r = 0; r < gap->n_resources; r++) {
            size_t place = (size_t)(r * gap->n_agents + i);
            e->rest[place] -= gap->use[place * (size_t)gap->n_jobs + (size_t)job];
            fits = fits && e->rest[place] >= 0;
        }
        if (fits)
            enumerate(e, job + 1, cost + gap->cost[test_gap_pair(gap, i, job)]);
        for (int r = 0; r < gap->n_resources; r++) {
            size_t place = (size_t)(r * gap->n_agents + i);
            e->rest[place] += gap->use[place * (size_t)gap->n_jobs + (size_t)job];
        }
    }
}

test_gap_plans test_gap_enumerate(const pulang_gap *gap) {
    test_gap_plans e = {.gap = gap};
    for (int p = 0; p < gap->n_agents * gap->n_resources; p++)
        e.rest[p] = gap->capacity[p];
    enumerate(&e, 0, 0);
    return e;
}
