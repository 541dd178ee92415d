#include "cli/folders.h"

#include "cli/command.h"
#include "io/atomic.h"
#include "io/sources.h"
#include "model/error.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { KEY_SCENARIO = 256, KEY_SET };

static const struct argp_option options[] = {
    {"scenario", KEY_SCENARIO, "F", 0, N_("read the scenario F instead of DIR/scenario.yaml"), 0},
    {"set", KEY_SET, "KEY=VALUE", 0,
     N_("put VALUE in the place of what the scenario says of KEY, such as weights.hometown=5 or "
        "\"quotas.NAME.min=3\" (may be repeated)"),
     0},
    {0},
};

void set_add(folder_arguments *arguments, char *text, const char *source, struct argp_state *state) {
    char *value = strchr(text, '=');
    if (!value || value == text)
        argp_error(state, _("%s takes KEY=VALUE, not %s"), source, text);
    if (arguments->n_set == SET_MOST)
        argp_error(state, _("%s: at most %d settings"), source, SET_MOST);
    *value = '\0';
    arguments->set[arguments->n_set++] = (pulang_override){text, value + 1, source};
}

static error_t parse_folder(int key, char *argument, struct argp_state *state) {
    folder_arguments *arguments = state->input;
    switch (key) {
    case KEY_SCENARIO:
        arguments->scenario = argument;
        return 0;
    case KEY_SET:
        set_add(arguments, argument, "--set", state);
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->dir)
            argp_error(state, "%s", _("one problem folder at a time"));
        arguments->dir = argument;
        return 0;
    case ARGP_KEY_END:
        if (!arguments->dir)
            argp_error(state, "%s", _("which problem folder?"));
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static error_t parse_folders(int key, char *argument, struct argp_state *state) {
    folder_arguments *arguments = state->input;
    switch (key) {
    case ARGP_KEY_ARG:
        if (arguments->out)
            argp_error(state, "%s", _("one problem folder and one output folder"));
        if (!arguments->dir)
            return parse_folder(key, argument, state);
        arguments->out = argument;
        return 0;
    case ARGP_KEY_END:
        if (!arguments->out)
            argp_error(state, "%s", _("which problem folder, and which output folder?"));
        return 0;
    default:
        return parse_folder(key, argument, state);
    }
}

const struct argp *folder_argp(void) {
    static const struct argp argp = {
        .options = options, .parser = parse_folder, .argp_domain = PULANG_TEXT_DOMAIN};
    return &argp;
}

const struct argp *folders_argp(void) {
    static const struct argp argp = {
        .options = options, .parser = parse_folders, .argp_domain = PULANG_TEXT_DOMAIN};
    return &argp;
}

pulang_status output_prepare(const char *out, pulang_error *error) {
    pulang_batch *batch = NULL;
    if (pulang_sources_is_folder(out))
        return pulang_fail(error, PULANG_ERROR_ARGUMENT,
                           _("%s is a problem folder; name another output folder with -o"), out);
    pulang_status status = pulang_batch_new(out, &batch, error);
    pulang_batch_free(batch);
    if (status == PULANG_OK && access(out, W_OK | X_OK))
        status = pulang_fail(error, PULANG_ERROR_IO, _("cannot write to the output folder %s: %s"), out,
                             strerror(errno));
    return status;
}
