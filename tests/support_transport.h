/*
 * Random transportation problems, and the plain truth about them.
 */
#ifndef PULANG_TESTS_SUPPORT_TRANSPORT_H
#define PULANG_TESTS_SUPPORT_TRANSPORT_H

#include "model/program.h"
#include "model/transport.h"
#include "tests/support.h"

enum {
    TEST_MOST_ROWS = 60,
    TEST_MOST_POSTS = 50,
    TEST_MOST_NODES = 60,
    TEST_MOST_SEGMENTS = 3 * TEST_MOST_NODES
};

/* The ways in which the same costs can be given. */
typedef enum test_form { TEST_DENSE64, TEST_DENSE32, TEST_SPARSE, TEST_IMPLICIT, TEST_N_FORMS } test_form;

/* A problem with everything it points to. */
typedef struct test_transport {
    pulang_transport problem; /* with dense64 costs */
    int supply[TEST_MOST_ROWS], parent[TEST_MOST_NODES];
    int64_t lower[TEST_MOST_NODES], upper[TEST_MOST_NODES];
    int segment_begin[TEST_MOST_NODES + 1];
    int64_t segment_end[TEST_MOST_SEGMENTS], segment_slope[TEST_MOST_SEGMENTS];
    int64_t unplaced[TEST_MOST_ROWS];
    int64_t dense64[TEST_MOST_ROWS * TEST_MOST_POSTS];
    int32_t dense32[TEST_MOST_ROWS * TEST_MOST_POSTS];
    int row_begin[TEST_MOST_ROWS + 1], arc_post[TEST_MOST_ROWS * TEST_MOST_POSTS];
    int64_t arc_cost[TEST_MOST_ROWS * TEST_MOST_POSTS];
    bool has_forbidden;
    int64_t largest; /* size of the largest cost or slope */
} test_transport;

typedef struct test_transport_options {
    int max_rows, max_posts, max_totals;
    bool modest; /* costs of at most a thousand, which floating point adds up exactly */
} test_transport_options;

/* Fills in the problem of a seed: ties, zero and larger supplies, trees of totals, bounds that touch,
   segments, prices of being unplaced, forbidden pairs, small, negative and huge costs. */
void test_transport_random(uint64_t seed, const test_transport_options *options, test_transport *made);
/* The problem with its costs in a form; false where they cannot be given so. */
bool test_transport_form(const test_transport *made, test_form form, pulang_transport *problem);

/* A small change of a problem: cost of a pair, a pair forbidden or allowed, supply, bounds, slope, price of
   being unplaced. */
void test_transport_change(test_random *random, test_transport *made);
/* A plan that has nothing to do with the problem, partly not even with its shape; to be freed with
   pulang_transport_plan_free. */
pulang_transport_plan *test_transport_nonsense(test_random *random, const pulang_transport *problem);

/* Successive shortest paths by Bellman and Ford's method on the whole graph. False: there is no plan.
   Shares no code with the library. Dense 64-bit costs only. */
bool test_transport_optimum(const pulang_transport *problem, int64_t *objective);
/* The same problem as a linear program; to be freed with pulang_program_free. */
pulang_program *test_transport_program(const pulang_transport *problem);

#endif
