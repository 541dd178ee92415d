/*
 * The transportation problem with a tree of totals: the pure form of a placement without rules that
 * cut across, and of the benchmark instances of the literature.
 *
 *   rows (classes of like persons) --cost--> posts --> totals --> ... --> root
 *
 *   minimise  sum cost(r,j) x(r,j) + sum unplaced(r) u(r) + sum over nodes of f_v(n_v)
 *   where     sum over j of x(r,j) + u(r) = supply(r)
 *             n_v = what comes into node v (its rows, or its children), lower_v <= n_v <= upper_v
 *             f_v convex, piecewise linear, f_v(0) = 0
 */
#ifndef PULANG_MODEL_TRANSPORT_H
#define PULANG_MODEL_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A cost that forbids. */
#define PULANG_FORBIDDEN INT64_MAX

typedef struct pulang_transport pulang_transport;

/* A post with its cost for some row. */
typedef struct pulang_offer {
    int post;
    int64_t cost;
} pulang_offer;

/*
 * The k cheapest posts of a row under prices: those with the least cost + price[post], among posts
 * with cost + price < below, into offers (room for k) in any order; returns how many. When more than
 * k would tie for the last place, any of them. user: pulang_transport.user. Thread-safe.
 */
typedef int (*pulang_cheapest)(const void *user, int row, const int64_t *price, int64_t below, int k,
                               pulang_offer *offers);

/*
 * Tells an index of prices that price[post] has changed, or with post -1 that any may have. Whoever calls a
 * pulang_cheapest with prices tells it of every change before the next call; not thread-safe.
 */
typedef void (*pulang_reprice)(void *index, const int64_t *price, int post);

/*
 * The least cost + price of every row, INT64_MAX where it may hold no post, into least: [n_rows]. Looks at
 * every pair. False: out of memory. Only for the check, where rows can share the work.
 */
typedef bool (*pulang_row_minima)(const void *user, const int64_t *price, int threads, int64_t *least);

/* Where costs come from; exactly one of the four forms. */
typedef struct pulang_cost_source {
    const int32_t *dense32; /* [n_rows * n_posts] row by row */
    const int64_t *dense64; /* [n_rows * n_posts]; PULANG_FORBIDDEN: not eligible */
    const int *row_begin;   /* [n_rows + 1] sparse: arcs of row r are row_begin[r] .. row_begin[r + 1] - 1 */
    const int *arc_post;    /* ascending within a row */
    const int64_t *arc_cost;
    pulang_cheapest cheapest;                             /* implicit */
    int64_t (*cost)(const void *user, int row, int post); /* implicit: one cost or PULANG_FORBIDDEN */
    const void *user;
    pulang_reprice reprice;       /* implicit; may be NULL */
    void *index;                  /* for reprice */
    pulang_row_minima row_minima; /* implicit; may be NULL */
    int64_t least, largest;       /* implicit: range of the costs that are not forbidden */
} pulang_cost_source;

struct pulang_transport {
    int n_rows;
    const int *supply;            /* [n_rows] >= 0; NULL: 1 each */
    int n_posts, n_nodes;         /* nodes: the posts, then totals; node n_nodes is the root */
    const int *parent;            /* [n_nodes] an index above the node's own; NULL: the root for all */
    const int64_t *lower;         /* [n_nodes] NULL: 0; their sum fits in 64 bits */
    const int64_t *upper;         /* [n_nodes] 0 <= lower <= upper */
    const int *segment_begin;     /* [n_nodes + 1] NULL: no f_v at all */
    const int64_t *segment_end;   /* n at which the segment ends, ascending; slope 0 after the last */
    const int64_t *segment_slope; /* ascending */
    const int64_t *unplaced;      /* [n_rows] cost of having no post; NULL: all must be placed */
    pulang_cost_source costs;
};

/*
 * An optimum with its proof, or the proof that there is none: a violated cut. All arrays are owned.
 *
 * A cut is a set of nodes. The rows confined to it are those whose every choice is in it: the posts that they
 * may hold, and the root where they may be unplaced. Persons come into it from these rows, and from a node
 * outside whose parent is in it, at least the lower bound of that node; they go out by a node in it whose
 * parent is outside, at most the upper bound of that node, and at the root. So where
 *
 *   violation = supply of the confined rows + lower bounds of the nodes that lead in
 *             - upper bounds of the nodes that lead out - (root in the cut: supply of all rows)
 *
 * is above 0 there is no plan. It says, when the root is
 *   outside: the confined rows may only go to posts of the cut, which (with what lower bounds bring there)
 *            can hold so many persons less than that;
 *   in it:   the posts and totals that lead in need at least their lower bounds, and the rows that may go to
 *            posts outside the cut are so many persons fewer.
 */
typedef struct pulang_transport_plan {
    bool feasible;
    bool stopped; /* the caller stopped it: nothing below has a meaning */
    int64_t objective;
    int n_placements;        /* (row, post, count), by row; infeasible: as far as it came */
    int *row, *post, *count; /* post n_nodes: unplaced */
    int64_t *price;    /* [n_nodes + 1] gate price of each node: reduced cost of (r,j) is cost + price[j] -
                          least of its row; price[root] = 0 */
    bool *cut;         /* [n_nodes + 1] infeasible: the nodes of a violated cut */
    int64_t violation; /* of the cut, in persons */
    int64_t searches, scanned; /* statistics */
} pulang_transport_plan;

void pulang_transport_plan_free(pulang_transport_plan *plan);

/* One cost, by whichever form; PULANG_FORBIDDEN where the row may not hold the post. */
int64_t pulang_transport_cost(const pulang_transport *problem, int row, int post);

/*
 * Checks that a cut ([n_nodes + 1], any set of nodes) proves that there is no plan: NULL, and *violation is
 * by how many persons; else why not (static, English), *violation untouched. threads: for the pass over all
 * pairs.
 */
const char *pulang_transport_cut_check(const pulang_transport *problem, const bool *cut, int threads,
                                       int64_t *violation);

/*
 * Checks a plan without any code of the solvers. Feasible: supplies, bounds, objective, and optimality by
 * one pass over all pairs (duality). Infeasible: that the cut proves it. Stopped: false. threads: for the
 * pass. *message (static, English) says what is wrong.
 */
bool pulang_transport_check(const pulang_transport *problem, const pulang_transport_plan *plan, int threads,
                            const char **message);

#endif
