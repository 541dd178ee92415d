/* The parts that the reasons of persons and posts share: quotas and the effects of moves in words. */
#include "model/error.h"
#include "model/tally.h"

void pulang_words_quota(pulang_words *words, const pulang_reason_context *context, int use) {
    const pulang_quota_group_info *info = &context->evaluation->uses[use].info;
    const pulang_quota *quota = &context->instance->quotas[info->quota];
    pulang_words_append(words, _("quota %s"), quota->name);
    if (*quota->each)
        pulang_words_append(words, ", %s %s", quota->each, info->key);
    if (*quota->basis)
        pulang_words_append(words, " (%s)", quota->basis);
}

static void worse(pulang_words *words, const pulang_scenario *scenario, int level) {
    switch (scenario->levels[level].kind) {
    case PULANG_LEVEL_REQUIRED:
        pulang_words_append(words, "%s", _("miss more of what is required"));
        break;
    case PULANG_LEVEL_BALANCE:
        pulang_words_append(words, "%s", _("make the largest shortfall larger"));
        break;
    case PULANG_LEVEL_SHORTAGE:
        pulang_words_append(words, "%s", _("make the shortages worse on the whole"));
        break;
    case PULANG_LEVEL_PREFERENCE:
        pulang_words_append(words, "%s", _("be worse by the sum of all preferences"));
        break;
    default:
        pulang_words_append(words, _("make the level %s worse"), scenario->levels[level].name);
    }
}

void pulang_words_effect(pulang_words *words, const pulang_reason_context *context, pulang_move_effect effect,
                         bool several) {
    switch (effect.kind) {
    case PULANG_MOVE_MINIMUM:
        pulang_words_append(words, "%s", _("leave a post below its hard minimum"));
        break;
    case PULANG_MOVE_OPEN:
        pulang_words_append(words, "%s", _("leave a post with fewer people than it opens with"));
        break;
    case PULANG_MOVE_GROUP:
        pulang_words_append(words, "%s", _("part a group that belongs together"));
        break;
    case PULANG_MOVE_QUOTA_MIN:
    case PULANG_MOVE_QUOTA_MAX:
        pulang_words_append(words, "%s ",
                            effect.kind == PULANG_MOVE_QUOTA_MIN ? _("fall below the minimum of")
                                                                 : _("exceed the maximum of"));
        if (several)
            pulang_words_append(words, "%s ", _("a quota, such as"));
        pulang_words_quota(words, context, effect.use);
        break;
    case PULANG_MOVE_WORSE:
        worse(words, &context->instance->scenario, effect.level);
        break;
    case PULANG_MOVE_EQUAL:
        pulang_words_append(words, "%s", _("be just as good"));
        break;
    default:
        pulang_words_append(words, "%s",
                            context->instance->envy_forbidden ? _("be better, but for the rule against envy")
                            : context->plan->outcome == PULANG_OPTIMAL
                                ? _("be better")
                                : _("be better: this plan is not proven to be the best"));
    }
}

void pulang_words_bars(pulang_words *words, const pulang_tally *tally,
                       const char *const formats[PULANG_N_BARS]) {
    const char *join = "";
    for (int b = PULANG_BAR_NONE + 1; b < PULANG_N_BARS; b++) {
        if (tally->bars[b] == 0)
            continue;
        pulang_words_append(words, "%s", join);
        pulang_words_append(words, _(formats[b]), tally->bars[b]);
        join = ", ";
    }
}

void pulang_words_effects(pulang_words *words, const pulang_reason_context *context,
                          const pulang_tally *tally) {
    int n_effects = PULANG_N_MOVES + context->instance->scenario.n_levels;
    int last_n = INT32_MAX, last = -1; /* the effect written last: by falling n, then by index */
    for (int written = 0;; written++) {
        int best = -1;
        for (int e = 0; e < n_effects; e++) {
            int n = tally->effects[e].n;
            bool left = n > 0 && (n < last_n || (n == last_n && e > last));
            if (left && (best < 0 || n > tally->effects[best].n))
                best = e;
        }
        if (best < 0)
            return;
        last = best;
        last_n = tally->effects[best].n;
        if (written > 0)
            pulang_words_append(words, ", ");
        pulang_words_effect(words, context, tally->effects[best].example, last_n > 1);
        pulang_words_append(words, " (%d)", last_n);
    }
}
