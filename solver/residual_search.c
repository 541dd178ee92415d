/*
 * Shortest paths of vector costs: the potentials by label correcting (Bellman, Ford and Moore, with a queue;
 * nodes times edges at worst), each search from then on by Dijkstra on the reduced costs with a binary heap.
 */
#include "solver/residual_search.h"

#include "model/alloc.h"

#include <string.h>

int pulang_residual_compare(int n_levels, const int64_t *a, const int64_t *b) {
    for (int l = 0; l < n_levels; l++)
        if (a[l] != b[l])
            return a[l] < b[l] ? -1 : 1;
    return 0;
}

static int64_t arc_cost(const pulang_problem *problem, int level, int arc) {
    const int64_t *cost = problem->levels[level].arc_cost;
    return cost ? cost[arc] : 0;
}

void pulang_residual_cost(const pulang_residual *r, const pulang_residual_edge *edge, int64_t *cost) {
    const pulang_problem *p = r->problem;
    const size_t row = (size_t)edge->item * (size_t)r->n_levels;
    for (int l = 0; l < r->n_levels; l++)
        switch (edge->kind) {
        case PULANG_RESIDUAL_ENTER:
            cost[l] = arc_cost(p, l, edge->item);
            break;
        case PULANG_RESIDUAL_LEAVE:
            cost[l] = -arc_cost(p, l, edge->item);
            break;
        case PULANG_RESIDUAL_DROP:
            cost[l] = p->levels[l].unplaced;
            break;
        case PULANG_RESIDUAL_TAKE:
            cost[l] = -(int64_t)p->levels[l].unplaced;
            break;
        case PULANG_RESIDUAL_RISE:
            cost[l] = r->rise[row + (size_t)l];
            break;
        case PULANG_RESIDUAL_FALL:
            cost[l] = r->fall[row + (size_t)l];
            break;
        }
}

static const int64_t *label(const pulang_residual *r, const int64_t *labels, int node) {
    return labels + (size_t)node * (size_t)r->n_levels;
}

void pulang_residual_reduced(const pulang_residual *r, const pulang_residual_edge *edge, int64_t *cost) {
    const int64_t *from = label(r, r->potential, edge->from), *to = label(r, r->potential, edge->to);
    pulang_residual_cost(r, edge, cost);
    for (int l = 0; l < r->n_levels; l++)
        cost[l] += from[l] - to[l];
}

/* ---- potentials ---- */

typedef struct correcting {
    pulang_residual *residual;
    int64_t *candidate; /* [n_levels] */
    int *queue;         /* [n_nodes] a ring */
    bool *queued;       /* [n_nodes] */
    int *parent;        /* [n_nodes] the node before, PULANG_NONE */
    int *seen;          /* [n_nodes] in which look-out for cycles the node was met */
    int first, n_queued;
} correcting;

static void enqueue(correcting *c, int node) {
    if (c->queued[node])
        return;
    c->queued[node] = true;
    c->queue[(c->first + c->n_queued++) % c->residual->n_nodes] = node;
}

static void correct_from(correcting *c, int node) {
    pulang_residual *r = c->residual;
    const size_t n_levels = (size_t)r->n_levels;
    for (int e = r->out_begin[node]; e < r->out_begin[node + 1]; e++) {
        const pulang_residual_edge *edge = &r->edges[e];
        int64_t *to = r->potential + (size_t)edge->to * n_levels;
        pulang_residual_reduced(r, edge, c->candidate);
        int l = 0;
        while (l < r->n_levels && c->candidate[l] == 0)
            l++;
        if (l == r->n_levels || c->candidate[l] > 0)
            continue;
        for (l = 0; l < r->n_levels; l++)
            to[l] += c->candidate[l];
        c->parent[edge->to] = node;
        enqueue(c, edge->to);
    }
}

