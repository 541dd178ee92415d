/*
 * LEMON's minimum-cost flow on a .knet file: core_lemon simplex|scaling split|sink FILE
 *
 * Lower bounds of posts come in two forms:
 *   split  a post is two nodes, one that needs exactly the lower bound and one that takes the rest, so
 *          that every person's arc is there twice; a dummy person fills the seats that stay empty.
 *   sink   a post is one node, with an arc to a common sink that carries lower .. upper.
 * Without lower bounds `split` is one node a post, which takes up to its upper bound.
 *
 * Costs and bounds are computed from the matrix that was read, so that LEMON holds no second copy but its
 * own. The set-up is the graph and the solver's copy of it.
 */
#include "peer.h"

#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

using Graph = lemon::SmartDigraph;

// Persons first, then the nodes of posts, then a dummy person or a sink; arcs of persons first, person by
// person.
struct Network {
    peer_problem p;
    Graph graph;
    std::vector<int> post_of;      // by node of a post
    std::vector<int> supply;       // by node
    std::vector<int> lower, upper; // by arc, after those of the persons

    int person_arcs() const {
        return p.n * int(post_of.size());
    }
    int cost(int arc) const {
        int width = int(post_of.size());
        return arc < person_arcs() ? p.cost[std::size_t(arc / width) * p.m + post_of[arc % width]] : 0;
    }
};

// A function of the id of a node or an arc, seen as a map of the graph.
template <typename Item, typename Function> struct FunctionMap {
    using Key = Item;
    using Value = int;
    Function function;
    Value operator[](const Item &item) const {
        return function(Graph::id(item));
    }
};
template <typename Item, typename Function> static FunctionMap<Item, Function> map_of(Function function) {
    return {function};
}

static void add_nodes_and_person_arcs(Network &net) {
    std::size_t n = std::size_t(net.p.n), width = net.post_of.size();
    net.graph.reserveNode(int(net.supply.size()));
    net.graph.reserveArc(int((n + 1) * width));
    for (std::size_t v = 0; v < net.supply.size(); v++)
        net.graph.addNode();
    for (std::size_t i = 0; i < n; i++)
        for (std::size_t k = 0; k < width; k++)
            net.graph.addArc(net.graph.nodeFromId(int(i)), net.graph.nodeFromId(int(n + k)));
}

static void add_arc(Network &net, std::size_t from, std::size_t to, int lower, int upper) {
    net.graph.addArc(net.graph.nodeFromId(int(from)), net.graph.nodeFromId(int(to)));
    net.lower.push_back(lower);
    net.upper.push_back(upper);
}

static void build_sink(Network &net) {
    const peer_problem &p = net.p;
    std::size_t n = std::size_t(p.n), m = std::size_t(p.m);
    net.post_of.resize(m);
    std::iota(net.post_of.begin(), net.post_of.end(), 0);
    net.supply.assign(n, 1);
    net.supply.resize(n + m, 0);
    net.supply.push_back(-p.n);
    add_nodes_and_person_arcs(net);
    for (std::size_t j = 0; j < m; j++)
        add_arc(net, n + j, n + m, p.lower[j], p.upper[j]);
}

static void build_split(Network &net) {
    const peer_problem &p = net.p;
    net.supply.assign(std::size_t(p.n), 1);
    for (int part = 0; part < 2; part++) // all that must be filled, then all that may be
        for (int j = 0; j < p.m; j++) {
            int units = part == 0 ? p.lower[j] : p.upper[j] - p.lower[j];
            if (units == 0)
                continue;
            net.post_of.push_back(j);
            net.supply.push_back(-units);
        }
    std::size_t must =
        std::size_t(std::count_if(p.lower, p.lower + p.m, [](int units) { return units > 0; }));
    std::size_t dummy = net.supply.size();
    if (must > 0)
        net.supply.push_back(-std::accumulate(net.supply.begin(), net.supply.end(), 0));
    add_nodes_and_person_arcs(net);
    for (std::size_t v = std::size_t(p.n) + must; must > 0 && v < dummy; v++)
        add_arc(net, dummy, v, 0, -net.supply[v]);
}

template <typename Solver>
static void run(const char *name, const peer_problem &p, const std::string &form, const char *file) {
    Network net;
    net.p = p;
    double begin = peer_now();
    form == "sink" ? build_sink(net) : build_split(net);
    int first = net.person_arcs();
    Solver solver(net.graph);
    if (form == "sink")
        solver.lowerMap(map_of<Graph::Arc>([&](int a) { return a < first ? 0 : net.lower[a - first]; }));
    solver.upperMap(map_of<Graph::Arc>([&](int a) { return a < first ? 1 : net.upper[a - first]; }))
        .costMap(map_of<Graph::Arc>([&](int a) { return net.cost(a); }))
        .supplyMap(map_of<Graph::Node>([&](int v) { return net.supply[v]; }));
    double built = peer_now();
    if (solver.run() != Solver::OPTIMAL)
        peer_fail("no optimum found");
    double solved = peer_now();
    peer_print(name, form.c_str(), file, solver.template totalCost<long long>(), built - begin,
               solved - built);
}

// The narrowest type that holds the price of a path through all nodes.
static bool fits_int(const peer_problem &p) {
    std::size_t arcs = std::size_t(p.n) * std::size_t(p.m);
    long long dearest = 0;
    for (std::size_t a = 0; a < arcs; a++)
        dearest = std::max(dearest, std::llabs(p.cost[a]));
    return (dearest + 1) * (p.n + 2LL * p.m + 1) < std::numeric_limits<int>::max();
}

int main(int argc, char **argv) {
    std::string method = argc == 4 ? argv[1] : "", form = argc == 4 ? argv[2] : "";
    if ((method != "simplex" && method != "scaling") || (form != "split" && form != "sink"))
        peer_fail("Usage: core_lemon simplex|scaling split|sink FILE");
    peer_problem p = peer_read(argv[3]);
    if (method == "scaling")
        run<lemon::CostScaling<Graph, int, int>>("LEMON CostScaling", p, form, argv[3]);
    else if (fits_int(p))
        run<lemon::NetworkSimplex<Graph, int, int>>("LEMON NetworkSimplex", p, form, argv[3]);
    else
        run<lemon::NetworkSimplex<Graph, int, long long>>("LEMON NetworkSimplex", p, form, argv[3]);
    return 0;
}
