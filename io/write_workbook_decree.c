/*
 * The annex of the decree: who is placed where, office by office, to be printed, signed and handed out.
 *
 * Each office begins a page, below the same heading. The heights of the rows are set here, for where a page
 * ends must be known: the signature is never alone on one.
 */
#include "io/write_workbook.h"
#include "model/alloc.h"
#include "model/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NO, NAME, NUMBER, OLD_POST, NEW_POST, PLACE, NOTE, N_COLUMNS };

/* In characters; together as wide as a page, PULANG_SHEET_PRINT_WIDTH. */
static const int widths[N_COLUMNS] = {5, 24, 21, 29, 28, 18, 11};

#define PAGE_HEIGHT 480.0 /* points between the margins, and a little to be safe */
#define HEADER_HEIGHT 26.0
#define TITLE_ROW 16.0
#define SIGNATURE_LINE 18.0
enum { SIGNATURE_LINES = 8, SIGNATURE_COLUMN = NEW_POST, MOST_LINES = 20, GROUP_WIDTH = 120 };

/* Somebody with a post. */
typedef struct placed {
    int person, post;
    const char *office;
    const pulang_post *of;
    const pulang_person *who;
} placed;

typedef struct annex {
    const pulang_output *output;
    pulang_workbook *workbook;
    int n_sheets, n_breaks; /* breaks: in this sheet */
    const char *office;
    double used; /* points of the page */
} annex;

/* ---- the order ---- */

static int by_office(const void *a, const void *b) {
    const placed *x = a, *y = b;
    int order = strcmp(x->office, y->office);
    if (order == 0)
        order = x->of->place != y->of->place ? (x->of->place < y->of->place ? -1 : 1) : 0;
    if (order == 0)
        order = strcmp(x->of->role, y->of->role);
    if (order == 0)
        order = strcmp(x->of->id, y->of->id);
    if (order == 0)
        order = strcmp(x->who->name, y->who->name);
    return order != 0 ? order : strcmp(x->who->id, y->who->id);
}

/* The people with a post by office; a post without a unit counts to the office of its place. NULL: out of
   memory. */
static placed *sort_people(const pulang_output *output, int *n) {
    const pulang_instance *instance = output->instance;
    placed *people = pulang_alloc((size_t)instance->n_persons, sizeof *people);
    *n = 0;
    for (int p = 0; people && p < instance->n_persons; p++) {
        int j = output->plan->post[p];
        if (j == PULANG_NONE)
            continue;
        const pulang_post *post = &instance->posts[j];
        const char *office = *post->unit ? post->unit : instance->places[post->place].name;
        people[(*n)++] = (placed){p, j, office, post, &instance->persons[p]};
    }
    if (people)
        qsort(people, (size_t)*n, sizeof *people, by_office);
    return people;
}

/* ---- the words ---- */

static void append(char *text, const char *more) {
    size_t length = strlen(text);
    if (*more)
        snprintf(text + length, PULANG_WORKBOOK_NAME - length, "%s%s", length > 0 ? ", " : "", more);
}

/* Role and office; the place where the office does not name it. */
static void post_words(const pulang_instance *instance, int j, bool with_place,
                       char text[PULANG_WORKBOOK_NAME]) {
    text[0] = '\0';
    if (j == PULANG_NONE)
        return;
    const pulang_post *post = &instance->posts[j];
    const char *place = instance->places[post->place].name;
    pulang_workbook_plain(post->role, text);
    append(text, post->unit);
    if (with_place && !strstr(text, place))
        append(text, place);
    if (!*text)
        append(text, post->id);
}

static void place_words(const pulang_instance *instance, int j, char text[PULANG_WORKBOOK_NAME]) {
    const pulang_place *place = &instance->places[instance->posts[j].place];
    text[0] = '\0';
    append(text, *place->name ? place->name : place->id);
    if (strcmp(place->district, text) != 0)
        append(text, place->district);
}

