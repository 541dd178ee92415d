/*
 * The terms of the bound that are a total: a convex piecewise linear function of its steps. Where the range
 * has an `open` (model/relaxation.h) nothing lies between its first two points, 0 and that.
 */
#include "model/bound_step.h"
#include "model/exact.h"
#include "model/penalty.h"
#include "model/shortage.h"

#include <stdlib.h>

__extension__ typedef __int128 wide;

#define MOST_BENDS (PULANG_SHORTAGE_PIECES + 3)
#define MOST_POINTS (2 * MOST_BENDS + 4)

typedef struct point {
    int64_t n, cost;
} point;

/* The quota's group behind a total, NULL: the total is a post. */
static const pulang_quota_group_info *group_of(const bound_step *step, int total) {
    return total < step->instance->n_posts || bound_is_cut(step, total)
               ? NULL
               : &step->relaxation->groups[total - step->instance->n_posts];
}

/* Steps that a total needs at a largest level. */
static int64_t steps_needed(const bound_step *step, int total) {
    const pulang_quota_group_info *group = group_of(step, total);
    if (!group || step->missing == 0)
        return 0;
    return pulang_exact_ceil(pulang_penalty_need(step->instance, step->level, group, step->largest),
                             step->relaxation->ranges[total].unit);
}

/* What n steps of the total cost at a level. */
static int64_t level_cost(const bound_step *step, int level, int total, int64_t n) {
    const pulang_quota_group_info *group = group_of(step, total);
    return group
               ? pulang_penalty_group(step->instance, level, group, n * step->relaxation->ranges[total].unit)
               : pulang_penalty_post(step->instance, level, total, n);
}

/* f(n) - price * n. */
static int64_t total_cost(bound_step *step, int total, int64_t n, int64_t need) {
    bool *overflow = &step->overflow;
    int64_t worth = pulang_exact_multiply(step->price[total], n, overflow), cost = 0;
    if (need > 0 && n < need)
        cost = pulang_exact_multiply(step->missing, pulang_exact_subtract(need, n, overflow), overflow);
    for (int i = 0; i < step->n_weighted && !bound_is_cut(step, total); i++) {
        int level = step->weighted[i];
        cost = pulang_exact_add(
            cost, pulang_exact_multiply(step->weight[level], level_cost(step, level, total, n), overflow),
            overflow);
    }
    return pulang_exact_subtract(cost, worth, overflow);
}

/* Where the cost of a total may bend at any level, in its measure. */
static int list_bends(const bound_step *step, int total, int64_t bends[MOST_BENDS]) {
    const pulang_quota_group_info *group = group_of(step, total);
    int n = 0;
    int64_t target = 0;
    if (group) {
        if (group->has_min)
            bends[n++] = group->min;
        if (group->has_max)
            bends[n++] = group->max;
        target = group->has_target ? group->target : 0;
    } else {
        bends[n++] = step->instance->posts[total].min;
        target = step->instance->posts[total].target;
    }
    for (int i = 0; target > 0 && i <= pulang_shortage_pieces(target); i++)
        bends[n++] = target - pulang_shortage_break(target, i);
    return n;
}

static int by_steps(const void *a, const void *b) {
    const point *p = a, *q = b;
    return (p->n > q->n) - (p->n < q->n);
}

/* The steps n between which f is linear, ascending: the ends of the range, its open, and those around the
   bends. */
static int list_points(bound_step *step, int total, point points[MOST_POINTS]) {
    const pulang_range *range = &step->relaxation->ranges[total];
    int64_t bends[MOST_BENDS], need = steps_needed(step, total);
    bool bent = step->n_weighted > 0 && !bound_is_cut(step, total);
    int n_bends = bent ? list_bends(step, total, bends) : 0, n = 0, kept = 0;
    points[n++].n = range->lower;
    points[n++].n = range->upper;
    points[n++].n = range->open;
    for (int i = 0; i < 2 * n_bends; i++)
        points[n++].n = i % 2 == 0 ? pulang_exact_floor(bends[i / 2], range->unit)
                                   : pulang_exact_ceil(bends[i / 2], range->unit);
    points[n++].n = need;
    qsort(points, (size_t)n, sizeof *points, by_steps);
    for (int i = 0; i < n; i++) {
        int64_t at = points[i].n;
        bool within = at >= range->lower && at <= range->upper && (at <= 0 || at >= range->open);
        if (within && (kept == 0 || at > points[kept - 1].n))
            points[kept++] = (point){at, total_cost(step, total, at, need)};
    }
    return kept;
}

/* The last n that costs at most limit on the way from a point that does to one that does not. */
static int64_t last_within(const point *in, const point *out, int64_t limit) {
    wide width = (wide)out->n - in->n, rise = (wide)out->cost - in->cost;
    return in->n + (int64_t)(((wide)limit - in->cost) * width / rise);
}

/* How far the steps within the limit reach from a point towards the next one, which is not (or not there). */
static int64_t reach(const point *points, int n, int in, int out, bool gap, int64_t limit) {
    if (out < 0 || out == n || (gap && in + out == 1))
        return points[in].n;
    return last_within(&points[in], &points[out], limit);
}

/* Leaves the total the steps from the first to the last that cost at most limit. */
static void narrow(pulang_range *range, const point *points, int n, int64_t limit) {
    int first = 0, last = n - 1, next = 1;
    bool gap = range->open > 0;
    while (points[first].cost > limit)
        first++;
    while (points[last].cost > limit)
        last--;
    range->lower = reach(points, n, first, first - 1, gap, limit);
    range->upper = reach(points, n, last, last + 1, gap, limit);
    range->open = 0;
    if (!gap || first > 0 || last == 0)
        return;
    while (points[next].cost > limit)
        next++;
    range->open = reach(points, n, next, next - 1, gap, limit);
}

int64_t bound_total_minimise(bound_step *step, int total, int64_t slack) {
    pulang_range *range = &step->relaxation->ranges[total];
    if (range->lower > range->upper) {
        step->empty = true;
        return 0;
    }
    point points[MOST_POINTS];
    int n = list_points(step, total, points);
    int64_t best = points[0].cost;
    for (int i = 1; i < n; i++)
        best = points[i].cost < best ? points[i].cost : best;
    if (slack >= 0)
        narrow(range, points, n, bound_limit(best, slack));
    return best;
}
