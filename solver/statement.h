/*
 * The statement of the levels of a plan (model/statement.h).
 */
#ifndef PULANG_SOLVER_STATEMENT_H
#define PULANG_SOLVER_STATEMENT_H

#include "model/plan.h"

/* Solves each level but the first without those above, and keeps the statement in the plan, which exists.
   deadline: of pulang_clock(); each level gets an even share of the time that is left. */
pulang_status pulang_statement_make(pulang_plan *plan, const pulang_settings *settings, double deadline,
                                    pulang_error *error);

#endif
