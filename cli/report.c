/*
 * pulang report DIR OUT: makes the page again from a folder of results.
 */
#include "cli/command.h"
#include "cli/folders.h"
#include "io/atomic.h"
#include "io/output.h"
#include "io/read_output.h"
#include "model/alloc.h"
#include "model/error.h"

#include <argp.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

typedef struct report_arguments {
    folder_arguments folders;
    const char *file; /* NULL: report.html of OUT */
    bool anonymise;
} report_arguments;

enum { KEY_ANONYMISE = 256 };

static const struct argp_option options[] = {
    {"output", 'o', "FILE", 0, N_("write the page to FILE (default: OUT/report.html)"), 0},
    {"anonymise", KEY_ANONYMISE, NULL, 0, N_("let nobody be picked out of the page"), 0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state) {
    report_arguments *arguments = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->folders;
        return 0;
    case 'o':
        arguments->file = argument;
        return 0;
    case KEY_ANONYMISE:
        arguments->anonymise = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* Writes the page to its file, which appears whole. */
static pulang_status save(const report_arguments *arguments, const char *html, pulang_error *error) {
    char folder[PATH_MAX];
    const char *name = "report.html";
    pulang_batch *batch = NULL;
    if (arguments->file) {
        const char *slash = strrchr(arguments->file, '/');
        name = slash ? slash + 1 : arguments->file;
        snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash + 1 - arguments->file) : 1,
                 slash ? arguments->file : ".");
    } else {
        snprintf(folder, sizeof folder, "%s", arguments->folders.out);
    }
    if (!*name)
        return pulang_fail(error, PULANG_ERROR_ARGUMENT, _("%s is a folder; name a file"), arguments->file);
    pulang_status status = pulang_batch_new(folder, &batch, error);
    if (status == PULANG_OK)
        status = pulang_batch_add(batch, name, html, strlen(html), error);
    if (status == PULANG_OK)
        status = pulang_batch_commit(batch, error);
    pulang_batch_free(batch);
    return status;
}

static int report(const report_arguments *arguments, const pulang_instance *instance) {
    pulang_error error;
    pulang_claim *claim = NULL;
    pulang_plan *plan = NULL;
    char *html = NULL;
    pulang_status status = pulang_output_read(instance, arguments->folders.out, &claim, &error);
    if (status == PULANG_OK)
        status = pulang_claim_plan(instance, claim, &plan, &error);
    if (status == PULANG_OK)
        status = pulang_output_page(instance, plan, arguments->anonymise, NULL, &html, &error);
    if (status == PULANG_OK)
        status = save(arguments, html, &error);
    pulang_free(html);
    pulang_plan_free(plan);
    pulang_claim_free(claim);
    return status == PULANG_OK ? EXIT_SOLVED : report_error(&error);
}

int command_report(int argc, char **argv) {
    const struct argp_child children[] = {{folders_argp(), 0, NULL, 0}, {0}};
    const struct argp argp = {
        .options = options,
        .parser = parse,
        .args_doc = "DIR OUT",
        .doc = N_("Makes report.html again from the output folder OUT of the problem folder DIR: in another "
                  "language, or without anything by which a person could be picked out of it, to be given to "
                  "others.\vExamples:\n"
                  "  LANG=id_ID pulang report datasets/tiny out\n"
                  "  pulang report datasets/tiny out --anonymise -o public.html\n\n"
                  "Exit code 0: written; 1: a file cannot be read or written, or OUT was not made from DIR."),
        .children = children,
        .argp_domain = PULANG_TEXT_DOMAIN,
    };
    report_arguments arguments = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    pulang_instance *instance = NULL;
    int code = read_instance(arguments.folders.dir, arguments.folders.scenario, true, &instance);
    if (code == EXIT_SOLVED)
        code = report(&arguments, instance);
    pulang_instance_free(instance);
    return code;
}
