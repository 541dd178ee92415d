/*
 * Best-first branch and bound on heads over the small relaxation of lagrange_heads. A branch is on the heads
 * of a set of posts; of those that are not whole the one that lifts the bound most is taken, judged by a few
 * steps of the dual simplex method each way (strong branching: Applegate, Bixby, Chvatal and Cook 1995). What
 * a leaf cannot have may be had for a price, so that every leaf has prices.
 */
#include "solver/lagrange_branches.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/lagrange_branching.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Steps of the simplex method for one side of a candidate. */
enum { TRIED_STEPS = 60 };
/* After so many branches that have lifted nothing whole heads are looked for again. */
enum { FLAT = 3 };
/* Sets that are tried at a node: those with the best gains before, and some that have never been tried. */
enum { BEST_TRIED = 8, NEW_TRIED = 16 };
/* Breaking a branch costs so many times the largest cost of the level. */
static const double DEAR = 20;

/* ---- the program at a node ---- */

int branching_row(branching *b, int set) {
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
void branching_bind(branching *b, int at) {
    for (int s = 0; s < b->heads->n_sets; s++)
        if (b->set_row[s] != PULANG_NONE)
            glpk_live_set_row(b->live, b->set_row[s], -HUGE_VAL, HUGE_VAL);
    for (int i = at; b->nodes[i].parent != PULANG_NONE; i = b->nodes[i].parent) {
        const branching_node *parent = &b->nodes[b->nodes[i].parent];
        double lower, upper;
        int row = branching_row(b, parent->set);
        glpk_live_row(b->live, row, &lower, &upper);
        if (b->nodes[i].is_above)
            lower = fmax(lower, (double)(parent->most + 1));
        else
            upper = fmin(upper, (double)parent->most);
        glpk_live_set_row(b->live, row, lower, fmax(lower, upper)); /* a branch may have been broken */
    }
}

/* What the solution in hand is worth to the proof. */
static void note_prices(branching *b, branching_node *at) {
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
    const branching_node *i = at;
    for (int depth = at->depth - 1; depth >= 0; depth--, i = &b->nodes[i->parent]) {
        const branching_node *parent = &b->nodes[i->parent];
        double price = -b->dual[branching_row(b, parent->set)];
        bool is_said = false; /* nearer to the leaf */
        for (const branching_node *k = at; k != i; k = &b->nodes[k->parent])
            is_said |= b->nodes[k->parent].set == parent->set && k->is_above == i->is_above;
        at->path[depth] = is_said ? 0 : i->is_above ? fmin(price, 0) : fmax(price, 0);
    }
}

/* Solves the relaxation at the node, from its own basis or that of its parent. */
static bool solve(branching *b, int at, bool is_new) {
    double value;
    int from = is_new ? b->nodes[at].parent : at;
    branching_bind(b, at);
    if (from != PULANG_NONE)
        glpk_live_return(b->live, &b->nodes[from].basis);
    glpk_live_outcome outcome = glpk_live_solve(b->live, BRANCHING_STEPS, b->deadline, &value);
    if (outcome != GLPK_LIVE_OPTIMAL)
        return false;
    glpk_live_read(b->live, b->x, b->dual);
    if (is_new) {
        b->nodes[at].bound = value;
        if (from != PULANG_NONE && value < b->nodes[from].bound + BRANCHING_ALIKE)
            b->nodes[at].flat = b->nodes[from].flat + 1;
        note_prices(b, &b->nodes[at]);
        b->failed = b->failed || glpk_live_keep(b->live, &b->nodes[at].basis) != 0;
    }
    return !b->failed;
}

/* ---- what to branch on ---- */

double branching_count(branching *b) {
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
    const branching_candidate *x = a, *y = b;
    if (x->promise != y->promise)
        return x->promise > y->promise ? -1 : 1;
    return x->fraction != y->fraction ? (x->fraction > y->fraction ? -1 : 1) : x->set - y->set;
}

/* The sets whose heads are not whole, into b->list; how many. Those never tried come last. */
int branching_list(branching *b) {
    int n = 0;
    for (int s = 0; s < b->heads->n_sets; s++) {
        const pulang_ints *posts = &b->heads->sets[s];
        branching_candidate c = {.set = s, .promise = -1};
        for (int i = 0; i < posts->n; i++)
            c.heads += b->in_post[posts->items[i]];
        c.fraction = fabs(c.heads - nearbyint(c.heads));
        double part = c.heads - floor(c.heads);
        if (b->gains[s].n > 0)
            c.promise = worth(b->gains[s].below * part, b->gains[s].above * (1 - part)) / b->gains[s].n;
        if (c.fraction > BRANCHING_WHOLE)
            b->list[n++] = c;
    }
    qsort(b->list, (size_t)n, sizeof *b->list, by_promise);
    return n;
}

/* What the bound comes to within a few steps on one side. */
static double try_side(branching *b, int row, double lower, double upper, double least) {
    double value;
    glpk_live_set_row(b->live, row, lower, fmax(lower, upper));
    glpk_live_outcome outcome = glpk_live_solve(b->live, TRIED_STEPS, b->deadline, &value);
    glpk_live_return(b->live, &b->basis);
    return outcome == GLPK_LIVE_OPTIMAL || outcome == GLPK_LIVE_LIMIT ? fmax(value, least) : least;
}

/* Tries both sides of a candidate; its worth. */
static double try_both(branching *b, const branching_candidate *c, double least) {
    int row = branching_row(b, c->set);
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

static const branching_candidate *choose(branching *b, int n, int at) {
    const branching_candidate *best = NULL;
    double most = -1;
    n = pick(b, n);
    for (int i = 0; i < n; i++)
        branching_row(b, b->list[i].set);
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
    branching_node *child = &b->nodes[b->n_nodes];
    *child = (branching_node){
        .parent = parent, .is_above = is_above, .set = PULANG_NONE, .depth = b->nodes[parent].depth + 1};
    return b->n_nodes++;
}

static bool branch(branching *b, int at, const branching_candidate *on) {
    branching_node *parent = &b->nodes[at];
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
        const branching_node *at = &b->nodes[i], *other = &b->nodes[best == PULANG_NONE ? i : best];
        if (at->set == PULANG_NONE &&
            (best == PULANG_NONE || at->bound < other->bound - BRANCHING_ALIKE ||
             (at->bound < other->bound + BRANCHING_ALIKE && at->depth >= other->depth)))
            best = i;
    }
    return best;
}

/* ---- the search ---- */

static bool is_over(void *user) {
    const branching *b = user;
    return lagrange_is_stopped(b->lg);
}

static void search(glpk_live *live, void *user) {
    branching *b = user;
    b->live = live;
    b->nodes[0] = (branching_node){.parent = PULANG_NONE, .set = PULANG_NONE};
    if (!solve(b, 0, true))
        return;
    b->n_nodes = 1;
    while (b->n_nodes + 2 <= 2 * BRANCHING_NODES + 1 && pulang_clock() < b->deadline &&
           !lagrange_is_stopped(b->lg)) {
        int at = best_leaf(b);
        if (b->nodes[at].flat % FLAT == FLAT - 1 || at == 0)
            branching_look_for_heads(b, at);
        if (branching_is_solved(b, at)) {
            branching_loosen_heads(b, at);
            return;
        }
        if (!solve(b, at, false))
            return;
        double off = branching_count(b);
        int n = branching_list(b);
        if (n == 0 && off <= BRANCHING_WHOLE) {
            branching_take_heads(b, b->nodes[at].bound, 0);
            continue;
        }
        const branching_candidate *on = choose(b, n, at);
        if (!on || !branch(b, at, on))
            return;
    }
}

/* ---- what comes of it ---- */

/* Numbers the node and all under it, the root first: a branch, or ~ a leaf. Branches that have lifted nothing
   that counts are not told. */
static int number_node(branching *b, int at, int *number) {
    lagrange_branches *result = b->result;
    const branching_node *from = &b->nodes[at];
    if (from->set == PULANG_NONE || from->bound > result->bound - BRANCHING_ALIKE) {
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
    int *number = pulang_arena_alloc(result->arena, n, sizeof *number);
    if (!result->branches || !result->price || !result->path || !result->depth || !number)
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
    return PULANG_OK;
}

static pulang_status run(branching *b, pulang_error *error) {
    const pulang_problem *p = b->lg->problem;
    pulang_status status = PULANG_OK;
    size_t columns = (size_t)b->heads->program.n_columns, sets = (size_t)b->heads->n_sets;
    b->x = pulang_arena_alloc(b->heads->arena, columns, sizeof *b->x);
    b->dual = pulang_arena_alloc(b->heads->arena, (size_t)b->heads->program.n_rows + sets, sizeof *b->dual);
    b->columns = pulang_arena_alloc(b->heads->arena, columns, sizeof *b->columns);
    b->set_row = pulang_arena_alloc(b->heads->arena, sets, sizeof *b->set_row);
    b->in_post = pulang_arena_alloc(b->heads->arena, (size_t)p->n_posts, sizeof *b->in_post);
    b->result->arena = pulang_arena_new();
    if (b->result->arena)
        b->result->heads = pulang_arena_alloc(b->result->arena, (size_t)p->n_posts, sizeof *b->result->heads);
    b->gains = pulang_arena_alloc(b->heads->arena, sets, sizeof *b->gains);
    b->list = pulang_arena_alloc(b->heads->arena, sets, sizeof *b->list);
    if (!b->x || !b->dual || !b->columns || !b->set_row || !b->in_post || !b->gains || !b->list ||
        !b->result->heads)
        status = pulang_fail_memory(error);
    for (int s = 0; s < b->heads->n_sets && status == PULANG_OK; s++)
        b->set_row[s] = PULANG_NONE;
    if (status == PULANG_OK)
        status = glpk_live_run(&b->heads->program, search, is_over, b, error);
    if (status == PULANG_OK && (b->failed || (b->n_nodes > 0 && write_result(b) != PULANG_OK)))
        status = pulang_fail_memory(error);
    if (status != PULANG_OK || b->n_nodes == 0)
        lagrange_branches_clear(b->result);
    return status;
}

pulang_status lagrange_branch_heads(const lagrange *lg, double deadline, lagrange_branches *branches,
                                    pulang_error *error) {
    lagrange_heads heads;
    *branches =
        (lagrange_branches){.level = lg->goal.level, .n_totals = lg->problem->n_totals, .left = PULANG_NONE};
    branching *b = pulang_alloc(1, sizeof *b);
    if (!b)
        return pulang_fail_memory(error);
    *b = (branching){.lg = lg, .heads = &heads, .result = branches, .deadline = deadline};
    pulang_status status = lagrange_heads_build(lg, &heads, error);
    if (status == PULANG_OK)
        status = run(b, error);
    lagrange_heads_clear(&heads);
    for (int i = 0; i < 2 * BRANCHING_NODES + 1; i++)
        glpk_basis_clear(&b->nodes[i].basis);
    glpk_basis_clear(&b->basis);
    pulang_free(b);
    return status;
}

void lagrange_branches_clear(lagrange_branches *branches) {
    pulang_arena_free(branches->arena);
    *branches = (lagrange_branches){0};
}
