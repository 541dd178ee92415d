/*
 * What the keys of the scenario mean, for people who do not write it.
 */
#ifndef PULANG_IO_SETTING_WORDS_H
#define PULANG_IO_SETTING_WORDS_H

#include "model/arena.h"

/* A setting in words; a key without words is returned as it is. */
const char *pulang_setting_words(const char *key);
/* The same, and quotas.NAME.FIELD too. NULL: out of memory. */
const char *pulang_setting_text(const char *key, pulang_arena *arena);

#endif
