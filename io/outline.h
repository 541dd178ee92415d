/*
 * Outlines with fewer points, for a page that must stay small.
 */
#ifndef PULANG_IO_OUTLINE_H
#define PULANG_IO_OUTLINE_H

#include "model/instance.h"

/*
 * The outlines of all places with at most so many points in all, as far as no ring falls below four: what is
 * left out lies within the least tolerance (doubled from 10 m) that does it. In the arena; NULL: out of
 * memory.
 */
pulang_boundary *pulang_outlines_simplify(const pulang_instance *instance, int most_points,
                                          pulang_arena *arena);

#endif
