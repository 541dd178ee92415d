#include "solver/lagrange_region.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/draw.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Choices in a region for each of its members: the cheapest of all. */
enum { ARCS_EACH = 12, ARCS_ALL = 8, ARCS_IN = 4 };
/* Who counts where something is broken is freed as if it cost so many times less. */
enum { THERE_SOONER = 16 };
/* Where something is broken, one region in so many is elsewhere all the same. */
enum { ELSEWHERE = 4 };
/* A rule on more than this part of the posts makes no region. */
enum { LOCAL = 3 };

typedef struct region {
    lagrange *lg;
    const int *flow;
    uint64_t *random;
    int64_t *steps;  /* [n_totals] of the incumbent */
    int64_t *excess; /* [n_totals] what it costs above the least at the prices */
    int64_t *least;  /* [n_classes] least reduced cost */
    int *now;        /* [n_classes] the arc of the incumbent, PULANG_NONE: none */
    int *best;       /* [n_classes] the arc of least reduced cost, PULANG_NONE: none */
    double *loss;    /* [n_totals] of a total and of those whom it keeps from better, 0: no region */
    bool *is_in;     /* [n_posts] in the region */
    bool *is_free;   /* [n_classes] */
    int64_t *cost;   /* [n_arcs] scratch */
} region;

static bool is_alone(const region *s, int k) {
    return s->lg->problem->supply[k] == 1 && s->lg->team_of[k] == PULANG_NONE;
}

static int64_t cost_now(const region *s, int k) {
    return s->now[k] == PULANG_NONE ? lagrange_out_cost(s->lg) : lagrange_reduced(s->lg, s->now[k]);
}

/* ---- losses ---- */

static void count_arc(region *s, int arc) {
    const lagrange *lg = s->lg;
    s->steps[lg->problem->arc_post[arc]] += s->flow[arc];
    for (size_t i = lg->part_begin[arc]; i < lg->part_begin[arc + 1]; i++)
        s->steps[lg->parts[i].total] += s->flow[arc] * lg->parts[i].steps;
}

static void read_class(region *s, int k) {
    const lagrange *lg = s->lg;
    const pulang_problem *p = lg->problem;
    s->least[k] = lg->may_stay_out[k] ? lagrange_out_cost(lg) : INT64_MAX;
    s->now[k] = s->best[k] = PULANG_NONE;
    for (int a = p->arc_begin[k]; a < p->arc_begin[k + 1]; a++)
        if (s->flow[a] > 0) {
            count_arc(s, a);
            s->now[k] = a;
        }
    for (int i = lg->begin[k]; i < lg->end[k]; i++) {
        int64_t reduced = lagrange_reduced(lg, lg->list[i]);
        if (reduced < s->least[k]) {
            s->least[k] = reduced;
            s->best[k] = lg->list[i];
        }
    }
}

static void read_plan(region *s) {
    const lagrange *lg = s->lg;
    const pulang_problem *p = lg->problem;
    for (int k = 0; k < p->n_classes; k++)
        read_class(s, k);
    for (int t = p->n_posts; t < p->n_totals; t++)
        for (int i = 0; p->totals[t].uniform && i < p->totals[t].n_posts; i++)
            s->steps[t] += s->steps[p->totals[t].posts[i]];
    for (int t = 0; t < p->n_totals; t++)
        s->excess[t] = lagrange_total_cost(lg, t, s->steps[t]) - lg->goal.price[t] * s->steps[t] -
                       (int64_t)lagrange_total_least(lg, t).value;
}

static void charge(region *s, int arc, double by) {
    const lagrange *lg = s->lg;
    for (size_t i = lg->part_begin[arc]; i < lg->part_begin[arc + 1]; i++)
        s->loss[lg->parts[i].total] += by;
}

/* What is lost counts where a person is and where he would rather be. */
static void measure(region *s) {
    const lagrange *lg = s->lg;
    const pulang_problem *p = lg->problem;
    for (int i = 0; i < lg->n_crossing; i++)
        s->loss[lg->crossing[i]] += fmax((double)s->excess[lg->crossing[i]], 0);
    for (int k = 0; k < p->n_classes; k++) {
        int now = s->now[k], best = s->best[k];
        if (!is_alone(s, k))
            continue;
        double by = (double)(cost_now(s, k) - s->least[k]);
        by += now == PULANG_NONE ? 0 : (double)s->excess[p->arc_post[now]];
        if (now != PULANG_NONE)
            charge(s, now, by);
        if (best != PULANG_NONE && best != now)
            charge(s, best, by);
    }
    double sum = 0;
    for (int i = 0; i < lg->n_crossing; i++) {
        int t = lg->crossing[i];
        s->loss[t] = p->totals[t].n_posts * LOCAL > p->n_posts ? 0 : s->loss[t];
        sum += s->loss[t];
    }
    for (int i = 0; i < lg->n_crossing; i++)
        if (p->totals[lg->crossing[i]].n_posts * LOCAL <= p->n_posts)
            s->loss[lg->crossing[i]] += 0.1 * sum / lg->n_crossing;
}

