/*
 * Filling a pulang_error, and the translation of messages.
 */
#ifndef PULANG_MODEL_ERROR_H
#define PULANG_MODEL_ERROR_H

#include "pulang.h"

#include <libintl.h>

#define PULANG_TEXT_DOMAIN "pulang"
/* Translates a message; N_ marks one that is translated where it is shown. */
#define _(text) dgettext(PULANG_TEXT_DOMAIN, text)
#define N_(text) (text)
/* The code of the language that messages are in (ISO 639-1). */
const char *pulang_language(void);

/* Sets *error (nullable) and returns code. */
pulang_status pulang_fail(pulang_error *error, pulang_status code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same with a place in a file. */
pulang_status pulang_fail_at(pulang_error *error, pulang_status code, const char *file, int line, int column,
                             const char *format, ...) __attribute__((format(printf, 6, 7)));
pulang_status pulang_fail_memory(pulang_error *error);

#endif
