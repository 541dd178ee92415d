/*
 * Chooses the method and solves; pulang_solve of pulang.h is in solve.c too.
 */
#ifndef PULANG_SOLVER_SOLVE_H
#define PULANG_SOLVER_SOLVE_H

#include "model/problem.h"

/* Solves a compiled problem by settings->method (auto: the core where it applies, else GLPK).
 *solution is the caller's. PULANG_ERROR_ARGUMENT when the core is asked for and does not apply. */
pulang_status pulang_solve_problem(const pulang_problem *problem, const pulang_settings *settings,
                                   pulang_solution **solution, pulang_error *error);

#endif
