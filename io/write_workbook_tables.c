/*
 * The sheets placements, posts and quotas, cell for cell the CSV files of these names (but for how the names
 * of roles and categories are written) under translated headings, and the sheet of those without a post.
 */
#include "io/order.h"
#include "io/write_workbook.h"
#include "model/alloc.h"
#include "model/error.h"

#include <stdio.h>
#include <string.h>

enum {
    NARROWEST = 9,
    WIDEST = 40,
    WRAPPED = 80,
    HEADING_HEIGHT = 40,
    PAGE_WIDTH = 220,
    MOST_PAGES = 2,
    MOST_LINES = 30
};

/* What is special about a column: its numbers are coloured above or below 0; it is folded away; its cells are
   words of ours; they are names, which lose their underscores. */
typedef enum special { NONE, ABOVE, BELOW, FOLDED, WORDS, NAMES } special;

typedef struct heading {
    const char *name; /* in the CSV file; with a '_' at its end of all that begin so */
    const char *shown;
    pulang_style style;
    special special;
} heading;

static const heading known[] = {
    {"person", N_("Staff number (NIP)"), PULANG_STYLE_TEXT, NONE},
    {"name", N_("Name"), PULANG_STYLE_TEXT, NONE},
    {"origin", N_("Origin"), PULANG_STYLE_TEXT, FOLDED},
    {"origin_name", N_("Place of origin"), PULANG_STYLE_TEXT, NONE},
    {"category", N_("Category"), PULANG_STYLE_TEXT, NAMES},
    {"contract", N_("Contract"), PULANG_STYLE_TEXT, NONE},
    {"old_post", N_("Present post"), PULANG_STYLE_TEXT, NONE},
    {"post", N_("Post"), PULANG_STYLE_TEXT, NONE},
    {"place", N_("Place code"), PULANG_STYLE_TEXT, FOLDED},
    {"place_name", N_("Place"), PULANG_STYLE_TEXT, NONE},
    {"district", N_("District"), PULANG_STYLE_TEXT, NONE},
    {"unit", N_("Office"), PULANG_STYLE_TEXT, NONE},
    {"role", N_("Role"), PULANG_STYLE_TEXT, NAMES},
    {"pay", N_("Pay a month"), PULANG_STYLE_TEXT, NONE},
    {"home_km", N_("From home (km)"), PULANG_STYLE_TEXT, NONE},
    {"home_hours", N_("From home (hours)"), PULANG_STYLE_TEXT, NONE},
    {"moves", N_("Moves"), PULANG_STYLE_TEXT, WORDS},
    {"phase", N_("Phase"), PULANG_STYLE_TEXT, NONE},
    {"cost", N_("Points lost"), PULANG_STYLE_TEXT, NONE},
    {"cost_", N_("Points lost: %s"), PULANG_STYLE_TEXT, FOLDED},
    {"why", N_("Why"), PULANG_STYLE_WRAPPED, NONE},
    {"min", N_("Minimum"), PULANG_STYLE_TEXT, NONE},
    {"target", N_("Target"), PULANG_STYLE_TEXT, NONE},
    {"max", N_("Maximum"), PULANG_STYLE_TEXT, NONE},
    {"need", N_("Need by workload"), PULANG_STYLE_TEXT, NONE},
    {"filled", N_("Filled"), PULANG_STYLE_TEXT, NONE},
    {"short", N_("Short"), PULANG_STYLE_TEXT, ABOVE},
    {"status_quo_filled", N_("Filled today"), PULANG_STYLE_TEXT, NONE},
    {"hours_work", N_("Hours of work"), PULANG_STYLE_TEXT, NONE},
    {"hours_staff", N_("Hours of staff"), PULANG_STYLE_TEXT, NONE},
    {"load", N_("Load"), PULANG_STYLE_TEXT, NONE},
    {"cutoff", N_("Lowest merit"), PULANG_STYLE_TEXT, NONE},
    {"price_", N_("Price: %s"), PULANG_STYLE_TEXT, FOLDED},
    {"why_short", N_("Why short"), PULANG_STYLE_WRAPPED, NONE},
    {"quota", N_("Rule"), PULANG_STYLE_TEXT, NONE},
    {"group", N_("Group"), PULANG_STYLE_TEXT, NONE},
    {"measure", N_("Counts"), PULANG_STYLE_TEXT, NONE},
    {"basis", N_("Legal basis"), PULANG_STYLE_TEXT, NONE},
    {"tier", N_("Force"), PULANG_STYLE_TEXT, WORDS},
    {"value", N_("In the plan"), PULANG_STYLE_TEXT, NONE},
    {"status_quo", N_("Today"), PULANG_STYLE_TEXT, NONE},
    {"slack_min", N_("Above the minimum"), PULANG_STYLE_TEXT, BELOW},
    {"slack_max", N_("Below the maximum"), PULANG_STYLE_TEXT, BELOW},
    {"step", N_("Step"), PULANG_STYLE_TEXT, FOLDED},
};

