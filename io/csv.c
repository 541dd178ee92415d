#include "io/csv.h"

#include "io/field.h"
#include "io/text.h"
#include "model/alloc.h"
#include "model/error.h"

#include <csv.h>
#include <ctype.h>
#include <limits.h>
#include <string.h>

#define QUOTE_FAULTS 20 /* after so many the rest of the file is not worth guessing at */

/* State of a parse. The text is fed line by line, so that the line of everything is known. */
typedef struct parse {
    struct csv_parser parser;
    pulang_csv csv;
    size_t n_cells, cells_room, rows_room, lines_room;
    pulang_arena *arena;
    pulang_findings *findings;
    const char *name;
    int line;        /* physical line being fed */
    int row_line;    /* line on which the open row began */
    int field_line;  /* line on which the open field began */
    size_t row_next; /* offset of the line after row_line */
    bool row_open;
    bool failed; /* out of memory */
    int quote_faults;
} parse;

static void *resize(void *old, size_t size) {
    return pulang_realloc(old, size, 1);
}

static void start_parser(parse *p) {
    /* Strict: a stray quote is an error instead of a guess. It cannot fail: options are valid. */
    csv_init(&p->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_realloc_func(&p->parser, resize);
    csv_set_free_func(&p->parser, pulang_free);
    csv_set_blk_size(&p->parser, 4096);
    csv_set_delim(&p->parser, (unsigned char)p->csv.separator);
    p->row_open = false;
}

static const char *clean_copy(parse *p, const char *bytes, size_t length) {
    char *copy = pulang_arena_alloc(p->arena, length + 1, 1);
    if (!copy)
        return NULL;
    memcpy(copy, bytes, length);
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)copy[i] >= 0x80 || copy[i] == '\0')
            copy[i] = '?';
    return copy;
}

static const char *read_cell(parse *p, const char *bytes, size_t length) {
    if (pulang_text_valid(bytes, length))
        return pulang_arena_copy(p->arena, bytes, length);
    bool has_nul = memchr(bytes, '\0', length) != NULL;
    const char *copy = clean_copy(p, bytes, length);
    if (!copy)
        return NULL;
    pulang_field field = pulang_field_line(p->name, p->row_line);
    field.column = (int)(p->n_cells - p->csv.begin[p->csv.n_rows]) + 1;
    field.text = copy;
    pulang_field_report(p->findings, PULANG_FAULT, &field,
                        _("save the file as \"CSV UTF-8 (comma delimited)\""),
                        has_nul ? _("the cell holds a NUL byte") : _("the cell is not valid UTF-8"));
    return copy;
}

static void on_field(void *bytes, size_t length, void *user) {
    parse *p = user;
    const char *text = bytes ? bytes : "";
    pulang_text_trim(&text, &length);
    void *cells = p->csv.cells;
    const char *cell = read_cell(p, text, length);
    if (!cell || pulang_grow(&cells, &p->cells_room, p->n_cells + 1, sizeof *p->csv.cells)) {
        p->failed = true;
        return;
    }
    p->csv.cells = cells;
    p->csv.cells[p->n_cells++] = cell;
    p->field_line = p->line;
}

static void on_row(int end, void *user) {
    (void)end;
    parse *p = user;
    void *begin = p->csv.begin, *line = p->csv.line;
    size_t row = (size_t)p->csv.n_rows;
    bool grown = !pulang_grow(&begin, &p->rows_room, row + 2, sizeof *p->csv.begin);
    p->csv.begin = begin;
    grown = grown && !pulang_grow(&line, &p->lines_room, row + 1, sizeof *p->csv.line);
    p->csv.line = line;
    if (!grown) {
        p->failed = true;
        return;
    }
    p->csv.line[row] = p->row_line;
    p->csv.begin[row + 1] = p->n_cells;
    p->csv.n_rows++;
    p->row_open = false;
}

/* Offset of the line after the one at `at`; lines end in LF, CRLF or CR. */
static size_t next_line(const pulang_text *text, size_t at) {
    while (at < text->length && text->bytes[at] != '\n' && text->bytes[at] != '\r')
        at++;
    if (at + 1 < text->length && text->bytes[at] == '\r' && text->bytes[at + 1] == '\n')
        at++;
    return at < text->length ? at + 1 : at;
}

/* ="123" at the beginning of a field: the equals sign becomes a blank, which is trimmed. */
static void unwrap_formulas(char *line, size_t length, char separator) {
    bool begins = true;
    for (size_t i = 0; i + 2 < length; i++) {
        if (begins && line[i] == '=' && line[i + 1] == '"') {
            size_t digits = strspn(line + i + 2, "0123456789 .'-");
            if (digits > 0 && line[i + 2 + digits] == '"')
                line[i] = ' ';
        }
        begins = line[i] == separator || (begins && line[i] == ' ');
    }
}

