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
#include <string.h>

/* A rise by this part of what was promised moves the centre. */
static const double SERIOUS = 0.1;

/* Steps after which it is asked whether they gained anything. */
enum { STALLED = 20 };

/* The most steps after which shares and arcs are chosen again. */
enum { MOST_PATIENCE = 16 };

/* A level begins with a step so many times the one with which the first raise has ended, at most: where
   there was nothing left to gain it has grown without end. */
static const double LONGER = 100;

/* Times that a step is made ten times as long before it is believed that there is nothing to gain. */
enum { WIDENED = 2 };

/* How many plans are kept: more than any prices need, but for very many prices. */
enum { LEAST_PLANS = 100, MOST_PLANS = 400 };

/* The more members a total counts, the more of them move when its price does. */
static double size_of_total(const lagrange *lg, int t) {
    double size = fmax(1, lg->size[t]), limit = (double)(lg->lower[t] > 0 ? lg->lower[t] : lg->upper[t]);
    return size * sqrt(1 + fmax(0, limit) / size);
}

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

/* ---- the prices as a vector ---- */

static void set_prices(lagrange_bundle *b, const double *at) {
    lagrange *lg = b->lg;
    for (int i = 0; i < b->n; i++) {
        double limit = b->term[i].limit;
        int64_t price = llrint(fmin(fmax(at[i], b->of[i] < 0 ? 0 : -limit), limit));
        if (b->of[i] >= 0)
            lg->goal.price[b->of[i]] = price;
        else
            lg->goal.held[~b->of[i]] = price;
    }
}

static void read_prices(const lagrange_bundle *b, double *at) {
    const lagrange *lg = b->lg;
    for (int i = 0; i < b->n; i++)
        at[i] = (double)(b->of[i] >= 0 ? lg->goal.price[b->of[i]] : lg->goal.held[~b->of[i]]);
}

/* How the plan in hand changes with the prices. */
static void read_amount(const lagrange_bundle *b, double *amount) {
    const lagrange_flow *flow = b->flow;
    for (int i = 0; i < b->n; i++) {
        int t = b->of[i];
        if (t < 0)
            amount[i] = (double)(flow->level[~t] - b->lg->value[~t]);
        else
            amount[i] = (double)(b->term[i].exact ? flow->steps[t] : flow->total[t]);
    }
}

static double dot(int n, const double *x, const double *y) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += x[i] * y[i];
    return sum;
}

/* ---- the plans kept ---- */

static void drop(lagrange_bundle *b, int k) {
    double *amount = b->amount[k];
    int last = --b->n_plans;
    b->amount[k] = b->amount[last];
    b->amount[last] = amount;
    b->cost[k] = b->cost[last];
    b->weight[k] = b->weight[last];
    b->share[k] = b->share[last];
    pulang_free(b->arc[k]);
    pulang_free(b->count[k]);
    b->arc[k] = b->arc[last];
    b->count[k] = b->count[last];
    b->n_placements[k] = b->n_placements[last];
    b->arc[last] = b->count[last] = NULL;
}

/* Of those with the least weight, the one that costs most at the centre goes. */
static void make_room(lagrange_bundle *b) {
    if (b->n_plans < b->room)
        return;
    int worst = 0;
    double most = -HUGE_VAL;
    for (int k = 0; k < b->n_plans; k++) {
        double cost = b->cost[k] + dot(b->n, b->centre, b->amount[k]);
        if (b->weight[k] < b->weight[worst] || (b->weight[k] <= b->weight[worst] && cost > most)) {
            worst = k;
            most = cost;
        }
    }
    drop(b, worst);
}

