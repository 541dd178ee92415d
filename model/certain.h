/*
 * Who is where the plan has them in every best plan, and who could be elsewhere without any loss.
 *
 * A plan is as good when it keeps all hard rules and has the same value at every level. A person is *certain*
 * when every such plan has them in the same post. The others form *rounds*: two people are in the same round
 * when one of them can have the post of the other, or a third post that the other can have too, and so on.
 * People who are alike in all that the model looks at can always change places.
 */
#ifndef PULANG_MODEL_CERTAIN_H
#define PULANG_MODEL_CERTAIN_H

#include "model/arena.h"
#include "model/instance.h"

typedef enum pulang_certainty {
    PULANG_CERTAIN,         /* the same post in every best plan */
    PULANG_INTERCHANGEABLE, /* elsewhere in another plan that is as good */
    PULANG_NOT_KNOWN        /* the time was up first */
} pulang_certainty;

typedef struct pulang_certain {
    pulang_arena *arena; /* owns everything */
    const pulang_instance *instance;
    int *post; /* [n_persons] of the plan */
    int n_persons;
    int n_certain, n_interchangeable, n_not_known;
    bool whole;           /* everybody's other posts are all listed; false where the time was up first */
    bool swaps;           /* whoever can have each other's posts can change places, nobody else moving */
    pulang_certainty *of; /* [n_persons] */
    int *begin;           /* [n_persons + 1] into others */
    int *others;          /* posts in other plans that are as good, ascending; PULANG_NONE: without a post */
    int n_rounds;
    int *round;      /* [n_persons] 0 .., by first person; PULANG_NONE: certain or not known */
    int *round_size; /* [n_rounds] people */
} pulang_certain;

void pulang_certain_free(pulang_certain *certain);
/* Finds the rounds out of the rest; round and round_size have room for n_persons. Returns 0, or -1: out of
   memory. */
int pulang_certain_make_rounds(pulang_certain *certain);
/* Whether the person can have the post (PULANG_NONE: be without one) in a plan that is as good. */
bool pulang_certain_may_have(const pulang_certain *certain, int person, int post);
/* Whether two people can change places, nobody else moving; where `swaps`. */
bool pulang_certain_swap(const pulang_certain *certain, int a, int b);

#endif
