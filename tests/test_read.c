#include "model/alloc.h"
#include "model/instance.h"
#include "model/quota.h"
#include "tests/support.h"
#include "tests/support_folder.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A folder, read. */
typedef struct fixture {
    char folder[64];
    pulang_findings *findings;
    pulang_instance *instance;
    pulang_error error;
    pulang_status status;
} fixture;

static void begin(fixture *f, const char *name, const char *text) {
    memset(f, 0, sizeof *f);
    test_sound_folder(f->folder, name, text);
    f->findings = pulang_findings_new();
    f->status = pulang_instance_read(f->folder, NULL, f->findings, &f->instance, &f->error);
}

static void end(fixture *f) {
    pulang_instance_free(f->instance);
    pulang_findings_free(f->findings);
    test_folder_remove(f->folder);
}

static void expect_sound(fixture *f) {
    char *list = test_list_findings(f->findings);
    cr_assert_eq(f->status, PULANG_OK, "%s\n%s", f->error.message, list);
    free(list);
}

Test(read, the_sound_folder_has_no_findings) {
    fixture f;
    begin(&f, NULL, NULL);
    expect_sound(&f);
    char *list = test_list_findings(f.findings);
    cr_assert_str_eq(list, "");
    free(list);
    cr_assert_str_eq(f.instance->dir, f.folder);
    end(&f);
}

Test(read, persons) {
    fixture f;
    begin(&f, NULL, NULL);
    expect_sound(&f);
    const pulang_instance *in = f.instance;
    cr_assert_eq(in->n_persons, 4);
    const pulang_person *ani = &in->persons[0], *dewi = &in->persons[3];
    cr_expect_str_eq(ani->id, "ani");
    cr_expect_str_eq(ani->name, "Ani");
    cr_expect_str_eq(ani->category, "tech");
    cr_expect_str_eq(ani->contract, "pns");
    cr_expect_eq(ani->origin, 0);
    cr_assert_eq(ani->skills.n, 2);
    cr_expect_str_eq(in->skills[ani->skills.items[0].skill], "nurse");
    cr_expect_eq(ani->skills.items[0].level, 3);
    cr_expect_eq(ani->skills.items[1].level, 1);
    cr_expect_eq(ani->merit, 8000);
    cr_expect_eq(ani->hours, 3750);
    cr_expect_eq(ani->pay, 400000000);
    cr_expect_eq(ani->current, 1);
    cr_expect_eq(ani->pin, PULANG_NONE);
    cr_assert_eq(ani->wish.n, 2);
    cr_expect(ani->wish.items[0].post == 0 && ani->wish.items[0].place == PULANG_NONE);
    cr_expect(ani->wish.items[1].place == 1 && ani->wish.items[1].post == PULANG_NONE);
    cr_expect_eq(ani->tenure, 450);
    const pulang_person *budi = &in->persons[1];
    cr_assert(budi->forbid_posts.n == 1 && budi->forbid_posts.items[0] == 3);
    cr_assert(budi->forbid_places.n == 1 && budi->forbid_places.items[0] == 2);
    cr_expect_eq(in->persons[2].pin, 1);
    cr_expect_eq(dewi->merit, PULANG_NONE);
    cr_expect_eq(dewi->tenure, PULANG_NONE);
    cr_expect_eq(dewi->current, PULANG_NONE);
    cr_expect_eq(in->persons[2].origin, PULANG_NONE);
    cr_assert_eq(in->n_groups, 1);
    cr_expect_str_eq(in->groups[0].name, "pair");
    cr_expect(in->groups[0].persons.n == 2 && in->groups[0].persons.items[1] == 1);
    cr_expect(ani->group == 0 && dewi->group == PULANG_NONE);
    end(&f);
}

