#include "tests/support_transport.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int64_t wide_range(test_random *random, int64_t lo, int64_t hi) {
    return lo + (int64_t)(test_random_next(random) % (uint64_t)(hi - lo + 1));
}

/* Range of costs: ties, small, with negative ones, what fits 32 bits, far beyond. */
static void draw_range(test_random *random, bool modest, int64_t *least, int64_t *most) {
    static const int64_t ranges[][2] = {
        {0, 2}, {0, 100}, {-50, 50}, {1, 1000}, {-1000000000, 1000000000}, {0, 1000000000000}};
    int i = test_random_range(random, 0, modest ? 3 : 5);
    *least = ranges[i][0];
    *most = ranges[i][1];
}

static void fill_costs(test_random *random, int64_t least, int64_t most, test_transport *made) {
    static const int forbidden_percent[] = {0, 0, 20, 60};
    int percent = forbidden_percent[test_random_range(random, 0, 3)];
    int n_arcs = 0;
    for (int r = 0; r < made->problem.n_rows; r++) {
        for (int j = 0; j < made->problem.n_posts; j++) {
            int at = r * made->problem.n_posts + j;
            made->dense64[at] = PULANG_FORBIDDEN;
            if (test_random_range(random, 1, 100) <= percent) {
                made->has_forbidden = true;
                continue;
            }
            made->dense64[at] = wide_range(random, least, most);
            made->dense32[at] = (int32_t)made->dense64[at];
            made->arc_post[n_arcs] = j;
            made->arc_cost[n_arcs++] = made->dense64[at];
        }
        made->row_begin[r + 1] = n_arcs;
    }
}

static void fill_tree(test_random *random, int64_t persons, test_transport *made) {
    pulang_transport *p = &made->problem;
    bool tight = test_random_range(random, 0, 1);
    for (int v = 0; v < p->n_nodes; v++) {
        int lowest = v + 1 > p->n_posts ? v + 1 : p->n_posts;
        made->parent[v] = test_random_range(random, lowest, p->n_nodes);
        int64_t share = v < p->n_posts ? persons / p->n_posts : persons;
        made->upper[v] = wide_range(random, tight ? share / 2 : share, 2 * share + 2);
        made->lower[v] = 0;
        int kind = test_random_range(random, 0, 9);
        if (kind == 0)
            made->lower[v] = made->upper[v] = wide_range(random, 0, share + 1);
        else if (kind < 4)
            made->lower[v] = wide_range(random, 0, made->upper[v] < share / 2 ? made->upper[v] : share / 2);
    }
}

/* Slopes below zero, or any and then to the upper bound: the slope after the last segment is zero. */
static void fill_segments(test_random *random, int64_t size, test_transport *made) {
    int n = 0;
    for (int v = 0; v < made->problem.n_nodes; v++) {
        made->segment_begin[v] = n;
        int count = test_random_range(random, 0, 3);
        bool rewards = test_random_range(random, 0, 1);
        int64_t end = 0, slope = -wide_range(random, 0, 2 * size);
        for (int i = 0; i < count; i++) {
            end += test_random_range(random, 1, 4);
            slope += wide_range(random, 0, size);
            if (rewards && slope > 0)
                slope = 0;
            made->segment_end[n] = end;
            made->segment_slope[n++] = slope;
        }
        if (count > 0 && !rewards && end < made->upper[v])
            made->segment_end[n - 1] = made->upper[v];
    }
    made->segment_begin[made->problem.n_nodes] = n;
}

static void fill_unplaced(test_random *random, int64_t least, int64_t most, test_transport *made) {
    int kind = test_random_range(random, 0, 2);
    for (int r = 0; r < made->problem.n_rows; r++) {
        made->unplaced[r] = wide_range(random, least, kind == 0 ? most : most + (most - least));
        if (kind == 2 && test_random_range(random, 0, 2) == 0)
            made->unplaced[r] = PULANG_FORBIDDEN;
    }
}

