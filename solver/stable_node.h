/*
 * A branch of the search for a plan without envy: the problem with the choices that its cut-offs leave.
 */
#ifndef PULANG_SOLVER_STABLE_NODE_H
#define PULANG_SOLVER_STABLE_NODE_H

#include "model/problem.h"

/* What is the same in all branches, and the cut-offs of the one at hand. */
typedef struct pulang_stable {
    const pulang_instance *instance;
    const pulang_problem *problem; /* who may envy is a class alone */
    bool *forbidden;               /* [n_posts] nobody may envy it */
    bool *compared, *may_envy;     /* [n_classes] model/envy.h */
    int64_t *liking;               /* [n_arcs] own cost of the post, of classes that may envy */
    int *least;                    /* [n_posts] who is compared needs this merit */
    int *content;                  /* [n_posts] who may envy with this merit likes the own post as much */
    pulang_problem node;           /* the branch; its arrays are here */
    int *arc_of;                   /* [node.n_arcs] arc of the problem, PULANG_NONE after them */
    int *node_arc;                 /* [n_arcs] arc of the branch, PULANG_NONE: taken away */
} pulang_stable;

/* A post that somebody envies, and the merit of that person. */
typedef struct pulang_stable_envy {
    int post, merit; /* post PULANG_NONE: there is no envy */
} pulang_stable_envy;

/* 0, or -1: out of memory; pulang_stable_clear in either case. */
int pulang_stable_init(pulang_stable *stable, const pulang_instance *instance, const pulang_problem *problem);
void pulang_stable_clear(pulang_stable *stable);
/* Makes the branch of the cut-offs; false: somebody who must be placed has no choice left. */
bool pulang_stable_restrict(pulang_stable *stable);
/* The envy, where it is forbidden, of the person of highest merit who has any: at the post liked best. flow
   is of the problem; lowest: room for n_posts. */
pulang_stable_envy pulang_stable_envied(const pulang_stable *stable, const int *flow, int *lowest);
/* Raises the cut-off of every post that somebody envies, where it is forbidden, to the highest merit of those
   who do. */
void pulang_stable_close(pulang_stable *stable, const int *flow, int *lowest);

#endif
