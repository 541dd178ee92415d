/*
 * Reading the parts of a zip file (libzip). What is unpacked is limited, so that a small file cannot fill
 * the memory.
 */
#ifndef PULANG_IO_ZIP_H
#define PULANG_IO_ZIP_H

#include "pulang.h"

#include <stddef.h>

#define PULANG_ZIP_LARGEST ((size_t)1 << 29) /* bytes unpacked from one file, all in all */

typedef struct pulang_zip pulang_zip;

/* Takes a piece of a part; what is not PULANG_OK ends the reading. */
typedef pulang_status (*pulang_zip_sink)(void *user, const char *bytes, size_t length);

/* bytes: the whole file, which must outlive the zip. PULANG_ERROR_INPUT: it is no (whole) zip file. */
pulang_status pulang_zip_open(const void *bytes, size_t length, pulang_zip **zip);
void pulang_zip_free(pulang_zip *zip);
/* Whether there is such a part; capitals do not matter. */
bool pulang_zip_has(pulang_zip *zip, const char *part);
/* Hands the part over piece by piece. PULANG_ERROR_INPUT: missing or damaged; PULANG_ERROR_LIMIT: too large;
   else what the sink said. */
pulang_status pulang_zip_read(pulang_zip *zip, const char *part, pulang_zip_sink sink, void *user);

#endif
