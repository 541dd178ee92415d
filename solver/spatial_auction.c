/*
 * The auction from coarse to fine: prices found for cells of places are where the auction of the places
 * starts (Schmitzer 2016, "A sparse multiscale algorithm for dense optimal transport"), and epsilon falls
 * from phase to phase until whole prices prove the plan (Bertsekas and Castanon 1989).
 */
#include "solver/spatial_auction.h"

#include "model/alloc.h"

#include <string.h>

/* So many places are merged into one for the problem whose prices come first, while there are more than
   COARSEST. */
#define CELL 8
#define COARSEST 200

/* Epsilon: a part of the range of costs at first, with and without prices from a coarser problem, and where a
   coarser problem ends; it falls by FALL from phase to phase. */
#define FIRST_PART 4
#define NEXT_PART 32
#define LAST_PART 100
#define FALL 4

/* A proof is tried from this part of a unit of cost on, with some patience; each post is looked at so often.
 */
#define PROVABLE_PART 20
#define PATIENCE 1

int64_t spatial_range(const pulang_spatial *p) {
    int64_t least = INT64_MAX, most = INT64_MIN;
    for (int i = 0; i < p->size.n_occupations * p->size.n_roles; i++)
        if (p->fit[i] != PULANG_FORBIDDEN) {
            least = p->fit[i] < least ? p->fit[i] : least;
            most = p->fit[i] > most ? p->fit[i] : most;
        }
    return least > most ? 0 : most - least + p->curve[p->n_steps - 1] - p->curve[0];
}

int64_t spatial_scale(const pulang_spatial *p) {
    return AUCTION_TOLERANCE * ((int64_t)p->size.n_posts + 2);
}

static int init(auction *a, const pulang_spatial *p, const pulang_transport_settings *settings) {
    size_t posts = (size_t)p->size.n_posts, classes = (size_t)p->size.n_classes;
    *a = (auction){.problem = p, .settings = settings, .scale = spatial_scale(p)};
    a->index = pulang_spatial_index_new(p, a->scale);
    a->price = pulang_alloc(posts, sizeof *a->price);
    a->held = pulang_alloc(posts, sizeof *a->held);
    a->filled = pulang_alloc(posts, sizeof *a->filled);
    a->vacant = pulang_alloc(posts, sizeof *a->vacant);
    a->queue = pulang_alloc(posts, sizeof *a->queue);
    a->queued = pulang_alloc(posts, sizeof *a->queued);
    a->open = pulang_alloc(posts, sizeof *a->open);
    a->open_at = pulang_alloc(posts, sizeof *a->open_at);
    a->open_price = pulang_alloc(posts, sizeof *a->open_price);
    a->left = pulang_alloc(classes, sizeof *a->left);
    if (!a->index || !a->price || !a->held || !a->filled || !a->vacant || !a->queue || !a->queued ||
        !a->open || !a->open_at || !a->open_price || !a->left || auction_lists_init(a))
        return -1;
    for (size_t j = 0; j < posts; j++) {
        a->open_at[j] = -1;
        a->vacant_left += p->upper[j];
    }
    for (size_t k = 0; k < classes; k++) {
        a->left[k] = p->supply[k];
        a->vacant_left -= p->supply[k];
    }
    return 0;
}

static void destroy(auction *a) {
    for (int j = 0; a->held && j < a->problem->size.n_posts; j++)
        pulang_free(a->held[j].items);
    void *parts[] = {a->price, a->held,    a->filled,     a->vacant, a->queue,  a->queued,
                     a->open,  a->open_at, a->open_price, a->left,   a->origin, a->lists};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        pulang_free(parts[i]);
    pulang_spatial_index_free(a->index);
}

/* price: [n_posts] in units of cost. */
static int begin(auction *a, const pulang_spatial *p, const pulang_transport_settings *settings,
                 const int64_t *price) {
    if (init(a, p, settings))
        return -1;
    for (int j = 0; j < p->size.n_posts; j++)
        a->price[j] = price[j] * a->scale;
    for (int j = 0; j < p->size.n_posts; j++)
        auction_open(a, j);
    return 0;
}

static int find_start(const pulang_spatial *p, const pulang_transport_settings *settings, int64_t *price);

static int64_t first_epsilon(const auction *a) {
    int part = a->problem->size.n_places > COARSEST ? NEXT_PART : FIRST_PART;
    return spatial_range(a->problem) * a->scale / part + 1;
}

static int64_t next_epsilon(int64_t epsilon) {
    return epsilon > FALL ? epsilon / FALL : 1;
}

/* Gives the posts of the places the prices of their cells. */
static int spread_prices(const auction *coarse, const int *cell, const pulang_spatial *p, int64_t *price) {
    const pulang_spatial *merged = coarse->problem;
    size_t n_roles = (size_t)merged->size.n_roles;
    int64_t *of_cell = pulang_alloc((size_t)merged->size.n_places * n_roles, sizeof *of_cell);
    if (!of_cell)
        return -1;
    for (int j = 0; j < merged->size.n_posts; j++)
        of_cell[(size_t)merged->post_place[j] * n_roles + (size_t)merged->post_role[j]] =
            coarse->price[j] / coarse->scale;
    for (int j = 0; j < p->size.n_posts; j++)
        price[j] = of_cell[(size_t)cell[p->post_place[j]] * n_roles + (size_t)p->post_role[j]];
    pulang_free(of_cell);
    return 0;
}

