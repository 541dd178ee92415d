/*
 * pulang diagnose DIR: why there is no plan, and what would mend it.
 */
#include "solver/diagnose.h"
#include "cli/command.h"
#include "cli/diagnosis.h"
#include "cli/folders.h"
#include "cli/help.h"
#include "cli/interrupt.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "model/error.h"

#include <argp.h>
#include <math.h>
#include <stdlib.h>

/* Seconds, where neither the scenario nor the user says. */
#define TIME_LIMIT 60

typedef struct diagnose_arguments {
    folder_arguments folders;
    settings_arguments settings;
    pulang_tariff tariff;
    bool json;
} diagnose_arguments;

enum { KEY_JSON = 256, KEY_PRICE };

static const struct argp_option options[] = {
    {"price", KEY_PRICE, "WHAT=P", 0,
     N_("what a change costs in the comparison of repairs, or never; may be given several times"), 0},
    {"json", KEY_JSON, NULL, 0, N_("print the diagnosis as JSON"), 0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state) {
    diagnose_arguments *arguments = state->input;
    pulang_error error;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->settings;
        state->child_inputs[1] = &arguments->folders;
        return 0;
    case KEY_PRICE:
        if (pulang_tariff_parse(&arguments->tariff, argument, &error) != PULANG_OK)
            argp_error(state, "%s", error.message);
        return 0;
    case KEY_JSON:
        arguments->json = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static int outcome_code(const pulang_diagnosis *diagnosis) {
    return diagnosis->feasible ? EXIT_SOLVED : diagnosis->decided ? EXIT_INFEASIBLE : EXIT_LIMIT;
}

static int diagnose(const diagnose_arguments *arguments, const pulang_instance *instance) {
    pulang_error error;
    pulang_diagnosis *diagnosis = NULL;
    pulang_settings settings;
    progress_line line;
    settings_make(&settings, instance, &arguments->settings);
    if (isinf(settings.time_limit))
        settings.time_limit = TIME_LIMIT;
    progress_begin(&line, false);
    settings.progress = progress_report;
    settings.progress_user = &line;
    interrupt_init();
    pulang_status status = pulang_diagnose(instance, &settings, &arguments->tariff, &diagnosis, &error);
    progress_end(&line);
    if (status == PULANG_OK && !arguments->json)
        diagnosis_print_outcome(diagnosis, stdout);
    if (status == PULANG_OK)
        status = arguments->json ? diagnosis_print_json(diagnosis, &error)
                                 : diagnosis_print(diagnosis, stdout, &error);
    int code = status == PULANG_OK ? outcome_code(diagnosis) : report_error(&error);
    pulang_diagnosis_free(diagnosis);
    return code;
}

/* The kinds of changes with their prices, after the other options. */
static void print_prices(FILE *out) {
    fprintf(out, "%s\n", _("Prices (--price WHAT=P):"));
    for (int k = 0; k < PULANG_N_CHANGES; k++)
        fprintf(out, "  %-9s %3.10g  %s\n", pulang_tariff_table[k].name,
                (double)pulang_tariff_table[k].preset / 1000, _(pulang_tariff_table[k].help));
}

static char *list_prices(int key, const char *text, void *input) {
    (void)input;
    return help_list(key, text, print_prices);
}

int command_diagnose(int argc, char **argv) {
    const struct argp_child children[] = {{settings_argp(), 0, NULL, 0}, {folder_argp(), 0, NULL, 0}, {0}};
    const struct argp argp = {
        .options = options,
        .parser = parse,
        .args_doc = "DIR",
        .doc =
            N_("Says why no plan meets the hard rules of the problem folder DIR: which rules cannot all be "
               "met, each with its line in the files, and the cheapest changes that mend it.\vExamples:\n"
               "  pulang diagnose datasets/tiny\n"
               "  pulang diagnose datasets/kotim --price hire=1 --price release=never\n\n"
               "Exit codes: 0 there is a plan; 1 bad input; 2 wrong usage; 3 no plan meets the hard rules; "
               "4 stopped at the time limit or by Ctrl-C before that was known; 5 internal error.\n"),
        .children = children,
        .help_filter = list_prices,
        .argp_domain = PULANG_TEXT_DOMAIN,
    };
    diagnose_arguments arguments = {0};
    pulang_tariff_default(&arguments.tariff);
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    pulang_instance *instance = NULL;
    int code = read_instance(&arguments.folders, true, &instance);
    if (code == EXIT_SOLVED)
        code = diagnose(&arguments, instance);
    pulang_instance_free(instance);
    return code;
}
