/*
 * pulang solve DIR: reads, solves, writes the output folder and tells what came out.
 */
#include "cli/command.h"
#include "cli/diagnosis.h"
#include "cli/folders.h"
#include "cli/interrupt.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/statement.h"
#include "cli/summary.h"
#include "model/error.h"
#include "model/instance.h"
#include "solver/diagnose.h"

#include <argp.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

typedef struct solve_arguments {
    folder_arguments folders;
    settings_arguments settings;
    bool quiet, json, exact_prices, statement, no_diagnosis, no_report, anonymise;
} solve_arguments;

enum { KEY_JSON = 256, KEY_EXACT_PRICES, KEY_STATEMENT, KEY_NO_DIAGNOSIS, KEY_NO_REPORT, KEY_ANONYMISE };

static const struct argp_option options[] = {
    {"output", 'o', "OUT", 0, N_("write the output folder OUT (default: out)"), 0},
    {"no-diagnosis", KEY_NO_DIAGNOSIS, NULL, 0,
     N_("do not look for the rules in conflict when there is no plan"), 0},
    {"no-report", KEY_NO_REPORT, NULL, 0,
     N_("write the tables only: no report.html, no maps (*.geojson), no placements.xlsx"), 0},
    {"anonymise", KEY_ANONYMISE, NULL, 0,
     N_("let nobody be picked out of report.html and the maps, and write no placements.xlsx; the tables hold "
        "the names all the same"),
     0},
    {"quiet", 'q', NULL, 0, N_("print errors only"), 0},
    {"json", KEY_JSON, NULL, 0, N_("print summary.json to stdout"), 0},
    {"exact-prices", KEY_EXACT_PRICES, NULL, 0,
     N_("work out what one more seat, one more person and looser quotas would change, by solving again for "
        "each: columns exact_... of posts.csv, quotas.csv and people.csv"),
     0},
    {"statement", KEY_STATEMENT, NULL, 0,
     N_("print for each level how it was proven and what the levels above cost it (with --json: in "
        "summary.json)"),
     0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state) {
    solve_arguments *arguments = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->settings;
        state->child_inputs[1] = &arguments->folders;
        return 0;
    case 'o':
        arguments->folders.out = argument;
        return 0;
    case 'q':
        arguments->quiet = true;
        return 0;
    case KEY_JSON:
        arguments->json = true;
        return 0;
    case KEY_EXACT_PRICES:
        arguments->exact_prices = true;
        return 0;
    case KEY_STATEMENT:
        arguments->statement = true;
        return 0;
    case KEY_NO_REPORT:
        arguments->no_report = true;
        return 0;
    case KEY_ANONYMISE:
        arguments->anonymise = true;
        return 0;
    case KEY_NO_DIAGNOSIS:
        arguments->no_diagnosis = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static pulang_status print_file(const char *folder, const char *name, pulang_error *error) {
    char path[PATH_MAX], buffer[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *in = fopen(path, "rb");
    if (!in)
        return pulang_fail(error, PULANG_ERROR_IO, _("cannot read %s: %s"), path, strerror(errno));
    size_t n;
    while ((n = fread(buffer, 1, sizeof buffer, in)) > 0)
        fwrite(buffer, 1, n, stdout);
    fclose(in);
    return PULANG_OK;
}

static int outcome_code(const pulang_plan *plan) {
    switch (pulang_plan_outcome(plan)) {
    case PULANG_OPTIMAL:
    case PULANG_FEASIBLE:
        return EXIT_SOLVED;
    case PULANG_INFEASIBLE:
        return EXIT_INFEASIBLE;
    case PULANG_LIMIT:
        break;
    }
    return EXIT_LIMIT;
}

/* Places that no map can show. */
static void print_unlocated(const pulang_instance *instance) {
    unsigned long n = 0;
    for (int i = 0; i < instance->n_places; i++)
        n += !instance->places[i].has_point;
    if (n > 0)
        fprintf(stderr,
                dngettext(PULANG_TEXT_DOMAIN, "%lu place has no coordinates: it is on no map.\n",
                          "%lu places have no coordinates: they are on no map.\n", n),
                n);
}

static pulang_status report(const solve_arguments *arguments, const pulang_instance *instance,
                            const pulang_plan *plan, pulang_error *error) {
    pulang_status status = PULANG_OK;
    if (!arguments->quiet) {
        status = summary_print(instance, plan, error);
        if (arguments->exact_prices)
            statement_print_prices(plan);
        if (status == PULANG_OK && pulang_plan_exists(plan))
            fprintf(stderr,
                    _("\nWho goes where and why: %s/placements.csv; the seats: posts.csv; the figures: "
                      "summary.json\n"),
                    arguments->folders.out);
        if (pulang_plan_exists(plan) && !arguments->no_report)
            fprintf(stderr,
                    arguments->anonymise
                        ? _("To look at: %s/report.html\n")
                        : _("To look at: %s/report.html; in Excel, and to sign: placements.xlsx\n"),
                    arguments->folders.out);
        if (pulang_plan_exists(plan) && !arguments->no_report)
            print_unlocated(instance);
    }
    if (!arguments->json)
        statement_print(plan);
    if (status == PULANG_OK && arguments->json)
        status = print_file(arguments->folders.out, "summary.json", error);
    return status;
}

/* Seconds for saying why there is no plan, where the user has not asked for it. */
#define DIAGNOSIS_TIME 10

/* Why there is no plan, with the prices of pulang diagnose. */
static pulang_status diagnose(const pulang_instance *instance, pulang_settings settings,
                              pulang_error *error) {
    pulang_diagnosis *diagnosis = NULL;
    pulang_tariff tariff;
    pulang_tariff_default(&tariff);
    settings.method = PULANG_METHOD_AUTO;
    settings.time_limit = DIAGNOSIS_TIME;
    pulang_status status = pulang_diagnose(instance, &settings, &tariff, &diagnosis, error);
    if (status == PULANG_OK)
        status = diagnosis_print(diagnosis, stderr, error);
    pulang_diagnosis_free(diagnosis);
    return status;
}

static int solve(const solve_arguments *arguments, const pulang_instance *instance) {
    pulang_error error;
    pulang_plan *plan = NULL;
    pulang_settings settings;
    progress_line line;
    settings_make(&settings, instance, &arguments->settings);
    progress_begin(&line, arguments->quiet);
    settings.exact_prices = arguments->exact_prices;
    settings.statement = arguments->statement;
    settings.tables_only = arguments->no_report;
    settings.anonymous = arguments->anonymise;
    settings.progress = progress_report;
    settings.progress_user = &line;
    interrupt_init();
    pulang_status status = pulang_solve(instance, &settings, &plan, &error);
    progress_end(&line);
    if (status == PULANG_OK)
        status = pulang_output_write(instance, plan, &settings, arguments->folders.out, &error);
    if (status == PULANG_OK)
        status = report(arguments, instance, plan, &error);
    if (status == PULANG_OK && pulang_plan_outcome(plan) == PULANG_INFEASIBLE && !arguments->quiet &&
        !arguments->no_diagnosis)
        status = diagnose(instance, settings, &error);
    int code = status == PULANG_OK ? outcome_code(plan) : report_error(&error);
    pulang_plan_free(plan);
    return code;
}

int command_solve(int argc, char **argv) {
    const struct argp_child children[] = {{settings_argp(), 0, NULL, 0}, {folder_argp(), 0, NULL, 0}, {0}};
    const struct argp argp = {
        .options = options,
        .parser = parse,
        .args_doc = "DIR",
        .doc = N_(
            "Finds the best placement for the problem folder DIR, proves it, and writes it to the output "
            "folder.\vExamples:\n"
            "  pulang solve datasets/tiny\n"
            "  pulang solve datasets/kotim -o out/kotim --time 60\n"
            "  pulang solve datasets/kotim --scenario datasets/kotim/strong-home.yaml -o out/strong\n"
            "  pulang solve datasets/tiny --statement --exact-prices\n\n"
            "Ctrl-C writes the best plan found so far; a second Ctrl-C ends at once.\n\n"
            "Exit codes: 0 solved; 1 bad input, or a file cannot be written; 2 wrong usage; 3 no plan meets "
            "the hard rules; 4 stopped at the time limit or by Ctrl-C, the best plan is written; 5 internal "
            "error."),
        .children = children,
        .argp_domain = PULANG_TEXT_DOMAIN,
    };
    solve_arguments arguments = {.folders = {.out = "out"}};
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    pulang_instance *instance = NULL;
    pulang_error error;
    int code = read_instance(&arguments.folders, arguments.quiet, &instance);
    if (code == EXIT_SOLVED)
        code = output_prepare(arguments.folders.out, &error) == PULANG_OK ? solve(&arguments, instance)
                                                                          : report_error(&error);
    pulang_instance_free(instance);
    return code;
}
