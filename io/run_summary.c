/* summary.json of a run, for io/run.c. */
#include "io/read_output.h"
#include "io/run_state.h"
#include "model/error.h"
#include "model/words.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define FILE_NAME "summary.json"

static const char *keep(pulang_run_reading *in, const char *text) {
    const char *copy = pulang_arena_copy(in->run->arena, text ? text : "", text ? strlen(text) : 0);
    in->failed |= !copy;
    return copy;
}

/* Zeroed; NULL, remembered, when memory is out. */
static void *room_for(pulang_run_reading *in, size_t n, size_t size) {
    void *room = pulang_arena_alloc(in->run->arena, n, size);
    in->failed |= !room;
    return room;
}

static void fault(pulang_run_reading *in, const char *member) {
    pulang_run_fault(in, FILE_NAME, 0, 0, _("solve again with this version of pulang"),
                     _("%s is missing or not as expected"), member);
}

/* ---- values in words ---- */

static void append_scalar(pulang_words *text, const pulang_json *value) {
    double number;
    bool boolean;
    if (pulang_json_to_real(value, &number))
        pulang_words_append(text, "%.10g", number);
    else if (pulang_json_to_boolean(value, &boolean))
        pulang_words_append(text, "%s", boolean ? "yes" : "no");
    else if (pulang_json_to_text(value))
        pulang_words_append(text, "%s", pulang_json_to_text(value));
}

/* An item of a list: its members joined by colons (a point of the curve is 30:0.8), or the value itself. */
static void append_item(pulang_words *text, const pulang_json *item) {
    const char *key = NULL;
    const pulang_json *value = NULL;
    bool first = true;
    if (!pulang_json_is_object(item)) {
        append_scalar(text, item);
        return;
    }
    for (void *i = NULL; pulang_json_next(item, &i, &key, &value); first = false) {
        if (!first)
            pulang_words_append(text, ":");
        append_scalar(text, value);
    }
}

static const char *text_of(pulang_run_reading *in, const pulang_json *value) {
    pulang_words text = {0};
    if (!pulang_json_is_array(value))
        append_scalar(&text, value);
    for (size_t i = 0; pulang_json_is_array(value) && i < pulang_json_length(value); i++) {
        if (i > 0)
            pulang_words_append(&text, ", ");
        append_item(&text, pulang_json_at(value, i));
    }
    const char *kept = pulang_words_take(&text, in->run->arena);
    pulang_words_clear(&text);
    in->failed |= !kept;
    return kept;
}

static void read_settings(pulang_run_reading *in, const pulang_json *members, pulang_run_settings *settings) {
    const char *key = NULL;
    const pulang_json *value = NULL;
    settings->items = room_for(in, pulang_json_length(members), sizeof *settings->items);
    for (void *i = NULL; !in->failed && pulang_json_next(members, &i, &key, &value);)
        settings->items[settings->n++] = (pulang_run_setting){keep(in, key), text_of(in, value)};
}

/* ---- members ---- */

static bool read_level(pulang_run_reading *in, const pulang_json *stated, pulang_run_level *level) {
    const char *name = pulang_json_to_text(pulang_json_get(stated, "name"));
    const char *value = in->run->today ? "status_quo" : "value";
    if (!name || !pulang_json_to_integer(pulang_json_get(stated, value), &level->value))
        return false;
    level->name = keep(in, name);
    level->bound = INT64_MIN;
    if (in->run->today)
        return true;
    return pulang_output_read_bound(stated, &level->bound) &&
           pulang_json_to_boolean(pulang_json_get(stated, "proven"), &level->proven);
}

static void read_levels(pulang_run_reading *in, const pulang_json *document) {
    const pulang_json *stated = pulang_json_get(document, "levels");
    size_t n = pulang_json_length(stated);
    bool good = pulang_json_is_array(stated) && n > 0 && n < INT_MAX;
    pulang_run_level *levels = good ? room_for(in, n, sizeof *levels) : NULL;
    for (size_t l = 0; levels && good && l < n; l++)
        good = read_level(in, pulang_json_at(stated, l), &levels[l]);
    if (!good) {
        fault(in, "levels");
        return;
    }
    in->run->levels = levels;
    in->run->n_levels = (int)n;
}

