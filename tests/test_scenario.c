#include "io/scenario.h"

#include "model/alloc.h"
#include "tests/support.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* What one reading gives. */
typedef struct reading {
    char folder[64];
    pulang_arena *arena;
    pulang_findings *findings;
    pulang_scenario_reading read;
    pulang_error error;
} reading;

static void begin(reading *r) {
    memset(r, 0, sizeof *r);
    test_folder_make(r->folder);
    r->arena = pulang_arena_new();
    r->findings = pulang_findings_new();
}

static pulang_status read_file(reading *r, const char *name) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", r->folder, name);
    return pulang_scenario_read(path, name, NULL, 0, r->arena, r->findings, &r->read, &r->error);
}

static void finish(reading *r) {
    pulang_arena_free(r->arena);
    pulang_findings_free(r->findings);
    test_folder_remove(r->folder);
}

/* Reads text as scenario.yaml without faults. */
static void read_text(reading *r, const char *text) {
    begin(r);
    test_file_write(r->folder, "scenario.yaml", text);
    cr_assert_eq(read_file(r, "scenario.yaml"), PULANG_OK);
    if (pulang_findings_total(r->findings) > 0)
        cr_assert_fail("%s", pulang_findings_at(r->findings, 0)->message);
}

static const char everything[] =
    "title: 'Kotim: staff # 1'\n"
    "levels: [unplaced, move, budget, preference]\n"
    "weights: {hometown: 2.5, skills: 0, merit: 1, wish: 3, move: 4, pay: 5, pairs: 6}\n"
    "hometown:\n"
    "  by: hours\n"
    "  curve:\n"
    "    - {at: 0, retention: 1}\n"
    "    - at: 2.5\n"
    "      retention: 0.25\n"
    "  mismatch: 0.1\n"
    "  unknown: 0.2\n"
    "distance: {detour: 1.6, speed_kmh: 25}\n"
    "posts: {minimum: hard}\n"
    "groups: {within_km: 12}\n"
    "pairs: {mode: only}\n"
    "tenure: {min_years: 2}\n"
    "workload: {effective_hours: 1200}\n"
    "limits: {time: 20, gap: 0.01, moves: 200}\n"
    "phases:\n"
    "  - {name: first, moves: 50}\n"
    "  - {moves: 150}\n"
    "quotas:\n"
    "  - {quota: budget, max: 5000, tier: budget}\n"
    "  - {quota: hours, target: work, min: '', max: , on: no}\n";

Test(scenario, reads_every_key) {
    reading r;
    read_text(&r, everything);
    const pulang_scenario *s = &r.read.scenario;
    cr_assert_str_eq(s->title, "Kotim: staff # 1");
    cr_assert_eq(s->n_levels, 4);
    cr_assert_eq(s->levels[0].kind, PULANG_LEVEL_UNPLACED);
    cr_assert(s->levels[1].kind == PULANG_LEVEL_TERM && s->levels[1].term == PULANG_TERM_MOVE);
    cr_assert_eq(s->levels[2].kind, PULANG_LEVEL_QUOTAS);
    cr_assert_str_eq(s->levels[2].name, "budget");
    static const int64_t weights[] = {2500, 0, 1000, 3000, 4000, 5000, 6000};
    cr_assert_arr_eq(s->weight, weights, sizeof weights);
    cr_assert(s->by_hours && s->hard_minimums && s->pairs_only);
    cr_assert_eq(s->n_curve, 2);
    cr_assert(s->curve[1].at == 2.5 && s->curve[1].retention == 0.25);
    cr_assert(s->mismatch == 0.1 && s->unknown_retention == 0.2 && s->detour == 1.6 && s->speed_kmh == 25);
    cr_assert(s->group_km == 12 && s->min_tenure == 2 && s->effective_hours == 1200);
    cr_assert(s->time_limit == 20 && s->gap == 0.01 && s->max_moves == 200);
    cr_assert_eq(s->n_phases, 2);
    cr_assert_str_eq(s->phases[0].name, "first");
    cr_assert_str_eq(s->phases[1].name, "2");
    cr_assert_eq(s->phases[1].moves, 150);
    cr_assert_eq(r.read.n_files, 1);
    finish(&r);
}

