/*
 * posts.csv and workload.csv: what is to be filled, with how many.
 */
#include "io/reader.h"
#include "model/error.h"

#include <math.h>
#include <stdio.h>

#define LARGEST_SEATS 1000000
#define LARGEST_PAY 1e10 /* a month */
#define BLANK (-1)       /* min, target or max not given, until pulang_read_seats */

/* Columns of the table, looked up once. */
typedef struct columns {
    int place, unit, role, min, target, max, open_min, requires, prefers, contract, min_merit, priority,
        hours, pay;
} columns;

static columns find_columns(const pulang_table *table) {
    return (columns){
        .place = pulang_table_column(table, "place"),
        .unit = pulang_table_column(table, "unit"),
        .role = pulang_table_column(table, "role"),
        .min = pulang_table_column(table, "min"),
        .target = pulang_table_column(table, "target"),
        .max = pulang_table_column(table, "max"),
        .open_min = pulang_table_column(table, "open_min"),
        .requires = pulang_table_column(table, "requires"),
        .prefers = pulang_table_column(table, "prefers"),
        .contract = pulang_table_column(table, "contract"),
        .min_merit = pulang_table_column(table, "min_merit"),
        .priority = pulang_table_column(table, "priority"),
        .hours = pulang_table_column(table, "hours"),
        .pay = pulang_table_column(table, "pay"),
    };
}

static int read_seats(pulang_reader *reader, const pulang_table *table, int row, int column) {
    int seats = BLANK;
    pulang_field field = pulang_field_cell(table, row, column);
    pulang_field_whole(reader->findings, &field, 0, LARGEST_SEATS, &seats);
    return seats;
}

static int64_t read_fixed(pulang_reader *reader, const pulang_table *table, int row, int column,
                          int64_t scale, double lo, double hi, int64_t fallback) {
    pulang_field field = pulang_field_cell(table, row, column);
    pulang_field_fixed(reader->findings, &field, scale, lo, hi, &fallback);
    return fallback;
}

static void read_post(pulang_reader *reader, const pulang_table *table, const columns *at, int row,
                      pulang_post *post) {
    pulang_field place = pulang_field_cell(table, row, at->place);
    pulang_field requires = pulang_field_cell(table, row, at->requires);
    pulang_field prefers = pulang_field_cell(table, row, at->prefers);
    pulang_field contract = pulang_field_cell(table, row, at->contract);
    post->id = reader->codes[PULANG_CODE_POST].ids[row];
    post->unit = pulang_table_cell(table, row, at->unit);
    post->role = pulang_table_cell(table, row, at->role);
    if (place.text[0] == '\0')
        pulang_field_report(reader->findings, PULANG_FAULT, &place, _("name the place (places.csv)"),
                            _("the post has no place"));
    post->place = pulang_reader_code(reader, PULANG_CODE_PLACE, &place);
    post->min = read_seats(reader, table, row, at->min);
    post->target = read_seats(reader, table, row, at->target);
    post->max = read_seats(reader, table, row, at->max);
    post->open_min = read_seats(reader, table, row, at->open_min);
    post->requires = pulang_reader_skills(reader, &requires);
    post->prefers = pulang_reader_skills(reader, &prefers);
    pulang_reader_texts(reader, &contract, &post->contracts);
    post->min_merit = (int)read_fixed(reader, table, row, at->min_merit, PULANG_HUNDREDTHS, 0, 100, 0);
    post->priority = read_fixed(reader, table, row, at->priority, 1000, 0.001, 1e6, 1000);
    post->hours = read_fixed(reader, table, row, at->hours, PULANG_HUNDREDTHS, 0, 1e6, 0);
    post->pay = PULANG_NONE;
    pulang_field pay = pulang_field_cell(table, row, at->pay);
    pulang_field_amount(reader->findings, &pay, LARGEST_PAY, &post->pay);
    post->need = PULANG_NONE;
}

void pulang_read_posts(pulang_reader *reader) {
    pulang_instance *instance = reader->instance;
    const pulang_table *table = &instance->posts_table;
    pulang_reader_register(reader, PULANG_CODE_POST, table, pulang_table_column(table, "post"));
    instance->posts = pulang_reader_alloc(reader, table->n_rows, sizeof *instance->posts);
    if (reader->failed)
        return;
    instance->n_posts = table->n_rows;
    columns at = find_columns(table);
    for (int r = 0; r < table->n_rows && !reader->failed; r++)
        read_post(reader, table, &at, r, &instance->posts[r]);
}

