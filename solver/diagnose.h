/*
 * Says why an instance has no plan: conflicts of rules, and the cheapest repair.
 */
#ifndef PULANG_SOLVER_DIAGNOSE_H
#define PULANG_SOLVER_DIAGNOSE_H

#include "model/diagnosis.h"

/*
 * settings: method, time limit, seed and progress. The instance must outlive the diagnosis. When time is up,
 * what was found so far is handed out, and says what is not proven.
 */
pulang_status pulang_diagnose(const pulang_instance *instance, const pulang_settings *settings,
                              const pulang_tariff *tariff, pulang_diagnosis **diagnosis, pulang_error *error);

#endif
