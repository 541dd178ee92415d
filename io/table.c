#include "io/table.h"

#include "io/field.h"
#include "model/error.h"
#include "model/nearest.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define TITLE_ROWS 30 /* a header is looked for in so many rows */

/* What the reading of one table needs at hand. */
typedef struct source {
    pulang_csv csv;
    const char *name;
    const pulang_known *known;
    int n_known;
    pulang_arena *arena;
    pulang_findings *findings;
} source;

static pulang_field heading_field(const pulang_table *table, const source *from, int column) {
    pulang_field field = pulang_field_line(from->name, from->csv.line[0]);
    field.heading = field.text = table->headings[column];
    field.column = column + 1;
    return field;
}

/* Lower case, with _ for blanks and hyphens: "Status Kepegawaian" is status_kepegawaian. */
static const char *normal_name(pulang_arena *arena, const char *heading) {
    size_t length = strlen(heading);
    const char *name = pulang_arena_copy(arena, heading, length);
    for (char *c = (char *)name; c && *c; c++)
        *c = *c == ' ' || *c == '-' || *c == '\n' ? '_' : (char)tolower((unsigned char)*c);
    return name;
}

static bool read_headings(source *from, pulang_table *table) {
    table->n_columns = (int)from->csv.begin[1];
    table->columns = pulang_arena_alloc(from->arena, (size_t)table->n_columns, sizeof *table->columns);
    table->headings = pulang_arena_alloc(from->arena, (size_t)table->n_columns, sizeof *table->headings);
    if (!table->columns || !table->headings)
        return false;
    for (int c = 0; c < table->n_columns; c++) {
        table->headings[c] = from->csv.cells[c];
        table->columns[c] = normal_name(from->arena, from->csv.cells[c]);
        if (!table->columns[c])
            return false;
    }
    return true;
}

static void check_duplicates(const source *from, const pulang_table *table) {
    for (int c = 0; c < table->n_columns; c++) {
        int first = pulang_table_column(table, table->columns[c]);
        if (first == c || table->columns[c][0] == '\0')
            continue;
        pulang_field field = heading_field(table, from, c);
        pulang_field_report(from->findings, PULANG_FAULT, &field, _("rename or remove one of the two"),
                            _("column %d has the same heading as column %d"), c + 1, first + 1);
    }
}

/* The column that an alias of known stands for: the first alias in the list that is there. */
static int alias_column(const pulang_table *table, const pulang_known *known) {
    for (const char *alias = known->aliases; *alias;) {
        size_t length = strcspn(alias, " ");
        for (int c = 0; c < table->n_columns; c++)
            if (strncmp(table->columns[c], alias, length) == 0 && table->columns[c][length] == '\0')
                return c;
        alias += length + (alias[length] == ' ');
    }
    return PULANG_NONE;
}

static void map_aliases(const source *from, pulang_table *table) {
    for (int k = 0; k < from->n_known; k++) {
        if (pulang_table_column(table, from->known[k].name) >= 0)
            continue;
        int column = alias_column(table, &from->known[k]);
        if (column >= 0)
            table->columns[column] = from->known[k].name;
    }
}

static const pulang_known *find_known(const source *from, const char *column) {
    for (int k = 0; k < from->n_known; k++)
        if (strcmp(from->known[k].name, column) == 0)
            return &from->known[k];
    return NULL;
}

/* A heading that is nearly a known one which the file lacks is most likely a slip. */
static void check_unknown(const source *from, const pulang_table *table) {
    const char *missing[32];
    int n = 0;
    for (int k = 0; k < from->n_known; k++)
        if (pulang_table_column(table, from->known[k].name) < 0)
            missing[n++] = from->known[k].name;
    for (int c = 0; c < table->n_columns; c++) {
        if (table->columns[c][0] == '\0' || find_known(from, table->columns[c]))
            continue;
        int near = pulang_nearest(table->columns[c], missing, n);
        if (near < 0)
            continue;
        char mend[160];
        snprintf(mend, sizeof mend, _("did you mean %s? If not, nothing is to do"), missing[near]);
        pulang_field field = heading_field(table, from, c);
        pulang_field_report(from->findings, PULANG_WARNING, &field, mend,
                            _("an unknown column, kept as an attribute"));
    }
}

