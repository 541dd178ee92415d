#include "io/text.h"

#include "io/field.h"
#include "model/alloc.h"
#include "model/error.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define NO_BREAK "\xC2\xA0"

bool pulang_text_exists(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 || errno != ENOENT;
}

static pulang_status refuse(pulang_findings *findings, const char *name, const char *message,
                            const char *mend) {
    pulang_field field = pulang_field_line(name, 0);
    pulang_field_report(findings, PULANG_FAULT, &field, mend, "%s", message);
    return PULANG_ERROR_INPUT;
}

/* UTF-16 has a byte order mark, or every other byte of plain text is NUL. */
static bool is_utf16(const unsigned char *bytes, size_t length) {
    if (length >= 2 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF)))
        return true;
    size_t sample = length < 256 ? length : 256, n[2] = {0, 0};
    for (size_t i = 0; i < sample; i++)
        n[i % 2] += bytes[i] == 0;
    size_t half = sample / 2;
    return half > 2 && ((n[0] > half * 3 / 4 && n[1] == 0) || (n[1] > half * 3 / 4 && n[0] == 0));
}

static pulang_status check_text(const char *name, pulang_findings *findings, pulang_text *text) {
    if (is_utf16((unsigned char *)text->bytes, text->length))
        return refuse(findings, name, _("the file is UTF-16, not UTF-8"),
                      _("save it as \"CSV UTF-8 (comma delimited)\""));
    if (text->length >= 3 && memcmp(text->bytes, "\xEF\xBB\xBF", 3) == 0) {
        text->length -= 3;
        memmove(text->bytes, text->bytes + 3, text->length + 1);
    }
    if (strspn(text->bytes, " \t\r\n") == text->length)
        return refuse(findings, name, _("the file is empty"),
                      _("write a header line and a line for each entry"));
    return PULANG_OK;
}

static pulang_status check_file(FILE *file, const char *name, pulang_findings *findings, size_t *size) {
    struct stat info;
    if (fstat(fileno(file), &info) != 0)
        return refuse(findings, name, strerror(errno), _("make the file readable"));
    if (S_ISDIR(info.st_mode))
        return refuse(findings, name, _("this is a folder, not a file"), _("put the file in its place"));
    if (!S_ISREG(info.st_mode))
        return refuse(findings, name, _("this is not a regular file"), _("put a file in its place"));
    if ((uintmax_t)info.st_size > PULANG_TEXT_LARGEST)
        return refuse(findings, name, _("the file is larger than 1 GiB"), _("split the problem"));
    *size = (size_t)info.st_size;
    return PULANG_OK;
}

pulang_status pulang_text_load(const char *path, const char *name, pulang_findings *findings,
                               pulang_text *text) {
    /* "e": not handed to child processes. Opening a pipe must not hang: its kind is looked at first. */
    struct stat info;
    bool plain = stat(path, &info) != 0 || S_ISREG(info.st_mode) || S_ISDIR(info.st_mode);
    if (!plain)
        return refuse(findings, name, _("this is not a regular file"), _("put a file in its place"));
    FILE *file = fopen(path, "rbe");
    if (!file)
        return refuse(findings, name, strerror(errno), _("put the file in its place and make it readable"));
    pulang_text read = {NULL, 0};
    size_t size = 0;
    pulang_status status = check_file(file, name, findings, &size);
    if (status == PULANG_OK && !(read.bytes = pulang_alloc(size + 1, 1)))
        status = PULANG_ERROR_MEMORY;
    if (status == PULANG_OK) {
        read.length = fread(read.bytes, 1, size, file);
        if (ferror(file))
            status = refuse(findings, name, strerror(errno), _("make the file readable"));
    }
    fclose(file);
    if (status == PULANG_OK)
        *text = read;
    else
        pulang_text_free(&read);
    return status;
}

pulang_status pulang_text_read(const char *path, const char *name, pulang_findings *findings,
                               pulang_text *text) {
    pulang_text read;
    pulang_status status = pulang_text_load(path, name, findings, &read);
    if (status != PULANG_OK)
        return status;
    status = check_text(name, findings, &read);
    if (status == PULANG_OK)
        *text = read;
    else
        pulang_text_free(&read);
    return status;
}

void pulang_text_free(pulang_text *text) {
    pulang_free(text->bytes);
    *text = (pulang_text){NULL, 0};
}

/* Length of the well-formed sequence that begins at s (Unicode, table 3-7), 0: none. */
static size_t sequence(const unsigned char *s, size_t left) {
    static const struct {
        unsigned char first, last, lo, hi; /* range of the first byte, then of the second */
        size_t length;
    } kinds[] = {
        {0x01, 0x7F, 0x00, 0xFF, 1}, {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
        {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (s[0] < kinds[k].first || s[0] > kinds[k].last)
            continue;
        size_t length = kinds[k].length;
        if (length > left || (length > 1 && (s[1] < kinds[k].lo || s[1] > kinds[k].hi)))
            return 0;
        for (size_t i = 2; i < length; i++)
            if ((s[i] & 0xC0) != 0x80)
                return 0;
        return length;
    }
    return 0;
}

bool pulang_text_valid(const char *bytes, size_t length) {
    const unsigned char *s = (const unsigned char *)bytes;
    for (size_t i = 0, step; i < length; i += step) {
        step = sequence(s + i, length - i);
        if (step == 0)
            return false;
    }
    return true;
}

void pulang_text_trim(const char **text, size_t *length) {
    const char *begin = *text, *end = begin + *length;
    while (begin < end &&
           (isspace((unsigned char)*begin) || (end - begin >= 2 && !memcmp(begin, NO_BREAK, 2))))
        begin += isspace((unsigned char)*begin) ? 1 : 2;
    while (begin < end &&
           (isspace((unsigned char)end[-1]) || (end - begin >= 2 && !memcmp(end - 2, NO_BREAK, 2))))
        end -= isspace((unsigned char)end[-1]) ? 1 : 2;
    *text = begin;
    *length = (size_t)(end - begin);
}
