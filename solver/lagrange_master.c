/*
 * The master of the bundle method: prices that are best against all plans kept, less the square of their
 * distance from the centre.
 *
 * What a total itself costs is a known convex function of its steps; it enters as it is and not by the
 * plans (Frangioni and Gorgone, Mathematical Programming 145, 2014: "easy components"). With weights w of
 * the plans, v = sum of w * amount and the best steps n(v) of every total, the dual of the master is to
 * minimise sum of w * cost + sum of phi(v), phi smooth and piecewise quadratic. It is solved by Newton
 * steps on the plans that have weight, taking one more in when those are balanced.
 */
#include "model/alloc.h"
#include "solver/lagrange_state.h"

#include <math.h>
#include <string.h>

/* ---- the totals' own terms ---- */

/* Prices stay so small that the costs of the subproblem fit. */
static double limit_of(const lagrange *lg, int of) {
    if (of < 0)
        return lg->room * (double)lg->goal.coarse / 8 / lg->largest[~of];
    double most = fmax(fabs((double)lg->lower[of]), fabs((double)lg->upper[of])) + 1;
    return fmin(1e18 / most, lg->room * (double)lg->goal.coarse / 4 / lg->most[of]);
}

static bool costs_held(const lagrange *lg, int t) {
    const pulang_total *total = &lg->problem->totals[t];
    for (int i = 0; i < total->n_pieces; i++)
        if (total->pieces[i].level < lg->goal.level && lg->hold[total->pieces[i].level])
            return true;
    return false;
}

static void add_point(lagrange_term *term, double at, double cost) {
    int n = term->n++;
    term->at[n] = at;
    term->cost[n] = cost;
}

static pulang_status read_total(const lagrange *lg, int t, lagrange_term *term) {
    size_t most = 4 * (size_t)lg->problem->totals[t].n_pieces + 2;
    int64_t *points = pulang_alloc(most, sizeof *points);
    term->at = pulang_alloc(most, sizeof *term->at);
    term->cost = pulang_alloc(most, sizeof *term->cost);
    if (!points || !term->at || !term->cost) {
        pulang_free(points);
        return PULANG_ERROR_MEMORY;
    }
    int n = lagrange_points(lg, t, points);
    add_point(term, (double)lg->lower[t], (double)lagrange_total_cost(lg, t, lg->lower[t]));
    for (int i = 0; i < n; i++)
        add_point(term, (double)points[i], (double)lagrange_total_cost(lg, t, points[i]));
    pulang_free(points);
    return PULANG_OK;
}

/* What is left of a level held, or nothing where the plan has the term already. */
static pulang_status read_other(lagrange_term *term, bool level) {
    term->at = pulang_alloc(2, sizeof *term->at);
    term->cost = pulang_alloc(2, sizeof *term->cost);
    if (!term->at || !term->cost)
        return PULANG_ERROR_MEMORY;
    if (level)
        add_point(term, -HUGE_VAL, 0);
    add_point(term, 0, 0);
    return PULANG_OK;
}

void lagrange_terms_clear(lagrange_bundle *b) {
    for (int i = 0; b->term && i < b->n; i++) {
        pulang_free(b->term[i].at);
        pulang_free(b->term[i].cost);
        b->term[i] = (lagrange_term){0};
    }
}

pulang_status lagrange_terms_read(lagrange_bundle *b) {
    lagrange_terms_clear(b);
    for (int i = 0; i < b->n; i++) {
        b->term[i].limit = limit_of(b->lg, b->of[i]);
        b->term[i].exact = b->of[i] >= 0 && !costs_held(b->lg, b->of[i]);
        pulang_status status = b->term[i].exact ? read_total(b->lg, b->of[i], &b->term[i])
                                                : read_other(&b->term[i], b->of[i] < 0);
        if (status != PULANG_OK)
            return status;
    }
    return PULANG_OK;
}

double lagrange_terms_least(const lagrange_bundle *b, const double *price) {
    double sum = 0;
    for (int i = 0; i < b->n; i++) {
        const lagrange_term *term = &b->term[i];
        double least = HUGE_VAL;
        for (int k = 0; k < term->n; k++)
            if (isfinite(term->at[k]))
                least = fmin(least, term->cost[k] - price[i] * term->at[k]);
        sum += least;
    }
    return sum;
}

/* The price where the plans come to v: centre + rate * (v - n), n the best steps of the total against it, and
   within the limit. curve: its derivative. */
