/*
 * The linear relaxation of a level at which persons cost nothing themselves, by heads: classes that differ in
 * nothing but where they are now are one crowd, posts that everybody may hold alike are one kind. It is much
 * smaller than that of persons and comes to the same.
 *
 * It is as exact as need be for what it is used for, to say which prices are good and how many heads a post
 * is to have: what the prices prove is worked out from the persons.
 */
#ifndef PULANG_SOLVER_LAGRANGE_HEADS_H
#define PULANG_SOLVER_LAGRANGE_HEADS_H

#include "model/program.h"
#include "solver/lagrange_state.h"

typedef struct lagrange_heads {
    pulang_program program;
    int *total_row; /* [n_totals] PULANG_NONE: it counts nobody */
    /* The columns that count the heads of post j: head[head_begin[j]] .. head[head_begin[j + 1] - 1]. */
    int *head_begin, *head;
    /* Posts whose heads together are a whole number worth looking at: each post, all of a total, those open
       to the same persons. */
    int n_sets;
    pulang_ints *sets;
    pulang_arena *arena; /* owns all this */
} lagrange_heads;

/* Of the level in hand over all arcs left, none of the levels before being held by a price. */
pulang_status lagrange_heads_build(const lagrange *lg, lagrange_heads *heads, pulang_error *error);
void lagrange_heads_clear(lagrange_heads *heads);

#endif
