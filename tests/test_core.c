#include "model/alloc.h"
#include "solver/core.h"
#include "tests/support_problem.h"

#include <criterion/criterion.h>
#include <math.h>

static pulang_limits no_limits(void) {
    return (pulang_limits){.begin = pulang_clock(), .deadline = INFINITY};
}

/* Small enough to try every flow. */
static pulang_problem *small_problem(uint64_t seed) {
    test_problem_options options = {.max_classes = 3, .max_supply = 2, .max_posts = 4, .largest = true};
    return test_problem_random(seed, &options);
}

Test(core, agrees_with_enumeration) {
    int tried = 0, infeasible = 0;
    for (uint64_t seed = 1; seed <= 3000; seed++) {
        pulang_problem *problem = small_problem(seed);
        if (pulang_core_applies(problem, NULL) && test_problem_flows(problem, 20000) <= 20000) {
            int64_t best[16];
            bool exists = test_problem_enumerate(problem, best);
            pulang_solution *solution = pulang_solution_new(problem);
            pulang_limits limits = no_limits();
            cr_assert_eq(pulang_core_solve(problem, NULL, &limits, solution, NULL), PULANG_OK);
            cr_assert_eq(solution->exists, exists, "seed %d", (int)seed);
            cr_assert_eq(solution->outcome, exists ? PULANG_OPTIMAL : PULANG_INFEASIBLE, "seed %d",
                         (int)seed);
            cr_assert(!exists || pulang_problem_feasible(problem, solution->flow), "seed %d", (int)seed);
            for (int l = 0; exists && l < problem->n_levels; l++) {
                cr_assert_eq(solution->levels[l].value, best[l], "seed %d level %s: core %lld, truth %lld",
                             (int)seed, problem->levels[l].name, (long long)solution->levels[l].value,
                             (long long)best[l]);
                cr_assert_eq(pulang_problem_level_value(problem, l, solution->flow), best[l]);
            }
            tried++;
            infeasible += !exists;
            pulang_solution_free(solution);
        }
        pulang_problem_free(problem);
    }
    cr_assert_lt(1500, tried, "only %d instances were tried", tried);
    cr_assert_lt(100, infeasible, "only %d instances were infeasible", infeasible);
}

static bool stop_at_once(const pulang_progress *progress, void *user) {
    (void)progress;
    (void)user;
    return true;
}

Test(core, stops_when_told) {
    test_problem_options options = {
        .max_classes = 600, .max_supply = 3, .max_posts = 300, .rarely_infeasible = true};
    for (uint64_t seed = 1; seed <= 5; seed++) {
        pulang_problem *problem = test_problem_random(seed, &options);
        pulang_solution *solution = pulang_solution_new(problem);
        pulang_limits limits = no_limits();
        limits.progress = stop_at_once;
        if (pulang_core_applies(problem, NULL)) {
            cr_assert_eq(pulang_core_solve(problem, NULL, &limits, solution, NULL), PULANG_OK);
            if (solution->exists) {
                cr_assert(pulang_problem_feasible(problem, solution->flow));
                for (int l = 0; l < problem->n_levels; l++)
                    cr_assert_leq(solution->levels[l].bound, solution->levels[l].value);
            }
        }
        pulang_solution_free(solution);
        pulang_problem_free(problem);
    }
}

Test(core, survives_every_failing_allocation) {
    pulang_problem *problem = small_problem(7);
    bool done = false;
    for (long k = 1; !done; k++) {
        pulang_solution *solution = pulang_solution_new(problem);
        pulang_limits limits = no_limits();
        pulang_alloc_fail_at(k);
        pulang_status status = pulang_core_solve(problem, NULL, &limits, solution, NULL);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || status == PULANG_ERROR_MEMORY);
        done = status == PULANG_OK;
        pulang_solution_free(solution);
    }
    pulang_problem_free(problem);
}
