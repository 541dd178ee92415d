#include "io/values.h"

#include "model/alloc.h"
#include "model/error.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The values of text joined by blanks, or the error's code in brackets. */
static char *values_of(const char *text) {
    pulang_arena *arena = pulang_arena_new();
    pulang_texts values = {0};
    pulang_error error;
    char *joined = NULL;
    size_t size;
    FILE *out = open_memstream(&joined, &size);
    pulang_status status = pulang_values_parse(text, arena, &values, &error);
    if (status != PULANG_OK)
        fprintf(out, "[%d] %s", status, error.message);
    for (int i = 0; i < values.n; i++)
        fprintf(out, "%s%s", i ? " " : "", values.items[i]);
    fclose(out);
    pulang_arena_free(arena);
    return joined;
}

static void expect(const char *text, const char *expected) {
    char *found = values_of(text);
    cr_expect_str_eq(found, expected, "%s: %s", text, found);
    free(found);
}

static void expect_error(const char *text, const char *part) {
    char *found = values_of(text);
    cr_expect(found[0] == '[' && strstr(found, part), "%s: %s", text, found);
    free(found);
}

Test(values, ranges_are_exact) {
    expect("0:10:5", "0 5 10");
    expect("0:1:0.25", "0 0.25 0.5 0.75 1");
    expect("0:0.3:0.1", "0 0.1 0.2 0.3");
    expect("0:1:0.3", "0 0.3 0.6 0.9");
    expect("-1:1:0.50", "-1 -0.5 0 0.5 1");
    expect("7:7:1", "7");
    expect("0:0.000000002:0.000000001", "0 0.000000001 0.000000002");
    expect("999999998:999999999:1", "999999998 999999999");
    expect("30%:40%:5%", "30% 35% 40%");
}

/* In doubles the sum of a thousand tenths is not a hundred. */
Test(values, a_long_range_ends_where_it_should) {
    char *found = values_of("0:100:0.1");
    cr_expect_str_eq(strrchr(found, ' '), " 100");
    size_t n = 1;
    for (const char *c = found; *c; c++)
        n += *c == ' ';
    cr_expect_eq(n, 1001);
    free(found);
}

Test(values, lists) {
    expect("1,2.50,0.1", "1 2.5 0.1");
    expect("on,off", "on off");
    expect("required", "required");
    expect("5,null", "5 null");
    expect("007,1e3", "7 1e3");
    expect("12.5%,50.0%", "12.5% 50%");
}

Test(values, what_is_neither) {
    expect_error("1:2", "no range");
    expect_error("1:2:x", "no range");
    expect_error("1:2:3:4", "no range");
    expect_error(":2:1", "no range");
    expect_error("1:20%:1", "no range");
    expect_error("1:9999999999:1", "no range");
    expect_error("0:1:0.0000000001", "no range");
    expect_error("1.:2:1", "no range");
    expect_error("0:1:0", "upwards");
    expect_error("0:1:-1", "upwards");
    expect_error("2:1:1", "upwards");
    expect_error("0:10000:1", "more than 10000 values");
    expect_error("1,,2", "missing");
    expect_error("", "missing");
    expect_error("1,", "missing");
    expect_error("0.5,0.50", "twice");
}

Test(values, out_of_memory) {
    static const char *const texts[] = {"0:3:1", "a,b,1.5"};
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
        for (long k = 1;; k++) {
            pulang_arena *arena = pulang_arena_new();
            pulang_texts values = {-1, NULL};
            pulang_alloc_fail_at(k);
            pulang_status status = pulang_values_parse(texts[t], arena, &values, NULL);
            pulang_alloc_fail_at(0);
            pulang_arena_free(arena);
            if (status == PULANG_OK)
                break;
            cr_assert_eq(status, PULANG_ERROR_MEMORY);
            cr_assert_eq(values.n, -1);
        }
}
