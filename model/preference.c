#include "model/preference.h"

#include "model/distance.h"

#include <math.h>

#define MERIT_UNKNOWN (50 * PULANG_HUNDREDTHS)
#define MERIT_FULL (100.0 * PULANG_HUNDREDTHS)

static int64_t larger(int64_t a, int64_t b) {
    return a > b ? a : b;
}

void pulang_preference_init(pulang_preference *preference, const pulang_instance *instance) {
    *preference = (pulang_preference){.instance = instance, .largest_priority = 1, .largest_pay = 1};
    for (int j = 0; j < instance->n_posts; j++) {
        const pulang_post *post = &instance->posts[j];
        preference->largest_priority = larger(preference->largest_priority, post->priority);
        preference->largest_pay = larger(preference->largest_pay, post->pay);
    }
    for (int p = 0; p < instance->n_persons; p++)
        preference->largest_pay = larger(preference->largest_pay, instance->persons[p].pay);
    for (int l = 0; l < instance->scenario.n_levels; l++)
        if (instance->scenario.levels[l].kind == PULANG_LEVEL_TERM)
            preference->own_level[instance->scenario.levels[l].term] = true;
}

/* The curve: linear between its points, constant before the first and after the last. */
static double curve_at(const pulang_scenario *scenario, double at) {
    const pulang_curve_point *curve = scenario->curve;
    int last = scenario->n_curve - 1;
    if (at <= curve[0].at)
        return curve[0].retention;
    for (int i = 1; i <= last; i++)
        if (at < curve[i].at) {
            double share = (at - curve[i - 1].at) / (curve[i].at - curve[i - 1].at);
            return curve[i - 1].retention + share * (curve[i].retention - curve[i - 1].retention);
        }
    return curve[last].retention;
}

double pulang_preference_stay(const pulang_instance *instance, int person, int place) {
    const pulang_scenario *scenario = &instance->scenario;
    int origin = instance->persons[person].origin;
    if (origin == PULANG_NONE)
        return scenario->unknown_retention;
    int32_t travel = scenario->by_hours ? pulang_distance_seconds(instance, origin, place)
                                        : pulang_distance_metres(instance, origin, place);
    if (travel < 0)
        return scenario->unknown_retention;
    double remoter = instance->places[place].remoteness - instance->places[origin].remoteness;
    return curve_at(scenario, travel / (scenario->by_hours ? 3600.0 : 1000.0)) *
           (1 - scenario->mismatch * fmax(0, remoter));
}

/* Share of the preferred levels that the person lacks. */
static double skills_lacking(const pulang_skill_list *prefers, const pulang_skill_list *skills) {
    int wanted = 0, lacking = 0;
    for (int i = 0; i < prefers->n; i++) {
        int level = pulang_skill_level(skills, prefers->items[i].skill);
        wanted += prefers->items[i].level;
        if (level < prefers->items[i].level)
            lacking += prefers->items[i].level - level;
    }
    return wanted ? (double)lacking / wanted : 0;
}

static double wish_missed(const pulang_instance *instance, int person, int post) {
    const pulang_person *who = &instance->persons[person];
    for (int r = 0; r < who->wish.n; r++) {
        const pulang_wish *wish = &who->wish.items[r];
        if (wish->post == post || (wish->post == PULANG_NONE && wish->place == instance->posts[post].place))
            return (double)r / who->wish.n;
    }
    return who->wish.n ? 1 : 0;
}

static double merit_wasted(const pulang_preference *preference, int person, int post) {
    const pulang_instance *instance = preference->instance;
    int merit = instance->persons[person].merit;
    double missing = 1 - (merit == PULANG_NONE ? MERIT_UNKNOWN : merit) / MERIT_FULL;
    return missing * (double)instance->posts[post].priority / (double)preference->largest_priority;
}

static double pay_share(const pulang_preference *preference, int person, int post) {
    const pulang_instance *instance = preference->instance;
    int64_t pay = instance->posts[post].pay;
    return (double)(pay == PULANG_NONE ? instance->persons[person].pay : pay) /
           (double)preference->largest_pay;
}

static double pair_cost(const pulang_instance *instance, int person, int post) {
    const pulang_pair *pair = pulang_instance_pair(instance, person, post);
    return pair ? (double)pair->cost / PULANG_COST_SCALE : 0;
}

static double loss(const pulang_preference *preference, pulang_term term, int person, int post) {
    const pulang_instance *instance = preference->instance;
    const pulang_person *who = &instance->persons[person];
    const pulang_post *what = &instance->posts[post];
    switch (term) {
    case PULANG_TERM_HOMETOWN:
        return 1 - pulang_preference_stay(instance, person, what->place);
    case PULANG_TERM_SKILLS:
        return skills_lacking(&what->prefers, &who->skills);
    case PULANG_TERM_MERIT:
        return merit_wasted(preference, person, post);
    case PULANG_TERM_WISH:
        return wish_missed(instance, person, post);
    case PULANG_TERM_MOVE:
        return who->current != PULANG_NONE && who->current != post;
    case PULANG_TERM_PAY:
        return pay_share(preference, person, post);
    case PULANG_TERM_PAIRS:
        return pair_cost(instance, person, post);
    case PULANG_N_TERMS:
        break;
    }
    return 0;
}

int64_t pulang_preference_term(const pulang_preference *preference, pulang_term term, int person, int post) {
    int64_t weight = preference->instance->scenario.weight[term];
    return weight == 0 ? 0 : llround((double)weight * loss(preference, term, person, post));
}

int64_t pulang_preference_cost(const pulang_preference *preference, int level, int person, int post) {
    const pulang_level *at = &preference->instance->scenario.levels[level];
    if (at->kind == PULANG_LEVEL_TERM)
        return pulang_preference_term(preference, at->term, person, post);
    int64_t cost = 0;
    if (at->kind == PULANG_LEVEL_PREFERENCE)
        for (int t = 0; t < PULANG_N_TERMS; t++)
            if (!preference->own_level[t])
                cost += pulang_preference_term(preference, (pulang_term)t, person, post);
    return cost;
}
