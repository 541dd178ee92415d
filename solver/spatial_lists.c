/*
 * Where somebody from a place would go: short lists, one for each place and role, shared by all
 * classes of the place; and the posts that could have more empty seats.
 */
#include "model/alloc.h"
#include "solver/spatial_auction.h"

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
#pragma omp parallel for num_threads(a->settings->threads) schedule(dynamic, 64) if (n_places > SMALL)
    for (int v = 0; v < n_places; v++)
        for (int r = 0; a->origin[v] >= 0 && r < n_roles; r++)
            renew(a, v, r);
}

/* The least value on some lists, and the post to go to for it: one with room before others, within epsilon.
 */
typedef struct choice {
    int64_t least;
    int64_t value; /* of the post to go to */
    int post;
    int32_t cost;
    bool room;
} choice;

static bool has_room(const auction *a, int post) {
    return a->filled[post] < a->problem->upper[post];
}

static void look_at_list(const auction *a, const offer_list *list, int except, int64_t fit, choice *best) {
    for (int i = 0; i < list->n; i++) {
        int post = list->offers[i].post;
        int64_t cost = list->offers[i].cost + fit, value = cost * a->scale + a->price[post];
        if (value - a->epsilon > best->least || post == except)
            continue;
        bool room = has_room(a, post), dear = best->value - a->epsilon > value;
        best->least = value < best->least ? value : best->least;
        if (dear || (room && !best->room) || (room == best->room && value < best->value))
            *best = (choice){best->least, value, post, (int32_t)cost, room};
    }
}

int64_t auction_best(auction *a, int class, int except, int *post, int32_t *cost) {
    const pulang_spatial *p = a->problem;
    const int64_t *fit = p->fit + p->class_occupation[class] * p->size.n_roles;
    choice best = {.least = INT64_MAX, .value = INT64_MAX};
    for (int r = 0; r < p->size.n_roles; r++) {
        if (fit[r] == PULANG_FORBIDDEN)
            continue;
        const offer_list *list = list_of(a, p->class_place[class], r);
        choice with = best;
        look_at_list(a, list, except, fit[r], &with);
        if (with.least > list->bound + fit[r] * a->scale + a->slack) { /* one beyond the list may be better */
            renew(a, p->class_place[class], r);
            a->renewed++;
            with = best;
            look_at_list(a, list, except, fit[r], &with);
        }
        best = with;
    }
    *post = best.post;
    *cost = best.cost;
    return best.least;
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
    if (a->open_at[post] >= 0 || auction_vacant_room(a, post) <= 0)
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
        if (auction_vacant_room(a, first) <= 0) {
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
