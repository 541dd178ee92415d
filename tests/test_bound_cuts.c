/*
 * Cuts of a certificate: what they leave room for, that a bound with them is never too high, and what is
 * refused.
 */
#include "model/bound.h"
#include "model/error.h"
#include "tests/support_certificate.h"
#include "tests/support_crossing.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* Three who are paid 10, 10 and 20, or placed for free; two posts of room enough in one place. */
static pulang_instance *payroll(int64_t budget) {
    static const int64_t pay[] = {10, 10, 20};
    pulang_instance *instance = test_instance_new(3, 1, 2, 1);
    test_instance_levels(instance, "unplaced");
    for (int p = 0; p < 3; p++)
        instance->persons[p].pay = PULANG_HUNDREDTHS * pay[p];
    for (int j = 0; j < 2; j++)
        instance->posts[j].max = 3;
    pulang_quota *quota = &instance->quotas[0];
    quota->measure = PULANG_MEASURE_PAY;
    quota->has_max = true;
    quota->max = budget;
    return instance;
}

static int first_quota[] = {0};
static const char *no_key[] = {""};

/* The bound on the unplaced by a price for the cut alone. */
static int64_t bound_of(const pulang_instance *instance, const pulang_cut *cut, int64_t price) {
    bool infeasible;
    test_certificate c = test_certificate_new(instance, NULL);
    c.cuts = cut;
    c.n_cuts = 1;
    test_certificate_step(&c, PULANG_STEP_LEVEL, 0);
    *test_certificate_price(&c, c.n_totals) = price;
    int64_t bound = test_certificate_bound(&c, 0, &infeasible).bound;
    test_certificate_clear(&c);
    return bound;
}

Test(bound_cuts, count_the_people_that_a_budget_pays) {
    static const struct {
        int64_t budget, bound;
    } cases[] = {{9, 3}, {10, 2}, {19, 2}, {20, 1}, {39, 1}, {40, 0}};
    int posts[] = {0, 1};
    pulang_cut_part part = {1, 2, posts};
    const pulang_cut cut = {1, first_quota, no_key, 1, &part};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pulang_instance *instance = payroll(cases[i].budget);
        cr_assert_eq(bound_of(instance, &cut, 1), cases[i].bound, "budget %ld", (long)cases[i].budget);
        cr_assert_leq(bound_of(instance, &cut, -1), cases[i].bound, "as a price for at least 0");
        pulang_instance_free(instance);
    }
}

Test(bound_cuts, weigh_parts_and_pay_whoever_must_be_there) {
    int first[] = {0}, second[] = {1};
    pulang_cut_part parts[] = {{0, 1, first}, {1, 1, second}};
    const pulang_cut cut = {1, first_quota, no_key, 2, parts};
    pulang_instance *instance = payroll(30);
    cr_assert_eq(bound_of(instance, &cut, 1), -2, "30 pay two in the second post");
    instance->persons[2].pin = 0;
    cr_assert_eq(bound_of(instance, &cut, 1), -1, "20 of them go to the one who is pinned to the first");
    parts[0].weight = 1;
    cr_assert_eq(bound_of(instance, &cut, 1), 1, "one more beside the one who is pinned");
    pulang_instance_free(instance);
}

static pulang_status refuse(const pulang_instance *instance, const pulang_cut *cut) {
    const pulang_step step = {
        .kind = PULANG_STEP_FEASIBLE, .level = -1, .scale = 1, .n_cuts = 1, .cuts = cut};
    pulang_bound bounds[TEST_CROSSING_LEVELS];
    int64_t value[TEST_CROSSING_LEVELS] = {0};
    bool infeasible;
    pulang_error error;
    return pulang_bound_compute(instance, &step, 1, value, bounds, &infeasible, &error);
}

Test(bound_cuts, refuse_what_is_none) {
    pulang_instance *instance = payroll(30);
    int posts[] = {0, 1}, twice[] = {1}, wild[] = {7}, quota[] = {1}, both[] = {0, 0};
    const char *other_key[] = {"x"}, *keys[] = {"", ""};
    pulang_cut_part part = {1, 2, posts}, parts[] = {{1, 2, posts}, {1, 1, twice}};
    pulang_cut_part unknown = {1, 1, wild}, below = {-1, 2, posts}, large = {INT64_MAX / 2, 2, posts};
    pulang_cut good = {1, first_quota, no_key, 1, &part};
    cr_assert_eq(refuse(instance, &good), PULANG_OK);
    cr_assert_eq(refuse(instance, &(pulang_cut){1, first_quota, no_key, 2, parts}), PULANG_ERROR_INPUT);
    cr_assert_eq(refuse(instance, &(pulang_cut){1, first_quota, no_key, 1, &unknown}), PULANG_ERROR_INPUT);
    cr_assert_eq(refuse(instance, &(pulang_cut){1, first_quota, no_key, 1, &below}), PULANG_ERROR_INPUT);
    cr_assert_eq(refuse(instance, &(pulang_cut){1, first_quota, other_key, 1, &part}), PULANG_ERROR_INPUT);
    cr_assert_eq(refuse(instance, &(pulang_cut){1, quota, no_key, 1, &part}), PULANG_ERROR_INPUT);
    cr_assert_eq(refuse(instance, &(pulang_cut){2, both, keys, 1, &part}), PULANG_ERROR_INPUT);
    cr_assert_eq(refuse(instance, &(pulang_cut){1, first_quota, no_key, 1, &large}), PULANG_ERROR_LIMIT);
    instance->persons[0].pay = -PULANG_HUNDREDTHS;
    cr_assert_eq(refuse(instance, &good), PULANG_ERROR_INPUT, "less pay by more people");
    pulang_instance_free(instance);
}

