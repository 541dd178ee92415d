/* The branches of a step of certificate.json: an object for each, with another or a leaf on either side. */
#include "io/reading.h"
#include "model/error.h"

#include <limits.h>

/* A leaf is what has prices. */
static bool is_leaf(const pulang_json *node) {
    return pulang_json_get(node, "prices") != NULL;
}

/* Counts the branches from a node on; false: something else than branches and leaves, or too deep. */
static bool count(const pulang_json *node, int depth, int *n_branches) {
    if (is_leaf(node))
        return depth > 0;
    if (!pulang_json_is_object(node) || depth == PULANG_TREE_DEEPEST || *n_branches == INT_MAX - 1)
        return false;
    ++*n_branches;
    return count(pulang_json_get(node, "below"), depth + 1, n_branches) &&
           count(pulang_json_get(node, "above"), depth + 1, n_branches);
}

static pulang_status read_leaf(reading *in, const pulang_json *prices, int depth, int n_cuts,
                               pulang_leaf *leaf) {
    const pulang_json *path = pulang_json_get(prices, "branches");
    pulang_step priced = {.n_cuts = n_cuts};
    pulang_status status = reading_prices(in, prices, &priced);
    if (status != PULANG_OK)
        return status;
    leaf->n_prices = priced.n_prices;
    leaf->prices = priced.prices;
    leaf->path = pulang_arena_alloc(in->claim->arena, (size_t)depth, sizeof *leaf->path);
    if (!leaf->path)
        return pulang_fail_memory(in->error);
    if (!pulang_json_is_array(path) || pulang_json_length(path) != (size_t)depth)
        return reading_wrong(in, "branches: prices");
    for (int i = 0; i < depth; i++)
        if (!pulang_json_to_integer(pulang_json_at(path, (size_t)i), &leaf->path[i]))
            return reading_wrong(in, "branches: prices");
    return PULANG_OK;
}

static pulang_status read_branch(reading *in, const pulang_json *stated, pulang_branch *branch) {
    const pulang_json *posts = pulang_json_get(stated, "posts");
    if (!pulang_json_to_integer(pulang_json_get(stated, "most"), &branch->most))
        return reading_wrong(in, "branches: most");
    if (!reading_length(posts, &branch->n_posts))
        return reading_wrong(in, "branches: posts");
    branch->posts = pulang_arena_alloc(in->claim->arena, (size_t)branch->n_posts, sizeof *branch->posts);
    if (!branch->posts)
        return pulang_fail_memory(in->error);
    for (int i = 0; i < branch->n_posts; i++) {
        const char *id = pulang_json_to_text(pulang_json_at(posts, (size_t)i));
        branch->posts[i] = id ? pulang_index_find(&in->posts, id) : -1;
        if (branch->posts[i] < 0 || (i > 0 && branch->posts[i] <= branch->posts[i - 1]))
            return reading_wrong(in, "branches: posts");
    }
    return PULANG_OK;
}

/* Adds what hangs at a node, the node first; *index: where the branch or ~leaf is. */
static pulang_status read_node(reading *in, const pulang_json *stated, int depth, int n_cuts,
                               pulang_tree *tree, int *index) {
    if (is_leaf(stated)) {
        *index = ~tree->n_leaves;
        return read_leaf(in, pulang_json_get(stated, "prices"), depth, n_cuts,
                         &tree->leaves[tree->n_leaves++]);
    }
    pulang_branch *branch = &tree->branches[ *index = tree->n_branches++];
    pulang_status status = read_branch(in, stated, branch);
    if (status == PULANG_OK)
        status = read_node(in, pulang_json_get(stated, "below"), depth + 1, n_cuts, tree, &branch->below);
    return status == PULANG_OK
               ? read_node(in, pulang_json_get(stated, "above"), depth + 1, n_cuts, tree, &branch->above)
               : status;
}

pulang_status reading_tree(reading *in, const pulang_json *branches, pulang_step *step) {
    int n = 0, root = 0;
    if (step->kind != PULANG_STEP_LEVEL || !count(branches, 0, &n))
        return reading_wrong(in, "steps: branches");
    pulang_tree *tree = pulang_arena_alloc(in->claim->arena, 1, sizeof *tree);
    if (!tree)
        return pulang_fail_memory(in->error);
    tree->branches = pulang_arena_alloc(in->claim->arena, (size_t)n, sizeof *tree->branches);
    tree->leaves = pulang_arena_alloc(in->claim->arena, (size_t)n + 1, sizeof *tree->leaves);
    if (!tree->branches || !tree->leaves)
        return pulang_fail_memory(in->error);
    step->tree = tree;
    return read_node(in, branches, 0, step->n_cuts, tree, &root);
}
