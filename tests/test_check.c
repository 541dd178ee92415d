#include "model/alloc.h"
#include "model/check.h"
#include "model/indicators.h"
#include "model/penalty.h"
#include "model/shortage.h"
#include "tests/support_instance.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static pulang_evaluation *evaluate(const pulang_instance *instance, const int *post_of) {
    pulang_evaluation *evaluation = NULL;
    pulang_error error = {0};
    cr_assert_eq(pulang_check_plan(instance, post_of, &evaluation, &error), PULANG_OK, "%s", error.message);
    return evaluation;
}

/* Expects exactly one violation, with the words in it. */
static void expect_violation(const pulang_instance *instance, const int *post_of, const char *words) {
    pulang_evaluation *evaluation = evaluate(instance, post_of);
    cr_assert_eq(evaluation->n_violations, 1);
    cr_assert(strstr(evaluation->violations[0], words), "%s", evaluation->violations[0]);
    pulang_evaluation_free(evaluation);
}

static void expect_feasible(const pulang_instance *instance, const int *post_of) {
    pulang_evaluation *evaluation = evaluate(instance, post_of);
    cr_assert_eq(evaluation->n_violations, 0, "%s", evaluation->violations[0]);
    pulang_evaluation_free(evaluation);
}

static void expect_value(const pulang_instance *instance, const int *post_of, int level, int64_t value) {
    pulang_evaluation *evaluation = evaluate(instance, post_of);
    cr_assert_eq(evaluation->value[level], value, "%ld, expected %ld", (long)evaluation->value[level],
                 (long)value);
    pulang_evaluation_free(evaluation);
}

Test(check, finds_each_broken_rule_of_persons_and_posts) {
    pulang_instance *instance = test_instance_new(2, 2, 2, 0);
    int apart[] = {0, 1}, same[] = {0, 0}, out[] = {PULANG_NONE, 1};
    expect_feasible(instance, apart);
    expect_violation(instance, same, "post j1 in v1 has 2 people, at most 1");
    instance->persons[0].pin = 1;
    instance->posts[1].max = PULANG_UNLIMITED;
    expect_violation(instance, apart, "person p1 may not hold post j1 in v1");
    expect_violation(instance, out, "person p1 must be placed");
    instance->persons[0].pin = PULANG_NONE;
    instance->posts[0].min = 1;
    expect_feasible(instance, out);
    instance->scenario.hard_minimums = true;
    expect_violation(instance, out, "post j1 in v1 has 0 people, at least 1");
    pulang_instance_free(instance);
}

Test(check, keeps_groups_together) {
    pulang_instance *instance = test_instance_new(2, 3, 3, 0);
    int near[] = {0, 1}, far[] = {0, 2}, one[] = {0, PULANG_NONE}, none[] = {PULANG_NONE, PULANG_NONE};
    test_instance_group(instance, 0, 1);
    expect_feasible(instance, none);
    expect_violation(instance, one, "persons p1 and p2 of group g1");
    expect_violation(instance, near, "persons p1 and p2 of group g1");
    instance->scenario.group_km = 10;
    expect_feasible(instance, near);
    expect_violation(instance, far, "persons p1 and p2 of group g1");
    instance->metres[0 * 3 + 1] = -1;
    expect_violation(instance, near, "persons p1 and p2 of group g1");
    pulang_instance_free(instance);
}

Test(check, counts_quotas_and_names_their_basis) {
    pulang_instance *instance = test_instance_new(3, 4, 4, 1);
    pulang_quota *quota = &instance->quotas[0];
    quota->each = "district";
    quota->basis = "Decree 7";
    quota->has_max = true;
    quota->max = 1;
    int crowded[] = {0, 1, 2}, spread[] = {0, 2, PULANG_NONE};
    expect_feasible(instance, spread);
    expect_violation(instance, crowded, "quota q1, district d1, Decree 7: 2 heads, allowed at most 1");
    quota->persons = test_instance_category(instance, "b");
    expect_feasible(instance, crowded);
    quota->has_min = true;
    quota->min = 1;
    expect_violation(instance, crowded, "quota q1, district d2, Decree 7: 0 heads, required at least 1");
    quota->tier = 0;
    expect_feasible(instance, crowded);
    quota->on = false;
    quota->tier = PULANG_TIER_HARD;
    expect_feasible(instance, crowded);
    pulang_instance_free(instance);
}

