/*
 * Whole prices that prove a plan: found by raising prices, from those of the auction rounded down,
 * wherever somebody would rather be elsewhere. For an optimal plan this ends (there is no cycle that saves
 * anything); the longest way to any post is how far its price rises.
 */
#include "model/alloc.h"
#include "solver/spatial_auction.h"

#define FOUND 32

typedef struct proof {
    const auction *a;
    pulang_spatial_index *index; /* in units of cost */
    int64_t *price;              /* [n_posts + 1] */
    int64_t root; /* what an empty seat costs: no post with one is dearer, none that could have one
                     more is cheaper */
    int *queue, first, n;
    bool *queued;
} proof;

static int64_t floor_of(int64_t value, int64_t scale) {
    return value / scale - (value % scale < 0);
}

static void set_price(proof *p, int post, int64_t price) {
    int n_posts = p->a->problem->size.n_posts, last = p->first + p->n;
    p->price[post] = price;
    pulang_spatial_index_reprice(p->index, post, price);
    if (p->queued[post])
        return;
    p->queued[post] = true;
    p->queue[last < n_posts ? last : last - n_posts] = post;
    p->n++;
}

static void raise_root(proof *p, int64_t price) {
    if (price <= p->root)
        return;
    p->root = price;
    for (int j = 0; j < p->a->problem->size.n_posts; j++)
        if (p->price[j] < price && auction_vacant_room(p->a, j) > 0)
            set_price(p, j, price);
}

/* Raises all posts where somebody of the post would rather be. */
static void look_at(proof *p, int post) {
    pulang_offer found[FOUND];
    const stays *held = &p->a->held[post];
    for (int i = 0; i < held->n; i++) {
        const stay *here = &held->items[i];
        if (here->class == VACANT) {
            raise_root(p, p->price[post]);
            continue;
        }
        int n = FOUND;
        while (n == FOUND) {
            int64_t value = here->cost + p->price[post];
            n = pulang_spatial_index_cheapest(p->index, here->class, value, FOUND, found);
            for (int k = 0; k < n; k++)
                set_price(p, found[k].post, value - found[k].cost);
        }
    }
}

static bool content(const proof *p, int post) {
    const stays *held = &p->a->held[post];
    for (int i = 0; i < held->n; i++) {
        const stay *here = &held->items[i];
        if (here->class != VACANT &&
            pulang_spatial_index_any_below(p->index, here->class, here->cost + p->price[post]))
            return false;
    }
    return true;
}

/* Puts the posts into the queue from where somebody would rather be elsewhere. */
static void begin(proof *p) {
    int n_posts = p->a->problem->size.n_posts;
    bool vacant = false;
#pragma omp parallel for num_threads(p->a->settings->threads) schedule(dynamic, 64) if (n_posts > SMALL)
    for (int j = 0; j < n_posts; j++)
        p->queued[j] = !content(p, j);
    for (int j = 0; j < n_posts; j++) {
        if (p->queued[j])
            p->queue[p->n++] = j;
        if (p->a->vacant[j] > 0 && (!vacant || p->price[j] > p->root)) {
            vacant = true;
            p->root = p->price[j];
        }
    }
    if (vacant) {
        p->root--;
        raise_root(p, p->root + 1);
    }
}

/* Without empty seats the root is as dear as the cheapest post that could have one. */
static void finish(proof *p) {
    const auction *a = p->a;
    int n_posts = a->problem->size.n_posts;
    bool vacant = false;
    int64_t least = INT64_MAX;
    for (int j = 0; j < n_posts; j++) {
        vacant = vacant || a->vacant[j] > 0;
        if (auction_vacant_room(a, j) > 0 && p->price[j] < least)
            least = p->price[j];
    }
    int64_t root = vacant ? p->root : least == INT64_MAX ? 0 : least;
    for (int j = 0; j < n_posts; j++)
        p->price[j] -= root;
    p->price[n_posts] = 0;
}

bool auction_prove(auction *a, int64_t patience, int64_t *price) {
    int n_posts = a->problem->size.n_posts;
    proof p = {.a = a, .price = price, .index = pulang_spatial_index_new(a->problem, 1)};
    p.queue = pulang_alloc((size_t)n_posts, sizeof *p.queue);
    p.queued = pulang_alloc((size_t)n_posts, sizeof *p.queued);
    bool proven = false;
    if (p.index && p.queue && p.queued) {
        for (int j = 0; j < n_posts; j++)
            price[j] = floor_of(a->price[j], a->scale);
        pulang_spatial_index_reprice_all(p.index, price);
        begin(&p);
        while (p.n > 0 && patience-- > 0) {
            int post = p.queue[p.first];
            p.first = p.first + 1 < n_posts ? p.first + 1 : 0;
            p.n--;
            p.queued[post] = false;
            look_at(&p, post);
        }
        proven = p.n == 0;
        if (proven)
            finish(&p);
    } else {
        a->out_of_memory = true;
    }
    pulang_spatial_index_free(p.index);
    pulang_free(p.queue);
    pulang_free(p.queued);
    return proven;
}
