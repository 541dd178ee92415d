#include "io/json.h"
#include "model/alloc.h"
#include "model/check.h"
#include "model/plan.h"
#include "tests/support.h"
#include "tests/support_instance.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <dirent.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static const char *const plan_files[] = {"placements.csv", "posts.csv", "quotas.csv", "units.csv",
                                         "certificate.json"};

/* Three persons and posts in villages 10 km apart, with names that try to break out of their cells. */
static pulang_instance *small_instance(void) {
    pulang_instance *instance = test_instance_new(3, 3, 3, 1);
    static const char *const names[] = {"=cmd()", "Budi \"si\" Man,\nS.Kep", "</script>"};
    static const char *const ids[] = {"198601012010011001", "-2", "@3"};
    for (int p = 0; p < 3; p++) {
        instance->persons[p].id = ids[p];
        instance->persons[p].name = names[p];
        instance->persons[p].origin = p;
        instance->persons[p].hours = 3750;
    }
    instance->persons[0].merit = 8000;
    instance->persons[0].current = 1;
    instance->persons[1].current = 1;
    instance->persons[2].contract = "pppk";
    instance->posts[0].unit = "Dinas B";
    instance->posts[1].unit = "Dinas A";
    instance->posts[0].hours = 4000;
    instance->posts[0].need = 125;
    instance->posts[1].max = PULANG_UNLIMITED;
    instance->posts[2].min_merit = 9000;
    instance->quotas[0].each = "district";
    instance->quotas[0].basis = "Perbup 12; 2024";
    instance->quotas[0].has_min = instance->quotas[0].has_target = instance->quotas[0].has_max = true;
    instance->quotas[0].min = 0;
    instance->quotas[0].target = 1;
    instance->quotas[0].max = 2;
    instance->scenario.title = "Contoh \xC3\xA9";
    static pulang_input_file inputs[] = {{"persons.csv", "ab12"}, {"posts.csv", "cd34"}};
    instance->inputs = inputs;
    instance->n_inputs = 2;
    return instance;
}

/* The first two at home, the third without a post; a certificate of one step. */
static pulang_plan *small_plan(const pulang_instance *instance) {
    static pulang_price prices[] = {{1, PULANG_NONE, "", 7, 0}, {PULANG_NONE, 0, "d1", -40, 0}};
    static pulang_step steps[] = {{PULANG_STEP_FEASIBLE, PULANG_NONE, 1, NULL, 0, NULL, 0, NULL, NULL},
                                  {PULANG_STEP_LEVEL, 3, 1, NULL, 2, prices, 0, NULL, NULL}};
    pulang_plan *plan = pulang_plan_new(instance);
    plan->exists = true;
    plan->outcome = PULANG_LIMIT;
    plan->method = "core";
    plan->post[0] = 0;
    plan->post[1] = 1;
    pulang_evaluation *evaluation = NULL;
    cr_assert(eq(int, pulang_check_plan(instance, plan->post, &evaluation, NULL), PULANG_OK));
    for (int l = 0; l < plan->n_levels; l++) {
        plan->levels[l].value = evaluation->value[l];
        plan->levels[l].bound = l < 3 ? evaluation->value[l] : INT64_MIN;
        plan->levels[l].proven = l < 3;
    }
    pulang_evaluation_free(evaluation);
    plan->n_steps = 2;
    plan->steps = steps;
    return plan;
}

static char folder[64];
static pulang_instance *instance;
static pulang_plan *plan;
static pulang_settings settings;

static void make(void) {
    test_folder_make(folder);
    instance = small_instance();
    plan = small_plan(instance);
    pulang_settings_default(&settings);
    settings.time_limit = INFINITY;
    settings.tables_only = true; /* test_report and test_geojson look at the rest */
}

static void drop(void) {
    pulang_plan_free(plan);
    pulang_instance_free(instance);
    test_folder_remove(folder);
}

TestSuite(output, .init = make, .fini = drop);

static void write_all(void) {
    pulang_error error;
    pulang_status status = pulang_output_write(instance, plan, &settings, folder, &error);
    cr_assert(eq(int, status, PULANG_OK), "%s", status == PULANG_OK ? "" : error.message);
}

static void expect_file(const char *name, const char *expected) {
    char *text = test_file_read(folder, name);
    cr_assert(ne(ptr, text, NULL));
    cr_expect(eq(str, text, (char *)expected));
    free(text);
}

