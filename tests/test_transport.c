#include "model/alloc.h"
#include "solver/glpk.h"
#include "solver/transport.h"
#include "tests/support_transport.h"

#include <criterion/criterion.h>
#include <math.h>

static const test_transport_options small = {.max_rows = 9, .max_posts = 7, .max_totals = 4};
static const test_transport_options large = {.max_rows = 60, .max_posts = 50, .max_totals = 10};
static const test_transport_options modest = {
    .max_rows = 20, .max_posts = 12, .max_totals = 5, .modest = true};

static pulang_transport_plan *solve(const pulang_transport *problem, int list, int threads) {
    pulang_transport_plan *plan = NULL;
    pulang_transport_settings settings = {.threads = threads, .list = list};
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

/* Solves every form of the problems of some seeds; returns how many have no plan. */
static int compare(uint64_t first, uint64_t last, const test_transport_options *options) {
    test_transport *made = malloc(sizeof *made);
    int infeasible = 0;
    for (uint64_t seed = first; seed <= last; seed++) {
        int64_t optimum;
        test_transport_random(seed, options, made);
        bool exists = test_transport_optimum(&made->problem, &optimum);
        infeasible += !exists;
        for (test_form form = 0; form < TEST_N_FORMS; form++) {
            pulang_transport problem;
            const char *message = "";
            if (!test_transport_form(made, form, &problem))
                continue;
            pulang_transport_plan *plan = solve(&problem, list_of(seed), 1);
            cr_assert_eq(plan->feasible, exists, "seed %d form %d: %s", (int)seed, (int)form,
                         exists ? "there is a plan" : "there is no plan");
            cr_assert(!exists || plan->objective == optimum, "seed %d form %d: %lld, the optimum is %lld",
                      (int)seed, (int)form, (long long)plan->objective, (long long)optimum);
            cr_assert(pulang_transport_check(&problem, plan, 1, &message), "seed %d form %d: %s", (int)seed,
                      (int)form, message);
            pulang_transport_plan_free(plan);
        }
    }
    free(made);
    return infeasible;
}

Test(transport, small_ones_agree_with_shortest_paths) {
    int infeasible = compare(1, 6000, &small);
    cr_assert_lt(600, infeasible, "only %d were infeasible", infeasible);
    cr_assert_lt(infeasible, 4000, "%d were infeasible", infeasible);
}

Test(transport, more_small_ones_agree_with_shortest_paths) {
    compare(6001, 12000, &small);
}

Test(transport, large_ones_agree_with_shortest_paths) {
    compare(100001, 100500, &large);
}

Test(transport, agrees_with_linear_programming) {
    test_transport *made = malloc(sizeof *made);
    int infeasible = 0;
    for (uint64_t seed = 200001; seed <= 201000; seed++) {
        test_transport_random(seed, &modest, made);
        pulang_program *program = test_transport_program(&made->problem);
        double *x = calloc((size_t)program->n_columns + 1, sizeof *x);
        pulang_glpk_result result;
        pulang_error error;
        cr_assert_eq(pulang_glpk_relax(program, INFINITY, NULL, x, NULL, &result, &error), PULANG_OK, "%s",
                     error.message);
        pulang_transport_plan *plan = solve(&made->problem, list_of(seed), 1);
        bool exists = result.outcome == PULANG_GLPK_OPTIMAL;
        cr_assert_eq(plan->feasible, exists, "seed %d", (int)seed);
        cr_assert(!exists || fabs(result.value - (double)plan->objective) < 0.01,
                  "seed %d: %lld, GLPK says %g", (int)seed, (long long)plan->objective, result.value);
        infeasible += !exists;
        pulang_transport_plan_free(plan);
        pulang_program_free(program);
        free(x);
    }
    free(made);
    cr_assert_lt(100, infeasible, "only %d were infeasible", infeasible);
}

static bool same_plan(const pulang_transport *problem, const pulang_transport_plan *a,
                      const pulang_transport_plan *b) {
    if (a->feasible != b->feasible || a->n_placements != b->n_placements || a->objective != b->objective)
        return false;
    for (int i = 0; i < a->n_placements; i++)
        if (a->row[i] != b->row[i] || a->post[i] != b->post[i] || a->count[i] != b->count[i])
            return false;
    for (int v = 0; v <= problem->n_nodes; v++)
        if (a->price[v] != b->price[v] || a->cut[v] != b->cut[v])
            return false;
    return true;
}

Test(transport, threads_do_not_change_the_plan) {
    test_transport *made = malloc(sizeof *made);
    for (uint64_t seed = 300001; seed <= 300100; seed++) {
        test_transport_random(seed, &large, made);
        pulang_transport_plan *one = solve(&made->problem, list_of(seed), 1);
        for (int threads = 2; threads <= 4; threads++) {
            pulang_transport_plan *more = solve(&made->problem, list_of(seed), threads);
            const char *message;
            cr_assert(same_plan(&made->problem, one, more), "seed %d, %d threads", (int)seed, threads);
            cr_assert(pulang_transport_check(&made->problem, more, threads, &message));
            pulang_transport_plan_free(more);
        }
        pulang_transport_plan_free(one);
    }
    free(made);
}

/* Two persons want the one seat of post 0; the second loses more elsewhere. */
static const int32_t contested_costs[] = {1, 4, 1, 9};
static const int64_t contested_upper[] = {1, 2};
static const pulang_transport contested = {
    .n_rows = 2, .n_posts = 2, .n_nodes = 2, .upper = contested_upper, .costs = {.dense32 = contested_costs}};

Test(transport, known_answer) {
    pulang_transport_plan *plan = solve(&contested, 0, 1);
    cr_assert(plan->feasible);
    cr_assert_eq(plan->objective, 5);
    cr_assert_eq(plan->n_placements, 2);
    cr_assert_eq(plan->post[0], 1);
    cr_assert_eq(plan->post[1], 0);
    cr_assert_geq(plan->price[0] - plan->price[1], 3);
    cr_assert_leq(plan->price[0] - plan->price[1], 8);
    cr_assert_eq(plan->price[2], 0);
    pulang_transport_plan_free(plan);
}

static void assert_refused(const pulang_transport *problem, const pulang_transport_plan *plan,
                           const char *expected) {
    const char *message;
    cr_assert(!pulang_transport_check(problem, plan, 1, &message));
    cr_assert_str_eq(message, expected);
}

Test(transport, tampered_plans_fail_the_check) {
    const char *message;
    pulang_transport_plan *plan = solve(&contested, 0, 1);
    cr_assert(pulang_transport_check(&contested, plan, 1, &message));
    plan->objective--;
    assert_refused(&contested, plan, "the objective is not the sum of the costs");
    plan->objective++;
    plan->count[0] = 2;
    assert_refused(&contested, plan, "a row is not placed as often as its supply");
    plan->count[0] = 0;
    assert_refused(&contested, plan, "a placement names a row or post that is not there");
    plan->count[0] = 1;
    plan->row[0] = 2;
    assert_refused(&contested, plan, "a placement names a row or post that is not there");
    plan->row[0] = 0;
    plan->post[0] = plan->n_placements; /* unplaced, which has no price here */
    assert_refused(&contested, plan, "a row is placed where it may not be");
    plan->post[0] = 0;
    plan->objective = 2;
    assert_refused(&contested, plan, "a post or total is outside its bounds");
    plan->post[1] = 1; /* the other way round: feasible, but not the best */
    plan->objective = 10;
    assert_refused(&contested, plan, "the prices do not prove the optimum");
    plan->post[0] = 1;
    plan->post[1] = 0;
    plan->objective = 5;
    plan->price[0] = plan->price[1] + 2;
    assert_refused(&contested, plan, "the prices do not prove the optimum");
    plan->price[0] = plan->price[1] + 9;
    assert_refused(&contested, plan, "the prices do not prove the optimum");
    pulang_transport_plan_free(plan);
}

Test(transport, tampered_random_plans_fail_the_check) {
    test_transport *made = malloc(sizeof *made);
    const char *message;
    for (uint64_t seed = 1; seed <= 1000; seed++) {
        test_transport_random(seed, &small, made);
        pulang_transport_plan *plan = solve(&made->problem, 0, 1);
        if (plan->feasible && plan->n_placements > 0) {
            plan->count[0]++;
            cr_assert(!pulang_transport_check(&made->problem, plan, 1, &message));
            plan->count[0]--;
            plan->objective++;
            cr_assert(!pulang_transport_check(&made->problem, plan, 1, &message));
            plan->objective--;
            plan->n_placements--;
            cr_assert(!pulang_transport_check(&made->problem, plan, 1, &message));
        }
        pulang_transport_plan_free(plan);
    }
    free(made);
}

Test(transport, costs_beyond_exact_arithmetic_are_refused) {
    static const int64_t costs[] = {0, INT64_MAX / 2};
    static const int64_t upper[] = {1, 1};
    pulang_transport problem = {
        .n_rows = 1, .n_posts = 2, .n_nodes = 2, .upper = upper, .costs = {.dense64 = costs}};
    pulang_transport_plan *plan = NULL;
    pulang_transport_settings settings = {.threads = 1};
    pulang_error error;
    cr_assert_eq(pulang_transport_solve(&problem, &settings, &plan, &error), PULANG_ERROR_LIMIT);
    cr_assert_null(plan);
}

static bool at_once(void *user) {
    ++*(int *)user;
    return true;
}

Test(transport, stops_when_told) {
    int asked = 0;
    pulang_transport_plan *plan = NULL;
    pulang_transport_settings settings = {.threads = 1, .stop = at_once, .user = &asked};
    cr_assert_eq(pulang_transport_solve(&contested, &settings, &plan, NULL), PULANG_OK);
    cr_assert(asked > 0 && plan->stopped && !plan->feasible);
    assert_refused(&contested, plan, "the method was stopped");
    pulang_transport_plan_free(plan);
}

static void sweep(const pulang_transport *problem, int list) {
    bool done = false;
    for (long k = 1; !done; k++) {
        pulang_transport_plan *plan = NULL;
        pulang_transport_settings settings = {.threads = 1, .list = list};
        pulang_alloc_fail_at(k);
        pulang_status status = pulang_transport_solve(problem, &settings, &plan, NULL);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || (status == PULANG_ERROR_MEMORY && !plan));
        done = status == PULANG_OK;
        pulang_transport_plan_free(plan);
    }
}

Test(transport, survives_every_failing_allocation) {
    test_transport *made = malloc(sizeof *made);
    for (uint64_t seed = 1; seed <= 40; seed++) {
        test_transport_random(seed, seed % 4 ? &small : &large, made);
        for (test_form form = 0; form < TEST_N_FORMS; form++) {
            pulang_transport problem;
            if (test_transport_form(made, form, &problem))
                sweep(&problem, list_of(seed));
        }
    }
    free(made);
}

Test(transport, check_survives_failing_allocations) {
    pulang_transport_plan *plan = solve(&contested, 0, 1);
    for (long k = 1; k <= 2; k++) {
        const char *message;
        pulang_alloc_fail_at(k);
        cr_assert(!pulang_transport_check(&contested, plan, 1, &message));
        pulang_alloc_fail_at(0);
        cr_assert_str_eq(message, "out of memory");
    }
    pulang_transport_plan_free(plan);
}
