/*
 * Ctrl-C (and SIGTERM): the first asks for the best plan so far, the second ends the program at once.
 */
#ifndef PULANG_CLI_INTERRUPT_H
#define PULANG_CLI_INTERRUPT_H

#include <stdbool.h>

void interrupt_init(void);
bool interrupt_requested(void);
/* Asks for an end as Ctrl-C does. */
void interrupt_request(void);

#endif
