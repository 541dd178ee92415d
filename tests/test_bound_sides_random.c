/*
 * Random proofs with branches that are decided: no level is ever bounded above the best of all plans.
 */
#include "tests/support_certificate.h"
#include "tests/support_crossing.h"

#include <criterion/criterion.h>
#include <string.h>

enum { SEEDS = 1000, ROUNDS = 60, TRIES = 40, SETS = 3, CUTS = SETS + 2, LEAVES = 3, MOST_POSTS = 8 };

/* One or two branches on some of the sets; the second hangs on either side of the first. */
typedef struct random_tree {
    pulang_tree tree;
    pulang_branch branches[LEAVES - 1];
    pulang_leaf leaves[LEAVES];
    pulang_price prices[LEAVES][TEST_MOST_TOTALS];
    int64_t path[LEAVES][LEAVES - 1];
} random_tree;

/* Sets of posts, and cuts: one for each set, then what is none of a set: the first in two parts, and all
   posts by weight. */
typedef struct random_proof {
    test_certificate c;
    test_random *random;
    const int *who; /* the best plan */
    int n_posts[SETS], posts[SETS][MOST_POSTS], all[MOST_POSTS];
    pulang_cut_part parts[SETS], two_parts[2], weighed[MOST_POSTS];
    pulang_cut cuts[CUTS];
    random_tree trees[TEST_CROSSING_LEVELS];
    int n_decided, n_priced, n_more; /* what came out */
} random_proof;

static int draw(random_proof *r, int low, int high) {
    return test_random_range(r->random, low, high);
}

static void draw_cuts(random_proof *r) {
    int n_posts = r->c.instance->n_posts;
    for (int k = 0; k < SETS; k++) {
        int always = draw(r, 0, n_posts - 1);
        for (int j = 0; j < n_posts; j++)
            if (j == always || draw(r, 0, 2) == 0)
                r->posts[k][r->n_posts[k]++] = j;
        r->parts[k] = (pulang_cut_part){1, r->n_posts[k], r->posts[k]};
        r->cuts[k] = (pulang_cut){.n_parts = 1, .parts = &r->parts[k]};
    }
    r->two_parts[0] = r->parts[0];
    r->two_parts[1] = (pulang_cut_part){1, 0, r->all};
    r->cuts[SETS] = (pulang_cut){.n_parts = 2, .parts = r->two_parts};
    for (int j = 0; j < n_posts; j++) {
        r->all[j] = j;
        r->weighed[j] = (pulang_cut_part){draw(r, 0, 3), 1, &r->all[j]};
    }
    r->cuts[SETS + 1] = (pulang_cut){.n_parts = n_posts, .parts = r->weighed};
    r->c.cuts = r->cuts;
    r->c.n_cuts = CUTS;
}

/* The bound of a level by the steps so far, which no prices and no branches lift above the best plan. */
static int64_t sound_bound(random_proof *r, int level) {
    bool infeasible;
    int64_t bound = test_certificate_bound(&r->c, level, &infeasible).bound;
    cr_assert_leq(bound, r->c.value[level], "level %d: %ld above %ld", level, (long)bound,
                  (long)r->c.value[level]);
    cr_assert_not(infeasible);
    return bound;
}

static int64_t climb(random_proof *r, int level) {
    static const int64_t moves[] = {1, -1, 10, -10, 100, -100, 1000, -1000};
    int64_t best = INT64_MIN;
    for (int round = 0; round < ROUNDS; round++) {
        int64_t *price = test_certificate_price(&r->c, draw(r, 0, r->c.n_totals + CUTS - 1)), before = *price;
        *price += round > 0 ? moves[draw(r, 0, 7)] : 0;
        int64_t now = sound_bound(r, level);
        if (now > best || (now == best && draw(r, 0, 1)))
            best = now;
        else
            *price = before;
    }
    return best;
}

/* A branch near the heads of the best plan. */
static pulang_branch draw_branch(random_proof *r, int below, int above) {
    int set = draw(r, 0, SETS - 1);
    pulang_branch branch = {r->n_posts[set], r->posts[set], draw(r, -2, 1), below, above};
    for (int p = 0; p < r->c.instance->n_persons; p++)
        for (int i = 0; i < branch.n_posts; i++)
            branch.most += r->who[p] == branch.posts[i];
    return branch;
}

/* All its leaves have the prices of the last step. */
static void draw_tree(random_proof *r, random_tree *t) {
    int n = draw(r, 1, LEAVES - 1), n_prices = r->c.n_totals + CUTS;
    bool hangs_above = draw(r, 0, 1);
    memset(t, 0, sizeof *t);
    t->tree = (pulang_tree){n, n + 1, t->branches, t->leaves};
    if (n == 1)
        t->branches[0] = draw_branch(r, ~0, ~1);
    else
        t->branches[0] = hangs_above ? draw_branch(r, ~0, 1) : draw_branch(r, 1, ~0);
    if (n == 2)
        t->branches[1] = draw_branch(r, ~1, ~2);
    for (int l = 0; l <= n; l++) {
        memcpy(t->prices[l], r->c.prices[r->c.n_steps - 1], (size_t)n_prices * sizeof t->prices[l][0]);
        t->leaves[l] = (pulang_leaf){n_prices, t->prices[l], t->path[l]};
    }
}

