/*
 * The price of falling short of a target.
 *
 * Missing s of a target T costs weight * s^2 / T (times 1000): the sum over posts is least when
 * the shares s/T are even, so shortages spread in proportion to need instead of emptying a few
 * places. The parabola is met exactly at its breaks and linear between them: one break per unit up
 * to PULANG_SHORTAGE_PIECES units, that many even steps beyond. All in integers.
 */
#ifndef PULANG_MODEL_SHORTAGE_H
#define PULANG_MODEL_SHORTAGE_H

#include <stdint.h>

#define PULANG_SHORTAGE_PIECES 64

/* Pieces for a target of so many units: min(target, PULANG_SHORTAGE_PIECES). */
int pulang_shortage_pieces(int64_t target);
/* The i-th break, 0 <= i <= pieces: missing units from 0 (i = 0) to target (i = pieces). */
int64_t pulang_shortage_break(int64_t target, int i);
/* Cost per missing unit between break i and i + 1: (lo + hi) * weight / (target * scale), rounded;
   rises with i. weight: thousandths; scale: units of the measure per 1. */
int64_t pulang_shortage_slope(int64_t target, int i, int64_t weight, int64_t scale);
/* The cost of missing so many units, 0 <= missing <= target. */
int64_t pulang_shortage_cost(int64_t target, int64_t missing, int64_t weight, int64_t scale);

#endif
