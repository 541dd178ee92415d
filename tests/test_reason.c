#include "model/alloc.h"
#include "model/reason.h"
#include "tests/support.h"
#include "tests/support_instance.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

/* Four villages in a row, 10 km apart: v1, v2 in district d1, v3, v4 in d2. Four posts of one seat, one
   in each, for five persons, all from v1. */
static pulang_instance *village_row(void) {
    pulang_instance *instance = test_instance_new(5, 4, 4, 0);
    for (int p = 0; p < 5; p++)
        instance->persons[p].origin = 0;
    return instance;
}

static pulang_reasons *reasons_of(const pulang_instance *instance, pulang_plan **plan, const int *post_of) {
    pulang_evaluation *evaluation = NULL;
    pulang_reasons *reasons = NULL;
    *plan = pulang_plan_new(instance);
    (*plan)->exists = true;
    memcpy((*plan)->post, post_of, (size_t)instance->n_persons * sizeof *post_of);
    cr_assert(eq(int, pulang_check_plan(instance, post_of, &evaluation, NULL), PULANG_OK));
    cr_assert(eq(int, pulang_reasons_new(*plan, evaluation, &reasons, NULL), PULANG_OK));
    pulang_evaluation_free(evaluation);
    return reasons;
}

/* The reasons of the persons, in order; those beyond the list are not looked at. */
static void expect_persons(pulang_instance *instance, const int *post_of, const char *const *expected,
                           int n) {
    pulang_plan *plan = NULL;
    pulang_reasons *reasons = reasons_of(instance, &plan, post_of);
    for (int p = 0; p < n; p++)
        cr_expect(eq(str, (char *)reasons->person[p], (char *)expected[p]));
    pulang_reasons_free(reasons);
    pulang_plan_free(plan);
    pulang_instance_free(instance);
}

static void expect_post(pulang_instance *instance, const int *post_of, int post, const char *expected) {
    pulang_plan *plan = NULL;
    pulang_reasons *reasons = reasons_of(instance, &plan, post_of);
    cr_expect(eq(str, (char *)reasons->post[post], (char *)expected));
    pulang_reasons_free(reasons);
    pulang_plan_free(plan);
    pulang_instance_free(instance);
}

Test(reason, near_and_far_from_home) {
    static const char *const expected[] = {
        "home village",
        "home district; 10.0 km from home; the posts in the home village v1 that suit are full (1); "
        "no other nearer post suits",
        "20.0 km from home; the posts in the home village v1 that suit are full (1); "
        "nearer posts that suit: 1, all full",
        "30.0 km from home; the posts in the home village v1 that suit are full (1); "
        "nearer posts that suit: 2, all full",
        "posts that suit: 4, of which full: 4",
    };
    expect_persons(village_row(), (int[]){0, 1, 2, 3, PULANG_NONE}, expected, 5);
}

Test(reason, no_post_at_home) {
    static const char *const expected[] = {
        "home district; 10.0 km from home; no post in the home village v1; no nearer post suits",
    };
    pulang_instance *instance = village_row();
    instance->posts[0].place = 3;
    expect_persons(instance, (int[]){1, 2, 3, 0, PULANG_NONE}, expected, 1);
}

Test(reason, no_post_at_home_suits) {
    static const char *const expected[] = {
        "home district; 10.0 km from home; no post in the home village v1 suits "
        "(post j1: needs merit 50, none is given); no nearer post suits",
    };
    pulang_instance *instance = village_row();
    instance->posts[0].min_merit = 5000;
    expect_persons(instance, (int[]){1, 2, 3, PULANG_NONE, PULANG_NONE}, expected, 1);
}

Test(reason, bound_and_staying_and_wishes) {
    static const char *const expected[] = {
        "pinned to this post",
        "held in the present post by the minimum stay",
        ("stays in the present post; wish 2 of 2; 20.0 km from home; "
         "the posts in the home village v1 that suit are full (1); nearer posts that suit: 1, all full"),
        "home village; wish 1 of 1",
        "posts that suit: 4, of which full: 4",
    };
    pulang_instance *instance = village_row();
    pulang_wish two[] = {{PULANG_NONE, 3}, {2, PULANG_NONE}}, one[] = {{PULANG_NONE, 0}};
    instance->persons[0].pin = 3;
    instance->persons[1].current = 1;
    instance->persons[1].tenure = 50;
    instance->scenario.min_tenure = 2;
    instance->persons[2].current = 2;
    instance->persons[2].wish.n = 2;
    instance->persons[2].wish.items = two;
    instance->persons[3].wish.n = 1;
    instance->persons[3].wish.items = one;
    expect_persons(instance, (int[]){3, 1, 2, 0, PULANG_NONE}, expected, 5);
}

Test(reason, origin_not_known_and_hours) {
    static const char *const expected[] = {
        "place of origin not known; other posts that suit: 3, of which full: 2",
        "20.0 km and 0.7 hours from home; the posts in the home village v1 that suit are full (1); "
        "a nearer seat is free (post j2 in v2), but to take it would be better",
    };
    pulang_instance *instance = village_row();
    instance->persons[0].origin = PULANG_NONE;
    instance->scenario.by_hours = true;
    expect_persons(instance, (int[]){0, 2, 3, PULANG_NONE, PULANG_NONE}, expected, 2);
}

