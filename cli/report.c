/*
 * pulang report DIR OUT [OUT2 ...]: makes the page, beside others, and the workbook again from a folder of
 * results.
 */
#include "cli/command.h"
#include "cli/folders.h"
#include "cli/runs.h"
#include "io/atomic.h"
#include "io/output.h"
#include "io/read_output.h"
#include "io/write_compare.h"
#include "model/alloc.h"
#include "model/error.h"

#include <argp.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

typedef struct report_arguments {
    folder_arguments folders;
    const char *others[RUNS_MOST]; /* [n_others] laid beside OUT, which is the first */
    int n_others;
    const char *file; /* NULL: report.html of OUT */
    bool anonymise;
} report_arguments;

enum { KEY_ANONYMISE = 256 };

static const struct argp_option options[] = {
    {"output", 'o', "FILE", 0, N_("write only the page, to FILE"), 0},
    {"anonymise", KEY_ANONYMISE, NULL, 0, N_("let nobody be picked out of the page"), 0},
    {0},
};

/* A folder after the first. */
static error_t take_folder(report_arguments *arguments, const char *folder, struct argp_state *state) {
    if (!arguments->folders.out)
        return ARGP_ERR_UNKNOWN;
    if (arguments->n_others == 0)
        arguments->others[arguments->n_others++] = arguments->folders.out;
    if (arguments->n_others == RUNS_MOST)
        argp_error(state, _("at most %d output folders at a time"), RUNS_MOST);
    arguments->others[arguments->n_others++] = folder;
    return 0;
}

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
    case ARGP_KEY_ARG:
        return take_folder(arguments, argument, state);
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* Writes the page and, where there is one, the workbook to their files, which appear whole. */
static pulang_status save(const report_arguments *arguments, const char *html,
                          const pulang_output_table *workbook, pulang_error *error) {
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
    if (status == PULANG_OK && workbook->bytes)
        status = pulang_batch_add(batch, workbook->name, workbook->bytes, workbook->length, error);
    if (status == PULANG_OK)
        status = pulang_batch_commit(batch, error);
    pulang_batch_free(batch);
    return status;
}

/* The plan laid beside the others, as the page gets it. */
static pulang_status compare(const report_arguments *arguments, const runs *others, char **text,
                             pulang_error *error) {
    pulang_comparison *comparison = NULL;
    pulang_json_builder *json = NULL;
    pulang_status status =
        pulang_compare((const pulang_run *const *)others->items, others->n, &comparison, error);
    if (status != PULANG_OK)
        return status;
    json = pulang_json_builder_new();
    if (json) {
        pulang_comparison_write_members(comparison, !arguments->anonymise, json);
        *text = pulang_json_finish_compact(json);
    }
    pulang_json_builder_free(json);
    pulang_comparison_free(comparison);
    return *text ? PULANG_OK : pulang_fail_memory(error);
}

/* others: none, or those to be laid beside the plan. */
static int report(const report_arguments *arguments, const pulang_instance *instance, const runs *others) {
    pulang_error error;
    pulang_claim *claim = NULL;
    pulang_plan *plan = NULL;
    char *comparison = NULL, *html = NULL;
    pulang_output_table workbook = {.bytes = NULL};
    bool whole = !arguments->anonymise && !arguments->file; /* the workbook too */
    pulang_status status = pulang_output_read(instance, arguments->folders.out, &claim, &error);
    if (status == PULANG_OK)
        status = pulang_claim_plan(instance, claim, &plan, &error);
    if (status == PULANG_OK && others->n > 0)
        status = compare(arguments, others, &comparison, &error);
    if (status == PULANG_OK)
        status = pulang_output_page(instance, plan, arguments->anonymise, comparison, &html,
                                    whole ? &workbook : NULL, &error);
    if (status == PULANG_OK)
        status = save(arguments, html, &workbook, &error);
    pulang_free(workbook.bytes);
    pulang_free(html);
    pulang_free(comparison);
    pulang_plan_free(plan);
    pulang_claim_free(claim);
    return status == PULANG_OK ? EXIT_SOLVED : report_error(&error);
}

int command_report(int argc, char **argv) {
    const struct argp_child children[] = {{folders_argp(), 0, NULL, 0}, {0}};
    const struct argp argp = {
        .options = options,
        .parser = parse,
        .args_doc = "DIR OUT [OUT2 ...]",
        .doc =
            N_("Makes report.html and placements.xlsx again from the output folder OUT of the problem folder "
               "DIR: in another language; or, with --anonymise, only the page, without anything by which a "
               "person could be picked out of it, to be given to others. With more folders, of this or "
               "another problem, the page also lays them beside "
               "OUT, as pulang "
               "compare does.\vExamples:\n"
               "  LANG=id_ID pulang report datasets/tiny out\n"
               "  pulang report datasets/kotim out/kotim out/strong-home out/budget\n"
               "  pulang report datasets/tiny out --anonymise -o public.html\n\n"
               "Exit code 0: written; 1: a file cannot be read or written, or OUT was not made from DIR."),
        .children = children,
        .argp_domain = PULANG_TEXT_DOMAIN,
    };
    report_arguments arguments = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    pulang_instance *instance = NULL;
    runs others = {.n = 0};
    int code = read_instance(&arguments.folders, true, &instance);
    if (code == EXIT_SOLVED)
        code = runs_read(arguments.others, arguments.n_others, false, false, &others);
    if (code == EXIT_SOLVED)
        code = report(&arguments, instance, &others);
    runs_clear(&others);
    pulang_instance_free(instance);
    return code;
}
