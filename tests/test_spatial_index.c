/*
 * The priced k-d trees against looking at every post.
 */
#include "model/alloc.h"
#include "solver/spatial_index.h"
#include "tests/support_spatial.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { MOST_POSTS = 3 * 120 };

static int compare_values(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The values of all posts of a class below a limit, ascending. */
static int true_values(const pulang_spatial *s, int class, const int64_t *price, int64_t below,
                       int64_t *values) {
    int n = 0;
    for (int j = 0; j < s->size.n_posts; j++) {
        int64_t cost = pulang_spatial_cost(s, class, j);
        if (cost != PULANG_FORBIDDEN && cost + price[j] < below)
            values[n++] = cost + price[j];
    }
    qsort(values, (size_t)n, sizeof *values, compare_values);
    return n;
}

static void assert_cheapest(const pulang_spatial *s, const pulang_spatial_index *index, int class,
                            const int64_t *price, int64_t below, int k) {
    int64_t truth[MOST_POSTS], values[MOST_POSTS];
    pulang_offer offers[MOST_POSTS + 10];
    bool listed[MOST_POSTS] = {false};
    int n_truth = true_values(s, class, price, below, truth), wanted = n_truth < k ? n_truth : k;
    int n = pulang_spatial_index_cheapest(index, class, below, k, offers);
    cr_assert_eq(n, wanted, "class %d: %d of %d", class, n, wanted);
    for (int i = 0; i < n; i++) {
        int post = offers[i].post;
        cr_assert(!listed[post], "post %d is twice there", post);
        listed[post] = true;
        cr_assert_eq(offers[i].cost, pulang_spatial_cost(s, class, post));
        values[i] = offers[i].cost + price[post];
    }
    qsort(values, (size_t)n, sizeof *values, compare_values);
    for (int i = 0; i < n; i++)
        cr_assert_eq(values[i], truth[i], "class %d, cheapest %d", class, i);
    cr_assert_eq(pulang_spatial_index_any_below(index, class, below), n_truth > 0);
}

static void ask(test_random *random, const pulang_spatial *s, const pulang_spatial_index *index,
                const int64_t *price) {
    static const int ks[] = {1, 2, 5, 20, MOST_POSTS + 10};
    for (int i = 0; i < 5; i++) {
        int class = test_random_range(random, 0, s->size.n_classes - 1);
        int64_t below = i == 0 ? INT64_MAX / 2 : test_random_range(random, -500, 3000);
        assert_cheapest(s, index, class, price, below, ks[test_random_range(random, 0, 4)]);
    }
}

/* Prices: all alike, few different ones, of the size of the costs, or far apart. */
static int64_t draw_price(test_random *random, int kind) {
    static const int most[] = {0, 2, 1000};
    if (kind < 3)
        return test_random_range(random, -most[kind], most[kind]);
    return (int64_t)test_random_range(random, -1000, 1000) * 1000000000000;
}

Test(spatial_index, agrees_with_looking_at_every_post) {
    for (uint64_t seed = 1; seed <= 600; seed++) {
        pulang_spatial *s = test_spatial_random(seed, seed % 4 ? 12 : 120);
        pulang_spatial_index *index = pulang_spatial_index_new(s, 1);
        int64_t price[MOST_POSTS] = {0};
        test_random random = {seed};
        ask(&random, s, index, price);
        for (int round = 0; round < 4; round++) {
            for (int j = 0; j < s->size.n_posts; j++)
                price[j] = draw_price(&random, round);
            pulang_spatial_index_reprice_all(index, price);
            ask(&random, s, index, price);
            for (int i = 0; i < 20; i++) {
                int post = test_random_range(&random, 0, s->size.n_posts - 1);
                price[post] = draw_price(&random, round);
                pulang_spatial_index_reprice(index, post, price[post]);
                ask(&random, s, index, price);
            }
        }
        pulang_spatial_index_free(index);
        pulang_spatial_free(s);
    }
}

/* With prices in other units than costs: those listed are within the slack of the k cheapest, all others cost
   at least the bound. */
Test(spatial_index, nearest_of_a_role) {
    for (uint64_t seed = 1; seed <= 200; seed++) {
        pulang_spatial *s = test_spatial_random(seed, 30);
        int64_t scale = 1 + (int64_t)(seed % 3) * 7, price[MOST_POSTS] = {0};
        pulang_spatial_index *index = pulang_spatial_index_new(s, scale);
        test_random random = {seed};
        for (int i = 0; i < s->size.n_occupations * s->size.n_roles; i++)
            s->fit[i] = 0;
        for (int j = 0; j < s->size.n_posts; j++)
            price[j] = draw_price(&random, 2);
        pulang_spatial_index_reprice_all(index, price);
        for (int c = 0; c < s->size.n_classes; c++) {
            pulang_offer offers[4];
            bool listed[MOST_POSTS] = {false};
            int64_t bound, slack = test_random_range(&random, 0, 300), dearest = INT64_MIN;
            int n = pulang_spatial_index_nearest(index, s->class_place[c], 0, slack, 4, offers, &bound);
            for (int i = 0; i < n; i++) {
                int post = offers[i].post;
                cr_assert(!listed[post] && s->post_role[post] == 0);
                cr_assert_eq(offers[i].cost, pulang_spatial_cost(s, c, post));
                int64_t value = scale * offers[i].cost + price[post];
                dearest = value > dearest ? value : dearest;
                listed[post] = true;
            }
            cr_assert(n < 4 || bound == dearest - slack);
            for (int j = 0; j < s->size.n_posts; j++)
                cr_assert(s->post_role[j] != 0 || listed[j] ||
                          (n == 4 && scale * pulang_spatial_cost(s, c, j) + price[j] >= bound));
        }
        pulang_spatial_index_free(index);
        pulang_spatial_free(s);
    }
}

Test(spatial_index, survives_every_failing_allocation) {
    pulang_spatial *s = test_spatial_random(5, 40);
    pulang_spatial_index *index = NULL;
    for (long k = 1; !index; k++) {
        pulang_alloc_fail_at(k);
        index = pulang_spatial_index_new(s, 1);
        pulang_alloc_fail_at(0);
    }
    pulang_spatial_index_free(index);
    pulang_spatial_free(s);
}
