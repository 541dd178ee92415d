#include "model/flow_network.h"

#include "model/alloc.h"
#include "model/exact.h"

void pulang_flow_network_clear(pulang_flow_network *network) {
    pulang_free(network->supply);
    pulang_free(network->tail);
    pulang_free(network->head);
    pulang_free(network->lower);
    pulang_free(network->upper);
    pulang_free(network->cost);
    *network = (pulang_flow_network){0};
}

void pulang_flow_plan_free(pulang_flow_plan *plan) {
    if (!plan)
        return;
    pulang_free(plan->flow);
    pulang_free(plan->potential);
    pulang_free(plan->cut);
    pulang_free(plan->cycle);
    pulang_free(plan);
}

/* Bounds and supplies are kept; left: [n_nodes] zero. */
static const char *check_flow(const pulang_flow_network *network, const int64_t *flow, int64_t *left) {
    bool overflow = false;
    for (int a = 0; a < network->n_arcs; a++) {
        if (flow[a] < network->lower[a] || flow[a] > network->upper[a])
            return "the flow of an arc is outside its bounds";
        left[network->tail[a]] = pulang_exact_subtract(left[network->tail[a]], flow[a], &overflow);
        left[network->head[a]] = pulang_exact_add(left[network->head[a]], flow[a], &overflow);
    }
    for (int v = 0; v < network->n_nodes; v++)
        if (pulang_exact_add(left[v], network->supply[v], &overflow) != 0)
            return "the flow into and out of a node do not match its supply";
    return overflow ? "the flow is too large to add up" : NULL;
}

static const char *check_feasible(const pulang_flow_network *network, const pulang_flow_plan *plan) {
    int64_t *left = pulang_alloc((size_t)network->n_nodes, sizeof *left);
    const char *wrong = left ? check_flow(network, plan->flow, left) : "out of memory";
    pulang_free(left);
    return wrong;
}

static const char *check_optimal(const pulang_flow_network *network, const pulang_flow_plan *plan) {
    int64_t value = 0;
    bool overflow = false;
    for (int a = 0; a < network->n_arcs; a++) {
        int64_t flow = plan->flow[a];
        int64_t reduced = pulang_exact_subtract(plan->potential[network->tail[a]],
                                                plan->potential[network->head[a]], &overflow);
        reduced = pulang_exact_add(network->cost[a], reduced, &overflow);
        if ((reduced > 0 && flow > network->lower[a]) || (reduced < 0 && flow < network->upper[a]))
            return "the potentials do not prove the optimum";
        value = pulang_exact_add(value, pulang_exact_multiply(network->cost[a], flow, &overflow), &overflow);
    }
    if (overflow)
        return "the numbers are too large to add up";
    return value == plan->objective ? NULL : "the objective is not the sum of the costs";
}

/* The supplies do not add up to zero, or more must leave the nodes of the cut than the arcs can take. */
static bool is_impossible(const pulang_flow_network *network, const bool *cut) {
    int64_t total = 0, supply = 0, most = 0;
    bool overflow = false, unlimited = false;
    for (int v = 0; v < network->n_nodes; v++) {
        total = pulang_exact_add(total, network->supply[v], &overflow);
        supply = pulang_exact_add(supply, cut[v] ? network->supply[v] : 0, &overflow);
    }
    for (int a = 0; a < network->n_arcs; a++) {
        bool from = cut[network->tail[a]], to = cut[network->head[a]];
        if (from && !to && network->upper[a] == PULANG_FLOW_NO_UPPER)
            unlimited = true;
        else if (from && !to)
            most = pulang_exact_add(most, network->upper[a], &overflow);
        else if (!from && to)
            most = pulang_exact_subtract(most, network->lower[a], &overflow);
    }
    return !overflow && (total != 0 || (!unlimited && supply > most));
}

static const char *check_cycle(const pulang_flow_network *network, const pulang_flow_plan *plan) {
    int64_t cost = 0;
    bool overflow = false;
    for (int i = 0; i < plan->n_cycle; i++) {
        int arc = plan->cycle[i], next = plan->cycle[i + 1 < plan->n_cycle ? i + 1 : 0];
        if (arc < 0 || arc >= network->n_arcs || next < 0 || next >= network->n_arcs ||
            network->head[arc] != network->tail[next])
            return "the cycle is none";
        if (network->upper[arc] != PULANG_FLOW_NO_UPPER)
            return "an arc of the cycle has an upper bound";
        cost = pulang_exact_add(cost, network->cost[arc], &overflow);
    }
    return cost < 0 && !overflow ? NULL : "the cycle does not lower the cost";
}

bool pulang_flow_check(const pulang_flow_network *network, const pulang_flow_plan *plan,
                       const char **message) {
    const char *wrong = "the method was stopped";
    switch (plan->outcome) {
    case PULANG_FLOW_OPTIMAL:
        wrong = check_feasible(network, plan);
        wrong = wrong ? wrong : check_optimal(network, plan);
        break;
    case PULANG_FLOW_INFEASIBLE:
        wrong = is_impossible(network, plan->cut) ? NULL : "the cut does not prove that there is no flow";
        break;
    case PULANG_FLOW_UNBOUNDED:
        wrong = check_feasible(network, plan);
        wrong = wrong ? wrong : check_cycle(network, plan);
        break;
    case PULANG_FLOW_STOPPED:
        break;
    }
    *message = wrong ? wrong : "";
    return !wrong;
}