static void read_figures(pulang_run_reading *in, const pulang_json *document) {
    const pulang_json *stated = pulang_json_get(document, "indicators"), *figure = NULL;
    const char *name = NULL;
    pulang_run *run = in->run;
    if (!pulang_json_is_object(stated)) {
        fault(in, "indicators");
        return;
    }
    run->figures = room_for(in, pulang_json_length(stated), sizeof *run->figures);
    for (void *i = NULL; !in->failed && pulang_json_next(stated, &i, &name, &figure);) {
        pulang_run_figure *read = &run->figures[run->n_figures++];
        read->name = keep(in, name);
        read->unit = keep(in, pulang_json_to_text(pulang_json_get(figure, "unit")));
        read->value = NAN;
        if (!pulang_json_to_real(pulang_json_get(figure, run->today ? "status_quo" : "plan"), &read->value))
            fault(in, "indicators");
        if (strcmp(name, "placed") == 0)
            in->placed = read->value;
        if (strcmp(name, "short") == 0)
            in->missing = read->value;
    }
}

static void read_rules(pulang_run_reading *in, const pulang_json *document) {
    const pulang_json *stated = pulang_json_get(document, "rules");
    pulang_run *run = in->run;
    if (!pulang_json_is_array(stated) || pulang_json_length(stated) > INT_MAX) {
        fault(in, "rules");
        return;
    }
    size_t n = pulang_json_length(stated);
    run->rules = room_for(in, n, sizeof *run->rules);
    for (size_t q = 0; !in->failed && q < n; q++) {
        const pulang_json *rule = pulang_json_at(stated, q);
        pulang_run_rule *read = &run->rules[run->n_rules++];
        read->name = keep(in, pulang_json_to_text(pulang_json_get(rule, "name")));
        if (!pulang_json_to_boolean(pulang_json_get(rule, "on"), &read->on))
            fault(in, "rules");
        read_settings(in, rule, &read->fields);
    }
}

void pulang_run_read_asked(pulang_run_reading *in, const pulang_json *document) {
    const pulang_json *scenario = pulang_json_get(document, "scenario");
    if (pulang_json_is_object(scenario))
        read_settings(in, scenario, &in->run->settings);
    else
        fault(in, "scenario");
    read_rules(in, document);
}

static void read_members(pulang_run_reading *in, const pulang_json *document) {
    pulang_run *run = in->run;
    const pulang_json *inputs = pulang_json_get(document, "inputs");
    run->title = keep(in, pulang_json_to_text(pulang_json_get(document, "title")));
    read_levels(in, document);
    read_figures(in, document);
    if (pulang_json_is_object(inputs))
        read_settings(in, inputs, &run->inputs);
    else
        fault(in, "inputs");
    if (!run->today) /* of which nothing was asked */
        pulang_run_read_asked(in, document);
}

bool pulang_run_read_summary(pulang_run_reading *in) {
    char path[PATH_MAX], shown[PATH_MAX];
    pulang_error error;
    pulang_json *document = NULL;
    snprintf(path, sizeof path, "%s/%s", in->run->folder, FILE_NAME);
    snprintf(shown, sizeof shown, "%s", FILE_NAME);
    pulang_status status = pulang_json_read(path, shown, &document, &error);
    if (status != PULANG_OK) {
        in->failed |= status == PULANG_ERROR_MEMORY;
        pulang_run_fault(in, FILE_NAME, error.line, error.column,
                         status == PULANG_ERROR_IO ? _("name a folder that pulang solve has written") : "",
                         "%s", error.message);
        return false;
    }
    bool plan = false;
    const char *state = pulang_json_to_text(pulang_json_get(document, "status"));
    bool known = state && pulang_json_to_boolean(pulang_json_get(document, "plan"), &plan);
    in->run->status = keep(in, in->run->today ? "" : state);
    if (!known)
        pulang_run_fault(in, FILE_NAME, 0, 0, _("name a folder that pulang solve has written"), "%s",
                         _("not the summary of an output folder"));
    else if (!plan)
        pulang_run_fault(in, FILE_NAME, 0, 0, _("pulang diagnose says why no plan is possible"),
                         _("there is no plan in this folder (%s)"), state);
    else
        read_members(in, document);
    pulang_json_free(document);
    return known && plan;
}
