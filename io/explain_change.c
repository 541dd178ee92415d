/*
 * What a consequence changes, in words.
 */
#include "io/write_explain.h"
#include "model/error.h"
#include "model/preference.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

void pulang_explain_person(pulang_words *words, const pulang_instance *instance, int person) {
    const pulang_person *p = &instance->persons[person];
    if (*p->name)
        pulang_words_append(words, "%s (%s)", p->name, p->id);
    else
        pulang_words_append(words, "%s", p->id);
}

void pulang_explain_post(pulang_words *words, const pulang_instance *instance, int post) {
    if (post == PULANG_NONE) {
        pulang_words_append(words, "%s", _("no post"));
        return;
    }
    const pulang_post *j = &instance->posts[post];
    const char *place = instance->places[j->place].name;
    if (*j->role && *j->unit)
        pulang_words_append(words, _("%s at %s, %s (post %s)"), j->role, j->unit, place, j->id);
    else
        pulang_words_append(words, _("post %s in %s"), j->id, place);
}

/* ---- levels ---- */

/* One sentence for worse and one for better, with a %s for how much. */
typedef struct phrases {
    const char *worse, *better;
} phrases;

static phrases level_phrases(const pulang_level *level) {
    switch (level->kind) {
    case PULANG_LEVEL_REQUIRED:
        return (phrases){N_("%s more of the required minimum would be missing"),
                         N_("%s less of the required minimum would be missing")};
    case PULANG_LEVEL_UNPLACED:
        return (phrases){N_("%s more would be left without a post"),
                         N_("%s fewer would be left without a post")};
    case PULANG_LEVEL_BALANCE:
        return (phrases){N_("the largest shortfall would grow by %s percentage points"),
                         N_("the largest shortfall would shrink by %s percentage points")};
    case PULANG_LEVEL_SHORTAGE:
        return (phrases){N_("the shortage of staff, all posts together, would grow by %s"),
                         N_("the shortage of staff, all posts together, would shrink by %s")};
    case PULANG_LEVEL_PREFERENCE:
        return (phrases){N_("people, all together, would be %s points worse off"),
                         N_("people, all together, would be %s points better off")};
    case PULANG_LEVEL_TERM:
    case PULANG_LEVEL_QUOTAS:
        break;
    }
    return (phrases){N_("it would be worse by %s"), N_("it would be better by %s")};
}

/* The amount without its sign, in the unit of the phrases. */
static void write_amount(const pulang_level *level, int64_t change, char *text, size_t size) {
    uint64_t amount = change < 0 ? 0 - (uint64_t)change : (uint64_t)change;
    if (level->kind == PULANG_LEVEL_PREFERENCE || level->kind == PULANG_LEVEL_TERM)
        snprintf(text, size, "%.3f", (double)amount / PULANG_COST_SCALE);
    else if (level->kind == PULANG_LEVEL_BALANCE)
        snprintf(text, size, "%.1f", (double)amount / 10);
    else
        snprintf(text, size, "%" PRIu64, amount);
}

static void write_level(pulang_words *words, const pulang_explanation *x, int level, int64_t change) {
    const pulang_level *at = &x->plan->instance->scenario.levels[level];
    const phrases said = level_phrases(at);
    char amount[32];
    write_amount(at, change, amount, sizeof amount);
    if (at->kind == PULANG_LEVEL_TERM || at->kind == PULANG_LEVEL_QUOTAS)
        pulang_words_append(words, _("by the measure \"%s\" "), at->name);
    pulang_words_append(words, _(change > 0 ? said.worse : said.better), amount);
    if (at->kind == PULANG_LEVEL_SHORTAGE)
        pulang_words_append(words, _(" (it is %lld now)"), (long long)x->plan->levels[level].value);
}

/* The levels that change, the most important first. */
static void write_levels(pulang_words *words, const pulang_explanation *x, const pulang_consequence *item) {
    int n = 0;
    for (int l = 0; l < x->plan->n_levels; l++) {
        if (item->change[l] == 0)
            continue;
        bool worse_before = n > 0;
        pulang_words_append(words, "%s", n++ == 0 ? "" : ", ");
        if (worse_before && item->change[l] < 0)
            pulang_words_append(words, "%s ", _("but"));
        write_level(words, x, l, item->change[l]);
    }
    if (n == 0)
        pulang_words_append(words, "%s", _("nothing would be worse: such a plan is just as good"));
}

/* Where a limit came before the proof: what is proven all the same. */
static void write_least(pulang_words *words, const pulang_explanation *x, const pulang_consequence *item,
                        const char *indent) {
    if (item->state != PULANG_PAIR_AT_MOST || item->open_level == PULANG_NONE || item->least == INT64_MIN)
        return;
    pulang_words_append(words, "%s", indent);
    if (item->least > 0) {
        pulang_words_append(words, "%s", _("Proven is that at the least "));
        write_level(words, x, item->open_level, item->least);
        pulang_words_append(words, ".\n");
    } else {
        pulang_words_append(words, "%s\n", _("It is not proven that it costs anything at all."));
    }
}

/* ---- who moves ---- */

