/*
 * Branches of a certificate: what a tree proves, that no tree proves too much, what is refused, and that
 * certificate.json keeps it.
 */
#include "model/alloc.h"
#include "model/error.h"
#include "solver/solve.h"
#include "tests/support_certificate.h"
#include "tests/support_crossing.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* ---- two and a half people ---- */

enum { PEOPLE = TEST_PAYROLL_PEOPLE };

/* A step of the unplaced at prices of 1/20 for both budgets, and a tree of one branch: at most two in j1. */
typedef struct fork {
    int posts[1];
    pulang_branch branch;
    pulang_price own[2], first, second;
    int64_t below, above;
    pulang_leaf leaves[2];
    pulang_tree tree;
    pulang_step step;
} fork;

static void make_fork(fork *f) {
    *f = (fork){.posts = {0},
                .branch = {1, f->posts, 2, ~0, ~1},
                .own = {{PULANG_NONE, 0, "v1", 1, 0}, {PULANG_NONE, 0, "v2", 1, 0}},
                .first = {PULANG_NONE, 0, "v1", 4, 0},
                .second = {PULANG_NONE, 0, "v2", 1, 0},
                .below = 20,
                .above = -80,
                .leaves = {{1, &f->second, &f->below}, {1, &f->first, &f->above}},
                .tree = {1, 2, &f->branch, f->leaves},
                .step = {PULANG_STEP_LEVEL, 0, 20, NULL, 2, f->own, 0, NULL, &f->tree}};
}

static pulang_status compute(const pulang_instance *instance, const fork *f, int64_t value,
                             pulang_bound *bound) {
    bool infeasible;
    pulang_error error;
    return pulang_bound_compute(instance, &f->step, 1, &value, bound, &infeasible, &error);
}

static int64_t bound_of(const pulang_instance *instance, const fork *f) {
    pulang_bound bound;
    cr_assert_eq(compute(instance, f, 2, &bound), PULANG_OK);
    return bound.bound;
}

Test(bound_tree, proves_what_no_prices_do) {
    pulang_instance *instance = test_certificate_payroll("unplaced");
    int who[PEOPLE];
    int64_t value;
    fork f;
    make_fork(&f);
    cr_assert(test_instance_enumerate(instance, who, &value) && value == 2);
    cr_assert_eq(bound_of(instance, &f), 2, "two in each place");
    f.step.tree = NULL;
    cr_assert_eq(bound_of(instance, &f), 1, "two and a half in each place");
    f.step.tree = &f.tree;
    f.above = -60;
    cr_assert_eq(bound_of(instance, &f), 1, "as little as the weaker side proves, but not below the prices");
    f.above = -80;
    f.below = 0;
    cr_assert_eq(bound_of(instance, &f), 1);
    f.below = -20;
    cr_assert_eq(bound_of(instance, &f), 1);
    pulang_instance_free(instance);
}

Test(bound_tree, leaves_out_sides_without_plans) {
    pulang_instance *instance = test_certificate_payroll("unplaced");
    fork f;
    make_fork(&f);
    instance->posts[0].max = 2;
    f.above = 0;
    f.leaves[1].n_prices = 0;
    cr_assert_eq(bound_of(instance, &f), 2, "nobody can be the third");
    f.branch.most = INT64_MAX;
    cr_assert_eq(bound_of(instance, &f), 2, "as many as there is room for");
    f.branch.most = -1;
    cr_assert_eq(bound_of(instance, &f), 1, "all above");
    f.leaves[1] = f.leaves[0];
    cr_assert_eq(bound_of(instance, &f), 2);
    instance->posts[0].max = 1;
    f.branch.most = 1;
    cr_assert_eq(bound_of(instance, &f), 3, "one in j1, two and a half in j2");
    pulang_bound bound;
    cr_assert_eq(compute(instance, &f, 2, &bound), PULANG_OK);
    cr_assert(bound.proven && bound.bound == 3, "no plan has the value claimed");
    pulang_instance_free(instance);
}

