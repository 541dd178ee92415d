#include "solver/lagrange_moves.h"

#include "solver/draw.h"

#include <math.h>

uint32_t search_draw(lagrange_search *s, uint32_t n) {
    return pulang_draw(&s->random, n);
}

int search_post_of(const lagrange_search *s, int arc) {
    return arc == PULANG_NONE ? PULANG_NONE : s->problem->arc_post[arc];
}

int search_place_of(const lagrange_search *s, int arc) {
    return arc == PULANG_NONE ? PULANG_NONE : s->problem->post_place[s->problem->arc_post[arc]];
}

bool search_is_alone(const lagrange_search *s, int member) {
    return s->lg->team_of[s->class_of[member]] == PULANG_NONE;
}

/* ---- what changes come to ---- */

void search_touch(lagrange_search *s, int t, int64_t by) {
    if (s->slot[t] < 0) {
        if (s->n_touched == SEARCH_TOUCHED)
            return;
        s->slot[t] = s->n_touched;
        s->touched[s->n_touched] = t;
        s->by[s->n_touched++] = 0;
    }
    s->by[s->slot[t]] += by;
}

void search_touch_arc(lagrange_search *s, int arc, int sign) {
    if (arc == PULANG_NONE)
        return;
    int j = s->problem->arc_post[arc];
    search_touch(s, j, sign);
    for (int i = s->group_begin[j]; i < s->group_begin[j + 1]; i++)
        search_touch(s, s->group[i], sign);
    for (size_t i = s->lg->part_begin[arc]; i < s->lg->part_begin[arc + 1]; i++)
        search_touch(s, s->lg->parts[i].total, sign * s->lg->parts[i].steps);
}

void search_touch_none(lagrange_search *s) {
    for (int i = 0; i < s->n_touched; i++)
        s->slot[s->touched[i]] = -1;
    s->n_touched = 0;
}

int64_t search_missing(const lagrange *lg, int t, int64_t n) {
    if (n > lg->upper[t])
        return n - lg->upper[t];
    if (n < lg->lower[t])
        return lg->lower[t] - n;
    return n > 0 && n < lg->open[t] ? (n < lg->open[t] - n ? n : lg->open[t] - n) : 0;
}

/* Even the least of it counts like a part of a member: a budget is broken by a rupiah too. */
static double broken(const lagrange_search *s, int t, int64_t n) {
    int64_t by = search_missing(s->lg, t, n);
    return by > 0 ? ((double)by + s->edge * s->lg->size[t]) * s->price[t] : 0;
}

/* What a total costs at a level, in the level's units. */
double search_level_cost(const lagrange_search *s, int l, int t, int64_t n) {
    return (double)pulang_total_cost(s->problem, &s->problem->totals[t], l, n * s->lg->unit[t]);
}

double search_arc_cost(const lagrange_search *s, int l, int arc) {
    const pulang_problem_level *level = &s->problem->levels[l];
    if (arc == PULANG_NONE)
        return level->unplaced;
    return level->arc_cost ? (double)level->arc_cost[arc] : 0;
}

/* The weight of a level in the objective. */
double search_weight(const lagrange_search *s, int l) {
    return l == s->n_levels - 1 ? 1 : (double)s->lg->weigh[l];
}

static double held(const lagrange_search *s, int l, double cost) {
    double over = cost - (double)s->lg->value[l];
    return l < s->n_levels - 1 && s->lg->weigh[l] == 0 && over > 0 ? over * s->hold_price[l] : 0;
}

