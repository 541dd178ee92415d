#include "model/alloc.h"
#include "model/eligible.h"
#include "model/plan.h"
#include "solver/core.h"
#include "solver/residual.h"
#include "tests/support_instance.h"

#include <criterion/criterion.h>
#include <string.h>

#define MOST_LEVELS 16

/* A plan and its residual network, NULL where there is none. */
typedef struct fixture {
    pulang_problem *problem;
    pulang_plan *plan;
    int *flow, *class_of;
    pulang_residual *residual;
    const char *why;
} fixture;

static fixture fixture_new(const pulang_instance *instance) {
    fixture f = {0};
    pulang_settings settings;
    pulang_error error = {0};
    pulang_settings_default(&settings);
    cr_assert_eq(pulang_solve(instance, &settings, &f.plan, &error), PULANG_OK, "%s", error.message);
    cr_assert_eq(pulang_problem_new(instance, &f.problem, NULL), PULANG_OK);
    f.class_of = pulang_alloc((size_t)instance->n_persons, sizeof *f.class_of);
    if (!f.plan->exists)
        return f;
    cr_assert_eq(pulang_residual_flow(f.problem, f.plan->post, f.class_of, &f.flow, NULL), PULANG_OK);
    cr_assert_eq(pulang_residual_new(f.problem, f.flow, &f.residual, &f.why, NULL), PULANG_OK);
    return f;
}

static void fixture_free(fixture *f) {
    pulang_residual_free(f->residual);
    pulang_free(f->flow);
    pulang_free(f->class_of);
    pulang_problem_free(f->problem);
    pulang_plan_free(f->plan);
}

/* How the levels change when the class has one more in the post; false: that cannot be. */
static bool forced(const fixture *f, const pulang_residual_paths *paths, int class, int post,
                   int64_t *change) {
    int node = f->problem->n_classes + post, n_levels = f->problem->n_levels;
    int arc = pulang_residual_arc(f->problem, class, post);
    if (arc == PULANG_NONE || !paths->reached[node])
        return false;
    pulang_residual_edge enter = {.from = class, .to = node, .item = arc, .kind = PULANG_RESIDUAL_ENTER};
    pulang_residual_cost(f->residual, &enter, change);
    for (int l = 0; l < n_levels; l++)
        change[l] += paths->distance[(size_t)node * (size_t)n_levels + (size_t)l];
    return true;
}

/* The edges of a path lead from one node to the other and add up to its distance. */
static void assert_path(const pulang_residual *r, const pulang_residual_paths *paths, int node) {
    int64_t sum[MOST_LEVELS] = {0}, cost[MOST_LEVELS];
    int at = node;
    for (int e; (e = paths->edge[at]) != PULANG_NONE;) {
        const pulang_residual_edge *edge = &r->edges[e];
        cr_assert_eq(paths->towards ? edge->from : edge->to, at);
        pulang_residual_cost(r, edge, cost);
        for (int l = 0; l < r->n_levels; l++)
            sum[l] += cost[l];
        at = paths->towards ? edge->to : edge->from;
    }
    cr_assert_eq(at, paths->node);
    cr_assert_eq(pulang_residual_compare(r->n_levels, sum, paths->distance + node * r->n_levels), 0);
}

/* Both directions find the same, and every path is what it says. */
static void assert_paths(const pulang_residual *r) {
    int node = r->n_nodes / 2;
    pulang_residual_paths *to = pulang_residual_search(r, node, true, PULANG_NONE);
    for (int v = 0; v < r->n_nodes; v++) {
        pulang_residual_paths *from = pulang_residual_search(r, v, false, PULANG_NONE);
        cr_assert_eq(to->reached[v], from->reached[node]);
        if (to->reached[v]) {
            cr_assert_eq(pulang_residual_compare(r->n_levels, to->distance + v * r->n_levels,
                                                 from->distance + node * r->n_levels),
                         0);
            assert_path(r, to, v);
            assert_path(r, from, node);
        }
        pulang_residual_paths_free(from);
    }
    pulang_residual_paths_free(to);
}

/* Every person in every post of small instances, against all plans with that pin. */
Test(residual, costs_of_a_pin_are_exact) {
    int n_networks = 0, n_pairs = 0, n_impossible = 0;
    for (int seed = 1; seed <= 400; seed++) {
        test_random random = {(uint64_t)seed};
        pulang_instance *instance = test_instance_random(&random);
        fixture f = fixture_new(instance);
        n_networks += f.residual != NULL;
        if (f.residual && seed % 10 == 0)
            assert_paths(f.residual);
        for (int p = 0; f.residual && p < instance->n_persons; p++) {
            pulang_residual_paths *paths =
                pulang_residual_search(f.residual, f.class_of[p], true, PULANG_NONE);
            for (int j = 0; j < instance->n_posts; j++) {
                int64_t change[MOST_LEVELS], best[MOST_LEVELS];
                int post_of[8], pin = instance->persons[p].pin;
                if (pulang_eligible_bar(instance, p, j) != PULANG_BAR_NONE)
                    continue;
                bool possible = forced(&f, paths, f.class_of[p], j, change);
                instance->persons[p].pin = j;
                bool exists = test_instance_enumerate(instance, post_of, best);
                instance->persons[p].pin = pin;
                cr_assert_eq(possible, exists, "seed %d person %d post %d", seed, p, j);
                for (int l = 0; exists && l < f.plan->n_levels; l++)
                    cr_assert_eq(f.plan->levels[l].value + change[l], best[l],
                                 "seed %d person %d post %d level %d: %lld, not %lld", seed, p, j, l,
                                 (long long)change[l], (long long)(best[l] - f.plan->levels[l].value));
                n_pairs++;
                n_impossible += !exists;
            }
            pulang_residual_paths_free(paths);
        }
        fixture_free(&f);
        pulang_instance_free(instance);
    }
    cr_assert(n_networks > 100 && n_pairs > 400 && n_impossible > 10, "%d networks, %d pairs, %d impossible",
              n_networks, n_pairs, n_impossible);
}

