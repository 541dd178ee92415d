#include "cli/template/write.h"

#include "cli/language.h"
#include "cli/template/example.h"
#include "cli/template/text.h"
#include "io/csv_write.h"
#include "io/workbook.h"
#include "model/alloc.h"
#include "model/error.h"

#include <stdlib.h>
#include <string.h>

enum { README, SCENARIO, N_TEXTS, COLUMN_WIDTH = 18, TEXT_WIDTH = 110 };

/* A number of the example as an integer of so many decimals; false: it is none ("", 30%). */
static bool read_number(const char *text, int64_t *value, int *decimals) {
    size_t length = strlen(text), digits = strspn(text, "-0123456789");
    const char *point = text[digits] == '.' ? text + digits : NULL;
    char plain[32];
    if (length == 0 || length >= sizeof plain ||
        digits + (point != NULL) + (point ? strspn(point + 1, "0123456789") : 0) != length)
        return false;
    memcpy(plain, text, digits);
    memcpy(plain + digits, point ? point + 1 : "", point ? length - digits : 1);
    *value = strtoll(plain, NULL, 10);
    *decimals = point ? (int)(length - digits) - 1 : 0;
    return true;
}

static void csv_cell(pulang_csv_writer *writer, const pulang_known *column, const char *cell) {
    int64_t value;
    int decimals;
    if (column->content == PULANG_NUMBER && read_number(cell, &value, &decimals))
        pulang_csv_fixed(writer, value, decimals);
    else
        pulang_csv_text(writer, example_text(cell));
}

static pulang_status add_csv(pulang_batch *batch, pulang_sheet sheet, bool example, pulang_error *error) {
    /* A double click on the file opens it right in an Indonesian Excel, which parts cells by semicolons. */
    pulang_csv_writer writer =
        pulang_csv_writer_begin(language_is_indonesian() ? PULANG_CSV_SPREADSHEET : PULANG_CSV_PLAIN);
    int n;
    const pulang_known *columns = pulang_sheet_columns(sheet, &n);
    for (int c = 0; c < n; c++)
        pulang_csv_text(&writer, template_heading(&columns[c]));
    pulang_csv_end_row(&writer);
    const char *const *cells;
    for (int row = 0; example && (cells = example_row(sheet, row)) != NULL; row++) {
        for (int c = 0; c < n; c++)
            csv_cell(&writer, &columns[c], cells[c]);
        pulang_csv_end_row(&writer);
    }
    pulang_status status =
        writer.failed ? pulang_fail_memory(error)
                      : pulang_batch_add(batch, pulang_sheet_file(sheet), writer.bytes, writer.length, error);
    pulang_csv_writer_clear(&writer);
    return status;
}

static void sheet_cell(pulang_workbook *workbook, const pulang_known *column, const char *cell) {
    int64_t value;
    int decimals;
    if (column->content == PULANG_NUMBER && read_number(cell, &value, &decimals))
        pulang_sheet_number(workbook, value, decimals);
    else if (*cell)
        pulang_sheet_text(workbook, PULANG_STYLE_TEXT, example_text(cell));
    else
        pulang_sheet_blank(workbook, 1);
}

static void add_sheet(pulang_workbook *workbook, pulang_sheet sheet, bool example) {
    int n;
    char name[32];
    const pulang_known *columns = pulang_sheet_columns(sheet, &n);
    template_sheet_name(sheet, name);
    pulang_sheet_begin(workbook, name);
    for (int c = 0; c < n; c++) {
        const char *heading = template_heading(&columns[c]);
        pulang_sheet_entry(workbook, c,
                           &(pulang_sheet_form){.width = COLUMN_WIDTH,
                                                .number = columns[c].content == PULANG_NUMBER,
                                                .title = heading,
                                                .message = _(columns[c].what)});
    }
    for (int c = 0; c < n; c++)
        pulang_sheet_text(workbook, PULANG_STYLE_HEADING, template_heading(&columns[c]));
    pulang_sheet_end_row(workbook);
    const char *const *cells;
    for (int row = 0; example && (cells = example_row(sheet, row)) != NULL; row++) {
        for (int c = 0; c < n; c++)
            sheet_cell(workbook, &columns[c], cells[c]);
        pulang_sheet_end_row(workbook);
    }
    pulang_sheet_table(workbook, 0, n, 1);
}

