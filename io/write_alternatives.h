/*
 * certain.csv, alternatives.csv, elsewhere.csv, and the same as JSON.
 */
#ifndef PULANG_IO_WRITE_ALTERNATIVES_H
#define PULANG_IO_WRITE_ALTERNATIVES_H

#include "model/alternatives.h"
#include "model/certain.h"

/* Writes the three files to the output folder. */
pulang_status pulang_alternatives_write(const pulang_certain *certain,
                                        const pulang_alternatives *alternatives, const char *out,
                                        pulang_error *error);
/* To be freed by pulang_free; NULL: out of memory. */
char *pulang_alternatives_json(const pulang_certain *certain, const pulang_alternatives *alternatives);

#endif
