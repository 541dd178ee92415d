/*
 * A diagnosis as text for people and as JSON.
 */
#ifndef PULANG_CLI_DIAGNOSIS_H
#define PULANG_CLI_DIAGNOSIS_H

#include "model/diagnosis.h"

#include <stdio.h>

pulang_status diagnosis_print(const pulang_diagnosis *diagnosis, FILE *out, pulang_error *error);
/* One document on stdout. */
pulang_status diagnosis_print_json(const pulang_diagnosis *diagnosis, pulang_error *error);

#endif
