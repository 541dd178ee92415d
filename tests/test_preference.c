#include "model/preference.h"

#include "tests/support_blank.h"

#include <criterion/criterion.h>
#include <string.h>

static pulang_curve_point curve[] = {{0, 1}, {10, 0.8}, {50, 0.4}};

/* One person from place 0; posts 0, 1, 2 in places 0, 1, 2; place 1 is 20 km (1 h) away, 2 unknown. */
static pulang_instance *make(void) {
    pulang_instance *instance = test_blank_new(3, 1, 3);
    static int32_t metres[] = {0, 20000, -1, 20000, 0, -1, -1, -1, 0};
    static int32_t seconds[] = {0, 3600, -1, 3600, 0, -1, -1, -1, 0};
    instance->metres = metres;
    instance->seconds = seconds;
    instance->persons[0].origin = 0;
    for (int j = 0; j < 3; j++)
        instance->posts[j].place = j;
    instance->scenario.curve = curve;
    instance->scenario.n_curve = 3;
    instance->scenario.mismatch = 0.5;
    instance->scenario.unknown_retention = 0.3;
    for (int t = 0; t < PULANG_N_TERMS; t++)
        instance->scenario.weight[t] = 10000;
    return instance;
}

static int64_t term(const pulang_instance *instance, pulang_term which, int post) {
    pulang_preference preference;
    pulang_preference_init(&preference, instance);
    return pulang_preference_term(&preference, which, 0, post);
}

Test(preference, hometown_follows_the_curve) {
    pulang_instance *instance = make();
    cr_assert_eq(term(instance, PULANG_TERM_HOMETOWN, 0), 0);
    cr_assert_eq(term(instance, PULANG_TERM_HOMETOWN, 1), 3000, "0.7 stay at 20 km");
    instance->metres[1] = 10000;
    cr_assert_float_eq(pulang_preference_stay(instance, 0, 1), 0.8, 1e-12);
    instance->metres[1] = 50000;
    cr_assert_float_eq(pulang_preference_stay(instance, 0, 1), 0.4, 1e-12);
    instance->metres[1] = 900000;
    cr_assert_float_eq(pulang_preference_stay(instance, 0, 1), 0.4, 1e-12, "constant after the last");
    instance->metres[1] = 20000;
    instance->scenario.by_hours = true;
    cr_assert_float_eq(pulang_preference_stay(instance, 0, 1), 0.98, 1e-12, "1 h on the same curve");
    pulang_instance_free(instance);
}

Test(preference, hometown_where_something_is_unknown) {
    pulang_instance *instance = make();
    cr_assert_eq(term(instance, PULANG_TERM_HOMETOWN, 2), 7000, "distance unknown");
    instance->persons[0].origin = PULANG_NONE;
    cr_assert_eq(term(instance, PULANG_TERM_HOMETOWN, 0), 7000, "origin unknown");
    pulang_instance_free(instance);
}

Test(preference, from_the_city_to_the_remote_fewer_stay) {
    pulang_instance *instance = make();
    instance->places[1].remoteness = 0.6;
    cr_assert_float_eq(pulang_preference_stay(instance, 0, 1), 0.7 * (1 - 0.5 * 0.6), 1e-12);
    instance->persons[0].origin = 1;
    cr_assert_float_eq(pulang_preference_stay(instance, 0, 0), 0.7, 1e-12, "the way back loses nothing");
    cr_assert_float_eq(pulang_preference_stay(instance, 0, 1), 1, 1e-12);
    pulang_instance_free(instance);
}

Test(preference, skills_are_the_share_of_levels_lacking) {
    pulang_instance *instance = make();
    instance->persons[0].skills = test_skills(instance, 2, (int[]){0, 1, 1, 5});
    instance->posts[0].prefers = test_skills(instance, 3, (int[]){0, 3, 1, 2, 2, 1});
    cr_assert_eq(term(instance, PULANG_TERM_SKILLS, 0), 5000, "lacks 2 + 0 + 1 of 6");
    cr_assert_eq(term(instance, PULANG_TERM_SKILLS, 1), 0, "nothing preferred");
    pulang_instance_free(instance);
}

Test(preference, merit_belongs_in_weighty_posts) {
    pulang_instance *instance = make();
    instance->posts[1].priority = 4000;
    instance->persons[0].merit = 8000;
    cr_assert_eq(term(instance, PULANG_TERM_MERIT, 1), 2000);
    cr_assert_eq(term(instance, PULANG_TERM_MERIT, 0), 500);
    instance->persons[0].merit = PULANG_NONE;
    cr_assert_eq(term(instance, PULANG_TERM_MERIT, 1), 5000);
    pulang_instance_free(instance);
}

Test(preference, wishes_for_posts_and_places) {
    pulang_instance *instance = make();
    cr_assert_eq(term(instance, PULANG_TERM_WISH, 1), 0, "no wishes, no loss");
    pulang_wish wishes[] = {{1, PULANG_NONE}, {PULANG_NONE, 0}, {1, PULANG_NONE}};
    instance->persons[0].wish.n = 3;
    instance->persons[0].wish.items = wishes;
    cr_assert_eq(term(instance, PULANG_TERM_WISH, 1), 0);
    cr_assert_eq(term(instance, PULANG_TERM_WISH, 0), 3333);
    cr_assert_eq(term(instance, PULANG_TERM_WISH, 2), 10000);
    pulang_instance_free(instance);
}

Test(preference, moves_pay_and_pairs) {
    pulang_instance *instance = make();
    cr_assert_eq(term(instance, PULANG_TERM_MOVE, 1), 0, "comes from nowhere");
    instance->persons[0].current = 1;
    cr_assert_eq(term(instance, PULANG_TERM_MOVE, 1), 0);
    cr_assert_eq(term(instance, PULANG_TERM_MOVE, 2), 10000);
    cr_assert_eq(term(instance, PULANG_TERM_PAY, 0), 0, "nobody is paid");
    instance->persons[0].pay = 200;
    instance->posts[2].pay = 800;
    cr_assert_eq(term(instance, PULANG_TERM_PAY, 0), 2500);
    cr_assert_eq(term(instance, PULANG_TERM_PAY, 2), 10000);
    static pulang_pair pairs[] = {{0, 0, 1500}, {0, 2, -250}};
    instance->pairs = pairs;
    instance->n_pairs = 2;
    instance->pairs_begin = test_ints(instance, 2, (int[]){0, 2}).items;
    cr_assert_eq(term(instance, PULANG_TERM_PAIRS, 0), 15000);
    cr_assert_eq(term(instance, PULANG_TERM_PAIRS, 1), 0);
    cr_assert_eq(term(instance, PULANG_TERM_PAIRS, 2), -2500);
    pulang_instance_free(instance);
}

Test(preference, a_term_counts_at_its_own_level_only) {
    pulang_instance *instance = make();
    pulang_level levels[] = {pulang_level_named("shortage"), pulang_level_named("move"),
                             pulang_level_named("preference")};
    instance->scenario.levels = levels;
    instance->scenario.n_levels = 3;
    instance->persons[0].current = 0;
    pulang_preference preference;
    pulang_preference_init(&preference, instance);
    cr_assert_eq(pulang_preference_cost(&preference, 0, 0, 1), 0);
    cr_assert_eq(pulang_preference_cost(&preference, 1, 0, 1), 10000);
    /* Hometown 0.3, merit 0.5 of priority 1; without the move. */
    cr_assert_eq(pulang_preference_cost(&preference, 2, 0, 1), 3000 + 5000);
    pulang_instance_free(instance);
}
