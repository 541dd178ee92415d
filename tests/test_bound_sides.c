/*
 * Branches of a certificate that are decided: what the cuts over the same posts count at later levels.
 */
#include "model/alloc.h"
#include "model/error.h"
#include "model/shortage.h"
#include "tests/support_certificate.h"

#include <criterion/criterion.h>

/* ---- two and a half people in either of two places ---- */

enum {
    PEOPLE = TEST_PAYROLL_PEOPLE,
    UNPLACED = 2,
    V1 = 2,
    V2 = 3,
    CUT = 4 /* totals: two posts, their budgets, cuts */
};

static pulang_curve_point curve[] = {{0, 1}, {10, 0.8}};

/* Four of the payroll can be placed, two in each place. All are of v2. */
static pulang_instance *payroll(const char *levels) {
    pulang_instance *instance = test_certificate_payroll(levels);
    for (int p = 0; p < PEOPLE; p++)
        instance->persons[p].origin = 1;
    instance->scenario.curve = curve;
    instance->scenario.n_curve = 2;
    instance->posts[0].target = PEOPLE;
    return instance;
}

/*
 * A proof in two steps, of which the first has a tree of up to two branches. In 1/20 of an unplaced person,
 * 40 is what the plan attains and 50 what the prices in hand prove of a side that is none.
 */
typedef struct sides {
    pulang_instance *instance;
    int who[PEOPLE];
    int first[1], second[1], both[2];
    pulang_branch branches[2];
    pulang_price few, many; /* of the budgets where j1 has at most one, and more than two */
    int64_t path[3][2];
    pulang_leaf leaves[3];
    pulang_tree tree;
    pulang_cut_part parts[2];
    int quota[1];
    const char *key[1];
    pulang_cut cut;
    test_certificate c;
} sides;

/* At the first branch j1 has at most one, which is decided, or more. */
static sides *make_sides(const char *levels) {
    sides *s = pulang_alloc(1, sizeof *s);
    int64_t value[TEST_MOST_STEPS];
    cr_assert_not_null(s);
    *s = (sides){.instance = payroll(levels),
                 .second = {1},
                 .both = {0, 1},
                 .branches = {{1, s->first, 1, ~0, ~1}, {1, s->first, 2, ~1, ~2}},
                 .few = {PULANG_NONE, 0, "v2", 1, 0},
                 .many = {PULANG_NONE, 0, "v1", 5, 0},
                 .path = {{20}},
                 .leaves = {{1, &s->few, s->path[0]}, {0, NULL, s->path[1]}, {0, NULL, s->path[2]}},
                 .tree = {1, 2, s->branches, s->leaves},
                 .parts = {{1, 1, s->first}, {1, 1, s->second}},
                 .key = {"v1"},
                 .cut = {0, s->quota, s->key, 1, s->parts}};
    cr_assert(test_instance_enumerate(s->instance, s->who, value) && value[0] == UNPLACED);
    s->c = test_certificate_new(s->instance, value);
    cr_assert_eq(s->c.n_totals, CUT);
    s->c.cuts = &s->cut;
    s->c.n_cuts = 1;
    test_certificate_step(&s->c, PULANG_STEP_LEVEL, 0);
    s->c.steps[0].scale = 20;
    s->c.steps[0].tree = &s->tree;
    test_certificate_step(&s->c, PULANG_STEP_LEVEL, 1);
    return s;
}

/* The one branch asks whether j1 has more than two, which is decided. */
static void ask_for_many(sides *s) {
    s->branches[0].most = 2;
    s->leaves[0].n_prices = 0;
    s->path[0][0] = 0;
    s->leaves[1].n_prices = 1;
    s->leaves[1].prices = &s->many;
    s->path[1][0] = -100;
}

/* Above the first branch another: more than two. */
static void ask_twice(sides *s) {
    s->tree.n_branches = 2;
    s->tree.n_leaves = 3;
    s->branches[0].above = 1;
    s->leaves[2].n_prices = 1;
    s->leaves[2].prices = &s->many;
    s->path[2][1] = -100;
}

