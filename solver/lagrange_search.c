#include "solver/lagrange_search.h"

#include "model/alloc.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is broken costs so much of the largest cost at first: little, so that the start is not torn apart. */
static const double FIRST_PRICE = 0.005, LEAST_BROKEN = 0.2;

enum { MOST_ROUNDS = 400, MOST_CHANGES = 10, MOST_TOUCHED = 256, MOST_LEVELS = 32 };

/* A member leaves an arc for another; PULANG_NONE: unplaced. */
typedef struct change {
    int member, to;
} change;

struct lagrange_search {
    const lagrange *lg;
    const pulang_problem *problem;
    uint64_t random;
    int n_members, n_levels;          /* levels: up to the one in hand */
    int *class_of;                    /* [n_members] */
    int *first_member;                /* [n_classes] */
    int *arc;                         /* [n_members] PULANG_NONE: unplaced */
    int *head, *next, *prev;          /* members in a post: head [n_posts], the others [n_members] */
    int *group_begin, *group;         /* uniform totals of a post beyond its own */
    int *candidate_begin, *candidate; /* [n_classes + 1] the near arcs, cheapest first */
    int64_t *reduced;                 /* [candidates] */
    int64_t *steps;                   /* [n_totals] */
    double *price;                    /* [n_totals] of a step beyond a bound */
    int *table_begin;                 /* [n_totals] into table; PULANG_NONE: none */
    double *table;                    /* weighted cost of a total at n = 0, 1, ..., upper + 1 */
    double *cost;                     /* [n_levels] now */
    double *hold_price;               /* [n_levels] of a unit above the value held */
    double team_price;
    bool *apart; /* [n_teams] */
    /* the totals touched by the changes in hand */
    int n_touched;
    int touched[MOST_TOUCHED];
    int64_t by[MOST_TOUCHED];
    int *slot; /* [n_totals] where a total is among touched, -1: it is not */
    /* What could at most be gained: how far arcs and totals are from the least at the prices of the dual. */
    double *excess;     /* [n_totals] */
    double *lowest;     /* [n_totals] cost less price where that is least */
    double *above;      /* [n_members] reduced cost of the member's arc, above the least of the class */
    double last, score; /* what the changes tried last come to; of all those made since a kick */
    change *log;        /* what was before each change since a kick */
    size_t n_log, log_room;
    bool log_failed;
    double firm;                            /* a price of what is broken that no gain outweighs */
    int n_fresh, first_fresh;               /* a ring of posts in which something has changed */
    int *fresh;                             /* [n_posts] */
    bool *is_fresh;                         /* [n_posts] */
    int *comer_begin, *comer, *comer_class; /* [n_posts + 1] candidates into a post, and of which class */
    int64_t trials;
    double deadline;
    struct label *labels;
    int *open;
    double *ab;
    int n_open, round;
    double most_excess, flat;
    bool found;
    double best_cost;
    int *best_arc; /* [n_members] */
};

static uint32_t draw(lagrange_search *s, uint32_t n) {
    s->random = s->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(((s->random >> 32) * n) >> 32);
}

static int post_of(const lagrange_search *s, int arc) {
    return arc == PULANG_NONE ? PULANG_NONE : s->problem->arc_post[arc];
}

static int place_of(const lagrange_search *s, int arc) {
    return arc == PULANG_NONE ? PULANG_NONE : s->problem->post_place[s->problem->arc_post[arc]];
}

/* ---- what changes come to ---- */

static void touch(lagrange_search *s, int t, int64_t by) {
    if (s->slot[t] < 0) {
        if (s->n_touched == MOST_TOUCHED)
            return;
        s->slot[t] = s->n_touched;
        s->touched[s->n_touched] = t;
        s->by[s->n_touched++] = 0;
    }
    s->by[s->slot[t]] += by;
}

static void touch_arc(lagrange_search *s, int arc, int sign) {
    if (arc == PULANG_NONE)
        return;
    int j = s->problem->arc_post[arc];
    touch(s, j, sign);
    for (int i = s->group_begin[j]; i < s->group_begin[j + 1]; i++)
        touch(s, s->group[i], sign);
    for (size_t i = s->lg->part_begin[arc]; i < s->lg->part_begin[arc + 1]; i++)
        touch(s, s->lg->parts[i].total, sign * s->lg->parts[i].steps);
}

static void touch_none(lagrange_search *s) {
    for (int i = 0; i < s->n_touched; i++)
        s->slot[s->touched[i]] = -1;
    s->n_touched = 0;
}

static int64_t missing(const lagrange *lg, int t, int64_t n) {
    if (n > lg->upper[t])
        return n - lg->upper[t];
    if (n < lg->lower[t])
        return lg->lower[t] - n;
    return n > 0 && n < lg->open[t] ? (n < lg->open[t] - n ? n : lg->open[t] - n) : 0;
}

/* Even the least of it counts like a part of a member: a budget is broken by a rupiah too. */
static double broken(const lagrange_search *s, int t, int64_t n) {
    int64_t by = missing(s->lg, t, n);
    return by > 0 ? ((double)by + s->flat * s->lg->size[t]) * s->price[t] : 0;
}

/* What a total costs at a level, in the level's units. */
static double level_cost(const lagrange_search *s, int l, int t, int64_t n) {
    return (double)pulang_total_cost(s->problem, &s->problem->totals[t], l, n * s->lg->unit[t]);
}