/* The physical line of the first row that holds two or more known columns: the header, where a title stands
   above it. 0: none. */
static int header_line(const source *from) {
    for (int r = 1; r < from->csv.n_rows && r < TITLE_ROWS; r++) {
        int known = 0;
        for (size_t i = from->csv.begin[r]; i < from->csv.begin[r + 1]; i++) {
            const char *name = normal_name(from->arena, from->csv.cells[i]);
            for (int k = 0; name && k < from->n_known; k++)
                known += strcmp(name, from->known[k].name) == 0 ||
                         (*name && pulang_known_has_alias(&from->known[k], name));
        }
        if (known >= 2)
            return from->csv.line[r];
    }
    return 0;
}

static void report_no_header(const source *from) {
    pulang_field field = pulang_field_line(from->name, from->csv.line[0]);
    int line = header_line(from);
    if (line > 0)
        pulang_field_report(from->findings, PULANG_FAULT, &field, _("delete the lines above it"),
                            _("the names of the columns come first, but are in line %d"), line);
    else
        pulang_field_report(from->findings, PULANG_FAULT, &field,
                            _("make the first line the names of the columns (docs/files.md)"),
                            _("the header line is missing: no column is known"));
}

/* Whether all required columns are there. */
static bool check_required(const source *from, const pulang_table *table) {
    bool complete = true, any = false;
    for (int c = 0; c < table->n_columns; c++)
        any |= find_known(from, table->columns[c]) != NULL;
    if (!any) {
        report_no_header(from);
        return false;
    }
    pulang_field field = pulang_field_line(from->name, from->csv.line[0]);
    for (int k = 0; k < from->n_known; k++) {
        if (!from->known[k].required || pulang_table_column(table, from->known[k].name) >= 0)
            continue;
        char mend[160];
        snprintf(mend, sizeof mend, _("add a column %s"), from->known[k].name);
        field.heading = from->known[k].name;
        pulang_field_report(from->findings, PULANG_FAULT, &field, mend, _("the column %s is missing"),
                            from->known[k].name);
        complete = false;
    }
    return complete;
}

/* Cells that nobody reads, since their column has no name: told once for each column. */
static void check_nameless(const source *from, const pulang_table *table) {
    for (int c = 0; c < table->n_columns; c++)
        for (int r = 0; table->columns[c][0] == '\0' && r < table->n_rows; r++) {
            if (pulang_table_cell(table, r, c)[0] == '\0')
                continue;
            pulang_field field = pulang_field_cell(table, r, c);
            pulang_field_report(from->findings, PULANG_WARNING, &field,
                                _("give the column a name in the first line, or empty its cells"),
                                _("the column has no name and is not read"));
            break;
        }
}

static bool is_blank_row(const pulang_csv *csv, int row) {
    for (size_t i = csv->begin[row]; i < csv->begin[row + 1]; i++)
        if (csv->cells[i][0] != '\0')
            return false;
    return true;
}

static void check_width(const source *from, int row, int width) {
    int cells = (int)(from->csv.begin[row + 1] - from->csv.begin[row]);
    bool too_many = false;
    for (int c = width; c < cells; c++)
        too_many |= from->csv.cells[from->csv.begin[row] + (size_t)c][0] != '\0';
    if (cells >= width && !too_many)
        return;
    pulang_field field = pulang_field_line(from->name, from->csv.line[row]);
    pulang_field_report(from->findings, PULANG_FAULT, &field,
                        too_many ? _("quote the cell that holds the separator")
                                 : _("add the missing separators; leave cells blank where nothing is known"),
                        _("the line has %d cells, the header has %d"), cells, width);
}