static void sheet_line(void *user, template_kind kind, const char *heading, const char *text) {
    if (kind == TEMPLATE_COLUMN) {
        pulang_sheet_text(user, PULANG_STYLE_PLAIN, heading);
        pulang_sheet_text(user, PULANG_STYLE_PLAIN, text);
    } else
        pulang_sheet_text(user, kind == TEMPLATE_TITLE ? PULANG_STYLE_BOLD : PULANG_STYLE_PLAIN, text);
    pulang_sheet_end_row(user);
}

static pulang_status add_workbook(pulang_batch *batch, bool example, pulang_error *error) {
    pulang_workbook *workbook = pulang_workbook_new("pulang");
    char *bytes = NULL;
    size_t length;
    if (!workbook)
        return pulang_fail_memory(error);
    pulang_sheet_begin(workbook, language_is_indonesian() ? "petunjuk" : "read me");
    pulang_sheet_width(workbook, 0, COLUMN_WIDTH, false);
    pulang_sheet_width(workbook, 1, TEXT_WIDTH, false);
    template_instructions(true, sheet_line, workbook);
    pulang_sheet_print(workbook, 0, 0, 1, "&P");
    for (int s = 0; s < PULANG_N_SHEETS; s++)
        add_sheet(workbook, (pulang_sheet)s, example);
    pulang_status status = pulang_workbook_finish(workbook, &bytes, &length, error);
    pulang_workbook_free(workbook);
    if (status == PULANG_OK)
        status = pulang_batch_add(batch, "problem.xlsx", bytes, length, error);
    pulang_free(bytes);
    return status;
}

static void print_line(void *user, template_kind kind, const char *heading, const char *text) {
    if (kind == TEMPLATE_COLUMN)
        fprintf(user, "  %-20s %s\n", heading, text);
    else
        fprintf(user, "%s\n", text);
}

/* Adds one of the texts; index: README or SCENARIO. */
static pulang_status add_text(pulang_batch *batch, int index, bool excel, bool example, pulang_error *error) {
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    if (!out)
        return pulang_fail_memory(error);
    if (index == README)
        template_instructions(excel, print_line, out);
    else
        template_scenario(out, example);
    bool failed = fclose(out) != 0;
    pulang_status status = failed
                               ? pulang_fail_memory(error)
                               : pulang_batch_add(batch, template_file(excel, index), bytes, length, error);
    free(bytes);
    return status;
}

/* The files after the two texts: the tables, or the workbook that holds them. */
const char *template_file(bool excel, int index) {
    if (index == README)
        return language_is_indonesian() ? "PETUNJUK.txt" : "README.txt";
    if (index == SCENARIO)
        return "scenario.yaml";
    index -= N_TEXTS;
    if (excel)
        return index == 0 ? "problem.xlsx" : NULL;
    return index < PULANG_N_SHEETS ? pulang_sheet_file((pulang_sheet)index) : NULL;
}

pulang_status template_write(pulang_batch *batch, bool excel, bool example, pulang_error *error) {
    pulang_status status = PULANG_OK;
    for (int i = 0; status == PULANG_OK && i < N_TEXTS; i++)
        status = add_text(batch, i, excel, example, error);
    if (status == PULANG_OK && excel)
        return add_workbook(batch, example, error);
    for (int s = 0; status == PULANG_OK && s < PULANG_N_SHEETS; s++)
        status = add_csv(batch, (pulang_sheet)s, example, error);
    return status;
}