static double arc_cost(const lagrange_search *s, int l, int arc) {
    const pulang_problem_level *level = &s->problem->levels[l];
    if (arc == PULANG_NONE)
        return level->unplaced;
    return level->arc_cost ? (double)level->arc_cost[arc] : 0;
}

/* The weight of a level in the objective. */
static double weight(const lagrange_search *s, int l) {
    return l == s->n_levels - 1 ? 1 : (double)s->lg->weigh[l];
}

static double held(const lagrange_search *s, int l, double cost) {
    double over = cost - (double)s->lg->value[l];
    return l < s->n_levels - 1 && s->lg->weigh[l] == 0 && over > 0 ? over * s->hold_price[l] : 0;
}

/* Whether the team is apart, with the arcs that the changes give its members. */
static bool is_apart(const lagrange_search *s, int team, const change *changes, int n) {
    const lagrange *lg = s->lg;
    int first = lg->team_begin[team], end = lg->team_begin[team + 1], places[64], n_places = 0, out = 0;
    for (int i = first; i < end && n_places < 64; i++) {
        int m = s->first_member[lg->member[i]], arc = s->arc[m];
        for (int c = 0; c < n; c++)
            arc = changes[c].member == m ? changes[c].to : arc;
        if (arc == PULANG_NONE)
            out++;
        else
            places[n_places++] = place_of(s, arc);
    }
    if (out > 0)
        return n_places > 0;
    for (int i = 0; i < n_places; i++)
        for (int k = 0; k < i; k++)
            if (!pulang_problem_near(s->problem, places[i], places[k]))
                return true;
    return false;
}

static double team_change(const lagrange_search *s, const change *changes, int n) {
    double sum = 0;
    for (int i = 0; s->lg->n_teams > 0 && i < n; i++) {
        int team = s->lg->team_of[s->class_of[changes[i].member]];
        bool seen = false;
        for (int k = 0; k < i; k++)
            seen = seen || s->lg->team_of[s->class_of[changes[k].member]] == team;
        if (team != PULANG_NONE && !seen)
            sum += s->team_price * ((int)is_apart(s, team, changes, n) - (int)s->apart[team]);
    }
    return sum;
}

/* By how much the changes raise what the plan costs, broken rules included. by_level: [n_levels], filled. */
static double rise(lagrange_search *s, const change *changes, int n, double *by_level) {
    double sum = team_change(s, changes, n);
    s->trials++;
    for (int l = 0; l < s->n_levels; l++) {
        by_level[l] = 0;
        for (int i = 0; i < n; i++)
            by_level[l] += arc_cost(s, l, changes[i].to) - arc_cost(s, l, s->arc[changes[i].member]);
    }
    for (int i = 0; i < n; i++) {
        touch_arc(s, s->arc[changes[i].member], -1);
        touch_arc(s, changes[i].to, 1);
    }
    for (int i = 0; i < s->n_touched; i++) {
        int t = s->touched[i];
        int64_t from = s->steps[t], to = from + s->by[i];
        if (from == to)
            continue;
        sum += broken(s, t, to) - broken(s, t, from);
        if (s->problem->totals[t].n_pieces == 0)
            continue;
        if (s->table_begin[t] >= 0) {
            const double *row = s->table + s->table_begin[t];
            int64_t end = s->lg->upper[t] + 1;
            int64_t a = from < end ? from : end, b = to < end ? to : end;
            for (int l = 0; l < s->n_levels; l++)
                by_level[l] += row[b * s->n_levels + l] - row[a * s->n_levels + l];
            continue;
        }
        for (int l = 0; l < s->n_levels; l++)
            if (!s->problem->levels[l].largest)
                by_level[l] += level_cost(s, l, t, to) - level_cost(s, l, t, from);
    }
    touch_none(s);
    for (int l = 0; l < s->n_levels; l++)
        sum += weight(s, l) * by_level[l] + held(s, l, s->cost[l] + by_level[l]) - held(s, l, s->cost[l]);
    s->last = sum;
    return sum;
}

/* ---- what could at most be gained ---- */

static double reduced_of(const lagrange_search *s, int arc) {
    int64_t cost = arc == PULANG_NONE ? lagrange_out_cost(s->lg) : lagrange_reduced(s->lg, arc);
    return (double)cost / (double)s->lg->goal.scale;
}

static double least_of(const lagrange_search *s, int k) {
    return s->candidate_begin[k] < s->candidate_begin[k + 1]
               ? (double)s->reduced[s->candidate_begin[k]] / (double)s->lg->goal.scale
               : 0;
}

static void renew_excess(lagrange_search *s, int t) {
    const lagrange *lg = s->lg;
    int64_t n = s->steps[t];
    double scale = (double)lg->goal.scale;
    double value =
        (double)lagrange_total_cost(lg, t, n) / scale - (double)lg->goal.price[t] / scale * (double)n;
    s->excess[t] = fmax(value - s->lowest[t], 0) + broken(s, t, n);
}

