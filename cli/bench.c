/*
 * pulang bench FILE...: instances of the literature, solved and checked, a JSON row each.
 */
#include "cli/bench.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/number.h"
#include "cli/peak.h"
#include "model/error.h"
#include "solver/limits.h"

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_REPEATS 1000
#define MOST_SECONDS 1000000
#define DEFAULT_SECONDS 120

/* Of options without a letter. */
enum { KEY_MAXIMISE = 256 };

static const struct argp_option options[] = {
    {"threads", 't', "N", 0, N_("use up to N threads (default: 1)"), 0},
    {"repeat", 'r', "K", 0, N_("solve each K times; seconds_solve is the median (default: 1)"), 0},
    {"time", 'T', "S", 0,
     N_("stop the search on a generalized assignment problem after S seconds (default: 120; 0: never)"), 0},
    {"maximise", KEY_MAXIMISE, NULL, 0,
     N_("generalized assignment: the costs are to be high (gap1 to gap12 are known to be so)"), 0},
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
    case 'T':
        arguments->seconds = number_argument(argument, 0, MOST_SECONDS, "time", state);
        return 0;
    case KEY_MAXIMISE:
        arguments->maximise = true;
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

/* Name without folder and ending; of one of several problems with its number, or, in the OR-Library's files
   of a type (gapa, gapb), as the literature calls it: type, agents, jobs. NULL: out of memory. */
static char *name_instance(const char *path, const pulang_benchmark *b, int number) {
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    int length = dot && dot > name ? (int)(dot - name) : (int)strlen(name), done;
    char *instance;
    if (!b->several)
        done = asprintf(&instance, "%.*s", length, name);
    else if (length == 4 && strncmp(name, "gap", 3) == 0 && name[3] >= 'a' && name[3] <= 'e')
        done = asprintf(&instance, "%c%02d%03d", name[3], b->gaps[number]->n_agents, b->gaps[number]->n_jobs);
    else
        done = asprintf(&instance, "%.*s-%d", length, name, number);
    return done < 0 ? NULL : instance;
}

/* Solves and prints a problem of the file. Returns an exit code. */
static int bench_problem(const bench_row *file, const pulang_benchmark *b, int number,
                         const bench_arguments *arguments) {
    bench_row row = *file;
    pulang_error error;
    char *instance = name_instance(row.file, b, number);
    if (!instance) {
        pulang_fail_memory(&error);
        return report_error(&error);
    }
    row.instance = instance;
    pulang_status status = b->gaps ? bench_gap(b->gaps[number], arguments, &row, &error)
                                   : bench_core(b, arguments, &row, &error);
    if (status == PULANG_OK)
        status = bench_print(&row, &error);
    int code = status == PULANG_OK ? bench_judge(&row) : report_error(&error);
    free(instance);
    return code;
}

static int worse(int a, int b) {
    return a > b ? a : b;
}

static pulang_status read_file(const char *path, bench_row *row, pulang_benchmark **benchmark,
                               pulang_error *error) {
    peak_reset();
    double begin = pulang_clock();
    pulang_status status = pulang_benchmark_read(path, benchmark, error);
    if (status != PULANG_OK)
        return status;
    row->file = path;
    row->format = (*benchmark)->format;
    row->read = pulang_clock() - begin;
    status = pulang_benchmark_build(*benchmark, error);
    row->build = pulang_clock() - begin - row->read;
    return status;
}

static int bench(const char *path, const bench_arguments *arguments) {
    bench_row row = {0};
    pulang_benchmark *b = NULL;
    pulang_error error;
    int code = EXIT_SOLVED;
    if (read_file(path, &row, &b, &error) != PULANG_OK)
        code = report_error(&error);
    else if (!b->gaps)
        code = bench_problem(&row, b, 0, arguments);
    else
        for (int i = 0; i < b->n_gaps && !interrupt_requested(); i++)
            code = worse(code, bench_problem(&row, b, i, arguments));
    pulang_benchmark_free(b);
    return code;
}

int command_bench(int argc, char **argv) {
    static const struct argp argp = {
        .options = options,
        .parser = parse,
        .args_doc = "FILE...",
        .doc = N_(
            "Solves instances of the literature, checks each optimum by its dual prices, and prints a JSON "
            "row for each problem. The format is found by the content: OR-Library assignment (all costs, or "
            "a line for each pair) and generalized assignment, DIMACS .asn and .min, .knet, a plain binary "
            "matrix, and .sphere, places on the globe with computed costs.\v"
            "Examples:\n"
            "  pulang bench assign100.txt assign200.txt\n"
            "  pulang generate knet --kind A --persons 5000 --posts 925 -o a.knet\n"
            "  pulang bench --repeat 5 a.knet\n"
            "  pulang bench --time 60 gap1.txt gapa.txt\n\n"
            "Exit code 0: all are solved and proven, and the published optima are met; 1: a file cannot "
            "be read; 3: one has no optimum; 4: the time was up or Ctrl-C came before the end of a search; "
            "5: a proof does not hold. The largest counts."),
        .argp_domain = PULANG_TEXT_DOMAIN,
    };
    bench_arguments arguments = {.threads = 1, .repeat = 1, .seconds = DEFAULT_SECONDS};
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    int worst = EXIT_SOLVED;
    for (int i = 0; i < arguments.n_files && !interrupt_requested(); i++)
        worst = worse(worst, bench(arguments.files[i], &arguments));
    return interrupt_requested() ? worse(worst, EXIT_LIMIT) : worst;
}
