/*
 * The cheapest posts of a row under the prices of the moment, for each form of costs.
 *
 * A dense row is read in lanes (solver/transport_scan.h): the k-th least of the lanes' least values is a
 * threshold that at least k posts meet; a second look at the row, which is near by then, finds those posts.
 */
#include "solver/transport_scan.h"

/* Costs and prices up to this can be added in 32 bits. */
#define NARROW ((int64_t)1 << 29)

static int64_t dense_cost(const transport_state *s, int row, int post) {
    const pulang_cost_source *costs = &s->problem->costs;
    size_t at = (size_t)row * (size_t)s->problem->n_posts + (size_t)post;
    return costs->dense32 ? costs->dense32[at] : costs->dense64[at];
}

/* The k-th least (from 1) of n values, which are put out of order. */
static int64_t kth_least(int64_t *values, int n, int k) {
    int low = 0, high = n - 1;
    while (low < high) {
        int64_t pivot = values[(low + high) / 2];
        int i = low, j = high;
        while (i <= j) {
            while (values[i] < pivot)
                i++;
            while (values[j] > pivot)
                j--;
            if (i <= j) {
                int64_t swap = values[i];
                values[i++] = values[j];
                values[j--] = swap;
            }
        }
        if (k - 1 <= j)
            high = j;
        else if (k - 1 >= i)
            low = i;
        else
            break;
    }
    return values[k - 1];
}

static int64_t least_of(const int64_t *values, int n) {
    int64_t least = INT64_MAX;
    for (int i = 0; i < n; i++)
        least = values[i] < least ? values[i] : least;
    return least;
}

/* A value that about k of the row's posts do not exceed, and hardly more, ties apart. */
static int64_t dense_threshold(int n_posts, const int64_t least[SCAN_LANES], int k) {
    int n_lanes = n_posts < SCAN_LANES ? n_posts : SCAN_LANES;
    int wanted = n_posts > SCAN_LANES ? k / 2 : k; /* a lane may hold more than one such post */
    wanted = wanted < n_lanes ? wanted : n_lanes;
    return transport_scan_threshold(least, wanted > 0 ? wanted : 1);
}

static int cheapest_dense(const transport_state *s, int row, int64_t below, int k, pulang_offer *offers,
                          int64_t *rest) {
    int n_posts = s->problem->n_posts;
    int64_t least[SCAN_LANES];
    transport_scan_lanes(s, row, least);
    if (k < n_posts) {
        int64_t threshold = dense_threshold(n_posts, least, k);
        if (threshold < below)
            below = threshold < INT64_MAX ? threshold + 1 : threshold;
    }
    /* rows with many ties do not all list the same posts */
    int start = row % (n_posts / SCAN_LANES + 1) * SCAN_LANES;
    int found = transport_scan_below(s, row, start, n_posts, below, k, s->at);
    if (found < k)
        found += transport_scan_below(s, row, 0, start, below, k - found, s->at + found);
    *rest = found < k || k >= n_posts ? below : least_of(least, SCAN_LANES);
    found = found < k ? found : k;
    for (int i = 0; i < found; i++)
        offers[i] = (pulang_offer){s->at[i], dense_cost(s, row, s->at[i])};
    return found;
}

/* The k-th least value of a sparse row, INT64_MAX when it has no more than k posts. */
static int64_t sparse_threshold(const transport_state *s, int row, int k) {
    const pulang_cost_source *costs = &s->problem->costs;
    int first = costs->row_begin[row], n = costs->row_begin[row + 1] - first;
    if (n <= k)
        return INT64_MAX;
    for (int i = 0; i < n; i++)
        s->values[i] = costs->arc_cost[first + i] + s->price[costs->arc_post[first + i]];
    return kth_least(s->values, n, k);
}

static int cheapest_sparse(const transport_state *s, int row, int64_t below, int k, pulang_offer *offers,
                           int64_t *rest) {
    const pulang_cost_source *costs = &s->problem->costs;
    int64_t threshold = sparse_threshold(s, row, k);
    int found = 0;
    if (threshold < below)
        below = threshold < INT64_MAX ? threshold + 1 : threshold;
    *rest = below;
    for (int a = costs->row_begin[row]; a < costs->row_begin[row + 1]; a++) {
        int64_t value = costs->arc_cost[a] + s->price[costs->arc_post[a]];
        if (value < below && found < k)
            offers[found++] = (pulang_offer){costs->arc_post[a], costs->arc_cost[a]};
        else
            *rest = value < *rest ? value : *rest;
    }
    return found;
}

static bool any_below_sparse(const transport_state *s, int row, int64_t below) {
    const pulang_cost_source *costs = &s->problem->costs;
    for (int a = costs->row_begin[row]; a < costs->row_begin[row + 1]; a++)
        if (costs->arc_cost[a] + s->price[costs->arc_post[a]] < below)
            return true;
    return false;
}

static int cheapest_implicit(const transport_state *s, int row, int64_t below, int k, pulang_offer *offers,
                             int64_t *rest) {
    const pulang_cost_source *costs = &s->problem->costs;
    int found = costs->cheapest(costs->user, row, s->price, below, k, offers);
    int64_t most = INT64_MIN;
    for (int i = 0; i < found; i++) {
        int64_t value = offers[i].cost + s->price[offers[i].post];
        most = value > most ? value : most;
    }
    *rest = found < k ? below : most;
    return found;
}

int transport_cheapest(const transport_state *s, int row, int64_t below, int k, pulang_offer *offers,
                       int64_t *rest) {
    const pulang_cost_source *costs = &s->problem->costs;
    if (costs->cheapest)
        return cheapest_implicit(s, row, below, k, offers, rest);
    if (costs->row_begin)
        return cheapest_sparse(s, row, below, k, offers, rest);
    return cheapest_dense(s, row, below, k, offers, rest);
}

bool transport_any_below(const transport_state *s, int row, int64_t below) {
    const pulang_cost_source *costs = &s->problem->costs;
    pulang_offer one;
    if (costs->cheapest)
        return costs->cheapest(costs->user, row, s->price, below, 1, &one) > 0;
    if (costs->row_begin)
        return any_below_sparse(s, row, below);
    int64_t least[SCAN_LANES];
    transport_scan_lanes(s, row, least);
    return least_of(least, SCAN_LANES) < below;
}

void transport_row_measure(transport_state *s, int row) {
    if (!s->narrow)
        return;
    size_t n = (size_t)s->problem->n_posts;
    int64_t least, most;
    transport_range32(s->problem->costs.dense32 + (size_t)row * n, n, &least, &most);
    s->wide = least < -NARROW || most > NARROW;
    s->narrow = !s->wide;
}

void transport_price_set(transport_state *s, int node, int64_t price) {
    s->price[node] = price;
    if (s->problem->costs.reprice && node < s->problem->n_posts)
        s->problem->costs.reprice(s->problem->costs.index, s->price, node);
    if (!s->narrow)
        return;
    if (price > NARROW || price < -NARROW)
        s->narrow = false;
    else
        s->price32[node] = (int32_t)price;
}

void transport_prices_narrow(transport_state *s) {
    s->narrow = s->problem->costs.dense32 && !s->wide;
    for (int v = 0; s->narrow && v < s->problem->n_posts; v++)
        transport_price_set(s, v, s->price[v]);
}