/* The words of ours that stand in cells. */
static const char *const words[] = {N_("yes"), N_("no"), N_("hard")};

typedef struct column {
    const heading *of; /* NULL: a column of the user's, or a name that is shown as it is */
    int width;         /* characters */
} column;

/* A sheet as the cells of a CSV file come in. */
typedef struct table {
    pulang_workbook *workbook;
    column *columns; /* [n], owned */
    size_t n, capacity, at;
    int lines;   /* of the row */
    bool headed; /* the headings are written */
    bool cut;    /* no more rows fit */
    bool failed; /* memory was out */
} table;

static const heading *find_heading(const char *name) {
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t length = strlen(known[i].name);
        bool prefix = known[i].name[length - 1] == '_';
        if (prefix ? strncmp(name, known[i].name, length) == 0 : strcmp(name, known[i].name) == 0)
            return &known[i];
    }
    return NULL;
}

/* The longest word of a heading, which is wrapped, and the arrow of the filter. */
static int heading_width(const char *text) {
    int longest = NARROWEST - 3;
    while (*text) {
        char word[64];
        size_t length = strcspn(text, " ");
        snprintf(word, sizeof word, "%.*s", (int)length, text);
        int characters = pulang_workbook_characters(word);
        longest = characters > longest ? characters : longest;
        text += length + strspn(text + length, " ");
    }
    return longest + 3;
}

static void write_heading(table *sheet, const char *name) {
    const heading *of = find_heading(name);
    char shown[256];
    if (pulang_grow((void **)&sheet->columns, &sheet->capacity, sheet->n + 1, sizeof *sheet->columns)) {
        sheet->failed = true;
        return;
    }
    if (strncmp(name, "post.", 5) == 0)
        name += 5;
    if (of && of->name[strlen(of->name) - 1] == '_')
        snprintf(shown, sizeof shown, _(of->shown), name + strlen(of->name));
    else
        snprintf(shown, sizeof shown, "%s", of ? _(of->shown) : name);
    int width = of && of->style == PULANG_STYLE_WRAPPED ? WRAPPED : heading_width(shown);
    sheet->columns[sheet->n++] = (column){of, width};
    pulang_sheet_text(sheet->workbook, PULANG_STYLE_HEADING, shown);
}

/* The column of the next cell, made as wide as so many characters need; NULL: the cell is not written. */
static column *next(table *sheet, int characters) {
    if (sheet->failed || sheet->cut)
        return NULL;
    column *to = &sheet->columns[sheet->at++];
    characters = characters > WIDEST ? WIDEST : characters;
    if (to->width < characters + 2)
        to->width = characters + 2;
    return to;
}

static void take_text(void *user, const char *text) {
    table *sheet = user;
    char name[PULANG_WORKBOOK_NAME];
    if (!sheet->headed) {
        write_heading(sheet, text);
        return;
    }
    column *to = next(sheet, pulang_workbook_characters(text));
    if (!to)
        return;
    for (size_t i = 0; to->of && to->of->special == WORDS && i < sizeof words / sizeof *words; i++)
        if (strcmp(text, words[i]) == 0)
            text = _(words[i]);
    if (to->of && to->of->special == NAMES)
        text = pulang_workbook_plain(text, name);
    int lines = to->width < WRAPPED ? 1 : pulang_workbook_lines(text, to->width);
    sheet->lines = lines > sheet->lines ? lines : sheet->lines;
    if (*text)
        pulang_sheet_text(sheet->workbook, to->of ? to->of->style : PULANG_STYLE_TEXT, text);
    else
        pulang_sheet_blank(sheet->workbook, 1);
}

static void take_fixed(void *user, int64_t value, int decimals) {
    table *sheet = user;
    int digits = snprintf(NULL, 0, "%lld", (long long)value);
    /* Room for the commas between thousands, and the point. */
    if (next(sheet, digits + digits / 3 + (decimals > 0)))
        pulang_sheet_number(sheet->workbook, value, decimals);
}

static void take_percent(void *user, int64_t hundredths) {
    table *sheet = user;
    if (next(sheet, 8))
        pulang_sheet_percent(sheet->workbook, (double)hundredths / 10000, 2);
}

static void take_blank(void *user) {
    table *sheet = user;
    if (next(sheet, 0))
        pulang_sheet_blank(sheet->workbook, 1);
}

