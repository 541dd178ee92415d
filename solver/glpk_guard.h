/*
 * What every use of GLPK needs: it prints nothing, and what would abort the process ends the work instead.
 */
#ifndef PULANG_SOLVER_GLPK_GUARD_H
#define PULANG_SOLVER_GLPK_GUARD_H

#include "pulang.h"

/* GLPK's name for what bounds there are; infinite: none. */
int glpk_bounds_kind(double lower, double upper);
/* As a time limit. */
int glpk_milliseconds(double seconds);

/*
 * Does the work, of which GLPK may leave any call into it; its environment, which belongs to the calling
 * thread, is gone afterwards, and all problems with it. mebibytes: what GLPK may take, 0: no limit.
 * PULANG_ERROR_SOLVER, PULANG_ERROR_MEMORY: it has.
 */
pulang_status glpk_guard(void (*work)(void *user), void *user, int mebibytes, pulang_error *error);

#endif
