#include "io/csv.h"
#include "io/table.h"
#include "io/text.h"
#include "model/alloc.h"
#include "tests/support.h"
#include "tests/support_folder.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file of given bytes, read; everything is owned by the fixture. */
typedef struct fixture {
    char folder[64], path[128];
    pulang_arena *arena;
    pulang_findings *findings;
    pulang_csv csv;
    pulang_status status;
} fixture;

static void begin(fixture *f, const char *bytes, size_t length) {
    memset(f, 0, sizeof *f);
    test_folder_make(f->folder);
    snprintf(f->path, sizeof f->path, "%s/f.csv", f->folder);
    FILE *file = fopen(f->path, "wb");
    fwrite(bytes, 1, length, file);
    fclose(file);
    f->arena = pulang_arena_new();
    f->findings = pulang_findings_new();
    f->status = pulang_csv_read(f->path, "f.csv", f->arena, f->findings, &f->csv);
}

static void end(fixture *f) {
    pulang_csv_free(&f->csv);
    pulang_arena_free(f->arena);
    pulang_findings_free(f->findings);
    test_folder_remove(f->folder);
}

/* All rows as "line:cell|cell;...". */
static char *shown(const pulang_csv *csv) {
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    for (int r = 0; r < csv->n_rows; r++) {
        fprintf(stream, "%d:", csv->line[r]);
        for (size_t i = csv->begin[r]; i < csv->begin[r + 1]; i++)
            fprintf(stream, "%s%s", i > csv->begin[r] ? "|" : "", csv->cells[i]);
        fputc(';', stream);
    }
    fclose(stream);
    return text;
}

