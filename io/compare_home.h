/*
 * What a folder tells of the way home beyond the distance itself.
 */
#ifndef PULANG_IO_COMPARE_HOME_H
#define PULANG_IO_COMPARE_HOME_H

#include "io/run.h"

/*
 * How much remoter the person's place is than the origin, 0 to 1 (0: not at all). It is what is left of the
 * cost of the way home when the curve is taken out: docs/model.md has the formula. NAN where it cannot be
 * known: nothing is paid for the way home, or for remoteness.
 */
double pulang_home_remoter(const pulang_run *run, int person_row);
/* Whether the two are closer than the figures of the folder are exact. */
bool pulang_home_same(double a, double b);

#endif
