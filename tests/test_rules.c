/*
 * Shares between two selections, and posts and quotas that are empty or have at least so many: from the
 * instance to the plan, against rules counted here anew.
 */
#include "model/alloc.h"
#include "model/bound.h"
#include "model/check.h"
#include "model/plan.h"
#include "model/problem.h"
#include "model/shortage.h"
#include "solver/core.h"
#include "solver/solve.h"
#include "tests/support_instance.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define MOST_LEVELS 16
#define SEEDS 1200

/* One post for all; at most a quarter of its holders are of category b, as p2 and p4 are. */
static pulang_instance *with_share(void) {
    pulang_instance *instance = test_instance_new(4, 1, 1, 1);
    pulang_quota *quota = &instance->quotas[0];
    instance->posts[0].max = 4;
    quota->share = quota->has_max = true;
    quota->part = 25;
    quota->whole = 100;
    quota->persons = test_instance_category(instance, "b");
    return instance;
}

static void expect(const pulang_instance *instance, const int *post_of, const char *words) {
    pulang_evaluation *evaluation = NULL;
    cr_assert_eq(pulang_check_plan(instance, post_of, &evaluation, NULL), PULANG_OK);
    cr_assert_eq(evaluation->n_violations, words ? 1 : 0);
    if (words)
        cr_assert(strstr(evaluation->violations[0], words), "%s", evaluation->violations[0]);
    pulang_evaluation_free(evaluation);
}

Test(rules, a_share_is_counted_exactly) {
    pulang_instance *instance = with_share();
    int none[] = {-1, -1, -1, -1}, third[] = {0, 0, 0, -1}, half[] = {0, 0, 0, 0}, zero[] = {0, -1, 0, -1};
    expect(instance, none, NULL);
    expect(instance, zero, NULL);
    expect(instance, third, "q1: 1 of 3 (33.33%) heads, allowed at most 25.00%");
    expect(instance, half, "2 of 4 (50.00%) heads, allowed at most 25.00%");
    instance->quotas[0].part = 3333;
    instance->quotas[0].whole = 10000;
    expect(instance, third, "1 of 3 (33.33%) heads, allowed at most 33.33%"); /* a third is more */
    instance->quotas[0].part = 3334;
    expect(instance, third, NULL);
    instance->quotas[0].has_max = false;
    instance->quotas[0].has_min = true;
    expect(instance, third, "required at least 33.34%");
    expect(instance, none, NULL);
    instance->quotas[0].of = test_instance_category(instance, "a"); /* b against a: 1 to 2 */
    expect(instance, third, NULL);
    expect(instance, zero, "0 of 2 (0.00%) heads, required at least 33.34%");
    pulang_instance_free(instance);
}

Test(rules, a_share_of_pay_by_post) {
    pulang_instance *instance = with_share();
    int post_of[] = {0, 0, -1, -1};
    instance->quotas[0].measure = PULANG_MEASURE_PAY;
    instance->persons[0].pay = 30000;
    instance->persons[1].pay = 10000;
    expect(instance, post_of, NULL); /* 100 of 400 */
    instance->persons[1].pay = 10100;
    expect(instance, post_of, "101 of 401 (25.19%) heads, allowed at most 25.00%");
    instance->posts[0].pay = 10000;
    expect(instance, post_of, "100 of 200 (50.00%)");
    pulang_instance_free(instance);
}

Test(rules, a_post_and_a_group_open_or_stay_empty) {
    pulang_instance *instance = test_instance_new(3, 1, 2, 1);
    int none[] = {-1, -1, -1}, one[] = {0, -1, -1}, two[] = {0, 0, -1}, other[] = {1, 1, 0};
    instance->posts[0].max = instance->posts[1].max = 3;
    instance->posts[0].open_min = 2;
    expect(instance, none, NULL);
    expect(instance, one, "post j1 in v1 has 1 people, nobody or at least 2 may hold it");
    expect(instance, two, NULL);
    instance->posts[0].open_min = 0;
    instance->quotas[0].has_min = instance->quotas[0].or_none = true;
    instance->quotas[0].min = 3;
    expect(instance, none, NULL);
    expect(instance, two, "quota q1: 2 heads, required none or at least 3");
    expect(instance, other, NULL);
    pulang_instance_free(instance);
}

static bool selected(const pulang_instance *instance, const pulang_filter *filter, int person) {
    return pulang_filter_matches(instance, filter, person);
}

