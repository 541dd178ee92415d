/*
 * The random numbers of the generators: SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable
 * pseudorandom number generators"), integers only, so that a seed gives the same problem on every machine.
 */
#ifndef PULANG_CLI_GENERATE_DRAW_H
#define PULANG_CLI_GENERATE_DRAW_H

#include <stdbool.h>
#include <stdint.h>

typedef struct draw_state {
    uint64_t state; /* any value is a seed */
} draw_state;

uint64_t draw_next(draw_state *random);
/* Uniform in lo .. hi, both included; lo <= hi. */
int draw_range(draw_state *random, int lo, int hi);
/* True in `percent` of 100 draws. */
bool draw_chance(draw_state *random, int percent);
/* Index in 0 .. n - 1, each with probability weight / sum of weights; -1 when all are 0. */
int draw_weighted(draw_state *random, const int *weight, int n);
/* Bell-shaped in lo .. hi: the mean of three uniform draws. */
int draw_bell(draw_state *random, int lo, int hi);

#endif
