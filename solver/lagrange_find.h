/*
 * Plans by branch and cut over the arcs that are left, soon rather than proven. What crosses may be broken
 * for a price (elastic programs: Chinneck 2008, "Feasibility and Infeasibility in Optimization", ch. 6), so
 * that what is nearly a plan can be mended bit by bit.
 */
#ifndef PULANG_SOLVER_LAGRANGE_FIND_H
#define PULANG_SOLVER_LAGRANGE_FIND_H

#include "solver/lagrange_state.h"

typedef enum lagrange_found {
    LAGRANGE_FOUND_NOTHING,
    LAGRANGE_FOUND_SOME, /* there may be better ones */
    LAGRANGE_FOUND_BEST
} lagrange_found;

/* Looks for a plan of the level in hand, weighted levels included, over the arcs that are left. dearer: 0, or
   what crosses and the levels held may be broken for so many times their price. flow: [n_arcs], the plan if
   one is found. */
pulang_status lagrange_find(lagrange *lg, double dearer, const lagrange_effort *effort, int *flow,
                            lagrange_found *found, pulang_error *error);

/* What the flow pays for what it breaks, in the level's units; 0: nothing is broken of what crosses. */
double lagrange_broken(const lagrange *lg, const int *flow, double dearer);

#endif
