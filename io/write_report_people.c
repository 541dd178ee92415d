/*
 * The persons of the page. An anonymous report numbers them in the order of their posts, then of what it
 * tells of their origin, so that the number tells nothing that the row does not.
 */
#include "io/distances.h"
#include "io/write_report.h"
#include "io/write_report_plan.h"
#include "model/alloc.h"
#include "model/distance.h"
#include "model/error.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- one by one ---- */

static const pulang_person *person_at(const pulang_report_writer *writer, int i) {
    return &writer->instance->persons[i];
}

static void write_km(pulang_report_writer *writer, int person, int post) {
    const pulang_instance *instance = writer->instance;
    int origin = instance->persons[person].origin;
    int32_t metres = origin == PULANG_NONE || post == PULANG_NONE
                         ? -1
                         : pulang_distance_metres(instance, origin, instance->posts[post].place);
    pulang_json_real(writer->json, NULL, metres < 0 ? NAN : metres / 1000.0, 1);
}

static void person_id(pulang_report_writer *writer, int i) {
    pulang_json_text(writer->json, NULL, person_at(writer, i)->id);
}

static void person_name(pulang_report_writer *writer, int i) {
    pulang_json_text(writer->json, NULL, person_at(writer, i)->name);
}

static void person_category(pulang_report_writer *writer, int i) {
    pulang_json_integer(writer->json, NULL,
                        pulang_report_name(&writer->categories, person_at(writer, i)->category));
}

static void person_origin(pulang_report_writer *writer, int i) {
    pulang_json_integer(writer->json, NULL, person_at(writer, i)->origin);
}

static void person_post(pulang_report_writer *writer, int i) {
    pulang_json_integer(writer->json, NULL, writer->output->plan->post[i]);
}

static void person_today(pulang_report_writer *writer, int i) {
    pulang_json_integer(writer->json, NULL, writer->output->status_quo[i]);
}

static void person_km(pulang_report_writer *writer, int i) {
    write_km(writer, i, writer->output->plan->post[i]);
}

static void person_km_today(pulang_report_writer *writer, int i) {
    write_km(writer, i, writer->output->status_quo[i]);
}

/* Nothing without phases. */
static void person_phase(pulang_report_writer *writer, int i) {
    if (writer->output->plan->phase)
        pulang_json_integer(writer->json, NULL, writer->output->plan->phase[i]);
}

static void person_why(pulang_report_writer *writer, int i) {
    pulang_json_integer(writer->json, NULL,
                        pulang_report_name(&writer->reasons, writer->output->reasons->person[i]));
}

static void write_persons(pulang_report_writer *writer, int n) {
    static const pulang_report_column columns[] = {
        {"id", person_id},         {"name", person_name},         {"category", person_category},
        {"origin", person_origin}, {"post", person_post},         {"today", person_today},
        {"km", person_km},         {"km_today", person_km_today}, {"phase", person_phase},
        {"why", person_why},
    };
    pulang_json_open_object(writer->json, "persons");
    pulang_report_columns(writer, columns, sizeof columns / sizeof *columns, n);
    pulang_json_close(writer->json);
}

/* ---- by number ---- */

static void row_id(pulang_report_writer *writer, int i) {
    char number[16];
    snprintf(number, sizeof number, "%d", i + 1);
    pulang_json_text(writer->json, NULL, number);
}

static void row_name(pulang_report_writer *writer, int i) {
    (void)i;
    pulang_json_text(writer->json, NULL, "");
}

static void row_category(pulang_report_writer *writer, int i) {
    (void)i;
    pulang_json_integer(writer->json, NULL, pulang_report_name(&writer->categories, ""));
}

static void row_none(pulang_report_writer *writer, int i) {
    (void)i;
    pulang_json_integer(writer->json, NULL, PULANG_NONE);
}

static void row_null(pulang_report_writer *writer, int i) {
    (void)i;
    pulang_json_text(writer->json, NULL, NULL);
}

static void row_nothing(pulang_report_writer *writer, int i) {
    (void)writer;
    (void)i;
}

static void row_post(pulang_report_writer *writer, int i) {
    pulang_json_integer(writer->json, NULL, writer->rows[i].post);
}

static void row_why(pulang_report_writer *writer, int i) {
    (void)i;
    pulang_json_integer(writer->json, NULL, pulang_report_name(&writer->reasons, ""));
}

static void row_district(pulang_report_writer *writer, int i) {
    pulang_json_integer(writer->json, NULL, writer->rows[i].district);
}

/* The same columns, of which only post and origin_district tell anything. */
static void write_rows(pulang_report_writer *writer, int n) {
    static const pulang_report_column columns[] = {
        {"id", row_id},
        {"name", row_name},
        {"category", row_category},
        {"origin", row_none},
        {"post", row_post},
        {"today", row_none},
        {"km", row_null},
        {"km_today", row_null},
        {"phase", row_nothing},
        {"why", row_why},
        {"origin_district", row_district},
    };
    pulang_json_open_object(writer->json, "persons");
    pulang_report_columns(writer, columns, sizeof columns / sizeof *columns, n);
    pulang_json_close(writer->json);
}

/* By post, those without one last; then by district. */
static int compare(const void *left, const void *right) {
    const pulang_report_row *a = left, *b = right;
    if (a->post != b->post)
        return (unsigned)a->post > (unsigned)b->post ? 1 : -1;
    return (a->district > b->district) - (a->district < b->district);
}