static double price_at(const lagrange_term *term, double centre, double rate, double v, double *curve) {
    double n = term->at[0];
    *curve = 0;
    for (int k = 1; k < term->n; k++) {
        double slope = (term->cost[k] - term->cost[k - 1]) / (term->at[k] - term->at[k - 1]);
        if (centre + rate * (v - n) <= slope || slope >= term->limit)
            break;
        n = term->at[k];
        if (centre + rate * (v - n) < slope && slope > -term->limit)
            return slope;
    }
    double price = centre + rate * (v - n);
    if (fabs(price) >= term->limit)
        return price < 0 ? -term->limit : term->limit;
    *curve = rate;
    return price;
}

/* ---- weights ---- */

typedef struct master {
    lagrange_bundle *b;
    const double *rate;
    double *price;     /* [n] */
    double *curve;     /* [n] */
    double *v;         /* [n] sum of weighted amounts */
    double *u;         /* [n] ... of a direction's */
    double *gradient;  /* [n_plans] what a plan costs at the prices */
    double *direction; /* [n_plans] */
    double *factor;    /* [n_plans][n_plans] of Cholesky */
    int *with;         /* [n_plans] those with weight */
    int n_with;
    bool *is_with; /* [n_plans] */
} master;

static void find_prices(master *m, double t) {
    const lagrange_bundle *b = m->b;
    for (int i = 0; i < b->n; i++)
        m->price[i] = price_at(&b->term[i], b->centre[i], m->rate[i], m->v[i] + t * m->u[i], &m->curve[i]);
}

static double dot(int n, const double *x, const double *y) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += x[i] * y[i];
    return sum;
}

static void find_gradient(master *m) {
    const lagrange_bundle *b = m->b;
    memset(m->v, 0, (size_t)b->n * sizeof *m->v);
    memset(m->u, 0, (size_t)b->n * sizeof *m->u);
    for (int k = 0; k < b->n_plans; k++)
        for (int i = 0; b->weight[k] > 0 && i < b->n; i++)
            m->v[i] += b->weight[k] * b->amount[k][i];
    find_prices(m, 0);
    for (int k = 0; k < b->n_plans; k++)
        m->gradient[k] = b->cost[k] + dot(b->n, m->price, b->amount[k]);
}

/* Solves factor * x = -gradient over the plans with weight but the first, whose weight is 1 less that of all
   others. */
static void find_direction(master *m) {
    const lagrange_bundle *b = m->b;
    int n = m->n_with - 1, room = b->room, base = m->with[0];
    double trace = 0;
    for (int r = 0; r < n; r++)
        for (int c = 0; c <= r; c++) {
            const double *x = b->amount[m->with[r + 1]], *y = b->amount[m->with[c + 1]], *z = b->amount[base];
            double sum = 0;
            for (int i = 0; i < b->n; i++)
                sum += m->curve[i] * (x[i] - z[i]) * (y[i] - z[i]);
            m->factor[r * room + c] = sum;
            trace += r == c ? sum : 0;
        }
    double least = 1e-11 * trace / fmax(n, 1) + 1e-300;
    double *x = m->direction;
    for (int r = 0; r < n; r++) {
        for (int c = 0; c <= r; c++) {
            double sum = m->factor[r * room + c] - dot(c, &m->factor[r * room], &m->factor[c * room]);
            m->factor[r * room + c] = r > c ? sum / m->factor[c * room + c] : sqrt(fmax(sum + least, least));
        }
        x[r] = (m->gradient[base] - m->gradient[m->with[r + 1]] - dot(r, &m->factor[r * room], x)) /
               m->factor[r * room + r];
    }
    for (int r = n - 1; r >= 0; r--) {
        for (int c = r + 1; c < n; c++)
            x[r] -= m->factor[c * room + r] * x[c];
        x[r] /= m->factor[r * room + r];
    }
    double sum = 0;
    for (int r = n; r > 0; r--) {
        x[r] = x[r - 1];
        sum += x[r];
    }
    x[0] = -sum;
}

/* How fast the dual rises along the direction after t. */
static double rise_at(master *m, double t, double cost) {
    find_prices(m, t);
    return cost + dot(m->b->n, m->price, m->u);
}

/* Goes along the direction to the least, or until a plan has no more weight; the largest change of a weight.
 */
