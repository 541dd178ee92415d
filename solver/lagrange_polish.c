#include "solver/lagrange_polish.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/lagrange_rest.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

/* Choices of a class that is free, and comers of a post, besides those of the mean and the incumbent. */
enum { FREE_ARCS = 8, FREE_COMERS = 4 };
/* So far from a whole number a flow of the mean still counts as whole. */
static const double WHOLE = 1e-3;
/* What an arc may cost above the least of its class and count as no worse: this part of the largest cost. */
static const double ALMOST_LEAST = 0.01;

typedef struct polish {
    lagrange *lg;
    const double *mean;
    bool *is_free;    /* [n_classes] */
    bool *is_place;   /* [n_places] scratch: a team may be there */
    int64_t *reduced; /* [n_posts] scratch */
    struct loose *loose;
    int64_t tolerance; /* reduced cost above the least that is as good as none */
    bool *is_near;     /* [n_arcs] among the cheapest into its post */
} polish;

/* How little it costs that a class changes. */
typedef struct loose {
    int class;
    int64_t cost;
} loose;

static int flow_of(const polish *s, int arc) {
    return s->lg->solution->exists ? s->lg->solution->flow[arc] : 0;
}

static bool is_used(const polish *s, int arc) {
    return s->mean[arc] > WHOLE || flow_of(s, arc) > 0;
}

/* Whether the incumbent places the class for more than its least or, without one, the mean not whole. */
static bool is_open(const polish *s, int k) {
    const lagrange *lg = s->lg;
    for (int i = lg->begin[k]; i < lg->end[k]; i++) {
        int arc = lg->list[i];
        if (lg->solution->exists ? flow_of(s, arc) > 0 && lagrange_reduced(lg, arc) > lg->least[k]
                                 : fabs(s->mean[arc] - round(s->mean[arc])) > WHOLE)
            return true;
    }
    return false;
}

/* The so-many-th least reduced cost of a class; INT64_MAX: it has fewer arcs. */
static int64_t rank_arcs(const polish *s, int k, int n) {
    const lagrange *lg = s->lg;
    int size = lg->end[k] - lg->begin[k];
    for (int i = 0; i < size; i++)
        s->reduced[i] = lagrange_reduced(lg, lg->list[lg->begin[k] + i]);
    qsort(s->reduced, (size_t)size, sizeof *s->reduced, lagrange_by_value);
    return n < size ? s->reduced[n] : INT64_MAX;
}

static int by_cost(const void *a, const void *b) {
    const loose *x = a, *y = b;
    return x->cost != y->cost ? (x->cost < y->cost ? -1 : 1) : (x->class > y->class) - (x->class < y->class);
}

/* Frees the classes that are open, and more of those that cost least to change. */
static void choose(polish *s, int more) {
    const lagrange *lg = s->lg;
    int n = 0;
    for (int k = 0; k < lg->problem->n_classes; k++) {
        s->is_free[k] = is_open(s, k);
        if (s->is_free[k] || lg->team_of[k] != PULANG_NONE || lg->end[k] - lg->begin[k] < 2)
            continue;
        int64_t second = rank_arcs(s, k, 1);
        s->loose[n++] = (loose){k, second - s->reduced[0]};
    }
    qsort(s->loose, (size_t)n, sizeof *s->loose, by_cost);
    for (int i = 0; i < n && i < more; i++)
        s->is_free[s->loose[i].class] = true;
    for (int g = 0; g < lg->n_teams; g++) {
        bool any = false;
        for (int i = lg->team_begin[g]; i < lg->team_begin[g + 1]; i++)
            any = any || s->is_free[lg->member[i]];
        for (int i = lg->team_begin[g]; i < lg->team_begin[g + 1]; i++)
            s->is_free[lg->member[i]] = any;
    }
}

