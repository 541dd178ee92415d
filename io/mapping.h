/*
 * A file as bytes in memory, mapped rather than copied: a matrix of some gigabytes takes its place once.
 */
#ifndef PULANG_IO_MAPPING_H
#define PULANG_IO_MAPPING_H

#include "pulang.h"

/* Read only; page aligned; no NUL at the end. */
typedef struct pulang_mapping {
    const char *bytes; /* [length], length >= 1 */
    size_t length;
} pulang_mapping;

/* Maps a regular file and brings it in. The file must not be cut short while it is mapped. */
pulang_status pulang_mapping_open(const char *path, pulang_mapping *mapping, pulang_error *error);
/* Does nothing where there is no mapping (all zero). */
void pulang_mapping_close(pulang_mapping *mapping);

#endif
