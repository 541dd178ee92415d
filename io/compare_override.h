/*
 * A change as settings that take the place of what a scenario says, so that it can be made on its own.
 */
#ifndef PULANG_IO_COMPARE_OVERRIDE_H
#define PULANG_IO_COMPARE_OVERRIDE_H

#include "io/compare.h"

#define PULANG_CHANGE_OVERRIDES 6 /* the most that one change needs */

/* Fills set, texts in the arena; *n: how many. False: the change cannot be expressed so (a list, a file, a
   filter), or memory is out: then *n is -1. */
bool pulang_change_overrides(const pulang_change *change, pulang_arena *arena,
                             pulang_override set[PULANG_CHANGE_OVERRIDES], int *n);

#endif
