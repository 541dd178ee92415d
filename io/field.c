#include "io/field.h"

#include "model/error.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

pulang_field pulang_field_cell(const pulang_table *table, int row, int column) {
    return (pulang_field){
        .table = table,
        .text = pulang_table_cell(table, row, column),
        .file = table->file,
        .heading = column < 0 ? "" : table->headings[column],
        .line = table->lines[row],
        .column = column + 1,
    };
}

pulang_field pulang_field_line(const char *file, int line) {
    return (pulang_field){.text = "", .file = file, .heading = "", .line = line};
}

void pulang_field_report(pulang_findings *findings, pulang_severity severity, const pulang_field *field,
                         const char *mend, const char *format, ...) {
    char message[512];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    pulang_findings_add(findings, &(pulang_finding){severity, field->file, field->line, field->column,
                                                    field->heading, field->text, message, mend});
}

/* 1.234.567 or 1,234,567: groups of three digits with one kind of mark, at least `groups` of them. */
static bool is_grouped(const char *text, char mark, int groups) {
    size_t lead = strspn(text, "0123456789");
    if (lead < 1 || lead > 3)
        return false;
    int n = 0;
    for (text += lead; *text == mark && strspn(text + 1, "0123456789") == 3; text += 4)
        n++;
    return *text == '\0' && n >= groups;
}

static const char *number_mend(const pulang_field *field) {
    const char *text = field->text;
    bool comma = field->table->decimal_comma;
    if (is_grouped(text, '.', comma ? 1 : 2) || is_grouped(text, ',', 2))
        return _("write the number without thousands separators: 1234567");
    if (comma && strchr(text, '.'))
        return _("the file writes decimals with a comma: write 1,5 and no points");
    if (!comma && strchr(text, ','))
        return _("write decimals with a point (1.5), or save the file with semicolons");
    if (isdigit((unsigned char)text[0]) || strncasecmp(text, "rp", 2) == 0)
        return _("write the number alone, without unit or currency");
    return _("write a number, or leave the cell blank");
}

bool pulang_field_number(pulang_findings *findings, const pulang_field *field, double lo, double hi,
                         double *number) {
    double value;
    if (field->text[0] == '\0')
        return false;
    if (!pulang_table_number(field->table, field->text, &value)) {
        pulang_field_report(findings, PULANG_FAULT, field, number_mend(field), _("this is not a number"));
        return false;
    }
    if (value < lo || value > hi) {
        char mend[128];
        snprintf(mend, sizeof mend, _("write a number from %.15g to %.15g"), lo, hi);
        pulang_field_report(findings, PULANG_FAULT, field, mend, _("the number is out of range"));
        return false;
    }
    *number = value;
    return true;
}

bool pulang_field_fixed(pulang_findings *findings, const pulang_field *field, int64_t scale, double lo,
                        double hi, int64_t *number) {
    double value;
    if (!pulang_field_number(findings, field, lo, hi, &value))
        return false;
    *number = llround(value * (double)scale);
    return true;
}

void pulang_field_warn_grouped(pulang_findings *findings, const pulang_field *field) {
    if (field->text[0] != '0' && is_grouped(field->text, '.', 1) && !is_grouped(field->text, '.', 2))
        pulang_field_report(findings, PULANG_WARNING, field,
                            _("if thousands are meant, write the number without separators"),
                            _("the point is read as a decimal point"));
}

bool pulang_field_amount(pulang_findings *findings, const pulang_field *field, double hi,
                         int64_t *hundredths) {
    if (!pulang_field_fixed(findings, field, PULANG_HUNDREDTHS, 0, hi, hundredths))
        return false;
    pulang_field_warn_grouped(findings, field);
    return true;
}

bool pulang_field_whole(pulang_findings *findings, const pulang_field *field, int lo, int hi, int *number) {
    double value;
    if (!pulang_field_number(findings, field, lo, hi, &value))
        return false;
    if (value != floor(value)) {
        pulang_field_report(findings, PULANG_FAULT, field, _("write a whole number"),
                            _("this is not a whole number"));
        return false;
    }
    *number = (int)value;
    return true;
}

bool pulang_field_yes(pulang_findings *findings, const pulang_field *field, bool *yes) {
    static const char *const words[] = {"yes", "no",    "true", "false", "on", "off",
                                        "ya",  "tidak", "1",    "0",     "y",  "n"};
    if (field->text[0] == '\0')
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasecmp(field->text, words[i]) == 0) {
            *yes = i % 2 == 0;
            return true;
        }
    pulang_field_report(findings, PULANG_FAULT, field, _("write yes or no"), _("this is neither yes nor no"));
    return false;
}

bool pulang_field_list(pulang_arena *arena, const pulang_field *field, pulang_texts *list) {
    int n = 1;
    for (const char *c = field->text; *c; c++)
        n += *c == '|';
    const char **items = pulang_arena_alloc(arena, (size_t)n, sizeof *items);
    if (!items)
        return false;
    n = 0;
    for (const char *c = field->text; *c;) {
        size_t length = strcspn(c, "|");
        const char *next = c + length + (c[length] == '|');
        while (length > 0 && isspace((unsigned char)*c))
            c++, length--;
        while (length > 0 && isspace((unsigned char)c[length - 1]))
            length--;
        if (length > 0 && !(items[n++] = pulang_arena_copy(arena, c, length)))
            return false;
        c = next;
    }
    *list = (pulang_texts){n, items};
    return true;
}
