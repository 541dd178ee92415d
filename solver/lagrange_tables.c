#include "solver/lagrange_moves.h"

#include "model/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What is broken costs so much of the largest cost at first beyond its price: little, so that the start is
   not torn apart. */
static const double FIRST_PRICE = 0.005, FIRST_EDGE = 0.2;

void search_set_start(lagrange_search *s, const int *flow) {
    const pulang_problem *p = s->problem;
    memset(s->steps, 0, (size_t)p->n_totals * sizeof *s->steps);
    for (int j = 0; j < p->n_posts; j++)
        s->head[j] = -1;
    for (int l = 0; l < s->n_levels; l++)
        s->cost[l] = 0;
    for (int k = 0, m = 0; k < p->n_classes; k++) {
        int end = m + p->supply[k];
        for (int a = p->arc_begin[k]; a < p->arc_begin[k + 1]; a++)
            for (int i = 0; i < flow[a] && m < end; i++) {
                s->arc[m] = a;
                search_enter(s, m, p->arc_post[a]);
                search_touch_arc(s, a, 1);
                for (int t = 0; t < s->n_touched; t++)
                    s->steps[s->touched[t]] += s->by[t];
                search_touch_none(s);
                m++;
            }
        while (m < end)
            s->arc[m++] = PULANG_NONE;
    }
    for (int m = 0; m < s->n_members; m++)
        for (int l = 0; l < s->n_levels; l++)
            s->cost[l] += search_arc_cost(s, l, s->arc[m]);
    for (int t = 0; t < p->n_totals; t++)
        for (int l = 0; l < s->n_levels && p->totals[t].n_pieces > 0; l++)
            s->cost[l] += p->levels[l].largest ? 0 : search_level_cost(s, l, t, s->steps[t]);
    for (int g = 0; g < s->lg->n_teams; g++)
        s->apart[g] = search_is_apart(s, g, NULL, 0);
    for (int t = 0; t < p->n_totals; t++)
        search_renew_excess(s, t);
    for (int m = 0; m < s->n_members; m++)
        s->above[m] = search_reduced_of(s, s->arc[m]) - s->least[s->class_of[m]];
}

typedef struct ranked {
    int64_t reduced;
    int arc;
} ranked;

static int by_reduced(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    if (x->reduced != y->reduced)
        return x->reduced < y->reduced ? -1 : 1;
    return (x->arc > y->arc) - (x->arc < y->arc);
}

static bool rank_candidates(lagrange_search *s) {
    const lagrange *lg = s->lg;
    ranked *ranks = pulang_alloc((size_t)s->problem->n_posts, sizeof *ranks);
    for (int k = 0; ranks && k < s->problem->n_classes; k++) {
        int begin = lg->near_begin[k], n = lg->near_begin[k + 1] - begin;
        for (int i = 0; i < n; i++)
            ranks[i] = (ranked){lagrange_reduced(lg, lg->near[begin + i]), lg->near[begin + i]};
        qsort(ranks, (size_t)n, sizeof *ranks, by_reduced);
        s->candidate_begin[k + 1] = begin + n;
        for (int i = 0; i < n; i++) {
            s->candidate[begin + i] = ranks[i].arc;
            s->rank[begin + i] = (double)(ranks[i].reduced - ranks[0].reduced) / (double)lg->goal.scale;
        }
        s->least[k] = n > 0 ? (double)ranks[0].reduced / (double)lg->goal.scale : 0;
    }
    pulang_free(ranks);
    return ranks != NULL;
}

static void list_comers(lagrange_search *s) {
    const pulang_problem *p = s->problem;
    int n = s->candidate_begin[p->n_classes];
    for (int i = 0; i < n; i++)
        s->comer_begin[p->arc_post[s->candidate[i]]]++;
    for (int j = 0, sum = 0; j <= p->n_posts; j++)
        s->comer_begin[j] = sum += j < p->n_posts ? s->comer_begin[j] : 0;
    for (int k = p->n_classes - 1; k >= 0; k--)
        for (int i = s->candidate_begin[k + 1] - 1; i >= s->candidate_begin[k]; i--) {
            int at = --s->comer_begin[p->arc_post[s->candidate[i]]];
            s->comer[at] = i;
            s->comer_class[at] = k;
        }
}

