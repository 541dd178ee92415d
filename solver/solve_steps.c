/*
 * What a plan keeps of the proof of a solution: prices by the names of posts and of quotas' groups instead of
 * by totals, those of 0 left out.
 */
#include "model/alloc.h"
#include "model/plan.h"
#include "solver/solve.h"

#include <string.h>

/* A list of what is not 0 among price: [n_totals + n_cuts]; NULL: out of memory. */
static pulang_price *copy_prices(const pulang_problem *problem, int n_cuts, const int64_t *price,
                                 pulang_arena *arena, int *n_prices) {
    int n = 0;
    for (int t = 0; t < problem->n_totals + n_cuts; t++)
        n += price[t] != 0;
    pulang_price *prices = pulang_arena_alloc(arena, (size_t)n, sizeof *prices);
    if (!prices)
        return NULL;
    n = 0;
    for (int t = 0; t < problem->n_totals; t++) {
        const pulang_total *total = &problem->totals[t];
        if (price[t] == 0)
            continue;
        const char *key = pulang_arena_copy(arena, total->key, strlen(total->key));
        if (!key)
            return NULL;
        prices[n++] = (pulang_price){total->post, total->quota, key, price[t], 0};
    }
    for (int c = 0; c < n_cuts; c++)
        if (price[problem->n_totals + c] != 0)
            prices[n++] = (pulang_price){PULANG_NONE, PULANG_NONE, "", price[problem->n_totals + c], c};
    *n_prices = n;
    return prices;
}

/* What the values of the levels before are worth, NULL where all are worth nothing. */
static int copy_held(const pulang_solution_step *from, pulang_plan *plan, pulang_step *to) {
    bool any = false;
    for (int l = 0; from->held && l < from->level; l++)
        any = any || from->held[l] != 0;
    if (!any)
        return 0;
    to->held = pulang_arena_alloc(plan->arena, (size_t)from->level, sizeof *to->held);
    if (!to->held)
        return -1;
    memcpy(to->held, from->held, (size_t)from->level * sizeof *to->held);
    return 0;
}

/* ---- branches ---- */

/* depth: of the leaf. */
static int copy_leaf(const pulang_problem *problem, int n_cuts, const pulang_solution_tree *from, int leaf,
                     int depth, pulang_arena *arena, pulang_leaf *to) {
    to->prices = copy_prices(problem, n_cuts, from->price[leaf], arena, &to->n_prices);
    to->path = pulang_arena_alloc(arena, (size_t)depth, sizeof *to->path);
    if (!to->prices || !to->path)
        return -1;
    memcpy(to->path, from->path[leaf], (size_t)depth * sizeof *to->path);
    return 0;
}

/* A branch comes before those below and above it, so that its depth is known. */
static int copy_leaves(const pulang_problem *problem, int n_cuts, const pulang_solution_tree *from,
                       pulang_arena *arena, pulang_tree *to) {
    int *depth = pulang_alloc((size_t)from->n_branches, sizeof *depth), failed = !depth;
    to->n_leaves = from->n_leaves;
    to->leaves = pulang_arena_alloc(arena, (size_t)from->n_leaves, sizeof *to->leaves);
    failed = failed || !to->leaves;
    for (int i = 0; !failed && i < 2 * from->n_branches; i++) {
        const pulang_branch *branch = &from->branches[i / 2];
        int next = i % 2 == 0 ? branch->below : branch->above;
        if (next >= 0)
            depth[next] = depth[i / 2] + 1;
        else
            failed = copy_leaf(problem, n_cuts, from, ~next, depth[i / 2] + 1, arena, &to->leaves[~next]);
    }
    pulang_free(depth);
    return failed ? -1 : 0;
}

static int copy_tree(const pulang_problem *problem, const pulang_solution_tree *from, pulang_plan *plan,
                     pulang_step *to) {
    pulang_tree *tree = pulang_arena_alloc(plan->arena, 1, sizeof *tree);
    if (!tree)
        return -1;
    tree->n_branches = from->n_branches;
    tree->branches = pulang_branches_copy(from->branches, from->n_branches, plan->arena);
    if (!tree->branches || copy_leaves(problem, to->n_cuts, from, plan->arena, tree))
        return -1;
    to->tree = tree;
    return 0;
}

/* ---- steps ---- */

static int copy_step(const pulang_problem *problem, const pulang_solution_step *from, pulang_plan *plan,
                     pulang_step *to) {
    to->kind = from->kind;
    to->level = from->level;
    to->scale = from->scale;
    to->prices = copy_prices(problem, to->n_cuts, from->price, plan->arena, &to->n_prices);
    if (!to->prices || copy_held(from, plan, to))
        return -1;
    return from->tree ? copy_tree(problem, from->tree, plan, to) : 0;
}

static int copy_part(pulang_arena *arena, const pulang_cut_part *from, pulang_cut_part *to) {
    *to = *from;
    to->posts = pulang_arena_alloc(arena, (size_t)from->n_posts, sizeof *to->posts);
    if (!to->posts)
        return -1;
    memcpy(to->posts, from->posts, (size_t)from->n_posts * sizeof *to->posts);
    return 0;
}

static int copy_cut(pulang_arena *arena, const pulang_cut *from, pulang_cut *to) {
    *to = *from;
    to->quotas = pulang_arena_alloc(arena, (size_t)from->n_groups, sizeof *to->quotas);
    to->keys = pulang_arena_alloc(arena, (size_t)from->n_groups, sizeof *to->keys);
    to->parts = pulang_arena_alloc(arena, (size_t)from->n_parts, sizeof *to->parts);
    if (!to->quotas || !to->keys || !to->parts)
        return -1;
    memcpy(to->quotas, from->quotas, (size_t)from->n_groups * sizeof *to->quotas);
    for (int i = 0; i < from->n_groups; i++)
        if (!(to->keys[i] = pulang_arena_copy(arena, from->keys[i], strlen(from->keys[i]))))
            return -1;
    for (int k = 0; k < from->n_parts; k++)
        if (copy_part(arena, &from->parts[k], &to->parts[k]))
            return -1;
    return 0;
}

int pulang_solve_steps(const pulang_problem *problem, const pulang_solution *solution, pulang_plan *plan) {
    size_t n_steps = (size_t)solution->n_steps, n_cuts = (size_t)solution->n_cuts;
    plan->steps = pulang_arena_alloc(plan->arena, n_steps, sizeof *plan->steps);
    pulang_cut *cuts = pulang_arena_alloc(plan->arena, n_cuts, sizeof *cuts);
    if (!plan->steps || !cuts)
        return -1;
    for (size_t c = 0; c < n_cuts; c++)
        if (copy_cut(plan->arena, &solution->cuts[c], &cuts[c]))
            return -1;
    for (size_t s = 0; s < n_steps; s++)
        plan->steps[s] = (pulang_step){.n_cuts = (int)n_cuts, .cuts = cuts};
    for (int s = 0; s < solution->n_steps; s++, plan->n_steps++)
        if (copy_step(problem, &solution->steps[s], plan, &plan->steps[s]))
            return -1;
    return 0;
}
