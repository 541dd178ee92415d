/*
 * An explanation of a plan: for a person, which posts there are and what it would take to be there; for a
 * post, who could come and what that would take. Plain numbers; io/write_explain.h puts them into words.
 */
#ifndef PULANG_MODEL_EXPLANATION_H
#define PULANG_MODEL_EXPLANATION_H

#include "model/check.h"
#include "model/eligible.h"
#include "model/plan.h"
#include "model/reason.h"

/* One who changes post. from, to: PULANG_NONE: without a post. */
typedef struct pulang_relocation {
    int person, from, to;
} pulang_relocation;

/* What must be found out of a pair, and how far it was. */
typedef enum pulang_pair_state {
    PULANG_PAIR_OPEN,       /* not looked into, or a limit came before anything was found */
    PULANG_PAIR_EXACT,      /* change is what it would cost, no more and no less */
    PULANG_PAIR_AT_MOST,    /* a limit came: change is of the best plan found */
    PULANG_PAIR_IMPOSSIBLE, /* proven: no plan keeps the hard rules with the person in the post */
    PULANG_PAIR_BARRED      /* the person may not hold the post */
} pulang_pair_state;

/* What becomes of the best plan if one person must be in one post. */
typedef struct pulang_consequence {
    int person, post;
    pulang_bar bar;
    pulang_pair_state state;
    bool wanted;     /* at the person's home, or liked better than the present post */
    int64_t *liking; /* [n_levels] the person's own cost in the post */
    int64_t *change; /* [n_levels] of the levels' values; EXACT and AT_MOST */
    int open_level;  /* AT_MOST: the first level that is not proven, PULANG_NONE: the plan before was not */
    int64_t least;   /* the change there is proven to be at least this, INT64_MIN: not known */
    int n_moves;     /* EXACT and AT_MOST: others who change post, one giving way to the next */
    pulang_relocation *moves;
} pulang_consequence;

/* What was asked of: a person (post: PULANG_NONE) or a post (person: PULANG_NONE). */
typedef struct pulang_explained {
    int person, post;
    int64_t *liking; /* [n_levels] of a person's present post; NULL: unplaced, or a post was asked of */
    int n; /* of a person: posts, best liked first; of a post: persons, those who cost least first */
    pulang_consequence *items;
    int n_wanted; /* of a person: the first so many items are at home or liked better than the present post */
} pulang_explained;

typedef struct pulang_explanation {
    pulang_arena *arena; /* owns everything made here */
    const pulang_plan *plan;
    pulang_evaluation *evaluation;
    pulang_reasons *reasons;
    const char *solved_anew; /* why each change was found by solving anew; NULL: by paths of the network */
    int place;               /* asked of, PULANG_NONE: none */
    bool short_form;         /* of persons: only the post that costs everybody least */
    int n;
    pulang_explained *items; /* [n] */
} pulang_explanation;

/* An empty explanation of a plan that exists, with room for n things asked of. Checks the plan and finds the
   reasons. */
pulang_status pulang_explanation_new(const pulang_plan *plan, int n, pulang_explanation **explanation,
                                     pulang_error *error);
void pulang_explanation_free(pulang_explanation *explanation);

/*
 * Asks of a person: the post, or PULANG_NONE: every other post that the person may hold, and those liked
 * better or at home that the person may not. Items are PULANG_PAIR_OPEN or PULANG_PAIR_BARRED. NULL: out of
 * memory.
 */
pulang_explained *pulang_explanation_person(pulang_explanation *explanation, int person, int post);
/* Asks of a post: everybody who may hold it and does not; those without a post first, then those from there,
   then those who like it best. */
pulang_explained *pulang_explanation_post(pulang_explanation *explanation, int post);
/* Puts those first who cost everybody least, when the changes are known: of a person who has a post, among
   the posts that are not liked better, which stay the last. */
void pulang_explained_sort(const pulang_explanation *explanation, pulang_explained *explained);

#endif
