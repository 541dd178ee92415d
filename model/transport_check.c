/*
 * Checks a plan of a transportation problem by weak duality, in exact integers:
 *
 *   bound = sum over rows of supply * min(unplaced, min over j of cost + price[j])
 *         + sum over nodes of min over lower <= n <= upper of f_v(n) - (price[v] - price[parent]) * n
 *
 * is below every plan; a plan whose objective equals it is optimal. That there is no plan is checked by
 * model/transport_cut.c.
 */
#include "model/alloc.h"
#include "model/transport.h"

#include <string.h>

static int64_t segments_cost(const pulang_transport *p, int v, int64_t n) {
    int64_t cost = 0, begin = 0;
    if (!p->segment_begin)
        return 0;
    for (int i = p->segment_begin[v]; i < p->segment_begin[v + 1] && begin < n; i++) {
        int64_t end = p->segment_end[i];
        cost += ((end < n ? end : n) - begin) * p->segment_slope[i];
        begin = end;
    }
    return cost;
}

/* min over the range of f_v(n) - worth * n: at an end of the range or a bend. */
static int64_t node_bound(const pulang_transport *p, int v, int64_t worth) {
    int64_t lower = p->lower ? p->lower[v] : 0, upper = p->upper[v];
    int64_t best = segments_cost(p, v, lower) - worth * lower;
    int64_t value = segments_cost(p, v, upper) - worth * upper;
    best = value < best ? value : best;
    for (int i = p->segment_begin ? p->segment_begin[v] : 0; p->segment_begin && i < p->segment_begin[v + 1];
         i++) {
        int64_t n = p->segment_end[i];
        if (n <= lower || n >= upper)
            continue;
        value = segments_cost(p, v, n) - worth * n;
        best = value < best ? value : best;
    }
    return best;
}

/* The least of a row's posts, or being unplaced where that is less. */
static int64_t with_unplaced(const pulang_transport *p, int row, int64_t least) {
    return p->unplaced && p->unplaced[row] < least ? p->unplaced[row] : least;
}

/* min over the row's choices of cost + price. */
static int64_t row_bound(const pulang_transport *p, int row, const int64_t *price) {
    const pulang_cost_source *c = &p->costs;
    int64_t best = with_unplaced(p, row, INT64_MAX);
    if (c->dense32) {
        const int32_t *cost = c->dense32 + (size_t)row * (size_t)p->n_posts;
        for (int j = 0; j < p->n_posts; j++) {
            int64_t value = cost[j] + price[j];
            best = value < best ? value : best;
        }
        return best;
    }
    int first = c->row_begin ? c->row_begin[row] : 0,
        last = c->row_begin ? c->row_begin[row + 1] : p->n_posts;
    for (int i = first; i < last; i++) {
        int j = c->row_begin ? c->arc_post[i] : i;
        int64_t cost = c->row_begin ? c->arc_cost[i] : pulang_transport_cost(p, row, j);
        if (cost != PULANG_FORBIDDEN && cost + price[j] < best)
            best = cost + price[j];
    }
    return best;
}

static const char *check_bounds(const pulang_transport *p, const int64_t *flow) {
    for (int v = 0; v < p->n_nodes; v++)
        if (flow[v] > p->upper[v] || (p->lower && flow[v] < p->lower[v]))
            return "a post or total is outside its bounds";
    return NULL;
}

/* Adds up the plan; flow: [n_nodes + 1], left: [n_rows], both zero. */
static const char *add_up(const pulang_transport *p, const pulang_transport_plan *plan, int64_t *flow,
                          int64_t *left, int64_t *value) {
    for (int r = 0; r < p->n_rows; r++)
        left[r] = p->supply ? p->supply[r] : 1;
    for (int i = 0; i < plan->n_placements; i++) {
        int r = plan->row[i], j = plan->post[i];
        if (r < 0 || r >= p->n_rows || j < 0 || (j >= p->n_posts && j != p->n_nodes) || plan->count[i] <= 0)
            return "a placement names a row or post that is not there";
        int64_t cost = j == p->n_nodes ? (p->unplaced ? p->unplaced[r] : PULANG_FORBIDDEN)
                                       : pulang_transport_cost(p, r, j);
        if (cost == PULANG_FORBIDDEN)
            return "a row is placed where it may not be";
        left[r] -= plan->count[i];
        flow[j] += plan->count[i];
        *value += cost * plan->count[i];
    }
    for (int r = 0; r < p->n_rows; r++)
        if (left[r] != 0)
            return "a row is not placed as often as its supply";
    for (int v = 0; v < p->n_nodes; v++) {
        flow[p->parent ? p->parent[v] : p->n_nodes] += flow[v];
        *value += segments_cost(p, v, flow[v]);
    }
    return check_bounds(p, flow);
}

/* least: [n_rows] min over posts of cost + price, where it is known already; else NULL. */
static int64_t dual_bound(const pulang_transport *p, const int64_t *price, const int64_t *least,
                          int threads) {
    int64_t bound = 0;
#pragma omp parallel for num_threads(threads) schedule(static) reduction(+ : bound)
    for (int r = 0; r < p->n_rows; r++) {
        int64_t supply = p->supply ? p->supply[r] : 1;
        bound += supply ? supply * (least ? with_unplaced(p, r, least[r]) : row_bound(p, r, price)) : 0;
    }
    for (int v = 0; v < p->n_nodes; v++)
        bound += node_bound(p, v, price[v] - price[p->parent ? p->parent[v] : p->n_nodes]);
    return bound;
}

static const char *check_prices(const pulang_transport *p, const int64_t *price, int threads, int64_t value) {
    int64_t *least = p->costs.row_minima ? pulang_alloc((size_t)p->n_rows, sizeof *least) : NULL;
    const char *wrong = NULL;
    if (p->costs.row_minima && (!least || !p->costs.row_minima(p->costs.user, price, threads, least)))
        wrong = "out of memory";
    else if (dual_bound(p, price, least, threads) != value)
        wrong = "the prices do not prove the optimum";
    pulang_free(least);
    return wrong;
}

static const char *check_optimal(const pulang_transport *problem, const pulang_transport_plan *plan,
                                 int threads) {
    int64_t value = 0;
    int64_t *flow = pulang_alloc((size_t)problem->n_nodes + 1, sizeof *flow);
    int64_t *left = pulang_alloc((size_t)problem->n_rows, sizeof *left);
    const char *wrong = flow && left ? add_up(problem, plan, flow, left, &value) : "out of memory";
    if (!wrong && value != plan->objective)
        wrong = "the objective is not the sum of the costs";
    if (!wrong)
        wrong = check_prices(problem, plan->price, threads, value);
    pulang_free(flow);
    pulang_free(left);
    return wrong;
}

static const char *check_infeasible(const pulang_transport *problem, const pulang_transport_plan *plan,
                                    int threads) {
    int64_t violation = 0;
    const char *wrong = pulang_transport_cut_check(problem, plan->cut, threads, &violation);
    if (!wrong && violation != plan->violation)
        wrong = "the cut is not violated by as much as is said";
    return wrong;
}

bool pulang_transport_check(const pulang_transport *problem, const pulang_transport_plan *plan, int threads,
                            const char **message) {
    const char *wrong = "the method was stopped";
    if (!plan->stopped)
        wrong =
            plan->feasible ? check_optimal(problem, plan, threads) : check_infeasible(problem, plan, threads);
    *message = wrong ? wrong : "";
    return !wrong;
}
