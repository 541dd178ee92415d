/*
 * What is counted for reasons, before it is put into words.
 */
#ifndef PULANG_MODEL_TALLY_H
#define PULANG_MODEL_TALLY_H

#include "model/eligible.h"
#include "model/move.h"
#include "model/plan.h"
#include "model/words.h"

#define PULANG_N_BARS (PULANG_BAR_PAIRS + 1)

/* How often moves had which effect. WORSE is counted by level. */
typedef struct pulang_effect_count {
    int n;
    pulang_move_effect example; /* the first one */
} pulang_effect_count;

/* One side of the pairs: what a person saw of the posts, or a post of the persons. */
typedef struct pulang_tally {
    int n_eligible;               /* pairs that suit, the present one left out */
    int n_full;                   /* of these: posts without a free seat (persons only) */
    int bars[PULANG_N_BARS];      /* pairs that do not suit, by the first reason */
    int example[PULANG_N_BARS];   /* the first post (person) with that reason */
    pulang_effect_count *effects; /* [PULANG_N_MOVES + n_levels] of the pairs that suit and are free */
} pulang_tally;

/* What stands between a person and home. Nearer: strictly nearer to the place of origin than the
   present post, the place of origin itself left out. */
typedef struct pulang_homeward {
    int n_home, n_home_suits; /* posts in the place of origin */
    int home_post;            /* the first of them, PULANG_NONE */
    int home_free;            /* the first that suits and has a free seat, PULANG_NONE */
    int n_nearer;             /* posts that suit */
    int nearest_free;         /* the nearest of them with a free seat, PULANG_NONE */
    int32_t nearest_travel;   /* its distance (metres or seconds) */
} pulang_homeward;

/* What the words are made from. */
typedef struct pulang_reason_context {
    const pulang_instance *instance;
    const pulang_plan *plan;
    const pulang_evaluation *evaluation;
    const pulang_moves *moves;
} pulang_reason_context;

/* Counts an effect. */
void pulang_tally_effect(pulang_tally *tally, pulang_move_effect effect);
/* Metres, or seconds where the scenario measures nearness to home by hours; -1: unknown. */
int32_t pulang_travel(const pulang_instance *instance, int from, int to);
/* Whether the post has no seat left in the plan. */
bool pulang_post_full(const pulang_reason_context *context, int post);

/* "exceed the maximum of quota X": goes on with "would ". several: the effect stands for others too. */
void pulang_words_effect(pulang_words *words, const pulang_reason_context *context, pulang_move_effect effect,
                         bool several);
/* All effects counted, the most frequent first: "make the shortages worse (12), ...". */
void pulang_words_effects(pulang_words *words, const pulang_reason_context *context,
                          const pulang_tally *tally);
/* What keeps pairs from suiting: formats[bar] is a marked message with one %d, the number of pairs. */
void pulang_words_bars(pulang_words *words, const pulang_tally *tally,
                       const char *const formats[PULANG_N_BARS]);
/* "quota X, district Y (legal basis)" */
void pulang_words_quota(pulang_words *words, const pulang_reason_context *context, int use);
/* The reasons. homeward is unused for who is unplaced. */
void pulang_words_person(pulang_words *words, const pulang_reason_context *context, int person,
                         const pulang_tally *tally, const pulang_homeward *homeward);
void pulang_words_post(pulang_words *words, const pulang_reason_context *context, int post,
                       const pulang_tally *tally);

#endif
