/*
 * Chooses the method and solves; pulang_solve of pulang.h is in solve.c too, what a plan keeps of the proof
 * in solve_steps.c.
 */
#ifndef PULANG_SOLVER_SOLVE_H
#define PULANG_SOLVER_SOLVE_H

#include "model/problem.h"
#include "solver/core.h"

/* PULANG_ERROR_ARGUMENT when a setting is out of range. */
pulang_status pulang_solve_settings(const pulang_settings *settings, pulang_error *error);
/* Solves a compiled problem by settings->method (auto: the core where it applies, else GLPK), the core
   from start where that is not NULL. *solution is the caller's. PULANG_ERROR_ARGUMENT when the core is asked
   for and does not apply. */
pulang_status pulang_solve_problem(const pulang_problem *problem, const pulang_settings *settings,
                                   const pulang_core_start *start, pulang_solution **solution,
                                   pulang_error *error);
/* Who goes where: of each class as many as the flow says; of alike people those stay in the post `keep` (of
   each person, PULANG_NONE: none) who can. post_of: [persons], filled. Returns 0, or -1: out of memory. */
int pulang_solve_place(const pulang_problem *problem, const int *flow, const int *keep, int *post_of);
/* The proof of a solution, by the names of what its prices are for. Returns 0, or -1: out of memory. */
int pulang_solve_steps(const pulang_problem *problem, const pulang_solution *solution, pulang_plan *plan);
/* The plan of a solution, person by person, checked against the instance. */
pulang_status pulang_solve_plan(const pulang_instance *instance, const pulang_problem *problem,
                                const pulang_solution *solution, pulang_plan **plan, pulang_error *error);

#endif
