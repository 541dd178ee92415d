/*
 * The generalized assignment problem: every job is done by one agent, whose work fits his capacities.
 *
 *   minimise (or maximise)  sum cost(i,j) x(i,j)
 *   where                   sum over agents i of x(i,j) = 1                     for each job j
 *                           sum over jobs j of use(r,i,j) x(i,j) <= capacity(r,i)   for each resource r,
 * agent i x(i,j) in {0, 1}
 *
 * The pure form of a placement with budgets, hours or other measures that cut across the tree of seats; with
 * several resources the multi-resource problem.
 */
#ifndef PULANG_MODEL_GAP_H
#define PULANG_MODEL_GAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pulang_gap {
    int n_agents, n_jobs, n_resources;
    bool maximise;
    int32_t *cost;     /* [n_agents * n_jobs], agent by agent */
    int32_t *use;      /* [n_resources * n_agents * n_jobs] >= 0, resource by resource, agent by agent */
    int64_t *capacity; /* [n_resources * n_agents] >= 0, resource by resource */
} pulang_gap;

/* What was found; bound is valid whatever the status. All arrays are owned. */
typedef struct pulang_gap_plan {
    bool exists;        /* agent and objective have a meaning */
    bool optimal;       /* objective == bound, proven */
    bool infeasible;    /* proven */
    int64_t objective;  /* in the sense of the problem */
    int64_t bound;      /* no plan is better */
    int *agent;         /* [n_jobs] */
    double *price;      /* [n_jobs] the multipliers of the root bound */
    int64_t root_bound; /* which the prices prove (pulang_gap_bound) */
    int64_t nodes;
    double root_seconds;
} pulang_gap_plan;

/* Zeroed room for a problem of that size. NULL: out of memory. */
pulang_gap *pulang_gap_new(int n_agents, int n_jobs, int n_resources);
void pulang_gap_free(pulang_gap *gap);
void pulang_gap_plan_free(pulang_gap_plan *plan);

/* Whether the plan keeps the capacities and adds up to its objective; *message (static, English) says what is
   wrong. Shares no code with the solver. */
bool pulang_gap_check(const pulang_gap *gap, const pulang_gap_plan *plan, const char **message);

/*
 * A bound from prices of the jobs, in exact integers (the prices are rounded to multiples of 1/1024 first):
 * each agent takes the jobs that are worth most to him at these prices, a knapsack solved by dynamic
 * programming (one resource; with several, the best of the relaxations to one of them). Shares no code with
 * the solver. Returns 0, or -1 when memory is out.
 */
int pulang_gap_bound(const pulang_gap *gap, const double *price, int64_t *bound);

#endif
