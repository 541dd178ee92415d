/*
 * One table of a problem folder -> a pulang_table with canonical column names.
 */
#ifndef PULANG_IO_TABLE_H
#define PULANG_IO_TABLE_H

#include "io/aliases.h"
#include "io/csv.h"
#include "model/arena.h"
#include "model/findings.h"
#include "model/table.h"

/*
 * Makes a table of rows of text: headings are lower-cased, aliases become canonical names, rows
 * without content are left out, and whether decimals are written with a comma is found out. What is
 * wrong becomes findings. PULANG_ERROR_INPUT: the table cannot be used (no file, no header, a
 * required column is missing); *table then keeps what it was. name: as shown to the user.
 */
pulang_status pulang_table_make(const pulang_csv *csv, const char *name, pulang_sheet sheet,
                                pulang_arena *arena, pulang_findings *findings, pulang_table *table);
/* The same of the CSV file at path. */
pulang_status pulang_table_read(const char *path, pulang_sheet sheet, pulang_arena *arena,
                                pulang_findings *findings, pulang_table *table);

#endif
