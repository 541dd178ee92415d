#include "io/write_explain.h"

#include "model/alloc.h"
#include "model/error.h"
#include "model/preference.h"
#include "model/tally.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A text under way. */
typedef struct writing {
    const pulang_explanation *explanation;
    const pulang_instance *instance;
    const pulang_plan *plan;
    pulang_moves *moves;
    pulang_words words;
    bool all;
} writing;

#define say(w, ...) pulang_words_append(&(w)->words, __VA_ARGS__)

const char *pulang_explain_term(pulang_term term) {
    static const char *const terms[PULANG_N_TERMS] = {
        [PULANG_TERM_HOMETOWN] = N_("away from home"),
        [PULANG_TERM_SKILLS] = N_("skills wished for and lacking"),
        [PULANG_TERM_MERIT] = N_("merit lacking for so weighty a post"),
        [PULANG_TERM_WISH] = N_("own wish not met"),
        [PULANG_TERM_MOVE] = N_("having to move"),
        [PULANG_TERM_PAY] = N_("pay"),
        [PULANG_TERM_PAIRS] = N_("stated in pairs.csv"),
    };
    return _(terms[term]);
}

static int64_t sum(const writing *w, const int64_t *cost) {
    int64_t total = 0;
    for (int l = 0; l < w->plan->n_levels; l++)
        total += cost[l];
    return total;
}

static void write_terms(writing *w, int person, int post) {
    pulang_preference preference;
    int64_t total = 0;
    int n = 0;
    pulang_preference_init(&preference, w->instance);
    say(w, "  %s ", _("What the post costs, in points (0 is ideal):"));
    for (int t = 0; t < PULANG_N_TERMS; t++) {
        int64_t cost = pulang_preference_term(&preference, (pulang_term)t, person, post);
        if (cost == 0)
            continue;
        say(w, "%s%s %.3f", n++ ? ", " : "", pulang_explain_term((pulang_term)t),
            (double)cost / PULANG_COST_SCALE);
        total += cost;
    }
    if (n > 1)
        say(w, _("; together %.3f.\n"), (double)total / PULANG_COST_SCALE);
    else
        say(w, "%s", n ? ".\n" : _("nothing.\n"));
}

static void write_person_head(writing *w, int person) {
    int post = w->plan->post[person];
    pulang_explain_person(&w->words, w->instance, person);
    if (post == PULANG_NONE) {
        say(w, "%s", _(" has no post.\n"));
    } else {
        say(w, "%s", _(" is placed as "));
        pulang_explain_post(&w->words, w->instance, post);
        say(w, ".\n");
    }
    say(w, _("  Why: %s.\n"), w->explanation->reasons->person[person]);
    if (post != PULANG_NONE)
        write_terms(w, person, post);
}

/* ---- one pair ---- */

static void write_holder(writing *w, int person, int post) {
    const pulang_person *p = &w->instance->persons[person];
    say(w, "%s", *p->name ? p->name : p->id);
    if (p->merit != PULANG_NONE)
        say(w, _(", merit %.10g"), (double)p->merit / PULANG_HUNDREDTHS);
    if (p->origin == w->instance->posts[post].place)
        say(w, "%s", _(", at home there"));
}

/* Whose seats they are. */
static void write_holders(writing *w, int post) {
    int filled = w->explanation->evaluation->filled[post], shown = 0;
    int most = w->all ? filled : PULANG_EXPLAIN_MOST;
    for (int p = 0; p < w->instance->n_persons && shown < most; p++) {
        if (w->plan->post[p] != post)
            continue;
        say(w, "%s", shown++ ? "; " : _(" Held by "));
        write_holder(w, p, post);
    }
    if (shown < filled)
        say(w, _("; and %d more"), filled - shown);
    say(w, "%s\n", shown ? "." : "");
}

static void write_seats(writing *w, const pulang_consequence *item) {
    const pulang_explanation *x = w->explanation;
    const pulang_reason_context context = {w->instance, w->plan, x->evaluation, w->moves};
    int filled = x->evaluation->filled[item->post], max = w->instance->posts[item->post].max;
    bool full = pulang_post_full(&context, item->post);
    say(w, "    ");
    if (full)
        say(w, _("All %d seats are taken."), max);
    else if (max == PULANG_UNLIMITED)
        say(w, _("Taken seats: %d."), filled);
    else
        say(w, _("Taken seats: %d of %d."), filled, max);
    write_holders(w, item->post);
    if (full)
        return;
    say(w, "    %s ", _("A seat is free, but if nothing else changed, to take it would"));
    pulang_words_effect(&w->words, &context, pulang_move_try(w->moves, item->person, item->post), false);
    say(w, ".\n");
}

