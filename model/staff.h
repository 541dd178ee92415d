/*
 * An instance with the people who could be hired beside those there are.
 *
 * Whoever comes is like somebody there is: the same origin, category, contract, skills, merit, hours, pay and
 * attributes, but without a post, a pin, wishes, a group or forbidden posts. People who would be alike in
 * where they may go and in what they count for are there once. For a post that none of them may hold there is
 * somebody who has just what it asks for.
 *
 * Everybody who must hold a post is released (model/instance.h), soft rules are off and there is one
 * level, without costs: what is left is who may go where, and the hard rules.
 */
#ifndef PULANG_MODEL_STAFF_H
#define PULANG_MODEL_STAFF_H

#include "model/instance.h"

typedef struct pulang_recruit {
    int like;     /* person, PULANG_NONE: nobody */
    int made_for; /* post whose requirements they have, PULANG_NONE: like somebody */
} pulang_recruit;

typedef struct pulang_staff {
    pulang_instance instance; /* persons from n_persons on are the recruits, in order */
    int n_persons, n_recruits;
    pulang_recruit *recruits;
} pulang_staff;

/* *staff keeps pointers into the instance and belongs to the arena. */
pulang_status pulang_staff_new(const pulang_instance *instance, pulang_arena *arena, pulang_staff **staff,
                               pulang_error *error);

#endif
