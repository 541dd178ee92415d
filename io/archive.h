/*
 * Reading the parts of a zip file (libzip). What is unpacked is limited, so that a small file cannot fill
 * the memory.
 */
#ifndef PULANG_IO_ARCHIVE_H
#define PULANG_IO_ARCHIVE_H

#include "pulang.h"

#include <stddef.h>

#define PULANG_ARCHIVE_LARGEST ((size_t)1 << 28) /* bytes unpacked from one file, all in all */

typedef struct pulang_archive pulang_archive;

/* Takes a piece of a part; what is not PULANG_OK ends the reading. */
typedef pulang_status (*pulang_archive_sink)(void *user, const char *bytes, size_t length);

/* bytes: the whole file, which must outlive the zip. PULANG_ERROR_INPUT: it is no (whole) zip file. */
pulang_status pulang_archive_open(const void *bytes, size_t length, pulang_archive **archive);
void pulang_archive_free(pulang_archive *archive);
/* Whether there is such a part; capitals do not matter. */
bool pulang_archive_has(pulang_archive *archive, const char *part);
/* Hands the part over piece by piece. PULANG_ERROR_INPUT: missing or damaged; PULANG_ERROR_LIMIT: too large;
   else what the sink said. */
pulang_status pulang_archive_read(pulang_archive *archive, const char *part, pulang_archive_sink sink,
                                  void *user);

#endif
