/*
 * Draws of the searches: a linear congruential generator (Knuth's MMIX), the same on every machine.
 */
#ifndef PULANG_SOLVER_DRAW_H
#define PULANG_SOLVER_DRAW_H

#include <stdint.h>

/* 0 .. n - 1; *random is the state. */
static inline uint32_t pulang_draw(uint64_t *random, uint32_t n) {
    *random = *random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(((*random >> 32) * n) >> 32);
}

#endif
