/*
 * Cuts on the number of people in the posts of some budgets.
 *
 * The relaxation gives the budgets that bind the people who are paid least, and then has a fraction of a
 * person left over; budgets whose prices are alike share these people. So sets of budgets are looked at: each
 * by itself, neighbours by price, and the dearest so many. The posts of a set fall into parts with nobody in
 * common, and m people in a part add at least what the m cheapest do. What combinations of heads are within
 * the sum of the maxima is then a small knapsack. Of all small weights, those are taken whose sum over the
 * parts is the farthest above what any combination comes to; model/bound_cut.c proves the same from the
 * instance.
 *
 * Relax and cut: Lucena (2005), "Non delayed relax-and-cut algorithms", Annals of Operations Research 140.
 */
#include "solver/lagrange_cut.h"

#include "model/alloc.h"
#include "solver/lagrange_crowd.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Budgets that are looked at. */
enum { RANKED = 12 };
/* What the mean must have beyond the most, for a cut. */
static const double LEAST_BROKEN = 0.1;

/* A budget by what its price costs a person. */
typedef struct ranked {
    int total;
    double worth;
} ranked;

typedef struct finder {
    lagrange *lg;
    crowd_set set;
    double *worth;   /* [n_totals] */
    int64_t *weight; /* [n_posts] scratch */
    ranked rank[RANKED];
    int n_ranked, n_added;
} finder;

/* ---- which budgets ---- */

/* Whether the total has a maximum on amounts none of which is below 0. */
static bool is_budget(const pulang_total *total) {
    for (int i = 0; i < total->n_terms; i++)
        if (total->term_amount[i] < 0)
            return false;
    return total->quota != PULANG_NONE && total->n_terms > 0;
}

static int by_worth(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    return x->worth != y->worth ? (x->worth > y->worth ? -1 : 1) : x->total - y->total;
}

/* What every budget is worth to a person: by its price, and by those of the cuts that it is in. */
static void weigh_budgets(finder *f) {
    const lagrange *lg = f->lg;
    for (int i = 0; i < lg->n_crossing; i++) {
        int t = lg->crossing[i];
        f->worth[t] += fmax(0, (double)lg->goal.price[t] * lg->size[t]);
        if (t < lg->n_own)
            continue;
        for (int k = 0; k < lg->cut_groups[t - lg->n_own].n; k++)
            f->worth[lg->cut_groups[t - lg->n_own].items[k]] += fmax(0, (double)lg->goal.price[t]);
    }
}

static void rank_budgets(finder *f) {
    const lagrange *lg = f->lg;
    weigh_budgets(f);
    for (int t = 0; t < lg->n_own; t++) {
        if (f->worth[t] <= 0 || !lg->crosses[t] || !is_budget(&lg->problem->totals[t]))
            continue;
        ranked last = {t, f->worth[t]};
        if (f->n_ranked < RANKED)
            f->rank[f->n_ranked++] = last;
        else if (by_worth(&last, &f->rank[RANKED - 1]) < 0)
            f->rank[RANKED - 1] = last;
        qsort(f->rank, (size_t)f->n_ranked, sizeof *f->rank, by_worth);
    }
}

/* ---- which weights ---- */

static int64_t divisor(const int64_t *weight, int n) {
    int64_t gcd = 0;
    for (int k = 0; k < n; k++)
        for (int64_t a = weight[k]; a != 0;) {
            int64_t rest = gcd % a;
            gcd = a;
            a = rest;
        }
    return gcd;
}

/* The next weights, as the digits of a number. */
static bool next_weights(int64_t *weight, int n) {
    for (int k = 0; k < n; k++) {
        if (weight[k] < CROWD_WEIGHT) {
            weight[k]++;
            return true;
        }
        weight[k] = 0;
    }
    return false;
}

