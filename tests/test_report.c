#include "io/json.h"
#include "io/output.h"
#include "io/write_report.h"
#include "io/write_report_plan.h"
#include "model/alloc.h"
#include "model/plan.h"
#include "tests/support.h"
#include "tests/support_instance.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EVIL "</script><img src=x onerror=alert(1)>&\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xA6"

static char folder[64];

static void make_folder(void) {
    test_folder_make(folder);
}

static void drop_folder(void) {
    test_folder_remove(folder);
}

TestSuite(report, .init = make_folder, .fini = drop_folder);

/* The data element's text, to be freed with free. */
static char *data_text(const char *html) {
    static const char begin[] = "<script type=\"application/json\" id=\"data\">";
    const char *at = strstr(html, begin);
    cr_assert(at != NULL);
    at += strlen(begin);
    return strndup(at, (size_t)(strstr(at, "</script>") - at));
}

static pulang_json *data_of(const char *html) {
    pulang_json *data = NULL;
    char path[128], *text = data_text(html);
    test_file_write(folder, "data.json", text);
    free(text);
    snprintf(path, sizeof path, "%s/data.json", folder);
    pulang_error error;
    cr_assert(eq(int, pulang_json_read(path, "data.json", &data, &error), PULANG_OK), "%s", error.message);
    return data;
}

static int64_t integer_at(const pulang_json *data, const char *table, const char *column, size_t i) {
    int64_t value = -99;
    const pulang_json *cell =
        pulang_json_at(pulang_json_get(pulang_json_get(pulang_json_get(data, "plan"), table), column), i);
    cr_assert(pulang_json_to_integer(cell, &value), "%s.%s[%zu]", table, column, i);
    return value;
}

static const char *text_at(const pulang_json *data, const char *table, const char *column, size_t i) {
    return pulang_json_to_text(
        pulang_json_at(pulang_json_get(pulang_json_get(pulang_json_get(data, "plan"), table), column), i));
}

static char *page_of(const pulang_instance *instance, const pulang_plan *plan, bool anonymous) {
    char *html = NULL;
    pulang_error error;
    cr_assert(eq(int, pulang_output_page(instance, plan, anonymous, NULL, &html, NULL, &error), PULANG_OK),
              "%s", error.message);
    return html;
}

/* Persons at random posts or none. */
static pulang_plan *random_plan(const pulang_instance *instance, test_random *random) {
    pulang_plan *plan = pulang_plan_new(instance);
    plan->exists = true;
    plan->method = "core";
    for (int p = 0; p < instance->n_persons; p++)
        plan->post[p] = test_random_range(random, -1, instance->n_posts - 1);
    return plan;
}

Test(report, holds_the_plan_in_columns) {
    pulang_instance *instance = test_instance_new(3, 3, 2, 1);
    pulang_plan *plan = pulang_plan_new(instance);
    plan->exists = true;
    plan->method = "core";
    plan->post[0] = 1;
    instance->persons[0].origin = 0;
    instance->persons[0].current = 0;
    instance->posts[1].max = PULANG_UNLIMITED;
    instance->posts[1].hours = 4000;
    instance->posts[1].unit = "Dinas";
    char *html = page_of(instance, plan, false);
    pulang_json *data = data_of(html);
    cr_expect(eq(str, (char *)text_at(data, "persons", "id", 0), "p1"));
    cr_expect(eq(i64, integer_at(data, "persons", "post", 0), 1));
    cr_expect(eq(i64, integer_at(data, "persons", "today", 0), 0));
    cr_expect(eq(i64, integer_at(data, "persons", "post", 1), -1));
    cr_expect(eq(i64, integer_at(data, "persons", "origin", 1), -1));
    cr_expect(eq(i64, integer_at(data, "posts", "filled", 1), 1));
    cr_expect(eq(i64, integer_at(data, "posts", "today", 0), 1));
    const pulang_json *shown = pulang_json_get(data, "plan"), *posts = pulang_json_get(shown, "posts");
    cr_expect(pulang_json_is_null(pulang_json_at(pulang_json_get(posts, "max"), 1)));
    double km = 0;
    cr_expect(pulang_json_to_real(pulang_json_at(pulang_json_get(pulang_json_get(shown, "persons"), "km"), 0),
                                  &km));
    cr_expect(eq(dbl, km, 10));
    cr_expect(eq(sz, pulang_json_length(pulang_json_get(pulang_json_get(shown, "persons"), "phase")), 0));
    cr_expect(eq(sz, pulang_json_length(pulang_json_get(pulang_json_get(shown, "unit_load"), "unit")), 1));
    cr_expect(pulang_json_is_null(pulang_json_get(shown, "boundaries")));
    cr_expect(eq(sz, pulang_json_length(pulang_json_get(shown, "levels")), (size_t)plan->n_levels));
    cr_expect(pulang_json_get(shown, "flows") == NULL);
    pulang_json_free(data);
    pulang_free(html);
    pulang_plan_free(plan);
    pulang_instance_free(instance);
}

