/*
 * Pools of names, customary in the region. The persons made of them do not exist.
 */
#ifndef PULANG_CLI_GENERATE_NAMES_H
#define PULANG_CLI_GENERATE_NAMES_H

#include "cli/generate/people.h"

const char *names_draw(problem_draft *draft, name_region region, bool woman);

#endif
