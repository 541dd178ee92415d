/*
 * One step of the certificate's proof: the terms of its bound (model/bound.h), each of which is minimised
 * on its own: a person without a group, a group of persons who stay together, a total.
 *
 * The objective in hand is  missing * (steps that the totals miss)  +  sum over levels of weight * level.
 *
 * Each function returns the least cost of its term. With slack >= 0 it also leaves the term only the
 * choices that cost at most that much more; with BOUND_KEEP it leaves all.
 */
#ifndef PULANG_MODEL_BOUND_STEP_H
#define PULANG_MODEL_BOUND_STEP_H

#include "model/certificate.h"
#include "model/preference.h"
#include "model/relaxation.h"

#define BOUND_KEEP ((int64_t)-1)

/* What the groups of persons need room for; without groups all NULL. */
typedef struct bound_room {
    int *near_begin;  /* [n_places + 1] where others may be when one is in place p: near[near_begin[p]] ... */
    int *near;        /* the place itself among them */
    int64_t *reduced; /* [most members * n_posts] reduced costs of the members' choices */
    int64_t *at;      /* [most members * n_places] least cost of a member in a place */
    int64_t *beside;  /* [most members * n_places] the same near the place */
    int64_t *whole;   /* [n_places] least cost of all when the first is in the place */
    int64_t *others;  /* [n_places] least cost of all but one member, who is in the place */
} bound_room;

typedef struct bound_step {
    const pulang_instance *instance;
    pulang_relaxation *relaxation;
    pulang_preference preference;
    pulang_step_kind kind;
    int level;
    int64_t largest; /* permille to reach, for BELOW and HOLD */
    int64_t missing; /* weight of a step that a total misses of that, 0 for the other kinds */
    int64_t *weight; /* [n_levels] */
    int *weighted;   /* [n_levels] the levels whose weight is not 0 */
    int n_weighted;
    int64_t out; /* cost of a person without a post */
    int n_cuts;
    const pulang_cut *cuts;
    int64_t *price;   /* [n_totals + n_cuts] per step of the total, or of what a cut counts */
    int64_t *toll;    /* [n_posts] of the post and of the cuts that count its heads */
    int64_t *reduced; /* [n_posts] reduced costs of one person's choices */
    bound_room room;
    bool overflow; /* a sum left 64 bits: nothing after it means anything */
    bool empty;    /* a person, a group or a total has no choice at all */
} bound_step;

/* Sets price, 0 for what is not listed, and toll. PULANG_ERROR_INPUT: a price is for nothing. */
pulang_status bound_set_prices(bound_step *step, const pulang_price *prices, int n_prices,
                               pulang_error *error);
/* The sum of the least costs of all terms. */
int64_t bound_minimise(bound_step *step, int64_t slack);
/*
 * What a tree proves by the objective in hand, less what the levels held may cost. *proven: the caller frees
 * it; [n_branches + n_leaves] the least of the leaves under each branch, so that of all comes first, then
 * that of each leaf; INT64_MAX: there is no plan. All choices are left; price and toll are those of the last
 * leaf then. PULANG_ERROR_INPUT: it is no tree.
 */
pulang_status bound_tree_minimise(bound_step *step, const pulang_tree *tree, int64_t held, int64_t **proven,
                                  pulang_error *error);
/* Leaves the cuts that count the heads of a branch only what they count in plans that attain a value, where
   just one side of it has any. attained: scale * value; proven: as above. */
void bound_tree_narrow(bound_step *step, const pulang_tree *tree, const int64_t *proven, int64_t attained);
/* Cost of the choices of a person who is in no group. */
int64_t bound_person_minimise(bound_step *step, int person, int64_t slack);
/* The least of f(n) - price * n over the steps left to the total. */
int64_t bound_total_minimise(bound_step *step, int total, int64_t slack);
/* Cost of the joint choices of a group. */
int64_t bound_group_minimise(bound_step *step, int group, int64_t slack);

/* Gives the cuts their ranges, after those of the totals. PULANG_ERROR_INPUT: one of them is none. */
pulang_status bound_cuts_init(bound_step *step, pulang_error *error);
/* Whether a total is a cut. */
static inline bool bound_is_cut(const bound_step *step, int total) {
    return total >= step->instance->n_posts + step->relaxation->n_groups;
}

/* Whether the person's choices are those of a group. */
bool bound_person_grouped(const bound_step *step, int person);
/* Fills reduced with the cost of each choice of the person, in their order, and returns the least of
   them, INT64_MAX: there is none. */
int64_t bound_person_costs(bound_step *step, int person, int64_t *reduced);
/* best + slack, at most INT64_MAX. */
int64_t bound_limit(int64_t best, int64_t slack);

/* 0, or -1: out of memory. */
int bound_room_init(bound_room *room, const pulang_instance *instance);
void bound_room_clear(bound_room *room);

#endif
