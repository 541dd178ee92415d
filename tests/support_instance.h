/*
 * Tiny instances built in memory, and the best plan by trying every assignment.
 */
#ifndef PULANG_TESTS_SUPPORT_INSTANCE_H
#define PULANG_TESTS_SUPPORT_INSTANCE_H

#include "model/instance.h"
#include "tests/support.h"

/*
 * Persons p1.. (category a, b, a, ...), places v1.. (district d1, d1, d2, d2, ...; 10 km from each to
 * the next), posts j1.. (place v1, v2, ... and round again; one seat, target 1) and quotas q1.. (heads,
 * over all, hard, without bounds); the default scenario. A test changes what it is about.
 */
pulang_instance *test_instance_new(int n_persons, int n_places, int n_posts, int n_quotas);
/* Selects persons of a category. */
pulang_filter *test_instance_category(pulang_instance *instance, const char *category);
/* Sets the levels by name, most important first, separated by blanks. */
void test_instance_levels(pulang_instance *instance, const char *names);
/* Puts persons in a group that stays together. */
void test_instance_group(pulang_instance *instance, int a, int b);
/* A random instance of up to 5 persons and 4 posts, with quotas of every kind. */
pulang_instance *test_instance_random(test_random *random);
/* Makes of some of its quotas shares or such that are empty or have a minimum, and some posts open with 2 or
   more. */
void test_instance_add_rules(pulang_instance *instance, test_random *random);
/* How many assignments there are to try: (posts + 1) for each person. */
int64_t test_instance_plans(const pulang_instance *instance);
/* The least level values, lexicographically, over all assignments that keep the hard rules; false:
   there is none. best: [n_persons] the first of those assignments; value: [n_levels]. */
bool test_instance_enumerate(const pulang_instance *instance, int *best, int64_t *value);

#endif