/* How far the mean is beyond the most, for the length of the weights. */
static double depth(const crowd_set *set, const int64_t *weight, int64_t most) {
    double sum = -(double)most, square = 0;
    for (int k = 0; k < set->n_parts; k++) {
        sum += (double)weight[k] * set->parts[k].heads;
        square += (double)(weight[k] * weight[k]);
    }
    return sum < LEAST_BROKEN ? 0 : sum / sqrt(square);
}

/* The weights that cut deepest, judged by combinations of heads about the mean. */
static double choose_weights(const crowd_set *set, int64_t *best) {
    int64_t weight[CROWD_PARTS] = {0};
    double deepest = 0;
    while (next_weights(weight, set->n_parts)) {
        if (divisor(weight, set->n_parts) != 1)
            continue;
        int64_t most = crowd_most(set, weight, true);
        double deep = most < 0 ? 0 : depth(set, weight, most);
        if (deep <= deepest + 1e-9)
            continue;
        deepest = deep;
        memcpy(best, weight, sizeof weight);
    }
    return deepest;
}

/* ---- the cut ---- */

/* The posts and terms of the total: heads of post j by weight[j], 0: not in it. */
static pulang_status fill_total(const lagrange *lg, const int64_t *weight, pulang_total *total) {
    const pulang_problem *p = lg->problem;
    size_t n_terms = 0;
    for (int a = 0; a < p->n_arcs; a++)
        n_terms += weight[p->arc_post[a]] > 0;
    total->posts = pulang_arena_alloc(lg->arena, (size_t)p->n_posts, sizeof *total->posts);
    total->term_arc = pulang_arena_alloc(lg->arena, n_terms, sizeof *total->term_arc);
    total->term_amount = pulang_arena_alloc(lg->arena, n_terms, sizeof *total->term_amount);
    if (!total->posts || !total->term_arc || !total->term_amount)
        return PULANG_ERROR_MEMORY;
    for (int j = 0; j < p->n_posts; j++)
        if (weight[j] > 0)
            total->posts[total->n_posts++] = j;
    for (int a = 0; a < p->n_arcs; a++)
        if (weight[p->arc_post[a]] > 0) {
            total->term_arc[total->n_terms] = a;
            total->term_amount[total->n_terms++] = weight[p->arc_post[a]];
        }
    return PULANG_OK;
}

/* What the certificate says of the cut. */
static pulang_status describe(const lagrange *lg, const crowd_set *set, const int64_t *weight,
                              pulang_cut *cut) {
    const pulang_problem *p = lg->problem;
    cut->quotas = pulang_arena_alloc(lg->solution->cut_arena, (size_t)set->n_groups, sizeof *cut->quotas);
    cut->keys = pulang_arena_alloc(lg->solution->cut_arena, (size_t)set->n_groups, sizeof *cut->keys);
    cut->parts = pulang_arena_alloc(lg->solution->cut_arena, (size_t)set->n_parts, sizeof *cut->parts);
    if (!cut->quotas || !cut->keys || !cut->parts)
        return PULANG_ERROR_MEMORY;
    for (int i = 0; i < set->n_groups; i++, cut->n_groups++) {
        cut->quotas[i] = p->totals[set->groups[i]].quota;
        cut->keys[i] = p->totals[set->groups[i]].key;
    }
    for (int k = 0; k < set->n_parts; k++, cut->n_parts++) {
        pulang_cut_part *part = &cut->parts[k];
        part->weight = weight[k];
        part->posts = pulang_arena_alloc(lg->solution->cut_arena, (size_t)p->n_posts, sizeof *part->posts);
        if (!part->posts)
            return PULANG_ERROR_MEMORY;
        for (int j = 0; j < p->n_posts; j++)
            if (set->part[j] == k)
                part->posts[part->n_posts++] = j;
    }
    return PULANG_OK;
}