Test(scenario, changes_of_quotas_stay_text) {
    reading r;
    read_text(&r, everything);
    cr_assert_eq(r.read.n_overrides, 2);
    cr_assert_str_eq(r.read.overrides[0].max, "5000");
    cr_assert_null(r.read.overrides[0].min);
    cr_assert_str_eq(r.read.overrides[1].quota, "hours");
    cr_assert_str_eq(r.read.overrides[1].target, "work");
    cr_assert_str_eq(r.read.overrides[1].min, "");
    cr_assert_str_eq(r.read.overrides[1].max, "");
    cr_assert_str_eq(r.read.overrides[1].on, "no");
    cr_assert_eq(r.read.overrides[1].line, 24);
    cr_assert_str_eq(r.read.overrides[1].file, "scenario.yaml");
    finish(&r);
}

Test(scenario, an_empty_file_keeps_the_defaults) {
    static const char *const texts[] = {"", "# nothing\n", "---\n", "\xEF\xBB\xBFtitle: \r\nweights:\r\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        reading r;
        read_text(&r, texts[i]);
        pulang_scenario defaults;
        pulang_scenario_default(&defaults);
        cr_assert_str_eq(r.read.scenario.title, "");
        cr_assert_arr_eq(r.read.scenario.weight, defaults.weight, sizeof defaults.weight);
        cr_assert(r.read.scenario.levels == defaults.levels && r.read.scenario.curve == defaults.curve);
        cr_assert(r.read.scenario.detour == defaults.detour &&
                  r.read.scenario.max_moves == defaults.max_moves);
        finish(&r);
    }
}

Test(scenario, extending_changes_only_what_it_states) {
    reading r;
    begin(&r);
    test_file_write(r.folder, "base.yaml",
                    "title: base\nweights: {wish: 7, pay: 2}\nlevels: [unplaced, preference]\n"
                    "limits: {moves: 10}\nquotas: [{quota: a, min: 1, max: 2}, {quota: b, on: no}]\n");
    test_file_write(r.folder, "middle.yaml", "extend: base.yaml\nweights: {wish: 8}\nlimits: {moves: }\n");
    test_file_write(r.folder, "top.yaml",
                    "title: top\nlevels: [shortage]\nextend: middle.yaml\nquotas:\n- quota: a\n  max: 3\n");
    cr_assert_eq(read_file(&r, "top.yaml"), PULANG_OK);
    cr_assert_eq(pulang_findings_total(r.findings), 0);
    cr_assert_str_eq(r.read.scenario.title, "top");
    cr_assert_eq(r.read.scenario.weight[PULANG_TERM_WISH], 8000);
    cr_assert_eq(r.read.scenario.weight[PULANG_TERM_PAY], 2000);
    cr_assert_eq(r.read.scenario.weight[PULANG_TERM_MOVE], 1000, "the default");
    cr_assert_eq(r.read.scenario.n_levels, 1);
    cr_assert_eq(r.read.scenario.max_moves, -1, "blank puts the default back");
    cr_assert_eq(r.read.n_overrides, 2);
    cr_assert_str_eq(r.read.overrides[0].min, "1");
    cr_assert_str_eq(r.read.overrides[0].max, "3");
    cr_assert_str_eq(r.read.overrides[0].file, "top.yaml");
    cr_assert_eq(r.read.overrides[0].line, 5);
    cr_assert_str_eq(r.read.overrides[1].file, "base.yaml");
    cr_assert_eq(r.read.n_files, 3);
    cr_assert(strstr(r.read.files[0], "/top.yaml") && strstr(r.read.files[2], "/base.yaml"));
    finish(&r);
}

Test(scenario, faults_name_the_extended_file) {
    reading r;
    begin(&r);
    test_file_write(r.folder, "base.yaml", "title: x\nwieghts: {wish: 1}\n");
    test_file_write(r.folder, "top.yaml", "extend: base.yaml\nlimits: {gap: 2}\n");
    cr_assert_eq(read_file(&r, "top.yaml"), PULANG_OK);
    cr_assert_eq(pulang_findings_count(r.findings, PULANG_FAULT), 2);
    const pulang_finding *f = pulang_findings_at(r.findings, 0);
    cr_assert_str_eq(f->file, "base.yaml");
    cr_assert_eq(f->line, 2);
    cr_assert_str_eq(f->mend, "did you mean 'weights'?");
    cr_assert_str_eq(pulang_findings_at(r.findings, 1)->file, "top.yaml");
    finish(&r);
}

