/*
 * Whole numbers as arguments of options.
 */
#ifndef PULANG_CLI_NUMBER_H
#define PULANG_CLI_NUMBER_H

#include <argp.h>

/* The number that text states; ends the program with a usage error when it is not one of least .. most. */
int number_argument(const char *text, int least, int most, const char *option, struct argp_state *state);

#endif
