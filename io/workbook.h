/*
 * An Excel workbook as it is written: cell by cell, row by row, sheet after sheet. The only file that knows
 * libxlsxwriter is io/workbook.c.
 *
 * A workbook remembers failure, so that cells need no check. Text is text: never a formula, a number or a
 * link, and what XML or Excel does not take (control characters, more than 32,767 characters) is replaced or
 * cut. A row beyond the last of a sheet is dropped; pulang_sheet_fits says so beforehand. The same calls give
 * the same bytes.
 */
#ifndef PULANG_IO_WORKBOOK_H
#define PULANG_IO_WORKBOOK_H

#include "pulang.h"

typedef struct pulang_workbook pulang_workbook;

typedef enum pulang_style {
    PULANG_STYLE_PLAIN,
    PULANG_STYLE_TITLE, /* large */
    PULANG_STYLE_BOLD,
    PULANG_STYLE_HEADING,       /* of a column: bold on a colour, wrapped */
    PULANG_STYLE_HEADING_RIGHT, /* of numbers */
    PULANG_STYLE_TEXT,          /* stays text when a user edits the cell: ids, names */
    PULANG_STYLE_WRAPPED,       /* long text over several lines */
    PULANG_STYLE_PRINTED,       /* the next four have borders, for paper: text over several lines */
    PULANG_STYLE_PRINTED_CENTRE,
    PULANG_STYLE_PRINTED_HEADING,
    PULANG_STYLE_PRINTED_GROUP, /* the heading of some rows */
    PULANG_N_STYLES
} pulang_style;

/* Bars (or columns) of the values in n_series columns beside the categories; the row above has their
   names. Placed at a cell of the sheet. */
typedef struct pulang_sheet_chart {
    const char *title;
    bool upright;          /* columns instead of bars */
    int first_row, n_rows; /* of the data */
    int column;            /* of the categories; the series follow */
    int n_series;          /* 1 or 2 */
    int at_row, at_column;
    int width, height; /* pixels */
    int unit;          /* between the lines of the axis, 0: as the program thinks */
} pulang_sheet_chart;

/* A column that a user fills in. */
typedef struct pulang_sheet_form {
    double width; /* characters */
    bool number;  /* Excel asks back when something else is typed; otherwise what is typed stays text */
    const char *title, *message; /* shown beside a chosen cell: at most 32 and 255 characters */
} pulang_sheet_form;

/* NULL: out of memory. title: a property of the file. */
pulang_workbook *pulang_workbook_new(const char *title);
void pulang_workbook_free(pulang_workbook *workbook);
/* The bytes of the file: [*length], to be freed by pulang_free. The workbook can only be freed afterwards. */
pulang_status pulang_workbook_finish(pulang_workbook *workbook, char **bytes, size_t *length,
                                     pulang_error *error);

/* Begins a sheet at its first row. name: at most 31 characters, none of []:*?/\, unlike all others. */
void pulang_sheet_begin(pulang_workbook *workbook, const char *name);
/* The row (from 0) in which the next cell is. */
int pulang_sheet_row(const pulang_workbook *workbook);
/* Whether so many more rows fit the sheet. */
bool pulang_sheet_fits(const pulang_workbook *workbook, int rows);
/* The next cell of the row. A number is value / 10^decimals, 0 <= decimals <= 9. */
void pulang_sheet_text(pulang_workbook *workbook, pulang_style style, const char *text);
void pulang_sheet_number(pulang_workbook *workbook, int64_t value, int decimals);
void pulang_sheet_real(pulang_workbook *workbook, double value, int decimals);
/* value 1 is shown as 100 %. */
void pulang_sheet_percent(pulang_workbook *workbook, double value, int decimals);
void pulang_sheet_blank(pulang_workbook *workbook, int n);
/* A text over n cells, n > 1. */
void pulang_sheet_merged(pulang_workbook *workbook, pulang_style style, int n, const char *text);
void pulang_sheet_end_row(pulang_workbook *workbook);
/* Height of the row, in points, at most 409; before it ends. */
void pulang_sheet_height(pulang_workbook *workbook, double points);
/* Width of a column, in characters. folded: out of sight until the user opens it. */
void pulang_sheet_width(pulang_workbook *workbook, int column, double characters, bool folded);
/* Keeps the rows up to the header row and so many columns in sight, and gives the header filter arrows;
   called when all rows are written. */
void pulang_sheet_table(pulang_workbook *workbook, int header_row, int n_columns, int n_frozen);
/* Makes the column, from the next row on, one to be filled in. */
void pulang_sheet_entry(pulang_workbook *workbook, int column, const pulang_sheet_form *form);
/* Colours the numbers in a column, from a row on, that are below or (above) beyond 0. */
void pulang_sheet_warn(pulang_workbook *workbook, int column, int first_row, bool above);
/* Prints on A4 across, the header row and the first n_repeated columns on every page, page numbers below.
   n_pages: so many side by side, made to fit; 0: PULANG_SHEET_PRINT_WIDTH characters fit one page, and pages
   can be begun (pulang_sheet_break). */
void pulang_sheet_print(pulang_workbook *workbook, int header_row, int n_repeated, int n_pages,
                        const char *footer);
/* A new page begins with the row: ascending, at most PULANG_SHEET_BREAKS in a sheet. */
void pulang_sheet_break(pulang_workbook *workbook, int row);
void pulang_sheet_draw(pulang_workbook *workbook, const pulang_sheet_chart *chart);

#define PULANG_SHEET_BREAKS 1000
#define PULANG_SHEET_PRINT_WIDTH 136

#endif
