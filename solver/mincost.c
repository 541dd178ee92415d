#include "solver/mincost.h"

#include "model/alloc.h"
#include "model/error.h"
#include "model/exact.h"
#include "solver/simplex.h"

#include <assert.h>

/* Potentials are below twice this in size, flows below this. */
#define LARGEST_VALUE ((int64_t)1 << 60)

typedef struct mincost {
    const pulang_flow_network *network;
    pulang_simplex *simplex; /* the arcs of the network first, then one between each node and the root */
    int64_t *excess;         /* [n_nodes] supply after the lower bounds are sent */
    int64_t most_flow;       /* more than any arc needs to carry, if there is an optimum */
    int64_t root_cost;       /* above the cost of any path */
} mincost;

static bool never_stop(void *user) {
    (void)user;
    return false;
}

/*
 * An optimal flow is made of paths, no more than there is excess, and of cycles that lower the cost, each
 * of which fills an arc that has an upper bound. Where costs are not negative there are none of these.
 */
static int64_t most_useful_flow(const mincost *m, bool *overflow) {
    const pulang_flow_network *n = m->network;
    int64_t most = 1, widths = 0;
    bool cycles = false;
    for (int v = 0; v < n->n_nodes; v++)
        most = pulang_exact_add(most, m->excess[v] > 0 ? m->excess[v] : 0, overflow);
    for (int a = 0; a < n->n_arcs; a++)
        cycles |= n->cost[a] < 0;
    for (int a = 0; cycles && a < n->n_arcs; a++)
        if (n->upper[a] != PULANG_FLOW_NO_UPPER)
            widths = pulang_exact_add(widths, n->upper[a] - n->lower[a], overflow);
    return pulang_exact_add(most, widths, overflow);
}

/* Finds excesses and ranges; false when they are too large. */
static bool measure(mincost *m) {
    const pulang_flow_network *n = m->network;
    bool overflow = false;
    int64_t largest = 0;
    for (int v = 0; v < n->n_nodes; v++)
        m->excess[v] = n->supply[v];
    for (int a = 0; a < n->n_arcs; a++) {
        assert(0 <= n->lower[a] && n->lower[a] <= n->upper[a]);
        m->excess[n->tail[a]] = pulang_exact_subtract(m->excess[n->tail[a]], n->lower[a], &overflow);
        m->excess[n->head[a]] = pulang_exact_add(m->excess[n->head[a]], n->lower[a], &overflow);
        int64_t size = n->cost[a] < 0 ? pulang_exact_subtract(0, n->cost[a], &overflow) : n->cost[a];
        largest = size > largest ? size : largest;
    }
    m->most_flow = most_useful_flow(m, &overflow);
    m->root_cost = pulang_exact_multiply(largest + 1, (int64_t)n->n_nodes + 1, &overflow);
    return !overflow && m->most_flow < LARGEST_VALUE && m->root_cost < LARGEST_VALUE;
}

static int64_t width(const mincost *m, int arc) {
    const pulang_flow_network *n = m->network;
    int64_t room = n->upper[arc] == PULANG_FLOW_NO_UPPER ? m->most_flow : n->upper[arc] - n->lower[arc];
    return room < m->most_flow ? room : m->most_flow;
}

/* The first tree: every node hangs at the root, and its excess goes straight there or comes from there. */
static pulang_status build(mincost *m, pulang_error *error) {
    const pulang_flow_network *n = m->network;
    if (n->n_nodes == INT32_MAX || n->n_arcs > INT32_MAX - n->n_nodes)
        return pulang_fail(error, PULANG_ERROR_LIMIT, "%s", _("the network has too many nodes and arcs"));
    if (!measure(m))
        return pulang_fail(error, PULANG_ERROR_LIMIT, "%s",
                           _("the costs or flows are too large for exact 64-bit arithmetic"));
    m->simplex = pulang_simplex_new(n->n_nodes + 1, n->n_arcs + n->n_nodes);
    if (!m->simplex)
        return pulang_fail_memory(error);
    for (int a = 0; a < n->n_arcs; a++)
        m->simplex->cost[pulang_simplex_add_arc(m->simplex, n->tail[a], n->head[a], width(m, a))] =
            n->cost[a];
    for (int v = 0; v < n->n_nodes; v++) {
        bool out = m->excess[v] >= 0;
        int tail = out ? v : n->n_nodes, head = out ? n->n_nodes : v;
        int arc = pulang_simplex_add_arc(m->simplex, tail, head, PULANG_FLOW_UNLIMITED);
        m->simplex->cost[arc] = m->root_cost;
        pulang_simplex_hang(m->simplex, v, arc, out ? m->excess[v] : -m->excess[v]);
    }
    pulang_simplex_ready(m->simplex);
    return PULANG_OK;
}