void test_transport_random(uint64_t seed, const test_transport_options *options, test_transport *made) {
    test_random random = {seed};
    memset(made, 0, sizeof *made);
    pulang_transport *p = &made->problem;
    p->n_rows = test_random_range(&random, 1, options->max_rows);
    p->n_posts = test_random_range(&random, 1, options->max_posts);
    p->n_nodes = p->n_posts + test_random_range(&random, 0, options->max_totals);
    assert(p->n_rows <= TEST_MOST_ROWS && p->n_posts <= TEST_MOST_POSTS && p->n_nodes <= TEST_MOST_NODES);
    int64_t persons = 0, least, most;
    bool many = test_random_range(&random, 0, 1);
    for (int r = 0; r < p->n_rows; r++)
        persons += made->supply[r] = many ? test_random_range(&random, 0, 4) : 1;
    draw_range(&random, options->modest, &least, &most);
    made->largest = 4 * (most > -least ? most : -least) + 4;
    fill_costs(&random, least, most, made);
    fill_tree(&random, persons, made);
    fill_segments(&random, most - least, made);
    fill_unplaced(&random, least, most, made);
    p->supply = many ? made->supply : NULL;
    p->parent = p->n_nodes > p->n_posts || test_random_range(&random, 0, 1) ? made->parent : NULL;
    p->lower = test_random_range(&random, 0, 2) ? made->lower : NULL;
    p->upper = made->upper;
    p->segment_begin = test_random_range(&random, 0, 1) ? made->segment_begin : NULL;
    p->segment_end = made->segment_end;
    p->segment_slope = made->segment_slope;
    p->unplaced = test_random_range(&random, 0, 1) ? made->unplaced : NULL;
    p->costs.dense64 = made->dense64;
}

static int64_t implicit_cost(const void *user, int row, int post) {
    const test_transport *made = user;
    return made->dense64[row * made->problem.n_posts + post];
}

static int implicit_cheapest(const void *user, int row, const int64_t *price, int64_t below, int k,
                             pulang_offer *offers) {
    const test_transport *made = user;
    int n = 0;
    for (int j = 0; j < made->problem.n_posts; j++) {
        int64_t cost = implicit_cost(user, row, j);
        if (cost == PULANG_FORBIDDEN || cost + price[j] >= below)
            continue;
        if (n == k && offers[n - 1].cost + price[offers[n - 1].post] <= cost + price[j])
            continue;
        int at = n < k ? n++ : n - 1;
        for (; at > 0 && offers[at - 1].cost + price[offers[at - 1].post] > cost + price[j]; at--)
            offers[at] = offers[at - 1];
        offers[at] = (pulang_offer){j, cost};
    }
    return n;
}

bool test_transport_form(const test_transport *made, test_form form, pulang_transport *problem) {
    *problem = made->problem;
    switch (form) {
    case TEST_DENSE64:
        return true;
    case TEST_DENSE32:
        problem->costs = (pulang_cost_source){.dense32 = made->dense32};
        return !made->has_forbidden && made->largest <= 4 * (int64_t)INT32_MAX;
    case TEST_SPARSE:
        problem->costs = (pulang_cost_source){
            .row_begin = made->row_begin, .arc_post = made->arc_post, .arc_cost = made->arc_cost};
        return true;
    case TEST_IMPLICIT:
        problem->costs = (pulang_cost_source){.cheapest = implicit_cheapest,
                                              .cost = implicit_cost,
                                              .user = made,
                                              .least = -made->largest,
                                              .largest = made->largest};
        return true;
    default:
        return false;
    }
}

/* The whole graph: source, rows, nodes with the root, sink. */
#define BELOW_LOWER ((int64_t)1000000000000000)
#define FAR (INT64_MAX / 4)
enum { MOST_VERTICES = TEST_MOST_ROWS + TEST_MOST_NODES + 3 };

typedef struct edge {
    int from, to;
    int64_t room, cost, weight; /* weight: with what a missed lower bound is worth */
} edge;

typedef struct graph {
    edge *edges; /* an edge and its reverse are neighbours: e, e ^ 1 */
    int n, room, n_vertices;
} graph;

