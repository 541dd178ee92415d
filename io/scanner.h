/*
 * Whole numbers out of a text in memory, quickly, with the line of whatever is wrong.
 */
#ifndef PULANG_IO_SCANNER_H
#define PULANG_IO_SCANNER_H

#include "pulang.h"

typedef struct pulang_scanner {
    const char *at, *end; /* what is left */
    const char *path;     /* for errors */
    int line;             /* of `at`, from 1 */
} pulang_scanner;

pulang_scanner pulang_scanner_begin(const char *path, const char *bytes, size_t length);
/* Passes over blanks and line ends; false at the end of the text. */
bool pulang_scanner_skip(pulang_scanner *scanner);
/* The rest of the line has no more than blanks: passes over them and the line end. Else
   PULANG_ERROR_INPUT. */
pulang_status pulang_scanner_end_line(pulang_scanner *scanner, pulang_error *error);
void pulang_scanner_skip_line(pulang_scanner *scanner);
/* The next word of the line, without moving; *length 0: the line ends. */
const char *pulang_scanner_word(const pulang_scanner *scanner, size_t *length);
/* How many words the line that begins here has. */
int pulang_scanner_words(const pulang_scanner *scanner);

/* What a number is called in errors (marked with N_, translated where it is shown), and its range. */
typedef struct pulang_number {
    const char *name;
    int64_t least, most;
} pulang_number;

/* Reads a number: the next of the line, or (anywhere) the next of the text. */
pulang_status pulang_scanner_number(pulang_scanner *scanner, const pulang_number *number, int64_t *value,
                                    pulang_error *error);
pulang_status pulang_scanner_number_anywhere(pulang_scanner *scanner, const pulang_number *number,
                                             int64_t *value, pulang_error *error);
/* Fails with PULANG_ERROR_INPUT at the line where the scanner is. */
pulang_status pulang_scanner_fail(const pulang_scanner *scanner, pulang_error *error, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
