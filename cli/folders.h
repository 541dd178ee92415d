/*
 * The folders that nearly every command is given: DIR, or DIR and OUT, --scenario and --set.
 */
#ifndef PULANG_CLI_FOLDERS_H
#define PULANG_CLI_FOLDERS_H

#include "pulang.h"

#include <argp.h>

#define SET_MOST 64

typedef struct folder_arguments {
    const char *dir, *out; /* out: NULL where the command takes none */
    const char *scenario;  /* NULL: that of the folder */
    pulang_override set[SET_MOST];
    int n_set;
} folder_arguments;

/* Child parsers for argp, whose input is a folder_arguments: DIR; DIR and OUT. What comes after these the
   command takes before them. */
const struct argp *folder_argp(void);
const struct argp *folders_argp(void);

/* Adds KEY=VALUE, given to the option source, to the settings; ends the program with a usage error when it is
   none. */
void set_add(folder_arguments *arguments, char *text, const char *source, struct argp_state *state);
/*
 * Reads the problem folder, printing findings (warnings only when not quiet) and errors.
 * Returns EXIT_SOLVED and *instance, or an exit code.
 */
int read_instance(const folder_arguments *folders, bool quiet, pulang_instance **instance);
/*
 * Makes the output folder. posts.csv and quotas.csv are names of inputs and of outputs: it must not be a
 * problem folder. Found out, like a folder that cannot be written, before the time of solving is spent.
 */
pulang_status output_prepare(const char *out, pulang_error *error);

#endif
