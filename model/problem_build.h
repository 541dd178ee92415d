/*
 * The parts of pulang_problem_new, shared by model/problem*.c only.
 */
#ifndef PULANG_MODEL_PROBLEM_BUILD_H
#define PULANG_MODEL_PROBLEM_BUILD_H

#include "model/preference.h"
#include "model/problem.h"
#include "model/quota.h"

/* Makes the classes and arcs: supply, bound, members, arcs and the costs of the levels. */
pulang_status pulang_problem_build_classes(const pulang_instance *instance, pulang_problem *problem,
                                           pulang_error *error);
/* Makes the totals of posts and quotas; the classes are there. */
pulang_status pulang_problem_build_totals(const pulang_instance *instance, pulang_problem *problem,
                                          pulang_error *error);
/* Makes the pairings: every two members of a group, who are classes of their own. */
pulang_status pulang_problem_build_pairings(const pulang_instance *instance, pulang_problem *problem,
                                            pulang_error *error);

#endif
