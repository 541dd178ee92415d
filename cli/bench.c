/*
 * pulang bench FILE...: instances of the literature, solved and checked, a JSON row each.
 */
#include "cli/command.h"
#include "cli/number.h"
#include "cli/peak.h"
#include "io/benchmark.h"
#include "io/json.h"
#include "io/known.h"
#include "model/alloc.h"
#include "model/error.h"
#include "solver/limits.h"
#include "solver/mincost.h"
#include "solver/spatial.h"
#include "solver/transport.h"

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_REPEATS 1000

typedef struct bench_arguments {
    char **files; /* [n_files] of argv */
    int n_files, threads, repeat;
} bench_arguments;

/* What came of an instance. */
typedef struct bench_result {
    pulang_benchmark *benchmark;
    pulang_transport_plan *placement; /* of one kind, */
    pulang_flow_plan *flow;           /* or of the other */
    char *instance;                   /* the file without folder and ending; owned */
    const char *status;
    bool optimal, certificate, has_known;
    const char *wrong; /* what the check says, "": nothing */
    int64_t objective, known;
    double read, build, solve, verify; /* seconds; solve: median */
    double peak;                       /* MiB */
} bench_result;

static const struct argp_option options[] = {
    {"threads", 't', "N", 0, N_("use up to N threads (default: 1)"), 0},
    {"repeat", 'r', "K", 0, N_("solve each K times; seconds_solve is the median (default: 1)"), 0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state) {
    bench_arguments *arguments = state->input;
    switch (key) {
    case 't':
        arguments->threads = number_argument(argument, 1, 1024, "threads", state);
        return 0;
    case 'r':
        arguments->repeat = number_argument(argument, 1, MOST_REPEATS, "repeat", state);
        return 0;
    case ARGP_KEY_ARGS:
        arguments->files = state->argv + state->next;
        arguments->n_files = state->argc - state->next;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "%s", _("which files?"));
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static int compare_seconds(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static pulang_status solve_once(bench_result *result, int threads, pulang_error *error) {
    const pulang_benchmark *b = result->benchmark;
    pulang_transport_settings settings = {.threads = threads};
    pulang_transport_plan_free(result->placement);
    pulang_flow_plan_free(result->flow);
    result->placement = NULL;
    result->flow = NULL;
    if (b->is_network)
        return pulang_mincost_solve(&b->network, NULL, NULL, &result->flow, error);
    if (b->spatial)
        return pulang_spatial_solve(b->spatial, &settings, &result->placement, error);
    return pulang_transport_solve(&b->transport, &settings, &result->placement, error);
}

static pulang_status solve_often(bench_result *result, const bench_arguments *arguments,
                                 pulang_error *error) {
    double seconds[MOST_REPEATS];
    for (int i = 0; i < arguments->repeat; i++) {
        double begin = pulang_clock();
        pulang_status status = solve_once(result, arguments->threads, error);
        if (status != PULANG_OK)
            return status;
        seconds[i] = pulang_clock() - begin;
    }
    qsort(seconds, (size_t)arguments->repeat, sizeof *seconds, compare_seconds);
    result->solve = seconds[arguments->repeat / 2];
    return PULANG_OK;
}

static bool check(bench_result *result, int threads) {
    const pulang_benchmark *b = result->benchmark;
    if (b->is_network)
        return pulang_flow_check(&b->network, result->flow, &result->wrong);
    if (b->spatial)
        return pulang_spatial_check(b->spatial, result->placement, threads, &result->wrong);
    return pulang_transport_check(&b->transport, result->placement, threads, &result->wrong);
}

static void verify(bench_result *result, int threads) {
    static const char *const outcomes[] = {[PULANG_FLOW_OPTIMAL] = "optimal",
                                           [PULANG_FLOW_INFEASIBLE] = "infeasible",
                                           [PULANG_FLOW_UNBOUNDED] = "unbounded",
                                           [PULANG_FLOW_STOPPED] = "limit"};
    const pulang_benchmark *b = result->benchmark;
    double begin = pulang_clock();
    result->certificate = check(result, threads);
    result->verify = pulang_clock() - begin;
    pulang_flow_outcome outcome = b->is_network                 ? result->flow->outcome
                                  : result->placement->feasible ? PULANG_FLOW_OPTIMAL
                                                                : PULANG_FLOW_INFEASIBLE;
    result->status = outcomes[outcome];
    result->optimal = outcome == PULANG_FLOW_OPTIMAL;
    result->objective = b->is_network ? result->flow->objective : result->placement->objective;
}

static pulang_status run(const char *path, const bench_arguments *arguments, bench_result *result,
                         pulang_error *error) {
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    result->instance = strndup(name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
    if (!result->instance)
        return pulang_fail_memory(error);
    peak_reset();
    double begin = pulang_clock();
    pulang_status status = pulang_benchmark_read(path, &result->benchmark, error);
    if (status != PULANG_OK)
        return status;
    result->read = pulang_clock() - begin;
    status = pulang_benchmark_build(result->benchmark, error);
    result->build = pulang_clock() - begin - result->read;
    if (status == PULANG_OK)
        status = solve_often(result, arguments, error);
    if (status != PULANG_OK)
        return status;
    verify(result, arguments->threads);
    result->peak = peak_mebibytes();
    result->has_known =
        pulang_known_optimum(result->instance, result->benchmark->transport.n_rows, &result->known);
    return PULANG_OK;
}

static void add_integer(pulang_json_builder *json, const char *key, bool exists, int64_t value) {
    if (exists)
        pulang_json_integer(json, key, value);
    else
        pulang_json_text(json, key, NULL);
}

static pulang_status print_row(const char *path, const bench_result *result, pulang_error *error) {
    const pulang_benchmark *b = result->benchmark;
    bool proven = result->optimal && result->certificate;
    bool has_cut = result->certificate && !b->is_network && !result->optimal;
    pulang_json_builder *json = pulang_json_builder_new();
    if (!json)
        return pulang_fail_memory(error);
    pulang_json_text(json, "file", path);
    pulang_json_text(json, "instance", result->instance);
    pulang_json_text(json, "format", b->format);
    pulang_json_text(json, "status", result->status);
    add_integer(json, "objective", result->optimal, result->objective);
    add_integer(json, "bound", proven, result->objective);
    add_integer(json, "gap", proven, 0);
    add_integer(json, "known", result->has_known, result->known);
    add_integer(json, "violation", has_cut, has_cut ? result->placement->violation : 0);
    pulang_json_real(json, "seconds_read", result->read, 6);
    pulang_json_real(json, "seconds_build", result->build, 6);
    pulang_json_real(json, "seconds_solve", result->solve, 6);
    pulang_json_real(json, "seconds_verify", result->verify, 6);
    pulang_json_real(json, "peak_mib", result->peak, 1);
    pulang_json_boolean(json, "certificate", result->certificate);
    pulang_json_text(json, "method", b->is_network ? "network-simplex" : "core");
    pulang_json_integer(json, "n", b->is_network ? b->network.n_nodes : b->transport.n_rows);
    pulang_json_integer(json, "m", b->is_network ? b->network.n_arcs : b->transport.n_posts);
    char *line = pulang_json_finish_line(json);
    pulang_json_builder_free(json);
    if (!line)
        return pulang_fail_memory(error);
    fputs(line, stdout);
    fflush(stdout); /* the next may take long */
    pulang_free(line);
    return PULANG_OK;
}

/* The exit code that the result deserves; says on stderr what is wrong. */
static int judge(const char *path, const bench_result *result) {
    if (result->optimal && result->has_known && result->objective != result->known) {
        fprintf(stderr, _("pulang: %s: the optimum %lld is not the published one, %lld\n"), path,
                (long long)result->objective, (long long)result->known);
        return EXIT_INTERNAL;
    }
    if (!result->certificate) {
        fprintf(stderr, _("pulang: %s: the proof does not hold: %s\n"), path, result->wrong);
        return EXIT_INTERNAL;
    }
    return result->optimal ? EXIT_SOLVED : EXIT_INFEASIBLE;
}

static int bench(const char *path, const bench_arguments *arguments) {
    bench_result result = {0};
    pulang_error error;
    pulang_status status = run(path, arguments, &result, &error);
    if (status == PULANG_OK)
        status = print_row(path, &result, &error);
    int code = status == PULANG_OK ? judge(path, &result) : report_error(&error);
    pulang_transport_plan_free(result.placement);
    pulang_flow_plan_free(result.flow);
    pulang_benchmark_free(result.benchmark);
    free(result.instance);
    return code;
}

int command_bench(int argc, char **argv) {
    static const struct argp argp = {
        .options = options,
        .parser = parse,
        .args_doc = "FILE...",
        .doc = N_(
            "Solves instances of the literature, checks each optimum by its dual prices, and prints a JSON "
            "row for each file. The format is found by the content: OR-Library assignment (all costs, or "
            "a line for each pair), DIMACS .asn and .min, .knet, a plain binary matrix, and "
            ".sphere, places on the globe with computed costs.\v"
            "Examples:\n"
            "  pulang bench assign100.txt assign200.txt\n"
            "  pulang generate knet --kind A --persons 5000 --posts 925 -o a.knet\n"
            "  pulang bench --repeat 5 a.knet\n\n"
            "Exit code 0: all are solved and proven, and the published optima are met; 1: a file cannot "
            "be read; 3: one has no optimum; 5: a proof does not hold. The largest counts."),
        .argp_domain = PULANG_TEXT_DOMAIN,
    };
    bench_arguments arguments = {.threads = 1, .repeat = 1};
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    int worst = EXIT_SOLVED;
    for (int i = 0; i < arguments.n_files; i++) {
        int code = bench(arguments.files[i], &arguments);
        worst = code > worst ? code : worst;
    }
    return worst;
}