static void take_end(void *user) {
    table *sheet = user;
    if (sheet->cut)
        return;
    int lines = sheet->lines < MOST_LINES ? sheet->lines : MOST_LINES;
    if (lines > 1)
        pulang_sheet_height(sheet->workbook, lines * PULANG_WORKBOOK_LINE + 2);
    sheet->headed = true;
    sheet->at = 0;
    sheet->lines = 1;
    pulang_sheet_end_row(sheet->workbook);
    if (pulang_sheet_fits(sheet->workbook, 2))
        return;
    sheet->cut = true;
    pulang_sheet_text(sheet->workbook, PULANG_STYLE_BOLD,
                      _("No more rows fit a sheet: the CSV file has all of them."));
    pulang_sheet_end_row(sheet->workbook);
}

static const pulang_csv_sink sink = {take_text, take_fixed, take_percent, take_blank, take_end};

static void finish(table *sheet, const char *name, int n_frozen) {
    char footer[128];
    int width = 0;
    pulang_sheet_table(sheet->workbook, 0, (int)sheet->n, n_frozen);
    for (size_t i = 0; i < sheet->n; i++) {
        const column *c = &sheet->columns[i];
        special how = c->of ? c->of->special : NONE;
        pulang_sheet_width(sheet->workbook, (int)i, c->width, how == FOLDED);
        if (how == ABOVE || how == BELOW)
            pulang_sheet_warn(sheet->workbook, (int)i, 1, how == ABOVE);
        width += how == FOLDED ? 0 : c->width;
    }
    pulang_workbook_footer(footer, name);
    pulang_sheet_print(sheet->workbook, 0, n_frozen, width > PAGE_WIDTH ? MOST_PAGES : 1, footer);
}

typedef pulang_status (*csv_function)(const pulang_output *, pulang_csv_writer *, pulang_error *);

static pulang_status write_table(const pulang_output *output, pulang_workbook *workbook, const char *name,
                                 csv_function write, int n_frozen, pulang_error *error) {
    table sheet = {.workbook = workbook};
    pulang_csv_writer cells = pulang_csv_writer_begin_sink(&sink, &sheet);
    pulang_sheet_begin(workbook, name);
    pulang_sheet_height(workbook, HEADING_HEIGHT);
    pulang_status status = write(output, &cells, error);
    if (status == PULANG_OK && (sheet.failed || cells.failed))
        status = pulang_fail_memory(error);
    if (status == PULANG_OK)
        finish(&sheet, name, n_frozen);
    pulang_free(sheet.columns);
    return status;
}

static void write_unplaced_person(const pulang_output *output, int p, pulang_csv_writer *cells) {
    const pulang_instance *instance = output->instance;
    const pulang_person *person = &instance->persons[p];
    pulang_csv_text(cells, person->id);
    pulang_csv_text(cells, person->name);
    pulang_csv_text(cells, person->origin == PULANG_NONE ? "" : instance->places[person->origin].name);
    pulang_csv_text(cells, person->category);
    pulang_csv_text(cells, person->contract);
    pulang_csv_text(cells, person->current == PULANG_NONE ? "" : instance->posts[person->current].id);
    pulang_csv_text(cells, output->reasons->person[p]);
    pulang_csv_end_row(cells);
}

static pulang_status write_unplaced(const pulang_output *output, pulang_csv_writer *cells,
                                    pulang_error *error) {
    static const char *const names[] = {"person",   "name",     "origin_name", "category",
                                        "contract", "old_post", "why"};
    const pulang_instance *instance = output->instance;
    int *order = pulang_order_of_file(&instance->persons_table, instance->n_persons), n = 0;
    if (!order)
        return pulang_fail_memory(error);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        pulang_csv_text(cells, names[i]);
    pulang_csv_end_row(cells);
    for (int i = 0; i < instance->n_persons; i++)
        if (output->plan->post[order[i]] == PULANG_NONE) {
            write_unplaced_person(output, order[i], cells);
            n++;
        }
    if (n == 0) {
        pulang_csv_text(cells, _("Everybody has a post."));
        pulang_csv_end_row(cells);
    }
    pulang_free(order);
    return PULANG_OK;
}

pulang_status pulang_workbook_tables(const pulang_output *output, pulang_workbook *workbook,
                                     pulang_error *error) {
    /* TRANSLATORS: names of sheets are at most 31 characters, none of []:*?/\, and all different. */
    pulang_status status = write_table(output, workbook, _("placements"), pulang_write_placements, 2, error);
    if (status == PULANG_OK)
        status = write_table(output, workbook, _("unplaced"), write_unplaced, 2, error);
    if (status == PULANG_OK)
        status = write_table(output, workbook, _("posts"), pulang_write_posts, 1, error);
    if (status == PULANG_OK)
        status = write_table(output, workbook, _("quotas"), pulang_write_quotas, 2, error);
    return status;
}
