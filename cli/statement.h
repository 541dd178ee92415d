/*
 * The statement of the levels on stdout, and how far the exact prices came on stderr.
 */
#ifndef PULANG_CLI_STATEMENT_H
#define PULANG_CLI_STATEMENT_H

#include "pulang.h"

void statement_print(const pulang_plan *plan);
void statement_print_prices(const pulang_plan *plan);

#endif
