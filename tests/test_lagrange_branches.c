/*
 * Branches on heads: what they prove is true and more than prices alone prove, and anybody can check it.
 */
#include "model/alloc.h"
#include "model/exact.h"
#include "tests/support_branches.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { SEEDS = 800, MOST_POSTS = 5 };
/* What rounding may make of a value. */
static const double NEAR = 1e-3;

/* ---- what must hold ---- */

typedef struct tally {
    int levels, branched, more, whole, costed, near;
} tally;

/* Children come after their parent, and every leaf and every branch but the root is somebody's child. */
static void check_tree(const test_branches *f, int level) {
    const lagrange_branches *from = &f->lg.branches;
    int n_nodes = from->n_branches + from->n_leaves;
    int *depth = pulang_alloc((size_t)n_nodes, sizeof *depth); /* branches, then leaves; 0: not met */
    cr_assert_eq(from->n_leaves, from->n_branches + 1, "seed %d level %d", f->seed, level);
    cr_assert_eq(from->level, level);
    cr_assert_eq(from->n_totals, f->problem->n_totals);
    cr_assert_not_null(depth);
    for (int b = 0; b < from->n_branches; b++) {
        const pulang_branch *branch = &from->branches[b];
        cr_assert_gt(branch->n_posts, 0);
        cr_assert_geq(branch->most, 0);
        for (int i = 0; i < branch->n_posts; i++) {
            cr_assert(branch->posts[i] >= 0 && branch->posts[i] < f->problem->n_posts);
            cr_assert(i == 0 || branch->posts[i] > branch->posts[i - 1], "seed %d level %d", f->seed, level);
        }
        for (int side = 0; side < 2; side++) {
            int child = side ? branch->above : branch->below;
            int at = child >= 0 ? child : from->n_branches + ~child;
            cr_assert(at > b && at < n_nodes, "seed %d level %d: child %d of %d", f->seed, level, child, b);
            cr_assert_eq(depth[at], 0, "seed %d level %d: %d has two parents", f->seed, level, at);
            depth[at] = depth[b] + 1;
        }
    }
    for (int i = 0; i < from->n_leaves; i++)
        cr_assert_eq(depth[from->n_branches + i], from->depth[i], "seed %d level %d", f->seed, level);
    pulang_free(depth);
}

/* Whether heads alone make the level's cost. */
static bool is_of_heads(const test_branches *f, int level) {
    for (int t = 0; t < f->problem->n_totals; t++)
        for (int i = 0; i < f->problem->totals[t].n_pieces; i++)
            if (f->problem->totals[t].pieces[i].level == level && !f->problem->totals[t].uniform)
                return false;
    return true;
}

static double cost_of_heads(const test_branches *f, int level) {
    const pulang_problem *p = f->problem;
    const int64_t *heads = f->lg.branches.heads;
    double cost = 0;
    int64_t placed = 0;
    for (int t = 0; t < p->n_totals; t++) {
        int64_t n = 0;
        for (int i = 0; i < p->totals[t].n_posts; i++)
            n += heads[p->totals[t].posts[i]];
        if (p->totals[t].uniform)
            cost += (double)pulang_total_cost(p, &p->totals[t], level, n * f->lg.unit[t]);
    }
    for (int j = 0; j < p->n_posts; j++)
        placed += heads[j];
    return cost + (p->levels[level].unplaced ? (double)(p->member_begin[p->n_classes] - placed) : 0);
}

/* Whole heads are within the bounds, and cost what the branches come to. */
static void check_heads(const test_branches *f, int level, tally *n) {
    const lagrange *lg = &f->lg;
    for (int j = 0; j < f->problem->n_posts; j++)
        cr_assert(lg->branches.heads[j] >= lg->lower[j] && lg->branches.heads[j] <= lg->upper[j],
                  "seed %d level %d: post %d", f->seed, level, j);
    n->whole++;
    if (!is_of_heads(f, level))
        return;
    double cost = cost_of_heads(f, level);
    cr_assert_float_eq(cost, lg->branches.cost, NEAR, "seed %d level %d: %g, not %g", f->seed, level, cost,
                       lg->branches.cost);
    cr_assert_eq((int64_t)cost, (int64_t)ceil(lg->branches.bound - NEAR));
    n->costed++;
}

