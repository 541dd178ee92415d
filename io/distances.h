/*
 * People by the travel distance from their place of origin to a post, in classes.
 */
#ifndef PULANG_IO_DISTANCES_H
#define PULANG_IO_DISTANCES_H

#include "pulang.h"

#define PULANG_DISTANCE_CLASSES 8

/* km below which a person is in the class; the last class has no end. */
extern const int pulang_distance_ends[PULANG_DISTANCE_CLASSES - 1];

/* Counts the persons whose origin and distance are known. post_of: [n_persons], PULANG_NONE: no post. */
void pulang_distance_count(const pulang_instance *instance, const int *post_of,
                           int heads[PULANG_DISTANCE_CLASSES]);

#endif