/* ---- choice ---- */

/* One that cuts across, the likelier the more it loses; once. PULANG_NONE: none is left. */
static int draw_total(region *s) {
    const lagrange *lg = s->lg;
    double sum = 0;
    for (int i = 0; i < lg->n_crossing; i++)
        sum += s->loss[lg->crossing[i]];
    double x = sum * ((double)pulang_draw(s->random, UINT32_C(1) << 30) + 0.5) / (double)(UINT32_C(1) << 30);
    for (int i = 0; i < lg->n_crossing; i++) {
        int t = lg->crossing[i];
        x -= s->loss[t];
        if (s->loss[t] > 0 && x <= 0) {
            s->loss[t] = 0;
            return t;
        }
    }
    return PULANG_NONE;
}

/* One that is broken; PULANG_NONE: none is. */
static int draw_broken(region *s) {
    const lagrange *lg = s->lg;
    int found = PULANG_NONE;
    for (int i = 0, n = 0; i < lg->n_crossing; i++) {
        int t = lg->crossing[i];
        bool is_broken = s->steps[t] < lg->lower[t] || s->steps[t] > lg->upper[t];
        if (is_broken && s->loss[t] > 0 && pulang_draw(s->random, (uint32_t)++n) == 0)
            found = t;
    }
    if (found != PULANG_NONE)
        s->loss[found] = 0;
    return found;
}

/* Adds the posts of a total; how many are in them. */
static int64_t add_posts(region *s, int t) {
    const pulang_problem *p = s->lg->problem;
    int64_t n = 0;
    for (int i = 0; i < p->totals[t].n_posts; i++) {
        int post = p->totals[t].posts[i];
        n += s->is_in[post] ? 0 : s->steps[post];
        s->is_in[post] = true;
    }
    return n;
}

/* The value below which the first so many are. */
static int64_t threshold(int64_t *values, int n, int first) {
    if (first >= n)
        return INT64_MAX;
    qsort(values, (size_t)n, sizeof *values, lagrange_by_value);
    return values[first];
}

static bool is_inside(const region *s, int arc) {
    return s->is_in[s->lg->problem->arc_post[arc]];
}

/* Whether the arc counts in one of the two rules. */
static bool counts(const region *s, int arc, const int *rule) {
    const lagrange *lg = s->lg;
    for (size_t i = lg->part_begin[arc]; i < lg->part_begin[arc + 1]; i++)
        if (lg->parts[i].total == rule[0] || lg->parts[i].total == rule[1])
            return true;
    for (int i = 0; i < 2; i++)
        if (rule[i] != PULANG_NONE && lg->problem->totals[rule[i]].uniform && is_inside(s, arc))
            return true;
    return false;
}

/* Frees about so many classes, those that cost least; values: the n costs that there are, to be sorted. */
static void free_cheapest(region *s, int64_t *values, int n, int size) {
    int64_t limit = threshold(values, n, size);
    for (int k = 0; k < s->lg->problem->n_classes; k++)
        s->is_free[k] = s->cost[k] < limit;
}

/* Adds the cost of a class, which is others at times, and lists it. */
static void add_cost(region *s, int k, int64_t cost, int64_t *values, int *n) {
    s->cost[k] = cost;
    if (cost == INT64_MAX)
        return;
    s->cost[k] = (int64_t)((double)cost * (0.5 + pulang_draw(s->random, 1024) / 1024.0));
    values[(*n)++] = s->cost[k];
}

/* What it costs that the class takes its cheapest other arc into the region, of those that count in the rules
   if there are any. INT64_MAX: it has none. */
static int64_t cheapest_other(const region *s, int k, const int *rule) {
    const lagrange *lg = s->lg;
    int64_t least = INT64_MAX;
    if (!is_alone(s, k))
        return INT64_MAX;
    for (int i = lg->begin[k]; i < lg->end[k]; i++) {
        int a = lg->list[i];
        if (a == s->now[k] || !is_inside(s, a) || (rule && !counts(s, a, rule)))
            continue;
        int64_t cost = lagrange_reduced(lg, a);
        least = cost < least ? cost : least;
    }
    return least == INT64_MAX ? INT64_MAX : least - cost_now(s, k);
}

/* Two rules at least, and more until there are enough to be moved: those who move most cheaply, which is
   others at times. */
static void choose(region *s, int size) {
    const pulang_problem *p = s->lg->problem;
    int64_t *values = s->cost + p->n_classes, n_in = 0;
    for (int n = 0, t; (n < 2 || n_in < size) && (t = draw_total(s)) != PULANG_NONE; n++)
        n_in += add_posts(s, t);
    int n = 0;
    for (int k = 0; k < p->n_classes; k++)
        add_cost(s, k, cheapest_other(s, k, NULL), values, &n);
    free_cheapest(s, values, n, size);
}

/* Leaves a class what it has and, if it is free, the arcs whose reduced cost is below the limit, or below
   that for arcs into the region. */
