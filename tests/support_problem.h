/*
 * Random problems for the solvers, and the plain truth about small ones.
 */
#ifndef PULANG_TESTS_SUPPORT_PROBLEM_H
#define PULANG_TESTS_SUPPORT_PROBLEM_H

#include "model/problem.h"
#include "tests/support.h"

typedef struct test_problem_options {
    int max_classes, max_supply, max_posts; /* each >= 1 */
    bool crossing; /* totals with terms, negative amounts included; totals over crossing sets of posts */
    bool rules;    /* totals that are empty or have at least so many, and shares (both signs against 0) */
    bool pairings; /* people who must be placed together */
    bool largest;  /* a balance level may appear */
    bool rarely_infeasible; /* few and loose hard bounds */
} test_problem_options;

/* The problem of a seed: classes, posts in places in districts, totals on posts, places, districts and
   all posts, levels required, unplaced, balance, shortage and preference in some order. Roughly one in
   four has no feasible flow. To be freed with pulang_problem_free. */
pulang_problem *test_problem_random(uint64_t seed, const test_problem_options *options);

/* How many flows there are to enumerate (at most limit + 1). */
long test_problem_flows(const pulang_problem *problem, long limit);

/* Tries every flow. False: none is feasible. best: [n_levels] the lexicographic optimum. Shares no
   code with the library. */
bool test_problem_enumerate(const pulang_problem *problem, int64_t *best);

#endif
