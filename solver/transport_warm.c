/*
 * A start from the prices and the placements of an old plan.
 *
 * The search needs complementary slackness: every row is where it costs least at the prices, and every
 * node has as many units as are right at its price. So the units of the old plan that are at their row's
 * best stay, the others wait to be placed; and each node's flow is set to the right one nearest to what comes
 * in. Where that is not what comes in, the node has an excess, or wants units: a flow in the graph
 * with sources and sinks, which shortest paths bring to an end (Ahuja, Magnanti, Orlin, Network Flows, 1993,
 * section 9.7). Little has to be moved where little has changed.
 */
#include "solver/transport_state.h"

static int64_t clamp(int64_t value, int64_t most) {
    return value > most ? most : value < -most ? -most : value;
}

static int parent_of(const transport_state *s, int v) {
    return s->problem->parent ? s->problem->parent[v] : s->root;
}

static int64_t persons(const transport_state *s) {
    int64_t n = 0;
    for (int r = 0; r < s->problem->n_rows; r++)
        n += s->problem->supply ? s->problem->supply[r] : 1;
    return n;
}

/* The price of a node, whose parent's is set: the old one, unless it made the node ask for more units than
   there are persons. A price that kept the node at its lower bound needs a penalty as large. */
static void set_price(transport_state *s, int v, int64_t n_persons) {
    int64_t lower = s->problem->lower ? s->problem->lower[v] : 0;
    int64_t above = s->hot[parent_of(s, v)].price, most = s->largest_penalty * (s->n_nodes + 2) / 2;
    int64_t price = clamp(s->settings->start->price[v], most);
    if (n_persons < s->problem->upper[v]) {
        int64_t asking = above + transport_nodes_slope(s, v, n_persons);
        price = asking < price ? asking : price;
    }
    if (lower > 0 && lower <= s->problem->upper[v]) {
        int64_t penalty = transport_nodes_slope(s, v, lower - 1) + s->penalty[v] - (price - above);
        if (penalty > s->penalty[v])
            s->penalty[v] = penalty < s->largest_penalty ? penalty : s->largest_penalty;
    }
    s->hot[v].price = price;
    transport_price_set(s, v, price);
}

static int64_t cost_in(const pulang_transport *p, int row, int node) {
    if (node == p->n_nodes)
        return p->unplaced ? p->unplaced[row] : PULANG_FORBIDDEN;
    return pulang_transport_cost(p, row, node);
}

/* Keeps old units of a row where they are, if that is the cheapest for it. */
static void keep(transport_state *s, int row, int node, int units) {
    int left = (s->problem->supply ? s->problem->supply[row] : 1) - transport_held(s, row);
    units = units < left ? units : left;
    int64_t cost = units > 0 ? cost_in(s->problem, row, node) : PULANG_FORBIDDEN;
    if (cost == PULANG_FORBIDDEN)
        return;
    if (s->list_length[row] == 0)
        transport_list_grow(s, row, INT64_MAX, s->batch);
    if (cost + s->hot[node].price > transport_list_best(s, row))
        return;
    transport_hold(s, row, node, cost, units);
    s->excess[node] += units;
}

static void keep_all(transport_state *s) {
    const pulang_transport_plan *start = s->settings->start;
    const pulang_transport *p = s->problem;
    for (int i = 0; i < start->n_placements && !s->out_of_memory; i++) {
        int row = start->row[i], node = start->post[i];
        if (row >= 0 && row < p->n_rows && node >= 0 && (node < p->n_posts || node == s->root))
            keep(s, row, node, start->count[i]);
    }
}

void transport_start(transport_state *s) {
    int64_t n_persons = persons(s);
    for (int v = s->n_nodes - 1; v >= 0; v--) /* parents come after their children */
        set_price(s, v, n_persons);
    transport_prices_narrow(s);
    keep_all(s);
    for (int v = 0; v < s->n_nodes; v++) { /* what has come in is in excess until it goes on */
        transport_nodes_match(s, v, s->excess[v]);
        s->excess[v] -= s->flow[v];
        s->excess[parent_of(s, v)] += s->flow[v];
    }
    s->excess[s->root] = 0; /* it takes and gives all that is over */
}
