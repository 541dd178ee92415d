/*
 * How a workbook shows a number, and the text that a person would have typed for it: 43832 under a date
 * format is 2020-01-02, 0.3 under a percent format 30%, 7 under 000 is 007.
 */
#ifndef PULANG_IO_NUMBER_FORMAT_H
#define PULANG_IO_NUMBER_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

typedef enum pulang_number_kind {
    PULANG_NUMBER_GENERAL,
    PULANG_NUMBER_DATE, /* and times of day */
    PULANG_NUMBER_PERCENT,
    PULANG_NUMBER_ZEROS /* whole, with zeros in front */
} pulang_number_kind;

typedef struct pulang_number_format {
    pulang_number_kind kind;
    int width; /* of PULANG_NUMBER_ZEROS: digits at least */
} pulang_number_format;

/* One of the formats that every workbook has. */
pulang_number_format pulang_number_format_builtin(long id);
/* A format as written in the workbook: dd/mm/yyyy. */
pulang_number_format pulang_number_format_parse(const char *code);
/* The text of value. from_1904: days are counted from 1904, not from 1900. text: [size >= 32]. */
void pulang_number_format_text(pulang_number_format format, double value, bool from_1904, char *text,
                               size_t size);

#endif
