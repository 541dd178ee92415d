/*
 * Small random instances whose rules cut across the tree of posts.
 */
#ifndef PULANG_TESTS_SUPPORT_CROSSING_H
#define PULANG_TESTS_SUPPORT_CROSSING_H

#include "tests/support_instance.h"

enum { TEST_CROSSING_PERSONS = 8, TEST_CROSSING_LEVELS = 5 }; /* at most */

/* The instance of a seed: 3 .. 8 persons, 2 .. 6 posts in 3 places; one to four quotas of any measure, scope
   and filter, hard or soft; sometimes a couple, which must be in one place or at most 15 km apart, a limit
   on moves, a balance level. Nearly one in four has no plan. */
pulang_instance *test_crossing_random(uint64_t seed);
/* Whether no network holds the rules, so that the assignment core does not apply. */
bool test_crossing_cuts(const pulang_instance *instance);

#endif
