#include "model/arena.h"

#include "model/alloc.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define BLOCK_BYTES ((size_t)1 << 16)

typedef struct block {
    struct block *next;
    size_t used, room;
    max_align_t data[];
} block;

struct pulang_arena {
    block *blocks;
};

pulang_arena *pulang_arena_new(void) {
    return pulang_alloc(1, sizeof(pulang_arena));
}

void pulang_arena_free(pulang_arena *arena) {
    if (!arena)
        return;
    for (block *b = arena->blocks, *next; b; b = next) {
        next = b->next;
        pulang_free(b);
    }
    pulang_free(arena);
}

static block *add_block(pulang_arena *arena, size_t bytes) {
    size_t room = bytes > BLOCK_BYTES ? bytes : BLOCK_BYTES;
    block *b = pulang_alloc(1, sizeof(block) + room);
    if (!b)
        return NULL;
    b->room = room;
    b->next = arena->blocks;
    arena->blocks = b;
    return b;
}

void *pulang_arena_alloc(pulang_arena *arena, size_t count, size_t size) {
    const size_t align = sizeof(max_align_t);
    if (size != 0 && count > (PTRDIFF_MAX / 2) / size)
        return NULL;
    size_t bytes = (count * size + align) / align * align;
    block *b = arena->blocks;
    if (!b || b->room - b->used < bytes)
        b = add_block(arena, bytes);
    if (!b)
        return NULL;
    void *memory = (char *)b->data + b->used;
    b->used += bytes;
    return memory;
}

const char *pulang_arena_copy(pulang_arena *arena, const char *text, size_t length) {
    char *copy = pulang_arena_alloc(arena, length + 1, 1);
    if (!copy)
        return NULL;
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

const char *pulang_arena_printf(pulang_arena *arena, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    char *text = length < 0 ? NULL : pulang_arena_alloc(arena, (size_t)length + 1, 1);
    if (text)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    va_end(args);
    return text;
}
