/*
 * From the plan towards another, cycle by cycle, until it is far enough from all.
 */
#include "model/alloc.h"
#include "model/error.h"
#include "solver/alternatives.h"
#include "solver/apart.h"

#include <string.h>

typedef struct walk {
    const pulang_optima *optima;
    const pulang_residual *residual;
    int *flow;     /* [face->n_arcs] on the way */
    int64_t *left; /* [n_edges] units of the difference that are still to be gone along the edge */
    int *next;     /* [n_nodes] the edge to look at next; those before it have nothing left */
    int *came_by;  /* [n_nodes] where on the way a node is, PULANG_NONE: not on it */
    int *way;      /* [n_nodes] edges */
    int n_flows;
    int *const *flows;
    int64_t *distance; /* [n_flows] */
} walk;

static int unplaced(const pulang_problem *face, int k, const int *flow) {
    int left = face->supply[k];
    for (int a = face->arc_begin[k]; a < face->arc_begin[k + 1]; a++)
        left -= flow[a];
    return left;
}

/* How many units the other flow has more along an edge; below 0: fewer. */
static int64_t difference(const walk *w, const pulang_residual_edge *edge, const int *to,
                          const int64_t *value_from, const int64_t *value_to) {
    const pulang_problem *face = w->optima->face;
    int i = edge->item;
    switch (edge->kind) {
    case PULANG_RESIDUAL_ENTER:
        return to[i] - w->flow[i];
    case PULANG_RESIDUAL_LEAVE:
        return w->flow[i] - to[i];
    case PULANG_RESIDUAL_DROP:
        return unplaced(face, i, to) - unplaced(face, i, w->flow);
    case PULANG_RESIDUAL_TAKE:
        return unplaced(face, i, w->flow) - unplaced(face, i, to);
    case PULANG_RESIDUAL_RISE:
        return (value_to[i] - value_from[i]) / face->totals[i].unit;
    case PULANG_RESIDUAL_FALL:
        break;
    }
    return (value_from[i] - value_to[i]) / face->totals[i].unit;
}

static int measure(walk *w, const int *to) {
    const pulang_problem *face = w->optima->face;
    int64_t *value_from = pulang_problem_totals(face, w->flow), *value_to = pulang_problem_totals(face, to);
    for (int e = 0; value_from && value_to && e < w->residual->n_edges; e++)
        w->left[e] = difference(w, &w->residual->edges[e], to, value_from, value_to);
    int failed = value_from && value_to ? 0 : -1;
    pulang_free(value_from);
    pulang_free(value_to);
    return failed;
}

/* The edge on from a node, PULANG_NONE: there is none. */
static int edge_on(walk *w, int node) {
    for (int *e = &w->next[node]; *e < w->residual->out_begin[node + 1]; ++*e)
        if (w->left[*e] > 0)
            return *e;
    return PULANG_NONE;
}

/* One member of the class more, or less, on an arc, PULANG_NONE: without a post. What that makes of the
   distances. */
static void change(walk *w, int k, int arc, int by) {
    const pulang_problem *face = w->optima->face, *p = w->optima->problem;
    int now = arc == PULANG_NONE ? unplaced(face, k, w->flow) : w->flow[arc];
    for (int f = 0; f < w->n_flows; f++) {
        int there = arc == PULANG_NONE ? unplaced(p, k, w->flows[f]) : w->flows[f][w->optima->arc[arc]];
        w->distance[f] += by < 0 ? now <= there : -(now < there);
    }
}

