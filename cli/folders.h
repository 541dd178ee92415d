/*
 * The folders that nearly every command is given: DIR, or DIR and OUT, and --scenario.
 */
#ifndef PULANG_CLI_FOLDERS_H
#define PULANG_CLI_FOLDERS_H

#include <argp.h>

typedef struct folder_arguments {
    const char *dir, *out; /* out: NULL where the command takes none */
    const char *scenario;  /* NULL: that of the folder */
} folder_arguments;

/* Child parsers for argp, whose input is a folder_arguments: DIR; DIR and OUT. What comes after these the
   command takes before them. */
const struct argp *folder_argp(void);
const struct argp *folders_argp(void);

#endif
