/*
 * The loops over whole rows of a dense matrix, for solver/transport*.c only.
 */
#ifndef PULANG_SOLVER_TRANSPORT_SCAN_H
#define PULANG_SOLVER_TRANSPORT_SCAN_H

#include "solver/transport_state.h"

/* Posts that are looked at together: posts that differ by a multiple of it are in the same lane. */
#define SCAN_LANES 64

/* The least of n costs and the largest. */
void transport_range32(const int32_t *cost, size_t n, int64_t *least, int64_t *most);
/* The least value (cost + price) of the row in each lane; INT64_MAX: none. */
void transport_scan_lanes(const transport_state *s, int row, int64_t least[SCAN_LANES]);
/* A value that at least k of the lanes do not exceed, and few more where they differ. */
int64_t transport_scan_threshold(const int64_t least[SCAN_LANES], int k);
/* Posts first .. last - 1 of the row with a value below `below`, into at (room for k + SCAN_LANES): all of
   them, or the first k and maybe more; returns how many. */
int transport_scan_below(const transport_state *s, int row, int first, int last, int64_t below, int k,
                         int *at);

#endif
