#include "solver/flow_state.h"

#include "model/alloc.h"

#include <math.h>
#include <string.h>

bool pulang_score_better(const pulang_score *a, const pulang_score *b) {
    if (fabs(a->broken - b->broken) > PULANG_SCORE_EPSILON)
        return a->broken < b->broken;
    return a->cost < b->cost;
}

pulang_score pulang_flow_state_score(const pulang_flow_state *state) {
    pulang_score now = {.broken = state->broken, .cost = state->cost[state->level]};
    for (int l = 0; l < state->level; l++)
        if (!state->problem->levels[l].largest && state->cost[l] > state->held[l])
            now.broken +=
                (double)(state->cost[l] - state->held[l]) / (1 + fabs((double)state->held[l]) / 100);
    return now;
}

/* What a held largest level allows: z permille of every piece. */
static int64_t over_largest(const pulang_flow_state *state, const pulang_total *total, int level, int64_t m) {
    int64_t permille = pulang_total_cost(state->problem, total, level, m);
    return permille > state->held[level] ? permille - state->held[level] : 0;
}

/* How far value m is from what the total's hard bounds allow. */
static int64_t distance(const pulang_total *total, int64_t m) {
    if (m < total->lower)
        return total->lower - m;
    if (m > total->upper)
        return m - total->upper;
    if (m <= 0 || m >= total->open)
        return 0;
    return m < total->open - m ? m : total->open - m;
}

/* Counts a total in (sign 1) or out (sign -1) of the score. */
static void count_total(pulang_flow_state *state, int t, int sign) {
    const pulang_total *total = &state->problem->totals[t];
    int64_t m = state->value[t];
    state->broken += sign * (double)distance(total, m) * state->weight[t];
    if (total->n_pieces == 0)
        return;
    for (int l = 0; l <= state->level; l++) {
        if (!state->problem->levels[l].largest) {
            state->cost[l] += sign * pulang_total_cost(state->problem, total, l, m);
        } else if (l < state->level) {
            state->broken += sign * (double)over_largest(state, total, l, m) / 100;
        } else {
            int64_t permille = pulang_total_cost(state->problem, total, l, m);
            state->cost[l] += sign * permille * permille * permille;
        }
    }
}

static int place_of(const pulang_flow_state *state, int class) {
    const pulang_problem *p = state->problem;
    for (int a = p->arc_begin[class]; a < p->arc_begin[class + 1]; a++)
        if (state->flow[a] > 0)
            return p->post_place[p->arc_post[a]];
    return PULANG_NONE;
}

static void count_pairings(pulang_flow_state *state, int class, int sign) {
    const pulang_problem *p = state->problem;
    for (int i = state->pairing_begin[class]; i < state->pairing_begin[class + 1]; i++) {
        const pulang_pairing *pairing = &p->pairings[state->pairings[i]];
        int a = place_of(state, pairing->a), b = place_of(state, pairing->b);
        bool apart =
            (a == PULANG_NONE) != (b == PULANG_NONE) || (a != PULANG_NONE && !pulang_problem_near(p, a, b));
        state->broken += sign * (apart ? 1.5 : 0);
    }
}

static void count_unplaced(pulang_flow_state *state, int class, int sign) {
    if (state->problem->bound[class])
        state->broken += sign * 2 * state->left[class];
    for (int l = 0; l <= state->level; l++)
        if (state->problem->levels[l].unplaced)
            state->cost[l] += sign * state->left[class];
}

static void count_part(pulang_flow_state *state, const pulang_part *part, int step) {
    count_total(state, part->total, -1);
    state->value[part->total] += step * part->amount;
    count_total(state, part->total, 1);
}

void pulang_flow_state_put(pulang_flow_state *state, int arc, int step) {
    const pulang_problem *p = state->problem;
    int class = state->class_of[arc], post = p->arc_post[arc];
    count_unplaced(state, class, -1);
    count_pairings(state, class, -1);
    state->flow[arc] += step;
    state->left[class] -= step;
    count_unplaced(state, class, 1);
    count_pairings(state, class, 1);
    for (int l = 0; l <= state->level; l++)
        if (p->levels[l].arc_cost && !p->levels[l].largest)
            state->cost[l] += step * p->levels[l].arc_cost[arc];
    for (int i = state->post_begin[post]; i < state->post_begin[post + 1]; i++)
        count_part(state, &state->post_parts[i], step);
    for (int i = state->arc_begin[arc]; i < state->arc_begin[arc + 1]; i++)
        count_part(state, &state->arc_parts[i], step);
}

void pulang_flow_state_reset(pulang_flow_state *state, int level, const int64_t *held) {
    state->level = level;
    state->held = held;
    const pulang_problem *p = state->problem;
    memset(state->flow, 0, (size_t)p->n_arcs * sizeof *state->flow);
    memset(state->value, 0, (size_t)p->n_totals * sizeof *state->value);
    memset(state->cost, 0, (size_t)p->n_levels * sizeof *state->cost);
    state->broken = 0;
    for (int k = 0; k < p->n_classes; k++) {
        state->left[k] = p->supply[k];
        count_unplaced(state, k, 1);
    }
    for (int t = 0; t < p->n_totals; t++)
        count_total(state, t, 1);
}

