/*
 * The linear relaxation of the level in hand over few arcs, and its corners.
 */
#ifndef PULANG_SOLVER_LAGRANGE_RELAX_H
#define PULANG_SOLVER_LAGRANGE_RELAX_H

#include "solver/lagrange_state.h"

/* A solution of the relaxation at a corner: arcs in ascending order, and how much is on each. */
typedef struct lagrange_vertex {
    int n;
    int *arc;
    double *flow;
} lagrange_vertex;

/* What is added to the cost of every arc: random, up to so much either way, in the level's units. */
typedef struct lagrange_noise {
    double most;
    uint64_t *random;
} lagrange_noise;

/* Solves the relaxation of the level in hand, weighted levels included, over the near arcs, and then again
   and again with noise on the costs. vertices: [most], the first *n are filled; the goal's prices of what
   crosses are those of the first. */
pulang_status lagrange_relax(lagrange *lg, const lagrange_noise *noise, int most,
                             const lagrange_effort *effort, lagrange_vertex *vertices, int *n,
                             pulang_error *error);
void lagrange_vertices_clear(lagrange_vertex *vertices, int n);

/* Every class where most of it is at the corner. flow: [n_arcs]. */
void lagrange_vertex_round(const lagrange *lg, const lagrange_vertex *vertex, int *flow);

#endif
