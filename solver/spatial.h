/*
 * Solves problems with computed costs: whether there is a plan is asked of all places in one; prices come
 * from an auction (solver/spatial_auction.h) on the pairs that an index of space finds
 * (solver/spatial_index.h). Costs too large for that go to the shortest paths of solver/transport.h.
 */
#ifndef PULANG_SOLVER_SPATIAL_H
#define PULANG_SOLVER_SPATIAL_H

#include "model/spatial.h"
#include "solver/transport.h"

/* See pulang_transport_solve; settings->start and list are not used by the auction. */
pulang_status pulang_spatial_solve(const pulang_spatial *spatial, const pulang_transport_settings *settings,
                                   pulang_transport_plan **plan, pulang_error *error);

#endif
