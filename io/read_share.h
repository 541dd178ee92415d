/*
 * Quotas that bound a share: min or max written as 30%.
 */
#ifndef PULANG_IO_READ_SHARE_H
#define PULANG_IO_READ_SHARE_H

#include "io/reader.h"

/* The cells of quotas.csv that say how much, or what the scenario puts in their place. */
typedef struct pulang_bound_fields {
    pulang_field of, min, target, max, or_none;
} pulang_bound_fields;

/* Whether the quota bounds a share: there is an `of`, or a bound in percent. */
bool pulang_share_meant(const pulang_bound_fields *fields);
/* Fills the share and its one bound. */
void pulang_read_share(pulang_reader *reader, const pulang_bound_fields *fields, pulang_quota *quota);

#endif
