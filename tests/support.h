/*
 * What several tests share.
 */
#ifndef PULANG_TESTS_SUPPORT_H
#define PULANG_TESTS_SUPPORT_H

#include <stddef.h>
#include <stdint.h>

/* A small seeded generator (SplitMix64), the same on every machine. */
typedef struct test_random {
    uint64_t state;
} test_random;

uint64_t test_random_next(test_random *random);
/* Uniform in lo .. hi, both included. */
int test_random_range(test_random *random, int lo, int hi);

/* A fresh empty folder under the system's temporary folder; path holds at least 64 bytes. */
void test_folder_make(char *path);
/* Removes the folder and everything in it. */
void test_folder_remove(const char *path);
/* Writes text to folder/name. */
void test_file_write(const char *folder, const char *name, const char *text);
/* The whole file, NUL-terminated, to be freed with free; NULL: not there. */
char *test_file_read(const char *folder, const char *name);

#endif
