/*
 * Other plans than a given one, the best first.
 */
#ifndef PULANG_MODEL_ALTERNATIVES_H
#define PULANG_MODEL_ALTERNATIVES_H

#include "model/arena.h"
#include "model/instance.h"

typedef struct pulang_alternative {
    int *post;                   /* [n_persons] PULANG_NONE: unplaced; alike people stay where they can */
    int n_elsewhere;             /* people who are not where the plan has them */
    bool proven;                 /* no plan that is so far from those before is better */
    pulang_level_result *levels; /* [n_levels] the bound is for plans that are so far from those before */
} pulang_alternative;

typedef struct pulang_alternatives {
    pulang_arena *arena; /* owns everything */
    const pulang_instance *instance;
    int *post; /* [n_persons] of the plan */
    int n_levels;
    int64_t *value; /* [n_levels] of the plan */
    int differ;     /* each is elsewhere for at least so many people than the plan and all before */
    int n, wanted;
    pulang_alternative *items; /* [n] */
    bool ended;                /* there is no further plan that differs so much */
} pulang_alternatives;

void pulang_alternatives_free(pulang_alternatives *alternatives);
/* The first level at which a plan is worse (or better) than the plan, PULANG_NONE: it is as good. */
int pulang_alternatives_level(const pulang_alternatives *alternatives, int item);

#endif
