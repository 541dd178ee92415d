#include "io/flows.h"
#include "io/json.h"
#include "io/write_geojson.h"
#include "model/alloc.h"
#include "model/plan.h"
#include "tests/support.h"
#include "tests/support_instance.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* A random instance with a plan in its output. */
typedef struct fixture {
    pulang_instance *instance;
    pulang_plan *plan;
    pulang_settings settings;
    pulang_output output;
    int status_quo[5];
} fixture;

static void begin(fixture *f, test_random *random) {
    f->instance = test_instance_new(5, 4, 3, 0);
    f->plan = pulang_plan_new(f->instance);
    f->plan->exists = true;
    pulang_settings_default(&f->settings);
    for (int i = 0; i < 4; i++) {
        f->instance->places[i].has_point = i != 2;
        f->instance->places[i].lat = -1.25;
        f->instance->places[i].lon = 112 + i;
    }
    for (int p = 0; p < 5; p++) {
        f->instance->persons[p].origin = test_random_range(random, -1, 3);
        f->instance->persons[p].current = test_random_range(random, -1, 2);
        f->plan->post[p] = test_random_range(random, -1, 2);
    }
    f->output = (pulang_output){
        .instance = f->instance, .plan = f->plan, .settings = &f->settings, .status_quo = f->status_quo};
    pulang_status_quo(f->instance, f->status_quo);
    cr_assert(eq(int, pulang_check_plan(f->instance, f->plan->post, &f->output.evaluation, NULL), PULANG_OK));
    cr_assert(eq(int, pulang_check_plan(f->instance, f->status_quo, &f->output.today, NULL), PULANG_OK));
}

static void end(fixture *f) {
    pulang_evaluation_free(f->output.evaluation);
    pulang_evaluation_free(f->output.today);
    pulang_plan_free(f->plan);
    pulang_instance_free(f->instance);
}

/* The features of a file; *document is to be freed. */
static const pulang_json *features_of(const fixture *f,
                                      pulang_status (*write)(const pulang_output *, char **, pulang_error *),
                                      pulang_json **document) {
    char folder[64], path[128], *text = NULL;
    pulang_error error;
    cr_assert(eq(int, write(&f->output, &text, &error), PULANG_OK));
    test_folder_make(folder);
    test_file_write(folder, "x.geojson", text);
    snprintf(path, sizeof path, "%s/x.geojson", folder);
    cr_assert(eq(int, pulang_json_read(path, "x.geojson", document, &error), PULANG_OK), "%s", error.message);
    test_folder_remove(folder);
    pulang_free(text);
    cr_assert(eq(str, (char *)pulang_json_to_text(pulang_json_get(*document, "type")), "FeatureCollection"));
    return pulang_json_get(*document, "features");
}

static int64_t property(const pulang_json *feature, const char *name) {
    int64_t value = -99;
    pulang_json_to_integer(pulang_json_get(pulang_json_get(feature, "properties"), name), &value);
    return value;
}

/* How many hold a post in the place of those who come from home (PULANG_NONE: from anywhere). */
static int count(const fixture *f, const int *post_of, int home, int place) {
    int n = 0;
    for (int p = 0; p < 5; p++)
        n += post_of[p] != PULANG_NONE && f->instance->posts[post_of[p]].place == place &&
             (home == PULANG_NONE || f->instance->persons[p].origin == home);
    return n;
}

static void check_points(const fixture *f) {
    pulang_json *document = NULL;
    const pulang_json *features = features_of(f, pulang_write_points, &document);
    cr_assert(eq(sz, pulang_json_length(features), 4));
    for (int i = 0; i < 4; i++) {
        const pulang_json *feature = pulang_json_at(features, (size_t)i);
        const pulang_json *geometry = pulang_json_get(feature, "geometry");
        int seats = i < 3, filled = count(f, f->plan->post, PULANG_NONE, i);
        cr_assert(eq(int, pulang_json_is_null(geometry), i == 2));
        cr_assert(eq(i64, property(feature, "seats"), seats));
        cr_assert(eq(i64, property(feature, "filled"), filled));
        cr_assert(eq(i64, property(feature, "short"), seats > filled ? seats - filled : 0));
        cr_assert(eq(i64, property(feature, "filled_today"), count(f, f->status_quo, PULANG_NONE, i)));
        cr_assert(eq(i64, property(feature, "natives_here"), count(f, f->plan->post, i, i)));
        cr_assert(eq(i64, property(feature, "natives_here_today"), count(f, f->status_quo, i, i)));
        double lon = 0;
        if (i != 2)
            cr_assert(
                pulang_json_to_real(pulang_json_at(pulang_json_get(geometry, "coordinates"), 0), &lon) &&
                lon == 112 + i);
    }
    pulang_json_free(document);
}

