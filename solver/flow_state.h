/*
 * A flow with everything that follows from it, kept up to date member by member, and its score:
 * first how much it breaks (hard rules, and levels held), then the cost of the level. A largest level
 * is scored by the sum of cubes of its pieces' permilles, which has fewer plateaus than the largest.
 */
#ifndef PULANG_SOLVER_FLOW_STATE_H
#define PULANG_SOLVER_FLOW_STATE_H

#include "model/problem.h"

#define PULANG_SCORE_EPSILON 1e-9

/* A total that an arc counts in. */
typedef struct pulang_part {
    int total;
    int64_t amount;
} pulang_part;

typedef struct pulang_flow_state {
    const pulang_problem *problem;
    int *class_of;               /* [n_arcs] */
    int *post_begin, *arc_begin; /* parts of a post: uniform totals; of an arc: those with terms */
    pulang_part *post_parts, *arc_parts;
    int *pairing_begin, *pairings; /* of a class */
    bool terms_priced;             /* some total with terms has pieces */
    double *weight;                /* [n_totals] to compare what totals of different measures miss */
    int level;
    const int64_t *held; /* [level] */
    int *flow, *left;    /* [n_arcs], [n_classes] members without a post */
    int64_t *value;      /* [n_totals] */
    int64_t *cost;       /* [n_levels] up to level */
    double broken;       /* hard rules */
} pulang_flow_state;

typedef struct pulang_score {
    double broken;
    int64_t cost;
} pulang_score;

/* Keeps a pointer to problem. NULL: out of memory. */
pulang_flow_state *pulang_flow_state_new(const pulang_problem *problem);
void pulang_flow_state_free(pulang_flow_state *state);
/* The empty flow, to be scored at a level with the levels before held. */
void pulang_flow_state_reset(pulang_flow_state *state, int level, const int64_t *held);
/* Puts step members more into an arc, taken from those without a post. */
void pulang_flow_state_put(pulang_flow_state *state, int arc, int step);
pulang_score pulang_flow_state_score(const pulang_flow_state *state);
bool pulang_score_better(const pulang_score *a, const pulang_score *b);

#endif
