/*
 * Sides of branches that are decided: how many heads the posts of such a branch have is known better, and is
 * one more total with a price. What the branches of a level leave so to those after it is worked out as in
 * model/bound_tree.c.
 */
#include "solver/lagrange_branches.h"
#include "solver/lagrange_cut.h"

#include <math.h>

/* The least that is proven of the leaves at a node and under it. */
static int64_t least_under(const lagrange_branches *b, int node) {
    if (node < 0)
        return b->least[~node];
    int64_t below = least_under(b, b->branches[node].below);
    int64_t above = least_under(b, b->branches[node].above);
    return below < above ? below : above;
}

/* Whether the leaf is at the node or under it. */
static bool leads_to(const lagrange_branches *b, int node, int leaf) {
    return node < 0
               ? ~node == leaf
               : leads_to(b, b->branches[node].below, leaf) || leads_to(b, b->branches[node].above, leaf);
}

/* What the posts can hold, before any level. */
static int64_t room_in(const lagrange *lg, const pulang_branch *branch) {
    int64_t room = 0;
    for (int i = 0; i < branch->n_posts; i++)
        room += lg->problem->totals[branch->posts[i]].upper;
    return room;
}

/* The total of a branch that is decided, within what the posts can hold and its side, or for now only. */
static pulang_status decide(lagrange *lg, const pulang_branch *branch, bool is_above, bool for_now) {
    lagrange_branches *b = &lg->branches;
    int64_t room = room_in(lg, branch), least = is_above ? branch->most + 1 : 0;
    int64_t most = is_above || room < branch->most ? room : branch->most;
    int t = PULANG_NONE;
    pulang_status status = lagrange_cut_heads(lg, branch->n_posts, branch->posts, for_now ? 0 : least,
                                              for_now ? room : most, &t);
    b->decided[b->n_decided++] = t;
    if (status == PULANG_OK && for_now && t != PULANG_NONE) {
        lg->lower[t] = least > lg->lower[t] ? least : lg->lower[t];
        lg->upper[t] = most < lg->upper[t] ? most : lg->upper[t];
    }
    return status;
}

void lagrange_forget_sides(lagrange *lg) {
    lg->branches.n_decided = 0;
    lg->branches.left = PULANG_NONE;
}

/* Room for as many as there are branches; none are decided yet. */
static pulang_status begin(lagrange *lg) {
    lagrange_branches *b = &lg->branches;
    lagrange_forget_sides(lg);
    if (!b->decided)
        b->decided = pulang_arena_alloc(b->arena, (size_t)b->n_branches, sizeof *b->decided);
    return b->decided ? PULANG_OK : PULANG_ERROR_MEMORY;
}

pulang_status lagrange_follow_branches(lagrange *lg) {
    lagrange_branches *b = &lg->branches;
    pulang_status status = begin(lg);
    for (int node = b->n_branches > 0 ? 0 : ~0; node >= 0 && status == PULANG_OK;) {
        const pulang_branch *branch = &b->branches[node];
        bool is_above = leads_to(b, branch->above, b->best);
        status = decide(lg, branch, is_above, true);
        node = is_above ? branch->above : branch->below;
    }
    b->left = b->best;
    return status == PULANG_OK ? lagrange_make_parts(lg) : status;
}

pulang_status lagrange_keep_sides(lagrange *lg, int64_t attained) {
    lagrange_branches *b = &lg->branches;
    int node = 0;
    pulang_status status = begin(lg);
    while (node >= 0 && status == PULANG_OK) {
        const pulang_branch *branch = &b->branches[node];
        bool below = least_under(b, branch->below) <= attained;
        bool above = least_under(b, branch->above) <= attained;
        if (below == above)
            break;
        status = decide(lg, branch, above, false);
        node = above ? branch->above : branch->below;
    }
    if (node < 0)
        b->left = ~node;
    return status == PULANG_OK && b->n_decided > 0 ? lagrange_make_parts(lg) : status;
}

void lagrange_add_sides(lagrange *lg, double weight) {
    const lagrange_branches *b = &lg->branches;
    for (int i = 0; i < b->n_decided && b->left != PULANG_NONE; i++)
        if (b->decided[i] != PULANG_NONE)
            lg->goal.price[b->decided[i]] += llrint(weight * b->path[b->left][i]);
}
