#include "model/eligible.h"

#include "tests/support_blank.h"

#include <criterion/criterion.h>
#include <string.h>

static const char *skill_names[] = {"nurse", "driver"};
static const char *pns_only[] = {"PNS", "PPPK"};

/* One person and three posts; post i is in place i. Person and post 0 fit one another. */
static pulang_instance *make(void) {
    pulang_instance *instance = test_blank_new(3, 1, 3);
    instance->skills = skill_names;
    instance->n_skills = 2;
    instance->persons[0].contract = "pns";
    instance->persons[0].merit = 7000;
    instance->persons[0].skills = test_skills(instance, 1, (int[]){0, 2});
    for (int j = 0; j < 3; j++)
        instance->posts[j].place = j;
    instance->posts[0].contracts = (pulang_texts){2, pns_only};
    instance->posts[0].requires = test_skills(instance, 1, (int[]){0, 2});
    instance->posts[0].min_merit = 7000;
    return instance;
}

static void assert_bar(const pulang_instance *instance, int post, pulang_bar bar, const char *words) {
    cr_assert_eq(pulang_eligible_bar(instance, 0, post), bar, "%s", words);
    char text[200] = "?";
    pulang_eligible_explain(instance, 0, post, bar, text, sizeof text);
    cr_assert_str_eq(text, words);
}

Test(eligible, who_fits_may) {
    pulang_instance *instance = make();
    for (int j = 0; j < 3; j++)
        assert_bar(instance, j, PULANG_BAR_NONE, "");
    cr_assert_not(pulang_eligible_bound(instance, 0));
    pulang_instance_free(instance);
}

Test(eligible, a_pin_beats_every_rule) {
    pulang_instance *instance = make();
    pulang_person *person = &instance->persons[0];
    person->pin = 0;
    person->contract = "volunteer";
    person->current = 1;
    person->tenure = 0;
    person->forbid_posts = test_ints(instance, 1, (int[]){0});
    instance->scenario.min_tenure = 2;
    assert_bar(instance, 0, PULANG_BAR_NONE, "");
    assert_bar(instance, 1, PULANG_BAR_PIN, "is pinned to post j0");
    cr_assert(pulang_eligible_bound(instance, 0));
    pulang_instance_free(instance);
}

Test(eligible, tenure_holds_until_it_is_served) {
    pulang_instance *instance = make();
    pulang_person *person = &instance->persons[0];
    person->current = 1;
    person->tenure = 109;
    instance->scenario.min_tenure = 1.1;
    assert_bar(instance, 1, PULANG_BAR_NONE, "");
    assert_bar(instance, 0, PULANG_BAR_TENURE, "must stay in post j1: has served 1.09 of 1.1 years");
    cr_assert(pulang_eligible_bound(instance, 0));
    person->tenure = 110;
    assert_bar(instance, 0, PULANG_BAR_NONE, "");
    person->tenure = PULANG_NONE;
    cr_assert_not(pulang_eligible_bound(instance, 0), "not given: served");
    person->tenure = 0;
    person->current = PULANG_NONE;
    cr_assert_not(pulang_eligible_bound(instance, 0), "nowhere to stay");
    pulang_instance_free(instance);
}

Test(eligible, forbidden_posts_and_places) {
    pulang_instance *instance = make();
    instance->persons[0].forbid_posts = test_ints(instance, 1, (int[]){1});
    instance->persons[0].forbid_places = test_ints(instance, 1, (int[]){2});
    assert_bar(instance, 0, PULANG_BAR_NONE, "");
    assert_bar(instance, 1, PULANG_BAR_FORBIDDEN, "may not hold post j1");
    assert_bar(instance, 2, PULANG_BAR_FORBIDDEN, "may not be placed in v2");
    pulang_instance_free(instance);
}

Test(eligible, contract) {
    pulang_instance *instance = make();
    instance->persons[0].contract = "volunteer";
    assert_bar(instance, 0, PULANG_BAR_CONTRACT, "contract volunteer is not among those allowed: PNS, PPPK");
    assert_bar(instance, 1, PULANG_BAR_NONE, "");
    instance->persons[0].contract = "";
    assert_bar(instance, 0, PULANG_BAR_CONTRACT, "has no contract named, one of these is needed: PNS, PPPK");
    pulang_instance_free(instance);
}

Test(eligible, skills) {
    pulang_instance *instance = make();
    instance->posts[0].requires = test_skills(instance, 1, (int[]){0, 3});
    instance->posts[1].requires = test_skills(instance, 2, (int[]){0, 1, 1, 1});
    instance->posts[2].requires = test_skills(instance, 1, (int[]){1, 2});
    assert_bar(instance, 0, PULANG_BAR_SKILL, "needs nurse level 3, has level 2");
    assert_bar(instance, 1, PULANG_BAR_SKILL, "needs driver, does not have it");
    assert_bar(instance, 2, PULANG_BAR_SKILL, "needs driver level 2, does not have it");
    pulang_instance_free(instance);
}

Test(eligible, merit) {
    pulang_instance *instance = make();
    instance->persons[0].merit = 6950;
    assert_bar(instance, 0, PULANG_BAR_MERIT, "needs merit 70, has 69.5");
    instance->persons[0].merit = PULANG_NONE;
    assert_bar(instance, 0, PULANG_BAR_MERIT, "needs merit 70, none is given");
    assert_bar(instance, 1, PULANG_BAR_NONE, "");
    pulang_instance_free(instance);
}

Test(eligible, pairs_only_binds_who_is_listed) {
    pulang_instance *instance = make();
    static pulang_pair pairs[] = {{0, 0, 0}, {0, 2, 500}};
    instance->pairs = pairs;
    instance->n_pairs = 2;
    instance->pairs_begin = test_ints(instance, 2, (int[]){0, 2}).items;
    assert_bar(instance, 1, PULANG_BAR_NONE, "");
    instance->scenario.pairs_only = true;
    assert_bar(instance, 0, PULANG_BAR_NONE, "");
    assert_bar(instance, 1, PULANG_BAR_PAIRS, "is listed in pairs.csv, but not for this post");
    assert_bar(instance, 2, PULANG_BAR_NONE, "");
    instance->pairs_begin[0] = 2;
    assert_bar(instance, 1, PULANG_BAR_NONE, "");
    pulang_instance_free(instance);
}

Test(eligible, words_are_cut_not_overrun) {
    pulang_instance *instance = make();
    instance->persons[0].contract = "volunteer";
    char text[12];
    pulang_eligible_explain(instance, 0, 0, PULANG_BAR_CONTRACT, text, sizeof text);
    cr_assert_str_eq(text, "contract vo");
    pulang_instance_free(instance);
}
