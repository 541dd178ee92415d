/*
 * What becomes of a plan when one person moves to another post and nobody else does. This is what
 * reasons are made of: a seat that is free and suits somebody is left empty only because the move
 * would break a rule or make a level worse.
 */
#ifndef PULANG_MODEL_MOVE_H
#define PULANG_MODEL_MOVE_H

#include "model/check.h"
#include "model/preference.h"

/* The first of these that applies, in this order; levels are compared in their order. */
typedef enum pulang_move_kind {
    PULANG_MOVE_FULL,      /* no seat is left in the post */
    PULANG_MOVE_MINIMUM,   /* the post left would fall below its hard minimum */
    PULANG_MOVE_OPEN,      /* a post would have somebody, but fewer than it opens with */
    PULANG_MOVE_GROUP,     /* the person's group would not be together */
    PULANG_MOVE_QUOTA_MIN, /* a hard quota would fall below its minimum (use says which group) */
    PULANG_MOVE_QUOTA_MAX, /* a hard quota would exceed its maximum */
    PULANG_MOVE_WORSE,     /* a level would get worse, those before it staying as they are */
    PULANG_MOVE_EQUAL,     /* no level would change */
    PULANG_MOVE_BETTER,    /* a level would get better: the plan is not optimal */
    PULANG_N_MOVES
} pulang_move_kind;

typedef struct pulang_move_effect {
    pulang_move_kind kind;
    int use;   /* index into evaluation->uses for QUOTA_MIN and QUOTA_MAX, else PULANG_NONE */
    int level; /* for WORSE and BETTER, else PULANG_NONE */
} pulang_move_effect;

typedef struct pulang_moves pulang_moves;

/* For the assignment post_of and its evaluation (pulang_check_plan); both must outlive it. NULL: out
   of memory. */
pulang_moves *pulang_moves_new(const pulang_instance *instance, const int *post_of,
                               const pulang_evaluation *evaluation);
void pulang_moves_free(pulang_moves *moves);
/* The person, placed or not, takes a seat of a post that they may hold (other than the present one). */
pulang_move_effect pulang_move_try(const pulang_moves *moves, int person, int post);
/* A group of a quota that has its minimum (hard or not) but would not without this placed person: index
   into evaluation->uses, PULANG_NONE where there is none. */
int pulang_move_needed(const pulang_moves *moves, int person);

#endif
