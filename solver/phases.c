#include "solver/phases.h"

#include "model/alloc.h"
#include "model/preference.h"

#include <stdlib.h>
#include <string.h>

/* One who changes post, or comes anew (from PULANG_NONE). */
typedef struct move {
    int person, from, to;
    double lack;  /* share of its target that the new post lacks today */
    int64_t gain; /* of the preference */
    int phase;    /* 0: not yet */
    bool in_chain;
} move;

typedef struct schedule {
    const pulang_instance *instance;
    move *moves; /* in the order in which they are taken */
    int n_moves;
    int *filled;                  /* [n_posts] as the phases go on */
    int *room;                    /* [n_posts] never fuller than this */
    int *leavers_begin, *leavers; /* moves out of each post, in order; chains look here */
    int *chain;
    int chain_length;
} schedule;

static int by_urgency(const void *a, const void *b, void *instance) {
    const move *x = a, *y = b;
    const pulang_person *persons = ((const pulang_instance *)instance)->persons;
    if (x->lack != y->lack)
        return x->lack > y->lack ? -1 : 1;
    if (x->gain != y->gain)
        return x->gain > y->gain ? -1 : 1;
    return strcmp(persons[x->person].id, persons[y->person].id);
}

static int64_t total_preference(const pulang_preference *preference, int person, int post) {
    int64_t cost = 0;
    for (int t = 0; t < PULANG_N_TERMS; t++)
        cost += pulang_preference_term(preference, (pulang_term)t, person, post);
    return cost;
}

static void list_moves(schedule *s, const pulang_plan *plan) {
    const pulang_instance *instance = s->instance;
    pulang_preference preference;
    pulang_preference_init(&preference, instance);
    for (int p = 0; p < instance->n_persons; p++) {
        int from = instance->persons[p].current, to = plan->post[p];
        if (from != PULANG_NONE)
            s->filled[from]++;
        if (to == PULANG_NONE || to == from)
            continue;
        int64_t stay = from == PULANG_NONE ? 0 : total_preference(&preference, p, from);
        s->moves[s->n_moves++] =
            (move){.person = p, .from = from, .to = to, .gain = stay - total_preference(&preference, p, to)};
    }
    for (int j = 0; j < instance->n_posts; j++)
        s->room[j] = instance->posts[j].max > s->filled[j] ? instance->posts[j].max : s->filled[j];
    for (int i = 0; i < s->n_moves; i++) {
        const pulang_post *post = &instance->posts[s->moves[i].to];
        int lack = post->target - s->filled[s->moves[i].to];
        s->moves[i].lack = post->target > 0 && lack > 0 ? (double)lack / post->target : 0;
    }
    qsort_r(s->moves, (size_t)s->n_moves, sizeof *s->moves, by_urgency, (void *)instance);
}

/* Who ends without a post leaves the old one before the first phase: a seat that is free for others. */
static void free_seats(schedule *s, const pulang_plan *plan) {
    for (int p = 0; p < s->instance->n_persons; p++)
        if (plan->post[p] == PULANG_NONE && s->instance->persons[p].current != PULANG_NONE)
            s->filled[s->instance->persons[p].current]--;
}

static void list_leavers(schedule *s) {
    int n_posts = s->instance->n_posts;
    for (int i = 0; i < s->n_moves; i++)
        if (s->moves[i].from != PULANG_NONE)
            s->leavers_begin[s->moves[i].from + 1]++;
    for (int j = 0; j < n_posts; j++)
        s->leavers_begin[j + 1] += s->leavers_begin[j];
    for (int i = s->n_moves - 1; i >= 0; i--)
        if (s->moves[i].from != PULANG_NONE)
            s->leavers[--s->leavers_begin[s->moves[i].from + 1]] = i;
    for (int j = 0; j < n_posts; j++)
        s->leavers_begin[j] = s->leavers_begin[j + 1];
    s->leavers_begin[n_posts] = 0;
    for (int i = 0; i < s->n_moves; i++)
        s->leavers_begin[n_posts] += s->moves[i].from != PULANG_NONE;
}