Test(read, posts_seats_and_workload) {
    fixture f;
    begin(&f, NULL, NULL);
    expect_sound(&f);
    const pulang_post *posts = f.instance->posts;
    cr_expect(posts[0].min == 0 && posts[0].target == 1 && posts[0].max == 2);
    cr_expect_eq(posts[0].min_merit, 5000);
    cr_expect_eq(posts[0].priority, 2000);
    cr_expect_eq(posts[0].hours, 3750);
    cr_expect_eq(posts[0].pay, PULANG_NONE);
    cr_expect_eq(posts[0].need, PULANG_NONE);
    cr_assert_eq(posts[0].contracts.n, 2);
    cr_expect_str_eq(posts[0].contracts.items[1], "pppk");
    cr_expect(posts[0].requires.n == 1 && posts[0].requires.items[0].level == 2);
    cr_expect_eq(posts[1].priority, 1000);
    /* office-s: need (1500 + 250) / 1250 = 1.4; target 1, max follows. */
    cr_expect_eq(posts[3].need, 140);
    cr_expect(posts[3].min == 0 && posts[3].target == 1 && posts[3].max == 1);
    cr_expect_eq(posts[3].pay, 320000000);
    /* office-g: need 0.08, max 4 stays. */
    cr_expect(posts[2].need == 8 && posts[2].target == 0 && posts[2].max == 4);
    cr_expect_str_eq(posts[2].unit, "village");
    cr_expect_eq(posts[2].place, 0);
    end(&f);
}

