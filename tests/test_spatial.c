/*
 * Computed costs: the distance and the curve, solving, and the check by brute force.
 */
#include "model/alloc.h"
#include "solver/spatial.h"
#include "tests/support_spatial.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static pulang_spatial *line(const pulang_bend *bends, int n_bends) {
    const pulang_spatial_size size = {
        .n_places = 2, .n_posts = 1, .n_classes = 1, .n_roles = 1, .n_occupations = 1, .n_bends = n_bends};
    pulang_spatial *s = pulang_spatial_new(&size);
    for (int i = 0; i < n_bends; i++)
        s->bends[i] = bends[i];
    cr_assert_eq(pulang_spatial_bend(s, NULL), PULANG_OK);
    s->fit[0] = 7;
    return s;
}

static int64_t cost_at(pulang_spatial *s, int32_t x, int32_t y, int32_t z) {
    s->x[1] = x, s->y[1] = y, s->z[1] = z;
    s->class_place[0] = 1;
    return pulang_spatial_cost(s, 0, 0) - 7;
}

Test(spatial, the_curve_is_linear_between_its_bends) {
    static const pulang_bend bends[] = {{0, 100}, {256000, 1100}, {512000, 1100}, {513024, 5000}};
    pulang_spatial *s = line(bends, 4);
    cr_assert_eq(cost_at(s, 0, 0, 0), 100);
    cr_assert_eq(cost_at(s, 255, 0, 0), 100);
    cr_assert_eq(cost_at(s, 0, 256, 0), 101);
    cr_assert_eq(cost_at(s, 153, 204, 0), 100); /* 255.0 */
    cr_assert_eq(cost_at(s, 154, 205, 0), 101); /* 256.4 */
    cr_assert_eq(cost_at(s, 0, 0, -128000), 600);
    cr_assert_eq(cost_at(s, 256000, 0, 0), 1100);
    cr_assert_eq(cost_at(s, 512255, 0, 0), 1100);
    cr_assert_eq(cost_at(s, 512256, 0, 0), 1100 + 3900 / 4);
    cr_assert_eq(cost_at(s, 513024, 0, 0), 5000);
    cr_assert_eq(cost_at(s, 6371000, 6371000, -6371000), 5000);
    pulang_spatial_free(s);
}

