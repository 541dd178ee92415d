/*
 * pulang compare OUT1 OUT2 ...: output folders side by side.
 */
#include "io/compare.h"
#include "cli/command.h"
#include "cli/comparison.h"
#include "cli/effects.h"
#include "io/write_compare.h"
#include "model/alloc.h"
#include "model/error.h"

#include <argp.h>
#include <stdio.h>
#include <string.h>

#define MOST_FOLDERS 32

typedef struct compare_arguments {
    const char *folders[MOST_FOLDERS];
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
        if (arguments->n_folders == MOST_FOLDERS)
            argp_error(state, _("at most %d output folders at a time"), MOST_FOLDERS);
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

/* ---- the folders ---- */

typedef struct runs {
    pulang_run *items[MOST_FOLDERS + 1];
    int n;
} runs;

static void runs_clear(runs *all) {
    for (int r = 0; r < all->n; r++)
        pulang_run_free(all->items[r]);
}

/* Where two folders end in the same name, their whole paths tell them apart. */
static void name_apart(runs *all) {
    bool twice[MOST_FOLDERS + 1] = {false};
    for (int r = 0; r < all->n; r++)
        for (int s = 0; s < all->n; s++)
            twice[r] |= s != r && strcmp(all->items[r]->name, all->items[s]->name) == 0;
    for (int r = 0; r < all->n; r++)
        if (twice[r])
            all->items[r]->name = all->items[r]->folder;
}

/* Reads all folders, so that what is wrong in any of them is told at once. */
static pulang_status read_runs(const compare_arguments *arguments, pulang_findings *findings, runs *all,
                               pulang_error *error) {
    pulang_status status = PULANG_OK;
    for (int f = 0; f < arguments->n_folders + arguments->today; f++) {
        pulang_error fault;
        bool today = f == arguments->n_folders;
        if (today && status != PULANG_OK)
            break; /* the folder has told its faults */
        pulang_status read =
            today ? pulang_run_read_today(arguments->folders[0], findings, &all->items[all->n], &fault)
                  : pulang_run_read(arguments->folders[f], findings, &all->items[all->n], &fault);
        all->n += read == PULANG_OK;
        if (read != PULANG_OK && status == PULANG_OK) {
            status = read;
            *error = fault;
        }
    }
    name_apart(all);
    return status;
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
    pulang_status status = pulang_compare((const pulang_run *const *)all->items, all->n, &comparison, &error);
    if (status == PULANG_OK && arguments->dir)
        code = effects_make(comparison, arguments->dir, arguments->scenario, &arguments->settings);
    if (status == PULANG_OK && code == EXIT_SOLVED)
        status = put_out(arguments, comparison, &error);
    pulang_comparison_free(comparison);
    return status == PULANG_OK ? code : report_error(&error);
}

static int compare(const compare_arguments *arguments) {
    pulang_error error;
    runs all = {.n = 0};
    pulang_findings *findings = pulang_findings_new();
    pulang_status status =
        findings ? read_runs(arguments, findings, &all, &error) : pulang_fail_memory(&error);
    bool told = findings && pulang_findings_total(findings) > 0;
    if (told)
        report_findings(findings, arguments->all);
    int code = status == PULANG_OK                    ? compare_runs(arguments, &all)
               : told && status == PULANG_ERROR_INPUT ? EXIT_BAD_INPUT
                                                      : report_error(&error);
    runs_clear(&all);
    pulang_findings_free(findings);
    return code;
}

int command_compare(int argc, char **argv) {
    const struct argp_child children[] = {{settings_argp(), 0, NULL, 0}, {0}};
    const struct argp argp = {
        .options = options,
        .parser = parse,
        .args_doc = "OUT1 OUT2 ...",
        .doc =
            N_("Lays plans side by side, each told by the folder that pulang solve wrote: what is set "
               "otherwise, what each plan reaches, who is placed otherwise, and why. The first is what the "
               "others are compared with.\v"
               "Examples:\n"
               "  pulang compare out/ten out/eleven\n"
               "  pulang compare out/ten out/eleven out/strong -o out/comparison\n"
               "  pulang compare out/ten --status-quo\n\n"
               "Exit code 0: compared; 1: a folder cannot be read, has no plan, or was changed by hand."),
        .children = children,
        .argp_domain = PULANG_TEXT_DOMAIN,
    };
    compare_arguments arguments = {.n_folders = 0};
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    return compare(&arguments);
}
