#include "io/output.h"

#include "io/atomic.h"
#include "io/write_geojson.h"
#include "io/write_report.h"
#include "io/write_workbook.h"
#include "model/alloc.h"
#include "model/error.h"
#include "model/exact.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* The files of a plan; summary.json is written with and without one. */
static const char *const plan_files[] = {
    "placements.csv",   "posts.csv",   "quotas.csv",   "units.csv",     "envy.csv",      "people.csv",
    "certificate.json", "report.html", "plan.geojson", "areas.geojson", "flows.geojson", "placements.xlsx"};

double pulang_output_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

bool pulang_output_moves(const pulang_output *output, int person) {
    int current = output->instance->persons[person].current;
    return current != PULANG_NONE && current != output->plan->post[person];
}

int pulang_output_step(const pulang_plan *plan, int level) {
    for (int s = 0; s < plan->n_steps; s++)
        if (plan->steps[s].kind == PULANG_STEP_LEVEL && plan->steps[s].level == level)
            return s;
    return PULANG_NONE;
}

int64_t pulang_output_price(const pulang_step *step, int i) {
    return pulang_exact_round(step->prices[i].price, step->scale);
}

void pulang_output_price_headings(const pulang_plan *plan, pulang_csv_writer *csv) {
    for (int l = 0; l < plan->n_levels; l++)
        if (pulang_output_step(plan, l) != PULANG_NONE) {
            char heading[256];
            snprintf(heading, sizeof heading, "price_%s", plan->levels[l].name);
            pulang_csv_text(csv, heading);
        }
}

static void output_clear(pulang_output *output) {
    pulang_free(output->status_quo);
    pulang_free(output->hours);
    pulang_evaluation_free(output->today);
    pulang_evaluation_free(output->evaluation);
    pulang_reasons_free(output->reasons);
    pulang_audit_free(output->audit);
}

static pulang_status evaluate_today(pulang_output *output, pulang_error *error) {
    const pulang_instance *instance = output->instance;
    output->status_quo = pulang_alloc((size_t)instance->n_persons, sizeof *output->status_quo);
    if (!output->status_quo)
        return pulang_fail_memory(error);
    pulang_status_quo(instance, output->status_quo);
    pulang_status status = pulang_check_plan(instance, output->status_quo, &output->today, error);
    if (status != PULANG_OK)
        return status;
    return pulang_indicators_compute(instance, output->status_quo, output->today, output->figures_today,
                                     error);
}

static pulang_status evaluate_plan(pulang_output *output, pulang_error *error) {
    const pulang_instance *instance = output->instance;
    const int *post_of = output->plan->post;
    output->hours = pulang_alloc((size_t)instance->n_posts, sizeof *output->hours);
    if (!output->hours)
        return pulang_fail_memory(error);
    for (int p = 0; p < instance->n_persons; p++)
        if (post_of[p] != PULANG_NONE)
            output->hours[post_of[p]] += instance->persons[p].hours;
    pulang_status status = pulang_check_plan(instance, post_of, &output->evaluation, error);
    if (status == PULANG_OK)
        status = pulang_indicators_compute(instance, post_of, output->evaluation, output->figures, error);
    if (status == PULANG_OK)
        status = pulang_reasons_new(output->plan, output->evaluation, &output->reasons, error);
    if (status == PULANG_OK)
        status = pulang_audit_new(instance, post_of, false, &output->audit, error);
    return status;
}

typedef pulang_status (*csv_function)(const pulang_output *, pulang_csv_writer *, pulang_error *);

static pulang_status make_table(const pulang_output *output, csv_function write, pulang_output_table *table,
                                pulang_error *error) {
    pulang_csv_writer csv = pulang_csv_writer_begin(output->dialect);
    pulang_status status = write(output, &csv, error);
    if (status == PULANG_OK && csv.failed)
        status = pulang_fail_memory(error);
    if (status != PULANG_OK) {
        pulang_csv_writer_clear(&csv);
        return status;
    }
    table->bytes = csv.bytes;
    table->length = csv.length;
    return PULANG_OK;
}

