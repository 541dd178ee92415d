/*
 * The levels in plain words.
 */
#ifndef PULANG_IO_LEVEL_TEXT_H
#define PULANG_IO_LEVEL_TEXT_H

#include "model/scenario.h"

/* What a level adds up, for people who do not know its name; translated. */
const char *pulang_level_text(const pulang_level *level);

#endif
