/*
 * The dual: prices of what cuts across and of the levels held, raised by a proximal bundle method (Kiwiel,
 * Mathematical Programming 46, 1990). Every plan of the subproblem is a linear function of the prices that
 * is nowhere below the Lagrangian; the next prices are the best against all plans kept, but for a
 * price on the distance. The bounds that count are worked out again in lagrange_bound, over all arcs.
 */
#include "model/alloc.h"
#include "model/error.h"
#include "solver/lagrange_state.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PLANS = 100 };

static double size_of_level(const lagrange *lg, int level) {
    const pulang_problem *p = lg->problem;
    const int64_t *cost = p->levels[level].arc_cost;
    double sum = 0, n = 1;
    for (int a = 0; cost && a < p->n_arcs; a += 97, n++)
        sum += fabs((double)cost[a]);
    for (int t = 0; t < p->n_totals; t++)
        for (int i = 0; i < p->totals[t].n_pieces; i++)
            if (p->totals[t].pieces[i].level == level) {
                sum += (double)p->totals[t].pieces[i].slope * fmax(1, lg->size[t]) * (double)lg->unit[t];
                n++;
            }
    return fmax(1, sum / n);
}

/* Prices stay so small that the costs of the subproblem fit. */
static double limit_of(const lagrange *lg, int t) {
    double most = fmax(fabs((double)lg->lower[t]), fabs((double)lg->upper[t])) + 1;
    return fmin(1e18 / most, lg->room / 4 / lg->most[t]);
}

/* ---- the prices as a vector, each in units of its size ---- */

static void set_prices(lagrange_bundle *b, const double *at) {
    lagrange *lg = b->lg;
    for (int i = 0; i < b->n; i++) {
        double price = at[i] / b->size[i];
        if (b->of[i] >= 0) {
            double limit = limit_of(lg, b->of[i]);
            lg->goal.price[b->of[i]] = llrint(fmin(fmax(price, -limit), limit));
        } else {
            lg->goal.held[~b->of[i]] = llrint(fmin(fmax(0, price), lg->room / 8 / lg->largest[~b->of[i]]));
        }
    }
}

static void read_prices(const lagrange_bundle *b, double *at) {
    const lagrange *lg = b->lg;
    for (int i = 0; i < b->n; i++)
        at[i] = b->size[i] * (double)(b->of[i] >= 0 ? lg->goal.price[b->of[i]] : lg->goal.held[~b->of[i]]);
}

static void read_slope(const lagrange_bundle *b, double *slope) {
    const lagrange *lg = b->lg;
    for (int i = 0; i < b->n; i++) {
        int l = ~b->of[i];
        double by =
            b->of[i] >= 0 ? (double)b->flow->total[b->of[i]] : (double)(b->flow->level[l] - lg->value[l]);
        slope[i] = by / b->size[i];
    }
}

static double dot(const lagrange_bundle *b, const double *x, const double *y) {
    double sum = 0;
    for (int i = 0; i < b->n; i++)
        sum += x[i] * y[i];
    return sum;
}

/* ---- the plans kept ---- */

static void drop(lagrange_bundle *b, int k) {
    double *slope = b->slope[k];
    int last = --b->n_plans;
    b->slope[k] = b->slope[last];
    b->slope[last] = slope;
    b->error[k] = b->error[last];
    b->weight[k] = b->weight[last];
    b->share[k] = b->share[last];
    pulang_free(b->arc[k]);
    pulang_free(b->count[k]);
    b->arc[k] = b->arc[last];
    b->count[k] = b->count[last];
    b->n_placements[k] = b->n_placements[last];
    b->arc[last] = b->count[last] = NULL;
    for (int i = 0; i < last; i++)
        b->product[k][i] = b->product[i][k] = b->product[last][i];
    b->product[k][k] = b->product[last][last];
}

static void make_room(lagrange_bundle *b) {
    if (b->n_plans < MOST_PLANS)
        return;
    int worst = 0;
    for (int k = 1; k < b->n_plans; k++)
        if (b->weight[k] < b->weight[worst] ||
            (b->weight[k] <= b->weight[worst] && b->error[k] > b->error[worst]))
            worst = k;
    drop(b, worst);
}

static void keep_placements(lagrange_bundle *b, int k) {
    const pulang_transport_plan *plan = b->flow->plan;
    size_t n = (size_t)plan->n_placements;
    b->arc[k] = pulang_alloc(n, sizeof **b->arc);
    b->count[k] = pulang_alloc(n, sizeof **b->count);
    b->n_placements[k] = 0;
    for (int i = 0; b->arc[k] && b->count[k] && i < plan->n_placements; i++) {
        if (plan->post[i] == b->lg->n_ordered)
            continue;
        b->arc[k][b->n_placements[k]] = lagrange_near_arc(b->lg, plan->row[i], plan->post[i]);
        b->count[k][b->n_placements[k]++] = plan->count[i];
    }
}

