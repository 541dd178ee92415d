#include "io/sweep.h"

#include "io/frontier.h"
#include "model/alloc.h"
#include "tests/support.h"
#include "tests/support_folder.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *weights[] = {"0", "0.5", "1"};
static const char *switches[] = {"on", "off"};

/* A grid of 3 x 2. */
static pulang_sweep grid(void) {
    return (pulang_sweep){.axes = {{"weights.move", "--vary", {3, weights}},
                                   {"quotas.a/b, 50% (é).on", "--vary", {2, switches}}},
                          .n_axes = 2};
}

static pulang_instance *read_set(const char *folder, const pulang_override *set, int n_set,
                                 pulang_findings *findings) {
    pulang_instance *instance = NULL;
    pulang_instance_read_set(folder, NULL, set, n_set, findings, &instance, NULL);
    return instance;
}

Test(sweep, points_of_a_grid) {
    pulang_sweep sweep = grid();
    cr_assert_eq(pulang_sweep_points(&sweep), 6);
    cr_expect_str_eq(pulang_sweep_value(&sweep, 0, 0), "0");
    cr_expect_str_eq(pulang_sweep_value(&sweep, 0, 1), "on");
    cr_expect_str_eq(pulang_sweep_value(&sweep, 3, 0), "0.5");
    cr_expect_str_eq(pulang_sweep_value(&sweep, 3, 1), "off");
    cr_expect_str_eq(pulang_sweep_value(&sweep, 4, 0), "1");
    cr_expect_str_eq(pulang_sweep_value(&sweep, 4, 1), "on");
}

Test(sweep, the_axes_come_after_what_is_set_everywhere) {
    const pulang_override everywhere[] = {{"weights.pay", "2", "--set"}};
    pulang_override set[3];
    pulang_sweep sweep = grid();
    sweep.set = everywhere;
    sweep.n_set = 1;
    pulang_sweep_settings(&sweep, 5, set);
    cr_expect_str_eq(set[0].key, "weights.pay");
    cr_expect_str_eq(set[1].key, "weights.move");
    cr_expect_str_eq(set[1].value, "1");
    cr_expect_str_eq(set[2].value, "off");
    cr_expect_str_eq(set[2].source, "--vary");
}

Test(sweep, names_are_those_of_files) {
    char name[PULANG_SWEEP_NAME], key[400];
    pulang_sweep sweep = grid();
    cr_assert_eq(pulang_sweep_name(&sweep, 2, name, NULL), PULANG_OK);
    cr_expect_str_eq(name, "weights.move=0.5,quotas.a%2Fb%2C%2050%25%20%28é%29.on=on");
    for (int length = 200; length < 300; length++) {
        memset(key, 'k', sizeof key);
        key[length] = '\0';
        sweep.axes[1].key = key;
        bool fits = strlen("weights.move=0,") + (size_t)length + strlen("=on") < PULANG_SWEEP_NAME;
        cr_assert_eq(pulang_sweep_name(&sweep, 0, name, NULL), fits ? PULANG_OK : PULANG_ERROR_ARGUMENT);
    }
}

/* The record at path, and how it differs from that of the sweep. */
static const char *change_since(const pulang_sweep *sweep, const pulang_instance *instance,
                                const char *folder, pulang_arena *arena) {
    char path[128];
    snprintf(path, sizeof path, "%s/run.json", folder);
    return pulang_sweep_change(sweep, instance, path, arena);
}

