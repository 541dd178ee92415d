/*
 * The primal heuristic: rounds a fractional flow, mends broken rules and improves by shifting and
 * swapping single members. Deterministic for a seed.
 */
#ifndef PULANG_SOLVER_HEURISTIC_H
#define PULANG_SOLVER_HEURISTIC_H

#include "model/problem.h"

typedef struct pulang_heuristic pulang_heuristic;

/* Keeps a pointer to problem. NULL: out of memory. */
pulang_heuristic *pulang_heuristic_new(const pulang_problem *problem, uint32_t seed);
void pulang_heuristic_free(pulang_heuristic *heuristic);

/*
 * Looks for a flow that meets every hard rule, keeps the levels before `level` at held[0 .. level - 1]
 * at most and has a low value at `level`, starting from x ([n_arcs], may be fractional) and ending
 * by the clock's deadline. True when it found one, in flow ([n_arcs]); flow is untouched otherwise.
 */
bool pulang_heuristic_round(pulang_heuristic *heuristic, int level, const int64_t *held, const double *x,
                            double deadline, int *flow);

#endif
