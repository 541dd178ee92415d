/*
 * pulang COMMAND ...: finds the command and hands it its arguments.
 */
#include "cli/command.h"
#include "cli/help.h"
#include "cli/language.h"
#include "model/error.h"
#include "model/nearest.h"

#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *summary;
} command;

static const command commands[] = {
    {"check", command_check, N_("say what is wrong in a problem folder, and how to mend it")},
    {"solve", command_solve, N_("find the best placement and write it to an output folder")},
    {"sweep", command_sweep, N_("solve over a range of one or two settings: what one more of it costs")},
    {"verify", command_verify, N_("check a placement and its proof without the solver")},
    {"alternatives", command_alternatives, N_("the next best plans, who is certain and who interchangeable")},
    {"diagnose", command_diagnose, N_("say why no plan is possible, and what would mend it")},
    {"explain", command_explain, N_("say why somebody is where they are, and what else it would take")},
    {"compare", command_compare, N_("lay plans side by side: what each reaches, who moves, and why")},
    {"report", command_report, N_("make the page of a placement again, also without names")},
    {"template", command_template, N_("write an empty problem folder to fill in with Excel")},
    {"generate", command_generate, N_("make a synthetic problem folder of any size")},
    {"export", command_export, N_("write the exact model as MPS or LP for another solver")},
    {"bench", command_bench, N_("solve instances of the literature, a JSON row each")},
};
enum { N_COMMANDS = sizeof commands / sizeof *commands };

const char *argp_program_version = "pulang " PULANG_VERSION;

static void print_commands(FILE *out) {
    fprintf(out, "%s\n", _("Commands:"));
    for (int i = 0; i < N_COMMANDS; i++)
        fprintf(out, "  %-12s %s\n", commands[i].name, _(commands[i].summary));
    fprintf(out, "\n%s\n%s", _("pulang COMMAND --help tells more about each."),
            _("Exit codes: 0 done, 1 bad input, 2 wrong usage, 3 no plan is possible, 4 stopped at a limit "
              "(the best plan is written), 5 internal error."));
}

static char *list_commands(int key, const char *text, void *input) {
    (void)input;
    return help_list(key, text, print_commands);
}

static error_t parse(int key, char *argument, struct argp_state *state) {
    (void)argument;
    if (key == ARGP_KEY_ARG)
        argp_error(state, "%s", _("the command comes first"));
    if (key == ARGP_KEY_NO_ARGS)
        argp_usage(state);
    return ARGP_ERR_UNKNOWN;
}

static int run_command(int argc, char **argv) {
    for (int i = 0; i < N_COMMANDS; i++)
        if (strcmp(commands[i].name, argv[0]) == 0) {
            char name[32]; /* argp names the program by argv[0] in its messages */
            snprintf(name, sizeof name, "pulang %s", commands[i].name);
            argv[0] = name;
            return commands[i].run(argc, argv);
        }
    const char *names[N_COMMANDS];
    for (int i = 0; i < N_COMMANDS; i++)
        names[i] = commands[i].name;
    int nearest = pulang_nearest(argv[0], names, N_COMMANDS);
    fprintf(stderr, _("pulang: there is no command \"%s\""), argv[0]);
    if (nearest >= 0)
        fprintf(stderr, _("; did you mean \"%s\"?"), names[nearest]);
    fprintf(stderr, "\n%s\n", _("pulang --help lists the commands."));
    return EXIT_USAGE;
}

/* What was printed must have arrived: on a full disk it did not. Runs at exit, for argp exits too. */
static void close_output(void) {
    bool lost = ferror(stdout);
    if (fclose(stdout) == 0 && !lost)
        return;
    fprintf(stderr, _("pulang: cannot write the output: %s\n"), strerror(errno));
    _exit(EXIT_BAD_INPUT);
}

int main(int argc, char **argv) {
    static const struct argp argp = {
        .parser = parse,
        .args_doc = N_("COMMAND ..."),
        .doc = N_("Places people in posts: the best placement that the rules allow, with its proof.\v"),
        .help_filter = list_commands,
        .argp_domain = PULANG_TEXT_DOMAIN,
    };
    language_init();
    atexit(close_output);
    argp_err_exit_status = EXIT_USAGE;
    if (argc > 1 && argv[1][0] != '-')
        return run_command(argc - 1, argv + 1);
    argp_parse(&argp, argc, argv, 0, NULL, NULL);
    return EXIT_USAGE;
}
