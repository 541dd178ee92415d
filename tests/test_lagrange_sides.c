/*
 * Sides of branches that are decided, as the solver keeps them: no plan as good is on the other side, prices
 * on the totals that count them never prove too much at the levels after, and anybody can check that.
 */
#include "model/alloc.h"
#include "model/exact.h"
#include "solver/lagrange_cut.h"
#include "tests/support_branches.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { SEEDS = 1200, MOST_POSTS = 5, MANY_POSTS = 8, ROUNDS = 120, MOST_PLANS = 30000 };

typedef struct tally {
    int levels, decided, sides, left; /* levels with a decided side; sides; levels with just one leaf left */
    int checked, plans;               /* levels whose plans have been looked at; plans as good */
    int after, priced, more; /* levels after a side; with a price for one; proving less were none decided */
    int certificates, again; /* proofs with sides; levels that decide one after another has */
} tally;

static int draw(test_random *random, int low, int high) {
    return test_random_range(random, low, high);
}

/* ---- the plans that are as good ---- */

typedef struct walk {
    const test_branches *f;
    int level;
    int *flow;      /* [n_arcs] */
    int64_t *heads; /* [n_posts] */
    int n_plans, n_good;
} walk;

/* Whether the plan holds, and is as good as the optimum at all levels to this one. */
static bool is_good(const walk *w) {
    const pulang_problem *p = w->f->problem;
    for (int l = 0; l <= w->level; l++)
        if (pulang_problem_level_value(p, l, w->flow) > w->f->optimum->levels[l].value)
            return false;
    return pulang_problem_feasible(p, w->flow);
}

/* A plan as good is within what is left of every total, and the cuts count its heads. */
static void check_plan(const walk *w) {
    const lagrange *lg = &w->f->lg;
    for (int c = 0; c < w->f->found->n_cuts; c++) {
        const pulang_cut_part *part = &w->f->found->cuts[c].parts[0];
        const pulang_total *total = &lg->problem->totals[lg->n_own + c];
        int64_t heads = 0;
        for (int i = 0; i < part->n_posts; i++)
            heads += w->heads[part->posts[i]];
        cr_assert_eq(heads, pulang_problem_total(lg->problem, lg->n_own + c, w->flow));
        cr_assert(heads >= total->lower && heads <= total->upper,
                  "seed %d level %d: %ld, not %ld to %ld heads", w->f->seed, w->level, (long)heads,
                  (long)total->lower, (long)total->upper);
    }
    for (int t = 0; t < lg->problem->n_totals; t++) {
        int64_t steps = pulang_problem_total(lg->problem, t, w->flow) / lg->unit[t];
        cr_assert(steps >= lg->lower[t] && steps <= lg->upper[t], "seed %d level %d: total %d", w->f->seed,
                  w->level, t);
    }
}

/* So many of class k are not placed yet, by the arcs before a. */
static void spread(walk *w, int k, int a, int unplaced) {
    const pulang_problem *p = w->f->problem;
    if (w->n_plans > MOST_PLANS)
        return;
    if (k == p->n_classes) {
        w->n_plans++;
        if (is_good(w)) {
            check_plan(w);
            w->n_good++;
        }
        return;
    }
    if (a == p->arc_begin[k + 1]) {
        if (unplaced == 0 || !p->bound[k])
            spread(w, k + 1, a, k + 1 < p->n_classes ? p->supply[k + 1] : 0);
        return;
    }
    int post = p->arc_post[a];
    for (int n = 0; n <= unplaced && w->heads[post] + n <= p->totals[post].upper; n++) {
        w->flow[a] = n;
        w->heads[post] += n;
        spread(w, k, a + 1, unplaced - n);
        w->heads[post] -= n;
        w->flow[a] = 0;
    }
}

/* The plan of the optimum, and all others that are as good unless there are too many plans. */
static void check_plans(const test_branches *f, int level, tally *n) {
    const pulang_problem *p = f->problem;
    walk w = {.f = f, .level = level};
    w.flow = pulang_alloc((size_t)p->n_arcs, sizeof *w.flow);
    w.heads = pulang_alloc((size_t)p->n_posts, sizeof *w.heads);
    cr_assert(w.flow && w.heads);
    memcpy(w.flow, f->optimum->flow, (size_t)p->n_arcs * sizeof *w.flow);
    for (int a = 0; a < p->n_arcs; a++)
        w.heads[p->arc_post[a]] += w.flow[a];
    cr_assert(is_good(&w));
    check_plan(&w);
    memset(w.flow, 0, (size_t)p->n_arcs * sizeof *w.flow);
    memset(w.heads, 0, (size_t)p->n_posts * sizeof *w.heads);
    spread(&w, 0, 0, p->n_classes > 0 ? p->supply[0] : 0);
    if (w.n_plans <= MOST_PLANS) {
        cr_assert_gt(w.n_good, 0, "seed %d level %d", f->seed, level);
        n->checked++;
        n->plans += w.n_good;
    }
    pulang_free(w.flow);
    pulang_free(w.heads);
}

