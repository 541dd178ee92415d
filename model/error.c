#include "model/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void fill(pulang_error *error, pulang_status code, const char *file, int line, int column,
                 const char *format, va_list args) {
    if (!error)
        return;
    memset(error, 0, sizeof *error);
    error->code = code;
    error->line = line;
    error->column = column;
    snprintf(error->file, sizeof error->file, "%s", file);
    vsnprintf(error->message, sizeof error->message, format, args);
}

pulang_status pulang_fail(pulang_error *error, pulang_status code, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fill(error, code, "", 0, 0, format, args);
    va_end(args);
    return code;
}

pulang_status pulang_fail_at(pulang_error *error, pulang_status code, const char *file, int line, int column,
                             const char *format, ...) {
    va_list args;
    va_start(args, format);
    fill(error, code, file, line, column, format, args);
    va_end(args);
    return code;
}

pulang_status pulang_fail_memory(pulang_error *error) {
    return pulang_fail(error, PULANG_ERROR_MEMORY, "%s", _("out of memory"));
}

const char *pulang_language(void) {
    /* TRANSLATORS: the code of your language (ISO 639-1), for the pages that pulang writes */
    return _("en");
}
