#include "model/distance.h"

#include "model/alloc.h"
#include "tests/support.h"
#include "tests/support_blank.h"

#include <criterion/criterion.h>
#include <math.h>

static void set_point(pulang_instance *instance, int place, double lat, double lon) {
    instance->places[place].has_point = true;
    instance->places[place].lat = lat;
    instance->places[place].lon = lon;
}

static void set_legs(pulang_instance *instance, int n, const pulang_leg *legs) {
    instance->n_legs = n;
    instance->legs = pulang_arena_alloc(instance->arena, (size_t)n, sizeof *legs);
    for (int l = 0; l < n; l++)
        instance->legs[l] = legs[l];
}

Test(distance, great_circle_of_known_pairs) {
    /* Tumbang Gagu and Sampit; a quarter of the equator; pole to pole; a point and itself. */
    cr_assert_float_eq(pulang_great_circle(-1.2568, 112.4065, -2.53, 112.95), 155e3, 2e3);
    double quarter = 6371008.8 * acos(-1) / 2;
    cr_assert_float_eq(pulang_great_circle(0, 10, 0, 100), quarter, 1e-3);
    cr_assert_float_eq(pulang_great_circle(-90, 0, 90, 50), 2 * quarter, 1e-3);
    cr_assert_eq(pulang_great_circle(-1.5, 112, -1.5, 112), 0);
    /* Across the date line. */
    cr_assert_float_eq(pulang_great_circle(0, 179, 0, -179), quarter / 45, 1e-3);
}

Test(distance, without_legs_is_great_circle_times_detour) {
    pulang_instance *instance = test_blank_new(3, 0, 0);
    set_point(instance, 0, -1.2568, 112.4065);
    set_point(instance, 1, -2.53, 112.95);
    instance->scenario.detour = 1.5;
    instance->scenario.speed_kmh = 20;
    cr_assert_eq(pulang_instance_prepare(instance, NULL), PULANG_OK);
    double straight = pulang_great_circle(-1.2568, 112.4065, -2.53, 112.95);
    cr_assert_eq(pulang_distance_metres(instance, 0, 1), lround(1.5 * straight));
    cr_assert_eq(pulang_distance_metres(instance, 1, 0), lround(1.5 * straight));
    cr_assert_eq(pulang_distance_seconds(instance, 0, 1), lround(1.5 * straight / 1000 / 20 * 3600));
    cr_assert_eq(pulang_distance_metres(instance, 0, 2), -1, "no point, no way");
    cr_assert_eq(pulang_distance_seconds(instance, 2, 1), -1);
    cr_assert_eq(pulang_distance_metres(instance, 2, 2), 0);
    pulang_instance_free(instance);
}

Test(distance, routes_over_legs) {
    pulang_instance *instance = test_blank_new(6, 0, 0);
    set_point(instance, 0, 0, 110);
    set_point(instance, 4, 0, 111);
    instance->scenario.detour = 1;
    instance->scenario.speed_kmh = 40;
    /* 0 - 1 - 2 is shorter than 0 - 2, which is quicker; 1 - 3 gives hours only. 5 stands alone. */
    set_legs(instance, 5,
             (pulang_leg[]){{0, 1, 10, 1}, {2, 1, 10, -1}, {0, 2, 25, 1.1}, {1, 3, -1, 2}, {0, 2, 90, 9}});
    cr_assert_eq(pulang_distance_fill(instance, NULL), PULANG_OK);
    cr_assert_eq(pulang_distance_metres(instance, 0, 2), 20000);
    cr_assert_eq(pulang_distance_seconds(instance, 2, 0), 3960);
    cr_assert_eq(pulang_distance_seconds(instance, 1, 2), 900, "10 km at 40 km/h");
    cr_assert_eq(pulang_distance_metres(instance, 3, 0), 90000, "2 h at 40 km/h, then 10 km");
    cr_assert_eq(pulang_distance_metres(instance, 0, 4), lround(pulang_great_circle(0, 110, 0, 111)));
    cr_assert_eq(pulang_distance_metres(instance, 1, 4), -1);
    cr_assert_eq(pulang_distance_metres(instance, 5, 5), 0);
    pulang_instance_free(instance);
}

/* Floyd-Warshall over the legs. */
static void enumerate(const pulang_instance *instance, double *km) {
    int n = instance->n_places;
    for (int i = 0; i < n * n; i++)
        km[i] = i % (n + 1) ? HUGE_VAL : 0;
    for (int l = 0; l < instance->n_legs; l++) {
        const pulang_leg *leg = &instance->legs[l];
        km[leg->from * n + leg->to] = fmin(km[leg->from * n + leg->to], leg->km);
        km[leg->to * n + leg->from] = fmin(km[leg->to * n + leg->from], leg->km);
    }
    for (int v = 0; v < n; v++)
        for (int i = 0; i < n * n; i++)
            km[i] = fmin(km[i], km[i / n * n + v] + km[v * n + i % n]);
}

Test(distance, agrees_with_enumeration) {
    test_random random = {2024};
    for (int round = 0; round < 50; round++) {
        enum { N = 9 };
        pulang_instance *instance = test_blank_new(N, 0, 0);
        pulang_leg legs[2 * N];
        int n_legs = test_random_range(&random, 1, 2 * N);
        for (int l = 0; l < n_legs; l++)
            legs[l] = (pulang_leg){test_random_range(&random, 0, N - 1), test_random_range(&random, 0, N - 1),
                                   test_random_range(&random, 0, 50), -1};
        set_legs(instance, n_legs, legs);
        cr_assert_eq(pulang_distance_fill(instance, NULL), PULANG_OK);
        double km[N * N];
        enumerate(instance, km);
        for (int i = 0; i < N * N; i++)
            cr_assert_eq(instance->metres[i], isfinite(km[i]) ? lround(km[i] * 1000) : -1);
        pulang_instance_free(instance);
    }
}

Test(distance, says_when_memory_is_out) {
    pulang_instance *instance = test_blank_new(200, 0, 0);
    pulang_error error;
    for (long k = 1; k <= 2; k++) {
        pulang_alloc_fail_at(k);
        pulang_status status = pulang_distance_fill(instance, &error);
        pulang_alloc_fail_at(0);
        cr_assert_eq(status, PULANG_ERROR_MEMORY);
        cr_assert_null(instance->metres);
    }
    pulang_instance_free(instance);
}
