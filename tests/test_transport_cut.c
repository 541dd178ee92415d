#include "model/alloc.h"
#include "solver/transport.h"
#include "tests/support_transport.h"

#include <criterion/criterion.h>

static const test_transport_options small = {.max_rows = 9, .max_posts = 7, .max_totals = 4};

static pulang_transport_plan *solve(const pulang_transport *problem) {
    pulang_transport_plan *plan = NULL;
    pulang_transport_settings settings = {.threads = 1};
    cr_assert_eq(pulang_transport_solve(problem, &settings, &plan, NULL), PULANG_OK);
    return plan;
}

/* The plan of a problem that has none: its cut, '1' for each node in it and the root last, and by how many
   persons that is violated. It must prove it, and with any node put in or taken out that must be refused. */
static void assert_cut(const pulang_transport *problem, const char *cut, int violation) {
    const char *message;
    pulang_transport_plan *plan = solve(problem);
    cr_assert(!plan->feasible);
    for (int v = 0; v <= problem->n_nodes; v++)
        cr_assert_eq(plan->cut[v], cut[v] == '1', "node %d", v);
    cr_assert_eq(plan->violation, violation, "%lld", (long long)plan->violation);
    cr_assert(pulang_transport_check(problem, plan, 1, &message), "%s", message);
    for (int v = 0; v <= problem->n_nodes; v++) {
        plan->cut[v] = !plan->cut[v];
        cr_assert(!pulang_transport_check(problem, plan, 1, &message), "node %d", v);
        plan->cut[v] = !plan->cut[v];
    }
    plan->violation++;
    cr_assert(!pulang_transport_check(problem, plan, 1, &message));
    cr_assert_str_eq(message, "the cut is not violated by as much as is said");
    pulang_transport_plan_free(plan);
}

/* 3 + 2 persons for posts 0 and 1 of one seat each; post 2 takes them all, but only of row 2. */
#define NO PULANG_FORBIDDEN
static const int64_t crowded_costs[] = {4, 7, NO, NO, 1, NO, 1, 2, 3};
static const int64_t crowded_upper[] = {1, 1, 9};
static const int crowded_supply[] = {3, 2, 4};
static const pulang_transport crowded = {.n_rows = 3,
                                         .supply = crowded_supply,
                                         .n_posts = 3,
                                         .n_nodes = 3,
                                         .upper = crowded_upper,
                                         .costs = {.dense64 = crowded_costs}};

Test(transport_cut, too_many_persons) {
    assert_cut(&crowded, "1100", 3);
}

/* Who may be unplaced is not in the cut; of row 0 all three must still have a post. */
Test(transport_cut, some_may_be_unplaced) {
    static const int64_t unplaced[] = {NO, 5, 5};
    pulang_transport problem = crowded;
    problem.unplaced = unplaced;
    assert_cut(&problem, "1100", 1);
}

/* Without a choice, and without anybody. */
Test(transport_cut, nowhere_to_go) {
    static const int64_t costs[] = {NO, NO, NO, NO, 3, NO, 1, NO, 2};
    static const int none[] = {2, 0, 1}, nobody[] = {0, 0, 1};
    pulang_transport problem = crowded;
    problem.costs.dense64 = costs;
    problem.supply = none;
    assert_cut(&problem, "0000", 2);
    problem.supply = nobody;
    pulang_transport_plan *plan = solve(&problem);
    cr_assert(plan->feasible);
    pulang_transport_plan_free(plan);
}

/* Posts 0 and 1 want 2 persons each, and only row 0 may go there. */
static const int64_t empty_costs[] = {1, 2, 3, NO, NO, 1};
static const int64_t empty_lower[] = {2, 2, 0}, empty_upper[] = {4, 4, 4};
static const int empty_supply[] = {3, 2};
static const pulang_transport empty = {.n_rows = 2,
                                       .supply = empty_supply,
                                       .n_posts = 3,
                                       .n_nodes = 3,
                                       .lower = empty_lower,
                                       .upper = empty_upper,
                                       .costs = {.dense64 = empty_costs}};

Test(transport_cut, too_few_persons) {
    assert_cut(&empty, "0011", 1);
}

