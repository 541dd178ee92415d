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

/* What the posts can hold, before any level. */
static int64_t room_in(const lagrange *lg, const pulang_branch *branch) {
    int64_t room = 0;
    for (int i = 0; i < branch->n_posts; i++)
        room += lg->problem->totals[branch->posts[i]].upper;
    return room;
}

/* Counts the heads of the branch from now on, within what the posts can hold on its side. */
static pulang_status decide(lagrange *lg, const pulang_branch *branch, bool is_above) {
    lagrange_branches *b = &lg->branches;
    int64_t most = room_in(lg, branch);
    most = is_above || most < branch->most ? most : branch->most;
    return lagrange_cut_heads(lg, branch->n_posts, branch->posts, is_above ? branch->most + 1 : 0, most,
                              &b->decided[b->n_decided++]);
}

pulang_status lagrange_keep_sides(lagrange *lg, int64_t attained) {
    lagrange_branches *b = &lg->branches;
    int node = 0;
    b->n_decided = 0;
    b->decided = pulang_arena_alloc(b->arena, (size_t)b->n_branches, sizeof *b->decided);
    pulang_status status = b->decided ? PULANG_OK : PULANG_ERROR_MEMORY;
    while (node >= 0 && status == PULANG_OK) {
        const pulang_branch *branch = &b->branches[node];
        bool below = least_under(b, branch->below) <= attained;
        bool above = least_under(b, branch->above) <= attained;
        if (below == above)
            break;
        status = decide(lg, branch, above);
        node = above ? branch->above : branch->below;
    }
    b->left = node < 0 ? ~node : PULANG_NONE;
    return status == PULANG_OK && b->n_decided > 0 ? lagrange_make_parts(lg) : status;
}

void lagrange_add_sides(lagrange *lg, double weight) {
    const lagrange_branches *b = &lg->branches;
    for (int i = 0; i < b->n_decided && b->left != PULANG_NONE; i++)
        if (b->decided[i] != PULANG_NONE)
            lg->goal.price[b->decided[i]] += llrint(weight * b->path[b->left][i]);
}
