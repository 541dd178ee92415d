/*
 * What each change does on its own: solved, everything else as in the first run.
 */
#ifndef PULANG_CLI_EFFECTS_H
#define PULANG_CLI_EFFECTS_H

#include "cli/options.h"
#include "io/compare.h"

/*
 * Works the effects out for the runs that differ from the first in several settings and rules; with one
 * change the run itself tells. dir, scenario (NULL: that of dir): what the runs were made from. Fails when
 * the files of dir are not those of the first run. Errors and findings are printed; returns an exit code.
 */
int effects_make(pulang_comparison *comparison, const char *dir, const char *scenario,
                 const settings_arguments *settings);

#endif
