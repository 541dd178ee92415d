/*
 * The range of a cut: the most that the parts of a cut (model/certificate.h) can count within the maxima of
 * its groups. Whoever they are, m people in the posts of a part add at least
 *
 *   what those add who have no choice outside the part and must be placed, and the least of the others up to
 * m
 *
 * to the groups. With that as the price of m heads it is a knapsack over the parts, solved by dynamic
 * programming over what has been counted: the least that each sum of weights adds. Persons with choices in
 * two parts may be taken twice, which can only make it more. Time: counted * heads for each part.
 * A cut without groups counts at most what the posts of its parts hold.
 *
 * Crowder, Johnson and Padberg, Operations Research 31, 1983: cuts from a single row, which here is a sum of
 * rows.
 */
#include "model/alloc.h"
#include "model/bound_step.h"
#include "model/error.h"
#include "model/exact.h"

#include <stdlib.h>
#include <string.h>

/* What a cut may count at most. */
enum { MOST_COUNTED = 50000 };

/* Who may be in a part, and how many of them. */
typedef struct crowd {
    int64_t *amount; /* [n] the least that a person adds, ascending after sort */
    int n, n_forced;
    int64_t forced; /* what those add who must be in it */
    int64_t low, high;
} crowd;

typedef struct knapsack {
    bound_step *step;
    const pulang_cut *cut;
    bool *counts;      /* [n_groups] a group of the cut */
    int *part;         /* [n_posts] PULANG_NONE: in none */
    int64_t *least_in; /* [n_parts] of the person in hand; INT64_MAX: no choice in the part */
    crowd *crowds;     /* [n_parts] */
    int64_t room;
} knapsack;

/* ---- who may be where ---- */

/* What the person adds to the groups of the cut in a post. False: less than nothing to one of them. */
static bool amount_in(const knapsack *s, int person, int post, int64_t *sum) {
    const pulang_relaxation *relaxation = s->step->relaxation;
    *sum = 0;
    for (int i = relaxation->groups_begin[post]; i < relaxation->groups_begin[post + 1]; i++) {
        int group = relaxation->group_of[i];
        if (!s->counts[group])
            continue;
        int64_t amount = pulang_relaxation_amount(relaxation, group, person, post);
        if (amount < 0)
            return false;
        *sum = pulang_exact_add(*sum, amount, &s->step->overflow);
    }
    return true;
}

static bool add_person(knapsack *s, int person) {
    const pulang_relaxation *relaxation = s->step->relaxation;
    bool outside = relaxation->may_stay_out[person];
    for (int k = 0; k < s->cut->n_parts; k++)
        s->least_in[k] = INT64_MAX;
    for (size_t i = relaxation->begin[person]; i < relaxation->end[person]; i++) {
        int post = relaxation->posts[i], k = s->part[post];
        int64_t amount;
        if (!amount_in(s, person, post, &amount))
            return false;
        if (k == PULANG_NONE)
            outside = true;
        else
            s->least_in[k] = amount < s->least_in[k] ? amount : s->least_in[k];
    }
    int n = outside ? 2 : 0;
    for (int k = 0; k < s->cut->n_parts; k++)
        n += s->least_in[k] != INT64_MAX;
    for (int k = 0; k < s->cut->n_parts; k++) {
        crowd *c = &s->crowds[k];
        if (s->least_in[k] == INT64_MAX)
            continue;
        if (n > 1) {
            c->amount[c->n++] = s->least_in[k];
            continue;
        }
        c->n_forced++;
        c->forced = pulang_exact_add(c->forced, s->least_in[k], &s->step->overflow);
    }
    return true;
}

