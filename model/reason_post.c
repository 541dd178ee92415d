/* Why a post is short, in words. */
#include "model/error.h"
#include "model/tally.h"

static const char *const formats[PULANG_N_BARS] = {
    [PULANG_BAR_PIN] = N_("%d pinned to another post"),
    [PULANG_BAR_TENURE] = N_("%d held in their present post by the minimum stay"),
    [PULANG_BAR_FORBIDDEN] = N_("%d forbidden to work here"),
    [PULANG_BAR_CONTRACT] = N_("%d with a contract that it does not allow"),
    [PULANG_BAR_SKILL] = N_("%d without a skill that it requires"),
    [PULANG_BAR_MERIT] = N_("%d below the merit that it requires"),
    [PULANG_BAR_PAIRS] = N_("%d not listed for it in pairs.csv"),
};

void pulang_words_post(pulang_words *words, const pulang_reason_context *context, int post,
                       const pulang_tally *tally) {
    int filled = context->evaluation->filled[post];
    pulang_words_add(words, _("%d of %d seats filled"), filled, context->instance->posts[post].target);
    if (filled == context->instance->n_persons) {
        pulang_words_add(words, "%s", _("there is nobody else"));
        return;
    }
    if (tally->n_eligible == 0) {
        pulang_words_add(words, "%s",
                         filled > 0 ? _("nobody else may hold it: ") : _("nobody may hold it: "));
        pulang_words_bars(words, tally, formats);
        return;
    }
    pulang_words_add(words, _("others who may hold it: %d"), tally->n_eligible);
    pulang_words_add(words, "%s ", _("to move one here would"));
    pulang_words_effects(words, context, tally);
}
