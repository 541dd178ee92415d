/*
 * Alternatives and certainty against all assignments of small instances, counted person by person.
 */
#include "model/alloc.h"
#include "model/check.h"
#include "solver/alternatives.h"
#include "solver/certain.h"
#include "tests/support_crossing.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { FEW_PLANS = 700, MOST_PLANS = FEW_PLANS, MOST_PERSONS = 8, MOST_LEVELS = 8, COUNT = 3 };

/* All assignments that keep the hard rules. */
typedef struct world {
    const pulang_instance *instance;
    pulang_problem *problem;
    int class_of[MOST_PERSONS];
    int n;
    int post[MOST_PLANS][MOST_PERSONS];
    int64_t value[MOST_PLANS][MOST_LEVELS];
} world;

static void try_assignment(world *w, const int *post) {
    pulang_evaluation *evaluation = NULL;
    cr_assert_eq(pulang_check_plan(w->instance, post, &evaluation, NULL), PULANG_OK);
    if (evaluation->n_violations == 0) {
        memcpy(w->post[w->n], post, (size_t)w->instance->n_persons * sizeof *post);
        memcpy(w->value[w->n++], evaluation->value, (size_t)evaluation->n_levels * sizeof(int64_t));
    }
    pulang_evaluation_free(evaluation);
}

static void enumerate(world *w, const pulang_instance *instance) {
    int post[MOST_PERSONS], p = 0;
    *w = (world){.instance = instance};
    cr_assert_leq(instance->scenario.n_levels, MOST_LEVELS);
    cr_assert_eq(pulang_problem_new(instance, &w->problem, NULL), PULANG_OK);
    for (int k = 0; k < w->problem->n_classes; k++)
        for (int i = w->problem->member_begin[k]; i < w->problem->member_begin[k + 1]; i++)
            w->class_of[w->problem->members[i]] = k;
    for (p = 0; p < instance->n_persons; p++)
        post[p] = PULANG_NONE;
    while (p >= 0) {
        try_assignment(w, post);
        for (p = instance->n_persons - 1; p >= 0 && ++post[p] == instance->n_posts; p--)
            post[p] = PULANG_NONE;
    }
}

static int compare(const world *w, const int64_t *a, const int64_t *b) {
    for (int l = 0; l < w->instance->scenario.n_levels; l++)
        if (a[l] != b[l])
            return a[l] < b[l] ? -1 : 1;
    return 0;
}

/* People elsewhere, alike ones being one another: each of a class is matched with one in the same post. */
static int distance(const world *w, const int *a, const int *b) {
    int n = w->instance->n_persons, same = 0;
    bool used[MOST_PERSONS] = {false};
    for (int p = 0; p < n; p++)
        for (int q = 0; q < n; q++)
            if (!used[q] && w->class_of[p] == w->class_of[q] && a[p] == b[q]) {
                used[q] = true;
                same++;
                break;
            }
    return n - same;
}

static pulang_plan *solve(const pulang_instance *instance) {
    pulang_settings settings;
    pulang_plan *plan = NULL;
    pulang_settings_default(&settings);
    cr_assert_eq(pulang_solve(instance, &settings, &plan, NULL), PULANG_OK);
    return plan;
}

/* The posts that a person has in the best plans are those stated. */
static void check_certain(const world *w, const pulang_plan *plan, int seed) {
    pulang_optima *optima = NULL;
    pulang_certain *certain = NULL;
    pulang_limits limits = {.deadline = INFINITY};
    pulang_error error = {0};
    int64_t best[MOST_LEVELS];
    for (int l = 0; l < plan->n_levels; l++)
        best[l] = plan->levels[l].value;
    cr_assert_eq(pulang_optima_new(w->problem, plan, w->problem->n_levels, &optima, &error), PULANG_OK,
                 "seed %d: %s", seed, error.message);
    cr_assert_eq(pulang_certain_find(w->instance, optima, plan->post, &limits, &certain, &error), PULANG_OK,
                 "seed %d: %s", seed, error.message);
    cr_assert(certain->whole);
    int n_certain = 0;
    for (int p = 0; p < w->instance->n_persons; p++) {
        bool alone = true;
        for (int post = PULANG_NONE; post < w->instance->n_posts; post++) {
            bool may = false;
            for (int i = 0; i < w->n; i++)
                may = may || (w->post[i][p] == post && compare(w, w->value[i], best) == 0);
            bool stated = post == plan->post[p] || pulang_certain_may_have(certain, p, post);
            cr_assert_eq(may, stated, "seed %d person %d post %d: %s", seed, p, post, plan->method);
            alone = alone && (!may || post == plan->post[p]);
        }
        n_certain += alone;
        cr_assert_eq(certain->of[p], alone ? PULANG_CERTAIN : PULANG_INTERCHANGEABLE);
        cr_assert_eq(certain->round[p] == PULANG_NONE, alone);
    }
    cr_assert_eq(certain->n_certain, n_certain);
    for (int p = 0; certain->swaps && p < w->instance->n_persons; p++)
        for (int q = 0; q < p; q++) {
            int post[MOST_PERSONS];
            bool found = false;
            if (!pulang_certain_swap(certain, p, q))
                continue;
            cr_assert_eq(certain->round[p], certain->round[q]);
            memcpy(post, plan->post, (size_t)w->instance->n_persons * sizeof *post);
            post[p] = plan->post[q];
            post[q] = plan->post[p];
            for (int i = 0; i < w->n && !found; i++)
                found = memcmp(post, w->post[i], (size_t)w->instance->n_persons * sizeof *post) == 0 &&
                        compare(w, w->value[i], best) == 0;
            cr_assert(found, "seed %d: persons %d and %d", seed, p, q);
        }
    pulang_certain_free(certain);
    pulang_optima_free(optima);
}

