/*
 * Solves problems with computed costs, the pairs found by an index of space (solver/spatial_index.h).
 */
#ifndef PULANG_SOLVER_SPATIAL_H
#define PULANG_SOLVER_SPATIAL_H

#include "model/spatial.h"
#include "solver/transport.h"

/* See pulang_transport_solve; the time includes that of building the index. */
pulang_status pulang_spatial_solve(const pulang_spatial *spatial, const pulang_transport_settings *settings,
                                   pulang_transport_plan **plan, pulang_error *error);

#endif
