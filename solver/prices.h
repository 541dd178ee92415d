/*
 * Exact prices of an optimal plan (model/prices.h).
 */
#ifndef PULANG_SOLVER_PRICES_H
#define PULANG_SOLVER_PRICES_H

#include "model/plan.h"

/* Works the prices out and keeps them in the plan, which is proven at every level. deadline: of
   pulang_clock(); what is not reached by then, or when the progress callback says stop, is marked so. */
pulang_status pulang_prices_make(pulang_plan *plan, const pulang_settings *settings, double deadline,
                                 pulang_error *error);

/* Sets a price that was reached: the change at each level (NULL: none at all), or that there is no plan. */
pulang_status pulang_prices_set(pulang_plan *plan, pulang_prices *prices, pulang_exact_price *price,
                                bool possible, const int64_t *change, pulang_error *error);

#endif
