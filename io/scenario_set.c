#include "io/scenario_set.h"

#include "model/nearest.h"

#include <string.h>

#define MOST_KEYS 64

static const char quotas[] = "quotas.";

static void fault(pulang_scenario_draft *draft, const pulang_override *override, const char *message,
                  const char *mend) {
    pulang_yaml at = {.text = override->value};
    pulang_scenario_fault(draft, &at, override->key, message, mend);
}

/* A node of a file that was never written; NULL: out of memory. */
static pulang_yaml *make_node(pulang_scenario_draft *draft, pulang_yaml_kind kind, int n) {
    pulang_yaml *node = pulang_arena_alloc(draft->arena, 1, sizeof *node);
    pulang_yaml_entry *entries = pulang_arena_alloc(draft->arena, (size_t)n, sizeof *entries);
    if (!node || !entries) {
        draft->out_of_memory = true;
        return NULL;
    }
    *node = (pulang_yaml){.kind = kind, .text = "", .n = n, .entries = entries};
    return node;
}

static const pulang_yaml *make_text(pulang_scenario_draft *draft, const char *text, size_t length) {
    pulang_yaml *node = make_node(draft, PULANG_YAML_TEXT, 0);
    const char *copy = pulang_arena_copy(draft->arena, text, length);
    if (!node || !copy) {
        draft->out_of_memory = true;
        return NULL;
    }
    node->text = copy;
    node->blank = strcmp(copy, "") == 0 || strcmp(copy, "~") == 0 || strcmp(copy, "null") == 0;
    return node;
}

/* {key: value} */
static const pulang_yaml *make_map(pulang_scenario_draft *draft, const char *key, size_t length,
                                   const pulang_yaml *value) {
    pulang_yaml *map = make_node(draft, PULANG_YAML_MAP, 1);
    const pulang_yaml *name = make_text(draft, key, length);
    if (!map || !name || !value)
        return NULL;
    map->entries[0] = (pulang_yaml_entry){name, value};
    return map;
}

/* quotas: [{quota: NAME, field: value}] of quotas.NAME.field; names may have dots. */
static const pulang_yaml *make_quota(pulang_scenario_draft *draft, const char *key,
                                     const pulang_yaml *value) {
    const char *name = key + strlen(quotas), *dot = strrchr(name, '.');
    pulang_yaml *list = make_node(draft, PULANG_YAML_LIST, 1), *item = make_node(draft, PULANG_YAML_MAP, 2);
    const pulang_yaml *texts[] = {make_text(draft, "quota", strlen("quota")),
                                  make_text(draft, name, (size_t)(dot - name)),
                                  make_text(draft, dot + 1, strlen(dot + 1))};
    if (!list || !item || !value || !texts[0] || !texts[1] || !texts[2])
        return NULL;
    item->entries[0] = (pulang_yaml_entry){texts[0], texts[1]};
    item->entries[1] = (pulang_yaml_entry){texts[2], value};
    list->entries[0] = (pulang_yaml_entry){NULL, item};
    return make_map(draft, "quotas", strlen("quotas"), list);
}

/* Whether there is such a key of a single value; a fault otherwise. */
static bool known_key(pulang_scenario_draft *draft, const pulang_override *override) {
    const char *names[MOST_KEYS], *name;
    int n = 0;
    bool single;
    for (size_t i = 0; (name = pulang_scenario_key(draft->arena, i, &single)) != NULL; i++) {
        if (strcmp(name, override->key) == 0) {
            if (!single)
                fault(draft, override, _("this key holds a list"), _("write it in a scenario file"));
            return single;
        }
        if (single && n < MOST_KEYS)
            names[n++] = name;
    }
    int nearest = pulang_nearest(override->key, names, n);
    fault(draft, override, _("unknown key"),
          nearest < 0 ? _("name a key of scenario.yaml with its sections before it, joined by points, or "
                          "quotas.NAME.min (target, max, weight, tier, on)")
                      : pulang_arena_printf(draft->arena, _("did you mean '%s'?"), names[nearest]));
    return false;
}

void pulang_scenario_set(pulang_scenario_draft *draft, const pulang_override *override) {
    const char *key = override->key, *dot = strrchr(key, '.');
    const pulang_yaml *root = make_text(draft, override->value, strlen(override->value));
    /* A copy for each: the same quota may be changed by several. */
    draft->shown_name = pulang_arena_copy(draft->arena, override->source, strlen(override->source));
    if (!root || !draft->shown_name) {
        draft->out_of_memory = true;
        return;
    }
    bool of_quota = strncmp(key, quotas, strlen(quotas)) == 0 &&
                    dot > key + strlen(quotas); /* a name between the points */
    if (!of_quota && !known_key(draft, override))
        return;
    if (of_quota) {
        root = make_quota(draft, key, root);
    } else {
        root = make_map(draft, dot ? dot + 1 : key, strlen(dot ? dot + 1 : key), root);
        if (dot)
            root = make_map(draft, key, (size_t)(dot - key), root);
    }
    if (root)
        pulang_scenario_apply(draft, root);
}
