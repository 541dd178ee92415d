/*
 * The Lagrangian dual: the rows "every job once" priced, a knapsack left for each agent. The prices are
 * raised by a proximal bundle method whose model keeps the columns of each agent apart (gap_model.c); all
 * values are exact integers. Lemarechal, "Nonsmooth optimization and descent methods", IIASA RR-78-4 (1978);
 * steps as in Kiwiel, "Proximity control in bundle methods for convex nondifferentiable minimization",
 * Mathematical Programming 46 (1990).
 */
#include "solver/gap_state.h"

#include <math.h>
#include <string.h>

/* Part of the gain predicted that makes a step a serious one. */
static const double SERIOUS = 0.1;
/* In units of cost: a gain that is little in any case; steps are not shorter than this. */
static const double PRECISION = 0.01, LEAST_LENGTH = 1;
/* Part of the jobs by which the shares may miss taking every job once. */
static const double PRIMAL = 0.01;
/* Null steps in a row before steps are shortened; work of a pair. */
enum { NULL_STEPS = 4, WORK_BOUND = 10 };

/* The bound at the prices; the model learns what the agents take. */
static int64_t bound_at(gap_state *s, const int32_t *price) {
    s->work += WORK_BOUND * (s->list_begin[s->n_agents] + s->n_agents);
    int64_t value = s->fixed_cost * s->scale;
    for (int j = 0; j < s->n_jobs; j++) {
        s->count[j] = s->agent[j] >= 0;
        s->pick[j] = s->agent[j];
        if (s->agent[j] < 0)
            value += price[j];
    }
    for (int i = 0; i < s->n_agents; i++) {
        value -= gap_knapsack_solve(s, i, price);
        gap_model_add(s, i);
    }
    return value;
}

/* When the picks are a plan: keeps it. */
static void keep_picks(gap_state *s) {
    int64_t cost = 0;
    for (int j = 0; j < s->n_jobs; j++) {
        if (s->pick[j] < 0)
            return;
        cost += s->cost[gap_pair(s, s->pick[j], j)];
    }
    if (s->exists && cost >= s->best)
        return;
    for (int r = 0; r < s->n_resources; r++) {
        for (int i = 0; i < s->n_agents; i++) {
            int64_t rest = s->gap->capacity[gap_place(s, r, i)];
            for (int j = 0; j < s->n_jobs; j++)
                if (s->pick[j] == i)
                    rest -= gap_use(s, r, i, j);
            if (rest < 0)
                return;
        }
    }
    gap_keep(s, s->pick, cost);
}

/* The prices of the model as integers. */
static void round_prices(gap_state *s) {
    const double *price = s->bundle.price, most = s->price_max;
    for (int j = 0; j < s->n_jobs; j++)
        s->trial[j] = s->agent[j] < 0 ? (int32_t)lrint(fmin(fmax(price[j], -most), most)) : s->price[j];
}

static void centre(gap_state *s) {
    for (int j = 0; j < s->n_jobs; j++)
        s->bundle.centre[j] = s->price[j];
}

/* The gain came to this part of what the model said. Parabolas through what is known of the way say how far
   to go the next time; a model that could not be maximised well calls for short steps. */
static void choose_length(gap_bundle *b, double least, double part, bool rough, int n_null) {
    double factor = 0.5 / fmax(1 - part, 0.05);
    if (rough)
        b->length *= 0.5;
    else if (part > SERIOUS)
        b->length *= fmin(fmax(factor, 1), 4);
    else if (n_null >= NULL_STEPS || part < -1)
        b->length *= fmin(fmax(factor, 0.5), 1);
    b->length = fmax(b->length, least);
}

/* How far the shares are from taking every job once. */
static double mismatch(const gap_state *s) {
    const gap_bundle *b = &s->bundle;
    double sum = 0;
    for (int j = 0; j < s->n_jobs; j++)
        sum += fabs(b->price[j] - b->centre[j]);
    return sum / b->length;
}

/* Goes to the model's maximum if it is better there. false: the model promises less than enough. */
static bool step(gap_state *s, double enough, const gap_effort *effort, int *n_null) {
    gap_bundle *b = &s->bundle;
    double predicted = fmax(gap_model_maximise(s, effort->sweeps) - (double)s->value, 1);
    if (predicted + b->slack < enough && (!effort->primal || mismatch(s) < PRIMAL * s->n_free))
        return false;
    if (predicted + b->slack < enough) {
        b->length *= 4;
        return true;
    }
    bool rough = b->slack > predicted / 2;
    round_prices(s);
    int64_t value = bound_at(s, s->trial);
    keep_picks(s);
    double part = (double)(value - s->value) / predicted;
    ++*n_null;
    if (value > s->value && part > SERIOUS) {
        *n_null = 0;
        s->value = value;
        int32_t *better = s->trial;
        s->trial = s->price;
        s->price = better;
        centre(s);
    }
    choose_length(b, LEAST_LENGTH * s->scale, part, rough, *n_null);
    return true;
}

void gap_dual_raise(gap_state *s, int64_t target, gap_effort effort) {
    int n_null = 0;
    gap_model_begin(s);
    s->value = bound_at(s, s->price);
    keep_picks(s);
    centre(s);
    for (int k = 1; k <= effort.steps && s->value <= target && !s->stopped; k++) {
        double enough = fmax(PRECISION * s->scale, effort.little * (double)(target - s->value));
        if (!step(s, enough, &effort, &n_null))
            return;
        if (effort.repair_every > 0 && k % effort.repair_every == 0) {
            gap_repair(s);
            gap_time_is_up(s);
        }
    }
}

int gap_dual_fix(gap_state *s, int64_t limit) {
    memset(s->removal, 0, (size_t)s->n_jobs * sizeof *s->removal);
    for (int i = 0; i < s->n_agents; i++)
        if (s->list_begin[i] < s->list_begin[i + 1])
            gap_knapsack_penalties(s, i, s->price);
    int n = 0;
    for (int i = 0; i < s->n_agents; i++) {
        for (int at = s->list_begin[i]; at < s->list_begin[i + 1]; at++) {
            int j = s->list[at];
            if (s->value + s->removal[j] + s->penalty[gap_pair(s, i, j)] > limit) {
                gap_forbid(s, i, j);
                n++;
            }
        }
    }
    return n;
}