/* What the leaves prove is true, and near to what the relaxation says; the bound that they and the root
   prove. *exact: the root's prices alone prove the value. */
static int64_t check_proof(test_branches *f, int level, tally *n, bool *exact) {
    lagrange *lg = &f->lg;
    pulang_solution_tree *proof = NULL;
    int64_t bound, root = test_branches_root(f), value = f->optimum->levels[level].value;
    int64_t sum = 0, sum_after = 0;
    cr_assert_leq(root, value * lg->goal.scale, "seed %d level %d", f->seed, level);
    for (int t = 0; t < f->problem->n_totals; t++)
        sum += (t + 1) * lg->goal.price[t];
    cr_assert_eq(lagrange_prove_branches(lg, &bound, &proof), PULANG_OK);
    for (int t = 0; t < f->problem->n_totals; t++)
        sum_after += (t + 1) * lg->goal.price[t];
    cr_assert_eq(sum, sum_after, "seed %d level %d: other prices", f->seed, level);
    for (int j = 0; j < f->problem->n_posts; j++)
        cr_assert_eq(lg->toll[j], 0);
    cr_assert_eq(proof == NULL, lg->branches.n_branches == 0);
    n->near += fabs((double)(proof ? bound : root) / (double)lg->goal.scale - lg->branches.bound) < NEAR;
    if (proof) {
        int64_t whole = pulang_exact_ceil(bound, lg->goal.scale);
        cr_assert_leq(whole, value, "seed %d level %d: %ld above %ld", f->seed, level, (long)whole,
                      (long)value);
        n->branched++;
        n->more += whole > pulang_exact_ceil(root, lg->goal.scale);
    }
    test_branches_step(f, PULANG_STEP_LEVEL, level, proof);
    *exact = root == value * lg->goal.scale;
    return pulang_exact_ceil(proof && bound > root ? bound : root, lg->goal.scale);
}

/* The certificate proves what the solver says that it does. */
static void check_certificate(test_branches *f, int n_levels, const int64_t *proven) {
    pulang_bound bounds[TEST_CROSSING_LEVELS];
    test_branches_verify(f, bounds);
    for (int l = 0; l < n_levels; l++) {
        cr_assert_geq(bounds[l].bound, proven[l], "seed %d level %d: %ld, not %ld", f->seed, l,
                      (long)bounds[l].bound, (long)proven[l]);
        cr_assert_leq(bounds[l].bound, f->optimum->levels[l].value, "seed %d level %d", f->seed, l);
    }
}

/* Branches at one level; what is proven of it. Where the prices alone prove its value, what they forbid is
   gone, and the next level need not hold it by a price. */
static int64_t try_level(test_branches *f, int level, tally *n, bool *exact) {
    lagrange *lg = &f->lg;
    pulang_error error;
    test_branches_turn(f, level);
    lagrange_branches_clear(&lg->branches);
    cr_assert_eq(lagrange_branch_heads(lg, INFINITY, &lg->branches, &error), PULANG_OK, "%s", error.message);
    cr_assert_not_null(lg->branches.arena, "seed %d level %d", f->seed, level);
    n->levels++;
    check_tree(f, level);
    cr_assert_leq(lg->branches.bound, (double)f->optimum->levels[level].value + NEAR, "seed %d level %d",
                  f->seed, level);
    if (lg->branches.whole)
        check_heads(f, level, n);
    int64_t proven = check_proof(f, level, n, exact);
    if (*exact) {
        test_branches_root(f);
        lagrange_narrow(lg, 0);
    }
    lg->value[level] = f->optimum->levels[level].value;
    return proven;
}

