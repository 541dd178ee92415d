/*
 * The whole way in memory: what pulang_solve says against all assignments of tiny instances, and its
 * certificates against pulang_bound_compute.
 */
#include "model/bound.h"
#include "model/check.h"
#include "model/plan.h"
#include "tests/support_instance.h"

#include <criterion/criterion.h>
#include <string.h>

#define MOST_LEVELS 8

typedef struct tally {
    int core, glpk, infeasible, proven_infeasible;
} tally;

static void check_certificate(const pulang_instance *instance, const pulang_plan *plan, const int64_t *value,
                              bool feasible, tally *n) {
    pulang_bound bounds[MOST_LEVELS];
    pulang_error error = {0};
    bool infeasible = false;
    cr_assert_eq(
        pulang_bound_compute(instance, plan->steps, plan->n_steps, value, bounds, &infeasible, &error),
        PULANG_OK, "%s", error.message);
    if (!feasible) {
        cr_assert(infeasible, "%s: the prices do not prove that there is no plan", plan->method);
        n->proven_infeasible++;
        return;
    }
    cr_assert_not(infeasible);
    for (int l = 0; l < instance->scenario.n_levels; l++)
        cr_assert(bounds[l].proven, "level %s: value %ld, bound %ld", instance->scenario.levels[l].name,
                  (long)value[l], (long)bounds[l].bound);
}

static void solve_one(const pulang_instance *instance, int i, tally *n) {
    int best[8];
    int64_t value[MOST_LEVELS] = {0};
    bool feasible = test_instance_enumerate(instance, best, value);
    pulang_plan *plan = NULL;
    pulang_settings settings;
    pulang_error error = {0};
    pulang_settings_default(&settings);
    cr_assert_eq(pulang_solve(instance, &settings, &plan, &error), PULANG_OK, "instance %d: %s", i,
                 error.message);
    bool core = strcmp(plan->method, "core") == 0;
    cr_assert_eq(plan->exists, feasible, "instance %d: %s", i, plan->method);
    cr_assert_eq(plan->outcome, feasible ? PULANG_OPTIMAL : PULANG_INFEASIBLE);
    for (int l = 0; feasible && l < instance->scenario.n_levels; l++)
        cr_assert_eq(plan->levels[l].value, value[l], "instance %d, %s, level %s: %ld, best %ld", i,
                     plan->method, plan->levels[l].name, (long)plan->levels[l].value, (long)value[l]);
    if (core)
        check_certificate(instance, plan, value, feasible, n);
    n->core += core;
    n->glpk += !core;
    n->infeasible += !feasible;
    pulang_plan_free(plan);
}

Test(certificate, proves_what_the_core_finds) {
    test_random random = {11};
    tally n = {0};
    for (int i = 0; i < 2000; i++) {
        pulang_instance *instance = test_instance_random(&random);
        solve_one(instance, i, &n);
        pulang_instance_free(instance);
    }
    cr_log_info("core %d, glpk %d, infeasible %d, of these proven %d", n.core, n.glpk, n.infeasible,
                n.proven_infeasible);
    cr_assert_gt(n.core, 300);
    cr_assert_gt(n.glpk, 100);
    cr_assert_gt(n.proven_infeasible, 20);
}