static int by_amount(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* How many heads the posts of a part leave room for. */
static void limit_heads(const knapsack *s, int k) {
    const pulang_cut_part *part = &s->cut->parts[k];
    crowd *c = &s->crowds[k];
    for (int i = 0; i < part->n_posts; i++) {
        const pulang_range *range = &s->step->relaxation->ranges[part->posts[i]];
        c->low += range->lower;
        c->high += range->upper;
    }
    c->low = c->low > c->n_forced ? c->low : c->n_forced;
    c->high = c->high < c->n + c->n_forced ? c->high : c->n + c->n_forced;
    qsort(c->amount, (size_t)c->n, sizeof *c->amount, by_amount);
}

static pulang_status gather(knapsack *s, pulang_error *error) {
    int n_persons = s->step->instance->n_persons;
    for (int k = 0; k < s->cut->n_parts; k++)
        if (!(s->crowds[k].amount = pulang_alloc((size_t)n_persons, sizeof *s->crowds[k].amount)))
            return pulang_fail_memory(error);
    for (int p = 0; p < n_persons; p++)
        if (!add_person(s, p))
            return pulang_fail(error, PULANG_ERROR_INPUT,
                               _("the certificate has a cut over a quota that counts below 0"));
    for (int k = 0; k < s->cut->n_parts; k++)
        limit_heads(s, k);
    return PULANG_OK;
}

/* ---- what it states ---- */

/* Marks the groups and the posts; the sum of the maxima. False: something that does not exist, or a post in
   two parts. */
static bool read_cut(knapsack *s) {
    const pulang_relaxation *relaxation = s->step->relaxation;
    const pulang_cut *cut = s->cut;
    int n_posts = s->step->instance->n_posts;
    bool *overflow = &s->step->overflow;
    for (int i = 0; i < cut->n_groups; i++) {
        int group = pulang_relaxation_group(relaxation, cut->quotas[i], cut->keys[i]);
        if (group == PULANG_NONE || s->counts[group])
            return false;
        const pulang_range *range = &relaxation->ranges[n_posts + group];
        s->counts[group] = true;
        s->room =
            pulang_exact_add(s->room, pulang_exact_multiply(range->upper, range->unit, overflow), overflow);
    }
    for (int j = 0; j < n_posts; j++)
        s->part[j] = PULANG_NONE;
    for (int k = 0; k < cut->n_parts; k++)
        for (int i = 0; i < cut->parts[k].n_posts; i++) {
            int post = cut->parts[k].posts[i];
            if (post < 0 || post >= n_posts || s->part[post] != PULANG_NONE || cut->parts[k].weight < 0)
                return false;
            s->part[post] = k;
        }
    return true;
}

/* ---- the knapsack ---- */

/* Takes a part in: next[v] from least[v], what has been counted up to most. */
static void take_part(const crowd *c, int64_t weight, int64_t most, const int64_t *least, int64_t *next,
                      bool *overflow) {
    int64_t amount = c->forced;
    for (int64_t v = 0; v <= most; v++)
        next[v] = INT64_MAX;
    for (int64_t m = c->n_forced; m <= c->high; m++) {
        if (m > c->n_forced)
            amount = pulang_exact_add(amount, c->amount[m - c->n_forced - 1], overflow);
        for (int64_t v = m * weight; m >= c->low && v <= most; v++) {
            if (least[v - m * weight] == INT64_MAX)
                continue;
            int64_t sum = pulang_exact_add(least[v - m * weight], amount, overflow);
            next[v] = sum < next[v] ? sum : next[v];
        }
    }
}

/* The most that can be counted, -1: the parts do not even hold what they must. */
static int64_t fill(const knapsack *s, int64_t most, int64_t *least, int64_t *next) {
    for (int64_t v = 0; v <= most; v++)
        least[v] = v == 0 ? 0 : INT64_MAX;
    for (int k = 0; k < s->cut->n_parts; k++) {
        take_part(&s->crowds[k], s->cut->parts[k].weight, most, least, next, &s->step->overflow);
        memcpy(least, next, ((size_t)most + 1) * sizeof *least);
    }
    while (most >= 0 && least[most] > s->room)
        most--;
    return most;
}

static pulang_status solve(const knapsack *s, pulang_range *range, pulang_error *error) {
    bool over = false;
    int64_t most = 0;
    for (int k = 0; k < s->cut->n_parts; k++) {
        int64_t high = s->crowds[k].high > 0 ? s->crowds[k].high : 0;
        most = pulang_exact_add(most, pulang_exact_multiply(s->cut->parts[k].weight, high, &over), &over);
    }
    if (over || most > MOST_COUNTED)
        return pulang_fail(error, PULANG_ERROR_LIMIT, _("the certificate has a cut that counts too much"));
    int64_t *least = pulang_alloc((size_t)most + 1, sizeof *least);
    int64_t *next = pulang_alloc((size_t)most + 1, sizeof *next);
    pulang_status status = least && next ? PULANG_OK : pulang_fail_memory(error);
    if (status == PULANG_OK)
        *range = (pulang_range){.unit = 1, .lower = 0, .upper = fill(s, most, least, next)};
    pulang_free(least);
    pulang_free(next);
    return status;
}

/* Where no group limits what is counted. */
static void count_all(bound_step *step, const pulang_cut *cut, pulang_range *range) {
    bool *overflow = &step->overflow;
    *range = (pulang_range){.unit = 1};
    for (int k = 0; k < cut->n_parts; k++)
        for (int i = 0; i < cut->parts[k].n_posts; i++) {
            int64_t heads = step->relaxation->ranges[cut->parts[k].posts[i]].upper;
            int64_t counted = pulang_exact_multiply(cut->parts[k].weight, heads, overflow);
            range->upper = pulang_exact_add(range->upper, counted, overflow);
        }
}

static pulang_status bound_cut(bound_step *step, const pulang_cut *cut, pulang_range *range,
                               pulang_error *error) {
    knapsack s = {.step = step, .cut = cut};
    s.counts = pulang_alloc((size_t)step->relaxation->n_groups, sizeof *s.counts);
    s.part = pulang_alloc((size_t)step->instance->n_posts, sizeof *s.part);
    s.least_in = pulang_alloc((size_t)cut->n_parts, sizeof *s.least_in);
    s.crowds = pulang_alloc((size_t)cut->n_parts, sizeof *s.crowds);
    pulang_status status = PULANG_OK;
    if (!s.counts || !s.part || !s.least_in || !s.crowds)
        status = pulang_fail_memory(error);
    else if (!read_cut(&s))
        status = pulang_fail(error, PULANG_ERROR_INPUT,
                             _("the certificate has a cut over something that does not exist"));
    if (status == PULANG_OK && cut->n_groups == 0)
        count_all(step, cut, range);
    else if (status == PULANG_OK && (status = gather(&s, error)) == PULANG_OK)
        status = solve(&s, range, error);
    for (int k = 0; s.crowds && k < cut->n_parts; k++)
        pulang_free(s.crowds[k].amount);
    pulang_free(s.counts);
    pulang_free(s.part);
    pulang_free(s.least_in);
    pulang_free(s.crowds);
    return status;
}

pulang_status bound_cuts_init(bound_step *step, pulang_error *error) {
    pulang_relaxation *relaxation = step->relaxation;
    size_t n = (size_t)relaxation->n_totals;
    pulang_range *ranges = pulang_alloc(n + (size_t)step->n_cuts, sizeof *ranges);
    if (!ranges)
        return pulang_fail_memory(error);
    memcpy(ranges, relaxation->ranges, n * sizeof *ranges);
    pulang_free(relaxation->ranges);
    relaxation->ranges = ranges;
    pulang_status status = PULANG_OK;
    for (int c = 0; status == PULANG_OK && c < step->n_cuts; c++)
        status = bound_cut(step, &step->cuts[c], &ranges[n + (size_t)c], error);
    return status;
}