static pulang_flow_outcome judge(const mincost *m) {
    const pulang_flow_network *n = m->network;
    for (int v = 0; v < n->n_nodes; v++)
        if (m->simplex->flow[n->n_arcs + v] > 0)
            return PULANG_FLOW_INFEASIBLE;
    for (int a = 0; a < n->n_arcs; a++)
        if (n->upper[a] == PULANG_FLOW_NO_UPPER && pulang_simplex_reduced_cost(m->simplex, a) < 0)
            return PULANG_FLOW_UNBOUNDED;
    return PULANG_FLOW_OPTIMAL;
}

/* One round of Bellman and Ford's method over arcs without an upper bound: the last node whose distance
   fell; the first that fell below any path's. */
static int shorten(const mincost *m, int64_t *distance, int *came) {
    const pulang_flow_network *n = m->network;
    int shortened = -1;
    for (int a = 0; a < n->n_arcs; a++) {
        int64_t d = distance[n->tail[a]] + n->cost[a];
        if (n->upper[a] != PULANG_FLOW_NO_UPPER || d >= distance[n->head[a]])
            continue;
        shortened = n->head[a];
        distance[shortened] = d;
        came[shortened] = a;
        if (d < -m->root_cost)
            break;
    }
    return shortened;
}

/* A negative cycle of arcs without an upper bound; the network has one. */
static pulang_status find_cycle(const mincost *m, pulang_flow_plan *plan, pulang_error *error) {
    const pulang_flow_network *n = m->network;
    int64_t *distance = pulang_alloc((size_t)n->n_nodes, sizeof *distance);
    int *came = pulang_alloc((size_t)n->n_nodes, sizeof *came);
    plan->cycle = pulang_alloc((size_t)n->n_nodes, sizeof *plan->cycle);
    bool all = distance && came && plan->cycle;
    int v = 0;
    for (int round = 0; all && round < n->n_nodes && distance[v] >= -m->root_cost; round++) {
        v = shorten(m, distance, came);
        assert(v >= 0);
    }
    for (int step = 0; all && step < n->n_nodes; step++)
        v = n->tail[came[v]]; /* surely on the cycle now */
    int length = 0;
    for (int u = v; all && (length == 0 || u != v); u = n->tail[came[u]])
        plan->cycle[length++] = came[u];
    for (int i = 0; i < length / 2; i++) { /* it was walked against the arcs */
        int arc = plan->cycle[i];
        plan->cycle[i] = plan->cycle[length - 1 - i];
        plan->cycle[length - 1 - i] = arc;
    }
    plan->n_cycle = length;
    pulang_free(distance);
    pulang_free(came);
    return all ? PULANG_OK : pulang_fail_memory(error);
}

static pulang_status fill(const mincost *m, pulang_flow_plan *plan, pulang_error *error) {
    const pulang_flow_network *n = m->network;
    bool overflow = false;
    plan->outcome = judge(m);
    for (int a = 0; a < n->n_arcs; a++) {
        plan->flow[a] = n->lower[a] + m->simplex->flow[a];
        plan->objective = pulang_exact_add(
            plan->objective, pulang_exact_multiply(n->cost[a], plan->flow[a], &overflow), &overflow);
    }
    for (int v = 0; v < n->n_nodes; v++) {
        plan->potential[v] = m->simplex->potential[v];
        plan->cut[v] = plan->potential[v] < 0; /* what hangs at the root by an arc to it */
    }
    if (plan->outcome == PULANG_FLOW_UNBOUNDED)
        return find_cycle(m, plan, error);
    return overflow && plan->outcome == PULANG_FLOW_OPTIMAL
               ? pulang_fail(error, PULANG_ERROR_LIMIT, "%s", _("the objective does not fit in 64 bits"))
               : PULANG_OK;
}

static pulang_flow_plan *new_plan(const pulang_flow_network *network) {
    pulang_flow_plan *plan = pulang_alloc(1, sizeof *plan);
    if (!plan)
        return NULL;
    plan->flow = pulang_alloc((size_t)network->n_arcs, sizeof *plan->flow);
    plan->potential = pulang_alloc((size_t)network->n_nodes, sizeof *plan->potential);
    plan->cut = pulang_alloc((size_t)network->n_nodes, sizeof *plan->cut);
    if (plan->flow && plan->potential && plan->cut)
        return plan;
    pulang_flow_plan_free(plan);
    return NULL;
}

pulang_status pulang_mincost_solve(const pulang_flow_network *network, bool (*stop)(void *user), void *user,
                                   pulang_flow_plan **plan, pulang_error *error) {
    mincost m = {.network = network};
    pulang_flow_plan *made = new_plan(network);
    m.excess = pulang_alloc((size_t)network->n_nodes, sizeof *m.excess);
    pulang_status status = made && m.excess ? build(&m, error) : pulang_fail_memory(error);
    if (status == PULANG_OK) {
        made->outcome = PULANG_FLOW_STOPPED;
        if (pulang_simplex_minimise(m.simplex, stop ? stop : never_stop, user))
            status = fill(&m, made, error);
        made->pivots = m.simplex->pivots;
    }
    if (status == PULANG_OK) {
        *plan = made;
        made = NULL;
    }
    pulang_flow_plan_free(made);
    pulang_simplex_free(m.simplex);
    pulang_free(m.excess);
    return status;
}
