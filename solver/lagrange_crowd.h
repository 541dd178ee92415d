/*
 * Who may be in the posts of a set of budgets, and how many of them the sum of the maxima leaves room for.
 */
#ifndef PULANG_SOLVER_LAGRANGE_CROWD_H
#define PULANG_SOLVER_LAGRANGE_CROWD_H

#include "solver/lagrange_state.h"

/* Parts of a set, and people in them, beyond which it is left alone; the largest weight of a part. */
enum { CROWD_PARTS = 5, CROWD_HEADS = 1500, CROWD_WEIGHT = 4 };

/* Posts, and all who may hold one of them. */
typedef struct crowd {
    int64_t *amount; /* [n] what those add to the budgets who may be elsewhere, ascending */
    size_t room;
    int n, n_forced;
    int64_t forced;    /* what the others add */
    int64_t low, high; /* heads */
    double heads;      /* of the mean */
    int64_t *least;    /* [high + 1] what so many heads add at least; from n_forced on */
    size_t least_room;
} crowd;

typedef struct crowd_set {
    const double *mean; /* [n_arcs] */
    int *groups;        /* [n_groups] totals */
    int n_groups;
    int64_t limit; /* the sum of their maxima */
    bool *is_in;   /* [n_totals] */
    int *head;     /* [n_posts] scratch: of posts that somebody may hold both of */
    int *part;     /* [n_posts] PULANG_NONE: in none */
    crowd parts[CROWD_PARTS];
    int n_parts;
    int64_t *sum, *next; /* [CROWD_WEIGHT * CROWD_HEADS + 1] scratch */
} crowd_set;

pulang_status crowd_init(crowd_set *set, const lagrange *lg, const double *mean, int most_groups);
void crowd_clear(crowd_set *set);
/* Fills the parts for the groups. *usable: they are few and small enough. */
pulang_status crowd_gather(const lagrange *lg, crowd_set *set, bool *usable);
/* The most that weight * heads comes to within the limit, over all heads or only those about the mean; -1:
   even the least is too much. */
int64_t crowd_most(const crowd_set *set, const int64_t *weight, bool about_mean);

#endif
