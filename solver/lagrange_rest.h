/*
 * What the prices have left of the problem, for branch and cut.
 */
#ifndef PULANG_SOLVER_LAGRANGE_REST_H
#define PULANG_SOLVER_LAGRANGE_REST_H

#include "solver/lagrange_state.h"

/* A problem of the same classes and totals with the arcs that are left, and of one level where levels are
   weighted. */
typedef struct lagrange_rest {
    pulang_problem problem;
    pulang_arena *arena; /* owns what differs */
    int *arc_of;         /* [n_arcs] of the rest: arc of the whole */
    int *rest_of;        /* [n_arcs] of the whole: arc of the rest, PULANG_NONE: gone */
} lagrange_rest;

/* To be cleared in any case. */
pulang_status lagrange_rest_build(const lagrange *lg, lagrange_rest *rest, pulang_error *error);
void lagrange_rest_clear(lagrange_rest *rest);

/* Solves the level in hand over the arcs that are left, exactly, from the incumbent in lg->solution on, which
   it improves. *bound: proven of the level over what is left; *infeasible: nothing is left that would hold.
 */
pulang_status lagrange_rest_solve(lagrange *lg, pulang_limits *limits, int64_t *bound, bool *infeasible,
                                  pulang_error *error);

#endif