Test(bound_tree, takes_the_prices_of_the_way_from_the_root) {
    pulang_instance *instance = test_certificate_payroll("unplaced");
    fork f;
    make_fork(&f);
    int seat[] = {1};
    int64_t way[] = {20, 0};
    pulang_branch branches[] = {{1, f.posts, 2, 1, ~0}, {1, seat, 2, ~1, ~2}};
    pulang_leaf leaves[] = {f.leaves[1], {1, &f.second, way}, {1, &f.second, way}};
    f.tree = (pulang_tree){2, 3, branches, leaves};
    cr_assert_eq(bound_of(instance, &f), 2);
    way[0] = 0;
    way[1] = 20;
    cr_assert_eq(bound_of(instance, &f), 1);
    pulang_instance_free(instance);
}

/* What a solver hands over for the fork with another branch below its first: the prices by totals. */
static pulang_solution *solve(const pulang_problem *problem) {
    pulang_solution *solution = pulang_solution_new(problem);
    pulang_arena *arena = pulang_arena_new();
    pulang_solution_tree *tree = pulang_arena_alloc(arena, 1, sizeof *tree);
    *tree = (pulang_solution_tree){2,
                                   3,
                                   pulang_arena_alloc(arena, 2, sizeof *tree->branches),
                                   pulang_arena_alloc(arena, 3, sizeof *tree->price),
                                   pulang_arena_alloc(arena, 3, sizeof *tree->path),
                                   arena};
    for (int b = 0; b < 2; b++) {
        tree->branches[b] = (pulang_branch){1, pulang_arena_alloc(arena, 1, sizeof(int)), 2, b == 0 ? 1 : ~1,
                                            b == 0 ? ~0 : ~2};
        tree->branches[b].posts[0] = b;
    }
    for (int l = 0; l < 3; l++) {
        tree->price[l] = pulang_arena_alloc(arena, (size_t)problem->n_totals, sizeof(int64_t));
        tree->path[l] = pulang_arena_alloc(arena, l == 0 ? 1 : 2, sizeof(int64_t));
        tree->price[l][l == 0 ? 2 : 3] = l == 0 ? 4 : 1; /* of the budgets of v1 and v2, after the posts */
        tree->path[l][0] = l == 0 ? -80 : 20;
    }
    solution->steps[solution->n_steps++] = (pulang_solution_step){
        PULANG_STEP_LEVEL, 0, 20, NULL, pulang_alloc((size_t)problem->n_totals, sizeof(int64_t)), tree};
    return solution;
}

Test(bound_tree, is_kept_by_a_plan) {
    pulang_instance *instance = test_certificate_payroll("unplaced");
    pulang_problem *problem = NULL;
    pulang_plan *plan = NULL;
    cr_assert_eq(pulang_problem_new(instance, &problem, NULL), PULANG_OK);
    cr_assert_eq(problem->n_totals, 4);
    pulang_solution *solution = solve(problem), *taken = pulang_solution_new(problem);
    pulang_solution_take_steps(taken, solution);
    pulang_solution_free(solution);
    cr_assert_eq(pulang_solve_plan(instance, problem, taken, &plan, NULL), PULANG_OK);
    pulang_solution_free(taken);
    pulang_problem_free(problem);
    const pulang_tree *tree = plan->steps[0].tree;
    cr_assert(tree->n_branches == 2 && tree->n_leaves == 3 && tree->branches[1].posts[0] == 1);
    cr_assert(tree->leaves[0].n_prices == 1 && tree->leaves[0].prices[0].price == 4);
    cr_assert(tree->leaves[2].path[0] == 20 && tree->leaves[2].path[1] == 0);
    int64_t value = 2;
    pulang_bound bound;
    bool infeasible;
    cr_assert_eq(pulang_bound_compute(instance, plan->steps, 1, &value, &bound, &infeasible, NULL),
                 PULANG_OK);
    cr_assert_eq(bound.bound, 2);
    pulang_plan_free(plan);
    pulang_instance_free(instance);
}

/* ---- what is none ---- */