static void add_edge(graph *g, int from, int to, int64_t room, int64_t cost, int64_t weight) {
    if (g->n + 2 > g->room) {
        g->room = 2 * g->room + 64;
        g->edges = realloc(g->edges, (size_t)g->room * sizeof *g->edges);
    }
    g->edges[g->n++] = (edge){from, to, room, cost, weight};
    g->edges[g->n++] = (edge){to, from, 0, -cost, -weight};
}

/* What comes out of node v, in pieces of one slope. */
static void add_pieces(graph *g, const pulang_transport *p, int v, int from, int to) {
    int64_t lower = p->lower ? p->lower[v] : 0, end;
    for (int64_t begin = 0; begin < p->upper[v]; begin = end) {
        int64_t slope = 0;
        end = begin < lower ? lower : p->upper[v];
        for (int i = p->segment_begin ? p->segment_begin[v] : 0;
             p->segment_begin && i < p->segment_begin[v + 1]; i++)
            if (p->segment_end[i] > begin) {
                slope = p->segment_slope[i];
                end = p->segment_end[i] < end ? p->segment_end[i] : end;
                break;
            }
        add_edge(g, from, to, end - begin, slope, slope - (begin < lower ? BELOW_LOWER : 0));
    }
}

static graph make_graph(const pulang_transport *p) {
    graph g = {.n_vertices = p->n_rows + p->n_nodes + 3};
    int first = p->n_rows, source = g.n_vertices - 2, sink = g.n_vertices - 1;
    for (int r = 0; r < p->n_rows; r++) {
        add_edge(&g, source, r, p->supply ? p->supply[r] : 1, 0, 0);
        if (p->unplaced && p->unplaced[r] != PULANG_FORBIDDEN)
            add_edge(&g, r, sink, FAR, p->unplaced[r], p->unplaced[r]);
        for (int j = 0; j < p->n_posts; j++) {
            int64_t cost = p->costs.dense64[r * p->n_posts + j];
            if (cost != PULANG_FORBIDDEN)
                add_edge(&g, r, first + j, FAR, cost, cost);
        }
    }
    for (int v = 0; v < p->n_nodes; v++)
        add_pieces(&g, p, v, first + v, first + (p->parent ? p->parent[v] : p->n_nodes));
    add_edge(&g, first + p->n_nodes, sink, FAR, 0, 0);
    return g;
}

/* Edges by which a shortest path comes to each vertex; false: the sink cannot be reached. */
static bool shortest_path(const graph *g, int source, int sink, int *came) {
    int64_t distance[MOST_VERTICES];
    for (int v = 0; v < g->n_vertices; v++)
        distance[v] = FAR;
    distance[source] = 0;
    for (bool changed = true; changed;) {
        changed = false;
        for (int e = 0; e < g->n; e++) {
            const edge *at = &g->edges[e];
            if (at->room > 0 && distance[at->from] < FAR &&
                distance[at->from] + at->weight < distance[at->to]) {
                distance[at->to] = distance[at->from] + at->weight;
                came[at->to] = e;
                changed = true;
            }
        }
    }
    return distance[sink] < FAR;
}

static int64_t send(graph *g, int source, int sink, const int *came) {
    int64_t units = FAR;
    for (int v = sink; v != source; v = g->edges[came[v]].from)
        units = g->edges[came[v]].room < units ? g->edges[came[v]].room : units;
    for (int v = sink; v != source; v = g->edges[came[v]].from) {
        g->edges[came[v]].room -= units;
        g->edges[came[v] ^ 1].room += units;
    }
    return units;
}

bool test_transport_optimum(const pulang_transport *p, int64_t *objective) {
    graph g = make_graph(p);
    int came[MOST_VERTICES], source = g.n_vertices - 2, sink = g.n_vertices - 1;
    int64_t left = 0, missing = 0;
    for (int r = 0; r < p->n_rows; r++)
        left += p->supply ? p->supply[r] : 1;
    while (left > 0 && shortest_path(&g, source, sink, came))
        left -= send(&g, source, sink, came);
    for (int v = 0; p->lower && v < p->n_nodes; v++)
        missing += p->lower[v];
    *objective = 0;
    for (int e = 0; e < g.n; e += 2) {
        int64_t flow = g.edges[e + 1].room;
        *objective += flow * g.edges[e].cost;
        missing -= flow * (g.edges[e].cost - g.edges[e].weight) / BELOW_LOWER;
    }
    free(g.edges);
    return left == 0 && missing == 0;
}

