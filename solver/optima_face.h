/*
 * How the face of solver/optima.h is made out of what a proof leaves. For solver/optima*.c only.
 */
#ifndef PULANG_SOLVER_OPTIMA_FACE_H
#define PULANG_SOLVER_OPTIMA_FACE_H

#include "solver/optima.h"

/* What a proof leaves. */
typedef struct optima_left {
    bool *open;             /* [n_arcs] */
    bool *may_stay_out;     /* [n_classes] */
    int64_t *lower, *upper; /* [n_totals] in units of the total */
} optima_left;

/* Both return 0, or -1: out of memory. */
int optima_left_init(optima_left *left, const pulang_problem *problem);
void optima_left_free(optima_left *left);
/* Makes face, sought and arc. */
int optima_face_make(pulang_optima *optima, const optima_left *left);

#endif
