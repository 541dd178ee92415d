#include "io/sources.h"

#include "io/field.h"
#include "io/table.h"
#include "io/text.h"
#include "model/error.h"
#include "model/nearest.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PROBLEM "problem.xlsx"

/* Lower case, with _ for blanks and hyphens. */
static pulang_sheet find_sheet(const char *name) {
    char normal[32];
    size_t length = strlen(name);
    if (length >= sizeof normal)
        return PULANG_N_SHEETS;
    for (size_t i = 0; i <= length; i++)
        normal[i] = name[i] == ' ' || name[i] == '-' ? '_' : (char)tolower((unsigned char)name[i]);
    return pulang_sheet_find(normal);
}

static void report(pulang_findings *findings, pulang_severity severity, const char *name, const char *mend,
                   const char *message) {
    pulang_field field = pulang_field_line(name, 0);
    pulang_field_report(findings, severity, &field, mend, "%s", message);
}

/* Takes a place of a table in; a second one is a fault. */
static void take(pulang_sources *sources, pulang_sheet sheet, const pulang_source *found,
                 pulang_findings *findings) {
    pulang_source *source = &sources->of[sheet];
    char message[256], mend[256];
    if (!source->name) {
        *source = *found;
        return;
    }
    snprintf(message, sizeof message, _("the table %s is in %s too"), pulang_sheet_name(sheet), source->name);
    if (strcmp(source->name, found->name) == 0)
        snprintf(mend, sizeof mend, "%s", _("remove one of the sheets, or give it another name"));
    else if (source->sheet != PULANG_NONE) /* sheets are taken in first */
        snprintf(mend, sizeof mend, _("remove %s, or the sheet from %s: whichever is out of date"),
                 found->name, source->name);
    else
        snprintf(mend, sizeof mend, _("remove %s or %s, whichever is out of date"), source->name,
                 found->name);
    report(findings, PULANG_FAULT, found->name, mend, message);
}

/* A sheet of problem.xlsx that is no table: told where it seems to be meant as one. */
static void check_sheet_name(const pulang_xlsx_sheet *sheet, pulang_findings *findings) {
    const char *names[PULANG_N_SHEETS];
    char message[256], mend[256];
    for (int s = 0; s < PULANG_N_SHEETS; s++)
        names[s] = pulang_sheet_name((pulang_sheet)s);
    int near = sheet->hidden ? PULANG_NONE : pulang_nearest(sheet->name, names, PULANG_N_SHEETS);
    if (near < 0)
        return;
    snprintf(message, sizeof message, _("the sheet %s is not read"), sheet->name);
    snprintf(mend, sizeof mend, _("did you mean %s? If not, nothing is to do"), names[near]);
    report(findings, PULANG_WARNING, PROBLEM, mend, message);
}

static void take_sheets(pulang_sources *sources, pulang_findings *findings) {
    for (int i = 0; i < sources->problem.n_sheets; i++) {
        const pulang_xlsx_sheet *sheet = &sources->problem.sheets[i];
        pulang_sheet table = find_sheet(sheet->name);
        char message[256];
        if (table == PULANG_N_SHEETS)
            check_sheet_name(sheet, findings);
        else if (sheet->hidden) {
            snprintf(message, sizeof message, _("the hidden sheet %s is not read"), sheet->name);
            report(findings, PULANG_WARNING, PROBLEM, _("unhide it, or remove it"), message);
        } else
            take(sources, table, &(pulang_source){sources->problem_path, PROBLEM, true, i}, findings);
    }
}

/* Files that look as if they were meant as the table, which is nowhere else. */
static pulang_status check_other_formats(const char *dir, pulang_sheet sheet, pulang_arena *arena,
                                         pulang_findings *findings, bool *found) {
    static const char *const endings[] = {"xls", "xlsb", "xlsm", "ods"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const char *name = pulang_arena_printf(arena, "%s.%s", pulang_sheet_name(sheet), endings[i]);
        const char *path = name ? pulang_arena_printf(arena, "%s/%s", dir, name) : NULL;
        if (!path)
            return PULANG_ERROR_MEMORY;
        if (!pulang_text_exists(path))
            continue;
        report(findings, PULANG_FAULT, name, _("save it as \"Excel Workbook (.xlsx)\""),
               _("files of this format are not read"));
        *found = true;
    }
    return PULANG_OK;
}

static pulang_status find_files(const char *dir, pulang_sheet sheet, pulang_arena *arena,
                                pulang_findings *findings, pulang_sources *sources) {
    static const char *const endings[] = {"csv", "xlsx"};
    for (int i = 0; i < 2; i++) {
        const char *name = pulang_arena_printf(arena, "%s.%s", pulang_sheet_name(sheet), endings[i]);
        const char *path = name ? pulang_arena_printf(arena, "%s/%s", dir, name) : NULL;
        if (!path)
            return PULANG_ERROR_MEMORY;
        if (pulang_text_exists(path))
            take(sources, sheet, &(pulang_source){path, name, i == 1, PULANG_NONE}, findings);
    }
    if (sources->of[sheet].name)
        return PULANG_OK;
    bool found = sources->broken;
    pulang_status status = check_other_formats(dir, sheet, arena, findings, &found);
    if (status != PULANG_OK || found || !pulang_sheet_required(sheet))
        return status;
    char mend[256];
    size_t length;
    const char *alias = pulang_sheet_alias(sheet, &length), *english = pulang_sheet_name(sheet);
    snprintf(mend, sizeof mend, _("put %s.csv or %s.xlsx in its place, or a sheet %s (%.*s) in problem.xlsx"),
             english, english, english, (int)length, alias);
    report(findings, PULANG_FAULT, pulang_sheet_file(sheet), mend, _("there is no such file"));
    return PULANG_OK;
}

