/*
 * The order among persons where merit counts, and where they are otherwise equal: higher merit first, then
 * longer tenure in the present post, then the id in byte order. What is not given comes after what is.
 * The order of the rows in a file is never a reason.
 */
#ifndef PULANG_MODEL_RANK_H
#define PULANG_MODEL_RANK_H

#include "model/instance.h"

/* Below 0: person a comes before person b; 0 only for a person and itself. */
int pulang_rank_compare(const pulang_instance *instance, int a, int b);
/* Sorts persons, the first in rank first. */
void pulang_rank_sort(const pulang_instance *instance, int *persons, int n);

#endif
