#include "solver/limits.h"

#include <math.h>
#include <time.h>

double pulang_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

bool pulang_limits_stop(pulang_limits *limits, const pulang_problem *problem, pulang_progress *progress) {
    if (limits->stopped)
        return true;
    double now = pulang_clock();
    progress->level = problem->levels[progress->level_index].name;
    progress->n_levels = problem->n_levels;
    progress->seconds = now - limits->begin;
    progress->time_left = limits->deadline - now;
    limits->stopped =
        now >= limits->deadline || (limits->progress && limits->progress(progress, limits->user));
    return limits->stopped;
}
