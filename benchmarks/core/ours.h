/*
 * What the programs that measure pulang alone share: K and a problem folder on the command line, clock,
 * draws.
 */
#ifndef OURS_H
#define OURS_H

#include "pulang.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct ours_program {
    const char *name, *option; /* "core_resolve", "--repeat" */
    int preset, most;          /* of K, 1 or more */
    /* Measures and prints a row; false with an error. The instance outlives it. */
    bool (*run)(const char *dir, int k, const pulang_instance *instance, pulang_error *error);
} ours_program;

/* Seconds of a clock that only goes forward. */
double ours_now(void);
/* The next of a seeded sequence (SplitMix64). */
uint64_t ours_random(uint64_t *state);
/* Reads "[OPTION K] DIR" and the folder, and runs; the exit code. */
int ours_main(const ours_program *program, int argc, char **argv);

#endif