/* The whole part of a root, by search. */
static int64_t whole_root(int64_t n) {
    int64_t low = 0, high = 1 << 26;
    while (low < high) {
        int64_t middle = (low + high + 1) / 2;
        if (middle * middle <= n)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

Test(spatial, steps_are_exact_and_do_not_fall) {
    test_random random = {1};
    for (int i = 0; i < 1000000; i++) {
        int32_t x = test_random_range(&random, 0, i % 2 ? 12742000 : 70000);
        int32_t y = test_random_range(&random, 0, i % 3 ? 12742000 : 3000), z = i % 1000;
        int64_t squared = (int64_t)x * x + (int64_t)y * y + (int64_t)z * z;
        cr_assert_eq(pulang_spatial_step(pulang_spatial_squared(x, -y, z), INT32_MAX),
                     whole_root(squared) / PULANG_SPATIAL_STEP);
    }
    for (int64_t step = 1; step <= PULANG_SPATIAL_FARTHEST / PULANG_SPATIAL_STEP; step++) {
        int64_t metres = step * PULANG_SPATIAL_STEP; /* just below it, and at it */
        cr_assert_eq(pulang_spatial_step((double)(metres * metres - 1), INT32_MAX), step - 1);
        cr_assert_eq(pulang_spatial_step((double)(metres * metres), INT32_MAX), step);
    }
    cr_assert_eq(pulang_spatial_step(1e14, 5), 5);
}

static void assert_point(double lat, double lon, int32_t x, int32_t y, int32_t z) {
    int32_t made[3];
    pulang_spatial_point(lat, lon, &made[0], &made[1], &made[2]);
    cr_assert(made[0] == x && made[1] == y && made[2] == z, "%g %g: %d %d %d", lat, lon, made[0], made[1],
              made[2]);
}

Test(spatial, points_on_the_globe) {
    assert_point(0, 0, 6371000, 0, 0);
    assert_point(0, 90, 0, 6371000, 0);
    assert_point(0, 180, -6371000, 0, 0);
    assert_point(0, -180, -6371000, 0, 0);
    assert_point(90, 0, 0, 0, 6371000);
    assert_point(90, 123, 0, 0, 6371000);
    assert_point(-90, -45, 0, 0, -6371000);
    assert_point(30, 0, 5517448, 0, 3185500);
}

/* Tumbang Gagu is about 155 km from Sampit (datasets/kotim). */
Test(spatial, distance_of_two_villages) {
    static const pulang_bend bends[] = {{0, 0}, {12742144, 49774}}; /* the step itself */
    pulang_spatial *s = line(bends, 2);
    pulang_spatial_point(-1.2568, 112.4065, &s->x[0], &s->y[0], &s->z[0]);
    int32_t x, y, z;
    pulang_spatial_point(-2.53, 112.95, &x, &y, &z);
    double km = (double)cost_at(s, x, y, z) * PULANG_SPATIAL_STEP / 1000;
    cr_assert(km > 150 && km < 160, "%g km", km);
    pulang_spatial_free(s);
}

static pulang_transport_plan *solve(const pulang_spatial *spatial, int list, int threads) {
    pulang_transport_plan *plan = NULL;
    pulang_transport_settings settings = {.threads = threads, .list = list};
    pulang_error error = {0};
    cr_assert_eq(pulang_spatial_solve(spatial, &settings, &plan, &error), PULANG_OK, "%s", error.message);
    return plan;
}

/* Solves the problems of some seeds by the index and by a matrix; how many have a plan. */
static int compare(uint64_t first, uint64_t last, int max_places) {
    int feasible = 0;
    for (uint64_t seed = first; seed <= last; seed++) {
        pulang_spatial *spatial = test_spatial_random(seed, max_places);
        pulang_transport matrix;
        int64_t *costs = test_spatial_matrix(spatial, &matrix);
        pulang_transport_plan *truth = NULL, *plan = solve(spatial, (int)(seed % 3), 1 + (int)(seed % 2));
        pulang_transport_settings settings = {.threads = 1};
        const char *message = "";
        cr_assert_eq(pulang_transport_solve(&matrix, &settings, &truth, NULL), PULANG_OK);
        cr_assert_eq(plan->feasible, truth->feasible, "seed %d", (int)seed);
        if (plan->feasible) {
            feasible++;
            cr_assert_eq(plan->objective, truth->objective, "seed %d", (int)seed);
            cr_assert(pulang_spatial_check(spatial, plan, 2, &message), "seed %d: %s", (int)seed, message);
            cr_assert(pulang_transport_check(&matrix, plan, 1, &message), "seed %d: %s", (int)seed, message);
        }
        pulang_transport_plan_free(plan);
        pulang_transport_plan_free(truth);
        pulang_spatial_free(spatial);
        free(costs);
    }
    return feasible;
}

Test(spatial, small_ones_agree_with_a_matrix) {
    int feasible = compare(1, 2000, 8);
    cr_assert(feasible > 400 && feasible < 1900, "%d have a plan", feasible);
}

Test(spatial, larger_ones_agree_with_a_matrix) {
    int feasible = compare(10001, 10060, 80);
    cr_assert_lt(10, feasible);
}

/* So many places that cells of them are solved first. */
Test(spatial, many_places_agree_with_a_matrix) {
    int feasible = compare(20001, 20012, 600);
    cr_assert_lt(2, feasible);
}

/* Whether the brute force and the matrix agree on what prices prove. */
Test(spatial, wrong_prices_are_refused) {
    int refused = 0;
    for (uint64_t seed = 1; seed <= 500; seed++) {
        pulang_spatial *spatial = test_spatial_random(seed, 12);
        pulang_transport matrix;
        int64_t *costs = test_spatial_matrix(spatial, &matrix);
        pulang_transport_plan *plan = solve(spatial, 0, 1);
        test_random random = {seed};
        const char *message;
        for (int i = 0; plan->feasible && i < 4; i++) {
            int post = test_random_range(&random, 0, spatial->size.n_posts - 1);
            plan->price[post] += test_random_range(&random, -200, 200);
            bool holds = pulang_spatial_check(spatial, plan, 1, &message);
            refused += !holds;
            cr_assert_eq(holds, pulang_transport_check(&matrix, plan, 1, &message), "seed %d", (int)seed);
        }
        pulang_transport_plan_free(plan);
        pulang_spatial_free(spatial);
        free(costs);
    }
    cr_assert_lt(200, refused);
}

static void assert_refused(const pulang_spatial *spatial, const pulang_transport_plan *plan,
                           const char *expected) {
    const char *message = "";
    cr_assert(!pulang_spatial_check(spatial, plan, 1, &message));
    cr_assert_str_eq(message, expected);
}

static pulang_spatial *feasible_one(pulang_transport_plan **plan) {
    for (uint64_t seed = 1;; seed++) {
        pulang_spatial *spatial = test_spatial_random(seed, 12);
        *plan = solve(spatial, 0, 1);
        if ((*plan)->feasible && (*plan)->n_placements > 5)
            return spatial;
        pulang_transport_plan_free(*plan);
        pulang_spatial_free(spatial);
    }
}

Test(spatial, tampered_plans_are_refused) {
    pulang_transport_plan *plan;
    pulang_spatial *spatial = feasible_one(&plan);
    int64_t price = plan->price[0];
    plan->objective--;
    assert_refused(spatial, plan, "the objective is not the sum of the costs");
    plan->objective++;
    plan->count[0]++;
    assert_refused(spatial, plan, "a row is not placed as often as its supply");
    plan->count[0]--;
    static const int64_t absurd[] = {INT64_MIN, INT64_MAX, (int64_t)1 << 60, -((int64_t)1 << 60)};
    for (int i = 0; i < 4; i++) {
        plan->price[0] = absurd[i];
        assert_refused(spatial, plan, "the prices are too large for exact 64-bit arithmetic");
    }
    plan->price[0] = price;
    for (long k = 1; k <= 6; k++) {
        pulang_alloc_fail_at(k);
        assert_refused(spatial, plan, "out of memory");
        pulang_alloc_fail_at(0);
    }
    pulang_transport_plan_free(plan);
    pulang_spatial_free(spatial);
}

/* More places and origins than a tile of the check has. */
Test(spatial, check_of_many_places) {
    const pulang_spatial_size size = {
        .n_places = 1100, .n_posts = 1100, .n_classes = 40, .n_roles = 1, .n_occupations = 1, .n_bends = 2};
    pulang_spatial *s = pulang_spatial_new(&size);
    s->fit[0] = 0;
    s->bends[1] = (pulang_bend){20000000, 1000000};
    cr_assert_eq(pulang_spatial_bend(s, NULL), PULANG_OK);
    for (int i = 0; i < size.n_places; i++) {
        s->post_place[i] = i;
        s->upper[i] = 1;
        s->x[i] = 5000 * i;
    }
    for (int c = 0; c < size.n_classes; c++) {
        s->class_place[c] = c * 1099 / 39;
        s->supply[c] = 2;
    }
    pulang_transport_plan *plan = solve(s, 0, 2);
    const char *message = "";
    cr_assert(plan->feasible && pulang_spatial_check(s, plan, 2, &message), "%s", message);
    plan->price[1099] -= 500;
    assert_refused(s, plan, "the prices do not prove the optimum");
    pulang_transport_plan_free(plan);
    pulang_spatial_free(s);
}

static bool stop_at_once(void *user) {
    ++*(int *)user;
    return true;
}

Test(spatial, stops_when_told) {
    int asked = 0;
    pulang_spatial *spatial = test_spatial_random(20004, 600);
    pulang_transport_settings settings = {.threads = 1, .stop = stop_at_once, .user = &asked};
    pulang_transport_plan *plan = NULL;
    cr_assert_eq(pulang_spatial_solve(spatial, &settings, &plan, NULL), PULANG_OK);
    cr_assert(plan->stopped && !plan->feasible && asked > 0);
    pulang_transport_plan_free(plan);
    pulang_spatial_free(spatial);
}

/* Fails allocations first, first + step, ... of a solve until one gets by without. */
static void fail_allocations(uint64_t seed, int max_places, long step) {
    pulang_spatial *spatial = test_spatial_random(seed, max_places);
    bool done = false;
    for (long k = 1; !done; k += step) {
        pulang_transport_plan *plan = NULL;
        pulang_transport_settings settings = {.threads = 1};
        pulang_alloc_fail_at(k);
        pulang_status status = pulang_spatial_solve(spatial, &settings, &plan, NULL);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || (status == PULANG_ERROR_MEMORY && !plan));
        done = status == PULANG_OK;
        pulang_transport_plan_free(plan);
    }
    pulang_spatial_free(spatial);
}

Test(spatial, survives_every_failing_allocation) {
    fail_allocations(3, 10, 1);
    fail_allocations(20004, 600, 61); /* with coarser problems */
    pulang_spatial *spatial = test_spatial_random(3, 10);
    bool done = false;
    for (long k = 1; !done; k++) {
        pulang_alloc_fail_at(k);
        pulang_spatial *copy = pulang_spatial_new(&spatial->size);
        pulang_alloc_fail_at(0);
        done = copy != NULL;
        pulang_spatial_free(copy);
    }
    pulang_alloc_fail_at(1);
    cr_assert_eq(pulang_spatial_bend(spatial, NULL), PULANG_ERROR_MEMORY);
    pulang_alloc_fail_at(0);
    pulang_spatial_free(spatial);
}