static pulang_status refuse(const pulang_instance *instance, const fork *f) {
    pulang_bound bound;
    return compute(instance, f, 2, &bound);
}

Test(bound_tree, refuses_what_is_no_tree) {
    static const struct {
        int n_branches, n_leaves, below, above;
    } cases[] = {{1, 2, ~0, ~0}, {1, 2, ~0, ~2},         {1, 2, ~0, INT32_MIN}, {1, 2, ~0, 0}, {1, 2, ~0, 1},
                 {1, 1, ~0, ~1}, {1, INT32_MIN, ~0, ~1}, {1, 3, ~0, ~1},        {0, 1, ~0, ~1}};
    pulang_instance *instance = test_certificate_payroll("unplaced");
    fork f;
    make_fork(&f);
    cr_assert_eq(refuse(instance, &f), PULANG_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        make_fork(&f);
        f.tree.n_branches = cases[i].n_branches;
        f.tree.n_leaves = cases[i].n_leaves;
        f.branch.below = cases[i].below;
        f.branch.above = cases[i].above;
        cr_assert_eq(refuse(instance, &f), PULANG_ERROR_INPUT, "case %zu", i);
    }
    /* One that hangs nowhere, and one that hangs twice. */
    pulang_branch two[] = {{0, NULL, 0, ~0, ~1}, {0, NULL, 0, ~1, ~2}};
    int64_t path[] = {0, 0};
    pulang_leaf leaves[] = {{0, NULL, path}, {0, NULL, path}, {0, NULL, path}};
    make_fork(&f);
    f.tree = (pulang_tree){2, 3, two, leaves};
    cr_assert_eq(refuse(instance, &f), PULANG_ERROR_INPUT);
    two[0].above = 1;
    cr_assert_eq(refuse(instance, &f), PULANG_OK);
    two[0].below = 1;
    cr_assert_eq(refuse(instance, &f), PULANG_ERROR_INPUT);
    pulang_instance_free(instance);
}

Test(bound_tree, refuses_what_does_not_exist) {
    pulang_instance *instance = test_certificate_payroll("unplaced");
    int twice[] = {1, 1}, down[] = {1, 0};
    fork f;
    make_fork(&f);
    f.posts[0] = 2;
    cr_assert_eq(refuse(instance, &f), PULANG_ERROR_INPUT);
    f.posts[0] = -1;
    cr_assert_eq(refuse(instance, &f), PULANG_ERROR_INPUT);
    make_fork(&f);
    f.branch.n_posts = 2;
    f.branch.posts = twice;
    cr_assert_eq(refuse(instance, &f), PULANG_ERROR_INPUT);
    f.branch.posts = down;
    cr_assert_eq(refuse(instance, &f), PULANG_ERROR_INPUT);
    make_fork(&f);
    f.second.key = "v3";
    cr_assert_eq(refuse(instance, &f), PULANG_ERROR_INPUT);
    make_fork(&f);
    f.below = INT64_MAX;
    cr_assert_eq(refuse(instance, &f), PULANG_ERROR_LIMIT);
    make_fork(&f);
    f.step.kind = PULANG_STEP_FEASIBLE;
    f.step.level = PULANG_NONE;
    cr_assert_eq(refuse(instance, &f), PULANG_ERROR_INPUT, "branches of another kind of step");
    pulang_instance_free(instance);
}

Test(bound_tree, fails_cleanly_without_memory) {
    pulang_instance *instance = test_certificate_payroll("unplaced");
    fork f;
    make_fork(&f);
    pulang_bound bound;
    pulang_status status = PULANG_ERROR_MEMORY;
    for (long k = 1; status != PULANG_OK; k++) {
        pulang_alloc_fail_at(k);
        status = compute(instance, &f, 2, &bound);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || status == PULANG_ERROR_MEMORY);
    }
    cr_assert_eq(bound.bound, 2);
    pulang_instance_free(instance);
}

/* ---- files ---- */

