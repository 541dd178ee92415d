#include "io/program_text.h"
#include "io/write_lp.h"
#include "io/write_mps.h"
#include "model/alloc.h"
#include "tests/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONG_NAME                                                                                            \
    "a name that goes on and on and on and on and on and on and on and on and on and on and on and on"

static const char *const column_names[] = {"x(P 1,kantor+desa)", "x(P_1,kantor_desa)", "e5",         "7up",
                                           "x(\xC3\xA9,b)",      LONG_NAME "1",        LONG_NAME "2"};
enum { COLUMNS = sizeof column_names / sizeof *column_names };

/* Columns of all names under a free row, a range and an empty equation. */
static void make_program(pulang_program *program, pulang_program_row *rows, pulang_program_column *columns,
                         int *begin, int *row, double *value) {
    *program = (pulang_program){.name = "test",
                                .offset = 2.5,
                                .n_rows = 3,
                                .n_columns = COLUMNS,
                                .n_entries = COLUMNS,
                                .rows = rows,
                                .columns = columns,
                                .begin = begin,
                                .row = row,
                                .value = value};
    rows[0] = (pulang_program_row){"range", 1, 3};
    rows[1] = (pulang_program_row){"none", 0, 0};
    rows[2] = (pulang_program_row){"free", -HUGE_VAL, HUGE_VAL};
    for (int c = 0; c < COLUMNS; c++) {
        columns[c] = (pulang_program_column){.name = column_names[c],
                                             .lower = c == 3 ? -1 : 0,
                                             .upper = c == 2 ? 0 : 4,
                                             .cost = c,
                                             .integer = c > 2};
        begin[c + 1] = c + 1;
        row[c] = 0;
        value[c] = c == 1 ? 0.1 : 1 + c;
    }
}

static pulang_program program;
static pulang_program_row rows[3];
static pulang_program_column columns[COLUMNS];
static int begin[COLUMNS + 1], row_of[COLUMNS];
static double value[COLUMNS];

static void setup(void) {
    make_program(&program, rows, columns, begin, row_of, value);
}

TestSuite(program_text, .init = setup);

Test(program_text, names_are_safe_and_unique) {
    pulang_program_names names;
    cr_assert_eq(pulang_program_names_make(&program, &names, NULL), PULANG_OK);
    cr_assert_str_eq(names.columns[0], "x(P_1,kantor_desa)");
    cr_assert_str_eq(names.columns[1], "x(P_1,kantor_desa)#2");
    cr_assert_str_eq(names.columns[2], "_e5");
    cr_assert_str_eq(names.columns[3], "_7up");
    cr_assert_str_eq(names.columns[4], "x(__,b)");
    cr_assert_str_neq(names.columns[5], names.columns[6]);
    cr_assert_lt(strlen(names.columns[6]), 91);
    cr_assert_str_eq(names.rows[0], "range");
    pulang_program_names_clear(&names);
}

Test(program_text, numbers_read_back) {
    static const double numbers[] = {0, -1, 0.1, 1.0 / 3, 1e15 + 1, 123456789.125, -2e-9};
    char text[PULANG_NUMBER_SIZE];
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        cr_assert(strtod(pulang_program_number(numbers[i], text), NULL) == numbers[i]);
    cr_assert_str_eq(pulang_program_number(0.1, text), "0.1");
}

Test(program_text, writes_mps) {
    char folder[64], path[128];
    test_folder_make(folder);
    snprintf(path, sizeof path, "%s/new/model.mps", folder); /* the folder is made */
    cr_assert_eq(pulang_mps_write(&program, path, NULL), PULANG_OK);
    char *text = test_file_read(folder, "new/model.mps");
    cr_assert_not_null(text);
    cr_assert_not_null(strstr(text, " G range\n E none\n N free\nCOLUMNS\n"));
    cr_assert_not_null(strstr(text, "    x(P_1,kantor_desa)#2 range 0.1\n"));
    cr_assert_not_null(strstr(text, "    constant_1 cost 2.5\n"));
    cr_assert_not_null(
        strstr(text, "RHS\n    RHS range 1\nRANGES\n    RNG range 2\nBOUNDS\n FX BND constant_1 1\n"));
    cr_assert_not_null(strstr(text, " FX    BND _e5 0\n LO    BND _7up -1\n UP    BND _7up 4\n"));
    cr_assert_str_eq(text + strlen(text) - 7, "ENDATA\n");
    free(text);
    test_folder_remove(folder);
}

Test(program_text, writes_lp) {
    char folder[64], path[128];
    test_folder_make(folder);
    snprintf(path, sizeof path, "%s/model.lp", folder);
    cr_assert_eq(pulang_lp_write(&program, path, NULL), PULANG_OK);
    char *text = test_file_read(folder, "model.lp");
    cr_assert_not_null(text);
    cr_assert_not_null(strstr(text, " range#least: + x(P_1,kantor_desa) + 0.1 x(P_1,kantor_desa)#2 + 3 _e5"));
    cr_assert_not_null(strstr(text, " none: + 0 constant_1 = 0\n"));
    cr_assert_not_null(strstr(text, "Bounds\n constant_1 = 1\n"));
    cr_assert_not_null(strstr(text, " -1 <= _7up <= 4\n"));
    cr_assert_not_null(strstr(text, "Generals\n _7up\n"));
    free(text);
    test_folder_remove(folder);
}

Test(program_text, says_which_file_cannot_be_written) {
    pulang_error error;
    cr_assert_eq(pulang_mps_write(&program, "/proc/no/such/folder/model", &error), PULANG_ERROR_IO);
    cr_assert_not_null(strstr(error.file, "/proc"));
}

Test(program_text, survives_every_failing_allocation) {
    char folder[64], path[128];
    test_folder_make(folder);
    snprintf(path, sizeof path, "%s/model", folder);
    pulang_status (*const write[])(const pulang_program *, const char *, pulang_error *) = {pulang_mps_write,
                                                                                            pulang_lp_write};
    for (int i = 0; i < 2; i++) {
        pulang_status status = PULANG_ERROR_MEMORY;
        for (long k = 1; status == PULANG_ERROR_MEMORY; k++) {
            pulang_alloc_fail_at(k);
            status = write[i](&program, path, NULL);
            pulang_alloc_fail_at(0);
        }
        cr_assert_eq(status, PULANG_OK);
    }
    test_folder_remove(folder);
}