bool search_is_apart(const lagrange_search *s, int team, const search_change *changes, int n) {
    const lagrange *lg = s->lg;
    int first = lg->team_begin[team], end = lg->team_begin[team + 1], places[64], n_places = 0, out = 0;
    for (int i = first; i < end && n_places < 64; i++) {
        int m = s->first_member[lg->member[i]], arc = s->arc[m];
        for (int c = 0; c < n; c++)
            arc = changes[c].member == m ? changes[c].to : arc;
        if (arc == PULANG_NONE)
            out++;
        else
            places[n_places++] = search_place_of(s, arc);
    }
    if (out > 0)
        return n_places > 0;
    for (int i = 0; i < n_places; i++)
        for (int k = 0; k < i; k++)
            if (!pulang_problem_near(s->problem, places[i], places[k]))
                return true;
    return false;
}

static double team_change(const lagrange_search *s, const search_change *changes, int n) {
    double sum = 0;
    for (int i = 0; s->lg->n_teams > 0 && i < n; i++) {
        int team = s->lg->team_of[s->class_of[changes[i].member]];
        bool seen = false;
        for (int k = 0; k < i; k++)
            seen = seen || s->lg->team_of[s->class_of[changes[k].member]] == team;
        if (team != PULANG_NONE && !seen)
            sum += s->team_price * ((int)search_is_apart(s, team, changes, n) - (int)s->apart[team]);
    }
    return sum;
}

/* Adds what a total costs more at each level. */
static void add_levels(const lagrange_search *s, int t, int64_t from, int64_t to, double *by_level) {
    if (s->table_begin[t] >= 0) {
        const double *row = s->table + s->table_begin[t];
        int64_t end = s->lg->upper[t] + 1, a = from < end ? from : end, b = to < end ? to : end;
        for (int l = 0; l < s->n_levels; l++)
            by_level[l] += row[b * s->n_levels + l] - row[a * s->n_levels + l];
        return;
    }
    for (int l = 0; l < s->n_levels; l++)
        if (!s->problem->levels[l].largest)
            by_level[l] += search_level_cost(s, l, t, to) - search_level_cost(s, l, t, from);
}

double search_rise(lagrange_search *s, const search_change *changes, int n, double *by_level) {
    double sum = team_change(s, changes, n);
    s->trials++;
    for (int l = 0; l < s->n_levels; l++) {
        by_level[l] = 0;
        for (int i = 0; i < n; i++)
            by_level[l] +=
                search_arc_cost(s, l, changes[i].to) - search_arc_cost(s, l, s->arc[changes[i].member]);
    }
    for (int i = 0; i < n; i++) {
        search_touch_arc(s, s->arc[changes[i].member], -1);
        search_touch_arc(s, changes[i].to, 1);
    }
    for (int i = 0; i < s->n_touched; i++) {
        int t = s->touched[i];
        int64_t from = s->steps[t], to = from + s->by[i];
        if (from == to)
            continue;
        sum += broken(s, t, to) - broken(s, t, from);
        if (s->problem->totals[t].n_pieces > 0)
            add_levels(s, t, from, to, by_level);
    }
    search_touch_none(s);
    for (int l = 0; l < s->n_levels; l++)
        sum +=
            search_weight(s, l) * by_level[l] + held(s, l, s->cost[l] + by_level[l]) - held(s, l, s->cost[l]);
    return sum;
}

int search_find_arc(const lagrange_search *s, int class, int post) {
    const pulang_problem *p = s->problem;
    int low = p->arc_begin[class], high = p->arc_begin[class + 1];
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (p->arc_post[middle] < post)
            low = middle + 1;
        else
            high = middle;
    }
    return low < p->arc_begin[class + 1] && p->arc_post[low] == post ? low : PULANG_NONE;
}

/* ---- what could at most be gained ---- */

double search_reduced_of(const lagrange_search *s, int arc) {
    int64_t cost = arc == PULANG_NONE ? lagrange_out_cost(s->lg) : lagrange_reduced(s->lg, arc);
    return (double)cost / (double)s->lg->goal.scale;
}

double search_excess_at(const lagrange_search *s, int t, int64_t n) {
    const lagrange *lg = s->lg;
    double scale = (double)lg->goal.scale;
    double value =
        (double)lagrange_total_cost(lg, t, n) / scale - (double)lg->goal.price[t] / scale * (double)n;
    return fmax(value - s->lowest[t], 0) + broken(s, t, n);
}

