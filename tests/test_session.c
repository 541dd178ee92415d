#include "model/alloc.h"
#include "model/bound.h"
#include "model/plan.h"
#include "model/quota.h"
#include "solver/core.h"
#include "solver/session.h"
#include "tests/support_instance.h"

#include <criterion/criterion.h>
#include <string.h>

#define MOST_LEVELS 16

static pulang_session *open_session(const pulang_instance *instance) {
    pulang_settings settings;
    pulang_session *session = NULL;
    pulang_error error = {0};
    pulang_settings_default(&settings);
    cr_assert_eq(pulang_session_new(instance, &settings, &session, &error), PULANG_OK, "%s", error.message);
    return session;
}

/* The plan of the session is what a solve of its instance from nothing finds, and the certificate of an
   optimum of the core holds. Returns whether there is a plan. */
static bool assert_same(const pulang_session *session, int seed) {
    const pulang_plan *warm = pulang_session_plan(session);
    pulang_settings settings;
    pulang_plan *cold = NULL;
    pulang_settings_default(&settings);
    cr_assert_eq(pulang_solve(warm->instance, &settings, &cold, NULL), PULANG_OK);
    bool exists = cold->exists;
    cr_assert_eq(warm->outcome, cold->outcome, "seed %d: outcome %d instead of %d", seed, (int)warm->outcome,
                 (int)cold->outcome);
    for (int l = 0; exists && l < cold->n_levels; l++)
        cr_assert(warm->levels[l].proven && warm->levels[l].value == cold->levels[l].value,
                  "seed %d level %s: %lld, the optimum is %lld", seed, cold->levels[l].name,
                  (long long)warm->levels[l].value, (long long)cold->levels[l].value);
    if (strcmp(warm->method, "core") == 0) {
        pulang_bound bounds[MOST_LEVELS];
        int64_t value[MOST_LEVELS];
        bool infeasible;
        for (int l = 0; l < warm->n_levels; l++)
            value[l] = warm->levels[l].value;
        cr_assert_eq(pulang_bound_compute(warm->instance, warm->steps, warm->n_steps, value, bounds,
                                          &infeasible, NULL),
                     PULANG_OK);
        cr_assert_eq(infeasible, !exists, "seed %d", seed);
        for (int l = 0; exists && l < warm->n_levels; l++)
            cr_assert(bounds[l].proven && bounds[l].bound == value[l], "seed %d level %d", seed, l);
    }
    pulang_plan_free(cold);
    return exists;
}

/* Other bounds for a group of some quota. */
static pulang_status change_bounds(test_random *random, const pulang_instance *instance,
                                   pulang_session *session) {
    pulang_quota_group_info *groups = NULL;
    int n = 0;
    cr_assert_eq(pulang_quota_groups(instance, &groups, &n), 0);
    const pulang_quota_group_info *group = n > 0 ? &groups[test_random_range(random, 0, n - 1)] : NULL;
    int by = test_random_range(random, 0, 3);
    pulang_status status = group ? pulang_session_bounds(session, group->quota, group->key, group->min - by,
                                                         group->max + by, NULL)
                                 : PULANG_OK;
    pulang_quota_groups_free(groups, n);
    return status;
}

static void change(test_random *random, const pulang_instance *instance, pulang_session *session) {
    int person = test_random_range(random, 0, instance->n_persons - 1);
    int post = test_random_range(random, 0, instance->n_posts - 1);
    int held = pulang_plan_post(pulang_session_plan(session), person);
    int min = test_random_range(random, 0, 1), target = min + test_random_range(random, 0, 2);
    pulang_status status = PULANG_OK;
    switch (test_random_range(random, 0, 6)) {
    case 0:
    case 1:
        status = pulang_session_forbid(session, person, held == PULANG_NONE ? post : held, NULL);
        break;
    case 2:
        status =
            pulang_session_pin(session, person, test_random_range(random, 0, 2) ? post : PULANG_NONE, NULL);
        break;
    case 3:
        status =
            pulang_session_seats(session, post, min, target, target + test_random_range(random, 0, 1), NULL);
        break;
    case 4:
        status = pulang_session_add_like(session, person, NULL);
        break;
    case 5:
        status = change_bounds(random, instance, session);
        break;
    default:
        pulang_session_reset(session);
    }
    cr_assert_eq(status, PULANG_OK);
}

static bool is_network(const pulang_instance *instance) {
    pulang_problem *problem = NULL;
    cr_assert_eq(pulang_problem_new(instance, &problem, NULL), PULANG_OK);
    bool network = pulang_core_applies(problem, NULL);
    pulang_problem_free(problem);
    return network;
}

Test(session, follows_changes) {
    int solves = 0, feasible = 0, others = 0;
    for (int seed = 1; seed <= 3000; seed++) {
        test_random random = {(uint64_t)seed};
        pulang_instance *instance = test_instance_random(&random);
        if (is_network(instance) || others++ < 50) {
            pulang_session *session = open_session(instance);
            for (int i = 0; i < 6; i++) {
                for (int n = test_random_range(&random, 1, 2); n > 0; n--)
                    change(&random, instance, session);
                cr_assert_eq(pulang_session_solve(session, NULL), PULANG_OK);
                feasible += assert_same(session, seed);
                solves++;
            }
            pulang_session_free(session);
        }
        pulang_instance_free(instance);
    }
    cr_assert_lt(3000, solves, "only %d solves", solves);
    cr_assert(feasible > solves / 2 && feasible < solves, "%d of %d were feasible", feasible, solves);
}

