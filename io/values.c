#include "io/values.h"

#include "model/error.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define DECIMALS 9
#define UNIT INT64_C(1000000000) /* 10^DECIMALS */
#define MOST_DIGITS 9            /* before the point: a sum of two stays within 64 bits */

/* A decimal number in units of 10^-DECIMALS. */
typedef struct decimal {
    int64_t units;
    bool percent;
} decimal;

/* Digits at *text as a number; their count. */
static int digits_of(const char **text, int64_t *number) {
    int n = 0;
    for (*number = 0; **text >= '0' && **text <= '9' && n <= DECIMALS; n++)
        *number = 10 * *number + (*(*text)++ - '0');
    return n;
}

/* The number that the first length bytes of text are; false: none, or one of more digits than are kept. */
static bool read_decimal(const char *text, size_t length, decimal *number) {
    const char *end = text + length;
    int64_t whole, fraction = 0;
    int decimals = 0;
    bool negative = length > 0 && *text == '-';
    text += negative;
    int n = digits_of(&text, &whole);
    if (n == 0 || n > MOST_DIGITS)
        return false;
    if (text < end && *text == '.') {
        text++;
        decimals = digits_of(&text, &fraction);
        if (decimals == 0 || decimals > DECIMALS)
            return false;
    }
    for (; decimals < DECIMALS; decimals++)
        fraction *= 10;
    number->percent = text < end && *text == '%';
    text += number->percent;
    number->units = (negative ? -1 : 1) * (whole * UNIT + fraction);
    return text == end;
}

/* NULL: out of memory. */
static const char *write_decimal(pulang_arena *arena, decimal number) {
    int64_t magnitude = number.units < 0 ? -number.units : number.units;
    char fraction[DECIMALS + 2] = "";
    if (magnitude % UNIT) {
        snprintf(fraction, sizeof fraction, ".%0*" PRId64, DECIMALS, magnitude % UNIT);
        for (size_t n = strlen(fraction); n > 0 && fraction[n - 1] == '0'; n--)
            fraction[n - 1] = '\0';
    }
    return pulang_arena_printf(arena, "%s%" PRId64 "%s%s", number.units < 0 ? "-" : "", magnitude / UNIT,
                               fraction, number.percent ? "%" : "");
}

static pulang_status parse_range(const char *text, pulang_arena *arena, pulang_texts *values,
                                 pulang_error *error) {
    decimal part[3];
    int n = 0;
    for (const char *at = text; n < 3; n++) {
        size_t length = strcspn(at, ":");
        if (!read_decimal(at, length, &part[n]) || (n < 2) != (at[length] == ':'))
            break;
        at += length + 1;
    }
    if (n < 3 || part[0].percent != part[1].percent || part[0].percent != part[2].percent)
        return pulang_fail(error, PULANG_ERROR_ARGUMENT, _("\"%s\" is no range FROM:TO:STEP of numbers"),
                           text);
    int64_t from = part[0].units, to = part[1].units, step = part[2].units;
    if (step <= 0 || from > to)
        return pulang_fail(error, PULANG_ERROR_ARGUMENT, _("\"%s\": a range goes upwards, by a step above 0"),
                           text);
    if ((to - from) / step >= PULANG_VALUES_MOST)
        return pulang_fail(error, PULANG_ERROR_ARGUMENT, _("\"%s\": more than %d values"), text,
                           PULANG_VALUES_MOST);
    values->n = (int)((to - from) / step) + 1;
    values->items = pulang_arena_alloc(arena, (size_t)values->n, sizeof *values->items);
    for (int i = 0; values->items && i < values->n; i++) {
        values->items[i] = write_decimal(arena, (decimal){from + i * step, part[0].percent});
        if (!values->items[i])
            values->items = NULL;
    }
    return values->items ? PULANG_OK : pulang_fail_memory(error);
}

/* Adds an item to the list; an empty one and one that is there already are errors. */
static pulang_status add_item(const char *text, const char *item, size_t length, pulang_arena *arena,
                              pulang_texts *values, pulang_error *error) {
    decimal number;
    if (length == 0)
        return pulang_fail(error, PULANG_ERROR_ARGUMENT, _("\"%s\": a value is missing"), text);
    const char *value = read_decimal(item, length, &number) ? write_decimal(arena, number)
                                                            : pulang_arena_copy(arena, item, length);
    if (!value)
        return pulang_fail_memory(error);
    for (int i = 0; i < values->n; i++)
        if (strcmp(values->items[i], value) == 0)
            return pulang_fail(error, PULANG_ERROR_ARGUMENT, _("\"%s\": the value %s is there twice"), text,
                               value);
    values->items[values->n++] = value;
    return PULANG_OK;
}

static pulang_status parse_list(const char *text, pulang_arena *arena, pulang_texts *values,
                                pulang_error *error) {
    size_t n = 1;
    for (const char *c = text; *c; c++)
        n += *c == ',';
    if (n > PULANG_VALUES_MOST)
        return pulang_fail(error, PULANG_ERROR_ARGUMENT, _("\"%s\": more than %d values"), text,
                           PULANG_VALUES_MOST);
    values->items = pulang_arena_alloc(arena, n, sizeof *values->items);
    if (!values->items)
        return pulang_fail_memory(error);
    pulang_status status = PULANG_OK;
    for (const char *item = text; status == PULANG_OK;) {
        size_t length = strcspn(item, ",");
        status = add_item(text, item, length, arena, values, error);
        if (!item[length])
            break;
        item += length + 1;
    }
    return status;
}

pulang_status pulang_values_parse(const char *text, pulang_arena *arena, pulang_texts *values,
                                  pulang_error *error) {
    pulang_texts made = {0};
    pulang_status status =
        strchr(text, ':') ? parse_range(text, arena, &made, error) : parse_list(text, arena, &made, error);
    if (status == PULANG_OK)
        *values = made;
    return status;
}
