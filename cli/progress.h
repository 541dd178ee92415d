/*
 * One line on the terminal that says how the solve is getting on.
 */
#ifndef PULANG_CLI_PROGRESS_H
#define PULANG_CLI_PROGRESS_H

#include "pulang.h"

typedef struct progress_line {
    bool show;
    double shown_at; /* seconds of the solve when it was last drawn */
} progress_line;

/* Shown only when stderr is a terminal and quiet is false. */
void progress_begin(progress_line *line, bool quiet);
/* For pulang_settings: user is a progress_line. True (stop) after Ctrl-C. */
bool progress_report(const pulang_progress *progress, void *user);
/* Wipes the line. */
void progress_end(progress_line *line);

#endif