static double share_of(const lagrange_bundle *b, int k) {
    double sum = 0;
    for (int i = 0; i < b->n_placements[k]; i++)
        sum += (double)(b->flow->share[b->arc[k][i]] * b->count[k][i]);
    return sum;
}

/* The shares of teams have changed, and with them what the plans kept cost. */
static void renew_shares(lagrange_bundle *b) {
    for (int k = 0; k < b->n_plans; k++) {
        double share = share_of(b, k);
        b->error[k] += share - b->share[k];
        b->share[k] = share;
    }
}

/* Keeps the plan in hand, found at some prices. */
static void add_plan(lagrange_bundle *b, const double *at, double value) {
    make_room(b);
    int k = b->n_plans++;
    read_slope(b, b->slope[k]);
    keep_placements(b, k);
    b->share[k] = share_of(b, k);
    b->weight[k] = k == 0;
    b->error[k] = value - b->value;
    for (int i = 0; i < b->n; i++)
        b->error[k] += b->slope[k][i] * (b->centre[i] - at[i]);
    b->error[k] = fmax(b->error[k], 0);
    for (int i = 0; i <= k; i++)
        b->product[k][i] = b->product[i][k] = dot(b, b->slope[k], b->slope[i]);
}

/* The centre moves: what each plan exceeds the value there by. */
static void move_centre(lagrange_bundle *b, const double *to, double value) {
    for (int k = 0; k < b->n_plans; k++) {
        double change = b->value - value;
        for (int i = 0; i < b->n; i++)
            change += b->slope[k][i] * (to[i] - b->centre[i]);
        b->error[k] = fmax(b->error[k] + change, 0);
    }
    memcpy(b->centre, to, (size_t)b->n * sizeof *to);
    b->value = value;
}

/* ---- the next prices ---- */

/* Weights of the plans: least step / 2 |sum of weighted slopes|^2 + weighted errors, by exchanging weight
   between the two plans that gain most. */
static void weigh(lagrange_bundle *b, double step) {
    double gradient[MOST_PLANS];
    int n = b->n_plans;
    for (int k = 0; k < n; k++) {
        gradient[k] = b->error[k];
        for (int i = 0; i < n; i++)
            gradient[k] += step * b->product[k][i] * b->weight[i];
    }
    for (int round = 0; round < 200 * n; round++) {
        int low = 0, high = -1;
        for (int k = 0; k < n; k++) {
            low = gradient[k] < gradient[low] ? k : low;
            if (b->weight[k] > 0 && (high < 0 || gradient[k] > gradient[high]))
                high = k;
        }
        double gain = gradient[high] - gradient[low];
        if (gain <= 1e-9 * (1 + fabs(gradient[low])))
            return;
        double curve = step * (b->product[low][low] + b->product[high][high] - 2 * b->product[low][high]);
        double change = curve > 0 ? gain / curve : b->weight[high];
        change = fmin(change, b->weight[high]);
        b->weight[low] += change;
        b->weight[high] -= change;
        for (int k = 0; k < n; k++)
            gradient[k] += step * change * (b->product[k][low] - b->product[k][high]);
    }
}

/* Where the weighted slopes lead; by how much the plans kept promise that the value rises. */
static double aim(lagrange_bundle *b, double step, double *to) {
    double promise = 0;
    weigh(b, step);
    for (int i = 0; i < b->n; i++) {
        double slope = 0;
        for (int k = 0; k < b->n_plans; k++)
            slope += b->weight[k] * b->slope[k][i];
        to[i] = b->centre[i] + step * slope;
        promise += step * slope * slope;
        if (b->of[i] < 0)
            to[i] = fmax(to[i], 0);
    }
    for (int k = 0; k < b->n_plans; k++)
        promise += b->weight[k] * b->error[k];
    return promise;
}

/* Solves at the prices, which are first made such as can be had. */
static pulang_status evaluate(lagrange_bundle *b, double *at, pulang_error *error) {
    set_prices(b, at);
    read_prices(b, at);
    return lagrange_flow_solve(b->lg, b->flow, error);
}

static bool usable(const lagrange_bundle *b) {
    return b->flow->plan && b->flow->plan->feasible && !b->flow->plan->stopped;
}

/* So long that the price of what is broken most comes to a good part of the largest cost. */
static double first_step(const lagrange_bundle *b) {
    double most = 0;
    for (int i = 0; i < b->n; i++)
        most = fmax(most, fabs(b->slope[0][i]));
    return most > 0 ? 0.05 * (double)b->lg->goal.scale * b->lg->largest[b->lg->goal.level] / most : 1;
}

