/*
 * quotas.csv with what the scenario changes of it. Filters are parsed when the persons, places and
 * posts are there.
 */
#include "io/read_share.h"
#include "model/column.h"
#include "model/error.h"
#include "model/nearest.h"
#include "model/penalty.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define LARGEST_BOUND 1e13
#define LARGEST_SHARED (LARGEST_BOUND / 10000) /* times the share */
#define LARGEST_WEIGHT 1e6

/* Columns of quotas.csv, looked up once. */
typedef struct columns {
    int quota, basis, each, persons, of, posts, measure, min, target, max, or_none, weight, tier, on;
} columns;

static columns find_columns(const pulang_table *table) {
    return (columns){
        .quota = pulang_table_column(table, "quota"),
        .basis = pulang_table_column(table, "basis"),
        .each = pulang_table_column(table, "each"),
        .persons = pulang_table_column(table, "persons"),
        .of = pulang_table_column(table, "of"),
        .posts = pulang_table_column(table, "posts"),
        .measure = pulang_table_column(table, "measure"),
        .min = pulang_table_column(table, "min"),
        .target = pulang_table_column(table, "target"),
        .max = pulang_table_column(table, "max"),
        .or_none = pulang_table_column(table, "or_none"),
        .weight = pulang_table_column(table, "weight"),
        .tier = pulang_table_column(table, "tier"),
        .on = pulang_table_column(table, "on"),
    };
}

/* A cell, or what the scenario puts in its place (changed is NULL where it puts nothing). */
static pulang_field field_of(const pulang_table *table, int row, int column,
                             const pulang_quota_override *override, const char *changed) {
    static const pulang_table yaml = {.decimal_comma = false};
    pulang_field field = pulang_field_cell(table, row, column);
    if (changed) {
        field.table = &yaml;
        field.text = changed;
        field.file = override->file;
        field.line = override->line;
        field.column = 0;
    }
    return field;
}

static const pulang_quota_override *find_override(const pulang_reader *reader, const char *name) {
    for (int i = 0; i < reader->n_overrides; i++)
        if (strcmp(reader->overrides[i].quota, name) == 0)
            return &reader->overrides[i];
    return NULL;
}

static pulang_filter *read_filter(pulang_reader *reader, const pulang_field *field, pulang_filter_kind kind) {
    pulang_filter *filter = NULL;
    const char *message = "";
    if (field->text[0] == '\0')
        return NULL;
    if (!pulang_filter_parse(reader->instance, kind, field->text, reader->instance->arena, &filter,
                             &message)) {
        if (message[0] == '\0')
            reader->failed = true;
        pulang_field_report(reader->findings, PULANG_FAULT, field,
                            _("write conditions like column=value joined by & (docs/files.md, Filters)"),
                            "%s", message);
    }
    return filter;
}

/* The column of the posts (or of their places) that makes the groups, by its canonical name. */
static const char *read_each(pulang_reader *reader, const pulang_field *field) {
    const pulang_instance *instance = reader->instance;
    pulang_column column;
    char mend[256];
    if (field->text[0] == '\0' || pulang_column_of_posts(instance, field->text, &column))
        return field->text;
    const char *near = pulang_column_nearest(instance, false, field->text, instance->arena);
    if (!near)
        reader->failed = true;
    if (near && near[0])
        snprintf(mend, sizeof mend, _("did you mean %s?"), near);
    else
        snprintf(mend, sizeof mend, "%s",
                 _("name a column of posts.csv or places.csv, or leave the cell blank"));
    pulang_field_report(reader->findings, PULANG_FAULT, field, mend, _("there is no such column: %s"),
                        field->text);
    return "";
}

static const struct {
    const char *name, *alias;
    pulang_measure measure;
} measures[] = {
    {"heads", "orang", PULANG_MEASURE_HEADS},
    {"moves", "mutasi", PULANG_MEASURE_MOVES},
    {"hours", "jam", PULANG_MEASURE_HOURS},
    {"pay", "gaji", PULANG_MEASURE_PAY},
};
#define N_MEASURES (int)(sizeof measures / sizeof *measures)