/* The rules of this file that a plan breaks, one quota's group at a time. */
static bool naive_rules(const pulang_instance *instance, const int *post_of) {
    for (int j = 0; j < instance->n_posts; j++) {
        int heads = 0;
        for (int p = 0; p < instance->n_persons; p++)
            heads += post_of[p] == j;
        if (heads > 0 && heads < instance->posts[j].open_min)
            return false;
    }
    pulang_quota_group_info *groups = NULL;
    int n_groups = 0;
    bool holds = true;
    cr_assert_eq(pulang_quota_groups(instance, &groups, &n_groups), 0);
    for (int g = 0; g < n_groups; g++) {
        const pulang_quota *quota = &instance->quotas[groups[g].quota];
        int64_t counted = 0, of = 0;
        for (int p = 0; p < instance->n_persons; p++)
            for (int i = 0; i < groups[g].n_posts; i++)
                if (post_of[p] == groups[g].posts[i]) {
                    int64_t measure = pulang_quota_measure(instance, quota, p, post_of[p]);
                    counted += selected(instance, quota->persons, p) ? measure : 0;
                    of += selected(instance, quota->of, p) ? measure : 0;
                }
        bool hard = quota->tier == PULANG_TIER_HARD;
        if (quota->share && hard && quota->has_min && counted * quota->whole < of * quota->part)
            holds = false;
        if (quota->share && hard && quota->has_max && counted * quota->whole > of * quota->part)
            holds = false;
        if (quota->or_none && counted > 0 && counted < quota->min)
            holds = false;
    }
    pulang_quota_groups_free(groups, n_groups);
    return holds;
}

/* Every plan that breaks one of the rules is found out, by the check as by the compiled problem. */
Test(rules, check_agrees_with_naive_counting) {
    test_random random = {3};
    int broken = 0;
    for (int i = 0; i < 3000; i++) {
        pulang_instance *instance = test_instance_random(&random);
        test_instance_add_rules(instance, &random);
        int post_of[8];
        for (int p = 0; p < instance->n_persons; p++)
            post_of[p] = test_random_range(&random, PULANG_NONE, instance->n_posts - 1);
        pulang_evaluation *evaluation = NULL;
        cr_assert_eq(pulang_check_plan(instance, post_of, &evaluation, NULL), PULANG_OK);
        if (!naive_rules(instance, post_of)) {
            cr_assert_lt(0, evaluation->n_violations, "round %d", i);
            broken++;
        }
        pulang_evaluation_free(evaluation);
        pulang_instance_free(instance);
    }
    cr_assert_lt(500, broken);
}

static pulang_plan *solve(const pulang_instance *instance, pulang_method method, int seed) {
    pulang_settings settings;
    pulang_settings_default(&settings);
    settings.method = method;
    pulang_plan *plan = NULL;
    pulang_error error = {0};
    cr_assert_eq(pulang_solve(instance, &settings, &plan, &error), PULANG_OK, "seed %d: %s", seed,
                 error.message);
    return plan;
}

static void compare(const pulang_instance *instance, const pulang_plan *plan, int seed) {
    int who[16];
    int64_t best[MOST_LEVELS];
    bool exists = test_instance_enumerate(instance, who, best);
    cr_assert_eq(plan->exists, exists, "seed %d: plan %d, truth %d", seed, plan->exists, exists);
    if (exists)
        cr_assert(naive_rules(instance, plan->post), "seed %d", seed);
    for (int l = 0; exists && l < plan->n_levels; l++)
        cr_assert(plan->levels[l].proven && plan->levels[l].value == best[l],
                  "seed %d level %s: %lld, truth %lld", seed, plan->levels[l].name,
                  (long long)plan->levels[l].value, (long long)best[l]);
}

Test(rules, plans_agree_with_enumeration) {
    int with_plan = 0, by_core = 0, by_branches = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        test_random random = {(uint64_t)seed};
        pulang_instance *instance = test_instance_random(&random);
        test_instance_add_rules(instance, &random);
        pulang_plan *plan = solve(instance, PULANG_METHOD_GLPK, seed);
        compare(instance, plan, seed);
        with_plan += plan->exists;
        pulang_plan_free(plan);
        plan = solve(instance, PULANG_METHOD_AUTO, seed);
        compare(instance, plan, seed);
        by_core += strcmp(plan->method, "core") == 0;
        by_branches += strcmp(plan->method, "core-branch") == 0;
        pulang_plan_free(plan);
        pulang_instance_free(instance);
    }
    cr_assert_lt(600, with_plan);
    cr_assert_lt(100, by_core);
    cr_assert_lt(30, by_branches);
}

/* One head in all, and a post that opens with 2 at a target of 2: nobody is there. The prices x for a head of
   the post and -x for one in all prove half the cost of an empty post; were one head allowed, no more than
   the cost of one missing. */
