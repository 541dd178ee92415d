/*
 * The two methods share no code below the problem: on networks of every kind they must find the same.
 */
#include "solver/core.h"
#include "solver/mip.h"
#include "tests/support_problem.h"

#include <criterion/criterion.h>
#include <math.h>

typedef struct tally {
    int tried, infeasible, open;
} tally;

static pulang_solution *solve(const pulang_problem *problem, bool core) {
    pulang_solution *solution = pulang_solution_new(problem);
    pulang_limits limits = {.begin = pulang_clock(), .deadline = INFINITY};
    pulang_error error = {0};
    pulang_status status = core ? pulang_core_solve(problem, NULL, &limits, solution, &error)
                                : pulang_mip_solve(problem, &limits, solution, &error);
    cr_assert_eq(status, PULANG_OK, "%s", error.message);
    return solution;
}

static void compare(uint64_t seed, const pulang_problem *problem, tally *sum) {
    pulang_solution *core = solve(problem, true), *mip = solve(problem, false);
    sum->tried++;
    sum->infeasible += core->outcome == PULANG_INFEASIBLE;
    sum->open += mip->outcome == PULANG_LIMIT;
    cr_assert_eq(core->exists, mip->exists, "seed %d", (int)seed);
    if (mip->outcome != PULANG_LIMIT)
        cr_assert_eq(core->outcome, mip->outcome, "seed %d", (int)seed);
    for (int l = 0; core->exists && l < problem->n_levels && mip->levels[l].proven; l++)
        cr_assert_eq(core->levels[l].value, mip->levels[l].value, "seed %d level %s: core %lld, mip %lld",
                     (int)seed, problem->levels[l].name, (long long)core->levels[l].value,
                     (long long)mip->levels[l].value);
    pulang_solution_free(core);
    pulang_solution_free(mip);
}

static void compare_many(int seeds, const test_problem_options *options, tally *sum) {
    for (uint64_t seed = 1; seed <= (uint64_t)seeds; seed++) {
        pulang_problem *problem = test_problem_random(seed, options);
        if (pulang_core_applies(problem, NULL))
            compare(seed, problem, sum);
        pulang_problem_free(problem);
    }
}

Test(agreement, on_small_networks) {
    test_problem_options options = {.max_classes = 8, .max_supply = 4, .max_posts = 8, .largest = true};
    tally sum = {0};
    compare_many(4000, &options, &sum);
    cr_assert_lt(2000, sum.tried, "only %d problems were tried", sum.tried);
    cr_assert_lt(300, sum.infeasible, "only %d problems were infeasible", sum.infeasible);
    cr_assert_lt(sum.open, 5, "%d problems were left open", sum.open);
}

Test(agreement, on_larger_networks) {
    test_problem_options options = {
        .max_classes = 80, .max_supply = 4, .max_posts = 40, .largest = true, .rarely_infeasible = true};
    tally sum = {0};
    compare_many(100, &options, &sum);
    cr_assert_lt(50, sum.tried, "only %d problems were tried", sum.tried);
    cr_assert_lt(sum.open, 3, "%d problems were left open", sum.open);
}
