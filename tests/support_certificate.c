#include "tests/support_certificate.h"

#include "io/output.h"
#include "io/read_output.h"

#include <stdlib.h>
#include <string.h>

pulang_instance *test_certificate_payroll(const char *levels) {
    pulang_instance *instance = test_instance_new(TEST_PAYROLL_PEOPLE, 2, 2, 1);
    test_instance_levels(instance, levels);
    for (int p = 0; p < TEST_PAYROLL_PEOPLE; p++)
        instance->persons[p].pay = PULANG_HUNDREDTHS * (p == 0 ? 21 : 20);
    for (int j = 0; j < 2; j++)
        instance->posts[j].max = TEST_PAYROLL_PEOPLE;
    pulang_quota *quota = &instance->quotas[0];
    quota->measure = PULANG_MEASURE_PAY;
    quota->each = "place";
    quota->has_max = true;
    quota->max = 50;
    return instance;
}

test_certificate test_certificate_new(const pulang_instance *instance, const int64_t *value) {
    test_certificate c = {.instance = instance};
    if (pulang_quota_groups(instance, &c.groups, &c.n_groups) != 0)
        abort();
    c.n_totals = instance->n_posts + c.n_groups;
    if (c.n_totals > TEST_MOST_TOTALS)
        abort();
    if (value)
        memcpy(c.value, value, (size_t)instance->scenario.n_levels * sizeof *value);
    return c;
}

void test_certificate_clear(test_certificate *c) {
    pulang_quota_groups_free(c->groups, c->n_groups);
}

void test_certificate_step(test_certificate *c, pulang_step_kind kind, int level) {
    pulang_price *prices = c->prices[c->n_steps];
    for (int t = 0; t < c->n_totals; t++) {
        int g = t - c->instance->n_posts;
        prices[t] = g < 0 ? (pulang_price){t, PULANG_NONE, "", 0, 0}
                          : (pulang_price){PULANG_NONE, c->groups[g].quota, c->groups[g].key, 0, 0};
    }
    for (int i = 0; i < c->n_cuts; i++)
        prices[c->n_totals + i] = (pulang_price){PULANG_NONE, PULANG_NONE, "", 0, i};
    c->steps[c->n_steps++] =
        (pulang_step){kind, level, 1, NULL, c->n_totals + c->n_cuts, NULL, c->n_cuts, c->cuts, NULL};
}

int64_t *test_certificate_price(test_certificate *c, int t) {
    return &c->prices[c->n_steps - 1][t].price;
}

int64_t *test_certificate_held(test_certificate *c, int level) {
    return &c->held[c->n_steps - 1][level];
}

static void compute(const test_certificate *c, const pulang_step *steps, int n_steps, pulang_bound *bounds,
                    bool *infeasible) {
    if (pulang_bound_compute(c->instance, steps, n_steps, c->value, bounds, infeasible, NULL) != PULANG_OK)
        abort();
}

/* The arrays move when the certificate is returned by value. */
static void link_steps(test_certificate *c) {
    for (int s = 0; s < c->n_steps; s++) {
        c->steps[s].prices = c->prices[s];
        c->steps[s].held = c->held[s];
    }
}

pulang_bound test_certificate_bound(test_certificate *c, int level, bool *infeasible) {
    pulang_bound bounds[TEST_MOST_STEPS];
    link_steps(c);
    compute(c, c->steps, c->n_steps, bounds, infeasible);
    return bounds[level];
}

static pulang_plan *make_plan(const test_certificate *c, const int *who) {
    pulang_plan *plan = pulang_plan_new(c->instance);
    if (!plan)
        abort();
    plan->exists = true;
    plan->outcome = PULANG_LIMIT;
    plan->method = "lagrange";
    memcpy(plan->post, who, (size_t)c->instance->n_persons * sizeof *who);
    for (int l = 0; l < c->instance->scenario.n_levels; l++)
        plan->levels[l].value = c->value[l];
    return plan;
}

bool test_certificate_is_kept(test_certificate *c, const int *who) {
    char folder[64];
    pulang_bound before[TEST_MOST_STEPS], after[TEST_MOST_STEPS];
    bool infeasible, kept;
    pulang_claim *claim = NULL;
    pulang_settings settings;
    pulang_plan *plan = make_plan(c, who);
    link_steps(c);
    plan->steps = c->steps;
    plan->n_steps = c->n_steps;
    pulang_settings_default(&settings);
    test_folder_make(folder);
    if (pulang_output_write(c->instance, plan, &settings, folder, NULL) != PULANG_OK ||
        pulang_output_read(c->instance, folder, &claim, NULL) != PULANG_OK)
        abort();
    compute(c, c->steps, c->n_steps, before, &infeasible);
    compute(c, claim->steps, claim->n_steps, after, &infeasible);
    kept = claim->n_steps == c->n_steps;
    for (int l = 0; l < c->instance->scenario.n_levels; l++)
        kept = kept && before[l].bound == after[l].bound && before[l].proven == after[l].proven;
    test_folder_remove(folder);
    pulang_claim_free(claim);
    pulang_plan_free(plan);
    return kept;
}
