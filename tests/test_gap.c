#include "model/alloc.h"
#include "solver/gap.h"
#include "tests/support_gap.h"

#include <criterion/criterion.h>

static pulang_gap_plan *solve(const pulang_gap *gap) {
    pulang_gap_settings settings = {.seed = 1};
    pulang_gap_plan *plan = NULL;
    cr_assert_eq(pulang_gap_solve(gap, &settings, &plan, NULL), PULANG_OK);
    return plan;
}

/* Solves and compares with all plans there are. */
static void compare(const pulang_gap *gap) {
    test_gap_plans e = test_gap_enumerate(gap);
    pulang_gap_plan *plan = solve(gap);
    const char *message = "";
    cr_assert(pulang_gap_check(gap, plan, &message), "%s", message);
    cr_assert_eq(plan->exists, e.exists);
    cr_assert_eq(plan->infeasible, !e.exists);
    if (e.exists) {
        cr_assert(plan->optimal);
        cr_assert_eq(plan->objective, e.best, "%ld, not %ld", (long)plan->objective, (long)e.best);
        cr_assert(gap->maximise ? plan->root_bound >= e.best : plan->root_bound <= e.best);
    }
    int64_t bound;
    cr_assert_eq(pulang_gap_bound(gap, plan->price, &bound), 0);
    cr_assert_eq(bound, plan->root_bound);
    pulang_gap_plan_free(plan);
}

Test(gap, equals_enumeration_on_random_instances) {
    test_random random = {.state = 20};
    for (int round = 0; round < 300; round++) {
        int n_agents = test_random_range(&random, 1, 4);
        pulang_gap *gap = test_gap_make(&random, "CDE"[round % 3], n_agents,
                                        test_random_range(&random, 1, n_agents > 3 ? 7 : 9),
                                        round % 4 == 3 ? test_random_range(&random, 2, 3) : 1);
        gap->maximise = round % 5 == 4;
        compare(gap);
        pulang_gap_free(gap);
    }
}

Test(gap, solves_where_uses_are_too_large_for_a_table) {
    test_random random = {.state = 21};
    for (int round = 0; round < 4; round++) {
        pulang_gap *gap = test_gap_make(&random, 'D', 3, 8, 1);
        for (int p = 0; p < 24; p++)
            gap->use[p] = gap->use[p] * 1000003 + test_random_range(&random, 0, 99999);
        for (int i = 0; i < 3; i++)
            gap->capacity[i] *= 1000003;
        compare(gap);
        pulang_gap_free(gap);
    }
}

Test(gap, bound_holds_at_any_price) {
    test_random random = {.state = 22};
    for (int round = 0; round < 100; round++) {
        pulang_gap *gap = test_gap_make(&random, "CDE"[round % 3], 3, 7, 1 + round % 2);
        gap->maximise = round % 5 == 4;
        test_gap_plans e = test_gap_enumerate(gap);
        double price[7];
        for (int j = 0; j < 7; j++)
            price[j] = test_random_range(&random, -20000, 200000) / 1000.0;
        int64_t bound;
        cr_assert_eq(pulang_gap_bound(gap, price, &bound), 0);
        if (e.exists)
            cr_assert(gap->maximise ? bound >= e.best : bound <= e.best);
        pulang_gap_free(gap);
    }
}

Test(gap, proves_a_larger_one_the_same_every_time) {
    test_random random = {.state = 23};
    pulang_gap *gap = test_gap_make(&random, 'D', 5, 30, 1);
    for (int i = 0; i < 5; i++)
        gap->capacity[i] = 260;
    pulang_gap_plan *one = solve(gap), *two = solve(gap);
    cr_assert(one->optimal);
    cr_assert(pulang_gap_check(gap, one, NULL));
    cr_assert_eq(one->nodes, two->nodes);
    cr_assert_arr_eq(one->agent, two->agent, 30 * sizeof *one->agent);
    pulang_gap_plan_free(one);
    pulang_gap_plan_free(two);
    pulang_gap_free(gap);
}

Test(gap, check_finds_what_is_wrong) {
    test_random random = {.state = 24};
    pulang_gap *gap = test_gap_make(&random, 'C', 3, 9, 1);
    for (int i = 0; i < 3; i++)
        gap->capacity[i] = 70;
    pulang_gap_plan *plan = solve(gap), whole = *plan;
    cr_assert(plan->optimal);
    const char *message = NULL;
    plan->objective++;
    cr_assert_not(pulang_gap_check(gap, plan, &message));
    cr_assert_str_eq(message, "the costs do not add up to the objective");
    *plan = whole;
    plan->bound--;
    cr_assert_not(pulang_gap_check(gap, plan, &message));
    *plan = whole;
    plan->bound++;
    plan->optimal = false;
    cr_assert_not(pulang_gap_check(gap, plan, &message));
    cr_assert_str_eq(message, "the plan is better than its bound");
    *plan = whole;
    int agent = plan->agent[0];
    plan->agent[0] = 3;
    cr_assert_not(pulang_gap_check(gap, plan, &message));
    cr_assert_str_eq(message, "a job has no agent");
    plan->agent[0] = agent;
    gap->capacity[agent] = 0;
    cr_assert_not(pulang_gap_check(gap, plan, &message));
    cr_assert_str_eq(message, "an agent's capacity is exceeded");
    pulang_gap_plan_free(plan);
    pulang_gap_free(gap);
}

static bool stop_now(void *user) {
    ++*(int *)user;
    return true;
}

Test(gap, stops_when_told_with_a_valid_bound) {
    test_random random = {.state = 25};
    pulang_gap *gap = test_gap_make(&random, 'D', 3, 9, 1);
    test_gap_plans e = test_gap_enumerate(gap);
    int asked = 0;
    pulang_gap_settings settings = {.stop = stop_now, .user = &asked};
    pulang_gap_plan *plan = NULL;
    cr_assert_eq(pulang_gap_solve(gap, &settings, &plan, NULL), PULANG_OK);
    cr_assert_eq(asked, 1);
    cr_assert(pulang_gap_check(gap, plan, NULL));
    if (e.exists)
        cr_assert(plan->bound <= e.best);
    pulang_gap_plan_free(plan);
    pulang_gap_free(gap);
}

Test(gap, refuses_costs_beyond_32_bits_of_prices) {
    pulang_gap *gap = pulang_gap_new(2, 2, 1);
    gap->cost[0] = INT32_MIN;
    gap->cost[2] = INT32_MAX;
    pulang_gap_settings settings = {0};
    pulang_gap_plan *plan = NULL;
    cr_assert_eq(pulang_gap_solve(gap, &settings, &plan, NULL), PULANG_ERROR_LIMIT);
    cr_assert_null(plan);
    pulang_gap_free(gap);
}

Test(gap, survives_every_failing_allocation) {
    test_random random = {.state = 26};
    pulang_gap *gap = test_gap_make(&random, 'C', 3, 6, 2);
    pulang_gap_settings settings = {0};
    pulang_gap_plan *plan = NULL;
    pulang_status status = PULANG_ERROR_MEMORY;
    for (long k = 1; status == PULANG_ERROR_MEMORY; k++) {
        cr_assert_null(plan);
        pulang_alloc_fail_at(k);
        status = pulang_gap_solve(gap, &settings, &plan, NULL);
        pulang_alloc_fail_at(0);
    }
    cr_assert_eq(status, PULANG_OK);
    pulang_gap_plan_free(plan);
    pulang_alloc_fail_at(2);
    cr_assert_null(pulang_gap_new(2, 2, 1));
    pulang_alloc_fail_at(0);
    pulang_gap_free(gap);
}
