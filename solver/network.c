#include "solver/network.h"

#include "model/alloc.h"
#include "solver/breaks.h"

#include <string.h>

static int add_segment(pulang_network *network, size_t *room, int t, int64_t from) {
    void *segments = network->segments;
    if (pulang_grow(&segments, room, (size_t)network->n_segments + 1, sizeof *network->segments))
        return -1;
    network->segments = segments;
    network->segments[network->n_segments++] = (pulang_network_segment){.total = t, .from = from};
    return 0;
}

/* Nodes, bounds in steps and segments of all totals. */
static int plan_totals(pulang_network *network, int *n_nodes) {
    const pulang_problem *problem = network->problem;
    pulang_breaks breaks = {0};
    size_t room = 0;
    int failed = 0;
    *n_nodes = problem->n_classes;
    for (int t = 0; !failed && t < problem->n_totals; t++) {
        const pulang_total *total = &problem->totals[t];
        network->node[t] = total->n_posts > 0 ? (*n_nodes)++ : PULANG_NONE;
        int64_t lower = pulang_steps_up(total->lower, total->unit);
        int64_t upper = pulang_steps_down(total->upper, total->unit);
        network->lower[t] = lower;
        network->upper[t] = upper;
        if (total->n_posts == 0 || lower == upper)
            continue;
        failed =
            pulang_breaks_find(&breaks, problem, t, lower, upper) || add_segment(network, &room, t, lower);
        for (size_t i = 0; !failed && i < breaks.n; i++)
            failed = add_segment(network, &room, t, breaks.items[i]);
    }
    pulang_free(breaks.items);
    return failed;
}

static void add_class_arcs(pulang_network *network) {
    const pulang_problem *problem = network->problem;
    pulang_simplex *simplex = network->simplex;
    int root = simplex->n_nodes - 1;
    for (int k = 0; k < problem->n_classes; k++)
        for (int a = problem->arc_begin[k]; a < problem->arc_begin[k + 1]; a++)
            pulang_simplex_add_arc(simplex, k, network->node[problem->arc_post[a]], PULANG_FLOW_UNLIMITED);
    for (int k = 0; k < problem->n_classes; k++)
        network->unplaced[k] =
            problem->bound[k] ? PULANG_NONE : pulang_simplex_add_arc(simplex, k, root, PULANG_FLOW_UNLIMITED);
}

static void add_segment_arcs(pulang_network *network) {
    pulang_simplex *simplex = network->simplex;
    network->segment_arc = simplex->n_arcs;
    for (int i = 0; i < network->n_segments; i++) {
        const pulang_network_segment *segment = &network->segments[i];
        bool last = i + 1 == network->n_segments || network->segments[i + 1].total != segment->total;
        int64_t end = last ? network->upper[segment->total] : network->segments[i + 1].from;
        pulang_simplex_add_arc(simplex, network->node[segment->total], network->up[segment->total],
                               end - segment->from);
    }
}

/* The first arc of the tree for a class: its unplaced arc, or an artificial one. */
static void hang_class(pulang_network *network, int k) {
    pulang_simplex *simplex = network->simplex;
    int arc = network->unplaced[k];
    if (arc == PULANG_NONE)
        arc = pulang_simplex_add_arc(simplex, k, simplex->n_nodes - 1, PULANG_FLOW_UNLIMITED);
    pulang_simplex_hang(simplex, k, arc, network->problem->supply[k]);
}

/* For a total with that much to send (or, below zero, wanting): its first segment or an artificial arc. */
static void hang_total(pulang_network *network, int t, int segment, int64_t supply) {
    pulang_simplex *simplex = network->simplex;
    int node = network->node[t], root = simplex->n_nodes - 1;
    int arc;
    if (supply == 0 && segment != PULANG_NONE)
        arc = network->segment_arc + segment;
    else if (supply >= 0)
        arc = pulang_simplex_add_arc(simplex, node, root, PULANG_FLOW_UNLIMITED);
    else
        arc = pulang_simplex_add_arc(simplex, root, node, PULANG_FLOW_UNLIMITED);
    pulang_simplex_hang(simplex, node, arc, supply < 0 ? -supply : supply);
}

/* Supplies of the totals' nodes: a lower bound is flow that the node has already sent upwards. */
static void hang_all(pulang_network *network, int64_t *supply, int *segment) {
    const pulang_problem *problem = network->problem;
    for (int t = 0; t < problem->n_totals; t++)
        segment[t] = PULANG_NONE;
    for (int i = network->n_segments - 1; i >= 0; i--)
        segment[network->segments[i].total] = i;
    for (int t = 0; t < problem->n_totals; t++) {
        if (network->node[t] == PULANG_NONE)
            continue;
        supply[network->node[t]] -= network->lower[t];
        supply[network->up[t]] += network->lower[t];
    }
    network->artificial_arc = network->simplex->n_arcs;
    for (int k = 0; k < problem->n_classes; k++)
        hang_class(network, k);
    for (int t = 0; t < problem->n_totals; t++)
        if (network->node[t] != PULANG_NONE)
            hang_total(network, t, segment[t], supply[network->node[t]]);
    pulang_simplex_ready(network->simplex);
}

