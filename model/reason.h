/*
 * Reasons in words: why each person is where they are, or has no post; why each post is short.
 *
 * Every clause is a fact counted from the instance and the plan: which posts suit, which of them are
 * full, which are nearer home, and what taking a free seat would break or make worse (model/move.h).
 */
#ifndef PULANG_MODEL_REASON_H
#define PULANG_MODEL_REASON_H

#include "model/check.h"
#include "model/plan.h"

typedef struct pulang_reasons {
    const char **person; /* [n_persons] never "" */
    const char **post;   /* [n_posts] "" where the target is met */
    pulang_arena *arena; /* owns everything */
} pulang_reasons;

/* For a plan that exists and its evaluation. Looks at every person and post once. */
pulang_status pulang_reasons_new(const pulang_plan *plan, const pulang_evaluation *evaluation,
                                 pulang_reasons **reasons, pulang_error *error);
void pulang_reasons_free(pulang_reasons *reasons);

#endif
