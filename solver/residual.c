#include "solver/residual.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/network.h"
#include "solver/residual_search.h"

#include <string.h>

/* What edges are made from. */
typedef struct builder {
    pulang_residual *residual;
    const pulang_problem *problem;
    const int *flow;
    int *up;        /* [n_totals] */
    int64_t *value; /* [n_totals] under the flow */
} builder;

int pulang_residual_arc(const pulang_problem *problem, int class, int post) {
    int lo = problem->arc_begin[class], hi = problem->arc_begin[class + 1];
    while (lo < hi) {
        int middle = lo + (hi - lo) / 2;
        if (problem->arc_post[middle] < post)
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo < problem->arc_begin[class + 1] && problem->arc_post[lo] == post ? lo : PULANG_NONE;
}

pulang_status pulang_residual_flow(const pulang_problem *problem, const int *post_of, int *class_of,
                                   int **flow, pulang_error *error) {
    int *made = pulang_alloc((size_t)problem->n_arcs, sizeof *made);
    if (!made)
        return pulang_fail_memory(error);
    for (int k = 0; k < problem->n_classes; k++)
        for (int i = problem->member_begin[k]; i < problem->member_begin[k + 1]; i++) {
            int person = problem->members[i], post = post_of[person];
            class_of[person] = k;
            int arc = post == PULANG_NONE ? PULANG_NONE : pulang_residual_arc(problem, k, post);
            if (arc != PULANG_NONE)
                made[arc]++;
            else if (post != PULANG_NONE) {
                pulang_free(made);
                return pulang_fail(error, PULANG_ERROR_ARGUMENT,
                                   _("somebody holds post %s who may not hold it"),
                                   problem->post_names[post]);
            }
        }
    *flow = made;
    return PULANG_OK;
}

static void add_edge(builder *b, int from, int to, pulang_residual_kind kind, int item) {
    pulang_residual *r = b->residual;
    if (r->edges)
        r->edges[r->n_edges] = (pulang_residual_edge){.from = from, .to = to, .item = item, .kind = kind};
    r->n_edges++;
}

static void add_class(builder *b, int k) {
    const pulang_problem *p = b->problem;
    int left = p->supply[k];
    for (int a = p->arc_begin[k]; a < p->arc_begin[k + 1]; a++) {
        int post = p->n_classes + p->arc_post[a];
        add_edge(b, k, post, PULANG_RESIDUAL_ENTER, a);
        if (b->flow[a] > 0)
            add_edge(b, post, k, PULANG_RESIDUAL_LEAVE, a);
        left -= b->flow[a];
    }
    if (p->bound[k])
        return;
    add_edge(b, k, b->residual->root, PULANG_RESIDUAL_DROP, k);
    if (left > 0)
        add_edge(b, b->residual->root, k, PULANG_RESIDUAL_TAKE, k);
}

static void add_total(builder *b, int t) {
    const pulang_total *total = &b->problem->totals[t];
    int node = b->problem->n_classes + t;
    int above = b->up[t] == PULANG_NONE ? b->residual->root : b->problem->n_classes + b->up[t];
    if (total->n_posts == 0)
        return;
    if (pulang_total_holds(total, b->value[t] + total->unit))
        add_edge(b, node, above, PULANG_RESIDUAL_RISE, t);
    if (pulang_total_holds(total, b->value[t] - total->unit))
        add_edge(b, above, node, PULANG_RESIDUAL_FALL, t);
}

static void add_edges(builder *b) {
    b->residual->n_edges = 0;
    for (int k = 0; k < b->problem->n_classes; k++)
        add_class(b, k);
    for (int t = 0; t < b->problem->n_totals; t++)
        add_total(b, t);
}

/* Sorts the edges by `from` (stable), and lists those into each node. begin: [n_nodes + 1], zero. */
static int sort_edges(pulang_residual *r) {
    pulang_residual_edge *sorted = pulang_alloc((size_t)r->n_edges, sizeof *sorted);
    if (!sorted)
        return -1;
    for (int e = 0; e < r->n_edges; e++) {
        r->out_begin[r->edges[e].from]++;
        r->in_begin[r->edges[e].to]++;
    }
    /* Each begin is first the end of its node, and walks back to the start as the edges are filled in. */
    for (int v = 1; v <= r->n_nodes; v++) {
        r->out_begin[v] += r->out_begin[v - 1];
        r->in_begin[v] += r->in_begin[v - 1];
    }
    for (int e = r->n_edges - 1; e >= 0; e--)
        sorted[--r->out_begin[r->edges[e].from]] = r->edges[e];
    for (int e = r->n_edges - 1; e >= 0; e--)
        r->in_edge[--r->in_begin[sorted[e].to]] = e;
    pulang_free(r->edges);
    r->edges = sorted;
    return 0;
}

/* What a step of each total up and down costs. */
static void price_totals(builder *b) {
    pulang_residual *r = b->residual;
    for (int t = 0; t < b->problem->n_totals; t++) {
        const pulang_total *total = &b->problem->totals[t];
        size_t row = (size_t)t * (size_t)r->n_levels;
        for (int l = 0; total->n_pieces > 0 && l < r->n_levels; l++) {
            int64_t here = pulang_total_cost(b->problem, total, l, b->value[t]);
            r->rise[row + (size_t)l] =
                pulang_total_cost(b->problem, total, l, b->value[t] + total->unit) - here;
            r->fall[row + (size_t)l] =
                pulang_total_cost(b->problem, total, l, b->value[t] - total->unit) - here;
        }
    }
}

static int build(builder *b) {
    pulang_residual *r = b->residual;
    size_t n_nodes = (size_t)r->n_nodes, n_levels = (size_t)r->n_levels;
    add_edges(b); /* counts them */
    r->edges = pulang_alloc((size_t)r->n_edges, sizeof *r->edges);
    r->in_edge = pulang_alloc((size_t)r->n_edges, sizeof *r->in_edge);
    r->out_begin = pulang_alloc(n_nodes + 1, sizeof *r->out_begin);
    r->in_begin = pulang_alloc(n_nodes + 1, sizeof *r->in_begin);
    r->rise = pulang_alloc((size_t)b->problem->n_totals * n_levels, sizeof *r->rise);
    r->fall = pulang_alloc((size_t)b->problem->n_totals * n_levels, sizeof *r->fall);
    r->potential = pulang_alloc(n_nodes * n_levels, sizeof *r->potential);
    if (!r->edges || !r->in_edge || !r->out_begin || !r->in_begin || !r->rise || !r->fall || !r->potential)
        return -1;
    add_edges(b);
    price_totals(b);
    return sort_edges(r);
}

/* Whether there is a residual network at all; *laminar: the totals make a tree, in up. */
static int applies(const builder *b, bool *laminar, const char **why) {
    if (pulang_network_tree(b->problem, b->up, laminar, why))
        return -1;
    for (int l = 0; *laminar && l < b->problem->n_levels; l++)
        if (b->problem->levels[l].largest) {
            *laminar = false;
            *why = _("a level of balance is no sum");
        }
    if (*laminar && !pulang_problem_feasible(b->problem, b->flow)) {
        *laminar = false;
        *why = _("the plan does not keep the hard rules");
    }
    return 0;
}

/* Returns 0, or -1: out of memory; b->residual is left NULL where there is none. */
static int make(builder *b, const char **why) {
    const pulang_problem *p = b->problem;
    bool laminar = false, optimal = false;
    if (!b->up || !b->value || applies(b, &laminar, why))
        return -1;
    if (!laminar)
        return 0;
    pulang_residual *r = b->residual = pulang_alloc(1, sizeof *r);
    if (!r)
        return -1;
    r->problem = p;
    r->root = p->n_classes + p->n_totals;
    r->n_nodes = r->root + 1;
    r->n_levels = p->n_levels;
    if (build(b) || pulang_residual_potentials(r, &optimal))
        return -1;
    if (!optimal) {
        *why = _("the plan is not the best");
        pulang_residual_free(r);
        b->residual = NULL;
    }
    return 0;
}

pulang_status pulang_residual_new(const pulang_problem *problem, const int *flow, pulang_residual **residual,
                                  const char **why, pulang_error *error) {
    builder b = {.problem = problem, .flow = flow};
    b.up = pulang_alloc((size_t)problem->n_totals, sizeof *b.up);
    b.value = pulang_problem_totals(problem, flow);
    int failed = make(&b, why);
    pulang_free(b.up);
    pulang_free(b.value);
    if (failed) {
        pulang_residual_free(b.residual);
        return pulang_fail_memory(error);
    }
    if (b.residual)
        *residual = b.residual;
    return PULANG_OK;
}

void pulang_residual_free(pulang_residual *residual) {
    if (!residual)
        return;
    pulang_free(residual->edges);
    pulang_free(residual->in_edge);
    pulang_free(residual->out_begin);
    pulang_free(residual->in_begin);
    pulang_free(residual->rise);
    pulang_free(residual->fall);
    pulang_free(residual->potential);
    pulang_free(residual);
}
