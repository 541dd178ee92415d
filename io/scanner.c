#include "io/scanner.h"

#include "model/error.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Of a word that is quoted in an error. */
#define MOST_QUOTED 40

pulang_scanner pulang_scanner_begin(const char *path, const char *bytes, size_t length) {
    return (pulang_scanner){.at = bytes, .end = bytes + length, .path = path, .line = 1};
}

static inline bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

static inline void skip_blanks(pulang_scanner *s) {
    while (s->at < s->end && is_blank(*s->at))
        s->at++;
}

bool pulang_scanner_skip(pulang_scanner *s) {
    for (skip_blanks(s); s->at < s->end && *s->at == '\n'; skip_blanks(s)) {
        s->at++;
        s->line++;
    }
    return s->at < s->end;
}

void pulang_scanner_skip_line(pulang_scanner *s) {
    const char *end = memchr(s->at, '\n', (size_t)(s->end - s->at));
    s->at = end ? end + 1 : s->end;
    s->line += end != NULL;
}

const char *pulang_scanner_word(const pulang_scanner *s, size_t *length) {
    pulang_scanner ahead = *s;
    skip_blanks(&ahead);
    const char *word = ahead.at;
    while (ahead.at < ahead.end && !is_blank(*ahead.at) && *ahead.at != '\n')
        ahead.at++;
    *length = (size_t)(ahead.at - word);
    return word;
}

int pulang_scanner_words(const pulang_scanner *s) {
    pulang_scanner ahead = *s;
    size_t length;
    int n = 0;
    for (const char *word; word = pulang_scanner_word(&ahead, &length), length > 0; n++)
        ahead.at = word + length;
    return n;
}

pulang_status pulang_scanner_fail(const pulang_scanner *s, pulang_error *error, const char *format, ...) {
    char message[400];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return pulang_fail_at(error, PULANG_ERROR_INPUT, s->path, s->line, 0, "%s", message);
}

static int quoted(size_t length) {
    return length < MOST_QUOTED ? (int)length : MOST_QUOTED;
}

pulang_status pulang_scanner_end_line(pulang_scanner *s, pulang_error *error) {
    size_t length;
    const char *word = pulang_scanner_word(s, &length);
    if (length > 0)
        return pulang_scanner_fail(s, error, _("the line should end before \"%.*s\""), quoted(length), word);
    pulang_scanner_skip_line(s);
    return PULANG_OK;
}

/* No number where one should be: says what is there. */
static pulang_status refuse(const pulang_scanner *s, const pulang_number *number, pulang_error *error) {
    size_t length;
    const char *word = pulang_scanner_word(s, &length);
    if (length > 0)
        return pulang_scanner_fail(s, error, _("%s should be a whole number, not \"%.*s\""), _(number->name),
                                   quoted(length), word);
    if (word == s->end)
        return pulang_scanner_fail(s, error, _("the file ends where %s should be"), _(number->name));
    return pulang_scanner_fail(s, error, _("the line ends where %s should be"), _(number->name));
}

static pulang_status refuse_range(const pulang_scanner *s, const pulang_number *number, pulang_error *error) {
    size_t length;
    const char *word = pulang_scanner_word(s, &length);
    return pulang_scanner_fail(s, error, _("%s should be in %" PRId64 " .. %" PRId64 ", not %.*s"),
                               _(number->name), number->least, number->most, quoted(length), word);
}

pulang_status pulang_scanner_number(pulang_scanner *s, const pulang_number *number, int64_t *value,
                                    pulang_error *error) {
    skip_blanks(s);
    const char *at = s->at;
    bool negative = at < s->end && *at == '-', overflow = false;
    at += negative || (at < s->end && *at == '+');
    const char *digits = at;
    int64_t read = 0; /* kept negative, whose range is the larger */
    for (; at < s->end && *at >= '0' && *at <= '9'; at++) {
        if (at - digits < 18)
            read = read * 10 - (*at - '0');
        else
            overflow |=
                __builtin_mul_overflow(read, 10, &read) || __builtin_sub_overflow(read, *at - '0', &read);
    }
    if (at == digits || (at < s->end && !is_blank(*at) && *at != '\n'))
        return refuse(s, number, error);
    overflow |= !negative && read == INT64_MIN;
    if (overflow)
        return refuse_range(s, number, error);
    read = negative ? read : -read;
    if (read < number->least || read > number->most)
        return refuse_range(s, number, error);
    s->at = at;
    *value = read;
    return PULANG_OK;
}

pulang_status pulang_scanner_number_anywhere(pulang_scanner *s, const pulang_number *number, int64_t *value,
                                             pulang_error *error) {
    pulang_scanner_skip(s);
    return pulang_scanner_number(s, number, value, error);
}
