/*
 * pulang export DIR: writes the exact mixed-integer model of a level for another solver.
 */
#include "cli/command.h"
#include "cli/folders.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "io/read_output.h"
#include "io/write_lp.h"
#include "io/write_mps.h"
#include "model/alloc.h"
#include "model/error.h"
#include "model/problem.h"
#include "solver/mip.h"
#include "solver/solve.h"

#include <argp.h>
#include <stdio.h>

typedef struct export_arguments {
    folder_arguments folders;
    const char *level, *held, *mps, *lp;
    bool quiet;
} export_arguments;

enum { KEY_LEVEL = 256, KEY_HELD, KEY_MPS, KEY_LP };

static const struct argp_option options[] = {
    {"mps", KEY_MPS, "F", 0, N_("write the model to F in free MPS"), 0},
    {"lp", KEY_LP, "F", 0, N_("write the model to F in the LP format of CPLEX"), 0},
    {"level", KEY_LEVEL, "NAME", 0, N_("the level to minimise (default: the last)"), 0},
    {"held", KEY_HELD, "OUT", 0,
     N_("hold the levels before at the values of the plan in OUT, instead of solving them"), 0},
    {"quiet", 'q', NULL, 0, N_("print errors only"), 0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state) {
    export_arguments *arguments = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->folders;
        return 0;
    case KEY_MPS:
        arguments->mps = argument;
        return 0;
    case KEY_LP:
        arguments->lp = argument;
        return 0;
    case KEY_LEVEL:
        arguments->level = argument;
        return 0;
    case KEY_HELD:
        arguments->held = argument;
        return 0;
    case 'q':
        arguments->quiet = true;
        return 0;
    case ARGP_KEY_END:
        if (!arguments->mps && !arguments->lp)
            argp_error(state, "%s", _("which file? Give --mps, --lp or both"));
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* Index of the level asked for, PULANG_NONE (with an error): there is none of that name. */
static int find_level(const export_arguments *arguments, const pulang_instance *instance,
                      pulang_error *error) {
    const pulang_scenario *scenario = &instance->scenario;
    if (!arguments->level)
        return scenario->n_levels - 1;
    int level = pulang_scenario_level(scenario, arguments->level);
    if (level < 0)
        pulang_fail(error, PULANG_ERROR_ARGUMENT, _("the scenario has no level %s; the last is %s"),
                    arguments->level, scenario->levels[scenario->n_levels - 1].name);
    return level;
}

/* Solves the problem for the values at which the levels before are held. An exit code. */
static int solve_before(const export_arguments *arguments, const pulang_problem *problem, int level,
                        int64_t *held) {
    pulang_settings settings;
    pulang_solution *solution = NULL;
    pulang_error error;
    progress_line line;
    pulang_settings_default(&settings);
    progress_begin(&line, arguments->quiet);
    settings.progress = progress_report;
    settings.progress_user = &line;
    interrupt_init();
    pulang_status status = pulang_solve_problem(problem, &settings, NULL, &solution, &error);
    progress_end(&line);
    if (status != PULANG_OK)
        return report_error(&error);
    int code = EXIT_SOLVED;
    if (solution->outcome == PULANG_INFEASIBLE) {
        fprintf(stderr, _("no plan exists: %s\n"), solution->reason);
        code = EXIT_INFEASIBLE;
    }
    for (int l = 0; l < level && code == EXIT_SOLVED; l++) {
        held[l] = solution->levels[l].value;
        if (!solution->levels[l].proven) {
            fprintf(stderr, _("stopped before level %s was solved; nothing is written\n"),
                    solution->levels[l].name);
            code = EXIT_LIMIT;
        }
    }
    pulang_solution_free(solution);
    return code;
}

/* Takes the values from an output folder. */
static pulang_status read_before(const export_arguments *arguments, const pulang_instance *instance,
                                 int level, int64_t *held, pulang_error *error) {
    pulang_claim *claim = NULL;
    pulang_status status = pulang_output_read(instance, arguments->held, &claim, error);
    if (status != PULANG_OK)
        return status;
    if (!claim->exists)
        status = pulang_fail(error, PULANG_ERROR_INPUT, _("%s holds no plan"), arguments->held);
    for (int l = 0; l < level && status == PULANG_OK; l++)
        held[l] = claim->summary[l].value;
    pulang_claim_free(claim);
    return status;
}

static int find_before(const export_arguments *arguments, const pulang_instance *instance,
                       const pulang_problem *problem, int level, int64_t *held) {
    pulang_error error;
    if (level == 0)
        return EXIT_SOLVED;
    if (!arguments->held)
        return solve_before(arguments, problem, level, held);
    return read_before(arguments, instance, level, held, &error) ? report_error(&error) : EXIT_SOLVED;
}

static pulang_status write_model(const export_arguments *arguments, const pulang_problem *problem, int level,
                                 const int64_t *held, pulang_error *error) {
    pulang_program *program = NULL;
    pulang_status status = pulang_mip_build(problem, level, held, &program, error);
    if (status == PULANG_OK && arguments->mps)
        status = pulang_mps_write(program, arguments->mps, error);
    if (status == PULANG_OK && arguments->lp)
        status = pulang_lp_write(program, arguments->lp, error);
    if (status == PULANG_OK && !arguments->quiet) {
        fprintf(stderr, _("level %s: %d columns, %d rows, %d entries\n"), problem->levels[level].name,
                program->n_columns, program->n_rows, program->n_entries);
        for (int l = 0; l < level; l++)
            fprintf(stderr, _("  held: %s at most %lld\n"), problem->levels[l].name, (long long)held[l]);
    }
    pulang_program_free(program);
    return status;
}

static int export(const export_arguments *arguments, const pulang_instance *instance) {
    pulang_error error;
    pulang_problem *problem = NULL;
    int64_t *held = NULL;
    int level = find_level(arguments, instance, &error);
    if (level < 0 || pulang_problem_new(instance, &problem, &error) != PULANG_OK)
        return report_error(&error);
    if (instance->envy_forbidden && !arguments->quiet)
        fprintf(stderr, "%s\n", _("note: the model is without the rule against envy"));
    int code = EXIT_SOLVED;
    held = pulang_alloc((size_t)problem->n_levels, sizeof *held);
    if (!held) {
        pulang_fail_memory(&error);
        code = report_error(&error);
    }
    if (code == EXIT_SOLVED)
        code = find_before(arguments, instance, problem, level, held);
    if (code == EXIT_SOLVED && write_model(arguments, problem, level, held, &error) != PULANG_OK)
        code = report_error(&error);
    pulang_free(held);
    pulang_problem_free(problem);
    return code;
}

int command_export(int argc, char **argv) {
    const struct argp_child children[] = {{folder_argp(), 0, NULL, 0}, {0}};
    const struct argp argp = {
        .options = options,
        .parser = parse,
        .args_doc = "DIR",
        .doc = N_("Writes the exact mixed-integer model of the problem folder DIR for any other solver: one "
                  "level of the objective is minimised, the levels before it are solved first and held at "
                  "their best values by a row each.\vExamples:\n"
                  "  pulang export datasets/tiny --lp tiny.lp\n"
                  "  pulang export datasets/kapuas --level unplaced --mps kapuas.mps && cbc kapuas.mps\n\n"
                  "Columns are named x(PERSON,POST), a person standing for all who are alike in every "
                  "respect; characters that other programs do not read in names become _.\n\n"
                  "Exit codes: 0 written; 1 bad input, or a file cannot be written; 2 wrong usage; 3 no plan "
                  "meets the hard rules; 4 interrupted before the levels before were solved."),
        .children = children,
        .argp_domain = PULANG_TEXT_DOMAIN,
    };
    export_arguments arguments = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    pulang_instance *instance = NULL;
    int code = read_instance(&arguments.folders, arguments.quiet, &instance);
    if (code == EXIT_SOLVED)
        code = export(&arguments, instance);
    pulang_instance_free(instance);
    return code;
}
