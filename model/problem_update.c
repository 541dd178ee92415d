/*
 * A problem after a change of a few persons or posts: the rows of these persons, and of persons who were not
 * there before, are made anew, each a class of its own; all other classes are copied.
 */
#include "model/alloc.h"
#include "model/eligible.h"
#include "model/error.h"
#include "model/problem_build.h"

#include <string.h>

typedef struct updater {
    const pulang_problem *base;
    const pulang_instance *instance;
    const pulang_problem_change *change;
    pulang_problem *problem;
    pulang_preference preference;
    bool *changed; /* [n_persons] */
    int n_made;    /* classes made anew at most */
    int n_persons; /* members placed in classes so far */
    bool fewer;    /* no changed person may go where it could not go before */
} updater;

static int alloc_classes(updater *u) {
    const pulang_problem *base = u->base;
    pulang_problem *p = u->problem;
    size_t n_made = (size_t)u->n_made, n_classes = (size_t)base->n_classes + n_made;
    size_t n_arcs = (size_t)base->n_arcs + n_made * (size_t)base->n_posts;
    size_t n_persons = (size_t)u->instance->n_persons;
    p->supply = pulang_arena_alloc(p->arena, n_classes, sizeof *p->supply);
    p->bound = pulang_arena_alloc(p->arena, n_classes, sizeof *p->bound);
    p->member_begin = pulang_arena_alloc(p->arena, n_classes + 1, sizeof *p->member_begin);
    p->members = pulang_arena_alloc(p->arena, n_persons, sizeof *p->members);
    p->class_names = pulang_arena_alloc(p->arena, n_classes, sizeof *p->class_names);
    p->arc_begin = pulang_arena_alloc(p->arena, n_classes + 1, sizeof *p->arc_begin);
    p->arc_post = pulang_arena_alloc(p->arena, n_arcs, sizeof *p->arc_post);
    p->levels = pulang_arena_alloc(p->arena, (size_t)base->n_levels, sizeof *p->levels);
    u->changed = pulang_alloc(n_persons, sizeof *u->changed);
    if (!p->supply || !p->bound || !p->member_begin || !p->members || !p->class_names || !p->arc_begin ||
        !p->arc_post || !p->levels || !u->changed)
        return -1;
    for (int l = 0; l < base->n_levels; l++) {
        p->levels[l] = base->levels[l];
        if (!base->levels[l].arc_cost)
            continue;
        p->levels[l].arc_cost = pulang_arena_alloc(p->arena, n_arcs, sizeof *p->levels[l].arc_cost);
        if (!p->levels[l].arc_cost)
            return -1;
    }
    return 0;
}

/* Ends the class whose members and arcs stand at the ends of their arrays. */
static void end_class(updater *u, bool bound) {
    pulang_problem *p = u->problem;
    int k = p->n_classes++, first = p->members[p->member_begin[k]];
    p->supply[k] = u->n_persons - p->member_begin[k];
    p->bound[k] = bound;
    p->class_names[k] = u->instance->persons[first].id;
    p->member_begin[k + 1] = u->n_persons;
    p->arc_begin[k + 1] = p->n_arcs;
}

/* What is left of a class when its changed members are gone, if anything is. */
static void copy_class(updater *u, int k) {
    const pulang_problem *base = u->base;
    pulang_problem *p = u->problem;
    int before = u->n_persons;
    for (int i = base->member_begin[k]; i < base->member_begin[k + 1]; i++)
        if (!u->changed[base->members[i]])
            p->members[u->n_persons++] = base->members[i];
    if (u->n_persons == before)
        return;
    int from = base->arc_begin[k], n = base->arc_begin[k + 1] - from;
    memcpy(p->arc_post + p->n_arcs, base->arc_post + from, (size_t)n * sizeof *p->arc_post);
    for (int l = 0; l < p->n_levels; l++)
        if (p->levels[l].arc_cost)
            memcpy(p->levels[l].arc_cost + p->n_arcs, base->levels[l].arc_cost + from,
                   (size_t)n * sizeof *p->levels[l].arc_cost);
    p->n_arcs += n;
    end_class(u, base->bound[k]);
}

static void make_class(updater *u, int person) {
    pulang_problem *p = u->problem;
    p->members[u->n_persons++] = person;
    for (int j = 0; j < p->n_posts; j++) {
        if (pulang_eligible_bar(u->instance, person, j) != PULANG_BAR_NONE)
            continue;
        p->arc_post[p->n_arcs] = j;
        for (int l = 0; l < p->n_levels; l++)
            if (p->levels[l].arc_cost)
                p->levels[l].arc_cost[p->n_arcs] = pulang_preference_cost(&u->preference, l, person, j);
        p->n_arcs++;
    }
    end_class(u, pulang_eligible_bound(u->instance, person));
}

