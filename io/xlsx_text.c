/*
 * Texts of a workbook (ECMA-376 part 1, 18.4 and 22.9.2.19).
 */
#include "io/xlsx.h"
#include "model/alloc.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

void pulang_xlsx_text_start(pulang_xlsx_text *text, const char *name) {
    if (strcmp(name, "rPh") == 0)
        text->in_phonetic = true;
    text->in_text = strcmp(name, "t") == 0 && !text->in_phonetic;
}

void pulang_xlsx_text_end(pulang_xlsx_text *text, const char *name) {
    if (strcmp(name, "rPh") == 0)
        text->in_phonetic = false;
    text->in_text = false;
}

pulang_status pulang_xlsx_text_add(pulang_xlsx_text *text, const char *bytes, size_t length) {
    void *grown = text->bytes;
    if (pulang_grow(&grown, &text->room, text->length + length, 1))
        return PULANG_ERROR_MEMORY;
    text->bytes = grown;
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    return PULANG_OK;
}

/* The character that _xHHHH_ stands for where it is an ASCII one, 0: none. */
static char escaped(const char *text, size_t left) {
    if (left < 7 || memcmp(text, "_x00", 4) != 0 || text[6] != '_' || !isxdigit((unsigned char)text[4]) ||
        !isxdigit((unsigned char)text[5]))
        return 0;
    char digits[3] = {text[4], text[5], '\0'};
    long code = strtol(digits, NULL, 16);
    return code < 0x80 ? (char)code : 0;
}

/* In place: no escape is shorter than what it stands for. */
static size_t unescape(char *bytes, size_t length) {
    size_t n = 0;
    for (size_t i = 0; i < length;) {
        char c = bytes[i] == '_' ? escaped(bytes + i, length - i) : 0;
        bytes[n++] = c ? c : bytes[i];
        i += c ? 7 : 1;
    }
    return n;
}

const char *pulang_xlsx_text_take(pulang_xlsx_text *text, pulang_arena *arena) {
    size_t length = unescape(text->bytes, text->length);
    const char *begin = text->length ? text->bytes : "";
    pulang_text_trim(&begin, &length);
    text->length = 0;
    return length == 0 ? "" : pulang_arena_copy(arena, begin, length);
}