/* A regency's plan, one forbidden post after the other, from the plan before and from the first one. */
Test(session, follows_changes_of_belu) {
    pulang_findings *findings = pulang_findings_new();
    pulang_instance *instance = NULL;
    cr_assert_eq(pulang_instance_read("datasets/belu", NULL, findings, &instance, NULL), PULANG_OK);
    pulang_session *session = open_session(instance);
    test_random random = {1};
    for (int i = 0; i < 8; i++) {
        int person = test_random_range(&random, 0, instance->n_persons - 1);
        int post = pulang_plan_post(pulang_session_plan(session), person);
        if (i % 4 == 0)
            pulang_session_reset(session);
        cr_assert_neq(post, PULANG_NONE);
        cr_assert_eq(pulang_session_forbid(session, person, post, NULL), PULANG_OK);
        cr_assert_eq(pulang_session_solve(session, NULL), PULANG_OK);
        cr_assert(assert_same(session, i));
        cr_assert_neq(pulang_plan_post(pulang_session_plan(session), person), post);
    }
    pulang_session_free(session);
    pulang_instance_free(instance);
    pulang_findings_free(findings);
}

Test(session, keeps_its_plan_and_takes_changes_back) {
    pulang_instance *instance = test_instance_new(2, 2, 2, 0);
    pulang_session *session = open_session(instance);
    int first = pulang_plan_post(pulang_session_plan(session), 0);
    cr_assert_eq(pulang_session_pin(session, 0, 1 - first, NULL), PULANG_OK);
    cr_assert_eq(pulang_plan_post(pulang_session_plan(session), 0), first);
    cr_assert_eq(pulang_session_solve(session, NULL), PULANG_OK);
    cr_assert_eq(pulang_plan_post(pulang_session_plan(session), 0), 1 - first);
    cr_assert_eq(pulang_session_pin(session, 1, 1 - first, NULL), PULANG_OK); /* one seat for two */
    cr_assert_eq(pulang_session_solve(session, NULL), PULANG_OK);
    cr_assert_eq(pulang_plan_outcome(pulang_session_plan(session)), PULANG_INFEASIBLE);
    cr_assert_str_neq(pulang_plan_reason(pulang_session_plan(session)), "");
    pulang_session_reset(session);
    cr_assert_eq(pulang_session_solve(session, NULL), PULANG_OK);
    cr_assert_eq(pulang_plan_outcome(pulang_session_plan(session)), PULANG_OPTIMAL);
    cr_assert(instance->persons[0].pin == PULANG_NONE && instance->persons[1].pin == PULANG_NONE);
    pulang_session_free(session);
    pulang_instance_free(instance);
}

Test(session, refuses_what_is_not_there) {
    pulang_instance *instance = test_instance_new(2, 2, 2, 0);
    pulang_session *session = open_session(instance), *none = NULL;
    cr_assert_eq(pulang_session_forbid(session, 2, 0, NULL), PULANG_ERROR_ARGUMENT);
    cr_assert_eq(pulang_session_forbid(session, 0, -1, NULL), PULANG_ERROR_ARGUMENT);
    cr_assert_eq(pulang_session_pin(session, -1, 0, NULL), PULANG_ERROR_ARGUMENT);
    cr_assert_eq(pulang_session_pin(session, 0, 2, NULL), PULANG_ERROR_ARGUMENT);
    cr_assert_eq(pulang_session_seats(session, 2, 0, 1, 1, NULL), PULANG_ERROR_ARGUMENT);
    cr_assert_eq(pulang_session_seats(session, 0, 2, 1, 3, NULL), PULANG_ERROR_ARGUMENT);
    cr_assert_eq(pulang_session_seats(session, 0, 0, 2, 1, NULL), PULANG_ERROR_ARGUMENT);
    cr_assert_eq(pulang_session_bounds(session, 0, "", 0, 1, NULL), PULANG_ERROR_ARGUMENT);
    cr_assert_eq(pulang_session_add_like(session, 2, NULL), PULANG_ERROR_ARGUMENT);
    pulang_session_free(session);
    pulang_settings settings;
    pulang_settings_default(&settings);
    settings.threads = 0;
    cr_assert_eq(pulang_session_new(instance, &settings, &none, NULL), PULANG_ERROR_ARGUMENT);
    cr_assert_null(none);
    pulang_session_free(NULL);
    pulang_instance_free(instance);
}

/* A session that is opened, changed and solved with every k-th allocation failing. */
Test(session, survives_every_failing_allocation) {
    pulang_instance *instance = test_instance_new(3, 2, 2, 1);
    bool done = false;
    for (long k = 1; !done; k++) {
        pulang_settings settings;
        pulang_session *session = NULL;
        pulang_settings_default(&settings);
        pulang_alloc_fail_at(k);
        pulang_status status = pulang_session_new(instance, &settings, &session, NULL);
        if (status == PULANG_OK)
            status = pulang_session_forbid(session, 0, 0, NULL);
        if (status == PULANG_OK)
            status = pulang_session_solve(session, NULL);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || status == PULANG_ERROR_MEMORY);
        done = status == PULANG_OK;
        if (session) { /* as if nothing had happened */
            cr_assert_eq(pulang_session_solve(session, NULL), PULANG_OK);
            assert_same(session, (int)k);
        }
        pulang_session_free(session);
    }
    pulang_instance_free(instance);
}
