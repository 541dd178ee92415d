#include "solver/lagrange_crowd.h"

#include "model/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Heads about the mean: so many on either side. */
enum { ABOUT = 3, MOST_SUM = CROWD_WEIGHT * CROWD_HEADS };

pulang_status crowd_init(crowd_set *set, const lagrange *lg, const double *mean, int most_groups) {
    const pulang_problem *p = lg->problem;
    *set = (crowd_set){.mean = mean};
    set->groups = pulang_alloc((size_t)most_groups, sizeof *set->groups);
    set->is_in = pulang_alloc((size_t)p->n_totals, sizeof *set->is_in);
    set->head = pulang_alloc((size_t)p->n_posts, sizeof *set->head);
    set->part = pulang_alloc((size_t)p->n_posts, sizeof *set->part);
    set->sum = pulang_alloc(MOST_SUM + 1, sizeof *set->sum);
    set->next = pulang_alloc(MOST_SUM + 1, sizeof *set->next);
    return set->groups && set->is_in && set->head && set->part && set->sum && set->next ? PULANG_OK
                                                                                        : PULANG_ERROR_MEMORY;
}

void crowd_clear(crowd_set *set) {
    for (int k = 0; k < CROWD_PARTS; k++) {
        pulang_free(set->parts[k].amount);
        pulang_free(set->parts[k].least);
    }
    pulang_free(set->groups);
    pulang_free(set->is_in);
    pulang_free(set->head);
    pulang_free(set->part);
    pulang_free(set->sum);
    pulang_free(set->next);
}

/* ---- parts ---- */

static int find_head(int *head, int post) {
    while (head[post] != post)
        post = head[post] = head[head[post]];
    return post;
}

/* Marks the groups of the set and the posts that somebody may hold. */
static void mark_posts(const lagrange *lg, crowd_set *set) {
    const pulang_problem *p = lg->problem;
    memset(set->is_in, 0, (size_t)lg->n_own * sizeof *set->is_in);
    set->limit = 0;
    for (int j = 0; j < p->n_posts; j++)
        set->head[j] = set->part[j] = PULANG_NONE;
    for (int i = 0; i < set->n_groups; i++) {
        const pulang_total *total = &p->totals[set->groups[i]];
        set->is_in[set->groups[i]] = true;
        set->limit += total->upper;
        for (int k = 0; k < total->n_posts; k++)
            set->head[total->posts[k]] = total->posts[k];
    }
}

/* Joins the posts of every class, and numbers the parts. */
static bool number_parts(const lagrange *lg, crowd_set *set) {
    const pulang_problem *p = lg->problem;
    set->n_parts = 0;
    for (int k = 0; k < p->n_classes; k++) {
        int first = PULANG_NONE;
        for (int a = p->arc_begin[k]; a < p->arc_begin[k + 1]; a++) {
            int post = p->arc_post[a];
            if (set->head[post] == PULANG_NONE)
                continue;
            set->part[post] = 0;
            int head = find_head(set->head, post);
            first = first == PULANG_NONE ? head : find_head(set->head, first);
            set->head[head] = first;
        }
    }
    for (int j = 0; j < p->n_posts; j++) {
        if (set->part[j] == PULANG_NONE || find_head(set->head, j) != j)
            continue;
        if (set->n_parts == CROWD_PARTS)
            return false;
        set->part[j] = set->n_parts++;
    }
    for (int j = 0; j < p->n_posts; j++)
        if (set->part[j] != PULANG_NONE)
            set->part[j] = set->part[find_head(set->head, j)];
    return set->n_parts > 0;
}

/* ---- people ---- */

static int64_t amount_of(const lagrange *lg, const crowd_set *set, int arc) {
    int64_t sum = 0;
    for (size_t i = lg->part_begin[arc]; i < lg->part_begin[arc + 1]; i++) {
        int t = lg->parts[i].total;
        if (t < lg->n_own && set->is_in[t])
            sum += lg->parts[i].steps * lg->unit[t];
    }
    return sum;
}

static int add_free(crowd *c, int64_t amount, int n) {
    void *items = c->amount;
    int failed = pulang_grow(&items, &c->room, (size_t)(c->n + n), sizeof *c->amount);
    c->amount = items;
    for (int i = 0; i < n && !failed; i++)
        c->amount[c->n++] = amount;
    return failed;
}