static void restrict_class(region *s, int k, int64_t limit, int64_t limit_in) {
    lagrange *lg = s->lg;
    int n = lg->begin[k], placed = 0;
    for (int i = lg->begin[k]; i < lg->end[k]; i++) {
        int a = lg->list[i];
        placed += s->flow[a];
        if (s->flow[a] > 0 ||
            (s->is_free[k] && lagrange_reduced(lg, a) < (is_inside(s, a) ? limit_in : limit)))
            lg->list[n++] = a;
    }
    lg->end[k] = n;
    lg->may_stay_out[k] = lg->may_stay_out[k] && (s->is_free[k] || placed < lg->problem->supply[k]);
}

/* ---- what is broken ---- */

/* Who counts where the rule is broken and in another rule, and those who would come in most cheaply, which is
   others at times. */
static void choose_around(region *s, int broken, int size) {
    const pulang_problem *p = s->lg->problem;
    int64_t *values = s->cost + p->n_classes;
    int n = 0, rule[2] = {broken, draw_total(s)};
    for (int i = 0; i < 2; i++)
        if (rule[i] != PULANG_NONE)
            add_posts(s, rule[i]);
    for (int k = 0; k < p->n_classes; k++) {
        int now = s->now[k];
        bool is_there = is_alone(s, k) && now != PULANG_NONE && is_inside(s, now) && counts(s, now, rule);
        int64_t cost = is_there ? (cost_now(s, k) - s->least[k]) / THERE_SOONER : cheapest_other(s, k, rule);
        add_cost(s, k, cost, values, &n);
    }
    free_cheapest(s, values, n, size);
}

/* Leaves those who are free their cheapest arcs, wherever they lead, and the cheapest into the rule. */
static void restrict_around(region *s) {
    const lagrange *lg = s->lg;
    for (int k = 0; k < lg->problem->n_classes; k++) {
        int n_all = 0, n_in = 0;
        int64_t *all = s->cost, *in = s->cost + (lg->end[k] - lg->begin[k]);
        for (int i = lg->begin[k]; s->is_free[k] && i < lg->end[k]; i++) {
            int64_t cost = lagrange_reduced(lg, lg->list[i]);
            all[n_all++] = cost;
            if (is_inside(s, lg->list[i]))
                in[n_in++] = cost;
        }
        int64_t limit = threshold(all, n_all, ARCS_ALL), limit_in = threshold(in, n_in, ARCS_IN);
        restrict_class(s, k, limit, limit > limit_in ? limit : limit_in);
    }
}

/* ---- what is lost ---- */

/* Leaves those who are free the cheapest arcs into the region. */
static void restrict_all(region *s, int size) {
    const lagrange *lg = s->lg;
    int n_arcs = 0;
    for (int k = 0; k < lg->problem->n_classes; k++)
        for (int i = lg->begin[k]; s->is_free[k] && i < lg->end[k]; i++)
            if (is_inside(s, lg->list[i]))
                s->cost[n_arcs++] = lagrange_reduced(lg, lg->list[i]) - s->least[k];
    int64_t limit = threshold(s->cost, n_arcs, ARCS_EACH * size);
    for (int k = 0; k < lg->problem->n_classes; k++)
        restrict_class(s, k, INT64_MIN, limit == INT64_MAX ? limit : s->least[k] + limit);
}

pulang_status lagrange_region_restrict(lagrange *lg, const int *flow, int size, uint64_t *random,
                                       pulang_error *error) {
    const pulang_problem *p = lg->problem;
    size_t totals = (size_t)p->n_totals, classes = (size_t)p->n_classes, arcs = (size_t)p->n_arcs;
    region s = {.lg = lg, .flow = flow, .random = random};
    s.steps = pulang_alloc(totals, sizeof *s.steps);
    s.excess = pulang_alloc(totals, sizeof *s.excess);
    s.least = pulang_alloc(classes, sizeof *s.least);
    s.now = pulang_alloc(classes, sizeof *s.now);
    s.best = pulang_alloc(classes, sizeof *s.best);
    s.loss = pulang_alloc(totals, sizeof *s.loss);
    s.is_in = pulang_alloc((size_t)p->n_posts, sizeof *s.is_in);
    s.is_free = pulang_alloc(classes, sizeof *s.is_free);
    s.cost = pulang_alloc(2 * arcs + 2 * classes, sizeof *s.cost);
    bool ready =
        s.steps && s.excess && s.least && s.now && s.best && s.loss && s.is_in && s.is_free && s.cost;
    if (ready) {
        read_plan(&s);
        measure(&s);
        int broken = pulang_draw(random, ELSEWHERE) > 0 ? draw_broken(&s) : PULANG_NONE;
        if (broken != PULANG_NONE) {
            choose_around(&s, broken, size);
            restrict_around(&s);
        } else {
            choose(&s, size);
            restrict_all(&s, size);
        }
    }
    void *parts[] = {s.steps, s.excess, s.least, s.now, s.best, s.loss, s.is_in, s.is_free, s.cost};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        pulang_free(parts[i]);
    return ready ? PULANG_OK : pulang_fail_memory(error);
}
