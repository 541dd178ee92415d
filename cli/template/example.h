/*
 * The rows of an example: four villages up the river, six posts, nine people.
 */
#ifndef PULANG_CLI_TEMPLATE_EXAMPLE_H
#define PULANG_CLI_TEMPLATE_EXAMPLE_H

#include "io/aliases.h"

/* The cells of a row, one for each column that pulang knows of the sheet, in that order, "" where blank.
   NULL: there is no such row. */
const char *const *example_row(pulang_sheet sheet, int row);
/* A cell in the user's language. */
const char *example_text(const char *cell);

#endif
