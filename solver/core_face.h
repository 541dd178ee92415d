/*
 * What is still optimal: by complementary slackness, the prices of a proven step leave a class only
 * the choices that cost it least, and a total only the values that are best for it. On this face of the
 * problem the next level is solved (core_level.h).
 */
#ifndef PULANG_SOLVER_CORE_FACE_H
#define PULANG_SOLVER_CORE_FACE_H

#include "solver/breaks.h"

typedef struct core_face {
    const pulang_problem *problem;
    bool *open;             /* [n_arcs] */
    bool *may_stay_out;     /* [n_classes] being unplaced is a choice */
    int64_t *lower, *upper; /* [n_totals] in steps */
    int *up;                /* [n_totals] the total above, PULANG_NONE: the root */
    int64_t *gate;          /* [n_totals] sum of the prices from a total to the root, of the step at hand */
    int *order;             /* [n_totals] totals that hold posts, each before the one above */
    int n_ordered;
    pulang_breaks breaks;
} core_face;

/* Returns 0, or -1: out of memory (nothing to free). */
int core_face_init(core_face *face, const pulang_problem *problem);
void core_face_free(core_face *face);
/* Narrows the face to the optima of a step. levels: values of the largest levels (for HOLD). */
int core_face_restrict(core_face *face, const pulang_solution_step *step, const pulang_level_result *levels);

/* Gives every class what a face of merged classes has left its class, and the totals' values; merged:
   [n_classes] the class of `from`, with the same arcs. */
void core_face_spread(const core_face *from, const int *merged, core_face *face);

#endif