/* ---- a level with branches ---- */

/* What the level leaves to those after it, but for sides. bound: by the prices in hand. */
static void hold(test_branches *f, int level, int64_t bound) {
    int64_t value = f->optimum->levels[level].value, slack = value * f->lg.goal.scale - bound;
    cr_assert_geq(slack, 0, "seed %d level %d: %ld above %ld", f->seed, level, (long)bound, (long)value);
    f->lg.value[level] = value;
    f->lg.hold[level] = slack > 0;
    lagrange_narrow(&f->lg, slack);
}

/* Proves a level by branches, as the solver does: what is proven of it. *is_branched: there are some. */
static int64_t branch_level(test_branches *f, int level, bool *is_branched) {
    lagrange *lg = &f->lg;
    pulang_solution_tree *proof;
    pulang_error error;
    int64_t leaves;
    test_branches_turn(f, level);
    lagrange_branches_clear(&lg->branches);
    cr_assert_eq(lagrange_branch_heads(lg, INFINITY, &lg->branches, &error), PULANG_OK, "%s", error.message);
    cr_assert_not_null(lg->branches.arena);
    cr_assert_eq(lagrange_prove_branches(lg, &leaves, &proof), PULANG_OK);
    int64_t root = test_branches_root(f);
    hold(f, level, root);
    test_branches_step(f, PULANG_STEP_LEVEL, level, proof);
    *is_branched = proof;
    return pulang_exact_ceil(leaves > root ? leaves : root, lg->goal.scale);
}

/* The prices of the only leaf that is left, with those of the sides, prove what the leaf proves. */
static void check_left(test_branches *f, int level) {
    lagrange *lg = &f->lg;
    const lagrange_branches *from = &lg->branches;
    int64_t bound;
    cr_assert_eq(from->depth[from->left], from->n_decided);
    test_branches_turn(f, level);
    for (int t = 0; t < from->n_totals; t++)
        lg->goal.price[t] = llrint(from->price[from->left][t] * (double)lg->goal.scale);
    lagrange_add_sides(lg, (double)lg->goal.scale);
    cr_assert(lagrange_bound(lg, &bound));
    cr_assert_geq(bound, from->least[from->left], "seed %d level %d", f->seed, level);
    cr_assert_leq(bound, lg->value[level] * lg->goal.scale, "seed %d level %d", f->seed, level);
}

/* A side is one or the other of its branch; the other is none. */
static void check_sides(const test_branches *f, int level) {
    const lagrange *lg = &f->lg;
    int at = 0;
    for (int i = 0; i < lg->branches.n_decided; i++) {
        const pulang_branch *branch = &lg->branches.branches[at];
        int t = lg->branches.decided[i];
        cr_assert(t >= lg->n_own && t < lg->problem->n_totals);
        const pulang_total *total = &lg->problem->totals[t];
        const pulang_cut *cut = &f->found->cuts[t - lg->n_own];
        bool below = total->upper <= branch->most, above = total->lower > branch->most;
        cr_assert_neq(below, above, "seed %d level %d", f->seed, level);
        cr_assert(cut->n_groups == 0 && cut->n_parts == 1 && cut->parts[0].n_posts == branch->n_posts);
        for (int j = 0; j < branch->n_posts; j++)
            cr_assert_eq(cut->parts[0].posts[j], branch->posts[j]);
        at = above ? branch->above : branch->below;
    }
    cr_assert_eq(lg->branches.left, at < 0 ? ~at : PULANG_NONE);
}

/* Branches at a level; the sides that they decide are kept. */
static int64_t decide_level(test_branches *f, int level, tally *n) {
    lagrange *lg = &f->lg;
    bool is_branched;
    int n_cuts = f->found->n_cuts;
    int64_t proven = branch_level(f, level, &is_branched);
    n->levels++;
    if (!is_branched)
        return proven;
    cr_assert_eq(lagrange_keep_sides(lg, lg->value[level] * lg->goal.scale), PULANG_OK);
    cr_assert_eq(f->found->n_cuts, lg->problem->n_totals - lg->n_own);
    check_sides(f, level);
    if (lg->branches.n_decided == 0)
        return proven;
    check_plans(f, level, n);
    if (lg->branches.left != PULANG_NONE)
        check_left(f, level);
    n->left += lg->branches.left != PULANG_NONE;
    n->sides += lg->branches.n_decided;
    n->decided++;
    n->again += n_cuts > 0;
    return proven;
}