Test(report, a_name_stays_text) {
    pulang_instance *instance = test_instance_new(1, 1, 1, 0);
    pulang_plan *plan = pulang_plan_new(instance);
    plan->exists = true;
    instance->persons[0].name = EVIL;
    instance->places[0].name = EVIL;
    instance->scenario.title = EVIL;
    char *html = page_of(instance, plan, false), *text = data_text(html);
    cr_expect(strpbrk(text, "<>&") == NULL);
    cr_expect(strstr(text, "\xE2\x80\xA8") == NULL && strstr(text, "\xE2\x80\xA9") == NULL);
    cr_expect(strstr(html, "<img src=x") == NULL);
    cr_expect(strstr(html, "<title>&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&amp;") != NULL);
    pulang_json *data = data_of(html);
    cr_expect(eq(str, (char *)text_at(data, "persons", "name", 0), EVIL));
    cr_expect(eq(str, (char *)text_at(data, "places", "name", 0), EVIL));
    pulang_json_free(data);
    free(text);
    pulang_free(html);
    pulang_plan_free(plan);
    pulang_instance_free(instance);
}

/* The scripts must not end their own element, nor the style its own; and nothing is left to be put in. */
Test(report, the_page_is_whole) {
    pulang_report report = {.title = ""};
    char *html = NULL;
    cr_assert(eq(int, pulang_write_report(&report, &html, NULL), PULANG_OK));
    int scripts = 0, ends = 0, styles = 0;
    for (const char *at = html; (at = strstr(at, "<script")); at++)
        scripts++;
    for (const char *at = html; (at = strstr(at, "</script")); at++)
        ends++;
    for (const char *at = html; (at = strstr(at, "</style")); at++)
        styles++;
    cr_expect(eq(int, ends, 2));
    cr_expect(ge(int, scripts, 2));
    cr_expect(eq(int, styles, 1));
    cr_expect(strstr(html, "{{data}}") == NULL && strstr(html, "{{title}}") == NULL);
    cr_expect(strstr(html, "<title>Placement plan</title>") != NULL);
    pulang_json *data = data_of(html);
    cr_expect(pulang_json_get(data, "plan") == NULL && pulang_json_get(data, "frontier") == NULL);
    cr_expect(eq(str, (char *)pulang_json_to_text(pulang_json_get(data, "language")), "en"));
    pulang_json_free(data);
    pulang_free(html);
}

Test(report, takes_parts_made_elsewhere) {
    pulang_report report = {
        .title = "T", .comparison = "{\"scenarios\": [\"<b>\"]}\n", .frontier = "{\"points\":[1]}"};
    char *html = NULL;
    cr_assert(eq(int, pulang_write_report(&report, &html, NULL), PULANG_OK));
    pulang_json *data = data_of(html);
    const pulang_json *scenarios = pulang_json_get(pulang_json_get(data, "comparison"), "scenarios");
    cr_expect(eq(str, (char *)pulang_json_to_text(pulang_json_at(scenarios, 0)), "<b>"));
    cr_expect(eq(sz, pulang_json_length(pulang_json_get(pulang_json_get(data, "frontier"), "points")), 1));
    pulang_json_free(data);
    pulang_free(html);
}

/* ---- anonymous ---- */

