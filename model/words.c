#include "model/words.h"

#include "model/alloc.h"

#include <stdarg.h>
#include <stdio.h>

static void append(pulang_words *words, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    size_t needed = words->length + (size_t)length + 1;
    if (length < 0 || pulang_grow((void **)&words->text, &words->capacity, needed, 1)) {
        words->failed = true;
    } else {
        vsnprintf(words->text + words->length, (size_t)length + 1, format, again);
        words->length += (size_t)length;
    }
    va_end(again);
}

void pulang_words_append(pulang_words *words, const char *format, ...) {
    va_list args;
    va_start(args, format);
    append(words, format, args);
    va_end(args);
}

void pulang_words_add(pulang_words *words, const char *format, ...) {
    if (words->length > 0)
        pulang_words_append(words, "; ");
    va_list args;
    va_start(args, format);
    append(words, format, args);
    va_end(args);
}

const char *pulang_words_take(pulang_words *words, pulang_arena *arena) {
    const char *text =
        words->failed ? NULL : pulang_arena_copy(arena, words->text ? words->text : "", words->length);
    words->length = 0;
    words->failed = false;
    return text;
}

void pulang_words_clear(pulang_words *words) {
    pulang_free(words->text);
    *words = (pulang_words){0};
}
