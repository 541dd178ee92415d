/*
 * Where somebody from a place would go: short lists, one for each place and role, shared by all
 * classes of the place; and the posts that could have more empty seats.
 */
#include "model/alloc.h"
#include "solver/spatial_auction.h"

#include <string.h>

int auction_lists_init(auction *a) {
    const pulang_spatial *p = a->problem;
    int n = 0;
    a->origin = pulang_alloc((size_t)p->size.n_places, sizeof *a->origin);
    if (!a->origin)
        return -1;
    for (int v = 0; v < p->size.n_places; v++)
        a->origin[v] = -1;
    for (int k = 0; k < p->size.n_classes; k++)
        if (a->origin[p->class_place[k]] < 0)
            a->origin[p->class_place[k]] = n++;
    a->lists = pulang_alloc((size_t)n * (size_t)p->size.n_roles, sizeof *a->lists);
    if (!a->lists)
        return -1;
    for (int i = 0; i < n * p->size.n_roles; i++)
        a->lists[i].bound = INT64_MIN / 2;
    return 0;
}

static offer_list *list_of(const auction *a, int place, int role) {
    return &a->lists[(size_t)a->origin[place] * (size_t)a->problem->size.n_roles + (size_t)role];
}

static void renew(const auction *a, int place, int role) {
    offer_list *list = list_of(a, place, role);
    pulang_offer found[LIST_OFFERS];
    list->n = pulang_spatial_index_nearest(a->index, place, role, a->slack, LIST_OFFERS, found, &list->bound);
    for (int i = 0; i < list->n; i++)
        list->offers[i] = (listed){found[i].post, (int32_t)found[i].cost};
}

void auction_lists_renew(auction *a) {
    int n_places = a->problem->size.n_places, n_roles = a->problem->size.n_roles;
    pulang_spatial_index_reprice_all(a->index, a->price);
#pragma omp parallel for num_threads(a->settings->threads) schedule(dynamic, 64)
    for (int v = 0; v < n_places; v++)
        for (int r = 0; a->origin[v] >= 0 && r < n_roles; r++)
            renew(a, v, r);
}

/* The best on a list but `except`; INT64_MAX: none. */
static int64_t best_listed(const auction *a, const offer_list *list, int except, int *post, int32_t *cost) {
    int64_t best = INT64_MAX;
    for (int i = 0; i < list->n; i++) {
        int64_t value = list->offers[i].cost * a->scale + a->price[list->offers[i].post];
        if (value < best && list->offers[i].post != except) {
            best = value;
            *post = list->offers[i].post;
            *cost = list->offers[i].cost;
        }
    }
    return best;
}

int64_t auction_best(auction *a, int class, int except, int *post, int32_t *cost) {
    const pulang_spatial *p = a->problem;
    const int64_t *fit = p->fit + p->class_occupation[class] * p->size.n_roles;
    int64_t best = INT64_MAX;
    for (int r = 0; r < p->size.n_roles; r++) {
        if (fit[r] == PULANG_FORBIDDEN)
            continue;
        int post_here = -1;
        int32_t cost_here = 0;
        const offer_list *list = list_of(a, p->class_place[class], r);
        int64_t fit_here = fit[r] * a->scale, value = best_listed(a, list, except, &post_here, &cost_here);
        /* one beyond the list could be better, than this and than the best of other roles */
        if (value - a->slack > list->bound && (best == INT64_MAX || list->bound + a->slack + fit_here < best)) {
            renew(a, p->class_place[class], r);
            a->refreshed++;
            value = best_listed(a, list, except, &post_here, &cost_here);
        }
        if (value != INT64_MAX && value + fit_here < best) {
            best = value + fit_here;
            *post = post_here;
            *cost = cost_here + (int32_t)fit[r];
        }
    }
    return best;
}

static void place_open(auction *a, int at, int post) {
    a->open[at] = post;
    a->open_at[post] = at;
}

static void sink_open(auction *a, int at) {
    int post = a->open[at];
    for (int child; (child = 2 * at + 1) < a->n_open; at = child) {
        if (child + 1 < a->n_open && a->open_price[a->open[child + 1]] < a->open_price[a->open[child]])
            child++;
        if (a->open_price[a->open[child]] >= a->open_price[post])
            break;
        place_open(a, at, a->open[child]);
    }
    place_open(a, at, post);
}

void auction_open(auction *a, int post) {
    if (a->open_at[post] >= 0 || a->vacant[post] >= a->problem->upper[post] - a->problem->lower[post])
        return;
    int at = a->n_open++;
    a->open_price[post] = a->price[post];
    for (; at > 0 && a->open_price[a->open[(at - 1) / 2]] > a->open_price[post]; at = (at - 1) / 2)
        place_open(a, at, a->open[(at - 1) / 2]);
    place_open(a, at, post);
}

static void close_first(auction *a) {
    a->open_at[a->open[0]] = -1;
    place_open(a, 0, a->open[--a->n_open]);
    if (a->n_open > 0)
        sink_open(a, 0);
    else
        a->open_at[a->open[0]] = -1;
}

int64_t auction_best_vacant(auction *a, int except, int *post) {
    bool aside = false;
    int64_t best = INT64_MAX;
    while (a->n_open > 0 && best == INT64_MAX) {
        int first = a->open[0];
        if (a->vacant[first] >= a->problem->upper[first] - a->problem->lower[first]) {
            close_first(a);
        } else if (a->open_price[first] < a->price[first]) {
            a->open_price[first] = a->price[first];
            sink_open(a, 0);
        } else if (first == except) {
            close_first(a);
            aside = true;
        } else {
            best = a->price[first];
            *post = first;
        }
    }
    if (aside)
        auction_open(a, except);
    return best;
}
