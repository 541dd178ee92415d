/*
 * Small problem folders for tests of the input layer.
 */
#ifndef PULANG_TESTS_SUPPORT_FOLDER_H
#define PULANG_TESTS_SUPPORT_FOLDER_H

#include "io/benchmark.h"

#define TEST_FOLDER_FILES 8

/* The files of a sound folder that uses most columns: name and content, in one order. */
typedef struct test_file {
    const char *name, *text;
} test_file;
extern const test_file test_sound_files[TEST_FOLDER_FILES];

/* A fresh folder (path: 64 bytes) with the sound files; name (nullable) gets other text, or is left
   out when text is NULL. */
void test_sound_folder(char *path, const char *name, const char *text);

/* Writes bytes to folder/name and reads it as a benchmark. */
pulang_status test_read_benchmark(const char *folder, const char *name, const void *bytes, size_t length,
                                  pulang_benchmark **benchmark, pulang_error *error);

/* The first finding with that file and line whose message holds part; NULL: none. */
const pulang_finding *test_find_finding(const pulang_findings *findings, const char *file, int line,
                                        const char *part);
/* All findings, for messages of failed tests; to be freed with free. */
char *test_list_findings(const pulang_findings *findings);

#endif
