/*
 * The rows of pulang bench: times, what is printed, and what the result is worth.
 */
#include "cli/bench.h"
#include "cli/command.h"
#include "io/json.h"
#include "model/alloc.h"
#include "model/error.h"
#include "solver/limits.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare_seconds(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

pulang_status bench_repeat(int repeat, bench_solve *solve, void *user, double *seconds, pulang_error *error) {
    double *each = pulang_alloc((size_t)repeat, sizeof *each);
    pulang_status status = each ? PULANG_OK : pulang_fail_memory(error);
    for (int i = 0; i < repeat && status == PULANG_OK; i++) {
        double begin = pulang_clock();
        status = solve(user, error);
        each[i] = pulang_clock() - begin;
    }
    if (status == PULANG_OK) {
        qsort(each, (size_t)repeat, sizeof *each, compare_seconds);
        *seconds = each[repeat / 2];
    }
    pulang_free(each);
    return status;
}

static void add_number(pulang_json_builder *json, const char *key, bench_number number) {
    if (number.exists)
        pulang_json_integer(json, key, number.value);
    else
        pulang_json_text(json, key, NULL);
}

/* As a part of the objective, and where that is 0, of 1. */
static void add_gap(pulang_json_builder *json, const bench_row *row) {
    double objective = (double)row->objective.value, bound = (double)row->bound.value;
    if (!row->objective.exists || !row->bound.exists)
        pulang_json_text(json, "gap", NULL);
    else if (row->objective.value == row->bound.value)
        pulang_json_integer(json, "gap", 0);
    else
        pulang_json_real(json, "gap", fabs(objective - bound) / fmax(fabs(objective), 1), 6);
}

pulang_status bench_print(const bench_row *row, pulang_error *error) {
    pulang_json_builder *json = pulang_json_builder_new();
    if (!json)
        return pulang_fail_memory(error);
    pulang_json_text(json, "file", row->file);
    pulang_json_text(json, "instance", row->instance);
    pulang_json_text(json, "format", row->format);
    pulang_json_text(json, "status", row->status);
    add_number(json, "objective", row->objective);
    add_number(json, "bound", row->bound);
    add_gap(json, row);
    add_number(json, "known", row->known);
    add_number(json, "violation", row->violation);
    add_number(json, "root_bound", row->root_bound);
    add_number(json, "nodes", row->nodes);
    pulang_json_real(json, "seconds_read", row->read, 6);
    pulang_json_real(json, "seconds_build", row->build, 6);
    pulang_json_real(json, "seconds_solve", row->solve, 6);
    pulang_json_real(json, "seconds_verify", row->verify, 6);
    pulang_json_real(json, "peak_mib", row->peak, 1);
    pulang_json_boolean(json, "certificate", row->certificate);
    pulang_json_text(json, "method", row->method);
    pulang_json_integer(json, "n", row->n);
    pulang_json_integer(json, "m", row->m);
    char *line = pulang_json_finish_line(json);
    pulang_json_builder_free(json);
    if (!line)
        return pulang_fail_memory(error);
    fputs(line, stdout);
    fflush(stdout); /* the next may take long */
    pulang_free(line);
    return PULANG_OK;
}

static bool is_better(const bench_row *row, int64_t a, int64_t b) {
    return row->maximise ? a > b : a < b;
}

/* Whether the plan is better than the published optimum, or the bound says that there is no such plan. */
static bool contradicts_known(const bench_row *row) {
    if (!row->known.exists)
        return false;
    return (row->objective.exists && is_better(row, row->objective.value, row->known.value)) ||
           (row->bound.exists && is_better(row, row->known.value, row->bound.value));
}

int bench_judge(const bench_row *row) {
    if (row->wrong) {
        fprintf(stderr, _("pulang: %s: %s: the proof does not hold: %s\n"), row->file, row->instance,
                row->wrong);
        return EXIT_INTERNAL;
    }
    if (contradicts_known(row)) {
        long long known = row->known.value;
        if (row->optimal)
            fprintf(stderr, _("pulang: %s: the optimum of %s is %lld, the published one %lld\n"), row->file,
                    row->instance, (long long)row->objective.value, known);
        else
            fprintf(stderr,
                    _("pulang: %s: the published optimum of %s, %lld, is not between plan and bound\n"),
                    row->file, row->instance, known);
        return EXIT_INTERNAL;
    }
    if (row->optimal)
        return EXIT_SOLVED;
    bool is_limit = strcmp(row->status, "feasible") == 0 || strcmp(row->status, "limit") == 0;
    return is_limit ? EXIT_LIMIT : EXIT_INFEASIBLE;
}
