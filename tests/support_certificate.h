/*
 * A certificate under construction, for tests of the bounds.
 */
#ifndef PULANG_TESTS_SUPPORT_CERTIFICATE_H
#define PULANG_TESTS_SUPPORT_CERTIFICATE_H

#include "model/bound.h"
#include "model/quota.h"
#include "tests/support_instance.h"

#define TEST_MOST_STEPS 16
#define TEST_MOST_TOTALS 32

/* Every total has a price in every step, 0 too. */
typedef struct test_certificate {
    const pulang_instance *instance;
    pulang_quota_group_info *groups;
    int n_groups, n_totals, n_steps;
    pulang_step steps[TEST_MOST_STEPS];
    pulang_price prices[TEST_MOST_STEPS][TEST_MOST_TOTALS];
    int64_t held[TEST_MOST_STEPS][TEST_MOST_STEPS];
    int64_t value[TEST_MOST_STEPS]; /* that is claimed, by level */
    int n_cuts;                     /* whose prices follow those of the totals */
    const pulang_cut *cuts;
} test_certificate;

/* Six who are paid 20, one of them 21, and 50 for each of two places with a post. */
enum { TEST_PAYROLL_PEOPLE = 6 };
pulang_instance *test_certificate_payroll(const char *levels);

/* Without steps; value: [n_levels], NULL: all 0. */
test_certificate test_certificate_new(const pulang_instance *instance, const int64_t *value);
void test_certificate_clear(test_certificate *c);
/* Adds a step of scale 1 that holds nothing, all prices 0. */
void test_certificate_step(test_certificate *c, pulang_step_kind kind, int level);
/* The price of total t in the last step; a cut's at n_totals and on. */
int64_t *test_certificate_price(test_certificate *c, int t);
/* What the last step holds of a level. */
int64_t *test_certificate_held(test_certificate *c, int level);
/* The bound of a level by the steps so far. */
pulang_bound test_certificate_bound(test_certificate *c, int level, bool *infeasible);
/* Writes a plan (who[n_persons]: its posts) with the steps and reads it back: whether the bounds of all
   levels are still the same. */
bool test_certificate_is_kept(test_certificate *c, const int *who);

#endif
