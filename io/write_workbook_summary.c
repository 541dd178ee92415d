/*
 * The sheet summary: what was found, the figures of today beside those of the plan, and charts of them.
 */
#include "io/distances.h"
#include "io/level_text.h"
#include "io/write_workbook.h"
#include "model/alloc.h"
#include "model/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LABEL_WIDTH = 76,
    FIGURE_WIDTH = 16,
    CHART_COLUMN = 5, /* one column is left free */
    CHART_WIDTH = 640,
    CHART_BARS = 12, /* more cannot be read */
    FEW = 10,        /* are counted one by one on an axis */
    ROW_PIXELS = 20,
    BAR_PIXELS = 16,
    CHART_REST = 100 /* pixels of a chart beside its bars */
};

/* The sheet, and the row at which the next chart goes. */
typedef struct summary {
    const pulang_output *output;
    pulang_workbook *workbook;
    int chart_row;
} summary;

static const char *status_words(const pulang_plan *plan) {
    switch (plan->outcome) {
    case PULANG_OPTIMAL:
        return _("The best placement that the rules allow: it is proven that none is better.");
    case PULANG_FEASIBLE:
        return _("As near to the best placement as was asked for.");
    default:
        return _("The best placement found in the time there was; a better one may exist.");
    }
}

/* Decimals of the values of a level: thousandths of a point, or whole ones. */
static int level_decimals(const pulang_level *level) {
    return level->kind == PULANG_LEVEL_REQUIRED || level->kind == PULANG_LEVEL_UNPLACED ||
                   level->kind == PULANG_LEVEL_BALANCE
               ? 0
               : 3;
}

static void write_headings(pulang_workbook *workbook, int n, const char *const *texts) {
    int lines = 1;
    pulang_sheet_end_row(workbook);
    for (int i = 0; i < n; i++) {
        int needed = pulang_workbook_lines(texts[i], i == 0 ? LABEL_WIDTH : FIGURE_WIDTH);
        lines = needed > lines ? needed : lines;
        pulang_sheet_text(workbook, i == 0 ? PULANG_STYLE_HEADING : PULANG_STYLE_HEADING_RIGHT, texts[i]);
    }
    pulang_sheet_height(workbook, lines * PULANG_WORKBOOK_LINE + 4);
    pulang_sheet_end_row(workbook);
}

/* The first cell of a row of figures. */
static void write_label(pulang_workbook *workbook, const char *text) {
    pulang_sheet_height(workbook, pulang_workbook_lines(text, LABEL_WIDTH) * PULANG_WORKBOOK_LINE + 2);
    pulang_sheet_text(workbook, PULANG_STYLE_WRAPPED, text);
}

static void write_levels(const summary *to) {
    const pulang_plan *plan = to->output->plan;
    const char *const headings[] = {_("What is to be as small as possible, the first before all others"),
                                    _("Today"), _("In the plan"), _("Cannot be below")};
    write_headings(to->workbook, 4, headings);
    for (int l = 0; l < plan->n_levels; l++) {
        const pulang_level *level = &to->output->instance->scenario.levels[l];
        int decimals = level_decimals(level);
        write_label(to->workbook, pulang_level_text(level));
        pulang_sheet_number(to->workbook, to->output->today->value[l], decimals);
        pulang_sheet_number(to->workbook, plan->levels[l].value, decimals);
        if (plan->levels[l].bound == INT64_MIN)
            pulang_sheet_text(to->workbook, PULANG_STYLE_PLAIN, _("not known"));
        else
            pulang_sheet_number(to->workbook, plan->levels[l].bound, decimals);
        pulang_sheet_end_row(to->workbook);
    }
}

static void write_figure(pulang_workbook *workbook, const pulang_indicator *figure) {
    if (pulang_indicator_is_share(figure->name))
        pulang_sheet_percent(workbook, figure->value, figure->decimals - 2);
    else
        pulang_sheet_real(workbook, figure->value, figure->decimals);
}

static void write_indicators(const summary *to) {
    const char *const headings[] = {_("Figures"), _("Today"), _("In the plan"), _("Unit")};
    write_headings(to->workbook, 4, headings);
    for (int i = 0; i < PULANG_N_INDICATORS; i++) {
        const pulang_indicator *plan = &to->output->figures[i];
        write_label(to->workbook, plan->description);
        write_figure(to->workbook, &to->output->figures_today[i]);
        write_figure(to->workbook, plan);
        pulang_sheet_text(to->workbook, PULANG_STYLE_PLAIN, plan->unit);
        pulang_sheet_end_row(to->workbook);
    }
}

/* ---- the charts and their data ---- */

/* What is counted under a name. */
typedef struct count {
    const char *name;
    int64_t today, plan;
} count;

