/*
 * Zip files made by tests: parts are stored, not packed.
 */
#ifndef PULANG_TESTS_SUPPORT_ZIP_H
#define PULANG_TESTS_SUPPORT_ZIP_H

#include <stddef.h>
#include <stdint.h>

/* A part: name and text; NULL name ends a list of parts. stated_size: what the zip says of its size,
   0: the truth. */
typedef struct test_part {
    const char *name, *text;
    uint32_t stated_size;
} test_part;

/* The bytes of a zip file, to be freed with free. */
unsigned char *test_zip_make(const test_part *parts, size_t *length);

#endif