/* A class has its arcs in one part at most, and elsewhere. */
static int add_class(const lagrange *lg, crowd_set *set, int k) {
    const pulang_problem *p = lg->problem;
    bool elsewhere = !p->bound[k];
    int64_t least = INT64_MAX;
    crowd *c = NULL;
    for (int a = p->arc_begin[k]; a < p->arc_begin[k + 1]; a++) {
        int part = set->part[p->arc_post[a]];
        if (part == PULANG_NONE) {
            elsewhere = true;
            continue;
        }
        int64_t amount = amount_of(lg, set, a);
        least = amount < least ? amount : least;
        c = &set->parts[part];
        c->heads += set->mean[a];
    }
    if (c && elsewhere)
        return add_free(c, least, p->supply[k]);
    if (c) {
        c->n_forced += p->supply[k];
        c->forced += least * p->supply[k];
    }
    return 0;
}

/* What so many heads add at least. */
static int sum_up(crowd *c) {
    void *items = c->least;
    c->low = c->low > c->n_forced ? c->low : c->n_forced;
    c->high = c->high < c->n + c->n_forced ? c->high : c->n + c->n_forced;
    if (c->high > CROWD_HEADS)
        return 0;
    int failed = pulang_grow(&items, &c->least_room, (size_t)c->high + 1, sizeof *c->least);
    c->least = items;
    if (failed)
        return failed;
    if (c->n > 0)
        qsort(c->amount, (size_t)c->n, sizeof *c->amount, lagrange_by_value);
    for (int64_t m = c->n_forced; m <= c->high; m++)
        c->least[m] = m == c->n_forced ? c->forced : c->least[m - 1] + c->amount[m - c->n_forced - 1];
    return 0;
}

pulang_status crowd_gather(const lagrange *lg, crowd_set *set, bool *usable) {
    const pulang_problem *p = lg->problem;
    int64_t heads = 0;
    mark_posts(lg, set);
    *usable = number_parts(lg, set);
    if (!*usable)
        return PULANG_OK;
    for (int k = 0; k < set->n_parts; k++) {
        crowd *c = &set->parts[k];
        *c = (crowd){.amount = c->amount, .room = c->room, .least = c->least, .least_room = c->least_room};
    }
    for (int k = 0; k < p->n_classes; k++)
        if (add_class(lg, set, k))
            return PULANG_ERROR_MEMORY;
    for (int j = 0; j < p->n_posts; j++)
        if (set->part[j] != PULANG_NONE) {
            set->parts[set->part[j]].low += p->totals[j].lower;
            set->parts[set->part[j]].high += p->totals[j].upper;
        }
    for (int k = 0; k < set->n_parts; k++) {
        if (sum_up(&set->parts[k]))
            return PULANG_ERROR_MEMORY;
        heads += set->parts[k].high;
        *usable = *usable && set->parts[k].low <= set->parts[k].high;
    }
    *usable = *usable && heads <= CROWD_HEADS;
    return PULANG_OK;
}

/* ---- the knapsack ---- */

/* The heads of a part that are tried. */
static void range_of(const crowd *c, bool about_mean, int64_t *first, int64_t *last) {
    int64_t from = about_mean ? (int64_t)floor(c->heads) - ABOUT : 0;
    int64_t to = about_mean ? (int64_t)ceil(c->heads) + ABOUT : c->high;
    *first = from > c->low ? from : c->low;
    *last = to < c->high ? to : c->high;
}

/* Takes a part in: the least that sums of weights add, counted from the first heads on. */
static int64_t take_part(const crowd_set *set, int k, int64_t weight, bool about_mean, int64_t most) {
    const crowd *c = &set->parts[k];
    int64_t first, last;
    range_of(c, about_mean, &first, &last);
    int64_t reach = first > last ? most : most + weight * (last - first);
    for (int64_t v = 0; v <= reach; v++)
        set->next[v] = INT64_MAX;
    for (int64_t m = first; m <= last; m++)
        for (int64_t v = 0; v <= most; v++) {
            int64_t *at = &set->next[v + weight * (m - first)];
            if (set->sum[v] <= set->limit - c->least[m] && set->sum[v] + c->least[m] < *at)
                *at = set->sum[v] + c->least[m];
        }
    memcpy(set->sum, set->next, ((size_t)reach + 1) * sizeof *set->sum);
    return reach;
}

int64_t crowd_most(const crowd_set *set, const int64_t *weight, bool about_mean) {
    int64_t most = 0, base = 0;
    set->sum[0] = 0;
    for (int k = 0; k < set->n_parts; k++) {
        int64_t first, last;
        range_of(&set->parts[k], about_mean, &first, &last);
        base += weight[k] * first;
        most = take_part(set, k, weight[k], about_mean, most);
    }
    while (most >= 0 && set->sum[most] == INT64_MAX)
        most--;
    return most < 0 ? -1 : base + most;
}
