/*
 * What a total costs at a level, as a convex function of its value: segments of rising slope over
 * lower .. upper, around the anchor at which it is cheapest.
 */
#ifndef PULANG_SOLVER_CONVEX_H
#define PULANG_SOLVER_CONVEX_H

#include "model/problem.h"

typedef struct pulang_segment {
    int64_t from, to; /* from < to */
    int64_t slope;    /* cost of one unit more within the segment */
} pulang_segment;

typedef struct pulang_convex {
    int n;                    /* 0: the total costs the same wherever it may be */
    pulang_segment *segments; /* ascending, touching; those before the anchor fall, the others do not */
    int64_t anchor;           /* an end of a segment, or a bound of the total */
    int64_t least;            /* cost at the anchor */
} pulang_convex;

/* The cost of a total at a sum level. Returns 0, or -1: out of memory. */
int pulang_convex_make(const pulang_problem *problem, const pulang_total *total, int level,
                       pulang_convex *convex);
void pulang_convex_free(pulang_convex *convex);

int64_t pulang_gcd(int64_t a, int64_t b);
/* Every value of the total is a multiple of this. */
int64_t pulang_total_unit(const pulang_total *total);
/* Whether what an arc counts in a total with terms depends on its post alone. amount: [n_posts], filled. Then
   the total follows from the heads of the posts: its row is short, and the flow stays a flow once the heads
   are settled. */
bool pulang_total_by_post(const pulang_problem *problem, const pulang_total *total, int64_t *amount);
/* The largest number that divides the unit, the anchor and the widths of all segments. */
int64_t pulang_convex_divisor(const pulang_convex *convex, int64_t unit);

#endif
