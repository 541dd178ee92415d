#include "io/run.h"

#include "io/run_state.h"
#include "io/write_scenario.h"
#include "model/alloc.h"
#include "model/error.h"

#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void pulang_run_fault(pulang_run_reading *in, const char *file, int line, int column, const char *mend,
                      const char *format, ...) {
    char shown[PATH_MAX], message[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    snprintf(shown, sizeof shown, "%s/%s", in->run->folder, file);
    pulang_findings_add(in->findings, &(pulang_finding){.severity = PULANG_FAULT,
                                                        .file = shown,
                                                        .line = line,
                                                        .column = column,
                                                        .heading = "",
                                                        .value = "",
                                                        .message = message,
                                                        .mend = mend});
}

/* The last part of the path, without slashes at its end. */
static const char *name_of(pulang_arena *arena, const char *folder) {
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/')
        length--;
    size_t begin = length;
    while (begin > 0 && folder[begin - 1] != '/')
        begin--;
    return pulang_arena_copy(arena, folder + begin, length - begin);
}

static pulang_run *run_new(const char *folder, bool today) {
    pulang_arena *arena = pulang_arena_new();
    pulang_run *run = arena ? pulang_arena_alloc(arena, 1, sizeof *run) : NULL;
    if (!run) {
        pulang_arena_free(arena);
        return NULL;
    }
    run->arena = arena;
    run->today = today;
    run->folder = pulang_arena_copy(arena, folder, strlen(folder));
    run->name = today ? _("today") : name_of(arena, folder);
    if (!run->folder || !run->name) {
        pulang_arena_free(arena);
        return NULL;
    }
    return run;
}

static pulang_status read_run(const char *folder, bool today, pulang_findings *findings, pulang_run **run,
                              pulang_error *error) {
    pulang_run_reading in = {
        .run = run_new(folder, today), .findings = findings, .placed = NAN, .missing = NAN};
    if (!in.run)
        return pulang_fail_memory(error);
    size_t before = pulang_findings_total(findings);
    if (pulang_run_read_summary(&in))
        pulang_run_read_tables(&in);
    if (in.failed || pulang_findings_broken(findings) || pulang_findings_total(findings) > before) {
        bool broken = in.failed || pulang_findings_broken(findings);
        pulang_run_free(in.run);
        return broken ? pulang_fail_memory(error)
                      : pulang_fail_at(error, PULANG_ERROR_INPUT, folder, 0, 0, "%s",
                                       _("is not an output folder to be compared"));
    }
    *run = in.run;
    return PULANG_OK;
}

pulang_status pulang_run_read(const char *folder, pulang_findings *findings, pulang_run **run,
                              pulang_error *error) {
    return read_run(folder, false, findings, run, error);
}

pulang_status pulang_run_read_today(const char *folder, pulang_findings *findings, pulang_run **run,
                                    pulang_error *error) {
    return read_run(folder, true, findings, run, error);
}

pulang_status pulang_run_describe(const pulang_instance *instance, pulang_run **run, pulang_error *error) {
    pulang_run_reading in = {.run = run_new(instance->dir, false), .findings = NULL};
    pulang_json_builder *json = pulang_json_builder_new();
    const pulang_json *document = NULL;
    if (json) {
        pulang_scenario_write(&instance->scenario, json);
        pulang_rules_write(instance, json);
        document = pulang_json_builder_document(json);
    }
    bool ok = in.run && document;
    if (ok) {
        pulang_run_read_asked(&in, document);
        in.run->inputs.items =
            pulang_arena_alloc(in.run->arena, (size_t)instance->n_inputs, sizeof *in.run->inputs.items);
        ok = !in.failed && in.run->inputs.items;
    }
    for (int i = 0; ok && i < instance->n_inputs; i++) {
        const pulang_input_file *file = &instance->inputs[i];
        const char *name = pulang_arena_copy(in.run->arena, file->name, strlen(file->name));
        const char *hash = pulang_arena_copy(in.run->arena, file->sha256, strlen(file->sha256));
        ok = name && hash;
        in.run->inputs.items[in.run->inputs.n++] = (pulang_run_setting){name, hash};
    }
    pulang_json_builder_free(json);
    if (!ok) {
        pulang_run_free(in.run);
        return pulang_fail_memory(error);
    }
    *run = in.run;
    return PULANG_OK;
}

void pulang_run_free(pulang_run *run) {
    if (!run)
        return;
    pulang_index_clear(&run->persons.rows);
    pulang_index_clear(&run->posts.rows);
    pulang_index_clear(&run->quotas.rows);
    pulang_arena_free(run->arena);
}

/* ---- looking up ---- */

const char *pulang_run_key(pulang_arena *arena, const char *first, const char *second) {
    return pulang_arena_printf(arena, "%s\x1f%s", first, second);
}

int pulang_run_row(const pulang_run_table *table, const char *key) {
    return pulang_index_find(&table->rows, key);
}

const char *pulang_run_cell(const pulang_run_table *table, int row, const char *column) {
    return row < 0 ? "" : pulang_table_cell(&table->table, row, pulang_table_column(&table->table, column));
}

/* Folders are written with decimal points or commas, and never with signs between thousands. */
double pulang_run_number(const pulang_run_table *table, int row, const char *column) {
    static const pulang_table point = {.decimal_comma = false}, comma = {.decimal_comma = true};
    char text[64];
    double number;
    snprintf(text, sizeof text, "%s", pulang_run_cell(table, row, column));
    text[strcspn(text, "%")] = '\0';
    if (pulang_table_number(&point, text, &number) || pulang_table_number(&comma, text, &number))
        return number;
    return NAN;
}

const char *pulang_run_post(const pulang_run *run, int person_row) {
    return pulang_table_cell(&run->persons.table, person_row, run->post_column);
}

double pulang_run_weight(const pulang_run *run, int term) {
    static const pulang_table point;
    char key[64] = "weights.";
    double weight = 0;
    strncat(key, pulang_term_names[term], sizeof key - strlen(key) - 1);
    pulang_table_number(&point, pulang_run_setting_text(&run->settings, key), &weight);
    return weight;
}

double pulang_run_term(const pulang_run *run, int person_row, int term) {
    int column = run->term_column[term];
    if (run->today || person_row < 0 || !*pulang_run_post(run, person_row))
        return NAN;
    return column < 0 ? 0 : pulang_run_number(&run->persons, person_row, run->persons.table.columns[column]);
}

double pulang_run_short(const pulang_run *run, int post_row) {
    if (!run->today)
        return pulang_run_number(&run->posts, post_row, "short");
    return fmax(0, pulang_run_number(&run->posts, post_row, "target") -
                       pulang_run_number(&run->posts, post_row, "status_quo_filled"));
}

double pulang_run_use(const pulang_run *run, int quota_row) {
    return pulang_run_number(&run->quotas, quota_row, run->today ? "status_quo" : "value");
}

const char *pulang_run_setting_text(const pulang_run_settings *settings, const char *key) {
    for (int i = 0; i < settings->n; i++)
        if (strcmp(settings->items[i].key, key) == 0)
            return settings->items[i].text;
    return "";
}
