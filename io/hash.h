/*
 * Fingerprints of files: which input a result was made from.
 */
#ifndef PULANG_IO_HASH_H
#define PULANG_IO_HASH_H

#include "pulang.h"

/* SHA-256 of the file's bytes as 64 lower-case hexadecimal digits. */
pulang_status pulang_hash_file(const char *path, char hex[65], pulang_error *error);

#endif
