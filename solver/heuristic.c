#include "solver/heuristic.h"

#include "model/alloc.h"
#include "solver/flow_state.h"
#include "solver/limits.h"

#include <math.h>
#include <string.h>

#define MAX_ROUNDS 30
#define MAX_TRIALS 4000000

struct pulang_heuristic {
    pulang_flow_state *state;
    uint64_t random;
    double deadline; /* of the clock */
    long trials;     /* left; counted rather than timed, so that the same seed gives the same flow */
    int *order;      /* [n_classes] in which classes are tried */
    int *used;       /* [n_arcs] arcs with flow */
};

/* Moving one member of a class from an arc to another; PULANG_NONE: no post. */
typedef struct move {
    int from, to;
} move;

static void shift(pulang_flow_state *state, int from, int to) {
    if (from != PULANG_NONE)
        pulang_flow_state_put(state, from, -1);
    if (to != PULANG_NONE)
        pulang_flow_state_put(state, to, 1);
}

/* Makes the moves if they improve the score. */
static bool try_moves(pulang_flow_state *state, const move *moves, int n) {
    pulang_score before = pulang_flow_state_score(state);
    for (int i = 0; i < n; i++)
        shift(state, moves[i].from, moves[i].to);
    pulang_score after = pulang_flow_state_score(state);
    if (pulang_score_better(&after, &before))
        return true;
    for (int i = n - 1; i >= 0; i--)
        shift(state, moves[i].to, moves[i].from);
    return false;
}

static bool is_over(pulang_heuristic *h) {
    if (h->trials > 0 && --h->trials % 256 == 0 && pulang_clock() >= h->deadline)
        h->trials = 0;
    return h->trials == 0;
}

/* Moves a member of the class from one arc to the first that is better. */
static bool improve_member(pulang_flow_state *state, int class, int from) {
    const pulang_problem *p = state->problem;
    for (int to = p->arc_begin[class]; to < p->arc_begin[class + 1]; to++)
        if (to != from && try_moves(state, &(move){from, to}, 1))
            return true;
    return from != PULANG_NONE && try_moves(state, &(move){from, PULANG_NONE}, 1);
}

static bool shift_all(pulang_heuristic *h) {
    pulang_flow_state *state = h->state;
    const pulang_problem *p = state->problem;
    bool improved = false;
    for (int i = 0; i < p->n_classes; i++) {
        int class = h->order[i];
        for (int from = p->arc_begin[class]; from < p->arc_begin[class + 1]; from++)
            while (state->flow[from] > 0 && !is_over(h) && improve_member(state, class, from))
                improved = true;
        while (state->left[class] > 0 && !is_over(h) && improve_member(state, class, PULANG_NONE))
            improved = true;
    }
    return improved;
}

static int find_arc(const pulang_problem *p, int class, int post) {
    int lo = p->arc_begin[class], hi = p->arc_begin[class + 1];
    while (lo < hi) {
        int middle = lo + (hi - lo) / 2;
        if (p->arc_post[middle] < post)
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo < p->arc_begin[class + 1] && p->arc_post[lo] == post ? lo : PULANG_NONE;
}

/* Whether trading posts could help at all: heads stay, so that only arc costs and terms change. */
static bool promising(const pulang_flow_state *state, int a, int b, int to_a, int to_b) {
    const pulang_problem_level *level = &state->problem->levels[state->level];
    if (state->terms_priced || pulang_flow_state_score(state).broken > PULANG_SCORE_EPSILON)
        return true;
    const int64_t *cost = level->largest ? NULL : level->arc_cost;
    return cost && cost[to_a] + cost[to_b] < cost[a] + cost[b];
}

/* Members of two classes trade their posts: arcs a and b. */
static bool try_swap(pulang_flow_state *state, int a, int b) {
    const pulang_problem *p = state->problem;
    int class_a = state->class_of[a], class_b = state->class_of[b];
    if (class_a == class_b || p->arc_post[a] == p->arc_post[b] || !state->flow[a] || !state->flow[b])
        return false;
    int to_a = find_arc(p, class_a, p->arc_post[b]), to_b = find_arc(p, class_b, p->arc_post[a]);
    return to_a != PULANG_NONE && to_b != PULANG_NONE && promising(state, a, b, to_a, to_b) &&
           try_moves(state, (const move[]){{a, to_a}, {b, to_b}}, 2);
}

/* A member without a post takes the post of arc b, whose holder is left without. */
static bool try_replace(pulang_flow_state *state, int class, int b) {
    int to = find_arc(state->problem, class, state->problem->arc_post[b]);
    return to != PULANG_NONE && class != state->class_of[b] && state->flow[b] &&
           try_moves(state, (const move[]){{b, PULANG_NONE}, {PULANG_NONE, to}}, 2);
}

static bool swap_all(pulang_heuristic *h) {
    pulang_flow_state *state = h->state;
    bool improved = false;
    int n = 0;
    for (int a = 0; a < state->problem->n_arcs; a++)
        if (state->flow[a] > 0)
            h->used[n++] = a;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i && !is_over(h); j++)
            improved |= try_swap(state, h->used[i], h->used[j]);
    for (int k = 0; k < state->problem->n_classes; k++)
        for (int i = 0; i < n && state->left[k] > 0 && !is_over(h); i++)
            improved |= try_replace(state, k, h->used[i]);
    return improved;
}