static void report_measure(pulang_reader *reader, const pulang_field *field) {
    const pulang_table *table = &reader->instance->persons_table;
    char mend[256];
    int near = pulang_nearest(field->text, table->columns, table->n_columns);
    const char *names[N_MEASURES];
    for (int i = 0; i < N_MEASURES; i++)
        names[i] = measures[i].name;
    int own = pulang_nearest(field->text, names, N_MEASURES);
    if (own >= 0 || near >= 0)
        snprintf(mend, sizeof mend, _("did you mean %s?"), own >= 0 ? names[own] : table->columns[near]);
    else
        snprintf(mend, sizeof mend, "%s",
                 _("write heads, moves, hours, pay or a numeric column of persons.csv"));
    pulang_field_report(reader->findings, PULANG_FAULT, field, mend, _("there is no such measure: %s"),
                        field->text);
}

/* Sets measure and measure_text; returns the column of persons.csv measured, PULANG_NONE: none. */
static int read_measure(pulang_reader *reader, const pulang_field *field, pulang_quota *quota) {
    quota->measure = PULANG_MEASURE_HEADS;
    quota->measure_text = measures[0].name;
    if (field->text[0] == '\0')
        return PULANG_NONE;
    for (int i = 0; i < N_MEASURES; i++)
        if (strcasecmp(field->text, measures[i].name) == 0 ||
            strcasecmp(field->text, measures[i].alias) == 0) {
            quota->measure = measures[i].measure;
            quota->measure_text = measures[i].name;
            return PULANG_NONE;
        }
    pulang_column column;
    if (!pulang_column_of_persons(reader->instance, field->text, &column) ||
        column.kind != PULANG_COLUMN_PERSON) {
        report_measure(reader, field);
        return PULANG_NONE;
    }
    quota->measure = PULANG_MEASURE_COLUMN;
    quota->measure_text = column.table->columns[column.index];
    return column.index;
}

static int64_t column_amount(pulang_reader *reader, const pulang_quota *quota, int person, int column) {
    const pulang_table *table = &reader->instance->persons_table;
    pulang_field field = pulang_field_cell(table, person, column);
    double value = 0;
    double largest = quota->share ? LARGEST_SHARED : LARGEST_BOUND;
    bool counted = field.text[0] && pulang_quota_factor(reader->instance, quota, person) != 0;
    if (counted && (!pulang_table_number(table, field.text, &value) || value < 0 || value > largest)) {
        pulang_field_report(reader->findings, PULANG_FAULT, &field,
                            _("write a number from 0 on, or correct the measure of the quota"),
                            _("the quota %s (line %d) measures this column, but this is no amount"),
                            quota->name, quota->line);
        return 0;
    }
    return counted ? llround(value * PULANG_HUNDREDTHS) : 0;
}

/* The coarsest scale in which all amounts seen (hundredths) are whole: 1, 10 or 100. */
static void refine(int64_t *scale, int64_t hundredths) {
    if (hundredths % 10 != 0)
        *scale = 100;
    else if (hundredths % 100 != 0 && *scale < 10)
        *scale = 10;
}

static void scale_posts(const pulang_instance *instance, pulang_quota *quota) {
    for (int j = 0; j < instance->n_posts; j++) {
        const pulang_post *post = &instance->posts[j];
        if (quota->measure == PULANG_MEASURE_PAY && post->pay != PULANG_NONE)
            refine(&quota->scale, post->pay);
        if (quota->target_is_work)
            refine(&quota->scale, post->hours);
    }
}

