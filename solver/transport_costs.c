/*
 * The cheapest posts of a row under the prices of the moment, for each form of costs.
 *
 * A dense row is read once, in blocks: the k-th least of the blocks' least values is a threshold
 * that at least k posts meet, and only blocks with such a post are read again. These loops are all that
 * touches the whole matrix, so they are compiled for several instruction sets and the best is chosen
 * at run time.
 */
#include "solver/transport_state.h"

#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("default", "avx2", "avx512f")))
#else
#define FOR_EACH_PROCESSOR
#endif

#define BLOCKS 64

/* Costs and prices up to this can be added in 32 bits. */
#define NARROW ((int64_t)1 << 29)

FOR_EACH_PROCESSOR
static int32_t least32(const int32_t *cost, const int32_t *price, int n) {
    int32_t least = INT32_MAX;
    for (int i = 0; i < n; i++) {
        int32_t value = cost[i] + price[i];
        least = value < least ? value : least;
    }
    return least;
}

FOR_EACH_PROCESSOR
static int64_t least32_64(const int32_t *cost, const int64_t *price, int n) {
    int64_t least = INT64_MAX;
    for (int i = 0; i < n; i++) {
        int64_t value = cost[i] + price[i];
        least = value < least ? value : least;
    }
    return least;
}

/* Widens least .. most by n costs. */
FOR_EACH_PROCESSOR
static void widen32(const int32_t *cost, size_t n, int32_t *least, int32_t *most) {
    int32_t low = *least, high = *most;
    for (size_t i = 0; i < n; i++) {
        low = cost[i] < low ? cost[i] : low;
        high = cost[i] > high ? cost[i] : high;
    }
    *least = low;
    *most = high;
}

void transport_range32(const int32_t *cost, size_t n, int64_t *least, int64_t *most) {
    int32_t low = INT32_MAX, high = INT32_MIN;
    widen32(cost, n, &low, &high);
    *least = low, *most = high;
}

static int64_t least64(const int64_t *cost, const int64_t *price, int n) {
    int64_t least = INT64_MAX;
    for (int i = 0; i < n; i++) {
        int64_t value = cost[i] == PULANG_FORBIDDEN ? INT64_MAX : cost[i] + price[i];
        least = value < least ? value : least;
    }
    return least;
}

/* Least value of posts first .. first + n - 1 of a dense row. */
static int64_t least_of(const transport_state *s, int row, int first, int n) {
    const pulang_cost_source *costs = &s->problem->costs;
    size_t at = (size_t)row * (size_t)s->problem->n_posts + (size_t)first;
    if (!costs->dense32)
        return least64(costs->dense64 + at, s->price + first, n);
    return s->narrow ? least32(costs->dense32 + at, s->price32 + first, n)
                     : least32_64(costs->dense32 + at, s->price + first, n);
}

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

/* Offers of a block with a value below `below`, up to k. */
static int collect(const transport_state *s, int row, int first, int n, int64_t below, int k,
                   pulang_offer *offers) {
    int found = 0;
    for (int j = first; j < first + n && found < k; j++) {
        int64_t cost = dense_cost(s, row, j);
        if (cost != PULANG_FORBIDDEN && cost + s->price[j] < below)
            offers[found++] = (pulang_offer){j, cost};
    }
    return found;
}

static int cheapest_dense(const transport_state *s, int row, int64_t below, int k, pulang_offer *offers) {
    int n_posts = s->problem->n_posts, size = (n_posts + BLOCKS - 1) / BLOCKS;
    size = (size + 15) / 16 * 16;
    int n_blocks = (n_posts + size - 1) / size, found = 0;
    int64_t least[BLOCKS], sorted[BLOCKS];
    for (int b = 0; b < n_blocks; b++)
        least[b] = least_of(s, row, b * size, b + 1 == n_blocks ? n_posts - b * size : size);
    memcpy(sorted, least, (size_t)n_blocks * sizeof *sorted);
    int wanted = k / 2 < n_blocks ? k / 2 : n_blocks; /* blocks hold about two such posts each */
    int64_t threshold = kth_least(sorted, n_blocks, wanted > 0 ? wanted : 1);
    if (threshold < below)
        below = threshold < INT64_MAX ? threshold + 1 : threshold;
    int start = row % n_blocks; /* rows with many ties do not all list the same posts */
    for (int i = 0; i < n_blocks && found < k; i++) {
        int b = start + i < n_blocks ? start + i : start + i - n_blocks;
        if (least[b] < below)
            found += collect(s, row, b * size, b + 1 == n_blocks ? n_posts - b * size : size, below,
                             k - found, offers + found);
    }
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

static int cheapest_sparse(const transport_state *s, int row, int64_t below, int k, pulang_offer *offers) {
    const pulang_cost_source *costs = &s->problem->costs;
    int64_t threshold = sparse_threshold(s, row, k);
    int found = 0;
    if (threshold < below)
        below = threshold < INT64_MAX ? threshold + 1 : threshold;
    for (int a = costs->row_begin[row]; a < costs->row_begin[row + 1] && found < k; a++)
        if (costs->arc_cost[a] + s->price[costs->arc_post[a]] < below)
            offers[found++] = (pulang_offer){costs->arc_post[a], costs->arc_cost[a]};
    return found;
}

static bool any_below_sparse(const transport_state *s, int row, int64_t below) {
    const pulang_cost_source *costs = &s->problem->costs;
    for (int a = costs->row_begin[row]; a < costs->row_begin[row + 1]; a++)
        if (costs->arc_cost[a] + s->price[costs->arc_post[a]] < below)
            return true;
    return false;
}

int transport_cheapest(const transport_state *s, int row, int64_t below, int k, pulang_offer *offers) {
    const pulang_cost_source *costs = &s->problem->costs;
    if (costs->cheapest)
        return costs->cheapest(costs->user, row, s->price, below, k, offers);
    if (costs->row_begin)
        return cheapest_sparse(s, row, below, k, offers);
    return cheapest_dense(s, row, below, k, offers);
}

bool transport_any_below(const transport_state *s, int row, int64_t below) {
    const pulang_cost_source *costs = &s->problem->costs;
    pulang_offer one;
    if (costs->cheapest)
        return costs->cheapest(costs->user, row, s->price, below, 1, &one) > 0;
    if (costs->row_begin)
        return any_below_sparse(s, row, below);
    return least_of(s, row, 0, s->problem->n_posts) < below;
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
    s->narrow = s->problem->costs.dense32 && s->largest_cost <= NARROW;
    for (int v = 0; s->narrow && v < s->problem->n_posts; v++)
        transport_price_set(s, v, s->price[v]);
}
