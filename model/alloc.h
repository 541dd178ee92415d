/*
 * All memory of pulang comes from here, so that tests can make the k-th allocation fail.
 */
#ifndef PULANG_MODEL_ALLOC_H
#define PULANG_MODEL_ALLOC_H

#include <stddef.h>

/* count x size zeroed bytes (at least one); NULL when memory is out or the product overflows. */
void *pulang_alloc(size_t count, size_t size);
/* Resizes to count x size bytes, new bytes not zeroed; old stays valid when NULL comes back. */
void *pulang_realloc(void *old, size_t count, size_t size);
void pulang_free(void *memory);
/* An owned copy of text. */
char *pulang_strdup(const char *text);

/* Grows *items (of item_size bytes) to hold at least needed items; *capacity follows.
   Returns 0, or -1 with everything as it was when memory is out. */
int pulang_grow(void **items, size_t *capacity, size_t needed, size_t item_size);

/* For tests: the k-th allocation from now (1-based) fails, and all after it; 0: none. */
void pulang_alloc_fail_at(long k);

#endif
