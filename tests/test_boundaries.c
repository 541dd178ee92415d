#include "io/outline.h"
#include "model/alloc.h"
#include "tests/support.h"
#include "tests/support_folder.h"
#include "tests/support_instance.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_NAME "boundaries.geojson"
#define TRIANGLE "[[112.1,-1.5],[112.9,-1.5],[112.5,-1.0],[112.1,-1.5]]"
#define HOLE "[[112.4,-1.4],[112.6,-1.4],[112.5,-1.2],[112.4,-1.4]]"

static char folder[64];
static pulang_findings *findings;
static pulang_instance *instance;

/* Reads the sound folder with features (a text) as its boundaries. */
static pulang_status read_with(const char *features) {
    char text[4096];
    snprintf(text, sizeof text, "{\"type\":\"FeatureCollection\",\n\"features\":%s}", features);
    test_sound_folder(folder, FILE_NAME, text);
    findings = pulang_findings_new();
    instance = NULL;
    return pulang_instance_read(folder, NULL, findings, &instance, NULL);
}

static void drop(void) {
    pulang_instance_free(instance);
    pulang_findings_free(findings);
    test_folder_remove(folder);
}

static int place_of(const char *id) {
    for (int i = 0; i < instance->n_places; i++)
        if (strcmp(instance->places[i].id, id) == 0)
            return i;
    return PULANG_NONE;
}

Test(boundaries, are_read, .fini = drop) {
    cr_assert(eq(int,
                 read_with("[{\"properties\":{\"kode\":\"gagu\"},\"geometry\":{\"type\":\"MultiPolygon\","
                           "\"coordinates\":[[" TRIANGLE "," HOLE "],[" TRIANGLE "]]}},"
                           "{\"id\":\"sampit\",\"properties\":null,\"geometry\":{\"type\":\"Polygon\","
                           "\"coordinates\":[" TRIANGLE "]}},"
                           "{\"properties\":{\"code\":\"62.02.99\"},\"geometry\":null}]"),
                 PULANG_OK));
    cr_assert(eq(sz, pulang_findings_total(findings), 0));
    const pulang_boundary *gagu = &instance->boundaries[place_of("gagu")];
    cr_assert(eq(int, gagu->n, 3));
    cr_expect(gagu->rings[0].outer && !gagu->rings[1].outer && gagu->rings[2].outer);
    cr_expect(eq(int, gagu->rings[1].n, 4));
    cr_expect(eq(dbl, gagu->rings[1].points[2], 112.6));
    cr_expect(eq(dbl, gagu->rings[1].points[3], -1.4));
    cr_expect(eq(int, instance->boundaries[place_of("sampit")].n, 1));
    cr_expect(eq(int, instance->boundaries[place_of("baamang")].n, 0));
}

Test(boundaries, a_code_may_be_a_number, .fini = drop) {
    cr_assert(eq(int, read_with("[{\"properties\":{\"code\":7},\"geometry\":null}]"), PULANG_OK));
    cr_expect(test_find_finding(findings, FILE_NAME, 0, "no outline belongs") != NULL);
    cr_expect(test_find_finding(findings, FILE_NAME, 0, "without a property") == NULL);
}

/* A warning each; the place keeps its point. */
Test(boundaries, what_cannot_be_used_is_told) {
    static const struct {
        const char *geometry, *message;
    } cases[] = {
        {"null", "not a Polygon"},
        {"{\"type\":\"Point\",\"coordinates\":[1,2]}", "not a Polygon"},
        {"{\"type\":\"Polygon\"}", "empty"},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[1,1],[2,2],[1,1]]]}", "four points"},
        {"{\"type\":\"Polygon\",\"coordinates\":[7]}", "four points"},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[1,1],[2],[3,3],[1,1]]]}", "two numbers"},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[1,1],[2,2],[3,\"a\"],[1,1]]]}", "two numbers"},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[1,1],[2,2],[3,3],[4,4]]]}", "end where it begins"},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[712000,1],[2,2],[3,3],[712000,1]]]}", "degrees"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[1024];
        snprintf(text, sizeof text, "[{\"properties\":{\"code\":\"gagu\"},\"geometry\":%s}]",
                 cases[i].geometry);
        cr_assert(eq(int, read_with(text), PULANG_OK));
        cr_expect(test_find_finding(findings, FILE_NAME, 0, cases[i].message) != NULL, "%s",
                  cases[i].geometry);
        cr_expect(eq(int, instance->boundaries[place_of("gagu")].n, 0));
        drop();
    }
}

