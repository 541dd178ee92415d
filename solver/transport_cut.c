/*
 * The nodes that can be reached in the residual graph of a flow that cannot be mended, over all eligible
 * pairs (Ford and Fulkerson 1956; with lower bounds Hoffman 1960, Gale 1957):
 *
 *   row -> every node that it may hold, node -> the rows that it holds,
 *   node -> parent below its upper bound, parent -> node above its lower bound.
 *
 * No row reached can leave this set, what leads out of it is full, and what leads into it is at its lower
 * bound or misses it: where something is left or missed, more units must come in than can go out. The set is
 * reached from the stuck row, or from the parents of the nodes that miss their lower bounds: a way from there
 * to such a node would be part of a cycle that brings units to it. When a flow misses as little as can
 * be, not all of them are reached. O(pairs + nodes).
 */
#include "solver/transport_cut.h"

#include "model/alloc.h"

#include <assert.h>

/* Numbers 0 .. n - 1 by key: those of key k are items[begin[k]] .. items[begin[k + 1] - 1]. */
typedef struct grouping {
    int *begin, *items;
} grouping;

typedef struct walk {
    const pulang_transport *problem;
    int root;
    int *above;        /* [n_nodes] parent */
    grouping children; /* of each node */
    grouping held;     /* placements by node */
    int64_t *flow;     /* [n_nodes + 1] */
    int *left;         /* [n_rows] units without a place */
    bool *in;          /* [n_nodes + 1] reached: the cut */
    bool *row_in;      /* [n_rows] reached */
    int *queue, n_queue;
    int *outside, n_outside; /* posts not yet reached, and some that are */
} walk;

static int group(int n_keys, int n, const int *key, grouping *made) {
    made->begin = pulang_alloc((size_t)n_keys + 2, sizeof *made->begin);
    made->items = pulang_alloc((size_t)n, sizeof *made->items);
    if (!made->begin || !made->items)
        return -1;
    int *begin = made->begin + 1; /* begin[k + 1] counts, then moves from the begin of k to its end */
    for (int i = 0; i < n; i++)
        begin[key[i] + 1]++;
    for (int k = 0; k < n_keys; k++)
        begin[k + 1] += begin[k];
    for (int i = 0; i < n; i++)
        made->items[begin[key[i]]++] = i;
    return 0;
}

static void free_walk(walk *w) {
    void *parts[] = {w->above, w->children.begin, w->children.items, w->held.begin, w->held.items,
                     w->flow,  w->left,           w->row_in,         w->queue,      w->outside};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        pulang_free(parts[i]);
}

static int init_walk(walk *w, const pulang_transport_plan *plan) {
    const pulang_transport *p = w->problem;
    size_t nodes = (size_t)p->n_nodes + 1, rows = (size_t)p->n_rows, posts = (size_t)p->n_posts;
    w->above = pulang_alloc(nodes, sizeof *w->above);
    w->flow = pulang_alloc(nodes, sizeof *w->flow);
    w->left = pulang_alloc(rows, sizeof *w->left);
    w->row_in = pulang_alloc(rows, sizeof *w->row_in);
    w->queue = pulang_alloc(nodes, sizeof *w->queue);
    w->outside = pulang_alloc(posts, sizeof *w->outside);
    if (!w->above || !w->flow || !w->left || !w->row_in || !w->queue || !w->outside)
        return -1;
    for (int v = 0; v < p->n_nodes; v++)
        w->above[v] = p->parent ? p->parent[v] : w->root;
    for (int r = 0; r < p->n_rows; r++)
        w->left[r] = p->supply ? p->supply[r] : 1;
    for (int i = 0; i < plan->n_placements; i++) {
        w->flow[plan->post[i]] += plan->count[i];
        w->left[plan->row[i]] -= plan->count[i];
    }
    for (int v = 0; v < p->n_nodes; v++) /* parents come after their children */
        w->flow[w->above[v]] += w->flow[v];
    for (int j = 0; j < p->n_posts; j++)
        w->outside[w->n_outside++] = j;
    return group(w->root + 1, p->n_nodes, w->above, &w->children) ||
                   group(w->root + 1, plan->n_placements, plan->post, &w->held)
               ? -1
               : 0;
}

