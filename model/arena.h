/*
 * An arena: many small things that live and die together (the strings and lists of an instance).
 */
#ifndef PULANG_MODEL_ARENA_H
#define PULANG_MODEL_ARENA_H

#include <stddef.h>

typedef struct pulang_arena pulang_arena;

pulang_arena *pulang_arena_new(void);
void pulang_arena_free(pulang_arena *arena);
/* count x size zeroed bytes, aligned for any type, owned by the arena; NULL: out of memory. */
void *pulang_arena_alloc(pulang_arena *arena, size_t count, size_t size);
/* A copy of the first length bytes of text, ended by NUL. */
const char *pulang_arena_copy(pulang_arena *arena, const char *text, size_t length);
const char *pulang_arena_printf(pulang_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
