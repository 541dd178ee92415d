/*
 * The certificate of a plan: dual prices, one set for each step of the lexicographic proof.
 *
 * The steps in order: FEASIBLE first; then for each sum level LEVEL; for a largest level of value z:
 * BELOW (only when z > 0), then HOLD. See model/bound.h for what a step proves.
 */
#ifndef PULANG_MODEL_CERTIFICATE_H
#define PULANG_MODEL_CERTIFICATE_H

#include "model/arena.h"

#include <stdint.h>

typedef enum pulang_step_kind {
    PULANG_STEP_FEASIBLE, /* the hard rules alone: an objective of nothing, value 0 */
    PULANG_STEP_LEVEL,    /* a sum level; value: the level's */
    PULANG_STEP_BELOW,    /* a largest level of value z > 0: steps missing to reach z - 1; value >= 1 */
    PULANG_STEP_HOLD      /* a largest level of value z: steps missing to reach z; value 0 */
} pulang_step_kind;

/*
 * A cut: how many people the maxima of some quotas leave room for. With r the sum of the maxima of its
 * groups, and for each of its parts the least that m more people in its posts add to them, whoever they are,
 *
 *   sum over its parts of weight * heads  <=  the most that the parts can have with r.
 *
 * A plan need not be looked at to see that. model/bound_cut.c works out the most, which is not stated. A cut
 * without groups only counts, up to what its posts hold; branches can say more of it (model/bound.h).
 */
typedef struct pulang_cut_part {
    int64_t weight; /* >= 0 */
    int n_posts;
    int *posts; /* of no other part */
} pulang_cut_part;

typedef struct pulang_cut {
    int n_groups;
    int *quotas;       /* [n_groups] index */
    const char **keys; /* [n_groups] of the quota's group */
    int n_parts;
    pulang_cut_part *parts;
} pulang_cut;

/* What one more step of a total (a post's head, a gcd step of a quota's group) is worth. */
typedef struct pulang_price {
    int post;        /* >= 0: of this post; PULANG_NONE: of a quota's group or a cut */
    int quota;       /* index, PULANG_NONE for a post or a cut */
    const char *key; /* the group's key, "" for a post or a cut */
    int64_t price;   /* never 0: zero prices are left out */
    int cut;         /* index, where it is neither of a post nor of a quota's group */
} pulang_price;

/*
 * Branches: how many heads some posts have together, whole numbers that the prices of one step alone take in
 * parts. Every plan is below or above every branch, so the least that the leaves prove is a bound of the
 * level.
 */
enum { PULANG_TREE_DEEPEST = 1000 }; /* the most branches on the way to a leaf */

typedef struct pulang_branch {
    int n_posts;
    int *posts;       /* ascending */
    int64_t most;     /* below it the posts have at most so many heads, above it more */
    int below, above; /* the index of a branch after this one, or ~index of a leaf */
} pulang_branch;

/* The branches with their posts, in the arena; NULL: out of memory. */
pulang_branch *pulang_branches_copy(const pulang_branch *branches, int n, pulang_arena *arena);

/* Prices where the branches on the way from the root have been decided. */
typedef struct pulang_leaf {
    int n_prices;
    pulang_price *prices; /* as those of the step */
    int64_t *path;        /* price of a head of each branch on the way, from the root on */
} pulang_leaf;

typedef struct pulang_tree {
    int n_branches, n_leaves; /* at least 1, and one more leaf than branches */
    pulang_branch *branches;  /* [n_branches] the root first */
    pulang_leaf *leaves;      /* [n_leaves] */
} pulang_tree;

typedef struct pulang_step {
    pulang_step_kind kind;
    int level;     /* PULANG_NONE for FEASIBLE */
    int64_t scale; /* >= 1: the objective and the prices are counted in 1/scale of the level's unit */
    int64_t *held; /* [level] what the values of the sum levels before are worth: >= 0, in 1/scale of this
                      level's unit per unit of theirs; NULL: all 0 */
    int n_prices;
    pulang_price *prices; /* posts before quotas' groups before cuts, in the order of the problem's totals */
    int n_cuts;
    const pulang_cut *cuts;  /* [n_cuts] that there may be prices for: the same for all steps */
    const pulang_tree *tree; /* of a LEVEL, in its scale and with what it holds: a bound beside that of the
                                prices. NULL: none */
} pulang_step;

#endif
