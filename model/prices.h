/*
 * Exact prices: by how much the optimum of each level changes when one number of the input does. The whole
 * problem is solved again for each, so that they are true of integers and of all levels at once; the dual
 * prices of the certificate are estimates of them.
 */
#ifndef PULANG_MODEL_PRICES_H
#define PULANG_MODEL_PRICES_H

#include <stdint.h>

typedef enum pulang_price_state {
    PULANG_PRICE_NONE,      /* there is nothing to change: the quota has no such bound */
    PULANG_PRICE_UNREACHED, /* the time was up before */
    PULANG_PRICE_KNOWN,
    PULANG_PRICE_IMPOSSIBLE /* the changed problem has no plan */
} pulang_price_state;

typedef struct pulang_exact_price {
    pulang_price_state state;
    int64_t *change; /* [n_levels] when known: the optimum after less the one before */
} pulang_exact_price;

typedef struct pulang_prices {
    pulang_exact_price *seat;    /* [n_posts] max + 1, where there is a max */
    pulang_exact_price *need;    /* [n_posts] target + 1, and max + 1 where it is the target */
    int n_groups;                /* of all quotas that are on, in the order of pulang_quota_groups */
    pulang_exact_price *min;     /* [n_groups] the minimum lower by a step of the total */
    pulang_exact_price *max;     /* [n_groups] the maximum higher by a step */
    pulang_exact_price **person; /* [n_persons] one more like the person; persons of a class share it */
    double seconds;              /* to work them out */
    int n, n_reached;            /* how many there are, without NONE, and how many of them were reached */
} pulang_prices;

#endif
