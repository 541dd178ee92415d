#include "io/write_compare.h"

#include "io/atomic.h"
#include "io/write_report.h"
#include "model/alloc.h"
#include "model/error.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *pulang_why_name(pulang_why why) {
    static const char *const names[] = {
        [PULANG_WHY_ABSENT] = "absent",     [PULANG_WHY_RULE] = "rule",   [PULANG_WHY_FILES] = "files",
        [PULANG_WHY_SETTING] = "setting",   [PULANG_WHY_ROOM] = "room",   [PULANG_WHY_EQUAL] = "equal",
        [PULANG_WHY_UNPROVEN] = "unproven", [PULANG_WHY_OTHER] = "other", [PULANG_WHY_TODAY] = "today"};
    return names[why];
}

pulang_csv_dialect pulang_comparison_dialect(const pulang_comparison *comparison) {
    return pulang_csv_dialect_of(comparison->runs[0]->persons.table.separator);
}

/* ---- comparison.csv ---- */

static void write_number(pulang_csv_writer *csv, double value, int decimals) {
    if (isfinite(value))
        pulang_csv_fixed(csv, llround(value * pow(10, decimals)), decimals);
    else
        pulang_csv_blank(csv);
}

static void write_headings(const pulang_comparison *comparison, pulang_csv_writer *csv) {
    static const char *const names[] = {"kind", "name", "group", "unit"};
    char heading[512];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        pulang_csv_text(csv, names[i]);
    for (int r = 0; r < comparison->n_runs; r++)
        pulang_csv_text(csv, comparison->runs[r]->name);
    for (int r = 1; r < comparison->n_runs; r++) {
        snprintf(heading, sizeof heading, "difference_%s", comparison->runs[r]->name);
        pulang_csv_text(csv, heading);
        snprintf(heading, sizeof heading, "better_%s", comparison->runs[r]->name);
        pulang_csv_text(csv, heading);
    }
    pulang_csv_end_row(csv);
}

static void write_line(const pulang_comparison *comparison, const char *kind, const pulang_compared *line,
                       pulang_csv_writer *csv) {
    pulang_csv_text(csv, kind);
    pulang_csv_text(csv, line->name);
    pulang_csv_text(csv, line->group);
    pulang_csv_text(csv, *line->unit ? line->unit : line->measure);
    for (int r = 0; r < comparison->n_runs; r++)
        write_number(csv, line->values[r], line->decimals);
    for (int r = 1; r < comparison->n_runs; r++) {
        int mark = pulang_compare_mark(line, r);
        write_number(csv, line->otherwise[r] ? NAN : line->values[r] - line->values[0], line->decimals);
        pulang_csv_text(csv, mark > 0 ? "yes" : mark < 0 ? "no" : "");
    }
    pulang_csv_end_row(csv);
}

static void write_list(const pulang_comparison *comparison, const char *kind,
                       const pulang_compared_list *list, pulang_csv_writer *csv) {
    for (int i = 0; i < list->n; i++)
        write_line(comparison, kind, &list->items[i], csv);
}

/* A row of texts, differences left blank. */
static void write_texts(const pulang_comparison *comparison, const char *kind, const char *name,
                        const char *(*text)(const pulang_run *, const char *), pulang_csv_writer *csv) {
    pulang_csv_text(csv, kind);
    pulang_csv_text(csv, name);
    pulang_csv_blank(csv);
    pulang_csv_blank(csv);
    for (int r = 0; r < comparison->n_runs; r++)
        pulang_csv_text(csv, text(comparison->runs[r], name));
    for (int r = 1; r < comparison->n_runs; r++) {
        pulang_csv_blank(csv);
        pulang_csv_blank(csv);
    }
    pulang_csv_end_row(csv);
}

static const char *setting_of(const pulang_run *run, const char *key) {
    return pulang_run_setting_text(&run->settings, key);
}

static const char *proof_of(const pulang_run *run, const char *name) {
    const pulang_run_level *level = pulang_run_level_named(run, name);
    return !level || run->today ? "" : level->proven ? "yes" : "no";
}

/* Settings that are not the same in all runs. */
static void write_settings(const pulang_comparison *comparison, pulang_csv_writer *csv) {
    const pulang_run_settings *settings = &comparison->runs[0]->settings;
    for (int i = 0; i < settings->n; i++) {
        bool differs = false;
        for (int r = 1; r < comparison->n_runs; r++)
            differs |=
                !comparison->runs[r]->today &&
                strcmp(setting_of(comparison->runs[r], settings->items[i].key), settings->items[i].text);
        if (differs)
            write_texts(comparison, "setting", settings->items[i].key, setting_of, csv);
    }
}

void pulang_comparison_write_figures(const pulang_comparison *comparison, pulang_csv_writer *csv) {
    write_headings(comparison, csv);
    write_list(comparison, "level", &comparison->levels, csv);
    for (int l = 0; l < comparison->levels.n; l++)
        write_texts(comparison, "proven", comparison->levels.items[l].name, proof_of, csv);
    write_list(comparison, "indicator", &comparison->figures, csv);
    write_list(comparison, "short_role", &comparison->roles, csv);
    write_list(comparison, "short_district", &comparison->districts, csv);
    write_list(comparison, "quota", &comparison->quotas, csv);
    write_settings(comparison, csv);
}