Test(scenario, circles_end) {
    reading r;
    begin(&r);
    test_file_write(r.folder, "a.yaml", "extend: b.yaml\ntitle: a\n");
    test_file_write(r.folder, "b.yaml", "weights: {pay: 1}\nextend: ./a.yaml\n");
    cr_assert_eq(read_file(&r, "a.yaml"), PULANG_OK);
    cr_assert_eq(pulang_findings_total(r.findings), 1);
    const pulang_finding *f = pulang_findings_at(r.findings, 0);
    cr_assert_str_eq(f->file, "b.yaml");
    cr_assert_eq(f->line, 2);
    cr_assert_eq(f->column, 9);
    cr_assert(strstr(f->message, "circle"));
    finish(&r);
}

Test(scenario, a_missing_file) {
    reading r;
    begin(&r);
    cr_assert_eq(read_file(&r, "none.yaml"), PULANG_ERROR_IO);
    cr_assert_str_eq(r.error.file, "none.yaml");
    test_file_write(r.folder, "top.yaml", "extend: none.yaml\n");
    cr_assert_eq(read_file(&r, "top.yaml"), PULANG_OK);
    cr_assert_eq(pulang_findings_total(r.findings), 1);
    cr_assert_str_eq(pulang_findings_at(r.findings, 0)->value, "none.yaml");
    cr_assert_eq(read_file(&r, "."), PULANG_ERROR_IO, "a folder is no file");
    finish(&r);
}

struct bad {
    char text[128];
    int line, column;
    char heading[32], message[64], mend[64]; /* must occur */
};

ParameterizedTestParameters(scenario, faults) {
    static struct bad bad[] = {
        {"titel: x\n", 1, 1, "titel", "unknown key", "'title'"},
        {"weights:\n  wish: 1\n  mvoe: 2\n", 3, 3, "weights.mvoe", "unknown key", "'move'"},
        {"color: red\n", 1, 1, "color", "unknown key", "documentation"},
        {"title: a\ntitle: b\n", 2, 1, "title", "twice", "remove"},
        {"weights: 3\n", 1, 10, "weights", "keys with values", "hometown: ..."},
        {"title: [a]\n", 1, 8, "title", "one value", ""},
        {"weights: {wish: many}\n", 1, 17, "weights.wish", "not a number", "0 to 1000000"},
        {"weights: {wish: -1}\n", 1, 17, "weights.wish", "out of range", "0 to 1000000"},
        {"weights: {wish: '1,5'}\n", 1, 17, "weights.wish", "not a number", ""},
        {"hometown: {mismatch: 1.01}\n", 1, 22, "hometown.mismatch", "out of range", "0 to 1"},
        {"distance: {detour: 0.9}\n", 1, 20, "distance.detour", "out of range", ""},
        {"distance: {speed_kmh: 0}\n", 1, 23, "distance.speed_kmh", "out of range", ""},
        {"limits: {moves: 2.5}\n", 1, 17, "limits.moves", "whole number", ""},
        {"limits: {time: nan}\n", 1, 16, "limits.time", "not a number", ""},
        {"posts: {minimum: soft}\n", 1, 18, "posts.minimum", "choices", "required or hard"},
        {"hometown: {by: hours}\n", 1, 16, "hometown.by", "over km", "hometown.curve"},
        {"levels: unplaced\n", 1, 9, "levels", "a list", ""},
        {"levels: []\n", 1, 9, "levels", "a list", ""},
        {"levels: [a, b, a]\n", 1, 16, "levels", "twice", ""},
        {"levels: [a, [b]]\n", 1, 13, "levels", "one value", ""},
        {"hometown:\n  curve:\n  - {at: 0}\n", 3, 5, "hometown.curve", "both", ""},
        {"hometown:\n  curve:\n  - {at: 1, retention: 1}\n", 3, 5, "hometown.curve", "begin at 0", ""},
        {"hometown: {curve: [{at: 0, retention: 1}, {at: 0, retention: 1}]}\n", 1, 43, "hometown.curve",
         "ascending", ""},
        {"hometown: {curve: [{at: 0, retention: 0.5}, {at: 9, retention: 1}]}\n", 1, 45, "hometown.curve",
         "rises", ""},
        {"hometown: {curve: [{at: 0, retention: 5}]}\n", 1, 39, "hometown.curve.retention", "range", ""},
        {"phases: [{name: x}]\n", 1, 10, "phases", "moves", ""},
        {"phases: [{moves: 0}]\n", 1, 18, "phases.moves", "range", ""},
        {"phases: [{moves: 1, nmae: a}]\n", 1, 21, "phases.nmae", "unknown", "'name'"},
        {"quotas: [{max: 3}]\n", 1, 10, "quotas", "no quota", ""},
        {"quotas:\n- quota: a\n- quota: a\n", 3, 10, "quotas.quota", "twice", ""},
        {"quotas: [{quota: a, mni: 3}]\n", 1, 21, "quotas.mni", "unknown", "'min'"},
        {"quotas: [{quota: a, min: [3]}]\n", 1, 26, "quotas", "one value", ""},
        {"title: 'a\n", 2, 1, "", "not valid YAML", "indentation"},
        {"a: b: c\n", 1, 5, "", "not valid YAML", ""},
        {"title: *x\n", 1, 8, "", "aliases", ""},
        {"title: a\n---\ntitle: b\n", 3, 0, "", "second document", ""},
        {"- a\n", 1, 1, "", "keys with values", ""},
        {"title: \xFF\n", 0, 0, "", "not readable", ""},
    };
    return cr_make_param_array(struct bad, bad, sizeof bad / sizeof *bad);
}

