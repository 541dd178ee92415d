#include "io/write_explain.h"
#include "model/alloc.h"
#include "solver/explain.h"
#include "tests/support_instance.h"

#include <criterion/criterion.h>
#include <string.h>

#define MOST_LEVELS 16
#define MOST_PERSONS 16

static pulang_plan *solve(const pulang_instance *instance) {
    pulang_settings settings;
    pulang_plan *plan = NULL;
    pulang_error error = {0};
    pulang_settings_default(&settings);
    cr_assert_eq(pulang_solve(instance, &settings, &plan, &error), PULANG_OK, "%s", error.message);
    return plan;
}

/* A plan with its explanation. */
typedef struct fixture {
    pulang_settings settings;
    pulang_plan *plan;
    pulang_explanation *explanation;
    pulang_explainer *explainer;
} fixture;

static bool fixture_init(fixture *f, const pulang_instance *instance) {
    *f = (fixture){.plan = solve(instance)};
    pulang_settings_default(&f->settings);
    if (!f->plan->exists)
        return false;
    int most = instance->n_persons + instance->n_posts;
    cr_assert_eq(pulang_explanation_new(f->plan, most, &f->explanation, NULL), PULANG_OK);
    cr_assert_eq(pulang_explainer_new(f->plan, &f->settings, &f->explainer, NULL), PULANG_OK);
    return true;
}

static void fixture_clear(fixture *f) {
    pulang_explanation_free(f->explanation);
    pulang_explainer_free(f->explainer);
    pulang_plan_free(f->plan);
}

/* The moves make a plan that keeps the rules and has the values that the change says. */
static void assert_moves(const fixture *f, const pulang_consequence *item, int seed) {
    const pulang_instance *instance = f->plan->instance;
    int *post_of = pulang_alloc((size_t)instance->n_persons, sizeof *post_of);
    pulang_evaluation *evaluation = NULL;
    memcpy(post_of, f->plan->post, (size_t)instance->n_persons * sizeof *post_of);
    for (int i = 0; i < item->n_moves; i++) {
        cr_assert_eq(post_of[item->moves[i].person], item->moves[i].from, "seed %d", seed);
        cr_assert_neq(item->moves[i].person, item->person);
        post_of[item->moves[i].person] = item->moves[i].to;
    }
    post_of[item->person] = item->post;
    cr_assert_eq(pulang_check_plan(instance, post_of, &evaluation, NULL), PULANG_OK);
    cr_assert_eq(evaluation->n_violations, 0, "seed %d: %s", seed, evaluation->violations[0]);
    for (int l = 0; l < f->plan->n_levels; l++)
        cr_assert_eq(evaluation->value[l], f->plan->levels[l].value + item->change[l],
                     "seed %d person %d post %d level %d", seed, item->person, item->post, l);
    pulang_evaluation_free(evaluation);
    pulang_free(post_of);
}

/* Against every plan in which the person is in the post, and with stay all who are there now too. */
static void assert_exact(const fixture *f, pulang_instance *instance, const pulang_consequence *item,
                         bool stay, int seed) {
    int64_t best[MOST_LEVELS];
    int pin[MOST_PERSONS], post_of[MOST_PERSONS];
    for (int p = 0; p < instance->n_persons; p++) {
        pin[p] = instance->persons[p].pin;
        if (p == item->person || (stay && f->plan->post[p] == item->post))
            instance->persons[p].pin = item->post;
    }
    bool exists = test_instance_enumerate(instance, post_of, best);
    for (int p = 0; p < instance->n_persons; p++)
        instance->persons[p].pin = pin[p];
    cr_assert_eq(item->state, exists ? PULANG_PAIR_EXACT : PULANG_PAIR_IMPOSSIBLE,
                 "seed %d person %d post %d: state %d", seed, item->person, item->post, (int)item->state);
    for (int l = 0; exists && l < f->plan->n_levels; l++)
        cr_assert_eq(f->plan->levels[l].value + item->change[l], best[l],
                     "seed %d person %d post %d level %d", seed, item->person, item->post, l);
    if (exists)
        assert_moves(f, item, seed);
}