static int64_t lower_of(const walk *w, int v) {
    return w->problem->lower ? w->problem->lower[v] : 0;
}

static bool may_stay_out(const walk *w, int row) {
    return w->problem->unplaced && w->problem->unplaced[row] != PULANG_FORBIDDEN;
}

static void reach_node(walk *w, int v) {
    if (w->in[v])
        return;
    w->in[v] = true;
    w->queue[w->n_queue++] = v;
}

/* Reaches the posts outside that the row may hold, and drops from the list those reached by now. */
static void reach_outside(walk *w, int row) {
    int kept = 0;
    for (int i = 0; i < w->n_outside; i++) {
        int j = w->outside[i];
        if (w->in[j])
            continue;
        if (pulang_transport_cost(w->problem, row, j) == PULANG_FORBIDDEN)
            w->outside[kept++] = j;
        else
            reach_node(w, j);
    }
    w->n_outside = kept;
}

static void reach_row(walk *w, int row) {
    const pulang_cost_source *c = &w->problem->costs;
    if (w->row_in[row])
        return;
    w->row_in[row] = true;
    if (may_stay_out(w, row))
        reach_node(w, w->root);
    if (!c->row_begin) {
        reach_outside(w, row);
        return;
    }
    for (int a = c->row_begin[row]; a < c->row_begin[row + 1]; a++)
        reach_node(w, c->arc_post[a]);
}

static void reach_all(walk *w, const pulang_transport_plan *plan) {
    for (int next = 0; next < w->n_queue; next++) {
        int v = w->queue[next];
        for (int i = w->held.begin[v]; i < w->held.begin[v + 1]; i++)
            reach_row(w, plan->row[w->held.items[i]]);
        for (int i = w->children.begin[v]; i < w->children.begin[v + 1]; i++)
            if (w->flow[w->children.items[i]] > lower_of(w, w->children.items[i]))
                reach_node(w, w->children.items[i]);
        if (v < w->root && w->flow[v] < w->problem->upper[v])
            reach_node(w, w->above[v]);
    }
}

/* Whether every node that the row may hold was reached. */
static bool confined(const walk *w, int row) {
    const pulang_transport *p = w->problem;
    const int *begin = p->costs.row_begin;
    bool leaves = may_stay_out(w, row) && !w->in[w->root];
    for (int a = begin ? begin[row] : 0; begin && !leaves && a < begin[row + 1]; a++)
        leaves = !w->in[p->costs.arc_post[a]];
    for (int i = 0; !begin && !leaves && i < w->n_outside; i++)
        leaves = !w->in[w->outside[i]] && pulang_transport_cost(p, row, w->outside[i]) != PULANG_FORBIDDEN;
    return !leaves;
}

/* The units that would still have to come into the set, which is in balance and full. */
static int64_t violation(const walk *w) {
    int64_t units = 0;
    for (int r = 0; r < w->problem->n_rows; r++)
        if (w->left[r] > 0 && confined(w, r))
            units += w->left[r];
    for (int v = 0; v < w->root; v++)
        if (!w->in[v] && w->in[w->above[v]])
            units += lower_of(w, v) - w->flow[v];
    return units;
}

static void start(walk *w, int stuck) {
    if (stuck >= 0)
        reach_row(w, stuck);
    for (int v = 0; stuck < 0 && v < w->root; v++)
        if (w->flow[v] < lower_of(w, v))
            reach_node(w, w->above[v]);
}

int transport_cut_find(const pulang_transport *problem, int stuck, pulang_transport_plan *plan) {
    walk w = {.problem = problem, .root = problem->n_nodes, .in = plan->cut};
    int failed = init_walk(&w, plan);
    if (!failed) {
        start(&w, stuck);
        reach_all(&w, plan);
        assert(stuck < 0 || !w.in[w.root]);
        plan->violation = violation(&w);
    }
    free_walk(&w);
    return failed;
}