static pulang_status keep_placements(lagrange_bundle *b, int k) {
    size_t n = (size_t)b->flow->n_listed;
    b->arc[k] = pulang_alloc(n, sizeof **b->arc);
    b->count[k] = pulang_alloc(n, sizeof **b->count);
    b->n_placements[k] = 0;
    if (!b->arc[k] || !b->count[k])
        return PULANG_ERROR_MEMORY;
    memcpy(b->arc[k], b->flow->arc, n * sizeof **b->arc);
    memcpy(b->count[k], b->flow->count, n * sizeof **b->count);
    b->n_placements[k] = b->flow->n_listed;
    return PULANG_OK;
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
        b->cost[k] += share - b->share[k];
        b->share[k] = share;
    }
}

/* Keeps the plan in hand, found at some prices. */
static pulang_status add_plan(lagrange_bundle *b, const double *at, pulang_error *error) {
    make_room(b);
    int k = b->n_plans++;
    read_amount(b, b->amount[k]);
    pulang_status status = keep_placements(b, k);
    b->share[k] = share_of(b, k);
    b->weight[k] = k == 0;
    b->cost[k] = (double)b->flow->value - lagrange_terms_least(b, at) - dot(b->n, at, b->amount[k]);
    return status == PULANG_OK ? PULANG_OK : pulang_fail_memory(error);
}

static void move_centre(lagrange_bundle *b, const double *to) {
    memcpy(b->centre, to, (size_t)b->n * sizeof *to);
    b->value = (double)b->flow->value;
}

/* ---- the next prices ---- */

static pulang_status aim(lagrange_bundle *b, double promised, double *promise) {
    for (int i = 0; i < b->n; i++)
        b->rate[i] = b->step / b->size[i] / b->size[i];
    double tolerance = fmax(0.01 * promised, 1e-12 * fabs(b->value));
    return lagrange_aim(b, b->rate, tolerance, b->trial, promise);
}

/* Makes the prices such as can be had. */
static void round_prices(lagrange_bundle *b, double *at) {
    set_prices(b, at);
    read_prices(b, at);
}

static pulang_status evaluate(lagrange_bundle *b, double *at, pulang_error *error) {
    round_prices(b, at);
    return lagrange_flow_solve(b->lg, b->flow, error);
}

static bool usable(const lagrange_bundle *b) {
    return b->flow->plan && b->flow->plan->feasible && !b->flow->plan->stopped;
}

/* So long that the price of what is broken most comes to the largest cost. */
static double first_step(const lagrange_bundle *b) {
    double most = 0;
    for (int i = 0; i < b->n; i++) {
        int t = b->of[i];
        double broken = t < 0 ? (double)(b->flow->level[~t] - b->lg->value[~t]) : (double)b->flow->total[t];
        most = fmax(most, fabs(broken) / b->size[i]);
    }
    return most > 0 ? (double)b->lg->goal.scale * b->lg->largest[b->lg->goal.level] / most : 1;
}

/* The centre anew, against all arcs that are left and with shares as of the prices in hand. */
static pulang_status renew(lagrange_bundle *b, pulang_error *error) {
    lagrange_share(b->lg, b->flow->share);
    renew_shares(b);
    b->flow->picky = false;
    pulang_status status = evaluate(b, b->centre, error);
    if (status != PULANG_OK || !usable(b))
        return status;
    move_centre(b, b->centre);
    if (lagrange_pick(b->lg, b->flow) != PULANG_OK)
        return pulang_fail_memory(error);
    return add_plan(b, b->centre, error);
}

/* The terms anew, as the bounds may have changed since the last time, and the centre. */
static pulang_status begin(lagrange_bundle *b, pulang_error *error) {
    if (lagrange_terms_read(b) != PULANG_OK)
        return pulang_fail_memory(error);
    read_prices(b, b->centre);
    pulang_status status = renew(b, error);
    if (b->step <= 0 && status == PULANG_OK && usable(b))
        b->step = first_step(b);
    memcpy(b->sure, b->centre, (size_t)b->n * sizeof *b->sure);
    b->sure_value = b->value;
    b->patience = 1;
    b->age = 0;
    return status;
}

