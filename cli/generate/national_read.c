/*
 * Where people live, read from files as the ministries publish them.
 */
#include "cli/command.h"
#include "cli/generate/national.h"
#include "io/field.h"
#include "io/index.h"
#include "io/table.h"
#include "model/error.h"

#include <stdio.h>
#include <string.h>

/* 62.02 of 62.02.10.2017 */
#define REGENCY_CODE 5

typedef struct map_reader {
    pulang_arena *arena;
    pulang_findings *findings;
    pulang_index regencies; /* by code */
    pulang_table villages, populations;
    national_map *map;
    bool out_of_memory;
} map_reader;

static pulang_status read_table(map_reader *reader, const char *path, pulang_table *table) {
    pulang_status status =
        pulang_table_read(path, PULANG_SHEET_PLACES, reader->arena, reader->findings, table);
    table->file = path;
    return status;
}

static void read_regencies(map_reader *reader) {
    const pulang_table *table = &reader->populations;
    int code = pulang_table_column(table, "place"), people = pulang_table_column(table, "pop_total");
    for (int r = 0; r < table->n_rows; r++) {
        pulang_field field = pulang_field_cell(table, r, people);
        int population = 0;
        pulang_field_whole(reader->findings, &field, 0, 1000000000, &population);
        reader->map->population[r] = population;
        if (pulang_index_find(&reader->regencies, pulang_table_cell(table, r, code)) < 0)
            reader->out_of_memory |=
                pulang_index_add(&reader->regencies, pulang_table_cell(table, r, code), r) != 0;
    }
}

static int find_regency(map_reader *reader, int row) {
    pulang_field code =
        pulang_field_cell(&reader->villages, row, pulang_table_column(&reader->villages, "place"));
    char regency[REGENCY_CODE + 1] = "";
    strncat(regency, code.text, REGENCY_CODE);
    int found = pulang_index_find(&reader->regencies, regency);
    if (found < 0)
        pulang_field_report(reader->findings, PULANG_FAULT, &code, _("add the regency to the other file"),
                            _("there is no regency %s"), regency);
    return found;
}

static void read_degrees(map_reader *reader, int row, const char *column, double most, double *degrees) {
    pulang_field field =
        pulang_field_cell(&reader->villages, row, pulang_table_column(&reader->villages, column));
    if (field.text[0] == '\0')
        pulang_field_report(reader->findings, PULANG_FAULT, &field, _("give lat and lon in degrees"),
                            _("the place has no point"));
    else
        pulang_field_number(reader->findings, &field, -most, most, degrees);
}

static void read_villages(map_reader *reader, bool has_regencies) {
    for (int r = 0; r < reader->villages.n_rows; r++) {
        national_village *village = &reader->map->villages[r];
        read_degrees(reader, r, "lat", 90, &village->lat);
        read_degrees(reader, r, "lon", 180, &village->lon);
        int regency = has_regencies ? find_regency(reader, r) : 0;
        village->regency = regency < 0 ? 0 : regency;
    }
}

static pulang_status read_files(map_reader *reader, const char *villages, const char *regencies) {
    pulang_status status = read_table(reader, villages, &reader->villages);
    if (regencies) {
        pulang_status other = read_table(reader, regencies, &reader->populations);
        status = status == PULANG_OK ? other : status;
    }
    if (status != PULANG_OK)
        return status;
    if (regencies && pulang_table_column(&reader->populations, "pop_total") < 0) {
        char mend[160];
        pulang_field field = pulang_field_line(regencies, 0);
        snprintf(mend, sizeof mend, _("add a column %s"), "pop_total");
        pulang_field_report(reader->findings, PULANG_FAULT, &field, mend, _("the column %s is missing"),
                            "pop_total");
        return PULANG_ERROR_INPUT;
    }
    if (national_map_alloc(reader->map, reader->villages.n_rows, regencies ? reader->populations.n_rows : 1))
        return PULANG_ERROR_MEMORY;
    reader->map->population[0] = 1000000;
    if (regencies)
        read_regencies(reader);
    read_villages(reader, regencies != NULL);
    if (reader->out_of_memory)
        return PULANG_ERROR_MEMORY;
    return pulang_findings_count(reader->findings, PULANG_FAULT) ? PULANG_ERROR_INPUT : PULANG_OK;
}

pulang_status national_map_read(const char *villages, const char *regencies, national_map *map,
                                pulang_error *error) {
    map_reader reader = {.arena = pulang_arena_new(), .findings = pulang_findings_new(), .map = map};
    pulang_status status = PULANG_ERROR_MEMORY;
    if (reader.arena && reader.findings) {
        status = read_files(&reader, villages, regencies);
        if (pulang_findings_total(reader.findings) > 0)
            report_findings(reader.findings, false);
    }
    pulang_index_clear(&reader.regencies);
    pulang_findings_free(reader.findings);
    pulang_arena_free(reader.arena);
    if (status == PULANG_ERROR_MEMORY)
        return pulang_fail_memory(error);
    return status == PULANG_OK ? status
                               : pulang_fail(error, status, _("cannot use the places of %s"), villages);
}
