/*
 * The primal network simplex method: minimum-cost flow in a directed graph with capacities.
 *
 *   minimise sum cost(a) * flow(a)  subject to  out(v) - in(v) = supply(v),  0 <= flow <= capacity
 *
 * A basis is a spanning tree; the tree is kept *strongly feasible* (every node can send one more
 * unit towards the root), so that the method cannot cycle (Cunningham 1976). Exact in 64-bit
 * integers. Ahuja, Magnanti, Orlin, Network Flows (1993), chapter 11; entering arcs are
 * found by block search (Kiraly and Kovacs 2012, "Efficient implementations of minimum-cost flow
 * algorithms").
 *
 * For a lexicographic objective the costs are replaced after each solve and the arcs whose reduced
 * cost was not zero stay at their bounds (complementary slackness): the flows left are just the
 * optimal ones, and the old tree is a feasible start for the next costs.
 */
#ifndef PULANG_SOLVER_SIMPLEX_H
#define PULANG_SOLVER_SIMPLEX_H

#include <stdbool.h>
#include <stdint.h>

#define PULANG_FLOW_UNLIMITED (INT64_MAX / 4)

/* Where an arc stands. Only arcs at a bound may enter the tree. */
typedef enum pulang_arc_state {
    PULANG_ARC_UPPER = -1,
    PULANG_ARC_FIXED = 0, /* in the tree, or held at its bound for good */
    PULANG_ARC_LOWER = 1
} pulang_arc_state;

typedef struct pulang_simplex {
    int n_nodes, n_arcs; /* nodes 0 .. n_nodes - 1, the last is the root of the tree */
    /* arcs, room for arcs_room */
    int *tail, *head;
    int64_t *capacity, *flow, *cost;
    int8_t *state;
    /* tree, by node */
    int *parent, *pred; /* -1 at the root */
    int *first_child, *next_sibling, *previous_sibling;
    int *depth;
    int64_t *potential;
    /* pricing */
    int *active; /* arcs not held at a bound */
    int n_active, next, block;
    int arcs_room;
    int64_t pivots;
} pulang_simplex;

/* A graph with room for so many arcs and no arcs yet; NULL: out of memory. */
pulang_simplex *pulang_simplex_new(int n_nodes, int arcs_room);
void pulang_simplex_free(pulang_simplex *simplex);
/* Adds an arc at its lower bound; returns its index. */
int pulang_simplex_add_arc(pulang_simplex *simplex, int tail, int head, int64_t capacity);
/* Makes arc the tree arc between node and its parent, the other end; flow is what it carries. Called
   once for each node but the root, in such a way that the arcs make a strongly feasible tree. */
void pulang_simplex_hang(pulang_simplex *simplex, int node, int arc, int64_t flow);
/* Ends the building: depths are set. */
void pulang_simplex_ready(pulang_simplex *simplex);

/* Called every few thousand pivots; true stops the method. */
typedef bool (*pulang_simplex_stop)(void *user);

/* Minimises for the costs as they stand; false when stopped before the optimum. */
bool pulang_simplex_minimise(pulang_simplex *simplex, pulang_simplex_stop stop, void *user);
/* Holds every arc with a reduced cost other than zero at its bound. To be called at an optimum. */
void pulang_simplex_hold(pulang_simplex *simplex);
/* cost + potential(tail) - potential(head) */
int64_t pulang_simplex_reduced_cost(const pulang_simplex *simplex, int arc);

#endif