/* Prices a branch on the way to a leaf, mostly in the place of its posts, as those who are in them see it. */
static void shift_prices(random_proof *r, random_tree *t) {
    static const int64_t units[] = {1, 10, 100, 1000};
    int leaf = draw(r, 0, t->tree.n_leaves - 1), b = leaf > 0 ? draw(r, 0, t->tree.n_branches - 1) : 0;
    int64_t by = draw(r, -9, 9) * units[draw(r, 0, 3)];
    t->path[leaf][b] += by;
    for (int i = 0; i < t->branches[b].n_posts && draw(r, 0, 3) > 0; i++)
        t->prices[leaf][t->branches[b].posts[i]].price -= by;
}

/* The bound of the level after with a price for some of the cuts alone. */
static int64_t probe(random_proof *r, int first, int end, int64_t price) {
    int level = r->c.steps[r->c.n_steps - 1].level + 1;
    test_certificate_step(&r->c, PULANG_STEP_LEVEL, level);
    for (int k = first; k < end; k++)
        *test_certificate_price(&r->c, r->c.n_totals + k) = price;
    int64_t bound = sound_bound(r, level);
    r->c.n_steps--;
    return bound;
}

/* Gives the last step a tree, in which a side may come to be decided: then the price of a cut is worth more
   at the next level. Without it only what is left there by the step's own prices counts. */
static bool try_tree(random_proof *r, random_tree *t) {
    const pulang_tree **tree = &r->c.steps[r->c.n_steps - 1].tree;
    int64_t above = probe(r, 0, SETS, -1), below = probe(r, 0, SETS, 1), others = probe(r, SETS, CUTS, 1);
    bool decided = false;
    draw_tree(r, t);
    *tree = &t->tree;
    for (int i = 0; i < TRIES && !decided; i++) {
        shift_prices(r, t);
        decided = probe(r, 0, SETS, -1) > above || probe(r, 0, SETS, 1) > below;
    }
    cr_assert_eq(probe(r, SETS, CUTS, 1), others, "nothing else is decided");
    return decided;
}

/* Whether the last level has prices for cuts of the sets, and proves more than without the branches before.
 */
static void count_gain(random_proof *r, int level, int64_t bound) {
    const pulang_tree *trees[TEST_MOST_STEPS];
    bool priced = false;
    for (int k = 0; k < SETS; k++)
        priced = priced || *test_certificate_price(&r->c, r->c.n_totals + k) != 0;
    for (int s = 0; s < r->c.n_steps; s++) {
        trees[s] = r->c.steps[s].tree;
        r->c.steps[s].tree = NULL;
    }
    r->n_priced += priced;
    r->n_more += bound > sound_bound(r, level);
    for (int s = 0; s < r->c.n_steps; s++)
        r->c.steps[s].tree = trees[s];
}

static bool is_sum(const pulang_scenario *scenario, int level) {
    return level < scenario->n_levels && scenario->levels[level].kind != PULANG_LEVEL_BALANCE;
}

static void try_proof(random_proof *r) {
    const pulang_scenario *scenario = &r->c.instance->scenario;
    bool decided = false;
    draw_cuts(r);
    for (int l = 0; is_sum(scenario, l); l++) {
        test_certificate_step(&r->c, PULANG_STEP_LEVEL, l);
        r->c.steps[l].scale = draw(r, 1, 3);
        for (int i = 0; i < l; i++)
            *test_certificate_held(&r->c, i) = draw(r, 0, 2) ? 0 : draw(r, 1, 100);
        int64_t bound = climb(r, l);
        if (decided)
            count_gain(r, l, bound);
        if (is_sum(scenario, l + 1) && try_tree(r, &r->trees[l])) {
            r->n_decided++;
            decided = true;
        }
    }
}

Test(bound_sides_random, never_exceed_the_best_of_all_plans, .timeout = 120) {
    static random_proof r;
    test_random random = {71};
    int n_tried = 0, n_decided = 0, n_priced = 0, n_more = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        pulang_instance *instance = test_crossing_random(seed);
        int who[TEST_CROSSING_PERSONS];
        int64_t value[TEST_CROSSING_LEVELS];
        if (test_instance_plans(instance) <= 5000 && test_instance_enumerate(instance, who, value)) {
            r = (random_proof){.c = test_certificate_new(instance, value), .random = &random, .who = who};
            if (r.c.n_totals + CUTS <= TEST_MOST_TOTALS) {
                try_proof(&r);
                cr_assert(n_tried % 10 != 0 || r.c.n_steps == 0 || test_certificate_is_kept(&r.c, who));
                n_tried++;
            }
            test_certificate_clear(&r.c);
            n_decided += r.n_decided;
            n_priced += r.n_priced;
            n_more += r.n_more;
        }
        pulang_instance_free(instance);
    }
    cr_log_info("of %d instances, %d levels decide a side; after them %d have prices for it, %d prove more",
                n_tried, n_decided, n_priced, n_more);
    cr_assert_gt(n_tried, 200);
    cr_assert_gt(n_decided, 50);
    cr_assert_gt(n_priced, 50);
    cr_assert_gt(n_more, 5);
}
