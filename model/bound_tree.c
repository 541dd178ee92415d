/*
 * Branches of a step (model/certificate.h). Below a branch the heads n of its posts are in 0 .. most, above
 * it in most + 1 .. what the ranges of the posts leave. A leaf has prices like those of a step, and a price w
 * of a head for each branch on the way to it: whoever is in one of the posts pays it, and
 *
 *   min over n in the range of  -w * n
 *
 * is added to the bound, so that it cancels in every plan that is on that side of the branch (Lagrangian
 * relaxation of the range). Every plan is on one side of each branch, thus in one leaf, and none is below the
 * least of the leaves' bounds.
 *
 * Nor is any plan that attains a value in a leaf whose bound is above it. Where that is so in all leaves on
 * one side of the root, all such plans are on the other side, which limits the heads of its posts for the
 * steps after this one; then the branch that hangs there is the root of all that is left.
 *
 * Land and Doig, Econometrica 28, 1960.
 */
#include "model/alloc.h"
#include "model/bound_step.h"
#include "model/error.h"
#include "model/exact.h"

#include <assert.h>

#define NOWHERE (-1)

/* Where a branch or a leaf hangs. */
typedef struct place {
    int branch; /* NOWHERE: at no branch */
    bool above;
} place;

typedef struct walk {
    bound_step *step;
    const pulang_tree *tree;
    place *of_branch; /* [n_branches] */
    place *of_leaf;   /* [n_leaves] */
    int *depth;       /* [n_branches] branches on the way to it */
    int64_t *most;    /* [n_branches] the heads that the ranges of its posts leave */
} walk;

/* ---- whether it is a tree ---- */

static pulang_status fail_tree(pulang_error *error) {
    return pulang_fail(error, PULANG_ERROR_INPUT, _("the branches of the certificate are not a tree"));
}

static bool hang(const walk *w, int branch, bool above) {
    const pulang_tree *tree = w->tree;
    int next = above ? tree->branches[branch].above : tree->branches[branch].below;
    if (next >= 0 ? next <= branch || next >= tree->n_branches : ~next >= tree->n_leaves)
        return false;
    place *at = next >= 0 ? &w->of_branch[next] : &w->of_leaf[~next];
    if (at->branch != NOWHERE)
        return false;
    *at = (place){branch, above};
    if (next >= 0)
        w->depth[next] = w->depth[branch] + 1;
    return true;
}

static bool posts_exist(const walk *w, const pulang_branch *branch) {
    int last = PULANG_NONE;
    for (int i = 0; i < branch->n_posts; last = branch->posts[i++])
        if (branch->posts[i] <= last || branch->posts[i] >= w->step->instance->n_posts)
            return false;
    return true;
}

/* Each branch hangs at one before it, and with one more leaf than branches all leaves hang too. */
static bool is_tree(const walk *w) {
    const pulang_tree *tree = w->tree;
    for (int i = 0; i < tree->n_leaves; i++)
        w->of_leaf[i].branch = NOWHERE;
    for (int b = 0; b < tree->n_branches; b++)
        w->of_branch[b].branch = NOWHERE;
    for (int b = 0; b < tree->n_branches; b++)
        if ((b > 0 && w->of_branch[b].branch == NOWHERE) || w->depth[b] >= PULANG_TREE_DEEPEST ||
            !posts_exist(w, &tree->branches[b]) || !hang(w, b, false) || !hang(w, b, true))
            return false;
    return true;
}

/* ---- what it proves ---- */

static void find_most(const walk *w, int b) {
    const pulang_branch *branch = &w->tree->branches[b];
    bool *overflow = &w->step->overflow;
    for (int i = 0; i < branch->n_posts; i++) {
        const pulang_range *range = &w->step->relaxation->ranges[branch->posts[i]];
        int64_t heads = pulang_exact_multiply(range->upper, range->unit, overflow);
        w->most[b] = pulang_exact_add(w->most[b], heads, overflow);
    }
}

/* Lets the posts of the branch cost the price. False: no plan is on that side of it; *sum grows. */
static bool take_side(const walk *w, place side, int64_t price, int64_t *sum) {
    const pulang_branch *branch = &w->tree->branches[side.branch];
    bound_step *step = w->step;
    int64_t low = 0, high = w->most[side.branch];
    if (side.above) {
        if (branch->most >= high)
            return false;
        low = branch->most >= 0 ? branch->most + 1 : 0;
    } else {
        high = branch->most < high ? branch->most : high;
    }
    if (low > high)
        return false;
    int64_t worth = pulang_exact_multiply(price, price > 0 ? high : low, &step->overflow);
    *sum = pulang_exact_subtract(*sum, worth, &step->overflow);
    for (int i = 0; i < branch->n_posts; i++) {
        int64_t *toll = &step->toll[branch->posts[i]];
        *toll = pulang_exact_add(*toll, price, &step->overflow);
    }
    return true;
}

