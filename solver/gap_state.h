/*
 * What the parts of the generalized assignment solver share: the problem in its normal form (minimisation,
 * costs from 0, one knapsack for each agent), the pairs still allowed, and the Lagrangian dual.
 */
#ifndef PULANG_SOLVER_GAP_STATE_H
#define PULANG_SOLVER_GAP_STATE_H

#include "solver/gap.h"
#include "solver/gap_bundle.h"

enum { GAP_NEAR = 12 };

/* Jobs of one agent with a profit, and the table of their knapsack. */
typedef struct gap_knapsack {
    int n; /* jobs with a positive profit */
    int32_t room;
    int *job;        /* [n_jobs] */
    int32_t *weight; /* [n_jobs] */
    int32_t *profit; /* [n_jobs] */
    int32_t *table;  /* [(n + 1) * (room + 1)]: row k, room c: the best of the first k jobs within c */
    int32_t *tail;   /* [room + 1]: the best of the jobs from k on when c is taken */
    int n_taken;
    int *taken; /* [n_jobs] jobs of the optimum, descending */
} gap_knapsack;

/* Where a search stopped for want of nodes, to go on from there. */
typedef struct gap_path {
    int64_t limit;
    int n;      /* nodes on the way */
    int *job;   /* [jobs + 1] branched on */
    int *tried; /* [jobs + 1] of the agents, those before this one are refuted */
    int *agent; /* [(jobs + 1) * agents] */
} gap_path;

/* The agents who would have a job at least cost; -1: none. */
typedef struct gap_regret {
    int first, second;
    double difference;
} gap_regret;

typedef struct gap_state {
    const pulang_gap *gap;
    const pulang_gap_settings *settings;
    double deadline;
    uint64_t random;
    bool stopped;
    int n_agents, n_jobs, n_resources;
    /* The normal form. Objective of a plan: offset + sum of cost. */
    int64_t offset;
    int32_t *cost;     /* [agents * jobs] >= 0 */
    int32_t *weight;   /* [agents * jobs] in the agent's one knapsack, a relaxation of his capacities */
    int32_t scale;     /* prices are integers in 1 / scale of a cost */
    int most_jobs;     /* of one agent */
    int32_t price_max; /* prices stay within +- this, so that knapsacks fit in 32 bits */
    /* The pairs still allowed; what is done is undone by the trail. */
    uint8_t *allowed;   /* [agents * jobs] */
    int *n_allowed;     /* [jobs] */
    int *agent;         /* [jobs] who has it; -1: free */
    int n_free;         /* jobs */
    int32_t *room;      /* [agents] left in the knapsack */
    int64_t *rest;      /* [resources * agents] left of the capacities */
    int64_t fixed_cost; /* of the jobs that have an agent */
    int *trail;         /* pair >= 0: no longer allowed; ~job: given to an agent */
    size_t n_trail;
    int *free_job; /* [jobs] without an agent, while a function uses them */
    /* The free jobs of each agent, as of gap_lists_build. */
    int *list;       /* [agents * jobs] */
    int *list_begin; /* [agents + 1] */
    gap_knapsack knapsack;
    /* The dual. value = scale * bound of the costs, fixed ones included. */
    int32_t *price; /* [jobs] the best */
    int64_t value;
    gap_bundle bundle;
    int32_t *trial;   /* [jobs] */
    int *count;       /* [jobs] agents that take it */
    int *pick;        /* [jobs] the cheapest of them; -1: none */
    int64_t *penalty; /* [agents * jobs] rise of value when the agent must take the job and no other */
    int64_t *removal; /* [jobs] rise of value when no agent takes it */
    /* The best plan. */
    bool exists;
    int64_t best;    /* sum of cost */
    int *best_agent; /* [jobs] */
    /* Local search. */
    int *plan; /* [jobs] */
    int64_t plan_cost;
    int *held;          /* [agents * jobs] the jobs of each agent in the plan */
    int *n_held;        /* [agents] */
    int *place;         /* [jobs] where among them */
    int *near;          /* [jobs * GAP_NEAR] agents, the least rise of the bound first */
    int *n_near;        /* [jobs] */
    int64_t *load;      /* [resources * agents] */
    double *overload;   /* [resources * agents] price of a unit beyond the capacity */
    gap_regret *regret; /* [jobs] while jobs without an agent are put somewhere */
    double *room_price; /* [agents] of a unit of the knapsack, by the jobs it takes */
    /* Search. */
    int64_t bound;        /* no plan costs less */
    float *share;         /* [agents * jobs] the root's relaxation: which part of the job the agent has */
    float *part;          /* [agents * jobs] the same of a node, while a plan is rounded */
    int32_t *round_price; /* [jobs] */
    float *rank;          /* [jobs] by which they are sorted, while a function uses them */
    double n_drawn;       /* agents of a neighbourhood */
    double n_loose;       /* jobs of one */
    uint8_t *drawn;       /* [agents] */
    int64_t nodes;
    int64_t work;         /* done, in units of some nanoseconds; a clock would not give the same plan twice */
    int32_t *depth_price; /* [(jobs + 1) * jobs] */
    int *depth_agent;     /* [(jobs + 1) * agents] the agents tried, in this order */
    gap_path path;        /* of the search that climbs */
} gap_state;

