/*
 * A text file as the user saved it, brought into memory.
 */
#ifndef PULANG_IO_TEXT_H
#define PULANG_IO_TEXT_H

#include "model/findings.h"

#include <stdbool.h>
#include <stddef.h>

#define PULANG_TEXT_LARGEST ((size_t)1 << 30) /* bytes; a larger file is refused */

typedef struct pulang_text {
    char *bytes; /* [length + 1], NUL-terminated, without byte order mark; owned */
    size_t length;
} pulang_text;

/* Whether something is there under that name. */
bool pulang_text_exists(const char *path);
/*
 * Reads the file; name is what the user sees. PULANG_ERROR_INPUT: it cannot be used (a folder, not
 * readable, empty, too large, UTF-16), a fault says why. The encoding of the content is not checked:
 * see pulang_text_valid.
 */
pulang_status pulang_text_read(const char *path, const char *name, pulang_findings *findings,
                               pulang_text *text);
/* The bytes as they are, of a file of any kind. PULANG_ERROR_INPUT: a folder, not readable, too large. */
pulang_status pulang_text_load(const char *path, const char *name, pulang_findings *findings,
                               pulang_text *text);
void pulang_text_free(pulang_text *text);

/* Whether the bytes are UTF-8 without NUL. */
bool pulang_text_valid(const char *bytes, size_t length);
/* Cuts white space at both ends, the no-break space (U+00A0) of web pages included. */
void pulang_text_trim(const char **text, size_t *length);

#endif
