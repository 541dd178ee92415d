/*
 * A plan that a generator knows to be possible: the rules that it writes are set by what this plan uses, so
 * that the problem has a solution by construction.
 */
#ifndef PULANG_CLI_GENERATE_REFERENCE_H
#define PULANG_CLI_GENERATE_REFERENCE_H

#include "cli/generate/draft.h"

typedef struct reference_plan {
    int *post;  /* [n_persons] owned; -1: nowhere, the posts of the job are full */
    int *heads; /* [n_posts] owned */
} reference_plan;

/*
 * Begins with everybody where they are and makes at most so many moves, each the one that mends most of the
 * shortage (as docs/model.md counts it; weight: of each post's shortage, [n_posts]). Who has been in the
 * post for less than stay years does not move. People move among posts of their own job, never above the
 * target, and to a post that asks for a contract only with that one. Newcomers get a post first.
 */
void reference_make(const problem_draft *draft, const int *weight, int stay, int moves, reference_plan *plan);
void reference_clear(reference_plan *plan);
/* Whether the plan takes the person from the post held now. */
bool reference_moved(const problem_draft *draft, const reference_plan *plan, int person);

#endif
