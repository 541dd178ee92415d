/*
 * A phase of the auction. People go to their best post; a post with too many lets those go who
 * lose least by it, and raises its price to what makes them go (the bid of those who stay, and epsilon),
 * until everybody is somewhere. The prices of the posts only rise within the whole auction.
 *
 * Bertsekas and Castanon 1989, "The auction algorithm for the transportation problem", with
 * the posts as sellers of like seats, in the form of pushes (Goldberg and Kennedy 1995: double-push).
 */
#include "model/alloc.h"
#include "solver/spatial_auction.h"

#define NO_LEAD (INT64_MIN / 2)
#define PUSHES_BETWEEN_STOPS 65536

static void sink(stays *held, int at) {
    stay moved = held->items[at];
    for (int child; (child = 2 * at + 1) < held->n; at = child) {
        if (child + 1 < held->n && held->items[child + 1].lead < held->items[child].lead)
            child++;
        if (held->items[child].lead >= moved.lead)
            break;
        held->items[at] = held->items[child];
    }
    held->items[at] = moved;
}

static void raise(stays *held, stay new) {
    int at = held->n++;
    for (; at > 0 && held->items[(at - 1) / 2].lead > new.lead; at = (at - 1) / 2)
        held->items[at] = held->items[(at - 1) / 2];
    held->items[at] = new;
}

static void arrive(auction *a, int post, stay new) {
    stays *held = &a->held[post];
    void *items = held->items;
    size_t room = (size_t)held->room;
    if (pulang_grow(&items, &room, (size_t)held->n + 1, sizeof *held->items)) {
        a->out_of_memory = true;
        return;
    }
    held->items = items;
    held->room = (int)room;
    new.lead = NO_LEAD;
    raise(held, new);
    a->filled[post] += new.count;
    if (new.class == VACANT)
        a->vacant[post] += new.count;
    if (a->filled[post] > a->problem->upper[post] && !a->queued[post]) {
        int last = a->queue_first + a->queue_n++;
        a->queue[last < a->problem->size.n_posts ? last : last - a->problem->size.n_posts] = post;
        a->queued[post] = true;
    }
}

/* The price from which they would rather leave, and for where; INT64_MAX: never. */
static int64_t lead_of(auction *a, int post, const stay *here, stay *there, int *to) {
    *there = *here;
    if (here->class == VACANT)
        return auction_best_vacant(a, post, to);
    int64_t value = auction_best(a, here->class, post, to, &there->cost);
    return value == INT64_MAX ? value : value - here->cost * a->scale;
}

static void set_price(auction *a, int post, int64_t price) {
    if (price <= a->price[post])
        return;
    a->price[post] = price;
    pulang_spatial_index_reprice(a->index, post, price);
}

/* Takes some of the first of a post away. */
static void take(auction *a, int post, int count) {
    stays *held = &a->held[post];
    held->items[0].count -= count;
    a->filled[post] -= count;
    if (held->items[0].class == VACANT) {
        a->vacant[post] -= count;
        auction_open(a, post);
    }
    if (held->items[0].count == 0) {
        held->items[0] = held->items[--held->n];
        if (held->n > 0)
            sink(held, 0);
    }
}

/* Lets those go that are too many. */
static void relieve(auction *a, int post) {
    stays *held = &a->held[post];
    int64_t upper = a->problem->upper[post];
    while (a->filled[post] > upper && !a->out_of_memory) {
        stay there;
        int to = -1;
        int64_t lead = lead_of(a, post, &held->items[0], &there, &to);
        if (lead > held->items[0].lead) {
            held->items[0].lead = lead;
            sink(held, 0);
            if (held->items[0].lead != lead || held->items[0].class != there.class)
                continue;
        }
        int64_t many = a->filled[post] - upper;
        many = held->items[0].count < many ? held->items[0].count : many;
        if (there.class == VACANT && auction_vacant_room(a, to) < many)
            many = auction_vacant_room(a, to);
        take(a, post, (int)many);
        set_price(a, post, lead + a->epsilon);
        if (a->filled[post] == upper && held->n > 0 && held->items[0].lead != INT64_MAX)
            set_price(a, post, held->items[0].lead);
        there.count = (int)many;
        arrive(a, to, there);
        a->pushes++;
    }
}

/* Sends away who is further than epsilon from what would be best for them. */
static void review(auction *a, int post) {
    stays *held = &a->held[post];
    int n = 0;
    for (int i = 0; i < held->n; i++) {
        stay here = held->items[i], there;
        int to;
        here.lead = lead_of(a, post, &here, &there, &to);
        if (a->price[post] <= here.lead || a->price[post] - here.lead <= a->epsilon) {
            held->items[n++] = here;
            continue;
        }
        a->filled[post] -= here.count;
        if (here.class == VACANT) {
            a->vacant[post] -= here.count;
            a->vacant_left += here.count;
            auction_open(a, post);
        } else {
            a->left[here.class] += here.count;
        }
    }
    held->n = n;
    for (int i = n / 2 - 1; i >= 0; i--)
        sink(held, i);
}

static void relieve_all(auction *a) {
    while (a->queue_n > 0 && !a->out_of_memory) {
        int post = a->queue[a->queue_first];
        a->queue_first = a->queue_first + 1 < a->problem->size.n_posts ? a->queue_first + 1 : 0;
        a->queue_n--;
        a->queued[post] = false;
        relieve(a, post);
    }
}

static void place(auction *a, int class) {
    stay new = {.class = class, .count = a->left[class]};
    int to = -1;
    if (new.count == 0)
        return;
    auction_best(a, class, -1, &to, &new.cost);
    a->left[class] = 0;
    arrive(a, to, new);
    relieve_all(a);
}

static void fill_with_vacant(auction *a) {
    while (a->vacant_left > 0 && !a->out_of_memory) {
        int to = -1;
        auction_best_vacant(a, -1, &to);
        int64_t many =
            auction_vacant_room(a, to) < a->vacant_left ? auction_vacant_room(a, to) : a->vacant_left;
        many = many < INT32_MAX ? many : INT32_MAX;
        a->vacant_left -= many;
        arrive(a, to, (stay){.class = VACANT, .count = (int)many});
        relieve_all(a);
    }
}

static bool told_to_stop(const auction *a) {
    return a->settings->stop && a->settings->stop(a->settings->user);
}

bool auction_phase(auction *a, int64_t epsilon) {
    int64_t asked = a->pushes;
    if (told_to_stop(a))
        return false;
    a->epsilon = epsilon;
    a->slack = AUCTION_SLACK * epsilon;
    auction_lists_renew(a);
    for (int j = 0; j < a->problem->size.n_posts; j++)
        review(a, j);
    fill_with_vacant(a);
    for (int k = 0; k < a->problem->size.n_classes && !a->out_of_memory; k++) {
        place(a, k);
        if (a->pushes - asked < PUSHES_BETWEEN_STOPS)
            continue;
        asked = a->pushes;
        if (told_to_stop(a))
            return false;
    }
    return !a->out_of_memory;
}
