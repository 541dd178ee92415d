#include "tests/support_certificate.h"

#include <stdlib.h>
#include <string.h>

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

pulang_bound test_certificate_bound(test_certificate *c, int level, bool *infeasible) {
    pulang_bound bounds[TEST_MOST_STEPS];
    /* The arrays move when the certificate is returned by value. */
    for (int s = 0; s < c->n_steps; s++) {
        c->steps[s].prices = c->prices[s];
        c->steps[s].held = c->held[s];
    }
    if (pulang_bound_compute(c->instance, c->steps, c->n_steps, c->value, bounds, infeasible, NULL) !=
        PULANG_OK)
        abort();
    return bounds[level];
}
