/*
 * A comparison printed as text.
 */
#ifndef PULANG_CLI_COMPARISON_H
#define PULANG_CLI_COMPARISON_H

#include "io/compare.h"

/* Prints to stdout: a screen or two, or everything. */
void comparison_print(const pulang_comparison *comparison, bool all);

#endif
