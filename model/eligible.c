#include "model/eligible.h"

#include "model/error.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static bool held_by_tenure(const pulang_instance *instance, const pulang_person *person) {
    return person->current != PULANG_NONE && person->tenure != PULANG_NONE &&
           person->tenure < lround(instance->scenario.min_tenure * PULANG_HUNDREDTHS);
}

static bool contains(const pulang_ints *list, int item) {
    for (int i = 0; i < list->n; i++)
        if (list->items[i] == item)
            return true;
    return false;
}

static bool contract_allowed(const pulang_texts *allowed, const char *contract) {
    for (int i = 0; i < allowed->n; i++)
        if (strcasecmp(allowed->items[i], contract) == 0)
            return true;
    return allowed->n == 0;
}

/* The first required skill that is missing or too low, NULL: none. */
static const pulang_skill *lacking(const pulang_skill_list *requires, const pulang_skill_list *skills) {
    for (int i = 0; i < requires->n; i++)
        if (pulang_skill_level(skills, requires->items[i].skill) < requires->items[i].level)
    return &requires->items[i];
    return NULL;
}

/* Whether pairs.csv lists other posts for the person, but not this one. */
static bool left_out_of_pairs(const pulang_instance *instance, int person, int post) {
    return instance->n_pairs > 0 && instance->pairs_begin[person] < instance->pairs_begin[person + 1] &&
           !pulang_instance_pair(instance, person, post);
}

int pulang_eligible_post(const pulang_instance *instance, int person) {
    const pulang_person *who = &instance->persons[person];
    if (who->pin != PULANG_NONE)
        return who->pin;
    return held_by_tenure(instance, who) ? who->current : PULANG_NONE;
}

pulang_bar pulang_eligible_bar(const pulang_instance *instance, int person, int post) {
    const pulang_person *who = &instance->persons[person];
    const pulang_post *what = &instance->posts[post];
    int held = pulang_eligible_post(instance, person);
    if (held == post)
        return PULANG_BAR_NONE;
    if (held != PULANG_NONE && !who->released)
        return who->pin != PULANG_NONE ? PULANG_BAR_PIN : PULANG_BAR_TENURE;
    if (contains(&who->forbid_posts, post) || contains(&who->forbid_places, what->place))
        return PULANG_BAR_FORBIDDEN;
    if (!contract_allowed(&what->contracts, who->contract))
        return PULANG_BAR_CONTRACT;
    if (lacking(&what->requires, &who->skills))
        return PULANG_BAR_SKILL;
    if (who->merit < what->min_merit && what->min_merit > 0)
        return PULANG_BAR_MERIT;
    if (instance->scenario.pairs_only && left_out_of_pairs(instance, person, post))
        return PULANG_BAR_PAIRS;
    return PULANG_BAR_NONE;
}

bool pulang_eligible_bound(const pulang_instance *instance, int person) {
    return !instance->persons[person].released && pulang_eligible_post(instance, person) != PULANG_NONE;
}

static void explain_forbidden(const pulang_instance *instance, const pulang_person *who, int post, char *text,
                              size_t size) {
    if (contains(&who->forbid_posts, post))
        snprintf(text, size, _("may not hold post %s"), instance->posts[post].id);
    else
        snprintf(text, size, _("may not be placed in %s"),
                 instance->places[instance->posts[post].place].name);
}

static void explain_contract(const pulang_person *who, const pulang_post *what, char *text, size_t size) {
    char allowed[256] = "";
    for (int i = 0; i < what->contracts.n; i++) {
        size_t length = strlen(allowed);
        snprintf(allowed + length, sizeof allowed - length, "%s%s", i ? ", " : "", what->contracts.items[i]);
    }
    if (who->contract[0])
        snprintf(text, size, _("contract %s is not among those allowed: %s"), who->contract, allowed);
    else
        snprintf(text, size, _("has no contract named, one of these is needed: %s"), allowed);
}

static void explain_skill(const pulang_instance *instance, const pulang_person *who, const pulang_post *what,
                          char *text, size_t size) {
    const pulang_skill *needed = lacking(&what->requires, &who->skills);
    const char *name = instance->skills[needed->skill];
    int level = pulang_skill_level(&who->skills, needed->skill);
    if (level > 0)
        snprintf(text, size, _("needs %s level %d, has level %d"), name, needed->level, level);
    else if (needed->level > 1)
        snprintf(text, size, _("needs %s level %d, does not have it"), name, needed->level);
    else
        snprintf(text, size, _("needs %s, does not have it"), name);
}

static void explain_merit(const pulang_person *who, const pulang_post *what, char *text, size_t size) {
    double floor = (double)what->min_merit / PULANG_HUNDREDTHS;
    if (who->merit == PULANG_NONE)
        snprintf(text, size, _("needs merit %.10g, none is given"), floor);
    else
        snprintf(text, size, _("needs merit %.10g, has %.10g"), floor,
                 (double)who->merit / PULANG_HUNDREDTHS);
}

void pulang_eligible_explain(const pulang_instance *instance, int person, int post, pulang_bar bar,
                             char *text, size_t size) {
    const pulang_person *who = &instance->persons[person];
    const pulang_post *what = &instance->posts[post];
    switch (bar) {
    case PULANG_BAR_NONE:
        snprintf(text, size, "%s", "");
        break;
    case PULANG_BAR_PIN:
        snprintf(text, size, _("is pinned to post %s"), instance->posts[who->pin].id);
        break;
    case PULANG_BAR_TENURE:
        snprintf(text, size, _("must stay in post %s: has served %.10g of %.10g years"),
                 instance->posts[who->current].id, (double)who->tenure / PULANG_HUNDREDTHS,
                 instance->scenario.min_tenure);
        break;
    case PULANG_BAR_FORBIDDEN:
        explain_forbidden(instance, who, post, text, size);
        break;
    case PULANG_BAR_CONTRACT:
        explain_contract(who, what, text, size);
        break;
    case PULANG_BAR_SKILL:
        explain_skill(instance, who, what, text, size);
        break;
    case PULANG_BAR_MERIT:
        explain_merit(who, what, text, size);
        break;
    case PULANG_BAR_PAIRS:
        snprintf(text, size, "%s", _("is listed in pairs.csv, but not for this post"));
        break;
    }
}
