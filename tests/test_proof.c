/*
 * From the instance to the proven plan: the compiled problem, the solvers, the certificate and plain
 * enumeration over the instance (which knows nothing of the compiled problem) must agree.
 */
#include "model/bound.h"
#include "model/check.h"
#include "model/problem.h"
#include "solver/core.h"
#include "solver/solve.h"
#include "tests/support_instance.h"

#include <criterion/criterion.h>
#include <math.h>

#define MOST_LEVELS 16
#define SEEDS 3000

static pulang_plan *solve(const pulang_instance *instance, pulang_method method) {
    pulang_settings settings;
    pulang_settings_default(&settings);
    settings.method = method;
    pulang_plan *plan = NULL;
    pulang_error error;
    cr_assert_eq(pulang_solve(instance, &settings, &plan, &error), PULANG_OK, "%s", error.message);
    return plan;
}

static void compare(const pulang_plan *plan, bool exists, const int64_t *best, int seed) {
    cr_assert_eq(plan->exists, exists, "seed %d: plan %d, truth %d", seed, plan->exists, exists);
    cr_assert_eq(plan->outcome, exists ? PULANG_OPTIMAL : PULANG_INFEASIBLE, "seed %d", seed);
    for (int l = 0; exists && l < plan->n_levels; l++) {
        cr_assert_eq(plan->levels[l].value, best[l], "seed %d level %s: %s says %lld, truth %lld", seed,
                     plan->levels[l].name, plan->method, (long long)plan->levels[l].value,
                     (long long)best[l]);
        cr_assert_eq(plan->levels[l].bound, best[l], "seed %d level %s bound", seed, plan->levels[l].name);
    }
}

static void prove(const pulang_plan *plan, bool exists, const int64_t *best, int seed) {
    pulang_bound bounds[MOST_LEVELS];
    bool infeasible;
    cr_assert_eq(
        pulang_bound_compute(plan->instance, plan->steps, plan->n_steps, best, bounds, &infeasible, NULL),
        PULANG_OK);
    cr_assert_eq(infeasible, !exists, "seed %d: the certificate says %d", seed, infeasible);
    for (int l = 0; exists && l < plan->n_levels; l++)
        cr_assert(bounds[l].proven && bounds[l].bound == best[l],
                  "seed %d level %s: bound %lld of value %lld", seed, plan->levels[l].name,
                  (long long)bounds[l].bound, (long long)best[l]);
}

static bool is_network(const pulang_instance *instance) {
    pulang_problem *problem = NULL;
    cr_assert_eq(pulang_problem_new(instance, &problem, NULL), PULANG_OK);
    bool network = pulang_core_applies(problem, NULL);
    pulang_problem_free(problem);
    return network;
}

Test(proof, core_and_certificate_agree_with_enumeration) {
    int networks = 0, infeasible = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        test_random random = {(uint64_t)seed};
        pulang_instance *instance = test_instance_random(&random);
        if (is_network(instance)) {
            int who[16];
            int64_t best[MOST_LEVELS];
            bool exists = test_instance_enumerate(instance, who, best);
            pulang_plan *plan = solve(instance, PULANG_METHOD_CORE);
            compare(plan, exists, best, seed);
            prove(plan, exists, best, seed);
            pulang_plan_free(plan);
            networks++;
            infeasible += !exists;
        }
        pulang_instance_free(instance);
    }
    cr_log_info("%d networks, %d of them infeasible", networks, infeasible);
    cr_assert_lt(400, networks, "only %d networks", networks);
}
