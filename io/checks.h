/*
 * Checks across files, on the instance as read. All add findings. They run once the tables of
 * persons, places and posts could be read; the second group only when there is no fault so far.
 */
#ifndef PULANG_IO_CHECKS_H
#define PULANG_IO_CHECKS_H

#include "io/reader.h"

/* Coordinates that are most likely wrong: swapped, outside Indonesia, far from all others. */
void pulang_checks_points(pulang_reader *reader);
/* Skills and contracts that posts ask for and nobody has. */
void pulang_checks_skills(pulang_reader *reader);
/* Pins and tenure against seats, groups and the forbid column. */
void pulang_checks_pins(pulang_reader *reader);
/* Quotas that select no post, select no person, or limit nothing. */
void pulang_checks_quotas(pulang_reader *reader);

/* Persons without an eligible post, posts that nobody may hold, minimums that seats or people
   cannot meet. */
void pulang_checks_capacity(pulang_reader *reader);

#endif
