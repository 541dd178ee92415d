/*
 * The model of the Lagrangian dual: columns, sets of jobs that have been an optimum of an agent's knapsack.
 */
#ifndef PULANG_SOLVER_GAP_BUNDLE_H
#define PULANG_SOLVER_GAP_BUNDLE_H

#include <stdbool.h>
#include <stdint.h>

/* Jobs that an agent can have together. */
typedef struct gap_column {
    int n_all, n;   /* jobs; those of them that are free */
    int *all;       /* [n_all] descending */
    int *job;       /* [n] descending */
    uint64_t *set;  /* [n_words] a bit for each of all its jobs */
    double cost;    /* of the free ones */
    double reduced; /* cost less the prices, as last worked out */
    double share;   /* of the agent; those of his live columns add up to 1 */
    int64_t used;   /* when it had a share for the last time */
} gap_column;

typedef struct gap_bundle {
    int most;           /* columns of an agent */
    int n_words;        /* of a set of jobs */
    uint64_t *set;      /* [agents * most * n_words] of the columns */
    int *n;             /* [agents] columns */
    int *n_live;        /* [agents] the first of them, which may be had as things stand */
    int *n_near;        /* [agents] the first of those, which cost little more than what is in use */
    gap_column *column; /* [agents * most] */
    int *job;           /* [2 * agents * most * most_jobs] of the columns */
    int *given;         /* [jobs] that have an agent: agent by agent, descending */
    int *given_begin;   /* [agents + 2] */
    double *centre;     /* [jobs] */
    double *price;      /* [jobs] centre + length * (1 - how often the shares take the job) */
    double length;      /* of a step */
    double slack;       /* by how much the shares miss the optimum of the model */
    int64_t clock;
} gap_bundle;

#endif