/* A quote that is not closed swallows lines: report where it opened, go on after that line. */
static bool recover(parse *p, size_t *at) {
    bool unclosed = p->row_line < p->line;
    pulang_field field = pulang_field_line(p->name, unclosed ? p->field_line : p->line);
    if (unclosed)
        pulang_field_report(p->findings, PULANG_FAULT, &field, _("close the quotation mark on this line"),
                            _("a quotation mark opened here is never closed"));
    else
        pulang_field_report(p->findings, PULANG_FAULT, &field,
                            _("quote the whole cell and double the quotation marks inside it"),
                            _("a quotation mark stands where none may be"));
    p->n_cells = p->csv.begin[p->csv.n_rows];
    *at = p->row_next;
    p->line = p->row_line;
    csv_free(&p->parser);
    start_parser(p);
    return ++p->quote_faults < QUOTE_FAULTS;
}

static bool is_blank(const char *line, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (!isspace((unsigned char)line[i]))
            return false;
    return true;
}

/* Feeds the line at *at and moves on; false: stop. */
static bool feed_line(parse *p, pulang_text *text, size_t *at) {
    size_t end = next_line(text, *at), length = end - *at;
    char *line = text->bytes + *at;
    p->line++;
    *at = end;
    if (!p->row_open) {
        if (is_blank(line, length))
            return true;
        unwrap_formulas(line, length, p->csv.separator);
        p->row_line = p->field_line = p->line;
        p->row_next = end;
        p->row_open = true;
    }
    if (csv_parse(&p->parser, line, length, on_field, on_row, p) == length)
        return !p->failed;
    if (csv_error(&p->parser) != CSV_EPARSE)
        p->failed = true;
    return !p->failed && recover(p, at);
}

static void parse_text(parse *p, pulang_text *text, size_t at) {
    bool more = true;
    while (more) {
        while (more && at < text->length)
            more = feed_line(p, text, &at);
        if (!more)
            break;
        /* Ends the last row where the file does not end in a line end. */
        more = false;
        if (csv_fini(&p->parser, on_field, on_row, p) == 0)
            break;
        if (csv_error(&p->parser) != CSV_EPARSE)
            p->failed = true;
        else {
            p->line++; /* past the last line: the quote swallowed everything */
            more = recover(p, &at);
        }
    }
}

/* The separator that the header line has most of outside quotes. A line "sep=;" is used up. */
static char find_separator(const pulang_text *text, size_t *at, int *line) {
    static const char marks[] = {',', ';', '\t'};
    size_t end = next_line(text, *at);
    while (end < text->length && is_blank(text->bytes + *at, end - *at)) {
        *at = end;
        end = next_line(text, *at);
        ++*line;
    }
    const char *header = text->bytes + *at;
    if (strncmp(header, "sep=", 4) == 0 && header[4] && memchr(marks, header[4], sizeof marks) &&
        is_blank(header + 5, end - *at - 5)) {
        char separator = header[4];
        *at = end;
        ++*line;
        return separator;
    }
    size_t count[sizeof marks] = {0}, best = 0;
    bool quoted = false;
    for (const char *c = header; c < text->bytes + end; c++) {
        quoted ^= *c == '"';
        for (size_t m = 0; m < sizeof marks; m++)
            count[m] += !quoted && *c == marks[m];
    }
    for (size_t m = 1; m < sizeof marks; m++)
        if (count[m] > count[best])
            best = m;
    return marks[best];
}

pulang_status pulang_csv_read(const char *path, const char *name, pulang_arena *arena,
                              pulang_findings *findings, pulang_csv *csv) {
    pulang_text text;
    pulang_status status = pulang_text_read(path, name, findings, &text);
    if (status != PULANG_OK)
        return status;
    parse p = {.arena = arena, .findings = findings, .name = name};
    size_t at = 0;
    void *begin = NULL;
    p.failed = pulang_grow(&begin, &p.rows_room, 1, sizeof *p.csv.begin) != 0;
    p.csv.begin = begin;
    if (!p.failed) {
        p.csv.begin[0] = 0;
        p.csv.separator = find_separator(&text, &at, &p.line);
        start_parser(&p);
        parse_text(&p, &text, at);
        csv_free(&p.parser);
    }
    pulang_text_free(&text);
    if (p.failed) {
        pulang_csv_free(&p.csv);
        return PULANG_ERROR_MEMORY;
    }
    *csv = p.csv;
    return PULANG_OK;
}

void pulang_csv_free(pulang_csv *csv) {
    pulang_free(csv->begin);
    pulang_free(csv->line);
    pulang_free(csv->cells);
    *csv = (pulang_csv){0};
}
