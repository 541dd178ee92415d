/*
 * Why people are placed otherwise who have no reason of their own: they make room for others.
 *
 * The difference of two plans is a set of arcs over the posts, from the old post of a person to the new one;
 * it decomposes into paths and cycles. Two persons are linked where one takes a seat in the post that the
 * other left. A search, breadth first, from all with a reason of their own finds the shortest chain for each
 * other; every post is looked at once as one that is left and once as one that is taken: linear time.
 */
#include "io/compare_state.h"
#include "model/alloc.h"
#include "model/error.h"

#include <math.h>
#include <string.h>

#define TOLD 3 /* links of a chain that are told one by one */

/* People by a post: those who left it, or those who took it. */
typedef struct meeting {
    pulang_index posts; /* number of a post */
    int *first;         /* [posts] difference, -1: none */
    int *following;     /* [differences] the next one of the same post, -1: none */
    bool *done;         /* [posts] looked at */
} meeting;

typedef struct chain {
    pulang_arena *arena;
    const pulang_run *before, *after;
    pulang_against *against;
    meeting left, taken;
    int *queue; /* [differences] */
    int head, tail;
    bool *reached; /* [differences] */
    bool failed;
} chain;

static const char *post_of(const pulang_difference *d, bool left) {
    return left ? d->before : d->after;
}

static bool meeting_make(chain *c, meeting *m, bool left) {
    int n = c->against->n_differences;
    m->first = pulang_arena_alloc(c->arena, (size_t)n, sizeof *m->first);
    m->following = pulang_arena_alloc(c->arena, (size_t)n, sizeof *m->following);
    m->done = pulang_arena_alloc(c->arena, (size_t)n, sizeof *m->done);
    if (!m->first || !m->following || !m->done)
        return false;
    for (int i = n - 1; i >= 0; i--) {
        const char *post = post_of(&c->against->differences[i], left);
        if (!*post)
            continue;
        int number = pulang_index_find(&m->posts, post);
        m->following[i] = number < 0 ? -1 : m->first[number];
        if (number < 0) {
            number = (int)m->posts.n;
            if (pulang_index_add(&m->posts, post, number) != 0)
                return false;
        }
        m->first[number] = i;
    }
    return true;
}

static void enqueue(chain *c, int i) {
    c->reached[i] = true;
    c->queue[c->tail++] = i;
}

/* Reaches all who meet person i at a post: m is where they are looked for. link: they go on to i. */
static void spread(chain *c, meeting *m, const char *post, int i, bool takes, bool link) {
    int number = *post ? pulang_index_find(&m->posts, post) : -1;
    if (number < 0 || m->done[number])
        return;
    m->done[number] = true;
    for (int k = m->first[number]; k >= 0; k = m->following[k]) {
        if (c->reached[k])
            continue;
        pulang_difference *d = &c->against->differences[k];
        if (link) {
            d->why = PULANG_WHY_ROOM;
            d->next = i;
            d->takes = takes;
        }
        enqueue(c, k);
    }
}

/* Empties the queue. */
static void search(chain *c, bool link) {
    while (c->head < c->tail) {
        int i = c->queue[c->head++];
        const pulang_difference *d = &c->against->differences[i];
        spread(c, &c->taken, d->before, i, true, link); /* they take the seat that i left */
        spread(c, &c->left, d->after, i, false, link);  /* they leave the seat that i took */
        if (!link) {
            spread(c, &c->left, d->before, i, false, false);
            spread(c, &c->taken, d->after, i, false, false);
        }
    }
}

/* ---- in words ---- */

static const char *link_text(const chain *c, const pulang_difference *d) {
    const char *name = c->against->differences[d->next].name;
    const char *who = *name ? name : c->against->differences[d->next].person;
    return pulang_arena_printf(c->arena,
                               d->takes ? _("takes the seat that %s left") : _("leaves the seat to %s"), who);
}

/* "takes the seat that A left, who leaves the seat to B; why B went: ..." */
static void tell_room(chain *c, pulang_difference *d) {
    const pulang_difference *at = d;
    const char *text = link_text(c, at);
    int more = 0;
    for (int told = 1; text && c->against->differences[at->next].next >= 0; told++) {
        at = &c->against->differences[at->next];
        more += told >= TOLD;
        const char *link = told < TOLD ? link_text(c, at) : "";
        if (told < TOLD)
            text = link ? pulang_arena_printf(c->arena, _("%s, who %s"), text, link) : NULL;
    }
    const pulang_difference *end = &c->against->differences[at->next];
    if (text && more > 0)
        text = pulang_arena_printf(c->arena, _("%s, and so on (%d more)"), text, more);
    if (text)
        text = pulang_arena_printf(c->arena, _("%s; why %s went: %s"), text,
                                   *end->name ? end->name : end->person, end->text);
    c->failed |= !text;
    d->text = text ? text : "";
}

