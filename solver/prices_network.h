/*
 * Exact prices out of the residual network, where the problem is one: without a solve.
 */
#ifndef PULANG_SOLVER_PRICES_NETWORK_H
#define PULANG_SOLVER_PRICES_NETWORK_H

#include "solver/prices.h"
#include "solver/residual.h"

typedef struct prices_network {
    const pulang_instance *instance;
    pulang_problem *problem; /* with room for one more of every class */
    pulang_residual *residual;
    int *up;   /* [n_totals] the total above, PULANG_NONE: the root */
    int *flow; /* of the plan */
} prices_network;

/* problem: of the plan's instance. residual stays NULL where there is no network. prices_network_clear in any
   case. */
pulang_status prices_network_init(prices_network *network, const pulang_plan *plan,
                                  const pulang_problem *problem, pulang_error *error);
void prices_network_clear(prices_network *network);

/* The price of one more person of every class. */
pulang_status prices_network_persons(const prices_network *network, pulang_plan *plan, pulang_prices *prices,
                                     pulang_error *error);
/* The prices of a seat more at all full posts that are below the total (PULANG_NONE: at the root). */
pulang_status prices_network_seats(const prices_network *network, int above, pulang_plan *plan,
                                   pulang_prices *prices, pulang_error *error);

#endif