Test(read, blank_seats) {
    static const struct {
        const char *seats;
        int min, target, max;
    } cases[] = {
        {",,", 0, 0, PULANG_UNLIMITED},
        {"2,,", 2, 2, PULANG_UNLIMITED},
        {",3,", 0, 3, 3},
        {",,4", 0, 4, 4},
        {"1,,4", 1, 4, 4},
        {"1,2,", 1, 2, 2},
        {"1,2,4", 1, 2, 4},
        {"0,0,0", 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        snprintf(text, sizeof text,
                 "post,place,min,target,max\nclinic-g,gagu,,9,\nclinic-s,gagu,,9,\noffice-g,gagu,,9,\n"
                 "office-s,gagu,%s\n",
                 cases[i].seats);
        char folder[64];
        test_sound_folder(folder, "posts.csv", text);
        test_file_write(folder, "quotas.csv", "quota,max\nq,9\n");
        test_file_write(folder, "workload.csv", "post,volume,norm_hours\n");
        test_file_write(folder, "scenario.yaml", "title: x\n");
        pulang_findings *findings = pulang_findings_new();
        pulang_instance *instance = NULL;
        pulang_status status = pulang_instance_read(folder, NULL, findings, &instance, NULL);
        char *list = test_list_findings(findings);
        cr_assert_eq(status, PULANG_OK, "%s", list);
        const pulang_post *post = &instance->posts[3];
        cr_expect(post->min == cases[i].min && post->target == cases[i].target && post->max == cases[i].max,
                  "%s: %d %d %d", cases[i].seats, post->min, post->target, post->max);
        free(list);
        pulang_instance_free(instance);
        pulang_findings_free(findings);
        test_folder_remove(folder);
    }
}

Test(read, places_travel_and_pairs) {
    fixture f;
    begin(&f, NULL, NULL);
    expect_sound(&f);
    const pulang_instance *in = f.instance;
    cr_expect(in->places[0].has_point && in->places[0].lat == -1.2568 && in->places[0].remoteness == 0.9);
    cr_expect_str_eq(in->places[0].district, "Antang Kalang");
    cr_assert_eq(in->n_legs, 2);
    cr_expect(in->legs[0].km == 190 && in->legs[0].hours < 0);
    cr_expect(in->legs[1].km == 3 && in->legs[1].hours == 0.2);
    cr_expect_eq(in->metres[0 * 3 + 1], 190000);
    cr_assert_eq(in->n_pairs, 3);
    cr_expect(in->pairs[0].person == 0 && in->pairs[0].post == 0 && in->pairs[0].cost == 0);
    cr_expect(in->pairs[1].post == 1 && in->pairs[1].cost == -250);
    cr_expect(in->pairs[2].person == 1 && in->pairs[2].cost == 1500);
    cr_expect(in->pairs_begin[0] == 0 && in->pairs_begin[1] == 2 && in->pairs_begin[2] == 3 &&
              in->pairs_begin[4] == 3);
    end(&f);
}

Test(read, quotas_with_overrides_and_moves) {
    fixture f;
    begin(&f, NULL, NULL);
    expect_sound(&f);
    const pulang_instance *in = f.instance;
    cr_assert_eq(in->n_quotas, 5);
    const pulang_quota *heads = &in->quotas[0], *nurses = &in->quotas[1], *budget = &in->quotas[2],
                       *hours = &in->quotas[3], *moves = &in->quotas[4];
    cr_expect_str_eq(heads->name, "a head in each district");
    cr_expect_str_eq(heads->basis, "Perbup 1/2026");
    cr_expect_str_eq(heads->each, "district");
    cr_expect(!heads->persons && !heads->posts && heads->tier == PULANG_TIER_HARD && heads->on);
    cr_expect(!heads->has_min && heads->has_target && heads->target == 1 && heads->has_max &&
              heads->max == 3);
    cr_expect_eq(heads->line, 2);
    cr_expect(nurses->tier == 0 && nurses->persons && nurses->posts && nurses->min == 1);
    cr_expect(pulang_filter_matches(in, nurses->persons, 0) &&
              !pulang_filter_matches(in, nurses->persons, 1));
    /* The scenario's maximum has half a unit: tenths. */
    cr_expect(budget->measure == PULANG_MEASURE_PAY && budget->scale == 10 && budget->max == 210000005);
    cr_expect(!budget->amount);
    cr_expect(!hours->on && hours->target_is_work && hours->has_target && hours->scale == 10);
    cr_expect(hours->amount[0] == 375 && hours->amount[1] == 200);
    cr_expect_eq(hours->weight, 2500);
    cr_expect_str_eq(moves->name, "limits.moves");
    cr_expect(moves->max == 3 && moves->measure == PULANG_MEASURE_MOVES && moves->line == 0);
    end(&f);
}

Test(read, a_measured_column_and_its_scale) {
    fixture f;
    begin(&f, "persons.csv",
          "nip;nama;usia;keahlian\n'198609262015051001;Ani;1,25;nurse\n=\"199003252024211012\";Budi;30;\n"
          "19900325 202421 1 013;Citra;;nurse:2\n");
    /* The other files name people of the sound folder: only what is read of persons matters here. */
    cr_expect_eq(f.status, PULANG_ERROR_INPUT);
    end(&f);
    test_sound_folder(f.folder, "persons.csv",
                      "nip;nama;usia;keahlian\n'198609262015051001;Ani;1,25;nurse\n=\"199003252024211012\";"
                      "Budi;30;\n19900325 202421 1 013;Citra;;nurse:2\n");
    test_file_write(f.folder, "pairs.csv", "nip,formasi\n199003252024211013,clinic-g\n");
    test_file_write(f.folder, "quotas.csv", "kuota,ukuran,maksimal\nage,usia,99\n");
    test_file_write(f.folder, "scenario.yaml", "title: x\n");
    f.findings = pulang_findings_new();
    f.instance = NULL;
    f.status = pulang_instance_read(f.folder, NULL, f.findings, &f.instance, &f.error);
    expect_sound(&f);
    const pulang_instance *in = f.instance;
    cr_expect_str_eq(in->persons[0].id, "198609262015051001");
    cr_expect_str_eq(in->persons[1].id, "199003252024211012");
    cr_expect_str_eq(in->persons[2].id, "199003252024211013");
    cr_expect_eq(in->pairs[0].person, 2);
    cr_expect(in->quotas[0].scale == 100 && in->quotas[0].max == 9900);
    cr_expect(in->quotas[0].amount[0] == 125 && in->quotas[0].amount[1] == 3000 &&
              in->quotas[0].amount[2] == 0);
    end(&f);
}

Test(read, filters_and_groups_know_the_headings_of_the_files) {
    fixture f;
    memset(&f, 0, sizeof f);
    test_sound_folder(f.folder, "posts.csv",
                      "formasi,desa,jabatan\nclinic-g,gagu,perawat\nclinic-s,sampit,perawat\n"
                      "office-s,sampit,staf\noffice-g,gagu,staf\n");
    test_file_write(f.folder, "quotas.csv", "kuota,tiap,jabatan,maksimal\nq,Desa,jabatan=perawat,9\n");
    test_file_write(f.folder, "scenario.yaml", "title: x\n");
    f.findings = pulang_findings_new();
    f.status = pulang_instance_read(f.folder, NULL, f.findings, &f.instance, &f.error);
    expect_sound(&f);
    cr_expect(pulang_filter_matches(f.instance, f.instance->quotas[0].posts, 0) &&
              !pulang_filter_matches(f.instance, f.instance->quotas[0].posts, 2));
    cr_expect_str_eq(pulang_quota_group(f.instance, &f.instance->quotas[0], 1), "sampit");
    end(&f);
}

Test(read, inputs_are_hashed_in_order) {
    fixture f;
    begin(&f, NULL, NULL);
    expect_sound(&f);
    cr_assert_eq(f.instance->n_inputs, TEST_FOLDER_FILES);
    for (int i = 1; i < f.instance->n_inputs; i++)
        cr_expect_lt(strcmp(f.instance->inputs[i - 1].name, f.instance->inputs[i].name), 0);
    for (int i = 0; i < f.instance->n_inputs; i++)
        cr_expect_eq(strlen(f.instance->inputs[i].sha256), 64);
    end(&f);
}

Test(read, optional_files_may_be_missing) {
    char folder[64];
    test_folder_make(folder);
    for (int i = 0; i < 3; i++)
        test_file_write(folder, test_sound_files[i].name, test_sound_files[i].text);
    pulang_findings *findings = pulang_findings_new();
    pulang_instance *instance = NULL;
    pulang_status status = pulang_instance_read(folder, NULL, findings, &instance, NULL);
    char *list = test_list_findings(findings);
    cr_assert_eq(status, PULANG_OK, "%s", list);
    cr_expect_eq(instance->n_quotas, 0);
    cr_expect_eq(instance->pairs_begin[4], 0);
    cr_expect_eq(instance->posts[3].max, PULANG_UNLIMITED);
    free(list);
    pulang_instance_free(instance);
    pulang_findings_free(findings);
    test_folder_remove(folder);
}

Test(read, a_given_scenario_is_read_and_hashed) {
    fixture f;
    memset(&f, 0, sizeof f);
    test_sound_folder(f.folder, "other.yaml", "extend: scenario.yaml\nlimits:\n  moves: 7\n");
    char path[128];
    snprintf(path, sizeof path, "%s/other.yaml", f.folder);
    f.findings = pulang_findings_new();
    f.status = pulang_instance_read(f.folder, path, f.findings, &f.instance, &f.error);
    expect_sound(&f);
    cr_expect_eq(f.instance->quotas[4].max, 7);
    cr_expect_eq(f.instance->quotas[2].max, 210000005);
    cr_assert_eq(f.instance->n_inputs, TEST_FOLDER_FILES + 1);
    cr_expect_str_eq(f.instance->inputs[0].name, "other.yaml");
    end(&f);
}

Test(read, bad_arguments_and_missing_folders) {
    pulang_findings *findings = pulang_findings_new();
    pulang_instance *instance = NULL;
    pulang_error error;
    cr_expect_eq(pulang_instance_read(NULL, NULL, findings, &instance, &error), PULANG_ERROR_ARGUMENT);
    cr_expect_eq(pulang_instance_read("/nonexistent", NULL, findings, &instance, &error), PULANG_ERROR_IO);
    cr_expect_str_eq(error.file, "/nonexistent");
    cr_expect_null(instance);
    pulang_findings_free(findings);
}

Test(read, every_failing_allocation_is_survived) {
    char folder[64];
    test_sound_folder(folder, NULL, NULL);
    pulang_status status = PULANG_ERROR_MEMORY;
    long k = 1;
    for (; status == PULANG_ERROR_MEMORY; k++) {
        pulang_findings *findings = pulang_findings_new();
        pulang_instance *instance = NULL;
        pulang_alloc_fail_at(k);
        status = pulang_instance_read(folder, NULL, findings, &instance, NULL);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || status == PULANG_ERROR_MEMORY, "allocation %ld: %d", k, status);
        cr_assert_eq(instance != NULL, status == PULANG_OK);
        pulang_instance_free(instance);
        pulang_findings_free(findings);
    }
    cr_assert_gt(k, 50);
    test_folder_remove(folder);
}