static void free_sides(sides *s) {
    test_certificate_clear(&s->c);
    pulang_instance_free(s->instance);
    pulang_free(s);
}

static int64_t bound_of(sides *s, int level) {
    bool infeasible;
    return test_certificate_bound(&s->c, level, &infeasible).bound;
}

/* The bound of the second level with a price for the cut. */
static int64_t priced(sides *s, int64_t price) {
    *test_certificate_price(&s->c, CUT) = price;
    return bound_of(s, 1);
}

/* ---- what is proven ---- */

/* What a head more is worth where the target of j1 is missed, from two heads on. */
static int64_t worth_of_third(void) {
    return pulang_shortage_cost(PEOPLE, PEOPLE - 2, 1000, 1) -
           pulang_shortage_cost(PEOPLE, PEOPLE - 3, 1000, 1);
}

/* The most that prices of j1, a budget and the cut prove of the second level, in steps of a unit's parts. */
static int64_t best_bound(sides *s, int budget, int64_t unit) {
    int64_t best = INT64_MIN;
    for (int post = -20; post <= 20; post++)
        for (int pay = 0; pay <= 20; pay++)
            for (int cut = -20; cut <= 20; cut += 10) {
                *test_certificate_price(&s->c, 0) = post * unit / 10;
                *test_certificate_price(&s->c, budget) = pay * unit / 200;
                int64_t bound = priced(s, cut * unit / 10);
                best = bound > best ? bound : best;
            }
    return best;
}

Test(bound_sides, at_most_two_prove_what_no_prices_do) {
    sides *s = make_sides("unplaced shortage");
    int64_t third = worth_of_third(), value = s->c.value[1];
    ask_for_many(s);
    cr_assert_eq(value, pulang_shortage_cost(PEOPLE, PEOPLE - 2, 1000, 1));
    *test_certificate_price(&s->c, 0) = -third;
    cr_assert_eq(priced(s, third), value, "two in j1");
    cr_assert_eq(best_bound(s, V1, third), value);
    s->c.steps[0].tree = NULL;
    cr_assert_leq(best_bound(s, V1, third), value - third / 2, "two and a half in j1");
    free_sides(s);
}

Test(bound_sides, at_least_two_prove_what_no_prices_do) {
    sides *s = make_sides("unplaced hometown");
    int64_t value = s->c.value[1], away = value / 2;
    cr_assert_gt(away, 0);
    cr_assert_eq(priced(s, -away), value, "two in j1, who are of v2");
    s->c.steps[0].tree = NULL;
    cr_assert_leq(best_bound(s, V2, away), 0, "nobody, where the first level is not held");
    *test_certificate_held(&s->c, 0) = away;
    cr_assert_eq(best_bound(s, V2, away), value - away / 2, "one and a half in j1");
    free_sides(s);
}

Test(bound_sides, are_decided_above_the_value_alone) {
    sides *s = make_sides("unplaced hometown");
    int64_t value = s->c.value[1], away = value / 2;
    cr_assert_eq(priced(s, -away), value);
    s->path[0][0] = 15;
    cr_assert_eq(priced(s, -away), 0, "as much is no more");
    s->path[0][0] = 20;
    s->few.price = 0;
    cr_assert_eq(priced(s, -away), 0);
    s->few.price = 1;
    s->c.value[0] = UNPLACED + 1;
    cr_assert_eq(priced(s, -away), 0, "nor more than what is claimed");
    free_sides(s);
}

/* ---- what is left ---- */

/* The second level costs nothing, so that the prices of the cut show what it may count in the end. */
static void check_range(sides *s, int64_t low, int64_t high, const char *what) {
    const pulang_cut *cut = &s->cut;
    int64_t paid = 0;
    for (int k = 0; k < cut->n_parts; k++)
        paid = cut->parts[k].weight > paid ? cut->parts[k].weight : paid;
    cr_assert_eq(priced(s, 1), -high, "%s: at most %ld", what, -(long)bound_of(s, 1));
    cr_assert_eq(priced(s, -1), low - paid * PEOPLE, "%s: at least %ld", what,
                 (long)(bound_of(s, 1) + paid * PEOPLE));
}

