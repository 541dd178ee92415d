#include "model/alloc.h"
#include "model/program.h"
#include "solver/glpk.h"
#include "solver/mincost.h"
#include "tests/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NODES = 12, MOST_ARCS = 40 };

/* A network with its arrays. */
typedef struct test_network {
    pulang_flow_network network;
    int64_t supply[MOST_NODES], lower[MOST_ARCS], upper[MOST_ARCS], cost[MOST_ARCS];
    int tail[MOST_ARCS], head[MOST_ARCS];
} test_network;

static void point(test_network *made) {
    pulang_flow_network *n = &made->network;
    n->supply = made->supply;
    n->tail = made->tail, n->head = made->head;
    n->lower = made->lower, n->upper = made->upper, n->cost = made->cost;
}

/* Supplies that mostly add up, bounds, negative costs, loops and parallel arcs; unlimited: some arcs have no
   upper bound. */
static void fill(uint64_t seed, int most_nodes, int most_arcs, bool unlimited, test_network *made) {
    test_random random = {seed};
    memset(made, 0, sizeof *made);
    point(made);
    pulang_flow_network *n = &made->network;
    n->n_nodes = test_random_range(&random, 1, most_nodes);
    n->n_arcs = test_random_range(&random, 0, most_arcs);
    bool negative = test_random_range(&random, 0, 1);
    for (int i = test_random_range(&random, 0, 3); i > 0; i--) {
        int units = test_random_range(&random, 0, 3);
        n->supply[test_random_range(&random, 0, n->n_nodes - 1)] += units;
        n->supply[test_random_range(&random, 0, n->n_nodes - 1)] -= units;
    }
    if (test_random_range(&random, 0, 19) == 0)
        n->supply[0]++;
    for (int a = 0; a < n->n_arcs; a++) {
        n->tail[a] = test_random_range(&random, 0, n->n_nodes - 1);
        n->head[a] = test_random_range(&random, 0, n->n_nodes - 1);
        n->lower[a] = test_random_range(&random, 0, 5) ? 0 : 1;
        n->upper[a] = n->lower[a] + test_random_range(&random, 0, 2);
        if (unlimited && test_random_range(&random, 0, 2) == 0)
            n->upper[a] = PULANG_FLOW_NO_UPPER;
        n->cost[a] = test_random_range(&random, negative ? -5 : 0, 9);
    }
}

/* Tries every flow. */
static bool enumerate(const pulang_flow_network *n, int arc, int64_t *left, int64_t cost, int64_t *best) {
    if (arc == n->n_arcs) {
        for (int v = 0; v < n->n_nodes; v++)
            if (left[v] != 0)
                return false;
        *best = cost < *best ? cost : *best;
        return true;
    }
    bool found = false;
    for (int64_t flow = n->lower[arc]; flow <= n->upper[arc]; flow++) {
        left[n->tail[arc]] -= flow;
        left[n->head[arc]] += flow;
        found |= enumerate(n, arc + 1, left, cost + flow * n->cost[arc], best);
        left[n->tail[arc]] += flow;
        left[n->head[arc]] -= flow;
    }
    return found;
}

static pulang_flow_plan *solve(const pulang_flow_network *network) {
    pulang_flow_plan *plan = NULL;
    pulang_error error = {0};
    const char *message;
    cr_assert_eq(pulang_mincost_solve(network, NULL, NULL, &plan, &error), PULANG_OK, "%s", error.message);
    cr_assert(pulang_flow_check(network, plan, &message), "%s", message);
    return plan;
}

Test(mincost, agrees_with_enumeration) {
    int infeasible = 0;
    for (uint64_t seed = 1; seed <= 5000; seed++) {
        test_network made;
        int64_t left[MOST_NODES], best = INT64_MAX;
        fill(seed, 5, 8, false, &made);
        memcpy(left, made.supply, sizeof left);
        bool exists = enumerate(&made.network, 0, left, 0, &best);
        pulang_flow_plan *plan = solve(&made.network);
        cr_assert_eq(plan->outcome, exists ? PULANG_FLOW_OPTIMAL : PULANG_FLOW_INFEASIBLE, "seed %d",
                     (int)seed);
        cr_assert(!exists || plan->objective == best, "seed %d: %lld, the optimum is %lld", (int)seed,
                  (long long)plan->objective, (long long)best);
        infeasible += !exists;
        pulang_flow_plan_free(plan);
    }
    cr_assert(infeasible > 500 && infeasible < 4500, "%d were infeasible", infeasible);
}

