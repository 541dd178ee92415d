/*
 * How many go from where to where: from the places of origin to the places of their posts.
 */
#ifndef PULANG_IO_FLOWS_H
#define PULANG_IO_FLOWS_H

#include "io/output.h"

typedef struct pulang_flow {
    int from, to; /* places, or zones of them */
    int plan, today;
} pulang_flow;

/* The ways with somebody on them in the plan (which exists) or today, by from, then to. zone: [n_places] the
   zone of each place, NULL: itself. *flows is to be freed by pulang_free. */
pulang_status pulang_flows_make(const pulang_output *output, const int *zone, pulang_flow **flows, int *n,
                                pulang_error *error);

#endif
