#include "io/write_workbook.h"

#include "model/error.h"

#include <stdio.h>

void pulang_workbook_footer(char footer[128], const char *sheet) {
    /* TRANSLATORS: &P and &N are put in by the spreadsheet: the page and how many there are. */
    snprintf(footer, 128, "&L%.40s&R%.60s", sheet, _("Page &P of &N"));
}

int pulang_workbook_characters(const char *text) {
    int n = 0;
    for (; *text; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

pulang_status pulang_write_workbook(const pulang_output *output, char **bytes, size_t *length,
                                    pulang_error *error) {
    pulang_workbook *workbook = pulang_workbook_new(output->instance->scenario.title);
    if (!workbook)
        return pulang_fail_memory(error);
    pulang_status status = pulang_workbook_summary(output, workbook, error);
    if (status == PULANG_OK)
        status = pulang_workbook_tables(output, workbook, error);
    if (status == PULANG_OK)
        status = pulang_workbook_decree(output, workbook, error);
    if (status == PULANG_OK)
        status = pulang_workbook_finish(workbook, bytes, length, error);
    pulang_workbook_free(workbook);
    return status;
}
