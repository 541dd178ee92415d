/*
 * Branches on heads: what they prove is true and more than prices alone prove, and anybody can check it.
 */
#include "model/alloc.h"
#include "model/bound.h"
#include "model/exact.h"
#include "model/plan.h"
#include "solver/lagrange_branches.h"
#include "solver/solve.h"
#include "tests/support_crossing.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { SEEDS = 800 };
/* What rounding may make of a value. */
static const double NEAR = 1e-3;

/* ---- problems ---- */

static int draw(test_random *random, int low, int high) {
    return test_random_range(random, low, high);
}

/* Few have posts that many are wanted for: nobody moves for nothing, and money runs out in parts of a person.
 */
static void draw_people(pulang_instance *instance, test_random *random) {
    for (int j = 0; j < instance->n_posts; j++) {
        pulang_post *post = &instance->posts[j];
        post->min = draw(random, 0, 2);
        post->target = post->min + draw(random, 0, 2);
        post->max = post->target + draw(random, 0, 2);
        post->priority = 500 * draw(random, 1, 4);
    }
    for (int p = 0; p < instance->n_persons; p++) {
        pulang_person *person = &instance->persons[p];
        person->pay = 100 * draw(random, 3, 7); /* quotas are in whole ones */
        person->current = draw(random, PULANG_NONE, instance->n_posts - 1);
        if (draw(random, 1, 3) == 1) {
            person->forbid_posts = (pulang_ints){1, pulang_arena_alloc(instance->arena, 1, sizeof(int))};
            cr_assert_not_null(person->forbid_posts.items);
            person->forbid_posts.items[0] = draw(random, 0, instance->n_posts - 1);
        }
    }
}

/* Budgets of districts and of all, at times a limit on moves. */
static pulang_instance *new_instance(int seed) {
    static const char *const each[] = {"", "district", "place", "post"};
    static const char *const levels[] = {"required unplaced shortage preference",
                                         "unplaced required shortage preference",
                                         "shortage unplaced preference"};
    test_random random = {(uint64_t)seed};
    int n_persons = draw(&random, 4, TEST_CROSSING_PERSONS), n_posts = draw(&random, 2, 5);
    int n_quotas = draw(&random, 1, 3);
    pulang_instance *instance = test_instance_new(n_persons, 3, n_posts, n_quotas);
    test_instance_levels(instance, levels[draw(&random, 0, 2)]);
    draw_people(instance, &random);
    for (int q = 0; q < n_quotas; q++) {
        pulang_quota *quota = &instance->quotas[q];
        bool moves = draw(&random, 1, 5) == 1;
        quota->measure = moves ? PULANG_MEASURE_MOVES : PULANG_MEASURE_PAY;
        quota->each = moves ? "" : each[draw(&random, 0, 3)];
        if (!moves && draw(&random, 0, 1))
            quota->persons = test_instance_category(instance, "a");
        quota->has_max = true;
        quota->max = moves ? draw(&random, 1, n_persons) : draw(&random, 4, 25);
    }
    return instance;
}

/* A problem with its optimum, and branches at one level after the other. */
typedef struct fixture {
    pulang_instance *instance;
    pulang_problem *problem;
    pulang_solution *optimum, *found;
    pulang_limits limits;
    lagrange lg;
    int seed;
} fixture;

static void begin(fixture *f, pulang_instance *instance, int seed) {
    pulang_settings settings;
    pulang_error error;
    *f = (fixture){.instance = instance, .seed = seed};
    pulang_settings_default(&settings);
    settings.method = PULANG_METHOD_GLPK;
    cr_assert_eq(pulang_problem_new(instance, &f->problem, &error), PULANG_OK, "%s", error.message);
    cr_assert_eq(pulang_solve_problem(f->problem, &settings, NULL, &f->optimum, &error), PULANG_OK, "%s",
                 error.message);
    f->found = pulang_solution_new(f->problem);
    cr_assert_not_null(f->found);
    f->limits = (pulang_limits){.begin = pulang_clock(), .deadline = INFINITY, .seed = 1};
    cr_assert_eq(lagrange_init(&f->lg, f->problem, &f->limits, f->found), PULANG_OK);
}

static bool is_usable(const fixture *f) {
    const char *why;
    return f->optimum->exists && f->optimum->outcome == PULANG_OPTIMAL &&
           pulang_lagrange_applies(f->problem, &why);
}

static void end(fixture *f) {
    lagrange_branches_clear(&f->lg.branches);
    lagrange_clear(&f->lg);
    pulang_solution_free(f->found);
    pulang_solution_free(f->optimum);
    pulang_problem_free(f->problem);
    pulang_instance_free(f->instance);
}

/* Turns to a level, without prices. */
static void turn(fixture *f, int level) {
    lagrange *lg = &f->lg;
    lagrange_set_level(lg, level);
    memset(lg->goal.price, 0, (size_t)lg->problem->n_totals * sizeof *lg->goal.price);
    memset(lg->goal.held, 0, (size_t)lg->problem->n_levels * sizeof *lg->goal.held);
    lagrange_near_all(lg);
}

static void add_step(fixture *f, pulang_step_kind kind, int level, pulang_solution_tree *tree) {
    const lagrange *lg = &f->lg;
    pulang_solution_step *step = &f->found->steps[f->found->n_steps++];
    *step = (pulang_solution_step){.kind = kind, .level = level, .scale = 1, .tree = tree};
    step->price = pulang_alloc(lagrange_room(lg), sizeof *step->price);
    cr_assert_not_null(step->price);
    if (kind == PULANG_STEP_FEASIBLE)
        return;
    step->scale = lg->goal.scale;
    memcpy(step->price, lg->goal.price, (size_t)lg->problem->n_totals * sizeof *step->price);
}