/* need = sum(volume x norm) / effective hours (Permenpan-RB 1/2020). */
void pulang_read_workload(pulang_reader *reader, const pulang_table *table) {
    pulang_instance *instance = reader->instance;
    double *hours = pulang_reader_alloc(reader, instance->n_posts, sizeof *hours);
    bool *given = pulang_reader_alloc(reader, instance->n_posts, sizeof *given);
    for (int r = 0; r < table->n_rows && !reader->failed; r++) {
        pulang_field code = pulang_field_cell(table, r, pulang_table_column(table, "post"));
        pulang_field volume = pulang_field_cell(table, r, pulang_table_column(table, "volume"));
        pulang_field norm = pulang_field_cell(table, r, pulang_table_column(table, "norm_hours"));
        double amount = 0, each = 0;
        int post = pulang_reader_code(reader, PULANG_CODE_POST, &code);
        if (pulang_field_number(reader->findings, &volume, 0, 1e9, &amount))
            pulang_field_warn_grouped(reader->findings, &volume);
        pulang_field_number(reader->findings, &norm, 0, 1e6, &each);
        const pulang_field *cells[] = {&code, &volume, &norm};
        for (int i = 0; i < 3; i++)
            if (cells[i]->text[0] == '\0')
                pulang_field_report(reader->findings, PULANG_FAULT, cells[i],
                                    _("give the post, the yearly volume and the hours for each"),
                                    _("the cell must not be blank"));
        if (post >= 0) {
            hours[post] += amount * each;
            given[post] = true;
        }
    }
    for (int p = 0; p < instance->n_posts && !reader->failed; p++)
        if (given[p]) {
            double need = hours[p] / instance->scenario.effective_hours * PULANG_HUNDREDTHS;
            instance->posts[p].need = llround(fmin(need, (double)LARGEST_SEATS * PULANG_HUNDREDTHS));
        }
}

static void report_order(pulang_reader *reader, int row, const char *column, const char *other) {
    const pulang_table *table = &reader->instance->posts_table;
    pulang_field field = pulang_field_cell(table, row, pulang_table_column(table, column));
    char mend[160];
    snprintf(mend, sizeof mend, _("keep min <= target <= max: correct %s or %s"), column, other);
    pulang_field_report(reader->findings, PULANG_FAULT, &field, mend, _("%s is below %s (%s)"), column, other,
                        pulang_table_cell(table, row, pulang_table_column(table, other)));
}

static void report_closed(pulang_reader *reader, int row, const pulang_post *post) {
    const pulang_table *table = &reader->instance->posts_table;
    pulang_field field = pulang_field_cell(table, row, pulang_table_column(table, "open_min"));
    pulang_field_report(reader->findings, PULANG_FAULT, &field, _("lower open_min, or raise max"),
                        _("the post could never open: it has max %d"), post->max);
}

/* Heads by workload analysis, between min and max. */
static int seats_by_need(pulang_reader *reader, int row, const pulang_post *post) {
    int64_t heads = (post->need + PULANG_HUNDREDTHS / 2) / PULANG_HUNDREDTHS;
    int seats = heads > post->min ? (int)heads : post->min;
    if (post->max == BLANK || seats <= post->max)
        return seats;
    const pulang_table *table = &reader->instance->posts_table;
    pulang_field field = pulang_field_cell(table, row, pulang_table_column(table, "max"));
    pulang_field_report(reader->findings, PULANG_WARNING, &field, _("raise max, or review workload.csv"),
                        _("the workload needs %.2f people, more than max"),
                        (double)post->need / PULANG_HUNDREDTHS);
    return post->max;
}

static void resolve_seats(pulang_reader *reader, int row, pulang_post *post) {
    bool targeted = post->target != BLANK || post->need != PULANG_NONE;
    if (post->target != BLANK && post->target < post->min)
        report_order(reader, row, "target", "min");
    if (post->max != BLANK && post->max < post->target)
        report_order(reader, row, "max", "target");
    else if (post->max != BLANK && post->max < post->min)
        report_order(reader, row, "max", "min");
    post->min = post->min == BLANK ? 0 : post->min;
    if (post->target == BLANK && post->need != PULANG_NONE)
        post->target = seats_by_need(reader, row, post);
    else if (post->target == BLANK)
        post->target = post->max != BLANK ? post->max : post->min;
    if (post->max == BLANK)
        post->max = targeted ? post->target : PULANG_UNLIMITED;
    if (post->open_min > post->max && post->max >= post->target)
        report_closed(reader, row, post);
    post->open_min = post->open_min == BLANK ? 0 : post->open_min;
    /* After a fault too the order holds, for the checks that follow. */
    post->target = post->target < post->min ? post->min : post->target;
    post->max = post->max < post->target ? post->target : post->max;
}

void pulang_read_seats(pulang_reader *reader) {
    for (int p = 0; p < reader->instance->n_posts; p++)
        resolve_seats(reader, p, &reader->instance->posts[p]);
}
