/*
 * The cells of one sheet (ECMA-376 part 1, 18.3.1) as rows of text.
 *
 * Only cells that hold something are kept while reading, so that a sheet costs what is in it; the
 * rectangle of rows and columns is laid out at the end, if it is not too large.
 */
#include "io/xlsx.h"

#include "io/field.h"
#include "io/xml.h"
#include "model/alloc.h"
#include "model/error.h"
#include "model/table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define ROWS_MOST 1048576
#define COLUMNS_MOST 16384

typedef enum cell_fault { CELL_GOOD, CELL_ERROR, CELL_NO_VALUE } cell_fault;

/* Rows and columns count from 1. */
typedef struct sheet_cell {
    int row, column;
    cell_fault fault;
    const char *text;
} sheet_cell;

typedef struct sheet_range {
    int row, column, last_row, last_column;
} sheet_range;

typedef struct sheet_reading {
    const pulang_xlsx *workbook;
    const char *name;
    pulang_findings *findings;
    sheet_cell *cells; /* [n_cells] row by row, from left to right */
    size_t n_cells, cells_room;
    sheet_range *merged;
    size_t n_merged, merged_room;
    int hidden_rows;
    /* The cell being read. */
    int row, column;
    char type[12]; /* attribute t, "" is a number */
    size_t style;
    bool row_hidden, in_cell, in_value, has_formula, has_value;
    pulang_xlsx_text text;
} sheet_reading;

/* ---- reading ---- */

/* Reads "C12" and moves on; false: that is no cell. */
static bool read_reference(const char **text, int *row, int *column) {
    const char *c = *text;
    for (*column = 0; *c >= 'A' && *c <= 'Z' && *column <= COLUMNS_MOST; c++)
        *column = *column * 26 + (*c - 'A' + 1);
    for (*row = 0; *c >= '0' && *c <= '9' && *row <= ROWS_MOST; c++)
        *row = *row * 10 + (*c - '0');
    *text = c;
    return *column >= 1 && *column <= COLUMNS_MOST && *row >= 1 && *row <= ROWS_MOST;
}

static pulang_status start_row(sheet_reading *r, const char *const *attributes) {
    const char *number = pulang_xml_attribute(attributes, "r");
    const char *hidden = pulang_xml_attribute(attributes, "hidden");
    long row = number ? strtol(number, NULL, 10) : r->row + 1;
    if (row <= r->row || row > ROWS_MOST)
        return PULANG_ERROR_INPUT;
    r->row = (int)row;
    r->column = 0;
    r->row_hidden = hidden && (strcmp(hidden, "1") == 0 || strcmp(hidden, "true") == 0);
    return PULANG_OK;
}

static pulang_status start_cell(sheet_reading *r, const char *const *attributes) {
    const char *reference = pulang_xml_attribute(attributes, "r");
    const char *type = pulang_xml_attribute(attributes, "t"), *style = pulang_xml_attribute(attributes, "s");
    int row = r->row, column = r->column + 1;
    if (reference && (!read_reference(&reference, &row, &column) || *reference))
        return PULANG_ERROR_INPUT;
    if (r->row == 0 || row != r->row || column <= r->column || column > COLUMNS_MOST)
        return PULANG_ERROR_INPUT;
    if (type && strlen(type) >= sizeof r->type)
        return PULANG_ERROR_INPUT;
    strcpy(r->type, type && strcmp(type, "n") != 0 ? type : "");
    r->column = column;
    r->style = style ? strtoul(style, NULL, 10) : 0;
    r->in_cell = true;
    r->has_formula = r->has_value = false;
    r->text.length = 0;
    return PULANG_OK;
}

static pulang_status add_merged(sheet_reading *r, const char *const *attributes) {
    const char *text = pulang_xml_attribute(attributes, "ref");
    sheet_range range;
    void *merged = r->merged;
    if (!text || !read_reference(&text, &range.row, &range.column))
        return PULANG_ERROR_INPUT;
    range.last_row = range.row;
    range.last_column = range.column;
    if (*text == ':') {
        text++;
        if (!read_reference(&text, &range.last_row, &range.last_column))
            return PULANG_ERROR_INPUT;
    }
    if (pulang_grow(&merged, &r->merged_room, r->n_merged + 1, sizeof *r->merged))
        return PULANG_ERROR_MEMORY;
    r->merged = merged;
    r->merged[r->n_merged++] = range;
    return PULANG_OK;
}

static pulang_status on_start(void *user, const char *name, const char *const *attributes) {
    sheet_reading *r = user;
    if (strcmp(name, "row") == 0)
        return start_row(r, attributes);
    if (strcmp(name, "c") == 0)
        return start_cell(r, attributes);
    if (strcmp(name, "mergeCell") == 0)
        return add_merged(r, attributes);
    if (!r->in_cell)
        return PULANG_OK;
    r->in_value = strcmp(name, "v") == 0;
    r->has_formula |= strcmp(name, "f") == 0;
    pulang_xlsx_text_start(&r->text, name);
    return PULANG_OK;
}

