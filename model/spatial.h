/*
 * Transportation problems with computed costs: people and posts at places on the sphere.
 *
 *   cost(class, post) = curve(distance(origin of the class, place of the post)) + fit[occupation][role]
 *
 * Neither the matrix nor a row of it is ever stored: the country has 10^11 pairs. Everything is exact in
 * integers and the same on every machine: a place is a point in space in whole metres (a latitude and
 * longitude is rounded to one once, where it is read), the distance is the straight line (the chord) in whole
 * metres, rounded down, and the curve is a table over steps of 256 m. The curve never falls, so that the
 * distance to a box bounds the costs of all that is in it.
 */
#ifndef PULANG_MODEL_SPATIAL_H
#define PULANG_MODEL_SPATIAL_H

#include "model/transport.h"
#include "pulang.h"

#include <math.h>

#define PULANG_EARTH_METRES 6371000
/* A step of the curve in metres. */
#define PULANG_SPATIAL_STEP 256
/* Largest distance between two points: opposite corners of the cube of coordinates -R .. R; and largest cost.
 */
#define PULANG_SPATIAL_FARTHEST 22069791
#define PULANG_SPATIAL_COST 1000000000

/* A bend of the curve: the cost at a distance. */
typedef struct pulang_bend {
    int32_t metres, cost;
} pulang_bend;

typedef struct pulang_spatial_size {
    int n_places, n_posts, n_classes, n_roles, n_occupations, n_bends;
} pulang_spatial_size;

typedef struct pulang_spatial {
    pulang_spatial_size size;
    int32_t *x, *y, *z;          /* [n_places] metres, -PULANG_EARTH_METRES .. PULANG_EARTH_METRES */
    int *post_place, *post_role; /* [n_posts] */
    int64_t *lower, *upper;      /* [n_posts] seats */
    int *class_place, *class_occupation, *supply; /* [n_classes] */
    int64_t *fit;       /* [n_occupations * n_roles] PULANG_FORBIDDEN: not eligible, as at the begin */
    pulang_bend *bends; /* [n_bends] the first at 0 metres; linear between, constant after the last */
    int n_steps;
    int32_t *curve; /* [n_steps] cost at a distance of i steps; the last for all beyond */
} pulang_spatial;

/* Room for a problem of that size, all zero but fit. NULL: out of memory. */
pulang_spatial *pulang_spatial_new(const pulang_spatial_size *size);
void pulang_spatial_free(pulang_spatial *spatial);
/* Makes the curve out of the bends, which ascend in metres and do not fall in cost: the cost at i steps is
   interpolated and rounded down. */
pulang_status pulang_spatial_bend(pulang_spatial *spatial, pulang_error *error);
/* The point in metres, rounded; degrees. */
void pulang_spatial_point(double lat, double lon, int32_t *x, int32_t *y, int32_t *z);

/* The problem with costs pair by pair (no pulang_cheapest): points into spatial. */
void pulang_spatial_transport(const pulang_spatial *spatial, pulang_transport *problem);
int64_t pulang_spatial_cost(const pulang_spatial *spatial, int class, int post);

/*
 * Checks a plan against all pairs, by brute force: no tree, no code of the solvers. See
 * pulang_transport_check.
 */
bool pulang_spatial_check(const pulang_spatial *spatial, const pulang_transport_plan *plan, int threads,
                          const char **message);

/*
 * The step of the curve at a squared distance. Whole numbers up to 2^53 are exact in a double, and the square
 * root of one is nowhere rounded up to a whole number that it does not reach: this is exact, and loops with
 * it can be vectorised.
 */
static inline int32_t pulang_spatial_step(double squared, int32_t last) {
    int32_t step = (int32_t)(sqrt(squared) * (1.0 / PULANG_SPATIAL_STEP));
    return step < last ? step : last;
}

static inline int32_t pulang_spatial_curve(const pulang_spatial *spatial, double squared) {
    return spatial->curve[pulang_spatial_step(squared, spatial->n_steps - 1)];
}

static inline double pulang_spatial_squared(int32_t x, int32_t y, int32_t z) {
    double dx = x, dy = y, dz = z;
    return dx * dx + dy * dy + dz * dz;
}

#endif
