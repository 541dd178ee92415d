/*
 * Better plans near the best one: some agents are drawn, the others keep their jobs, and the search decides
 * whether these agents can share theirs at less cost. As many agents are drawn as it decides with few nodes:
 * more after an answer, fewer after none. Large neighbourhood search: Shaw, "Using constraint programming and
 * local search methods to solve vehicle routing problems", CP 1998.
 */
#include "solver/gap_state.h"

#include <math.h>
#include <string.h>

enum { NEIGHBOUR_NODES = 300 };
static const double GROWTH = 1.02;

/* Marks so many agents; all of them equally likely (Knuth, The Art of Computer Programming 2, 3.4.2, S). */
static void draw_agents(gap_state *s, int n, uint8_t *drawn) {
    for (int i = 0; i < s->n_agents; i++) {
        drawn[i] = (int)gap_draw(s, (uint32_t)(s->n_agents - i)) < n;
        n -= drawn[i];
    }
}

/* Jobs of agents who are not drawn stay there, the others stay with those drawn. */
static void restrict_to(gap_state *s, const uint8_t *drawn) {
    for (int j = 0; j < s->n_jobs; j++) {
        if (s->agent[j] >= 0)
            continue;
        if (!drawn[s->best_agent[j]]) {
            gap_give(s, s->best_agent[j], j);
            continue;
        }
        for (int i = 0; i < s->n_agents; i++)
            if (!drawn[i] && s->allowed[gap_pair(s, i, j)])
                gap_forbid(s, i, j);
    }
}

void gap_neighbours(gap_state *s, int64_t n_nodes) {
    int64_t end = s->nodes + n_nodes;
    while (s->exists && s->nodes < end && !s->stopped && s->best > s->bound) {
        size_t n_trail = s->n_trail;
        int n = (int)lrint(s->n_drawn);
        draw_agents(s, n, s->drawn);
        restrict_to(s, s->drawn);
        gap_answer answer = gap_search(s, s->best - 1, NEIGHBOUR_NODES, false, NULL);
        gap_undo(s, n_trail);
        if (answer == GAP_REFUTED && n == s->n_agents)
            s->bound = s->best;
        else if (answer == GAP_REFUTED)
            s->n_drawn = fmin(s->n_drawn * GROWTH, s->n_agents);
        else if (answer == GAP_OPEN)
            s->n_drawn = fmax(s->n_drawn / GROWTH, 2);
    }
}
