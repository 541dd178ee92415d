/* Bounds under rules that cut across: scaled prices, levels held, groups of persons, and plans that are not
   the best at the levels before. */
#include "model/alloc.h"
#include "model/check.h"
#include "tests/support_certificate.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define MOST_LEVELS 8

/* Keeps the first n persons together. */
static void keep_together(pulang_instance *instance, int n) {
    test_instance_group(instance, 0, 1);
    pulang_ints *members = &instance->groups[0].persons;
    members->items = pulang_arena_alloc(instance->arena, (size_t)n, sizeof *members->items);
    members->n = n;
    for (int p = 0; p < n; p++) {
        members->items[p] = p;
        instance->persons[p].group = 0;
    }
}

/* A certificate of steps without prices: the hard rules, then the sum levels up to `level`. */
static test_certificate unpriced(const pulang_instance *instance, const int64_t *value, int level) {
    test_certificate c = test_certificate_new(instance, value);
    test_certificate_step(&c, PULANG_STEP_FEASIBLE, PULANG_NONE);
    for (int l = 0; l <= level; l++)
        test_certificate_step(&c, PULANG_STEP_LEVEL, l);
    return c;
}

/* Two people of 2 and 3 hours, both from v1 with all the seats they want, and room for 4 hours. */
static pulang_instance *four_hours(void) {
    pulang_instance *instance = test_instance_new(2, 1, 1, 1);
    pulang_quota *quota = &instance->quotas[0];
    instance->posts[0].max = PULANG_UNLIMITED;
    instance->persons[0].origin = instance->persons[1].origin = 0;
    instance->persons[0].hours = 200;
    instance->persons[1].hours = 300;
    quota->measure = PULANG_MEASURE_HOURS;
    quota->scale = PULANG_HUNDREDTHS;
    quota->has_max = true;
    quota->max = 400;
    quota->amount = pulang_arena_alloc(instance->arena, 2, sizeof *quota->amount);
    quota->amount[0] = 200;
    quota->amount[1] = 300;
    test_instance_levels(instance, "unplaced hometown");
    return instance;
}

Test(bound_rules, counts_in_parts_of_a_unit) {
    pulang_instance *instance = four_hours();
    int64_t value[2] = {1, 500};
    bool infeasible = true;
    test_certificate c = unpriced(instance, value, 0);
    cr_assert_eq(test_certificate_bound(&c, 0, &infeasible).bound, 0);
    /* No whole price of an hour does better: min(1, 2) + min(1, 3) - 4 at 1. */
    *test_certificate_price(&c, 1) = 1;
    cr_assert_eq(test_certificate_bound(&c, 0, &infeasible).bound, -2);
    /* At 1/3: 2/3 + 3/3 - 4/3 = 1/3, so that one at least is left over. */
    c.steps[1].scale = 3;
    pulang_bound bound = test_certificate_bound(&c, 0, &infeasible);
    cr_assert_eq(bound.bound, 1);
    cr_assert(bound.proven);
    cr_assert_not(infeasible);
    test_certificate_clear(&c);
    pulang_instance_free(instance);
}

Test(bound_rules, holds_the_levels_before) {
    pulang_instance *instance = four_hours();
    int64_t value[2] = {1, 500};
    bool infeasible = true;
    test_certificate c = unpriced(instance, value, 1);
    c.steps[1].scale = 3;
    c.prices[1][1].price = 1;
    /* Either of the two may be left out, and nothing says that not both are ... */
    cr_assert(test_certificate_bound(&c, 0, &infeasible).proven);
    cr_assert_eq(test_certificate_bound(&c, 1, &infeasible).bound, 0);
    /* ... but what each of them left out is worth. */
    *test_certificate_held(&c, 0) = 500;
    pulang_bound bound = test_certificate_bound(&c, 1, &infeasible);
    cr_assert_eq(bound.bound, 500);
    cr_assert(bound.proven);
    test_certificate_clear(&c);
    pulang_instance_free(instance);
}

Test(bound_rules, goes_on_after_a_level_without_a_proof) {
    pulang_instance *instance = four_hours();
    int64_t value[2] = {1, 500};
    bool infeasible = true;
    /* One is left out at most, which the first level does not prove to be needed. */
    test_certificate c = unpriced(instance, value, 1);
    *test_certificate_held(&c, 0) = 500;
    pulang_bound first = test_certificate_bound(&c, 0, &infeasible);
    cr_assert_not(first.proven);
    cr_assert_eq(first.bound, 0);
    pulang_bound second = test_certificate_bound(&c, 1, &infeasible);
    cr_assert(second.proven);
    cr_assert_eq(second.bound, 500);
    /* None left out is more than the hours allow: then both cost 1000. */
    c.value[0] = 0;
    cr_assert_eq(test_certificate_bound(&c, 1, &infeasible).bound, 1000);
    /* A level without a step leaves all choices. */
    c.value[0] = 1;
    c.steps[1] = c.steps[2];
    memcpy(c.held[1], c.held[2], sizeof c.held[1]);
    c.n_steps = 2;
    cr_assert_eq(test_certificate_bound(&c, 0, &infeasible).bound, INT64_MIN);
    cr_assert_eq(test_certificate_bound(&c, 1, &infeasible).bound, 500);
    test_certificate_clear(&c);
    pulang_instance_free(instance);
}

