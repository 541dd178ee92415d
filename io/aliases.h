/*
 * The columns that pulang knows, file by file, and the Indonesian names they go by.
 */
#ifndef PULANG_IO_ALIASES_H
#define PULANG_IO_ALIASES_H

#include <stdbool.h>
#include <stddef.h>

typedef enum pulang_sheet {
    PULANG_SHEET_PERSONS,
    PULANG_SHEET_PLACES,
    PULANG_SHEET_POSTS,
    PULANG_SHEET_QUOTAS,
    PULANG_SHEET_TRAVEL,
    PULANG_SHEET_PAIRS,
    PULANG_SHEET_WORKLOAD,
    PULANG_N_SHEETS
} pulang_sheet;

typedef enum pulang_content { PULANG_TEXT, PULANG_NUMBER } pulang_content;

typedef struct pulang_known {
    const char *name;    /* canonical */
    const char *aliases; /* parted by blanks, the most telling first; "" */
    pulang_content content;
    bool required;
    const char *indonesian; /* the alias that is written to a template */
    const char *what;       /* what belongs there, to be translated */
} pulang_known;

/* "persons", ...: of a sheet of a workbook, and of a file without its ending. */
const char *pulang_sheet_name(pulang_sheet sheet);
/* "persons.csv", ... */
const char *pulang_sheet_file(pulang_sheet sheet);
/* The sheet that a name (lower case, _ for blanks) or alias stands for; PULANG_N_SHEETS: none. */
pulang_sheet pulang_sheet_find(const char *name);
/* The Indonesian name of the sheet: *length bytes. */
const char *pulang_sheet_alias(pulang_sheet sheet, size_t *length);
/* What the table holds, translated. */
const char *pulang_sheet_what(pulang_sheet sheet);
/* Whether a problem folder must have the file. */
bool pulang_sheet_required(pulang_sheet sheet);
const pulang_known *pulang_sheet_columns(pulang_sheet sheet, int *n);
/* Whether name is one of the aliases. */
bool pulang_known_has_alias(const pulang_known *known, const char *name);

#endif
