/*
 * Plans by rounding: the jobs that the relaxation gives to one agent almost whole are given to him, the dual
 * is raised anew, and so on, until few jobs are left and the search decides about them. After the diving
 * heuristics of Sadykov, Vanderbeck, Pessoa, Tahiri and Uchoa, "Primal heuristics for branch and price: the
 * assets of diving methods", INFORMS Journal on Computing 31 (2019).
 */
#include "solver/gap_state.h"

#include <math.h>
#include <string.h>

enum { ROUND_NODES = 300, LEAST_JOBS = 40, RANKS = 1 << 20 };
static const gap_effort ROUND_EFFORT = {.steps = 30, .sweeps = 40, .primal = true};
/* At least this part of the jobs left is given away at a time, and whatever has this share; chance plays this
   part in the order. */
static const double PART = 0.1;
static const float WHOLE = 0.999F, MOST = 0.5F, CHANCE = 0.2F;

/* The agent who has most of the job, of those who can have it; -1: none. */
static int agent_of(const gap_state *s, int job) {
    int most = -1;
    for (int i = 0; i < s->n_agents; i++)
        if (s->allowed[gap_pair(s, i, job)] && gap_fits(s, i, job) &&
            (most < 0 || s->part[gap_pair(s, i, job)] > s->part[gap_pair(s, most, job)]))
            most = i;
    return most;
}

/* Gives jobs to the agents who have most of them, the nearest to whole first. */
static void give_most(gap_state *s) {
    int n = 0;
    for (int j = 0; j < s->n_jobs; j++) {
        int agent = s->agent[j] < 0 ? agent_of(s, j) : -1;
        if (agent < 0)
            continue;
        float part = s->part[gap_pair(s, agent, j)];
        gap_rank(s, s->free_job, n++, j,
                 part >= WHOLE ? 1 : part - CHANCE * (float)gap_draw(s, RANKS) / RANKS);
    }
    int given = 0, most = (int)ceil(PART * n);
    for (int k = 0; k < n; k++) {
        int j = s->free_job[k], agent = agent_of(s, j);
        if (agent < 0)
            continue;
        float part = s->part[gap_pair(s, agent, j)];
        if (given > 0 && part < WHOLE && (given >= most || part < MOST))
            continue;
        gap_give(s, agent, j);
        given++;
    }
}

void gap_round(gap_state *s, int64_t limit) {
    size_t n_trail = s->n_trail;
    int left = s->n_free + 1;
    memcpy(s->round_price, s->price, (size_t)s->n_jobs * sizeof *s->price);
    while (s->n_free < left && s->n_free > LEAST_JOBS && !gap_time_is_up(s)) {
        left = s->n_free;
        gap_lists_build(s);
        gap_dual_raise(s, limit * s->scale, ROUND_EFFORT);
        if (s->value > limit * s->scale)
            break;
        gap_model_share(s, s->part);
        give_most(s);
        if (!gap_propagate(s))
            break;
    }
    gap_repair(s);
    gap_search_least(s, limit, ROUND_NODES);
    gap_undo(s, n_trail);
    memcpy(s->price, s->round_price, (size_t)s->n_jobs * sizeof *s->price);
}