Test(bound_rules, keeps_what_costs_at_most_the_slack_more) {
    /* A native of v1 alone, with a seat in each of three places, 10 km apart. */
    pulang_instance *instance = test_instance_new(1, 3, 3, 0);
    instance->persons[0].origin = 0;
    test_instance_levels(instance, "hometown unplaced");
    int64_t value[2] = {700, 0};
    bool infeasible = true;
    /* Home costs 500; a price of -600 for the seat makes that -100, and the seat 0 when it is empty. */
    test_certificate c = unpriced(instance, value, 1);
    c.prices[1][0].price = -600;
    cr_assert_eq(test_certificate_bound(&c, 0, &infeasible).bound, -100);
    /* Only staying out is free: a slack of 0 at a bound of 0 leaves nothing else. */
    c.prices[1][0].price = 0;
    c.value[0] = 0;
    cr_assert(test_certificate_bound(&c, 0, &infeasible).proven);
    cr_assert_eq(test_certificate_bound(&c, 1, &infeasible).bound, 1);
    c.value[0] = 499;
    cr_assert_eq(test_certificate_bound(&c, 1, &infeasible).bound, 1);
    c.value[0] = 500; /* what home costs */
    cr_assert_eq(test_certificate_bound(&c, 1, &infeasible).bound, 0);
    test_certificate_clear(&c);
    pulang_instance_free(instance);
}

Test(bound_rules, takes_couples_as_one) {
    /* Natives of v1 and v3, 20 km apart; seats enough everywhere, and both must be placed. */
    pulang_instance *instance = test_instance_new(2, 3, 3, 1);
    instance->persons[0].origin = 0;
    instance->persons[1].origin = 2;
    for (int j = 0; j < 3; j++)
        instance->posts[j].max = PULANG_UNLIMITED;
    instance->quotas[0].has_min = true;
    instance->quotas[0].min = 2;
    test_instance_levels(instance, "unplaced hometown");
    keep_together(instance, 2);
    for (int km = 0; km <= 20; km += 10) {
        int best[2];
        int64_t value[2];
        bool infeasible = true;
        instance->scenario.group_km = km;
        cr_assert(test_instance_enumerate(instance, best, value));
        test_certificate c = unpriced(instance, value, 1);
        pulang_bound bound = test_certificate_bound(&c, 1, &infeasible);
        cr_assert(bound.proven, "within %d km: bound %ld, value %ld", km, (long)bound.bound, (long)value[1]);
        cr_assert(km < 20 ? bound.bound > 1000 : bound.bound == 1000, "%d km: %ld", km, (long)bound.bound);
        test_certificate_clear(&c);
    }
    /* Pinned to posts too far apart: no plan. */
    instance->scenario.group_km = 10;
    instance->persons[0].pin = 0;
    instance->persons[1].pin = 2;
    bool infeasible = false;
    test_certificate c = unpriced(instance, NULL, -1);
    test_certificate_bound(&c, 0, &infeasible);
    cr_assert(infeasible);
    test_certificate_clear(&c);
    pulang_instance_free(instance);
}

Test(bound_rules, fails_cleanly_without_memory) {
    pulang_instance *instance = test_instance_new(3, 4, 4, 1);
    test_instance_levels(instance, "unplaced hometown");
    keep_together(instance, 3);
    instance->scenario.group_km = 10;
    pulang_step step = {PULANG_STEP_LEVEL, 0, 1, NULL, 0, NULL, 0, NULL, NULL};
    int64_t value[2] = {0, 0};
    pulang_bound bounds[2];
    bool infeasible = true;
    pulang_status status = PULANG_ERROR_MEMORY;
    for (long k = 1; status != PULANG_OK; k++) {
        pulang_alloc_fail_at(k);
        status = pulang_bound_compute(instance, &step, 1, value, bounds, &infeasible, NULL);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || status == PULANG_ERROR_MEMORY);
    }
    cr_assert(bounds[0].proven && bounds[0].bound == 0);
    pulang_instance_free(instance);
}

/* ---- against all assignments ---- */

#define MOST_PLANS 4096

typedef struct all_plans {
    int n;
    int64_t value[MOST_PLANS][MOST_LEVELS];
} all_plans;

static void enumerate(const pulang_instance *instance, all_plans *plans) {
    int post_of[5] = {0}, p = 0;
    plans->n = 0;
    for (int i = 0; i < instance->n_persons; i++)
        post_of[i] = PULANG_NONE;
    while (p < instance->n_persons) {
        pulang_evaluation *evaluation = NULL;
        cr_assert_eq(pulang_check_plan(instance, post_of, &evaluation, NULL), PULANG_OK);
        if (evaluation->n_violations == 0)
            memcpy(plans->value[plans->n++], evaluation->value,
                   (size_t)instance->scenario.n_levels * sizeof *evaluation->value);
        pulang_evaluation_free(evaluation);
        for (p = 0; p < instance->n_persons && ++post_of[p] == instance->n_posts; p++)
            post_of[p] = PULANG_NONE;
    }
}

