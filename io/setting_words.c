#include "io/setting_words.h"

#include "model/error.h"

#include <string.h>

/* What the keys of the scenario mean, for people who do not write it. */
static const struct {
    const char *key, *words;
} words[] = {
    {"levels", N_("the order of what matters most")},
    {"weights.hometown", N_("how much living near home counts")},
    {"weights.skills", N_("how much the skills wished for count")},
    {"weights.merit", N_("how much merit counts")},
    {"weights.wish", N_("how much wishes count")},
    {"weights.move", N_("how much having to move counts")},
    {"weights.pay", N_("how much pay counts")},
    {"weights.pairs", N_("how much the costs of pairs.csv count")},
    {"hometown.by", N_("what the way home is measured in")},
    {"hometown.curve", N_("how many stay at which distance from home")},
    {"hometown.mismatch", N_("how many fewer stay who come from the city to the interior")},
    {"hometown.unknown", N_("how many stay whose origin is not known")},
    {"distance.detour", N_("how much longer roads are than the straight line")},
    {"distance.speed_kmh", N_("the speed of travel")},
    {"posts.minimum", N_("whether the minimum of a post is a hard rule")},
    {"groups.within_km", N_("how far apart those who belong together may be placed")},
    {"pairs.mode", N_("whether only the pairs of pairs.csv are possible")},
    {"tenure.min_years", N_("the minimum stay in years")},
    {"workload.effective_hours", N_("the hours that one person works in a year")},
    {"limits.time", N_("the time limit")},
    {"limits.moves", N_("the most people who may change posts")},
    {"limits.gap", N_("the gap at which solving ends")},
    {"envy.forbid", N_("the posts of which nobody may have cause for envy")},
    {"phases", N_("the phases")},
};

/* The cells of a rule that a setting may put another value into. */
static const struct {
    const char *field, *format;
} cells[] = {
    {"min", N_("rule \"%.*s\", at least")},        {"target", N_("rule \"%.*s\", aim")},
    {"max", N_("rule \"%.*s\", at most")},         {"weight", N_("rule \"%.*s\", how much it counts")},
    {"tier", N_("rule \"%.*s\", hard or wished")}, {"on", N_("rule \"%.*s\", on or off")},
};

static const char quotas[] = "quotas.";

const char *pulang_setting_words(const char *key) {
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].key, key) == 0)
            return _(words[i].words);
    return key;
}

const char *pulang_setting_text(const char *key, pulang_arena *arena) {
    const char *dot = strrchr(key, '.'), *name = key + strlen(quotas);
    bool rule = strncmp(key, quotas, strlen(quotas)) == 0 && dot > name;
    for (size_t i = 0; rule && i < sizeof cells / sizeof *cells; i++)
        if (strcmp(cells[i].field, dot + 1) == 0)
            return pulang_arena_printf(arena, _(cells[i].format), (int)(dot - name), name);
    return pulang_setting_words(key);
}
