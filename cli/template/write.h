/*
 * The tables of a template, as CSV or as the sheets of a workbook.
 */
#ifndef PULANG_CLI_TEMPLATE_WRITE_H
#define PULANG_CLI_TEMPLATE_WRITE_H

#include "io/atomic.h"

/* Adds all files of the template to the batch. */
pulang_status template_write(pulang_batch *batch, bool excel, bool example, pulang_error *error);
/* The names of the files that template_write makes, one after the other; NULL at the end. */
const char *template_file(bool excel, int index);

#endif
