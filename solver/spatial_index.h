/*
 * The cheapest posts of a class in a problem with computed costs, found without looking at the others.
 *
 * For each role there is a k-d tree over the points of its posts (Bentley 1975); every subtree knows its box
 * and its least price. What any post in it would cost somebody at a point is at least
 *
 *     curve(distance from the point to the box) + fit + least price in the subtree,
 *
 * exactly, since the curve does not fall. A search goes down the tree, nearer child first, and leaves out
 * every subtree whose bound is not below what it has found (U, Yiu, Mouratidis and Mamoulis 2008, "Capacity
 * constrained assignment in spatial databases": edges by distance plus price, the graph is never built). When
 * it finds nothing below a limit, the bounds have shown that no pair at all is, also none that was never
 * looked at: an optimum of the candidates that passes this for every class is one of all pairs, and its
 * prices prove it.
 */
#ifndef PULANG_SOLVER_SPATIAL_INDEX_H
#define PULANG_SOLVER_SPATIAL_INDEX_H

#include "model/spatial.h"

typedef struct pulang_spatial_index pulang_spatial_index;

/* All prices are 0. A unit of cost counts `scale` beside the prices. spatial must outlive the index. NULL:
   out of memory. */
pulang_spatial_index *pulang_spatial_index_new(const pulang_spatial *spatial, int64_t scale);
void pulang_spatial_index_free(pulang_spatial_index *index);

/* O(log n), and O(n) for all: price: [n_posts]. Sizes of prices stay below 2^61. */
void pulang_spatial_index_reprice(pulang_spatial_index *index, int post, int64_t price);
void pulang_spatial_index_reprice_all(pulang_spatial_index *index, const int64_t *price);

/*
 * The k cheapest posts of a class with cost + price below `below` (room for k), in no order; returns how
 * many. When more tie for the last place, any of them, the same in every run. Thread-safe between two changes
 * of prices.
 */
int pulang_spatial_index_cheapest(const pulang_spatial_index *index, int class, int64_t below, int k,
                                  pulang_offer *offers);
/*
 * For one role and somebody from a place, the k cheapest or others that are dearer by at most slack, costs
 * without fit: classes of one origin can share it. *bound: all others cost at least this, price included.
 */
int pulang_spatial_index_nearest(const pulang_spatial_index *index, int place, int role, int64_t slack, int k,
                                 pulang_offer *offers, int64_t *bound);
/* Whether the class has any post with cost + price below `below`. */
bool pulang_spatial_index_any_below(const pulang_spatial_index *index, int class, int64_t below);

/* The problem with the index as its pulang_cheapest: points into both. */
void pulang_spatial_index_transport(pulang_spatial_index *index, pulang_transport *problem);

#endif
