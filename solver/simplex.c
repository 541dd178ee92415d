#include "solver/simplex.h"

#include "model/alloc.h"

#include <assert.h>
#include <math.h>

#define PIVOTS_BETWEEN_STOPS 4096

static void *ints(int n) {
    return pulang_alloc((size_t)n, sizeof(int));
}

static void *int64s(int n) {
    return pulang_alloc((size_t)n, sizeof(int64_t));
}

static bool alloc_parts(pulang_simplex *s) {
    int n = s->n_nodes, m = s->arcs_room;
    s->tail = ints(m), s->head = ints(m), s->active = ints(m);
    s->capacity = int64s(m), s->flow = int64s(m), s->cost = int64s(m);
    s->state = pulang_alloc((size_t)m, sizeof *s->state);
    s->parent = ints(n), s->pred = ints(n), s->depth = ints(n);
    s->first_child = ints(n), s->next_sibling = ints(n), s->previous_sibling = ints(n);
    s->potential = int64s(n);
    return s->tail && s->head && s->active && s->capacity && s->flow && s->cost && s->state && s->parent &&
           s->pred && s->depth && s->first_child && s->next_sibling && s->previous_sibling && s->potential;
}

pulang_simplex *pulang_simplex_new(int n_nodes, int arcs_room) {
    pulang_simplex *s = pulang_alloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->n_nodes = n_nodes;
    s->arcs_room = arcs_room;
    if (!alloc_parts(s)) {
        pulang_simplex_free(s);
        return NULL;
    }
    for (int v = 0; v < n_nodes; v++)
        s->parent[v] = s->pred[v] = s->first_child[v] = s->next_sibling[v] = s->previous_sibling[v] = -1;
    return s;
}

void pulang_simplex_free(pulang_simplex *s) {
    if (!s)
        return;
    void *parts[] = {s->tail,        s->head,         s->active,           s->capacity, s->flow,
                     s->cost,        s->state,        s->parent,           s->pred,     s->depth,
                     s->first_child, s->next_sibling, s->previous_sibling, s->potential};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        pulang_free(parts[i]);
    pulang_free(s);
}

int pulang_simplex_add_arc(pulang_simplex *s, int tail, int head, int64_t capacity) {
    assert(s->n_arcs < s->arcs_room);
    int arc = s->n_arcs++;
    s->tail[arc] = tail;
    s->head[arc] = head;
    s->capacity[arc] = capacity;
    s->state[arc] = PULANG_ARC_LOWER;
    s->active[s->n_active++] = arc;
    return arc;
}

static void adopt(pulang_simplex *s, int parent, int node) {
    int next = s->first_child[parent];
    s->parent[node] = parent;
    s->previous_sibling[node] = -1;
    s->next_sibling[node] = next;
    if (next >= 0)
        s->previous_sibling[next] = node;
    s->first_child[parent] = node;
}

static void orphan(pulang_simplex *s, int node) {
    int previous = s->previous_sibling[node], next = s->next_sibling[node];
    if (previous >= 0)
        s->next_sibling[previous] = next;
    else
        s->first_child[s->parent[node]] = next;
    if (next >= 0)
        s->previous_sibling[next] = previous;
}

void pulang_simplex_hang(pulang_simplex *s, int node, int arc, int64_t flow) {
    assert(s->tail[arc] == node || s->head[arc] == node);
    adopt(s, s->tail[arc] == node ? s->head[arc] : s->tail[arc], node);
    s->pred[node] = arc;
    s->flow[arc] = flow;
    s->state[arc] = PULANG_ARC_FIXED;
}

/* The node after v in a walk through the subtree of top, parents first; -1: done. */
static inline int walk(const pulang_simplex *s, int v, int top) {
    if (s->first_child[v] >= 0)
        return s->first_child[v];
    while (v != top && s->next_sibling[v] < 0)
        v = s->parent[v];
    return v == top ? -1 : s->next_sibling[v];
}

void pulang_simplex_ready(pulang_simplex *s) {
    int root = s->n_nodes - 1;
    for (int v = walk(s, root, root); v >= 0; v = walk(s, v, root))
        s->depth[v] = s->depth[s->parent[v]] + 1;
    int block = (int)sqrt((double)s->n_arcs);
    s->block = block > 32 ? block : 32;
}

int64_t pulang_simplex_reduced_cost(const pulang_simplex *s, int arc) {
    return s->cost[arc] + s->potential[s->tail[arc]] - s->potential[s->head[arc]];
}

/* Potentials under which every tree arc has a reduced cost of zero. */
static void compute_potentials(pulang_simplex *s) {
    int root = s->n_nodes - 1;
    s->potential[root] = 0;
    for (int v = walk(s, root, root); v >= 0; v = walk(s, v, root)) {
        int arc = s->pred[v];
        int64_t of_parent = s->potential[s->parent[v]];
        s->potential[v] = s->tail[arc] == v ? of_parent - s->cost[arc] : of_parent + s->cost[arc];
    }
}