/* The step for the next prices (Kiwiel 1990): to where the rise, taken as a parabola, would be the most; not
   longer after steps that rose by little, shorter only after several that found plans far from the centre. */
static void change_step(lagrange_bundle *b, double rise, double promise, int *null_steps) {
    const double *amount = b->amount[b->n_plans - 1];
    double gap = b->cost[b->n_plans - 1] + dot(b->n, b->centre, amount) + lagrange_terms_least(b, b->centre) -
                 b->value;
    double factor = 0.5 / fmax(1 - rise / promise, 0.01);
    if (rise >= SERIOUS * promise) {
        b->step *= fmin(fmax(factor, *null_steps == 0 ? 2 : 1), 10);
        *null_steps = 0;
    } else if (++*null_steps >= 3 && gap > promise) {
        b->step *= fmax(factor, 0.3);
        *null_steps = 0;
    }
}

/* Renews the centre after some steps: more as long as the picked arcs were right, fewer where others brought
   the value down. A centre that is worse than the one renewed last is given up for it. */
static pulang_status check(lagrange_bundle *b, pulang_error *error) {
    double gain = b->value - b->sure_value;
    pulang_status status = renew(b, error);
    if (status != PULANG_OK || !usable(b))
        return status;
    double rise = b->value - b->sure_value;
    b->patience = rise < 0.5 * gain ? 1 : b->patience < MOST_PATIENCE ? 2 * b->patience : MOST_PATIENCE;
    b->age = 0;
    if (rise < 0) {
        memcpy(b->centre, b->sure, (size_t)b->n * sizeof *b->centre);
        status = evaluate(b, b->centre, error);
        if (status != PULANG_OK || !usable(b))
            return status;
        b->value = (double)b->flow->value;
    }
    memcpy(b->sure, b->centre, (size_t)b->n * sizeof *b->sure);
    b->sure_value = b->value;
    return PULANG_OK;
}

/* Solves at the next prices, which may become the centre. */
static pulang_status step(lagrange_bundle *b, double promise, int *null_steps, pulang_error *error) {
    b->flow->picky = b->patience > 1;
    pulang_status status = evaluate(b, b->trial, error);
    if (status != PULANG_OK || !usable(b))
        return status;
    double rise = (double)b->flow->value - b->value;
    bool serious = rise >= SERIOUS * promise;
    status = add_plan(b, b->trial, error);
    change_step(b, rise, promise, null_steps);
    if (serious)
        move_centre(b, b->trial);
    if (status != PULANG_OK)
        return status;
    return ++b->age >= (serious ? 1 : 4) * b->patience ? check(b, error) : PULANG_OK;
}

static bool same(const lagrange_bundle *b, const double *x, const double *y) {
    return memcmp(x, y, (size_t)b->n * sizeof *x) == 0;
}

/* Whether so many steps have gained next to nothing. */
static bool stalls(lagrange_bundle *b, int k, double promised) {
    if (k % STALLED != 0)
        return false;
    double gain = b->value - b->mark;
    b->mark = b->value;
    return k > 0 && fabs(gain) < promised;
}

/* The next prices, and whether they promise more than that. A short step promises little, however much there
   is to gain: that is believed of a long one only. */
static pulang_status aim_far(lagrange_bundle *b, double promised, double *promise, bool *more) {
    double step = b->step;
    *more = false;
    for (int k = 0; k <= WIDENED && !*more; k++) {
        if (k > 0)
            b->step *= 10;
        if (aim(b, promised, promise) != PULANG_OK)
            return PULANG_ERROR_MEMORY;
        round_prices(b, b->trial);
        *more = *promise > promised && !same(b, b->trial, b->centre);
    }
    if (!*more)
        b->step = step;
    return PULANG_OK;
}