pulang_status pulang_sources_find(const char *dir, pulang_arena *arena, pulang_findings *findings,
                                  pulang_sources *sources) {
    *sources = (pulang_sources){.problem_path = pulang_arena_printf(arena, "%s/" PROBLEM, dir)};
    if (!sources->problem_path)
        return PULANG_ERROR_MEMORY;
    pulang_status status = PULANG_OK;
    if (!pulang_text_exists(sources->problem_path))
        sources->problem_path = NULL;
    else
        status = pulang_xlsx_open(sources->problem_path, PROBLEM, arena, findings, &sources->problem);
    if (status == PULANG_ERROR_MEMORY)
        return status;
    sources->broken = status != PULANG_OK;
    status = PULANG_OK;
    for (int s = 0; status == PULANG_OK && s < PULANG_N_SHEETS; s++)
        sources->of[s].sheet = PULANG_NONE;
    take_sheets(sources, findings);
    for (int s = 0; status == PULANG_OK && s < PULANG_N_SHEETS; s++)
        status = find_files(dir, (pulang_sheet)s, arena, findings, sources);
    return status;
}

void pulang_sources_close(pulang_sources *sources) {
    pulang_xlsx_close(&sources->problem);
}

/* The sheet of a workbook of its own: the one of the table's name, else the first that is visible. */
static int choose_sheet(const pulang_xlsx *workbook, pulang_sheet table, pulang_findings *findings) {
    int first = PULANG_NONE, visible = 0;
    for (int i = 0; i < workbook->n_sheets; i++) {
        if (workbook->sheets[i].hidden)
            continue;
        if (find_sheet(workbook->sheets[i].name) == table)
            return i;
        first = first == PULANG_NONE ? i : first;
        visible++;
    }
    if (first == PULANG_NONE) {
        report(findings, PULANG_FAULT, workbook->name, _("unhide the sheet that holds the table"),
               _("the workbook has no visible sheet"));
    } else if (visible > 1) {
        char message[256], mend[256];
        snprintf(message, sizeof message, _("of several sheets the first is read: %s"),
                 workbook->sheets[first].name);
        snprintf(mend, sizeof mend, _("call the sheet that is meant %s"), pulang_sheet_name(table));
        report(findings, PULANG_WARNING, workbook->name, mend, message);
    }
    return first;
}

static pulang_status read_sheet(const pulang_xlsx *workbook, int index, pulang_sheet sheet,
                                pulang_findings *findings, pulang_table *table) {
    pulang_csv csv;
    const char *name =
        pulang_arena_printf(workbook->arena, "%s [%s]", workbook->name, workbook->sheets[index].name);
    if (!name)
        return PULANG_ERROR_MEMORY;
    pulang_status status = pulang_xlsx_rows(workbook, index, name, findings, &csv);
    if (status != PULANG_OK)
        return status;
    if (csv.n_rows == 0) {
        report(findings, PULANG_FAULT, name, _("write a header line and a line for each entry"),
               _("the sheet is empty"));
        status = PULANG_ERROR_INPUT;
    } else
        status = pulang_table_make(&csv, name, sheet, workbook->arena, findings, table);
    pulang_csv_free(&csv);
    return status;
}

static pulang_status read_workbook(const pulang_source *source, pulang_sheet sheet, pulang_arena *arena,
                                   pulang_findings *findings, pulang_table *table) {
    pulang_xlsx workbook;
    pulang_status status = pulang_xlsx_open(source->path, source->name, arena, findings, &workbook);
    if (status != PULANG_OK)
        return status;
    int index = choose_sheet(&workbook, sheet, findings);
    status = index < 0 ? PULANG_ERROR_INPUT : read_sheet(&workbook, index, sheet, findings, table);
    pulang_xlsx_close(&workbook);
    return status;
}

pulang_status pulang_sources_read(const pulang_sources *sources, pulang_sheet sheet, pulang_arena *arena,
                                  pulang_findings *findings, pulang_table *table) {
    const pulang_source *source = &sources->of[sheet];
    if (source->sheet != PULANG_NONE)
        return read_sheet(&sources->problem, source->sheet, sheet, findings, table);
    if (source->workbook)
        return read_workbook(source, sheet, arena, findings, table);
    return pulang_table_read(source->path, sheet, arena, findings, table);
}

bool pulang_sources_is_folder(const char *dir) {
    static const char *const names[] = {"persons.csv", "persons.xlsx", PROBLEM};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[4096];
        int length = snprintf(path, sizeof path, "%s/%s", dir, names[i]);
        if (length > 0 && (size_t)length < sizeof path && access(path, F_OK) == 0)
            return true;
    }
    return false;
}