Test(check, writes_only_the_first_hundred_violations) {
    pulang_instance *instance = test_instance_new(150, 1, 1, 0);
    int post_of[150];
    for (int p = 0; p < 150; p++) {
        instance->persons[p].pin = 0;
        post_of[p] = PULANG_NONE;
    }
    pulang_evaluation *evaluation = evaluate(instance, post_of);
    cr_assert_eq(evaluation->n_violations, 150);
    cr_assert(strstr(evaluation->violations[99], "p100"));
    pulang_evaluation_free(evaluation);
    post_of[3] = 1;
    pulang_error error;
    cr_assert_eq(pulang_check_plan(instance, post_of, &evaluation, &error), PULANG_ERROR_ARGUMENT);
    pulang_instance_free(instance);
}

Test(check, values_of_the_default_levels) {
    pulang_instance *instance = test_instance_new(3, 2, 2, 2);
    instance->posts[0] = (pulang_post){.id = "j1",
                                       .unit = "",
                                       .role = "",
                                       .min = 2,
                                       .target = 4,
                                       .max = 9,
                                       .priority = 2000,
                                       .pay = PULANG_NONE};
    instance->persons[0].origin = 0;
    int post_of[] = {0, 1, PULANG_NONE};
    /* q1: a soft quota of level required, 1.6 a head, rounded to 2. */
    instance->quotas[0].tier = 0;
    instance->quotas[0].has_min = true;
    instance->quotas[0].min = 5;
    instance->quotas[0].weight = 1600;
    /* q2: a target of 4 heads. */
    instance->quotas[1].has_target = true;
    instance->quotas[1].target = 4;
    expect_value(instance, post_of, 0, 1 + 2 * 3);
    expect_value(instance, post_of, 1, 1);
    expect_value(instance, post_of, 2,
                 pulang_shortage_cost(4, 3, 2000, 1) + pulang_shortage_cost(4, 2, 1000, 1));
    /* Hometown 5 % of 10 for p1; half of it for p2, whose origin is unknown; no merit counts as 50:
       1 - 50 % of full priority for p1, 1/2 * 1/2 for p2. */
    expect_value(instance, post_of, 3, 500 + 5000 + 500 + 250);
    instance->scenario.hard_minimums = true;
    expect_value(instance, post_of, 0, 2 * 3);
    test_instance_levels(instance, "unplaced");
    instance->quotas[0].tier = PULANG_TIER_HARD;
    expect_value(instance, post_of, 0, 1);
    pulang_instance_free(instance);
}

Test(check, value_of_a_balance_is_the_largest) {
    pulang_instance *instance = test_instance_new(3, 4, 4, 1);
    test_instance_levels(instance, "balance shortage care");
    pulang_quota *quota = &instance->quotas[0];
    quota->each = "district";
    quota->tier = 0;
    quota->has_target = true;
    quota->target = 3;
    for (int j = 0; j < 4; j++)
        instance->posts[j].target = 0;
    int post_of[] = {0, 1, 2};
    expect_value(instance, post_of, 0, 667);
    expect_value(instance, post_of, 1, 0);
    quota->tier = 2;
    quota->has_max = true;
    quota->max = 1;
    expect_value(instance, post_of, 0, 0);
    expect_value(instance, post_of, 1,
                 pulang_shortage_cost(3, 1, 1000, 1) + pulang_shortage_cost(3, 2, 1000, 1));
    expect_value(instance, post_of, 2, 1);
    pulang_instance_free(instance);
}

/* need is the least value that costs at most so much, for every target and permille. */
Test(penalty, need_is_the_least_that_reaches) {
    pulang_instance *instance = test_instance_new(1, 1, 1, 1);
    test_instance_levels(instance, "balance");
    instance->quotas[0].tier = 0;
    pulang_quota_group_info group = {.quota = 0, .has_target = true};
    for (group.target = 1; group.target < 70; group.target++)
        for (int64_t z = 0; z <= 1000; z++) {
            int64_t need = pulang_penalty_need(instance, 0, &group, z);
            cr_assert_leq(pulang_penalty_group(instance, 0, &group, need), z);
            cr_assert(need == 0 || pulang_penalty_group(instance, 0, &group, need - 1) > z);
        }
    group.target = INT64_MAX / 2;
    cr_assert_eq(pulang_penalty_group(instance, 0, &group, 0), 1000);
    cr_assert_eq(pulang_penalty_group(instance, 0, &group, group.target), 0);
    pulang_instance_free(instance);
}