/* A few posts with many seats in two districts. */
static pulang_instance *crowd(test_random *random) {
    int n_posts = test_random_range(random, 1, 8);
    pulang_instance *instance = test_instance_new(test_random_range(random, 1, 60), 4, n_posts, 0);
    for (int p = 0; p < instance->n_persons; p++) {
        instance->persons[p].origin = test_random_range(random, -1, 3);
        instance->persons[p].current = test_random_range(random, -1, n_posts - 1);
        instance->persons[p].name = "Somebody";
    }
    return instance;
}

static bool same_district(const pulang_instance *instance, int a, int b) {
    return strcmp(instance->places[instance->posts[a].place].district,
                  instance->places[instance->posts[b].place].district) == 0;
}

/* Whether the origin of a holder of the post is told, who has one. */
static bool post_told(const pulang_instance *instance, const pulang_plan *plan, const int *district,
                      int post) {
    for (int p = 0; p < instance->n_persons; p++)
        if (plan->post[p] == post && district[p] != PULANG_NONE)
            return true;
    return false;
}

static int heads_of(const pulang_instance *instance, const pulang_plan *plan, int post) {
    int heads = 0;
    for (int p = 0; p < instance->n_persons; p++)
        heads += plan->post[p] == post;
    return heads;
}

/* Every post that is told has enough holders, and what is not told of a district is none, enough, or all. */
static void check_origins(const pulang_instance *instance, const pulang_plan *plan, const int *district) {
    for (int j = 0; j < instance->n_posts; j++) {
        int hidden = 0, told = 0;
        for (int k = 0; k < instance->n_posts; k++)
            if (same_district(instance, j, k)) {
                bool shown = post_told(instance, plan, district, k);
                *(shown ? &told : &hidden) += heads_of(instance, plan, k);
            }
        if (post_told(instance, plan, district, j))
            cr_assert(ge(int, heads_of(instance, plan, j), PULANG_REPORT_FEWEST));
        cr_assert(told == 0 || hidden == 0 || hidden >= PULANG_REPORT_FEWEST, "%d of %d", hidden, told);
    }
    for (int p = 0; p < instance->n_persons; p++)
        if (plan->post[p] == PULANG_NONE && district[p] != PULANG_NONE)
            cr_assert(ge(int, heads_of(instance, plan, PULANG_NONE), PULANG_REPORT_FEWEST));
}

Test(report, tells_no_origin_of_a_few) {
    test_random random = {7};
    for (int round = 0; round < 300; round++) {
        pulang_instance *instance = crowd(&random);
        pulang_plan *plan = random_plan(instance, &random);
        pulang_evaluation *evaluation = NULL;
        cr_assert(eq(int, pulang_check_plan(instance, plan->post, &evaluation, NULL), PULANG_OK));
        pulang_output output = {.instance = instance, .plan = plan, .evaluation = evaluation};
        pulang_report_writer writer = {.output = &output, .instance = instance, .anonymous = true};
        int district[60];
        cr_assert(eq(int, pulang_report_origins(&writer, district, NULL), PULANG_OK));
        check_origins(instance, plan, district);
        pulang_index_clear(&writer.districts.index);
        pulang_free(writer.districts.names);
        pulang_evaluation_free(evaluation);
        pulang_plan_free(plan);
        pulang_instance_free(instance);
    }
}

static void check_flows(const pulang_json *data) {
    const pulang_json *flows = pulang_json_get(pulang_json_get(data, "plan"), "flows");
    static const char *const views[] = {"plan", "today"};
    cr_assert(eq(str, (char *)pulang_json_to_text(pulang_json_get(flows, "by")), "district"));
    for (int v = 0; v < 2; v++)
        for (size_t i = 0; i < pulang_json_length(pulang_json_get(flows, "from")); i++) {
            const pulang_json *cell = pulang_json_at(pulang_json_get(flows, views[v]), i);
            int64_t heads = 0;
            cr_assert(pulang_json_is_null(cell) ||
                      (pulang_json_to_integer(cell, &heads) && heads >= PULANG_REPORT_FEWEST));
        }
}

