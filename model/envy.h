/*
 * Merit audit: justified envy, and the cut-off of every post.
 *
 * Person p has *justified envy* of post j when p may hold j, would rather be there than where the plan puts p
 * (or has no post), and somebody in j has less merit than p (Abdulkadiroglu and Sonmez 2003, "School choice:
 * a mechanism design approach"). What p would rather have is told by p's own cost (below). Compared are
 * persons whose merit is given. Who must be placed (pinned, or held by the minimum stay) neither envies nor
 * is envied: that seat was not to be had. Members of a group do not envy, since they are placed jointly, but
 * are envied. A free seat is no envy: nobody of less merit holds it.
 */
#ifndef PULANG_MODEL_ENVY_H
#define PULANG_MODEL_ENVY_H

#include "model/preference.h"

/* Somebody who envies whom. */
typedef struct pulang_envy {
    int person, post; /* who would rather have which post */
    int holder;       /* the last in rank of those compared who hold it */
    int64_t gain;     /* what p's own cost would fall by, > 0; 0 for who has no post */
} pulang_envy;

typedef struct pulang_audit {
    int *weakest; /* [n_posts] the last in rank (model/rank.h) of the holders compared, PULANG_NONE: none */
    int n;
    pulang_envy *items; /* [n] by person, then post */
    size_t capacity;
    int n_envious, n_envious_placed; /* persons with justified envy, and those of them who have a post */
} pulang_audit;

/* Whether the person's merit counts against that of others. */
bool pulang_envy_compared(const pulang_instance *instance, int person);
/* Whether the person may have justified envy. */
bool pulang_envy_possible(const pulang_instance *instance, int person);
/* What a post costs the person: all terms of the preference but merit and pay, which are the agency's. */
int64_t pulang_envy_cost(const pulang_preference *preference, int person, int post);
/* The envy in an assignment. forbidden: only at posts where the scenario forbids it. */
pulang_status pulang_audit_new(const pulang_instance *instance, const int *post_of, bool forbidden,
                               pulang_audit **audit, pulang_error *error);
void pulang_audit_free(pulang_audit *audit);
/* Whether the scenario forbids envy of the post. */
bool pulang_envy_forbidden(const pulang_instance *instance, int post);

#endif
