#include "io/write_workbook.h"

#include "model/error.h"

#include <stdio.h>
#include <string.h>

void pulang_workbook_footer(char footer[128], const char *sheet) {
    /* TRANSLATORS: &P and &N are put in by the spreadsheet: the page and how many there are. */
    snprintf(footer, 128, "&L%.40s&R%.60s", sheet, _("Page &P of &N"));
}

char *pulang_workbook_plain(const char *name, char text[PULANG_WORKBOOK_NAME]) {
    snprintf(text, PULANG_WORKBOOK_NAME, "%s", name);
    for (char *c = text; *c; c++)
        if (*c == '_')
            *c = ' ';
    return text;
}

int pulang_workbook_characters(const char *text) {
    int n = 0;
    for (; *text; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

/* The width of a letter of Arial, in tenths of a digit's, by what the letters of a kind need at most; of one
   byte. */
static int letter_width(char letter) {
    if ((letter & 0xC0) == 0x80)
        return 0; /* not the first of a character */
    if (strchr("ijltfI .,;:'|!/[]", letter))
        return 5;
    if (strchr("cksvxyz-r", letter))
        return 9;
    if (strchr("mMW%@", letter))
        return 16;
    return (letter >= 'A' && letter <= 'Z') || letter == 'w' ? 13 : 10;
}

int pulang_workbook_lines(const char *text, int width) {
    /* A column has 7 pixels for each character of its width, a digit has 7.4; and a little to be safe. */
    int lines = 1, at = 0, room = width * 92 / 10, space = letter_width(' ');
    while (*text) {
        int word = 0;
        while (*text && *text != ' ')
            word += letter_width(*text++);
        if (at > 0 && at + space + word > room) {
            lines++;
            at = 0;
        }
        at += (at > 0 ? space : 0) + word;
        for (; at > room; at -= room)
            lines++;
        text += strspn(text, " ");
    }
    return lines;
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