/* The excess of all totals that count the arc. */
static double excess_of(const lagrange_search *s, int arc) {
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
static double excess_beside(const lagrange_search *s, int m) {
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

static void enter(lagrange_search *s, int m, int post) {
    s->prev[m] = -1;
    s->next[m] = s->head[post];
    if (s->head[post] >= 0)
        s->prev[s->head[post]] = m;
    s->head[post] = m;
}

static void freshen(lagrange_search *s, int post) {
    if (post == PULANG_NONE || s->is_fresh[post])
        return;
    s->is_fresh[post] = true;
    s->fresh[(s->first_fresh + s->n_fresh++) % s->problem->n_posts] = post;
}

static void remember(lagrange_search *s, const change *changes, int n) {
    void *log = s->log;
    if (pulang_grow(&log, &s->log_room, s->n_log + (size_t)n, sizeof *s->log)) {
        s->log_failed = true;
        return;
    }
    s->log = log;
    for (int i = 0; i < n; i++)
        s->log[s->n_log++] = (change){changes[i].member, s->arc[changes[i].member]};
}

/* Makes the changes that rise has just valued. */
static void make(lagrange_search *s, const change *changes, int n, const double *by_level) {
    for (int i = 0; i < n; i++) {
        touch_arc(s, s->arc[changes[i].member], -1);
        touch_arc(s, changes[i].to, 1);
    }
    for (int i = 0; i < s->n_touched; i++) {
        s->steps[s->touched[i]] += s->by[i];
        renew_excess(s, s->touched[i]);
    }
    touch_none(s);
    s->score += s->last;
    remember(s, changes, n);
    for (int i = 0; i < n; i++) {
        int m = changes[i].member;
        freshen(s, post_of(s, s->arc[m]));
        freshen(s, post_of(s, changes[i].to));
        if (s->arc[m] != PULANG_NONE)
            leave(s, m, post_of(s, s->arc[m]));
        s->arc[m] = changes[i].to;
        if (s->arc[m] != PULANG_NONE)
            enter(s, m, post_of(s, s->arc[m]));
        s->above[m] = reduced_of(s, s->arc[m]) - least_of(s, s->class_of[m]);
    }
    for (int i = 0; i < n; i++) {
        int team = s->lg->team_of[s->class_of[changes[i].member]];
        if (team != PULANG_NONE)
            s->apart[team] = is_apart(s, team, NULL, 0);
    }
    for (int l = 0; l < s->n_levels; l++)
        s->cost[l] += by_level[l];
}

static const double EPSILON = 1e-6;

static bool try_changes(lagrange_search *s, const change *changes, int n) {
    double by_level[MOST_LEVELS];
    if (rise(s, changes, n, by_level) >= -EPSILON)
        return false;
    make(s, changes, n, by_level);
    return true;
}

/* ---- moves ---- */

static int find_arc(const lagrange_search *s, int class, int post) {
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

/* One there makes room: he takes the old post, or moves on. gain: what the others may give at most. */
static bool try_other(lagrange_search *s, change *changes, int other, double gain) {
    int m = changes[0].member, k = s->class_of[other], old = post_of(s, s->arc[m]);
    int post = post_of(s, changes[0].to), back = old == PULANG_NONE ? PULANG_NONE : find_arc(s, k, old);
    gain += s->above[other] + excess_of(s, s->arc[other]);
    changes[1].member = other;
    if (k == s->class_of[m])
        return false;
    if (back != PULANG_NONE || s->lg->may_stay_out[k]) {
        changes[1].to = back;
        if (reduced_of(s, back) - least_of(s, k) < gain + excess_of(s, back) && try_changes(s, changes, 2))
            return true;
    }
    int tried = 0;
    for (int i = s->candidate_begin[k]; i < s->candidate_begin[k + 1] && tried < 3; i++) {
        int on = s->candidate[i], j = post_of(s, on);
        if (j == post || j == old)
            continue;
        tried++;
        changes[1].to = on;
        double above =
            (double)(s->reduced[i] - s->reduced[s->candidate_begin[k]]) / (double)s->lg->goal.scale;
        if (above < gain + excess_of(s, on) && try_changes(s, changes, 2))
            return true;
    }
    return false;
}

/* The member takes the arc: alone, or for one there. above: reduced cost of the arc above the least. */
static bool try_arc(lagrange_search *s, int m, int to, double above) {
    change changes[2] = {{m, to}};
    int from = s->arc[m], post = post_of(s, to);
    double gain = s->above[m] - above + excess_of(s, from) + excess_of(s, to) + excess_beside(s, m);
    if (from == to)
        return false;
    if (gain > 0 && try_changes(s, changes, 1))
        return true;
    if (post == PULANG_NONE)
        return false;
    for (int other = s->head[post]; other >= 0; other = s->next[other])
        if (try_other(s, changes, other, gain))
            return true;
    return false;
}

/* The best way for a member of a team into a place: free or for one there. *changes: room for 2; how many,
   0: none. */
static int best_into(lagrange_search *s, int m, int place, change *best) {
    int k = s->class_of[m], n = 0, old = post_of(s, s->arc[m]);
    double least = INFINITY, by_level[MOST_LEVELS];
    for (int a = s->problem->arc_begin[k]; a < s->problem->arc_begin[k + 1]; a++) {
        if (s->problem->post_place[s->problem->arc_post[a]] != place)
            continue;
        change changes[2] = {{m, a}};
        double cost = rise(s, changes, 1, by_level);
        if (cost < least) {
            least = cost;
            best[0] = changes[0];
            n = 1;
        }
        for (int other = s->head[s->problem->arc_post[a]]; other >= 0 && old >= 0; other = s->next[other]) {
            changes[1] = (change){other, find_arc(s, s->class_of[other], old)};
            if (changes[1].to == PULANG_NONE || s->lg->team_of[s->class_of[other]] >= 0)
                continue;
            cost = rise(s, changes, 2, by_level);
            if (cost < least) {
                least = cost;
                best[0] = changes[0];
                best[1] = changes[1];
                n = 2;
            }
        }
    }
    return n;
}

/* All of a team go to a place, one after the other; taken back unless it pays. */
static bool try_team(lagrange_search *s, int team, int place) {
    const lagrange *lg = s->lg;
    change back[2 * MOST_CHANGES];
    int n_back = 0;
    double sum = 0, by_level[MOST_LEVELS];
    for (int i = lg->team_begin[team]; i < lg->team_begin[team + 1] && n_back + 2 <= 2 * MOST_CHANGES; i++) {
        int m = s->first_member[lg->member[i]];
        change changes[2];
        if (place_of(s, s->arc[m]) == place)
            continue;
        int n = best_into(s, m, place, changes);
        if (n == 0) {
            sum = INFINITY;
            break;
        }
        for (int c = 0; c < n; c++)
            back[n_back++] = (change){changes[c].member, s->arc[changes[c].member]};
        sum += rise(s, changes, n, by_level);
        make(s, changes, n, by_level);
    }
    if (sum < -EPSILON)
        return true;
    while (n_back > 0) {
        change one = back[--n_back];
        rise(s, &one, 1, by_level);
        make(s, &one, 1, by_level);
    }
    return false;
}

static bool is_over(lagrange_search *s, int64_t most) {
    return s->trials >= most || (s->trials % 64 == 0 && pulang_clock() >= s->deadline);
}

static bool improve_teams(lagrange_search *s, int64_t most) {
    bool improved = false;
    for (int g = 0; g < s->lg->n_teams && !is_over(s, most); g++) {
        int k = s->lg->member[s->lg->team_begin[g]], m = s->first_member[k], last = PULANG_NONE;
        for (int i = s->candidate_begin[k]; i < s->candidate_begin[k + 1]; i++) {
            int place = place_of(s, s->candidate[i]);
            if (place != last && (s->apart[g] || place != place_of(s, s->arc[m])) && try_team(s, g, place)) {
                improved = true;
                break;
            }
            last = place;
        }
    }
    return improved;
}

static double above_least(const lagrange_search *s, int k, int i) {
    return (double)(s->reduced[i] - s->reduced[s->candidate_begin[k]]) / (double)s->lg->goal.scale;
}

/* Those in the post go elsewhere, or those who may come do. True: somebody moved. */
static bool improve_post(lagrange_search *s, int post) {
    for (int m = s->head[post]; m >= 0; m = s->next[m]) {
        int k = s->class_of[m];
        for (int i = s->candidate_begin[k]; i < s->candidate_begin[k + 1]; i++)
            if (try_arc(s, m, s->candidate[i], above_least(s, k, i)))
                return true;
        if (s->lg->may_stay_out[k] && try_changes(s, &(change){m, PULANG_NONE}, 1))
            return true;
    }
    for (int c = s->comer_begin[post]; c < s->comer_begin[post + 1]; c++) {
        int i = s->comer[c], k = s->comer_class[c];
        for (int m = s->first_member[k]; m < s->first_member[k] + s->problem->supply[k]; m++)
            if (try_arc(s, m, s->candidate[i], above_least(s, k, i)))
                return true;
    }
    return false;
}

static bool any_apart(const lagrange_search *s) {
    for (int g = 0; g < s->lg->n_teams; g++)
        if (s->apart[g])
            return true;
    return false;
}

/* Until no post is left in which something has changed. */
static void descend(lagrange_search *s, int64_t most, bool teams) {
    do {
        while (s->n_fresh > 0 && !is_over(s, most)) {
            int post = s->fresh[s->first_fresh];
            s->first_fresh = (s->first_fresh + 1) % s->problem->n_posts;
            s->n_fresh--;
            s->is_fresh[post] = false;
            while (improve_post(s, post) && !is_over(s, most))
                continue;
        }
    } while (!is_over(s, most) && (teams || any_apart(s)) && improve_teams(s, most));
}

/* ---- prices of what is broken ---- */

static bool feasible(const lagrange_search *s) {
    for (int t = 0; t < s->problem->n_totals; t++)
        if (missing(s->lg, t, s->steps[t]) > 0)
            return false;
    for (int g = 0; g < s->lg->n_teams; g++)
        if (s->apart[g])
            return false;
    for (int l = 0; l < s->n_levels - 1; l++)
        if (s->lg->weigh[l] == 0 && s->cost[l] > (double)s->lg->value[l] + 0.5)
            return false;
    return true;
}

static void keep(lagrange_search *s) {
    double cost = 0;
    for (int l = 0; l < s->n_levels; l++)
        cost += weight(s, l) * s->cost[l];
    if (s->found && cost >= s->best_cost)
        return;
    s->found = true;
    s->best_cost = cost;
    memcpy(s->best_arc, s->arc, (size_t)s->n_members * sizeof *s->arc);
}

/* What is broken becomes dearer, the rest cheaper. */
static void reprice(lagrange_search *s) {
    for (int t = 0; t < s->problem->n_totals; t++) {
        bool short_of = missing(s->lg, t, s->steps[t]) > 0;
        s->price[t] *= short_of ? 1.25 : 0.95;
        for (int i = 0; short_of && i < s->problem->totals[t].n_posts; i++)
            freshen(s, s->problem->totals[t].posts[i]);
        renew_excess(s, t);
    }
    int apart = 0;
    for (int g = 0; g < s->lg->n_teams; g++)
        apart += s->apart[g];
    s->team_price *= apart > 0 ? 1.25 : 0.95;
    for (int l = 0; l < s->n_levels - 1; l++)
        s->hold_price[l] *= s->cost[l] > (double)s->lg->value[l] + 0.5 ? 1.25 : 0.95;
}

/* ---- kicks ---- */

static void force(lagrange_search *s, const change *changes, int n) {
    double by_level[MOST_LEVELS];
    rise(s, changes, n, by_level);
    make(s, changes, n, by_level);
}

static void undo(lagrange_search *s) {
    size_t n = s->n_log;
    while (n > 0) {
        change back = s->log[--n]; /* the log grows as it is undone */
        force(s, &back, 1);
    }
}

/* Somebody who is not where he costs least goes to one of his cheaper posts, now and then for one there. */
static void kick(lagrange_search *s) {
    int m = 0;
    for (int i = 0; i < 50; i++) {
        m = (int)draw(s, (uint32_t)s->n_members);
        if (s->above[m] > 0 || i > 40)
            break;
    }
    int k = s->class_of[m], n = s->candidate_begin[k + 1] - s->candidate_begin[k];
    if (n == 0)
        return;
    int to = s->candidate[s->candidate_begin[k] + (int)draw(s, (uint32_t)(n < 4 ? n : 4))];
    int post = post_of(s, to), old = post_of(s, s->arc[m]), n_others = 0;
    if (to == s->arc[m])
        return;
    for (int other = s->head[post]; other >= 0; other = s->next[other])
        n_others++;
    change changes[2] = {{m, to}};
    if (n_others > 0 && old != PULANG_NONE && draw(s, 2) == 0) {
        int other = s->head[post];
        for (int i = (int)draw(s, (uint32_t)n_others); i > 0; i--)
            other = s->next[other];
        changes[1] = (change){other, find_arc(s, s->class_of[other], old)};
        if (changes[1].to != PULANG_NONE) {
            force(s, changes, 2);
            return;
        }
    }
    force(s, changes, 1);
}

static void load_best(lagrange_search *s) {
    for (int m = 0; m < s->n_members; m++)
        if (s->arc[m] != s->best_arc[m])
            force(s, &(change){m, s->best_arc[m]}, 1);
}

/* ---- chains ---- */

enum { LONGEST = 8, MOST_POPPED = 150 };

typedef struct label {
    double cost;
    int member, to, before, depth; /* who comes in by which arc, after whom in post before */
    int round;                     /* of the search that has set it */
    bool done;
} label;

static double excess_at(const lagrange_search *s, int t, int64_t n) {
    const lagrange *lg = s->lg;
    double scale = (double)lg->goal.scale;
    double value =
        (double)lagrange_total_cost(lg, t, n) / scale - (double)lg->goal.price[t] / scale * (double)n;
    return fmax(value - s->lowest[t], 0) + broken(s, t, n);
}

static double excess_change(lagrange_search *s) {
    double sum = 0;
    for (int i = 0; i < s->n_touched; i++)
        if (s->by[i] != 0)
            sum += excess_at(s, s->touched[i], s->steps[s->touched[i]] + s->by[i]) - s->excess[s->touched[i]];
    touch_none(s);
    return sum;
}

static void touch_parts(lagrange_search *s, int arc, int sign) {
    for (size_t i = s->lg->part_begin[arc]; i < s->lg->part_begin[arc + 1]; i++)
        touch(s, s->lg->parts[i].total, sign * s->lg->parts[i].steps);
}

static double exchange_change(lagrange_search *s, int in, int out) {
    touch_parts(s, in, 1);
    touch_parts(s, out, -1);
    return excess_change(s);
}

static double single_change(lagrange_search *s, int arc, int sign) {
    touch_arc(s, arc, sign);
    return excess_change(s);
}

static long n_seeds, n_popped, n_eval, n_taken, by_depth[LONGEST + 2];

static bool accept(lagrange_search *s, const change *changes, int n, double limit) {
    double by_level[MOST_LEVELS];
    n_eval++;
    if (rise(s, changes, n, by_level) > limit)
        return false;
    make(s, changes, n, by_level);
    s->n_log = 0;
    n_taken++;
    by_depth[n]++;
    return true;
}

/* The chain that ends with the label of a post. */
static int trace_chain(const lagrange_search *s, int post, change *changes) {
    int n = s->labels[post].depth;
    for (int i = n - 1; i >= 0; i--) {
        changes[i] = (change){s->labels[post].member, s->labels[post].to};
        post = s->labels[post].before;
    }
    return n;
}

static bool relax(lagrange_search *s, int post, double cost, int m, int to, int before, int depth) {
    label *l = &s->labels[post];
    if (l->round == s->round && (l->done || l->cost <= cost))
        return false;
    if (l->round != s->round)
        s->open[s->n_open++] = post;
    *l = (label){cost, m, to, before, depth, s->round, false};
    return true;
}

/* m leaves his post, pushes another on, and so on, the cheapest way. */
static bool try_chain(lagrange_search *s, int m, double limit) {
    int k = s->class_of[m], start = post_of(s, s->arc[m]);
    change changes[LONGEST + 1];
    if (start == PULANG_NONE || s->lg->team_of[k] != PULANG_NONE)
        return false;
    uint32_t skip = (uint32_t)atoi(getenv("SKIP") ? getenv("SKIP") : "25");
    int pops = atoi(getenv("POPS") ? getenv("POPS") : "60");
    s->round++;
    n_seeds++;
    s->n_open = 0;
    double leaving = single_change(s, s->arc[m], -1);
    double room = limit + s->excess[start] + s->above[m];
    for (int i = s->candidate_begin[k]; i < s->candidate_begin[k + 1]; i++)
        if (post_of(s, s->candidate[i]) != start)
            relax(s, post_of(s, s->candidate[i]), s->ab[i] - s->above[m], m, s->candidate[i], start, 1);
    for (int popped = 0; popped < pops && s->n_open > 0; popped++) {
        int at = 0;
        for (int i = 1; i < s->n_open; i++)
            if (s->labels[s->open[i]].cost < s->labels[s->open[at]].cost)
                at = i;
        int j = s->open[at];
        s->open[at] = s->open[--s->n_open];
        label *l = &s->labels[j];
        l->done = true;
        n_popped++;
        if (l->cost > room + s->most_excess)
            return false;
        if (l->cost + leaving + single_change(s, l->to, 1) <= limit + EPSILON) {
            int n = trace_chain(s, j, changes);
            if (accept(s, changes, n, limit))
                return true;
        }
        if (l->depth >= LONGEST)
            continue;
        for (int o = s->head[j]; o >= 0; o = s->next[o]) {
            int c = s->class_of[o];
            if (s->lg->team_of[c] != PULANG_NONE || draw(s, 100) < skip)
                continue;
            double cross = -1;
            for (int i = s->candidate_begin[c]; i < s->candidate_begin[c + 1]; i++) {
                int to = s->candidate[i], post = post_of(s, to);
                double cost = l->cost + s->ab[i] - s->above[o];
                if (post == j || cost > room + s->most_excess)
                    continue;
                label *old = &s->labels[post];
                if (post != start && old->round == s->round && (old->done || old->cost <= cost))
                    continue;
                if (cross == -1)
                    cross = exchange_change(s, l->to, s->arc[o]);
                if (post != start) {
                    relax(s, post, cost + cross, o, to, j, l->depth + 1);
                } else if (cost + cross + exchange_change(s, to, s->arc[m]) <= limit + EPSILON) {
                    int n = trace_chain(s, j, changes);
                    changes[n] = (change){o, to};
                    if (accept(s, changes, n + 1, limit))
                        return true;
                }
            }
        }
    }
    return false;
}

static double plan_cost(const lagrange_search *s) {
    double cost = 0;
    for (int l = 0; l < s->n_levels; l++)
        cost += weight(s, l) * s->cost[l];
    return cost;
}

static double unit_draw(lagrange_search *s) {
    return (draw(s, 1u << 30) + 0.5) / (double)(1u << 30);
}

static void anneal(lagrange_search *s, double hot, double cold, long rounds) {
    double heat = hot, factor = pow(cold / hot, 1.0 / (double)rounds);
    for (long r = 0; r < rounds && pulang_clock() < s->deadline; r++, heat *= factor) {
        for (int i = 0; i < 50; i++) {
            int m = 0;
            for (int a = 0; a < 100; a++) {
                m = (int)draw(s, (uint32_t)s->n_members);
                int post = post_of(s, s->arc[m]);
                if (s->lg->team_of[s->class_of[m]] == PULANG_NONE &&
                    (s->above[m] > 1 || (post >= 0 && s->excess[post] > 1) || draw(s, 50) == 0))
                    break;
            }
            s->most_excess = 0;
            for (int t = 0; t < s->problem->n_posts; t++)
                s->most_excess = fmax(s->most_excess, s->excess[t]);
            try_chain(s, m, -heat * log(unit_draw(s)));
        }
    }
    {
        double before = plan_cost(s);
        for (int j = 0; j < s->problem->n_posts; j++)
            freshen(s, j);
        descend(s, INT64_MAX, true);
        (void)before;
    }
    s->n_fresh = 0;
    s->n_log = 0;
    memset(s->is_fresh, 0, (size_t)s->problem->n_posts * sizeof *s->is_fresh);
    if (getenv("LGD"))
        fprintf(stderr,
                "annealed %.0f..%.0f: %.0f best %.0f feasible %d  seeds %ld popped %ld eval %ld taken %ld: "
                "%ld %ld %ld %ld %ld %ld %ld %.2f s\n",
                hot, cold, plan_cost(s), s->best_cost, feasible(s), n_seeds, n_popped, n_eval, n_taken,
                by_depth[1], by_depth[2], by_depth[3], by_depth[4], by_depth[5], by_depth[6], by_depth[7],
                s->deadline - pulang_clock());
    if (getenv("LGD")) {
        double scale = (double)s->lg->goal.scale, single = 0, team = 0, posts = 0, cross = 0;
        int n1 = 0, n2 = 0, n3 = 0, n4 = 0;
        for (int m = 0; m < s->n_members; m++)
            if (s->lg->team_of[s->class_of[m]] < 0 && s->above[m] > 1)
                single += s->above[m], n1++;
        for (int g = 0; g < s->lg->n_teams; g++) {
            double sum = -(double)s->lg->least[s->lg->member[s->lg->team_begin[g]]] / scale;
            for (int i = s->lg->team_begin[g]; i < s->lg->team_begin[g + 1]; i++)
                sum += reduced_of(s, s->arc[s->first_member[s->lg->member[i]]]);
            team += sum;
            n2 += sum > 1;
        }
        for (int t = 0; t < s->problem->n_totals; t++)
            if (s->lg->crosses[t])
                cross += s->excess[t], n4 += s->excess[t] > 1;
            else
                posts += s->excess[t], n3 += s->excess[t] > 1;
        if (getenv("LGX")) {
            for (int t = 0; t < s->problem->n_totals; t++)
                if (s->excess[t] > 100)
                    fprintf(stderr, "  total %s %s n %lld in %lld..%lld excess %.0f price %.4g\n",
                            t < s->problem->n_posts ? s->problem->post_names[t] : s->problem->totals[t].name,
                            s->problem->totals[t].key, (long long)s->steps[t], (long long)s->lg->lower[t],
                            (long long)s->lg->upper[t], s->excess[t], (double)s->lg->goal.price[t] / scale);
            for (int m = 0; m < s->n_members; m++)
                if (s->lg->team_of[s->class_of[m]] < 0 && s->above[m] > 1) {
                    int k = s->class_of[m];
                    fprintf(stderr, "  member %d above %.0f at %s:", m, s->above[m],
                            s->problem->post_names[post_of(s, s->arc[m])]);
                    for (int i = s->candidate_begin[k];
                         i < s->candidate_begin[k + 1] && i < s->candidate_begin[k] + 5; i++)
                        fprintf(stderr, " %s %.0f", s->problem->post_names[post_of(s, s->candidate[i])],
                                (double)(s->reduced[i] - s->reduced[s->candidate_begin[k]]) / scale);
                    fprintf(stderr, "\n");
                }
        }
        fprintf(stderr, "  singles %.0f (%d) teams %.0f (%d) posts %.0f (%d) crossing %.0f (%d)\n", single,
                n1, team, n2, posts, n3, cross, n4);
    }
    n_seeds = n_popped = n_eval = n_taken = 0;
    memset(by_depth, 0, sizeof by_depth);
    if (feasible(s))
        keep(s);
    else
        load_best(s);
}
/* From the best plan on, kick by kick; what does not pay is taken back. */
static void wander(lagrange_search *s, int64_t most) {
    for (int t = 0; t < s->problem->n_totals; t++)
        s->price[t] = s->firm / fmax(1, s->lg->size[t]);
    s->team_price = s->firm;
    for (int l = 0; l < s->n_levels; l++)
        s->hold_price[l] = s->firm;
    for (int t = 0; t < s->problem->n_totals; t++)
        renew_excess(s, t);
    load_best(s);
    s->n_fresh = 0;
    memset(s->is_fresh, 0, (size_t)s->problem->n_posts * sizeof *s->is_fresh);
    while (pulang_clock() < s->deadline && s->trials < most) {
        double sum = 0;
        int off = 1;
        for (int m = 0; m < s->n_members; m++)
            if (s->lg->team_of[s->class_of[m]] == PULANG_NONE && s->above[m] > EPSILON)
                sum += s->above[m], off++;
        for (int t = 0; t < s->problem->n_totals; t++)
            sum += s->excess[t];
        double hot = sum / off;
        if (hot < EPSILON)
            break;
        anneal(s, hot, 0.01 * hot, 500);
    }
    long kicks = 0, good = 0;
    while (!is_over(s, most) && !s->log_failed) {
        s->trials++; /* there may be nothing to try */
        s->n_log = 0;
        s->score = 0;
        kick(s);
        descend(s, most, false);
        bool holds = feasible(s);
        kicks++;
        if (holds && s->score < -EPSILON) {
            keep(s);
            good++;
        } else if (!holds || s->score > EPSILON) {
            undo(s);
        }
    }
    if (getenv("LGD"))
        fprintf(stderr, "search wander %ld kicks %ld good best %.0f\n", kicks, good, s->best_cost);
}

/* ---- start ---- */

static void set_start(lagrange_search *s, const int *flow) {
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
                enter(s, m, p->arc_post[a]);
                touch_arc(s, a, 1);
                for (int t = 0; t < s->n_touched; t++)
                    s->steps[s->touched[t]] += s->by[t];
                touch_none(s);
                m++;
            }
        while (m < end)
            s->arc[m++] = PULANG_NONE;
    }
    for (int m = 0; m < s->n_members; m++)
        for (int l = 0; l < s->n_levels; l++)
            s->cost[l] += arc_cost(s, l, s->arc[m]);
    for (int t = 0; t < p->n_totals; t++)
        for (int l = 0; l < s->n_levels && p->totals[t].n_pieces > 0; l++)
            s->cost[l] += p->levels[l].largest ? 0 : level_cost(s, l, t, s->steps[t]);
    for (int g = 0; g < s->lg->n_teams; g++)
        s->apart[g] = is_apart(s, g, NULL, 0);
    for (int t = 0; t < p->n_totals; t++)
        renew_excess(s, t);
    for (int m = 0; m < s->n_members; m++)
        s->above[m] = reduced_of(s, s->arc[m]) - least_of(s, s->class_of[m]);
}

bool lagrange_search_run(lagrange_search *s, const int *start, int64_t trials, double deadline, int *best) {
    const pulang_problem *p = s->problem;
    s->deadline = deadline;
    s->trials = 0;
    s->found = false;
    set_start(s, start);
    for (int j = 0; j < p->n_posts; j++)
        freshen(s, j);
    for (int round = 0; round < MOST_ROUNDS && !is_over(s, trials); round++) {
        descend(s, trials, true);
        if (feasible(s))
            keep(s);
        if (getenv("LGD")) {
            int nv = 0, na = 0;
            fprintf(stderr, "search ");
            for (int t = 0; t < p->n_totals; t++)
                if (missing(s->lg, t, s->steps[t]) > 0 && nv++ < 6)
                    fprintf(stderr, "[%s%s %lld in %lld..%lld price %.3g]",
                            t < p->n_posts ? p->post_names[t] : p->totals[t].name, p->totals[t].key,
                            (long long)s->steps[t], (long long)s->lg->lower[t], (long long)s->lg->upper[t],
                            s->price[t]);
            for (int g = 0; g < s->lg->n_teams; g++)
                na += s->apart[g];
            fprintf(stderr, "search %.0f broken %d apart %d trials %lld best %.0f %.2f s\n",
                    s->cost[s->n_levels - 1], nv, na, (long long)s->trials, s->found ? s->best_cost : -1,
                    deadline - pulang_clock());
        }
        if (s->found)
            break;
        reprice(s);
    }
    if (s->found)
        wander(s, trials);
    if (!s->found)
        return false;
    memset(best, 0, (size_t)p->n_arcs * sizeof *best);
    for (int m = 0; m < s->n_members; m++)
        if (s->best_arc[m] != PULANG_NONE)
            best[s->best_arc[m]]++;
    return true;
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
            s->reduced[begin + i] = ranks[i].reduced;
        }
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
                    p->levels[l].largest ? 0 : level_cost(s, l, t, m);
    return true;
}

