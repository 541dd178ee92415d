/*
 * The Lagrangian dual: the rows "every job once" priced, a knapsack left for each agent. The prices are
 * raised by the volume algorithm (Barahona and Anbil, "The volume algorithm: producing primal solutions with
 * a subgradient method", Mathematical Programming 87, 2000), whose direction is a running mean of the
 * subgradients; all values are exact integers.
 */
#include "solver/gap_state.h"

#include <math.h>
#include <string.h>

int64_t gap_dual_value(gap_state *s, const int32_t *price) {
    int64_t value = s->fixed_cost * s->scale;
    for (int j = 0; j < s->n_jobs; j++) {
        s->count[j] = s->agent[j] >= 0;
        s->pick[j] = s->agent[j];
        if (s->agent[j] < 0)
            value += price[j];
    }
    for (int i = 0; i < s->n_agents; i++)
        if (s->list_begin[i] < s->list_begin[i + 1])
            value -= gap_knapsack_solve(s, i, price);
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

/* direction = weight * subgradient + (1 - weight) * direction; the square of its length. */
static double turn(gap_state *s, float weight) {
    double square = 0;
    for (int j = 0; j < s->n_jobs; j++) {
        if (s->agent[j] >= 0)
            continue;
        float g = 1.0F - (float)s->count[j];
        s->direction[j] += weight * (g - s->direction[j]);
        square += (double)s->direction[j] * (double)s->direction[j];
    }
    return square;
}

static double slope(const gap_state *s) {
    double sum = 0;
    for (int j = 0; j < s->n_jobs; j++)
        if (s->agent[j] < 0)
            sum += (double)(1 - s->count[j]) * (double)s->direction[j];
    return sum;
}

static void step_to(gap_state *s, double length) {
    for (int j = 0; j < s->n_jobs; j++) {
        double price = (double)s->price[j] + length * (double)s->direction[j];
        price = fmin(fmax(price, -(double)s->price_max), (double)s->price_max);
        s->trial[j] = s->agent[j] < 0 ? (int32_t)lrint(price) : s->price[j];
    }
}

void gap_dual_raise(gap_state *s, int steps, int64_t target, double step_size, int repair_every) {
    int failures = 0;
    s->value = gap_dual_value(s, s->price);
    keep_picks(s);
    double square = turn(s, 1);
    for (int k = 1; k <= steps && s->value <= target && square > 1e-9 && !s->stopped; k++) {
        double aim = fmax((double)(target - s->value), 0) + s->scale;
        step_to(s, step_size * aim / square);
        int64_t value = gap_dual_value(s, s->trial);
        keep_picks(s);
        if (repair_every > 0 && k % repair_every == 0) {
            gap_repair(s);
            gap_time_is_up(s);
        }
        if (value > s->value) {
            if (slope(s) > 0)
                step_size = fmin(step_size * 1.1, 2);
            s->value = value;
            int32_t *better = s->trial;
            s->trial = s->price;
            s->price = better;
            failures = 0;
        } else if (++failures >= 10) {
            step_size *= 0.66;
            failures = 0;
        }
        square = turn(s, 0.2F);
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
