/*
 * Published optima of instances of the literature.
 */
#ifndef PULANG_IO_KNOWN_H
#define PULANG_IO_KNOWN_H

#include <stdbool.h>
#include <stdint.h>

/* The optimum of the instance of that name (as pulang bench calls it) and size (persons or jobs); false: none
   is known. */
bool pulang_known_optimum(const char *instance, int size, int64_t *optimum);

#endif
