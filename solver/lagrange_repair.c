/*
 * Repair of a plan that breaks little: of all exchanges of a few members that take something from what is
 * broken, the one is made that costs least for what it takes, again and again, at prices for what it breaks
 * elsewhere. Exchanges (cyclic and path, as in lagrange_chain.c, but all of them up to a length) are sought
 * by what they lose to the prices, the cheap ones first, so that most are never looked at.
 */
#include "solver/lagrange_moves.h"

#include <math.h>

/* What is broken costs so many times its price at first, and at least this part of the largest cost for what
   a member adds; then so many times what it has cost to mend it. However little is broken, it counts as this
   part of a member. */
static const double SOFT = 6, LEAST_SOFT = 2, DEARER = 1.1, EDGE = 0.02;
/* What is not to be broken costs so many times the firm price. */
static const double NEVER = 1e6;
/* What an exchange may lose to the prices, as part of the largest cost: at first, and how often it doubles;
   until that is this part of what the best exchange costs. */
static const double FIRST_ROOM = 0.01, ENOUGH_ROOM = 0.25;
enum { DOUBLINGS = 8 };
/* Trials for one exchange, and for all by each member. */
enum { EXCHANGE_TRIALS = 200000, MEMBER_TRIALS = 6000 };

typedef struct repair {
    lagrange_search *search;
    int total, sign; /* what is broken: 1 by too much, -1 by too little */
    double room;     /* what an exchange may lose to the prices */
    int most;        /* members in an exchange */
    int64_t end;     /* trials */
    int start;       /* the post that the first member has left */
    search_change changes[SEARCH_CHANGES], best[SEARCH_CHANGES];
    int n_best;
    double least; /* price of what is broken from which on the best exchange pays */
} repair;

/* What a member on the arc adds to what is broken. */
static int64_t part_of(const repair *r, int arc) {
    const lagrange *lg = r->search->lg;
    if (arc == PULANG_NONE)
        return 0;
    for (size_t i = lg->part_begin[arc]; i < lg->part_begin[arc + 1]; i++)
        if (lg->parts[i].total == r->total)
            return r->sign * lg->parts[i].steps;
    return 0;
}

static bool is_moved(const repair *r, int n, int m) {
    for (int i = 0; i < n; i++)
        if (r->changes[i].member == m)
            return true;
    return false;
}

/* Steps by which the total would be broken, any of it as much as some. */
static double units_at(const repair *r, int64_t n) {
    const lagrange_search *s = r->search;
    int64_t by = search_missing(s->lg, r->total, n);
    return by > 0 ? (double)by + s->edge * s->lg->size[r->total] : 0;
}

/* Values the first n changes, which add so much to what is broken. */
static void value(repair *r, int n, int64_t by) {
    lagrange_search *s = r->search;
    double by_level[SEARCH_LEVELS];
    if (by >= 0)
        return;
    double units = units_at(r, s->steps[r->total]) - units_at(r, s->steps[r->total] + r->sign * by);
    if (units <= 0)
        return;
    double cost = search_rise(s, r->changes, n, by_level) + s->price[r->total] * units, least = cost / units;
    if (least >= r->least || cost >= NEVER / 2 * s->firm) /* it breaks what is not to be broken */
        return;
    r->least = least;
    r->n_best = n;
    for (int i = 0; i < n; i++)
        r->best[i] = r->changes[i];
}

/* From n changes on, the last of which brings somebody into a post: it ends there, or one there goes where
   the first was, or pushes another on. lost: to the prices so far. */
static void extend(repair *r, int n, double lost, int64_t by) {
    lagrange_search *s = r->search;
    int post = search_post_of(s, r->changes[n - 1].to);
    s->trials++;
    value(r, n, by);
    if (post == PULANG_NONE || n >= r->most)
        return;
    for (int other = s->head[post]; other >= 0 && s->trials < r->end; other = s->next[other]) {
        int k = s->class_of[other];
        if (!search_is_alone(s, other) || is_moved(r, n, other))
            continue;
        double from = lost - s->above[other];
        int64_t left = by - part_of(r, s->arc[other]);
        bool returns = r->start != PULANG_NONE && s->back_of[k] == r->start;
        if (returns && from + search_reduced_of(s, s->back[k]) - s->least[k] <= r->room) {
            r->changes[n] = (search_change){other, s->back[k]};
            value(r, n + 1, left + part_of(r, s->back[k]));
        }
        if (n + 1 >= r->most)
            continue;
        for (int i = s->candidate_begin[k]; i < s->candidate_begin[k + 1] && from + s->rank[i] <= r->room;
             i++) {
            int to = s->candidate[i], next = search_post_of(s, to);
            if (next == post || next == r->start)
                continue;
            r->changes[n] = (search_change){other, to};
            extend(r, n + 1, from + s->rank[i], left + part_of(r, to));
        }
    }
}