/* Whether the posts of class a of the problem are among those of class b of the base. */
static bool within(const pulang_problem *problem, int a, const pulang_problem *base, int b) {
    int at = base->arc_begin[b];
    for (int i = problem->arc_begin[a]; i < problem->arc_begin[a + 1]; i++) {
        while (at < base->arc_begin[b + 1] && base->arc_post[at] < problem->arc_post[i])
            at++;
        if (at == base->arc_begin[b + 1] || base->arc_post[at] != problem->arc_post[i])
            return false;
    }
    return true;
}

static pulang_status update_classes(updater *u, pulang_error *error) {
    const pulang_problem *base = u->base;
    int n_before = base->member_begin[base->n_classes];
    u->n_made = u->change->n_persons + u->instance->n_persons - n_before;
    if ((double)base->n_arcs + (double)u->n_made * base->n_posts > (double)(INT32_MAX / 2))
        return pulang_fail(error, PULANG_ERROR_LIMIT, _("more than %d eligible pairs"), INT32_MAX / 2);
    if (alloc_classes(u))
        return pulang_fail_memory(error);
    pulang_preference_init(&u->preference, u->instance);
    for (int i = 0; i < u->change->n_persons; i++)
        u->changed[u->change->persons[i]] = true;
    for (int k = 0; k < base->n_classes; k++)
        copy_class(u, k);
    for (int k = 0; k < base->n_classes; k++)
        for (int i = base->member_begin[k]; i < base->member_begin[k + 1]; i++)
            if (u->changed[base->members[i]]) {
                make_class(u, base->members[i]);
                u->fewer &= within(u->problem, u->problem->n_classes - 1, base, k);
            }
    for (int p = n_before; p < u->instance->n_persons; p++) {
        make_class(u, p);
        u->fewer = false;
    }
    return PULANG_OK;
}

/* Where persons only lose posts and every arc into a post counts the same, the totals still hold: the
   most that could come is now more than can. */
static bool totals_hold(const updater *u) {
    for (int t = 0; t < u->base->n_totals; t++)
        if (!u->base->totals[t].uniform)
            return false;
    return u->fewer && !u->change->posts;
}

pulang_status pulang_problem_update(const pulang_problem *base, const pulang_instance *instance,
                                    const pulang_problem_change *change, pulang_problem **problem,
                                    pulang_error *error) {
    pulang_arena *arena = pulang_arena_new();
    pulang_problem *made = arena ? pulang_arena_alloc(arena, 1, sizeof *made) : NULL;
    if (!made) {
        pulang_arena_free(arena);
        return pulang_fail_memory(error);
    }
    *made = *base;
    made->arena = arena;
    made->n_classes = made->n_arcs = made->n_pairings = 0;
    updater u = {.base = base, .instance = instance, .change = change, .problem = made, .fewer = true};
    pulang_status status = update_classes(&u, error);
    if (status == PULANG_OK && !totals_hold(&u))
        status = pulang_problem_build_totals(instance, made, error);
    if (status == PULANG_OK)
        status = pulang_problem_build_pairings(instance, made, error);
    pulang_free(u.changed);
    if (status == PULANG_OK)
        *problem = made;
    else
        pulang_problem_free(made);
    return status;
}

pulang_status pulang_problem_widen(const pulang_problem *base, const pulang_instance *instance,
                                   pulang_problem **problem, pulang_error *error) {
    pulang_arena *arena = pulang_arena_new();
    pulang_problem *made = arena ? pulang_arena_alloc(arena, 1, sizeof *made) : NULL;
    int *supply = made ? pulang_arena_alloc(arena, (size_t)base->n_classes, sizeof *supply) : NULL;
    if (!supply) {
        pulang_arena_free(arena);
        return pulang_fail_memory(error);
    }
    for (int k = 0; k < base->n_classes; k++)
        supply[k] = base->supply[k] + 1;
    *made = *base;
    made->arena = arena;
    made->supply = supply;
    pulang_status status = pulang_problem_build_totals(instance, made, error);
    made->supply = base->supply;
    if (status == PULANG_OK)
        *problem = made;
    else
        pulang_problem_free(made);
    return status;
}