/* ---- levels after that ---- */

/* What the prices in hand prove of a level, which is never more than its optimum. */
static int64_t sound_bound(test_branches *f, int level) {
    int64_t bound, value = f->optimum->levels[level].value;
    cr_assert(lagrange_bound(&f->lg, &bound), "seed %d level %d", f->seed, level);
    cr_assert_leq(bound, value * f->lg.goal.scale, "seed %d level %d: %ld above %ld", f->seed, level,
                  (long)bound, (long)(value * f->lg.goal.scale));
    return bound;
}

/* Prices from which to begin: none, or those of the leaf that is left, with its level held. */
static void draw_start(test_branches *f, int level, test_random *random) {
    lagrange *lg = &f->lg;
    const lagrange_branches *from = &lg->branches;
    test_branches_turn(f, level);
    if (!from->arena || from->left == PULANG_NONE || draw(random, 0, 2) == 0)
        return;
    double worth = (double)lg->goal.scale * lg->largest[level] / lg->largest[from->level];
    worth = floor(worth * exp2(draw(random, -4, 2)));
    lg->goal.held[from->level] = (int64_t)worth;
    for (int t = 0; t < from->n_totals; t++)
        lg->goal.price[t] = llrint(worth * from->price[from->left][t]);
    lagrange_add_sides(lg, worth);
}

/* Moves the price of a total, often of a side, or of a level that is held. */
static void shift(test_branches *f, int level, test_random *random) {
    lagrange *lg = &f->lg;
    int n_cuts = f->found->n_cuts, last = lg->problem->n_totals - 1;
    double by = (double)lg->goal.scale * lg->largest[level] * exp2(draw(random, -6, 1));
    by = draw(random, 0, 1) ? by : -by;
    if (level > 0 && draw(random, 0, 4) == 0) {
        int l = draw(random, 0, level - 1);
        int64_t held = lg->goal.held[l] + llrint(by / lg->largest[l]);
        lg->goal.held[l] = held > 0 ? held : 0;
        return;
    }
    int t = draw(random, n_cuts > 0 && draw(random, 0, 1) ? lg->n_own : 0, last);
    if (lg->size[t] > 0)
        lg->goal.price[t] += llrint(by / lg->size[t]);
}

/* The bound of the prices in hand were no side decided. */
static int64_t bound_without(test_branches *f) {
    lagrange *lg = &f->lg;
    int64_t lower[LAGRANGE_CUTS], upper[LAGRANGE_CUTS], bound;
    size_t size = (size_t)f->found->n_cuts * sizeof *lower;
    memcpy(lower, lg->lower + lg->n_own, size);
    memcpy(upper, lg->upper + lg->n_own, size);
    for (int c = 0; c < f->found->n_cuts; c++) {
        const pulang_cut_part *part = &f->found->cuts[c].parts[0];
        lg->lower[lg->n_own + c] = lg->upper[lg->n_own + c] = 0;
        for (int i = 0; i < part->n_posts; i++)
            lg->upper[lg->n_own + c] += f->problem->totals[part->posts[i]].upper;
    }
    cr_assert(lagrange_bound(lg, &bound));
    memcpy(lg->lower + lg->n_own, lower, size);
    memcpy(lg->upper + lg->n_own, upper, size);
    return bound;
}

/* Prices of all kinds at a level, of which the best become its step: what they prove. */
static int64_t price_level(test_branches *f, int level, test_random *random, tally *n) {
    lagrange *lg = &f->lg;
    int64_t held[TEST_CROSSING_LEVELS], best;
    size_t prices = (size_t)lg->problem->n_totals * sizeof(int64_t), levels = (size_t)level * sizeof *held;
    int64_t *price = pulang_alloc((size_t)lg->problem->n_totals, sizeof *price);
    bool priced = false;
    cr_assert_not_null(price);
    draw_start(f, level, random);
    best = sound_bound(f, level);
    for (int round = 0; round < ROUNDS; round++) {
        memcpy(price, lg->goal.price, prices);
        memcpy(held, lg->goal.held, levels);
        for (int moves = draw(random, 1, 3); moves > 0; moves--)
            shift(f, level, random);
        int64_t bound = sound_bound(f, level);
        if (bound >= best) {
            best = bound;
            continue;
        }
        memcpy(lg->goal.price, price, prices);
        memcpy(lg->goal.held, held, levels);
    }
    pulang_free(price);
    for (int c = 0; c < f->found->n_cuts; c++)
        priced |= lg->goal.price[lg->n_own + c] != 0;
    n->after += f->found->n_cuts > 0;
    n->priced += priced;
    n->more += best > bound_without(f);
    hold(f, level, sound_bound(f, level));
    test_branches_step(f, PULANG_STEP_LEVEL, level, NULL);
    return pulang_exact_ceil(best, lg->goal.scale);
}

