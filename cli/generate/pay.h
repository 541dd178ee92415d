/*
 * Base pay of civil servants.
 */
#ifndef PULANG_CLI_GENERATE_PAY_H
#define PULANG_CLI_GENERATE_PAY_H

#include "cli/generate/people.h"

/* Rupiah a month after so many years of service. */
int pay_pppk(schooling education, int years);
int pay_pns(schooling education, int years);

#endif