/* Whether the person moves, and in which phase. */
static void note_words(const pulang_output *output, int person, char text[PULANG_WORKBOOK_NAME]) {
    const pulang_scenario *scenario = &output->instance->scenario;
    int phase = output->plan->phase ? output->plan->phase[person] : 0;
    text[0] = '\0';
    append(text, pulang_output_moves(output, person)                        ? _("moves")
                 : output->instance->persons[person].current == PULANG_NONE ? _("new")
                                                                            : _("stays"));
    if (phase > 0 && phase <= scenario->n_phases)
        append(text, scenario->phases[phase - 1].name);
}

/* ---- the pages ---- */

static void write_title(pulang_workbook *workbook, const char *title) {
    const char *const lines[] = {_("ANNEX TO THE DECREE OF ........................................"),
                                 _("NUMBER: ........................................"),
                                 _("DATE: ........................................"),
                                 _("SUBJECT: PLACEMENT OF STAFF")};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        pulang_sheet_blank(workbook, SIGNATURE_COLUMN);
        pulang_sheet_text(workbook, PULANG_STYLE_PLAIN, lines[i]);
        pulang_sheet_end_row(workbook);
    }
    pulang_sheet_end_row(workbook);
    pulang_sheet_height(workbook, PULANG_WORKBOOK_TITLE);
    pulang_sheet_text(workbook, PULANG_STYLE_TITLE, _("LIST OF PLACEMENTS"));
    pulang_sheet_end_row(workbook);
    pulang_sheet_text(workbook, PULANG_STYLE_BOLD, title);
    pulang_sheet_end_row(workbook);
    pulang_sheet_end_row(workbook);
}

static void write_header(pulang_workbook *workbook) {
    const char *const texts[N_COLUMNS] = {_("No."),          _("Name"),     _("Staff number (NIP)"),
                                          _("Present post"), _("New post"), _("Place"),
                                          _("Note")};
    pulang_sheet_height(workbook, HEADER_HEIGHT);
    for (int i = 0; i < N_COLUMNS; i++)
        pulang_sheet_text(workbook, PULANG_STYLE_PRINTED_HEADING, texts[i]);
    pulang_sheet_end_row(workbook);
}

/* Begins a sheet: the first has the title. */
static void begin_sheet(annex *to) {
    char name[40], footer[128];
    if (to->n_sheets++ == 0)
        snprintf(name, sizeof name, "%.31s", _("decree annex"));
    else
        snprintf(name, sizeof name, "%.26s (%d)", _("decree annex"), to->n_sheets % 100);
    pulang_sheet_begin(to->workbook, name);
    for (int i = 0; i < N_COLUMNS; i++)
        pulang_sheet_width(to->workbook, i, widths[i], false);
    if (to->n_sheets == 1)
        write_title(to->workbook, to->output->instance->scenario.title);
    int header_row = pulang_sheet_row(to->workbook);
    write_header(to->workbook);
    to->used = header_row * TITLE_ROW + HEADER_HEIGHT;
    to->n_breaks = 0;
    pulang_workbook_footer(footer, name);
    pulang_sheet_print(to->workbook, header_row, 0, 0, footer);
}

/* Begins a page, below the heading that every page has. */
static void begin_page(annex *to) {
    if (to->n_sheets == 0 || to->n_breaks == PULANG_SHEET_BREAKS) {
        begin_sheet(to);
        return;
    }
    pulang_sheet_break(to->workbook, pulang_sheet_row(to->workbook));
    to->n_breaks++;
    to->used = HEADER_HEIGHT;
}

static void write_group(annex *to, const char *text) {
    double height = PULANG_WORKBOOK_LINE * pulang_workbook_lines(text, GROUP_WIDTH) + 4;
    pulang_sheet_height(to->workbook, height);
    pulang_sheet_merged(to->workbook, PULANG_STYLE_PRINTED_GROUP, N_COLUMNS, text);
    pulang_sheet_end_row(to->workbook);
    to->used += height;
}