static pulang_status climb(lagrange_bundle *b, int steps, double promised, pulang_error *error) {
    int null_steps = 0;
    for (int k = 0;
         k < steps && b->value < b->target && pulang_clock() < b->deadline && !stalls(b, k, promised); k++) {
        double promise;
        bool more;
        memcpy(b->last, b->trial, (size_t)b->n * sizeof *b->last);
        if (aim_far(b, promised, &promise, &more) != PULANG_OK)
            return pulang_fail_memory(error);
        if (!more)
            break;
        if (same(b, b->trial, b->last)) { /* rounding keeps it from what was promised */
            b->step *= 0.3;
            continue;
        }
        pulang_status status = step(b, promise, &null_steps, error);
        if (status != PULANG_OK || !usable(b))
            return status;
    }
    return PULANG_OK;
}

pulang_status lagrange_raise(lagrange_bundle *b, int steps, double promised, double target, double deadline,
                             pulang_error *error) {
    b->target = target;
    b->deadline = deadline;
    pulang_status status = begin(b, error);
    if (status == PULANG_OK && usable(b))
        status = climb(b, steps, promised, error);
    if (status == PULANG_OK && usable(b))
        status = check(b, error);
    b->flow->picky = false;
    b->steady = b->steady > 0 ? b->steady : b->step / b->unit;
    return status;
}

void lagrange_mean(const lagrange_bundle *b, double *mean) {
    memset(mean, 0, (size_t)b->lg->problem->n_arcs * sizeof *mean);
    for (int k = 0; k < b->n_plans; k++)
        for (int i = 0; b->weight[k] > 1e-6 && i < b->n_placements[k]; i++)
            mean[b->arc[k][i]] += b->weight[k] * b->count[k][i];
}

void lagrange_bundle_clear(lagrange_bundle *b) {
    lagrange_terms_clear(b);
    for (int k = 0; k < b->room; k++) {
        if (b->amount)
            pulang_free(b->amount[k]);
        if (b->arc)
            pulang_free(b->arc[k]);
        if (b->count)
            pulang_free(b->count[k]);
    }
    void *parts[] = {b->of,     b->size, b->term,   b->rate, b->sure,  b->last,         b->centre, b->trial,
                     b->amount, b->cost, b->weight, b->arc,  b->count, b->n_placements, b->share};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        pulang_free(parts[i]);
}

pulang_status lagrange_bundle_init(lagrange *lg, lagrange_flow *flow, lagrange_bundle *b) {
    size_t most = (size_t)lg->n_crossing + LAGRANGE_CUTS + (size_t)lg->problem->n_levels;
    size_t room = 2 * most < LEAST_PLANS ? LEAST_PLANS : 2 * most > MOST_PLANS ? MOST_PLANS : 2 * most;
    *b = (lagrange_bundle){.lg = lg, .flow = flow, .room = (int)room};
    b->of = pulang_alloc(most, sizeof *b->of);
    b->size = pulang_alloc(most, sizeof *b->size);
    b->term = pulang_alloc(most, sizeof *b->term);
    b->rate = pulang_alloc(most, sizeof *b->rate);
    b->centre = pulang_alloc(most, sizeof *b->centre);
    b->sure = pulang_alloc(most, sizeof *b->sure);
    b->last = pulang_alloc(most, sizeof *b->last);
    b->trial = pulang_alloc(most, sizeof *b->trial);
    b->amount = pulang_alloc(room, sizeof *b->amount);
    b->cost = pulang_alloc(room, sizeof *b->cost);
    b->weight = pulang_alloc(room, sizeof *b->weight);
    b->arc = pulang_alloc(room, sizeof *b->arc);
    b->count = pulang_alloc(room, sizeof *b->count);
    b->n_placements = pulang_alloc(room, sizeof *b->n_placements);
    b->share = pulang_alloc(room, sizeof *b->share);
    if (!b->of || !b->size || !b->term || !b->rate || !b->centre || !b->sure || !b->last || !b->trial ||
        !b->amount || !b->cost || !b->weight || !b->arc || !b->count || !b->n_placements || !b->share)
        return PULANG_ERROR_MEMORY;
    for (size_t k = 0; k < room; k++)
        if (!(b->amount[k] = pulang_alloc(most, sizeof **b->amount)))
            return PULANG_ERROR_MEMORY;
    return PULANG_OK;
}

