/*
 * One cell with the place it stands at, and how to read it. Every problem becomes a finding that
 * names file, line, column, the value as written and a mend.
 */
#ifndef PULANG_IO_FIELD_H
#define PULANG_IO_FIELD_H

#include "model/arena.h"
#include "model/findings.h"
#include "model/instance.h"
#include "model/table.h"

typedef struct pulang_field {
    const pulang_table *table; /* decides how numbers are written */
    const char *text;          /* trimmed, "" where blank */
    const char *file, *heading;
    int line, column; /* 1-based; 0: none */
} pulang_field;

/* The cell of a row; blank when column is PULANG_NONE. */
pulang_field pulang_field_cell(const pulang_table *table, int row, int column);
/* A place without a cell: a whole file (line 0) or a line of it. */
pulang_field pulang_field_line(const char *file, int line);

/* Adds a finding about the field. mend: what to do, already in words. */
void pulang_field_report(pulang_findings *findings, pulang_severity severity, const pulang_field *field,
                         const char *mend, const char *format, ...) __attribute__((format(printf, 5, 6)));

/* The readers return false and leave *number alone when the field is blank (no finding) or wrong (a
   fault was added). lo and hi are the range allowed, both included. */
bool pulang_field_number(pulang_findings *findings, const pulang_field *field, double lo, double hi,
                         double *number);
/* The number times scale, rounded. */
bool pulang_field_fixed(pulang_findings *findings, const pulang_field *field, int64_t scale, double lo,
                        double hi, int64_t *number);
/* An amount of money or the like, in hundredths, from 0: 5.000 is doubtful there (a warning). */
bool pulang_field_amount(pulang_findings *findings, const pulang_field *field, double hi,
                         int64_t *hundredths);
/* Warns when the number reads as 1.234 but thousands may be meant. */
void pulang_field_warn_grouped(pulang_findings *findings, const pulang_field *field);
/* A whole number. */
bool pulang_field_whole(pulang_findings *findings, const pulang_field *field, int lo, int hi, int *number);
/* yes or no in English or Indonesian, 1 or 0. */
bool pulang_field_yes(pulang_findings *findings, const pulang_field *field, bool *yes);

/* The parts of a list (split at |, trimmed, blank ones left out). False: out of memory. */
bool pulang_field_list(pulang_arena *arena, const pulang_field *field, pulang_texts *list);

#endif
