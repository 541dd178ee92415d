#include "io/sources.h"
#include "io/xlsx.h"
#include "model/alloc.h"
#include "model/error.h"
#include "tests/support.h"
#include "tests/support_folder.h"
#include "tests/support_zip.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define RELATION(id, type, target)                                                                           \
    "<Relationship Id=\"" id "\" Type=\"http://x/" type "\" Target=\"" target "\"/>"
#define ROOT_RELATIONS                                                                                       \
    {                                                                                                        \
        "_rels/.rels",                                                                                       \
            HEAD "<Relationships>" RELATION("r1", "officeDocument", "xl/workbook.xml") "</Relationships>", 0 \
    }
/* Absolute, relative and climbing names of parts: all are in use. */
#define RELATIONS                                                                                            \
    {                                                                                                        \
        "xl/_rels/workbook.xml.rels",                                                                        \
            HEAD "<Relationships>" RELATION("r1", "worksheet", "/xl/worksheets/sheet1.xml")                  \
                RELATION("r2", "worksheet", "worksheets/sheet2.xml")                                         \
                    RELATION("r3", "sharedStrings", "../xl/strings.xml")                                     \
                        RELATION("r4", "styles", "styles.xml") "</Relationships>",                           \
            0                                                                                                \
    }
#define WORKBOOK(sheets)                                                                                     \
    { "xl/workbook.xml", HEAD "<x:workbook xmlns:x=\"u\"><x:sheets>" sheets "</x:sheets></x:workbook>", 0 }
#define SHEET(name, id, state)                                                                               \
    "<x:sheet name=\"" name "\" sheetId=\"1\" state=\"" state "\" r:id=\"" id "\" xmlns:r=\"v\"/>"
#define STRINGS                                                                                              \
    {                                                                                                        \
        "xl/strings.xml",                                                                                    \
            HEAD "<sst><si><t>person</t></si><si><r><t>An</t></r><r><t>i</t></r><rPh><t>x</t></rPh></si>"    \
                 "<si><t xml:space=\"preserve\">  two_x000A_lines\xC2\xA0</t></si></sst>",                   \
            0                                                                                                \
    }
/* Styles: 0 general, 1 a date, 2 percent, 3 of four digits, 4 a date of its own, 5 an amount. */
#define STYLES                                                                                               \
    {                                                                                                        \
        "xl/styles.xml",                                                                                     \
            HEAD                                                                                             \
            "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"0000\"/><numFmt numFmtId=\"171\" "   \
            "formatCode=\"[$-421]dd mmmm yyyy\"/><numFmt numFmtId=\"172\" formatCode=\"&quot;Rp dm&quot;"    \
            "#,##0\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf "             \
            "numFmtId=\"0\"/>"                                                                               \
            "<xf numFmtId=\"14\"/><xf numFmtId=\"10\"/><xf numFmtId=\"170\"/><xf numFmtId=\"171\"/>"         \
            "<xf numFmtId=\"172\"/></cellXfs></styleSheet>",                                                 \
            0                                                                                                \
    }
#define ROWS(rows) HEAD "<worksheet><sheetData>" rows "</sheetData></worksheet>"
#define SECOND                                                                                               \
    { "xl/worksheets/sheet2.xml", ROWS(""), 0 }

/* A workbook with this as its first sheet, read. */
typedef struct fixture {
    char folder[64], path[128];
    pulang_arena *arena;
    pulang_findings *findings;
    pulang_xlsx book;
    pulang_csv csv;
    pulang_status status;
} fixture;

static void write_bytes(const char *path, const void *bytes, size_t length) {
    FILE *file = fopen(path, "wb");
    fwrite(bytes, 1, length, file);
    fclose(file);
}

static void read_again(fixture *f) {
    pulang_csv_free(&f->csv);
    pulang_xlsx_close(&f->book);
    pulang_findings_free(f->findings);
    pulang_arena_free(f->arena);
    f->arena = pulang_arena_new();
    f->findings = pulang_findings_new();
    f->status = pulang_xlsx_open(f->path, "f.xlsx", f->arena, f->findings, &f->book);
    if (f->status == PULANG_OK)
        f->status = pulang_xlsx_rows(&f->book, 0, "f.xlsx", f->findings, &f->csv);
}