/* ---- from level to level ---- */

static void list_prices(lagrange_bundle *b) {
    const lagrange *lg = b->lg;
    b->n = 0;
    for (int i = 0; i < lg->n_crossing; i++) {
        b->of[b->n] = lg->crossing[i];
        b->size[b->n++] = size_of_total(lg, lg->crossing[i]);
    }
    for (int l = 0; l < lg->goal.level; l++)
        if (lg->hold[l]) {
            b->of[b->n] = ~l;
            b->size[b->n++] = size_of_level(lg, l);
        }
}

/* Whether all that a plan kept uses is left; is_left: [n_arcs]. */
static bool still_holds(const lagrange_bundle *b, int k, const bool *is_left) {
    for (int i = 0; i < b->n_placements[k]; i++)
        if (!is_left[b->arc[k][i]])
            return false;
    return true;
}

/* A plan is linear in the prices unless what a total costs depends on the price of a level. */
static bool all_exact(const lagrange_bundle *b) {
    for (int i = 0; i < b->n; i++)
        if (b->of[i] >= 0 && !b->term[i].exact)
            return false;
    return true;
}

/* What the plans kept come to at the level in hand: worked out without prices. */
static void reread_plans(lagrange_bundle *b, const bool *is_left) {
    lagrange *lg = b->lg;
    read_prices(b, b->trial);
    memset(b->centre, 0, (size_t)b->n * sizeof *b->centre);
    set_prices(b, b->centre);
    for (int i = 0; i < lg->n_ordered; i++)
        lg->goal.price[lg->order[i]] = 0;
    lagrange_gates(lg);
    for (int k = b->n_plans - 1; k >= 0; k--) {
        if (!still_holds(b, k, is_left)) {
            drop(b, k);
            continue;
        }
        lagrange_flow_value(lg, b->flow, b->n_placements[k], b->arc[k], b->count[k]);
        read_amount(b, b->amount[k]);
        b->share[k] = share_of(b, k);
        b->cost[k] = (double)b->flow->value - lagrange_terms_least(b, b->centre);
    }
    set_prices(b, b->trial);
}

/* The weights add up to 1 again after plans have gone. */
static void renew_weights(lagrange_bundle *b) {
    double sum = 0;
    for (int k = 0; k < b->n_plans; k++)
        sum += b->weight[k];
    for (int k = 0; k < b->n_plans; k++)
        b->weight[k] = sum > 0 ? b->weight[k] / sum : 1.0 / b->n_plans;
}

pulang_status lagrange_bundle_turn(lagrange_bundle *b, double unit) {
    const lagrange *lg = b->lg;
    bool *is_left = pulang_alloc((size_t)lg->problem->n_arcs, sizeof *is_left);
    list_prices(b);
    b->step *= b->unit > 0 ? unit / b->unit : 1;
    b->step = b->steady > 0 ? fmin(b->step, LONGER * b->steady * unit) : b->step;
    b->unit = unit;
    if (!is_left || lagrange_terms_read(b) != PULANG_OK) {
        pulang_free(is_left);
        return PULANG_ERROR_MEMORY;
    }
    for (int k = 0; k < lg->problem->n_classes; k++)
        for (int i = lg->begin[k]; i < lg->end[k]; i++)
            is_left[lg->list[i]] = true;
    while (b->n_plans > 0 && !all_exact(b))
        drop(b, b->n_plans - 1);
    reread_plans(b, is_left);
    renew_weights(b);
    pulang_free(is_left);
    return PULANG_OK;
}
