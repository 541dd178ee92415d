/*
 * The settings of a solve on the command line, for every command that solves. They come from the
 * table of model/settings.h.
 */
#ifndef PULANG_CLI_OPTIONS_H
#define PULANG_CLI_OPTIONS_H

#include "pulang.h"

#include <argp.h>

#define SETTINGS_MOST 16

/* What was given: a text for each setting of the table, NULL: not given. */
typedef struct settings_arguments {
    const char *text[SETTINGS_MOST];
} settings_arguments;

/* A child parser for argp; its input is a settings_arguments. */
const struct argp *settings_argp(void);

/* Defaults, over them the limits of the instance's scenario, over them what was given. */
void settings_make(pulang_settings *settings, const pulang_instance *instance,
                   const settings_arguments *arguments);

#endif