static unsigned char *make(const char *sheet, size_t *length) {
    const test_part parts[] = {ROOT_RELATIONS,
                               RELATIONS,
                               WORKBOOK(SHEET("one", "r1", "visible") SHEET("two", "r2", "hidden")),
                               {"xl/worksheets/sheet1.xml", sheet, 0},
                               SECOND,
                               STRINGS,
                               STYLES,
                               {NULL, NULL, 0}};
    return test_zip_make(parts, length);
}

static void begin_bytes(fixture *f, const void *bytes, size_t length) {
    memset(f, 0, sizeof *f);
    test_folder_make(f->folder);
    snprintf(f->path, sizeof f->path, "%s/f.xlsx", f->folder);
    write_bytes(f->path, bytes, length);
    read_again(f);
}

static void begin(fixture *f, const char *sheet) {
    size_t length;
    unsigned char *bytes = make(sheet, &length);
    begin_bytes(f, bytes, length);
    free(bytes);
}

static void end(fixture *f) {
    pulang_csv_free(&f->csv);
    pulang_xlsx_close(&f->book);
    pulang_findings_free(f->findings);
    pulang_arena_free(f->arena);
    test_folder_remove(f->folder);
}

/* All rows as "line:cell|cell;...". */
static void expect_rows(const fixture *f, const char *expected) {
    char text[1024] = "";
    size_t n = 0;
    for (int r = 0; r < f->csv.n_rows; r++) {
        n += (size_t)snprintf(text + n, sizeof text - n, "%d:", f->csv.line[r]);
        for (size_t i = f->csv.begin[r]; i < f->csv.begin[r + 1]; i++)
            n += (size_t)snprintf(text + n, sizeof text - n, "%s%s", i > f->csv.begin[r] ? "|" : "",
                                  f->csv.cells[i]);
        n += (size_t)snprintf(text + n, sizeof text - n, ";");
    }
    char *list = test_list_findings(f->findings);
    cr_expect_str_eq(text, expected, "%s\n%s", text, list);
    free(list);
}

static void expect_finding(const fixture *f, int line, int column, const char *part) {
    char *list = test_list_findings(f->findings);
    const pulang_finding *finding = test_find_finding(f->findings, "f.xlsx", line, part);
    cr_expect(finding && finding->column == column, "%s not found in\n%s", part, list);
    free(list);
}

Test(xlsx, texts_of_every_kind) {
    fixture f;
    begin(&f, ROWS("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" "
                   "t=\"inlineStr\"><is><t>b</t></is></c></row>"
                   "<row r=\"4\"><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c><c "
                   "t=\"str\"><f>A1</f><v>x</v></c></row>"
                   "<row><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"d\"><v>2026-01-31</v></c></row>"
                   "<row><c/><c s=\"1\"/><c t=\"str\"><f>A1</f><v></v></c></row>"));
    cr_assert_eq(f.status, PULANG_OK);
    expect_rows(&f, "1:person||b;4:Ani|two\nlines|x;5:TRUE|FALSE|2026-01-31;");
    cr_expect_eq(pulang_findings_total(f.findings), 0);
    cr_expect_eq(f.csv.separator, ',');
    end(&f);
}

