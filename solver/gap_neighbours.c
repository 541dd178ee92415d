/*
 * Better plans near the best one: some agents are drawn, the others keep their jobs, and the search decides
 * how these agents can share theirs at least cost. As many agents are drawn as it decides with few nodes:
 * more after an answer, fewer after none. Large neighbourhood search: Shaw, "Using constraint programming and
 * local search methods to solve vehicle routing problems", CP 1998.
 */
#include "solver/gap_state.h"

#include <math.h>
#include <string.h>

enum { NEIGHBOUR_NODES = 300, HOPS = 20, RANKS = 1 << 20 };
static const double GROWTH = 1.02;

/* Marks one more agent: one near a job of the agent at hand, who becomes the one at hand, or any. */
static int draw_agent(gap_state *s, int at, bool near) {
    for (int hop = 0; near && hop < HOPS && s->n_held[at] > 0; hop++) {
        int job = s->held[gap_pair(s, at, (int)gap_draw(s, (uint32_t)s->n_held[at]))];
        if (s->n_near[job] > 0)
            at = s->near[(size_t)job * GAP_NEAR + gap_draw(s, (uint32_t)s->n_near[job])];
        if (!s->drawn[at])
            return at;
    }
    int left = 0;
    for (int i = 0; i < s->n_agents; i++)
        left += !s->drawn[i];
    int k = (int)gap_draw(s, (uint32_t)left);
    int i = 0;
    while (s->drawn[i] || k-- > 0)
        i++;
    return i;
}

/* Marks so many agents, by turns near to each other and anywhere. */
static void draw_agents(gap_state *s, int n, bool near) {
    memset(s->drawn, 0, (size_t)s->n_agents * sizeof *s->drawn);
    gap_set_plan(s, s->best_agent);
    int at = (int)gap_draw(s, (uint32_t)s->n_agents);
    s->drawn[at] = 1;
    for (int k = 1; k < n; k++) {
        at = draw_agent(s, at, near);
        s->drawn[at] = 1;
    }
}

/* Jobs of agents who are not drawn stay there, the others stay with those drawn. */
static void restrict_to_drawn(gap_state *s) {
    for (int j = 0; j < s->n_jobs; j++) {
        if (s->agent[j] >= 0)
            continue;
        if (!s->drawn[s->best_agent[j]]) {
            gap_give(s, s->best_agent[j], j);
            continue;
        }
        for (int i = 0; i < s->n_agents; i++)
            if (!s->drawn[i] && s->allowed[gap_pair(s, i, j)])
                gap_forbid(s, i, j);
    }
}

/* Jobs keep their agents but for so many: rather those that the relaxation has elsewhere, and others at
 * random. */
static void restrict_to_loose(gap_state *s, int n_loose) {
    int n = 0;
    for (int j = 0; j < s->n_jobs; j++) {
        if (s->agent[j] >= 0)
            continue;
        float share = s->share[gap_pair(s, s->best_agent[j], j)];
        gap_rank(s, s->free_job, n++, j, -share - (float)gap_draw(s, RANKS) / RANKS);
    }
    for (int k = n_loose; k < n; k++)
        gap_give(s, s->best_agent[s->free_job[k]], s->free_job[k]);
}

/* Tells what may change, in one of three ways. true: anything. */
static bool restrict_to_some(gap_state *s, int way) {
    int n = (int)lrint(way == 0 ? s->n_loose : s->n_drawn);
    if (way == 0) {
        restrict_to_loose(s, n);
        return n >= s->n_jobs;
    }
    draw_agents(s, n, way == 1);
    restrict_to_drawn(s);
    return n == s->n_agents;
}

void gap_neighbours(gap_state *s, int64_t work) {
    int64_t end = s->work + work;
    for (int way = 0; s->exists && s->work < end && !s->stopped && s->best > s->bound; way = (way + 1) % 3) {
        size_t n_trail = s->n_trail;
        double *size = way == 0 ? &s->n_loose : &s->n_drawn;
        bool all = restrict_to_some(s, way);
        gap_answer answer = gap_search_least(s, s->best - 1, NEIGHBOUR_NODES);
        gap_undo(s, n_trail);
        if (answer == GAP_REFUTED && all)
            s->bound = s->best;
        else if (answer == GAP_REFUTED)
            *size = fmin(*size * GROWTH, way == 0 ? s->n_jobs : s->n_agents);
        else if (answer == GAP_OPEN)
            *size = fmax(*size / GROWTH, 2);
    }
}
