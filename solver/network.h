/*
 * The problem as a network.
 *
 *   class --arc--> post --segments--> quota group --segments--> ... --segments--> root
 *   class --unplaced--> root
 *
 * Every total is a node; what leaves it upwards, in steps of its unit, is its value. The arcs upwards
 * are one for each linear segment of its convex costs, so a cheapest flow fills them in order. Lower
 * bounds are shifted into the supplies. Nodes whose shifted supply is not zero, and classes that
 * must be placed, begin on artificial arcs, which a feasible problem empties.
 */
#ifndef PULANG_SOLVER_NETWORK_H
#define PULANG_SOLVER_NETWORK_H

#include "model/problem.h"
#include "solver/simplex.h"

typedef struct pulang_network_segment {
    int total;
    int64_t from; /* steps of the total where the segment begins; its width is the arc's capacity */
} pulang_network_segment;

typedef struct pulang_network {
    const pulang_problem *problem;
    pulang_simplex *simplex; /* arc a of the problem is arc a of the simplex */
    int *unplaced;           /* [n_classes] arc, PULANG_NONE when bound */
    int *node;               /* [n_totals] node of the total, PULANG_NONE when no post counts */
    int *up;                 /* [n_totals] node above */
    int64_t *lower, *upper;  /* [n_totals] in steps */
    int segment_arc;         /* arc of segments[0]; the others follow */
    int n_segments;
    pulang_network_segment *segments;
    int artificial_arc; /* the first artificial arc, the rest of the arcs too */
} pulang_network;

/*
 * The tree of the totals: up[t] is the total above (smallest that contains it), PULANG_NONE for the
 * root. False when the problem is no network; *why (nullable) then says which rule cuts across.
 * Returns -1 when memory is out, else 0; up: [n_totals], caller's.
 */
int pulang_network_tree(const pulang_problem *problem, int *up, bool *laminar, const char **why);

/* For qsort_r: totals (int) by how many posts they have, then by number; user: the totals. */
int pulang_network_by_size(const void *a, const void *b, void *user);

/* NULL: out of memory. The problem is laminar and lower <= upper for every total. */
pulang_network *pulang_network_new(const pulang_problem *problem);
void pulang_network_free(pulang_network *network);

/* Costs of the hard rules: 1 for each unit on an artificial arc. */
void pulang_network_cost_feasible(pulang_network *network);
/* Costs of a sum level. */
void pulang_network_cost_level(pulang_network *network, int level);
/* Costs of a largest level: 1 for each step missing to a shortfall of at most z permille (as -1 for
   each step filled; segments are single steps there). */
void pulang_network_cost_reach(pulang_network *network, int level, int64_t z);
/* Sum over the totals of a largest level of the steps missing to z. */
int64_t pulang_network_missing(const pulang_network *network, int level, int64_t z);
/* Least steps with a shortfall of at most z permille. */
int64_t pulang_network_need(const pulang_problem *problem, int total, int level, int64_t z);
/* The dual price of one more step of a total. */
int64_t pulang_network_price(const pulang_network *network, int total);

#endif