/* Writes the counts as a table and draws it: upright as columns, all of them, else the first as bars. */
static void write_counts(summary *to, const char *title, const count *counts, int n, bool upright) {
    const char *const headings[] = {title, _("Today"), _("In the plan")};
    if (n == 0)
        return;
    write_headings(to->workbook, 3, headings);
    int bars = upright || n < CHART_BARS ? n : CHART_BARS;
    pulang_sheet_chart chart = {.title = title,
                                .upright = upright,
                                .first_row = pulang_sheet_row(to->workbook),
                                .n_rows = bars,
                                .n_series = 2,
                                .at_row = to->chart_row,
                                .at_column = CHART_COLUMN,
                                .width = CHART_WIDTH,
                                .height = CHART_REST + (upright ? 9 : bars) * BAR_PIXELS};
    int64_t largest = 0;
    char name[PULANG_WORKBOOK_NAME];
    for (int i = 0; i < n; i++) {
        largest = counts[i].today > largest ? counts[i].today : largest;
        largest = counts[i].plan > largest ? counts[i].plan : largest;
        write_label(to->workbook, pulang_workbook_plain(counts[i].name, name));
        pulang_sheet_number(to->workbook, counts[i].today, 0);
        pulang_sheet_number(to->workbook, counts[i].plan, 0);
        pulang_sheet_end_row(to->workbook);
    }
    chart.unit = largest < FEW ? 1 : 0;
    pulang_sheet_draw(to->workbook, &chart);
    to->chart_row += chart.height / ROW_PIXELS + 2;
}

static int by_name(const void *a, const void *b) {
    return strcmp(((const count *)a)->name, ((const count *)b)->name);
}

/* What is short in the plan first, then what is short today. */
static int by_size(const void *a, const void *b) {
    const count *x = a, *y = b;
    if (x->plan != y->plan)
        return x->plan < y->plan ? 1 : -1;
    if (x->today != y->today)
        return x->today < y->today ? 1 : -1;
    return strcmp(x->name, y->name);
}

static const char *role_of(const pulang_instance *instance, int post) {
    return instance->posts[post].role;
}

static const char *district_of(const pulang_instance *instance, int post) {
    return instance->places[instance->posts[post].place].district;
}

static int missing(const pulang_post *post, int filled) {
    return filled < post->target ? post->target - filled : 0;
}

/* Empty seats by a name of the posts; the names without any are left out. */
static pulang_status write_shortage(summary *to, const char *title,
                                    const char *(*name_of)(const pulang_instance *, int),
                                    pulang_error *error) {
    const pulang_instance *instance = to->output->instance;
    int n = 0, n_short = 0;
    count *counts = pulang_alloc((size_t)instance->n_posts, sizeof *counts);
    if (!counts)
        return pulang_fail_memory(error);
    for (int j = 0; j < instance->n_posts; j++)
        counts[j] = (count){name_of(instance, j), missing(&instance->posts[j], to->output->today->filled[j]),
                            missing(&instance->posts[j], to->output->evaluation->filled[j])};
    qsort(counts, (size_t)instance->n_posts, sizeof *counts, by_name);
    for (int j = 0; j < instance->n_posts; j++)
        if (n > 0 && strcmp(counts[n - 1].name, counts[j].name) == 0) {
            counts[n - 1].today += counts[j].today;
            counts[n - 1].plan += counts[j].plan;
        } else {
            counts[n++] = counts[j];
        }
    for (int i = 0; i < n; i++)
        if (counts[i].today > 0 || counts[i].plan > 0)
            counts[n_short++] = counts[i];
    qsort(counts, (size_t)n_short, sizeof *counts, by_size);
    write_counts(to, title, counts, n_short, false);
    pulang_free(counts);
    return PULANG_OK;
}

static void write_distances(summary *to) {
    enum { N = PULANG_DISTANCE_CLASSES };
    const int *ends = pulang_distance_ends;
    count counts[N];
    char names[N][48];
    int today[N], plan[N];
    pulang_distance_count(to->output->instance, to->output->status_quo, today);
    pulang_distance_count(to->output->instance, to->output->plan->post, plan);
    for (int i = 0; i < N; i++) {
        if (i == 0)
            snprintf(names[i], sizeof names[i], _("under %d km"), ends[0]);
        else if (i < N - 1)
            snprintf(names[i], sizeof names[i], _("%d to %d km"), ends[i - 1], ends[i]);
        else
            snprintf(names[i], sizeof names[i], _("beyond %d km"), ends[N - 2]);
        counts[i] = (count){names[i], today[i], plan[i]};
    }
    write_counts(to, _("People by distance from their place of origin"), counts, N, true);
}

pulang_status pulang_workbook_summary(const pulang_output *output, pulang_workbook *workbook,
                                      pulang_error *error) {
    summary to = {output, workbook, 3};
    char footer[128];
    const char *name = _("summary");
    pulang_sheet_begin(workbook, name);
    pulang_sheet_height(workbook, PULANG_WORKBOOK_TITLE);
    pulang_sheet_text(workbook, PULANG_STYLE_TITLE, output->instance->scenario.title);
    pulang_sheet_end_row(workbook);
    pulang_sheet_text(workbook, PULANG_STYLE_PLAIN, status_words(output->plan));
    pulang_sheet_end_row(workbook);
    write_levels(&to);
    write_indicators(&to);
    pulang_status status = write_shortage(&to, _("Empty seats by role"), role_of, error);
    if (status == PULANG_OK)
        status = write_shortage(&to, _("Empty seats by district"), district_of, error);
    write_distances(&to);
    pulang_sheet_width(workbook, 0, LABEL_WIDTH, false);
    for (int i = 1; i < 4; i++)
        pulang_sheet_width(workbook, i, FIGURE_WIDTH, false);
    pulang_workbook_footer(footer, name);
    pulang_sheet_print(workbook, 0, 0, 1, footer);
    return status;
}