/* All pairs of an instance, from both sides. Returns how many. */
static int check_all(fixture *f, pulang_instance *instance, int seed) {
    int n = 0;
    for (int p = 0; p < instance->n_persons; p++) {
        pulang_explained *asked = pulang_explanation_person(f->explanation, p, PULANG_NONE);
        cr_assert_eq(pulang_explain_posts(f->explainer, asked->items, asked->n, INT32_MAX,
                                          f->explanation->arena, NULL),
                     PULANG_OK);
        for (int i = 0; i < asked->n; i++)
            if (asked->items[i].state != PULANG_PAIR_BARRED)
                assert_exact(f, instance, &asked->items[i], false, seed);
        n += asked->n;
    }
    for (int j = 0; j < instance->n_posts; j++) {
        pulang_explained *asked = pulang_explanation_post(f->explanation, j);
        cr_assert_eq(pulang_explain_persons(f->explainer, asked->items, asked->n, INT32_MAX,
                                            f->explanation->arena, NULL),
                     PULANG_OK);
        for (int i = 0; i < asked->n; i++)
            assert_exact(f, instance, &asked->items[i], true, seed);
        n += asked->n;
    }
    return n;
}

/* By paths of the residual network, and by solving anew where rules cut across. */
Test(explain, every_pair_is_exact) {
    int n_paths = 0, n_anew = 0;
    for (int seed = 1; seed <= 500; seed++) {
        test_random random = {(uint64_t)seed};
        pulang_instance *instance = test_instance_random(&random);
        fixture f;
        if (fixture_init(&f, instance)) {
            bool anew = pulang_explainer_anew(f.explainer) != NULL;
            if (!anew)
                n_paths += check_all(&f, instance, seed);
            else if (seed % 20 == 0)
                n_anew += check_all(&f, instance, seed);
        }
        fixture_clear(&f);
        pulang_instance_free(instance);
    }
    cr_assert(n_paths > 500 && n_anew > 50, "%d by paths, %d anew", n_paths, n_anew);
}

/* Two teachers from the village, one seat there: who goes home leaves it to the other. */
Test(explain, says_who_gives_way) {
    pulang_instance *instance = test_instance_new(2, 2, 2, 0);
    instance->persons[0].origin = instance->persons[1].origin = 0;
    fixture f;
    cr_assert(fixture_init(&f, instance));
    int away = f.plan->post[0] == 0 ? 1 : 0;
    pulang_explained *asked = pulang_explanation_person(f.explanation, away, PULANG_NONE);
    cr_assert_eq(asked->n, 1);
    cr_assert_eq(asked->n_wanted, 1);
    cr_assert_eq(pulang_explain_posts(f.explainer, asked->items, 1, 0, f.explanation->arena, NULL),
                 PULANG_OK);
    cr_assert_eq(asked->items->state, PULANG_PAIR_EXACT);
    cr_assert_eq(asked->items->n_moves, 1);
    cr_assert_eq(asked->items->moves->person, 1 - away);
    cr_assert_eq(asked->items->moves->to, 1);
    for (int l = 0; l < f.plan->n_levels; l++)
        cr_assert_eq(asked->items->change[l], 0);
    fixture_clear(&f);
    pulang_instance_free(instance);
}

