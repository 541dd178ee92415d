#include "io/csv_write.h"
#include "model/alloc.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

/* The bytes written so far, as a string. */
static const char *written(pulang_csv_writer *csv) {
    static char text[512];
    memcpy(text, csv->bytes, csv->length);
    text[csv->length] = '\0';
    pulang_csv_writer_clear(csv);
    return text;
}

Test(csv_write, quotes_where_needed) {
    pulang_csv_writer csv = pulang_csv_writer_begin(PULANG_CSV_PLAIN);
    pulang_csv_text(&csv, "plain");
    pulang_csv_text(&csv, "a,b");
    pulang_csv_text(&csv, "a;b");
    pulang_csv_text(&csv, "say \"so\"");
    pulang_csv_text(&csv, "two\nlines");
    pulang_csv_text(&csv, " blank ");
    pulang_csv_blank(&csv);
    pulang_csv_text(&csv, "");
    pulang_csv_end_row(&csv);
    pulang_csv_text(&csv, "next");
    pulang_csv_end_row(&csv);
    cr_assert(eq(str, (char *)written(&csv),
                 "plain,\"a,b\",\"a;b\",\"say \"\"so\"\"\",\"two\nlines\",\" blank \",,\nnext\n"));
}

Test(csv_write, numbers_follow_the_dialect) {
    static const pulang_csv_dialect dialects[] = {PULANG_CSV_PLAIN, PULANG_CSV_SPREADSHEET};
    static const char *const expected[] = {
        "-5,0.005,-12.50,-0.33%,9223372036854775807,-9223372036.854775808\n",
        "\xEF\xBB\xBF-5;0,005;-12,50;-0,33%;9223372036854775807;-9223372036,854775808\n"};
    for (int i = 0; i < 2; i++) {
        pulang_csv_writer csv = pulang_csv_writer_begin(dialects[i]);
        pulang_csv_integer(&csv, -5);
        pulang_csv_fixed(&csv, 5, 3);
        pulang_csv_fixed(&csv, -1250, 2);
        pulang_csv_percent(&csv, -33);
        pulang_csv_integer(&csv, INT64_MAX);
        pulang_csv_fixed(&csv, INT64_MIN, 9);
        pulang_csv_end_row(&csv);
        cr_assert(eq(str, (char *)written(&csv), (char *)expected[i]));
    }
}

Test(csv_write, formulas_are_guarded_and_come_back) {
    static const struct {
        const char *text, *cell;
    } cases[] = {
        {"=cmd()", "'=cmd()"}, {"+62", "'+62"},     {"-1", "'-1"},
        {"@x", "'@x"},         {"\tx", "\"'\tx\""}, {"\rx", "\"'\rx\""},
        {"'=x", "''=x"},       {"'x", "'x"},        {"''", "''"},
        {"=a,b", "\"'=a,b\""}, {"a=b", "a=b"},      {"198601012010011001", "198601012010011001"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pulang_csv_writer csv = pulang_csv_writer_begin(PULANG_CSV_PLAIN);
        pulang_csv_text(&csv, cases[i].text);
        const char *cell = written(&csv);
        cr_assert(eq(str, (char *)cell, (char *)cases[i].cell));
        char bare[64]; /* without the quotes, none of which is inside here */
        size_t quoted = *cell == '"';
        snprintf(bare, sizeof bare, "%.*s", (int)(strlen(cell) - 2 * quoted), cell + quoted);
        cr_assert(eq(str, (char *)pulang_csv_unguard(bare), (char *)cases[i].text));
    }
}

Test(csv_write, remembers_want_of_memory) {
    pulang_csv_writer csv = pulang_csv_writer_begin(PULANG_CSV_PLAIN);
    pulang_alloc_fail_at(1);
    pulang_csv_text(&csv, "a");
    pulang_alloc_fail_at(0);
    pulang_csv_text(&csv, "b");
    cr_assert(csv.failed);
    pulang_csv_writer_clear(&csv);
}
