/*
 * A problem folder -> an instance. The scenario comes first, since quotas and workload need it; then
 * the files, codes before those who refer to them; then the checks across files.
 */
#include "io/checks.h"
#include "io/hash.h"
#include "io/order.h"
#include "io/reader.h"
#include "io/sources.h"
#include "io/text.h"
#include "model/alloc.h"
#include "model/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* Candidates compared to suggest codes, all in all: bounds the time on hopeless input. */
#define SUGGESTIONS 2000000

/* Adds a file to the list of inputs; name NULL: out of memory. */
static pulang_status add_input(pulang_reader *reader, const char *path, const char *name,
                               pulang_error *error) {
    pulang_instance *instance = reader->instance;
    char hex[65];
    pulang_status status = pulang_hash_file(path, hex, error);
    if (status != PULANG_OK) /* a fault says why already, where it could not be read */
        return pulang_findings_count(reader->findings, PULANG_FAULT) ? PULANG_OK : status;
    const char *sha256 = pulang_arena_copy(instance->arena, hex, 64);
    if (!name || !sha256)
        return pulang_fail_memory(error);
    instance->inputs[instance->n_inputs++] = (pulang_input_file){name, sha256};
    return PULANG_OK;
}

static int by_name(const void *a, const void *b) {
    const pulang_input_file *x = a, *y = b;
    return strcmp(x->name, y->name);
}

/* The name relative to the folder where the file lies in it. */
static const char *shown_name(const char *dir, const char *path) {
    size_t length = strlen(dir);
    if (strncmp(path, dir, length) != 0 || path[length] != '/')
        return path;
    return path + length + strspn(path + length, "/");
}

/* The instance keeps what was set beside the files. */
static pulang_status copy_set(pulang_instance *instance, const pulang_override *set, int n_set,
                              pulang_error *error) {
    pulang_override *copies = pulang_arena_alloc(instance->arena, (size_t)n_set, sizeof *copies);
    for (int i = 0; copies && i < n_set; i++) {
        copies[i].key = pulang_arena_copy(instance->arena, set[i].key, strlen(set[i].key));
        copies[i].value = pulang_arena_copy(instance->arena, set[i].value, strlen(set[i].value));
        copies[i].source = pulang_arena_copy(instance->arena, set[i].source, strlen(set[i].source));
        if (!copies[i].key || !copies[i].value || !copies[i].source)
            copies = NULL;
    }
    if (!copies)
        return pulang_fail_memory(error);
    instance->set = copies;
    instance->n_set = n_set;
    return PULANG_OK;
}

/* path: NULL where there is no scenario. Its files are not yet among the inputs. */
static pulang_status read_settings(pulang_reader *reader, const char *path, pulang_scenario_reading *reading,
                                   pulang_error *error) {
    pulang_instance *instance = reader->instance;
    pulang_status status =
        pulang_scenario_read(path, path ? shown_name(instance->dir, path) : "", instance->set,
                             instance->n_set, instance->arena, reader->findings, reading, error);
    if (status != PULANG_OK)
        return status;
    instance->scenario = reading->scenario;
    reader->overrides = reading->overrides;
    reader->n_overrides = reading->n_overrides;
    return PULANG_OK;
}

static pulang_status read_scenario(pulang_reader *reader, const char *path, bool given, pulang_error *error) {
    pulang_instance *instance = reader->instance;
    pulang_scenario_reading reading;
    pulang_status status =
        read_settings(reader, given || pulang_text_exists(path) ? path : NULL, &reading, error);
    if (status != PULANG_OK)
        return status;
    instance->inputs =
        pulang_reader_alloc(reader, PULANG_N_SHEETS + reading.n_files, sizeof *instance->inputs);
    if (!instance->inputs)
        return pulang_fail_memory(error);
    for (int i = 0; status == PULANG_OK && i < reading.n_files; i++) {
        const char *name = shown_name(instance->dir, reading.files[i]);
        status = add_input(reader, reading.files[i], pulang_arena_copy(instance->arena, name, strlen(name)),
                           error);
    }
    return status;
}

/* Whether the file of a table is among the inputs already: problem.xlsx holds several. */
static bool is_input(const pulang_instance *instance, const char *name) {
    for (int i = 0; i < instance->n_inputs; i++)
        if (strcmp(instance->inputs[i].name, name) == 0)
            return true;
    return false;
}

/* Reads one table. *usable: it is there and can be used. */
static pulang_status read_sheet(pulang_reader *reader, const pulang_sources *sources, pulang_sheet sheet,
                                pulang_table *table, bool *usable, pulang_error *error) {
    pulang_instance *instance = reader->instance;
    const pulang_source *source = &sources->of[sheet];
    *usable = false;
    if (!source->name)
        return PULANG_OK;
    pulang_status status = pulang_sources_read(sources, sheet, instance->arena, reader->findings, table);
    if (status == PULANG_ERROR_MEMORY)
        return pulang_fail_memory(error);
    *usable = status == PULANG_OK;
    return is_input(instance, source->name) ? PULANG_OK
                                            : add_input(reader, source->path, source->name, error);
}

