/*
 * The next best plans: each the best of all that are elsewhere for at least D people than the plan and those
 * found before it (Lawler 1972, "A procedure for computing the K best solutions to discrete optimization
 * problems", for D = 1 and one person after the other; here the distance is a rule, solver/apart.h).
 *
 * Where the plan is the core's, it is first looked among the optimal plans, a network (solver/optima.h), for
 * the one that leaves most people elsewhere: if that is far enough, nothing can be better. Of the ways from
 * the plan to there only as many are gone as it takes (alternatives_stop_early). Otherwise the problem with
 * the rule is solved by the method that fits it: among the plans that are optimal at all levels but the last,
 * where there is none far enough at all but the last two, and so on; each is found by a smaller problem than
 * the whole. Elsewhere it is solved at once, first on what the prices leave of the optimal plans; what was
 * found is then brought back to the plan as far as it may be, by a small search among the posts that it, the
 * plan and those before it use.
 */
#ifndef PULANG_SOLVER_ALTERNATIVES_H
#define PULANG_SOLVER_ALTERNATIVES_H

#include "model/alternatives.h"
#include "solver/optima.h"

typedef struct pulang_alternatives_request {
    int count;  /* plans, >= 1 */
    int differ; /* people, >= 1 */
} pulang_alternatives_request;

/* One person in a hundred, at least 1: what `differ` is unless said otherwise. */
int pulang_alternatives_differ(const pulang_instance *instance);

/* plan: as for pulang_optima_new. Ends early when there is no other plan, or the time is up: the last is then
   as good as was found. */
pulang_status pulang_alternatives_find(const pulang_problem *problem, const pulang_plan *plan,
                                       const pulang_alternatives_request *request,
                                       const pulang_settings *settings, pulang_alternatives **alternatives,
                                       pulang_error *error);

/*
 * Changes flow `to` of the face into one on the way there from the plan: far enough from all flows (of the
 * problem) as `to` is, with fewer people elsewhere. The difference of two flows is made of cycles, each of
 * which may be gone by itself (Ahuja, Magnanti and Orlin 1993, theorem 3.5).
 */
pulang_status alternatives_stop_early(const pulang_optima *optima, int n_flows, int *const *flows,
                                      int64_t distance, int *to, pulang_error *error);

#endif
