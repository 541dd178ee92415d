#include "io/csv_write.h"

#include "model/alloc.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void put(pulang_csv_writer *writer, const char *bytes, size_t length) {
    if (writer->failed)
        return;
    if (pulang_grow((void **)&writer->bytes, &writer->capacity, writer->length + length, 1)) {
        writer->failed = true;
        return;
    }
    memcpy(writer->bytes + writer->length, bytes, length);
    writer->length += length;
}

pulang_csv_dialect pulang_csv_dialect_of(char separator) {
    return separator == ';' ? PULANG_CSV_SPREADSHEET : PULANG_CSV_PLAIN;
}

pulang_csv_writer pulang_csv_writer_begin(pulang_csv_dialect dialect) {
    pulang_csv_writer writer = {.dialect = dialect};
    if (dialect == PULANG_CSV_SPREADSHEET)
        put(&writer, "\xEF\xBB\xBF", 3);
    return writer;
}

pulang_csv_writer pulang_csv_writer_begin_sink(const pulang_csv_sink *sink, void *user) {
    return (pulang_csv_writer){.sink = sink, .user = user};
}

void pulang_csv_writer_clear(pulang_csv_writer *writer) {
    pulang_free(writer->bytes);
    *writer = (pulang_csv_writer){.dialect = writer->dialect};
}

static void begin_cell(pulang_csv_writer *writer) {
    if (writer->in_row)
        put(writer, writer->dialect == PULANG_CSV_SPREADSHEET ? ";" : ",", 1);
    writer->in_row = true;
}

/* Whether the text, without any apostrophes in front, begins like a formula. Counting the apostrophes
   in makes the guard reversible: a name that really is "'=a" is written "''=a". */
static bool formula(const char *text) {
    text += strspn(text, "'");
    return *text != '\0' && strchr("=+-@\t\r\n", *text) != NULL;
}

const char *pulang_csv_unguard(const char *cell) {
    return *cell == '\'' && formula(cell) ? cell + 1 : cell;
}

void pulang_csv_text(pulang_csv_writer *writer, const char *text) {
    if (writer->sink) {
        writer->sink->text(writer->user, text);
        return;
    }
    begin_cell(writer);
    bool guard = formula(text);
    /* Both separators call for quotes, so that opening with the other one shifts no columns; so do
       blanks at the ends, which some readers trim. */
    size_t length = strlen(text);
    bool quoted =
        strpbrk(text, ",;\t\"\r\n") != NULL || *text == ' ' || (length > 0 && text[length - 1] == ' ');
    if (quoted)
        put(writer, "\"", 1);
    if (guard)
        put(writer, "'", 1);
    for (const char *quote; (quote = strchr(text, '"')) != NULL; text = quote + 1) {
        put(writer, text, (size_t)(quote - text) + 1);
        put(writer, "\"", 1);
    }
    put(writer, text, strlen(text));
    if (quoted)
        put(writer, "\"", 1);
}

void pulang_csv_integer(pulang_csv_writer *writer, int64_t value) {
    pulang_csv_fixed(writer, value, 0);
}

/* Built from integers: the same in every locale, and exact. */
void pulang_csv_fixed(pulang_csv_writer *writer, int64_t value, int decimals) {
    assert(decimals >= 0 && decimals <= 9);
    if (writer->sink) {
        writer->sink->fixed(writer->user, value, decimals);
        return;
    }
    begin_cell(writer);
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    uint64_t scale = 1;
    for (int i = 0; i < decimals; i++)
        scale *= 10;
    char text[32];
    int length = snprintf(text, sizeof text, "%s%" PRIu64, value < 0 ? "-" : "", magnitude / scale);
    put(writer, text, (size_t)length);
    if (decimals == 0)
        return;
    length = snprintf(text, sizeof text, "%c%0*" PRIu64,
                      writer->dialect == PULANG_CSV_SPREADSHEET ? ',' : '.', decimals, magnitude % scale);
    put(writer, text, (size_t)length);
}

void pulang_csv_percent(pulang_csv_writer *writer, int64_t hundredths) {
    if (writer->sink) {
        writer->sink->percent(writer->user, hundredths);
        return;
    }
    pulang_csv_fixed(writer, hundredths, 2);
    put(writer, "%", 1);
}

void pulang_csv_blank(pulang_csv_writer *writer) {
    if (writer->sink)
        writer->sink->blank(writer->user);
    else
        begin_cell(writer);
}

void pulang_csv_end_row(pulang_csv_writer *writer) {
    if (writer->sink)
        writer->sink->end_row(writer->user);
    else
        put(writer, "\n", 1);
    writer->in_row = false;
}