ParameterizedTest(struct bad *bad, scenario, faults) {
    reading r;
    begin(&r);
    test_file_write(r.folder, "scenario.yaml", bad->text);
    cr_assert_eq(read_file(&r, "scenario.yaml"), PULANG_OK);
    cr_assert_eq(pulang_findings_count(r.findings, PULANG_FAULT), 1, "%s", bad->text);
    const pulang_finding *f = pulang_findings_at(r.findings, 0);
    cr_assert(f->line == bad->line && f->column == bad->column, "%s: %d:%d", bad->text, f->line, f->column);
    cr_assert_str_eq(f->heading, bad->heading, "%s: %s", bad->text, f->heading);
    cr_assert(strstr(f->message, bad->message), "%s: %s", bad->text, f->message);
    cr_assert(strstr(f->mend, bad->mend), "%s: %s", bad->text, f->mend);
    cr_assert(*f->mend);
    finish(&r);
}

Test(scenario, reports_all_faults_in_one_go) {
    reading r;
    begin(&r);
    test_file_write(r.folder, "scenario.yaml",
                    "titel: x\nweights:\n  wish: -1\n  mvoe: 2\nlimits: {gap: 7}\nposts: {minimum: hard}\n");
    cr_assert_eq(read_file(&r, "scenario.yaml"), PULANG_OK);
    static const int lines[] = {1, 3, 4, 5};
    cr_assert_eq(pulang_findings_total(r.findings), 4);
    for (size_t i = 0; i < 4; i++)
        cr_assert_eq(pulang_findings_at(r.findings, i)->line, lines[i]);
    cr_assert(r.read.scenario.hard_minimums, "what is right is taken");
    cr_assert_eq(r.read.scenario.weight[PULANG_TERM_WISH], 3000);
    finish(&r);
}

Test(scenario, nesting_without_end_is_refused) {
    reading r;
    begin(&r);
    char deep[2001] = {0};
    memset(deep, '[', 2000);
    test_file_write(r.folder, "scenario.yaml", deep);
    cr_assert_eq(read_file(&r, "scenario.yaml"), PULANG_OK);
    cr_assert_eq(pulang_findings_total(r.findings), 1);
    finish(&r);
}

Test(scenario, survives_every_failing_allocation) {
    pulang_status status = PULANG_ERROR_MEMORY;
    long k = 1;
    for (; status == PULANG_ERROR_MEMORY && k < 1000; k++) {
        reading r;
        begin(&r);
        test_file_write(r.folder, "base.yaml", everything);
        test_file_write(r.folder, "scenario.yaml", "extend: base.yaml\ntitel: x\nlevels: [a]\n");
        pulang_alloc_fail_at(k);
        status = read_file(&r, "scenario.yaml");
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || (status == PULANG_ERROR_MEMORY && r.read.n_files == 0));
        finish(&r);
    }
    cr_assert_eq(status, PULANG_OK);
    cr_assert_gt(k, 5);
}