Test(rules, the_bound_leaves_out_what_is_between_none_and_open) {
    pulang_instance *instance = test_instance_new(2, 1, 1, 1);
    test_instance_levels(instance, "shortage");
    instance->posts[0].target = instance->posts[0].max = instance->posts[0].open_min = 2;
    instance->quotas[0].has_max = true;
    instance->quotas[0].max = 1;
    int who[2];
    int64_t best, empty = pulang_shortage_cost(2, 2, 1000, 1), one = pulang_shortage_cost(2, 1, 1000, 1);
    cr_assert(test_instance_enumerate(instance, who, &best) && best == empty);
    pulang_price prices[] = {{0, PULANG_NONE, "", -empty / 2, 0}, {PULANG_NONE, 0, "", empty / 2, 0}};
    pulang_step steps[] = {{PULANG_STEP_FEASIBLE, PULANG_NONE, 1, NULL, 0, NULL, 0, NULL, NULL},
                           {PULANG_STEP_LEVEL, 0, 1, NULL, 2, prices, 0, NULL, NULL}};
    pulang_bound bound;
    bool infeasible;
    cr_assert_eq(pulang_bound_compute(instance, steps, 2, &best, &bound, &infeasible, NULL), PULANG_OK);
    cr_assert(!infeasible && !bound.proven);
    cr_assert_eq(bound.bound, empty / 2);
    instance->posts[0].open_min = 1;
    cr_assert_eq(pulang_bound_compute(instance, steps, 2, &best, &bound, &infeasible, NULL), PULANG_OK);
    cr_assert_eq(bound.bound, one);
    pulang_instance_free(instance);
}

Test(rules, the_core_says_why_it_does_not_apply) {
    pulang_instance *instance = test_instance_new(3, 1, 2, 0);
    pulang_problem *problem = NULL;
    const char *why = NULL;
    instance->posts[0].max = 3;
    instance->posts[0].open_min = 2;
    cr_assert_eq(pulang_problem_new(instance, &problem, NULL), PULANG_OK);
    cr_assert_eq(problem->totals[0].open, 2);
    cr_assert_not(pulang_core_applies(problem, &why));
    cr_assert(strstr(why, "empty or has at least"), "%s", why);
    pulang_problem_free(problem);
    instance->posts[0].max = 1; /* it can never open: an ordinary bound says so */
    cr_assert_eq(pulang_problem_new(instance, &problem, NULL), PULANG_OK);
    cr_assert(problem->totals[0].open == 0 && problem->totals[0].upper == 0);
    cr_assert(pulang_core_applies(problem, NULL));
    pulang_problem_free(problem);
    pulang_instance_free(instance);
}

static void expect_clean_failures(const pulang_instance *instance, const pulang_settings *settings) {
    pulang_status status = PULANG_ERROR_MEMORY;
    for (long k = 1; status != PULANG_OK; k++) {
        pulang_plan *plan = NULL;
        pulang_alloc_fail_at(k);
        status = pulang_solve(instance, settings, &plan, NULL);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || status == PULANG_ERROR_MEMORY);
        cr_assert_eq(plan != NULL, status == PULANG_OK);
        pulang_plan_free(plan);
    }
}

/* Four persons, three posts that open with two: without that a target of one each is met. */
static pulang_instance *two_of_three_open(void) {
    pulang_instance *instance = test_instance_new(4, 3, 3, 0);
    for (int j = 0; j < 3; j++) {
        instance->posts[j].max = 4;
        instance->posts[j].open_min = 2;
    }
    return instance;
}

static bool stop_at_once(const pulang_progress *progress, void *user) {
    (void)progress, (void)user;
    return true;
}

Test(rules, the_core_branches_on_openings) {
    pulang_instance *instance = two_of_three_open();
    pulang_plan *plan = solve(instance, PULANG_METHOD_AUTO, 0);
    cr_assert_str_eq(plan->method, "core-branch");
    compare(instance, plan, 0);
    cr_assert(plan->outcome == PULANG_OPTIMAL && plan->n_steps == 0);
    pulang_plan_free(plan);
    instance->posts[2].target = 0;
    instance->posts[0].target = instance->posts[1].target = 2; /* the core meets these at once, with proof */
    plan = solve(instance, PULANG_METHOD_AUTO, 0);
    compare(instance, plan, 0);
    cr_assert_str_eq(plan->method, "core");
    cr_assert_lt(0, plan->n_steps);
    pulang_plan_free(plan);
    pulang_settings settings;
    pulang_settings_default(&settings);
    settings.progress = stop_at_once;
    cr_assert_eq(pulang_solve(instance, &settings, &plan, NULL), PULANG_OK);
    cr_assert(plan->outcome == PULANG_LIMIT && !plan->exists);
    pulang_plan_free(plan);
    pulang_instance_free(instance);
}

Test(rules, fails_cleanly_without_memory) {
    test_random random = {17};
    pulang_instance *instance = test_instance_random(&random);
    test_instance_add_rules(instance, &random);
    pulang_settings settings;
    pulang_settings_default(&settings);
    settings.method = PULANG_METHOD_GLPK;
    expect_clean_failures(instance, &settings);
    pulang_instance_free(instance);
    settings.method = PULANG_METHOD_AUTO;
    instance = two_of_three_open();
    expect_clean_failures(instance, &settings);
    pulang_instance_free(instance);
}