/* Cuts, doubles, swaps and replaces stretches of a file. */
static void mutate(test_random *random, char *text, size_t room) {
    static const char *const pieces[] = {
        ",",        ";",         "\"",   "\n",           "\r\n",   "|",        "=", "&", "-", "999999999999",
        "1.98E+17", "1.234.567", "\xFF", "\xEF\xBB\xBF", "sampit", "clinic-s", ":", "'", " ", "0"};
    for (int n = test_random_range(random, 1, 4); n > 0; n--) {
        size_t length = strlen(text);
        size_t at = (size_t)test_random_range(random, 0, (int)length);
        const char *piece = pieces[test_random_range(random, 0, sizeof pieces / sizeof *pieces - 1)];
        size_t cut = (size_t)test_random_range(random, 0, 6);
        cut = cut > length - at ? length - at : cut;
        if (test_random_range(random, 0, 2) == 0)
            cut = 0;
        if (length - cut + strlen(piece) >= room)
            continue;
        memmove(text + at + strlen(piece), text + at + cut, length - at - cut + 1);
        memcpy(text + at, piece, strlen(piece));
    }
}

Test(read, mutated_folders_never_crash_and_faults_are_told) {
    test_random random = {20260101};
    char folder[64];
    test_sound_folder(folder, NULL, NULL);
    int refused = 0;
    for (int round = 0; round < 1500; round++) {
        char text[4096];
        const test_file *file = &test_sound_files[test_random_range(&random, 0, TEST_FOLDER_FILES - 1)];
        strcpy(text, file->text);
        mutate(&random, text, sizeof text);
        test_file_write(folder, file->name, text);
        pulang_findings *findings = pulang_findings_new();
        pulang_instance *instance = NULL;
        pulang_status status = pulang_instance_read(folder, NULL, findings, &instance, NULL);
        cr_assert(status == PULANG_OK || status == PULANG_ERROR_INPUT);
        cr_assert_eq(pulang_findings_count(findings, PULANG_FAULT) > 0, status != PULANG_OK);
        refused += status != PULANG_OK;
        pulang_instance_free(instance);
        pulang_findings_free(findings);
        test_file_write(folder, file->name, file->text);
    }
    cr_assert(refused > 300 && refused < 1500, "%d", refused);
    test_folder_remove(folder);
}