/* Marks the arcs that are cheapest into every post, as far as they are above the least of their class. */
static int mark_near(polish *s) {
    const int n_near = FREE_COMERS;
    const lagrange *lg = s->lg;
    const pulang_problem *p = lg->problem;
    loose *best = pulang_alloc((size_t)p->n_posts * (size_t)n_near, sizeof *best);
    int *n = pulang_alloc((size_t)p->n_posts, sizeof *n);
    for (int k = 0; best && n && k < p->n_classes; k++) {
        if (lg->team_of[k] != PULANG_NONE || lg->begin[k] == lg->end[k])
            continue;
        rank_arcs(s, k, 0);
        int64_t least = s->reduced[0];
        for (int i = lg->begin[k]; i < lg->end[k]; i++) {
            int arc = lg->list[i], post = p->arc_post[arc];
            loose *of = best + (size_t)post * (size_t)n_near;
            int64_t cost = lagrange_reduced(lg, arc) - least;
            if (n[post] == n_near && cost >= of[n_near - 1].cost)
                continue;
            int at = n[post] < n_near ? n[post]++ : n_near - 1;
            for (; at > 0 && of[at - 1].cost > cost; at--)
                of[at] = of[at - 1];
            of[at] = (loose){arc, cost};
        }
    }
    for (int j = 0; best && n && j < p->n_posts; j++)
        for (int i = 0; i < n[j]; i++)
            s->is_near[best[(size_t)j * (size_t)n_near + (size_t)i].class] = true;
    int failed = best && n ? 0 : -1;
    pulang_free(best);
    pulang_free(n);
    return failed;
}

/* Leaves a class the arcs used; a free one its cheapest too. */
static void restrict_class(polish *s, int k) {
    lagrange *lg = s->lg;
    int64_t most = s->is_free[k] ? rank_arcs(s, k, FREE_ARCS) : lg->least[k] + s->tolerance;
    int n = lg->begin[k], left = s->is_free[k] ? FREE_ARCS : INT_MAX;
    for (int i = lg->begin[k]; i < lg->end[k]; i++) {
        int arc = lg->list[i];
        bool cheap = left > 0 && lagrange_reduced(lg, arc) <= most;
        left -= cheap;
        if (cheap || s->is_near[arc] || is_used(s, arc))
            lg->list[n++] = arc;
    }
    lg->end[k] = n;
}

/* Leaves a team all its arcs into the places where one of them is. */
static void restrict_team(polish *s, int g) {
    lagrange *lg = s->lg;
    const pulang_problem *p = lg->problem;
    for (int place = 0; place < p->n_places; place++)
        s->is_place[place] = false;
    for (int m = lg->team_begin[g]; m < lg->team_begin[g + 1]; m++)
        for (int k = lg->member[m], i = lg->begin[k]; i < lg->end[k]; i++)
            if (is_used(s, lg->list[i]))
                s->is_place[p->post_place[p->arc_post[lg->list[i]]]] = true;
    for (int m = lg->team_begin[g]; m < lg->team_begin[g + 1]; m++) {
        int k = lg->member[m], n = lg->begin[k];
        for (int i = lg->begin[k]; i < lg->end[k]; i++) {
            int arc = lg->list[i];
            if (is_used(s, arc) || (s->is_free[k] && s->is_place[p->post_place[p->arc_post[arc]]]))
                lg->list[n++] = arc;
        }
        lg->end[k] = n;
    }
}

static void restrict_all(polish *s) {
    for (int k = 0; k < s->lg->problem->n_classes; k++)
        if (s->lg->team_of[k] == PULANG_NONE)
            restrict_class(s, k);
    for (int g = 0; g < s->lg->n_teams; g++)
        restrict_team(s, g);
}

pulang_status lagrange_polish(lagrange *lg, const double *mean, int more, double deadline, int *flow,
                              bool *found, pulang_error *error) {
    const pulang_problem *p = lg->problem;
    polish s = {.lg = lg, .mean = mean};
    lagrange_face face = {0};
    pulang_status status = PULANG_OK;
    *found = false;
    s.tolerance = (int64_t)(ALMOST_LEAST * lg->largest[lg->goal.level] * (double)lg->goal.scale);
    s.is_free = pulang_alloc((size_t)p->n_classes, sizeof *s.is_free);
    s.is_place = pulang_alloc((size_t)p->n_places, sizeof *s.is_place);
    s.reduced = pulang_alloc((size_t)p->n_posts, sizeof *s.reduced);
    s.loose = pulang_alloc((size_t)p->n_classes, sizeof *s.loose);
    s.is_near = pulang_alloc((size_t)p->n_arcs, sizeof *s.is_near);
    if (!s.is_free || !s.is_place || !s.reduced || !s.loose || !s.is_near || lagrange_face_save(lg, &face) ||
        mark_near(&s))
        status = pulang_fail_memory(error);
    if (status == PULANG_OK) {
        choose(&s, more);
        restrict_all(&s);
        status = lagrange_rest_plan(lg, deadline, flow, found, error);
    }
    lagrange_face_restore(lg, &face);
    pulang_free(s.is_free);
    pulang_free(s.is_place);
    pulang_free(s.reduced);
    pulang_free(s.loose);
    pulang_free(s.is_near);
    return status;
}