/* Clears the tables when one cannot be made. */
static pulang_status make_tables(const pulang_output *output, pulang_output_table *tables,
                                 pulang_error *error) {
    static const csv_function writers[PULANG_OUTPUT_TABLES] = {pulang_write_placements, pulang_write_posts,
                                                               pulang_write_quotas,     pulang_write_units,
                                                               pulang_write_envy,       pulang_write_people};
    pulang_status status = PULANG_OK;
    memset(tables, 0, PULANG_OUTPUT_TABLES * sizeof *tables);
    for (int i = 0; status == PULANG_OK && i < PULANG_OUTPUT_TABLES; i++) {
        tables[i].name = plan_files[i];
        if (writers[i] != pulang_write_people || output->people)
            status = make_table(output, writers[i], &tables[i], error);
    }
    if (status != PULANG_OK)
        pulang_output_tables_clear(tables);
    return status;
}

void pulang_output_tables_clear(pulang_output_table tables[PULANG_OUTPUT_TABLES]) {
    for (int i = 0; i < PULANG_OUTPUT_TABLES; i++) {
        pulang_free(tables[i].bytes);
        tables[i].bytes = NULL;
    }
}

static pulang_status stage_tables(const pulang_output *output, pulang_batch *batch, pulang_error *error) {
    pulang_output_table tables[PULANG_OUTPUT_TABLES];
    pulang_status status = make_tables(output, tables, error);
    if (status != PULANG_OK)
        return status;
    for (int i = 0; status == PULANG_OK && i < PULANG_OUTPUT_TABLES; i++)
        status = tables[i].bytes
                     ? pulang_batch_add(batch, tables[i].name, tables[i].bytes, tables[i].length, error)
                     : pulang_batch_remove(batch, tables[i].name, error);
    pulang_output_tables_clear(tables);
    return status;
}

static pulang_status stage_json(const pulang_output *output, pulang_batch *batch, const char *name,
                                char *(*write)(const pulang_output *), pulang_error *error) {
    char *text = write(output);
    pulang_status status =
        text ? pulang_batch_add(batch, name, text, strlen(text), error) : pulang_fail_memory(error);
    pulang_free(text);
    return status;
}

typedef pulang_status (*text_function)(const pulang_output *output, char **text, pulang_error *error);

static pulang_status make_report(const pulang_output *output, char **html, pulang_error *error) {
    pulang_report report = {
        .title = output->instance->scenario.title, .plan = output, .anonymous = output->settings->anonymous};
    return pulang_write_report(&report, html, error);
}

/* Stages a file that write makes; where it is not to be there, an older one is to go. */
static pulang_status stage_view(const pulang_output *output, pulang_batch *batch, const char *name,
                                bool there, text_function write, pulang_error *error) {
    char *text = NULL;
    if (!there)
        return pulang_batch_remove(batch, name, error);
    pulang_status status = write(output, &text, error);
    if (status == PULANG_OK)
        status = pulang_batch_add(batch, name, text, strlen(text), error);
    pulang_free(text);
    return status;
}

static const char workbook_name[] = "placements.xlsx";

static pulang_status stage_workbook(const pulang_output *output, pulang_batch *batch, pulang_error *error) {
    char *bytes = NULL;
    size_t length = 0;
    if (output->settings->tables_only || output->settings->anonymous)
        return pulang_batch_remove(batch, workbook_name, error);
    pulang_status status = pulang_write_workbook(output, &bytes, &length, error);
    if (status == PULANG_OK)
        status = pulang_batch_add(batch, workbook_name, bytes, length, error);
    pulang_free(bytes);
    return status;
}

/* What is for people to look at. */
static pulang_status stage_views(const pulang_output *output, pulang_batch *batch, pulang_error *error) {
    const struct {
        const char *name;
        bool there;
        text_function write;
    } views[] = {
        {"report.html", true, make_report},
        {"plan.geojson", true, pulang_write_points},
        {"areas.geojson", output->instance->boundaries, pulang_write_areas},
        {"flows.geojson", !output->settings->anonymous, pulang_write_lines},
    };
    pulang_status status = PULANG_OK;
    for (size_t i = 0; status == PULANG_OK && i < sizeof views / sizeof *views; i++)
        status = stage_view(output, batch, views[i].name, views[i].there && !output->settings->tables_only,
                            views[i].write, error);
    if (status == PULANG_OK)
        status = stage_workbook(output, batch, error);
    return status;
}