Test(bound_sides, leave_what_the_other_side_allows) {
    sides *s = make_sides("unplaced required");
    check_range(s, 2, PEOPLE, "one is too few");
    s->branches[0].most = -1;
    check_range(s, 0, PEOPLE, "nobody is less than none");
    s->branches[0].most = INT64_MIN;
    check_range(s, 0, PEOPLE, "nobody is less than none");
    ask_for_many(s);
    check_range(s, 0, 2, "three are too many");
    s->branches[0].most = PEOPLE;
    check_range(s, 0, PEOPLE, "there are no more");
    s->branches[0].most = INT64_MAX;
    check_range(s, 0, PEOPLE, "there are no more");
    s->instance->posts[0].max = 1;
    s->branches[0].most = 2;
    check_range(s, 0, 1, "there is room for one");
    free_sides(s);
}

Test(bound_sides, are_followed_while_just_one_is_left) {
    sides *s = make_sides("unplaced required");
    ask_twice(s);
    check_range(s, 2, 2, "neither one nor three");
    s->leaves[0].n_prices = 0;
    check_range(s, 0, PEOPLE, "more than one is not certain, so not even three are looked at");
    s->leaves[0].n_prices = s->leaves[2].n_prices = 1;
    s->path[2][1] = 0;
    check_range(s, 2, PEOPLE, "more than one, perhaps three");
    ask_twice(s);
    s->branches[1].posts = s->second;
    s->many.key = "v2";
    check_range(s, 2, PEOPLE, "what the second asks is another post");
    s->cut.parts = &s->parts[1];
    check_range(s, 0, 2, "which has no three either");
    s->c.steps[0].tree = NULL;
    check_range(s, 0, PEOPLE, "without branches");
    free_sides(s);
}

Test(bound_sides, are_of_all_leaves_on_them) {
    sides *s = make_sides("unplaced required");
    s->tree.n_branches = 2;
    s->tree.n_leaves = 3;
    s->branches[0] = (pulang_branch){1, s->first, 1, 1, ~0};
    s->branches[1] = (pulang_branch){1, s->first, 0, ~1, ~2};
    s->leaves[0].n_prices = 0;
    s->path[0][0] = 0;
    for (int l = 1; l < 3; l++) {
        s->leaves[l].n_prices = 1;
        s->leaves[l].prices = &s->few;
        s->path[l][0] = 20;
    }
    check_range(s, 2, PEOPLE, "neither nobody nor one");
    s->leaves[2].n_prices = 0;
    check_range(s, 0, PEOPLE, "perhaps one");
    s->leaves[2].n_prices = 1;
    s->leaves[1].n_prices = 0;
    check_range(s, 0, PEOPLE, "perhaps nobody");
    free_sides(s);
}

Test(bound_sides, are_nothing_to_other_cuts) {
    sides *s = make_sides("unplaced required");
    ask_for_many(s);
    s->cut.parts = &s->parts[1];
    check_range(s, 0, PEOPLE, "another post");
    s->cut.parts = s->parts;
    s->parts[0] = (pulang_cut_part){1, 2, s->both};
    check_range(s, 0, 2 * PEOPLE, "another post too");
    s->parts[0] = (pulang_cut_part){1, 0, NULL};
    cr_assert_eq(priced(s, 1), 0, "no post");
    s->parts[0] = (pulang_cut_part){2, 1, s->first};
    check_range(s, 0, 2 * PEOPLE, "twice the heads");
    s->parts[0].weight = 1;
    s->parts[1].weight = 0;
    s->cut.n_parts = 2;
    check_range(s, 0, PEOPLE, "two parts");
    s->cut.n_parts = 1;
    check_range(s, 0, 2, "just these heads");
    free_sides(s);
    s = make_sides("unplaced required");
    s->cut.n_groups = 1;
    check_range(s, 0, 2, "what a budget pays");
    s->cut.n_groups = 0;
    check_range(s, 2, PEOPLE, "just these heads");
    free_sides(s);
}