/* What each person brings, and the scale; bounds are hundredths until then. */
static void read_amounts(pulang_reader *reader, pulang_quota *quota, int column) {
    const pulang_instance *instance = reader->instance;
    quota->scale = 1;
    if (quota->measure == PULANG_MEASURE_HEADS || quota->measure == PULANG_MEASURE_MOVES)
        return;
    int64_t *amount = pulang_reader_alloc(reader, instance->n_persons, sizeof *amount);
    if (!amount)
        return;
    for (int p = 0; p < instance->n_persons; p++) {
        const pulang_person *person = &instance->persons[p];
        amount[p] = quota->measure == PULANG_MEASURE_HOURS ? person->hours
                    : quota->measure == PULANG_MEASURE_PAY ? person->pay
                                                           : column_amount(reader, quota, p, column);
        refine(&quota->scale, amount[p]);
    }
    scale_posts(instance, quota);
    refine(&quota->scale, quota->min);
    refine(&quota->scale, quota->target);
    refine(&quota->scale, quota->max);
    for (int p = 0; p < instance->n_persons; p++)
        amount[p] = amount[p] * quota->scale / PULANG_HUNDREDTHS;
    quota->amount = quota->measure == PULANG_MEASURE_PAY ? NULL : amount;
}

/* A bound in hundredths; heads and moves are whole. */
static bool read_bound(pulang_reader *reader, const pulang_quota *quota, const pulang_field *field,
                       int64_t *bound) {
    int whole;
    if (quota->measure != PULANG_MEASURE_HEADS && quota->measure != PULANG_MEASURE_MOVES)
        return pulang_field_amount(reader->findings, field, LARGEST_BOUND, bound);
    if (!pulang_field_whole(reader->findings, field, 0, INT32_MAX, &whole))
        return false;
    *bound = (int64_t)whole * PULANG_HUNDREDTHS;
    return true;
}

static void read_target(pulang_reader *reader, pulang_quota *quota, const pulang_field *field) {
    bool work = strcasecmp(field->text, "work") == 0 || strcasecmp(field->text, "kerja") == 0;
    if (!work) {
        quota->has_target = read_bound(reader, quota, field, &quota->target);
        return;
    }
    if (quota->measure != PULANG_MEASURE_HOURS)
        pulang_field_report(reader->findings, PULANG_FAULT, field,
                            _("set the measure to hours, or write a number"),
                            _("only hours can be measured against the work of the posts"));
    quota->has_target = quota->target_is_work = quota->measure == PULANG_MEASURE_HOURS;
}

static void check_order(pulang_reader *reader, const pulang_quota *quota, const pulang_bound_fields *fields) {
    const pulang_field *min = &fields->min, *target = &fields->target, *max = &fields->max;
    bool fixed = quota->has_target && !quota->target_is_work;
    const char *mend = _("keep min <= target <= max");
    if (quota->has_min && quota->has_max && quota->min > quota->max)
        pulang_field_report(reader->findings, PULANG_FAULT, max, mend, _("%s is below %s (%s)"), "max", "min",
                            min->text);
    else if (quota->has_min && fixed && quota->min > quota->target)
        pulang_field_report(reader->findings, PULANG_FAULT, target, mend, _("%s is below %s (%s)"), "target",
                            "min", min->text);
    else if (quota->has_max && fixed && quota->target > quota->max)
        pulang_field_report(reader->findings, PULANG_FAULT, max, mend, _("%s is below %s (%s)"), "max",
                            "target", target->text);
}

static void read_tier(pulang_reader *reader, pulang_quota *quota, const pulang_field *field) {
    const pulang_scenario *scenario = &reader->instance->scenario;
    quota->tier = PULANG_TIER_HARD;
    if (field->text[0] == '\0' || strcasecmp(field->text, "hard") == 0)
        return;
    int level = pulang_scenario_level(scenario, field->text);
    if (level == PULANG_NONE) {
        pulang_field_report(reader->findings, PULANG_FAULT, field,
                            _("write hard, or a level; add new levels to `levels` in scenario.yaml"),
                            _("there is no such level: %s"), field->text);
        return;
    }
    quota->tier = level;
    if (scenario->levels[level].kind == PULANG_LEVEL_BALANCE && !quota->has_target)
        pulang_field_report(reader->findings, PULANG_FAULT, field, _("give the quota a target"),
                            _("a quota of the balance level needs a target"));
}

