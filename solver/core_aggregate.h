/*
 * Classes merged by where they may go, for levels that cost all alike.
 */
#ifndef PULANG_SOLVER_CORE_AGGREGATE_H
#define PULANG_SOLVER_CORE_AGGREGATE_H

#include "model/problem.h"

typedef struct core_aggregate {
    pulang_problem problem; /* the same totals and levels, fewer classes, no costs on arcs */
    int *merged;            /* [n_classes of the full problem] merged class */
} core_aggregate;

/* Returns 0, or -1: out of memory (nothing to free). */
int core_aggregate_init(core_aggregate *aggregate, const pulang_problem *problem);
void core_aggregate_free(core_aggregate *aggregate);
/* Moves the outcome, steps and times of the merged problem to the full one, and shares its flow out
   among the classes in their order. */
void core_aggregate_expand(const core_aggregate *aggregate, const pulang_problem *problem,
                           pulang_solution *merged, pulang_solution *solution);

#endif
