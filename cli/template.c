/*
 * pulang template DIR: a problem folder to be filled in by somebody who knows Excel, not pulang.
 */
#include "cli/command.h"
#include "cli/template/write.h"
#include "io/sources.h"
#include "model/error.h"

#include <argp.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct template_arguments {
    const char *dir;
    bool excel, example;
} template_arguments;

enum { KEY_EXCEL = 256, KEY_EXAMPLE };

static const struct argp_option options[] = {
    {"excel", KEY_EXCEL, NULL, 0, N_("one Excel workbook, problem.xlsx, instead of CSV files"), 0},
    {"example", KEY_EXAMPLE, NULL, 0, N_("with the rows of a small example that can be solved"), 0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state) {
    template_arguments *arguments = state->input;
    switch (key) {
    case KEY_EXCEL:
        arguments->excel = true;
        return 0;
    case KEY_EXAMPLE:
        arguments->example = true;
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->dir)
            argp_error(state, "%s", _("one folder at a time"));
        arguments->dir = argument;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "%s", _("which folder to write?"));
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* Nothing that is there is written over, and no second set of tables is put beside the first. */
static pulang_status check_free(const template_arguments *arguments, pulang_error *error) {
    const char *name;
    if (pulang_sources_is_folder(arguments->dir))
        return pulang_fail(error, PULANG_ERROR_IO, _("%s is a problem folder already; name another one"),
                           arguments->dir);
    for (int i = 0; (name = template_file(arguments->excel, i)) != NULL; i++) {
        char path[PATH_MAX];
        snprintf(path, sizeof path, "%s/%s", arguments->dir, name);
        if (access(path, F_OK) == 0)
            return pulang_fail(error, PULANG_ERROR_IO, _("%s is there already; nothing was written"), path);
    }
    return PULANG_OK;
}

static pulang_status write_folder(const template_arguments *arguments, pulang_error *error) {
    pulang_batch *batch = NULL;
    pulang_status status = check_free(arguments, error);
    if (status == PULANG_OK)
        status = pulang_batch_new(arguments->dir, &batch, error);
    if (status == PULANG_OK)
        status = template_write(batch, arguments->excel, arguments->example, error);
    if (status == PULANG_OK)
        status = pulang_batch_commit(batch, error);
    pulang_batch_free(batch);
    return status;
}

/* A folder as it is typed in a command, which takes a name with blanks in quotation marks. */
static void make_word(const char *folder, const char *suffix, char word[PATH_MAX]) {
    const char *mark = strpbrk(folder, " \t&()';") ? "\"" : "";
    snprintf(word, PATH_MAX, "%s%s%s%s", mark, folder, suffix, mark);
}

static void tell(const template_arguments *arguments) {
    const char *name;
    char dir[PATH_MAX], result[PATH_MAX];
    make_word(arguments->dir, "", dir);
    make_word(arguments->dir, "-result", result);
    printf("%s:", arguments->dir);
    for (int i = 0; (name = template_file(arguments->excel, i)) != NULL; i++)
        printf("%s %s", i ? "," : "", name);
    if (arguments->example)
        printf(_("\nLook at them, then: pulang solve %s -o %s\n"), dir, result);
    else
        printf(_("\nBegin with %s, fill in the tables, then: pulang check %s\n"),
               template_file(arguments->excel, 0), dir);
}

int command_template(int argc, char **argv) {
    static const struct argp argp = {
        .options = options,
        .parser = parse,
        .args_doc = "DIR",
        .doc = N_(
            "Writes an empty problem folder DIR to be filled in with Excel or LibreOffice: the tables with "
            "their headings, instructions that say what belongs in each column, and an explained "
            "scenario. With Indonesian messages (LANG=id_ID.UTF-8) headings and instructions are "
            "Indonesian. Nothing is written over.\vExamples:\n"
            "  pulang template my-folder --excel\n"
            "  pulang template try-it --example && pulang solve try-it -o result"),
        .argp_domain = PULANG_TEXT_DOMAIN,
    };
    template_arguments arguments = {0};
    pulang_error error;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    if (write_folder(&arguments, &error) != PULANG_OK)
        return report_error(&error);
    tell(&arguments);
    return EXIT_SOLVED;
}
