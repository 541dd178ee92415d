/* The merit audit against what its definition says, word for word. */
#include "model/envy.h"

#include "model/alloc.h"
#include "model/eligible.h"
#include "model/rank.h"
#include "tests/support_instance.h"

#include <criterion/criterion.h>

/* Two seats of one post each; p2 lives at j1, p1 at j1 too; costs are of travel. */
static pulang_instance *two_at_home(int merit1, int merit2) {
    pulang_instance *instance = test_instance_new(2, 2, 2, 0);
    for (int p = 0; p < 2; p++)
        instance->persons[p].origin = 0;
    instance->persons[0].merit = merit1;
    instance->persons[1].merit = merit2;
    return instance;
}

static pulang_audit *audit_of(const pulang_instance *instance, const int *post_of) {
    pulang_audit *audit = NULL;
    cr_assert_eq(pulang_audit_new(instance, post_of, false, &audit, NULL), PULANG_OK);
    return audit;
}

static int envy_of(const pulang_instance *instance, const int *post_of) {
    pulang_audit *audit = audit_of(instance, post_of);
    int n = audit->n;
    pulang_audit_free(audit);
    return n;
}

Test(envy, more_merit_and_a_worse_post) {
    pulang_instance *instance = two_at_home(8000, 6000);
    const int post_of[] = {1, 0}, other[] = {0, 1};
    pulang_audit *audit = audit_of(instance, post_of);
    cr_assert_eq(audit->n, 1);
    cr_expect(audit->items[0].person == 0 && audit->items[0].post == 0 && audit->items[0].holder == 1);
    pulang_preference preference;
    pulang_preference_init(&preference, instance);
    cr_expect_eq(audit->items[0].gain,
                 pulang_envy_cost(&preference, 0, 1) - pulang_envy_cost(&preference, 0, 0));
    cr_expect(audit->weakest[0] == 1 && audit->weakest[1] == 0);
    cr_expect(audit->n_envious == 1 && audit->n_envious_placed == 1);
    pulang_audit_free(audit);
    cr_expect_eq(envy_of(instance, other), 0);
    pulang_instance_free(instance);
}

Test(envy, who_has_no_post_envies_all_who_have_less_merit) {
    pulang_instance *instance = two_at_home(8000, 6000);
    const int post_of[] = {PULANG_NONE, 1}, free_seat[] = {PULANG_NONE, PULANG_NONE};
    pulang_audit *audit = audit_of(instance, post_of);
    cr_assert_eq(audit->n, 1);
    cr_expect(audit->items[0].post == 1 && audit->items[0].gain == 0);
    cr_expect(audit->n_envious == 1 && audit->n_envious_placed == 0);
    pulang_audit_free(audit);
    cr_expect_eq(envy_of(instance, free_seat), 0, "a free seat is nobody's");
    pulang_instance_free(instance);
}

Test(envy, equal_or_unknown_merit_is_not_passed_over) {
    const int post_of[] = {1, 0};
    const int merits[][2] = {{6000, 6000}, {PULANG_NONE, 6000}, {8000, PULANG_NONE}, {6000, 8000}};
    for (size_t i = 0; i < sizeof merits / sizeof *merits; i++) {
        pulang_instance *instance = two_at_home(merits[i][0], merits[i][1]);
        cr_expect_eq(envy_of(instance, post_of), 0, "case %zu", i);
        pulang_instance_free(instance);
    }
}

Test(envy, seats_that_were_not_to_be_had) {
    const int post_of[] = {1, 0};
    pulang_instance *instance = two_at_home(8000, 6000);
    instance->persons[1].pin = 0;
    cr_expect_eq(envy_of(instance, post_of), 0, "the holder is pinned");
    instance->persons[1].pin = PULANG_NONE;
    instance->posts[0].min_merit = 9000;
    cr_expect_eq(envy_of(instance, post_of), 0, "the post asks for more merit");
    instance->posts[0].min_merit = 0;
    test_instance_group(instance, 0, 1);
    cr_expect_eq(envy_of(instance, post_of), 0, "a group is placed jointly");
    pulang_instance_free(instance);
}

/* ---- random instances ---- */

static bool alone(const pulang_instance *in, int p) {
    int group = in->persons[p].group;
    return group == PULANG_NONE || in->groups[group].persons.n == 1;
}

