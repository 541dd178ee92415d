/*
 * Output folders as runs, for the commands that lay them side by side.
 */
#ifndef PULANG_CLI_RUNS_H
#define PULANG_CLI_RUNS_H

#include "io/run.h"

#define RUNS_MOST 32

typedef struct runs {
    pulang_run *items[RUNS_MOST + 1];
    int n;
} runs;

/*
 * Reads the folders, and with today also everybody where they are now, by the first. Prints what is wrong in
 * any of them, at once; all: every finding. Returns EXIT_SOLVED or an exit code; runs_clear in either case.
 */
int runs_read(const char *const *folders, int n_folders, bool today, bool all, runs *read);
void runs_clear(runs *read);

#endif
