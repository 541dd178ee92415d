#include "model/alloc.h"
#include "model/bound.h"
#include "model/quota.h"
#include "tests/support_certificate.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* Two persons, both natives of v1; one seat there and one at v2. */
static pulang_instance *two_natives(void) {
    pulang_instance *instance = test_instance_new(2, 2, 2, 1);
    instance->persons[0].origin = instance->persons[1].origin = 0;
    test_instance_levels(instance, "unplaced hometown");
    return instance;
}

Test(bound, proves_a_known_optimum) {
    pulang_instance *instance = two_natives();
    int best[2];
    int64_t value[2];
    bool infeasible = true;
    cr_assert(test_instance_enumerate(instance, best, value));
    test_certificate c = test_certificate_new(instance, value);
    test_certificate_step(&c, PULANG_STEP_FEASIBLE, PULANG_NONE);
    test_certificate_step(&c, PULANG_STEP_LEVEL, 0);
    test_certificate_step(&c, PULANG_STEP_LEVEL, 1);
    /* Without prices both would live at home. */
    cr_assert_eq(test_certificate_bound(&c, 0, &infeasible).bound, 0);
    cr_assert_not(infeasible);
    pulang_bound free_homes = test_certificate_bound(&c, 1, &infeasible);
    cr_assert_not(free_homes.proven);
    cr_assert_eq(free_homes.bound, 2 * 500);
    /* The seat at home is worth what v2 costs more: the loss of 5 % against 10 %, weight 10. */
    *test_certificate_price(&c, 0) = 500;
    pulang_bound bound = test_certificate_bound(&c, 1, &infeasible);
    cr_assert(bound.proven);
    cr_assert_eq(bound.bound, 1500);
    cr_assert_eq(value[1], 1500);
    test_certificate_clear(&c);
    pulang_instance_free(instance);
}

Test(bound, proves_that_no_plan_exists) {
    pulang_instance *instance = two_natives();
    instance->quotas[0].has_min = true;
    instance->quotas[0].min = 3;
    bool infeasible = false;
    test_certificate c = test_certificate_new(instance, NULL);
    test_certificate_step(&c, PULANG_STEP_FEASIBLE, PULANG_NONE);
    test_certificate_bound(&c, 0, &infeasible);
    cr_assert(infeasible, "three of two people");
    instance->quotas[0].min = 2;
    instance->persons[0].pin = instance->persons[1].pin = 0;
    *test_certificate_price(&c, 0) = 1;
    test_certificate_bound(&c, 0, &infeasible);
    cr_assert(infeasible, "two people pinned to one seat");
    *test_certificate_price(&c, 0) = -1;
    test_certificate_bound(&c, 0, &infeasible);
    cr_assert_not(infeasible, "a price of the wrong sign proves nothing");
    test_certificate_clear(&c);
    pulang_instance_free(instance);
}

Test(bound, proves_a_balance) {
    /* Two persons for the two districts' targets of 2 heads each: one each is the best, 500 permille. */
    pulang_instance *instance = test_instance_new(2, 4, 4, 1);
    test_instance_levels(instance, "balance unplaced");
    instance->quotas[0] = (pulang_quota){.name = "even",
                                         .basis = "",
                                         .each = "district",
                                         .measure = PULANG_MEASURE_HEADS,
                                         .measure_text = "heads",
                                         .scale = 1,
                                         .weight = 1000,
                                         .has_target = true,
                                         .target = 2,
                                         .on = true};
    int best[2];
    int64_t value[2];
    bool infeasible = true;
    cr_assert(test_instance_enumerate(instance, best, value));
    cr_assert_eq(value[0], 500);
    test_certificate c = test_certificate_new(instance, value);
    cr_assert_eq(c.n_groups, 2);
    test_certificate_step(&c, PULANG_STEP_FEASIBLE, PULANG_NONE);
    test_certificate_step(&c, PULANG_STEP_BELOW, 0);
    /* To be below 500 permille each district needs 2: 2 of 4 heads are missing at the least. */
    *test_certificate_price(&c, 4) = *test_certificate_price(&c, 5) = -1;
    test_certificate_step(&c, PULANG_STEP_HOLD, 0);
    test_certificate_step(&c, PULANG_STEP_LEVEL, 1);
    cr_assert(test_certificate_bound(&c, 0, &infeasible).proven);
    cr_assert(test_certificate_bound(&c, 1, &infeasible).proven);
    c.value[0] = 501;
    cr_assert_not(test_certificate_bound(&c, 0, &infeasible).proven, "500 permille can be had");
    test_certificate_clear(&c);
    pulang_instance_free(instance);
}

