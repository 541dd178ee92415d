#include "io/write_report_plan.h"

#include "io/level_text.h"
#include "model/alloc.h"
#include "model/error.h"

#include <math.h>
#include <string.h>

int pulang_report_name(pulang_report_names *names, const char *text) {
    int known = pulang_index_find(&names->index, text);
    if (known >= 0 || names->failed)
        return known;
    if (pulang_grow((void **)&names->names, &names->capacity, names->n + 1, sizeof *names->names) ||
        pulang_index_add(&names->index, text, (int)names->n)) {
        names->failed = true;
        return PULANG_NONE;
    }
    names->names[names->n] = text;
    return (int)names->n++;
}

static void names_clear(pulang_report_names *names) {
    pulang_index_clear(&names->index);
    pulang_free(names->names);
}

static void write_names(pulang_report_writer *writer, const char *key, const pulang_report_names *names) {
    pulang_json_open_array(writer->json, key);
    for (size_t i = 0; i < names->n; i++)
        pulang_json_text(writer->json, NULL, names->names[i]);
    pulang_json_close(writer->json);
}

void pulang_report_columns(pulang_report_writer *writer, const pulang_report_column *columns, int n_columns,
                           int n) {
    for (int c = 0; c < n_columns; c++) {
        pulang_json_open_array(writer->json, columns[c].name);
        for (int i = 0; i < n; i++)
            columns[c].write(writer, i);
        pulang_json_close(writer->json);
    }
}

/* ---- levels and figures ---- */

static void write_levels(pulang_report_writer *writer) {
    pulang_json_builder *json = writer->json;
    const pulang_plan *plan = writer->output->plan;
    pulang_json_open_array(json, "levels");
    for (int l = 0; l < plan->n_levels; l++) {
        const pulang_level_result *level = &plan->levels[l];
        pulang_json_open_object(json, NULL);
        pulang_json_text(json, "name", level->name);
        pulang_json_integer(json, "value", level->value);
        pulang_output_bound(json, level->bound);
        pulang_json_boolean(json, "proven", level->proven);
        pulang_json_integer(json, "status_quo", writer->output->today->value[l]);
        pulang_json_text(json, "text", pulang_level_text(&writer->instance->scenario.levels[l]));
        pulang_json_close(json);
    }
    pulang_json_close(json);
}

static void write_indicators(pulang_report_writer *writer) {
    pulang_json_builder *json = writer->json;
    const pulang_output *output = writer->output;
    pulang_json_open_array(json, "indicators");
    for (int i = 0; i < PULANG_N_INDICATORS; i++) {
        const pulang_indicator *plan = &output->figures[i], *today = &output->figures_today[i];
        /* the one who is farthest from home */
        bool hidden = writer->anonymous && i == PULANG_INDICATOR_HOME_KM_MAX;
        pulang_json_open_object(json, NULL);
        pulang_output_describe(json, plan);
        pulang_json_real(json, "plan", hidden ? NAN : plan->value, plan->decimals);
        pulang_json_real(json, "status_quo", hidden ? NAN : today->value, today->decimals);
        pulang_json_close(json);
    }
    pulang_json_close(json);
}

/* ---- places ---- */

static const pulang_place *place_at(const pulang_report_writer *writer, int i) {
    return &writer->instance->places[i];
}

static void place_id(pulang_report_writer *writer, int i) {
    pulang_json_text(writer->json, NULL, place_at(writer, i)->id);
}

static void place_name(pulang_report_writer *writer, int i) {
    pulang_json_text(writer->json, NULL, place_at(writer, i)->name);
}

static void place_district(pulang_report_writer *writer, int i) {
    pulang_json_integer(writer->json, NULL,
                        pulang_report_name(&writer->districts, place_at(writer, i)->district));
}

static void place_lat(pulang_report_writer *writer, int i) {
    const pulang_place *place = place_at(writer, i);
    pulang_json_real(writer->json, NULL, place->has_point ? place->lat : NAN, 5);
}

static void place_lon(pulang_report_writer *writer, int i) {
    const pulang_place *place = place_at(writer, i);
    pulang_json_real(writer->json, NULL, place->has_point ? place->lon : NAN, 5);
}

static void place_remoteness(pulang_report_writer *writer, int i) {
    pulang_json_real(writer->json, NULL, place_at(writer, i)->remoteness, 3);
}

static void write_places(pulang_report_writer *writer) {
    static const pulang_report_column columns[] = {
        {"id", place_id},   {"name", place_name}, {"district", place_district},
        {"lat", place_lat}, {"lon", place_lon},   {"remoteness", place_remoteness},
    };
    pulang_json_open_object(writer->json, "places");
    pulang_report_columns(writer, columns, sizeof columns / sizeof *columns, writer->instance->n_places);
    pulang_json_close(writer->json);
}

