/*
 * What a template says in words: the instructions and the explained scenario.
 */
#ifndef PULANG_CLI_TEMPLATE_TEXT_H
#define PULANG_CLI_TEMPLATE_TEXT_H

#include "io/aliases.h"

#include <stdio.h>

/* The heading of a column in the user's language. */
const char *template_heading(const pulang_known *column);
/* The name of a sheet in the user's language; name: 32 bytes. */
void template_sheet_name(pulang_sheet sheet, char *name);

typedef enum template_kind { TEMPLATE_TITLE, TEMPLATE_TEXT, TEMPLATE_COLUMN } template_kind;

/* Takes a line of the instructions. heading: of TEMPLATE_COLUMN, which the text explains. */
typedef void (*template_line)(void *user, template_kind kind, const char *heading, const char *text);
/* How to fill the folder, line by line; excel: its tables are the sheets of problem.xlsx. */
void template_instructions(bool excel, template_line line, void *user);

/* scenario.yaml with every key explained; all but the title are switched off by a #. */
void template_scenario(FILE *out, bool example);

#endif