static bool proven(const pulang_run *run) {
    for (int l = 0; l < run->n_levels; l++)
        if (!run->levels[l].proven)
            return false;
    return true;
}

/* What the people in the queue pay more now, by the weights of now or (scaled) of before; NAN: not known. */
static double cost_together(const chain *c, int begin, int end, bool by_before) {
    double sum = 0;
    for (int k = begin; k < end; k++)
        for (int t = 0; t < PULANG_N_TERMS; t++) {
            double was = pulang_run_weight(c->before, t), is = pulang_run_weight(c->after, t);
            double scale = by_before && is > 0 ? was / is : 1;
            sum += c->against->differences[c->queue[k]].term[t] * scale;
        }
    return sum;
}

static const char *together_text(const chain *c, pulang_why why, int n, double sum) {
    if (why == PULANG_WHY_EQUAL)
        return pulang_arena_printf(c->arena, _("an exchange that is just as good (people in it: %d)"), n);
    if (why == PULANG_WHY_UNPROVEN)
        return pulang_arena_printf(
            c->arena, _("not all is proven, so that either may be the better here (people linked: %d)"), n);
    if (isnan(sum))
        return pulang_arena_printf(c->arena,
                                   _("no change touches these posts themselves (people linked: %d)"), n);
    return pulang_arena_printf(
        c->arena, _("no change touches these posts themselves; the people linked (%d) cost %+.3f points"), n,
        sum);
}

/* The reason of those in the queue, who are linked with each other only. */
static void tell_together(chain *c, int begin, int end) {
    double sum = cost_together(c, begin, end, false), before = cost_together(c, begin, end, true);
    bool equal = fabs(sum) < PULANG_RUN_ROUNDING && fabs(before) < PULANG_RUN_ROUNDING;
    pulang_why why = equal                                     ? PULANG_WHY_EQUAL
                     : !proven(c->before) || !proven(c->after) ? PULANG_WHY_UNPROVEN
                                                               : PULANG_WHY_OTHER;
    const char *text = together_text(c, why, end - begin, sum);
    c->failed |= !text;
    for (int k = begin; k < end; k++) {
        pulang_difference *d = &c->against->differences[c->queue[k]];
        d->why = why;
        d->together = end - begin;
        d->text = text ? text : "";
    }
}

/* ---- all of them ---- */

static void tell_absent(pulang_difference *d) {
    d->why = PULANG_WHY_ABSENT;
    d->text = d->row_before < 0 ? _("is not in the first folder") : _("is only in the first folder");
}

/* Reasons of their own; the others stay open. */
static void search_own(chain *c) {
    pulang_judge judge = {.arena = c->arena, .before = c->before, .after = c->after, .against = c->against};
    pulang_judge_begin(&judge);
    for (int i = 0; !judge.failed && i < c->against->n_differences; i++) {
        pulang_difference *d = &c->against->differences[i];
        bool both = d->row_before >= 0 && d->row_after >= 0;
        if (!both)
            tell_absent(d);
        if (!both || pulang_judge_direct(&judge, d))
            enqueue(c, i);
    }
    c->failed |= judge.failed;
}

static void search_all(chain *c) {
    search_own(c);
    int own = c->tail;
    search(c, true);
    for (int k = own; !c->failed && k < c->tail; k++)
        tell_room(c, &c->against->differences[c->queue[k]]);
    memset(c->left.done, 0, c->left.posts.n * sizeof *c->left.done);
    memset(c->taken.done, 0, c->taken.posts.n * sizeof *c->taken.done);
    for (int i = 0; !c->failed && i < c->against->n_differences; i++)
        if (!c->reached[i]) {
            int begin = c->tail;
            enqueue(c, i);
            search(c, false);
            tell_together(c, begin, c->tail);
        }
}

int pulang_compare_reasons(pulang_arena *arena, const pulang_run *before, const pulang_run *after,
                           pulang_against *against) {
    chain c = {.arena = arena, .before = before, .after = after, .against = against};
    int n = against->n_differences;
    if (after->today) {
        for (int i = 0; i < n; i++)
            against->differences[i].why = PULANG_WHY_TODAY;
        return 0;
    }
    c.queue = pulang_arena_alloc(arena, (size_t)n, sizeof *c.queue);
    c.reached = pulang_arena_alloc(arena, (size_t)n, sizeof *c.reached);
    c.failed =
        !c.queue || !c.reached || !meeting_make(&c, &c.left, true) || !meeting_make(&c, &c.taken, false);
    if (!c.failed)
        search_all(&c);
    pulang_index_clear(&c.left.posts);
    pulang_index_clear(&c.taken.posts);
    return c.failed ? -1 : 0;
}