static double follow(master *m) {
    lagrange_bundle *b = m->b;
    double cost = 0, most = 1e9, t;
    int first = -1;
    for (int r = 0; r < m->n_with; r++) {
        int k = m->with[r];
        double by = m->direction[r];
        cost += by * b->cost[k];
        for (int i = 0; i < b->n; i++)
            m->u[i] += by * b->amount[k][i];
        if (by < 0 && b->weight[k] < -by * most) {
            most = b->weight[k] / -by;
            first = k;
        }
    }
    if (most > 1 && rise_at(m, 1, cost) >= 0) {
        most = 1;
        first = -1;
    }
    t = most;
    if (rise_at(m, most, cost) > 0) {
        double low = 0, high = most;
        first = -1;
        for (int round = 0; round < 50 && high - low > 1e-12 * high; round++) {
            t = (low + high) / 2;
            *(rise_at(m, t, cost) > 0 ? &high : &low) = t;
        }
    }
    double change = 0;
    for (int r = 0; r < m->n_with; r++) {
        int k = m->with[r];
        b->weight[k] = k == first ? 0 : fmax(0, b->weight[k] + t * m->direction[r]);
        change = fmax(change, fabs(t * m->direction[r]));
    }
    return change;
}

/* Lists the plans with weight, the heaviest first. */
static void list_with(master *m) {
    lagrange_bundle *b = m->b;
    double sum = 0;
    m->n_with = 0;
    for (int k = 0; k < b->n_plans; k++) {
        if (b->weight[k] <= 0 && !m->is_with[k])
            continue;
        m->with[m->n_with++] = k;
        sum += b->weight[k];
        if (b->weight[k] > b->weight[m->with[0]]) {
            m->with[m->n_with - 1] = m->with[0];
            m->with[0] = k;
        }
    }
    for (int k = 0; k < b->n_plans; k++)
        b->weight[k] /= sum;
}

/* From the plan with weight that costs most to the one that costs least: a step that always gains. */
static void find_exchange(master *m, int low) {
    int most = m->with[0];
    for (int r = 0; r < m->n_with; r++)
        most = m->gradient[m->with[r]] > m->gradient[most] ? m->with[r] : most;
    for (int r = 0; r < m->n_with; r++)
        m->direction[r] = (m->with[r] == low) - (m->with[r] == most);
}

static void weigh(master *m, double tolerance) {
    lagrange_bundle *b = m->b;
    double change = 1;
    memset(m->is_with, 0, (size_t)b->n_plans * sizeof *m->is_with);
    for (int round = 0; round < 20 + 4 * b->n_plans; round++) {
        list_with(m);
        find_gradient(m);
        int low = 0;
        double most = -HUGE_VAL, least = HUGE_VAL;
        for (int k = 0; k < b->n_plans; k++)
            low = m->gradient[k] < m->gradient[low] ? k : low;
        for (int r = 0; r < m->n_with; r++) {
            most = fmax(most, m->gradient[m->with[r]]);
            least = fmin(least, m->gradient[m->with[r]]);
        }
        memset(m->is_with, 0, (size_t)b->n_plans * sizeof *m->is_with);
        if (most - m->gradient[low] <= tolerance)
            return;
        bool stuck = change < 1e-9; /* plans nearly alike, where Newton goes out at the same side again */
        if (stuck || (least > m->gradient[low] && most - least <= 0.1 * (most - m->gradient[low]))) {
            m->is_with[low] = true;
            list_with(m);
        }
        if (stuck)
            find_exchange(m, low);
        else
            find_direction(m);
        change = follow(m);
    }
}

static bool prepare(master *m, size_t n, size_t plans) {
    m->price = pulang_alloc(n, sizeof *m->price);
    m->curve = pulang_alloc(n, sizeof *m->curve);
    m->v = pulang_alloc(n, sizeof *m->v);
    m->u = pulang_alloc(n, sizeof *m->u);
    m->gradient = pulang_alloc(plans, sizeof *m->gradient);
    m->direction = pulang_alloc(plans, sizeof *m->direction);
    m->factor = pulang_alloc(plans * plans, sizeof *m->factor);
    m->with = pulang_alloc(plans, sizeof *m->with);
    m->is_with = pulang_alloc(plans, sizeof *m->is_with);
    return m->price && m->curve && m->v && m->u && m->gradient && m->direction && m->factor && m->with &&
           m->is_with;
}

pulang_status lagrange_aim(lagrange_bundle *b, const double *rate, double tolerance, double *to,
                           double *promise) {
    master m = {.b = b, .rate = rate};
    bool ready = prepare(&m, (size_t)b->n, (size_t)b->room);
    if (ready) {
        weigh(&m, tolerance);
        find_gradient(&m);
        double least = HUGE_VAL;
        for (int k = 0; k < b->n_plans; k++)
            least = fmin(least, m.gradient[k]);
        memcpy(to, m.price, (size_t)b->n * sizeof *to);
        *promise = least + lagrange_terms_least(b, to) - b->value;
    }
    void *parts[] = {m.price, m.curve, m.v, m.u, m.gradient, m.direction, m.factor, m.with, m.is_with};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        pulang_free(parts[i]);
    return ready ? PULANG_OK : PULANG_ERROR_MEMORY;
}