/* Tables of what posts cost, and which uniform totals count them. */
static bool make_tables(lagrange_search *s) {
    const pulang_problem *p = s->problem;
    size_t sum = 0;
    for (int t = 0; t < p->n_totals; t++) {
        bool small = p->totals[t].uniform && p->totals[t].n_pieces > 0 && s->lg->upper[t] < 4096;
        s->table_begin[t] = small ? (int)sum : PULANG_NONE;
        sum += small ? (size_t)(s->lg->upper[t] + 2) * (size_t)s->n_levels : 0;
        for (int i = 0; t >= p->n_posts && p->totals[t].uniform && i < p->totals[t].n_posts; i++)
            s->group_begin[p->totals[t].posts[i]]++;
    }
    s->table = pulang_alloc(sum, sizeof *s->table);
    int n = 0;
    for (int j = 0; j <= p->n_posts; j++)
        s->group_begin[j] = n += j < p->n_posts ? s->group_begin[j] : 0;
    s->group = pulang_alloc((size_t)n, sizeof *s->group);
    if (!s->table || !s->group)
        return false;
    for (int t = p->n_totals - 1; t >= p->n_posts; t--)
        for (int i = 0; p->totals[t].uniform && i < p->totals[t].n_posts; i++)
            s->group[--s->group_begin[p->totals[t].posts[i]]] = t;
    for (int t = 0; t < p->n_totals; t++)
        for (int64_t m = 0; s->table_begin[t] >= 0 && m <= s->lg->upper[t] + 1; m++)
            for (int l = 0; l < s->n_levels; l++)
                s->table[s->table_begin[t] + m * s->n_levels + l] =
                    p->levels[l].largest ? 0 : search_level_cost(s, l, t, m);
    return true;
}

void search_set_prices(lagrange_search *s) {
    const lagrange *lg = s->lg;
    double unit = 0;
    for (int l = 0; l < s->n_levels; l++)
        unit = fmax(unit, FIRST_PRICE * fmax(search_weight(s, l), 0.01) * lg->largest[l]);
    s->firm = 10 * unit / FIRST_PRICE;
    for (int l = 0; l < s->n_levels; l++)
        s->hold_price[l] = unit / lg->largest[l] + (double)lg->goal.held[l] / (double)lg->goal.scale;
    for (int t = 0; t < s->problem->n_totals; t++)
        s->price[t] = unit / fmax(1, lg->size[t]) + fabs((double)lg->goal.price[t]) / (double)lg->goal.scale;
    s->edge = FIRST_EDGE;
    s->team_price = unit;
    for (int g = 0; g < lg->n_teams; g++) {
        double saved = (double)lg->least[lg->member[lg->team_begin[g]]] / (double)lg->goal.scale;
        for (int i = lg->team_begin[g]; i < lg->team_begin[g + 1]; i++)
            saved -= s->least[lg->member[i]];
        s->team_price = fmax(s->team_price, saved);
    }
}

