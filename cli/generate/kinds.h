/*
 * The kinds of problem. Each fills a draft whose places are read (random makes its own).
 */
#ifndef PULANG_CLI_GENERATE_KINDS_H
#define PULANG_CLI_GENERATE_KINDS_H

#include "cli/generate/draft.h"

/* Sizes of a random problem. */
typedef struct random_size {
    int persons, places, posts, roles;
    int need;      /* seats for 100 persons */
    bool crossing; /* adds budgets, which cut across the tree of posts */
} random_size;

void kind_kotim(problem_draft *draft);
/* Kotim with rules that cut across the tree; villages: how many of them, at most those read. */
void kind_crossing(problem_draft *draft, int villages);
void kind_belu(problem_draft *draft);
void kind_kapuas(problem_draft *draft);
void kind_purworejo(problem_draft *draft);
void kind_kutim(problem_draft *draft);
void kind_random(problem_draft *draft, const random_size *size);

#endif