static bool copy_rows(source *from, pulang_table *table) {
    size_t width = (size_t)table->n_columns, rows = (size_t)from->csv.n_rows;
    table->cells = pulang_arena_alloc(from->arena, rows * width, sizeof *table->cells);
    table->lines = pulang_arena_alloc(from->arena, rows, sizeof *table->lines);
    if (!table->cells || !table->lines)
        return false;
    const char **cell = table->cells;
    for (int r = 1; r < from->csv.n_rows; r++) {
        if (is_blank_row(&from->csv, r))
            continue;
        check_width(from, r, table->n_columns);
        size_t begin = from->csv.begin[r], end = from->csv.begin[r + 1];
        for (size_t c = 0; c < width; c++)
            *cell++ = begin + c < end ? from->csv.cells[begin + c] : "";
        table->lines[table->n_rows++] = from->csv.line[r];
    }
    return true;
}

/* 1 for 12,5 (or 12,5%), -1 for 12.5, 0 for what does not tell (1.234 may be a thousand). */
static int decimal_vote(const char *text) {
    text += *text == '-' || *text == '+';
    size_t whole = strspn(text, "0123456789");
    size_t part = text[whole] == ',' || text[whole] == '.' ? strspn(text + whole + 1, "0123456789") : 0;
    if (part == 0)
        return 0;
    const char *rest = text + whole + 1 + part;
    if (rest[strspn(rest, " %")] != '\0')
        return 0;
    if (text[whole] == ',')
        return 1;
    return part == 3 && whole <= 3 ? 0 : -1;
}

/* Where the comma does not part the cells, it may part the decimals: the number columns tell (a column
   that is not known counts when it holds nothing but numbers). */
static bool uses_decimal_comma(const source *from, const pulang_table *table) {
    if (from->csv.separator == ',')
        return false;
    long votes = 0;
    for (int c = 0; c < table->n_columns; c++) {
        const pulang_known *known = find_known(from, table->columns[c]);
        bool numeric = !known || known->content == PULANG_NUMBER;
        long own = 0;
        for (int r = 0; numeric && r < table->n_rows; r++) {
            const char *text = pulang_table_cell(table, r, c);
            own += decimal_vote(text);
            numeric = known || strspn(text, "0123456789.,+-") == strlen(text);
        }
        votes += numeric ? own : 0;
    }
    return votes > 0;
}

static pulang_status read_table(source *from, pulang_sheet sheet, pulang_table *table) {
    if (from->csv.n_rows == 0)
        return PULANG_ERROR_INPUT; /* the header line itself was faulty and is reported */
    table->file = from->name;
    table->separator = from->csv.separator;
    if (!read_headings(from, table))
        return PULANG_ERROR_MEMORY;
    check_duplicates(from, table);
    map_aliases(from, table);
    if (!check_required(from, table))
        return PULANG_ERROR_INPUT;
    check_unknown(from, table);
    if (!copy_rows(from, table))
        return PULANG_ERROR_MEMORY;
    check_nameless(from, table);
    table->decimal_comma = uses_decimal_comma(from, table);
    if (table->n_rows == 0 && pulang_sheet_required(sheet)) {
        pulang_field field = pulang_field_line(from->name, 0);
        pulang_field_report(from->findings, PULANG_FAULT, &field, _("add a line for each entry"),
                            _("the file has a header but no entries"));
        return PULANG_ERROR_INPUT;
    }
    return PULANG_OK;
}

pulang_status pulang_table_make(const pulang_csv *csv, const char *name, pulang_sheet sheet,
                                pulang_arena *arena, pulang_findings *findings, pulang_table *table) {
    source from = {.csv = *csv, .name = name, .arena = arena, .findings = findings};
    from.known = pulang_sheet_columns(sheet, &from.n_known);
    pulang_table read = {0};
    pulang_status status = read_table(&from, sheet, &read);
    if (status == PULANG_OK)
        *table = read;
    return status;
}

pulang_status pulang_table_read(const char *path, pulang_sheet sheet, pulang_arena *arena,
                                pulang_findings *findings, pulang_table *table) {
    pulang_csv csv;
    const char *name = pulang_sheet_file(sheet);
    pulang_status status = pulang_csv_read(path, name, arena, findings, &csv);
    if (status != PULANG_OK)
        return status;
    status = pulang_table_make(&csv, name, sheet, arena, findings, table);
    pulang_csv_free(&csv);
    return status;
}
