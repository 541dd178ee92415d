/*
 * Where the tables of a problem folder are: persons.csv, persons.xlsx, or the sheet persons of problem.xlsx.
 */
#ifndef PULANG_IO_SOURCES_H
#define PULANG_IO_SOURCES_H

#include "io/aliases.h"
#include "io/xlsx.h"
#include "model/table.h"

typedef struct pulang_source {
    const char *path, *name; /* of the file; name NULL: the table is nowhere */
    bool workbook;           /* a workbook of its own */
    int sheet;               /* of problem.xlsx; PULANG_NONE: a file of its own */
} pulang_source;

typedef struct pulang_sources {
    pulang_source of[PULANG_N_SHEETS];
    pulang_xlsx problem;
    const char *problem_path; /* NULL: there is no problem.xlsx */
    bool broken;              /* problem.xlsx is of no use: what is missing may be in it */
} pulang_sources;

/* Looks for the tables; one that is in two places is a fault. PULANG_OK or PULANG_ERROR_MEMORY. */
pulang_status pulang_sources_find(const char *dir, pulang_arena *arena, pulang_findings *findings,
                                  pulang_sources *sources);
void pulang_sources_close(pulang_sources *sources);
/* Reads a table that is somewhere, as pulang_table_read does. */
pulang_status pulang_sources_read(const pulang_sources *sources, pulang_sheet sheet, pulang_arena *arena,
                                  pulang_findings *findings, pulang_table *table);
/* Whether an input folder of pulang is there: it has persons in one of these forms. */
bool pulang_sources_is_folder(const char *dir);

#endif
