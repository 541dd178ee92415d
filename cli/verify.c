/*
 * pulang verify DIR OUT: checks a placement and its proof without the solver.
 */
#include "io/verify.h"
#include "cli/command.h"
#include "cli/folders.h"
#include "io/json.h"
#include "model/alloc.h"
#include "model/error.h"

#include <argp.h>
#include <stdio.h>

typedef struct verify_arguments {
    folder_arguments folders;
    bool json;
} verify_arguments;

enum { KEY_JSON = 256 };

static const struct argp_option options[] = {
    {"json", KEY_JSON, NULL, 0, N_("print what was verified as JSON"), 0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state) {
    verify_arguments *arguments = state->input;
    (void)argument;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->folders;
        return 0;
    case KEY_JSON:
        arguments->json = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void print_text(const pulang_verification *verification) {
    const char *const words[] = {[PULANG_VERDICT_OK] = _("ok"),
                                 [PULANG_VERDICT_WRONG] = _("WRONG"),
                                 [PULANG_VERDICT_OPEN] = _("open")};
    for (int i = 0; i < verification->n; i++) {
        const pulang_verified *item = &verification->items[i];
        printf("%-6s %s: %s\n", words[item->verdict], item->subject, item->text);
    }
    if (verification->n_wrong > 0)
        fprintf(stderr, _("the output does not hold: %d wrong\n"), verification->n_wrong);
}

static pulang_status print_json(const pulang_verification *verification, pulang_error *error) {
    static const char *const words[] = {
        [PULANG_VERDICT_OK] = "ok", [PULANG_VERDICT_WRONG] = "wrong", [PULANG_VERDICT_OPEN] = "open"};
    pulang_json_builder *json = pulang_json_builder_new();
    if (!json)
        return pulang_fail_memory(error);
    pulang_json_boolean(json, "holds", verification->n_wrong == 0);
    pulang_json_integer(json, "wrong", verification->n_wrong);
    pulang_json_open_array(json, "verified");
    for (int i = 0; i < verification->n; i++) {
        pulang_json_open_object(json, NULL);
        pulang_json_text(json, "verdict", words[verification->items[i].verdict]);
        pulang_json_text(json, "subject", verification->items[i].subject);
        pulang_json_text(json, "text", verification->items[i].text);
        pulang_json_close(json);
    }
    pulang_json_close(json);
    char *text = pulang_json_finish(json);
    pulang_json_builder_free(json);
    if (!text)
        return pulang_fail_memory(error);
    fputs(text, stdout);
    pulang_free(text);
    return PULANG_OK;
}

static int verify(const verify_arguments *arguments, const pulang_instance *instance) {
    pulang_error error;
    pulang_claim *claim = NULL;
    pulang_verification *verification = NULL;
    pulang_status status = pulang_output_read(instance, arguments->folders.out, &claim, &error);
    if (status == PULANG_OK)
        status = pulang_verify(instance, claim, &verification, &error);
    if (status == PULANG_OK && arguments->json)
        status = print_json(verification, &error);
    else if (status == PULANG_OK)
        print_text(verification);
    int code = status != PULANG_OK     ? report_error(&error)
               : verification->n_wrong ? EXIT_BAD_INPUT
                                       : EXIT_SOLVED;
    pulang_verification_free(verification);
    pulang_claim_free(claim);
    return code;
}

int command_verify(int argc, char **argv) {
    const struct argp_child children[] = {{folders_argp(), 0, NULL, 0}, {0}};
    const struct argp argp = {
        .options = options,
        .parser = parse,
        .args_doc = "DIR OUT",
        .doc = N_("Checks the output folder OUT against the problem folder DIR, without the solver: that the "
                  "inputs are those the plan was made from, that the plan keeps the hard rules, that every "
                  "level has the value stated, and that the prices of the certificate prove the bounds.\v"
                  "Each line says ok, WRONG, or open: a bound found by GLPK comes without prices and is its "
                  "word.\n\nExamples:\n"
                  "  pulang verify datasets/tiny out\n"
                  "  pulang verify datasets/kotim out/strong --scenario datasets/kotim/strong-home.yaml\n\n"
                  "Exit code 0: nothing is wrong; 1: something is, or a file cannot be read."),
        .children = children,
        .argp_domain = PULANG_TEXT_DOMAIN,
    };
    verify_arguments arguments = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    pulang_instance *instance = NULL;
    int code = read_instance(&arguments.folders, true, &instance);
    if (code == EXIT_SOLVED)
        code = verify(&arguments, instance);
    pulang_instance_free(instance);
    return code;
}