static pulang_status on_text(void *user, const char *bytes, size_t length) {
    sheet_reading *r = user;
    if (!r->in_cell || !(r->in_value || r->text.in_text))
        return PULANG_OK;
    r->has_value = true;
    return pulang_xlsx_text_add(&r->text, bytes, length);
}

static pulang_status add_cell(sheet_reading *r, const char *text, cell_fault fault) {
    void *cells = r->cells;
    if (!text || pulang_grow(&cells, &r->cells_room, r->n_cells + 1, sizeof *r->cells))
        return PULANG_ERROR_MEMORY;
    r->cells = cells;
    if (!*text && fault == CELL_GOOD)
        return PULANG_OK;
    r->cells[r->n_cells++] = (sheet_cell){r->row, r->column, fault, text};
    r->hidden_rows += r->row_hidden;
    r->row_hidden = false;
    return PULANG_OK;
}

static pulang_status add_number(sheet_reading *r, const char *value) {
    static const pulang_table decimal_point;
    const pulang_xlsx *workbook = r->workbook;
    char text[64];
    double number;
    pulang_number_format format = {PULANG_NUMBER_GENERAL, 0};
    if (!pulang_table_number(&decimal_point, value, &number))
        return PULANG_ERROR_INPUT;
    if (r->style < workbook->n_formats)
        format = workbook->formats[r->style];
    pulang_number_format_text(format, number, workbook->from_1904, text, sizeof text);
    return add_cell(r, pulang_arena_copy(workbook->arena, text, strlen(text)), CELL_GOOD);
}

/* Turns what is stored into what is shown, by the type of the cell. */
static pulang_status end_cell(sheet_reading *r) {
    r->in_cell = false;
    bool text_type = strcmp(r->type, "str") == 0 || strcmp(r->type, "inlineStr") == 0;
    if (!r->has_value) /* a formula may come to no text at all */
        return r->has_formula && !text_type ? add_cell(r, "", CELL_NO_VALUE) : PULANG_OK;
    const char *value = pulang_xlsx_text_take(&r->text, r->workbook->arena);
    if (!value)
        return PULANG_ERROR_MEMORY;
    if (text_type || strcmp(r->type, "d") == 0)
        return add_cell(r, value, CELL_GOOD);
    if (strcmp(r->type, "e") == 0)
        return add_cell(r, value, CELL_ERROR);
    if (strcmp(r->type, "b") == 0)
        return add_cell(r, strcmp(value, "0") == 0 ? "FALSE" : "TRUE", CELL_GOOD);
    if (r->type[0] == '\0')
        return *value ? add_number(r, value) : PULANG_OK;
    char *end;
    unsigned long index = strtoul(value, &end, 10);
    if (strcmp(r->type, "s") != 0 || *end || index >= r->workbook->n_strings)
        return PULANG_ERROR_INPUT;
    return add_cell(r, r->workbook->strings[index], CELL_GOOD);
}

static pulang_status on_end(void *user, const char *name) {
    sheet_reading *r = user;
    if (!r->in_cell)
        return PULANG_OK;
    r->in_value = false;
    pulang_xlsx_text_end(&r->text, name);
    return strcmp(name, "c") == 0 ? end_cell(r) : PULANG_OK;
}

/* ---- laying out ---- */

static pulang_status too_large(const sheet_reading *r) {
    pulang_field field = pulang_field_line(r->name, 0);
    pulang_field_report(r->findings, PULANG_FAULT, &field,
                        _("keep only the table in the sheet; empty what stands far to the right or below"),
                        _("the sheet is too large"));
    return PULANG_ERROR_INPUT;
}

static const char *heading_of(const pulang_csv *csv, int column) {
    return csv->cells[column - 1];
}

static void report_cell(const sheet_reading *r, const pulang_csv *csv, const sheet_cell *cell) {
    pulang_field field = {.text = cell->text,
                          .file = r->name,
                          .heading = heading_of(csv, cell->column),
                          .line = cell->row,
                          .column = cell->column};
    if (cell->fault == CELL_ERROR)
        pulang_field_report(r->findings, PULANG_FAULT, &field,
                            _("correct the formula, or put the value itself into the cell"),
                            _("the formula of the cell has failed"));
    else
        pulang_field_report(r->findings, PULANG_FAULT, &field,
                            _("open the workbook in Excel or LibreOffice and save it once"),
                            _("the formula has no stored value"));
}