static pulang_status read_sources(pulang_reader *reader, pulang_table *tables, bool *usable,
                                  pulang_error *error) {
    pulang_sources sources;
    pulang_instance *instance = reader->instance;
    pulang_status status = pulang_sources_find(instance->dir, instance->arena, reader->findings, &sources);
    if (status != PULANG_OK)
        pulang_fail_memory(error);
    for (int s = 0; status == PULANG_OK && s < PULANG_N_SHEETS; s++)
        status = read_sheet(reader, &sources, (pulang_sheet)s, &tables[s], &usable[s], error);
    pulang_sources_close(&sources);
    return status;
}

/* All tables, in the order of the enum; persons and posts by id. */
static pulang_status read_sheets(pulang_reader *reader, pulang_table *tables, bool *usable,
                                 pulang_error *error) {
    pulang_status status = read_sources(reader, tables, usable, error);
    static const struct {
        pulang_sheet sheet;
        const char *id;
    } ordered[] = {{PULANG_SHEET_PERSONS, "person"}, {PULANG_SHEET_POSTS, "post"}};
    for (size_t i = 0; status == PULANG_OK && i < sizeof ordered / sizeof *ordered; i++) {
        pulang_table *table = &tables[ordered[i].sheet];
        if (usable[ordered[i].sheet] &&
            pulang_order_by_id(table, pulang_table_column(table, ordered[i].id), reader->instance->arena))
            status = pulang_fail_memory(error);
    }
    reader->instance->persons_table = tables[PULANG_SHEET_PERSONS];
    reader->instance->places_table = tables[PULANG_SHEET_PLACES];
    reader->instance->posts_table = tables[PULANG_SHEET_POSTS];
    reader->instance->quotas_table = tables[PULANG_SHEET_QUOTAS];
    return status;
}

/* pairs_begin, for persons without pairs too. */
static void index_pairs(pulang_reader *reader) {
    pulang_instance *instance = reader->instance;
    instance->pairs_begin = pulang_reader_alloc(reader, instance->n_persons + 1, sizeof(int));
    for (int p = 0, at = 0; instance->pairs_begin && p <= instance->n_persons; p++) {
        while (at < instance->n_pairs && instance->pairs[at].person < p)
            at++;
        instance->pairs_begin[p] = at;
    }
}

/* Turns the tables into the instance. */
static void build(pulang_reader *reader, const pulang_table *tables, const bool *usable) {
    pulang_instance *instance = reader->instance;
    if (usable[PULANG_SHEET_PLACES])
        pulang_read_places(reader);
    if (usable[PULANG_SHEET_PLACES] && !reader->failed)
        pulang_read_boundaries(reader);
    if (usable[PULANG_SHEET_POSTS] && !reader->failed)
        pulang_read_posts(reader);
    if (usable[PULANG_SHEET_PERSONS] && !reader->failed)
        pulang_read_persons(reader);
    if (usable[PULANG_SHEET_TRAVEL] && !reader->failed)
        pulang_read_travel(reader, &tables[PULANG_SHEET_TRAVEL]);
    if (usable[PULANG_SHEET_PAIRS] && !reader->failed)
        pulang_read_pairs(reader, &tables[PULANG_SHEET_PAIRS]);
    if (usable[PULANG_SHEET_WORKLOAD] && !reader->failed)
        pulang_read_workload(reader, &tables[PULANG_SHEET_WORKLOAD]);
    if (!reader->failed) {
        pulang_read_seats(reader);
        index_pairs(reader);
    }
    instance->skills = pulang_reader_alloc(reader, instance->n_skills, sizeof *instance->skills);
    if (instance->skills && instance->n_skills > 0)
        memcpy(instance->skills, reader->skill_names, (size_t)instance->n_skills * sizeof(char *));
}

static bool faulty(const pulang_reader *reader) {
    return pulang_findings_count(reader->findings, PULANG_FAULT) > 0;
}

static pulang_status read_folder(pulang_reader *reader, const char *scenario, bool given,
                                 pulang_error *error) {
    pulang_table tables[PULANG_N_SHEETS] = {0};
    bool usable[PULANG_N_SHEETS];
    pulang_status status = read_scenario(reader, scenario, given, error);
    if (status == PULANG_OK)
        status = read_sheets(reader, tables, usable, error);
    if (status != PULANG_OK)
        return status;
    build(reader, tables, usable);
    bool whole = usable[PULANG_SHEET_PERSONS] && usable[PULANG_SHEET_PLACES] && usable[PULANG_SHEET_POSTS];
    if (whole && !reader->failed)
        pulang_read_quotas(reader);
    if (whole && !reader->failed)
        pulang_read_envy(reader, shown_name(reader->instance->dir, scenario));
    if (reader->failed)
        return pulang_fail_memory(error);
    if (!whole)
        return PULANG_OK;
    pulang_checks_points(reader);
    status = pulang_instance_prepare(reader->instance, error);
    if (status != PULANG_OK)
        return status;
    pulang_checks_skills(reader);
    pulang_checks_pins(reader);
    pulang_checks_quotas(reader);
    if (!faulty(reader) && !reader->failed)
        pulang_checks_capacity(reader);
    return reader->failed ? pulang_fail_memory(error) : PULANG_OK;
}

