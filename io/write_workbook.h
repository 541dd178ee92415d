/*
 * placements.xlsx: the plan for people who work with a spreadsheet, and the annex of the decree that they
 * sign.
 */
#ifndef PULANG_IO_WRITE_WORKBOOK_H
#define PULANG_IO_WRITE_WORKBOOK_H

#include "io/output.h"
#include "io/workbook.h"

/* The whole file for a plan that exists: [*length] bytes, to be freed by pulang_free. */
pulang_status pulang_write_workbook(const pulang_output *output, char **bytes, size_t *length,
                                    pulang_error *error);

/* Each writes a sheet (the tables: four). */
pulang_status pulang_workbook_summary(const pulang_output *output, pulang_workbook *workbook,
                                      pulang_error *error);
pulang_status pulang_workbook_tables(const pulang_output *output, pulang_workbook *workbook,
                                     pulang_error *error);
/* The annex has more than one sheet when there are more offices than pages can be begun in one. */
pulang_status pulang_workbook_decree(const pulang_output *output, pulang_workbook *workbook,
                                     pulang_error *error);

#define PULANG_WORKBOOK_TITLE 24.0 /* height of a title, points */
#define PULANG_WORKBOOK_LINE 13.0  /* of a line of text */

/* The line below each page of a sheet. */
void pulang_workbook_footer(char footer[128], const char *sheet);
/* A name of the data for people to read: without the underscores of a code. Returns text. */
#define PULANG_WORKBOOK_NAME 512
char *pulang_workbook_plain(const char *name, char text[PULANG_WORKBOOK_NAME]);
/* Characters of UTF-8 text. */
int pulang_workbook_characters(const char *text);

/* Lines that a text takes in a column of so many characters, broken between words. */
int pulang_workbook_lines(const char *text, int width);

#endif