/* What pulang alternatives has said of an earlier plan goes with that plan. */
static pulang_status stage_removals(pulang_batch *batch, pulang_error *error) {
    static const char *const names[] = {"certain.csv", "alternatives.csv", "elsewhere.csv"};
    pulang_status status = PULANG_OK;
    for (size_t i = 0; status == PULANG_OK && i < sizeof names / sizeof *names; i++)
        status = pulang_batch_remove(batch, names[i], error);
    return status;
}

/* Stages the files of the plan; without one, those of an earlier plan are to go, for they would be
   taken for the result that summary.json tells of. */
static pulang_status stage(const pulang_output *output, pulang_batch *batch, pulang_error *error) {
    pulang_status status = stage_removals(batch, error);
    if (!output->plan->exists) {
        for (size_t i = 0; status == PULANG_OK && i < sizeof plan_files / sizeof *plan_files; i++)
            status = pulang_batch_remove(batch, plan_files[i], error);
    } else {
        status = stage_tables(output, batch, error);
        if (status == PULANG_OK)
            status = stage_views(output, batch, error);
    }
    if (status == PULANG_OK && (output->plan->exists || output->plan->n_steps > 0))
        status = stage_json(output, batch, "certificate.json", pulang_write_certificate, error);
    if (status == PULANG_OK)
        status = stage_json(output, batch, "summary.json", pulang_write_summary, error);
    return status;
}

/* Evaluates the status quo and the plan; output_clear in either case. */
static pulang_status output_begin(pulang_output *output, const pulang_instance *instance,
                                  const pulang_plan *plan, const pulang_settings *settings,
                                  pulang_error *error) {
    *output = (pulang_output){.instance = instance,
                              .plan = plan,
                              .settings = settings,
                              .dialect = pulang_csv_dialect_of(instance->persons_table.separator),
                              .people = plan->prices != NULL,
                              .begin = pulang_output_clock()};
    pulang_status status = evaluate_today(output, error);
    return status == PULANG_OK && plan->exists ? evaluate_plan(output, error) : status;
}

pulang_status pulang_output_tables(const pulang_instance *instance, const pulang_plan *plan, bool people,
                                   pulang_output_table tables[PULANG_OUTPUT_TABLES], pulang_error *error) {
    assert(plan->exists);
    pulang_output output;
    pulang_output_table made[PULANG_OUTPUT_TABLES];
    pulang_status status = output_begin(&output, instance, plan, NULL, error);
    output.people = people;
    if (status == PULANG_OK)
        status = make_tables(&output, made, error);
    if (status == PULANG_OK)
        memcpy(tables, made, sizeof made);
    output_clear(&output);
    return status;
}

pulang_status pulang_output_page(const pulang_instance *instance, const pulang_plan *plan, bool anonymous,
                                 const char *comparison, char **html, pulang_output_table *workbook,
                                 pulang_error *error) {
    assert(plan->exists);
    pulang_output output;
    char *page = NULL;
    pulang_output_table book = {.name = workbook_name};
    pulang_report report = {
        .title = instance->scenario.title, .plan = &output, .comparison = comparison, .anonymous = anonymous};
    pulang_status status = output_begin(&output, instance, plan, NULL, error);
    if (status == PULANG_OK)
        status = pulang_write_report(&report, &page, error);
    if (status == PULANG_OK && workbook)
        status = pulang_write_workbook(&output, &book.bytes, &book.length, error);
    output_clear(&output);
    if (status != PULANG_OK) {
        pulang_free(page);
        return status;
    }
    *html = page;
    if (workbook)
        *workbook = book;
    return PULANG_OK;
}

pulang_status pulang_output_write(const pulang_instance *instance, const pulang_plan *plan,
                                  const pulang_settings *settings, const char *out, pulang_error *error) {
    pulang_output output;
    pulang_batch *batch = NULL;
    pulang_status status = output_begin(&output, instance, plan, settings, error);
    if (status == PULANG_OK)
        status = pulang_batch_new(out, &batch, error);
    if (status == PULANG_OK)
        status = stage(&output, batch, error);
    if (status == PULANG_OK)
        status = pulang_batch_commit(batch, error);
    pulang_batch_free(batch);
    output_clear(&output);
    return status;
}