/* Whether there is a total with the same terms and a bound as tight. */
static bool is_there(const lagrange *lg, const pulang_total *cut) {
    for (int t = lg->n_own; t < lg->problem->n_totals; t++) {
        const pulang_total *other = &lg->problem->totals[t];
        size_t n = (size_t)cut->n_terms;
        if (other->n_terms == cut->n_terms && other->upper <= cut->upper &&
            memcmp(other->term_arc, cut->term_arc, n * sizeof *cut->term_arc) == 0 &&
            memcmp(other->term_amount, cut->term_amount, n * sizeof *cut->term_amount) == 0)
            return true;
    }
    return false;
}

static pulang_total new_total(int64_t lower, int64_t upper) {
    return (pulang_total){.post = PULANG_NONE,
                          .quota = PULANG_NONE,
                          .name = "cut",
                          .key = "",
                          .unit = 1,
                          .lower = lower,
                          .upper = upper};
}

static void add(lagrange *lg, const pulang_total *total, const pulang_cut *cut) {
    lg->solution->cuts[lg->solution->n_cuts++] = *cut;
    lagrange_add_total(lg, total);
}

static pulang_status take_cut(finder *f, const int64_t *weight, int64_t most) {
    lagrange *lg = f->lg;
    const crowd_set *set = &f->set;
    pulang_total total = new_total(0, most);
    pulang_cut cut = {0};
    for (int j = 0; j < lg->problem->n_posts; j++)
        f->weight[j] = set->part[j] == PULANG_NONE ? 0 : weight[set->part[j]];
    if (fill_total(lg, f->weight, &total) != PULANG_OK || describe(lg, set, weight, &cut) != PULANG_OK)
        return PULANG_ERROR_MEMORY;
    if (is_there(lg, &total))
        return PULANG_OK;
    pulang_ints *groups = &lg->cut_groups[lg->extended.n_totals - lg->n_own];
    groups->items = pulang_arena_alloc(lg->arena, (size_t)set->n_groups, sizeof *groups->items);
    if (!groups->items)
        return PULANG_ERROR_MEMORY;
    memcpy(groups->items, set->groups, (size_t)set->n_groups * sizeof *groups->items);
    groups->n = set->n_groups;
    add(lg, &total, &cut);
    f->n_added++;
    return PULANG_OK;
}

/* Looks at the budgets ranked first to last together. */
static pulang_status try_set(finder *f, int first, int last) {
    const lagrange *lg = f->lg;
    int64_t weight[CROWD_PARTS] = {0};
    f->set.n_groups = 0;
    for (int i = first; i <= last; i++)
        f->set.groups[f->set.n_groups++] = f->rank[i].total;
    bool usable = false;
    pulang_status status = crowd_gather(lg, &f->set, &usable);
    if (status != PULANG_OK || !usable || choose_weights(&f->set, weight) <= 0)
        return status;
    int64_t most = crowd_most(&f->set, weight, false);
    return most >= 0 && depth(&f->set, weight, most) > 0 ? take_cut(f, weight, most) : PULANG_OK;
}

static bool has_room(const lagrange *lg) {
    return lg->extended.n_totals - lg->n_own < LAGRANGE_CUTS;
}

static pulang_status try_all(finder *f) {
    pulang_status status = PULANG_OK;
    for (int i = 0; i < f->n_ranked && has_room(f->lg) && status == PULANG_OK; i++) {
        status = try_set(f, i, i);
        if (status == PULANG_OK && i > 0 && has_room(f->lg))
            status = try_set(f, 0, i);
        if (status == PULANG_OK && i > 1 && has_room(f->lg))
            status = try_set(f, i - 1, i);
    }
    return status;
}

/* The first time. */
static pulang_status make_room(lagrange *lg) {
    if (lg->solution->cuts)
        return PULANG_OK;
    if (!lg->solution->cut_arena)
        lg->solution->cut_arena = pulang_arena_new();
    if (!lg->solution->cut_arena)
        return PULANG_ERROR_MEMORY;
    lg->solution->cuts =
        pulang_arena_alloc(lg->solution->cut_arena, LAGRANGE_CUTS, sizeof *lg->solution->cuts);
    return lg->solution->cuts ? PULANG_OK : PULANG_ERROR_MEMORY;
}

