/*
 * Best-first branch and bound on heads over the small relaxation of lagrange_heads. A branch is on the heads
 * of a set of posts; of those that are not whole the one that lifts the bound most is taken, judged by a few
 * steps of the dual simplex method each way (strong branching: Applegate, Bixby, Chvatal and Cook 1995). What
 * a leaf cannot have may be had for a price, so that every leaf has prices.
 */
#include "solver/lagrange_branches.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/glpk_live.h"
#include "solver/lagrange_heads.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NODES = 400, MOST_STEPS = 100000, TRIED_STEPS = 60 };
/* After so many branches that have lifted nothing there is nothing more to be gained. */
enum { FLAT = 4 };
/* Sets that are tried at a node: those with the best gains before, and some that have never been tried. */
enum { BEST_TRIED = 8, NEW_TRIED = 16 };
/* Heads that are so near to a whole number are whole. */
static const double WHOLE = 1e-5;
/* Bounds that are so near are alike. */
static const double ALIKE = 1e-4;
/* Breaking a branch costs so many times the largest cost of the level. */
static const double DEAR = 20;

typedef struct node {
    int parent;    /* PULANG_NONE: the root */
    bool is_above; /* of the branch of the parent */
    int set;       /* the branch here, PULANG_NONE: a leaf */
    int64_t most;
    int below, above; /* nodes */
    int depth;
    int flat; /* branches just above that have lifted nothing */
    double bound;
    double *price, *path;
    glpk_basis basis; /* of the solution, none once branched */
} node;

typedef struct candidate {
    int set;
    double heads, fraction; /* to the nearest whole number */
    double promise;         /* by what the set has gained before; below 0: it has not been tried */
} candidate;

/* What branches on a set have gained, by what part of a head they took or gave: pseudo-costs. */
typedef struct gain {
    double below, above;
    int n;
} gain;

typedef struct branching {
    const lagrange *lg;
    lagrange_heads *heads;
    lagrange_branches *result;
    double deadline;
    glpk_live *live;
    node nodes[2 * MOST_NODES + 1];
    int n_nodes;
    int *set_row; /* [n_sets] PULANG_NONE: not yet */
    double *x, *dual;
    double *in_post; /* [n_posts] */
    gain *gains;     /* [n_sets] */
    candidate *list; /* [n_sets] */
    int *columns;    /* scratch */
    glpk_basis basis;
    bool failed;
} branching;

/* ---- the program at a node ---- */

static int row_of(branching *b, int set) {
    const pulang_ints *posts = &b->heads->sets[set];
    int n = 0;
    if (b->set_row[set] != PULANG_NONE)
        return b->set_row[set];
    for (int i = 0; i < posts->n; i++)
        for (int c = b->heads->head_begin[posts->items[i]]; c < b->heads->head_begin[posts->items[i] + 1];
             c++)
            b->columns[n++] = b->heads->head[c];
    return b->set_row[set] =
               glpk_live_add_row(b->live, n, b->columns, DEAR * b->lg->largest[b->lg->goal.level]);
}

/* Only the bounds on the way to the node. A set may be branched on more than once. */
static void bind_way(branching *b, int at) {
    for (int s = 0; s < b->heads->n_sets; s++)
        if (b->set_row[s] != PULANG_NONE)
            glpk_live_set_row(b->live, b->set_row[s], -HUGE_VAL, HUGE_VAL);
    for (int i = at; b->nodes[i].parent != PULANG_NONE; i = b->nodes[i].parent) {
        const node *parent = &b->nodes[b->nodes[i].parent];
        double lower, upper;
        int row = row_of(b, parent->set);
        glpk_live_row(b->live, row, &lower, &upper);
        if (b->nodes[i].is_above)
            lower = fmax(lower, (double)(parent->most + 1));
        else
            upper = fmin(upper, (double)parent->most);
        glpk_live_set_row(b->live, row, lower, upper);
    }
}

