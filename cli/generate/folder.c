#include "cli/generate/folder.h"

#include "cli/command.h"
#include "io/atomic.h"
#include "io/csv_write.h"
#include "io/table.h"
#include "io/text.h"
#include "model/alloc.h"
#include "model/error.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

/* In the order of the enums in draft.h. */
static const char *const person_columns[PERSON_COLUMNS] = {
    "person", "name",  "gender", "age",     "education", "origin", "category", "contract", "skills",
    "merit",  "hours", "pay",    "current", "tenure",    "wish",   "office",   "group",
};
static const char *const post_columns[POST_COLUMNS] = {
    "post",     "place",  "unit", "kind",     "role",        "scheme",   "provider",
    "min",      "target", "max",  "requires", "prefers",     "contract", "min_merit",
    "priority", "hours",  "pay",  "zone",     "performance", "office",
};
static const char *const quota_columns[] = {
    "quota", "each", "persons", "posts", "measure", "min", "target", "max", "weight", "tier", "basis",
};
enum { QUOTA_COLUMNS = sizeof quota_columns / sizeof *quota_columns, MOST_COLUMNS = 24 };

/* A whole number of units (thousandths for scale 1000) in a column; blank: 0. */
static int number_at(const pulang_table *table, int row, const char *column, int64_t scale) {
    const char *text = pulang_table_cell(table, row, pulang_table_column(table, column));
    int64_t number = 0;
    if (*text && (!pulang_table_fixed(table, text, scale, &number) || number < INT_MIN || number > INT_MAX))
        draft_fail(PULANG_ERROR_INPUT, _("places.csv, line %d: %s is no number: %s"), table->lines[row],
                   column, text);
    return (int)number;
}

static const char *text_at(const pulang_table *table, int row, const char *column) {
    return pulang_table_cell(table, row, pulang_table_column(table, column));
}

void folder_read_places(problem_draft *draft, const char *path) {
    pulang_findings *findings = pulang_findings_new();
    pulang_table table = {0};
    pulang_status status = findings
                               ? pulang_table_read(path, PULANG_SHEET_PLACES, draft->arena, findings, &table)
                               : PULANG_ERROR_MEMORY;
    if (findings && status)
        report_findings(findings, false);
    pulang_findings_free(findings);
    if (status)
        draft_fail(status, _("cannot use the places of %s"), path);
    for (int row = 0; row < table.n_rows; row++)
        draft_add_place(draft,
                        (draft_place){.code = text_at(&table, row, "place"),
                                      .name = text_at(&table, row, "name"),
                                      .district = text_at(&table, row, "district"),
                                      .kelurahan = strcmp(text_at(&table, row, "type"), "kelurahan") == 0,
                                      .lat = number_at(&table, row, "lat", 1000),
                                      .lon = number_at(&table, row, "lon", 1000),
                                      .remoteness = number_at(&table, row, "remoteness", 1000),
                                      .sd = number_at(&table, row, "sd", 1),
                                      .smp = number_at(&table, row, "smp", 1)});
}

/* A table of n_rows x n_columns texts: rows lie `stride` bytes apart and begin with their cells. */
typedef struct cell_rows {
    const char *file;
    const char *const *columns;
    const void *rows;
    size_t stride;
    int n_columns, n_rows;
} cell_rows;

static const char *cell(const cell_rows *sheet, int row, int column) {
    const char *const *cells = (const void *)((const char *)sheet->rows + (size_t)row * sheet->stride);
    return cells[column] ? cells[column] : "";
}

static bool blank(const cell_rows *sheet, int column) {
    for (int row = 0; row < sheet->n_rows; row++)
        if (*cell(sheet, row, column))
            return false;
    return true;
}

static pulang_status stage(pulang_batch *batch, const char *file, pulang_csv_writer *writer,
                           pulang_error *error) {
    pulang_status status = writer->failed
                               ? pulang_fail_memory(error)
                               : pulang_batch_add(batch, file, writer->bytes, writer->length, error);
    pulang_csv_writer_clear(writer);
    return status;
}

/* Columns without any cell are left out, and so is a table without rows. */
static pulang_status write_sheet(pulang_batch *batch, const cell_rows *sheet, pulang_error *error) {
    if (sheet->n_rows == 0)
        return PULANG_OK;
    bool skip[MOST_COLUMNS];
    pulang_csv_writer writer = pulang_csv_writer_begin(PULANG_CSV_PLAIN);
    for (int c = 0; c < sheet->n_columns; c++) {
        skip[c] = blank(sheet, c);
        if (!skip[c])
            pulang_csv_text(&writer, sheet->columns[c]);
    }
    pulang_csv_end_row(&writer);
    for (int row = 0; row < sheet->n_rows; row++) {
        for (int c = 0; c < sheet->n_columns; c++)
            if (!skip[c])
                pulang_csv_text(&writer, cell(sheet, row, c));
        pulang_csv_end_row(&writer);
    }
    return stage(batch, sheet->file, &writer, error);
}