/* Goes once along the edges of a cycle. */
static void go(walk *w, const int *edges, int n) {
    for (int i = 0; i < n; i++) {
        const pulang_residual_edge *edge = &w->residual->edges[edges[i]];
        w->left[edges[i]]--;
        if (edge->kind == PULANG_RESIDUAL_ENTER)
            change(w, edge->from, edge->item, 1);
        if (edge->kind == PULANG_RESIDUAL_LEAVE)
            change(w, edge->to, edge->item, -1);
        if (edge->kind == PULANG_RESIDUAL_DROP)
            change(w, edge->item, PULANG_NONE, 1);
        if (edge->kind == PULANG_RESIDUAL_TAKE)
            change(w, edge->item, PULANG_NONE, -1);
    }
    for (int i = 0; i < n; i++) {
        const pulang_residual_edge *edge = &w->residual->edges[edges[i]];
        if (edge->kind == PULANG_RESIDUAL_ENTER)
            w->flow[edge->item]++;
        if (edge->kind == PULANG_RESIDUAL_LEAVE)
            w->flow[edge->item]--;
    }
}

/* Follows the difference from a node on until it comes round, and goes that cycle. False: nothing is left
   there. */
static bool go_round(walk *w, int node) {
    int n = 0;
    while (w->came_by[node] == PULANG_NONE) {
        int edge = edge_on(w, node);
        if (edge == PULANG_NONE)
            return false; /* only at the first node: what comes to a node goes on */
        w->came_by[node] = n;
        w->way[n++] = edge;
        node = w->residual->edges[edge].to;
    }
    int begin = w->came_by[node];
    for (int i = 0; i < n; i++)
        w->came_by[w->residual->edges[w->way[i]].from] = PULANG_NONE;
    go(w, w->way + begin, n - begin);
    return true;
}

static bool is_far(const walk *w, int64_t distance) {
    for (int f = 0; f < w->n_flows; f++)
        if (w->distance[f] < distance)
            return false;
    return true;
}

static void go_far(walk *w, int64_t distance) {
    for (int v = 0; v < w->residual->n_nodes && !is_far(w, distance); v++)
        while (!is_far(w, distance) && go_round(w, v))
            ;
}

static int walk_init(walk *w, const int *to) {
    const pulang_optima *o = w->optima;
    size_t n_nodes = (size_t)w->residual->n_nodes;
    w->flow = pulang_alloc((size_t)o->face->n_arcs, sizeof *w->flow);
    w->left = pulang_alloc((size_t)w->residual->n_edges, sizeof *w->left);
    w->next = pulang_alloc(n_nodes, sizeof *w->next);
    w->came_by = pulang_alloc(n_nodes, sizeof *w->came_by);
    w->way = pulang_alloc(n_nodes, sizeof *w->way);
    w->distance = pulang_alloc((size_t)w->n_flows, sizeof *w->distance);
    if (!w->flow || !w->left || !w->next || !w->came_by || !w->way || !w->distance)
        return -1;
    memcpy(w->flow, o->flow, (size_t)o->face->n_arcs * sizeof *w->flow);
    for (int v = 0; v < w->residual->n_nodes; v++) {
        w->next[v] = w->residual->out_begin[v];
        w->came_by[v] = PULANG_NONE;
    }
    for (int f = 0; f < w->n_flows; f++)
        w->distance[f] = pulang_apart_distance(o->problem, w->flows[f], o->whole_flow);
    return measure(w, to);
}

static void walk_free(walk *w) {
    pulang_free(w->flow);
    pulang_free(w->left);
    pulang_free(w->next);
    pulang_free(w->came_by);
    pulang_free(w->way);
    pulang_free(w->distance);
}

pulang_status alternatives_stop_early(const pulang_optima *optima, int n_flows, int *const *flows,
                                      int64_t distance, int *to, pulang_error *error) {
    pulang_residual *residual = NULL;
    pulang_status status = pulang_optima_residual(optima, &residual, error);
    if (status != PULANG_OK)
        return status;
    walk w = {.optima = optima, .residual = residual, .n_flows = n_flows, .flows = flows};
    if (walk_init(&w, to)) {
        status = pulang_fail_memory(error);
    } else {
        go_far(&w, distance);
        memcpy(to, w.flow, (size_t)optima->face->n_arcs * sizeof *to);
    }
    walk_free(&w);
    pulang_residual_free(residual);
    return status;
}