static pulang_status lay_out(const sheet_reading *r, pulang_csv *csv) {
    size_t width = 0, rows = 0;
    for (size_t i = 0; i < r->n_cells; i++) {
        width = (size_t)r->cells[i].column > width ? (size_t)r->cells[i].column : width;
        rows += i == 0 || r->cells[i].row != r->cells[i - 1].row;
    }
    if (rows * width > PULANG_CELLS_MOST)
        return too_large(r);
    *csv = (pulang_csv){.separator = ',', .n_rows = (int)rows};
    csv->begin = pulang_alloc(rows + 1, sizeof *csv->begin);
    csv->line = pulang_alloc(rows, sizeof *csv->line);
    csv->cells = pulang_alloc(rows * width, sizeof *csv->cells);
    if (!csv->begin || !csv->line || !csv->cells)
        return PULANG_ERROR_MEMORY;
    for (size_t i = 0; i < rows * width; i++)
        csv->cells[i] = "";
    for (size_t row = 0; row <= rows; row++)
        csv->begin[row] = row * width;
    int row = -1;
    for (size_t i = 0; i < r->n_cells; i++) {
        const sheet_cell *cell = &r->cells[i];
        if (i == 0 || cell->row != cell[-1].row)
            csv->line[++row] = cell->row;
        if (cell->fault == CELL_GOOD)
            csv->cells[csv->begin[row] + (size_t)cell->column - 1] = cell->text;
        else
            report_cell(r, csv, cell);
    }
    return PULANG_OK;
}

/* The first row on or after Excel's row `line`. */
static int find_row(const pulang_csv *csv, int line) {
    int lo = 0, hi = csv->n_rows;
    while (lo < hi) {
        int middle = lo + (hi - lo) / 2;
        if (csv->line[middle] < line)
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo;
}

/* Gives all merged cells the value of the first; false: they are more than a sheet may have. */
static bool fill_merged(const sheet_reading *r, const sheet_range *range, pulang_csv *csv, size_t *left) {
    int first = find_row(csv, range->row), width = (int)csv->begin[1], filled = 0;
    if (first >= csv->n_rows || csv->line[first] != range->row || range->column > width || first == 0)
        return true;
    const char *value = csv->cells[csv->begin[first] + (size_t)range->column - 1];
    int last_column = range->last_column < width ? range->last_column : width;
    for (int row = first; row < csv->n_rows && csv->line[row] <= range->last_row; row++)
        for (int column = range->column; column <= last_column && *value; column++) {
            const char **cell = &csv->cells[csv->begin[row] + (size_t)column - 1];
            if (*left == 0)
                return false;
            --*left;
            filled += **cell == '\0';
            *cell = **cell ? *cell : value;
        }
    pulang_field field = {.text = value,
                          .file = r->name,
                          .heading = heading_of(csv, range->column),
                          .line = range->row,
                          .column = range->column};
    if (filled > 0)
        pulang_field_report(r->findings, PULANG_WARNING, &field,
                            _("if that is not meant, unmerge the cells and fill each"),
                            _("merged cells: each of them is read as having this value"));
    return true;
}

static pulang_status finish(const sheet_reading *r, pulang_csv *csv) {
    pulang_status status = lay_out(r, csv);
    size_t left = PULANG_CELLS_MOST;
    for (size_t i = 0; status == PULANG_OK && i < r->n_merged && csv->n_rows > 0; i++)
        if (!fill_merged(r, &r->merged[i], csv, &left))
            status = too_large(r);
    pulang_field field = pulang_field_line(r->name, 0);
    if (status == PULANG_OK && r->hidden_rows > 0)
        pulang_field_report(r->findings, PULANG_WARNING, &field, _("delete the rows that do not count"),
                            dngettext(PULANG_TEXT_DOMAIN, "%d hidden row is read like the others",
                                      "%d hidden rows are read like the others",
                                      (unsigned long)r->hidden_rows),
                            r->hidden_rows);
    return status;
}

pulang_status pulang_xlsx_rows(const pulang_xlsx *workbook, int sheet, const char *name,
                               pulang_findings *findings, pulang_csv *csv) {
    assert(sheet >= 0 && sheet < workbook->n_sheets);
    sheet_reading r = {.workbook = workbook, .name = name, .findings = findings};
    pulang_xml_handler handler = {on_start, on_end, on_text, &r};
    pulang_csv rows = {0};
    pulang_status status = pulang_xml_read(workbook->archive, workbook->sheets[sheet].part, &handler);
    if (status == PULANG_OK)
        status = finish(&r, &rows);
    else
        status = pulang_xlsx_refuse(findings, name, status);
    pulang_free(r.cells);
    pulang_free(r.merged);
    pulang_free(r.text.bytes);
    if (status == PULANG_OK)
        *csv = rows;
    else
        pulang_csv_free(&rows);
    return status;
}