Test(bound_tree, may_be_deep_but_not_too_deep) {
    enum { DEEP = 120 }; /* for a file, most of which is the space before each line */
    pulang_instance *instance = test_certificate_payroll("unplaced");
    static pulang_branch branches[PULANG_TREE_DEEPEST + 1];
    static pulang_leaf leaves[PULANG_TREE_DEEPEST + 2];
    static int64_t path[PULANG_TREE_DEEPEST + 1];
    int who[PEOPLE];
    int64_t value;
    cr_assert(test_instance_enumerate(instance, who, &value));
    test_certificate c = test_certificate_new(instance, &value);
    test_certificate_step(&c, PULANG_STEP_LEVEL, 0);
    fork f;
    make_fork(&f);
    static const int depths[] = {DEEP, PULANG_TREE_DEEPEST, PULANG_TREE_DEEPEST + 1};
    for (int i = 0; i < 3; i++) {
        int n = depths[i];
        for (int b = 0; b < n; b++)
            branches[b] = (pulang_branch){1, f.posts, PEOPLE, ~b, b + 1 < n ? b + 1 : ~n};
        for (int l = 0; l <= n; l++)
            leaves[l].path = path;
        f.tree = (pulang_tree){n, n + 1, branches, leaves};
        cr_assert_eq(refuse(instance, &f), n <= PULANG_TREE_DEEPEST ? PULANG_OK : PULANG_ERROR_INPUT);
        if (n > DEEP)
            continue;
        bool infeasible;
        c.steps[0].tree = &f.tree;
        cr_assert_eq(test_certificate_bound(&c, 0, &infeasible).bound, 0);
        cr_assert(test_certificate_is_kept(&c, who));
    }
    test_certificate_clear(&c);
    pulang_instance_free(instance);
}

/* ---- random ---- */

enum { SEEDS = 1000, ROUNDS = 80, MOST_BRANCHES = 4, MOST_POSTS = 8 };

typedef struct random_tree {
    pulang_tree tree;
    pulang_branch branches[MOST_BRANCHES];
    pulang_leaf leaves[MOST_BRANCHES + 1];
    int posts[MOST_BRANCHES][MOST_POSTS];
    int depth[MOST_BRANCHES + 1]; /* of each leaf */
    pulang_price prices[MOST_BRANCHES + 1][TEST_MOST_TOTALS];
    int64_t path[MOST_BRANCHES + 1][MOST_BRANCHES];
} random_tree;

/* A branch on some posts, of which the plan is on either side. */
static void draw_branch(pulang_branch *branch, const pulang_instance *instance, const int *who,
                        test_random *random) {
    branch->most = -test_random_range(random, 0, 1);
    for (int j = 0; j < instance->n_posts; j++) {
        if (test_random_range(random, 0, 1))
            continue;
        branch->posts[branch->n_posts++] = j;
        for (int p = 0; p < instance->n_persons; p++)
            branch->most += who[p] == j;
    }
}

/* Puts a branch in the place of a leaf, which hangs below it from now on. */
static void split_leaf(random_tree *t, int leaf) {
    int b = t->tree.n_branches++, other = t->tree.n_leaves++;
    for (int i = 0; i < b; i++) {
        t->branches[i].below = t->branches[i].below == ~leaf ? b : t->branches[i].below;
        t->branches[i].above = t->branches[i].above == ~leaf ? b : t->branches[i].above;
    }
    t->branches[b] = (pulang_branch){0, t->posts[b], 0, ~leaf, ~other};
    t->depth[other] = ++t->depth[leaf];
}

/* A tree whose leaves all have the prices of the last step, so that it proves as much. */
static void draw_tree(random_tree *t, const test_certificate *c, const int *who, test_random *random) {
    int n = test_random_range(random, 1, MOST_BRANCHES);
    const pulang_price *own = c->prices[c->n_steps - 1];
    memset(t, 0, sizeof *t);
    t->tree = (pulang_tree){0, 1, t->branches, t->leaves};
    for (int i = 0; i < n; i++)
        split_leaf(t, test_random_range(random, 0, t->tree.n_leaves - 1));
    for (int b = 0; b < n; b++)
        draw_branch(&t->branches[b], c->instance, who, random);
    for (int l = 0; l < t->tree.n_leaves; l++) {
        memcpy(t->prices[l], own, (size_t)c->n_totals * sizeof *own);
        t->leaves[l] = (pulang_leaf){c->n_totals, t->prices[l], t->path[l]};
    }
}