/* The best of all assignments that are far enough from those before, -1: none. */
static int best_apart(const world *w, int n, int *const *before, int differ) {
    int best = -1;
    for (int i = 0; i < w->n; i++) {
        bool far = true;
        for (int b = 0; b < n && far; b++)
            far = distance(w, w->post[i], before[b]) >= differ;
        if (far && (best < 0 || compare(w, w->value[i], w->value[best]) < 0))
            best = i;
    }
    return best;
}

/* Returns how many plans there were. */
static int check_alternatives(const world *w, const pulang_plan *plan, int differ, int seed) {
    const pulang_alternatives_request request = {.count = COUNT, .differ = differ};
    pulang_alternatives *found = NULL;
    pulang_settings settings;
    pulang_error error = {0};
    int *before[COUNT + 1] = {plan->post}, n = 1;
    pulang_settings_default(&settings);
    cr_assert_eq(pulang_alternatives_find(w->problem, plan, &request, &settings, &found, &error), PULANG_OK,
                 "seed %d: %s", seed, error.message);
    for (; n <= COUNT; n++) {
        int best = best_apart(w, n, before, differ);
        cr_assert_eq(n <= found->n, best >= 0, "seed %d differ %d plan %d", seed, differ, n);
        if (best < 0)
            break;
        const pulang_alternative *item = &found->items[n - 1];
        int64_t value[MOST_LEVELS];
        for (int l = 0; l < plan->n_levels; l++) {
            value[l] = item->levels[l].value;
            cr_assert_eq(item->levels[l].bound, value[l], "seed %d plan %d level %d", seed, n, l);
        }
        cr_assert(item->proven, "seed %d plan %d", seed, n);
        cr_assert_eq(compare(w, value, w->value[best]), 0, "seed %d differ %d plan %d: not the best", seed,
                     differ, n);
        for (int b = 0; b < n; b++)
            cr_assert_geq(distance(w, item->post, before[b]), differ, "seed %d plan %d", seed, n);
        cr_assert_eq(item->n_elsewhere, distance(w, item->post, plan->post));
        before[n] = item->post;
    }
    cr_assert_eq(found->ended, n <= COUNT, "seed %d", seed);
    pulang_alternatives_free(found);
    return n - 1;
}

/* Returns whether there was a plan. */
static bool check_instance(const pulang_instance *instance, int seed, int *n_alternatives) {
    static world w;
    pulang_plan *plan = solve(instance);
    bool exists = plan->exists;
    if (exists) {
        enumerate(&w, instance);
        check_certain(&w, plan, seed);
        *n_alternatives += check_alternatives(&w, plan, 1 + seed % 3, seed);
        pulang_problem_free(w.problem);
    }
    pulang_plan_free(plan);
    return exists;
}

Test(alternatives, are_those_of_all_assignments) {
    int n = 0, n_alternatives = 0;
    for (int seed = 1; seed <= 200; seed++) {
        test_random random = {(uint64_t)seed};
        pulang_instance *instance = test_instance_random(&random);
        if (test_instance_plans(instance) <= FEW_PLANS)
            n += check_instance(instance, seed, &n_alternatives);
        pulang_instance_free(instance);
    }
    cr_assert(n > 80 && n_alternatives > n, "%d instances, %d alternatives", n, n_alternatives);
}

Test(alternatives, are_those_of_all_assignments_with_rules_that_cut_across) {
    int n = 0, n_alternatives = 0;
    for (int seed = 1; seed <= 800; seed++) {
        pulang_instance *instance = test_crossing_random((uint64_t)seed);
        if (test_instance_plans(instance) <= FEW_PLANS)
            n += check_instance(instance, seed, &n_alternatives);
        pulang_instance_free(instance);
    }
    cr_assert(n > 100 && n_alternatives > n, "%d instances, %d alternatives", n, n_alternatives);
}

/* Four people of whom three are alike, in two posts with two seats each: the three are spread, and another
   who takes a seat of theirs is one more elsewhere, whoever of them gives way. */
Test(alternatives, counts_alike_people_as_one_another) {
    pulang_instance *instance = test_instance_new(4, 2, 2, 0);
    int n_alternatives = 0;
    for (int p = 0; p < 4; p++) {
        instance->persons[p].category = "a";
        instance->persons[p].origin = p > 0;
    }
    for (int j = 0; j < 2; j++)
        instance->posts[j].max = instance->posts[j].target = 2;
    cr_assert(check_instance(instance, 1, &n_alternatives));
    cr_assert_gt(n_alternatives, 0);
    pulang_instance_free(instance);
}