static bool allocate(pulang_flow_state *state, size_t n_post_parts, size_t n_arc_parts) {
    const pulang_problem *p = state->problem;
    size_t n_arcs = (size_t)p->n_arcs, n_classes = (size_t)p->n_classes, n_totals = (size_t)p->n_totals;
    state->class_of = pulang_alloc(n_arcs, sizeof *state->class_of);
    state->post_begin = pulang_alloc((size_t)p->n_posts + 2, sizeof *state->post_begin);
    state->arc_begin = pulang_alloc(n_arcs + 2, sizeof *state->arc_begin);
    state->post_parts = pulang_alloc(n_post_parts, sizeof *state->post_parts);
    state->arc_parts = pulang_alloc(n_arc_parts, sizeof *state->arc_parts);
    state->pairing_begin = pulang_alloc(n_classes + 2, sizeof *state->pairing_begin);
    state->pairings = pulang_alloc(2 * (size_t)p->n_pairings, sizeof *state->pairings);
    state->weight = pulang_alloc(n_totals, sizeof *state->weight);
    state->flow = pulang_alloc(n_arcs, sizeof *state->flow);
    state->left = pulang_alloc(n_classes, sizeof *state->left);
    state->value = pulang_alloc(n_totals, sizeof *state->value);
    state->cost = pulang_alloc((size_t)p->n_levels, sizeof *state->cost);
    return state->class_of && state->post_begin && state->arc_begin && state->post_parts &&
           state->arc_parts && state->pairing_begin && state->pairings && state->weight && state->flow &&
           state->left && state->value && state->cost;
}

/* Turns counts kept at begin[i + 2] into places to deal out from at begin[i + 1]. */
static void add_up(int *begin, int n) {
    for (int i = 0; i < n; i++)
        begin[i + 2] += begin[i + 1];
}

static void index_totals(pulang_flow_state *state) {
    const pulang_problem *p = state->problem;
    for (int pass = 0; pass < 2; pass++) {
        for (int t = 0; t < p->n_totals; t++) {
            const pulang_total *total = &p->totals[t];
            for (int i = 0; total->uniform && i < total->n_posts; i++)
                if (pass == 0)
                    state->post_begin[total->posts[i] + 2]++;
                else
                    state->post_parts[state->post_begin[total->posts[i] + 1]++] =
                        (pulang_part){.total = t, .amount = total->unit};
            for (int i = 0; !total->uniform && i < total->n_terms; i++)
                if (pass == 0)
                    state->arc_begin[total->term_arc[i] + 2]++;
                else
                    state->arc_parts[state->arc_begin[total->term_arc[i] + 1]++] =
                        (pulang_part){.total = t, .amount = total->term_amount[i]};
        }
        if (pass == 0) {
            add_up(state->post_begin, p->n_posts);
            add_up(state->arc_begin, p->n_arcs);
        }
    }
}

static void index_pairings(pulang_flow_state *state) {
    const pulang_problem *p = state->problem;
    for (int i = 0; i < p->n_pairings; i++) {
        state->pairing_begin[p->pairings[i].a + 2]++;
        state->pairing_begin[p->pairings[i].b + 2]++;
    }
    add_up(state->pairing_begin, p->n_classes);
    for (int i = 0; i < p->n_pairings; i++) {
        state->pairings[state->pairing_begin[p->pairings[i].a + 1]++] = i;
        state->pairings[state->pairing_begin[p->pairings[i].b + 1]++] = i;
    }
}

static void weigh_totals(pulang_flow_state *state) {
    const pulang_problem *p = state->problem;
    for (int t = 0; t < p->n_totals; t++) {
        const pulang_total *total = &p->totals[t];
        double sum = 0;
        for (int i = 0; i < total->n_terms; i++)
            sum += fabs((double)total->term_amount[i]);
        state->weight[t] = total->uniform ? 1.0 / (double)total->unit : sum > 0 ? total->n_terms / sum : 1;
        state->terms_priced |= !total->uniform && total->n_pieces > 0;
    }
}

pulang_flow_state *pulang_flow_state_new(const pulang_problem *problem) {
    pulang_flow_state *state = pulang_alloc(1, sizeof *state);
    if (!state)
        return NULL;
    size_t n_post_parts = 0, n_arc_parts = 0;
    for (int t = 0; t < problem->n_totals; t++)
        if (problem->totals[t].uniform)
            n_post_parts += (size_t)problem->totals[t].n_posts;
        else
            n_arc_parts += (size_t)problem->totals[t].n_terms;
    state->problem = problem;
    if (!allocate(state, n_post_parts, n_arc_parts)) {
        pulang_flow_state_free(state);
        return NULL;
    }
    for (int k = 0; k < problem->n_classes; k++)
        for (int a = problem->arc_begin[k]; a < problem->arc_begin[k + 1]; a++)
            state->class_of[a] = k;
    index_totals(state);
    index_pairings(state);
    weigh_totals(state);
    return state;
}

void pulang_flow_state_free(pulang_flow_state *state) {
    if (!state)
        return;
    pulang_free(state->class_of);
    pulang_free(state->post_begin);
    pulang_free(state->arc_begin);
    pulang_free(state->post_parts);
    pulang_free(state->arc_parts);
    pulang_free(state->pairing_begin);
    pulang_free(state->pairings);
    pulang_free(state->weight);
    pulang_free(state->flow);
    pulang_free(state->left);
    pulang_free(state->value);
    pulang_free(state->cost);
    pulang_free(state);
}
