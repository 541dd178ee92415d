/*
 * Dijkstra's method on the posts and totals, and sending units along the path found.
 */
#include "solver/transport_state.h"

#include <assert.h>

#define CHUNK 32

/* The heap has four branches at each place. */
static inline void put(transport_state *s, int at, waiting entry) {
    s->heap[at] = entry;
    s->heap_at[entry.node] = at;
}

static void sift_up(transport_state *s, int at, waiting entry) {
    for (; at > 0; at = (at - 1) >> 2) {
        waiting above = s->heap[(at - 1) >> 2];
        if (above.order <= entry.order)
            break;
        put(s, at, above);
    }
    put(s, at, entry);
}

static void sift_down(transport_state *s, int at, waiting entry) {
    for (int first = 4 * at + 1; first < s->heap_size; first = 4 * at + 1) {
        int least = first, end = first + 4 < s->heap_size ? first + 4 : s->heap_size;
        for (int i = first + 1; i < end; i++)
            if (s->heap[i].order < s->heap[least].order)
                least = i;
        if (s->heap[least].order >= entry.order)
            break;
        put(s, at, s->heap[least]);
        at = least;
    }
    put(s, at, entry);
}

static inline void reach_node(transport_state *s, int v, int64_t distance, reach how) {
    assert(how.from < 0 || distance >= s->hot[how.from].distance); /* reduced costs are never negative */
    bool first = s->hot[v].distance == UNREACHED;
    s->hot[v].distance = distance;
    s->came[v] = how;
    if (first)
        s->touched[s->n_touched++] = v;
    sift_up(s, first ? s->heap_size++ : s->heap_at[v], (waiting){distance, v});
}

/* A unit that a node wants stays there: its flow counts it already. */
static void relax_wanted(transport_state *s, int v, int64_t *limit, int target) {
    int64_t distance = s->hot[v].distance;
    if (distance >= *limit || distance >= s->hot[s->root].distance)
        return;
    reach_node(s, s->root, distance, (reach){.kind = REACH_WANTED, .from = v});
    if (s->root == target)
        *limit = distance;
}

static void relax_up(transport_state *s, int v, int64_t *limit, int target) {
    if (v == s->root)
        return;
    if (s->excess[v] < 0)
        relax_wanted(s, v, limit, target);
    if (s->up_cost[v] == UNREACHED)
        return;
    int above = s->problem->parent ? s->problem->parent[v] : s->root;
    int64_t distance = s->hot[v].distance + s->up_cost[v] - (s->hot[v].price - s->hot[above].price);
    if (distance >= *limit || distance >= s->hot[above].distance)
        return;
    reach_node(s, above, distance, (reach){.kind = REACH_UP, .from = v});
    if (above == target)
        *limit = distance;
}

static inline int64_t least(int64_t a, int64_t b) {
    return a < b ? a : b;
}