Test(sweep, a_record_tells_what_has_changed) {
    char folder[64];
    const char *given[1][2] = {{"seed", "3"}};
    const pulang_override other[] = {{"weights.pay", "2", "--set"}};
    test_sound_folder(folder, NULL, NULL);
    pulang_findings *findings = pulang_findings_new();
    pulang_arena *arena = pulang_arena_new();
    pulang_instance *instance = read_set(folder, NULL, 0, findings);
    pulang_sweep sweep = grid();
    char *record = pulang_sweep_record(&sweep, 1, instance);
    test_file_write(folder, "run.json", record);
    cr_expect_null(change_since(&sweep, instance, folder, arena));
    char *again = pulang_sweep_record(&sweep, 1, instance);
    cr_expect_str_eq(record, again);
    sweep.given = given;
    sweep.n_given = 1;
    cr_expect_str_eq(change_since(&sweep, instance, folder, arena), "the settings of the solver");
    sweep.n_given = 0;
    sweep.set = other;
    sweep.n_set = 1;
    cr_expect_str_eq(change_since(&sweep, instance, folder, arena), "what is set by --set");
    sweep.n_set = 0;
    test_file_write(folder, "travel.csv", "from,to,km,hours\ngagu,sampit,200,\n");
    pulang_instance *changed = read_set(folder, NULL, 0, findings);
    cr_expect_str_eq(change_since(&sweep, changed, folder, arena), "travel.csv");
    test_file_write(folder, "run.json", "{");
    cr_expect_null(change_since(&sweep, instance, folder, arena));
    pulang_free(record);
    pulang_free(again);
    pulang_instance_free(instance);
    pulang_instance_free(changed);
    pulang_findings_free(findings);
    pulang_arena_free(arena);
    test_folder_remove(folder);
}

/* -- Settings beside the scenario -- */

Test(sweep, what_is_set_beats_the_scenario) {
    char folder[64];
    const pulang_override set[] = {
        {"limits.moves", "7", "--set"},      {"weights.hometown", "2.5", "--set"},
        {"posts.minimum", "hard", "--set"},  {"quotas.budget.max", "22000000", "--set"},
        {"quotas.nurses.min", "2", "--set"}, {"quotas.nurses.tier", "hard", "--set"},
        {"limits.moves", "9", "--set"},      {"hometown.mismatch", "", "--set"},
    };
    test_sound_folder(folder, NULL, NULL);
    pulang_findings *findings = pulang_findings_new();
    pulang_instance *instance = read_set(folder, set, sizeof set / sizeof *set, findings);
    cr_assert_not_null(instance);
    cr_expect_eq(instance->scenario.max_moves, 9);
    cr_expect_eq(instance->scenario.weight[PULANG_TERM_HOMETOWN], 2500);
    cr_expect(instance->scenario.hard_minimums);
    cr_expect_float_eq(instance->scenario.mismatch, 0.4, 1e-12);
    cr_expect_eq(instance->quotas[1].min, 2);
    cr_expect_eq(instance->quotas[1].tier, PULANG_TIER_HARD);
    cr_expect_eq(instance->quotas[2].max / instance->quotas[2].scale, 22000000);
    cr_expect_eq(instance->n_set, 8);
    pulang_instance_free(instance);
    pulang_findings_free(findings);
    test_folder_remove(folder);
}

/* Each is a fault of the option, both when reading and when only the settings are checked. */
Test(sweep, faults_of_what_is_set) {
    static const struct {
        const char *key, *value, *message;
    } cases[] = {
        {"weights.homtown", "1", "unknown key"},
        {"weights", "1", "unknown key"},
        {"quotas.min", "1", "unknown key"},
        {"quotas.budget.mxa", "1", "unknown key"},
        {"levels", "1", "this key holds a list"},
        {"hometown.curve", "1", "this key holds a list"},
        {"weights.move", "-1", "out of range"},
        {"limits.moves", "1.5", "not a whole number"},
        {"posts.minimum", "soft", "not one of the choices"},
        {"hometown.by", "hours", "the curve by default is over km"},
        {"quotas.bugdet.max", "1", "there is no such quota"},
        {"quotas.nurses.min", "x", "number"},
        {"quotas.nurses.tier", "soft", "level"},
        {"envy.forbid", "rle=x", "rle"},
    };
    char folder[64];
    test_sound_folder(folder, NULL, NULL);
    pulang_findings *sound = pulang_findings_new();
    pulang_instance *base = read_set(folder, NULL, 0, sound);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const pulang_override set = {cases[i].key, cases[i].value, "--vary"};
        pulang_instance *instance = NULL;
        pulang_findings *read = pulang_findings_new(), *checked = pulang_findings_new();
        bool envy = strcmp(cases[i].key, "envy.forbid") == 0;
        cr_expect_eq(pulang_instance_read_set(folder, NULL, &set, 1, read, &instance, NULL),
                     PULANG_ERROR_INPUT);
        cr_expect_eq(pulang_instance_check_set(base, NULL, &set, 1, checked, NULL), PULANG_ERROR_INPUT);
        const char *file = envy ? "scenario.yaml" : "--vary";
        cr_expect(test_find_finding(read, file, 0, cases[i].message), "%s", cases[i].key);
        cr_expect(test_find_finding(checked, file, 0, cases[i].message), "%s", cases[i].key);
        pulang_findings_free(read);
        pulang_findings_free(checked);
    }
    pulang_instance_free(base);
    pulang_findings_free(sound);
    test_folder_remove(folder);
}

