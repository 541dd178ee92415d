/*
 * The cheapest repair: the changes of rules, and the people who would have to come, that cost least by a
 * tariff and leave a plan.
 */
#ifndef PULANG_SOLVER_REPAIR_H
#define PULANG_SOLVER_REPAIR_H

#include "solver/relaxed.h"

/* *exists: the tariff allows a repair and one was found; then *repair is filled, in the model's arena. */
pulang_status pulang_repair_find(const relaxed_model *model, const pulang_tariff *tariff, bool *exists,
                                 pulang_repair *repair, pulang_error *error);

/* The changes that a plan for the elastic rules stands for. */
pulang_status repair_read(const relaxed_model *model, const pulang_tariff *tariff, const relaxed_plan *plan,
                          pulang_repair *repair, pulang_error *error);

#endif