/* What is proven at a branch or a leaf. */
static int64_t at_node(const pulang_tree *tree, const int64_t *proven, int node) {
    return node >= 0 ? proven[node] : proven[(size_t)tree->n_branches + (size_t)~node];
}

/* *bound: of the plans of the leaf, in 1/scale; INT64_MAX: there are none. */
static pulang_status bound_leaf(const walk *w, int l, int64_t held, int64_t *bound, pulang_error *error) {
    const pulang_leaf *leaf = &w->tree->leaves[l];
    bound_step *step = w->step;
    int64_t sum = 0;
    pulang_status status = bound_set_prices(step, leaf->prices, leaf->n_prices, error);
    if (status != PULANG_OK)
        return status;
    bool any = true;
    place at = w->of_leaf[l];
    for (int i = w->depth[at.branch]; any && i >= 0; i--, at = w->of_branch[at.branch])
        any = take_side(w, at, leaf->path[i], &sum);
    if (any)
        sum = pulang_exact_add(sum, bound_minimise(step, BOUND_KEEP), &step->overflow);
    sum = pulang_exact_subtract(sum, held, &step->overflow);
    if (step->overflow)
        return pulang_fail(error, PULANG_ERROR_LIMIT, _("the sums of the certificate do not fit 64 bits"));
    *bound = any && !step->empty ? sum : INT64_MAX;
    return PULANG_OK;
}

static pulang_status bound_all(const walk *w, int64_t held, int64_t *proven, pulang_error *error) {
    const pulang_tree *tree = w->tree;
    if (!is_tree(w))
        return fail_tree(error);
    pulang_status status = PULANG_OK;
    for (int b = 0; b < tree->n_branches; b++)
        find_most(w, b);
    for (int l = 0; status == PULANG_OK && l < tree->n_leaves; l++)
        status = bound_leaf(w, l, held, &proven[(size_t)tree->n_branches + (size_t)l], error);
    /* What hangs at a branch comes after it. */
    for (int b = tree->n_branches - 1; status == PULANG_OK && b >= 0; b--) {
        int64_t below = at_node(tree, proven, tree->branches[b].below);
        int64_t above = at_node(tree, proven, tree->branches[b].above);
        proven[b] = below < above ? below : above;
    }
    return status;
}

pulang_status bound_tree_minimise(bound_step *step, const pulang_tree *tree, int64_t held, int64_t **proven,
                                  pulang_error *error) {
    walk w = {.step = step, .tree = tree};
    if (tree->n_branches < 1 || tree->n_leaves < 1 || tree->n_leaves - 1 != tree->n_branches)
        return fail_tree(error);
    w.of_branch = pulang_alloc((size_t)tree->n_branches, sizeof *w.of_branch);
    w.of_leaf = pulang_alloc((size_t)tree->n_leaves, sizeof *w.of_leaf);
    w.depth = pulang_alloc((size_t)tree->n_branches, sizeof *w.depth);
    w.most = pulang_alloc((size_t)tree->n_branches, sizeof *w.most);
    int64_t *found = pulang_alloc((size_t)tree->n_branches + (size_t)tree->n_leaves, sizeof *found);
    pulang_status status = w.of_branch && w.of_leaf && w.depth && w.most && found
                               ? bound_all(&w, held, found, error)
                               : pulang_fail_memory(error);
    pulang_free(w.of_branch);
    pulang_free(w.of_leaf);
    pulang_free(w.depth);
    pulang_free(w.most);
    if (status == PULANG_OK)
        *proven = found;
    else
        pulang_free(found);
    return status;
}

/* ---- what it decides ---- */

/* Whether a cut does nothing but count the heads of the branch. */
static bool counts_heads(const pulang_cut *cut, const pulang_branch *branch) {
    if (cut->n_groups > 0 || cut->n_parts != 1 || cut->parts[0].weight != 1 ||
        cut->parts[0].n_posts != branch->n_posts)
        return false;
    for (int i = 0; i < branch->n_posts; i++)
        if (cut->parts[0].posts[i] != branch->posts[i])
            return false;
    return true;
}

/* Every plan in question is on one side of the branch. */
static void decide(bound_step *step, const pulang_branch *branch, bool above) {
    assert(!above || branch->most < INT64_MAX); /* there is room for more */
    for (int c = 0; c < step->n_cuts; c++) {
        pulang_range *range = &step->relaxation->ranges[step->relaxation->n_totals + c];
        if (!counts_heads(&step->cuts[c], branch))
            continue;
        if (above && range->lower <= branch->most)
            range->lower = branch->most + 1;
        else if (!above && range->upper > branch->most)
            range->upper = branch->most;
    }
}

void bound_tree_narrow(bound_step *step, const pulang_tree *tree, const int64_t *proven, int64_t attained) {
    for (int b = 0; b >= 0;) {
        const pulang_branch *branch = &tree->branches[b];
        bool below = at_node(tree, proven, branch->below) <= attained;
        bool above = at_node(tree, proven, branch->above) <= attained;
        if (below == above)
            return;
        decide(step, branch, above);
        b = above ? branch->above : branch->below;
    }
}
