/*
 * What the search for branches on heads shares with that for whole heads.
 */
#ifndef PULANG_SOLVER_LAGRANGE_BRANCHING_H
#define PULANG_SOLVER_LAGRANGE_BRANCHING_H

#include "solver/glpk_live.h"
#include "solver/lagrange_branches.h"
#include "solver/lagrange_heads.h"

enum { BRANCHING_NODES = 400, BRANCHING_STEPS = 100000 };
/* Heads that are so near to a whole number are whole; bounds that are so near are alike. */
#define BRANCHING_WHOLE 1e-5
#define BRANCHING_ALIKE 1e-4

typedef struct branching_node {
    int parent;    /* PULANG_NONE: the root */
    bool is_above; /* of the branch of the parent */
    int set;       /* the branch here, PULANG_NONE: a leaf */
    int64_t most;
    int below, above; /* nodes */
    int depth;
    int flat; /* branches just above that have lifted nothing */
    double bound;
    double *price, *path;
    glpk_basis basis; /* of the solution, none once branched */
} branching_node;

typedef struct branching_candidate {
    int set;
    double heads, fraction; /* to the nearest whole number */
    double promise;         /* by what the set has gained before; below 0: it has not been tried */
} branching_candidate;

/* What branches on a set have gained, by what part of a head they took or gave: pseudo-costs. */
typedef struct branching_gain {
    double below, above;
    int n;
} branching_gain;

typedef struct branching {
    const lagrange *lg;
    lagrange_heads *heads;
    lagrange_branches *result;
    double deadline;
    glpk_live *live;
    branching_node nodes[2 * BRANCHING_NODES + 1];
    int n_nodes;
    int *set_row; /* [n_sets] PULANG_NONE: not yet */
    double *x, *dual;
    double value;              /* of the program in hand */
    double margin;             /* that the heads leave */
    double *in_post;           /* [n_posts] */
    branching_gain *gains;     /* [n_sets] */
    branching_candidate *list; /* [n_sets] */
    int *columns;              /* scratch */
    glpk_basis basis;
    bool failed;
} branching;

/* lagrange_branches.c */
/* The row of the program that counts the heads of a set. */
int branching_row(branching *b, int set);
/* Sets the bounds on the way to the node, and no others. */
void branching_bind(branching *b, int at);
/* The heads of every post in the solution in hand; how far from whole the farthest are. */
double branching_count(branching *b);
/* The sets whose heads are not whole, into b->list; how many. Those never tried come last. */
int branching_list(branching *b);

/* lagrange_dive.c */
/* Takes the heads in hand, which leave that margin. */
void branching_take_heads(branching *b, double cost, double margin);
/* Whether no leaf, of which this is the best, can have heads that cost less than those that there are. */
bool branching_is_solved(const branching *b, int best);
/* Looks for heads that cost less. */
void branching_look_for_heads(branching *b, int at);
/* Heads that leave more over for persons, though they may cost a little more. */
void branching_loosen_heads(branching *b, int at);

#endif
