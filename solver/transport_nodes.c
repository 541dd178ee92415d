/*
 * The nodes of the transportation solver: flows, and what the next and the last unit cost.
 */
#include "model/alloc.h"
#include "solver/transport_state.h"

/* Slope of the segment in which unit number n + 1 falls, and how many units it still holds. */
static int64_t slope_at(const transport_state *s, int v, int segment, int64_t n, int64_t *begin,
                        int64_t *end) {
    const pulang_transport *p = s->problem;
    int first = p->segment_begin ? p->segment_begin[v] : 0;
    int count = p->segment_begin ? p->segment_begin[v + 1] - first : 0;
    int64_t slope = segment < count ? p->segment_slope[first + segment] : 0;
    int64_t lower = p->lower ? p->lower[v] : 0;
    *begin = segment == 0 ? 0 : p->segment_end[first + segment - 1];
    *end = segment < count ? p->segment_end[first + segment] : p->upper[v];
    if (*end > p->upper[v])
        *end = p->upper[v];
    if (n < lower) { /* a unit below the lower bound */
        slope -= s->penalty[v];
        *end = *end < lower ? *end : lower;
    } else if (*begin < lower) {
        *begin = lower;
    }
    return slope;
}

static void renew(transport_state *s, int v) {
    const pulang_transport *p = s->problem;
    int64_t n = s->flow[v], begin, end;
    int first = p->segment_begin ? p->segment_begin[v] : 0;
    int count = p->segment_begin ? p->segment_begin[v + 1] - first : 0;
    int segment = s->segment[v];
    while (segment < count && p->segment_end[first + segment] <= n)
        segment++;
    while (segment > 0 && p->segment_end[first + segment - 1] > n)
        segment--;
    s->segment[v] = segment;
    s->up_cost[v] = UNREACHED;
    s->down_cost[v] = -UNREACHED;
    if (n < p->upper[v]) {
        s->up_cost[v] = slope_at(s, v, segment, n, &begin, &end);
        s->up_room[v] = end - n;
    }
    if (n > 0) { /* unit number n */
        if (segment > 0 && p->segment_end[first + segment - 1] >= n)
            segment--;
        s->down_cost[v] = slope_at(s, v, segment, n - 1, &begin, &end);
        s->down_room[v] = n - begin;
    }
}

void transport_nodes_add(transport_state *s, int node, int64_t units) {
    s->flow[node] += units;
    renew(s, node);
}

int64_t transport_nodes_slope(const transport_state *s, int v, int64_t n) {
    const pulang_transport *p = s->problem;
    int first = p->segment_begin ? p->segment_begin[v] : 0, segment = 0;
    int count = p->segment_begin ? p->segment_begin[v + 1] - first : 0;
    int64_t begin, end;
    while (segment < count && p->segment_end[first + segment] <= n)
        segment++;
    return slope_at(s, v, segment, n, &begin, &end);
}

static int parent_of(const transport_state *s, int v) {
    return s->problem->parent ? s->problem->parent[v] : s->root;
}

void transport_nodes_match(transport_state *s, int v, int64_t units) {
    int64_t worth = s->hot[v].price - s->hot[parent_of(s, v)].price;
    s->flow[v] = 0;
    renew(s, v);
    while (s->up_cost[v] < worth || (s->up_cost[v] == worth && s->flow[v] < units)) {
        int64_t room = s->up_room[v], left = units - s->flow[v];
        transport_nodes_add(s, v, s->up_cost[v] == worth && left < room ? left : room);
    }
}

static int list_children(transport_state *s) {
    s->child_begin = pulang_alloc((size_t)s->n_nodes + 3, sizeof *s->child_begin);
    s->children = pulang_alloc((size_t)s->n_nodes, sizeof *s->children);
    if (!s->child_begin || !s->children)
        return -1;
    int *begin = s->child_begin + 1; /* begin[v + 1] counts, then moves from the begin of v to its end */
    for (int v = 0; v < s->n_nodes; v++)
        begin[parent_of(s, v) + 1]++;
    for (int v = 0; v <= s->n_nodes; v++)
        begin[v + 1] += begin[v];
    for (int v = 0; v < s->n_nodes; v++)
        s->children[begin[parent_of(s, v)]++] = v;
    return 0;
}

int transport_nodes_init(transport_state *s) {
    if (list_children(s))
        return -1;
    s->hot[s->root].price = 0;
    s->hot[s->root].distance = UNREACHED;
    for (int v = s->n_nodes - 1; v >= 0; v--) { /* parents come after their children */
        s->penalty[v] = s->first_penalty;
        renew(s, v);
        int64_t up = s->up_cost[v] == UNREACHED ? 0 : s->up_cost[v];
        s->hot[v].price = s->hot[parent_of(s, v)].price + up;
        s->hot[v].distance = UNREACHED;
        s->price[v] = s->hot[v].price;
    }
    s->price[s->root] = 0;
    if (s->problem->costs.reprice)
        s->problem->costs.reprice(s->problem->costs.index, s->price, -1);
    return 0;
}

bool transport_nodes_missing(const transport_state *s, int v) {
    return s->problem->lower && s->flow[v] < s->problem->lower[v];
}

/* Brings units to a node at its penalty; what is then below its lower bound would cost more to bring. */
static void refill(transport_state *s, int v) {
    int above = parent_of(s, v);
    renew(s, v);
    while (transport_nodes_missing(s, v) && s->up_cost[v] != UNREACHED && !s->out_of_memory) {
        int64_t gain = s->hot[v].price - s->hot[above].price - s->up_cost[v];
        if (gain <= 0 || transport_refill(s, v, gain, s->up_room[v]) == 0)
            break;
    }
}

void transport_nodes_fill(transport_state *s) {
    bool raised = true;
    while (raised && !s->out_of_memory) {
        raised = false;
        for (int v = 0; v < s->n_nodes; v++) {
            if (!transport_nodes_missing(s, v) || s->penalty[v] == s->largest_penalty)
                continue;
            raised = true;
            s->penalty[v] = s->penalty[v] < s->largest_penalty / 4 ? 4 * s->penalty[v] : s->largest_penalty;
            refill(s, v);
        }
    }
}
