/*
 * A sentence put together from clauses, separated by "; ".
 */
#ifndef PULANG_MODEL_WORDS_H
#define PULANG_MODEL_WORDS_H

#include "model/arena.h"

#include <stdbool.h>

/* All zero: empty. Remembers want of memory; pulang_words_clear frees the text. */
typedef struct pulang_words {
    char *text; /* [length] and a NUL; NULL while nothing was added */
    size_t length, capacity;
    bool failed;
} pulang_words;

/* Adds a clause. */
void pulang_words_add(pulang_words *words, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Goes on with the clause begun last. */
void pulang_words_append(pulang_words *words, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A copy in the arena, "" when nothing was added, and begins anew; NULL: memory was out. */
const char *pulang_words_take(pulang_words *words, pulang_arena *arena);
void pulang_words_clear(pulang_words *words);

#endif