/* The offers of a row that starts (or leaves a node) at base; nothing at or beyond *limit is looked at. */
static inline int64_t relax_row(transport_state *s, int row, int64_t base, int64_t *limit, int target,
                                reach how) {
    const pulang_offer *list = s->offers + s->list_begin[row];
    int n = s->list_length[row];
    int64_t lead = UNREACHED;
    s->scanned += n;
    int64_t most = *limit;
    /* Which offers of a chunk are better is found without branches; then those nodes are reached. */
    for (int begin = 0; begin < n; begin += CHUNK) {
        int end = begin + CHUNK < n ? begin + CHUNK : n, better[CHUNK], n_better = 0;
        for (int i = begin; i < end; i++) {
            int v = list[i].post;
            int64_t value = list[i].cost + s->hot[v].price, distance = base + value;
            lead = least(lead, v == how.from ? UNREACHED : value);
            better[n_better] = i;
            n_better += (distance < most) & (distance < s->hot[v].distance);
        }
        for (int k = 0; k < n_better; k++) {
            int v = list[better[k]].post;
            int64_t distance = base + list[better[k]].cost + s->hot[v].price;
            if (distance >= *limit)
                continue;
            how.cost = list[better[k]].cost;
            reach_node(s, v, distance, how);
            if (v == target)
                *limit = distance;
            else
                relax_up(s, v, limit, target); /* at once: a post with room ends the search */
        }
    }
    if (!s->problem->unplaced || s->problem->unplaced[row] == PULANG_FORBIDDEN || how.from == s->root)
        return lead;
    int64_t value = s->problem->unplaced[row] + s->hot[s->root].price, distance = base + value;
    lead = least(lead, value);
    if (distance >= *limit || distance >= s->hot[s->root].distance)
        return lead;
    how.cost = s->problem->unplaced[row];
    reach_node(s, s->root, distance, how);
    if (s->root == target)
        *limit = distance;
    return lead;
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

/* Holders first .. first + CHUNK - 1 of a node with a lead of at most `most` that this search has not looked
   at, into due, and their memory on its way; returns how many. *next falls to the least lead beyond. */
static inline int due_holders(transport_state *s, const holders *list, int first, int64_t most, int *due,
                              int64_t *next) {
    int last = first + CHUNK < list->n ? first + CHUNK : list->n, n = 0;
    for (int i = first; i < last; i++) {
        bool fresh = list->looked[i] != (int)s->searches, beyond = list->lead[i] > most;
        *next = least(*next, fresh && beyond ? list->lead[i] : UNREACHED);
        due[n] = i;
        n += fresh && !beyond;
    }
    for (int k = 0; k < n; k++)
        __builtin_prefetch(&s->holdings[list->items[due[k]]]);
    for (int k = 0; k < n; k++)
        __builtin_prefetch(&s->offers[s->list_begin[s->holdings[list->items[due[k]]].row]]);
    return n;
}

/*
 * Looks at the rows of a settled node that could lead to somewhere at a distance of at most `now`; returns
 * the distance at which the next of them could. The source row's own units need no look: what they
 * could reach it reaches itself.
 */
static int64_t relax_holders(transport_state *s, int row, int v, int64_t now, int64_t *limit, int target) {
    holders *list = &s->held[v];
    int64_t start = s->hot[v].distance - s->hot[v].price, next = UNREACHED;
    for (int first = 0; first < list->n; first += CHUNK) {
        int due[CHUNK], n = due_holders(s, list, first, now - start, due, &next);
        for (int k = 0; k < n; k++) {
            int i = due[k];
            list->looked[i] = (int)s->searches;
            const holding *h = &s->holdings[list->items[i]];
            if (h->row == row)
                continue;
            int64_t lead = relax_row(s, h->row, start - h->cost, limit, target,
                                     (reach){.kind = REACH_HOLDING, .from = v, .holding = list->items[i]});
            list->lead[i] = lead == UNREACHED ? UNREACHED / 4 : lead - h->cost;
        }
    }
    return next == UNREACHED ? UNREACHED : start + next;
}

/* Settles nodes until the target is next or nothing is left below the limit; the target's distance, or
   the limit. */
static int64_t settle(transport_state *s, int row, int target, int64_t limit) {
    while (s->heap_size > 0 && s->heap[0].order < limit) {
        int v = s->heap[0].node;
        if (v == target) /* only at the limit, where the loop ends */
            break;
        if (!s->settled[v]) {
            s->settled[v] = true;
            s->done[s->n_done++] = v;
            relax_up(s, v, &limit, target);
            relax_down(s, v, &limit, target);
        }
        int64_t next = relax_holders(s, row, v, s->heap[0].order, &limit, target);
        assert(s->heap[0].node == v); /* nothing is reached before what is looked at */
        if (next < limit)
            sift_down(s, 0, (waiting){next, v});
        else if (--s->heap_size > 0)
            sift_down(s, 0, s->heap[s->heap_size]);
    }
    return limit;
}

static void renew_prices(transport_state *s, int64_t reached) {
    for (int i = 0; i < s->n_done; i++) {
        int v = s->done[i];
        assert(reached >= s->hot[v].distance); /* prices only rise */
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
        else if (r->kind == REACH_WANTED)
            room = -s->excess[r->from];
        units = room < units ? room : units;
    }
    return units;
}

static void send(transport_state *s, int row, int target, int64_t units) {
    for (int v = target, from; v >= 0; v = from) {
        reach r = s->came[v];
        from = r.from;
        switch (r.kind) {
        case REACH_SOURCE:
            if (row >= 0)
                transport_hold(s, row, v, r.cost, (int)units);
            break;
        case REACH_HOLDING: {
            int moved = s->holdings[r.holding].row;
            transport_release(s, r.holding, (int)units);
            transport_hold(s, moved, v, r.cost, (int)units);
            break;
        }
        case REACH_UP:
            transport_nodes_add(s, from, units);
            break;
        case REACH_DOWN:
            transport_nodes_add(s, v, -units);
            break;
        case REACH_WANTED:
            s->excess[from] += units;
            break;
        }
    }
}

/* Looks for the target from where the heap stands, and sends units along the way found. */
static int64_t run(transport_state *s, int row, int target, int64_t limit, int64_t bound, int64_t units) {
    int64_t reached = settle(s, row, target, bound), sent = 0;
    bool found =
        s->hot[target].distance != UNREACHED && s->hot[target].distance == reached && reached < limit;
    if (reached != UNREACHED)
        renew_prices(s, reached);
    if (found) {
        sent = bottleneck(s, target, units);
        assert(sent > 0);
        send(s, row, target, sent);
    }
    for (int i = 0; i < s->n_touched; i++) {
        s->hot[s->touched[i]].distance = UNREACHED;
        s->settled[s->touched[i]] = false;
    }
    return sent;
}

static void begin(transport_state *s) {
    s->searches++;
    s->n_touched = s->n_done = s->heap_size = 0;
}

int transport_search(transport_state *s, int row, int target, int64_t limit, int units) {
    int64_t bound = limit;
    begin(s);
    relax_row(s, row, -transport_list_best(s, row), &bound, target,
              (reach){.kind = REACH_SOURCE, .from = -1});
    return (int)run(s, row, target, limit, bound, units);
}

static int64_t from_node(transport_state *s, int from, int target, int64_t limit, int64_t units) {
    begin(s);
    reach_node(s, from, 0, (reach){.kind = REACH_SOURCE, .from = -1});
    return run(s, -1, target, limit, limit, units);
}

int64_t transport_refill(transport_state *s, int node, int64_t limit, int64_t units) {
    int above = s->problem->parent ? s->problem->parent[node] : s->root;
    int64_t sent = from_node(s, above, node, limit, units);
    if (sent > 0)
        transport_nodes_add(s, node, sent);
    return sent;
}

int64_t transport_push(transport_state *s, int from, int target, int64_t units) {
    return from_node(s, from, target, UNREACHED, units);
}
