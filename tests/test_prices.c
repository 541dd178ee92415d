#include "io/verify.h"
#include "model/alloc.h"
#include "model/plan.h"
#include "model/relaxation.h"
#include "tests/support_crossing.h"

#include <criterion/criterion.h>
#include <string.h>

enum { MOST_LEVELS = 16, MOST_QUOTAS = 16 };

/* What the prices of many instances were made of. */
typedef struct price_counts {
    int checked, better, worse, impossible, core, levels, costly;
} price_counts;

static pulang_plan *solve(const pulang_instance *instance, pulang_method method, bool extras) {
    pulang_settings settings;
    pulang_plan *plan = NULL;
    pulang_error error = {0};
    pulang_settings_default(&settings);
    settings.method = method;
    settings.exact_prices = settings.statement = extras;
    cr_assert_eq(pulang_solve(instance, &settings, &plan, &error), PULANG_OK, "%s", error.message);
    return plan;
}

/* The price is what a solve of the changed instance from nothing gives. */
static void check_price(const pulang_plan *plan, const pulang_instance *changed,
                        const pulang_exact_price *price, const char *what, int seed, price_counts *tally) {
    pulang_plan *cold = solve(changed, PULANG_METHOD_GLPK, false);
    cr_assert_eq(price->state, cold->exists ? PULANG_PRICE_KNOWN : PULANG_PRICE_IMPOSSIBLE,
                 "seed %d %s: state %d", seed, what, (int)price->state);
    int sign = 0;
    for (int l = 0; cold->exists && l < plan->n_levels; l++) {
        int64_t change = cold->levels[l].value - plan->levels[l].value;
        cr_assert_eq(price->change[l], change, "seed %d %s level %d (%s): %lld, a solve says %lld", seed,
                     what, l, plan->method, (long long)price->change[l], (long long)change);
        sign = sign || change == 0 ? sign : change < 0 ? -1 : 1;
    }
    tally->checked++;
    tally->better += sign < 0;
    tally->worse += sign > 0;
    tally->impossible += !cold->exists;
    pulang_plan_free(cold);
}

static void check_posts(pulang_instance *instance, const pulang_plan *plan, int seed, price_counts *tally) {
    for (int j = 0; j < instance->n_posts; j++) {
        pulang_post *post = &instance->posts[j], before = *post;
        const pulang_exact_price *seat = &plan->prices->seat[j];
        if (post->max == PULANG_UNLIMITED) {
            cr_assert_eq(seat->state, PULANG_PRICE_NONE);
        } else {
            post->max++;
            check_price(plan, instance, seat, "seat", seed, tally);
        }
        *post = before;
        post->target++;
        post->max = post->max < post->target ? post->target : post->max;
        check_price(plan, instance, &plan->prices->need[j], "need", seed, tally);
        *post = before;
    }
}

/* The quota with other bounds for one of its groups. */
static void check_bound(pulang_instance *instance, const pulang_plan *plan,
                        const pulang_quota_group_info *group, int64_t by_min, int64_t by_max,
                        const pulang_exact_price *price, int seed, price_counts *tally) {
    pulang_quota *quota = &instance->quotas[group->quota], before = *quota;
    pulang_own_bounds own = {group->key, group->min - by_min, group->max + by_max};
    if (*quota->each) {
        quota->n_own = 1;
        quota->own = &own;
    } else {
        quota->min -= by_min;
        quota->max += by_max;
    }
    check_price(plan, instance, price, by_min ? "minimum" : "maximum", seed, tally);
    *quota = before;
}

static void check_quotas(pulang_instance *instance, const pulang_plan *plan, int seed, price_counts *tally) {
    pulang_relaxation *relaxation = pulang_relaxation_new(instance);
    cr_assert_eq(relaxation->n_groups, plan->prices->n_groups);
    for (int g = 0; g < relaxation->n_groups; g++) {
        const pulang_quota_group_info *group = &relaxation->groups[g];
        int64_t step = relaxation->ranges[instance->n_posts + g].unit;
        if (group->has_min)
            check_bound(instance, plan, group, step, 0, &plan->prices->min[g], seed, tally);
        if (group->has_max)
            check_bound(instance, plan, group, 0, step, &plan->prices->max[g], seed, tally);
        cr_assert_eq(plan->prices->min[g].state == PULANG_PRICE_NONE, !group->has_min);
        cr_assert_eq(plan->prices->max[g].state == PULANG_PRICE_NONE, !group->has_max);
    }
    pulang_relaxation_free(relaxation);
}

