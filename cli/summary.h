/*
 * The result of a solve in a few lines for people.
 */
#ifndef PULANG_CLI_SUMMARY_H
#define PULANG_CLI_SUMMARY_H

#include "pulang.h"

/* Prints to stderr: what was found, each level with its proof, today beside the plan. */
pulang_status summary_print(const pulang_instance *instance, const pulang_plan *plan, pulang_error *error);

#endif
