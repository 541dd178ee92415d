/*
 * Exact minimum-cost transportation by successive shortest paths on the posts.
 *
 * Rows are placed one after the other along a shortest augmenting path; paths are searched by
 * Dijkstra's method with reduced costs, on the graph of the posts and totals only: persons are the
 * arcs between posts (Kennington and Wang 1992; for the dense assignment problem Jonker and Volgenant
 * 1987). Each row looks at a short list of offers, the cheapest at the prices when it came, and knows below
 * which value there is no other: prices only rise, so that stays true. When all are placed, every row that
 * holds something dearer than that is priced against all posts, and where one outside its list would be
 * cheaper the list grows and the plan is mended by the shortest cycle through the row, no longer than
 * what it could save. In the end no row is left to be priced: the prices prove the optimum.
 *
 * Lower bounds are slopes far below all costs. A row for which there is no way, or a node that still misses
 * its lower bound at the optimum, proves that there is no plan; the cut says why (transport_cut.h).
 */
#ifndef PULANG_SOLVER_TRANSPORT_H
#define PULANG_SOLVER_TRANSPORT_H

#include "model/transport.h"
#include "pulang.h"

typedef struct pulang_transport_settings {
    int threads; /* >= 1, for pricing; the plan does not depend on it */
    int list;    /* offers on a row's first list; 0: chosen by the solver */
    /*
     * Where to start, NULL: from nothing. A plan of a problem with the same posts and nodes; all else may
     * have changed. A row is known by its number: one that has gone is a row of supply 0, one that has come
     * has no placements. Read are price (price[root] is 0) and the placements, of which there may be none.
     * Any start gives an optimum, the nearer the sooner.
     */
    const pulang_transport_plan *start;
    bool (*stop)(void *user); /* asked now and then; may be NULL */
    void *user;
} pulang_transport_settings;

/* PULANG_ERROR_LIMIT when the costs are too large for exact 64-bit arithmetic. */
pulang_status pulang_transport_solve(const pulang_transport *problem,
                                     const pulang_transport_settings *settings, pulang_transport_plan **plan,
                                     pulang_error *error);

#endif
