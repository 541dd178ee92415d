/*
 * Conflicts: minimal sets of rules that no plan meets together.
 */
#ifndef PULANG_SOLVER_CONFLICT_H
#define PULANG_SOLVER_CONFLICT_H

#include "solver/relaxed.h"

/*
 * A conflict among the rules that are in force (RELAXED_HARD) in mode, which cannot all be met. Leaves those
 * of the conflict in force, all others RELAXED_OUT. *minimal: each is needed; otherwise time was up, and
 * there may be some too many.
 */
pulang_status pulang_conflict_find(const relaxed_model *model, relaxed_mode *mode, bool *minimal,
                                   pulang_error *error);

typedef enum conflict_answer { CONFLICT_NO, CONFLICT_YES, CONFLICT_UNKNOWN } conflict_answer;

/* Whether the rules in force contradict each other. */
pulang_status pulang_conflict_ask(const relaxed_model *model, const relaxed_mode *mode,
                                  conflict_answer *answer, pulang_error *error);

#endif