/* What the solution in hand is worth to the proof. */
static void note_prices(branching *b, node *at) {
    const lagrange *lg = b->lg;
    at->price = pulang_arena_alloc(b->result->arena, (size_t)lg->problem->n_totals, sizeof *at->price);
    at->path = pulang_arena_alloc(b->result->arena, (size_t)at->depth, sizeof *at->path);
    if (!at->price || !at->path) {
        b->failed = true;
        return;
    }
    for (int t = 0; t < lg->problem->n_totals; t++)
        if (b->heads->total_row[t] != PULANG_NONE)
            at->price[t] = -b->dual[b->heads->total_row[t]];
    const node *i = at;
    for (int depth = at->depth - 1; depth >= 0; depth--, i = &b->nodes[i->parent]) {
        const node *parent = &b->nodes[i->parent];
        double price = -b->dual[row_of(b, parent->set)];
        bool is_said = false; /* nearer to the leaf */
        for (const node *k = at; k != i; k = &b->nodes[k->parent])
            is_said |= b->nodes[k->parent].set == parent->set && k->is_above == i->is_above;
        at->path[depth] = is_said ? 0 : i->is_above ? fmin(price, 0) : fmax(price, 0);
    }
}

/* Solves the relaxation at the node, from its own basis or that of its parent. */
static bool solve(branching *b, int at, bool is_new) {
    double value;
    int from = is_new ? b->nodes[at].parent : at;
    bind_way(b, at);
    if (from != PULANG_NONE)
        glpk_live_return(b->live, &b->nodes[from].basis);
    glpk_live_outcome outcome = glpk_live_solve(b->live, MOST_STEPS, b->deadline, &value);
    if (outcome != GLPK_LIVE_OPTIMAL)
        return false;
    glpk_live_read(b->live, b->x, b->dual);
    if (is_new) {
        b->nodes[at].bound = value;
        if (from != PULANG_NONE && value < b->nodes[from].bound + ALIKE)
            b->nodes[at].flat = b->nodes[from].flat + 1;
        note_prices(b, &b->nodes[at]);
        b->failed = b->failed || glpk_live_keep(b->live, &b->nodes[at].basis) != 0;
    }
    return !b->failed;
}

/* ---- what to branch on ---- */

static double count_heads(branching *b) {
    double off = 0;
    for (int j = 0; j < b->lg->problem->n_posts; j++) {
        b->in_post[j] = 0;
        for (int i = b->heads->head_begin[j]; i < b->heads->head_begin[j + 1]; i++)
            b->in_post[j] += b->x[b->heads->head[i]];
        off = fmax(off, fabs(b->in_post[j] - nearbyint(b->in_post[j])));
    }
    return off;
}

/* Worth of a branch by what it gains on both sides (SCIP's rule of old). */
static double worth(double below, double above) {
    return fmin(below, above) + fmax(below, above) / 6;
}

static int by_promise(const void *a, const void *b) {
    const candidate *x = a, *y = b;
    if (x->promise != y->promise)
        return x->promise > y->promise ? -1 : 1;
    return x->fraction != y->fraction ? (x->fraction > y->fraction ? -1 : 1) : x->set - y->set;
}

/* The sets whose heads are not whole, into b->list; how many. Those never tried come last. */
static int list_candidates(branching *b) {
    int n = 0;
    for (int s = 0; s < b->heads->n_sets; s++) {
        const pulang_ints *posts = &b->heads->sets[s];
        candidate c = {.set = s, .promise = -1};
        for (int i = 0; i < posts->n; i++)
            c.heads += b->in_post[posts->items[i]];
        c.fraction = fabs(c.heads - nearbyint(c.heads));
        double part = c.heads - floor(c.heads);
        if (b->gains[s].n > 0)
            c.promise = worth(b->gains[s].below * part, b->gains[s].above * (1 - part)) / b->gains[s].n;
        if (c.fraction > WHOLE)
            b->list[n++] = c;
    }
    qsort(b->list, (size_t)n, sizeof *b->list, by_promise);
    return n;
}

/* What the bound comes to within a few steps on one side. */
static double try_side(branching *b, int row, double lower, double upper, double least) {
    double value;
    glpk_live_set_row(b->live, row, lower, upper);
    glpk_live_outcome outcome = glpk_live_solve(b->live, TRIED_STEPS, b->deadline, &value);
    glpk_live_return(b->live, &b->basis);
    return outcome == GLPK_LIVE_OPTIMAL || outcome == GLPK_LIVE_LIMIT ? fmax(value, least) : least;
}

/* Tries both sides of a candidate; its worth. */
static double try_both(branching *b, const candidate *c, double least) {
    int row = row_of(b, c->set);
    double most = floor(c->heads), part = c->heads - most, lower, upper;
    glpk_live_row(b->live, row, &lower, &upper);
    double below = try_side(b, row, lower, most, least) - least;
    double above = try_side(b, row, most + 1, upper, least) - least;
    glpk_live_set_row(b->live, row, lower, upper);
    b->gains[c->set].below += below / part;
    b->gains[c->set].above += above / (1 - part);
    b->gains[c->set].n++;
    return worth(below, above);
}

