/*
 * General minimum-cost flow by the network simplex method: lower bounds are moved into the supplies, and
 * an artificial root takes what the arcs cannot, at a price above that of any path.
 */
#ifndef PULANG_SOLVER_MINCOST_H
#define PULANG_SOLVER_MINCOST_H

#include "model/flow_network.h"
#include "pulang.h"

/*
 * Solves the network exactly. stop (may be NULL): asked every few thousand pivots, true stops.
 * PULANG_ERROR_LIMIT when the costs, or the flows, are too large for exact 64-bit arithmetic.
 */
pulang_status pulang_mincost_solve(const pulang_flow_network *network, bool (*stop)(void *user), void *user,
                                   pulang_flow_plan **plan, pulang_error *error);

#endif
