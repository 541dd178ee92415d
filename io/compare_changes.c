/* What was asked otherwise: files, settings and rules of two runs. */
#include "io/compare_state.h"
#include "model/error.h"

#include <stdio.h>
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
    {"limits.gap", N_("the gap at which solving ends")},
    {"envy.forbid", N_("the posts of which nobody may have cause for envy")},
    {"phases", N_("the phases")},
};

const char *pulang_setting_words(const char *key) {
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].key, key) == 0)
            return _(words[i].words);
    return key;
}

/* What is being gathered. */
typedef struct gathering {
    pulang_arena *arena;
    pulang_against *against;
    bool failed;
} gathering;

static void add(gathering *to, pulang_change change) {
    to->failed |= !change.text;
    if (!to->failed)
        to->against->changes[to->against->n_changes++] = change;
}

static const char *or_nothing(const char *text) {
    return *text ? text : _("not set");
}

/* ---- files ---- */

static void add_input(gathering *to, const char *name, bool before, bool after) {
    const char *format = before && after ? _("the file %s is another")
                         : after         ? _("the file %s is new")
                                         : _("the file %s is not there any more");
    add(to, (pulang_change){.kind = PULANG_CHANGE_INPUT,
                            .key = name,
                            .before = "",
                            .after = "",
                            .text = pulang_arena_printf(to->arena, format, name)});
}

/* A scenario is told by its settings and rules, not as a file. */
static bool is_scenario(const char *name) {
    size_t length = strlen(name);
    return length > 5 && strcmp(name + length - 5, ".yaml") == 0;
}

static void compare_inputs(gathering *to, const pulang_run *before, const pulang_run *after) {
    for (int i = 0; i < before->inputs.n; i++) {
        const pulang_run_setting *file = &before->inputs.items[i];
        const char *now = pulang_run_setting_text(&after->inputs, file->key);
        if (!is_scenario(file->key) && strcmp(now, file->text) != 0)
            add_input(to, file->key, true, *now != '\0');
    }
    for (int i = 0; i < after->inputs.n; i++) {
        const char *name = after->inputs.items[i].key;
        if (!is_scenario(name) && !*pulang_run_setting_text(&before->inputs, name))
            add_input(to, name, false, true);
    }
}

/* ---- settings ---- */

static void compare_settings(gathering *to, const pulang_run *before, const pulang_run *after) {
    for (int i = 0; i < after->settings.n; i++) {
        const char *key = after->settings.items[i].key, *now = after->settings.items[i].text;
        const char *was = pulang_run_setting_text(&before->settings, key);
        /* limits.moves is a rule, too, which says it. */
        if (strcmp(was, now) == 0 || strcmp(key, "limits.moves") == 0)
            continue;
        add(to, (pulang_change){.kind = PULANG_CHANGE_SETTING,
                                .key = key,
                                .before = was,
                                .after = now,
                                .text = pulang_arena_printf(to->arena, _("%s (%s): %s instead of %s"),
                                                            pulang_setting_words(key), key, or_nothing(now),
                                                            or_nothing(was))});
    }
}

/* ---- rules ---- */

static const pulang_run_rule *rule_named(const pulang_run *run, const char *name) {
    for (int q = 0; q < run->n_rules; q++)
        if (strcmp(run->rules[q].name, name) == 0)
            return &run->rules[q];
    return NULL;
}

static void append(char *text, size_t size, const char *separator, const char *format, const char *a,
                   const char *b, const char *c) {
    size_t used = strlen(text);
    if (used > 0)
        used += (size_t)snprintf(text + used, size - used, "%s", separator);
    if (used < size)
        snprintf(text + used, size - used, format, a, b, c);
}

/* The fields that differ: "min 11 instead of 10, max 11 instead of 10". "": none. */
static void differing_fields(const pulang_run_rule *before, const pulang_run_rule *after, char *text,
                             size_t size) {
    *text = '\0';
    for (int i = 0; i < after->fields.n; i++) {
        const char *key = after->fields.items[i].key, *now = after->fields.items[i].text;
        const char *was = pulang_run_setting_text(&before->fields, key);
        if (strcmp(was, now) != 0)
            append(text, size, ", ", _("%s %s instead of %s"), key, or_nothing(now), or_nothing(was));
    }
}

/* The bounds of a rule: "min 10, max 10". */
static void bounds_of(const pulang_run_rule *rule, char *text, size_t size) {
    static const char *const keys[] = {"min", "target", "max"};
    *text = '\0';
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *bound = pulang_run_setting_text(&rule->fields, keys[i]);
        if (*bound)
            append(text, size, ", ", "%s %s%s", keys[i], bound, "");
    }
}

static void add_rule(gathering *to, const pulang_run_rule *before, const pulang_run_rule *after) {
    const char *name = after ? after->name : before->name;
    char text[1024];
    const char *format = NULL;
    bool was = before && before->on, is = after && after->on;
    if (!was && !is)
        return;
    if (was && is) {
        differing_fields(before, after, text, sizeof text);
        format = *text ? _("rule \"%s\": %s") : NULL;
    } else {
        bounds_of(is ? after : before, text, sizeof text);
        format = is ? _("rule \"%s\" is new: %s") : _("rule \"%s\" is gone: %s");
    }
    if (format)
        add(to, (pulang_change){.kind = PULANG_CHANGE_RULE,
                                .key = name,
                                .before = "",
                                .after = "",
                                .rule_before = was ? before : NULL,
                                .rule_after = is ? after : NULL,
                                .text = pulang_arena_printf(to->arena, format, name, text)});
}

static void compare_rules(gathering *to, const pulang_run *before, const pulang_run *after) {
    for (int q = 0; q < before->n_rules; q++)
        add_rule(to, &before->rules[q], rule_named(after, before->rules[q].name));
    for (int q = 0; q < after->n_rules; q++)
        if (!rule_named(before, after->rules[q].name))
            add_rule(to, NULL, &after->rules[q]);
}

int pulang_compare_changes(pulang_arena *arena, const pulang_run *before, const pulang_run *after,
                           pulang_against *against) {
    gathering to = {.arena = arena, .against = against};
    size_t most =
        (size_t)(before->inputs.n + after->inputs.n + after->settings.n + before->n_rules + after->n_rules);
    if (after->today)
        return 0; /* nothing was asked */
    against->changes = pulang_arena_alloc(arena, most, sizeof *against->changes);
    if (!against->changes)
        return -1;
    compare_settings(&to, before, after);
    compare_rules(&to, before, after);
    compare_inputs(&to, before, after);
    return to.failed ? -1 : 0;
}