/* Of the n candidates in the list those that promise most, and some of which nothing is known. */
static int pick(branching *b, int n) {
    int kept = 0, fresh = 0;
    for (int i = 0; i < n; i++) {
        bool is_new = b->list[i].promise < 0;
        if (is_new ? fresh == NEW_TRIED : kept - fresh == BEST_TRIED)
            continue;
        fresh += is_new;
        b->list[kept++] = b->list[i];
    }
    return kept;
}

/* Where nothing is to be gained any more, what is nearest to whole: the sooner all are. */
static const candidate *dive(const branching *b, int n) {
    const candidate *best = &b->list[0];
    for (int i = 1; i < n; i++)
        if (b->list[i].fraction < best->fraction)
            best = &b->list[i];
    return best;
}

static const candidate *choose(branching *b, int n, int at) {
    const candidate *best = NULL;
    double most = -1;
    if (b->nodes[at].flat >= FLAT)
        return dive(b, n);
    n = pick(b, n);
    for (int i = 0; i < n; i++)
        row_of(b, b->list[i].set);
    if (glpk_live_keep(b->live, &b->basis)) {
        b->failed = true;
        return NULL;
    }
    for (int i = 0; i < n && pulang_clock() < b->deadline; i++) {
        double here = try_both(b, &b->list[i], b->nodes[at].bound);
        if (here <= most)
            continue;
        best = &b->list[i];
        most = here;
    }
    return best;
}

/* ---- the branches ---- */

static int add_child(branching *b, int parent, bool is_above) {
    node *child = &b->nodes[b->n_nodes];
    *child = (node){
        .parent = parent, .is_above = is_above, .set = PULANG_NONE, .depth = b->nodes[parent].depth + 1};
    return b->n_nodes++;
}

static bool branch(branching *b, int at, const candidate *on) {
    node *parent = &b->nodes[at];
    int n = b->n_nodes;
    parent->set = on->set;
    parent->most = (int64_t)floor(on->heads);
    parent->below = add_child(b, at, false);
    parent->above = add_child(b, at, true);
    if (solve(b, parent->below, true) && solve(b, parent->above, true)) {
        glpk_basis_clear(&parent->basis);
        return true;
    }
    b->n_nodes = n; /* it stays a leaf */
    parent->set = PULANG_NONE;
    return false;
}

/* The least bound; of those alike the deepest: it is the nearest to whole heads. */
static int best_leaf(const branching *b) {
    int best = PULANG_NONE;
    for (int i = 0; i < b->n_nodes; i++) {
        const node *at = &b->nodes[i], *other = &b->nodes[best == PULANG_NONE ? i : best];
        if (at->set == PULANG_NONE && (best == PULANG_NONE || at->bound < other->bound - ALIKE ||
                                       (at->bound < other->bound + ALIKE && at->depth >= other->depth)))
            best = i;
    }
    return best;
}

static void search(glpk_live *live, void *user) {
    branching *b = user;
    b->live = live;
    b->nodes[0] = (node){.parent = PULANG_NONE, .set = PULANG_NONE};
    if (!solve(b, 0, true))
        return;
    b->n_nodes = 1;
    while (b->n_nodes + 2 <= 2 * MOST_NODES + 1 && pulang_clock() < b->deadline) {
        int at = best_leaf(b);
        if (!solve(b, at, false))
            return;
        double off = count_heads(b);
        int n = list_candidates(b);
        if (n == 0 && off <= WHOLE) {
            b->result->whole = true;
            return;
        }
        const candidate *on = choose(b, n, at);
        if (!on || !branch(b, at, on))
            return;
    }
}

/* ---- what comes of it ---- */

/* Numbers the node and all under it, the root first: a branch, or ~ a leaf. Branches that have lifted nothing
   that counts are not told. */
static int number_node(branching *b, int at, int *number) {
    lagrange_branches *result = b->result;
    const node *from = &b->nodes[at];
    if (from->set == PULANG_NONE || from->bound > result->bound - ALIKE) {
        int leaf = result->n_leaves++;
        result->price[leaf] = from->price;
        result->path[leaf] = from->path;
        result->depth[leaf] = from->depth;
        return ~leaf;
    }
    int branch = result->n_branches++;
    number[branch] = at;
    int below = number_node(b, from->below, number), above = number_node(b, from->above, number);
    result->branches[branch] = (pulang_branch){.most = from->most, .below = below, .above = above};
    return branch;
}