pulang_status lagrange_raise(lagrange_bundle *b, int steps, double promised, pulang_error *error) {
    renew_shares(b);
    read_prices(b, b->trial);
    pulang_status status = evaluate(b, b->trial, error);
    if (status != PULANG_OK || !usable(b))
        return status;
    if (b->n_plans == 0) {
        b->value = (double)b->flow->value;
        memcpy(b->centre, b->trial, (size_t)b->n * sizeof *b->centre);
    } else {
        move_centre(b, b->trial, (double)b->flow->value);
    }
    add_plan(b, b->trial, (double)b->flow->value);
    if (b->step <= 0)
        b->step = first_step(b);
    int null_steps = 0;
    for (int k = 1; k <= steps; k++) {
        double began = pulang_clock();
        double promise = aim(b, b->step, b->trial);
        if (promise <= promised)
            break;
        double t1 = pulang_clock();
        status = evaluate(b, b->trial, error);
        if (status != PULANG_OK || !usable(b))
            return status;
        double value = (double)b->flow->value, rise = value - b->value;
        if (getenv("LGD"))
            fprintf(stderr, "%3d value %.1f best %.1f promise %.3f step %.3g plans %d %.0f ms qp %.0f ms\n",
                    k, value / (double)b->lg->goal.scale, b->value / (double)b->lg->goal.scale,
                    promise / (double)b->lg->goal.scale, b->step, b->n_plans, 1e3 * (pulang_clock() - t1),
                    1e3 * (t1 - began));
        add_plan(b, b->trial, value);
        if (rise >= 0.1 * promise) {
            move_centre(b, b->trial, value);
            if (rise >= 0.5 * promise || null_steps == 0)
                b->step *= 2;
            null_steps = 0;
        } else if (++null_steps >= 3 && b->error[b->n_plans - 1] > promise) {
            b->step *= 0.6;
            null_steps = 0;
        }
    }
    return evaluate(b, b->centre, error);
}

void lagrange_mean(const lagrange_bundle *b, double *mean) {
    memset(mean, 0, (size_t)b->lg->problem->n_arcs * sizeof *mean);
    for (int k = 0; k < b->n_plans; k++)
        for (int i = 0; b->weight[k] > 1e-6 && i < b->n_placements[k]; i++)
            mean[b->arc[k][i]] += b->weight[k] * b->count[k][i];
}

void lagrange_bundle_clear(lagrange_bundle *b) {
    for (int k = 0; k < MOST_PLANS; k++) {
        if (b->slope)
            pulang_free(b->slope[k]);
        if (b->product)
            pulang_free(b->product[k]);
        if (b->arc)
            pulang_free(b->arc[k]);
        if (b->count)
            pulang_free(b->count[k]);
    }
    void *parts[] = {b->of,     b->size,    b->centre, b->trial, b->slope,       b->error,
                     b->weight, b->product, b->arc,    b->count, b->n_placements};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        pulang_free(parts[i]);
}

pulang_status lagrange_bundle_init(lagrange *lg, lagrange_flow *flow, lagrange_bundle *b) {
    size_t most = (size_t)lg->n_crossing + (size_t)lg->problem->n_levels;
    *b = (lagrange_bundle){.lg = lg, .flow = flow};
    b->of = pulang_alloc(most, sizeof *b->of);
    b->size = pulang_alloc(most, sizeof *b->size);
    b->centre = pulang_alloc(most, sizeof *b->centre);
    b->trial = pulang_alloc(most, sizeof *b->trial);
    b->slope = pulang_alloc(MOST_PLANS, sizeof *b->slope);
    b->error = pulang_alloc(MOST_PLANS, sizeof *b->error);
    b->weight = pulang_alloc(MOST_PLANS, sizeof *b->weight);
    b->product = pulang_alloc(MOST_PLANS, sizeof *b->product);
    b->arc = pulang_alloc(MOST_PLANS, sizeof *b->arc);
    b->count = pulang_alloc(MOST_PLANS, sizeof *b->count);
    b->n_placements = pulang_alloc(MOST_PLANS, sizeof *b->n_placements);
    b->share = pulang_alloc(MOST_PLANS, sizeof *b->share);
    if (!b->share || !b->arc || !b->count || !b->n_placements || !b->of || !b->size || !b->centre ||
        !b->trial || !b->slope || !b->error || !b->weight || !b->product)
        return PULANG_ERROR_MEMORY;
    for (int k = 0; k < MOST_PLANS; k++) {
        b->slope[k] = pulang_alloc(most, sizeof **b->slope);
        b->product[k] = pulang_alloc(MOST_PLANS, sizeof **b->product);
        if (!b->slope[k] || !b->product[k])
            return PULANG_ERROR_MEMORY;
    }
    for (int i = 0; i < lg->n_crossing; i++) {
        b->of[b->n] = lg->crossing[i];
        b->size[b->n++] = fmax(1, lg->size[lg->crossing[i]]);
    }
    for (int l = 0; l < lg->goal.level; l++)
        if (lg->hold[l]) {
            b->of[b->n] = ~l;
            b->size[b->n++] = size_of_level(lg, l);
        }
    return PULANG_OK;
}