Test(bound, refuses_absurd_and_unknown_prices) {
    pulang_instance *instance = two_natives();
    pulang_bound bounds[2] = {{true, 7}, {true, 7}};
    bool infeasible = true;
    int64_t value[2] = {0, 0};
    pulang_error error;
    pulang_price prices[2] = {{0, PULANG_NONE, "", INT64_MIN, 0}, {1, PULANG_NONE, "", INT64_MAX, 0}};
    pulang_step step = {PULANG_STEP_FEASIBLE, PULANG_NONE, 1, NULL, 2, prices, 0, NULL, NULL};
    cr_assert_eq(pulang_bound_compute(instance, &step, 1, value, bounds, &infeasible, &error),
                 PULANG_ERROR_LIMIT);
    prices[0] = (pulang_price){2, PULANG_NONE, "", 1, 0};
    cr_assert_eq(pulang_bound_compute(instance, &step, 1, value, bounds, &infeasible, &error),
                 PULANG_ERROR_INPUT);
    prices[0] = (pulang_price){PULANG_NONE, 0, "elsewhere", 1, 0};
    cr_assert_eq(pulang_bound_compute(instance, &step, 1, value, bounds, &infeasible, &error),
                 PULANG_ERROR_INPUT);
    cr_assert(bounds[0].proven && bounds[0].bound == 7 && infeasible, "untouched on failure");
    pulang_instance_free(instance);
}

Test(bound, fails_cleanly_without_memory) {
    test_random random = {5};
    pulang_instance *instance = test_instance_random(&random);
    pulang_step step = {PULANG_STEP_FEASIBLE, PULANG_NONE, 1, NULL, 0, NULL, 0, NULL, NULL};
    pulang_bound bounds[TEST_MOST_STEPS];
    int64_t value[TEST_MOST_STEPS] = {0};
    bool infeasible = false;
    pulang_status status = PULANG_ERROR_MEMORY;
    for (long k = 1; status != PULANG_OK; k++) {
        pulang_alloc_fail_at(k);
        status = pulang_bound_compute(instance, &step, 1, value, bounds, &infeasible, NULL);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || status == PULANG_ERROR_MEMORY);
    }
    pulang_instance_free(instance);
}

/* Raises the bound of the last step by changing one price at a time while that helps. */
static int64_t climb(test_certificate *c, int level, test_random *random) {
    static const int64_t moves[] = {1, -1, 100, -100, 1000, -1000, 17, -17};
    bool infeasible;
    int64_t best = test_certificate_bound(c, level, &infeasible).bound;
    for (int round = 0; round < 60; round++) {
        int64_t *p = test_certificate_price(c, test_random_range(random, 0, c->n_totals - 1));
        int64_t before = *p;
        *p += moves[test_random_range(random, 0, 7)];
        int64_t now = test_certificate_bound(c, level, &infeasible).bound;
        /* Sideways too, now and then: single prices get stuck on ridges. */
        if (now > best || (now == best && test_random_range(random, 0, 1) == 0))
            best = now;
        else
            *p = before;
    }
    return best;
}

/* Whatever the prices, no bound exceeds the best value of its level among the plans that are best at
   the levels before. */
static int check_bounds_of(const pulang_instance *instance, test_random *random) {
    int best[8], n_proven = 0;
    int64_t value[TEST_MOST_STEPS];
    bool infeasible = false, feasible = test_instance_enumerate(instance, best, value);
    test_certificate c = test_certificate_new(instance, feasible ? value : NULL);
    test_certificate_step(&c, PULANG_STEP_FEASIBLE, PULANG_NONE);
    test_certificate_bound(&c, 0, &infeasible);
    cr_assert(!infeasible || !feasible);
    bool proven = feasible;
    for (int l = 0; proven && l < instance->scenario.n_levels; l++) {
        bool largest = instance->scenario.levels[l].kind == PULANG_LEVEL_BALANCE;
        if (largest && value[l] > 0)
            test_certificate_step(&c, PULANG_STEP_BELOW, l);
        for (int t = 0; largest && value[l] > 0 && t < c.n_totals; t++)
            *test_certificate_price(&c, t) = test_random_range(random, -1, 1);
        test_certificate_step(&c, largest ? PULANG_STEP_HOLD : PULANG_STEP_LEVEL, l);
        if (!largest)
            cr_assert_leq(climb(&c, l, random), value[l]);
        proven = test_certificate_bound(&c, l, &infeasible).proven;
        cr_assert_not(infeasible);
        n_proven += proven;
        /* One more than the best is never proven, at a largest level too. */
        c.value[l] = value[l] + 1;
        cr_assert_not(test_certificate_bound(&c, l, &infeasible).proven);
        c.value[l] = value[l];
    }
    test_certificate_clear(&c);
    return n_proven;
}

Test(bound, never_exceeds_the_best_of_all_assignments) {
    test_random random = {20};
    int n_proven = 0;
    for (int i = 0; i < 400; i++) {
        pulang_instance *instance = test_instance_random(&random);
        if (i % 2)
            test_instance_add_rules(instance, &random);
        n_proven += check_bounds_of(instance, &random);
        pulang_instance_free(instance);
    }
    /* The walk above is crude, but it must prove many levels or the test says little. */
    cr_assert_gt(n_proven, 400);
}