static bool allocate(lagrange_search *s) {
    const pulang_problem *p = s->problem;
    size_t members = (size_t)s->n_members, posts = (size_t)p->n_posts, totals = (size_t)p->n_totals;
    size_t levels = (size_t)s->n_levels, near = (size_t)s->lg->near_begin[p->n_classes];
    s->class_of = pulang_alloc(members, sizeof *s->class_of);
    s->first_member = pulang_alloc((size_t)p->n_classes, sizeof *s->first_member);
    s->arc = pulang_alloc(members, sizeof *s->arc);
    s->best_arc = pulang_alloc(members, sizeof *s->best_arc);
    s->head = pulang_alloc(posts, sizeof *s->head);
    s->next = pulang_alloc(members, sizeof *s->next);
    s->prev = pulang_alloc(members, sizeof *s->prev);
    s->group_begin = pulang_alloc(posts + 1, sizeof *s->group_begin);
    s->candidate_begin = pulang_alloc((size_t)p->n_classes + 1, sizeof *s->candidate_begin);
    s->candidate = pulang_alloc(near, sizeof *s->candidate);
    s->rank = pulang_alloc(near, sizeof *s->rank);
    s->least = pulang_alloc((size_t)p->n_classes, sizeof *s->least);
    s->label = pulang_alloc(posts, sizeof *s->label);
    s->open = pulang_alloc(posts, sizeof *s->open);
    s->steps = pulang_alloc(totals, sizeof *s->steps);
    s->price = pulang_alloc(totals, sizeof *s->price);
    s->table_begin = pulang_alloc(totals, sizeof *s->table_begin);
    s->slot = pulang_alloc(totals, sizeof *s->slot);
    s->excess = pulang_alloc(totals, sizeof *s->excess);
    s->lowest = pulang_alloc(totals, sizeof *s->lowest);
    s->above = pulang_alloc(members, sizeof *s->above);
    s->fresh = pulang_alloc(posts, sizeof *s->fresh);
    s->is_fresh = pulang_alloc(posts, sizeof *s->is_fresh);
    s->comer_begin = pulang_alloc(posts + 1, sizeof *s->comer_begin);
    s->comer = pulang_alloc(near, sizeof *s->comer);
    s->comer_class = pulang_alloc(near, sizeof *s->comer_class);
    s->cost = pulang_alloc(levels, sizeof *s->cost);
    s->hold_price = pulang_alloc(levels, sizeof *s->hold_price);
    s->apart = pulang_alloc((size_t)s->lg->n_teams, sizeof *s->apart);
    s->back = pulang_alloc((size_t)p->n_classes, sizeof *s->back);
    s->back_of = pulang_alloc((size_t)p->n_classes, sizeof *s->back_of);
    return s->class_of && s->first_member && s->arc && s->best_arc && s->head && s->next && s->prev &&
           s->group_begin && s->candidate_begin && s->candidate && s->rank && s->least && s->label &&
           s->open && s->steps && s->price && s->table_begin && s->slot && s->excess && s->lowest &&
           s->above && s->fresh && s->is_fresh && s->comer_begin && s->comer && s->comer_class && s->cost &&
           s->hold_price && s->apart && s->back && s->back_of;
}

lagrange_search *lagrange_search_new(const lagrange *lg, uint32_t seed) {
    const pulang_problem *p = lg->problem;
    lagrange_search *s = pulang_alloc(1, sizeof *s);
    if (!s)
        return NULL;
    *s = (lagrange_search){.lg = lg, .problem = p, .random = seed, .n_levels = lg->goal.level + 1};
    for (int k = 0; k < p->n_classes; k++)
        s->n_members += p->supply[k];
    if (s->n_levels > SEARCH_LEVELS || !allocate(s) || !make_tables(s) || !rank_candidates(s)) {
        lagrange_search_free(s);
        return NULL;
    }
    for (int k = 0, m = 0; k < p->n_classes; k++) {
        s->first_member[k] = m;
        for (int i = 0; i < p->supply[k]; i++, m++) {
            s->class_of[m] = k;
        }
    }
    for (int t = 0; t < p->n_totals; t++) {
        s->slot[t] = -1;
        s->lowest[t] = (double)lagrange_total_least(lg, t).value / (double)lg->goal.scale;
    }
    list_comers(s);
    search_set_prices(s);
    return s;
}

void lagrange_search_free(lagrange_search *s) {
    if (!s)
        return;
    void *parts[] = {s->class_of,
                     s->first_member,
                     s->arc,
                     s->best_arc,
                     s->head,
                     s->next,
                     s->prev,
                     s->group,
                     s->group_begin,
                     s->candidate,
                     s->candidate_begin,
                     s->rank,
                     s->least,
                     s->label,
                     s->open,
                     s->steps,
                     s->price,
                     s->table_begin,
                     s->table,
                     s->slot,
                     s->excess,
                     s->lowest,
                     s->above,
                     s->fresh,
                     s->is_fresh,
                     s->comer_begin,
                     s->comer,
                     s->comer_class,
                     s->cost,
                     s->hold_price,
                     s->apart,
                     s->back,
                     s->back_of};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        pulang_free(parts[i]);
    pulang_free(s);
}
