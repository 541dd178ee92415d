/*
 * pulang alternatives DIR OUT: the next best plans, and who is where in every best plan.
 */
#include "solver/alternatives.h"
#include "cli/command.h"
#include "cli/folders.h"
#include "cli/interrupt.h"
#include "cli/number.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "io/read_output.h"
#include "io/write_alternatives.h"
#include "model/alloc.h"
#include "model/error.h"
#include "solver/certain.h"

#include <argp.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

/* Seconds for who is certain, and again for the plans, where nothing else is said. */
static const double DEFAULT_SECONDS = 60;

typedef struct alternatives_arguments {
    folder_arguments folders;
    settings_arguments settings;
    int count, differ; /* differ 0: not given */
    bool quiet, json;
} alternatives_arguments;

/* Of plans, and of people. */
enum { MOST = 1000000 };

enum { KEY_JSON = 256, KEY_COUNT, KEY_DIFFER };

static const struct argp_option options[] = {
    {"count", KEY_COUNT, "K", 0, N_("so many other plans (default: 3)"), 0},
    {"differ", KEY_DIFFER, "D", 0,
     N_("at least so many people elsewhere than in the plan and in each other (default: one in a hundred)"),
     0},
    {"quiet", 'q', NULL, 0, N_("print errors only"), 0},
    {"json", KEY_JSON, NULL, 0, N_("print all of it as JSON"), 0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state) {
    alternatives_arguments *arguments = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->settings;
        state->child_inputs[1] = &arguments->folders;
        return 0;
    case KEY_COUNT:
        arguments->count = number_argument(argument, 1, MOST, "count", state);
        return 0;
    case KEY_DIFFER:
        arguments->differ = number_argument(argument, 1, MOST, "differ", state);
        return 0;
    case 'q':
        arguments->quiet = true;
        return 0;
    case KEY_JSON:
        arguments->json = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* ---- words ---- */

static void print_certain(const pulang_certain *certain) {
    int largest = 0;
    for (int i = 0; i < certain->n_rounds; i++)
        largest = certain->round_size[i] > largest ? certain->round_size[i] : largest;
    printf(_("%d of %d people are certain: in every best plan they are where this one has them.\n"),
           certain->n_certain, certain->n_persons);
    if (certain->n_interchangeable > 0)
        printf(
            _("%d could be elsewhere in a plan that is just as good, in %d groups within which posts can be "
              "passed round; the largest has %d people.\n"),
            certain->n_interchangeable, certain->n_rounds, largest);
    if (certain->n_not_known > 0)
        printf(_("Of %d people it is not known: the time was up first. --time gives more.\n"),
               certain->n_not_known);
    if (!certain->whole && certain->n_not_known == 0)
        printf("%s\n",
               _("Of those who could be elsewhere not every post may be known: the time was up first."));
}

static void print_plan(const pulang_alternatives *alternatives, int i) {
    const pulang_alternative *item = &alternatives->items[i];
    int level = pulang_alternatives_level(alternatives, i);
    printf(_("  plan %d: %d people elsewhere; "), i + 1, item->n_elsewhere);
    if (level == PULANG_NONE)
        printf("%s", _("just as good"));
    else
        printf(_("%s %" PRId64 " instead of %" PRId64), item->levels[level].name, item->levels[level].value,
               alternatives->value[level]);
    printf("%s\n", item->proven ? "" : _(" (the time was up: there may be a better one)"));
}

static void print_alternatives(const alternatives_arguments *arguments, const pulang_certain *certain,
                               const pulang_alternatives *alternatives) {
    print_certain(certain);
    printf(_("\nOther plans, the best first (people elsewhere than here and than in those before: at least "
             "%d):\n"),
           alternatives->differ);
    for (int i = 0; i < alternatives->n; i++)
        print_plan(alternatives, i);
    if (alternatives->ended)
        printf("%s\n", _("  there is no further plan that differs so much"));
    else if (alternatives->n < alternatives->wanted)
        printf("%s\n", _("  the time was up before there were more"));
    printf(_("\nEach person: %s/certain.csv; the plans: alternatives.csv; who is elsewhere: elsewhere.csv\n"),
           arguments->folders.out);
}

/* ---- work ---- */

/* What the command computes. */
typedef struct results {
    pulang_claim *claim;
    pulang_plan *plan;
    pulang_problem *problem;
    pulang_optima *optima;
    pulang_certain *certain;
    pulang_alternatives *alternatives;
} results;

static void results_free(results *r) {
    pulang_alternatives_free(r->alternatives);
    pulang_certain_free(r->certain);
    pulang_optima_free(r->optima);
    pulang_problem_free(r->problem);
    pulang_plan_free(r->plan);
    pulang_claim_free(r->claim);
}

static pulang_status read_plan(const alternatives_arguments *arguments, const pulang_instance *instance,
                               results *r, pulang_error *error) {
    pulang_status status = pulang_output_read(instance, arguments->folders.out, &r->claim, error);
    if (status != PULANG_OK)
        return status;
    if (r->claim->outcome != PULANG_OPTIMAL)
        return pulang_fail(error, PULANG_ERROR_INPUT, _("%s has no plan that is proven best; solve it first"),
                           arguments->folders.out);
    if (instance->envy_forbidden)
        return pulang_fail(error, PULANG_ERROR_ARGUMENT, "%s",
                           _("alternatives are not there where the scenario forbids envy"));
    return pulang_claim_plan(instance, r->claim, &r->plan, error);
}

static pulang_status compute(const alternatives_arguments *arguments, const pulang_instance *instance,
                             const pulang_settings *settings, results *r, pulang_error *error) {
    const pulang_alternatives_request request = {
        .count = arguments->count,
        .differ = arguments->differ ? arguments->differ : pulang_alternatives_differ(instance)};
    double begin = pulang_clock();
    pulang_limits limits = {.begin = begin,
                            .deadline = begin + settings->time_limit,
                            .seed = settings->seed,
                            .progress = settings->progress,
                            .user = settings->progress_user};
    pulang_status status = pulang_problem_new(instance, &r->problem, error);
    if (status == PULANG_OK)
        status = pulang_optima_new(r->problem, r->plan, r->problem->n_levels, &r->optima, error);
    if (status == PULANG_OK)
        status = pulang_certain_find(instance, r->optima, r->plan->post, &limits, &r->certain, error);
    if (status == PULANG_OK)
        status = pulang_alternatives_find(r->problem, r->plan, &request, settings, &r->alternatives, error);
    return status;
}

static pulang_status report(const alternatives_arguments *arguments, const results *r, pulang_error *error) {
    pulang_status status =
        pulang_alternatives_write(r->certain, r->alternatives, arguments->folders.out, error);
    if (status != PULANG_OK)
        return status;
    if (arguments->json) {
        char *text = pulang_alternatives_json(r->certain, r->alternatives);
        if (!text)
            return pulang_fail_memory(error);
        fputs(text, stdout);
        pulang_free(text);
    } else if (!arguments->quiet) {
        print_alternatives(arguments, r->certain, r->alternatives);
    }
    return PULANG_OK;
}

/* Whether everything asked for was found and proven. */
static bool is_complete(const results *r) {
    const pulang_alternatives *found = r->alternatives;
    return r->certain->whole && (found->ended || found->n == found->wanted) &&
           (found->n == 0 || found->items[found->n - 1].proven);
}

static int find(const alternatives_arguments *arguments, const pulang_instance *instance) {
    pulang_error error;
    pulang_settings settings;
    progress_line line;
    results r = {0};
    settings_make(&settings, instance, &arguments->settings);
    settings.gap = 0;
    if (isinf(settings.time_limit))
        settings.time_limit = DEFAULT_SECONDS;
    progress_begin(&line, arguments->quiet);
    settings.progress = progress_report;
    settings.progress_user = &line;
    interrupt_init();
    pulang_status status = read_plan(arguments, instance, &r, &error);
    if (status == PULANG_OK)
        status = compute(arguments, instance, &settings, &r, &error);
    progress_end(&line);
    if (status == PULANG_OK)
        status = report(arguments, &r, &error);
    int code = status != PULANG_OK ? report_error(&error) : is_complete(&r) ? EXIT_SOLVED : EXIT_LIMIT;
    results_free(&r);
    return code;
}

int command_alternatives(int argc, char **argv) {
    const struct argp_child children[] = {{settings_argp(), 0, NULL, 0}, {folders_argp(), 0, NULL, 0}, {0}};
    const struct argp argp = {
        .options = options,
        .parser = parse,
        .args_doc = "DIR OUT",
        .doc =
            N_("Looks at what else there is than the best plan in OUT for the problem folder DIR: who is in "
               "the same post in every best plan (certain), who could be elsewhere without any loss and with "
               "whom, and the next best plans that are really different.\v"
               "Everything is exact; what was not found within the time says so. certain.csv, "
               "alternatives.csv and elsewhere.csv are written to OUT.\n\nExamples:\n"
               "  pulang alternatives datasets/tiny out\n"
               "  pulang alternatives datasets/kotim out/kotim --count 5 --differ 100\n\n"
               "Exit codes: 0 all found; 1 bad input, or OUT is not proven best; 2 wrong usage; 4 the time "
               "was up first, what was found is written; 5 internal error."),
        .children = children,
        .argp_domain = PULANG_TEXT_DOMAIN,
    };
    alternatives_arguments arguments = {.count = 3};
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    pulang_instance *instance = NULL;
    int code = read_instance(&arguments.folders, true, &instance);
    if (code == EXIT_SOLVED)
        code = find(&arguments, instance);
    pulang_instance_free(instance);
    return code;
}