void search_renew_excess(lagrange_search *s, int t) {
    s->excess[t] = search_excess_at(s, t, s->steps[t]);
}

/* The excess of all totals that count the arc. */
double search_excess_of(const lagrange_search *s, int arc) {
    if (arc == PULANG_NONE)
        return 0;
    int j = s->problem->arc_post[arc];
    double sum = s->excess[j];
    for (int i = s->group_begin[j]; i < s->group_begin[j + 1]; i++)
        sum += s->excess[s->group[i]];
    for (size_t i = s->lg->part_begin[arc]; i < s->lg->part_begin[arc + 1]; i++)
        sum += s->excess[s->lg->parts[i].total];
    return sum;
}

/* The same of the levels held and of teams that are apart. */
double search_excess_beside(const lagrange_search *s, int m) {
    double sum = 0;
    for (int l = 0; l < s->n_levels - 1; l++)
        if (s->lg->weigh[l] == 0) {
            double price = (double)s->lg->goal.held[l] / (double)s->lg->goal.scale;
            double over = s->cost[l] - (double)s->lg->value[l];
            sum += over > 0 ? s->hold_price[l] * over : -price * over;
        }
    int team = s->lg->team_of[s->class_of[m]];
    return sum + (team != PULANG_NONE && s->apart[team] ? s->team_price : 0);
}

static void leave(lagrange_search *s, int m, int post) {
    if (s->prev[m] >= 0)
        s->next[s->prev[m]] = s->next[m];
    else
        s->head[post] = s->next[m];
    if (s->next[m] >= 0)
        s->prev[s->next[m]] = s->prev[m];
}

void search_enter(lagrange_search *s, int m, int post) {
    s->prev[m] = -1;
    s->next[m] = s->head[post];
    if (s->head[post] >= 0)
        s->prev[s->head[post]] = m;
    s->head[post] = m;
}

void search_freshen(lagrange_search *s, int post) {
    if (post == PULANG_NONE || s->is_fresh[post])
        return;
    s->is_fresh[post] = true;
    s->fresh[(s->first_fresh + s->n_fresh++) % s->problem->n_posts] = post;
}

void search_make(lagrange_search *s, const search_change *changes, int n, const double *by_level) {
    for (int i = 0; i < n; i++) {
        search_touch_arc(s, s->arc[changes[i].member], -1);
        search_touch_arc(s, changes[i].to, 1);
    }
    for (int i = 0; i < s->n_touched; i++) {
        s->steps[s->touched[i]] += s->by[i];
        search_renew_excess(s, s->touched[i]);
    }
    search_touch_none(s);
    for (int i = 0; i < n; i++) {
        int m = changes[i].member;
        search_freshen(s, search_post_of(s, s->arc[m]));
        search_freshen(s, search_post_of(s, changes[i].to));
        if (s->arc[m] != PULANG_NONE)
            leave(s, m, search_post_of(s, s->arc[m]));
        s->arc[m] = changes[i].to;
        if (s->arc[m] != PULANG_NONE)
            search_enter(s, m, search_post_of(s, s->arc[m]));
        s->above[m] = search_reduced_of(s, s->arc[m]) - s->least[s->class_of[m]];
    }
    for (int i = 0; i < n; i++) {
        int team = s->lg->team_of[s->class_of[changes[i].member]];
        if (team != PULANG_NONE)
            s->apart[team] = search_is_apart(s, team, NULL, 0);
    }
    for (int l = 0; l < s->n_levels; l++)
        s->cost[l] += by_level[l];
}

bool search_try_changes(lagrange_search *s, const search_change *changes, int n, double limit) {
    double by_level[SEARCH_LEVELS];
    if (search_rise(s, changes, n, by_level) >= limit)
        return false;
    search_make(s, changes, n, by_level);
    return true;
}
