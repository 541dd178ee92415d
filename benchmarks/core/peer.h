/*
 * What every peer program needs: a transportation problem from a .knet file, the clock, and the row of
 * JSON that benchmarks/core/run.py reads.
 */
#ifndef PEER_H
#define PEER_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Every person is placed; post j takes lower[j] .. upper[j] of them. */
typedef struct peer_problem {
    int n, m; /* persons, posts */
    const int32_t *lower, *upper;
    const int32_t *cost; /* [n * m] person by person */
} peer_problem;

/* Reads the file, or ends the program with a message and exit code 1. Never freed. */
peer_problem peer_read(const char *file);

/* Ends the program with a message and exit code 1. */
void peer_fail(const char *what);

/* Seconds of a clock that only goes forward. */
double peer_now(void);

/* Prints the row; the peak of memory is that of the whole program. */
void peer_print(const char *solver, const char *form, const char *file, int64_t objective, double setup,
                double solve);

#ifdef __cplusplus
}
#endif
#endif
