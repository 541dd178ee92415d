/*
 * When to stop, and whom to tell: shared by the methods.
 */
#ifndef PULANG_SOLVER_LIMITS_H
#define PULANG_SOLVER_LIMITS_H

#include "model/problem.h"

typedef struct pulang_limits {
    double begin;    /* pulang_clock() when the solve began */
    double deadline; /* pulang_clock() value, infinite: none */
    double gap;      /* relative gap at which a level counts as solved; 0: proven */
    long nodes;      /* of branch and cut on a level after which to stop; 0: no limit */
    uint32_t seed;
    pulang_progress_function progress; /* may be NULL */
    void *user;
    bool stopped; /* set once the time is up or the callback said stop */
} pulang_limits;

/* Seconds on a clock that never goes back. */
double pulang_clock(void);
/* Reports progress (seconds, time_left and the level's name are filled in here) and tells whether to
   stop; once true it stays true. */
bool pulang_limits_stop(pulang_limits *limits, const pulang_problem *problem, pulang_progress *progress);

#endif
