#include "model/alloc.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static _Thread_local long countdown;

static bool fails(size_t count, size_t size) {
    if (size != 0 && count > PTRDIFF_MAX / size)
        return true;
    if (countdown == 0)
        return false;
    if (countdown == 1)
        return true;
    countdown--;
    return false;
}

void *pulang_alloc(size_t count, size_t size) {
    if (fails(count, size))
        return NULL;
    return calloc(count ? count : 1, size ? size : 1);
}

void *pulang_realloc(void *old, size_t count, size_t size) {
    if (fails(count, size))
        return NULL;
    size_t bytes = count * size;
    return realloc(old, bytes ? bytes : 1);
}

void pulang_free(void *memory) {
    free(memory);
}

char *pulang_strdup(const char *text) {
    size_t size = strlen(text) + 1;
    char *copy = pulang_alloc(size, 1);
    return copy ? memcpy(copy, text, size) : NULL;
}

int pulang_grow(void **items, size_t *capacity, size_t needed, size_t item_size) {
    if (needed <= *capacity)
        return 0;
    size_t room = *capacity ? *capacity : 8;
    while (room < needed)
        room *= 2;
    void *grown = pulang_realloc(*items, room, item_size);
    if (!grown)
        return -1;
    *items = grown;
    *capacity = room;
    return 0;
}

void pulang_alloc_fail_at(long k) {
    countdown = k;
}
