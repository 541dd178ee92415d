/*
 * Checks that a cut proves a transportation problem to have no plan: weak duality with all costs zero, in
 * exact integers. With prices of 1 on the cut and 0 elsewhere, and 1 less everywhere if the root is in it,
 *
 *   bound = sum over rows of supply * min over the nodes that the row may hold of price
 *         + sum over nodes v of min over lower <= n <= upper of (price[parent] - price[v]) * n
 *
 * is not above what any plan costs, 0: where it is above 0 there is no plan (Hoffman 1960, Gale 1957).
 */
#include "model/alloc.h"
#include "model/exact.h"
#include "model/transport.h"

/* Whether the row has no choice outside the cut. outside: the posts that are not in it. */
static bool is_confined(const pulang_transport *p, int row, const bool *cut, const int *outside,
                        int n_outside) {
    const pulang_cost_source *c = &p->costs;
    if (p->unplaced && p->unplaced[row] != PULANG_FORBIDDEN && !cut[p->n_nodes])
        return false;
    if (c->row_begin) {
        for (int a = c->row_begin[row]; a < c->row_begin[row + 1]; a++)
            if (!cut[c->arc_post[a]] && c->arc_cost[a] != PULANG_FORBIDDEN)
                return false;
        return true;
    }
    for (int i = 0; i < n_outside; i++)
        if (pulang_transport_cost(p, row, outside[i]) != PULANG_FORBIDDEN)
            return false;
    return true;
}

/* Supply of the rows confined to the cut, less all supply if the root is in it. */
static int64_t rows_in(const pulang_transport *p, const bool *cut, const int *outside, int n_outside,
                       int threads) {
    int64_t units = 0;
#pragma omp parallel for num_threads(threads) schedule(static) reduction(+ : units)
    for (int r = 0; r < p->n_rows; r++) {
        int64_t supply = p->supply ? p->supply[r] : 1;
        if (supply > 0 && is_confined(p, r, cut, outside, n_outside))
            units += supply;
        if (cut[p->n_nodes])
            units -= supply;
    }
    return units;
}

const char *pulang_transport_cut_check(const pulang_transport *problem, const bool *cut, int threads,
                                       int64_t *violation) {
    int n_outside = 0, *outside = pulang_alloc((size_t)problem->n_posts, sizeof *outside);
    if (!outside)
        return "out of memory";
    for (int j = 0; j < problem->n_posts; j++)
        if (!cut[j])
            outside[n_outside++] = j;
    int64_t units = rows_in(problem, cut, outside, n_outside, threads);
    pulang_free(outside);
    bool overflow = false;
    for (int v = 0; v < problem->n_nodes; v++) {
        bool from = cut[v], to = cut[problem->parent ? problem->parent[v] : problem->n_nodes];
        if (!from && to && problem->lower)
            units = pulang_exact_add(units, problem->lower[v], &overflow);
        else if (from && !to)
            units = pulang_exact_subtract(units, problem->upper[v], &overflow);
    }
    if (overflow || units <= 0)
        return "the cut does not prove that there is no plan";
    *violation = units;
    return NULL;
}
