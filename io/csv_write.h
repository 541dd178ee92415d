/*
 * CSV as pulang writes it: UTF-8, LF at the end of a row, quotes where a cell needs them.
 *
 * Two dialects. PLAIN: comma, decimal point, no byte order mark. SPREADSHEET: semicolon, decimal comma
 * and a byte order mark, which is what Excel in an Indonesian (or any decimal-comma) locale opens
 * right by a double click.
 *
 * Text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line end) gets an
 * apostrophe in front; pulang_csv_unguard takes it off again, exactly. Numbers are left alone.
 */
#ifndef PULANG_IO_CSV_WRITE_H
#define PULANG_IO_CSV_WRITE_H

#include "pulang.h"

typedef enum pulang_csv_dialect { PULANG_CSV_PLAIN, PULANG_CSV_SPREADSHEET } pulang_csv_dialect;

/* The dialect of a user whose own tables have this separator. */
pulang_csv_dialect pulang_csv_dialect_of(char separator);

/* Takes the cells of a table in place of a CSV document: a sheet of a workbook. */
typedef struct pulang_csv_sink {
    void (*text)(void *user, const char *text);
    void (*fixed)(void *user, int64_t value, int decimals);
    void (*percent)(void *user, int64_t hundredths);
    void (*blank)(void *user);
    void (*end_row)(void *user);
} pulang_csv_sink;

/* A document being written. Remembers want of memory, so that cells need no check. */
typedef struct pulang_csv_writer {
    pulang_csv_dialect dialect;
    const pulang_csv_sink *sink; /* NULL: bytes are written */
    void *user;                  /* of the sink */
    char *bytes;                 /* [length], owned; pulang_csv_writer_clear frees it */
    size_t length, capacity;
    bool in_row; /* the row has a cell already */
    bool failed;
} pulang_csv_writer;

pulang_csv_writer pulang_csv_writer_begin(pulang_csv_dialect dialect);
pulang_csv_writer pulang_csv_writer_begin_sink(const pulang_csv_sink *sink, void *user);
void pulang_csv_writer_clear(pulang_csv_writer *writer);
/* Adds a cell to the row. */
void pulang_csv_text(pulang_csv_writer *writer, const char *text);
void pulang_csv_integer(pulang_csv_writer *writer, int64_t value);
/* value / 10^decimals, written with all its decimals; 0 <= decimals <= 9. */
void pulang_csv_fixed(pulang_csv_writer *writer, int64_t value, int decimals);
/* Hundredths of a percent: 12.50%. */
void pulang_csv_percent(pulang_csv_writer *writer, int64_t hundredths);
void pulang_csv_blank(pulang_csv_writer *writer);
void pulang_csv_end_row(pulang_csv_writer *writer);

/* A cell's text as it was before a guarding apostrophe: a pointer into cell. */
const char *pulang_csv_unguard(const char *cell);

#endif