/* Who may come into the post, and by which arc. */
static void set_start(repair *r, int post) {
    const lagrange_search *s = r->search;
    r->start = post;
    if (post == PULANG_NONE)
        return;
    for (int i = s->comer_begin[post]; i < s->comer_begin[post + 1]; i++) {
        s->back_of[s->comer_class[i]] = post;
        s->back[s->comer_class[i]] = s->candidate[s->comer[i]];
    }
}

/* Exchanges that begin with the member, whose own change takes something from what is broken. */
static void begin_with(repair *r, int m) {
    const lagrange_search *s = r->search;
    int k = s->class_of[m];
    int64_t now = part_of(r, s->arc[m]);
    bool is_ready = false;
    for (int i = s->candidate_begin[k]; i < s->candidate_begin[k + 1]; i++) {
        int to = s->candidate[i];
        double lost = s->rank[i] - s->above[m];
        if (lost > r->room)
            return;
        if (to == s->arc[m] || part_of(r, to) >= now)
            continue;
        if (!is_ready)
            set_start(r, search_post_of(s, s->arc[m]));
        is_ready = true;
        r->changes[0] = (search_change){m, to};
        extend(r, 1, lost, part_of(r, to) - now);
    }
}

/* Looks for the best exchange against what is broken, within the room. */
static void seek(repair *r) {
    lagrange_search *s = r->search;
    r->end = s->trials + EXCHANGE_TRIALS;
    for (int k = 0; k < s->problem->n_classes; k++)
        s->back_of[k] = PULANG_NONE;
    for (int i = 0, m = (int)search_draw(s, (uint32_t)s->n_members); i < s->n_members && s->trials < r->end;
         i++, m = m + 1 < s->n_members ? m + 1 : 0)
        if (search_is_alone(s, m))
            begin_with(r, m);
}

/* Makes the best exchange against what is broken of a total; whether there is one. */
static bool make_best(repair *r, int total, double first) {
    lagrange_search *s = r->search;
    double by_level[SEARCH_LEVELS];
    r->total = total;
    r->sign = s->steps[total] > s->lg->upper[total] ? 1 : -1;
    r->least = INFINITY;
    r->n_best = 0;
    r->room = first;
    double units = units_at(r, s->steps[total]);
    for (int i = 0; i <= DOUBLINGS && r->room < 2 * ENOUGH_ROOM * r->least * units && !search_is_over(s);
         i++, r->room *= 2)
        seek(r);
    if (r->n_best == 0)
        return false;
    s->price[total] = fmax(s->price[total], DEARER * r->least);
    search_rise(s, r->best, r->n_best, by_level);
    search_make(s, r->best, r->n_best, by_level);
    return true;
}

static bool is_broken(const lagrange_search *s, int t) {
    return search_missing(s->lg, t, s->steps[t]) > 0;
}

/* What crosses is cheap to break at first; nothing else is to be broken at all. */
static void set_soft(lagrange_search *s, double largest) {
    const lagrange *lg = s->lg;
    s->edge = EDGE;
    for (int l = 0; l < s->n_levels; l++)
        if (s->cost[l] <= (double)lg->value[l])
            s->hold_price[l] = NEVER * s->firm;
    for (int t = 0; t < s->problem->n_totals; t++) {
        double price = fabs((double)lg->goal.price[t]) / (double)lg->goal.scale, size = fmax(1, lg->size[t]);
        s->price[t] = lg->crosses[t] ? SOFT * price + LEAST_SOFT * largest / size : NEVER * s->firm / size;
        search_renew_excess(s, t);
    }
}

/* Whether total a comes before b: the dearer first, for who pays for it may break cheaper ones. */
static bool comes_before(const lagrange_search *s, int a, int b) {
    double x = s->price[a] * s->lg->size[a], y = s->price[b] * s->lg->size[b];
    return x > y || (x >= y && a < b);
}

/* The first total that is broken, of those after the last. PULANG_NONE: of all; there is none. */
static int next_broken(const lagrange_search *s, int last) {
    int first = PULANG_NONE;
    for (int i = 0; i < s->lg->n_crossing; i++) {
        int t = s->lg->crossing[i];
        if (is_broken(s, t) && (last == PULANG_NONE || comes_before(s, last, t)) &&
            (first == PULANG_NONE || comes_before(s, t, first)))
            first = t;
    }
    return first;
}

void search_repair(lagrange_search *s, int exchanged) {
    int64_t trials = s->trials, most = s->most;
    repair r = {.search = s, .most = exchanged};
    double largest = s->lg->largest[s->lg->goal.level];
    s->most = trials + (int64_t)MEMBER_TRIALS * s->n_members;
    set_soft(s, largest);
    for (int t = next_broken(s, PULANG_NONE); t != PULANG_NONE && !search_is_over(s);)
        t = next_broken(s, make_best(&r, t, FIRST_ROOM * largest) ? PULANG_NONE : t);
    s->trials = s->next_look = trials;
    s->most = most;
}
