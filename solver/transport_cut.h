/*
 * The violated cut of a transportation problem that has no plan.
 */
#ifndef PULANG_SOLVER_TRANSPORT_CUT_H
#define PULANG_SOLVER_TRANSPORT_CUT_H

#include "model/transport.h"

/*
 * Fills in plan->cut and plan->violation; 0: the placements show none. These are as far as a method came:
 * stuck is a row with units for which there is no way from it to the root, and then there is a cut; -1: all
 * rows are placed, and there is one at the latest when lower bounds are missed by as little as can be.
 * Returns 0, or -1 when memory is out.
 */
int transport_cut_find(const pulang_transport *problem, int stuck, pulang_transport_plan *plan);

#endif
