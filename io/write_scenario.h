/*
 * The members "scenario" and "rules" of summary.json: what the plan was asked to be, as it was in force: with
 * defaults, and with what extending scenarios and the command line changed.
 */
#ifndef PULANG_IO_WRITE_SCENARIO_H
#define PULANG_IO_WRITE_SCENARIO_H

#include "io/json.h"
#include "model/instance.h"

/* "scenario": every setting by its dotted key, in the order of the documentation. */
void pulang_scenario_write(const pulang_scenario *scenario, pulang_json_builder *json);
/* "rules": every quota, in the order of the file, those switched off too. */
void pulang_rules_write(const pulang_instance *instance, pulang_json_builder *json);

#endif
