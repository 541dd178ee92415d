/*
 * The way from today to the plan, in the phases of the scenario.
 *
 * Each phase has a limit on moves (persons who leave the post they hold for another). Moves are taken
 * worst shortage first: by the share of its target that the new post lacks today, then by the plan's gain
 * for the person in the preference, then by id. A move into a full post waits for one that leaves it: such a
 * chain (or ring) of moves is done in one phase or not at all. At no time is a post fuller than its maximum,
 * or than it is today where that is more. Moves that fit in no phase come after the last one. Persons without
 * a post today are not moves: they begin in the first phase in which their seat is free.
 *
 * This is a rule of order that anyone can follow by hand, not an optimum over all orders.
 */
#ifndef PULANG_SOLVER_PHASES_H
#define PULANG_SOLVER_PHASES_H

#include "model/plan.h"

/* Fills plan->phase where the scenario has phases and the plan exists. Returns 0, or -1: out of memory. */
int pulang_phases_schedule(pulang_plan *plan);

#endif
