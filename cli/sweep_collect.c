/* What the runs of a sweep come to: frontier.csv, frontier.json, report.html, and a table on stdout. */
#include "cli/command.h"
#include "cli/sweep.h"
#include "io/atomic.h"
#include "io/write_report.h"
#include "model/alloc.h"
#include "model/error.h"

#include <stdio.h>
#include <string.h>

#define TABLE "frontier.csv"
#define DOCUMENT "frontier.json"
#define PAGE "report.html"

pulang_status sweep_remove_results(const char *folder, pulang_error *error) {
    static const char *const results[] = {TABLE, DOCUMENT, PAGE};
    pulang_batch *batch = NULL;
    pulang_status status = pulang_batch_new(folder, &batch, error);
    for (size_t i = 0; status == PULANG_OK && i < sizeof results / sizeof *results; i++)
        status = pulang_batch_remove(batch, results[i], error);
    if (status == PULANG_OK)
        status = pulang_batch_commit(batch, error);
    pulang_batch_free(batch);
    return status;
}

/* The page of the frontier alone. */
static pulang_status add_page(const pulang_frontier *frontier, const char *json, pulang_batch *batch,
                              pulang_error *error) {
    const pulang_report report = {.title = frontier->instance->scenario.title, .frontier = json};
    char *html = NULL;
    pulang_status status = pulang_write_report(&report, &html, error);
    if (status == PULANG_OK)
        status = pulang_batch_add(batch, PAGE, html, strlen(html), error);
    pulang_free(html);
    return status;
}

static pulang_status add_table(const pulang_frontier *frontier, pulang_batch *batch, pulang_error *error) {
    pulang_csv_writer csv =
        pulang_csv_writer_begin(pulang_csv_dialect_of(frontier->instance->persons_table.separator));
    pulang_write_frontier_csv(frontier, &csv);
    pulang_status status =
        csv.failed ? pulang_fail_memory(error) : pulang_batch_add(batch, TABLE, csv.bytes, csv.length, error);
    pulang_csv_writer_clear(&csv);
    return status;
}

static pulang_status write_results(const pulang_frontier *frontier, const char *folder, const char *json,
                                   pulang_error *error) {
    pulang_batch *batch = NULL;
    pulang_status status = pulang_batch_new(folder, &batch, error);
    if (status == PULANG_OK)
        status = add_table(frontier, batch, error);
    if (status == PULANG_OK)
        status = add_page(frontier, json, batch, error);
    if (status == PULANG_OK)
        status = pulang_batch_add(batch, DOCUMENT, json, strlen(json), error);
    if (status == PULANG_OK)
        status = pulang_batch_commit(batch, error);
    pulang_batch_free(batch);
    return status;
}

/* Of the points together: a limit that was reached, or that no point has a plan. */
static int outcome_code(const pulang_frontier *frontier) {
    bool limit = false, plan = false;
    for (int i = 0; i < frontier->n_points; i++) {
        limit = limit || strcmp(frontier->points[i].status, "limit") == 0;
        plan = plan || frontier->points[i].plan;
    }
    return limit ? EXIT_LIMIT : plan ? EXIT_SOLVED : EXIT_INFEASIBLE;
}

int sweep_collect(const sweep_job *job, bool as_json) {
    pulang_frontier *frontier = NULL;
    pulang_error error;
    char *json = NULL;
    pulang_status status =
        pulang_frontier_read(&job->sweep, job->instance, job->folders->out, &frontier, &error);
    if (status == PULANG_OK && !(json = pulang_write_frontier_json(frontier)))
        status = pulang_fail_memory(&error);
    if (status == PULANG_OK)
        status = write_results(frontier, job->folders->out, json, &error);
    int code = status == PULANG_OK ? outcome_code(frontier) : report_error(&error);
    if (status == PULANG_OK && as_json)
        fputs(json, stdout);
    else if (status == PULANG_OK && !job->quiet)
        sweep_print(frontier);
    pulang_free(json);
    pulang_frontier_free(frontier);
    return code;
}
