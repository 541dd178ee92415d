/*
 * Generalized assignment problems for tests, and their optimum by naive enumeration.
 */
#ifndef PULANG_TESTS_SUPPORT_GAP_H
#define PULANG_TESTS_SUPPORT_GAP_H

#include "model/gap.h"
#include "tests/support.h"

size_t test_gap_pair(const pulang_gap *gap, int agent, int job);
/* Types as of Chu and Beasley (1997): C independent, D dear where light, E over decades, else like A. */
pulang_gap *test_gap_make(test_random *random, char type, int n_agents, int n_jobs, int n_resources);

typedef struct test_gap_plans {
    const pulang_gap *gap;
    int64_t rest[16];
    bool exists;
    int64_t best;
} test_gap_plans;

/* Looks at all plans; at most 16 capacities. */
test_gap_plans test_gap_enumerate(const pulang_gap *gap);

#endif