static void check_lines(const fixture *f) {
    pulang_json *document = NULL;
    const pulang_json *features = features_of(f, pulang_write_lines, &document);
    size_t at = 0;
    for (int from = 0; from < 4; from++)
        for (int to = 0; to < 3; to++) {
            int plan = count(f, f->plan->post, from, to), today = count(f, f->status_quo, from, to);
            if (from == to || from == 2 || to == 2 || plan + today == 0)
                continue;
            const pulang_json *feature = pulang_json_at(features, at++);
            cr_assert(eq(i64, property(feature, "heads"), plan));
            cr_assert(eq(i64, property(feature, "heads_today"), today));
        }
    cr_assert(eq(sz, pulang_json_length(features), at));
    pulang_json_free(document);
}

Test(geojson, counts_are_those_of_the_plan) {
    test_random random = {21};
    for (int round = 0; round < 50; round++) {
        fixture f;
        begin(&f, &random);
        check_points(&f);
        check_lines(&f);
        end(&f);
    }
}

Test(geojson, anonymous_maps_tell_nothing_of_homes) {
    test_random random = {1};
    fixture f;
    begin(&f, &random);
    f.settings.anonymous = true;
    pulang_json *document = NULL;
    const pulang_json *features = features_of(&f, pulang_write_points, &document);
    cr_expect(eq(i64, property(pulang_json_at(features, 0), "seats"), 1));
    cr_expect(eq(i64, property(pulang_json_at(features, 0), "natives"), -99));
    pulang_json_free(document);
    end(&f);
}

Test(geojson, areas_are_those_with_an_outline) {
    test_random random = {1};
    fixture f;
    double points[] = {112, -1, 113, -1, 113, -2, 112, -1};
    pulang_ring rings[] = {{4, points, true}, {4, points, false}, {4, points, true}};
    pulang_boundary boundaries[4] = {[1] = {3, rings}};
    begin(&f, &random);
    f.instance->boundaries = boundaries;
    pulang_json *document = NULL;
    const pulang_json *features = features_of(&f, pulang_write_areas, &document);
    cr_assert(eq(sz, pulang_json_length(features), 1));
    const pulang_json *geometry = pulang_json_get(pulang_json_at(features, 0), "geometry");
    const pulang_json *polygons = pulang_json_get(geometry, "coordinates");
    cr_expect(eq(sz, pulang_json_length(polygons), 2));
    cr_expect(eq(sz, pulang_json_length(pulang_json_at(polygons, 0)), 2));
    cr_expect(eq(sz, pulang_json_length(pulang_json_at(polygons, 1)), 1));
    cr_expect(eq(sz, pulang_json_length(pulang_json_at(pulang_json_at(polygons, 1), 0)), 4));
    pulang_json_free(document);
    end(&f);
}

Test(geojson, allocations_may_fail) {
    test_random random = {2};
    fixture f;
    begin(&f, &random);
    pulang_status (*const writers[])(const pulang_output *, char **, pulang_error *) = {pulang_write_points,
                                                                                        pulang_write_lines};
    for (int w = 0; w < 2; w++) {
        pulang_status status = PULANG_ERROR_MEMORY;
        for (long k = 1; status != PULANG_OK; k++) {
            char *text = NULL;
            pulang_alloc_fail_at(k);
            status = writers[w](&f.output, &text, NULL);
            pulang_alloc_fail_at(0);
            cr_assert(status == PULANG_OK || (status == PULANG_ERROR_MEMORY && !text));
            pulang_free(text);
        }
    }
    end(&f);
}
