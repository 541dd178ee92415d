/* Why a person is where they are, or has no post, in words. */
#include "model/distance.h"
#include "model/error.h"
#include "model/tally.h"

#include <stdio.h>
#include <string.h>

static const char *place_name(const pulang_instance *instance, int post) {
    return instance->places[instance->posts[post].place].name;
}

static void add_unfit(pulang_words *words, const pulang_reason_context *context, int person, int post) {
    char why[256];
    pulang_bar bar = pulang_eligible_bar(context->instance, person, post);
    pulang_eligible_explain(context->instance, person, post, bar, why, sizeof why);
    pulang_words_append(words, _(" (post %s: %s)"), context->instance->posts[post].id, why);
}

static const char *const formats[PULANG_N_BARS] = {
    [PULANG_BAR_PIN] = N_("%d for a pin to another post"),
    [PULANG_BAR_TENURE] = N_("%d for the minimum stay in the present post"),
    [PULANG_BAR_FORBIDDEN] = N_("%d are forbidden"),
    [PULANG_BAR_CONTRACT] = N_("%d do not allow the contract"),
    [PULANG_BAR_SKILL] = N_("%d require a skill that is lacking"),
    [PULANG_BAR_MERIT] = N_("%d require more merit"),
    [PULANG_BAR_PAIRS] = N_("%d are not listed in pairs.csv"),
};

static void no_post_suits(pulang_words *words, const pulang_reason_context *context, int person,
                          const pulang_tally *tally) {
    int most = PULANG_BAR_NONE + 1;
    for (int b = most; b < PULANG_N_BARS; b++)
        if (tally->bars[b] > tally->bars[most])
            most = b;
    pulang_words_add(words, _("none of the %d posts suits: "), context->instance->n_posts);
    pulang_words_bars(words, tally, formats);
    if (tally->bars[most] > 0)
        add_unfit(words, context, person, tally->example[most]);
}

static void unplaced(pulang_words *words, const pulang_reason_context *context, int person,
                     const pulang_tally *tally) {
    if (tally->n_eligible == 0) {
        no_post_suits(words, context, person, tally);
        return;
    }
    pulang_words_add(words, _("posts that suit: %d, of which full: %d"), tally->n_eligible, tally->n_full);
    if (tally->n_full < tally->n_eligible) {
        pulang_words_add(words, "%s ", _("to take a free seat would"));
        pulang_words_effects(words, context, tally);
    }
}

static void add_free_seat(pulang_words *words, const pulang_reason_context *context, int person, int post) {
    pulang_words_append(words, " %s ", _("but to take it would"));
    pulang_words_effect(words, context, pulang_move_try(context->moves, person, post), false);
}

/* Why not in the village of origin. */
static void add_home(pulang_words *words, const pulang_reason_context *context, int person,
                     const pulang_homeward *h) {
    const pulang_instance *instance = context->instance;
    const char *home = instance->places[instance->persons[person].origin].name;
    if (h->n_home == 0) {
        pulang_words_add(words, _("no post in the home village %s"), home);
    } else if (h->n_home_suits == 0) {
        pulang_words_add(words, _("no post in the home village %s suits"), home);
        add_unfit(words, context, person, h->home_post);
    } else if (h->home_free == PULANG_NONE) {
        pulang_words_add(words, _("the posts in the home village %s that suit are full (%d)"), home,
                         h->n_home_suits);
    } else {
        pulang_words_add(words, _("a seat in the home village %s is free (post %s),"), home,
                         instance->posts[h->home_free].id);
        add_free_seat(words, context, person, h->home_free);
    }
}

/* Why not nearer to it. */
static void add_nearer(pulang_words *words, const pulang_reason_context *context, int person,
                       const pulang_homeward *h) {
    const pulang_instance *instance = context->instance;
    if (h->n_nearer == 0) {
        pulang_words_add(words, "%s",
                         h->n_home_suits > 0 ? _("no other nearer post suits") : _("no nearer post suits"));
    } else if (h->nearest_free == PULANG_NONE) {
        pulang_words_add(words, _("nearer posts that suit: %d, all full"), h->n_nearer);
    } else {
        pulang_words_add(words, _("a nearer seat is free (post %s in %s),"),
                         instance->posts[h->nearest_free].id, place_name(instance, h->nearest_free));
        add_free_seat(words, context, person, h->nearest_free);
    }
}

