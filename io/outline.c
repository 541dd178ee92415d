/*
 * D. Douglas and T. Peucker, Algorithms for the reduction of the number of points required to represent a
 * digitized line or its caricature (1973): a line is kept as its ends where all between lie within the
 * tolerance of the straight line, else it is cut at the farthest point. Degrees are taken for a plane, which
 * is right enough over a village.
 */
#include "io/outline.h"

#include "model/alloc.h"

#include <math.h>
#include <string.h>

#define FIRST_TOLERANCE 1e-4 /* degrees */
#define FEWEST_POINTS 4      /* of a ring, the last being the first */

typedef struct span {
    int first, last;
} span;

/* Work space for a ring of up to n points. */
typedef struct workspace {
    bool *keep;  /* [n] */
    span *spans; /* [n] still to be looked at */
} workspace;

/* Square of the distance of a point from the line between two others. */
static double off_line(const double *point, const double *from, const double *to) {
    double x = to[0] - from[0], y = to[1] - from[1], length = x * x + y * y;
    double along = length > 0 ? ((point[0] - from[0]) * x + (point[1] - from[1]) * y) / length : 0;
    along = fmin(1, fmax(0, along));
    double dx = point[0] - from[0] - along * x, dy = point[1] - from[1] - along * y;
    return dx * dx + dy * dy;
}

static int farthest(const pulang_ring *ring, span s, double *distance) {
    int far = s.first;
    *distance = -1;
    for (int i = s.first + 1; i < s.last; i++) {
        double d = off_line(&ring->points[2 * i], &ring->points[2 * s.first], &ring->points[2 * s.last]);
        if (d > *distance) {
            *distance = d;
            far = i;
        }
    }
    return far;
}

/* Marks the points to keep; returns how many. The first two cuts are made however near the points are, for a
   ring of fewer than four has no area. */
static int mark(const pulang_ring *ring, double tolerance, const workspace *w) {
    int kept = 2, n_spans = 1;
    memset(w->keep, 0, (size_t)ring->n * sizeof *w->keep);
    w->keep[0] = w->keep[ring->n - 1] = true;
    w->spans[0] = (span){0, ring->n - 1};
    while (n_spans > 0) {
        span s = w->spans[--n_spans];
        double distance;
        int far = farthest(ring, s, &distance);
        if (far == s.first || (distance <= tolerance * tolerance && kept >= FEWEST_POINTS))
            continue;
        w->keep[far] = true;
        kept++;
        w->spans[n_spans++] = (span){s.first, far};
        w->spans[n_spans++] = (span){far, s.last};
    }
    return kept;
}

static bool copy_ring(const pulang_ring *ring, double tolerance, const workspace *w, pulang_arena *arena,
                      pulang_ring *copy) {
    *copy = (pulang_ring){.outer = ring->outer};
    copy->points = pulang_arena_alloc(arena, 2 * (size_t)mark(ring, tolerance, w), sizeof *copy->points);
    if (!copy->points)
        return false;
    for (int i = 0; i < ring->n; i++)
        if (w->keep[i])
            memcpy(&copy->points[2 * copy->n++], &ring->points[2 * i], 2 * sizeof *copy->points);
    return true;
}

static long count(const pulang_instance *instance, double tolerance, const workspace *w) {
    long n = 0;
    for (int p = 0; p < instance->n_places; p++)
        for (int r = 0; r < instance->boundaries[p].n; r++)
            n += mark(&instance->boundaries[p].rings[r], tolerance, w);
    return n;
}

static bool copy_all(const pulang_instance *instance, double tolerance, const workspace *w,
                     pulang_arena *arena, pulang_boundary *copies) {
    bool ok = copies != NULL;
    for (int p = 0; ok && p < instance->n_places; p++) {
        const pulang_boundary *boundary = &instance->boundaries[p];
        copies[p].rings = pulang_arena_alloc(arena, (size_t)boundary->n, sizeof *copies[p].rings);
        ok = copies[p].rings != NULL;
        for (; ok && copies[p].n < boundary->n; copies[p].n++)
            ok = copy_ring(&boundary->rings[copies[p].n], tolerance, w, arena, &copies[p].rings[copies[p].n]);
    }
    return ok;
}

pulang_boundary *pulang_outlines_simplify(const pulang_instance *instance, int most_points,
                                          pulang_arena *arena) {
    int longest = 0, n_rings = 0;
    long n_points = 0;
    for (int p = 0; p < instance->n_places; p++)
        for (int r = 0; r < instance->boundaries[p].n; r++) {
            const pulang_ring *ring = &instance->boundaries[p].rings[r];
            longest = ring->n > longest ? ring->n : longest;
            n_points += ring->n;
            n_rings++;
        }
    workspace w = {.keep = pulang_alloc((size_t)longest, sizeof *w.keep),
                   .spans = pulang_alloc((size_t)longest, sizeof *w.spans)};
    pulang_boundary *copies = pulang_arena_alloc(arena, (size_t)instance->n_places, sizeof *copies);
    bool ok = w.keep && w.spans && copies;
    double tolerance = 0;
    /* with a tolerance of the whole world every ring has its fewest points */
    if (ok && n_points > most_points && n_rings > 0)
        for (tolerance = FIRST_TOLERANCE; tolerance < 360 && count(instance, tolerance, &w) > most_points;)
            tolerance *= 2;
    ok = ok && copy_all(instance, tolerance, &w, arena, copies);
    pulang_free(w.keep);
    pulang_free(w.spans);
    return ok ? copies : NULL;
}