Test(output, tables_are_exactly_these_bytes) {
    write_all();
    expect_file(
        "placements.csv",
        "person,name,origin,origin_name,category,contract,old_post,post,place,place_name,district,unit,role,"
        "home_km,moves,cost_hometown,cost_skills,cost_merit,cost_wish,cost_move,cost_pairs,cost,why\n"
        "198601012010011001,'=cmd(),v1,v1,a,,j2,j1,v1,v1,d1,Dinas "
        "B,nurse,0.0,yes,0.500,0.000,0.200,0.000,1.000,0.000,1.700,home village\n"
        "'-2,\"Budi \"\"si\"\" Man,\n"
        "S.Kep\",v2,v2,b,,j2,j2,v2,v2,d1,Dinas "
        "A,clerk,0.0,no,0.500,0.000,0.500,0.000,0.000,0.000,1.000,\"home village; stays in the present "
        "post\"\n"
        "'@3,</script>,v3,v3,a,pppk,,,,,,,,,no,,,,,,,,\"posts that suit: 2, of which full: 1; to take a free "
        "seat would exceed the maximum of quota q1, district d1 (Perbup 12; 2024) (1)\"\n");
    expect_file("posts.csv",
                "post,place,place_name,district,unit,role,min,target,max,need,filled,short,"
                "status_quo_filled,hours_work,hours_staff,load,cutoff,price_preference,why_short\n"
                "j1,v1,v1,d1,Dinas B,nurse,0,1,1,1.25,1,0,0,40.00,37.50,1.067,80.00,0,\n"
                "j2,v2,v2,d1,Dinas A,clerk,0,1,,,1,0,2,,37.50,,,7,\n"
                "j3,v3,v3,d2,,nurse,0,1,1,,0,1,0,,0.00,,,0,\"0 of 1 seats filled; nobody may "
                "hold it: 3 below the merit that it requires\"\n");
    expect_file("quotas.csv", "quota,group,measure,basis,tier,min,target,max,value,status_quo,slack_min,"
                              "slack_max,short,step,price_preference\n"
                              "q1,d1,heads,\"Perbup 12; 2024\",hard,0,1,2,2,2,2,0,0,1,-40\n"
                              "q1,d2,heads,\"Perbup 12; 2024\",hard,0,1,2,0,0,0,2,1,1,0\n");
    expect_file("units.csv", "unit,seats,filled,short,status_quo_filled,hours_work,hours_staff,load,overload_"
                             "permille,moves_in,moves_out,mean_merit\n"
                             "Dinas A,1,1,0,2,,37.50,,,0,1,\n"
                             "Dinas B,1,1,0,0,40.00,37.50,1.067,63,1,0,80.00\n");
    expect_file("certificate.json", "{\n"
                                    "  \"version\": 1,\n"
                                    "  \"method\": \"core\",\n"
                                    "  \"levels\": [\n"
                                    "    {\n"
                                    "      \"name\": \"required\",\n"
                                    "      \"value\": 0,\n"
                                    "      \"bound\": 0,\n"
                                    "      \"proven\": true\n"
                                    "    },\n"
                                    "    {\n"
                                    "      \"name\": \"unplaced\",\n"
                                    "      \"value\": 1,\n"
                                    "      \"bound\": 1,\n"
                                    "      \"proven\": true\n"
                                    "    },\n"
                                    "    {\n"
                                    "      \"name\": \"shortage\",\n"
                                    "      \"value\": 2000,\n"
                                    "      \"bound\": 2000,\n"
                                    "      \"proven\": true\n"
                                    "    },\n"
                                    "    {\n"
                                    "      \"name\": \"preference\",\n"
                                    "      \"value\": 2700,\n"
                                    "      \"bound\": null,\n"
                                    "      \"proven\": false\n"
                                    "    }\n"
                                    "  ],\n"
                                    "  \"steps\": [\n"
                                    "    {\n"
                                    "      \"kind\": \"feasible\",\n"
                                    "      \"level\": null,\n"
                                    "      \"prices\": {\n"
                                    "        \"posts\": {},\n"
                                    "        \"quotas\": {}\n"
                                    "      }\n"
                                    "    },\n"
                                    "    {\n"
                                    "      \"kind\": \"level\",\n"
                                    "      \"level\": \"preference\",\n"
                                    "      \"prices\": {\n"
                                    "        \"posts\": {\n"
                                    "          \"j2\": 7\n"
                                    "        },\n"
                                    "        \"quotas\": {\n"
                                    "          \"q1\": {\n"
                                    "            \"d1\": -40\n"
                                    "          }\n"
                                    "        }\n"
                                    "      }\n"
                                    "    }\n"
                                    "  ]\n"
                                    "}\n");
}

Test(output, semicolons_bring_decimal_commas) {
    instance->persons_table.separator = ';';
    write_all();
    expect_file("units.csv", "\xEF\xBB\xBF"
                             "unit;seats;filled;short;status_quo_filled;hours_work;hours_staff;load;overload_"
                             "permille;moves_in;moves_out;mean_merit\n"
                             "Dinas A;1;1;0;2;;37,50;;;0;1;\n"
                             "Dinas B;1;1;0;0;40,00;37,50;1,067;63;1;0;80,00\n");
}

static pulang_json *read_summary(void) {
    char path[128];
    pulang_json *summary = NULL;
    snprintf(path, sizeof path, "%s/summary.json", folder);
    cr_assert(eq(int, pulang_json_read(path, "summary.json", &summary, NULL), PULANG_OK));
    return summary;
}

static const char *text_of(const pulang_json *object, const char *key) {
    const char *text = pulang_json_to_text(pulang_json_get(object, key));
    return text ? text : "(none)";
}