/* The network as a linear program, with `unlimited` in the place of missing upper bounds. */
static pulang_program *make_program(const pulang_flow_network *n, double unlimited) {
    pulang_arena *arena = pulang_arena_new();
    pulang_program *program = pulang_arena_alloc(arena, 1, sizeof *program);
    *program = (pulang_program){.name = "flow", .arena = arena, .n_rows = n->n_nodes, .n_columns = n->n_arcs};
    program->rows = pulang_arena_alloc(arena, (size_t)n->n_nodes, sizeof *program->rows);
    program->columns = pulang_arena_alloc(arena, (size_t)n->n_arcs, sizeof *program->columns);
    program->begin = pulang_arena_alloc(arena, (size_t)n->n_arcs + 1, sizeof *program->begin);
    program->row = pulang_arena_alloc(arena, 2 * (size_t)n->n_arcs, sizeof *program->row);
    program->value = pulang_arena_alloc(arena, 2 * (size_t)n->n_arcs, sizeof *program->value);
    for (int v = 0; v < n->n_nodes; v++)
        program->rows[v] = (pulang_program_row){"node", (double)n->supply[v], (double)n->supply[v]};
    for (int a = 0; a < n->n_arcs; a++) {
        double upper = n->upper[a] == PULANG_FLOW_NO_UPPER ? unlimited : (double)n->upper[a];
        program->columns[a] = (pulang_program_column){
            .name = "arc", .lower = (double)n->lower[a], .upper = upper, .cost = (double)n->cost[a]};
        bool up = n->tail[a] < n->head[a];
        if (n->tail[a] != n->head[a])
            for (int end = 0; end < 2; end++) { /* rows ascend */
                program->row[program->n_entries] = (end == 0) == up ? n->tail[a] : n->head[a];
                program->value[program->n_entries++] = (end == 0) == up ? 1 : -1;
            }
        program->begin[a + 1] = program->n_entries;
    }
    return program;
}

/* The value by GLPK; false: infeasible. */
static bool relax(const pulang_flow_network *network, double unlimited, double *value) {
    pulang_program *program = make_program(network, unlimited);
    double x[MOST_ARCS + 1];
    pulang_glpk_result result;
    pulang_error error;
    cr_assert_eq(pulang_glpk_relax(program, INFINITY, NULL, x, NULL, &result, &error), PULANG_OK, "%s",
                 error.message);
    pulang_program_free(program);
    *value = result.value;
    return result.outcome == PULANG_GLPK_OPTIMAL;
}

/* Without a bound below, twice the room makes a lower cost. */
Test(mincost, agrees_with_linear_programming) {
    int counts[3] = {0};
    for (uint64_t seed = 1; seed <= 3000; seed++) {
        test_network made;
        double value, more;
        fill(seed, MOST_NODES, MOST_ARCS, true, &made);
        pulang_flow_plan *plan = solve(&made.network);
        bool exists = relax(&made.network, 1000, &value);
        bool unbounded = exists && relax(&made.network, 2000, &more) && more < value - 0.5;
        cr_assert_eq(plan->outcome,
                     !exists     ? PULANG_FLOW_INFEASIBLE
                     : unbounded ? PULANG_FLOW_UNBOUNDED
                                 : PULANG_FLOW_OPTIMAL,
                     "seed %d: outcome %d", (int)seed, (int)plan->outcome);
        cr_assert(!exists || unbounded || fabs(value - (double)plan->objective) < 0.01,
                  "seed %d: %lld, GLPK says %g", (int)seed, (long long)plan->objective, value);
        counts[plan->outcome]++;
        pulang_flow_plan_free(plan);
    }
    for (int i = 0; i < 3; i++)
        cr_assert_lt(100, counts[i], "outcome %d: %d", i, counts[i]);
}