static inline size_t gap_pair(const gap_state *s, int agent, int job) {
    return (size_t)agent * (size_t)s->n_jobs + (size_t)job;
}
static inline size_t gap_place(const gap_state *s, int resource, int agent) {
    return (size_t)resource * (size_t)s->n_agents + (size_t)agent;
}
static inline int32_t gap_use(const gap_state *s, int resource, int agent, int job) {
    return s->gap->use[gap_place(s, resource, agent) * (size_t)s->n_jobs + (size_t)job];
}

/* gap_form.c */
pulang_status gap_state_make(gap_state *s, pulang_error *error);
void gap_state_clear(gap_state *s);
bool gap_time_is_up(gap_state *s);
/* Keeps the plan if it is better than the best (it must be feasible). */
void gap_keep(gap_state *s, const int *agent, int64_t cost);

/* gap_domain.c */
bool gap_fits(const gap_state *s, int agent, int job);
void gap_forbid(gap_state *s, int agent, int job);
void gap_give(gap_state *s, int agent, int job);
void gap_undo(gap_state *s, size_t n_trail);
/* Forbids what does not fit, gives jobs to their only agent. false: a job has none. */
bool gap_propagate(gap_state *s);
void gap_lists_build(gap_state *s);

/* gap_knapsack.c: of the listed jobs of an agent at the prices. */
int64_t gap_knapsack_solve(gap_state *s, int agent, const int32_t *price);
void gap_knapsack_penalties(gap_state *s, int agent, const int32_t *price);

/* Inserts the job into a list sorted by rank, the highest first. */
void gap_rank(gap_state *s, int *list, int n, int job, float rank);

/* gap_dual.c */
typedef struct gap_effort {
    int steps;
    int sweeps;       /* of the model for a step */
    double little;    /* part of what is missing to target that a step must promise */
    bool primal;      /* the shares are wanted too: they are to take every job once, nearly */
    int repair_every; /* so many steps a solution is repaired to a plan; 0: never */
} gap_effort;
/* Raises value until it exceeds target or there is little to be gained. */
void gap_dual_raise(gap_state *s, int64_t target, gap_effort effort);
/* Forbids the pairs with which value exceeds limit; how many. */
int gap_dual_fix(gap_state *s, int64_t limit);

/* gap_model.c */
bool gap_model_make(gap_state *s);
void gap_model_clear(gap_bundle *b);
/* Columns that may be had as things stand come back to life. */
void gap_model_begin(gap_state *s);
/* Adds what the agent's knapsack has just taken. */
void gap_model_add(gap_state *s, int agent);
/* The best prices near the centre by the model, bundle.price, as good as so many sweeps make them; what it
   says the bound is there. */
double gap_model_maximise(gap_state *s, int sweeps);
/* Which part of each job each agent has by the shares: [agents * jobs]. */
void gap_model_share(const gap_state *s, float *part);

/* gap_chain.c */
/* Below n; n > 0. */
uint32_t gap_draw(gap_state *s, uint32_t n);
/* The jobs whose agent is -1 have none; gap_put gives them one, or moves them. */
void gap_set_plan(gap_state *s, const int *plan);
void gap_put(gap_state *s, int job, int agent);
/* The priced overload of the agent when job in (or -1) comes and job out (or -1) goes. */
double gap_overload(const gap_state *s, int agent, int in, int out);
/* The pairs that the moves may use, from the penalties of gap_dual_fix. */
void gap_near_build(gap_state *s);
/* Improves the plan by moves, at prices on overload that rise, until it fits or does not come to. */
void gap_descend(gap_state *s);

/* gap_local.c: makes a plan of the picks. */
void gap_repair(gap_state *s);

/* gap_round.c: rounds the relaxation to a plan that costs at most limit, most of it at once, the rest by
 * search. */
void gap_round(gap_state *s, int64_t limit);

/* gap_neighbours.c: looks for better plans with about so much work; raises s->bound where it proves the best
   plan. */
void gap_neighbours(gap_state *s, int64_t work);

/* gap_search.c */
typedef enum gap_answer { GAP_REFUTED, GAP_FOUND, GAP_OPEN } gap_answer;
typedef struct gap_allowance {
    int64_t nodes, work;
    bool repair; /* half of the work goes into plans made of the Lagrangian solutions of nodes */
} gap_allowance;
/* Is there a plan that costs at most limit? GAP_OPEN: the allowance or the time ran out. path: may be NULL; a
   search with the limit of the last one with this path goes on where that stopped. */
gap_answer gap_search(gap_state *s, int64_t limit, gap_allowance allowance, gap_path *path);
/* Looks for a plan that costs at most limit, for cheap ones first, with so many nodes each time. */
gap_answer gap_search_least(gap_state *s, int64_t limit, int64_t max_nodes);

#endif