/* The most violating arc of the first block (cyclically) that has any; -1: optimal. */
static int find_entering(pulang_simplex *s) {
    int64_t worst = 0;
    int entering = -1, left_in_block = s->block;
    int i = s->next;
    for (int scanned = 0; scanned < s->n_active; scanned++) {
        if (i >= s->n_active)
            i = 0;
        int arc = s->active[i++];
        int64_t violation = s->state[arc] * pulang_simplex_reduced_cost(s, arc);
        if (violation < worst) {
            worst = violation;
            entering = arc;
        }
        if (--left_in_block == 0) {
            if (entering >= 0)
                break;
            left_in_block = s->block;
        }
    }
    s->next = i;
    return entering;
}

static int find_join(const pulang_simplex *s, int u, int v) {
    while (u != v) {
        if (s->depth[u] >= s->depth[v])
            u = s->parent[u];
        else
            v = s->parent[v];
    }
    return u;
}

/* A pivot: flow goes round the cycle first -> second (over the entering arc) -> join -> first. */
typedef struct pivot {
    int entering, first, second, join;
    int64_t delta;  /* how much */
    int out;        /* the node whose tree arc leaves, -1: the entering arc goes to its other bound */
    bool out_first; /* out lies between first and join */
} pivot;

/* How much more the tree arc of v can carry away from the root (down) or towards it. */
static inline int64_t room(const pulang_simplex *s, int v, bool down) {
    int arc = s->pred[v];
    bool upwards = s->tail[arc] == v;
    return upwards == down ? s->flow[arc] : s->capacity[arc] - s->flow[arc];
}

/* The last blocking arc, seen from the join along the cycle, keeps the tree strongly feasible. */
static void find_leaving(const pulang_simplex *s, pivot *p) {
    p->delta = s->capacity[p->entering];
    p->out = -1;
    for (int v = p->first; v != p->join; v = s->parent[v]) {
        int64_t d = room(s, v, true);
        if (d < p->delta) {
            p->delta = d;
            p->out = v;
            p->out_first = true;
        }
    }
    for (int v = p->second; v != p->join; v = s->parent[v]) {
        int64_t d = room(s, v, false);
        if (d <= p->delta) {
            p->delta = d;
            p->out = v;
            p->out_first = false;
        }
    }
}

static void augment(pulang_simplex *s, const pivot *p) {
    if (p->delta == 0)
        return;
    s->flow[p->entering] += s->state[p->entering] * p->delta;
    for (int v = p->first; v != p->join; v = s->parent[v])
        s->flow[s->pred[v]] += s->tail[s->pred[v]] == v ? -p->delta : p->delta;
    for (int v = p->second; v != p->join; v = s->parent[v])
        s->flow[s->pred[v]] += s->tail[s->pred[v]] == v ? p->delta : -p->delta;
}

/* Turns the path from node up to top, and hangs node under parent by arc. */
static void rehang(pulang_simplex *s, int node, int top, int parent, int arc) {
    for (;;) {
        int old_parent = s->parent[node], old_arc = s->pred[node];
        orphan(s, node);
        adopt(s, parent, node);
        s->pred[node] = arc;
        if (node == top)
            return;
        parent = node;
        node = old_parent;
        arc = old_arc;
    }
}

static void update_tree(pulang_simplex *s, const pivot *p) {
    int entering = p->entering, leaving = s->pred[p->out];
    int in = p->out_first ? p->first : p->second;
    int to = p->out_first ? p->second : p->first;
    int64_t reduced = pulang_simplex_reduced_cost(s, entering);
    int64_t shift = s->tail[entering] == in ? -reduced : reduced;
    rehang(s, in, p->out, to, entering);
    s->state[entering] = PULANG_ARC_FIXED;
    s->state[leaving] = s->flow[leaving] == 0 ? PULANG_ARC_LOWER : PULANG_ARC_UPPER;
    for (int v = in; v >= 0; v = walk(s, v, in)) {
        s->depth[v] = s->depth[s->parent[v]] + 1;
        s->potential[v] += shift;
    }
}

bool pulang_simplex_minimise(pulang_simplex *s, pulang_simplex_stop stop, void *user) {
    compute_potentials(s);
    for (int entering = find_entering(s); entering >= 0; entering = find_entering(s)) {
        bool forward = s->state[entering] == PULANG_ARC_LOWER;
        pivot p = {.entering = entering,
                   .first = forward ? s->tail[entering] : s->head[entering],
                   .second = forward ? s->head[entering] : s->tail[entering]};
        p.join = find_join(s, p.first, p.second);
        find_leaving(s, &p);
        augment(s, &p);
        if (p.out < 0)
            s->state[entering] = (int8_t)-s->state[entering];
        else
            update_tree(s, &p);
        if (++s->pivots % PIVOTS_BETWEEN_STOPS == 0 && stop(user))
            return false;
    }
    return true;
}

void pulang_simplex_hold(pulang_simplex *s) {
    int kept = 0;
    for (int i = 0; i < s->n_active; i++) {
        int arc = s->active[i];
        if (s->state[arc] != PULANG_ARC_FIXED && pulang_simplex_reduced_cost(s, arc) != 0)
            s->state[arc] = PULANG_ARC_FIXED;
        else
            s->active[kept++] = arc;
    }
    s->n_active = kept;
    s->next = 0;
}
