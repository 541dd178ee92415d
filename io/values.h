/*
 * The values that a setting is to take: a range FROM:TO:STEP or a list a,b,c.
 */
#ifndef PULANG_IO_VALUES_H
#define PULANG_IO_VALUES_H

#include "model/instance.h"

#define PULANG_VALUES_MOST 10000

/*
 * *values belong to the arena. Ranges are exact: FROM, FROM + STEP, ... up to TO, in decimals of at most nine
 * digits after the point (percent signs at all three are kept). Numbers are written in their shortest form,
 * so that 0.50 and 0.5 are one value; other items of a list stay as they are. PULANG_ERROR_ARGUMENT when text
 * is neither, has a value twice, or more than PULANG_VALUES_MOST.
 */
pulang_status pulang_values_parse(const char *text, pulang_arena *arena, pulang_texts *values,
                                  pulang_error *error);

#endif