pulang_status lagrange_cut_add(lagrange *lg, const double *mean, int *n_added) {
    finder f = {.lg = lg,
                .worth = pulang_alloc((size_t)lg->problem->n_totals, sizeof *f.worth),
                .weight = pulang_alloc((size_t)lg->problem->n_posts, sizeof *f.weight)};
    pulang_status status = f.worth && f.weight ? make_room(lg) : PULANG_ERROR_MEMORY;
    *n_added = 0;
    if (status == PULANG_OK)
        status = crowd_init(&f.set, lg, mean, RANKED);
    if (status == PULANG_OK) {
        rank_budgets(&f);
        status = try_all(&f);
    }
    if (status == PULANG_OK && f.n_added > 0)
        status = lagrange_make_parts(lg);
    *n_added = f.n_added;
    crowd_clear(&f.set);
    pulang_free(f.worth);
    pulang_free(f.weight);
    return status;
}

/* ---- heads alone ---- */

/* Takes the posts, all of weight 1, as the only part of a cut over no budgets. */
static pulang_status describe_heads(lagrange *lg, int n, const int *posts, pulang_cut *cut) {
    pulang_arena *arena = lg->solution->cut_arena;
    cut->quotas = pulang_arena_alloc(arena, 0, sizeof *cut->quotas);
    cut->keys = pulang_arena_alloc(arena, 0, sizeof *cut->keys);
    cut->parts = pulang_arena_alloc(arena, 1, sizeof *cut->parts);
    int *copy = pulang_arena_alloc(arena, (size_t)n, sizeof *copy);
    if (!cut->quotas || !cut->keys || !cut->parts || !copy)
        return PULANG_ERROR_MEMORY;
    memcpy(copy, posts, (size_t)n * sizeof *copy);
    cut->n_parts = 1;
    cut->parts[0] = (pulang_cut_part){.weight = 1, .n_posts = n, .posts = copy};
    return PULANG_OK;
}

/* The cut that counts the heads of the posts, PULANG_NONE: there is none yet. */
static int find_heads(const lagrange *lg, int n, const int *posts) {
    for (int c = 0; c < lg->solution->n_cuts; c++) {
        const pulang_cut *cut = &lg->solution->cuts[c];
        if (cut->n_groups == 0 && cut->parts[0].n_posts == n &&
            memcmp(cut->parts[0].posts, posts, (size_t)n * sizeof *posts) == 0)
            return lg->n_own + c;
    }
    return PULANG_NONE;
}

pulang_status lagrange_cut_heads(lagrange *lg, int n, const int *posts, int64_t lower, int64_t upper,
                                 int *index) {
    *index = find_heads(lg, n, posts);
    if (*index != PULANG_NONE) {
        pulang_total *there = &lg->extended.totals[*index];
        there->lower = lower > there->lower ? lower : there->lower;
        there->upper = upper < there->upper ? upper : there->upper;
        lg->lower[*index] = there->lower > lg->lower[*index] ? there->lower : lg->lower[*index];
        lg->upper[*index] = there->upper < lg->upper[*index] ? there->upper : lg->upper[*index];
        return PULANG_OK;
    }
    pulang_total total = new_total(lower, upper);
    pulang_cut cut = {0};
    int64_t *weight = pulang_alloc((size_t)lg->problem->n_posts, sizeof *weight);
    pulang_status status = weight ? make_room(lg) : PULANG_ERROR_MEMORY;
    for (int i = 0; i < n && status == PULANG_OK; i++)
        weight[posts[i]] = 1;
    if (status == PULANG_OK && has_room(lg)) {
        status = fill_total(lg, weight, &total);
        if (status == PULANG_OK)
            status = describe_heads(lg, n, posts, &cut);
        if (status == PULANG_OK) {
            *index = lg->extended.n_totals;
            add(lg, &total, &cut);
        }
    }
    pulang_free(weight);
    return status;
}
