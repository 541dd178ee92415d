/*
 * What it would take to have a person in another post: exact, from the residual network of the plan where the
 * core solved it (one search for all posts of a person, or all persons for a post), else by solving anew with
 * the person pinned.
 */
#ifndef PULANG_SOLVER_EXPLAIN_H
#define PULANG_SOLVER_EXPLAIN_H

#include "model/explanation.h"

typedef struct pulang_explainer pulang_explainer;

/* For a plan that exists and keeps the hard rules, with its levels. The settings are those of solving anew.
 */
pulang_status pulang_explainer_new(const pulang_plan *plan, const pulang_settings *settings,
                                   pulang_explainer **explainer, pulang_error *error);
void pulang_explainer_free(pulang_explainer *explainer);
/* Why it takes solving anew (translated; of the explainer), NULL: the residual network tells all at once. */
const char *pulang_explainer_anew(const pulang_explainer *explainer);

/*
 * Fills state, change and moves of those items that are PULANG_PAIR_OPEN, in memory of the arena: for a
 * person the posts that he or she may have to be in; for a post the persons who may come as one more,
 * everybody who is there staying. Where it takes solving anew, only the first `most` of them.
 */
pulang_status pulang_explain_posts(pulang_explainer *explainer, pulang_consequence *items, int n, int most,
                                   pulang_arena *arena, pulang_error *error);
pulang_status pulang_explain_persons(pulang_explainer *explainer, pulang_consequence *items, int n, int most,
                                     pulang_arena *arena, pulang_error *error);

#endif
