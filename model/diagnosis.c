#include "model/diagnosis.h"

#include "model/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const pulang_tariff_row pulang_tariff_table[PULANG_N_CHANGES] = {
    [PULANG_CHANGE_SEAT] = {"seat", 2000, N_("one seat more in a post")},
    [PULANG_CHANGE_MINIMUM] = {"minimum", 3000, N_("the minimum of a post one lower")},
    [PULANG_CHANGE_QUOTA] = {"quota", 4000, N_("a quota that gives way by as much as one person brings")},
    [PULANG_CHANGE_OPENING] = {"opening", 4000, N_("a post or a group opened with fewer than it should")},
    [PULANG_CHANGE_HIRE] = {"hire", 5000, N_("one person more")},
    [PULANG_CHANGE_RELEASE] = {"release", 6000, N_("one person who need not stay")},
    [PULANG_CHANGE_SEPARATE] = {"separate", 8000, N_("one group that is not kept together")},
};

void pulang_tariff_default(pulang_tariff *tariff) {
    for (int k = 0; k < PULANG_N_CHANGES; k++)
        tariff->price[k] = pulang_tariff_table[k].preset;
}

pulang_status pulang_tariff_parse(pulang_tariff *tariff, const char *text, pulang_error *error) {
    const char *equals = strchr(text, '=');
    size_t length = equals ? (size_t)(equals - text) : 0;
    for (int k = 0; equals && k < PULANG_N_CHANGES; k++) {
        const char *name = pulang_tariff_table[k].name;
        if (strlen(name) != length || strncmp(name, text, length) != 0)
            continue;
        char *end;
        double price = strtod(equals + 1, &end);
        if (strcmp(equals + 1, "never") == 0)
            tariff->price[k] = PULANG_PRICE_NEVER;
        else if (end == equals + 1 || *end || !(price >= 0.001 && price <= PULANG_PRICE_MOST))
            break;
        else
            tariff->price[k] = llround(price * 1000);
        return PULANG_OK;
    }
    return pulang_fail(error, PULANG_ERROR_ARGUMENT,
                       _("\"%s\" is no price: write for example hire=3 or release=never"), text);
}

pulang_change_kind pulang_tariff_kind(const pulang_rule *rule) {
    static const pulang_change_kind kinds[PULANG_N_RULE_KINDS] = {
        [PULANG_RULE_MINIMUM] = PULANG_CHANGE_MINIMUM,  [PULANG_RULE_SEATS] = PULANG_CHANGE_SEAT,
        [PULANG_RULE_OPENING] = PULANG_CHANGE_OPENING,  [PULANG_RULE_AT_LEAST] = PULANG_CHANGE_QUOTA,
        [PULANG_RULE_AT_MOST] = PULANG_CHANGE_QUOTA,    [PULANG_RULE_NONE_OR] = PULANG_CHANGE_OPENING,
        [PULANG_RULE_PIN] = PULANG_CHANGE_RELEASE,      [PULANG_RULE_STAY] = PULANG_CHANGE_RELEASE,
        [PULANG_RULE_TOGETHER] = PULANG_CHANGE_SEPARATE};
    return kinds[rule->kind];
}

void pulang_diagnosis_free(pulang_diagnosis *diagnosis) {
    if (!diagnosis)
        return;
    pulang_arena *arena = diagnosis->arena;
    pulang_rules_free(diagnosis->rules);
    pulang_arena_free(arena);
}

static void tell_bound_change(const pulang_rules *rules, const pulang_rule *rule, const pulang_change *change,
                              pulang_words *words) {
    const char *file, *column;
    int line;
    bool raise = rule->kind == PULANG_RULE_SEATS || rule->kind == PULANG_RULE_AT_MOST;
    pulang_rule_row(rules, rule, &file, &column, &line);
    pulang_rule_tell_subject(rules, rule, words);
    if (change->to == PULANG_BOUND_NONE) {
        pulang_words_append(words, _(": do without it"));
        return;
    }
    pulang_words_append(words, raise ? _(": raise %s from ") : _(": lower %s from "), column);
    pulang_rule_tell_bound(rules, rule, change->from, words);
    pulang_words_append(words, _(" to "));
    pulang_rule_tell_bound(rules, rule, change->to, words);
}

static const char *place_name(const pulang_instance *instance, int post) {
    const pulang_place *place = &instance->places[instance->posts[post].place];
    return *place->name ? place->name : place->id;
}

static void tell_skills(const pulang_instance *instance, const pulang_skill_list *skills,
                        pulang_words *words) {
    for (int i = 0; i < skills->n; i++)
        pulang_words_append(words, "%s%s:%d", i ? ", " : "", instance->skills[skills->items[i].skill],
                            skills->items[i].level);
}

/* Places and posts beyond these are left out of a sentence. */
#define POSTS_TOLD 3

static void tell_hire(const pulang_instance *instance, const pulang_change *change, pulang_words *words) {
    if (change->like != PULANG_NONE) {
        const pulang_person *like = &instance->persons[change->like];
        pulang_words_append(words,
                            change->count == 1 ? _("add %d person like %s") : _("add %d people like %s"),
                            change->count, like->id);
        pulang_words_append(words, "%s%s%s%s%s", *like->category ? ", " : "", like->category,
                            *like->contract ? ", " : "", like->contract, like->skills.n ? ", " : "");
        tell_skills(instance, &like->skills, words);
    } else {
        const pulang_post *post = &instance->posts[change->made_for];
        pulang_words_append(words,
                            change->count == 1 ? _("add %d person who has what post %s asks for: ")
                                               : _("add %d people who have what post %s asks for: "),
                            change->count, post->id);
        tell_skills(instance, &post->requires, words);
    }
    for (int i = 0; i < change->n_posts && i < POSTS_TOLD; i++)
        pulang_words_append(words, i ? _(", %s in %s") : _("; needed for post %s in %s"),
                            instance->posts[change->posts[i]].id, place_name(instance, change->posts[i]));
    if (change->n_posts > POSTS_TOLD)
        pulang_words_append(words, _(" and %d other posts"), change->n_posts - POSTS_TOLD);
}

void pulang_change_tell(const pulang_diagnosis *diagnosis, const pulang_change *change, pulang_words *words) {
    const pulang_rules *rules = diagnosis->rules;
    const pulang_instance *instance = rules->instance;
    const pulang_rule *rule = change->rule == PULANG_NONE ? NULL : &rules->rule[change->rule];
    switch (change->kind) {
    case PULANG_CHANGE_HIRE:
        tell_hire(instance, change, words);
        break;
    case PULANG_CHANGE_RELEASE: {
        const pulang_person *who = &instance->persons[rule->person];
        pulang_words_append(words, _("let %s%s%s leave post %s in %s"), who->id, *who->name ? " " : "",
                            who->name, instance->posts[rule->post].id, place_name(instance, rule->post));
        break;
    }
    case PULANG_CHANGE_SEPARATE:
        pulang_words_append(words, _("do not keep group \"%s\" together"),
                            instance->groups[rule->group].name);
        break;
    default:
        tell_bound_change(rules, rule, change, words);
        break;
    }
}
