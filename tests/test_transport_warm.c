#include "model/alloc.h"
#include "solver/transport.h"
#include "tests/support_transport.h"

#include <criterion/criterion.h>

static const test_transport_options small = {.max_rows = 9, .max_posts = 7, .max_totals = 4};
static const test_transport_options large = {.max_rows = 60, .max_posts = 50, .max_totals = 10};

static pulang_transport_plan *solve(const pulang_transport *problem, int list,
                                    const pulang_transport_plan *start) {
    pulang_transport_plan *plan = NULL;
    pulang_transport_settings settings = {.threads = 1, .list = list, .start = start};
    pulang_error error = {0};
    cr_assert_eq(pulang_transport_solve(problem, &settings, &plan, &error), PULANG_OK, "%s", error.message);
    cr_assert(!plan->stopped);
    return plan;
}

/* Short first lists, so that small problems need later pricing too. */
static int list_of(uint64_t seed) {
    static const int lists[] = {0, 1, 2, 5};
    return lists[seed % 4];
}

/* What a solve from a start finds is what a solve from nothing finds. */
static pulang_transport_plan *assert_same(const pulang_transport *problem, int list,
                                          const pulang_transport_plan *start, uint64_t seed) {
    const char *message = "";
    pulang_transport_plan *cold = solve(problem, list, NULL), *warm = solve(problem, list, start);
    cr_assert_eq(warm->feasible, cold->feasible, "seed %d: there is %s plan", (int)seed,
                 cold->feasible ? "a" : "no");
    cr_assert(!cold->feasible || warm->objective == cold->objective, "seed %d: %lld, the optimum is %lld",
              (int)seed, (long long)warm->objective, (long long)cold->objective);
    cr_assert(!cold->feasible || pulang_transport_check(problem, warm, 1, &message), "seed %d: %s", (int)seed,
              message);
    pulang_transport_plan_free(warm);
    return cold;
}

/* Solves, changes something, solves again, and so on. */
static void change_and_compare(uint64_t first, uint64_t last, const test_transport_options *options,
                               int rounds, int changes) {
    test_transport *made = malloc(sizeof *made);
    int feasible = 0;
    for (uint64_t seed = first; seed <= last; seed++) {
        test_random random = {seed};
        test_transport_random(seed, options, made);
        pulang_transport_plan *old = solve(&made->problem, 0, NULL);
        for (int round = 0; round < rounds; round++) {
            pulang_transport problem;
            for (int i = test_random_range(&random, 1, changes); i > 0; i--)
                test_transport_change(&random, made);
            while (!test_transport_form(made, (test_form)test_random_range(&random, 0, TEST_N_FORMS - 1),
                                        &problem))
                ;
            if (round % 3 == 2) /* the prices alone */
                old->n_placements = 0;
            pulang_transport_plan *plan = assert_same(&problem, list_of(seed), old, seed);
            pulang_transport_plan_free(old);
            feasible += plan->feasible;
            old = plan;
        }
        pulang_transport_plan_free(old);
    }
    free(made);
    cr_assert_lt((int)(last - first), 2 * feasible, "only %d were feasible", feasible);
}

Test(transport_warm, follows_a_small_change) {
    change_and_compare(1, 3000, &small, 4, 1);
}

Test(transport_warm, follows_several_changes) {
    change_and_compare(10001, 12000, &small, 3, 30);
}

Test(transport_warm, follows_changes_of_large_ones) {
    change_and_compare(20001, 20200, &large, 5, 3);
}

Test(transport_warm, any_start_gives_the_optimum) {
    test_transport *made = malloc(sizeof *made);
    for (uint64_t seed = 30001; seed <= 33000; seed++) {
        test_random random = {seed};
        test_transport_random(seed, seed % 20 ? &small : &large, made);
        pulang_transport_plan *start = test_transport_nonsense(&random, &made->problem);
        pulang_transport_plan_free(assert_same(&made->problem, list_of(seed), start, seed));
        pulang_transport_plan_free(start);
    }
    free(made);
}

/* An unchanged problem needs no search. */
Test(transport_warm, an_optimum_stays_as_it_is) {
    test_transport *made = malloc(sizeof *made);
    for (uint64_t seed = 40001; seed <= 41000; seed++) {
        test_transport_random(seed, &small, made);
        pulang_transport_plan *cold = solve(&made->problem, 0, NULL);
        if (cold->feasible) {
            pulang_transport_plan *warm = solve(&made->problem, 0, cold);
            cr_assert_eq(warm->searches, 0, "seed %d", (int)seed);
            cr_assert_eq(warm->objective, cold->objective, "seed %d", (int)seed);
            pulang_transport_plan_free(warm);
        }
        pulang_transport_plan_free(cold);
    }
    free(made);
}

Test(transport_warm, survives_every_failing_allocation) {
    test_transport *made = malloc(sizeof *made);
    for (uint64_t seed = 1; seed <= 20; seed++) {
        test_random random = {seed};
        test_transport_random(seed, &small, made);
        pulang_transport_plan *start = solve(&made->problem, 0, NULL);
        test_transport_change(&random, made);
        bool done = false;
        for (long k = 1; !done; k++) {
            pulang_transport_plan *plan = NULL;
            pulang_transport_settings settings = {.threads = 1, .list = 2, .start = start};
            pulang_alloc_fail_at(k);
            pulang_status status = pulang_transport_solve(&made->problem, &settings, &plan, NULL);
            pulang_alloc_fail_at(0);
            cr_assert(status == PULANG_OK || (status == PULANG_ERROR_MEMORY && !plan));
            done = status == PULANG_OK;
            pulang_transport_plan_free(plan);
        }
        pulang_transport_plan_free(start);
    }
    free(made);
}