static pulang_instance *read_dataset(const char *dir) {
    pulang_findings *findings = pulang_findings_new();
    pulang_instance *instance = NULL;
    cr_assert_eq(pulang_instance_read(dir, NULL, findings, &instance, NULL), PULANG_OK);
    pulang_findings_free(findings);
    return instance;
}

enum { N_PINS = 12 }; /* benchmarks/core/explain.c tries more */

/* Random people of a regency in random posts that they may hold, against solving anew with that pin. */
Test(residual, agrees_with_solving_kotim_anew) {
    pulang_instance *instance = read_dataset("datasets/kotim");
    fixture f = fixture_new(instance);
    pulang_session *session = NULL;
    pulang_settings settings;
    test_random random = {7};
    pulang_settings_default(&settings);
    cr_assert(f.residual, "%s", f.why);
    cr_assert_eq(pulang_session_new(instance, &settings, &session, NULL), PULANG_OK);
    for (int i = 0; i < N_PINS;) {
        int p = test_random_range(&random, 0, instance->n_persons - 1);
        int j = test_random_range(&random, 0, instance->n_posts - 1);
        int64_t change[MOST_LEVELS];
        if (pulang_eligible_bar(instance, p, j) != PULANG_BAR_NONE)
            continue;
        pulang_residual_paths *paths = pulang_residual_search(f.residual, f.class_of[p], true, PULANG_NONE);
        bool possible = forced(&f, paths, f.class_of[p], j, change);
        pulang_residual_paths_free(paths);
        pulang_session_reset(session);
        cr_assert_eq(pulang_session_pin(session, p, j, NULL), PULANG_OK);
        cr_assert_eq(pulang_session_solve(session, NULL), PULANG_OK);
        const pulang_plan *plan = pulang_session_plan(session);
        cr_assert_eq(possible, plan->exists);
        for (int l = 0; possible && l < plan->n_levels; l++)
            cr_assert_eq(f.plan->levels[l].value + change[l], plan->levels[l].value, "%d in %d, level %d", p,
                         j, l);
        i++;
    }
    pulang_session_free(session);
    fixture_free(&f);
    pulang_instance_free(instance);
}

/* A plan that is not the best has a cycle that pays, and is refused. */
Test(residual, refuses_what_is_not_optimal) {
    pulang_instance *instance = test_instance_new(2, 2, 2, 0);
    fixture f = fixture_new(instance);
    int none[2] = {PULANG_NONE, PULANG_NONE}, *flow = NULL;
    pulang_residual *residual = NULL;
    const char *why = NULL;
    cr_assert_eq(pulang_residual_flow(f.problem, none, f.class_of, &flow, NULL), PULANG_OK);
    cr_assert_eq(pulang_residual_new(f.problem, flow, &residual, &why, NULL), PULANG_OK);
    cr_assert(!residual && why);
    pulang_free(flow);
    fixture_free(&f);
    pulang_instance_free(instance);
}

Test(residual, survives_every_failing_allocation) {
    pulang_instance *instance = test_instance_new(3, 2, 2, 1);
    fixture f = fixture_new(instance);
    cr_assert(f.residual, "%s", f.why);
    bool done = false;
    for (long k = 1; !done; k++) {
        pulang_residual *residual = NULL;
        pulang_residual_paths *paths = NULL;
        const char *why = NULL;
        int *flow = NULL;
        pulang_alloc_fail_at(k);
        pulang_status status = pulang_residual_flow(f.problem, f.plan->post, f.class_of, &flow, NULL);
        if (status == PULANG_OK)
            status = pulang_residual_new(f.problem, flow, &residual, &why, NULL);
        if (status == PULANG_OK)
            paths = pulang_residual_search(residual, 0, true, PULANG_NONE);
        pulang_alloc_fail_at(0);
        done = paths != NULL;
        cr_assert(done || status == PULANG_ERROR_MEMORY || status == PULANG_OK);
        pulang_residual_paths_free(paths);
        pulang_residual_free(residual);
        pulang_free(flow);
    }
    fixture_free(&f);
    pulang_instance_free(instance);
}