Test(reason, what_taking_a_free_seat_at_home_would_do) {
    pulang_instance *instance = village_row();
    instance->posts[1].min = 1; /* level required */
    static const char *const required[] = {
        "home district; 10.0 km from home; a seat in the home village v1 is free (post j1), but to take it "
        "would "
        "miss more of what is required; no other nearer post suits; needed for the minimum of the post (1)"};
    expect_persons(instance, (int[]){1, 2, 3, PULANG_NONE, PULANG_NONE}, required, 1);

    instance = village_row();
    instance->posts[1].min = 1;
    instance->scenario.hard_minimums = true;
    static const char *const hard[] = {"home district; 10.0 km from home; a seat in the home village v1 is "
                                       "free (post j1), but to take it would "
                                       "leave a post below its hard minimum; no other nearer post suits; "
                                       "needed for the minimum of the post (1)"};
    expect_persons(instance, (int[]){1, 2, 3, PULANG_NONE, PULANG_NONE}, hard, 1);

    instance = village_row();
    static const char *const better[] = {
        "home district; 10.0 km from home; a seat in the home village v1 is free (post j1), but to take it "
        "would "
        "be better: this plan is not proven to be the best; no other nearer post suits"};
    pulang_plan *plan = NULL;
    pulang_reasons *reasons = reasons_of(instance, &plan, (int[]){1, 2, 3, PULANG_NONE, PULANG_NONE});
    pulang_reasons_free(reasons);
    plan->outcome = PULANG_LIMIT;
    pulang_evaluation *evaluation = NULL;
    cr_assert(eq(int, pulang_check_plan(instance, plan->post, &evaluation, NULL), PULANG_OK));
    cr_assert(eq(int, pulang_reasons_new(plan, evaluation, &reasons, NULL), PULANG_OK));
    cr_expect(eq(str, (char *)reasons->person[0], (char *)better[0]));
    pulang_evaluation_free(evaluation);
    pulang_reasons_free(reasons);
    pulang_plan_free(plan);
    pulang_instance_free(instance);
}

Test(reason, unplaced_for_a_quota_or_for_want_of_a_post) {
    pulang_instance *instance = test_instance_new(2, 4, 2, 1);
    instance->quotas[0].each = "district";
    instance->quotas[0].basis = "Perbup 12/2024";
    instance->quotas[0].has_max = true;
    instance->quotas[0].max = 1;
    instance->persons[0].origin = 0;
    static const char *const expected[] = {
        "home village",
        "posts that suit: 2, of which full: 1; to take a free seat would exceed the maximum of "
        "quota q1, district d1 (Perbup 12/2024) (1)"};
    expect_persons(instance, (int[]){0, PULANG_NONE}, expected, 2);

    instance = test_instance_new(1, 2, 2, 0);
    instance->posts[0].min_merit = 5000;
    instance->posts[1].min_merit = 6000;
    static const char *const none[] = {
        "none of the 2 posts suits: 2 require more merit (post j1: needs merit 50, none is given)"};
    expect_persons(instance, (int[]){PULANG_NONE}, none, 1);
}

Test(reason, needed_for_a_quota) {
    pulang_instance *instance = test_instance_new(1, 2, 2, 1);
    instance->persons[0].origin = 1;
    instance->quotas[0].has_min = true;
    instance->quotas[0].min = 1;
    instance->quotas[0].posts = NULL;
    instance->quotas[0].each = "place";
    instance->posts[1].min_merit = 5000;
    static const char *const expected[] = {
        "home district; 10.0 km from home; no post in the home village v2 suits "
        "(post j2: needs merit 50, none is given); no nearer post suits; "
        "needed for the minimum of quota q1, place v1"};
    expect_persons(instance, (int[]){0}, expected, 1);
}

Test(reason, why_posts_are_short) {
    pulang_instance *instance = village_row();
    instance->posts[3].min_merit = 5000;
    instance->persons[4].pin = 2;
    expect_post(instance, (int[]){0, 1, PULANG_NONE, PULANG_NONE, 2}, 3,
                "0 of 1 seats filled; nobody may hold it: 1 pinned to another post, "
                "4 below the merit that it requires");

    instance = village_row();
    instance->posts[1].min = 1;
    expect_post(instance, (int[]){0, 1, 2, PULANG_NONE, PULANG_NONE}, 2, "");

    instance = test_instance_new(2, 4, 2, 0);
    instance->posts[0].min = 1;
    instance->posts[0].max = instance->posts[0].target = 2;
    instance->posts[1].target = 2;
    instance->posts[1].max = 2;
    expect_post(instance, (int[]){0, 1}, 1,
                "1 of 2 seats filled; others who may hold it: 1; to move one here would "
                "miss more of what is required (1)");
    instance = test_instance_new(1, 4, 1, 0);
    instance->posts[0].target = instance->posts[0].max = 2;
    expect_post(instance, (int[]){0}, 0, "1 of 2 seats filled; there is nobody else");
}

Test(reason, every_allocation_may_fail) {
    test_random random = {5};
    pulang_instance *instance = test_instance_random(&random);
    pulang_plan *plan = pulang_plan_new(instance);
    pulang_evaluation *evaluation = NULL;
    cr_assert(eq(int, pulang_check_plan(instance, plan->post, &evaluation, NULL), PULANG_OK));
    pulang_reasons *reasons = NULL;
    for (long k = 1; !reasons; k++) {
        pulang_alloc_fail_at(k);
        pulang_status status = pulang_reasons_new(plan, evaluation, &reasons, NULL);
        pulang_alloc_fail_at(0);
        cr_assert(eq(int, status, reasons ? PULANG_OK : PULANG_ERROR_MEMORY));
    }
    pulang_reasons_free(reasons);
    pulang_evaluation_free(evaluation);
    pulang_plan_free(plan);
    pulang_instance_free(instance);
}
