/*
 * pulang check DIR: everything that is wrong in a problem folder, in one go.
 */
#include "cli/command.h"
#include "cli/folders.h"
#include "io/json.h"
#include "model/alloc.h"
#include "model/error.h"

#include <argp.h>
#include <stdio.h>

typedef struct check_arguments {
    folder_arguments folders;
    bool all, json;
} check_arguments;

enum { KEY_ALL = 256, KEY_JSON };

static const struct argp_option options[] = {
    {"all", KEY_ALL, NULL, 0, N_("print every finding, also on a terminal"), 0},
    {"json", KEY_JSON, NULL, 0, N_("print the findings to stdout as JSON"), 0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state) {
    check_arguments *arguments = state->input;
    (void)argument;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->folders;
        return 0;
    case KEY_ALL:
        arguments->all = true;
        return 0;
    case KEY_JSON:
        arguments->json = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void finding_to_json(pulang_json_builder *json, const pulang_finding *finding) {
    pulang_json_open_object(json, NULL);
    pulang_json_text(json, "severity", finding->severity == PULANG_FAULT ? "fault" : "warning");
    pulang_json_text(json, "file", finding->file);
    pulang_json_integer(json, "line", finding->line);
    pulang_json_integer(json, "column", finding->column);
    pulang_json_text(json, "heading", finding->heading);
    pulang_json_text(json, "value", finding->value);
    pulang_json_text(json, "message", finding->message);
    pulang_json_text(json, "mend", finding->mend);
    pulang_json_close(json);
}

static bool print_json(const pulang_findings *findings) {
    pulang_json_builder *json = pulang_json_builder_new();
    if (!json)
        return false;
    pulang_json_integer(json, "faults", (int64_t)pulang_findings_count(findings, PULANG_FAULT));
    pulang_json_integer(json, "warnings", (int64_t)pulang_findings_count(findings, PULANG_WARNING));
    pulang_json_open_array(json, "findings");
    for (size_t i = 0; i < pulang_findings_total(findings); i++)
        finding_to_json(json, pulang_findings_at(findings, i));
    pulang_json_close(json);
    char *text = pulang_json_finish(json);
    pulang_json_builder_free(json);
    if (text)
        fputs(text, stdout);
    pulang_free(text);
    return text != NULL;
}

/* Reads and reports; the exit code. */
static int check(const check_arguments *arguments, pulang_findings *findings) {
    pulang_error error;
    pulang_instance *instance = NULL;
    pulang_status status =
        pulang_instance_read_set(arguments->folders.dir, arguments->folders.scenario, arguments->folders.set,
                                 arguments->folders.n_set, findings, &instance, &error);
    size_t faults = pulang_findings_count(findings, PULANG_FAULT);
    int code = EXIT_SOLVED;
    if (arguments->json && !print_json(findings)) {
        pulang_fail_memory(&error);
        code = report_error(&error);
    } else if (!arguments->json) {
        report_findings(findings, arguments->all);
    }
    if (code == EXIT_SOLVED && status != PULANG_OK)
        code = faults ? EXIT_BAD_INPUT : report_error(&error);
    if (code == EXIT_SOLVED && !arguments->json)
        fprintf(stderr, _("%s: persons: %d, posts: %d, places: %d; can be solved\n"), arguments->folders.dir,
                pulang_instance_persons(instance), pulang_instance_posts(instance),
                pulang_instance_places(instance));
    pulang_instance_free(instance);
    return code;
}

int command_check(int argc, char **argv) {
    const struct argp_child children[] = {{folder_argp(), 0, NULL, 0}, {0}};
    const struct argp argp = {
        .options = options,
        .parser = parse,
        .args_doc = "DIR",
        .doc =
            N_("Says everything that is wrong in the problem folder DIR, with file, line, column, value and "
               "a mend.\vExamples:\n"
               "  pulang check datasets/tiny\n"
               "  pulang check datasets/tiny --json | jq '.findings[].message'\n\n"
               "Exit code 0: it can be solved (there may be warnings); 1: there are faults."),
        .children = children,
        .argp_domain = PULANG_TEXT_DOMAIN,
    };
    check_arguments arguments = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    pulang_findings *findings = pulang_findings_new();
    if (!findings) {
        pulang_error error;
        pulang_fail_memory(&error);
        return report_error(&error);
    }
    int code = check(&arguments, findings);
    pulang_findings_free(findings);
    return code;
}