Test(output, summary_tells_what_was_found) {
    write_all();
    pulang_json *summary = read_summary();
    cr_assert(eq(str, (char *)text_of(summary, "title"), "Contoh \xC3\xA9"));
    cr_assert(eq(str, (char *)text_of(summary, "status"), "limit"));
    cr_assert(eq(str, (char *)text_of(summary, "method"), "core"));
    cr_assert(eq(str, (char *)text_of(pulang_json_get(summary, "inputs"), "posts.csv"), "cd34"));
    const pulang_json *levels = pulang_json_get(summary, "levels");
    cr_assert(eq(sz, pulang_json_length(levels), 4));
    int64_t value;
    cr_assert(pulang_json_to_integer(pulang_json_get(pulang_json_at(levels, 1), "value"), &value));
    cr_assert(eq(i64, value, 1));
    cr_assert(pulang_json_to_integer(pulang_json_get(pulang_json_at(levels, 1), "status_quo"), &value));
    cr_assert(eq(i64, value, 1));
    cr_assert(not(pulang_json_to_integer(pulang_json_get(pulang_json_at(levels, 3), "bound"), &value)));
    double real;
    cr_assert(not(pulang_json_to_real(pulang_json_get(summary, "gap"), &real)));
    const pulang_json *placed = pulang_json_get(pulang_json_get(summary, "indicators"), "placed");
    cr_assert(pulang_json_to_real(pulang_json_get(placed, "plan"), &real));
    cr_assert(eq(dbl, real, 2));
    const pulang_json *seconds = pulang_json_get(summary, "seconds");
    static const char *const times[] = {"read", "build", "solve", "write", "total"};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        cr_assert(pulang_json_to_real(pulang_json_get(seconds, times[i]), &real));
    pulang_json_free(summary);
}

Test(output, the_same_plan_gives_the_same_bytes) {
    char *first[5];
    write_all();
    for (int i = 0; i < 5; i++)
        first[i] = test_file_read(folder, plan_files[i]);
    settings.threads = 7;
    write_all();
    for (int i = 0; i < 5; i++) {
        expect_file(plan_files[i], first[i]);
        free(first[i]);
    }
}

/* Files in the folder, hidden ones included. */
static int count_files(void) {
    int n = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        n += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(dir);
    return n;
}

Test(output, without_a_plan_only_the_summary_stays) {
    write_all();
    test_file_write(folder, "notes.txt", "mine");
    plan->exists = false;
    plan->outcome = PULANG_INFEASIBLE;
    plan->reason = "too few seats";
    plan->n_steps = 0;
    write_all();
    cr_assert(eq(int, count_files(), 2));
    expect_file("notes.txt", "mine");
    pulang_json *summary = read_summary();
    cr_assert(eq(str, (char *)text_of(summary, "status"), "infeasible"));
    cr_assert(eq(str, (char *)text_of(summary, "reason"), "too few seats"));
    pulang_json_free(summary);
    plan->n_steps = 1; /* a proof that there is no plan */
    write_all();
    cr_assert(eq(int, count_files(), 3));
}

Test(output, a_failure_leaves_the_old_folder) {
    write_all();
    char *before = test_file_read(folder, "placements.csv");
    plan->post[0] = 1;
    struct rlimit old, limit;
    getrlimit(RLIMIT_FSIZE, &old);
    limit = old;
    limit.rlim_cur = 1024; /* the summary is longer than that, the tables are not */
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    pulang_error error;
    pulang_status status = pulang_output_write(instance, plan, &settings, folder, &error);
    setrlimit(RLIMIT_FSIZE, &old);
    cr_assert(eq(int, status, PULANG_ERROR_IO));
    expect_file("placements.csv", before);
    cr_assert(eq(int, count_files(), 7));
    free(before);
}

/* All of the first allocations, then in growing steps: each run writes to disk. */
static void allocations_fail(int n_files) {
    pulang_status status = PULANG_ERROR_MEMORY;
    for (long k = 1; status != PULANG_OK; k += 1 + k / 16) {
        pulang_alloc_fail_at(k);
        status = pulang_output_write(instance, plan, &settings, folder, NULL);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || status == PULANG_ERROR_MEMORY);
        cr_assert(eq(int, count_files(), status == PULANG_OK ? n_files : 0));
    }
}

Test(output, allocations_may_fail) {
    allocations_fail(7);
}

/* With the workbook, the report and two maps. */
Test(output, allocations_of_the_views_may_fail) {
    settings.tables_only = false;
    allocations_fail(11);
}

Test(output, the_workbook_goes_where_it_is_not_wanted) {
    for (int i = 0; i < 2; i++) {
        settings.tables_only = settings.anonymous = false;
        write_all();
        char *workbook = test_file_read(folder, "placements.xlsx");
        cr_assert(ne(ptr, workbook, NULL));
        free(workbook);
        settings.tables_only = i == 0;
        settings.anonymous = i == 1;
        write_all();
        cr_assert(eq(ptr, test_file_read(folder, "placements.xlsx"), NULL));
    }
}