/* Without a proof of the plan nothing is exact: it is solved anew, and only known not to be more. */
Test(explain, says_where_there_is_no_proof) {
    pulang_instance *instance = test_instance_new(2, 2, 2, 0);
    pulang_plan *plan = solve(instance);
    pulang_explanation *explanation = NULL;
    pulang_explainer *explainer = NULL;
    pulang_settings settings;
    pulang_settings_default(&settings);
    plan->levels[0].proven = false;
    cr_assert_eq(pulang_explanation_new(plan, 1, &explanation, NULL), PULANG_OK);
    cr_assert_eq(pulang_explainer_new(plan, &settings, &explainer, NULL), PULANG_OK);
    cr_assert_not_null(pulang_explainer_anew(explainer));
    pulang_explained *asked = pulang_explanation_person(explanation, 0, PULANG_NONE);
    cr_assert_eq(asked->n, 1);
    cr_assert_eq(pulang_explain_posts(explainer, asked->items, 1, 0, explanation->arena, NULL), PULANG_OK);
    cr_assert_eq(asked->items->state, PULANG_PAIR_OPEN);
    cr_assert_eq(pulang_explain_posts(explainer, asked->items, 1, 1, explanation->arena, NULL), PULANG_OK);
    cr_assert_eq(asked->items->state, PULANG_PAIR_AT_MOST);
    pulang_explainer_free(explainer);
    pulang_explanation_free(explanation);
    pulang_plan_free(plan);
    pulang_instance_free(instance);
}

Test(explain, tells_the_barred_from_the_possible) {
    pulang_instance *instance = test_instance_new(1, 2, 2, 0);
    int forbidden[1] = {0};
    instance->persons[0].origin = 0;
    instance->persons[0].forbid_posts = (pulang_ints){1, forbidden};
    fixture f;
    cr_assert(fixture_init(&f, instance));
    cr_assert_eq(f.plan->post[0], 1);
    pulang_explained *asked = pulang_explanation_person(f.explanation, 0, 0);
    cr_assert_eq(asked->n, 1);
    cr_assert_eq(asked->items->state, PULANG_PAIR_BARRED);
    cr_assert_eq(asked->items->bar, PULANG_BAR_FORBIDDEN);
    cr_assert_eq(pulang_explain_posts(f.explainer, asked->items, 1, 1, f.explanation->arena, NULL),
                 PULANG_OK);
    cr_assert_eq(asked->items->state, PULANG_PAIR_BARRED);
    fixture_clear(&f);
    pulang_instance_free(instance);
}

Test(explain, survives_every_failing_allocation) {
    pulang_instance *instance = test_instance_new(3, 2, 2, 1);
    pulang_plan *plan = solve(instance);
    pulang_settings settings;
    pulang_settings_default(&settings);
    bool done = false;
    for (long k = 1; !done; k++) {
        pulang_explanation *explanation = NULL;
        pulang_explainer *explainer = NULL;
        pulang_explained *asked = NULL;
        pulang_alloc_fail_at(k);
        pulang_status status = pulang_explanation_new(plan, 1, &explanation, NULL);
        if (status == PULANG_OK)
            status = pulang_explainer_new(plan, &settings, &explainer, NULL);
        if (status == PULANG_OK)
            asked = pulang_explanation_person(explanation, 0, PULANG_NONE);
        if (asked)
            status = pulang_explain_posts(explainer, asked->items, asked->n, 9, explanation->arena, NULL);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || status == PULANG_ERROR_MEMORY);
        done = asked && status == PULANG_OK;
        pulang_explainer_free(explainer);
        pulang_explanation_free(explanation);
    }
    pulang_plan_free(plan);
    pulang_instance_free(instance);
}

/* Both texts, with every k-th allocation failing. */
Test(explain, writes_or_fails) {
    pulang_instance *instance = test_instance_new(3, 2, 2, 1);
    fixture f;
    cr_assert(fixture_init(&f, instance));
    pulang_explained *asked = pulang_explanation_person(f.explanation, 0, PULANG_NONE);
    cr_assert_eq(pulang_explain_posts(f.explainer, asked->items, asked->n, 9, f.explanation->arena, NULL),
                 PULANG_OK);
    for (int json = 0; json < 2; json++) {
        bool done = false;
        for (long k = 1; !done; k++) {
            pulang_alloc_fail_at(k);
            char *text = json ? pulang_write_explain_json(f.explanation)
                              : pulang_write_explain_text(f.explanation, true);
            pulang_alloc_fail_at(0);
            done = text != NULL;
            cr_assert(!done || strstr(text, json ? "\"alternatives\"" : "If this had to be"));
            pulang_free(text);
        }
    }
    fixture_clear(&f);
    pulang_instance_free(instance);
}
