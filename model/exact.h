/*
 * 64-bit sums and products that remember when they left the range; the result is 0 then.
 */
#ifndef PULANG_MODEL_EXACT_H
#define PULANG_MODEL_EXACT_H

#include <stdbool.h>
#include <stdint.h>

static inline int64_t pulang_exact_add(int64_t a, int64_t b, bool *overflow) {
    int64_t sum;
    if (!__builtin_add_overflow(a, b, &sum))
        return sum;
    *overflow = true;
    return 0;
}

static inline int64_t pulang_exact_subtract(int64_t a, int64_t b, bool *overflow) {
    int64_t difference;
    if (!__builtin_sub_overflow(a, b, &difference))
        return difference;
    *overflow = true;
    return 0;
}

static inline int64_t pulang_exact_multiply(int64_t a, int64_t b, bool *overflow) {
    int64_t product;
    if (!__builtin_mul_overflow(a, b, &product))
        return product;
    *overflow = true;
    return 0;
}

/* a / b rounded down and up, b > 0. */
static inline int64_t pulang_exact_floor(int64_t a, int64_t b) {
    return a / b - (a % b < 0);
}

static inline int64_t pulang_exact_ceil(int64_t a, int64_t b) {
    return a / b + (a % b > 0);
}

/* a / b rounded to the nearest, halves up, b > 0. */
static inline int64_t pulang_exact_round(int64_t a, int64_t b) {
    int64_t whole = pulang_exact_floor(a, b), rest = a - whole * b;
    return whole + (rest >= b - rest);
}

#endif