/* Rows: one for each row's supply, one for the balance and one for the bounds of each node. */
static void add_column(pulang_program *program, double upper, double cost, int n, const int *row,
                       const double *value) {
    int c = program->n_columns++;
    program->columns[c] =
        (pulang_program_column){.name = "x", .lower = 0, .upper = upper, .cost = cost, .integer = false};
    for (int i = 0; i < n; i++) {
        program->row[program->n_entries] = row[i];
        program->value[program->n_entries++] = value[i];
    }
    program->begin[c + 1] = program->n_entries;
}

/* How many of node v's units fall in each segment; the slope after the last is zero. */
static void add_node_columns(pulang_program *program, const pulang_transport *p, int v) {
    int above = p->parent ? p->parent[v] : p->n_nodes, n = 0, row[3];
    double value[3] = {-1, 1, 1};
    int64_t begin = 0;
    row[n++] = p->n_rows + v;
    row[n++] = p->n_rows + p->n_nodes + v;
    if (above < p->n_nodes) { /* parents come later, but bounds come after all balances */
        row[1] = p->n_rows + above;
        row[n++] = p->n_rows + p->n_nodes + v;
    }
    for (int i = p->segment_begin ? p->segment_begin[v] : 0; p->segment_begin && i < p->segment_begin[v + 1];
         i++) {
        add_column(program, (double)(p->segment_end[i] - begin), (double)p->segment_slope[i], n, row, value);
        begin = p->segment_end[i];
    }
    if (begin < p->upper[v])
        add_column(program, HUGE_VAL, 0, n, row, value);
}

pulang_program *test_transport_program(const pulang_transport *p) {
    pulang_arena *arena = pulang_arena_new();
    pulang_program *program = pulang_arena_alloc(arena, 1, sizeof *program);
    size_t columns = (size_t)p->n_rows * (size_t)(p->n_posts + 1) + TEST_MOST_SEGMENTS + TEST_MOST_NODES;
    *program = (pulang_program){.name = "transport", .arena = arena};
    program->n_rows = p->n_rows + 2 * p->n_nodes;
    program->rows = pulang_arena_alloc(arena, (size_t)program->n_rows, sizeof *program->rows);
    program->columns = pulang_arena_alloc(arena, columns, sizeof *program->columns);
    program->begin = pulang_arena_alloc(arena, columns + 1, sizeof *program->begin);
    program->row = pulang_arena_alloc(arena, 3 * columns, sizeof *program->row);
    program->value = pulang_arena_alloc(arena, 3 * columns, sizeof *program->value);
    for (int r = 0; r < p->n_rows; r++) {
        double supply = p->supply ? p->supply[r] : 1;
        program->rows[r] = (pulang_program_row){"supply", supply, supply};
        if (p->unplaced && p->unplaced[r] != PULANG_FORBIDDEN)
            add_column(program, HUGE_VAL, (double)p->unplaced[r], 1, (int[]){r}, (double[]){1});
        for (int j = 0; j < p->n_posts; j++) {
            int64_t cost = p->costs.dense64[r * p->n_posts + j];
            if (cost != PULANG_FORBIDDEN)
                add_column(program, HUGE_VAL, (double)cost, 2, (int[]){r, p->n_rows + j}, (double[]){1, 1});
        }
    }
    for (int v = 0; v < p->n_nodes; v++) {
        double lower = p->lower ? (double)p->lower[v] : 0;
        program->rows[p->n_rows + v] = (pulang_program_row){"balance", 0, 0};
        program->rows[p->n_rows + p->n_nodes + v] =
            (pulang_program_row){"bounds", lower, (double)p->upper[v]};
        add_node_columns(program, p, v);
    }
    return program;
}
