/*
 * The check of problems with computed costs: brute force over all pairs, without a tree.
 *
 * What a row can have at least is, over the roles it may hold, the least of
 *
 *     fit[occupation][role] + min over all places of curve(distance(origin, place)) + price(place, role)
 *
 * where price(place, role) is the least price of its posts. The inner minimum is the same for all rows of an
 * origin: it is taken over n_places x n_places pairs for each role, in tiles that stay in the cache, by loops
 * that are compiled for several instruction sets.
 */
#include "model/alloc.h"
#include "model/spatial.h"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("default", "avx2", "avx512f")))
#else
#define FOR_EACH_PROCESSOR
#endif

/* A tile: so many places by so many origins. */
#define TILE_PLACES 1024
#define TILE_ORIGINS 16

/* Beyond the price of any post: there is none. */
#define NO_POST ((int64_t)1 << 61)

typedef struct minima {
    const pulang_spatial *spatial;
    int64_t *price; /* [n_roles * n_places] least of the posts of a role in a place, NO_POST: there is none */
    int64_t *least; /* [n_places * n_roles] of somebody from a place; NO_POST and more: none */
    bool *origin;   /* [n_places] somebody comes from there */
} minima;

/* curve(distance from place `from`) of the places first .. first + n - 1. */
FOR_EACH_PROCESSOR
static void curve_tile(const pulang_spatial *s, int from, int first, int n, int32_t *restrict cost) {
    const int32_t *x = s->x + first, *y = s->y + first, *z = s->z + first, *curve = s->curve;
    int32_t x0 = s->x[from], y0 = s->y[from], z0 = s->z[from];
    int last = s->n_steps - 1;
    for (int i = 0; i < n; i++)
        cost[i] = pulang_spatial_step(pulang_spatial_squared(x[i] - x0, y[i] - y0, z[i] - z0), last);
    for (int i = 0; i < n; i++)
        cost[i] = curve[cost[i]];
}

FOR_EACH_PROCESSOR
static int64_t least_sum(const int32_t *cost, const int64_t *price, int n) {
    int64_t least = INT64_MAX;
    for (int i = 0; i < n; i++) {
        int64_t sum = cost[i] + price[i];
        least = sum < least ? sum : least;
    }
    return least;
}

static void look_at_tile(const minima *m, int from, int first, int n) {
    int32_t cost[TILE_PLACES];
    int n_roles = m->spatial->size.n_roles;
    int64_t *least = m->least + (size_t)from * (size_t)n_roles;
    curve_tile(m->spatial, from, first, n, cost);
    for (int r = 0; r < n_roles; r++) {
        int64_t sum = least_sum(cost, m->price + (size_t)r * (size_t)m->spatial->size.n_places + first, n);
        least[r] = sum < least[r] ? sum : least[r];
    }
}

static void look_at_all(const minima *m, int threads) {
    int n_places = m->spatial->size.n_places;
#pragma omp parallel for num_threads(threads) schedule(dynamic)
    for (int begin = 0; begin < n_places; begin += TILE_ORIGINS) {
        int end = begin + TILE_ORIGINS < n_places ? begin + TILE_ORIGINS : n_places;
        for (int first = 0; first < n_places; first += TILE_PLACES)
            for (int from = begin; from < end; from++)
                if (m->origin[from])
                    look_at_tile(m, from, first,
                                 n_places - first < TILE_PLACES ? n_places - first : TILE_PLACES);
    }
}

/* Prices by role and place; everything else at its start. */
static void prepare(const minima *m, const int64_t *price) {
    const pulang_spatial *s = m->spatial;
    size_t places = (size_t)s->size.n_places, roles = (size_t)s->size.n_roles;
    for (size_t i = 0; i < places * roles; i++)
        m->price[i] = m->least[i] = NO_POST;
    for (int j = 0; j < s->size.n_posts; j++) {
        int64_t *at = &m->price[(size_t)s->post_role[j] * places + (size_t)s->post_place[j]];
        *at = price[j] < *at ? price[j] : *at;
    }
    for (int c = 0; c < s->size.n_classes; c++)
        m->origin[s->class_place[c]] |= s->supply[c] > 0;
}

static int64_t least_of_class(const minima *m, int class) {
    const pulang_spatial *s = m->spatial;
    int n_roles = s->size.n_roles;
    const int64_t *fit = s->fit + s->class_occupation[class] * n_roles;
    const int64_t *least = m->least + (size_t)s->class_place[class] * (size_t)n_roles;
    int64_t best = INT64_MAX;
    for (int r = 0; r < n_roles; r++)
        if (fit[r] != PULANG_FORBIDDEN && least[r] < NO_POST && fit[r] + least[r] < best)
            best = fit[r] + least[r];
    return best;
}

static bool row_minima(const void *user, const int64_t *price, int threads, int64_t *least) {
    minima m = {.spatial = user};
    size_t places = (size_t)m.spatial->size.n_places, roles = (size_t)m.spatial->size.n_roles;
    m.price = pulang_alloc(places * roles, sizeof *m.price);
    m.least = pulang_alloc(places * roles, sizeof *m.least);
    m.origin = pulang_alloc(places, sizeof *m.origin);
    bool all = m.price && m.least && m.origin;
    if (all) {
        prepare(&m, price);
        look_at_all(&m, threads);
        for (int c = 0; c < m.spatial->size.n_classes; c++)
            least[c] = least_of_class(&m, c);
    }
    pulang_free(m.price);
    pulang_free(m.least);
    pulang_free(m.origin);
    return all;
}

/* Whether sums over all persons and seats at these prices stay within 64 bits. */
static bool modest(const pulang_transport *p, const int64_t *price) {
    int64_t largest = PULANG_SPATIAL_COST, heads = 1;
    for (int v = 0; v <= p->n_nodes; v++) {
        int64_t size = price[v] == INT64_MIN ? INT64_MAX : price[v] < 0 ? -price[v] : price[v];
        largest = size > largest ? size : largest;
    }
    for (int r = 0; r < p->n_rows; r++)
        heads += p->supply[r];
    for (int v = 0; v < p->n_nodes; v++)
        heads += p->upper[v];
    return largest <= INT64_MAX / 8 / heads; /* a cost and two prices in a term */
}

bool pulang_spatial_check(const pulang_spatial *spatial, const pulang_transport_plan *plan, int threads,
                          const char **message) {
    pulang_transport problem;
    pulang_spatial_transport(spatial, &problem);
    problem.costs.row_minima = row_minima;
    if (!modest(&problem, plan->price)) {
        *message = "the prices are too large for exact 64-bit arithmetic";
        return false;
    }
    return pulang_transport_check(&problem, plan, threads, message);
}