static void set_prices(lagrange_search *s) {
    const lagrange *lg = s->lg;
    double unit = 0;
    for (int l = 0; l < s->n_levels; l++)
        unit = fmax(unit, FIRST_PRICE * fmax(weight(s, l), 0.01) * lg->largest[l]);
    s->firm = unit / FIRST_PRICE;
    for (int l = 0; l < s->n_levels; l++)
        s->hold_price[l] = unit / lg->largest[l] + (double)lg->goal.held[l] / (double)lg->goal.scale;
    for (int t = 0; t < s->problem->n_totals; t++)
        s->price[t] = unit / fmax(1, lg->size[t]) + fabs((double)lg->goal.price[t]) / (double)lg->goal.scale;
    s->team_price = unit;
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
    s->reduced = pulang_alloc(near, sizeof *s->reduced);
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
    return s->class_of && s->first_member && s->arc && s->best_arc && s->head && s->next && s->prev &&
           s->group_begin && s->candidate_begin && s->candidate && s->reduced && s->steps && s->price &&
           s->table_begin && s->slot && s->excess && s->lowest && s->above && s->fresh && s->is_fresh &&
           s->comer_begin && s->comer && s->comer_class && s->cost && s->hold_price && s->apart;
}

lagrange_search *lagrange_search_new(const lagrange *lg, uint32_t seed) {
    const pulang_problem *p = lg->problem;
    lagrange_search *s = pulang_alloc(1, sizeof *s);
    if (!s)
        return NULL;
    *s = (lagrange_search){.lg = lg, .problem = p, .random = seed, .n_levels = lg->goal.level + 1};
    for (int k = 0; k < p->n_classes; k++)
        s->n_members += p->supply[k];
    if (s->n_levels > MOST_LEVELS || !allocate(s) || !make_tables(s) || !rank_candidates(s)) {
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
    s->flat = LEAST_BROKEN;
    list_comers(s);
    s->labels = pulang_alloc((size_t)p->n_posts, sizeof *s->labels);
    s->open = pulang_alloc((size_t)p->n_posts, sizeof *s->open);
    s->ab = pulang_alloc((size_t)s->candidate_begin[p->n_classes], sizeof *s->ab);
    for (int k = 0; k < p->n_classes; k++)
        for (int i = s->candidate_begin[k]; i < s->candidate_begin[k + 1]; i++)
            s->ab[i] = above_least(s, k, i);
    set_prices(s);
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
                     s->reduced,
                     s->steps,
                     s->price,
                     s->table_begin,
                     s->table,
                     s->slot,
                     s->log,
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
                     s->apart};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        pulang_free(parts[i]);
    pulang_free(s);
}
