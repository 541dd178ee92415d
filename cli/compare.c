/*
 * pulang compare OUT1 OUT2 ...: output folders side by side.
 */
#include "io/compare.h"
#include "cli/command.h"
#include "cli/comparison.h"
#include "cli/effects.h"
#include "cli/folders.h"
#include "cli/runs.h"
#include "io/write_compare.h"
#include "model/alloc.h"
#include "model/error.h"

#include <argp.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

typedef struct compare_arguments {
    const char *folders[RUNS_MOST];
    int n_folders;
    const char *out; /* NULL: nothing is written */
    const char *dir; /* what the folders were made from; NULL: changes are not tried on their own */
    const char *scenario;
    settings_arguments settings;
    bool today, all, csv, json, anonymise;
} compare_arguments;

enum { KEY_TODAY = 256, KEY_ALL, KEY_CSV, KEY_JSON, KEY_DIR, KEY_SCENARIO, KEY_ANONYMISE };

static const struct argp_option options[] = {
    {"output", 'o', "FOLDER", 0,
     N_("write comparison.csv, people.csv, comparison.json and report.html to FOLDER"), 0},
    {"dir", KEY_DIR, "DIR", 0,
     N_("solve the problem folder DIR with each change on its own, and say what it does"), 0},
    {"scenario", KEY_SCENARIO, "F", 0,
     N_("with --dir: the scenario of OUT1, where it is not DIR/scenario.yaml"), 0},
    {"anonymise", KEY_ANONYMISE, NULL, 0, N_("let nobody be picked out of report.html"), 0},
    {"status-quo", KEY_TODAY, NULL, 0, N_("add today, everybody where they are now, by OUT1"), 0},
    {"all", KEY_ALL, NULL, 0, N_("list everybody and everything"), 0},
    {"csv", KEY_CSV, NULL, 0, N_("print the figures as CSV"), 0},
    {"json", KEY_JSON, NULL, 0, N_("print the comparison as JSON"), 0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state) {
    compare_arguments *arguments = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->settings;
        return 0;
    case KEY_DIR:
        arguments->dir = argument;
        return 0;
    case KEY_SCENARIO:
        arguments->scenario = argument;
        return 0;
    case KEY_ANONYMISE:
        arguments->anonymise = true;
        return 0;
    case 'o':
        arguments->out = argument;
        return 0;
    case KEY_TODAY:
        arguments->today = true;
        return 0;
    case KEY_ALL:
        arguments->all = true;
        return 0;
    case KEY_CSV:
        arguments->csv = true;
        return 0;
    case KEY_JSON:
        arguments->json = true;
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->n_folders == RUNS_MOST)
            argp_error(state, _("at most %d output folders at a time"), RUNS_MOST);
        arguments->folders[arguments->n_folders++] = argument;
        return 0;
    case ARGP_KEY_END:
        if (arguments->n_folders + arguments->today < 2)
            argp_error(state, "%s", _("two output folders are needed, or one with --status-quo"));
        if (arguments->csv && arguments->json)
            argp_error(state, "%s", _("--csv and --json do not go together"));
        if (arguments->scenario && !arguments->dir)
            argp_error(state, "%s", _("--scenario needs --dir"));
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* ---- the command ---- */

static pulang_status print_csv(const pulang_comparison *comparison, pulang_error *error) {
    pulang_csv_writer csv = pulang_csv_writer_begin(pulang_comparison_dialect(comparison));
    pulang_comparison_write_figures(comparison, &csv);
    bool failed = csv.failed;
    if (!failed)
        fwrite(csv.bytes, 1, csv.length, stdout);
    pulang_csv_writer_clear(&csv);
    return failed ? pulang_fail_memory(error) : PULANG_OK;
}

static pulang_status print_json(const pulang_comparison *comparison, pulang_error *error) {
    char *text = pulang_comparison_write_json(comparison);
    if (!text)
        return pulang_fail_memory(error);
    fputs(text, stdout);
    pulang_free(text);
    return PULANG_OK;
}

/* A folder of solve has a file of the same name: it would be lost. */
static pulang_status prepare_out(const char *out, pulang_error *error) {
    static const char summary[] = "summary.json";
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", out, summary);
    if (access(path, F_OK) == 0)
        return pulang_fail(error, PULANG_ERROR_ARGUMENT,
                           _("%s holds %s already; name another folder with -o"), out, summary);
    return output_prepare(out, error);
}

static pulang_status put_out(const compare_arguments *arguments, const pulang_comparison *comparison,
                             pulang_error *error) {
    pulang_status status =
        arguments->out ? pulang_comparison_write(comparison, arguments->out, arguments->anonymise, error)
                       : PULANG_OK;
    if (status != PULANG_OK)
        return status;
    if (arguments->csv)
        return print_csv(comparison, error);
    if (arguments->json)
        return print_json(comparison, error);
    comparison_print(comparison, arguments->all);
    return PULANG_OK;
}

static int compare_runs(const compare_arguments *arguments, const runs *all) {
    pulang_error error;
    pulang_comparison *comparison = NULL;
    int code = EXIT_SOLVED;
    pulang_status status = arguments->out ? prepare_out(arguments->out, &error) : PULANG_OK;
    if (status == PULANG_OK)
        status = pulang_compare((const pulang_run *const *)all->items, all->n, &comparison, &error);
    if (status == PULANG_OK && arguments->dir)
        code = effects_make(comparison, arguments->dir, arguments->scenario, &arguments->settings);
    if (status == PULANG_OK && code == EXIT_SOLVED)
        status = put_out(arguments, comparison, &error);
    pulang_comparison_free(comparison);
    return status == PULANG_OK ? code : report_error(&error);
}

static int compare(const compare_arguments *arguments) {
    runs all;
    int code = runs_read(arguments->folders, arguments->n_folders, arguments->today, arguments->all, &all);
    if (code == EXIT_SOLVED)
        code = compare_runs(arguments, &all);
    runs_clear(&all);
    return code;
}

int command_compare(int argc, char **argv) {
    const struct argp_child children[] = {{settings_argp(), 0, NULL, 0}, {0}};
    const struct argp argp = {
        .options = options,
        .parser = parse,
        .args_doc = "OUT1 OUT2 ...",
        .doc =
            N_("Lays plans side by side, each told by the folder that pulang solve wrote: what was set "
               "differently, what each plan reaches, who is placed differently, and why. The first is what "
               "the others are compared with.\v"
               "Examples:\n"
               "  pulang compare out/ten out/eleven\n"
               "  pulang compare out/ten out/eleven out/strong -o out/comparison\n"
               "  pulang compare out/ten --status-quo\n"
               "  pulang compare out/ten out/both --dir datasets/belu\n\n"
               "Exit code 0: compared; 1: a folder cannot be read, has no plan, or was changed by hand."),
        .children = children,
        .argp_domain = PULANG_TEXT_DOMAIN,
    };
    compare_arguments arguments = {.n_folders = 0};
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    return compare(&arguments);
}
