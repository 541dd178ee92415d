#include "model/alloc.h"
#include "model/eligible.h"
#include "model/move.h"
#include "model/penalty.h"
#include "tests/support.h"
#include "tests/support_instance.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

/* Everybody in some post that they may hold, or none; the hard rules are broken now and then. */
static int *random_assignment(const pulang_instance *instance, test_random *random) {
    int *post_of = calloc((size_t)instance->n_persons, sizeof *post_of);
    for (int p = 0; p < instance->n_persons; p++) {
        post_of[p] = test_random_range(random, -1, instance->n_posts - 1);
        if (post_of[p] >= 0 && pulang_eligible_bar(instance, p, post_of[p]) != PULANG_BAR_NONE)
            post_of[p] = PULANG_NONE;
    }
    return post_of;
}

static void expect_levels(const pulang_evaluation *before, const pulang_evaluation *after,
                          pulang_move_effect effect) {
    int last = effect.kind == PULANG_MOVE_EQUAL ? before->n_levels : effect.level;
    for (int l = 0; l < last; l++)
        cr_assert(eq(i64, after->value[l], before->value[l]));
    if (effect.kind == PULANG_MOVE_WORSE)
        cr_assert(gt(i64, after->value[last], before->value[last]));
    if (effect.kind == PULANG_MOVE_BETTER)
        cr_assert(lt(i64, after->value[last], before->value[last]));
    cr_assert(le(int, after->n_violations, before->n_violations));
}

/* Compares the effect with two whole evaluations. */
static void expect_effect(const pulang_instance *instance, const pulang_evaluation *before, int *post_of,
                          int person, int post, pulang_move_effect effect) {
    int from = post_of[person];
    pulang_evaluation *after = NULL;
    post_of[person] = post;
    cr_assert(eq(int, pulang_check_plan(instance, post_of, &after, NULL), PULANG_OK));
    post_of[person] = from;
    int max = instance->posts[post].max;
    switch (effect.kind) {
    case PULANG_MOVE_FULL:
        cr_assert(max != PULANG_UNLIMITED && after->filled[post] > max);
        break;
    case PULANG_MOVE_MINIMUM:
        cr_assert(instance->scenario.hard_minimums && after->filled[from] < instance->posts[from].min);
        break;
    case PULANG_MOVE_OPEN:
        cr_assert(lt(int, 0, after->n_violations));
        break;
    case PULANG_MOVE_GROUP:
        cr_assert(ne(int, instance->persons[person].group, PULANG_NONE));
        break;
    case PULANG_MOVE_QUOTA_MIN:
        cr_assert(after->uses[effect.use].info.or_none ||
                  after->uses[effect.use].value < before->uses[effect.use].value);
        cr_assert(lt(i64, after->uses[effect.use].value, after->uses[effect.use].info.min));
        break;
    case PULANG_MOVE_QUOTA_MAX:
        cr_assert(gt(i64, after->uses[effect.use].value, before->uses[effect.use].value));
        cr_assert(gt(i64, after->uses[effect.use].value, after->uses[effect.use].info.max));
        break;
    default:
        expect_levels(before, after, effect);
    }
    pulang_evaluation_free(after);
}

Test(move, agrees_with_two_evaluations) {
    test_random random = {11};
    int seen[PULANG_N_MOVES] = {0};
    for (int i = 0; i < 1500; i++) {
        pulang_instance *instance = test_instance_random(&random);
        if (i % 2)
            test_instance_add_rules(instance, &random);
        int *post_of = random_assignment(instance, &random);
        pulang_evaluation *before = NULL;
        cr_assert(eq(int, pulang_check_plan(instance, post_of, &before, NULL), PULANG_OK));
        pulang_moves *moves = pulang_moves_new(instance, post_of, before);
        for (int p = 0; p < instance->n_persons; p++)
            for (int j = 0; j < instance->n_posts; j++) {
                if (j == post_of[p] || pulang_eligible_bar(instance, p, j) != PULANG_BAR_NONE)
                    continue;
                pulang_move_effect effect = pulang_move_try(moves, p, j);
                seen[effect.kind]++;
                expect_effect(instance, before, post_of, p, j, effect);
            }
        pulang_moves_free(moves);
        pulang_evaluation_free(before);
        pulang_instance_free(instance);
        free(post_of);
    }
    for (int k = 0; k < PULANG_N_MOVES; k++)
        cr_assert(gt(int, seen[k], 20), "kind %d was met %d times", k, seen[k]);
}

Test(move, who_is_needed_for_a_minimum) {
    pulang_instance *instance = test_instance_new(3, 2, 2, 1);
    instance->posts[0].max = 3;
    instance->quotas[0].has_min = true;
    instance->quotas[0].min = 2;
    instance->quotas[0].persons = test_instance_category(instance, "a");
    int post_of[] = {0, 0, 1}; /* p1 and p3 are of category a */
    pulang_evaluation *evaluation = NULL;
    cr_assert(eq(int, pulang_check_plan(instance, post_of, &evaluation, NULL), PULANG_OK));
    pulang_moves *moves = pulang_moves_new(instance, post_of, evaluation);
    cr_assert(eq(int, pulang_move_needed(moves, 0), 0));
    cr_assert(eq(int, pulang_move_needed(moves, 1), PULANG_NONE));
    cr_assert(eq(int, pulang_move_needed(moves, 2), 0));
    pulang_moves_free(moves);
    pulang_evaluation_free(evaluation);
    pulang_instance_free(instance);
}

Test(move, every_allocation_may_fail) {
    pulang_instance *instance = test_instance_new(2, 2, 2, 1);
    int post_of[] = {0, 1};
    pulang_evaluation *evaluation = NULL;
    cr_assert(eq(int, pulang_check_plan(instance, post_of, &evaluation, NULL), PULANG_OK));
    pulang_moves *moves = NULL;
    for (long k = 1; !moves; k++) {
        pulang_alloc_fail_at(k);
        moves = pulang_moves_new(instance, post_of, evaluation);
        pulang_alloc_fail_at(0);
    }
    pulang_moves_free(moves);
    pulang_evaluation_free(evaluation);
    pulang_instance_free(instance);
}
