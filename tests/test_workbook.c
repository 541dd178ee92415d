#include "io/workbook.h"
#include "io/zip.h"
#include "model/alloc.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

static pulang_workbook *two_sheets(void) {
    pulang_workbook *workbook = pulang_workbook_new("Two sheets");
    if (!workbook)
        return NULL;
    pulang_sheet_begin(workbook, "first");
    for (int i = 0; i < 50; i++) {
        pulang_sheet_text(workbook, PULANG_STYLE_TEXT, "=1+1");
        pulang_sheet_number(workbook, i, 2);
        pulang_sheet_text(workbook, PULANG_STYLE_WRAPPED, "a_x0041_\1b\xEF\xBF\xBF");
        pulang_sheet_end_row(workbook);
    }
    pulang_sheet_table(workbook, 0, 3, 1);
    pulang_sheet_begin(workbook, "second");
    pulang_sheet_merged(workbook, PULANG_STYLE_PRINTED_GROUP, 3, "over three");
    pulang_sheet_end_row(workbook);
    pulang_sheet_percent(workbook, 0.5, 1);
    pulang_sheet_end_row(workbook);
    pulang_sheet_break(workbook, 1);
    return workbook;
}

Test(workbook, the_same_calls_give_the_same_whole_archive) {
    char *bytes[2];
    size_t length[2];
    for (int i = 0; i < 2; i++) {
        pulang_workbook *workbook = two_sheets();
        cr_assert(workbook != NULL);
        cr_assert(eq(int, pulang_workbook_finish(workbook, &bytes[i], &length[i], NULL), PULANG_OK));
        pulang_workbook_free(workbook);
    }
    cr_assert(eq(sz, length[0], length[1]));
    cr_assert(eq(int, memcmp(bytes[0], bytes[1], length[0]), 0));
    cr_assert(pulang_zip_whole(bytes[0], length[0]));
    pulang_free(bytes[0]);
    pulang_free(bytes[1]);
}

Test(workbook, one_that_is_given_up_is_freed) {
    pulang_workbook_free(two_sheets());
    pulang_workbook_free(NULL);
}

Test(workbook, memory_that_runs_out_is_said) {
    for (long k = 1;; k++) {
        char *bytes = NULL;
        size_t length = 0;
        pulang_error error;
        pulang_alloc_fail_at(k);
        pulang_workbook *workbook = two_sheets();
        pulang_status status =
            workbook ? pulang_workbook_finish(workbook, &bytes, &length, &error) : PULANG_ERROR_MEMORY;
        pulang_alloc_fail_at(0);
        pulang_workbook_free(workbook);
        pulang_free(bytes);
        if (status == PULANG_OK)
            break;
        cr_assert(eq(int, status, PULANG_ERROR_MEMORY));
        cr_assert(bytes == NULL);
    }
}

/* Archives of one document, as the Python module zipfile packs "<?xml?><a><b/></a>\n", and the same cut
 * short. */
static const unsigned char whole[] = {
    80, 75,  3,   4,   20,  0,   0,   0,   8,   0,  0,   0,   33,  0,   122, 229, 172, 224, 21, 0,   0,
    0,  19,  0,   0,   0,   1,   0,   0,   0,   97, 179, 177, 175, 200, 205, 177, 183, 179, 73, 180, 179,
    73, 210, 183, 179, 209, 79,  180, 227, 2,   0,  80,  75,  1,   2,   20,  3,   20,  0,   0,  0,   8,
    0,  0,   0,   33,  0,   122, 229, 172, 224, 21, 0,   0,   0,   19,  0,   0,   0,   1,   0,  0,   0,
    0,  0,   0,   0,   0,   0,   0,   0,   128, 1,  0,   0,   0,   0,   97,  80,  75,  5,   6,  0,   0,
    0,  0,   1,   0,   1,   0,   47,  0,   0,   0,  52,  0,   0,   0,   0,   0};
static const unsigned char cut[] = {
    80,  75,  3,  4,   20,  0,   0,   0,  8,   0,   0,  0,   33,  0,   250, 25,  99,  224, 18,  0,
    0,   0,   16, 0,   0,   0,   1,   0,  0,   0,   97, 179, 177, 175, 200, 205, 177, 183, 179, 73,
    180, 179, 73, 210, 183, 179, 209, 7,  0,   80,  75, 1,   2,   20,  3,   20,  0,   0,   0,   8,
    0,   0,   0,  33,  0,   250, 25,  99, 224, 18,  0,  0,   0,   16,  0,   0,   0,   1,   0,   0,
    0,   0,   0,  0,   0,   0,   0,   0,  0,   128, 1,  0,   0,   0,   0,   97,  80,  75,  5,   6,
    0,   0,   0,  0,   1,   0,   1,   0,  47,  0,   0,  0,   49,  0,   0,   0,   0,   0};

Test(workbook, a_document_cut_short_is_seen) {
    cr_assert(pulang_zip_whole((const char *)whole, sizeof whole));
    cr_assert(not(pulang_zip_whole((const char *)cut, sizeof cut)));
    for (size_t n = 0; n < sizeof whole; n++)
        cr_assert(not(pulang_zip_whole((const char *)whole, n)));
}

Test(workbook, nothing_and_noise_are_no_archive) {
    char noise[100];
    memset(noise, 'P', sizeof noise);
    cr_assert(not(pulang_zip_whole(NULL, 0)));
    cr_assert(not(pulang_zip_whole(noise, sizeof noise)));
    memcpy(noise + sizeof noise - 22, "PK\5\6\0\0\0\0\1\0\1\0\377\377\377\377\377\377\377\377\0", 22);
    cr_assert(not(pulang_zip_whole(noise, sizeof noise)));
}