Test(report, anonymous_rows_are_by_post_and_tell_nothing_else) {
    test_random random = {11};
    for (int round = 0; round < 20; round++) {
        pulang_instance *instance = crowd(&random);
        pulang_plan *plan = random_plan(instance, &random);
        char *html = page_of(instance, plan, true);
        pulang_json *data = data_of(html);
        cr_assert(strstr(html, "Somebody") == NULL);
        for (int p = 0; p < instance->n_persons; p++) {
            size_t i = (size_t)p;
            cr_assert(eq(int, atoi(text_at(data, "persons", "id", i)), p + 1));
            cr_assert(eq(i64, integer_at(data, "persons", "origin", i), -1));
            cr_assert(eq(i64, integer_at(data, "persons", "today", i), -1));
            if (p > 0)
                cr_assert(le(u64, (uint64_t)integer_at(data, "persons", "post", i - 1),
                             (uint64_t)integer_at(data, "persons", "post", i)));
        }
        check_flows(data);
        pulang_json_free(data);
        pulang_free(html);
        pulang_plan_free(plan);
        pulang_instance_free(instance);
    }
}

/* Sums over few people would tell their hours or pay. */
Test(report, anonymous_quotas_tell_nothing_of_a_few) {
    pulang_instance *instance = test_instance_new(6, 2, 2, 2);
    pulang_plan *plan = pulang_plan_new(instance);
    plan->exists = true;
    for (int q = 0; q < 2; q++) {
        instance->quotas[q].each = "place";
        instance->quotas[q].has_max = true;
        instance->quotas[q].max = 100;
    }
    instance->quotas[1].measure = PULANG_MEASURE_MOVES;
    instance->posts[0].max = PULANG_UNLIMITED;
    for (int p = 1; p < 6; p++)
        plan->post[p] = 0;
    plan->post[0] = 1;
    char *html = page_of(instance, plan, true);
    pulang_json *data = data_of(html);
    static const bool told[] = {true, true, true, false}; /* heads always; moves where there are five */
    const pulang_json *quotas = pulang_json_get(pulang_json_get(data, "plan"), "quotas");
    cr_assert(eq(sz, pulang_json_length(quotas), 4));
    for (size_t i = 0; i < 4; i++)
        cr_expect(ne(int, pulang_json_is_null(pulang_json_get(pulang_json_at(quotas, i), "value")), told[i]));
    pulang_json_free(data);
    pulang_free(html);
    pulang_plan_free(plan);
    pulang_instance_free(instance);
}

Test(report, too_many_persons_are_counted_only) {
    pulang_instance *instance = test_instance_new(PULANG_REPORT_MOST_PERSONS + 1, 2, 2, 0);
    pulang_plan *plan = pulang_plan_new(instance);
    plan->exists = true;
    for (int p = 0; p < 7; p++) {
        instance->persons[p].origin = 0;
        plan->post[p] = p < 3 ? 0 : 1;
    }
    char *html = page_of(instance, plan, false);
    pulang_json *data = data_of(html);
    const pulang_json *shown = pulang_json_get(data, "plan");
    int64_t left_out = 0;
    cr_expect(pulang_json_to_integer(pulang_json_get(shown, "persons_left_out"), &left_out));
    cr_expect(eq(i64, left_out, instance->n_persons));
    cr_expect(eq(sz, pulang_json_length(pulang_json_get(pulang_json_get(shown, "persons"), "id")), 0));
    cr_expect(eq(i64, integer_at(data, "flows", "plan", 0), 3));
    cr_expect(eq(i64, integer_at(data, "flows", "plan", 1), 4));
    cr_expect(eq(i64, integer_at(data, "distances", "plan", 0), 3));
    pulang_json_free(data);
    pulang_free(html);
    pulang_plan_free(plan);
    pulang_instance_free(instance);
}

Test(report, allocations_may_fail) {
    pulang_instance *instance = test_instance_new(4, 2, 2, 1);
    test_random random = {3};
    pulang_plan *plan = random_plan(instance, &random);
    for (int anonymous = 0; anonymous < 2; anonymous++) {
        pulang_status status = PULANG_ERROR_MEMORY;
        for (long k = 1; status != PULANG_OK; k += 1 + k / 64) {
            char *html = NULL;
            pulang_alloc_fail_at(k);
            status = pulang_output_page(instance, plan, anonymous, NULL, &html, NULL, NULL);
            pulang_alloc_fail_at(0);
            cr_assert(status == PULANG_OK || (status == PULANG_ERROR_MEMORY && !html));
            pulang_free(html);
        }
    }
    pulang_plan_free(plan);
    pulang_instance_free(instance);
}
