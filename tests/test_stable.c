/* Plans without envy where it is forbidden, against all assignments of small instances. */
#include "model/alloc.h"
#include "model/filter.h"
#include "model/plan.h"
#include "tests/support_instance.h"

#include <criterion/criterion.h>
#include <math.h>

/* Forbids envy of all posts, or of some. */
static void forbid(pulang_instance *instance, test_random *random) {
    static const char *const texts[] = {"post=j1", "post=j1|j2", "place=v1"};
    const char *message = NULL;
    instance->envy_forbidden = true;
    if (test_random_range(random, 0, 1) == 0)
        cr_assert(pulang_filter_parse(instance, PULANG_FILTER_POSTS, texts[test_random_range(random, 0, 2)],
                                      instance->arena, &instance->envy_posts, &message),
                  "%s", message);
}

static pulang_plan *solve(const pulang_instance *instance) {
    pulang_plan *plan = NULL;
    pulang_settings settings;
    pulang_error error = {0};
    pulang_settings_default(&settings);
    settings.time_limit = INFINITY;
    cr_assert_eq(pulang_solve(instance, &settings, &plan, &error), PULANG_OK, "%s", error.message);
    return plan;
}

/* What was met, so that no test passes for want of cases. */
typedef struct tally {
    int infeasible, costly;
} tally;

static void compare(int seed, pulang_instance *instance, tally *sum) {
    int best[5];
    int64_t value[8], without[8];
    bool found = test_instance_enumerate(instance, best, value);
    pulang_plan *plan = solve(instance);
    cr_assert_eq(plan->exists, found, "seed %d", seed);
    cr_assert_eq(plan->outcome, found ? PULANG_OPTIMAL : PULANG_INFEASIBLE, "seed %d", seed);
    instance->envy_forbidden = false;
    bool feasible = test_instance_enumerate(instance, best, without), costs = false;
    for (int l = 0; found && l < plan->n_levels; l++) {
        cr_assert_eq(plan->levels[l].value, value[l], "seed %d level %d", seed, l);
        cr_assert_eq(plan->levels[l].bound, value[l], "seed %d level %d", seed, l);
        cr_assert(plan->free_value);
        cr_assert_eq(plan->free_value[l], without[l], "seed %d level %d", seed, l);
        costs = costs || value[l] != without[l];
    }
    sum->infeasible += feasible && !found;
    sum->costly += costs;
    pulang_plan_free(plan);
}

Test(stable, as_all_assignments_say) {
    test_random random = {11};
    tally sum = {0};
    for (int i = 0; i < 600; i++) {
        pulang_instance *instance = test_instance_random(&random);
        if (i % 2)
            test_instance_add_rules(instance, &random);
        instance->scenario.hard_minimums = i % 4 < 2;
        forbid(instance, &random);
        compare(i, instance, &sum);
        pulang_instance_free(instance);
    }
    cr_assert_lt(1, sum.infeasible, "the rule made only %d infeasible", sum.infeasible);
    cr_assert_lt(20, sum.costly, "the rule cost something in only %d", sum.costly);
}

Test(stable, a_session_keeps_the_rule) {
    pulang_instance *instance = test_instance_new(2, 2, 2, 0);
    pulang_session *session = NULL;
    pulang_settings settings;
    pulang_settings_default(&settings);
    settings.time_limit = INFINITY;
    instance->envy_forbidden = true;
    for (int p = 0; p < 2; p++) {
        instance->persons[p].origin = 0;
        instance->persons[p].merit = 6000 + 2000 * p;
    }
    cr_assert_eq(pulang_session_new(instance, &settings, &session, NULL), PULANG_OK);
    cr_expect_eq(pulang_plan_post(pulang_session_plan(session), 1), 0, "more merit, the better post");
    cr_assert_eq(pulang_session_forbid(session, 1, 0, NULL), PULANG_OK);
    cr_assert_eq(pulang_session_solve(session, NULL), PULANG_OK);
    cr_expect_eq(pulang_plan_post(pulang_session_plan(session), 1), 1);
    cr_expect_eq(pulang_plan_post(pulang_session_plan(session), 0), 0);
    pulang_session_free(session);
    pulang_instance_free(instance);
}

Test(stable, allocations_may_fail) {
    test_random random = {5};
    pulang_instance *instance = test_instance_random(&random);
    pulang_settings settings;
    pulang_settings_default(&settings);
    settings.time_limit = INFINITY;
    instance->envy_forbidden = true;
    pulang_status status = PULANG_ERROR_MEMORY;
    for (long k = 1; status != PULANG_OK; k++) {
        pulang_plan *plan = NULL;
        pulang_alloc_fail_at(k);
        status = pulang_solve(instance, &settings, &plan, NULL);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || (status == PULANG_ERROR_MEMORY && !plan));
        pulang_plan_free(plan);
    }
    pulang_instance_free(instance);
}