/* Whether the parents go round in a circle: then its cost is below 0. */
static bool find_cycle(correcting *c) {
    memset(c->seen, 0, (size_t)c->residual->n_nodes * sizeof *c->seen);
    for (int v = 0; v < c->residual->n_nodes; v++) {
        int node = v;
        while (node != PULANG_NONE && c->seen[node] == 0) {
            c->seen[node] = v + 1;
            node = c->parent[node];
        }
        if (node != PULANG_NONE && c->seen[node] == v + 1)
            return true;
    }
    return false;
}

static bool correct_all(correcting *c) {
    int n_nodes = c->residual->n_nodes;
    for (int v = 0; v < n_nodes; v++) {
        c->parent[v] = PULANG_NONE;
        enqueue(c, v);
    }
    for (int n = 1; c->n_queued > 0; n++) {
        int node = c->queue[c->first];
        c->first = (c->first + 1) % n_nodes;
        c->n_queued--;
        c->queued[node] = false;
        correct_from(c, node);
        if (n == n_nodes) {
            if (find_cycle(c))
                return false;
            n = 0;
        }
    }
    return true;
}

int pulang_residual_potentials(pulang_residual *r, bool *optimal) {
    size_t n_nodes = (size_t)r->n_nodes;
    correcting c = {.residual = r,
                    .candidate = pulang_alloc((size_t)r->n_levels, sizeof *c.candidate),
                    .queue = pulang_alloc(n_nodes, sizeof *c.queue),
                    .queued = pulang_alloc(n_nodes, sizeof *c.queued),
                    .parent = pulang_alloc(n_nodes, sizeof *c.parent),
                    .seen = pulang_alloc(n_nodes, sizeof *c.seen)};
    int failed = c.candidate && c.queue && c.queued && c.parent && c.seen ? 0 : -1;
    if (!failed)
        *optimal = correct_all(&c);
    pulang_free(c.candidate);
    pulang_free(c.queue);
    pulang_free(c.queued);
    pulang_free(c.parent);
    pulang_free(c.seen);
    return failed;
}

/* ---- searches ---- */

typedef struct dijkstra {
    const pulang_residual *residual;
    pulang_residual_paths *paths;
    int *heap;          /* [n_heap] nodes, the nearest first */
    int *place;         /* [n_nodes] in the heap, 1-based; 0: not in it */
    int64_t *candidate; /* [n_levels] */
    int n_heap;
    int avoid; /* node, PULANG_NONE */
} dijkstra;

static bool nearer(const dijkstra *d, int a, int b) {
    const int64_t *distance = d->paths->distance;
    return pulang_residual_compare(d->residual->n_levels, label(d->residual, distance, a),
                                   label(d->residual, distance, b)) < 0;
}

static void put(dijkstra *d, int at, int node) {
    d->heap[at] = node;
    d->place[node] = at + 1;
}

