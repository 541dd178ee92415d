/*
 * Excel workbooks (.xlsx), as far as tables need them: the same rows of text as io/csv.h gives.
 *
 * ECMA-376 part 1 (SpreadsheetML) on top of libzip and expat. Of the libraries in Debian 12 that read
 * workbooks, liborcus 0.17 loses what matters here: it takes a workbook as Python's openpyxl saves it for an
 * empty one (it does not follow absolute part names), and does not tell of hidden sheets and of error cells;
 * GDAL's driver brings the whole of GDAL along.
 */
#ifndef PULANG_IO_XLSX_H
#define PULANG_IO_XLSX_H

#include "io/archive.h"
#include "io/csv.h"
#include "io/number_format.h"
#include "io/text.h"

#define PULANG_CELLS_MOST ((size_t)20000000) /* rows times columns of one sheet */

typedef struct pulang_xlsx_sheet {
    const char *name;
    const char *part; /* its file within the workbook */
    bool hidden;
} pulang_xlsx_sheet;

typedef struct pulang_xlsx {
    pulang_text file;
    pulang_archive *archive;
    pulang_arena *arena; /* of the reader: what is read outlives the workbook */
    const char *name;    /* "persons.xlsx" */
    pulang_xlsx_sheet *sheets;
    int n_sheets;
    bool from_1904;
    const char **strings; /* [n_strings] shared by the cells of all sheets */
    size_t n_strings;
    pulang_number_format *formats; /* [n_formats] by cell style */
    size_t n_formats;
    size_t sheets_room, strings_room, formats_room;
} pulang_xlsx;

/* Reads all but the cells. PULANG_ERROR_INPUT: it cannot be used (no workbook, damaged, with a password,
   of an old format), a fault says why. */
pulang_status pulang_xlsx_open(const char *path, const char *name, pulang_arena *arena,
                               pulang_findings *findings, pulang_xlsx *workbook);
void pulang_xlsx_close(pulang_xlsx *workbook);

/*
 * The rows of a sheet that hold anything; lines are Excel's row numbers, every row has as many cells.
 * name: of the table as shown to the user. Formulas count by their stored value; cells that hold an Excel
 * error, or a formula without value, are faults; merged cells below the first row all get their value.
 */
pulang_status pulang_xlsx_rows(const pulang_xlsx *workbook, int sheet, const char *name,
                               pulang_findings *findings, pulang_csv *csv);

/* The text of a <si> or <is> element, put together from its runs; what is spoken (<rPh>) is left out. */
typedef struct pulang_xlsx_text {
    char *bytes;
    size_t length, room;
    bool in_text, in_phonetic;
} pulang_xlsx_text;

void pulang_xlsx_text_start(pulang_xlsx_text *text, const char *name);
void pulang_xlsx_text_end(pulang_xlsx_text *text, const char *name);
pulang_status pulang_xlsx_text_add(pulang_xlsx_text *text, const char *bytes, size_t length);
/* The trimmed text without the escapes of workbooks (_x000D_), and makes *text blank; NULL: out of memory. */
const char *pulang_xlsx_text_take(pulang_xlsx_text *text, pulang_arena *arena);

/* Reports why reading ended with that status, where it is a fault of the file; returns the status to hand on.
 */
pulang_status pulang_xlsx_refuse(pulang_findings *findings, const char *name, pulang_status status);

#endif
