#include "model/reason.h"

#include "model/alloc.h"
#include "model/distance.h"
#include "model/error.h"
#include "model/tally.h"

#include <string.h>

/* The one pass over all pairs of person and post. */
typedef struct scan {
    pulang_reason_context context;
    size_t n_effects;            /* PULANG_N_MOVES + n_levels */
    pulang_tally person;         /* of the person being looked at */
    pulang_homeward homeward;    /* the same */
    pulang_tally *posts;         /* [n_posts] */
    pulang_effect_count *counts; /* [(n_posts + 1) * n_effects] behind the tallies' effects */
    pulang_words words;
} scan;

void pulang_tally_effect(pulang_tally *tally, pulang_move_effect effect) {
    int key = effect.kind == PULANG_MOVE_WORSE ? PULANG_N_MOVES + effect.level : (int)effect.kind;
    if (tally->effects[key].n++ == 0)
        tally->effects[key].example = effect;
}

int32_t pulang_travel(const pulang_instance *instance, int from, int to) {
    return instance->scenario.by_hours ? pulang_distance_seconds(instance, from, to)
                                       : pulang_distance_metres(instance, from, to);
}

bool pulang_post_full(const pulang_reason_context *context, int post) {
    int max = context->instance->posts[post].max;
    return max != PULANG_UNLIMITED && context->evaluation->filled[post] >= max;
}

static bool is_short(const scan *s, int post) {
    return s->context.evaluation->filled[post] < s->context.instance->posts[post].target;
}

static void count_bar(pulang_tally *tally, pulang_bar bar, int example) {
    if (tally->bars[bar]++ == 0)
        tally->example[bar] = example;
}

/* Notes a post other than the person's own as seen from the place of origin. */
static void look_homeward(scan *s, int person, int post, bool suits, bool full) {
    const pulang_instance *instance = s->context.instance;
    pulang_homeward *h = &s->homeward;
    int origin = instance->persons[person].origin, own = s->context.plan->post[person];
    if (origin == PULANG_NONE || own == PULANG_NONE || instance->posts[own].place == origin)
        return;
    int place = instance->posts[post].place;
    if (place == origin) {
        if (h->n_home++ == 0)
            h->home_post = post;
        h->n_home_suits += suits;
        if (suits && !full && h->home_free == PULANG_NONE)
            h->home_free = post;
        return;
    }
    int32_t travel = pulang_travel(instance, origin, place);
    if (!suits || travel < 0 || travel >= pulang_travel(instance, origin, instance->posts[own].place))
        return;
    h->n_nearer++;
    if (!full && (h->nearest_free == PULANG_NONE || travel < h->nearest_travel)) {
        h->nearest_free = post;
        h->nearest_travel = travel;
    }
}

/* What moving the person here would do, for the reasons of who is unplaced and of posts that are short. */
static void look_at_seat(scan *s, int person, int post) {
    bool unplaced = s->context.plan->post[person] == PULANG_NONE;
    if (!unplaced && !is_short(s, post))
        return;
    pulang_move_effect effect = pulang_move_try(s->context.moves, person, post);
    if (unplaced)
        pulang_tally_effect(&s->person, effect);
    if (is_short(s, post))
        pulang_tally_effect(&s->posts[post], effect);
}

static void look(scan *s, int person, int post) {
    if (post == s->context.plan->post[person])
        return;
    pulang_bar bar = pulang_eligible_bar(s->context.instance, person, post);
    bool suits = bar == PULANG_BAR_NONE, full = pulang_post_full(&s->context, post);
    look_homeward(s, person, post, suits, full);
    if (!suits) {
        count_bar(&s->person, bar, post);
        count_bar(&s->posts[post], bar, person);
        return;
    }
    s->person.n_eligible++;
    s->person.n_full += full;
    s->posts[post].n_eligible++;
    if (!full)
        look_at_seat(s, person, post);
}

/* Makes the tally of the person anew; its effects lie behind those of the posts. */
static void forget_person(scan *s) {
    pulang_effect_count *effects = s->counts + (size_t)s->context.instance->n_posts * s->n_effects;
    memset(effects, 0, s->n_effects * sizeof *effects);
    s->person = (pulang_tally){.effects = effects};
    s->homeward =
        (pulang_homeward){.home_post = PULANG_NONE, .home_free = PULANG_NONE, .nearest_free = PULANG_NONE};
}

static bool explain_persons(scan *s, pulang_reasons *reasons) {
    const pulang_instance *instance = s->context.instance;
    for (int p = 0; p < instance->n_persons; p++) {
        forget_person(s);
        for (int j = 0; j < instance->n_posts; j++)
            look(s, p, j);
        pulang_words_person(&s->words, &s->context, p, &s->person, &s->homeward);
        reasons->person[p] = pulang_words_take(&s->words, reasons->arena);
        if (!reasons->person[p])
            return false;
    }
    return true;
}

static bool explain_posts(scan *s, pulang_reasons *reasons) {
    for (int j = 0; j < s->context.instance->n_posts; j++) {
        if (is_short(s, j))
            pulang_words_post(&s->words, &s->context, j, &s->posts[j]);
        reasons->post[j] = pulang_words_take(&s->words, reasons->arena);
        if (!reasons->post[j])
            return false;
    }
    return true;
}

static pulang_reasons *reasons_new(const pulang_instance *instance) {
    pulang_arena *arena = pulang_arena_new();
    pulang_reasons *reasons = arena ? pulang_arena_alloc(arena, 1, sizeof *reasons) : NULL;
    if (reasons) {
        reasons->arena = arena;
        reasons->person = pulang_arena_alloc(arena, (size_t)instance->n_persons, sizeof *reasons->person);
        reasons->post = pulang_arena_alloc(arena, (size_t)instance->n_posts, sizeof *reasons->post);
    }
    if (reasons && reasons->person && reasons->post)
        return reasons;
    pulang_arena_free(arena);
    return NULL;
}

static bool scan_begin(scan *s) {
    const pulang_instance *instance = s->context.instance;
    size_t n_posts = (size_t)instance->n_posts;
    s->n_effects = PULANG_N_MOVES + (size_t)instance->scenario.n_levels;
    s->posts = pulang_alloc(n_posts, sizeof *s->posts);
    s->counts = pulang_alloc((n_posts + 1) * s->n_effects, sizeof *s->counts);
    if (!s->posts || !s->counts)
        return false;
    for (size_t j = 0; j < n_posts; j++)
        s->posts[j].effects = s->counts + j * s->n_effects;
    return true;
}

pulang_status pulang_reasons_new(const pulang_plan *plan, const pulang_evaluation *evaluation,
                                 pulang_reasons **reasons, pulang_error *error) {
    const pulang_instance *instance = plan->instance;
    pulang_moves *moves = pulang_moves_new(instance, plan->post, evaluation);
    pulang_reasons *made = reasons_new(instance);
    scan s = {.context = {instance, plan, evaluation, moves}};
    bool ok = moves && made && scan_begin(&s) && explain_persons(&s, made) && explain_posts(&s, made);
    pulang_words_clear(&s.words);
    pulang_free(s.counts);
    pulang_free(s.posts);
    pulang_moves_free(moves);
    if (!ok) {
        pulang_reasons_free(made);
        return pulang_fail_memory(error);
    }
    *reasons = made;
    return PULANG_OK;
}

void pulang_reasons_free(pulang_reasons *reasons) {
    if (reasons)
        pulang_arena_free(reasons->arena);
}