static int build_graph(pulang_network *network, int n_nodes) {
    const pulang_problem *problem = network->problem;
    int arcs = problem->n_arcs + 2 * problem->n_classes + network->n_segments + problem->n_totals;
    int64_t *supply = pulang_alloc((size_t)n_nodes + 1, sizeof *supply);
    int *segment = pulang_alloc((size_t)problem->n_totals, sizeof *segment);
    network->simplex = pulang_simplex_new(n_nodes + 1, arcs);
    int status = supply && segment && network->simplex ? 0 : -1;
    if (status == 0) {
        for (int t = 0; t < problem->n_totals; t++) /* from totals to nodes; the last node is the root */
            network->up[t] = network->up[t] == PULANG_NONE ? n_nodes : network->node[network->up[t]];
        add_class_arcs(network);
        add_segment_arcs(network);
        hang_all(network, supply, segment);
    }
    pulang_free(supply);
    pulang_free(segment);
    return status;
}

static int alloc_parts(pulang_network *network) {
    size_t n_totals = (size_t)network->problem->n_totals;
    network->unplaced = pulang_alloc((size_t)network->problem->n_classes, sizeof *network->unplaced);
    network->node = pulang_alloc(n_totals, sizeof *network->node);
    network->up = pulang_alloc(n_totals, sizeof *network->up);
    network->lower = pulang_alloc(n_totals, sizeof *network->lower);
    network->upper = pulang_alloc(n_totals, sizeof *network->upper);
    return network->unplaced && network->node && network->up && network->lower && network->upper ? 0 : -1;
}

pulang_network *pulang_network_new(const pulang_problem *problem) {
    pulang_network *network = pulang_alloc(1, sizeof *network);
    if (!network)
        return NULL;
    network->problem = problem;
    bool laminar;
    int n_nodes;
    if (alloc_parts(network) || pulang_network_tree(problem, network->up, &laminar, NULL) ||
        plan_totals(network, &n_nodes) || build_graph(network, n_nodes)) {
        pulang_network_free(network);
        return NULL;
    }
    return network;
}

void pulang_network_free(pulang_network *network) {
    if (!network)
        return;
    pulang_simplex_free(network->simplex);
    pulang_free(network->unplaced);
    pulang_free(network->node);
    pulang_free(network->up);
    pulang_free(network->lower);
    pulang_free(network->upper);
    pulang_free(network->segments);
    pulang_free(network);
}

static void clear_costs(pulang_network *network) {
    memset(network->simplex->cost, 0, (size_t)network->simplex->n_arcs * sizeof *network->simplex->cost);
}

void pulang_network_cost_feasible(pulang_network *network) {
    clear_costs(network);
    for (int a = network->artificial_arc; a < network->simplex->n_arcs; a++)
        network->simplex->cost[a] = 1;
}

void pulang_network_cost_level(pulang_network *network, int level) {
    const pulang_problem *problem = network->problem;
    pulang_simplex *simplex = network->simplex;
    clear_costs(network);
    if (problem->levels[level].arc_cost)
        memcpy(simplex->cost, problem->levels[level].arc_cost, (size_t)problem->n_arcs * sizeof(int64_t));
    for (int k = 0; problem->levels[level].unplaced && k < problem->n_classes; k++)
        if (network->unplaced[k] != PULANG_NONE)
            simplex->cost[network->unplaced[k]] = 1;
    for (int i = 0; i < network->n_segments; i++) {
        const pulang_total *total = &problem->totals[network->segments[i].total];
        int arc = network->segment_arc + i;
        int64_t from = network->segments[i].from, to = from + simplex->capacity[arc];
        simplex->cost[arc] = (pulang_total_cost(problem, total, level, to * total->unit) -
                              pulang_total_cost(problem, total, level, from * total->unit)) /
                             (to - from);
    }
}

static const pulang_piece *piece_of_level(const pulang_total *total, int level) {
    for (int i = 0; i < total->n_pieces; i++)
        if (total->pieces[i].level == level)
            return &total->pieces[i];
    return NULL;
}

int64_t pulang_network_need(const pulang_problem *problem, int t, int level, int64_t z) {
    const pulang_total *total = &problem->totals[t];
    const pulang_piece *piece = piece_of_level(total, level);
    if (!piece)
        return INT64_MIN;
    int64_t low = 0, high = pulang_steps_up(piece->to, total->unit); /* high always reaches 0 permille */
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (pulang_total_cost(problem, total, level, middle * total->unit) <= z)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

void pulang_network_cost_reach(pulang_network *network, int level, int64_t z) {
    clear_costs(network);
    int total = PULANG_NONE;
    int64_t need = 0;
    for (int i = 0; i < network->n_segments; i++) {
        const pulang_network_segment *segment = &network->segments[i];
        if (segment->total != total) {
            total = segment->total;
            need = pulang_network_need(network->problem, total, level, z);
        }
        if (segment->from < need)
            network->simplex->cost[network->segment_arc + i] = -1;
    }
}

int64_t pulang_network_missing(const pulang_network *network, int level, int64_t z) {
    const pulang_problem *problem = network->problem;
    int64_t missing = 0;
    int i = 0; /* segments are in the order of the totals */
    for (int t = 0; t < problem->n_totals; t++) {
        int64_t steps = network->lower[t];
        for (; i < network->n_segments && network->segments[i].total == t; i++)
            steps += network->simplex->flow[network->segment_arc + i];
        int64_t need = pulang_network_need(problem, t, level, z);
        missing += need > steps ? need - steps : 0;
    }
    return missing;
}

int64_t pulang_network_price(const pulang_network *network, int t) {
    const int64_t *potential = network->simplex->potential;
    return network->node[t] == PULANG_NONE ? 0 : potential[network->up[t]] - potential[network->node[t]];
}