static uint64_t next_random(pulang_heuristic *h) { /* xorshift */
    h->random ^= h->random << 13;
    h->random ^= h->random >> 7;
    h->random ^= h->random << 17;
    return h->random;
}

static void shuffle(pulang_heuristic *h) {
    for (int i = h->state->problem->n_classes - 1; i > 0; i--) {
        int j = (int)(next_random(h) % (uint64_t)(i + 1)), class = h->order[i];
        h->order[i] = h->order[j];
        h->order[j] = class;
    }
}

/* The arc of a class whose flow in x exceeds the state's most. */
static int most_wanted(const pulang_flow_state *state, int class, const double *x) {
    const pulang_problem *p = state->problem;
    int best = PULANG_NONE;
    double most = 1e-6;
    for (int a = p->arc_begin[class]; a < p->arc_begin[class + 1]; a++)
        if (x[a] - state->flow[a] > most) {
            most = x[a] - state->flow[a];
            best = a;
        }
    return best;
}

/* Whole parts of x first, then the largest fractions, as many heads as x places. */
static void round_class(pulang_flow_state *state, int class, const double *x) {
    const pulang_problem *p = state->problem;
    double placed = 0;
    for (int a = p->arc_begin[class]; a < p->arc_begin[class + 1]; a++) {
        int whole = (int)floor(x[a] + 1e-6);
        whole = whole < state->left[class] ? whole : state->left[class];
        placed += x[a];
        if (whole > 0)
            pulang_flow_state_put(state, a, whole);
    }
    int wanted = (int)floor(placed + 0.5), arc;
    while (state->left[class] > 0 && p->supply[class] - state->left[class] < wanted &&
           (arc = most_wanted(state, class, x)) != PULANG_NONE)
        pulang_flow_state_put(state, arc, 1);
}

/* Whether the state, which is scored in doubles, truly holds. */
static bool holds(const pulang_flow_state *state) {
    if (!pulang_problem_feasible(state->problem, state->flow))
        return false;
    for (int l = 0; l < state->level; l++)
        if (pulang_problem_level_value(state->problem, l, state->flow) > state->held[l])
            return false;
    return true;
}

bool pulang_heuristic_round(pulang_heuristic *h, int level, const int64_t *held, const double *x,
                            double deadline, int *flow) {
    pulang_flow_state *state = h->state;
    const pulang_problem *p = state->problem;
    h->deadline = deadline;
    h->trials = MAX_TRIALS;
    pulang_flow_state_reset(state, level, held);
    for (int k = 0; k < p->n_classes; k++)
        round_class(state, k, x);
    shuffle(h);
    for (int round = 0; round < MAX_ROUNDS && !is_over(h); round++) {
        bool shifted = shift_all(h);
        if (!swap_all(h) && !shifted)
            break;
    }
    if (!holds(state))
        return false;
    memcpy(flow, state->flow, (size_t)p->n_arcs * sizeof *flow);
    return true;
}

pulang_heuristic *pulang_heuristic_new(const pulang_problem *problem, uint32_t seed) {
    pulang_heuristic *h = pulang_alloc(1, sizeof *h);
    if (!h)
        return NULL;
    h->random = 0x9E3779B97F4A7C15u ^ seed;
    h->state = pulang_flow_state_new(problem);
    h->order = pulang_alloc((size_t)problem->n_classes, sizeof *h->order);
    h->used = pulang_alloc((size_t)problem->n_arcs, sizeof *h->used);
    if (!h->state || !h->order || !h->used) {
        pulang_heuristic_free(h);
        return NULL;
    }
    for (int k = 0; k < problem->n_classes; k++)
        h->order[k] = k;
    return h;
}

void pulang_heuristic_free(pulang_heuristic *h) {
    if (!h)
        return;
    pulang_flow_state_free(h->state);
    pulang_free(h->order);
    pulang_free(h->used);
    pulang_free(h);
}