static bool ranked(const pulang_instance *in, int p) {
    return in->persons[p].merit != PULANG_NONE && in->persons[p].pin == PULANG_NONE;
}

static int64_t own_cost(const pulang_preference *preference, int p, int post) {
    static const pulang_term own[] = {PULANG_TERM_HOMETOWN, PULANG_TERM_SKILLS, PULANG_TERM_WISH,
                                      PULANG_TERM_MOVE, PULANG_TERM_PAIRS};
    int64_t sum = 0;
    for (size_t t = 0; t < sizeof own / sizeof *own; t++)
        sum += pulang_preference_term(preference, own[t], p, post);
    return sum;
}

/* Whether p has justified envy of j because of q. */
static bool envies(const pulang_preference *preference, const int *post_of, int p, int j, int q) {
    const pulang_instance *in = preference->instance;
    return post_of[q] == j && post_of[p] != j && ranked(in, p) && alone(in, p) && ranked(in, q) &&
           in->persons[p].merit > in->persons[q].merit && pulang_eligible_bar(in, p, j) == PULANG_BAR_NONE &&
           (post_of[p] == PULANG_NONE || own_cost(preference, p, j) < own_cost(preference, p, post_of[p]));
}

static void check_audit(const pulang_instance *instance, const int *post_of) {
    pulang_preference preference;
    pulang_preference_init(&preference, instance);
    pulang_audit *audit = audit_of(instance, post_of);
    int n = 0;
    for (int p = 0; p < instance->n_persons; p++)
        for (int j = 0; j < instance->n_posts; j++) {
            int lowest = PULANG_NONE;
            for (int q = 0; q < instance->n_persons; q++)
                if (envies(&preference, post_of, p, j, q) &&
                    (lowest == PULANG_NONE || instance->persons[q].merit < instance->persons[lowest].merit))
                    lowest = q;
            if (lowest == PULANG_NONE)
                continue;
            cr_assert_lt(n, audit->n);
            const pulang_envy *found = &audit->items[n++];
            cr_expect(found->person == p && found->post == j);
            cr_expect_eq(instance->persons[found->holder].merit, instance->persons[lowest].merit);
        }
    cr_expect_eq(audit->n, n);
    pulang_audit_free(audit);
}

Test(envy, as_the_definition_says) {
    test_random random = {7};
    for (int i = 0; i < 2000; i++) {
        pulang_instance *instance = test_instance_random(&random);
        int post_of[5];
        for (int p = 0; p < instance->n_persons; p++) {
            post_of[p] = test_random_range(&random, PULANG_NONE, instance->n_posts - 1);
            if (test_random_range(&random, 0, 5) == 0)
                instance->persons[p].merit = PULANG_NONE;
        }
        check_audit(instance, post_of);
        pulang_instance_free(instance);
    }
}

Test(envy, rank_is_by_merit_then_tenure_then_id) {
    pulang_instance *instance = test_instance_new(5, 1, 1, 0);
    static const int merit[] = {5000, 7000, 7000, 7000, PULANG_NONE};
    static const int tenure[] = {900, PULANG_NONE, 100, 100, 900};
    int order[] = {0, 1, 2, 3, 4};
    for (int p = 0; p < 5; p++) {
        instance->persons[p].merit = merit[p];
        instance->persons[p].tenure = tenure[p];
    }
    instance->persons[2].id = "b";
    instance->persons[3].id = "a";
    pulang_rank_sort(instance, order, 5);
    static const int expected[] = {3, 2, 1, 0, 4};
    cr_expect_arr_eq(order, expected, sizeof expected);
    pulang_instance_free(instance);
}

Test(envy, allocations_may_fail) {
    pulang_instance *instance = two_at_home(8000, 6000);
    const int post_of[] = {1, 0};
    pulang_status status = PULANG_ERROR_MEMORY;
    for (long k = 1; status != PULANG_OK; k++) {
        pulang_audit *audit = NULL;
        pulang_alloc_fail_at(k);
        status = pulang_audit_new(instance, post_of, false, &audit, NULL);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || (status == PULANG_ERROR_MEMORY && !audit));
        pulang_audit_free(audit);
    }
    pulang_instance_free(instance);
}
