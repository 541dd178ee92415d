/*
 * SpreadsheetML, ECMA-376 part 1, 18.8.30 (formats) and 18.17.4 (dates). A number is written with the 15
 * digits that Excel keeps: 1.1000000000000001 in the file is 1.1 on the screen, and an id of more digits
 * comes out as 1.98609262015051E+17, which the reader of ids knows for what it is.
 */
#include "io/number_format.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define DAYS_MOST 2958465 /* 9999-12-31 */

pulang_number_format pulang_number_format_builtin(long id) {
    pulang_number_format format = {PULANG_NUMBER_GENERAL, 0};
    if (id == 9 || id == 10)
        format.kind = PULANG_NUMBER_PERCENT;
    else if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
             (id >= 50 && id <= 58))
        format.kind = PULANG_NUMBER_DATE;
    return format;
}

/* The length of what stands for itself at the beginning: "text", \x, _x, *x, [colour]. */
static size_t literal(const char *code) {
    const char *end = NULL;
    if (*code == '"')
        end = strchr(code + 1, '"');
    else if (*code == '[' && !strchr("hHmMsS", code[1]))
        end = strchr(code, ']');
    else if (strchr("\\_*", *code) && code[1])
        end = code + 1;
    return end ? (size_t)(end - code) + 1 : 0;
}

pulang_number_format pulang_number_format_parse(const char *code) {
    pulang_number_format format = {PULANG_NUMBER_GENERAL, 0};
    size_t zeros = strspn(code, "0");
    if (zeros > 1 && code[zeros] == '\0')
        return (pulang_number_format){PULANG_NUMBER_ZEROS, zeros < 20 ? (int)zeros : 20};
    while (*code && *code != ';') {
        size_t skip = literal(code);
        if (skip == 0 && strchr("dDyYhHsSmM", *code))
            format.kind = PULANG_NUMBER_DATE;
        else if (skip == 0 && *code == '%')
            format.kind = PULANG_NUMBER_PERCENT;
        code += skip ? skip : 1;
    }
    return format;
}

/* Year, month and day of a number of days since 1970-01-01 (Hinnant, chrono-compatible low-level date
   algorithms, civil_from_days; days not before year 0). */
static void civil_date(int64_t days, int *year, int *month, int *day) {
    days += 719468;
    int64_t era = days / 146097, of_era = days % 146097;
    int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
    int64_t m = (5 * of_year + 2) / 153;
    *day = (int)(of_year - (153 * m + 2) / 5 + 1);
    *month = (int)(m < 10 ? m + 3 : m - 9);
    *year = (int)(y + era * 400 + (*month <= 2));
}

static void date_text(double value, bool from_1904, char *text, size_t size) {
    int64_t seconds = llround(value * 86400), days = seconds / 86400;
    int rest = (int)(seconds % 86400), year, month, day, n = 0;
    /* 1900 has a 29 February there (day 60), for the sake of an older program. */
    int64_t epoch = from_1904 ? -24107 : days < 60 ? -25568 : -25569;
    if (value >= 1) {
        civil_date(days + epoch, &year, &month, &day);
        n = snprintf(text, size, "%04d-%02d-%02d", year, month, day);
    }
    if (rest > 0 || value < 1)
        snprintf(text + n, size - (size_t)n, "%s%02d:%02d:%02d", n ? " " : "", rest / 3600, rest / 60 % 60,
                 rest % 60);
}

void pulang_number_format_text(pulang_number_format format, double value, bool from_1904, char *text,
                               size_t size) {
    if (format.kind == PULANG_NUMBER_DATE && value >= 0 && value <= DAYS_MOST)
        date_text(value, from_1904, text, size);
    else if (format.kind == PULANG_NUMBER_PERCENT)
        snprintf(text, size, "%.15G%%", value * 100);
    else if (format.kind == PULANG_NUMBER_ZEROS && value >= 0 && value < 1e15 && value == floor(value))
        snprintf(text, size, "%0*.0f", format.width, value);
    else
        snprintf(text, size, "%.15G", value);
}
