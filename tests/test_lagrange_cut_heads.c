/*
 * Cuts that only count heads: each once, as narrow as is known of it, while there is room.
 */
#include "model/alloc.h"
#include "solver/lagrange_cut.h"
#include "tests/support_branches.h"

#include <criterion/criterion.h>

enum { POSTS = 8, PEOPLE = 4 };

/* A problem of many posts, to count their heads. */
static void begin_with_posts(test_branches *f) {
    pulang_instance *instance = test_instance_new(PEOPLE, 3, POSTS, 1);
    test_instance_levels(instance, "unplaced preference");
    instance->quotas[0].measure = PULANG_MEASURE_PAY;
    instance->quotas[0].has_max = true;
    instance->quotas[0].max = 1;
    for (int j = 0; j < POSTS; j++)
        instance->posts[j].max = PEOPLE;
    test_branches_begin(f, instance, 0);
    cr_assert(test_branches_usable(f));
    test_branches_turn(f, 0);
}

static int count_heads(test_branches *f, int n, const int *posts, int64_t lower, int64_t upper) {
    int index = POSTS * POSTS;
    cr_assert_eq(lagrange_cut_heads(&f->lg, n, posts, lower, upper, &index), PULANG_OK);
    cr_assert_eq(f->found->n_cuts, f->lg.problem->n_totals - f->lg.n_own);
    return index;
}

static void check_range(const test_branches *f, int total, int64_t lower, int64_t upper) {
    cr_assert_eq(f->lg.problem->totals[total].lower, lower);
    cr_assert_eq(f->lg.problem->totals[total].upper, upper);
}

static void check_left_range(const test_branches *f, int total, int64_t lower, int64_t upper) {
    cr_assert_eq(f->lg.lower[total], lower);
    cr_assert_eq(f->lg.upper[total], upper);
}

Test(lagrange_cut_heads, count_the_same_heads_once) {
    static const int pair[] = {1, 4}, other[] = {1, 5}, more[] = {1, 4, 5};
    test_branches f;
    begin_with_posts(&f);
    int first = f.lg.n_own;
    cr_assert_eq(count_heads(&f, 2, pair, 0, 3), first);
    check_range(&f, first, 0, 3);
    check_left_range(&f, first, 0, 3);
    cr_assert_eq(count_heads(&f, 2, pair, 1, 4), first);
    check_range(&f, first, 1, 3);
    cr_assert_eq(count_heads(&f, 2, pair, 0, 2), first);
    check_range(&f, first, 1, 2);
    check_left_range(&f, first, 1, 2);
    cr_assert_eq(count_heads(&f, 2, other, 0, 4), first + 1);
    cr_assert_eq(count_heads(&f, 1, pair, 0, 4), first + 2, "one of them");
    cr_assert_eq(count_heads(&f, 3, more, 0, 4), first + 3, "and another");
    check_range(&f, first, 1, 2);
    check_range(&f, first + 1, 0, 4);
    cr_assert_eq(f.found->n_cuts, 4);
    test_branches_end(&f);
}

/* What prices have left stays left, also where less was known. */
Test(lagrange_cut_heads, keep_what_is_left) {
    static const int pair[] = {1, 4};
    test_branches f;
    begin_with_posts(&f);
    int first = count_heads(&f, 2, pair, 0, 4);
    f.lg.lower[first] = 1;
    f.lg.upper[first] = 2;
    cr_assert_eq(count_heads(&f, 2, pair, 0, 3), first);
    check_range(&f, first, 0, 3);
    check_left_range(&f, first, 1, 2);
    cr_assert_eq(count_heads(&f, 2, pair, 2, 4), first);
    check_range(&f, first, 2, 3);
    check_left_range(&f, first, 2, 2);
    test_branches_end(&f);
}

Test(lagrange_cut_heads, are_left_out_without_room) {
    test_branches f;
    int posts[POSTS], mask = 1;
    int64_t before, after;
    begin_with_posts(&f);
    for (; mask <= LAGRANGE_CUTS; mask++)
        cr_assert_eq(count_heads(&f, test_branches_posts(mask, POSTS, posts), posts, 0, PEOPLE),
                     f.lg.n_own + mask - 1);
    cr_assert_eq(lagrange_make_parts(&f.lg), PULANG_OK);
    f.lg.goal.price[f.lg.n_own + 6] = -f.lg.goal.scale;
    cr_assert(lagrange_bound(&f.lg, &before));
    for (; mask <= LAGRANGE_CUTS + 3; mask++) {
        cr_assert_eq(count_heads(&f, test_branches_posts(mask, POSTS, posts), posts, PEOPLE, PEOPLE),
                     PULANG_NONE);
        cr_assert_eq(f.found->n_cuts, LAGRANGE_CUTS);
    }
    cr_assert_eq(lagrange_make_parts(&f.lg), PULANG_OK);
    cr_assert(lagrange_bound(&f.lg, &after));
    cr_assert_eq(after, before);
    cr_assert_eq(count_heads(&f, test_branches_posts(7, POSTS, posts), posts, 3, 4), f.lg.n_own + 6,
                 "it is there");
    check_range(&f, f.lg.n_own + 6, 3, 4);
    cr_assert(lagrange_bound(&f.lg, &after));
    cr_assert_eq(after, before + 3 * f.lg.goal.scale);
    test_branches_end(&f);
}

Test(lagrange_cut_heads, memory_runs_out) {
    static const int pair[] = {1, 4};
    test_branches f;
    pulang_status status = PULANG_ERROR_MEMORY;
    int n_failed = 0, index = 0;
    begin_with_posts(&f);
    for (long k = 1; status == PULANG_ERROR_MEMORY; k++) {
        pulang_alloc_fail_at(k);
        status = lagrange_cut_heads(&f.lg, 2, pair, 1, 3, &index);
        pulang_alloc_fail_at(0);
        n_failed += status == PULANG_ERROR_MEMORY;
        cr_assert_eq(index, status == PULANG_OK ? f.lg.n_own : PULANG_NONE);
        cr_assert_eq(f.found->n_cuts, status == PULANG_OK);
        cr_assert_eq(f.lg.problem->n_totals, f.lg.n_own + f.found->n_cuts);
    }
    cr_assert_eq(status, PULANG_OK);
    cr_assert_geq(n_failed, 3);
    check_range(&f, f.lg.n_own, 1, 3);
    test_branches_end(&f);
}
