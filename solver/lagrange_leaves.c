/*
 * What the leaves of branches on heads prove, in exact integers: the arithmetic of model/bound_tree.c.
 */
#include "model/alloc.h"
#include "model/exact.h"
#include "solver/lagrange_branches.h"

#include <math.h>
#include <string.h>

typedef struct leaves {
    lagrange *lg;
    const lagrange_branches *from;
    pulang_solution_tree *proof;
    int *way;       /* [n_branches] to the node in hand: branches, ~ those that it is below */
    int64_t *price; /* [n_totals] those in hand before */
    int64_t least;  /* of the leaves so far */
} leaves;

/* What the posts can hold. */
static int64_t room_in(const lagrange *lg, const pulang_branch *branch) {
    int64_t room = 0;
    for (int i = 0; i < branch->n_posts; i++)
        room += lg->upper[branch->posts[i]];
    return room;
}

void lagrange_take_prices(lagrange *lg, const double *price, double weight) {
    for (int t = 0; t < lg->problem->n_totals; t++)
        lg->goal.price[t] = t < lg->branches.n_totals ? llrint(weight * price[t]) : 0;
}

/* What the heads of a branch are worth at most by their price on its side, added to *sum; false: there is no
 * such number.
 */
static bool add_worth(const lagrange *lg, const pulang_branch *branch, bool is_above, int64_t price,
                      int64_t *sum, bool *overflow) {
    int64_t room = room_in(lg, branch), from = is_above ? branch->most + 1 : 0;
    int64_t to = is_above || branch->most > room ? room : branch->most;
    *sum = pulang_exact_add(*sum, pulang_exact_multiply(price, price > 0 ? to : from, overflow), overflow);
    return from <= to;
}

/* The bound of a leaf that many branches down; INT64_MAX: nobody can be there, INT64_MIN: it does not fit. */
static int64_t bound_of_leaf(leaves *s, int leaf, int depth) {
    lagrange *lg = s->lg;
    int64_t bound = 0, worth = 0;
    bool is_empty = false, overflow = false;
    memset(lg->toll, 0, (size_t)lg->problem->n_posts * sizeof *lg->toll);
    lagrange_take_prices(lg, s->from->price[leaf], (double)lg->goal.scale);
    memcpy(s->proof->price[leaf], lg->goal.price, (size_t)lg->problem->n_totals * sizeof *lg->goal.price);
    for (int i = 0; i < depth; i++) {
        bool is_above = s->way[i] >= 0;
        const pulang_branch *branch = &s->from->branches[is_above ? s->way[i] : ~s->way[i]];
        int64_t price = s->proof->path[leaf][i] = llrint(s->from->path[leaf][i] * (double)lg->goal.scale);
        is_empty |= !add_worth(lg, branch, is_above, price, &worth, &overflow);
        for (int k = 0; k < branch->n_posts; k++)
            lg->toll[branch->posts[k]] += price;
    }
    if (is_empty || !lagrange_bound(lg, &bound))
        return INT64_MAX;
    bound = pulang_exact_subtract(bound, worth, &overflow);
    return overflow ? INT64_MIN : bound;
}

static void visit(leaves *s, int node, int depth) {
    if (node < 0) {
        int64_t bound = s->lg->branches.least[~node] = bound_of_leaf(s, ~node, depth);
        s->least = bound < s->least ? bound : s->least;
        return;
    }
    s->way[depth] = ~node;
    visit(s, s->from->branches[node].below, depth + 1);
    s->way[depth] = node;
    visit(s, s->from->branches[node].above, depth + 1);
}

/* Room for the proof, with the branches. */
static pulang_solution_tree *new_proof(const lagrange *lg, const lagrange_branches *from) {
    pulang_arena *arena = pulang_arena_new();
    pulang_solution_tree *proof = arena ? pulang_arena_alloc(arena, 1, sizeof *proof) : NULL;
    if (!proof) {
        pulang_arena_free(arena);
        return NULL;
    }
    *proof =
        (pulang_solution_tree){.n_branches = from->n_branches, .n_leaves = from->n_leaves, .arena = arena};
    size_t n_leaves = (size_t)from->n_leaves;
    proof->branches = pulang_branches_copy(from->branches, from->n_branches, arena);
    proof->price = pulang_arena_alloc(arena, n_leaves, sizeof *proof->price);
    proof->path = pulang_arena_alloc(arena, n_leaves, sizeof *proof->path);
    bool failed = !proof->branches || !proof->price || !proof->path;
    for (int i = 0; i < from->n_leaves && !failed; i++) {
        proof->price[i] = pulang_arena_alloc(arena, lagrange_room(lg), sizeof **proof->price);
        proof->path[i] = pulang_arena_alloc(arena, (size_t)from->depth[i], sizeof **proof->path);
        failed = !proof->price[i] || !proof->path[i];
    }
    if (!failed)
        return proof;
    pulang_arena_free(arena);
    return NULL;
}

pulang_status lagrange_prove_branches(lagrange *lg, int64_t *bound, pulang_solution_tree **proof) {
    lagrange_branches *from = &lg->branches;
    size_t totals = (size_t)lg->problem->n_totals;
    leaves s = {.lg = lg, .from = from, .least = INT64_MAX};
    *proof = NULL;
    *bound = INT64_MIN;
    if (from->n_branches == 0)
        return PULANG_OK;
    s.proof = new_proof(lg, from);
    s.way = pulang_alloc((size_t)from->n_branches, sizeof *s.way);
    s.price = pulang_alloc(totals, sizeof *s.price);
    from->least = pulang_arena_alloc(from->arena, (size_t)from->n_leaves, sizeof *from->least);
    pulang_status status = s.proof && s.way && s.price && from->least ? PULANG_OK : PULANG_ERROR_MEMORY;
    if (status == PULANG_OK) {
        memcpy(s.price, lg->goal.price, totals * sizeof *s.price);
        visit(&s, 0, 0);
        memcpy(lg->goal.price, s.price, totals * sizeof *s.price);
        memset(lg->toll, 0, (size_t)lg->problem->n_posts * sizeof *lg->toll);
        *bound = s.least;
        *proof = s.least == INT64_MIN ? NULL : s.proof;
    }
    if (s.proof && !*proof)
        pulang_arena_free(s.proof->arena);
    pulang_free(s.way);
    pulang_free(s.price);
    return status;
}
