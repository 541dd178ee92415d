/*
 * The language in which the program speaks.
 */
#ifndef PULANG_CLI_LANGUAGE_H
#define PULANG_CLI_LANGUAGE_H

#include <stdbool.h>

/* Follows the user's locale; numbers are always read and written with a decimal point. */
void language_init(void);
/* Whether messages come in Indonesian. */
bool language_is_indonesian(void);

#endif