Test(alternatives, refuses_a_plan_that_is_not_best) {
    pulang_instance *instance = test_instance_new(2, 2, 2, 0);
    pulang_problem *problem = NULL;
    pulang_optima *optima = NULL;
    instance->persons[0].origin = 0;
    instance->persons[1].origin = 1;
    pulang_plan *plan = solve(instance);
    cr_assert_eq(pulang_problem_new(instance, &problem, NULL), PULANG_OK);
    plan->post[0] = 1;
    plan->post[1] = 0;
    cr_assert_eq(pulang_optima_new(problem, plan, problem->n_levels, &optima, NULL), PULANG_ERROR_ARGUMENT);
    cr_assert_null(optima);
    pulang_problem_free(problem);
    pulang_plan_free(plan);
    pulang_instance_free(instance);
}

/* Everything with every k-th allocation failing. */
static void sweep(const pulang_instance *instance) {
    const pulang_alternatives_request request = {.count = 1, .differ = 1};
    pulang_plan *plan = solve(instance);
    pulang_problem *problem = NULL;
    pulang_settings settings;
    bool done = false;
    pulang_settings_default(&settings);
    cr_assert_eq(pulang_problem_new(instance, &problem, NULL), PULANG_OK);
    for (long k = 1; !done; k++) {
        pulang_limits limits = {.deadline = INFINITY};
        pulang_optima *optima = NULL;
        pulang_certain *certain = NULL;
        pulang_alternatives *found = NULL;
        pulang_alloc_fail_at(k);
        pulang_status status = pulang_optima_new(problem, plan, problem->n_levels, &optima, NULL);
        if (status == PULANG_OK)
            status = pulang_certain_find(instance, optima, plan->post, &limits, &certain, NULL);
        if (status == PULANG_OK)
            status = pulang_alternatives_find(problem, plan, &request, &settings, &found, NULL);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || status == PULANG_ERROR_MEMORY, "allocation %ld: %d", k, (int)status);
        done = status == PULANG_OK;
        pulang_alternatives_free(found);
        pulang_certain_free(certain);
        pulang_optima_free(optima);
    }
    pulang_problem_free(problem);
    pulang_plan_free(plan);
}

Test(alternatives, survive_every_failing_allocation) {
    pulang_instance *instance = test_instance_new(2, 2, 2, 0);
    sweep(instance);
    test_instance_group(instance, 0, 1);
    sweep(instance);
    pulang_instance_free(instance);
}

/* On a regency: whoever is certain costs something elsewhere, whoever is not costs nothing in another post.
 */
Test(alternatives, certainty_is_what_solving_again_finds) {
    pulang_findings *findings = pulang_findings_new();
    pulang_instance *instance = NULL;
    pulang_problem *problem = NULL;
    pulang_optima *optima = NULL;
    pulang_certain *certain = NULL;
    pulang_session *session = NULL;
    pulang_settings settings;
    pulang_limits limits = {.deadline = INFINITY};
    test_random random = {1};
    int n_seen[2] = {0};
    pulang_settings_default(&settings);
    cr_assert_eq(pulang_instance_read("datasets/belu", NULL, findings, &instance, NULL), PULANG_OK);
    cr_assert_eq(pulang_session_new(instance, &settings, &session, NULL), PULANG_OK);
    pulang_plan *plan = solve(instance);
    cr_assert_eq(pulang_problem_new(instance, &problem, NULL), PULANG_OK);
    cr_assert_eq(pulang_optima_new(problem, plan, problem->n_levels, &optima, NULL), PULANG_OK);
    cr_assert_eq(pulang_certain_find(instance, optima, plan->post, &limits, &certain, NULL), PULANG_OK);
    for (int i = 0; i < 24; i++) {
        int p = test_random_range(&random, 0, instance->n_persons - 1);
        bool sure = certain->of[p] == PULANG_CERTAIN;
        pulang_session_reset(session);
        cr_assert_eq(sure ? pulang_session_forbid(session, p, plan->post[p], NULL)
                          : pulang_session_pin(session, p, certain->others[certain->begin[p]], NULL),
                     PULANG_OK);
        cr_assert_eq(pulang_session_solve(session, NULL), PULANG_OK);
        const pulang_plan *changed = pulang_session_plan(session);
        bool same = changed->exists;
        for (int l = 0; same && l < plan->n_levels; l++)
            same = changed->levels[l].value == plan->levels[l].value;
        cr_assert_eq(same, !sure, "person %s", instance->persons[p].id);
        n_seen[sure]++;
    }
    cr_assert(n_seen[0] > 0 && n_seen[1] > 0);
    pulang_certain_free(certain);
    pulang_optima_free(optima);
    pulang_problem_free(problem);
    pulang_plan_free(plan);
    pulang_session_free(session);
    pulang_instance_free(instance);
    pulang_findings_free(findings);
}