Test(boundaries, a_second_outline_is_told, .fini = drop) {
#define GAGU                                                                                                 \
    "{\"properties\":{\"code\":\"gagu\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[" TRIANGLE "]}" \
    "}"
    cr_assert(eq(int, read_with("[" GAGU "," GAGU ",{\"properties\":{}}]"), PULANG_OK));
    cr_expect(test_find_finding(findings, FILE_NAME, 0, "feature 2: another feature has the same code") !=
              NULL);
    cr_expect(test_find_finding(findings, FILE_NAME, 0, "without a property code, place, kode or id: 1") !=
              NULL);
}

Test(boundaries, a_broken_file_is_a_fault, .fini = drop) {
    cr_assert(eq(int, read_with("[{]"), PULANG_ERROR_INPUT));
    cr_expect(test_find_finding(findings, FILE_NAME, 2, "not valid JSON") != NULL);
}

Test(boundaries, another_document_is_a_fault, .fini = drop) {
    cr_assert(eq(int, read_with("7"), PULANG_ERROR_INPUT));
    cr_expect(test_find_finding(findings, FILE_NAME, 0, "not a FeatureCollection") != NULL);
}

Test(boundaries, allocations_may_fail) {
    pulang_status status = PULANG_ERROR_MEMORY;
    cr_assert(eq(int, read_with("[" GAGU "]"), PULANG_OK));
    for (long k = 1; status != PULANG_OK; k += 3) {
        pulang_instance *read = NULL;
        pulang_findings *found = pulang_findings_new();
        pulang_alloc_fail_at(k);
        status = pulang_instance_read(folder, NULL, found, &read, NULL);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || (status == PULANG_ERROR_MEMORY && !read));
        pulang_instance_free(read);
        pulang_findings_free(found);
    }
    drop();
}

/* ---- fewer points ---- */

/* A wavy ring of n points about (112, -2), of half a degree. */
static void wavy(pulang_instance *owner, pulang_ring *ring, int n, test_random *random) {
    *ring = (pulang_ring){.n = n, .outer = true};
    ring->points = pulang_arena_alloc(owner->arena, 2 * (size_t)n, sizeof *ring->points);
    for (int i = 0; i < n; i++) {
        double angle = 2 * 3.14159265 * (i % (n - 1)) / (n - 1);
        double radius = 0.25 + 1e-4 * (i == n - 1 ? 0 : test_random_range(random, -100, 100));
        ring->points[2 * i] = 112 + radius * cos(angle);
        ring->points[2 * i + 1] = -2 + radius * sin(angle);
    }
    memcpy(&ring->points[2 * (n - 1)], ring->points, 2 * sizeof *ring->points);
}

static double distance_to_segment(const double *p, const double *a, const double *b) {
    double best = 1e9; /* by trying many points of it */
    for (int i = 0; i <= 1000; i++) {
        double s = i / 1000.0;
        best = fmin(best, hypot(a[0] + s * (b[0] - a[0]) - p[0], a[1] + s * (b[1] - a[1]) - p[1]));
    }
    return best;
}

/* How far the farthest point of a ring lies from the other. */
static double farthest(const pulang_ring *ring, const pulang_ring *from) {
    double most = 0;
    for (int i = 0; i < ring->n; i++) {
        double least = 1e9;
        for (int k = 0; k + 1 < from->n; k++)
            least = fmin(least, distance_to_segment(&ring->points[2 * i], &from->points[2 * k],
                                                    &from->points[2 * k + 2]));
        most = fmax(most, least);
    }
    return most;
}

Test(boundaries, outlines_get_fewer_points) {
    test_random random = {5};
    pulang_instance *made = test_instance_new(1, 2, 1, 0);
    pulang_boundary outlines[2] = {{.n = 1}, {0}};
    pulang_ring ring;
    wavy(made, &ring, 300, &random);
    outlines[0].rings = &ring;
    made->boundaries = outlines;
    static const int most[] = {300, 150, 40, 10, 1};
    for (int i = 0; i < 5; i++) {
        const pulang_boundary *fewer = pulang_outlines_simplify(made, most[i], made->arena);
        cr_assert(fewer != NULL);
        cr_assert(eq(int, fewer[0].n, 1));
        cr_assert(eq(int, fewer[1].n, 0));
        const pulang_ring *kept = &fewer[0].rings[0];
        cr_expect(le(int, kept->n, most[i] > 4 ? most[i] : 4));
        cr_expect(ge(int, kept->n, 4));
        cr_expect(kept->outer);
        cr_expect(memcmp(kept->points, &kept->points[2 * (kept->n - 1)], 2 * sizeof(double)) == 0);
        double off = farthest(&ring, kept);
        cr_expect(off <= (most[i] >= 150 ? 0.01 : 0.5), "%d points: %g", kept->n, off);
    }
    made->boundaries = NULL;
    pulang_instance_free(made);
}
