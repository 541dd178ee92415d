/*
 * The list of what is wrong in the input. Public readers are in pulang.h.
 */
#ifndef PULANG_MODEL_FINDINGS_H
#define PULANG_MODEL_FINDINGS_H

#include "pulang.h"

/* Adds a finding; all strings are copied. file: as shown to the user ("persons.csv").
   Out of memory is remembered: see pulang_findings_broken. */
void pulang_findings_add(pulang_findings *findings, const pulang_finding *finding);
/* True when a finding was lost for want of memory. */
bool pulang_findings_broken(const pulang_findings *findings);

#endif