/* A figure with one decimal, in the reader's language. */
static const char *figure(double value, char text[32]) {
    snprintf(text, 32, "%.1f", value);
    /* TRANSLATORS: the character between a whole number and its decimals */
    *strchr(text, '.') = *_(".");
    return text;
}

static void add_distance(pulang_words *words, const pulang_instance *instance, int origin, int place) {
    const char *district = instance->places[place].district;
    if (*district && strcmp(district, instance->places[origin].district) == 0)
        pulang_words_add(words, "%s", _("home district"));
    int32_t metres = pulang_distance_metres(instance, origin, place);
    int32_t seconds = pulang_distance_seconds(instance, origin, place);
    char km[32], hours[32];
    if (metres >= 0 && seconds >= 0 && instance->scenario.by_hours)
        pulang_words_add(words, _("%s km and %s hours from home"), figure(metres / 1000.0, km),
                         figure(seconds / 3600.0, hours));
    else if (metres >= 0)
        pulang_words_add(words, _("%s km from home"), figure(metres / 1000.0, km));
    else
        pulang_words_add(words, "%s", _("distance from home not known"));
}

static void add_need(pulang_words *words, const pulang_reason_context *context, int person, int post) {
    int min = context->instance->posts[post].min;
    int open_min = context->instance->posts[post].open_min, filled = context->evaluation->filled[post];
    if (min > 0 && filled <= min)
        pulang_words_add(words, _("needed for the minimum of the post (%d)"), min);
    else if (open_min > 1 && filled == open_min)
        pulang_words_add(words, _("needed to keep the post open (at least %d)"), open_min);
    int use = pulang_move_needed(context->moves, person);
    if (use == PULANG_NONE)
        return;
    pulang_words_add(words, "%s ", _("needed for the minimum of"));
    pulang_words_quota(words, context, use);
}

static void add_wish(pulang_words *words, const pulang_instance *instance, int person, int post) {
    const pulang_person *p = &instance->persons[person];
    for (int w = 0; w < p->wish.n; w++)
        if (p->wish.items[w].post == post || p->wish.items[w].place == instance->posts[post].place) {
            pulang_words_add(words, _("wish %d of %d"), w + 1, p->wish.n);
            return;
        }
}

static void away_from_home(pulang_words *words, const pulang_reason_context *context, int person, int post,
                           const pulang_tally *tally, const pulang_homeward *homeward) {
    const pulang_instance *instance = context->instance;
    int origin = instance->persons[person].origin, place = instance->posts[post].place;
    if (origin == PULANG_NONE) {
        pulang_words_add(words, "%s", _("place of origin not known"));
        pulang_words_add(words, _("other posts that suit: %d, of which full: %d"), tally->n_eligible,
                         tally->n_full);
    } else {
        add_distance(words, instance, origin, place);
        add_home(words, context, person, homeward);
        if (pulang_travel(instance, origin, place) >= 0)
            add_nearer(words, context, person, homeward);
    }
    add_need(words, context, person, post);
}

void pulang_words_person(pulang_words *words, const pulang_reason_context *context, int person,
                         const pulang_tally *tally, const pulang_homeward *homeward) {
    const pulang_instance *instance = context->instance;
    const pulang_person *p = &instance->persons[person];
    int post = context->plan->post[person];
    if (post == PULANG_NONE) {
        unplaced(words, context, person, tally);
        return;
    }
    bool home = p->origin == instance->posts[post].place;
    bool bound = pulang_eligible_bound(instance, person);
    if (home)
        pulang_words_add(words, "%s", _("home village"));
    if (p->pin == post)
        pulang_words_add(words, "%s", _("pinned to this post"));
    else if (bound)
        pulang_words_add(words, "%s", _("held in the present post by the minimum stay"));
    else if (p->current == post)
        pulang_words_add(words, "%s", _("stays in the present post"));
    add_wish(words, instance, person, post);
    if (!home && !bound)
        away_from_home(words, context, person, post, tally, homeward);
}