/* The least value of a level among the plans that are as good as value at all levels before. */
static int64_t least_of(const all_plans *plans, const int64_t *value, int level) {
    int64_t least = INT64_MAX;
    for (int i = 0; i < plans->n; i++) {
        bool as_good = true;
        for (int l = 0; l < level; l++)
            as_good = as_good && plans->value[i][l] <= value[l];
        if (as_good && plans->value[i][level] < least)
            least = plans->value[i][level];
    }
    return least;
}

/* One random change of the last step; *changed is what it was applied to. */
static int64_t *change_step(test_certificate *c, int level, test_random *random) {
    static const int64_t moves[] = {1, -1, 100, -100, 1000, -1000, 17, -17};
    int held = test_random_range(random, 0, level + 2) - 3;
    bool holds = held >= 0 && c->instance->scenario.levels[held].kind != PULANG_LEVEL_BALANCE;
    int64_t *changed = holds ? test_certificate_held(c, held)
                             : test_certificate_price(c, test_random_range(random, 0, c->n_totals - 1));
    *changed += moves[test_random_range(random, 0, 7)];
    if (holds && *changed < 0)
        *changed = 0;
    return changed;
}

/* Raises the bound of the last step and says how often it is the least that any plan has. */
static bool climb_to(test_certificate *c, int level, int64_t least, test_random *random) {
    bool infeasible;
    int64_t best = INT64_MIN;
    for (int round = 0; round < 40; round++) {
        pulang_step *step = &c->steps[c->n_steps - 1];
        pulang_price prices[TEST_MOST_TOTALS];
        int64_t held[TEST_MOST_STEPS];
        memcpy(prices, c->prices[c->n_steps - 1], sizeof prices);
        memcpy(held, c->held[c->n_steps - 1], sizeof held);
        if (round > 0)
            change_step(c, level, random);
        int64_t now = test_certificate_bound(c, level, &infeasible).bound;
        cr_assert_leq(now, least, "level %d, scale %ld: %ld above %ld", level, (long)step->scale, (long)now,
                      (long)least);
        cr_assert_not(infeasible);
        if (now >= best) {
            best = now;
        } else {
            memcpy(c->prices[c->n_steps - 1], prices, sizeof prices);
            memcpy(c->held[c->n_steps - 1], held, sizeof held);
        }
    }
    return best == least;
}

/* Random steps for a claimed plan, the best or any other. */
static int check_claim(const pulang_instance *instance, const all_plans *plans, const int64_t *value,
                       test_random *random) {
    test_certificate c = test_certificate_new(instance, value);
    int n_met = 0;
    bool going = true;
    test_certificate_step(&c, PULANG_STEP_FEASIBLE, PULANG_NONE);
    for (int l = 0; going && l < instance->scenario.n_levels; l++) {
        bool infeasible, largest = instance->scenario.levels[l].kind == PULANG_LEVEL_BALANCE;
        if (largest && value[l] > 0)
            test_certificate_step(&c, PULANG_STEP_BELOW, l);
        test_certificate_step(&c, largest ? PULANG_STEP_HOLD : PULANG_STEP_LEVEL, l);
        c.steps[c.n_steps - 1].scale = largest ? 1 : test_random_range(random, 1, 3);
        if (largest)
            going = test_certificate_bound(&c, l, &infeasible).proven;
        else
            n_met += climb_to(&c, l, least_of(plans, value, l), random);
    }
    test_certificate_clear(&c);
    return n_met;
}

Test(bound_rules, never_exceeds_the_best_of_all_assignments, .timeout = 60) {
    test_random random = {31};
    static all_plans plans;
    int n_met = 0, n_groups = 0;
    for (int i = 0; i < 300; i++) {
        pulang_instance *instance = test_instance_random(&random);
        int best[5], together = test_random_range(&random, 0, 3);
        int64_t value[MOST_LEVELS];
        if (i % 2)
            test_instance_add_rules(instance, &random);
        if (together > 1 && together <= instance->n_persons)
            keep_together(instance, together);
        instance->scenario.group_km = 10 * test_random_range(&random, 0, 1);
        n_groups += instance->n_groups;
        enumerate(instance, &plans);
        if (plans.n > 0) {
            cr_assert(test_instance_enumerate(instance, best, value));
            n_met += check_claim(instance, &plans, value, &random);
            n_met += check_claim(instance, &plans, plans.value[test_random_range(&random, 0, plans.n - 1)],
                                 &random);
        }
        pulang_instance_free(instance);
    }
    cr_log_info("%d bounds are met, %d groups", n_met, n_groups);
    cr_assert_gt(n_met, 500);
    cr_assert_gt(n_groups, 100);
}
