/*
 * The hard rules in words.
 */
#include "model/eligible.h"
#include "model/error.h"
#include "model/rule.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

static void tell_post(const pulang_instance *instance, int post, pulang_words *words) {
    const pulang_post *p = &instance->posts[post];
    const pulang_place *place = &instance->places[p->place];
    pulang_words_append(words, _("post %s in %s"), p->id, *place->name ? place->name : place->id);
}

/* The key of a group as people know it: the name of the place where it is the code of one. */
static void tell_key(const pulang_instance *instance, const pulang_quota *quota, const char *key,
                     int first_post, pulang_words *words) {
    const pulang_place *place = &instance->places[instance->posts[first_post].place];
    bool named = *place->name && strcmp(place->name, key) != 0;
    if (strcasecmp(quota->each, "post") == 0)
        pulang_words_append(words, _(", post %s in %s"), key, *place->name ? place->name : place->id);
    else if (strcmp(place->id, key) == 0 && named)
        pulang_words_append(words, _(", %s (%s)"), place->name, key);
    else
        pulang_words_append(words, ", %s", key);
}

void pulang_rule_tell_subject(const pulang_rules *rules, const pulang_rule *rule, pulang_words *words) {
    const pulang_instance *instance = rules->instance;
    if (!rule->info) {
        tell_post(instance, rule->post, words);
        return;
    }
    const pulang_quota *quota = &instance->quotas[rule->quota];
    pulang_words_append(words, _("quota \"%s\""), quota->name);
    if (*rule->info->key)
        tell_key(instance, quota, rule->info->key, rule->info->posts[0], words);
}

/* value / scale without trailing noughts. */
static void tell_number(int64_t value, int64_t scale, pulang_words *words) {
    int64_t whole = value / scale, rest = value % scale;
    int digits = scale == 1 ? 0 : scale == 10 ? 1 : 2;
    for (; digits > 0 && rest % 10 == 0; digits--)
        rest /= 10;
    if (digits)
        pulang_words_append(words, "%" PRId64 ".%0*" PRId64, whole, digits, rest);
    else
        pulang_words_append(words, "%" PRId64, whole);
}

void pulang_rule_tell_bound(const pulang_rules *rules, const pulang_rule *rule, int64_t bound,
                            pulang_words *words) {
    const pulang_quota *quota = rule->info ? &rules->instance->quotas[rule->quota] : NULL;
    if (quota && quota->share) {
        tell_number(bound, 100, words);
        pulang_words_append(words, "%%");
    } else {
        tell_number(bound, quota ? quota->scale : 1, words);
        if (quota && quota->measure != PULANG_MEASURE_HEADS)
            pulang_words_append(words, " %s", quota->measure_text);
    }
}

int64_t pulang_rule_bound(const pulang_rules *rules, const pulang_rule *rule) {
    const pulang_quota *quota = rule->info ? &rules->instance->quotas[rule->quota] : NULL;
    return quota && quota->share ? quota->part * (10000 / quota->whole) : rule->bound;
}

static void tell_held(const pulang_rules *rules, const pulang_rule *rule, pulang_words *words) {
    const pulang_instance *instance = rules->instance;
    const pulang_person *who = &instance->persons[rule->person];
    pulang_words_append(words, "%s%s%s: ", who->id, *who->name ? " " : "", who->name);
    if (rule->kind == PULANG_RULE_PIN)
        pulang_words_append(words, _("must hold "));
    else
        pulang_words_append(words, _("stays, having served %.10g of %.10g years in "),
                            (double)who->tenure / PULANG_HUNDREDTHS, instance->scenario.min_tenure);
    tell_post(instance, rule->post, words);
}

static void tell_together(const pulang_rules *rules, const pulang_rule *rule, pulang_words *words) {
    const pulang_group *group = &rules->instance->groups[rule->group];
    pulang_words_append(words, _("group \"%s\" is placed together:"), group->name);
    for (int i = 0; i < group->persons.n; i++)
        pulang_words_append(words, "%s %s", i ? "," : "",
                            rules->instance->persons[group->persons.items[i]].id);
}

void pulang_rule_tell(const pulang_rules *rules, const pulang_rule *rule, pulang_words *words) {
    if (rule->kind == PULANG_RULE_PIN || rule->kind == PULANG_RULE_STAY) {
        tell_held(rules, rule, words);
        return;
    }
    if (rule->kind == PULANG_RULE_TOGETHER) {
        tell_together(rules, rule, words);
        return;
    }
    pulang_rule_tell_subject(rules, rule, words);
    switch (rule->kind) {
    case PULANG_RULE_MINIMUM:
    case PULANG_RULE_AT_LEAST:
        pulang_words_append(words, _(": at least "));
        break;
    case PULANG_RULE_OPENING:
    case PULANG_RULE_NONE_OR:
        pulang_words_append(words, _(": nobody, or at least "));
        break;
    default:
        pulang_words_append(words, _(": at most "));
        break;
    }
    pulang_rule_tell_bound(rules, rule, pulang_rule_bound(rules, rule), words);
}

void pulang_rule_row(const pulang_rules *rules, const pulang_rule *rule, const char **file,
                     const char **column, int *line) {
    static const char *const columns[PULANG_N_RULE_KINDS] = {"min", "max", "open_min", "min",  "max",
                                                             "min", "pin", "tenure",   "group"};
    const pulang_instance *instance = rules->instance;
    int person = rule->group != PULANG_NONE ? instance->groups[rule->group].persons.items[0] : rule->person;
    *column = columns[rule->kind];
    if (rule->quota != PULANG_NONE) {
        *line = instance->quotas[rule->quota].line;
        *file = *line ? "quotas.csv" : "scenario.yaml";
        if (*line == 0)
            *column = "limits.moves";
    } else if (person != PULANG_NONE) {
        *file = "persons.csv";
        *line = instance->persons_table.lines[person];
    } else {
        *file = "posts.csv";
        *line = instance->posts_table.lines[rule->post];
    }
}
