/*
 * Rules that cut across the tree: every method finds, level by level, what GLPK finds on the whole model, and
 * where there are few plans, what trying them all finds.
 */
#include "model/bound.h"
#include "model/check.h"
#include "model/plan.h"
#include "tests/support_crossing.h"

#include <criterion/criterion.h>

enum { SEEDS = 3000, FEW_PLANS = 700 };

/* The methods that must agree with PULANG_METHOD_GLPK. */
static const pulang_method methods[] = {PULANG_METHOD_AUTO};
enum { N_METHODS = sizeof methods / sizeof *methods };

static pulang_plan *solve(const pulang_instance *instance, pulang_method method, int seed) {
    pulang_settings settings;
    pulang_plan *plan = NULL;
    pulang_error error;
    pulang_settings_default(&settings);
    settings.method = method;
    cr_assert_eq(pulang_solve(instance, &settings, &plan, &error), PULANG_OK, "seed %d: %s", seed,
                 error.message);
    return plan;
}

/* The plan keeps every rule and is worth what it says, counted person by person. */
static void check(const pulang_plan *plan, int seed) {
    pulang_evaluation *evaluation = NULL;
    cr_assert_eq(pulang_check_plan(plan->instance, plan->post, &evaluation, NULL), PULANG_OK);
    cr_assert_eq(evaluation->n_violations, 0, "seed %d: %s", seed, evaluation->violations[0]);
    for (int l = 0; l < plan->n_levels; l++)
        cr_assert_eq(plan->levels[l].value, evaluation->value[l], "seed %d level %s", seed,
                     plan->levels[l].name);
    pulang_evaluation_free(evaluation);
}

/* Against the true values, or that there is no plan. */
/* What the prices prove is true. */
static void check_prices(const pulang_plan *plan, int seed) {
    int64_t value[TEST_CROSSING_LEVELS];
    pulang_bound bound[TEST_CROSSING_LEVELS];
    bool infeasible = false;
    pulang_error error;
    for (int l = 0; l < plan->n_levels; l++)
        value[l] = plan->levels[l].value;
    cr_assert_eq(
        pulang_bound_compute(plan->instance, plan->steps, plan->n_steps, value, bound, &infeasible, &error),
        PULANG_OK, "seed %d: %s", seed, error.message);
    cr_assert_not(infeasible, "seed %d", seed);
    for (int l = 0; l < plan->n_levels; l++)
        cr_assert_leq(bound[l].bound, value[l], "seed %d level %d", seed, l);
}

static void compare(const pulang_plan *plan, bool exists, const int64_t *truth, int seed) {
    cr_assert_eq(plan->outcome, exists ? PULANG_OPTIMAL : PULANG_INFEASIBLE, "seed %d: %s outcome %d", seed,
                 plan->method, (int)plan->outcome);
    for (int l = 0; exists && l < plan->n_levels; l++) {
        const pulang_level_result *level = &plan->levels[l];
        cr_assert_eq(level->value, truth[l], "seed %d level %s: %s says %lld, truth %lld", seed, level->name,
                     plan->method, (long long)level->value, (long long)truth[l]);
        cr_assert_eq(level->bound, truth[l], "seed %d level %s: %s has the bound %lld, truth %lld", seed,
                     level->name, plan->method, (long long)level->bound, (long long)truth[l]);
    }
    if (exists)
        check(plan, seed);
    if (exists && plan->n_steps > 0)
        check_prices(plan, seed);
}

typedef struct tally {
    int cutting, infeasible, enumerated, with_cuts;
} tally;

static void compare_methods(const pulang_instance *instance, int seed, tally *sum) {
    int64_t truth[TEST_CROSSING_LEVELS];
    pulang_plan *glpk = solve(instance, PULANG_METHOD_GLPK, seed);
    for (int l = 0; l < glpk->n_levels; l++)
        truth[l] = glpk->levels[l].value;
    compare(glpk, glpk->exists, truth, seed);
    for (int i = 0; i < N_METHODS; i++) {
        pulang_plan *plan = solve(instance, methods[i], seed);
        compare(plan, glpk->exists, truth, seed);
        sum->with_cuts += plan->n_steps > 0 && plan->steps[0].n_cuts > 0;
        pulang_plan_free(plan);
    }
    if (test_instance_plans(instance) <= FEW_PLANS) {
        int who[TEST_CROSSING_PERSONS];
        bool exists = test_instance_enumerate(instance, who, truth);
        compare(glpk, exists, truth, seed);
        sum->enumerated++;
    }
    sum->infeasible += !glpk->exists;
    pulang_plan_free(glpk);
}

Test(crossing, all_methods_agree) {
    tally sum = {0};
    for (int seed = 1; seed <= SEEDS; seed++) {
        pulang_instance *instance = test_crossing_random((uint64_t)seed);
        if (test_crossing_cuts(instance)) {
            compare_methods(instance, seed, &sum);
            sum.cutting++;
        }
        pulang_instance_free(instance);
    }
    cr_log_info("%d cut across, %d of them without a plan, %d enumerated, %d with cuts", sum.cutting,
                sum.infeasible, sum.enumerated, sum.with_cuts);
    cr_assert_lt(2000, sum.cutting, "only %d cut across", sum.cutting);
    cr_assert_lt(100, sum.infeasible, "only %d have no plan", sum.infeasible);
    cr_assert_lt(sum.infeasible, sum.cutting / 3, "%d have no plan", sum.infeasible);
    cr_assert_lt(10, sum.with_cuts, "only %d have cuts", sum.with_cuts);
    cr_assert_lt(300, sum.enumerated, "only %d were enumerated", sum.enumerated);
}