static void write_own_change(pulang_words *words, const pulang_instance *instance,
                             const pulang_relocation *move) {
    pulang_preference preference;
    int64_t change = 0;
    if (move->from == PULANG_NONE || move->to == PULANG_NONE)
        return;
    pulang_preference_init(&preference, instance);
    for (int l = 0; l < instance->scenario.n_levels; l++)
        change += pulang_preference_cost(&preference, l, move->person, move->to) -
                  pulang_preference_cost(&preference, l, move->person, move->from);
    double points = (double)llabs(change) / PULANG_COST_SCALE;
    if (change > 0)
        pulang_words_append(words, _(", who loses %.3f points by it"), points);
    else if (change < 0)
        pulang_words_append(words, _(", who gains %.3f points by it"), points);
}

static void write_moves(pulang_words *words, const pulang_explanation *x, const pulang_consequence *item,
                        const char *indent, bool all) {
    const pulang_instance *instance = x->plan->instance;
    int shown = all || item->n_moves <= PULANG_EXPLAIN_MOST ? item->n_moves : PULANG_EXPLAIN_MOST;
    if (item->n_moves == 0) {
        pulang_words_append(words, "%s%s\n", indent, _("Nobody else would have to move."));
        return;
    }
    pulang_words_append(words, "%s", indent);
    if (x->solved_anew)
        pulang_words_append(
            words, _("Others who are elsewhere in the plan found then: %d (not all of them need be).\n"),
            item->n_moves);
    else
        pulang_words_append(words, _("Others who would move: %d.\n"), item->n_moves);
    for (int i = 0; i < shown; i++) {
        const pulang_relocation *move = &item->moves[i];
        pulang_words_append(words, "%s  - ", indent);
        pulang_explain_person(words, instance, move->person);
        pulang_words_append(words, "%s", _(" from "));
        pulang_explain_post(words, instance, move->from);
        pulang_words_append(words, "%s", _(" to "));
        pulang_explain_post(words, instance, move->to);
        write_own_change(words, instance, move);
        pulang_words_append(words, "\n");
    }
    if (shown < item->n_moves) {
        pulang_words_append(words, "%s  ", indent);
        pulang_words_append(words, _("and %d more\n"), item->n_moves - shown);
    }
}

/* How many more hold the post then. */
static int heads_change(const pulang_explanation *x, const pulang_consequence *item, int post) {
    int n = (item->post == post) - (x->plan->post[item->person] == post);
    for (int i = 0; i < item->n_moves; i++)
        n += (item->moves[i].to == post) - (item->moves[i].from == post);
    return n;
}

static void write_heads(pulang_words *words, const pulang_explanation *x, const pulang_consequence *item,
                        int post, const char *indent) {
    int change = post == PULANG_NONE ? 0 : heads_change(x, item, post);
    if (change == 0)
        return;
    int filled = x->evaluation->filled[post];
    pulang_words_append(words, "%s", indent);
    pulang_explain_post(words, x->plan->instance, post);
    pulang_words_append(words, _(" would have %d seats filled instead of %d; it needs %d.\n"),
                        filled + change, filled, x->plan->instance->posts[post].target);
}

/* The posts that gain or lose somebody: of the person, and where a chain of moves ends. */
static void write_seats(pulang_words *words, const pulang_explanation *x, const pulang_consequence *item,
                        const char *indent) {
    int held = x->plan->post[item->person];
    write_heads(words, x, item, item->post, indent);
    write_heads(words, x, item, held, indent);
    for (int i = 0; i < item->n_moves && i < PULANG_EXPLAIN_MOST; i++) {
        const int ends[2] = {item->moves[i].from, item->moves[i].to};
        for (int e = 0; e < 2; e++) {
            bool said = ends[e] == item->post || ends[e] == held;
            for (int k = 0; k < i; k++)
                said = said || item->moves[k].from == ends[e] || item->moves[k].to == ends[e];
            if (!said && !(e == 1 && ends[1] == ends[0]))
                write_heads(words, x, item, ends[e], indent);
        }
    }
}

void pulang_explain_change(pulang_words *words, const pulang_explanation *x, const pulang_consequence *item,
                           const char *indent, bool all) {
    const char *post = x->plan->instance->posts[item->post].id;
    pulang_words_append(words, "%s", indent);
    switch (item->state) {
    case PULANG_PAIR_BARRED:
    case PULANG_PAIR_IMPOSSIBLE:
        pulang_words_append(words, "%s\n", _("If this had to be, no plan could keep all hard rules."));
        return;
    case PULANG_PAIR_OPEN:
        pulang_words_append(words, _("What it would cost everybody is not known; --post %s looks into it.\n"),
                            post);
        return;
    case PULANG_PAIR_AT_MOST:
        pulang_words_append(words, "%s",
                            _("If this had to be (by the best plan found within the limits, not proven): "));
        break;
    case PULANG_PAIR_EXACT:
        pulang_words_append(words, "%s", _("If this had to be: "));
        break;
    }
    write_levels(words, x, item);
    pulang_words_append(words, ".\n");
    write_least(words, x, item, indent);
    write_moves(words, x, item, indent, all);
    write_seats(words, x, item, indent);
}