static void check_persons(const pulang_instance *instance, const pulang_plan *plan, int seed,
                          price_counts *tally) {
    for (int p = 0; p < instance->n_persons; p++) {
        pulang_arena *arena = pulang_arena_new();
        pulang_instance more = *instance;
        cr_assert_eq(pulang_instance_add_like(&more, arena, p, NULL), PULANG_OK);
        check_price(plan, &more, plan->prices->person[p], "person", seed, tally);
        pulang_arena_free(arena);
    }
}

/* Puts a level first in the list and lets the quotas of a tier follow it. levels: room for all. */
static void put_first(pulang_instance *instance, int first, pulang_level *levels) {
    pulang_scenario *scenario = &instance->scenario;
    for (int l = 0; l < scenario->n_levels; l++)
        levels[l == first ? 0 : l < first ? l + 1 : l] = scenario->levels[l];
    for (int q = 0; q < instance->n_quotas; q++) {
        int *tier = &instance->quotas[q].tier;
        if (*tier >= 0 && *tier <= first)
            *tier = *tier == first ? 0 : *tier + 1;
    }
    scenario->levels = levels;
}

/* Each level is what it is where the list of levels begins with it. */
static void check_statement(pulang_instance *instance, const pulang_plan *plan, int seed,
                            price_counts *tally) {
    pulang_scenario scenario = instance->scenario;
    pulang_quota *quotas = instance->quotas;
    for (int first = 0; first < scenario.n_levels; first++) {
        pulang_level levels[MOST_LEVELS];
        pulang_quota changed[MOST_QUOTAS];
        cr_assert(scenario.n_levels <= MOST_LEVELS && instance->n_quotas <= MOST_QUOTAS);
        if (instance->n_quotas > 0)
            memcpy(changed, quotas, (size_t)instance->n_quotas * sizeof *quotas);
        instance->quotas = changed;
        put_first(instance, first, levels);
        pulang_plan *cold = solve(instance, PULANG_METHOD_GLPK, false);
        const pulang_level_statement *statement = &plan->statement[first];
        cr_assert(statement->solved && statement->proven && statement->value == cold->levels[0].value,
                  "seed %d level %s: %lld, first in the list it is %lld", seed, levels[0].name,
                  (long long)statement->value, (long long)cold->levels[0].value);
        tally->levels++;
        tally->costly += plan->levels[first].value > statement->value;
        pulang_plan_free(cold);
        instance->scenario = scenario;
        instance->quotas = quotas;
    }
}

static void check_instance(pulang_instance *instance, int seed, price_counts *tally) {
    pulang_plan *plan = solve(instance, PULANG_METHOD_AUTO, true);
    if (plan->exists) {
        cr_assert_eq(plan->prices->n_reached, plan->prices->n, "seed %d", seed);
        tally->core += strcmp(plan->method, "core") == 0;
        check_posts(instance, plan, seed, tally);
        check_quotas(instance, plan, seed, tally);
        check_persons(instance, plan, seed, tally);
        check_statement(instance, plan, seed, tally);
    } else {
        cr_assert(!plan->prices && !plan->statement);
    }
    pulang_plan_free(plan);
    pulang_instance_free(instance);
}

Test(prices, are_those_of_cold_solves) {
    price_counts tally = {0};
    for (int seed = 1; seed <= 100; seed++) {
        test_random random = {(uint64_t)seed};
        pulang_instance *instance = test_instance_random(&random);
        if (seed % 4 == 0)
            test_instance_add_rules(instance, &random);
        check_instance(instance, seed, &tally);
    }
    cr_assert(tally.better > 30 && tally.worse > 50 && tally.impossible > 1 && tally.core > 20 &&
              tally.costly > 20);
}

Test(prices, are_those_of_cold_solves_where_rules_cut_across) {
    price_counts tally = {0};
    for (int seed = 1; seed <= 20; seed++)
        check_instance(test_crossing_random((uint64_t)seed), seed, &tally);
    cr_assert(tally.better > 10 && tally.worse > 10 && tally.costly > 5);
}

