/*
 * Plans by local search. A descent along arcs that are cheap at the prices of the dual, with a price on what
 * is broken that rises while it stays broken (Yagiura, Ibaraki and Glover, INFORMS Journal on Computing 16,
 * 2004), finds a plan that meets every rule; ejection chains, annealed, better it.
 */
#ifndef PULANG_SOLVER_LAGRANGE_SEARCH_H
#define PULANG_SOLVER_LAGRANGE_SEARCH_H

#include "solver/lagrange_state.h"

typedef struct lagrange_search lagrange_search;

/* For the level in hand, weights and levels held as they are in lg; candidates: the near arcs. Keeps a
   pointer to lg. NULL: out of memory. */
lagrange_search *lagrange_search_new(const lagrange *lg, uint32_t seed);
void lagrange_search_free(lagrange_search *search);
/* Searches from a flow for so many trials, or until the deadline, after what the flow breaks has been
   repaired: soon, or thoroughly. True: best ([n_arcs]) is a plan that meets every hard rule and holds the
   levels before, the best one found in weighted cost. */
bool lagrange_search_run(lagrange_search *search, const int *start, bool thorough, int64_t trials,
                         double deadline, int *best);

#endif