/* 4 units from node 0 to node 3 over 1 and 2, which a bridge joins. */
static void fill_bridge(test_network *made) {
    *made = (test_network){.supply = {4, 0, 0, -4},
                           .tail = {0, 0, 1, 1, 2},
                           .head = {1, 2, 2, 3, 3},
                           .lower = {0, 1, 0, 0, 0},
                           .upper = {4, 2, 2, 3, 5},
                           .cost = {2, 2, 1, 3, 1}};
    made->network.n_nodes = 4;
    made->network.n_arcs = 5;
    point(made);
}

Test(mincost, known_answer) {
    test_network made;
    fill_bridge(&made);
    pulang_flow_plan *plan = solve(&made.network);
    cr_assert_eq(plan->outcome, PULANG_FLOW_OPTIMAL);
    cr_assert_eq(plan->objective, 2 * 3 + 2 * 4);
    cr_assert(plan->flow[0] == 2 && plan->flow[1] == 2 && plan->flow[2] == 2 && plan->flow[3] == 0);
    pulang_flow_plan_free(plan);
}

static void assert_refused(const pulang_flow_network *network, const pulang_flow_plan *plan,
                           const char *expected) {
    const char *message;
    cr_assert(!pulang_flow_check(network, plan, &message));
    cr_assert_str_eq(message, expected);
}

Test(mincost, tampered_plans_fail_the_check) {
    test_network made;
    fill_bridge(&made);
    const pulang_flow_network *n = &made.network;
    pulang_flow_plan *plan = solve(n);
    plan->objective++;
    assert_refused(n, plan, "the objective is not the sum of the costs");
    plan->objective--;
    plan->flow[0]++;
    assert_refused(n, plan, "the flow into and out of a node do not match its supply");
    plan->flow[0] = 5;
    assert_refused(n, plan, "the flow of an arc is outside its bounds");
    plan->flow[0] = 3, plan->flow[1] = 1, plan->flow[3] = 1, plan->flow[4] = 3; /* feasible, and dearer */
    plan->objective = 6 + 2 + 2 + 3 + 3;
    assert_refused(n, plan, "the potentials do not prove the optimum");
    plan->outcome = PULANG_FLOW_INFEASIBLE;
    assert_refused(n, plan, "the cut does not prove that there is no flow");
    plan->outcome = PULANG_FLOW_UNBOUNDED;
    assert_refused(n, plan, "the cycle does not lower the cost");
    plan->outcome = PULANG_FLOW_STOPPED;
    assert_refused(n, plan, "the method was stopped");
    pulang_flow_plan_free(plan);
}

/* 7 units where the arcs out of node 0 take 6. */
Test(mincost, tampered_cuts_fail_the_check) {
    test_network made;
    fill_bridge(&made);
    made.supply[0] = 7, made.supply[3] = -7;
    pulang_flow_plan *plan = solve(&made.network);
    cr_assert_eq(plan->outcome, PULANG_FLOW_INFEASIBLE);
    for (int v = 0; v < 4; v++)
        cr_assert_eq(plan->cut[v], v == 0);
    for (int v = 0; v < 4; v++) {
        plan->cut[v] = !plan->cut[v];
        assert_refused(&made.network, plan, "the cut does not prove that there is no flow");
        plan->cut[v] = !plan->cut[v];
    }
    made.upper[1] = PULANG_FLOW_NO_UPPER;
    assert_refused(&made.network, plan, "the cut does not prove that there is no flow");
    pulang_flow_plan_free(plan);
}

