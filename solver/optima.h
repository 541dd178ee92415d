/*
 * The optimal plans of a problem as a problem of their own: what the prices of a proof leave.
 *
 * A step of the proof that bounds its level exactly leaves every class the choices, and every total the
 * values, that cost least at its prices; a step with some slack leaves those that cost at most that much more
 * (solver/core_face.h, solver/lagrange_state.h). No other can be in an optimal plan. Where the problem is a
 * network and no step has any slack, all that is left is optimal by complementary slackness: then the optimal
 * plans are just the feasible flows of the face (exact), which thus holds the levels; it may also hold the
 * first few of them only. Otherwise they are those of its flows that come to the same values.
 */
#ifndef PULANG_SOLVER_OPTIMA_H
#define PULANG_SOLVER_OPTIMA_H

#include "model/plan.h"
#include "model/problem.h"
#include "solver/residual.h"

typedef struct pulang_optima {
    const pulang_problem *problem;
    bool exact;    /* the feasible flows of the face are the plans that are optimal at the levels held */
    int n_held;    /* the first so many levels are held by the face */
    bool narrowed; /* the face has the optimal plans only, or (where not exact) few others */
    /* The same classes and totals, fewer arcs, narrower bounds; the levels that are not held, and one more at
       the end for what is sought among the optimal plans. */
    pulang_problem *face;
    int64_t *sought; /* [face->n_arcs] costs of that level, all 0: the caller's to set */
    int *arc;        /* [face->n_arcs] arc of the problem */
    int *flow;       /* [face->n_arcs] of the plan */
    int *whole_flow; /* [problem->n_arcs] of the plan */
    int64_t *value;  /* [problem->n_levels] of the plan */
} pulang_optima;

/* Of a plan that exists and is optimal, with the steps of its proof as far as there are any. n_held: levels
   to hold by the face; where it cannot be exact, it holds none. The problem must outlive the optima.
   PULANG_ERROR_ARGUMENT when the plan is not what its proof claims. */
pulang_status pulang_optima_new(const pulang_problem *problem, const pulang_plan *plan, int n_held,
                                pulang_optima **optima, pulang_error *error);
/* A flow of the problem as one of the face: flow, [face->n_arcs], filled. False: the face does not have it.
 */
bool pulang_optima_place(const pulang_optima *optima, const int *whole, int *flow);
/* The problem with the arcs that some of the flows use, and its levels: holds none, no plan of its own. */
pulang_status pulang_optima_between(const pulang_problem *problem, int n_flows, int *const *flows,
                                    pulang_optima **optima, pulang_error *error);
void pulang_optima_free(pulang_optima *optima);
/* A flow of the face as one of the problem: whole, [problem->n_arcs], filled. */
void pulang_optima_whole(const pulang_optima *optima, const int *flow, int *whole);
/* The residual network of the plan among the optimal plans: every cycle leads to another. Only where exact.
 */
pulang_status pulang_optima_residual(const pulang_optima *optima, pulang_residual **residual,
                                     pulang_error *error);

#endif
