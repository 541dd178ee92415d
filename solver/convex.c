#include "solver/convex.h"

#include "model/alloc.h"

#include <assert.h>
#include <stdlib.h>

int64_t pulang_gcd(int64_t a, int64_t b) {
    a = a < 0 ? -a : a;
    b = b < 0 ? -b : b;
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static int compare(const void *left, const void *right) {
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

/* Where the slope may change: the bounds and the ends of pieces between them, ascending. */
static int find_breaks(const pulang_total *total, int level, int64_t *breaks) {
    int n = 0;
    breaks[n++] = total->lower;
    breaks[n++] = total->upper;
    for (int i = 0; i < total->n_pieces; i++) {
        const pulang_piece *piece = &total->pieces[i];
        if (piece->level != level)
            continue;
        if (total->lower < piece->from && piece->from < total->upper)
            breaks[n++] = piece->from;
        if (total->lower < piece->to && piece->to < total->upper)
            breaks[n++] = piece->to;
    }
    qsort(breaks, (size_t)n, sizeof *breaks, compare);
    return n;
}

static int64_t slope_between(const pulang_total *total, int level, int64_t from, int64_t to) {
    int64_t slope = 0;
    for (int i = 0; i < total->n_pieces; i++) {
        const pulang_piece *piece = &total->pieces[i];
        if (piece->level == level && piece->from <= from && to <= piece->to)
            slope += piece->excess ? piece->slope : -piece->slope;
    }
    return slope;
}

static void make_segments(const pulang_total *total, int level, const int64_t *breaks, int n_breaks,
                          pulang_convex *convex) {
    for (int i = 0; i + 1 < n_breaks; i++) {
        if (breaks[i] == breaks[i + 1])
            continue;
        int64_t slope = slope_between(total, level, breaks[i], breaks[i + 1]);
        pulang_segment *last = convex->n ? &convex->segments[convex->n - 1] : NULL;
        assert(!last || last->slope <= slope); /* convex, as problem.h promises */
        if (last && last->slope == slope)
            last->to = breaks[i + 1];
        else
            convex->segments[convex->n++] =
                (pulang_segment){.from = breaks[i], .to = breaks[i + 1], .slope = slope};
        if (slope < 0)
            convex->anchor = breaks[i + 1];
    }
    if (convex->n == 1 && convex->segments[0].slope == 0)
        convex->n = 0;
}

int pulang_convex_make(const pulang_problem *problem, const pulang_total *total, int level,
                       pulang_convex *convex) {
    *convex = (pulang_convex){.anchor = total->lower};
    if (total->lower <= total->upper && total->n_pieces > 0) {
        size_t most = 2 * (size_t)total->n_pieces + 2;
        int64_t *breaks = pulang_alloc(most, sizeof *breaks);
        convex->segments = pulang_alloc(most, sizeof *convex->segments);
        if (!breaks || !convex->segments) {
            pulang_free(breaks);
            pulang_convex_free(convex);
            return -1;
        }
        make_segments(total, level, breaks, find_breaks(total, level, breaks), convex);
        pulang_free(breaks);
    }
    convex->least = pulang_total_cost(problem, total, level, convex->anchor);
    return 0;
}

void pulang_convex_free(pulang_convex *convex) {
    pulang_free(convex->segments);
    convex->segments = NULL;
}

int64_t pulang_total_unit(const pulang_total *total) {
    if (total->uniform)
        return total->unit;
    int64_t unit = 0;
    for (int i = 0; i < total->n_terms; i++)
        unit = pulang_gcd(unit, total->term_amount[i]);
    return unit ? unit : 1;
}

bool pulang_total_by_post(const pulang_problem *problem, const pulang_total *total, int64_t *amount) {
    for (int j = 0; j < problem->n_posts; j++)
        amount[j] = -1;
    for (int a = 0, i = 0; a < problem->n_arcs; a++) {
        int64_t *known = &amount[problem->arc_post[a]];
        bool counted = i < total->n_terms && total->term_arc[i] == a;
        int64_t here = counted ? total->term_amount[i] : 0;
        if (here < 0 || (*known >= 0 && *known != here))
            return false;
        *known = here;
        i += counted;
    }
    return true;
}

int64_t pulang_convex_divisor(const pulang_convex *convex, int64_t unit) {
    int64_t divisor = pulang_gcd(unit, convex->anchor);
    for (int i = 0; i < convex->n; i++)
        divisor = pulang_gcd(divisor, convex->segments[i].to - convex->segments[i].from);
    return divisor;
}
