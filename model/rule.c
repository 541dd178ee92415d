#include "model/rule.h"

#include "model/alloc.h"
#include "model/eligible.h"
#include "model/error.h"

/* Adds a rule; with no room yet, it is only counted. */
static void add(pulang_rules *rules, pulang_rule rule) {
    if (rules->rule)
        rules->rule[rules->n] = rule;
    rules->n++;
}

static pulang_rule of_post(pulang_rule_kind kind, int post, int64_t bound) {
    return (pulang_rule){.kind = kind,
                         .post = post,
                         .quota = PULANG_NONE,
                         .person = PULANG_NONE,
                         .group = PULANG_NONE,
                         .total = post,
                         .bound = bound};
}

static void add_post(pulang_rules *rules, int post) {
    const pulang_post *p = &rules->instance->posts[post];
    if (rules->instance->scenario.hard_minimums && p->min > 0)
        add(rules, of_post(PULANG_RULE_MINIMUM, post, p->min));
    if (p->max != PULANG_UNLIMITED)
        add(rules, of_post(PULANG_RULE_SEATS, post, p->max));
    if (p->open_min > 1)
        add(rules, of_post(PULANG_RULE_OPENING, post, p->open_min));
}

static void add_group(pulang_rules *rules, int group) {
    const pulang_instance *instance = rules->instance;
    const pulang_quota_group_info *info = &rules->groups[group];
    const pulang_quota *quota = &instance->quotas[info->quota];
    pulang_rule rule = {.post = PULANG_NONE,
                        .quota = info->quota,
                        .person = PULANG_NONE,
                        .group = PULANG_NONE,
                        .total = instance->n_posts + group,
                        .info = info};
    if (quota->tier != PULANG_TIER_HARD)
        return;
    rule.kind = info->or_none ? PULANG_RULE_NONE_OR : PULANG_RULE_AT_LEAST;
    rule.bound = info->min;
    if (info->has_min && (quota->share || info->min > 0))
        add(rules, rule);
    rule.kind = PULANG_RULE_AT_MOST;
    rule.bound = info->max;
    if (info->has_max)
        add(rules, rule);
}

static void add_person(pulang_rules *rules, int person) {
    int post = pulang_eligible_post(rules->instance, person);
    bool pinned = rules->instance->persons[person].pin != PULANG_NONE;
    if (post != PULANG_NONE)
        add(rules, (pulang_rule){.kind = pinned ? PULANG_RULE_PIN : PULANG_RULE_STAY,
                                 .post = post,
                                 .quota = PULANG_NONE,
                                 .person = person,
                                 .group = PULANG_NONE,
                                 .total = PULANG_NONE});
}

static void add_all(pulang_rules *rules, int n_persons) {
    const pulang_instance *instance = rules->instance;
    rules->n = 0;
    for (int j = 0; j < instance->n_posts; j++)
        add_post(rules, j);
    for (int g = 0; g < rules->n_groups; g++)
        add_group(rules, g);
    for (int p = 0; p < n_persons; p++)
        add_person(rules, p);
    for (int g = 0; g < instance->n_groups; g++)
        if (instance->groups[g].persons.n > 1)
            add(rules, (pulang_rule){.kind = PULANG_RULE_TOGETHER,
                                     .post = PULANG_NONE,
                                     .quota = PULANG_NONE,
                                     .person = PULANG_NONE,
                                     .group = g,
                                     .total = PULANG_NONE});
}

pulang_status pulang_rules_new(const pulang_instance *instance, int n_persons, pulang_rules **rules,
                               pulang_error *error) {
    pulang_rules *made = pulang_alloc(1, sizeof *made);
    if (!made)
        return pulang_fail_memory(error);
    made->instance = instance;
    if (pulang_quota_groups(instance, &made->groups, &made->n_groups)) {
        pulang_rules_free(made);
        return pulang_fail_memory(error);
    }
    add_all(made, n_persons);
    made->rule = pulang_alloc((size_t)made->n, sizeof *made->rule);
    if (!made->rule) {
        pulang_rules_free(made);
        return pulang_fail_memory(error);
    }
    add_all(made, n_persons);
    *rules = made;
    return PULANG_OK;
}

void pulang_rules_free(pulang_rules *rules) {
    if (!rules)
        return;
    pulang_quota_groups_free(rules->groups, rules->n_groups);
    pulang_free(rules->rule);
    pulang_free(rules);
}

int pulang_rule_able(const pulang_rules *rules, const pulang_rule *rule, int n_persons, int *any) {
    const pulang_instance *instance = rules->instance;
    const int *posts = rule->info ? rule->info->posts : &rule->post;
    int n_posts = rule->info ? rule->info->n_posts : 1, able = 0;
    *any = 0;
    for (int p = 0; p < n_persons; p++) {
        bool may = false, counts = false;
        for (int i = 0; i < n_posts && !counts; i++)
            if (pulang_eligible_bar(instance, p, posts[i]) == PULANG_BAR_NONE) {
                may = true;
                counts = !rule->info ||
                         pulang_quota_amount(instance, &instance->quotas[rule->quota], p, posts[i]) > 0;
            }
        *any += may;
        able += counts;
    }
    return able;
}