static void read_bounds(pulang_reader *reader, const pulang_bound_fields *fields, pulang_quota *quota) {
    if (pulang_share_meant(fields)) {
        pulang_read_share(reader, fields, quota);
        return;
    }
    quota->has_min = read_bound(reader, quota, &fields->min, &quota->min);
    read_target(reader, quota, &fields->target);
    quota->has_max = read_bound(reader, quota, &fields->max, &quota->max);
    pulang_field_yes(reader->findings, &fields->or_none, &quota->or_none);
    check_order(reader, quota, fields);
}

/* Only a hard minimum may be left to nobody: a price would not be convex. */
static void check_or_none(pulang_reader *reader, pulang_quota *quota, const pulang_field *field) {
    if (!quota->or_none || (quota->has_min && pulang_penalty_hard(reader->instance, quota)))
        return;
    if (!quota->has_min)
        pulang_field_report(reader->findings, PULANG_FAULT, field, _("give the quota a min"),
                            _("nobody or at least how many? There is no min"));
    else
        pulang_field_report(reader->findings, PULANG_FAULT, field,
                            _("make the tier hard, or leave or_none blank"),
                            _("only a hard minimum can hold for nobody or at least so many"));
    quota->or_none = false;
}

static void scale_bounds(pulang_quota *quota) {
    quota->min = quota->min * quota->scale / PULANG_HUNDREDTHS;
    quota->target = quota->target * quota->scale / PULANG_HUNDREDTHS;
    quota->max = quota->max * quota->scale / PULANG_HUNDREDTHS;
}

static void read_quota(pulang_reader *reader, const columns *at, int row, pulang_quota *quota) {
    static const pulang_quota_override none = {0};
    const pulang_table *table = &reader->instance->quotas_table;
    pulang_field each = pulang_field_cell(table, row, at->each);
    pulang_field persons = pulang_field_cell(table, row, at->persons);
    pulang_field posts = pulang_field_cell(table, row, at->posts);
    pulang_bound_fields bounds = {.of = pulang_field_cell(table, row, at->of),
                                  .or_none = pulang_field_cell(table, row, at->or_none)};
    pulang_field measure = pulang_field_cell(table, row, at->measure);
    quota->name = pulang_table_cell(table, row, at->quota);
    quota->basis = pulang_table_cell(table, row, at->basis);
    quota->line = table->lines[row];
    const pulang_quota_override *over = find_override(reader, quota->name);
    over = over ? over : &none;
    bounds.min = field_of(table, row, at->min, over, over->min);
    bounds.target = field_of(table, row, at->target, over, over->target);
    bounds.max = field_of(table, row, at->max, over, over->max);
    pulang_field weight = field_of(table, row, at->weight, over, over->weight);
    pulang_field tier = field_of(table, row, at->tier, over, over->tier);
    pulang_field on = field_of(table, row, at->on, over, over->on);
    quota->each = read_each(reader, &each);
    quota->persons = read_filter(reader, &persons, PULANG_FILTER_PERSONS);
    quota->of = read_filter(reader, &bounds.of, PULANG_FILTER_PERSONS);
    quota->posts = read_filter(reader, &posts, PULANG_FILTER_POSTS);
    quota->persons_text = persons.text;
    quota->of_text = bounds.of.text;
    quota->posts_text = posts.text;
    int column = read_measure(reader, &measure, quota);
    read_bounds(reader, &bounds, quota);
    quota->weight = 1000;
    pulang_field_fixed(reader->findings, &weight, 1000, 0.001, LARGEST_WEIGHT, &quota->weight);
    read_tier(reader, quota, &tier);
    check_or_none(reader, quota, &bounds.or_none);
    quota->on = true;
    pulang_field_yes(reader->findings, &on, &quota->on);
    read_amounts(reader, quota, column);
    scale_bounds(quota);
}

