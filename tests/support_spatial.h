/*
 * Random problems with computed costs, small ones.
 */
#ifndef PULANG_TESTS_SUPPORT_SPATIAL_H
#define PULANG_TESTS_SUPPORT_SPATIAL_H

#include "model/spatial.h"
#include "tests/support.h"

/*
 * The problem of a seed with up to so many places: scattered over the globe, round a pole, on both sides of
 * the antimeridian, all at one point or on a line; several posts of a role in a place, roles without posts,
 * occupations that fit nothing, flat and steep curves, classes without anybody. To be freed with
 * pulang_spatial_free.
 */
pulang_spatial *test_spatial_random(uint64_t seed, int max_places);
/* The same problem with a matrix, which is to be freed: costs[n_classes * n_posts]. */
int64_t *test_spatial_matrix(const pulang_spatial *spatial, pulang_transport *problem);

#endif
