/*
 * One run of a sweep. Its folder is that of pulang solve, but without any figure of the clock, so that the
 * same input and settings give the same bytes; run.json comes last and says that the run is whole. The
 * clock's figures are a row of timings.csv.
 */
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/sweep.h"
#include "io/atomic.h"
#include "io/json.h"
#include "io/output.h"
#include "model/alloc.h"
#include "model/error.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void sweep_path(const sweep_job *job, int point, const char *name, char *path, size_t size) {
    char run[PULANG_SWEEP_NAME];
    if (pulang_sweep_name(&job->sweep, point, run, NULL) != PULANG_OK)
        *run = '\0'; /* all names were made once before the first run */
    snprintf(path, size, "%s/runs/%s%s%s", job->folders->out, run, *name ? "/" : "", name);
}

static bool has_file(const sweep_job *job, int point, const char *name) {
    char path[PATH_MAX];
    sweep_path(job, point, name, path, sizeof path);
    return access(path, R_OK) == 0;
}

/* Whether the file holds exactly this text. */
static bool holds(const char *path, const char *text) {
    size_t length = strlen(text);
    char *found = pulang_alloc(length + 2, 1);
    FILE *file = found ? fopen(path, "rb") : NULL;
    bool same = file && fread(found, 1, length + 1, file) == length && memcmp(found, text, length) == 0;
    if (file)
        fclose(file);
    pulang_free(found);
    return same;
}

/* What a run with a plan has. */
static const char *const tables[] = {"placements.csv", "posts.csv", "quotas.csv", "units.csv", "envy.csv"};

/* Whether the files are there that the summary promises. */
static bool has_files(const sweep_job *job, int point) {
    char path[PATH_MAX];
    bool plan;
    sweep_path(job, point, "summary.json", path, sizeof path);
    bool whole = pulang_frontier_readable(job->instance, path, &plan);
    for (size_t i = 0; whole && plan && i < sizeof tables / sizeof *tables; i++)
        whole = has_file(job, point, tables[i]);
    return whole;
}

bool sweep_finished(const sweep_job *job, int point) {
    char path[PATH_MAX];
    char *record = pulang_sweep_record(&job->sweep, point, job->instance);
    sweep_path(job, point, PULANG_SWEEP_RECORD, path, sizeof path);
    bool finished = record && holds(path, record) && has_files(job, point);
    pulang_free(record);
    return finished;
}

void sweep_clear(const char *folder) {
    char path[PATH_MAX + NAME_MAX + 2];
    DIR *directory = opendir(folder);
    if (!directory)
        return;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        const char *end = strrchr(entry->d_name, '.');
        if (*entry->d_name != '.' || !end || strcmp(end, ".tmp") != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        unlink(path);
    }
    closedir(directory);
}

/* Takes the mark of a finished run away, and what a killed run has left half written. */
static void clear_run(const sweep_job *job, int point) {
    char path[PATH_MAX];
    sweep_path(job, point, PULANG_SWEEP_RECORD, path, sizeof path);
    unlink(path);
    sweep_path(job, point, "", path, sizeof path);
    sweep_clear(path);
}

static pulang_status write_record(const sweep_job *job, int point, const pulang_instance *instance,
                                  const char *folder, pulang_error *error) {
    pulang_batch *batch = NULL;
    char *record = pulang_sweep_record(&job->sweep, point, instance);
    pulang_status status = record ? pulang_batch_new(folder, &batch, error) : pulang_fail_memory(error);
    if (status == PULANG_OK)
        status = pulang_batch_add(batch, PULANG_SWEEP_RECORD, record, strlen(record), error);
    if (status == PULANG_OK)
        status = pulang_batch_commit(batch, error);
    pulang_batch_free(batch);
    pulang_free(record);
    return status;
}

/* Appends a row to timings.csv at one go, since several runs may do so at a time. */
static void write_timings(const sweep_job *job, const char *run, const pulang_instance *instance,
                          const pulang_plan *plan, double write_seconds) {
    char path[PATH_MAX], row[PULANG_SWEEP_NAME + 128];
    double read = instance->seconds_read, build = plan->seconds_build, solve_seconds = plan->seconds - build;
    pulang_csv_writer csv = pulang_csv_writer_begin(PULANG_CSV_PLAIN);
    pulang_csv_text(&csv, run);
    int name = (int)csv.length;
    int length = snprintf(row, sizeof row, "%.*s,%.3f,%.3f,%.3f,%.3f,%.3f\n", csv.failed ? 0 : name,
                          csv.failed ? "" : csv.bytes, read, build, solve_seconds, write_seconds,
                          read + build + solve_seconds + write_seconds);
    pulang_csv_writer_clear(&csv);
    snprintf(path, sizeof path, "%s/timings.csv", job->folders->out);
    int file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
    /* Nothing depends on it: a row that cannot be written is left out. */
    if (file < 0)
        return;
    if (write(file, row, (size_t)length) < 0)
        errno = 0;
    close(file);
}