Test(xlsx, numbers_are_what_was_typed) {
    static const struct {
        const char *cell, *text;
    } cases[] = {
        {"<c><v>12</v></c>", "12"},
        {"<c t=\"n\"><v>12.0</v></c>", "12"},
        {"<c><v>1.1000000000000001</v></c>", "1.1"},
        {"<c><v>-0.25</v></c>", "-0.25"},
        {"<c><v>250000000</v></c>", "250000000"},
        {"<c><v>123456789012345</v></c>", "123456789012345"},
        {"<c><v>1.9860926201505101E+17</v></c>", "1.98609262015051E+17"},
        {"<c><v>198609262015051001</v></c>", "1.98609262015051E+17"},
        {"<c><v>6202101706900000</v></c>", "6.2021017069E+15"},
        {"<c s=\"1\"><v>43832</v></c>", "2020-01-02"},
        {"<c s=\"4\"><v>43832.5</v></c>", "2020-01-02 12:00:00"},
        {"<c s=\"1\"><v>1</v></c>", "1900-01-01"},
        {"<c s=\"1\"><v>59</v></c>", "1900-02-28"},
        {"<c s=\"1\"><v>61</v></c>", "1900-03-01"},
        {"<c s=\"1\"><v>0.75</v></c>", "18:00:00"},
        {"<c s=\"1\"><v>-3</v></c>", "-3"},
        {"<c s=\"2\"><v>0.3</v></c>", "30%"},
        {"<c s=\"2\"><v>0.125</v></c>", "12.5%"},
        {"<c s=\"3\"><v>7</v></c>", "0007"},
        {"<c s=\"3\"><v>7.5</v></c>", "7.5"},
        {"<c s=\"5\"><v>4000000</v></c>", "4000000"},
        {"<c s=\"99\"><v>3</v></c>", "3"},
        {"<c><f>1+2</f><v>3</v></c>", "3"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char sheet[512], expected[64];
        snprintf(sheet, sizeof sheet, ROWS("<row>%s</row>"), cases[i].cell);
        snprintf(expected, sizeof expected, "1:%s;", cases[i].text);
        fixture f;
        begin(&f, sheet);
        cr_assert_eq(f.status, PULANG_OK, "%s", cases[i].cell);
        expect_rows(&f, expected);
        end(&f);
    }
}

Test(xlsx, formats) {
    static const struct {
        const char *code;
        pulang_number_kind kind;
    } cases[] = {
        {"General", PULANG_NUMBER_GENERAL},     {"0", PULANG_NUMBER_GENERAL},
        {"#,##0.00", PULANG_NUMBER_GENERAL},    {"yyyy-mm-dd", PULANG_NUMBER_DATE},
        {"[h]:mm", PULANG_NUMBER_DATE},         {"\"hari\" 0", PULANG_NUMBER_GENERAL},
        {"[Red]0", PULANG_NUMBER_GENERAL},      {"\\d0", PULANG_NUMBER_GENERAL},
        {"0.0%", PULANG_NUMBER_PERCENT},        {"000", PULANG_NUMBER_ZEROS},
        {"0;\"dd\"", PULANG_NUMBER_GENERAL},    {"\"unclosed", PULANG_NUMBER_DATE},
        {"_-* #,##0_-", PULANG_NUMBER_GENERAL}, {"", PULANG_NUMBER_GENERAL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_eq(pulang_number_format_parse(cases[i].code).kind, cases[i].kind, "%s", cases[i].code);
    cr_expect_eq(pulang_number_format_parse("0000").width, 4);
    char text[32];
    pulang_number_format_text((pulang_number_format){PULANG_NUMBER_DATE, 0}, 42370, true, text, sizeof text);
    cr_expect_str_eq(text, "2020-01-02");
}

Test(xlsx, faulty_cells_are_told) {
    fixture f;
    begin(&f, ROWS("<row r=\"1\"><c t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is><t>pay</t></is></c></row>"
                   "<row r=\"3\"><c r=\"A3\"><v>1</v></c><c r=\"B3\" t=\"e\"><f>A9</f><v>#REF!</v></c></row>"
                   "<row r=\"4\" hidden=\"1\"><c r=\"B4\"><f>1+1</f><v/></c></row>"
                   "<row r=\"5\" hidden=\"1\"><c r=\"B5\"/></row>"));
    cr_assert_eq(f.status, PULANG_OK);
    expect_rows(&f, "1:person|pay;3:1|;4:|;");
    expect_finding(&f, 3, 2, "the formula of the cell has failed");
    expect_finding(&f, 4, 2, "the formula has no stored value");
    expect_finding(&f, 0, 0, "1 hidden row");
    cr_expect_str_eq(test_find_finding(f.findings, "f.xlsx", 3, "")->heading, "pay");
    cr_expect_str_eq(test_find_finding(f.findings, "f.xlsx", 3, "")->value, "#REF!");
    end(&f);
}

Test(xlsx, merged_cells_all_have_the_value) {
    fixture f;
    begin(&f, HEAD "<worksheet><sheetData><row r=\"1\"><c><v>1</v></c><c><v>2</v></c></row>"
                   "<row r=\"2\"><c r=\"A2\"><v>3</v></c><c r=\"B2\"><v>4</v></c></row>"
                   "<row r=\"3\"><c r=\"B3\"><v>5</v></c></row><row r=\"4\"><c r=\"B4\"><v>6</v></c></row>"
                   "</sheetData><mergeCells><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"A1:B1\"/>"
                   "<mergeCell ref=\"A7:XFD1048576\"/><mergeCell ref=\"B4\"/></mergeCells></worksheet>");
    cr_assert_eq(f.status, PULANG_OK);
    expect_rows(&f, "1:1|2;2:3|4;3:3|5;4:|6;");
    expect_finding(&f, 2, 1, "merged cells");
    cr_expect_eq(pulang_findings_total(f.findings), 1);
    end(&f);
}

Test(xlsx, what_is_no_workbook_is_refused) {
    static const char broken_sheets[][200] = {
        ROWS("<row r=\"2\"/><row r=\"1\"/>"),
        ROWS("<row r=\"9999999\"/>"),
        ROWS("<row><c r=\"B1\"/><c r=\"A1\"/></row>"),
        ROWS("<row><c r=\"A2\"/></row>"),
        ROWS("<row><c r=\"ZZZZ1\"/></row>"),
        ROWS("<row><c r=\"1A\"/></row>"),
        ROWS("<c/>"),
        ROWS("<row><c t=\"s\"><v>99</v></c></row>"),
        ROWS("<row><c t=\"s\"><v>x</v></c></row>"),
        ROWS("<row><c t=\"mystery\"><v>1</v></c></row>"),
        ROWS("<row><c t=\"a_very_long_type\"><v>1</v></c></row>"),
        ROWS("<row><c><v>1x</v></c></row>"),
        ROWS("<row><c><v>1e999</v></c></row>"),
        ROWS("<row><c><v>nan</v></c></row>"),
        ROWS("<row><c><v>0x10</v></c></row>"),
        HEAD "<worksheet><mergeCell ref=\"x\"/></worksheet>",
        HEAD "<worksheet>",
        HEAD "<!DOCTYPE w [<!ENTITY a \"b\">]><w/>",
        "\x01\x02",
    };
    for (size_t i = 0; i < sizeof broken_sheets / sizeof *broken_sheets; i++) {
        fixture f;
        begin(&f, broken_sheets[i]);
        cr_expect_eq(f.status, PULANG_ERROR_INPUT, "%s", broken_sheets[i]);
        expect_finding(&f, 0, 0, "the workbook is damaged");
        end(&f);
    }
    static const struct {
        const char *bytes;
        size_t length;
        const char *message;
    } files[] = {
        {"", 0, "not an Excel workbook"},
        {"person,name\n", 12, "not a whole Excel workbook"},
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 rest", 13, "old format"},
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 41, "password"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        fixture f;
        begin_bytes(&f, files[i].bytes, files[i].length);
        cr_expect_eq(f.status, PULANG_ERROR_INPUT);
        expect_finding(&f, 0, 0, files[i].message);
        end(&f);
    }
}

static void expect_refused(const test_part *parts, const char *message) {
    size_t length;
    unsigned char *bytes = test_zip_make(parts, &length);
    fixture f;
    begin_bytes(&f, bytes, length);
    free(bytes);
    cr_expect_eq(f.status, PULANG_ERROR_INPUT);
    expect_finding(&f, 0, 0, message);
    end(&f);
}

Test(xlsx, parts_that_are_missing_or_too_large) {
    static const test_part other_zip[] = {{"content.xml", "<x/>", 0}, {NULL, NULL, 0}};
    static const test_part binary[] = {ROOT_RELATIONS, {"xl/workbook.bin", "x", 0}, {NULL, NULL, 0}};
    static const test_part no_workbook[] = {ROOT_RELATIONS, {NULL, NULL, 0}};
    static const test_part no_sheet[] = {
        ROOT_RELATIONS, RELATIONS, WORKBOOK(SHEET("one", "r9", "visible")), {NULL, NULL, 0}};
    static const test_part bomb[] = {ROOT_RELATIONS,
                                     RELATIONS,
                                     WORKBOOK(SHEET("one", "r1", "visible")),
                                     {"xl/worksheets/sheet1.xml", ROWS(""), 4000000000u},
                                     STRINGS,
                                     STYLES,
                                     {NULL, NULL, 0}};
    expect_refused(other_zip, "not an Excel workbook");
    expect_refused(binary, "not an Excel workbook");
    expect_refused(no_workbook, "damaged");
    expect_refused(no_sheet, "damaged");
    expect_refused(bomb, "too large when unpacked");
}

Test(xlsx, a_sheet_of_few_cells_far_apart_is_too_large) {
    size_t rows = 6000;
    char *sheet = NULL;
    size_t size;
    FILE *out = open_memstream(&sheet, &size);
    fprintf(out, HEAD "<worksheet><sheetData><row><c r=\"XFD1\"><v>1</v></c></row>");
    for (size_t i = 0; i < rows; i++)
        fprintf(out, "<row><c><v>1</v></c></row>");
    fprintf(out, "</sheetData></worksheet>");
    fclose(out);
    fixture f;
    begin(&f, sheet);
    free(sheet);
    cr_expect_eq(f.status, PULANG_ERROR_INPUT);
    expect_finding(&f, 0, 0, "the sheet is too large");
    end(&f);
}

#define SMALL                                                                                                \
    HEAD                                                                                                     \
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is><t>b</t>" \
        "</is></c></row><row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c s=\"1\"><v>43832</v></c></row>"      \
        "<row r=\"3\"><c r=\"B3\" t=\"e\"><v>#N/A</v></c></row></sheetData><mergeCells><mergeCell "          \
        "ref=\"A2:A3\"/></mergeCells></worksheet>"

/* Whatever the bytes: rows, or a fault that says what is wrong. */
static void expect_read_or_refused(fixture *f) {
    read_again(f);
    cr_expect(f->status == PULANG_OK ||
              (f->status == PULANG_ERROR_INPUT && pulang_findings_count(f->findings, PULANG_FAULT) > 0));
}

Test(xlsx, damaged_files_are_refused_or_read) {
    size_t length;
    unsigned char *bytes = make(SMALL, &length), *copy = malloc(length);
    fixture f;
    begin_bytes(&f, bytes, length);
    cr_assert_eq(f.status, PULANG_OK);
    for (size_t cut = 0; cut < length; cut += 100) {
        write_bytes(f.path, bytes, cut);
        read_again(&f);
        cr_expect_eq(f.status, PULANG_ERROR_INPUT, "cut at %zu", cut);
    }
    test_random random = {42};
    for (int trial = 0; trial < 1500; trial++) {
        memcpy(copy, bytes, length);
        for (int i = 0; i <= trial % 4; i++)
            copy[test_random_next(&random) % length] = (unsigned char)test_random_next(&random);
        write_bytes(f.path, copy, length);
        expect_read_or_refused(&f);
    }
    free(copy);
    free(bytes);
    end(&f);
}

/* The same where only the sheet is damaged, and the archive vouches for it. */
Test(xlsx, damaged_sheets_are_refused_or_read) {
    static const char marks[] = "<>/\"= 019AZvsrct:_-.&;";
    char sheet[sizeof SMALL];
    fixture f;
    begin(&f, SMALL);
    test_random random = {43};
    for (int trial = 0; trial < 1500; trial++) {
        memcpy(sheet, SMALL, sizeof SMALL);
        for (int i = 0; i <= trial % 4; i++)
            sheet[test_random_next(&random) % (sizeof SMALL - 1)] =
                marks[test_random_next(&random) % (sizeof marks - 1)];
        size_t length;
        unsigned char *bytes = make(sheet, &length);
        write_bytes(f.path, bytes, length);
        free(bytes);
        expect_read_or_refused(&f);
    }
    end(&f);
}

Test(xlsx, want_of_memory_is_told) {
    fixture f;
    begin(&f, SMALL);
    cr_assert_eq(f.status, PULANG_OK);
    pulang_status status = PULANG_ERROR_MEMORY;
    for (long k = 1; status != PULANG_OK; k++) {
        pulang_arena *arena = pulang_arena_new();
        pulang_xlsx book = {0};
        pulang_csv csv = {0};
        pulang_alloc_fail_at(k);
        status = pulang_xlsx_open(f.path, "f.xlsx", arena, f.findings, &book);
        if (status == PULANG_OK)
            status = pulang_xlsx_rows(&book, 0, "f.xlsx", f.findings, &csv);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_ERROR_MEMORY || status == PULANG_OK, "%ld: %d", k, status);
        pulang_csv_free(&csv);
        pulang_xlsx_close(&book);
        pulang_arena_free(arena);
    }
    end(&f);
}

/* ---- where the tables are ---- */

#define CELL(text) "<c t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define PERSON_ROWS                                                                                          \
    ROWS("<row>" CELL("id_pegawai") CELL("Nama") CELL("Keahlian") "</row><row>" CELL("ani") CELL("Ani")      \
             CELL("nurse:3") "</row>")

/* Writes folder/name: a workbook of two sheets, the first holding one person. */
static void write_book(const char *folder, const char *name, const char *sheets) {
    char path[128], workbook[512];
    size_t length;
    snprintf(workbook, sizeof workbook, HEAD "<x:workbook xmlns:x=\"u\"><x:sheets>%s</x:sheets></x:workbook>",
             sheets);
    const test_part parts[] = {ROOT_RELATIONS,
                               RELATIONS,
                               {"xl/workbook.xml", workbook, 0},
                               {"xl/worksheets/sheet1.xml", PERSON_ROWS, 0},
                               SECOND,
                               STRINGS,
                               STYLES,
                               {NULL, NULL, 0}};
    unsigned char *bytes = test_zip_make(parts, &length);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    write_bytes(path, bytes, length);
    free(bytes);
}

/* Reads a sound folder in which persons.csv (kept if asked) is replaced by a workbook. */
static pulang_status read_with(const char *name, const char *sheets, bool keep_csv, char **findings_text,
                               int *persons) {
    char folder[64];
    test_sound_folder(folder, keep_csv ? NULL : "persons.csv", NULL);
    char pairs[128];
    snprintf(pairs, sizeof pairs, "%s/pairs.csv", folder);
    remove(pairs);
    write_book(folder, name, sheets);
    pulang_findings *findings = pulang_findings_new();
    pulang_instance *instance = NULL;
    pulang_status status = pulang_instance_read(folder, NULL, findings, &instance, NULL);
    *persons = instance ? pulang_instance_persons(instance) : 0;
    *findings_text = test_list_findings(findings);
    pulang_instance_free(instance);
    pulang_findings_free(findings);
    test_folder_remove(folder);
    return status;
}

Test(sources, tables_are_found_in_workbooks) {
    static const struct {
        const char *name, *sheets;
        bool keep_csv;
        int persons;
        const char *finding; /* part of one; NULL: none is looked for */
    } cases[] = {
        {"persons.xlsx", SHEET("persons", "r1", "visible"), false, 1, NULL},
        {"persons.xlsx", SHEET("Sheet1", "r2", "hidden") SHEET("Lembar", "r1", "visible"), false, 1, NULL},
        {"persons.xlsx", SHEET("notes", "r2", "visible") SHEET("Pegawai", "r1", "visible"), false, 1, NULL},
        {"persons.xlsx", SHEET("a", "r1", "visible") SHEET("b", "r2", "visible"), false, 1,
         "of several sheets the first is read: a"},
        {"persons.xlsx", SHEET("a", "r1", "hidden"), false, 0, "no visible sheet"},
        {"persons.xlsx", SHEET("persons", "r2", "visible"), false, 0,
         "persons.xlsx [persons]:0:0: fault [] the sheet is empty"},
        {"persons.xlsx", SHEET("persons", "r1", "visible"), true, 0, "remove persons.csv or persons.xlsx"},
        {"persons.xls", SHEET("persons", "r1", "visible"), false, 0, "files of this format are not read"},
        {"problem.xlsx", SHEET("Pegawai", "r1", "visible"), false, 1, NULL},
        {"problem.xlsx", SHEET("persons", "r1", "visible"), true, 0, "remove persons.csv, or the sheet"},
        {"problem.xlsx", SHEET("persons", "r1", "hidden"), false, 0, "the hidden sheet persons is not read"},
        {"problem.xlsx", SHEET("person", "r1", "visible"), false, 0, "did you mean persons?"},
        {"problem.xlsx", SHEET("persons", "r1", "visible") SHEET("pegawai", "r2", "visible"), false, 0,
         "remove one of the sheets"},
        {"problem.xlsx", SHEET("persons", "r9", "visible"), false, 0, "the workbook is damaged"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text;
        int persons;
        pulang_status status = read_with(cases[i].name, cases[i].sheets, cases[i].keep_csv, &text, &persons);
        cr_expect_eq(status, cases[i].persons ? PULANG_OK : PULANG_ERROR_INPUT, "%zu: %s", i, text);
        cr_expect_eq(persons, cases[i].persons, "%zu: %s", i, text);
        cr_expect(!cases[i].finding || strstr(text, cases[i].finding), "%zu: %s", i, text);
        free(text);
    }
}