static void try_instance(pulang_instance *instance, int seed, tally *n) {
    test_branches f;
    int64_t proven[TEST_CROSSING_LEVELS];
    int level = 0;
    bool exact = true;
    test_branches_begin(&f, instance, seed);
    if (test_branches_usable(&f)) {
        test_branches_step(&f, PULANG_STEP_FEASIBLE, PULANG_NONE, NULL);
        for (; level < f.problem->n_levels && !f.problem->levels[level].arc_cost && exact; level++)
            proven[level] = try_level(&f, level, n, &exact);
        check_certificate(&f, level, proven);
    }
    test_branches_end(&f);
}

Test(lagrange_branches, prove_what_is_true) {
    tally n = {0};
    for (int seed = 1; seed <= SEEDS; seed++)
        try_instance(test_branches_instance(seed, MOST_POSTS), seed, &n);
    cr_log_info("%d levels: branches at %d, which prove more at %d; whole at %d, costed at %d; near at %d",
                n.levels, n.branched, n.more, n.whole, n.costed, n.near);
    cr_assert_gt(n.branched, 200);
    cr_assert_gt(n.more, 50);
    cr_assert_eq(n.whole, n.levels);
    cr_assert_eq(n.near, n.levels, "the relaxation is that of the persons");
}

/* Rules of every kind, some of which the relaxation does not know: what is proven is true all the same. */
Test(lagrange_branches, hold_with_all_rules) {
    tally n = {0};
    for (int seed = 1; seed <= SEEDS; seed++)
        try_instance(test_crossing_random((uint64_t)seed), seed, &n);
    cr_log_info("%d levels: branches at %d, which prove more at %d; whole at %d, costed at %d; near at %d",
                n.levels, n.branched, n.more, n.whole, n.costed, n.near);
    cr_assert_gt(n.levels, 500);
    cr_assert_gt(n.branched, 20);
    cr_assert_gt(n.near, n.levels * 9 / 10);
}

/* ---- memory ---- */

/* Every allocation in turn fails: an error, and nothing is left. How many branches there are in the end. */
static int starve(int seed) {
    test_branches f;
    int n_branches = 0;
    test_branches_begin(&f, test_branches_instance(seed, MOST_POSTS), seed);
    if (test_branches_usable(&f)) {
        pulang_status status = PULANG_ERROR_MEMORY;
        pulang_error error;
        test_branches_turn(&f, f.problem->n_levels - 2);
        for (long k = 1; status == PULANG_ERROR_MEMORY; k++) {
            pulang_alloc_fail_at(k);
            status = lagrange_branch_heads(&f.lg, INFINITY, &f.lg.branches, &error);
            pulang_alloc_fail_at(0);
            cr_assert(status == PULANG_OK || !f.lg.branches.arena, "seed %d: %ld", seed, k);
        }
        cr_assert_eq(status, PULANG_OK);
        status = PULANG_ERROR_MEMORY;
        for (long k = 1; status == PULANG_ERROR_MEMORY; k++) {
            pulang_solution_tree *proof = NULL;
            int64_t bound;
            pulang_alloc_fail_at(k);
            status = lagrange_prove_branches(&f.lg, &bound, &proof);
            pulang_alloc_fail_at(0);
            cr_assert(status == PULANG_OK || !proof, "seed %d: %ld", seed, k);
            if (proof)
                pulang_arena_free(proof->arena);
        }
        cr_assert_eq(status, PULANG_OK);
        n_branches = f.lg.branches.n_branches;
    }
    test_branches_end(&f);
    return n_branches;
}

Test(lagrange_branches, memory_runs_out) {
    int n_branches = 0;
    for (int seed = 1; seed <= 60; seed++)
        n_branches += starve(seed);
    cr_log_info("%d branches", n_branches);
    cr_assert_gt(n_branches, 10);
}
