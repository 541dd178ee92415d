/*
 * Exact solution of the generalized assignment problem.
 */
#ifndef PULANG_SOLVER_GAP_H
#define PULANG_SOLVER_GAP_H

#include "model/gap.h"
#include "pulang.h"

typedef struct pulang_gap_settings {
    double seconds;           /* limit; 0: none */
    uint64_t seed;            /* of what is drawn at random; the same seed, the same plan */
    bool (*stop)(void *user); /* asked now and then; may be NULL */
    void *user;
} pulang_gap_settings;

/* At a limit, or told to stop: the best plan found, with the bound. PULANG_ERROR_LIMIT: the numbers are too
 * large. */
pulang_status pulang_gap_solve(const pulang_gap *gap, const pulang_gap_settings *settings,
                               pulang_gap_plan **plan, pulang_error *error);

#endif