Test(mincost, tampered_cycles_fail_the_check) {
    test_network made = {.tail = {0, 1, 0}, .head = {1, 0, 1}, .cost = {-3, 1, -4}};
    for (int a = 0; a < 3; a++)
        made.upper[a] = a < 2 ? PULANG_FLOW_NO_UPPER : 7;
    made.network.n_nodes = 2;
    made.network.n_arcs = 3;
    point(&made);
    pulang_flow_plan *plan = solve(&made.network);
    cr_assert_eq(plan->outcome, PULANG_FLOW_UNBOUNDED);
    cr_assert_eq(plan->n_cycle, 2);
    int first = plan->cycle[0];
    plan->cycle[0] = 3;
    assert_refused(&made.network, plan, "the cycle is none");
    plan->cycle[0] = plan->cycle[1];
    assert_refused(&made.network, plan, "the cycle is none");
    plan->cycle[0] = first;
    plan->cycle[plan->cycle[0] == 0 ? 0 : 1] = 2;
    assert_refused(&made.network, plan, "an arc of the cycle has an upper bound");
    pulang_flow_plan_free(plan);
}

Test(mincost, large_numbers) {
    test_network made;
    fill_bridge(&made);
    for (int a = 0; a < 5; a++) /* capacities that stand for none */
        made.upper[a] = INT64_MAX - 1;
    made.cost[2] = INT64_C(1000000000000000);
    pulang_flow_plan *plan = solve(&made.network);
    cr_assert_eq(plan->objective, 12);
    pulang_flow_plan_free(plan);

    pulang_error error;
    plan = NULL;
    made.cost[2] = INT64_MAX / 4;
    cr_assert_eq(pulang_mincost_solve(&made.network, NULL, NULL, &plan, &error), PULANG_ERROR_LIMIT);
    made.cost[2] = INT64_MIN;
    cr_assert_eq(pulang_mincost_solve(&made.network, NULL, NULL, &plan, &error), PULANG_ERROR_LIMIT);
    made.cost[2] = -1; /* now a capacity bounds what a cycle may carry */
    cr_assert_eq(pulang_mincost_solve(&made.network, NULL, NULL, &plan, &error), PULANG_ERROR_LIMIT);
    cr_assert_null(plan);
}

static bool at_once(void *user) {
    (void)user;
    return true;
}

/* A chain of assignment problems long enough for the method to ask. */
Test(mincost, stops_when_told) {
    enum { N = 300 };
    test_random random = {1};
    pulang_flow_network n = {.n_nodes = 2 * N, .n_arcs = N * N};
    n.supply = calloc(2 * N, sizeof *n.supply);
    n.tail = calloc(N * N, sizeof *n.tail), n.head = calloc(N * N, sizeof *n.head);
    n.lower = calloc(N * N, sizeof *n.lower), n.upper = calloc(N * N, sizeof *n.upper);
    n.cost = calloc(N * N, sizeof *n.cost);
    for (int i = 0; i < N; i++) {
        n.supply[i] = 1, n.supply[N + i] = -1;
        for (int j = 0; j < N; j++) {
            int a = i * N + j;
            n.tail[a] = i, n.head[a] = N + j, n.upper[a] = 1;
            n.cost[a] = test_random_range(&random, 1, 10000);
        }
    }
    pulang_flow_plan *plan = NULL;
    cr_assert_eq(pulang_mincost_solve(&n, at_once, NULL, &plan, NULL), PULANG_OK);
    cr_assert_eq(plan->outcome, PULANG_FLOW_STOPPED);
    pulang_flow_plan_free(plan);
    free(n.supply), free(n.tail), free(n.head), free(n.lower), free(n.upper), free(n.cost);
}

Test(mincost, survives_every_failing_allocation) {
    int unbounded = 0;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        test_network made;
        fill(seed, 5, 8, true, &made);
        bool done = false;
        for (long k = 1; !done; k++) {
            pulang_flow_plan *plan = NULL;
            pulang_alloc_fail_at(k);
            pulang_status status = pulang_mincost_solve(&made.network, NULL, NULL, &plan, NULL);
            pulang_alloc_fail_at(0);
            cr_assert(status == PULANG_OK || (status == PULANG_ERROR_MEMORY && !plan));
            done = status == PULANG_OK;
            unbounded += done && plan->outcome == PULANG_FLOW_UNBOUNDED;
            pulang_flow_plan_free(plan);
        }
    }
    cr_assert_lt(0, unbounded);
}