/* ---- random ---- */

enum { SEEDS = 300, ROUNDS = 40, PARTS = 3, MOST_POSTS = 8 };

typedef struct random_cut {
    pulang_cut cut;
    int quotas[TEST_MOST_TOTALS];
    const char *keys[TEST_MOST_TOTALS];
    pulang_cut_part parts[PARTS];
    int posts[PARTS][MOST_POSTS];
} random_cut;

/* Over some of the groups with a maximum; most of the posts, in up to three parts. */
static void draw_cut(const test_certificate *c, test_random *random, random_cut *made) {
    *made = (random_cut){0};
    made->cut = (pulang_cut){0, made->quotas, made->keys, PARTS, made->parts};
    for (int g = 0; g < c->n_groups; g++) {
        if (!c->groups[g].has_max || test_random_range(random, 0, 1))
            continue;
        made->quotas[made->cut.n_groups] = c->groups[g].quota;
        made->keys[made->cut.n_groups++] = c->groups[g].key;
    }
    for (int k = 0; k < PARTS; k++)
        made->parts[k] = (pulang_cut_part){test_random_range(random, 0, 3), 0, made->posts[k]};
    for (int j = 0; j < c->instance->n_posts; j++) {
        int k = test_random_range(random, 0, PARTS);
        if (k < PARTS)
            made->posts[k][made->parts[k].n_posts++] = j;
    }
}

/* Prices that climb; no bound on the way may exceed the best value. Whether the cut has a price in the end.
 */
static bool climb(test_certificate *c, int level, test_random *random) {
    static const int64_t moves[] = {1, -1, 10, -10, 100, -100, 1000, -1000};
    int64_t best = INT64_MIN;
    for (int round = 0; round < ROUNDS; round++) {
        bool infeasible;
        int64_t *price = test_certificate_price(c, test_random_range(random, 0, c->n_totals + c->n_cuts - 1));
        int64_t before = *price;
        *price += round > 0 ? moves[test_random_range(random, 0, 7)] : 0;
        int64_t now = test_certificate_bound(c, level, &infeasible).bound;
        cr_assert_leq(now, c->value[level], "level %d: %ld above %ld", level, (long)now,
                      (long)c->value[level]);
        if (now > best || (now == best && test_random_range(random, 0, 1)))
            best = now;
        else
            *price = before;
    }
    return *test_certificate_price(c, c->n_totals) != 0;
}

/* Whether the cut came to have a price; the value: of the best plan, by level. */
static bool try_cut(const pulang_instance *instance, const int64_t *value, test_random *random) {
    test_certificate c = test_certificate_new(instance, value);
    random_cut cut;
    bool priced = false;
    draw_cut(&c, random, &cut);
    c.cuts = &cut.cut;
    c.n_cuts = 1;
    if (cut.cut.n_groups > 0 && refuse(instance, &cut.cut) == PULANG_OK)
        for (int l = 0; l < instance->scenario.n_levels; l++) {
            if (instance->scenario.levels[l].kind == PULANG_LEVEL_BALANCE)
                break;
            test_certificate_step(&c, PULANG_STEP_LEVEL, l);
            priced = climb(&c, l, random) || priced;
        }
    test_certificate_clear(&c);
    return priced;
}

Test(bound_cuts, never_exceed_the_best_of_all_plans, .timeout = 60) {
    test_random random = {47};
    int n_priced = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        pulang_instance *instance = test_crossing_random(seed);
        int who[TEST_CROSSING_PERSONS];
        int64_t value[TEST_CROSSING_LEVELS];
        if (test_instance_plans(instance) <= 5000 && instance->n_posts <= MOST_POSTS &&
            test_instance_enumerate(instance, who, value))
            n_priced += try_cut(instance, value, &random);
        pulang_instance_free(instance);
    }
    cr_log_info("%d cuts have a price", n_priced);
    cr_assert_lt(20, n_priced, "only %d cuts have a price", n_priced);
}