/* ---- whole proofs ---- */

/* is_exact: the verifier narrows as the solver does, and does not know more. */
static void check_certificate(test_branches *f, const int64_t *proven, bool is_exact) {
    pulang_bound bounds[TEST_CROSSING_LEVELS];
    test_branches_verify(f, bounds);
    for (int l = 0; l < f->problem->n_levels; l++) {
        cr_assert(is_exact ? bounds[l].bound == proven[l] : bounds[l].bound >= proven[l],
                  "seed %d level %d: %ld, not %ld", f->seed, l, (long)bounds[l].bound, (long)proven[l]);
        cr_assert_leq(bounds[l].bound, f->optimum->levels[l].value, "seed %d level %d", f->seed, l);
    }
}

/* Branches at all levels that may have them, or at some, and prices at the others. */
static void try_proof(test_branches *f, bool is_exact, tally *n) {
    const pulang_problem *p = f->problem;
    test_random random = {(uint64_t)f->seed};
    int64_t proven[TEST_CROSSING_LEVELS];
    test_branches_step(f, PULANG_STEP_FEASIBLE, PULANG_NONE, NULL);
    for (int l = 0; l < p->n_levels; l++) {
        bool branches = !p->levels[l].arc_cost && (f->found->n_cuts == 0 || draw(&random, 0, 1));
        proven[l] = branches ? decide_level(f, l, n) : price_level(f, l, &random, n);
    }
    n->certificates += f->found->n_cuts > 0;
    check_certificate(f, proven, is_exact);
}

static void try_instance(pulang_instance *instance, int seed, bool is_exact, tally *n) {
    test_branches f;
    test_branches_begin(&f, instance, seed);
    if (test_branches_usable(&f))
        try_proof(&f, is_exact, n);
    test_branches_end(&f);
}

static void tell(const tally *n) {
    cr_log_info("%d sides at %d of %d levels, at %d just one leaf is left, at %d after others; %d plans at "
                "%d; of %d levels after them %d have prices for them, %d would prove less without; %d "
                "certificates",
                n->sides, n->decided, n->levels, n->left, n->again, n->plans, n->checked, n->after, n->priced,
                n->more, n->certificates);
}

Test(lagrange_sides, prove_what_is_true) {
    tally n = {0};
    for (int seed = 1; seed <= SEEDS; seed++)
        try_instance(test_branches_instance(seed, MOST_POSTS), seed, true, &n);
    tell(&n);
    cr_assert_gt(n.decided, 400);
    cr_assert_gt(n.left, 400);
    cr_assert_gt(n.again, 10);
    cr_assert_gt(n.checked, 300);
    cr_assert_gt(n.priced, 500);
    cr_assert_gt(n.more, 500);
    cr_assert_gt(n.certificates, 400);
}

/* Rules of every kind, some of which the verifier knows better: what is proven is true all the same. */
Test(lagrange_sides, hold_with_all_rules) {
    tally n = {0};
    for (int seed = 1; seed <= SEEDS; seed++)
        try_instance(test_crossing_random((uint64_t)seed), seed, false, &n);
    tell(&n);
    cr_assert_gt(n.decided, 40);
    cr_assert_gt(n.checked, 30);
    cr_assert_gt(n.priced, 60);
}

/* ---- room ---- */

/* Whether a branch is on just these posts. */
static bool is_branch(const test_branches *f, int n, const int *posts) {
    for (int b = 0; b < f->lg.branches.n_branches; b++) {
        const pulang_branch *branch = &f->lg.branches.branches[b];
        if (branch->n_posts == n && memcmp(branch->posts, posts, (size_t)n * sizeof *posts) == 0)
            return true;
    }
    return false;
}