Test(sweep, out_of_memory) {
    const pulang_override set[] = {{"quotas.nurses.min", "2", "--set"}, {"weights.move", "2", "--set"}};
    char folder[64];
    test_sound_folder(folder, NULL, NULL);
    pulang_findings *sound = pulang_findings_new();
    pulang_instance *base = read_set(folder, NULL, 0, sound);
    for (long k = 1;; k++) {
        pulang_findings *findings = pulang_findings_new();
        pulang_alloc_fail_at(k);
        pulang_status status = pulang_instance_check_set(base, NULL, set, 2, findings, NULL);
        pulang_alloc_fail_at(0);
        pulang_findings_free(findings);
        if (status == PULANG_OK)
            break;
        cr_assert_eq(status, PULANG_ERROR_MEMORY, "%ld", k);
    }
    pulang_instance_free(base);
    pulang_findings_free(sound);
    test_folder_remove(folder);
}

/* -- The frontier -- */

static void write_run(const char *folder, const char *run, const char *summary) {
    char path[192], command[256];
    snprintf(path, sizeof path, "%s/runs/%s", folder, run);
    snprintf(command, sizeof command, "mkdir -p '%s'", path);
    cr_assert_eq(system(command), 0);
    test_file_write(path, "summary.json", summary);
}

Test(sweep, frontier_of_points_with_and_without_plan) {
    static const char *two[] = {"1", "2.5"};
    char folder[64];
    test_sound_folder(folder, NULL, NULL);
    pulang_findings *findings = pulang_findings_new();
    pulang_instance *instance = read_set(folder, NULL, 0, findings);
    pulang_sweep sweep = {.axes = {{"weights.move", "--vary", {2, two}}}, .n_axes = 1};
    pulang_frontier *frontier = NULL;
    pulang_error error;
    write_run(folder, "weights.move=1", "{\"status\": \"infeasible\", \"plan\": false}");
    cr_assert_eq(pulang_frontier_read(&sweep, instance, folder, &frontier, &error), PULANG_ERROR_IO);
    write_run(folder, "weights.move=2.5", "{\"status\": \"optimal\", \"plan\": true}");
    cr_assert_eq(pulang_frontier_read(&sweep, instance, folder, &frontier, &error), PULANG_ERROR_INPUT);
    cr_assert_null(frontier);
    write_run(folder, "weights.move=2.5", "{\"status\": \"limit\", \"plan\": false}");
    cr_assert_eq(pulang_frontier_read(&sweep, instance, folder, &frontier, &error), PULANG_OK);
    cr_expect_str_eq(frontier->points[0].status, "infeasible");
    cr_expect_str_eq(frontier->points[1].status, "limit");
    char *json = pulang_write_frontier_json(frontier);
    cr_expect(strstr(json, "2.5") && strstr(json, "\"status\": \"limit\""));
    pulang_csv_writer csv = pulang_csv_writer_begin(PULANG_CSV_PLAIN);
    pulang_write_frontier_csv(frontier, &csv);
    cr_expect(csv.bytes && strncmp(csv.bytes, "weights.move,run,status,level_", 30) == 0);
    pulang_csv_writer_clear(&csv);
    pulang_free(json);
    pulang_frontier_free(frontier);
    pulang_instance_free(instance);
    pulang_findings_free(findings);
    test_folder_remove(folder);
}
