/* frontier.csv and frontier.json: the points of a sweep side by side. */
#include "io/frontier.h"

#include "io/json.h"
#include "io/output.h"
#include "model/table.h"

#include <math.h>
#include <stdio.h>

static void describe(pulang_indicator indicators[PULANG_N_INDICATORS]) {
    for (int i = 0; i < PULANG_N_INDICATORS; i++)
        indicators[i] = pulang_indicator_describe((pulang_indicator_id)i);
}

static void write_headings(const pulang_frontier *frontier, pulang_csv_writer *csv) {
    const pulang_scenario *scenario = &frontier->instance->scenario;
    char heading[256];
    for (int a = 0; a < frontier->sweep->n_axes; a++)
        pulang_csv_text(csv, frontier->sweep->axes[a].key);
    pulang_csv_text(csv, "run");
    pulang_csv_text(csv, "status");
    for (int l = 0; l < scenario->n_levels; l++) {
        snprintf(heading, sizeof heading, "level_%s", scenario->levels[l].name);
        pulang_csv_text(csv, heading);
        snprintf(heading, sizeof heading, "bound_%s", scenario->levels[l].name);
        pulang_csv_text(csv, heading);
    }
    for (int i = 0; i < PULANG_N_INDICATORS; i++)
        pulang_csv_text(csv, pulang_indicator_name((pulang_indicator_id)i));
    pulang_csv_end_row(csv);
}

static void write_levels(const pulang_frontier_point *point, int n_levels, pulang_csv_writer *csv) {
    for (int l = 0; l < n_levels; l++) {
        if (point->plan)
            pulang_csv_integer(csv, point->levels[l].value);
        else
            pulang_csv_blank(csv);
        if (point->plan && point->levels[l].bound > INT64_MIN)
            pulang_csv_integer(csv, point->levels[l].bound);
        else
            pulang_csv_blank(csv);
    }
}

void pulang_write_frontier_csv(const pulang_frontier *frontier, pulang_csv_writer *csv) {
    pulang_indicator indicators[PULANG_N_INDICATORS];
    describe(indicators);
    write_headings(frontier, csv);
    for (int p = 0; p < frontier->n_points; p++) {
        const pulang_frontier_point *point = &frontier->points[p];
        for (int a = 0; a < frontier->sweep->n_axes; a++)
            pulang_csv_text(csv, pulang_sweep_value(frontier->sweep, p, a));
        pulang_csv_text(csv, point->name);
        pulang_csv_text(csv, point->status);
        write_levels(point, frontier->instance->scenario.n_levels, csv);
        for (int i = 0; i < PULANG_N_INDICATORS; i++) {
            int decimals = indicators[i].decimals;
            if (point->plan)
                pulang_csv_fixed(csv, llround(point->figures[i] * pow(10, decimals)), decimals);
            else
                pulang_csv_blank(csv);
        }
        pulang_csv_end_row(csv);
    }
}

/* A number where the value is one, else its text. */
static void add_value(pulang_json_builder *json, const char *text) {
    static const pulang_table decimal_point;
    double number;
    if (!pulang_table_number(&decimal_point, text, &number))
        pulang_json_text(json, NULL, text);
    else if (number == floor(number) && fabs(number) < 1e15)
        pulang_json_integer(json, NULL, (int64_t)number);
    else
        pulang_json_real(json, NULL, number, 9);
}

static void add_settings(const pulang_sweep *sweep, pulang_json_builder *json) {
    pulang_json_open_array(json, "settings");
    for (int a = 0; a < sweep->n_axes; a++) {
        pulang_json_open_object(json, NULL);
        pulang_json_text(json, "key", sweep->axes[a].key);
        pulang_json_close(json);
    }
    pulang_json_close(json);
}

static void add_levels(const pulang_frontier_point *point, const pulang_scenario *scenario,
                       pulang_json_builder *json) {
    pulang_json_open_array(json, "levels");
    for (int l = 0; point->plan && l < scenario->n_levels; l++) {
        pulang_json_open_object(json, NULL);
        pulang_json_text(json, "name", scenario->levels[l].name);
        pulang_json_integer(json, "value", point->levels[l].value);
        pulang_output_bound(json, point->levels[l].bound);
        pulang_json_close(json);
    }
    pulang_json_close(json);
}

static void add_point(const pulang_frontier *frontier, int p, const pulang_indicator *indicators,
                      pulang_json_builder *json) {
    const pulang_frontier_point *point = &frontier->points[p];
    pulang_json_open_object(json, NULL);
    pulang_json_open_array(json, "values");
    for (int a = 0; a < frontier->sweep->n_axes; a++)
        add_value(json, pulang_sweep_value(frontier->sweep, p, a));
    pulang_json_close(json);
    pulang_json_text(json, "run", point->name);
    pulang_json_text(json, "status", point->status);
    add_levels(point, &frontier->instance->scenario, json);
    pulang_json_open_object(json, "indicators");
    for (int i = 0; i < PULANG_N_INDICATORS; i++)
        pulang_json_real(json, indicators[i].name, point->plan ? point->figures[i] : NAN,
                         indicators[i].decimals);
    pulang_json_close(json);
    pulang_json_close(json);
}

char *pulang_write_frontier_json(const pulang_frontier *frontier) {
    pulang_indicator indicators[PULANG_N_INDICATORS];
    pulang_json_builder *json = pulang_json_builder_new();
    if (!json)
        return NULL;
    describe(indicators);
    add_settings(frontier->sweep, json);
    pulang_json_open_array(json, "points");
    for (int p = 0; p < frontier->n_points; p++)
        add_point(frontier, p, indicators, json);
    pulang_json_close(json);
    pulang_json_open_array(json, "indicators");
    for (int i = 0; i < PULANG_N_INDICATORS; i++) {
        pulang_json_open_object(json, NULL);
        pulang_output_describe(json, &indicators[i]);
        pulang_json_close(json);
    }
    pulang_json_close(json);
    char *text = pulang_json_finish(json);
    pulang_json_builder_free(json);
    return text;
}