/* The first move out of a post that is neither done nor in the chain, PULANG_NONE: there is none. */
static int next_leaver(const schedule *s, int post) {
    for (int i = s->leavers_begin[post]; i < s->leavers_begin[post + 1]; i++) {
        const move *m = &s->moves[s->leavers[i]];
        if (m->phase == 0 && !m->in_chain)
            return s->leavers[i];
    }
    return PULANG_NONE;
}

/*
 * The moves that must go together with move i: the next takes the seat that the one before leaves
 * to be filled. Ends at a post with a free seat, or at the seat that the first one leaves.
 */
static bool build_chain(schedule *s, int i) {
    int start = s->moves[i].from;
    s->chain_length = 0;
    while (i != PULANG_NONE) {
        s->chain[s->chain_length++] = i;
        s->moves[i].in_chain = true;
        int to = s->moves[i].to;
        if (s->filled[to] < s->room[to] || to == start)
            return true;
        i = next_leaver(s, to);
    }
    return false;
}

static int moves_in_chain(const schedule *s) {
    int n = 0;
    for (int i = 0; i < s->chain_length; i++)
        n += s->moves[s->chain[i]].from != PULANG_NONE;
    return n;
}

/* Does the chain in this phase, or takes it apart again. */
static void end_chain(schedule *s, bool done, int phase) {
    for (int i = 0; i < s->chain_length; i++) {
        move *m = &s->moves[s->chain[i]];
        m->in_chain = false;
        if (!done)
            continue;
        m->phase = phase;
        s->filled[m->to]++;
        if (m->from != PULANG_NONE)
            s->filled[m->from]--;
    }
}

static void run_phase(schedule *s, int phase, int limit) {
    int left = limit;
    for (int i = 0; i < s->n_moves; i++) {
        if (s->moves[i].phase != 0)
            continue;
        bool whole = build_chain(s, i);
        int needed = moves_in_chain(s);
        bool done = whole && needed <= left;
        end_chain(s, done, phase);
        left -= done ? needed : 0;
    }
}

static int schedule_init(schedule *s) {
    size_t n_persons = (size_t)s->instance->n_persons, n_posts = (size_t)s->instance->n_posts;
    s->moves = pulang_alloc(n_persons, sizeof *s->moves);
    s->filled = pulang_alloc(n_posts, sizeof *s->filled);
    s->room = pulang_alloc(n_posts, sizeof *s->room);
    s->leavers_begin = pulang_alloc(n_posts + 1, sizeof *s->leavers_begin);
    s->leavers = pulang_alloc(n_persons, sizeof *s->leavers);
    s->chain = pulang_alloc(n_persons, sizeof *s->chain);
    return s->moves && s->filled && s->room && s->leavers_begin && s->leavers && s->chain ? 0 : -1;
}

static void schedule_free(schedule *s) {
    pulang_free(s->moves);
    pulang_free(s->filled);
    pulang_free(s->room);
    pulang_free(s->leavers_begin);
    pulang_free(s->leavers);
    pulang_free(s->chain);
}

int pulang_phases_schedule(pulang_plan *plan) {
    const pulang_scenario *scenario = &plan->instance->scenario;
    if (scenario->n_phases == 0 || !plan->exists)
        return 0;
    int *phase = pulang_arena_alloc(plan->arena, (size_t)plan->instance->n_persons, sizeof *phase);
    schedule s = {.instance = plan->instance};
    int status = phase ? schedule_init(&s) : -1;
    if (status == 0) {
        list_moves(&s, plan);
        free_seats(&s, plan);
        list_leavers(&s);
        for (int i = 0; i < scenario->n_phases; i++)
            run_phase(&s, i + 1, scenario->phases[i].moves);
        for (int i = 0; i < s.n_moves; i++)
            phase[s.moves[i].person] = s.moves[i].phase ? s.moves[i].phase : scenario->n_phases + 1;
        plan->phase = phase;
    }
    schedule_free(&s);
    return status;
}
