/*
 * Makes problems of a relaxed_model, for solver/relaxed.c only.
 */
#ifndef PULANG_SOLVER_RELAXED_BUILD_H
#define PULANG_SOLVER_RELAXED_BUILD_H

#include "solver/relaxed.h"

/* *earned: to be added to the value of the level. */
pulang_status relaxed_build(const relaxed_model *model, const relaxed_form *form, pulang_problem **problem,
                            int64_t *earned, pulang_error *error);

#endif