/* Names are how the scenario and the results speak of a quota: each needs its own. */
static void check_names(pulang_reader *reader) {
    const pulang_table *table = &reader->instance->quotas_table;
    pulang_index index = {0};
    for (int r = 0; r < table->n_rows && !reader->failed; r++) {
        pulang_field field = pulang_field_cell(table, r, pulang_table_column(table, "quota"));
        int first = pulang_index_find(&index, field.text);
        if (field.text[0] == '\0')
            pulang_field_report(reader->findings, PULANG_FAULT, &field, _("give the quota a name"),
                                _("the quota has no name"));
        else if (first >= 0)
            pulang_field_report(reader->findings, PULANG_FAULT, &field, _("give each quota its own name"),
                                _("the name is on line %d already"), table->lines[first]);
        else if (pulang_index_add(&index, field.text, r))
            reader->failed = true;
    }
    pulang_index_clear(&index);
}

static void check_overrides(pulang_reader *reader) {
    const pulang_table *table = &reader->instance->quotas_table;
    int column = pulang_table_column(table, "quota");
    const char **names = pulang_reader_alloc(reader, table->n_rows, sizeof *names);
    for (int r = 0; names && r < table->n_rows; r++)
        names[r] = pulang_table_cell(table, r, column);
    for (int i = 0; names && i < reader->n_overrides; i++) {
        bool known = false;
        for (int r = 0; r < table->n_rows; r++)
            known |= strcmp(names[r], reader->overrides[i].quota) == 0;
        if (known)
            continue;
        pulang_field field = pulang_field_line(reader->overrides[i].file, reader->overrides[i].line);
        field.text = reader->overrides[i].quota;
        char mend[256];
        int near = pulang_nearest(field.text, names, table->n_rows);
        if (near >= 0)
            snprintf(mend, sizeof mend, _("did you mean %s?"), names[near]);
        else
            snprintf(mend, sizeof mend, "%s", _("name a quota of quotas.csv"));
        pulang_field_report(reader->findings, PULANG_FAULT, &field, mend, _("there is no such quota: %s"),
                            field.text);
    }
}

void pulang_read_envy(pulang_reader *reader, const char *file) {
    pulang_instance *instance = reader->instance;
    pulang_field field = pulang_field_line(file, 0);
    field.heading = "envy.forbid";
    field.text = instance->scenario.envy_forbid;
    instance->envy_forbidden = *field.text != '\0';
    if (instance->envy_forbidden && strcmp(field.text, "all") != 0)
        instance->envy_posts = read_filter(reader, &field, PULANG_FILTER_POSTS);
}

void pulang_read_quotas(pulang_reader *reader) {
    pulang_instance *instance = reader->instance;
    const pulang_table *table = &instance->quotas_table;
    int64_t moves = instance->scenario.max_moves;
    instance->quotas = pulang_reader_alloc(reader, table->n_rows + 1, sizeof *instance->quotas);
    check_names(reader);
    check_overrides(reader);
    columns at = find_columns(table);
    for (int r = 0; r < table->n_rows && !reader->failed; r++)
        read_quota(reader, &at, r, &instance->quotas[instance->n_quotas++]);
    if (moves < 0 || reader->failed)
        return;
    instance->quotas[instance->n_quotas++] = (pulang_quota){
        .name = "limits.moves",
        .basis = "",
        .each = "",
        .persons_text = "",
        .of_text = "",
        .posts_text = "",
        .measure = PULANG_MEASURE_MOVES,
        .measure_text = "moves",
        .scale = 1,
        .has_max = true,
        .max = moves,
        .weight = 1000,
        .tier = PULANG_TIER_HARD,
        .on = true,
    };
}
