/*
 * Lists of a command's own after the options of --help.
 */
#ifndef PULANG_CLI_HELP_H
#define PULANG_CLI_HELP_H

#include <stdio.h>

/* For a help_filter of argp: what print writes where argp asks for more at the end (argp frees it; NULL: out
   of memory), every other text as it is. */
char *help_list(int key, const char *text, void (*print)(FILE *out));

#endif
