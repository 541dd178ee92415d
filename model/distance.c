/*
 * Routes: Dijkstra from every place that has a leg, once over km and once over hours,
 * O(n (m + n log n)) each. All else is trigonometry, O(n^2).
 */
#include "model/distance.h"

#include "model/error.h"

#include <assert.h>
#include <igraph/igraph.h>
#include <math.h>

#define EARTH_METRES 6371008.8
#define METRES_PER_KM 1000.0
#define SECONDS_PER_HOUR 3600.0
#define UNKNOWN (-1)

static double radians(double degrees) {
    return degrees * (3.14159265358979323846 / 180);
}

double pulang_great_circle(double lat1, double lon1, double lat2, double lon2) {
    double by_lat = sin(radians(lat2 - lat1) / 2), by_lon = sin(radians(lon2 - lon1) / 2);
    double h = by_lat * by_lat + cos(radians(lat1)) * cos(radians(lat2)) * by_lon * by_lon;
    return 2 * EARTH_METRES * asin(fmin(1, sqrt(h)));
}

static int32_t whole(double value) {
    return value >= INT32_MAX ? INT32_MAX : (int32_t)lround(value);
}

static size_t cell(const pulang_instance *instance, int from, int to) {
    assert(from >= 0 && from < instance->n_places && to >= 0 && to < instance->n_places);
    return (size_t)from * (size_t)instance->n_places + (size_t)to;
}

int32_t pulang_distance_metres(const pulang_instance *instance, int from, int to) {
    return instance->metres[cell(instance, from, to)];
}

int32_t pulang_distance_seconds(const pulang_instance *instance, int from, int to) {
    return instance->seconds[cell(instance, from, to)];
}

/* Great circle times detour for every pair of places with a point. */
static void fill_straight(const pulang_instance *instance, int32_t *metres, int32_t *seconds) {
    const pulang_scenario *scenario = &instance->scenario;
    for (int a = 0; a < instance->n_places; a++) {
        const pulang_place *from = &instance->places[a];
        metres[cell(instance, a, a)] = seconds[cell(instance, a, a)] = 0;
        for (int b = 0; b < a; b++) {
            const pulang_place *to = &instance->places[b];
            int32_t m = UNKNOWN, s = UNKNOWN;
            if (from->has_point && to->has_point) {
                double travel =
                    scenario->detour * pulang_great_circle(from->lat, from->lon, to->lat, to->lon);
                m = whole(travel);
                s = whole(travel / METRES_PER_KM / scenario->speed_kmh * SECONDS_PER_HOUR);
            }
            metres[cell(instance, a, b)] = metres[cell(instance, b, a)] = m;
            seconds[cell(instance, a, b)] = seconds[cell(instance, b, a)] = s;
        }
    }
}

/* Length of a leg in km or hours; the one not given follows from the other by the speed. */
static double leg_length(const pulang_instance *instance, const pulang_leg *leg, bool by_hours) {
    double speed = instance->scenario.speed_kmh;
    assert(leg->km >= 0 || leg->hours >= 0);
    if (by_hours)
        return leg->hours >= 0 ? leg->hours : leg->km / speed;
    return leg->km >= 0 ? leg->km : leg->hours * speed;
}

/* Shortest routes over the legs into table, where there is one. */
static igraph_error_t route(const pulang_instance *instance, const igraph_t *graph, bool by_hours,
                            double scale, int32_t *table) {
    igraph_vector_t length;
    igraph_matrix_t shortest;
    IGRAPH_CHECK(igraph_vector_init(&length, instance->n_legs));
    IGRAPH_FINALLY(igraph_vector_destroy, &length);
    IGRAPH_CHECK(igraph_matrix_init(&shortest, 0, 0));
    IGRAPH_FINALLY(igraph_matrix_destroy, &shortest);
    for (int l = 0; l < instance->n_legs; l++)
        VECTOR(length)[l] = leg_length(instance, &instance->legs[l], by_hours);
    IGRAPH_CHECK(
        igraph_distances_dijkstra(graph, &shortest, igraph_vss_all(), igraph_vss_all(), &length, IGRAPH_ALL));
    for (int a = 0; a < instance->n_places; a++)
        for (int b = 0; b < instance->n_places; b++) {
            /* Both ways alike, whatever the order of the additions. */
            double travel = a < b ? MATRIX(shortest, a, b) : MATRIX(shortest, b, a);
            if (isfinite(travel))
                table[cell(instance, a, b)] = whole(travel * scale);
        }
    igraph_matrix_destroy(&shortest);
    igraph_vector_destroy(&length);
    IGRAPH_FINALLY_CLEAN(2);
    return IGRAPH_SUCCESS;
}

static igraph_error_t fill_routes(const pulang_instance *instance, int32_t *metres, int32_t *seconds) {
    igraph_vector_int_t ends;
    igraph_t graph;
    IGRAPH_CHECK(igraph_vector_int_init(&ends, 2 * (igraph_integer_t)instance->n_legs));
    IGRAPH_FINALLY(igraph_vector_int_destroy, &ends);
    for (int l = 0; l < instance->n_legs; l++) {
        VECTOR(ends)[2 * l] = instance->legs[l].from;
        VECTOR(ends)[2 * l + 1] = instance->legs[l].to;
    }
    IGRAPH_CHECK(igraph_create(&graph, &ends, instance->n_places, IGRAPH_UNDIRECTED));
    IGRAPH_FINALLY(igraph_destroy, &graph);
    IGRAPH_CHECK(route(instance, &graph, false, METRES_PER_KM, metres));
    IGRAPH_CHECK(route(instance, &graph, true, SECONDS_PER_HOUR, seconds));
    igraph_destroy(&graph);
    igraph_vector_int_destroy(&ends);
    IGRAPH_FINALLY_CLEAN(2);
    return IGRAPH_SUCCESS;
}

pulang_status pulang_distance_fill(pulang_instance *instance, pulang_error *error) {
    size_t n = (size_t)instance->n_places;
    int32_t *metres = pulang_arena_alloc(instance->arena, n * n, sizeof *metres);
    int32_t *seconds = pulang_arena_alloc(instance->arena, n * n, sizeof *seconds);
    if (!metres || !seconds)
        return pulang_fail_memory(error);
    fill_straight(instance, metres, seconds);
    if (instance->n_legs > 0) {
        /* By default igraph ends the process when it fails. */
        igraph_error_handler_t *handler = igraph_set_error_handler(igraph_error_handler_ignore);
        igraph_error_t code = fill_routes(instance, metres, seconds);
        igraph_set_error_handler(handler);
        if (code == IGRAPH_ENOMEM)
            return pulang_fail_memory(error);
        if (code != IGRAPH_SUCCESS)
            return pulang_fail(error, PULANG_ERROR_SOLVER, _("the shortest routes failed: %s"),
                               igraph_strerror(code));
    }
    instance->metres = metres;
    instance->seconds = seconds;
    return PULANG_OK;
}