static void begin_office(annex *to, const char *office, int n) {
    char text[PULANG_WORKBOOK_NAME];
    begin_page(to);
    to->office = office;
    snprintf(text, sizeof text, _("%s (number of people: %d)"), office, n);
    write_group(to, text);
}

static void continue_office(annex *to) {
    char text[PULANG_WORKBOOK_NAME];
    begin_page(to);
    snprintf(text, sizeof text, _("%s (continued)"), to->office);
    write_group(to, text);
}

static pulang_style style_of(int column) {
    return column == NO || column == NUMBER ? PULANG_STYLE_PRINTED_CENTRE : PULANG_STYLE_PRINTED;
}

/* rest: points that are to follow on the same page. */
static void write_person(annex *to, const placed *person, int number, double rest) {
    const pulang_instance *instance = to->output->instance;
    char texts[N_COLUMNS][PULANG_WORKBOOK_NAME];
    int lines = 1;
    snprintf(texts[NO], PULANG_WORKBOOK_NAME, "%d", number);
    snprintf(texts[NAME], PULANG_WORKBOOK_NAME, "%s", person->who->name);
    snprintf(texts[NUMBER], PULANG_WORKBOOK_NAME, "%s", person->who->id);
    post_words(instance, person->who->current, true, texts[OLD_POST]);
    post_words(instance, person->post, false, texts[NEW_POST]);
    place_words(instance, person->post, texts[PLACE]);
    note_words(to->output, person->person, texts[NOTE]);
    for (int i = 0; i < N_COLUMNS; i++) {
        /* Less the indent. */
        int room = widths[i] - (style_of(i) == PULANG_STYLE_PRINTED);
        int needed = pulang_workbook_lines(texts[i], room);
        lines = needed > lines ? needed : lines;
    }
    double height = (lines < MOST_LINES ? lines : MOST_LINES) * PULANG_WORKBOOK_LINE + 3;
    if (to->used + height + rest > PAGE_HEIGHT)
        continue_office(to);
    pulang_sheet_height(to->workbook, height);
    for (int i = 0; i < N_COLUMNS; i++)
        pulang_sheet_text(to->workbook, style_of(i), texts[i]);
    pulang_sheet_end_row(to->workbook);
    to->used += height;
}

static void write_signature(pulang_workbook *workbook) {
    const char *const lines[SIGNATURE_LINES] = {
        "",
        _("Done at ........................................"),
        _("on ........................................"),
        "........................................,",
        "",
        "",
        "(........................................)",
        _("Staff number (NIP) ........................................")};
    for (int i = 0; i < SIGNATURE_LINES; i++) {
        pulang_sheet_height(workbook, SIGNATURE_LINE);
        pulang_sheet_blank(workbook, SIGNATURE_COLUMN);
        if (*lines[i])
            pulang_sheet_text(workbook, PULANG_STYLE_PLAIN, lines[i]);
        pulang_sheet_end_row(workbook);
    }
}

pulang_status pulang_workbook_decree(const pulang_output *output, pulang_workbook *workbook,
                                     pulang_error *error) {
    annex to = {.output = output, .workbook = workbook};
    int n;
    placed *people = sort_people(output, &n);
    if (!people)
        return pulang_fail_memory(error);
    if (n == 0)
        begin_sheet(&to);
    for (int i = 0, end = 0; i < n; i++) {
        if (i == end) {
            while (end < n && strcmp(people[end].office, people[i].office) == 0)
                end++;
            begin_office(&to, people[i].office, end - i);
        }
        /* The last one is on the page of the signature. */
        write_person(&to, &people[i], i + 1, i < n - 1 ? 0 : SIGNATURE_LINES * SIGNATURE_LINE);
    }
    write_signature(workbook);
    pulang_free(people);
    return PULANG_OK;
}