/* Prices of the posts from a problem with fewer places. */
static int solve_coarse(const pulang_spatial *merged, const int *cell, const pulang_spatial *p,
                        const pulang_transport_settings *settings, int64_t *price) {
    auction a = {.problem = merged};
    int64_t *start = pulang_alloc((size_t)merged->size.n_posts, sizeof *start);
    bool failed = !start || find_start(merged, settings, start) || begin(&a, merged, settings, start);
    if (!failed) {
        int64_t last = spatial_range(merged) * a.scale / LAST_PART;
        int64_t epsilon = first_epsilon(&a);
        while (auction_phase(&a, epsilon) && epsilon > last && epsilon > 1)
            epsilon = next_epsilon(epsilon);
        failed = a.out_of_memory || spread_prices(&a, cell, p, price);
    }
    destroy(&a);
    pulang_free(start);
    return failed ? -1 : 0;
}

/* Prices to start from, in units of cost; 0 for a problem that is coarse enough. */
static int find_start(const pulang_spatial *p, const pulang_transport_settings *settings, int64_t *price) {
    if (p->size.n_places <= COARSEST)
        return 0;
    int *cell = pulang_alloc((size_t)p->size.n_places, sizeof *cell);
    pulang_spatial *merged = cell ? spatial_merge(p, CELL, cell) : NULL;
    int failed = merged ? solve_coarse(merged, cell, p, settings, price) : -1;
    pulang_spatial_free(merged);
    pulang_free(cell);
    return failed;
}

static size_t count_stays(const auction *a) {
    size_t n = 0;
    for (int j = 0; j < a->problem->size.n_posts; j++)
        n += (size_t)a->held[j].n;
    return n;
}

/* The stays of the posts, ascending, in the order of the classes: at[k] is where those of class k begin. */
static void list_placements(const auction *a, int *at, pulang_transport_plan *plan) {
    const pulang_spatial *p = a->problem;
    for (int j = 0; j < p->size.n_posts; j++)
        for (int i = 0; i < a->held[j].n; i++)
            if (a->held[j].items[i].class != VACANT)
                at[a->held[j].items[i].class + 1]++;
    for (int k = 0; k < p->size.n_classes; k++)
        at[k + 1] += at[k];
    plan->n_placements = at[p->size.n_classes];
    for (int j = 0; j < p->size.n_posts; j++)
        for (int i = 0; i < a->held[j].n; i++) {
            const stay *here = &a->held[j].items[i];
            if (here->class == VACANT)
                continue;
            int to = at[here->class]++;
            plan->row[to] = here->class;
            plan->post[to] = j;
            plan->count[to] = here->count;
            plan->objective += (int64_t)here->cost * here->count;
        }
}

/* Joins placements of a class in the same post. */
static void join_placements(pulang_transport_plan *plan) {
    int n = 0;
    for (int i = 0; i < plan->n_placements; i++)
        if (n > 0 && plan->row[n - 1] == plan->row[i] && plan->post[n - 1] == plan->post[i]) {
            plan->count[n - 1] += plan->count[i];
        } else {
            plan->row[n] = plan->row[i];
            plan->post[n] = plan->post[i];
            plan->count[n++] = plan->count[i];
        }
    plan->n_placements = n;
}

static pulang_transport_plan *new_plan(const auction *a) {
    size_t n = count_stays(a), posts = (size_t)a->problem->size.n_posts;
    pulang_transport_plan *plan = pulang_alloc(1, sizeof *plan);
    if (!plan)
        return NULL;
    plan->row = pulang_alloc(n, sizeof *plan->row);
    plan->post = pulang_alloc(n, sizeof *plan->post);
    plan->count = pulang_alloc(n, sizeof *plan->count);
    plan->price = pulang_alloc(posts + 1, sizeof *plan->price);
    plan->cut = pulang_alloc(posts + 1, sizeof *plan->cut);
    if (!plan->row || !plan->post || !plan->count || !plan->price || !plan->cut) {
        pulang_transport_plan_free(plan);
        return NULL;
    }
    return plan;
}

static pulang_transport_plan *make_plan(const auction *a, const int64_t *price, bool proven) {
    pulang_transport_plan *plan = new_plan(a);
    int *at = pulang_alloc((size_t)a->problem->size.n_classes + 2, sizeof *at);
    if (!plan || !at) {
        pulang_transport_plan_free(plan);
        pulang_free(at);
        return NULL;
    }
    plan->feasible = proven;
    plan->stopped = !proven;
    list_placements(a, at, plan);
    join_placements(plan);
    memcpy(plan->price, price, ((size_t)a->problem->size.n_posts + 1) * sizeof *price);
    plan->searches = a->pushes;
    plan->scanned = a->renewed;
    pulang_free(at);
    return plan;
}

/* Phases until the plan is proven; false: stopped, or out of memory. */
static bool solve_fine(auction *a, int64_t *price) {
    for (int64_t epsilon = first_epsilon(a);; epsilon = next_epsilon(epsilon)) {
        if (!auction_phase(a, epsilon))
            return false;
        int64_t patience = epsilon == 1 ? INT64_MAX : PATIENCE * (int64_t)a->problem->size.n_posts;
        if ((epsilon == 1 || epsilon <= a->scale / PROVABLE_PART) && auction_prove(a, patience, price))
            return true;
        if (a->out_of_memory)
            return false;
    }
}

int spatial_auction(const pulang_spatial *p, const pulang_transport_settings *settings,
                    pulang_transport_plan **plan) {
    auction a = {.problem = p};
    int64_t *price = pulang_alloc((size_t)p->size.n_posts + 1, sizeof *price);
    pulang_transport_plan *made = NULL;
    if (price && find_start(p, settings, price) == 0 && begin(&a, p, settings, price) == 0) {
        bool proven = solve_fine(&a, price);
        made = a.out_of_memory ? NULL : make_plan(&a, price, proven);
    }
    destroy(&a);
    pulang_free(price);
    if (!made)
        return -1;
    *plan = made;
    return 0;
}