static pulang_status write_tasks(const problem_draft *draft, pulang_batch *batch, pulang_error *error) {
    if (draft->n_tasks == 0)
        return PULANG_OK;
    pulang_csv_writer writer = pulang_csv_writer_begin(PULANG_CSV_PLAIN);
    static const char *const columns[] = {"post", "task", "volume", "norm_hours"};
    for (int c = 0; c < 4; c++)
        pulang_csv_text(&writer, columns[c]);
    pulang_csv_end_row(&writer);
    for (int i = 0; i < draft->n_tasks; i++) {
        pulang_csv_text(&writer, draft->tasks[i].post);
        pulang_csv_text(&writer, draft->tasks[i].task);
        pulang_csv_integer(&writer, draft->tasks[i].volume);
        pulang_csv_fixed(&writer, draft->tasks[i].norm, 1);
        pulang_csv_end_row(&writer);
    }
    return stage(batch, "workload.csv", &writer, error);
}

static pulang_status write_places(const problem_draft *draft, pulang_batch *batch, pulang_error *error) {
    pulang_csv_writer writer = pulang_csv_writer_begin(PULANG_CSV_PLAIN);
    static const char *const columns[] = {"place", "name", "district", "lat", "lon", "remoteness"};
    for (int c = 0; c < 6; c++)
        pulang_csv_text(&writer, columns[c]);
    pulang_csv_end_row(&writer);
    for (int i = 0; i < draft->n_places; i++) {
        const draft_place *place = &draft->places[i];
        pulang_csv_text(&writer, place->code);
        pulang_csv_text(&writer, place->name);
        pulang_csv_text(&writer, place->district);
        pulang_csv_fixed(&writer, place->lat, 3);
        pulang_csv_fixed(&writer, place->lon, 3);
        pulang_csv_fixed(&writer, place->remoteness, 3);
        pulang_csv_end_row(&writer);
    }
    return stage(batch, "places.csv", &writer, error);
}

static pulang_status copy_file(pulang_batch *batch, const char *path, const char *name, pulang_error *error) {
    pulang_findings *findings = pulang_findings_new();
    pulang_text text = {0};
    pulang_status status = findings ? pulang_text_read(path, name, findings, &text) : PULANG_ERROR_MEMORY;
    if (status)
        pulang_fail(error, status, _("cannot read %s"), path);
    else
        status = pulang_batch_add(batch, name, text.bytes, text.length, error);
    pulang_text_free(&text);
    pulang_findings_free(findings);
    return status;
}

/* places.csv, and the travel.csv beside it. */
static pulang_status copy_places(pulang_batch *batch, const char *places, pulang_error *error) {
    char travel[PATH_MAX];
    const char *slash = strrchr(places, '/');
    snprintf(travel, sizeof travel, "%.*stravel.csv", slash ? (int)(slash - places) + 1 : 0, places);
    pulang_status status = copy_file(batch, places, "places.csv", error);
    if (status == PULANG_OK && pulang_text_exists(travel))
        status = copy_file(batch, travel, "travel.csv", error);
    return status;
}

static pulang_status write_all(const problem_draft *draft, const char *places, pulang_batch *batch,
                               pulang_error *error) {
    const cell_rows sheets[] = {
        {"persons.csv", person_columns, draft->persons, sizeof *draft->persons, PERSON_COLUMNS,
         draft->n_persons},
        {"posts.csv", post_columns, draft->posts, sizeof *draft->posts, POST_COLUMNS, draft->n_posts},
        {"quotas.csv", quota_columns, draft->quotas, sizeof *draft->quotas, QUOTA_COLUMNS, draft->n_quotas},
    };
    pulang_status status = places ? copy_places(batch, places, error) : write_places(draft, batch, error);
    for (int i = 0; i < 3 && status == PULANG_OK; i++)
        status = write_sheet(batch, &sheets[i], error);
    if (status == PULANG_OK)
        status = write_tasks(draft, batch, error);
    for (int i = 0; i < draft->n_scenarios && status == PULANG_OK; i++)
        status = pulang_batch_add(batch, draft->scenarios[i].file, draft->scenarios[i].text,
                                  strlen(draft->scenarios[i].text), error);
    return status == PULANG_OK ? pulang_batch_commit(batch, error) : status;
}

pulang_status folder_write(const problem_draft *draft, const char *places, const char *dir,
                           pulang_error *error) {
    pulang_batch *batch = NULL;
    pulang_status status = pulang_batch_new(dir, &batch, error);
    if (status == PULANG_OK)
        status = write_all(draft, places, batch, error);
    pulang_batch_free(batch);
    return status;
}
