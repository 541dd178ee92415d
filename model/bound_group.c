/*
 * The terms of the bound that are a group of persons: all without a post, or all in places near enough
 * to one another.
 *
 * A group's cost is bounded as a star around its first member: the first in a place P, each other at its
 * cheapest near P,
 *
 *   whole(P) = at(first, P) + sum over the others m of beside(m, P),
 *   beside(m, P) = min over Q near P of at(m, Q),   at(m, Q) = min over m's posts in Q of the reduced cost.
 *
 * That is exact for two members and where near means the same place; with more members two of the others
 * may be too far apart, which can only lower it. Time: members * (posts + near pairs of places).
 */
#include "model/alloc.h"
#include "model/bound_step.h"
#include "model/check.h"
#include "model/exact.h"

#define NO_CHOICE INT64_MAX

/* a + b, NO_CHOICE when either is. */
static int64_t join(bound_step *step, int64_t a, int64_t b) {
    return a == NO_CHOICE || b == NO_CHOICE ? NO_CHOICE : pulang_exact_add(a, b, &step->overflow);
}

/* The least cost of a member in each place. */
static void fill_at(bound_step *step, int person, int64_t *reduced, int64_t *at) {
    const pulang_relaxation *relaxation = step->relaxation;
    size_t begin = relaxation->begin[person], end = relaxation->end[person];
    for (int p = 0; p < step->instance->n_places; p++)
        at[p] = NO_CHOICE;
    bound_person_costs(step, person, reduced);
    for (size_t i = begin; i < end; i++) {
        int place = step->instance->posts[relaxation->posts[i]].place;
        int64_t cost = reduced[i - begin];
        step->overflow = step->overflow || cost == NO_CHOICE;
        at[place] = cost < at[place] ? cost : at[place];
    }
}

/* The least cost of a member near each place. */
static void fill_beside(const bound_step *step, const int64_t *at, int64_t *beside) {
    const bound_room *room = &step->room;
    for (int p = 0; p < step->instance->n_places; p++) {
        beside[p] = NO_CHOICE;
        for (int i = room->near_begin[p]; i < room->near_begin[p + 1]; i++)
            beside[p] = at[room->near[i]] < beside[p] ? at[room->near[i]] : beside[p];
    }
}

/* Fills whole and what it is made of; returns the least of it. */
static int64_t fill_whole(bound_step *step, const pulang_ints *members) {
    bound_room *room = &step->room;
    size_t n_places = (size_t)step->instance->n_places, n_posts = (size_t)step->instance->n_posts;
    int64_t best = NO_CHOICE;
    for (size_t m = 0; m < (size_t)members->n; m++) {
        fill_at(step, members->items[m], room->reduced + m * n_posts, room->at + m * n_places);
        if (m > 0)
            fill_beside(step, room->at + m * n_places, room->beside + m * n_places);
    }
    for (size_t p = 0; p < n_places; p++) {
        room->whole[p] = room->at[p];
        for (size_t m = 1; m < (size_t)members->n; m++)
            room->whole[p] = join(step, room->whole[p], room->beside[m * n_places + p]);
        best = room->whole[p] < best ? room->whole[p] : best;
    }
    return best;
}

/* Cost of all without a post, NO_CHOICE: one must be placed. */
static int64_t cost_out(bound_step *step, const pulang_ints *members) {
    for (int m = 0; m < members->n; m++)
        if (!step->relaxation->may_stay_out[members->items[m]])
            return NO_CHOICE;
    return pulang_exact_multiply(step->out, members->n, &step->overflow);
}

/* The least cost of all others when member m is in a place. */
static void fill_others(bound_step *step, int m) {
    bound_room *room = &step->room;
    int n_places = step->instance->n_places;
    const int64_t *own = m == 0 ? room->at : room->beside + (size_t)m * (size_t)n_places;
    for (int p = 0; p < n_places; p++)
        room->others[p] = NO_CHOICE;
    for (int p = 0; p < n_places; p++) {
        if (room->whole[p] == NO_CHOICE)
            continue;
        int64_t rest = pulang_exact_subtract(room->whole[p], own[p], &step->overflow);
        if (m == 0) {
            room->others[p] = rest;
            continue;
        }
        for (int i = room->near_begin[p]; i < room->near_begin[p + 1]; i++) {
            int64_t *others = &room->others[room->near[i]];
            *others = rest < *others ? rest : *others;
        }
    }
}

/* Leaves member m only the posts in which the group can cost at most limit. */
static void narrow_member(bound_step *step, int m, int person, int64_t limit) {
    pulang_relaxation *relaxation = step->relaxation;
    const int64_t *reduced = step->room.reduced + (size_t)m * (size_t)step->instance->n_posts;
    size_t begin = relaxation->begin[person], kept = begin;
    fill_others(step, m);
    for (size_t i = begin; i < relaxation->end[person]; i++) {
        int post = relaxation->posts[i];
        int64_t cost = join(step, reduced[i - begin], step->room.others[step->instance->posts[post].place]);
        if (cost != NO_CHOICE && cost <= limit)
            relaxation->posts[kept++] = post;
    }
    relaxation->end[person] = kept;
}

int64_t bound_group_minimise(bound_step *step, int group, int64_t slack) {
    const pulang_ints *members = &step->instance->groups[group].persons;
    int64_t out = cost_out(step, members), best = fill_whole(step, members);
    best = out < best ? out : best;
    if (best == NO_CHOICE) {
        step->empty = true;
        return 0;
    }
    if (slack < 0)
        return best;
    int64_t limit = bound_limit(best, slack);
    for (int m = 0; m < members->n; m++) {
        narrow_member(step, m, members->items[m], limit);
        step->relaxation->may_stay_out[members->items[m]] = out != NO_CHOICE && out <= limit;
    }
    return best;
}

/* ---- room ---- */

static int list_near(bound_room *room, const pulang_instance *instance) {
    size_t capacity = 0;
    int n = 0;
    for (int p = 0; p < instance->n_places; p++) {
        for (int q = 0; q < instance->n_places; q++) {
            if (!pulang_check_near(instance, p, q))
                continue;
            if (pulang_grow((void **)&room->near, &capacity, (size_t)n + 1, sizeof *room->near) != 0)
                return -1;
            room->near[n++] = q;
        }
        room->near_begin[p + 1] = n;
    }
    return 0;
}

int bound_room_init(bound_room *room, const pulang_instance *instance) {
    size_t n_places = (size_t)instance->n_places, n_posts = (size_t)instance->n_posts, most = 0;
    for (int g = 0; g < instance->n_groups; g++)
        most = (size_t)instance->groups[g].persons.n > most ? (size_t)instance->groups[g].persons.n : most;
    if (most < 2)
        return 0;
    room->near_begin = pulang_alloc(n_places + 1, sizeof *room->near_begin);
    room->reduced = pulang_alloc(most * n_posts, sizeof *room->reduced);
    room->at = pulang_alloc(most * n_places, sizeof *room->at);
    room->beside = pulang_alloc(most * n_places, sizeof *room->beside);
    room->whole = pulang_alloc(n_places, sizeof *room->whole);
    room->others = pulang_alloc(n_places, sizeof *room->others);
    if (!room->near_begin || !room->reduced || !room->at || !room->beside || !room->whole || !room->others)
        return -1;
    return list_near(room, instance);
}

void bound_room_clear(bound_room *room) {
    pulang_free(room->near_begin);
    pulang_free(room->near);
    pulang_free(room->reduced);
    pulang_free(room->at);
    pulang_free(room->beside);
    pulang_free(room->whole);
    pulang_free(room->others);
}