Test(check, fails_cleanly_without_memory) {
    test_random random = {8};
    pulang_instance *instance = test_instance_random(&random);
    int post_of[8];
    pulang_status_quo(instance, post_of);
    pulang_status status = PULANG_ERROR_MEMORY;
    for (long k = 1; status != PULANG_OK; k++) {
        pulang_evaluation *evaluation = NULL;
        pulang_indicator indicators[PULANG_N_INDICATORS];
        pulang_alloc_fail_at(k);
        status = pulang_check_plan(instance, post_of, &evaluation, NULL);
        if (status == PULANG_OK)
            status = pulang_indicators_compute(instance, post_of, evaluation, indicators, NULL);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || status == PULANG_ERROR_MEMORY);
        pulang_evaluation_free(evaluation);
    }
    pulang_instance_free(instance);
}

static double figure(const pulang_instance *instance, const int *post_of, pulang_indicator_id id) {
    pulang_evaluation *evaluation = evaluate(instance, post_of);
    pulang_indicator indicators[PULANG_N_INDICATORS];
    cr_assert_eq(pulang_indicators_compute(instance, post_of, evaluation, indicators, NULL), PULANG_OK);
    pulang_evaluation_free(evaluation);
    cr_assert(*indicators[id].name && *indicators[id].description);
    return indicators[id].value;
}

Test(indicators, describe_an_assignment) {
    pulang_instance *instance = test_instance_new(4, 4, 4, 0);
    for (int p = 0; p < 4; p++) {
        instance->persons[p].origin = p < 3 ? 0 : PULANG_NONE;
        instance->persons[p].merit = 2500 * p;
        instance->persons[p].pay = 100000;
        instance->persons[p].current = 3;
    }
    instance->posts[1].priority = 3000;
    instance->posts[3].target = 2;
    /* hours of work and staff: office a 40 and 20, office b 10 and 30 */
    instance->posts[0].unit = instance->posts[3].unit = "a";
    instance->posts[2].unit = "b";
    instance->posts[0].hours = 3000;
    instance->posts[3].hours = 1000;
    instance->posts[2].hours = 1000;
    instance->persons[0].hours = 2000;
    instance->persons[2].hours = 3000;
    int post_of[] = {0, 1, 2, PULANG_NONE}, today[4];
    const struct {
        pulang_indicator_id id;
        double value;
    } expected[] = {
        {PULANG_INDICATOR_PLACED, 3},
        {PULANG_INDICATOR_UNPLACED, 1},
        {PULANG_INDICATOR_FILLED_POSTS, 3},
        {PULANG_INDICATOR_SHORT, 2},
        {PULANG_INDICATOR_OVERFILLED, 0},
        {PULANG_INDICATOR_HOME_VILLAGE, 1.0 / 3},
        {PULANG_INDICATOR_HOME_DISTRICT, 1.0 / 3},
        {PULANG_INDICATOR_ELSEWHERE, 1.0 / 3},
        {PULANG_INDICATOR_HOME_KM_MEAN, 10},
        {PULANG_INDICATOR_HOME_KM_MEDIAN, 10},
        {PULANG_INDICATOR_HOME_KM_MAX, 20},
        {PULANG_INDICATOR_STAYERS, 0.95 + 0.90 + 0.85},
        {PULANG_INDICATOR_MERIT_FIT, 25},
        {PULANG_INDICATOR_MOVES, 4},
        {PULANG_INDICATOR_PAY, 3000},
        {PULANG_INDICATOR_UNEVENNESS_PLACES, 0.75},
        {PULANG_INDICATOR_WORST_DISTRICT, 2.0 / 3},
        {PULANG_INDICATOR_WORST_ROLE, 2.0 / 3},
        {PULANG_INDICATOR_UNEVENNESS_ROLES, 0.5},
        {PULANG_INDICATOR_WORK_UNCOVERED, 20.0 / 50},
        {PULANG_INDICATOR_UNEVENNESS_WORK, (3.0 - 0.5) / (2 * 3.5)},
        {PULANG_INDICATOR_VIOLATIONS, 0},
        {PULANG_INDICATOR_REQUIRED_MISSING, 0},
        {PULANG_INDICATOR_SKILLS_MET, 0},
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        double value = figure(instance, post_of, expected[i].id);
        cr_assert(fabs(value - expected[i].value) < 1e-9, "indicator %d: %f", expected[i].id, value);
    }
    pulang_status_quo(instance, today);
    cr_assert_eq(today[0], 3);
    cr_assert_eq(figure(instance, today, PULANG_INDICATOR_OVERFILLED), 3);
    cr_assert_eq(figure(instance, today, PULANG_INDICATOR_MOVES), 0);
    pulang_instance_free(instance);
}