/* A total over posts 0 and 1 wants more than its district, which is full of row 1, lets through. */
Test(transport_cut, totals) {
    static const int64_t costs[] = {1, 2, NO, NO, NO, 1};
    static const int64_t lower[] = {0, 0, 0, 4, 0}, upper[] = {9, 9, 9, 9, 5};
    static const int parent[] = {3, 3, 4, 4, 5}, supply[] = {4, 2}, few[] = {3, 1};
    pulang_transport problem = {.n_rows = 2,
                                .supply = supply,
                                .n_posts = 3,
                                .n_nodes = 5,
                                .parent = parent,
                                .lower = lower,
                                .upper = upper,
                                .costs = {.dense64 = costs}};
    assert_cut(&problem, "001010", 1);
    problem.supply = few;
    assert_cut(&problem, "001011", 1);
}

/* No set of nodes proves that there is no plan where there is one. */
Test(transport_cut, no_cut_refutes_a_plan) {
    test_transport *made = malloc(sizeof *made);
    int feasible = 0;
    for (uint64_t seed = 1; seed <= 1000; seed++) {
        int64_t optimum, violation = -1;
        test_transport_random(seed, &small, made);
        if (!test_transport_optimum(&made->problem, &optimum))
            continue;
        feasible++;
        for (unsigned set = 0; set < 2U << made->problem.n_nodes; set++) {
            bool cut[TEST_MOST_NODES + 1];
            for (int v = 0; v <= made->problem.n_nodes; v++)
                cut[v] = set >> v & 1;
            cr_assert_not_null(pulang_transport_cut_check(&made->problem, cut, 1, &violation));
        }
        cr_assert_eq(violation, -1);
    }
    free(made);
    cr_assert_lt(200, feasible, "only %d were feasible", feasible);
}

/* Both readings occur, and no cut is violated by more than the worst one. */
Test(transport_cut, cuts_of_random_problems) {
    test_transport *made = malloc(sizeof *made);
    int with_root[2] = {0};
    for (uint64_t seed = 1; seed <= 1000; seed++) {
        test_transport_random(seed, &small, made);
        pulang_transport_plan *plan = solve(&made->problem);
        if (plan->feasible) {
            pulang_transport_plan_free(plan);
            continue;
        }
        int64_t most = 0, violation = 0;
        for (unsigned set = 0; set < 2U << made->problem.n_nodes; set++) {
            bool cut[TEST_MOST_NODES + 1];
            for (int v = 0; v <= made->problem.n_nodes; v++)
                cut[v] = set >> v & 1;
            if (!pulang_transport_cut_check(&made->problem, cut, 1, &violation))
                most = violation > most ? violation : most;
        }
        cr_assert(0 < plan->violation && plan->violation <= most);
        with_root[plan->cut[made->problem.n_nodes]]++;
        pulang_transport_plan_free(plan);
    }
    free(made);
    cr_assert(with_root[0] > 50 && with_root[1] > 50, "%d, %d", with_root[0], with_root[1]);
}

Test(transport_cut, bounds_too_large_to_add_up_prove_nothing) {
    static const int64_t upper[] = {INT64_MAX, INT64_MAX, INT64_MAX};
    pulang_transport problem = crowded;
    int64_t violation = -1;
    problem.upper = upper;
    cr_assert_not_null(
        pulang_transport_cut_check(&problem, (bool[]){true, true, true, false}, 1, &violation));
    cr_assert_eq(violation, -1);
}

Test(transport_cut, survives_failing_allocations) {
    const pulang_transport *problems[] = {&crowded, &empty};
    for (int i = 0; i < 2; i++) {
        const char *message;
        pulang_transport_plan *plan = NULL;
        pulang_transport_settings settings = {.threads = 1};
        for (long k = 1; !plan; k++) {
            pulang_alloc_fail_at(k);
            pulang_status status = pulang_transport_solve(problems[i], &settings, &plan, NULL);
            cr_assert_eq(status, plan ? PULANG_OK : PULANG_ERROR_MEMORY);
        }
        pulang_alloc_fail_at(1);
        cr_assert(!pulang_transport_check(problems[i], plan, 1, &message));
        cr_assert_str_eq(message, "out of memory");
        pulang_alloc_fail_at(0);
        pulang_transport_plan_free(plan);
    }
}
