/*
 * Dijkstra's method on the posts and totals, and sending units along the path found.
 */
#include "solver/transport_state.h"

#include <assert.h>

static void sift_up(transport_state *s, int at) {
    int v = s->heap[at];
    int64_t distance = s->hot[v].distance;
    while (at > 0) {
        int above = (at - 1) >> 2;
        if (s->hot[s->heap[above]].distance <= distance)
            break;
        s->heap[at] = s->heap[above];
        s->heap_at[s->heap[at]] = at;
        at = above;
    }
    s->heap[at] = v;
    s->heap_at[v] = at;
}

static void sift_down(transport_state *s, int at) {
    int v = s->heap[at];
    int64_t distance = s->hot[v].distance;
    for (;;) {
        int first = 4 * at + 1, least = first;
        if (first >= s->heap_size)
            break;
        for (int i = first + 1; i < first + 4 && i < s->heap_size; i++)
            if (s->hot[s->heap[i]].distance < s->hot[s->heap[least]].distance)
                least = i;
        if (s->hot[s->heap[least]].distance >= distance)
            break;
        s->heap[at] = s->heap[least];
        s->heap_at[s->heap[at]] = at;
        at = least;
    }
    s->heap[at] = v;
    s->heap_at[v] = at;
}

static int pop(transport_state *s) {
    int v = s->heap[0], last = s->heap[--s->heap_size];
    if (s->heap_size > 0) {
        s->heap[0] = last;
        sift_down(s, 0);
    }
    return v;
}

static inline void reach_node(transport_state *s, int v, int64_t distance, reach how) {
    bool first = s->hot[v].distance == UNREACHED;
    s->hot[v].distance = distance;
    s->came[v] = how;
    if (first) {
        s->touched[s->n_touched++] = v;
        s->heap[s->heap_size] = v;
        sift_up(s, s->heap_size++);
    } else {
        sift_up(s, s->heap_at[v]);
    }
}

/* The offers of a row that starts (or leaves a node) at base; nothing at or beyond *limit is looked at. */
static inline void relax_row(transport_state *s, int row, int64_t base, int64_t *limit, int target,
                             reach how) {
    const pulang_offer *list = s->offers + s->list_begin[row];
    int n = s->list_length[row];
    s->scanned += n;
    for (int i = 0; i < n; i++) {
        int v = list[i].post;
        int64_t distance = base + list[i].cost + s->hot[v].price;
        if (distance >= *limit || distance >= s->hot[v].distance)
            continue;
        how.cost = list[i].cost;
        reach_node(s, v, distance, how);
        if (v == target)
            *limit = distance;
    }
    if (!s->problem->unplaced || s->problem->unplaced[row] == PULANG_FORBIDDEN)
        return;
    int64_t distance = base + s->problem->unplaced[row] + s->hot[s->root].price;
    if (distance >= *limit || distance >= s->hot[s->root].distance)
        return;
    how.cost = s->problem->unplaced[row];
    reach_node(s, s->root, distance, how);
    if (s->root == target)
        *limit = distance;
}

static void relax_up(transport_state *s, int v, int64_t *limit, int target) {
    if (v == s->root || s->up_cost[v] == UNREACHED)
        return;
    int above = s->problem->parent ? s->problem->parent[v] : s->root;
    int64_t distance = s->hot[v].distance + s->up_cost[v] - (s->hot[v].price - s->hot[above].price);
    if (distance >= *limit || distance >= s->hot[above].distance)
        return;
    reach_node(s, above, distance, (reach){.kind = REACH_UP, .from = v});
    if (above == target)
        *limit = distance;
}

static void relax_down(transport_state *s, int v, int64_t *limit, int target) {
    for (int i = s->child_begin[v]; i < s->child_begin[v + 1]; i++) {
        int below = s->children[i];
        if (s->down_cost[below] == -UNREACHED)
            continue;
        int64_t distance = s->hot[v].distance + (s->hot[below].price - s->hot[v].price) - s->down_cost[below];
        if (distance >= *limit || distance >= s->hot[below].distance)
            continue;
        reach_node(s, below, distance, (reach){.kind = REACH_DOWN, .from = v});
        if (below == target)
            *limit = distance;
    }
}

/* The source row's own units need no look: what they could reach it reaches itself. */
static void relax_holders(transport_state *s, int row, int v, int64_t *limit, int target) {
    const holders *list = &s->held[v];
    for (int i = 0; i < list->n; i++) {
        const holding *h = &s->holdings[list->items[i]];
        if (h->row == row)
            continue;
        relax_row(s, h->row, s->hot[v].distance - h->cost - s->hot[v].price, limit, target,
                  (reach){.kind = REACH_HOLDING, .from = v, .holding = list->items[i]});
    }
}

/* Settles nodes until the target is next or nothing is left below the limit; the target's distance, or
   the limit. */
static int64_t settle(transport_state *s, int row, int target, int64_t limit) {
    while (s->heap_size > 0 && s->hot[s->heap[0]].distance < limit) {
        int v = pop(s);
        if (v == target) /* only at the limit, where the loop ends */
            break;
        s->done[s->n_done++] = v;
        relax_up(s, v, &limit, target);
        relax_down(s, v, &limit, target);
        relax_holders(s, row, v, &limit, target);
    }
    return limit;
}

static void renew_prices(transport_state *s, int64_t reached) {
    for (int i = 0; i < s->n_done; i++) {
        int v = s->done[i];
        s->hot[v].price += reached - s->hot[v].distance;
        transport_price_set(s, v, s->hot[v].price);
    }
}

/* How many units can go along the path to target. */
static int64_t bottleneck(const transport_state *s, int target, int64_t units) {
    for (int v = target; v >= 0; v = s->came[v].from) {
        const reach *r = &s->came[v];
        int64_t room = units;
        if (r->kind == REACH_HOLDING)
            room = s->holdings[r->holding].count;
        else if (r->kind == REACH_UP)
            room = s->up_room[r->from];
        else if (r->kind == REACH_DOWN)
            room = s->down_room[v];
        units = room < units ? room : units;
    }
    return units;
}

static void send(transport_state *s, int row, int target, int units) {
    for (int v = target, from; v >= 0; v = from) {
        reach r = s->came[v];
        from = r.from;
        switch (r.kind) {
        case REACH_SOURCE:
            transport_hold(s, row, v, r.cost, units);
            break;
        case REACH_HOLDING: {
            int moved = s->holdings[r.holding].row;
            transport_release(s, r.holding, units);
            transport_hold(s, moved, v, r.cost, units);
            break;
        }
        case REACH_UP:
            transport_nodes_add(s, from, units);
            break;
        case REACH_DOWN:
            transport_nodes_add(s, v, -units);
            break;
        }
    }
}

int transport_search(transport_state *s, int row, int target, int64_t limit, int units) {
    s->searches++;
    s->n_touched = s->n_done = s->heap_size = 0;
    int64_t bound = limit;
    relax_row(s, row, -transport_list_best(s, row), &bound, target,
              (reach){.kind = REACH_SOURCE, .from = -1});
    int64_t reached = settle(s, row, target, bound);
    bool found =
        s->hot[target].distance != UNREACHED && s->hot[target].distance == reached && reached < limit;
    int sent = 0;
    if (reached != UNREACHED)
        renew_prices(s, reached);
    if (found) {
        sent = (int)bottleneck(s, target, units);
        assert(sent > 0);
        send(s, row, target, sent);
    }
    for (int i = 0; i < s->n_touched; i++)
        s->hot[s->touched[i]].distance = UNREACHED;
    return sent;
}
