/*
 * The best plan without justified envy where the scenario forbids it (model/envy.h), by branch and bound on
 * the cut-offs of the posts.
 *
 * If person p of merit m has justified envy of post j, then in every plan without it the lowest merit in j is
 *   at least m (or nobody compared is in j):  nobody of less merit may hold j; or
 *   below m:  everybody of merit m or more who may envy and may hold j has a post liked at least as much.
 * Both only take choices away from persons, so that a branch is again the problem without the rule, which the
 * core solves where it applies; both exclude the plan at hand. Without envy a plan is the best of its branch.
 * A branch whose plan is not better than the best so far is cut off. There are finitely many merits, so this
 * ends.
 *
 * Stable matching by cut-offs: Azevedo and Leshno (2016), "A supply and demand framework for two-sided
 * matching markets"; branch and bound: Land and Doig (1960).
 */
#ifndef PULANG_SOLVER_STABLE_H
#define PULANG_SOLVER_STABLE_H

#include "model/plan.h"

/* pulang_solve for an instance that forbids envy. The steps of the proof are those of the problem without the
   rule: they bound its levels too. */
pulang_status pulang_stable_solve(const pulang_instance *instance, const pulang_settings *settings,
                                  pulang_plan **plan, pulang_error *error);

#endif
