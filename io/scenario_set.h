/*
 * Settings of a scenario that come from elsewhere than its files: KEY=VALUE of a command line. They go the
 * way of a file that states nothing else, and so meet the same checks.
 */
#ifndef PULANG_IO_SCENARIO_SET_H
#define PULANG_IO_SCENARIO_SET_H

#include "io/scenario_keys.h"

/* Takes the setting over; a key that there is not, or that holds a list, is a fault. */
void pulang_scenario_set(pulang_scenario_draft *draft, const pulang_override *override);

#endif
