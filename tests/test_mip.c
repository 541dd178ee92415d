#include "model/alloc.h"
#include "solver/mip.h"
#include "tests/support_problem.h"

#include <criterion/criterion.h>
#include <math.h>

#define MOST_FLOWS 3000

static pulang_limits no_limits(void) {
    return (pulang_limits){.begin = pulang_clock(), .deadline = INFINITY};
}

static const test_problem_options everything = {
    .max_classes = 5, .max_supply = 3, .max_posts = 5, .crossing = true, .pairings = true, .largest = true};

/* Where values are in the thousand millions GLPK's doubles may not decide; then that is said. What is
   claimed must be true. Returns whether all was decided. */
static bool assert_true(uint64_t seed, const pulang_problem *problem, const pulang_solution *solution,
                        const int64_t *best) {
    bool open = solution->outcome == PULANG_LIMIT;
    cr_assert(solution->exists, "seed %d: outcome %d, %s", (int)seed, (int)solution->outcome,
              solution->reason);
    cr_assert(open || solution->outcome == PULANG_OPTIMAL, "seed %d: outcome %d", (int)seed,
              (int)solution->outcome);
    cr_assert(pulang_problem_feasible(problem, solution->flow), "seed %d", (int)seed);
    for (int l = 0; l < problem->n_levels; l++) {
        const pulang_level_result *level = &solution->levels[l];
        cr_assert_eq(level->value, pulang_problem_level_value(problem, l, solution->flow), "seed %d",
                     (int)seed);
        if (!level->proven) {
            cr_assert(open);
            return false;
        }
        cr_assert_eq(level->value, best[l], "seed %d level %s: %lld, truth %lld", (int)seed, level->name,
                     (long long)level->value, (long long)best[l]);
        cr_assert_eq(level->bound, best[l], "seed %d level %s: bound %lld, truth %lld", (int)seed,
                     level->name, (long long)level->bound, (long long)best[l]);
    }
    return true;
}

typedef struct tally {
    int tried, infeasible, open;
} tally;

static tally compare_with_enumeration(uint64_t first, uint64_t last, const test_problem_options *options) {
    tally sum = {0};
    for (uint64_t seed = first; seed <= last; seed++) {
        pulang_problem *problem = test_problem_random(seed, options);
        if (test_problem_flows(problem, MOST_FLOWS) <= MOST_FLOWS) {
            int64_t best[16];
            bool exists = test_problem_enumerate(problem, best);
            pulang_solution *solution = pulang_solution_new(problem);
            pulang_limits limits = no_limits();
            pulang_error error = {0};
            cr_assert_eq(pulang_mip_solve(problem, &limits, solution, &error), PULANG_OK, "seed %d: %s",
                         (int)seed, error.message);
            if (exists) {
                sum.open += !assert_true(seed, problem, solution, best);
            } else {
                cr_assert_eq(solution->outcome, PULANG_INFEASIBLE, "seed %d", (int)seed);
                cr_assert_not(solution->exists);
                cr_assert_str_not_empty(solution->reason);
            }
            sum.tried++;
            sum.infeasible += !exists;
            pulang_solution_free(solution);
        }
        pulang_problem_free(problem);
    }
    return sum;
}

Test(mip, agrees_with_enumeration) {
    tally sum = compare_with_enumeration(1, 6000, &everything);
    cr_assert_lt(4000, sum.tried, "only %d problems were tried", sum.tried);
    cr_assert_lt(500, sum.infeasible, "only %d problems were infeasible", sum.infeasible);
    cr_assert_lt(sum.open, sum.tried / 200, "%d problems were left open", sum.open);
}

Test(mip, agrees_with_enumeration_under_shares_and_openings) {
    test_problem_options rules = everything;
    rules.rules = true;
    tally sum = compare_with_enumeration(1, 3000, &rules);
    cr_assert_lt(2000, sum.tried, "only %d problems were tried", sum.tried);
    cr_assert_lt(300, sum.infeasible, "only %d problems were infeasible", sum.infeasible);
    cr_assert_lt(sum.open, sum.tried / 200, "%d problems were left open", sum.open);
}

/* A problem of two persons, post 0 (dear) and post 1 (cheap), by hand. */
typedef struct tiny {
    pulang_problem problem;
    pulang_total totals[3];
    pulang_problem_level levels[2];
    pulang_piece piece;
} tiny;

static int posts_of[2] = {0, 1}, both_posts[2] = {0, 1}, places[2] = {0, 0};
static int supply[2] = {1, 1}, members[2] = {0, 1}, member_begin[3] = {0, 1, 2};
static int arc_begin[3] = {0, 2, 4}, arc_post[4] = {0, 1, 0, 1};
static bool unbound[2];
static const char *class_names[2] = {"ani", "budi"}, *post_names[2] = {"town", "village"};
static int64_t costs[4] = {3, 8, 4, 20};

static void make_tiny(tiny *t) {
    *t = (tiny){.problem = {.n_classes = 2,
                            .n_posts = 2,
                            .n_arcs = 4,
                            .n_totals = 3,
                            .n_levels = 2,
                            .supply = supply,
                            .bound = unbound,
                            .member_begin = member_begin,
                            .members = members,
                            .arc_begin = arc_begin,
                            .arc_post = arc_post,
                            .n_places = 1,
                            .post_place = places,
                            .class_names = class_names,
                            .post_names = post_names}};
    for (int j = 0; j < 2; j++)
        t->totals[j] = (pulang_total){.post = j,
                                      .quota = PULANG_NONE,
                                      .key = "",
                                      .upper = 2,
                                      .uniform = true,
                                      .unit = 1,
                                      .n_posts = 1,
                                      .posts = &posts_of[j]};
    t->totals[2] = (pulang_total){.post = PULANG_NONE,
                                  .quota = 0,
                                  .key = "",
                                  .upper = 2,
                                  .uniform = true,
                                  .unit = 1,
                                  .n_posts = 2,
                                  .posts = both_posts};
    t->levels[0] = (pulang_problem_level){.name = "unplaced", .unplaced = true};
    t->levels[1] = (pulang_problem_level){.name = "preference", .arc_cost = costs};
    t->problem.totals = t->totals;
    t->problem.levels = t->levels;
}