static void write_barred(writing *w, const pulang_consequence *item) {
    char why[256];
    pulang_eligible_explain(w->instance, item->person, item->post, item->bar, why, sizeof why);
    say(w, "  - ");
    pulang_explain_post(&w->words, w->instance, item->post);
    say(w, ": %s.\n", why);
}

static void write_liking(writing *w, const pulang_explained *asked, const pulang_consequence *item) {
    double here = (double)sum(w, item->liking) / PULANG_COST_SCALE;
    if (!asked->liking) {
        say(w, _(": %.3f points.\n"), here);
        return;
    }
    double better = (double)sum(w, asked->liking) / PULANG_COST_SCALE - here;
    if (better > 0)
        say(w, _(": %.3f points, %.3f better than now.\n"), here, better);
    else if (better < 0)
        say(w, _(": %.3f points, %.3f worse than now.\n"), here, -better);
    else
        say(w, _(": %.3f points, the same as now.\n"), here);
}

static void write_post_item(writing *w, const pulang_explained *asked, const pulang_consequence *item) {
    if (item->state == PULANG_PAIR_BARRED) {
        write_barred(w, item);
        return;
    }
    say(w, "  - ");
    pulang_explain_post(&w->words, w->instance, item->post);
    write_liking(w, asked, item);
    write_seats(w, item);
    pulang_explain_change(&w->words, w->explanation, item, "    ", w->all);
}

/* ---- a person ---- */

static void write_more(writing *w, int n) {
    if (n > 0)
        say(w, _("  and %d more (--all lists them)\n"), n);
}

static int count_items(const pulang_explained *asked, int begin, int end, bool barred) {
    int n = 0;
    for (int i = begin; i < end; i++)
        n += (asked->items[i].state == PULANG_PAIR_BARRED) == barred;
    return n;
}

/* The items from begin to end that may (may not) be held, the first few of them. */
static void write_items(writing *w, const pulang_explained *asked, int begin, int end, bool barred) {
    int shown = 0, most = w->all ? asked->n : PULANG_EXPLAIN_MOST;
    for (int i = begin; i < end && shown < most; i++)
        if ((asked->items[i].state == PULANG_PAIR_BARRED) == barred) {
            write_post_item(w, asked, &asked->items[i]);
            shown++;
        }
    write_more(w, count_items(asked, begin, end, barred) - shown);
}

/* The posts that are not wanted. */
static void write_cheapest(writing *w, const pulang_explained *asked) {
    int n = count_items(asked, asked->n_wanted, asked->n, false);
    if (n == 0)
        return;
    say(w, _("\nOther posts that would be possible: %d. Those that would cost everybody least:\n"), n);
    write_items(w, asked, asked->n_wanted, asked->n, false);
}

static void write_wanted(writing *w, const pulang_explained *asked) {
    int n = count_items(asked, 0, asked->n_wanted, false);
    int barred = count_items(asked, 0, asked->n, true);
    if (!asked->liking) {
        say(w, _("\nPosts that would be possible: %d. Those that would cost everybody least:\n"), n);
    } else if (n > 0) {
        say(w, _("\nPosts at home or liked better that are possible: %d.\n"), n);
    } else {
        say(w, "%s", _("\nNo possible post at home or elsewhere is liked better than this one.\n"));
    }
    write_items(w, asked, 0, asked->n_wanted, false);
    if (barred == 0)
        return;
    say(w, _("\nPosts at home or liked better that are not possible: %d.\n"), barred);
    write_items(w, asked, 0, asked->n, true);
}

static void write_person(writing *w, const pulang_explained *asked) {
    write_person_head(w, asked->person);
    if (asked->n == 1) {
        say(w, "\n");
        write_post_item(w, asked, asked->items);
        return;
    }
    write_wanted(w, asked);
    write_cheapest(w, asked);
}

/* ---- all without a post ---- */

static void write_unplaced(writing *w, const pulang_explained *asked) {
    write_person_head(w, asked->person);
    if (asked->n == 0 || asked->items->state == PULANG_PAIR_BARRED || asked->items->state == PULANG_PAIR_OPEN)
        return;
    say(w, "  %s ", _("The post that would cost everybody least:"));
    pulang_explain_post(&w->words, w->instance, asked->items->post);
    say(w, ".\n");
    pulang_explain_change(&w->words, w->explanation, asked->items, "    ", w->all);
}

/* ---- a place ---- */

