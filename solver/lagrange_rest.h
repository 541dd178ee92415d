/*
 * What the prices have left of the problem, for branch and cut.
 */
#ifndef PULANG_SOLVER_LAGRANGE_REST_H
#define PULANG_SOLVER_LAGRANGE_REST_H

#include "solver/lagrange_state.h"

/* Solves the level in hand over the arcs that are left, exactly, from the incumbent in lg->solution on, which
   it improves. *bound: proven of the level over what is left; *infeasible: nothing is left that would hold.
 */
pulang_status lagrange_rest_solve(lagrange *lg, pulang_limits *limits, int64_t *bound, bool *infeasible,
                                  pulang_error *error);

/* A solution of the relaxation at a corner: arcs, and how many are on each. */
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
/* Solves the relaxation of the level in hand, weighted levels included, over the near arcs, and then with
   noise on the costs. vertices: [most], the first *n are filled; the goal's prices are those of the first. */
pulang_status lagrange_rest_relax(lagrange *lg, const lagrange_noise *noise, int most, double deadline,
                                  lagrange_vertex *vertices, int *n, pulang_error *error);
void lagrange_vertices_clear(lagrange_vertex *vertices, int n);

#endif
