/*
 * A plan: who holds which post, with the proof. Public readers are in pulang.h.
 */
#ifndef PULANG_MODEL_PLAN_H
#define PULANG_MODEL_PLAN_H

#include "model/instance.h"

/* A dual price of a total at a level: what one more unit of it would change the level's value by
   (integer; the certificate). Zero prices are left out. */
typedef struct pulang_price {
    int level;
    int post;        /* >= 0: of this post; PULANG_NONE: of a quota's group */
    int quota;       /* index, PULANG_NONE for a post */
    const char *key; /* the group's key; belongs to the instance (or the plan's arena) */
    int64_t price;
} pulang_price;

struct pulang_plan {
    const pulang_instance *instance;
    pulang_arena *arena;
    pulang_outcome outcome;
    bool exists;
    int *post;  /* [n_persons], PULANG_NONE: unplaced */
    int *phase; /* [n_persons] 1-based phase in which the person moves, 0: does not move (or beyond
                   the last phase: n_phases + 1); NULL without phases */
    int n_levels;
    pulang_level_result *levels;
    bool *priced; /* [n_levels] the prices prove the level's bound */
    int n_prices;
    pulang_price *prices; /* by level, posts before quotas, in order */
    const char *method;
    const char *reason;
    double seconds; /* of the whole solve */
};

/* An empty plan (everyone unplaced) for the instance; NULL: out of memory. */
pulang_plan *pulang_plan_new(const pulang_instance *instance);

#endif
