/*
 * The certificate of a plan: dual prices, one set for each step of the lexicographic proof.
 *
 * The steps in order: FEASIBLE first; then for each sum level LEVEL; for a largest level of value z:
 * BELOW (only when z > 0), then HOLD. See model/bound.h for what a step proves.
 */
#ifndef PULANG_MODEL_CERTIFICATE_H
#define PULANG_MODEL_CERTIFICATE_H

#include <stdint.h>

typedef enum pulang_step_kind {
    PULANG_STEP_FEASIBLE, /* the hard rules alone: an objective of nothing, value 0 */
    PULANG_STEP_LEVEL,    /* a sum level; value: the level's */
    PULANG_STEP_BELOW,    /* a largest level of value z > 0: steps missing to reach z - 1; value >= 1 */
    PULANG_STEP_HOLD      /* a largest level of value z: steps missing to reach z; value 0 */
} pulang_step_kind;

/* What one more step of a total (a post's head, a gcd step of a quota's group) is worth. */
typedef struct pulang_price {
    int post;        /* >= 0: of this post; PULANG_NONE: of a quota's group */
    int quota;       /* index, PULANG_NONE for a post */
    const char *key; /* the group's key, "" for a post */
    int64_t price;   /* never 0: zero prices are left out */
} pulang_price;

typedef struct pulang_step {
    pulang_step_kind kind;
    int level;     /* PULANG_NONE for FEASIBLE */
    int64_t scale; /* >= 1: the objective and the prices are counted in 1/scale of the level's unit */
    int64_t *held; /* [level] what the values of the sum levels before are worth: >= 0, in 1/scale of this
                      level's unit per unit of theirs; NULL: all 0 */
    int n_prices;
    pulang_price *prices; /* posts before quotas' groups, in the order of the problem's totals */
} pulang_step;

#endif