/* A price of the last step, of a leaf of its tree, or of a branch on the way to one. */
static int64_t *pick_price(test_certificate *c, random_tree *t, test_random *random) {
    int total = test_random_range(random, 0, c->n_totals - 1);
    if (!t)
        return test_certificate_price(c, total);
    int leaf = test_random_range(random, 0, t->tree.n_leaves - 1);
    return test_random_range(random, 0, 1) ? &t->prices[leaf][total].price
                                           : &t->path[leaf][test_random_range(random, 0, t->depth[leaf] - 1)];
}

/* Prices that climb; no bound on the way may exceed the value. t: NULL, or the tree to climb in. */
static int64_t climb(test_certificate *c, int level, random_tree *t, test_random *random) {
    static const int64_t moves[] = {1, -1, 10, -10, 100, -100, 1000, -1000};
    int64_t best = INT64_MIN;
    for (int round = 0; round < ROUNDS; round++) {
        bool infeasible;
        int64_t *price = pick_price(c, t, random), before = *price;
        *price += round > 0 ? moves[test_random_range(random, 0, 7)] : 0;
        int64_t now = test_certificate_bound(c, level, &infeasible).bound;
        cr_assert_leq(now, c->value[level], "level %d: %ld above %ld", level, (long)now,
                      (long)c->value[level]);
        cr_assert_not(infeasible);
        if (now > best || (now == best && test_random_range(random, 0, 1)))
            best = now;
        else
            *price = before;
    }
    return best;
}

/* At how many levels a tree proves more than prices that have climbed as long. */
static int try_trees(const pulang_instance *instance, const int *who, const int64_t *value, bool by_files,
                     test_random *random) {
    static random_tree trees[TEST_CROSSING_LEVELS];
    test_certificate c = test_certificate_new(instance, value);
    int n_more = 0;
    for (int l = 0; l < instance->scenario.n_levels; l++) {
        if (instance->scenario.levels[l].kind == PULANG_LEVEL_BALANCE)
            break;
        test_certificate_step(&c, PULANG_STEP_LEVEL, l);
        pulang_step *step = &c.steps[c.n_steps - 1];
        step->scale = test_random_range(random, 1, 3);
        for (int i = 0; i < l; i++)
            *test_certificate_held(&c, i) =
                test_random_range(random, 0, 2) ? 0 : test_random_range(random, 1, 100);
        climb(&c, l, NULL, random);
        int64_t alone = climb(&c, l, NULL, random);
        draw_tree(&trees[l], &c, who, random);
        step->tree = &trees[l].tree;
        int64_t least = climb(&c, l, &trees[l], random);
        cr_assert_geq(least, alone);
        n_more += climb(&c, l, &trees[l], random) > alone;
    }
    if (by_files && c.n_steps > 0)
        cr_assert(test_certificate_is_kept(&c, who));
    test_certificate_clear(&c);
    return n_more;
}

Test(bound_tree, never_exceeds_the_best_of_all_plans, .timeout = 120) {
    test_random random = {61};
    int n_more = 0, n_tried = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        pulang_instance *instance = test_crossing_random(seed);
        int who[TEST_CROSSING_PERSONS];
        int64_t value[TEST_CROSSING_LEVELS];
        if (test_instance_plans(instance) <= 5000 && test_instance_enumerate(instance, who, value)) {
            n_more += try_trees(instance, who, value, n_tried % 10 == 0, &random);
            n_tried++;
        }
        pulang_instance_free(instance);
    }
    cr_log_info("of %d instances, at %d levels branches prove more", n_tried, n_more);
    cr_assert_gt(n_tried, 200);
    cr_assert_gt(n_more, 20);
}
