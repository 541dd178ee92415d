#include "model/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int pulang_table_column(const pulang_table *table, const char *name) {
    for (int c = 0; c < table->n_columns; c++)
        if (strcmp(table->columns[c], name) == 0)
            return c;
    return -1;
}

const char *pulang_table_cell(const pulang_table *table, int row, int column) {
    return column < 0 ? "" : table->cells[(size_t)row * (size_t)table->n_columns + (size_t)column];
}

bool pulang_table_number(const pulang_table *table, const char *text, double *number) {
    char copy[64];
    size_t length = strlen(text);
    if (length == 0 || length >= sizeof copy || strspn(text, "0123456789+-.,eE") != length)
        return false;
    memcpy(copy, text, length + 1);
    /* 1.234 in a file with decimal commas is one thousand and more: refused rather than guessed at. */
    char *comma = strchr(copy, ',');
    if (table->decimal_comma ? strchr(copy, '.') != NULL : comma != NULL)
        return false;
    if (comma)
        *comma = '.';
    char *end;
    double value = strtod(copy, &end);
    if (*end != '\0' || end == copy || !isfinite(value))
        return false;
    *number = value;
    return true;
}

bool pulang_table_fixed(const pulang_table *table, const char *text, int64_t scale, int64_t *number) {
    double value;
    if (!pulang_table_number(table, text, &value))
        return false;
    value *= (double)scale;
    if (fabs(value) > 9e15)
        return false;
    *number = llround(value);
    return true;
}
