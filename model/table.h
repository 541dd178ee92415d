/*
 * A CSV file as read: every cell is text. The rows of persons, places, posts and quotas keep their
 * table, so that filters and reports can use any column, known to pulang or not.
 */
#ifndef PULANG_MODEL_TABLE_H
#define PULANG_MODEL_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pulang_table {
    const char *file;      /* name as shown to the user, "persons.csv" */
    int n_columns, n_rows; /* the header is not a row */
    const char **columns;  /* [n_columns] canonical names, lower case ("nama" has become "name") */
    const char **headings; /* [n_columns] as written by the user */
    const char **cells;    /* [n_rows * n_columns] row by row, trimmed, "" where blank */
    int *lines;            /* [n_rows] physical line (1-based) on which the row begins */
    char separator;        /* ',', ';' or tab, as found in the file; 0: made by hand, counts as ',' */
    bool decimal_comma;    /* numbers are written 1,5 */
} pulang_table;

/* Index of a canonical column name, -1: not there. */
int pulang_table_column(const pulang_table *table, const char *name);
/* The cell, "" when column is -1. */
const char *pulang_table_cell(const pulang_table *table, int row, int column);
/* Reads all of text as a decimal number (honours decimal_comma); false: it is none. */
bool pulang_table_number(const pulang_table *table, const char *text, double *number);
/* The same times scale, rounded to the nearest integer; false also when it would not fit. */
bool pulang_table_fixed(const pulang_table *table, const char *text, int64_t scale, int64_t *number);

#endif
