#include "model/alloc.h"
#include "tests/support_transport.h"

#include <stdlib.h>

static int64_t one_more_or_less(test_random *random, int64_t value) {
    value += test_random_range(random, 0, 1) ? 1 : -1;
    return value < 0 ? 0 : value;
}

/* The sparse and the 32-bit costs follow the dense ones. */
static void renew_costs(test_transport *made) {
    int n_arcs = 0, n_posts = made->problem.n_posts;
    made->has_forbidden = false;
    for (int r = 0; r < made->problem.n_rows; r++) {
        for (int j = 0; j < n_posts; j++) {
            int64_t cost = made->dense64[r * n_posts + j];
            made->has_forbidden |= cost == PULANG_FORBIDDEN;
            if (cost == PULANG_FORBIDDEN)
                continue;
            made->dense32[r * n_posts + j] = (int32_t)cost;
            made->arc_post[n_arcs] = j;
            made->arc_cost[n_arcs++] = cost;
        }
        made->row_begin[r + 1] = n_arcs;
    }
}

static void change_cost(test_random *random, test_transport *made) {
    int n_pairs = made->problem.n_rows * made->problem.n_posts;
    int64_t *cost = &made->dense64[test_random_range(random, 0, n_pairs - 1)];
    int64_t other = made->dense64[test_random_range(random, 0, n_pairs - 1)];
    switch (test_random_range(random, 0, 2)) {
    case 0:
        *cost = PULANG_FORBIDDEN;
        break;
    case 1:
        *cost = other;
        break;
    default:
        *cost = *cost == PULANG_FORBIDDEN ? 0 : *cost / 2;
    }
    renew_costs(made);
}

static void change_slope(test_random *random, test_transport *made) {
    pulang_transport *p = &made->problem;
    int n = made->segment_begin[p->n_nodes];
    p->segment_begin = made->segment_begin;
    for (int v = 0, i = n > 0 ? test_random_range(random, 0, n - 1) : 0; v < p->n_nodes && n > 0; v++) {
        if (i < made->segment_begin[v] || i >= made->segment_begin[v + 1])
            continue;
        bool first = i == made->segment_begin[v], last = i + 1 == made->segment_begin[v + 1];
        if (!first)
            made->segment_slope[i] = made->segment_slope[i - 1];
        else if (last)
            made->segment_slope[i] -= made->largest / 16;
        else
            made->segment_slope[i] = made->segment_slope[i + 1] - 1;
    }
}

/* The slope after the last segment is zero: costs stay convex only if a dearer one lasts to the end. */
static void mend_segments(test_transport *made) {
    for (int v = 0; v < made->problem.n_nodes; v++) {
        int last = made->segment_begin[v + 1] - 1;
        if (last >= made->segment_begin[v] && made->segment_slope[last] > 0 &&
            made->segment_end[last] < made->upper[v])
            made->segment_end[last] = made->upper[v];
    }
}

void test_transport_change(test_random *random, test_transport *made) {
    pulang_transport *p = &made->problem;
    int row = test_random_range(random, 0, p->n_rows - 1), v = test_random_range(random, 0, p->n_nodes - 1);
    switch (test_random_range(random, 0, 5)) {
    case 0:
        change_cost(random, made);
        break;
    case 1:
        p->supply = made->supply;
        made->supply[row] = (int)one_more_or_less(random, made->supply[row]);
        break;
    case 2:
        made->upper[v] = one_more_or_less(random, made->upper[v]);
        break;
    case 3:
        p->lower = made->lower;
        made->lower[v] = one_more_or_less(random, made->lower[v]);
        break;
    case 4:
        change_slope(random, made);
        break;
    default:
        p->unplaced = made->unplaced;
        made->unplaced[row] = made->unplaced[test_random_range(random, 0, p->n_rows - 1)];
    }
    if (made->lower[v] > made->upper[v])
        made->lower[v] = made->upper[v];
    mend_segments(made);
}

pulang_transport_plan *test_transport_nonsense(test_random *random, const pulang_transport *p) {
    pulang_transport_plan *plan = pulang_alloc(1, sizeof *plan);
    size_t n = (size_t)test_random_range(random, 0, 2 * p->n_rows);
    plan->row = pulang_alloc(n, sizeof *plan->row);
    plan->post = pulang_alloc(n, sizeof *plan->post);
    plan->count = pulang_alloc(n, sizeof *plan->count);
    plan->price = pulang_alloc((size_t)p->n_nodes + 1, sizeof *plan->price);
    for (; plan->n_placements < (int)n; plan->n_placements++) {
        plan->row[plan->n_placements] = test_random_range(random, -2, p->n_rows + 1);
        plan->post[plan->n_placements] = test_random_range(random, -2, p->n_nodes + 1);
        plan->count[plan->n_placements] = test_random_range(random, -1, 4);
    }
    int kind = test_random_range(random, 0, 3);
    for (int v = 0; v <= p->n_nodes && kind > 0; v++)
        plan->price[v] = kind == 1   ? test_random_range(random, -10, 10)
                         : kind == 2 ? test_random_range(random, -100000, 100000)
                                     : (int64_t)test_random_next(random);
    return plan;
}