Test(csv, separators_line_ends_and_quotes) {
    static const char *const cases[][2] = {
        {"a,b\n1,2\n", "1:a|b;2:1|2;"},
        {"a,b\n1,2", "1:a|b;2:1|2;"},
        {"a;b\r\n1,5;2\r\n", "1:a|b;2:1,5|2;"},
        {"a\tb\n1\t\n", "1:a|b;2:1|;"},
        {"a\r1\r2\r", "1:a;2:1;3:2;"},
        {"\xEF\xBB\xBF"
         "a,b\n",
         "1:a|b;"},
        {"sep=;\na;b,c\n", "2:a|b,c;"},
        {"\n\na,b\n\n \t\n1,2\n", "3:a|b;6:1|2;"},
        {"\"a,x\";b\n", "1:a,x|b;"},
        {"a,b\n\"x\ny\",2\n3,4\n", "1:a|b;2:x\ny|2;4:3|4;"},
        {"a,b\n\"he said \"\"go\"\"\",\"\"\n", "1:a|b;2:he said \"go\"|;"},
        {" a , b \n\xC2\xA0"
         "1 ,\" 2 \"\n",
         "1:a|b;2:1|2;"},
        {"a,b\n=\"0012\",x\n", "1:a|b;2:0012|x;"},
        {"a,b\n1, =\"1986 09\"\n", "1:a|b;2:1|1986 09;"},
        {"a\nna\xC3\xAFve\n", "1:a;2:na\xC3\xAFve;"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f;
        begin(&f, cases[i][0], strlen(cases[i][0]));
        char *text = shown(&f.csv);
        cr_expect_eq(f.status, PULANG_OK);
        cr_expect_str_eq(text, cases[i][1], "case %zu: %s", i, text);
        cr_expect_eq(pulang_findings_total(f.findings), 0, "case %zu", i);
        free(text);
        end(&f);
    }
}

Test(csv, faults_name_their_line_and_the_rest_is_read) {
    static const struct {
        const char *bytes, *rows;
        int line;
        const char *part;
    } cases[] = {
        {"a,b\n\"x,2\n3,4\n", "1:a|b;3:3|4;", 2, "never closed"},
        {"a,b\n1,\"x\n3,\"y\"\n5,6\n", "1:a|b;3:3|y;4:5|6;", 2, "never closed"},
        {"a,b\n1,2\n3,\"", "1:a|b;2:1|2;", 3, "never closed"},
        {"a,b\n\"x\ny\",\"z\n", "1:a|b;", 3, "never closed"},
        {"a,b\n1,x\"y\n3,4\n", "1:a|b;3:3|4;", 2, "quotation mark stands"},
        {"a,b\n1,\"x\"y\n3,4\n", "1:a|b;3:3|4;", 2, "quotation mark stands"},
        {"a,b\n1,\xE9\n", "1:a|b;2:1|?;", 2, "not valid UTF-8"},
        {"a,b\n1,\xED\xA0\x80\n", "1:a|b;2:1|???;", 2, "not valid UTF-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f;
        begin(&f, cases[i].bytes, strlen(cases[i].bytes));
        char *text = shown(&f.csv), *list = test_list_findings(f.findings);
        cr_expect_str_eq(text, cases[i].rows, "case %zu: %s", i, text);
        cr_expect(test_find_finding(f.findings, "f.csv", cases[i].line, cases[i].part), "case %zu: %s", i,
                  list);
        free(text);
        free(list);
        end(&f);
    }
}

Test(csv, a_nul_byte_is_a_fault_with_its_cell) {
    fixture f;
    begin(&f, "a,b\n1,x\0y\n3,4\n", 14);
    const pulang_finding *found = test_find_finding(f.findings, "f.csv", 2, "NUL");
    cr_assert(found);
    cr_assert_eq(found->column, 2);
    cr_assert_str_eq(found->value, "x?y");
    cr_assert_eq(f.csv.n_rows, 3);
    end(&f);
}

Test(csv, files_that_cannot_be_used) {
    static const struct {
        const char *bytes;
        size_t length;
        const char *part;
    } cases[] = {
        {"", 0, "empty"},
        {" \r\n\n", 4, "empty"},
        {"\xEF\xBB\xBF\n", 4, "empty"},
        {"\xFF\xFE"
         "a\0,\0b\0\n\0",
         10, "UTF-16"},
        {"\xFE\xFF"
         "\0a\0,",
         6, "UTF-16"},
        {"a\0,\0b\0\n\0001\0,\0002\0\n\0", 16, "UTF-16"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f;
        begin(&f, cases[i].bytes, cases[i].length);
        cr_expect_eq(f.status, PULANG_ERROR_INPUT, "case %zu", i);
        cr_expect(test_find_finding(f.findings, "f.csv", 0, cases[i].part), "case %zu", i);
        end(&f);
    }
}

static const char *fault_of(const char *path, pulang_findings *findings) {
    pulang_text text;
    size_t before = pulang_findings_total(findings);
    if (pulang_text_read(path, "f.csv", findings, &text) != PULANG_ERROR_INPUT)
        return "no fault";
    return pulang_findings_at(findings, before)->message;
}

Test(csv, folders_pipes_missing_and_huge_files) {
    fixture f;
    char path[160];
    begin(&f, "a\n", 2);
    cr_expect_str_eq(fault_of(f.folder, f.findings), "this is a folder, not a file");
    snprintf(path, sizeof path, "%s/none", f.folder);
    cr_expect_str_eq(fault_of(path, f.findings), "No such file or directory");
    cr_expect_not(pulang_text_exists(path));
    cr_assert_eq(mkfifo(path, 0600), 0);
    cr_expect_str_eq(fault_of(path, f.findings), "this is not a regular file");
    snprintf(path, sizeof path, "%s/huge", f.folder);
    cr_assert_eq(close(creat(path, 0600)), 0);
    cr_assert_eq(truncate(path, (off_t)PULANG_TEXT_LARGEST + 1), 0); /* sparse: takes no room */
    cr_expect_str_eq(fault_of(path, f.findings), "the file is larger than 1 GiB");
    end(&f);
}

Test(csv, many_quote_faults_end_the_reading) {
    char bytes[4096] = "a,b\n";
    for (int i = 0; i < 100; i++)
        strcat(bytes, "1,x\"y\n");
    fixture f;
    begin(&f, bytes, strlen(bytes));
    cr_assert_eq(pulang_findings_total(f.findings), 20);
    end(&f);
}

Test(csv, every_failing_allocation_is_survived) {
    fixture f;
    begin(&f, "a,b\n1,\"x\ny\"\n\xE9,2\n1,\"z\n", 22);
    pulang_csv csv;
    pulang_status status = PULANG_ERROR_MEMORY;
    for (long k = 1; status == PULANG_ERROR_MEMORY; k++) {
        pulang_arena *arena = pulang_arena_new();
        pulang_alloc_fail_at(k);
        status = pulang_csv_read(f.path, "f.csv", arena, f.findings, &csv);
        pulang_alloc_fail_at(0);
        pulang_arena_free(arena);
        cr_assert(status == PULANG_ERROR_MEMORY || status == PULANG_OK);
    }
    pulang_csv_free(&csv);
    end(&f);
}

/* --- tables --- */

static pulang_status read_table(fixture *f, pulang_sheet sheet, const char *text, pulang_table *table) {
    begin(f, text, strlen(text));
    memset(table, 0, sizeof *table);
    return pulang_table_read(f->path, sheet, f->arena, f->findings, table);
}

Test(table, indonesian_headings_become_canonical) {
    fixture f;
    pulang_table table;
    cr_assert_eq(read_table(&f, PULANG_SHEET_PERSONS,
                            "NIP; Nama Pegawai ;Kode Desa Asal;status-kepegawaian;Agama\n1;A;x;pns;y\n",
                            &table),
                 PULANG_OK);
    static const char *const names[] = {"person", "name", "origin", "contract", "agama"};
    for (int c = 0; c < 5; c++)
        cr_expect_str_eq(table.columns[c], names[c]);
    cr_assert_str_eq(table.headings[1], "Nama Pegawai");
    cr_assert_eq(pulang_findings_total(f.findings), 0);
    end(&f);
    /* desa is the place where no code is given, else the name. */
    cr_assert_eq(read_table(&f, PULANG_SHEET_PLACES, "desa,kode_desa\nGagu,62.02\n", &table), PULANG_OK);
    cr_expect_str_eq(table.columns[0], "name");
    cr_expect_str_eq(table.columns[1], "place");
    end(&f);
    cr_assert_eq(read_table(&f, PULANG_SHEET_PLACES, "desa,kecamatan\nGagu,A\n", &table), PULANG_OK);
    cr_expect_str_eq(table.columns[0], "place");
    end(&f);
}

Test(table, decimal_commas_are_found_out) {
    static const struct {
        const char *text;
        bool comma;
    } cases[] = {
        {"place;lat;lon\na;-1,25;112,4\n", true},
        {"place;lat;lon\na;-1.25;112.4\n", false},
        {"place,lat,lon\na,\"-1,25\",112.4\n", false},
        {"place;name\na;1,2 and 3\n", false},
        {"place;age\na;1,5\nb;\n", true},
        {"place;lat;age\na;-1.5;1.234\nb;-1.25;1,5\n", false},
        {"place;lat\na;3\n", false},
        {"place\tlat\na\t3,5\n", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f;
        pulang_table table;
        cr_expect_eq(read_table(&f, PULANG_SHEET_PLACES, cases[i].text, &table), PULANG_OK);
        cr_expect_eq(table.decimal_comma, cases[i].comma, "case %zu", i);
        end(&f);
    }
}

Test(table, grouped_numbers_are_never_guessed_at) {
    pulang_table comma = {.decimal_comma = true}, point = {.decimal_comma = false};
    double number;
    cr_expect(pulang_table_number(&comma, "1,5", &number) && number == 1.5);
    cr_expect(pulang_table_number(&comma, "15", &number) && number == 15);
    cr_expect_not(pulang_table_number(&comma, "1.234", &number));
    cr_expect_not(pulang_table_number(&comma, "1.234,5", &number));
    cr_expect_not(pulang_table_number(&comma, "1,234,567", &number));
    cr_expect(pulang_table_number(&point, "1.5", &number) && number == 1.5);
    cr_expect_not(pulang_table_number(&point, "1.234.567", &number));
    cr_expect_not(pulang_table_number(&point, "1,5", &number));
    cr_expect_not(pulang_table_number(&point, "0x1", &number));
    cr_expect_not(pulang_table_number(&point, "inf", &number));
}

Test(table, blank_rows_and_trailing_separators_are_harmless) {
    fixture f;
    pulang_table table;
    cr_assert_eq(read_table(&f, PULANG_SHEET_PLACES, "place,name\na,A,,\n,\n,,,,\nb,B\n", &table), PULANG_OK);
    cr_assert_eq(table.n_rows, 2);
    cr_assert_eq(table.lines[1], 5);
    cr_assert_eq(pulang_findings_total(f.findings), 0);
    end(&f);
}

Test(table, a_title_above_the_header_is_told) {
    fixture f;
    pulang_table table;
    cr_assert_eq(
        read_table(&f, PULANG_SHEET_PLACES, "Villages of 2026,,\n\n,,\nKode Desa,nama,x\na,A,1\n", &table),
        PULANG_ERROR_INPUT);
    const pulang_finding *finding = pulang_findings_at(f.findings, 0);
    cr_expect_str_eq(finding->message, "the names of the columns come first, but are in line 4");
    cr_expect_str_eq(finding->mend, "delete the lines above it");
    end(&f);
}

Test(table, cells_under_no_heading_are_told) {
    fixture f;
    pulang_table table;
    cr_assert_eq(read_table(&f, PULANG_SHEET_PLACES, "place,,name,\na,,A,\nb,see,B,\nc,too,C,\n", &table),
                 PULANG_OK);
    cr_assert_eq(pulang_findings_total(f.findings), 1);
    const pulang_finding *finding = pulang_findings_at(f.findings, 0);
    cr_expect_str_eq(finding->message, "the column has no name and is not read");
    cr_expect_eq(finding->line, 3);
    cr_expect_eq(finding->column, 2);
    end(&f);
}

Test(table, the_separator_is_kept_for_the_output) {
    static const char *const texts[] = {"place,name\na,A\n", "place;name\na;A\n", "place\tname\na\tA\n"};
    for (int i = 0; i < 3; i++) {
        fixture f;
        pulang_table table;
        cr_assert_eq(read_table(&f, PULANG_SHEET_PLACES, texts[i], &table), PULANG_OK);
        cr_expect_eq(table.separator, ",;\t"[i]);
        end(&f);
    }
}

/* A template has these headings: each must be read as its column, and be explained. */
Test(table, indonesian_headings_stand_for_their_columns) {
    for (int s = 0; s < PULANG_N_SHEETS; s++) {
        int n;
        const pulang_known *known = pulang_sheet_columns((pulang_sheet)s, &n);
        char text[1024];
        size_t length = 0;
        for (int k = 0; k < n; k++)
            length += (size_t)snprintf(text + length, sizeof text - length, "%s%s", k ? "," : "",
                                       known[k].indonesian);
        for (int k = 0; k < n; k++)
            length += (size_t)snprintf(text + length, sizeof text - length, "%sx", k ? "," : "\n");
        fixture f;
        pulang_table table;
        cr_assert_eq(read_table(&f, (pulang_sheet)s, text, &table), PULANG_OK, "%s", text);
        for (int k = 0; k < n; k++) {
            cr_expect_str_eq(table.columns[k], known[k].name);
            cr_expect(known[k].what && *known[k].what && strlen(known[k].what) < 255);
        }
        cr_expect_eq((int)pulang_sheet_find(pulang_sheet_name((pulang_sheet)s)), s);
        end(&f);
    }
    cr_expect_eq(pulang_sheet_find("beban_kerja"), PULANG_SHEET_WORKLOAD);
    cr_expect_eq(pulang_sheet_find("beban"), PULANG_N_SHEETS);
    cr_expect_eq(pulang_sheet_find(""), PULANG_N_SHEETS);
}

/* docs/files.md is what users go by: every file, column and alias stands in it. */
Test(table, every_column_and_alias_is_documented) {
    char *text = test_file_read("docs", "files.md");
    cr_assert(text);
    for (int s = 0; s < PULANG_N_SHEETS; s++) {
        int n;
        const pulang_known *known = pulang_sheet_columns((pulang_sheet)s, &n);
        char heading[64];
        snprintf(heading, sizeof heading, "\n## %s", pulang_sheet_file((pulang_sheet)s));
        char *section = strstr(text, heading);
        cr_assert(section, "%s", heading);
        char *next = strstr(section + 1, "\n## ");
        char *own = next ? strndup(section, (size_t)(next - section)) : strdup(section);
        for (int k = 0; k < n; k++) {
            char row[512], *write = row + snprintf(row, sizeof row, "| `%s` |", known[k].name);
            char *line = strstr(own, row);
            cr_expect(line, "%s: %s", heading, row);
            char *copy = strdup(known[k].aliases), *save = NULL;
            for (char *alias = strtok_r(copy, " ", &save); alias && line;
                 alias = strtok_r(NULL, " ", &save)) {
                snprintf(write, 64, " `%s`", alias);
                char *found = strstr(line, write), *line_end = strchr(line, '\n');
                cr_expect(found && found < line_end, "%s: %s lacks %s", heading, known[k].name, alias);
            }
            free(copy);
        }
        free(own);
    }
    free(text);
}
