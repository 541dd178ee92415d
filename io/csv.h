/*
 * Reading CSV (RFC 4180 and what spreadsheets make of it) with libcsv.
 *
 * Separated by comma, semicolon or tab, whichever the header line has most of (a first line "sep=;"
 * decides); lines end in LF, CRLF or CR. Blank lines are left out. A cell that Excel was told to keep
 * as text (="123") is read as 123.
 */
#ifndef PULANG_IO_CSV_H
#define PULANG_IO_CSV_H

#include "model/arena.h"
#include "model/findings.h"

typedef struct pulang_csv {
    char separator;
    int n_rows;         /* the header is row 0 */
    size_t *begin;      /* [n_rows + 1] cells of row r: begin[r] .. begin[r + 1] - 1 */
    int *line;          /* [n_rows] physical line (1-based) on which the row begins */
    const char **cells; /* trimmed UTF-8; the texts belong to the arena */
} pulang_csv;

/*
 * Reads the file. What is wrong with quotes or bytes becomes a fault and the rest is still read.
 * PULANG_ERROR_INPUT: the file cannot be used at all, a fault says why.
 */
pulang_status pulang_csv_read(const char *path, const char *name, pulang_arena *arena,
                              pulang_findings *findings, pulang_csv *csv);
void pulang_csv_free(pulang_csv *csv);

#endif