static pulang_solution *solve_tiny(tiny *t) {
    pulang_solution *solution = pulang_solution_new(&t->problem);
    pulang_limits limits = no_limits();
    cr_assert_eq(pulang_mip_solve(&t->problem, &limits, solution, NULL), PULANG_OK);
    return solution;
}

Test(mip, places_all_then_at_least_cost) {
    tiny t;
    make_tiny(&t);
    t.totals[0].upper = 1;
    pulang_solution *solution = solve_tiny(&t);
    cr_assert_eq(solution->outcome, PULANG_OPTIMAL);
    cr_assert_eq(solution->levels[0].value, 0);
    cr_assert_eq(solution->levels[1].value, 8 + 4); /* ani gives way, for budi would lose more */
    cr_assert_str_eq(solution->method, "glpk");
    pulang_solution_free(solution);
}

Test(mip, order_of_levels_decides) {
    tiny t;
    make_tiny(&t);
    t.levels[1] = t.levels[0];
    t.levels[0] = (pulang_problem_level){.name = "preference", .arc_cost = costs};
    pulang_solution *solution = solve_tiny(&t);
    cr_assert_eq(solution->levels[0].value, 0); /* nobody costs nothing */
    cr_assert_eq(solution->levels[1].value, 2);
    pulang_solution_free(solution);
}

Test(mip, names_the_rule_that_contradicts_itself) {
    tiny t;
    make_tiny(&t);
    t.totals[1].lower = 3;
    pulang_solution *solution = solve_tiny(&t);
    cr_assert_eq(solution->outcome, PULANG_INFEASIBLE);
    cr_assert_str_eq(solution->reason, "post village needs at least 3 but can have at most 2");
    pulang_solution_free(solution);
}

Test(mip, refuses_numbers_too_large) {
    tiny t;
    make_tiny(&t);
    costs[0] = INT64_MAX / 4;
    pulang_solution *solution = pulang_solution_new(&t.problem);
    pulang_limits limits = no_limits();
    pulang_error error;
    cr_assert_eq(pulang_mip_solve(&t.problem, &limits, solution, &error), PULANG_ERROR_LIMIT);
    pulang_solution_free(solution);
}

static bool stop_at_once(const pulang_progress *progress, void *user) {
    (void)user;
    cr_assert_str_eq(progress->method, "glpk");
    return true;
}

Test(mip, stops_when_told) {
    test_problem_options options = everything;
    options.max_classes = options.max_posts = 30;
    options.rarely_infeasible = true;
    int with_plan = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        pulang_problem *problem = test_problem_random(seed, &options);
        pulang_solution *solution = pulang_solution_new(problem);
        pulang_limits limits = no_limits();
        limits.progress = stop_at_once;
        cr_assert_eq(pulang_mip_solve(problem, &limits, solution, NULL), PULANG_OK);
        with_plan += solution->exists;
        if (solution->outcome != PULANG_INFEASIBLE)
            cr_assert_eq(solution->outcome, PULANG_LIMIT);
        for (int l = 0; solution->exists && l < problem->n_levels; l++) {
            cr_assert_eq(solution->levels[l].value, pulang_problem_level_value(problem, l, solution->flow));
            cr_assert_leq(solution->levels[l].bound, solution->levels[l].value);
        }
        pulang_solution_free(solution);
        pulang_problem_free(problem);
    }
    cr_assert_lt(20, with_plan);
}

Test(mip, ends_within_the_gap) {
    test_problem_options options = everything;
    options.rarely_infeasible = true;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        pulang_problem *problem = test_problem_random(seed, &options);
        pulang_solution *solution = pulang_solution_new(problem);
        pulang_limits limits = no_limits();
        limits.gap = 0.2;
        cr_assert_eq(pulang_mip_solve(problem, &limits, solution, NULL), PULANG_OK);
        for (int l = 0; solution->outcome <= PULANG_FEASIBLE && l < problem->n_levels; l++) {
            double value = (double)solution->levels[l].value, bound = (double)solution->levels[l].bound;
            cr_assert(solution->levels[l].proven);
            cr_assert_leq(value - bound, 0.2 * fmax(1, fabs(value)) + 1e-9, "seed %d level %d", (int)seed, l);
        }
        pulang_solution_free(solution);
        pulang_problem_free(problem);
    }
}

Test(mip, survives_every_failing_allocation) {
    pulang_problem *problem = test_problem_random(23, &everything);
    pulang_status status = PULANG_ERROR_MEMORY;
    for (long k = 1; status == PULANG_ERROR_MEMORY; k++) {
        pulang_solution *solution = pulang_solution_new(problem);
        pulang_limits limits = no_limits();
        pulang_alloc_fail_at(k);
        status = pulang_mip_solve(problem, &limits, solution, NULL);
        pulang_alloc_fail_at(0);
        pulang_solution_free(solution);
    }
    cr_assert_eq(status, PULANG_OK);
    pulang_problem_free(problem);
}
