#include "io/compare_override.h"

#include "io/scenario_keys.h"

#include <string.h>

#define SOURCE "compare"

/* Fields of a rule that a scenario may state. */
static const char *const fields[] = {"on", "min", "target", "max", "weight", "tier"};
enum { N_FIELDS = sizeof fields / sizeof *fields };

/* Whether the key of a scenario holds one value, not a list. */
static bool is_single(const char *key, pulang_arena *arena) {
    const char *name;
    bool single;
    for (size_t i = 0; (name = pulang_scenario_key(arena, i, &single)) != NULL; i++)
        if (strcmp(name, key) == 0)
            return single;
    return false;
}

static bool is_field(const char *key) {
    for (int i = 0; i < N_FIELDS; i++)
        if (strcmp(fields[i], key) == 0)
            return true;
    return false;
}

/* Whether the rules differ in no more than a scenario may state. */
static bool expressible(const pulang_run_rule *before, const pulang_run_rule *after) {
    for (int i = 0; before && after && i < after->fields.n; i++) {
        const pulang_run_setting *field = &after->fields.items[i];
        if (!is_field(field->key) &&
            strcmp(pulang_run_setting_text(&before->fields, field->key), field->text) != 0)
            return false;
    }
    return true;
}

/* The value as the scenario would state it: a share in percent, no tier where it is hard. */
static const char *value_of(const pulang_run_rule *rule, const char *field, pulang_arena *arena) {
    const char *text = pulang_run_setting_text(&rule->fields, field);
    bool share = strcmp(pulang_run_setting_text(&rule->fields, "share"), "yes") == 0;
    if (strcmp(field, "tier") == 0 && strcmp(text, "hard") == 0)
        return "";
    if (share && *text && (strcmp(field, "min") == 0 || strcmp(field, "max") == 0))
        return pulang_arena_printf(arena, "%s%%", text);
    return text;
}

static bool add(const char *key, const char *value, pulang_override *set, int *n) {
    if (!key || !value) {
        *n = -1;
        return false;
    }
    set[(*n)++] = (pulang_override){key, value, SOURCE};
    return true;
}

static bool add_fields(const pulang_change *change, pulang_arena *arena, pulang_override *set, int *n) {
    const pulang_run_rule *before = change->rule_before, *after = change->rule_after;
    for (int i = 0; i < N_FIELDS; i++) {
        const char *is = pulang_run_setting_text(&after->fields, fields[i]);
        if (before && strcmp(pulang_run_setting_text(&before->fields, fields[i]), is) == 0)
            continue;
        const char *key = pulang_arena_printf(arena, "quotas.%s.%s", change->key, fields[i]);
        if (!add(key, value_of(after, fields[i], arena), set, n))
            return false;
    }
    return true;
}

bool pulang_change_overrides(const pulang_change *change, pulang_arena *arena,
                             pulang_override set[PULANG_CHANGE_OVERRIDES], int *n) {
    *n = 0;
    switch (change->kind) {
    case PULANG_CHANGE_INPUT:
        return false;
    case PULANG_CHANGE_SETTING:
        return is_single(change->key, arena) && add(change->key, change->after, set, n);
    case PULANG_CHANGE_RULE:
        break;
    }
    /* The moves of all are a rule that a setting makes. */
    if (strcmp(change->key, "limits.moves") == 0)
        return add(change->key,
                   change->rule_after ? pulang_run_setting_text(&change->rule_after->fields, "max") : "", set,
                   n);
    if (!change->rule_after)
        return add(pulang_arena_printf(arena, "quotas.%s.on", change->key), "no", set, n);
    return expressible(change->rule_before, change->rule_after) && add_fields(change, arena, set, n);
}