/* Solves and writes. Until the plan is there a signal ends the process at once: there is nothing to lose. */
static pulang_status make(const sweep_job *job, int point, const pulang_instance *instance,
                          const char *folder, pulang_error *error) {
    pulang_plan *plan = NULL;
    pulang_settings settings;
    settings_make(&settings, instance, job->settings);
    settings.no_times = true;
    settings.tables_only = true;
    pulang_status status = pulang_solve(instance, &settings, &plan, error);
    interrupt_init(); /* from here on an end comes when the run is whole */
    if (status == PULANG_OK) {
        double begin = pulang_output_clock();
        status = pulang_output_write(instance, plan, &settings, folder, error);
        if (status == PULANG_OK)
            status = write_record(job, point, instance, folder, error);
        if (status == PULANG_OK)
            write_timings(job, strrchr(folder, '/') + 1, instance, plan, pulang_output_clock() - begin);
    }
    pulang_plan_free(plan);
    return status;
}

/* The summary of a point whose settings cannot hold, as the checks of the input say. */
static char *impossible_summary(const sweep_job *job, int point, const char *reason) {
    pulang_json_builder *json = pulang_json_builder_new();
    if (!json)
        return NULL;
    pulang_json_text(json, "title", job->instance->scenario.title);
    pulang_json_text(json, "version", PULANG_VERSION);
    pulang_json_text(json, "status", "infeasible");
    pulang_json_boolean(json, "plan", false);
    pulang_json_text(json, "reason", reason);
    pulang_json_open_object(json, "set");
    for (int i = 0; i < job->sweep.n_set; i++)
        pulang_json_text(json, job->sweep.set[i].key, job->sweep.set[i].value);
    for (int a = 0; a < job->sweep.n_axes; a++)
        pulang_json_text(json, job->sweep.axes[a].key, pulang_sweep_value(&job->sweep, point, a));
    pulang_json_close(json);
    char *text = pulang_json_finish(json);
    pulang_json_builder_free(json);
    return text;
}

static pulang_status write_impossible(const sweep_job *job, int point, const char *reason, const char *folder,
                                      pulang_error *error) {
    pulang_batch *batch = NULL;
    char *summary = impossible_summary(job, point, reason);
    pulang_status status = summary ? pulang_batch_new(folder, &batch, error) : pulang_fail_memory(error);
    for (size_t i = 0; status == PULANG_OK && i < sizeof tables / sizeof *tables; i++)
        status = pulang_batch_remove(batch, tables[i], error);
    if (status == PULANG_OK)
        status = pulang_batch_remove(batch, "certificate.json", error);
    if (status == PULANG_OK)
        status = pulang_batch_add(batch, "summary.json", summary, strlen(summary), error);
    if (status == PULANG_OK)
        status = pulang_batch_commit(batch, error);
    pulang_batch_free(batch);
    pulang_free(summary);
    return status;
}

static const char *first_fault(const pulang_findings *findings) {
    size_t i = 0;
    while (pulang_findings_at(findings, i)->severity != PULANG_FAULT)
        i++;
    return pulang_findings_at(findings, i)->message;
}

/*
 * The point's input has faults, although its settings are such as there may be. Where it has none without the
 * settings of the axes, these ask for what cannot be (more than there are seats), and there is no plan.
 */
static pulang_status settle_faults(const sweep_job *job, int point, const pulang_findings *faults,
                                   const char *folder, pulang_error *error) {
    pulang_instance *instance = NULL;
    pulang_findings *findings = pulang_findings_new();
    pulang_status status =
        findings ? pulang_instance_read_set(job->folders->dir, job->folders->scenario, job->sweep.set,
                                            job->sweep.n_set, findings, &instance, error)
                 : pulang_fail_memory(error);
    if (status == PULANG_OK)
        status = write_impossible(job, point, first_fault(faults), folder, error);
    if (status == PULANG_OK)
        status = write_record(job, point, instance, folder, error);
    pulang_instance_free(instance);
    pulang_findings_free(findings);
    return status;
}

int sweep_run(const sweep_job *job, int point) {
    char folder[PATH_MAX];
    pulang_override set[SET_MOST];
    pulang_instance *instance = NULL;
    pulang_error error;
    pulang_findings *findings = pulang_findings_new();
    sweep_path(job, point, "", folder, sizeof folder);
    clear_run(job, point);
    pulang_sweep_settings(&job->sweep, point, set);
    pulang_status status =
        findings ? pulang_instance_read_set(job->folders->dir, job->folders->scenario, set,
                                            job->sweep.n_set + job->sweep.n_axes, findings, &instance, &error)
                 : pulang_fail_memory(&error);
    if (status == PULANG_OK)
        status = make(job, point, instance, folder, &error);
    else if (status == PULANG_ERROR_INPUT)
        status = settle_faults(job, point, findings, folder, &error);
    int code = status == PULANG_OK ? EXIT_SOLVED : report_error(&error);
    pulang_instance_free(instance);
    pulang_findings_free(findings);
    return code;
}