static void write_candidate(writing *w, const pulang_consequence *item) {
    say(w, "  - ");
    pulang_explain_person(&w->words, w->instance, item->person);
    say(w, "%s", _(", now "));
    pulang_explain_post(&w->words, w->instance, w->plan->post[item->person]);
    if (w->instance->persons[item->person].origin == w->instance->posts[item->post].place)
        say(w, "%s", _(", at home there"));
    say(w, ".\n");
    pulang_explain_change(&w->words, w->explanation, item, "    ", w->all);
}

static void write_post(writing *w, const pulang_explained *asked) {
    int post = asked->post, filled = w->explanation->evaluation->filled[post];
    int target = w->instance->posts[post].target;
    say(w, "\n");
    pulang_explain_post(&w->words, w->instance, post);
    if (filled >= target) {
        say(w, _(": %d of %d seats filled; not short.\n"), filled, target);
        return;
    }
    say(w, _(": missing: %d.\n"), target - filled);
    say(w, _("  Why: %s.\n"), w->explanation->reasons->post[post]);
    if (asked->n == 0)
        return;
    say(w, _("  People who could come as one more: %d. Those who would cost everybody least:\n"), asked->n);
    int shown = w->all || asked->n < PULANG_EXPLAIN_MOST ? asked->n : PULANG_EXPLAIN_MOST;
    for (int i = 0; i < shown; i++)
        write_candidate(w, &asked->items[i]);
    write_more(w, asked->n - shown);
}

static void write_place_head(writing *w) {
    const pulang_place *place = &w->instance->places[w->explanation->place];
    int filled = 0, target = 0;
    for (int i = 0; i < w->explanation->n; i++) {
        filled += w->explanation->evaluation->filled[w->explanation->items[i].post];
        target += w->instance->posts[w->explanation->items[i].post].target;
    }
    say(w, _("%s (%s): posts: %d, seats filled: %d of %d.\n"), place->name, place->id, w->explanation->n,
        filled, target);
}

/* ---- the whole ---- */

static void write_exactness(writing *w) {
    if (w->explanation->solved_anew && w->explanation->short_form)
        say(w,
            _("\nWhat a post for one of them would cost everybody takes solving anew (%s): name the "
              "person.\n"),
            w->explanation->solved_anew);
    else if (w->explanation->solved_anew)
        say(w, _("\nEach \"if this had to be\" was found by solving anew, because %s.\n"),
            w->explanation->solved_anew);
    else
        say(w, "%s",
            _("\nEach \"if this had to be\" is exact: the best plan of all in which it is so, compared with "
              "this plan.\n"));
}

/* What the numbers stand for. */
static void write_units(writing *w) {
    say(w, "%s", _("Points follow the weights of the scenario: the more, the less a post suits somebody.\n"));
    for (int l = 0; l < w->plan->n_levels; l++)
        if (w->instance->scenario.levels[l].kind == PULANG_LEVEL_SHORTAGE)
            say(w, "%s",
                _("The shortage of staff counts what all posts lack: a second missing person in a post "
                  "counts more "
                  "than the first, and one in a small or urgent post more than one in a large post.\n"));
}

static bool any_possible(const pulang_explanation *x) {
    for (int i = 0; i < x->n; i++)
        for (int k = 0; k < x->items[i].n; k++)
            if (x->items[i].items[k].state != PULANG_PAIR_BARRED)
                return true;
    return false;
}

static void write_all(writing *w) {
    const pulang_explanation *x = w->explanation;
    if (x->place != PULANG_NONE)
        write_place_head(w);
    else if (x->n == 0)
        say(w, "%s", _("Everybody has a post.\n"));
    for (int i = 0; i < x->n; i++) {
        if (x->items[i].person == PULANG_NONE) {
            write_post(w, &x->items[i]);
        } else if (x->short_form) {
            say(w, "%s", i ? "\n" : "");
            write_unplaced(w, &x->items[i]);
        } else {
            write_person(w, &x->items[i]);
        }
    }
    if (any_possible(x)) {
        write_exactness(w);
        write_units(w);
    }
}

char *pulang_write_explain_text(const pulang_explanation *explanation, bool all) {
    const pulang_plan *plan = explanation->plan;
    writing w = {.explanation = explanation, .instance = plan->instance, .plan = plan, .all = all};
    w.moves = pulang_moves_new(plan->instance, plan->post, explanation->evaluation);
    if (w.moves)
        write_all(&w);
    char *text = w.moves && !w.words.failed ? pulang_strdup(w.words.text) : NULL;
    pulang_words_clear(&w.words);
    pulang_moves_free(w.moves);
    return text;
}
