/*
 * Who may hold which post.
 */
#ifndef PULANG_MODEL_ELIGIBLE_H
#define PULANG_MODEL_ELIGIBLE_H

#include "model/instance.h"

/* The first reason (in this order) why a person may not hold a post. */
typedef enum pulang_bar {
    PULANG_BAR_NONE = 0,
    PULANG_BAR_PIN,       /* pinned to another post */
    PULANG_BAR_TENURE,    /* has not served the minimum stay in the current post */
    PULANG_BAR_FORBIDDEN, /* the person's forbid column names the post or its place */
    PULANG_BAR_CONTRACT,  /* contract not among those the post allows */
    PULANG_BAR_SKILL,     /* a required skill is missing or too low */
    PULANG_BAR_MERIT,     /* merit below the post's floor (or not given) */
    PULANG_BAR_PAIRS      /* not listed in pairs.csv where pairs: only is set */
} pulang_bar;

/* The post that a pin or the minimum stay holds the person in, PULANG_NONE: none. */
int pulang_eligible_post(const pulang_instance *instance, int person);
/* A pin beats every other rule: the pinned post is eligible, no other is. Tenure acts like a pin to
   the current post. Whoever is released may hold that post or any other that is eligible without it. */
pulang_bar pulang_eligible_bar(const pulang_instance *instance, int person, int post);
/* The bar in words, translated, into text: "needs nurse level 3, has level 2". */
void pulang_eligible_explain(const pulang_instance *instance, int person, int post, pulang_bar bar,
                             char *text, size_t size);
/* True when the person must be placed: pinned, or held by tenure. */
bool pulang_eligible_bound(const pulang_instance *instance, int person);

#endif