/* ---- what must hold ---- */

typedef struct tally {
    int levels, branched, more, whole, costed, near;
} tally;

/* Children come after their parent, and every leaf and every branch but the root is somebody's child. */
static void check_tree(const fixture *f, int level) {
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
static bool is_of_heads(const fixture *f, int level) {
    for (int t = 0; t < f->problem->n_totals; t++)
        for (int i = 0; i < f->problem->totals[t].n_pieces; i++)
            if (f->problem->totals[t].pieces[i].level == level && !f->problem->totals[t].uniform)
                return false;
    return true;
}

static double cost_of_heads(const fixture *f, int level) {
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
static void check_heads(const fixture *f, int level, tally *n) {
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

/* What the root's prices prove, which are in hand then. */
static int64_t price_root(fixture *f, int level) {
    lagrange *lg = &f->lg;
    int64_t bound;
    for (int t = 0; t < f->problem->n_totals; t++)
        lg->goal.price[t] = llrint(lg->branches.root[t] * (double)lg->goal.scale);
    cr_assert(lagrange_bound(lg, &bound), "seed %d level %d", f->seed, level);
    cr_assert_leq(bound, f->optimum->levels[level].value * lg->goal.scale, "seed %d level %d", f->seed,
                  level);
    return bound;
}

/* What the leaves prove is true, and near to what the relaxation says; the bound that they and the root
   prove. *exact: the root's prices alone prove the value. */
static int64_t check_proof(fixture *f, int level, tally *n, bool *exact) {
    lagrange *lg = &f->lg;
    pulang_solution_tree *proof = NULL;
    int64_t bound, root = price_root(f, level), value = f->optimum->levels[level].value;
    int64_t sum = 0, sum_after = 0;
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
    add_step(f, PULANG_STEP_LEVEL, level, proof);
    *exact = root == value * lg->goal.scale;
    return pulang_exact_ceil(proof && bound > root ? bound : root, lg->goal.scale);
}

/* The certificate proves what the solver says that it does. */
static void check_certificate(const fixture *f, int n_levels, const int64_t *proven) {
    pulang_plan *plan = NULL;
    pulang_bound bounds[TEST_CROSSING_LEVELS];
    int64_t value[TEST_CROSSING_LEVELS];
    bool infeasible;
    pulang_error error;
    pulang_solution_take_steps(f->optimum, f->found);
    cr_assert_eq(pulang_solve_plan(f->instance, f->problem, f->optimum, &plan, &error), PULANG_OK, "%s",
                 error.message);
    for (int l = 0; l < f->problem->n_levels; l++)
        value[l] = f->optimum->levels[l].value;
    cr_assert_eq(
        pulang_bound_compute(f->instance, plan->steps, plan->n_steps, value, bounds, &infeasible, &error),
        PULANG_OK, "seed %d: %s", f->seed, error.message);
    cr_assert_not(infeasible, "seed %d", f->seed);
    for (int l = 0; l < n_levels; l++) {
        cr_assert_geq(bounds[l].bound, proven[l], "seed %d level %d: %ld, not %ld", f->seed, l,
                      (long)bounds[l].bound, (long)proven[l]);
        cr_assert_leq(bounds[l].bound, value[l], "seed %d level %d", f->seed, l);
    }
    pulang_plan_free(plan);
}

/* Branches at one level; what is proven of it. Where the prices alone prove its value, what they forbid is
   gone, and the next level need not hold it by a price. */
static int64_t try_level(fixture *f, int level, tally *n, bool *exact) {
    lagrange *lg = &f->lg;
    pulang_error error;
    turn(f, level);
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
        price_root(f, level);
        lagrange_narrow(lg, 0);
    }
    lg->value[level] = f->optimum->levels[level].value;
    return proven;
}

static void try_instance(pulang_instance *instance, int seed, tally *n) {
    fixture f;
    int64_t proven[TEST_CROSSING_LEVELS];
    int level = 0;
    bool exact = true;
    begin(&f, instance, seed);
    if (is_usable(&f)) {
        add_step(&f, PULANG_STEP_FEASIBLE, PULANG_NONE, NULL);
        for (; level < f.problem->n_levels && !f.problem->levels[level].arc_cost && exact; level++)
            proven[level] = try_level(&f, level, n, &exact);
        check_certificate(&f, level, proven);
    }
    end(&f);
}

Test(lagrange_branches, prove_what_is_true) {
    tally n = {0};
    for (int seed = 1; seed <= SEEDS; seed++)
        try_instance(new_instance(seed), seed, &n);
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
    fixture f;
    int n_branches = 0;
    begin(&f, new_instance(seed), seed);
    if (is_usable(&f)) {
        pulang_status status = PULANG_ERROR_MEMORY;
        pulang_error error;
        turn(&f, f.problem->n_levels - 2);
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
    end(&f);
    return n_branches;
}

Test(lagrange_branches, memory_runs_out) {
    int n_branches = 0;
    for (int seed = 1; seed <= 60; seed++)
        n_branches += starve(seed);
    cr_log_info("%d branches", n_branches);
    cr_assert_gt(n_branches, 10);
}