/* Two natives of v1 and one seat there, another seat 10 km away: the second one at home would be worth the
   way of the one who has to go, 1500 points less 500. */
static pulang_instance *two_natives(void) {
    pulang_instance *instance = test_instance_new(2, 2, 2, 1);
    instance->persons[0].origin = instance->persons[1].origin = 0;
    test_instance_levels(instance, "unplaced hometown");
    instance->quotas[0].has_max = true;
    instance->quotas[0].max = 2;
    return instance;
}

Test(prices, of_a_seat_at_home) {
    pulang_instance *instance = two_natives();
    pulang_plan *plan = solve(instance, PULANG_METHOD_CORE, true);
    const pulang_prices *prices = plan->prices;
    cr_assert_eq(prices->n, 2 + 2 + 1 + 1); /* both persons are of one class */
    cr_assert(prices->seat[0].change[0] == 0 && prices->seat[0].change[1] == -500);
    cr_assert(prices->seat[1].change[0] == 0 && prices->seat[1].change[1] == 0);
    cr_assert(prices->max[0].change[0] == 0 && prices->max[0].change[1] == 0);
    cr_assert(prices->person[0] == prices->person[1] && prices->person[0]->change[0] == 1);
    cr_assert_eq(prices->min[0].state, PULANG_PRICE_NONE);
    cr_assert(plan->statement[1].value == 0 && plan->statement[1].proven); /* nobody has a post */
    cr_assert_eq(plan->statement[1].proof, PULANG_PROOF_PRICES);
    pulang_plan_free(plan);
    pulang_instance_free(instance);
}

Test(prices, of_glpk_are_the_word_of_the_search) {
    pulang_instance *instance = two_natives();
    pulang_plan *plan = solve(instance, PULANG_METHOD_GLPK, true);
    cr_assert_eq(plan->prices->seat[0].change[1], -500);
    cr_assert_eq(plan->statement[1].proof, PULANG_PROOF_SEARCH);
    pulang_plan_free(plan);
    pulang_instance_free(instance);
}

static bool stop_at_prices(const pulang_progress *progress, void *user) {
    int *left = user;
    return strcmp(progress->level, "exact prices") == 0 && (*left)-- == 0;
}

/* What was not reached is blank, and the folder holds all the same. */
Test(prices, stop_when_told) {
    for (int calls = 0; calls < 12; calls++) {
        pulang_instance *instance = two_natives();
        pulang_settings settings;
        pulang_plan *plan = NULL;
        pulang_claim *claim = NULL;
        pulang_verification *verification = NULL;
        int left = calls;
        char folder[64];
        test_folder_make(folder);
        pulang_settings_default(&settings);
        settings.exact_prices = true;
        settings.progress = stop_at_prices;
        settings.progress_user = &left;
        cr_assert_eq(pulang_solve(instance, &settings, &plan, NULL), PULANG_OK);
        cr_assert(plan->outcome == PULANG_OPTIMAL && plan->prices->n_reached <= plan->prices->n);
        cr_assert(calls > 0 || plan->prices->n_reached < plan->prices->n);
        cr_assert_eq(pulang_output_write(instance, plan, &settings, folder, NULL), PULANG_OK);
        cr_assert_eq(pulang_output_read(instance, folder, &claim, NULL), PULANG_OK);
        cr_assert_eq(pulang_verify(instance, claim, &verification, NULL), PULANG_OK);
        cr_assert_eq(verification->n_wrong, 0);
        pulang_verification_free(verification);
        pulang_claim_free(claim);
        pulang_plan_free(plan);
        pulang_instance_free(instance);
        test_folder_remove(folder);
    }
}

Test(prices, survive_every_failing_allocation) {
    pulang_instance *instance = two_natives();
    bool done = false;
    for (long k = 1; !done; k++) {
        pulang_settings settings;
        pulang_plan *plan = NULL;
        pulang_settings_default(&settings);
        settings.exact_prices = settings.statement = true;
        pulang_alloc_fail_at(k);
        pulang_status status = pulang_solve(instance, &settings, &plan, NULL);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || status == PULANG_ERROR_MEMORY);
        done = status == PULANG_OK;
        pulang_plan_free(plan);
    }
    pulang_instance_free(instance);
}
