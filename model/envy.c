#include "model/envy.h"

#include "model/alloc.h"
#include "model/eligible.h"
#include "model/error.h"
#include "model/filter.h"
#include "model/rank.h"

/* ---- who is compared ---- */

bool pulang_envy_compared(const pulang_instance *instance, int person) {
    return instance->persons[person].merit != PULANG_NONE && !pulang_eligible_bound(instance, person);
}

bool pulang_envy_possible(const pulang_instance *instance, int person) {
    int group = instance->persons[person].group;
    return pulang_envy_compared(instance, person) &&
           (group == PULANG_NONE || instance->groups[group].persons.n < 2);
}

int64_t pulang_envy_cost(const pulang_preference *preference, int person, int post) {
    int64_t cost = 0;
    for (int t = 0; t < PULANG_N_TERMS; t++)
        if (t != PULANG_TERM_MERIT && t != PULANG_TERM_PAY)
            cost += pulang_preference_term(preference, (pulang_term)t, person, post);
    return cost;
}

bool pulang_envy_forbidden(const pulang_instance *instance, int post) {
    return instance->envy_forbidden && pulang_filter_matches(instance, instance->envy_posts, post);
}

/* ---- the audit ---- */

static void find_weakest(const pulang_instance *instance, const int *post_of, int *weakest) {
    for (int j = 0; j < instance->n_posts; j++)
        weakest[j] = PULANG_NONE;
    for (int p = 0; p < instance->n_persons; p++) {
        int j = post_of[p];
        if (j != PULANG_NONE && pulang_envy_compared(instance, p) &&
            (weakest[j] == PULANG_NONE || pulang_rank_compare(instance, weakest[j], p) < 0))
            weakest[j] = p;
    }
}

static int add_envy(pulang_audit *audit, pulang_envy envy) {
    void *items = audit->items;
    if (pulang_grow(&items, &audit->capacity, (size_t)audit->n + 1, sizeof *audit->items))
        return -1;
    audit->items = items;
    audit->items[audit->n++] = envy;
    return 0;
}

/* Adds what the person envies; -1: out of memory. The way from home depends on the place alone, and no term
   is below 0: where it costs too much already, the post need not be looked into. */
static int audit_person(const pulang_preference *preference, const int *post_of, bool forbidden, int person,
                        pulang_audit *audit) {
    const pulang_instance *instance = preference->instance;
    int own = post_of[person], before = audit->n, place = PULANG_NONE;
    int64_t cost = own == PULANG_NONE ? INT64_MAX : pulang_envy_cost(preference, person, own), home = 0;
    for (int j = 0; j < instance->n_posts; j++) {
        int holder = audit->weakest[j];
        if (instance->posts[j].place != place) {
            place = instance->posts[j].place;
            home = pulang_preference_term(preference, PULANG_TERM_HOMETOWN, person, j);
        }
        if (j == own || holder == PULANG_NONE ||
            instance->persons[holder].merit >= instance->persons[person].merit || home >= cost ||
            (forbidden && !pulang_envy_forbidden(instance, j)) ||
            pulang_eligible_bar(instance, person, j) != PULANG_BAR_NONE)
            continue;
        int64_t gain = own == PULANG_NONE ? 0 : cost - pulang_envy_cost(preference, person, j);
        if ((own == PULANG_NONE || gain > 0) && add_envy(audit, (pulang_envy){person, j, holder, gain}))
            return -1;
    }
    audit->n_envious += audit->n > before;
    audit->n_envious_placed += audit->n > before && own != PULANG_NONE;
    return 0;
}

pulang_status pulang_audit_new(const pulang_instance *instance, const int *post_of, bool forbidden,
                               pulang_audit **audit, pulang_error *error) {
    pulang_preference preference;
    pulang_audit *made = pulang_alloc(1, sizeof *made);
    if (made)
        made->weakest = pulang_alloc((size_t)instance->n_posts, sizeof *made->weakest);
    bool ok = made && made->weakest;
    if (ok) {
        pulang_preference_init(&preference, instance);
        find_weakest(instance, post_of, made->weakest);
    }
    for (int p = 0; ok && p < instance->n_persons; p++)
        if (pulang_envy_possible(instance, p))
            ok = audit_person(&preference, post_of, forbidden, p, made) == 0;
    if (!ok) {
        pulang_audit_free(made);
        return pulang_fail_memory(error);
    }
    *audit = made;
    return PULANG_OK;
}

void pulang_audit_free(pulang_audit *audit) {
    if (!audit)
        return;
    pulang_free(audit->weakest);
    pulang_free(audit->items);
    pulang_free(audit);
}