static void sift_up(dijkstra *d, int at) {
    int node = d->heap[at];
    while (at > 0 && nearer(d, node, d->heap[(at - 1) / 2])) {
        put(d, at, d->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    put(d, at, node);
}

static void sift_down(dijkstra *d, int at) {
    int node = d->heap[at];
    for (int child; (child = 2 * at + 1) < d->n_heap; at = child) {
        if (child + 1 < d->n_heap && nearer(d, d->heap[child + 1], d->heap[child]))
            child++;
        if (!nearer(d, d->heap[child], node))
            break;
        put(d, at, d->heap[child]);
    }
    put(d, at, node);
}

static int pop(dijkstra *d) {
    int node = d->heap[0], last = d->heap[--d->n_heap];
    d->place[node] = 0;
    if (d->n_heap > 0) {
        put(d, 0, last);
        sift_down(d, 0);
    }
    return node;
}

static void relax(dijkstra *d, int node, int e) {
    const pulang_residual *r = d->residual;
    pulang_residual_paths *paths = d->paths;
    const pulang_residual_edge *edge = &r->edges[e];
    int other = paths->towards ? edge->from : edge->to;
    const int64_t *here = label(r, paths->distance, node);
    int64_t *there = paths->distance + (size_t)other * (size_t)r->n_levels;
    if (other == d->avoid || (paths->reached[other] && d->place[other] == 0))
        return;
    pulang_residual_reduced(r, edge, d->candidate);
    for (int l = 0; l < r->n_levels; l++)
        d->candidate[l] += here[l];
    if (paths->reached[other] && pulang_residual_compare(r->n_levels, d->candidate, there) >= 0)
        return;
    memcpy(there, d->candidate, (size_t)r->n_levels * sizeof *there);
    paths->edge[other] = e;
    if (!paths->reached[other])
        put(d, d->n_heap++, other);
    paths->reached[other] = true;
    sift_up(d, d->place[other] - 1);
}

/* From distances of reduced costs to those of costs. */
static void restore_distances(const dijkstra *d) {
    const pulang_residual *r = d->residual;
    const int64_t *own = label(r, r->potential, d->paths->node);
    for (int v = 0; v < r->n_nodes; v++) {
        int64_t *distance = d->paths->distance + (size_t)v * (size_t)r->n_levels;
        const int64_t *potential = label(r, r->potential, v);
        for (int l = 0; l < r->n_levels; l++)
            distance[l] += d->paths->towards ? own[l] - potential[l] : potential[l] - own[l];
    }
}

static void search(dijkstra *d) {
    const pulang_residual *r = d->residual;
    put(d, d->n_heap++, d->paths->node);
    d->paths->reached[d->paths->node] = true;
    d->paths->edge[d->paths->node] = PULANG_NONE;
    while (d->n_heap > 0) {
        int node = pop(d);
        if (d->paths->towards)
            for (int i = r->in_begin[node]; i < r->in_begin[node + 1]; i++)
                relax(d, node, r->in_edge[i]);
        else
            for (int e = r->out_begin[node]; e < r->out_begin[node + 1]; e++)
                relax(d, node, e);
    }
    restore_distances(d);
}

static pulang_residual_paths *paths_new(const pulang_residual *r, int node, bool towards) {
    size_t n_nodes = (size_t)r->n_nodes;
    pulang_residual_paths *paths = pulang_alloc(1, sizeof *paths);
    if (!paths)
        return NULL;
    *paths = (pulang_residual_paths){
        .node = node,
        .towards = towards,
        .reached = pulang_alloc(n_nodes, sizeof *paths->reached),
        .distance = pulang_alloc(n_nodes * (size_t)r->n_levels, sizeof *paths->distance),
        .edge = pulang_alloc(n_nodes, sizeof *paths->edge),
    };
    if (paths->reached && paths->distance && paths->edge)
        return paths;
    pulang_residual_paths_free(paths);
    return NULL;
}

pulang_residual_paths *pulang_residual_search(const pulang_residual *residual, int node, bool towards,
                                              int avoid) {
    dijkstra d = {.residual = residual, .avoid = avoid, .paths = paths_new(residual, node, towards)};
    d.heap = pulang_alloc((size_t)residual->n_nodes, sizeof *d.heap);
    d.place = pulang_alloc((size_t)residual->n_nodes, sizeof *d.place);
    d.candidate = pulang_alloc((size_t)residual->n_levels, sizeof *d.candidate);
    bool ok = d.paths && d.heap && d.place && d.candidate;
    if (ok)
        search(&d);
    pulang_free(d.heap);
    pulang_free(d.place);
    pulang_free(d.candidate);
    if (ok)
        return d.paths;
    pulang_residual_paths_free(d.paths);
    return NULL;
}

void pulang_residual_paths_free(pulang_residual_paths *paths) {
    if (!paths)
        return;
    pulang_free(paths->reached);
    pulang_free(paths->distance);
    pulang_free(paths->edge);
    pulang_free(paths);
}