/* ---- people.csv ---- */

static void write_difference(const pulang_comparison *comparison, int r, const pulang_difference *d,
                             pulang_csv_writer *csv) {
    const pulang_against *against = &comparison->against[r];
    pulang_csv_text(csv, comparison->runs[r]->name);
    pulang_csv_text(csv, d->person);
    pulang_csv_text(csv, d->name);
    pulang_csv_text(csv, d->before);
    pulang_csv_text(csv, d->after);
    pulang_csv_text(csv, pulang_run_cell(&comparison->runs[r]->persons, d->row_after, "place_name"));
    pulang_csv_text(csv, pulang_why_name(d->why));
    pulang_csv_text(csv, d->change >= 0 ? against->changes[d->change].key : "");
    pulang_csv_text(csv, d->next >= 0 ? against->differences[d->next].person : "");
    for (int t = 0; t < PULANG_N_TERMS; t++)
        write_number(csv, d->term[t], 3);
    write_number(csv, d->cost, 3);
    pulang_csv_text(csv, d->text);
    pulang_csv_end_row(csv);
}

void pulang_comparison_write_people(const pulang_comparison *comparison, pulang_csv_writer *csv) {
    static const char *const names[] = {"scenario", "person", "name",   "first_post", "post",
                                        "place",    "reason", "change", "linked_to"};
    char heading[64];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        pulang_csv_text(csv, names[i]);
    for (int t = 0; t < PULANG_N_TERMS; t++) {
        snprintf(heading, sizeof heading, "cost_%s", pulang_term_names[t]);
        pulang_csv_text(csv, heading);
    }
    pulang_csv_text(csv, "cost");
    pulang_csv_text(csv, "why");
    pulang_csv_end_row(csv);
    for (int r = 1; r < comparison->n_runs; r++)
        for (int i = 0; i < comparison->against[r].n_differences; i++)
            write_difference(comparison, r, &comparison->against[r].differences[i], csv);
}

/* ---- the folder ---- */

static pulang_status stage_csv(const pulang_comparison *comparison, pulang_batch *batch, const char *name,
                               void (*write)(const pulang_comparison *, pulang_csv_writer *),
                               pulang_error *error) {
    pulang_csv_writer csv = pulang_csv_writer_begin(pulang_comparison_dialect(comparison));
    write(comparison, &csv);
    pulang_status status =
        csv.failed ? pulang_fail_memory(error) : pulang_batch_add(batch, name, csv.bytes, csv.length, error);
    pulang_csv_writer_clear(&csv);
    return status;
}

static pulang_status stage_text(pulang_batch *batch, const char *name, char *text, pulang_error *error) {
    return text ? pulang_batch_add(batch, name, text, strlen(text), error) : pulang_fail_memory(error);
}

/* Whether the people are few enough for a page. */
static bool people_fit(const pulang_comparison *comparison) {
    int n = 0;
    for (int r = 1; r < comparison->n_runs; r++)
        n += comparison->against[r].n_differences;
    return n <= PULANG_REPORT_MOST_PERSONS;
}

/* The page with the comparison alone. */
static pulang_status make_page(const pulang_comparison *comparison, bool anonymous, char **html,
                               pulang_error *error) {
    pulang_json_builder *json = pulang_json_builder_new();
    char *members = NULL;
    if (json) {
        pulang_comparison_write_members(comparison, !anonymous && people_fit(comparison), json);
        members = pulang_json_finish_compact(json);
    }
    pulang_report report = {
        .title = _("Placement plans side by side"), .comparison = members, .anonymous = anonymous};
    pulang_status status = members ? pulang_write_report(&report, html, error) : pulang_fail_memory(error);
    pulang_free(members);
    pulang_json_builder_free(json);
    return status;
}

pulang_status pulang_comparison_write(const pulang_comparison *comparison, const char *folder, bool anonymous,
                                      pulang_error *error) {
    pulang_batch *batch = NULL;
    char *json = pulang_comparison_write_json(comparison), *html = NULL;
    pulang_status status = make_page(comparison, anonymous, &html, error);
    if (status == PULANG_OK)
        status = pulang_batch_new(folder, &batch, error);
    if (status == PULANG_OK)
        status = stage_csv(comparison, batch, "comparison.csv", pulang_comparison_write_figures, error);
    if (status == PULANG_OK)
        status = stage_csv(comparison, batch, "people.csv", pulang_comparison_write_people, error);
    if (status == PULANG_OK)
        status = stage_text(batch, "comparison.json", json, error);
    if (status == PULANG_OK)
        status = stage_text(batch, "report.html", html, error);
    if (status == PULANG_OK)
        status = pulang_batch_commit(batch, error);
    pulang_batch_free(batch);
    pulang_free(json);
    pulang_free(html);
    return status;
}