/* What the findings amount to. */
static pulang_status judge(const pulang_reader *reader, pulang_error *error) {
    size_t faults = pulang_findings_count(reader->findings, PULANG_FAULT);
    if (pulang_findings_broken(reader->findings))
        return pulang_fail_memory(error);
    if (faults > 0)
        return pulang_fail_at(
            error, PULANG_ERROR_INPUT, reader->instance->dir, 0, 0,
            dngettext(PULANG_TEXT_DOMAIN, "%zu fault in the input", "%zu faults in the input", faults),
            faults);
    return PULANG_OK;
}

static double clock_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static pulang_status read_all(pulang_reader *reader, const char *dir, const char *scenario,
                              const pulang_override *set, int n_set, pulang_error *error) {
    pulang_instance *instance = reader->instance;
    double begin = clock_now();
    size_t length = strlen(dir);
    while (length > 1 && dir[length - 1] == '/')
        length--;
    instance->dir = pulang_arena_copy(instance->arena, dir, length);
    const char *path = scenario ? scenario : pulang_arena_printf(instance->arena, "%s/scenario.yaml", dir);
    if (!instance->dir || !path)
        return pulang_fail_memory(error);
    pulang_status status = copy_set(instance, set, n_set, error);
    if (status == PULANG_OK)
        status = read_folder(reader, path, scenario != NULL, error);
    if (status != PULANG_OK)
        return status;
    if (instance->n_inputs > 0)
        qsort(instance->inputs, (size_t)instance->n_inputs, sizeof *instance->inputs, by_name);
    instance->seconds_read = clock_now() - begin;
    return judge(reader, error);
}

static void reader_clear(pulang_reader *reader) {
    for (int c = 0; c < PULANG_N_CODES; c++)
        pulang_index_clear(&reader->codes[c].index);
    pulang_index_clear(&reader->skills);
    pulang_free(reader->skill_names);
}

pulang_status pulang_instance_read_set(const char *dir, const char *scenario, const pulang_override *set,
                                       int n_set, pulang_findings *findings, pulang_instance **instance,
                                       pulang_error *error) {
    struct stat info;
    if (!dir || !findings || !instance || n_set < 0 || (n_set > 0 && !set))
        return pulang_fail(error, PULANG_ERROR_ARGUMENT, "%s",
                           _("a folder, findings and an instance are needed"));
    if (stat(dir, &info) != 0 || !S_ISDIR(info.st_mode))
        return pulang_fail_at(error, PULANG_ERROR_IO, dir, 0, 0, "%s", _("there is no such folder"));
    pulang_reader reader = {
        .instance = pulang_instance_new(), .findings = findings, .suggestions = SUGGESTIONS};
    if (!reader.instance)
        return pulang_fail_memory(error);
    pulang_status status = read_all(&reader, dir, scenario, set, n_set, error);
    if (status == PULANG_OK)
        *instance = reader.instance;
    else
        pulang_instance_free(reader.instance);
    reader_clear(&reader);
    return status;
}

pulang_status pulang_instance_read(const char *dir, const char *scenario, pulang_findings *findings,
                                   pulang_instance **instance, pulang_error *error) {
    return pulang_instance_read_set(dir, scenario, NULL, 0, findings, instance, error);
}

/* The settings and the rules that follow from them, over the persons and posts that have been read. */
static pulang_status recheck(pulang_reader *reader, const char *scenario, pulang_error *error) {
    pulang_instance *instance = reader->instance;
    const char *path =
        scenario ? scenario : pulang_arena_printf(instance->arena, "%s/scenario.yaml", instance->dir);
    pulang_scenario_reading reading;
    if (!path)
        return pulang_fail_memory(error);
    pulang_status status =
        read_settings(reader, scenario || pulang_text_exists(path) ? path : NULL, &reading, error);
    if (status != PULANG_OK)
        return status;
    instance->n_quotas = 0;
    pulang_read_quotas(reader);
    if (!reader->failed)
        pulang_read_envy(reader, shown_name(instance->dir, path));
    return reader->failed ? pulang_fail_memory(error) : judge(reader, error);
}

pulang_status pulang_instance_check_set(const pulang_instance *instance, const char *scenario,
                                        const pulang_override *set, int n_set, pulang_findings *findings,
                                        pulang_error *error) {
    pulang_instance copy = *instance;
    pulang_reader reader = {.instance = &copy, .findings = findings, .suggestions = SUGGESTIONS};
    copy.arena = pulang_arena_new();
    if (!copy.arena)
        return pulang_fail_memory(error);
    pulang_status status = copy_set(&copy, set, n_set, error);
    if (status == PULANG_OK)
        status = recheck(&reader, scenario, error);
    pulang_arena_free(copy.arena);
    reader_clear(&reader);
    return status;
}