/* Counts the heads of other posts than the branches' while there is room, which is no news. */
static void fill_room(test_branches *f) {
    int posts[MANY_POSTS], index;
    for (int mask = 1; f->found->n_cuts < LAGRANGE_CUTS; mask++) {
        int n = test_branches_posts(mask, MANY_POSTS, posts);
        int64_t room = 0;
        for (int i = 0; i < n; i++)
            room += f->problem->totals[posts[i]].upper;
        if (!is_branch(f, n, posts))
            cr_assert_eq(lagrange_cut_heads(&f->lg, n, posts, 0, room, &index), PULANG_OK);
    }
    cr_assert_eq(lagrange_make_parts(&f->lg), PULANG_OK);
}

/* Branches at the first level that has any; then there is no room, and prices at the levels after it. */
static void try_full(test_branches *f, tally *n) {
    lagrange *lg = &f->lg;
    test_random random = {(uint64_t)f->seed};
    int64_t proven[TEST_CROSSING_LEVELS];
    bool is_branched = false;
    int l = 0;
    test_branches_step(f, PULANG_STEP_FEASIBLE, PULANG_NONE, NULL);
    for (; !is_branched && !f->problem->levels[l].arc_cost; l++)
        proven[l] = branch_level(f, l, &is_branched);
    fill_room(f);
    if (is_branched) {
        int level = l - 1;
        int64_t before, after;
        cr_assert_eq(lagrange_keep_sides(lg, lg->value[level] * lg->goal.scale), PULANG_OK);
        for (int i = 0; i < lg->branches.n_decided; i++)
            cr_assert_eq(lg->branches.decided[i], PULANG_NONE);
        cr_assert(lagrange_bound(lg, &before));
        lagrange_add_sides(lg, (double)lg->goal.scale);
        cr_assert(lagrange_bound(lg, &after));
        cr_assert_eq(after, before);
        n->decided += lg->branches.n_decided > 0;
        n->left += lg->branches.left != PULANG_NONE;
        check_plans(f, level, n);
    }
    for (; l < f->problem->n_levels; l++)
        proven[l] = price_level(f, l, &random, n);
    cr_assert_eq(f->found->n_cuts, LAGRANGE_CUTS);
    check_certificate(f, proven, true);
}

Test(lagrange_sides, do_no_harm_without_room) {
    tally n = {0};
    for (int seed = 1; seed <= SEEDS / 3; seed++) {
        test_branches f;
        test_branches_begin(&f, test_branches_instance(seed, MANY_POSTS), seed);
        if (test_branches_usable(&f) && f.problem->n_posts > MOST_POSTS)
            try_full(&f, &n);
        test_branches_end(&f);
    }
    tell(&n);
    cr_assert_gt(n.decided, 30);
    cr_assert_gt(n.left, 30);
}

/* ---- memory ---- */

/* Keeps the sides of the first level that has any, while the k-th allocation fails; how many are decided. */
static int starve(int seed, long k, pulang_status *status) {
    test_branches f;
    int n_decided = 0;
    bool is_branched = false;
    *status = PULANG_OK;
    test_branches_begin(&f, test_branches_instance(seed, MOST_POSTS), seed);
    for (int l = 0; test_branches_usable(&f) && !is_branched && !f.problem->levels[l].arc_cost; l++) {
        branch_level(&f, l, &is_branched);
        if (!is_branched)
            continue;
        pulang_alloc_fail_at(k);
        *status = lagrange_keep_sides(&f.lg, f.lg.value[l] * f.lg.goal.scale);
        pulang_alloc_fail_at(0);
        cr_assert(*status == PULANG_OK || *status == PULANG_ERROR_MEMORY);
        cr_assert_eq(f.found->n_cuts, f.lg.problem->n_totals - f.lg.n_own, "seed %d: %ld", seed, k);
        n_decided = f.lg.branches.n_decided;
    }
    test_branches_end(&f);
    return n_decided;
}

/* Every allocation in turn fails: an error, and nothing is left. */
Test(lagrange_sides, memory_runs_out) {
    int n_decided = 0, n_failed = 0;
    for (int seed = 1; seed <= 60; seed++) {
        pulang_status status = PULANG_ERROR_MEMORY;
        for (long k = 1; status == PULANG_ERROR_MEMORY; k++) {
            int n = starve(seed, k, &status);
            n_decided += status == PULANG_OK ? n : 0;
            n_failed += status != PULANG_OK;
        }
    }
    cr_log_info("%d sides, %d failures", n_decided, n_failed);
    cr_assert_gt(n_decided, 10);
    cr_assert_gt(n_failed, 40);
}
