/*
 * A diagnosis as text for people and as JSON.
 */
#ifndef PULANG_CLI_DIAGNOSIS_H
#define PULANG_CLI_DIAGNOSIS_H

#include "model/diagnosis.h"

#include <stdio.h>

/* Whether there is a plan, in a line. */
void diagnosis_print_outcome(const pulang_diagnosis *diagnosis, FILE *out);
/* The conflicts and repairs, each after a blank line. */
pulang_status diagnosis_print(const pulang_diagnosis *diagnosis, FILE *out, pulang_error *error);
/* One document on stdout. */
pulang_status diagnosis_print_json(const pulang_diagnosis *diagnosis, pulang_error *error);

#endif
