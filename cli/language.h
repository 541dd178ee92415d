/*
 * The language in which the program speaks.
 */
#ifndef PULANG_CLI_LANGUAGE_H
#define PULANG_CLI_LANGUAGE_H

/* Follows the user's locale; numbers are always read and written with a decimal point. */
void language_init(void);

#endif
