/*
 * Totals counted in steps of their unit, and the steps at which their costs bend.
 */
#ifndef PULANG_SOLVER_BREAKS_H
#define PULANG_SOLVER_BREAKS_H

#include "model/problem.h"

/* A value of the measure in steps, rounded down and up. */
int64_t pulang_steps_down(int64_t value, int64_t unit);
int64_t pulang_steps_up(int64_t value, int64_t unit);

/* Steps, ascending, without repeats; used again for total after total. items is owned. */
typedef struct pulang_breaks {
    int64_t *items;
    size_t n, room;
} pulang_breaks;

/* All steps between lower and upper (both left out) where the slope of a cost of the total may change
   at any level. Returns 0, or -1: out of memory. */
int pulang_breaks_find(pulang_breaks *breaks, const pulang_problem *problem, int total, int64_t lower,
                       int64_t upper);

#endif
