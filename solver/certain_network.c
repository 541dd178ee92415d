/*
 * The choices of all classes by the strongly connected components of the residual network.
 *
 * An arc of the face that a class does not use, class -> post, leads into its own component exactly if the
 * post reaches the class: then the cycle that they make ends with a member leaving another post, and is no
 * mere back and forth. What a class uses is a choice in any case.
 */
#include "model/alloc.h"
#include "model/error.h"
#include "solver/certain.h"

/* Tarjan's search, without recursion. All arrays are [n_nodes]. */
typedef struct components {
    const pulang_residual *residual;
    int *order; /* in which nodes were first seen, from 1; 0: not yet */
    int *low;   /* the least order that the node leads back to */
    int *next;  /* the edge out of the node to look at next */
    int *stack, n_stack;
    int *path; /* of the search */
    int *of;   /* the component, PULANG_NONE: not yet known */
    int n_seen, n_components;
} components;

static void enter(components *c, int *n_path, int node) {
    c->order[node] = c->low[node] = ++c->n_seen;
    c->next[node] = c->residual->out_begin[node];
    c->stack[c->n_stack++] = node;
    c->path[(*n_path)++] = node;
}

/* All that is above the root of a component on the stack is in it. */
static void close(components *c, int root) {
    int node;
    do {
        node = c->stack[--c->n_stack];
        c->of[node] = c->n_components;
    } while (node != root);
    c->n_components++;
}

static void lower(components *c, int node, int low) {
    c->low[node] = low < c->low[node] ? low : c->low[node];
}

static void search_from(components *c, int start) {
    const pulang_residual *r = c->residual;
    int n_path = 0;
    enter(c, &n_path, start);
    while (n_path > 0) {
        int node = c->path[n_path - 1];
        if (c->next[node] < r->out_begin[node + 1]) {
            int to = r->edges[c->next[node]++].to;
            if (c->order[to] == 0)
                enter(c, &n_path, to);
            else if (c->of[to] == PULANG_NONE)
                lower(c, node, c->order[to]);
            continue;
        }
        if (c->low[node] == c->order[node])
            close(c, node);
        if (--n_path > 0)
            lower(c, c->path[n_path - 1], c->low[node]);
    }
}

static int components_find(components *c, const pulang_residual *residual) {
    size_t n = (size_t)residual->n_nodes;
    *c = (components){.residual = residual};
    c->order = pulang_alloc(n, sizeof *c->order);
    c->low = pulang_alloc(n, sizeof *c->low);
    c->next = pulang_alloc(n, sizeof *c->next);
    c->stack = pulang_alloc(n, sizeof *c->stack);
    c->path = pulang_alloc(n, sizeof *c->path);
    c->of = pulang_alloc(n, sizeof *c->of);
    if (!c->order || !c->low || !c->next || !c->stack || !c->path || !c->of)
        return -1;
    for (int v = 0; v < residual->n_nodes; v++)
        c->of[v] = PULANG_NONE;
    for (int v = 0; v < residual->n_nodes; v++)
        if (c->order[v] == 0)
            search_from(c, v);
    return 0;
}

static void components_free(components *c) {
    pulang_free(c->order);
    pulang_free(c->low);
    pulang_free(c->next);
    pulang_free(c->stack);
    pulang_free(c->path);
    pulang_free(c->of);
}

static void read_choices(const components *c, const pulang_problem *face, certain_choices *choices) {
    for (int k = 0; k < face->n_classes; k++) {
        for (int a = face->arc_begin[k]; a < face->arc_begin[k + 1]; a++)
            choices->may[a] = choices->may[a] || c->of[face->n_classes + face->arc_post[a]] == c->of[k];
        choices->may_out[k] =
            choices->may_out[k] || (!face->bound[k] && c->of[c->residual->root] == c->of[k]);
    }
}

pulang_status certain_by_network(const pulang_optima *optima, certain_choices *choices, pulang_error *error) {
    pulang_residual *residual = NULL;
    components c = {0};
    pulang_status status = pulang_optima_residual(optima, &residual, error);
    if (status == PULANG_OK && components_find(&c, residual))
        status = pulang_fail_memory(error);
    if (status == PULANG_OK)
        read_choices(&c, optima->face, choices);
    components_free(&c);
    pulang_residual_free(residual);
    return status;
}
