/*
 * From a text to a number: a hash table (open addressing, FNV-1a).
 */
#ifndef PULANG_IO_INDEX_H
#define PULANG_IO_INDEX_H

#include <stddef.h>

typedef struct pulang_index {
    const char **keys; /* [room], NULL: free; not owned */
    int *values;       /* [room] */
    size_t n, room;
} pulang_index; /* all zero: empty */

/* The value of key, -1: not there. */
int pulang_index_find(const pulang_index *index, const char *key);
/* Adds a key that is not there yet; key must outlive the index. Returns 0, or -1: out of memory. */
int pulang_index_add(pulang_index *index, const char *key, int value);
void pulang_index_clear(pulang_index *index);

#endif
