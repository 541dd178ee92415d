/*
 * These loops are all that touches a whole dense matrix, so they are compiled for several instruction sets
 * and the best is chosen at run time. They have no branches that depend on single costs, and add up in 32
 * bits where the costs and prices allow it.
 */
#include "solver/transport_scan.h"

#include "solver/processors.h"

#define SUM(cost, price) ((cost) + (price))
#define SUM_IF_ALLOWED(cost, price) ((cost) == PULANG_FORBIDDEN ? INT64_MAX : (cost) + (price))

/* Lowers least[l] to the least value of the posts l, l + SCAN_LANES, ... of n. */
#define DEFINE_LANES(name, cost_type, value_type, VALUE)                                                     \
    FOR_EACH_PROCESSOR                                                                                       \
    static void name(const cost_type *restrict cost, const value_type *restrict price, int n,                \
                     value_type *restrict least) {                                                           \
        int i = 0;                                                                                           \
        for (; i + SCAN_LANES <= n; i += SCAN_LANES)                                                         \
            for (int l = 0; l < SCAN_LANES; l++) {                                                           \
                value_type value = VALUE(cost[i + l], price[i + l]);                                         \
                least[l] = value < least[l] ? value : least[l];                                              \
            }                                                                                                \
        for (int l = 0; i + l < n; l++) {                                                                    \
            value_type value = VALUE(cost[i + l], price[i + l]);                                             \
            least[l] = value < least[l] ? value : least[l];                                                  \
        }                                                                                                    \
    }

/* The least of SCAN_LANES values tells whether they are worth a second look. */
#define DEFINE_BELOW(name, cost_type, value_type, VALUE)                                                     \
    FOR_EACH_PROCESSOR                                                                                       \
    static int name(const cost_type *restrict cost, const value_type *restrict price, int first, int last,   \
                    value_type below, int k, int *restrict at) {                                             \
        int found = 0;                                                                                       \
        for (int i = first; i < last && found < k; i += SCAN_LANES) {                                        \
            int n = last - i < SCAN_LANES ? last - i : SCAN_LANES;                                           \
            value_type least = n < SCAN_LANES ? below - 1 : below;                                           \
            for (int l = 0; n == SCAN_LANES && l < SCAN_LANES; l++) {                                        \
                value_type value = VALUE(cost[i + l], price[i + l]);                                         \
                least = value < least ? value : least;                                                       \
            }                                                                                                \
            for (int l = 0; least < below && l < n; l++) {                                                   \
                at[found] = i + l;                                                                           \
                found += VALUE(cost[i + l], price[i + l]) < below;                                           \
            }                                                                                                \
        }                                                                                                    \
        return found;                                                                                        \
    }

DEFINE_LANES(lanes_narrow, int32_t, int32_t, SUM)
DEFINE_LANES(lanes32, int32_t, int64_t, SUM)
DEFINE_LANES(lanes64, int64_t, int64_t, SUM_IF_ALLOWED)
DEFINE_BELOW(below_narrow, int32_t, int32_t, SUM)
DEFINE_BELOW(below32, int32_t, int64_t, SUM)
DEFINE_BELOW(below64, int64_t, int64_t, SUM_IF_ALLOWED)

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

FOR_EACH_PROCESSOR
static int count_up_to(const int64_t *values, int64_t most) {
    int64_t n = 0;
    for (int l = 0; l < SCAN_LANES; l++)
        n += values[l] <= most;
    return (int)n;
}

int64_t transport_scan_threshold(const int64_t least[SCAN_LANES], int k) {
    int64_t low = INT64_MAX, high = INT64_MIN;
    for (int l = 0; l < SCAN_LANES; l++) {
        low = least[l] < low ? least[l] : low;
        high = least[l] > high ? least[l] : high;
    }
    while (low < high) {
        int64_t middle = (low & high) + ((low ^ high) >> 1); /* rounded down, without overflow */
        int n = count_up_to(least, middle);
        if (n < k)
            low = middle + 1;
        else
            high = middle;
        if (n >= k && n <= k + k / 2)
            break;
    }
    return high;
}

void transport_scan_lanes(const transport_state *s, int row, int64_t least[SCAN_LANES]) {
    const pulang_cost_source *costs = &s->problem->costs;
    int n = s->problem->n_posts;
    size_t begin = (size_t)row * (size_t)n;
    int32_t narrow[SCAN_LANES];
    for (int l = 0; l < SCAN_LANES; l++) {
        narrow[l] = INT32_MAX;
        least[l] = INT64_MAX;
    }
    if (!costs->dense32)
        lanes64(costs->dense64 + begin, s->price, n, least);
    else if (!s->narrow)
        lanes32(costs->dense32 + begin, s->price, n, least);
    else
        lanes_narrow(costs->dense32 + begin, s->price32, n, narrow);
    for (int l = 0; s->narrow && l < SCAN_LANES && l < n; l++)
        least[l] = narrow[l];
}

int transport_scan_below(const transport_state *s, int row, int first, int last, int64_t below, int k,
                         int *at) {
    const pulang_cost_source *costs = &s->problem->costs;
    size_t begin = (size_t)row * (size_t)s->problem->n_posts;
    if (!costs->dense32)
        return below64(costs->dense64 + begin, s->price, first, last, below, k, at);
    if (!s->narrow)
        return below32(costs->dense32 + begin, s->price, first, last, below, k, at);
    if (below <= INT32_MIN)
        return 0;
    int32_t narrow = below < INT32_MAX ? (int32_t)below : INT32_MAX; /* no sum is as large */
    return below_narrow(costs->dense32 + begin, s->price32, first, last, narrow, k, at);
}