static pulang_status write_result(branching *b) {
    lagrange_branches *result = b->result;
    size_t n = (size_t)b->n_nodes;
    result->branches = pulang_arena_alloc(result->arena, n, sizeof *result->branches);
    result->price = pulang_arena_alloc(result->arena, n, sizeof *result->price);
    result->path = pulang_arena_alloc(result->arena, n, sizeof *result->path);
    result->depth = pulang_arena_alloc(result->arena, n, sizeof *result->depth);
    result->heads = pulang_arena_alloc(result->arena, (size_t)b->lg->problem->n_posts, sizeof *result->heads);
    int *number = pulang_arena_alloc(result->arena, n, sizeof *number);
    if (!result->branches || !result->price || !result->path || !result->depth || !result->heads || !number)
        return PULANG_ERROR_MEMORY;
    result->bound = b->nodes[best_leaf(b)].bound;
    result->root = b->nodes[0].price;
    result->last = b->nodes[best_leaf(b)].price;
    number_node(b, 0, number);
    for (int i = 0; i < result->n_branches; i++) {
        const pulang_ints *posts = &b->heads->sets[b->nodes[number[i]].set];
        pulang_branch *branch = &result->branches[i];
        branch->n_posts = posts->n;
        branch->posts = pulang_arena_alloc(result->arena, (size_t)posts->n, sizeof *branch->posts);
        if (!branch->posts)
            return PULANG_ERROR_MEMORY;
        memcpy(branch->posts, posts->items, (size_t)posts->n * sizeof *branch->posts);
    }
    for (int j = 0; j < b->lg->problem->n_posts; j++)
        result->heads[j] = llrint(b->in_post[j]);
    return PULANG_OK;
}

static pulang_status run(branching *b, pulang_error *error) {
    const pulang_problem *p = b->lg->problem;
    size_t columns = (size_t)b->heads->program.n_columns, sets = (size_t)b->heads->n_sets;
    b->x = pulang_arena_alloc(b->heads->arena, columns, sizeof *b->x);
    b->dual = pulang_arena_alloc(b->heads->arena, (size_t)b->heads->program.n_rows + sets, sizeof *b->dual);
    b->columns = pulang_arena_alloc(b->heads->arena, columns, sizeof *b->columns);
    b->set_row = pulang_arena_alloc(b->heads->arena, sets, sizeof *b->set_row);
    b->in_post = pulang_arena_alloc(b->heads->arena, (size_t)p->n_posts, sizeof *b->in_post);
    b->result->arena = pulang_arena_new();
    b->gains = pulang_arena_alloc(b->heads->arena, sets, sizeof *b->gains);
    b->list = pulang_arena_alloc(b->heads->arena, sets, sizeof *b->list);
    if (!b->x || !b->dual || !b->columns || !b->set_row || !b->in_post || !b->gains || !b->list ||
        !b->result->arena)
        return pulang_fail_memory(error);
    for (int s = 0; s < b->heads->n_sets; s++)
        b->set_row[s] = PULANG_NONE;
    pulang_status status = glpk_live_run(&b->heads->program, search, b, error);
    if (status == PULANG_OK && (b->failed || (b->n_nodes > 0 && write_result(b) != PULANG_OK)))
        status = pulang_fail_memory(error);
    if (status != PULANG_OK || b->n_nodes == 0)
        lagrange_branches_clear(b->result);
    return status;
}

pulang_status lagrange_branch_heads(const lagrange *lg, double deadline, lagrange_branches *branches,
                                    pulang_error *error) {
    lagrange_heads heads;
    *branches = (lagrange_branches){.level = lg->goal.level, .n_totals = lg->problem->n_totals};
    branching *b = pulang_alloc(1, sizeof *b);
    if (!b)
        return pulang_fail_memory(error);
    *b = (branching){.lg = lg, .heads = &heads, .result = branches, .deadline = deadline};
    pulang_status status = lagrange_heads_build(lg, &heads, error);
    if (status == PULANG_OK)
        status = run(b, error);
    lagrange_heads_clear(&heads);
    for (int i = 0; i < 2 * MOST_NODES + 1; i++)
        glpk_basis_clear(&b->nodes[i].basis);
    glpk_basis_clear(&b->basis);
    pulang_free(b);
    return status;
}

void lagrange_branches_clear(lagrange_branches *branches) {
    pulang_arena_free(branches->arena);
    *branches = (lagrange_branches){0};
}
