/*
 * The residual network of a plan that is optimal at every level: in which ways a person more here and one
 * less there can be made good by others, and what that costs at each level.
 *
 *   class -> post     one more of the class there            the arc's costs
 *   post -> class     one of those there leaves              minus the arc's costs
 *   class -> root     one more of the class without a post   1 at the level that counts them
 *   root -> class     one of those without a post is free to go elsewhere
 *   total -> above    the total is one step larger           what its costs change by
 *   above -> total    the total is one step smaller
 *
 * `above` is the next larger total of the tree of posts and quotas, or the root. Costs are vectors, one
 * number for each level, compared lexicographically. A plan is optimal exactly when no cycle costs less than
 * nothing (Ahuja, Magnanti and Orlin, Network Flows, 1993, theorem 9.1, which needs of the costs only that
 * they are added and compared), and then the least that a forced arc costs is the shortest cycle through it:
 * one unit of a flow of convex costs (section 14.4 there).
 *
 * With the potentials every reduced cost is at least 0, so a shortest path is found as by Dijkstra, and an
 * edge lies on a cycle that costs nothing exactly if it lies on a cycle of edges of reduced cost 0.
 */
#ifndef PULANG_SOLVER_RESIDUAL_H
#define PULANG_SOLVER_RESIDUAL_H

#include "model/problem.h"

typedef enum pulang_residual_kind {
    PULANG_RESIDUAL_ENTER, /* class -> post; item: arc of the problem */
    PULANG_RESIDUAL_LEAVE, /* post -> class; item: arc */
    PULANG_RESIDUAL_DROP,  /* class -> root; item: class */
    PULANG_RESIDUAL_TAKE,  /* root -> class; item: class */
    PULANG_RESIDUAL_RISE,  /* total -> above; item: total */
    PULANG_RESIDUAL_FALL   /* above -> total; item: total */
} pulang_residual_kind;

typedef struct pulang_residual_edge {
    int from, to; /* nodes */
    int item;
    pulang_residual_kind kind;
} pulang_residual_edge;

/* Nodes: class k is node k, total t (a post among them) n_classes + t, the root the last. */
typedef struct pulang_residual {
    const pulang_problem *problem;
    int n_nodes, n_edges, n_levels;
    int root;
    pulang_residual_edge *edges; /* [n_edges] by `from` */
    int *out_begin;              /* [n_nodes + 1] edges out of a node: edges[out_begin[v]] .. */
    int *in_begin;               /* [n_nodes + 1] edges into a node: edges[in_edge[in_begin[v]]] .. */
    int *in_edge;                /* [n_edges] */
    int64_t *rise, *fall;        /* [n_totals * n_levels] costs of a step of a total */
    int64_t *potential;          /* [n_nodes * n_levels] */
} pulang_residual;

/*
 * The residual network of a flow. *residual stays NULL, and *why (translated, of the problem or static) says
 * why, where the problem is no network, has a level that is a largest value, or the flow is not feasible or
 * not optimal. The problem must outlive the residual; the flow is not kept.
 */
pulang_status pulang_residual_new(const pulang_problem *problem, const int *flow, pulang_residual **residual,
                                  const char **why, pulang_error *error);
void pulang_residual_free(pulang_residual *residual);

/* The flow of a plan, to be freed with pulang_free; class_of: [n_persons], filled. A person in a post that
   the class has no arc to is PULANG_ERROR_ARGUMENT. */
pulang_status pulang_residual_flow(const pulang_problem *problem, const int *post_of, int *class_of,
                                   int **flow, pulang_error *error);
/* The arc of a class to a post, PULANG_NONE: it may not go there. */
int pulang_residual_arc(const pulang_problem *problem, int class, int post);

/* cost: [n_levels], filled. */
void pulang_residual_cost(const pulang_residual *residual, const pulang_residual_edge *edge, int64_t *cost);
/* Cost plus the potential of `from` minus that of `to`: lexicographically at least 0. */
void pulang_residual_reduced(const pulang_residual *residual, const pulang_residual_edge *edge,
                             int64_t *cost);
/* Compares lexicographically: < 0, 0, > 0. */
int pulang_residual_compare(int n_levels, const int64_t *a, const int64_t *b);

/* Shortest paths between one node and all others. */
typedef struct pulang_residual_paths {
    int node;
    bool towards;      /* paths from all nodes to `node`, else from it to all */
    bool *reached;     /* [n_nodes] */
    int64_t *distance; /* [n_nodes * n_levels] of nodes reached */
    int *edge;         /* [n_nodes] towards: first edge of the path, else the last; PULANG_NONE at `node` */
} pulang_residual_paths;

/* avoid: a node that no path may run through, PULANG_NONE: none. NULL: out of memory. Edges times levels, and
   at worst the logarithm of the nodes. */
pulang_residual_paths *pulang_residual_search(const pulang_residual *residual, int node, bool towards,
                                              int avoid);
void pulang_residual_paths_free(pulang_residual_paths *paths);

#endif