/* In exact fractions, with decimal commas where the file has them, and replaced by the scenario. */
Test(read, shares_and_openings) {
    fixture f;
    begin(&f, "quotas.csv",
          "quota;persons;of;measure;min;max;or_none\n"
          "nurses;skills=nurse;contract=pns;;12,5%;;\n"
          "tech;category=tech;;pay;; 33,33 % ;no\n"
          "budget;;;hours;40;;ya\n");
    expect_sound(&f);
    const pulang_quota *nurses = &f.instance->quotas[0], *tech = &f.instance->quotas[1];
    const pulang_quota *budget = &f.instance->quotas[2];
    cr_expect(nurses->share && nurses->has_min && !nurses->has_max && nurses->of);
    cr_expect(nurses->part == 125 && nurses->whole == 1000 && nurses->min == 0);
    cr_expect(tech->share && !tech->has_min && tech->has_max && !tech->of && !tech->or_none);
    cr_expect(tech->part == 3333 && tech->whole == 10000);
    cr_expect_eq(pulang_quota_factor(f.instance, tech, 0), 10000 - 3333);
    cr_expect_eq(pulang_quota_factor(f.instance, tech, 3), -3333);
    cr_expect(!budget->share && budget->or_none && budget->has_min && budget->min == 400);
    end(&f);
    begin(&f, "scenario.yaml", "quotas:\n  - {quota: budget, max: 40%}\n");
    expect_sound(&f);
    cr_expect(f.instance->quotas[2].share && f.instance->quotas[2].part == 40);
    end(&f);
    begin(&f, "posts.csv",
          "post,place,unit,role,max,open_min\nclinic-g,gagu,health,nurse,3,2\n"
          "clinic-s,sampit,health,nurse,,\noffice-s,sampit,,,,\noffice-g,gagu,,,,\n");
    expect_sound(&f);
    cr_expect(f.instance->posts[0].open_min == 2 && f.instance->posts[1].open_min == 0);
    end(&f);
}