static pulang_status write_numbered(pulang_report_writer *writer, pulang_error *error) {
    int n = writer->instance->n_persons;
    int *district = pulang_alloc((size_t)n, sizeof *district);
    pulang_report_row *rows = pulang_alloc((size_t)n, sizeof *rows);
    pulang_status status =
        district && rows ? pulang_report_origins(writer, district, error) : pulang_fail_memory(error);
    if (status == PULANG_OK) {
        for (int p = 0; p < n; p++)
            rows[p] = (pulang_report_row){writer->output->plan->post[p], district[p]};
        qsort(rows, (size_t)n, sizeof *rows, compare);
        writer->rows = rows;
        write_rows(writer, n);
        writer->rows = NULL;
    }
    pulang_free(district);
    pulang_free(rows);
    return status;
}

/* ---- in sum ---- */

/* A number of heads; null where an anonymous report keeps it to itself, 0 too, since "fewer than five" would
   tell more. */
static void write_heads(pulang_report_writer *writer, int heads) {
    if (writer->anonymous && heads < PULANG_REPORT_FEWEST)
        pulang_json_text(writer->json, NULL, NULL);
    else
        pulang_json_integer(writer->json, NULL, heads);
}

static void flow_from(pulang_report_writer *writer, int i) {
    pulang_json_integer(writer->json, NULL, writer->flows[i].from);
}

static void flow_to(pulang_report_writer *writer, int i) {
    pulang_json_integer(writer->json, NULL, writer->flows[i].to);
}

static void flow_plan(pulang_report_writer *writer, int i) {
    write_heads(writer, writer->flows[i].plan);
}

static void flow_today(pulang_report_writer *writer, int i) {
    write_heads(writer, writer->flows[i].today);
}

static void write_ways(pulang_report_writer *writer, const pulang_flow *flows, int n) {
    static const pulang_report_column columns[] = {
        {"from", flow_from}, {"to", flow_to}, {"plan", flow_plan}, {"today", flow_today}};
    writer->flows = flows;
    pulang_json_open_object(writer->json, "flows");
    pulang_json_text(writer->json, "by", writer->anonymous ? "district" : "place");
    pulang_report_columns(writer, columns, sizeof columns / sizeof *columns, n);
    pulang_json_close(writer->json);
    writer->flows = NULL;
}

/* Ways with fewer heads than an anonymous report tells are left out; returns how many stay. */
static int keep_told(const pulang_report_writer *writer, pulang_flow *flows, int n) {
    int kept = 0;
    for (int i = 0; i < n; i++)
        if (!writer->anonymous || flows[i].plan >= PULANG_REPORT_FEWEST ||
            flows[i].today >= PULANG_REPORT_FEWEST)
            flows[kept++] = flows[i];
    return kept;
}

static pulang_status write_flows(pulang_report_writer *writer, pulang_error *error) {
    const pulang_instance *instance = writer->instance;
    pulang_flow *flows = NULL;
    int n = 0;
    int *zone = pulang_alloc((size_t)instance->n_places, sizeof *zone);
    if (!zone)
        return pulang_fail_memory(error);
    for (int i = 0; i < instance->n_places; i++)
        zone[i] = pulang_report_name(&writer->districts, instance->places[i].district);
    pulang_status status =
        pulang_flows_make(writer->output, writer->anonymous ? zone : NULL, &flows, &n, error);
    if (status == PULANG_OK)
        write_ways(writer, flows, keep_told(writer, flows, n));
    pulang_free(flows);
    pulang_free(zone);
    return status;
}

static void write_class_heads(pulang_report_writer *writer, const char *name, const int *post_of) {
    int heads[PULANG_DISTANCE_CLASSES];
    pulang_distance_count(writer->instance, post_of, heads);
    pulang_json_open_array(writer->json, name);
    for (int c = 0; c < PULANG_DISTANCE_CLASSES; c++)
        write_heads(writer, heads[c]);
    pulang_json_close(writer->json);
}

static void write_distances(pulang_report_writer *writer) {
    pulang_json_builder *json = writer->json;
    pulang_json_open_object(json, "distances");
    pulang_json_open_array(json, "below");
    for (int c = 0; c < PULANG_DISTANCE_CLASSES - 1; c++)
        pulang_json_integer(json, NULL, pulang_distance_ends[c]);
    pulang_json_text(json, NULL, NULL);
    pulang_json_close(json);
    write_class_heads(writer, "plan", writer->output->plan->post);
    write_class_heads(writer, "today", writer->output->status_quo);
    pulang_json_close(json);
}

pulang_status pulang_report_persons(pulang_report_writer *writer, pulang_error *error) {
    int n = writer->instance->n_persons;
    bool many = n > PULANG_REPORT_MOST_PERSONS;
    pulang_status status = PULANG_OK;
    if (many)
        pulang_json_integer(writer->json, "persons_left_out", n);
    if (writer->anonymous && !many)
        status = write_numbered(writer, error);
    else
        write_persons(writer, many ? 0 : n);
    if (status == PULANG_OK && (many || writer->anonymous))
        status = write_flows(writer, error);
    if (status == PULANG_OK)
        write_distances(writer);
    return status;
}