/* ---- posts ---- */

static const pulang_post *post_at(const pulang_report_writer *writer, int i) {
    return &writer->instance->posts[i];
}

static void post_id(pulang_report_writer *writer, int i) {
    pulang_json_text(writer->json, NULL, post_at(writer, i)->id);
}

static void post_place(pulang_report_writer *writer, int i) {
    pulang_json_integer(writer->json, NULL, post_at(writer, i)->place);
}

static void post_unit(pulang_report_writer *writer, int i) {
    pulang_json_integer(writer->json, NULL, pulang_report_name(&writer->units, post_at(writer, i)->unit));
}

static void post_role(pulang_report_writer *writer, int i) {
    pulang_json_integer(writer->json, NULL, pulang_report_name(&writer->roles, post_at(writer, i)->role));
}

static void post_min(pulang_report_writer *writer, int i) {
    pulang_json_integer(writer->json, NULL, post_at(writer, i)->min);
}

static void post_target(pulang_report_writer *writer, int i) {
    pulang_json_integer(writer->json, NULL, post_at(writer, i)->target);
}

static void post_max(pulang_report_writer *writer, int i) {
    if (post_at(writer, i)->max == PULANG_UNLIMITED)
        pulang_json_text(writer->json, NULL, NULL);
    else
        pulang_json_integer(writer->json, NULL, post_at(writer, i)->max);
}

static void post_filled(pulang_report_writer *writer, int i) {
    pulang_json_integer(writer->json, NULL, writer->output->evaluation->filled[i]);
}

static void post_today(pulang_report_writer *writer, int i) {
    pulang_json_integer(writer->json, NULL, writer->output->today->filled[i]);
}

static void post_why(pulang_report_writer *writer, int i) {
    pulang_json_integer(writer->json, NULL,
                        pulang_report_name(&writer->reasons, writer->output->reasons->post[i]));
}

static void write_posts(pulang_report_writer *writer) {
    static const pulang_report_column columns[] = {
        {"id", post_id},       {"place", post_place},   {"unit", post_unit}, {"role", post_role},
        {"min", post_min},     {"target", post_target}, {"max", post_max},   {"filled", post_filled},
        {"today", post_today}, {"why", post_why},
    };
    pulang_json_open_object(writer->json, "posts");
    pulang_report_columns(writer, columns, sizeof columns / sizeof *columns, writer->instance->n_posts);
    pulang_json_close(writer->json);
}

/* ---- the whole ---- */

static void write_lists(pulang_report_writer *writer) {
    write_names(writer, "districts", &writer->districts);
    write_names(writer, "roles", &writer->roles);
    write_names(writer, "units", &writer->units);
    write_names(writer, "categories", &writer->categories);
    write_names(writer, "reasons", &writer->reasons);
}

static pulang_status write_plan(pulang_report_writer *writer, pulang_error *error) {
    const pulang_plan *plan = writer->output->plan;
    pulang_json_text(writer->json, "status", pulang_output_status(plan));
    pulang_json_text(writer->json, "method", plan->method);
    pulang_json_real(writer->json, "gap", pulang_output_gap(plan), 9);
    write_levels(writer);
    write_indicators(writer);
    write_places(writer);
    write_posts(writer);
    pulang_status status = pulang_report_persons(writer, error);
    if (status == PULANG_OK)
        status = pulang_report_rules(writer, error);
    if (status == PULANG_OK)
        status = pulang_report_boundaries(writer, error);
    write_lists(writer);
    return status;
}

static bool failed(const pulang_report_writer *writer) {
    return writer->districts.failed || writer->roles.failed || writer->units.failed ||
           writer->categories.failed || writer->reasons.failed;
}

pulang_status pulang_write_report_plan(const pulang_output *output, bool anonymous, char **json,
                                       pulang_error *error) {
    pulang_report_writer writer = {.output = output,
                                   .instance = output->instance,
                                   .json = pulang_json_builder_new(),
                                   .anonymous = anonymous};
    char *text = NULL;
    pulang_status status = writer.json ? write_plan(&writer, error) : pulang_fail_memory(error);
    if (status == PULANG_OK) {
        text = failed(&writer) ? NULL : pulang_json_finish_compact(writer.json);
        status = text ? PULANG_OK : pulang_fail_memory(error);
    }
    pulang_json_builder_free(writer.json);
    names_clear(&writer.districts);
    names_clear(&writer.roles);
    names_clear(&writer.units);
    names_clear(&writer.categories);
    names_clear(&writer.reasons);
    if (status == PULANG_OK)
        *json = text;
    return status;
}