Test(bound_sides, leave_nothing_where_levels_disagree) {
    sides *s = make_sides("unplaced shortage required");
    int64_t third = worth_of_third(), path[] = {third, 0};
    pulang_price price = {0, PULANG_NONE, "", -third, 0};
    pulang_branch branch = {1, s->first, 2, ~0, ~1};
    pulang_leaf leaves[] = {{1, &price, path}, {0, NULL, path + 1}};
    const pulang_tree tree = {1, 2, &branch, leaves};
    ask_for_many(s);
    s->c.steps[1].tree = &tree;
    test_certificate_step(&s->c, PULANG_STEP_LEVEL, 2);
    cr_assert_eq(bound_of(s, 2), 0);
    s->c.value[1] -= third;
    cr_assert_eq(bound_of(s, 1), 0);
    cr_assert_eq(bound_of(s, 2), INT64_MAX, "two in j1 at most for the first level, three for the second");
    s->c.steps[0].tree = NULL;
    cr_assert_eq(bound_of(s, 2), 0);
    free_sides(s);
}

/* ---- cuts that only count ---- */

static pulang_status check_cut(sides *s) {
    pulang_bound bounds[TEST_MOST_STEPS];
    bool infeasible;
    pulang_error error;
    return pulang_bound_compute(s->instance, s->c.steps, s->c.n_steps, s->c.value, bounds, &infeasible,
                                &error);
}

Test(bound_sides, take_cuts_without_groups) {
    sides *s = make_sides("unplaced required");
    s->c.steps[0].tree = NULL;
    s->cut.n_parts = 2;
    s->parts[1].weight = 1000000;
    check_range(s, 0, 1000001 * PEOPLE, "without a limit");
    s->instance->posts[1].max = 1;
    check_range(s, 0, 1000000 + PEOPLE, "the room of the posts");
    free_sides(s);
}

Test(bound_sides, refuse_cuts_that_are_none) {
    sides *s = make_sides("unplaced required");
    int wild[] = {7}, twice[] = {0, 0};
    bound_of(s, 1);
    cr_assert_eq(check_cut(s), PULANG_OK);
    s->cut.n_parts = 2;
    s->parts[1].posts = s->first;
    cr_assert_eq(check_cut(s), PULANG_ERROR_INPUT, "in two parts");
    s->parts[1].posts = wild;
    cr_assert_eq(check_cut(s), PULANG_ERROR_INPUT);
    s->parts[1] = (pulang_cut_part){-1, 1, s->second};
    cr_assert_eq(check_cut(s), PULANG_ERROR_INPUT);
    s->parts[1].weight = INT64_MAX / 2;
    cr_assert_eq(check_cut(s), PULANG_ERROR_LIMIT);
    s->cut.n_parts = 1;
    s->parts[0] = (pulang_cut_part){1, 2, twice};
    cr_assert_eq(check_cut(s), PULANG_ERROR_INPUT);
    free_sides(s);
}

Test(bound_sides, fail_cleanly_without_memory) {
    sides *s = make_sides("unplaced required");
    cr_assert_eq(priced(s, -1), 2 - PEOPLE);
    pulang_status status = PULANG_ERROR_MEMORY;
    for (long k = 1; status != PULANG_OK; k++) {
        pulang_alloc_fail_at(k);
        status = check_cut(s);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || status == PULANG_ERROR_MEMORY);
    }
    cr_assert_eq(priced(s, -1), 2 - PEOPLE);
    free_sides(s);
}

Test(bound_sides, are_kept_in_files) {
    sides *s = make_sides("unplaced hometown");
    ask_twice(s);
    cr_assert_eq(priced(s, -s->c.value[1] / 2), s->c.value[1]);
    cr_assert(test_certificate_is_kept(&s->c, s->who));
    free_sides(s);
}
