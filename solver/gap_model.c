/*
 * The model of the Lagrangian dual (gap_dual.c): for each agent the columns that his knapsack has had as an
 * optimum. They outlive the node that found them and come back to life where their jobs may be had.
 *
 * A step maximises the model less |price - centre|^2 / (2 length). The dual of that quadratic program shares
 * every agent out among his columns; it is solved by moving share from the dearest column in use to the
 * cheapest, agent by agent: Platt, "Sequential minimal optimization", Microsoft MSR-TR-98-14 (1998).
 */
#include "model/alloc.h"
#include "solver/gap_state.h"

#include <math.h>
#include <string.h>

enum { REVIEW_EVERY = 4, SPARE_COLUMNS = 20, LARGEST_POOL = 1 << 23 };
/* The shares are good enough when they miss this part of the gain predicted. */
static const double NEAR_ENOUGH = 0.05;
/* A column is near when it costs this many times the spread of those in use, or less. */
static const double NEAR = 0.5;

bool gap_model_make(gap_state *s) {
    gap_bundle *b = &s->bundle;
    size_t m = (size_t)s->n_agents, n = (size_t)s->n_jobs, length = (size_t)s->most_jobs;
    size_t most = n / m + SPARE_COLUMNS, largest = LARGEST_POOL / (m * length);
    b->most = (int)(most < largest ? most : largest > SPARE_COLUMNS ? largest : SPARE_COLUMNS);
    size_t n_columns = m * (size_t)b->most;
    b->n_words = (s->n_jobs + 63) / 64;
    if (!(b->n = pulang_alloc(m, sizeof *b->n)) || !(b->n_live = pulang_alloc(m, sizeof *b->n_live)) ||
        !(b->n_near = pulang_alloc(m, sizeof *b->n_near)) ||
        !(b->column = pulang_alloc(n_columns, sizeof *b->column)) ||
        !(b->job = pulang_alloc(2 * n_columns * length, sizeof *b->job)) ||
        !(b->set = pulang_alloc(n_columns * (size_t)b->n_words, sizeof *b->set)) ||
        !(b->given = pulang_alloc(n, sizeof *b->given)) ||
        !(b->given_begin = pulang_alloc(m + 2, sizeof *b->given_begin)) ||
        !(b->centre = pulang_alloc(n, sizeof *b->centre)) || !(b->price = pulang_alloc(n, sizeof *b->price)))
        return false;
    for (size_t k = 0; k < n_columns; k++) {
        b->column[k].all = b->job + 2 * k * length;
        b->column[k].job = b->column[k].all + length;
        b->column[k].set = b->set + k * (size_t)b->n_words;
    }
    b->length = s->scale;
    return true;
}

void gap_model_clear(gap_bundle *b) {
    void *all[] = {b->n,   b->n_live, b->n_near,      b->column, b->job,
                   b->set, b->given,  b->given_begin, b->centre, b->price};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
        pulang_free(all[k]);
}

static gap_column *columns_of(const gap_bundle *b, int agent) {
    return b->column + (size_t)agent * (size_t)b->most;
}

static void swap(gap_column *a, gap_column *b) {
    if (a == b)
        return;
    gap_column c = *a;
    *a = *b;
    *b = c;
}

/* Leaves the free jobs of the column. false: the agent cannot have it, or has jobs that it lacks. */
static bool revive(const gap_state *s, int agent, gap_column *c) {
    int n_given = 0;
    c->n = 0;
    c->cost = 0;
    for (int k = 0; k < c->n_all; k++) {
        int j = c->all[k];
        if (s->agent[j] == agent) {
            n_given++;
        } else if (s->agent[j] < 0 && s->allowed[gap_pair(s, agent, j)]) {
            c->job[c->n++] = j;
            c->cost += (double)s->cost[gap_pair(s, agent, j)] * s->scale;
        } else {
            return false;
        }
    }
    return n_given == s->bundle.given_begin[agent + 1] - s->bundle.given_begin[agent];
}

/* Sorts the jobs that have an agent by the agent. */
static void list_given(gap_state *s) {
    gap_bundle *b = &s->bundle;
    int *begin = b->given_begin + 1;
    memset(b->given_begin, 0, ((size_t)s->n_agents + 2) * sizeof *b->given_begin);
    for (int j = 0; j < s->n_jobs; j++)
        if (s->agent[j] >= 0)
            begin[s->agent[j] + 1]++;
    for (int i = 0; i < s->n_agents; i++)
        begin[i + 1] += begin[i];
    for (int j = s->n_jobs - 1; j >= 0; j--)
        if (s->agent[j] >= 0)
            b->given[begin[s->agent[j]]++] = j;
}

void gap_model_begin(gap_state *s) {
    gap_bundle *b = &s->bundle;
    b->clock++;
    list_given(s);
    for (int i = 0; i < s->n_agents; i++) {
        gap_column *first = columns_of(b, i);
        double sum = 0;
        b->n_live[i] = 0;
        for (int k = 0; k < b->n[i]; k++) {
            if (!revive(s, i, first + k))
                continue;
            sum += first[k].share;
            swap(first + k, first + b->n_live[i]++);
        }
        for (gap_column *c = first; c < first + b->n_live[i]; c++)
            c->share = sum > 0 ? c->share / sum : c == first;
    }
}

/* What the column costs at the prices. Four sums at a time: an addition need not wait for the one before. */
static double reduced_cost(const gap_bundle *b, const gap_column *c) {
    const double *price = b->price;
    const int *job = c->job;
    double sum[4] = {0};
    int k = 0;
    for (; k + 4 <= c->n; k += 4)
        for (int lane = 0; lane < 4; lane++)
            sum[lane] += price[job[k + lane]];
    for (; k < c->n; k++)
        sum[0] += price[job[k]];
    return c->cost - (sum[0] + sum[1] + (sum[2] + sum[3]));
}

/* A column of the agent that is to be overwritten: none yet, or a dead one, the longest unused, or a live one
   without a share, the dearest. NULL: all have a share. */
static gap_column *room_for_column(gap_bundle *b, int agent) {
    gap_column *first = columns_of(b, agent), *worst = NULL;
    if (b->n[agent] < b->most)
        return first + b->n[agent]++;
    for (gap_column *c = first + b->n_live[agent]; c < first + b->n[agent]; c++)
        if (!worst || c->used < worst->used)
            worst = c;
    for (gap_column *c = first; b->n_live[agent] == b->n[agent] && c < first + b->n[agent]; c++)
        if (c->share <= 0 && (!worst || c->reduced > worst->reduced))
            worst = c;
    return worst;
}

static bool is_known(const gap_bundle *b, int agent, const gap_knapsack *k) {
    size_t size = (size_t)k->n_taken * sizeof *k->taken;
    gap_column *first = columns_of(b, agent);
    for (gap_column *c = first; c < first + b->n_live[agent]; c++)
        if (c->n == k->n_taken && memcmp(c->job, k->taken, size) == 0)
            return true;
    return false;
}

/* What the knapsack took and the jobs that the agent has, merged. */
static void write_jobs(const gap_bundle *b, int agent, const gap_knapsack *k, gap_column *c) {
    c->n_all = 0;
    int given = b->given_begin[agent], taken = 0;
    while (given < b->given_begin[agent + 1] || taken < k->n_taken) {
        bool is_given =
            given < b->given_begin[agent + 1] && (taken == k->n_taken || b->given[given] > k->taken[taken]);
        c->all[c->n_all++] = is_given ? b->given[given++] : k->taken[taken++];
    }
}

void gap_model_add(gap_state *s, int agent) {
    gap_bundle *b = &s->bundle;
    const gap_knapsack *k = &s->knapsack;
    if (is_known(b, agent, k))
        return;
    gap_column *first = columns_of(b, agent), *c = room_for_column(b, agent);
    if (!c)
        return;
    if (c >= first + b->n_live[agent]) {
        swap(c, first + b->n_live[agent]);
        c = first + b->n_live[agent]++;
    }
    write_jobs(b, agent, k, c);
    memset(c->set, 0, (size_t)b->n_words * sizeof *c->set);
    for (int at = 0; at < c->n_all; at++)
        c->set[c->all[at] / 64] |= (uint64_t)1 << (c->all[at] % 64);
    revive(s, agent, c);
    c->share = b->n_live[agent] == 1;
    c->reduced = reduced_cost(b, c);
    c->used = b->clock;
}

static void change_prices(gap_bundle *b, const gap_column *c, double by) {
    for (int k = 0; k < c->n; k++)
        b->price[c->job[k]] += by;
}

/* How many jobs only one of them has. */
static int distance(const gap_bundle *b, const gap_column *x, const gap_column *y) {
    int n = 0;
    for (int word = 0; word < b->n_words; word++)
        n += __builtin_popcountll(x->set[word] ^ y->set[word]);
    return n;
}

static void move_share(gap_bundle *b, gap_column *from, gap_column *to) {
    double share = (from->reduced - to->reduced) / (b->length * distance(b, from, to));
    share = fmin(share, from->share);
    from->share -= share;
    to->share += share;
    change_prices(b, from, b->length * share);
    change_prices(b, to, -b->length * share);
}

/* Prices columns of an agent: the cheapest and the dearest in use. */
static void price_columns(const gap_bundle *b, gap_column *first, int n, gap_column **best,
                          gap_column **worst) {
    *best = *worst = NULL;
    for (gap_column *c = first; c < first + n; c++) {
        c->reduced = reduced_cost(b, c);
        if (!*best || c->reduced < (*best)->reduced)
            *best = c;
        if (c->share > 0 && (!*worst || c->reduced > (*worst)->reduced))
            *worst = c;
    }
}

/* Moves share from the dearest column in use to the cheapest, of those near. */
static void share_out(gap_bundle *b, int agent) {
    gap_column *best, *worst;
    price_columns(b, columns_of(b, agent), b->n_near[agent], &best, &worst);
    if (worst->reduced > best->reduced)
        move_share(b, worst, best);
}

/* Prices all columns of the agent and looks out those near. Returns the cost of the cheapest; what the shares
   cost beyond that is added to the slack. */
static double review(gap_bundle *b, int agent) {
    gap_column *first = columns_of(b, agent), *best, *worst;
    price_columns(b, first, b->n_live[agent], &best, &worst);
    double least = best->reduced, most = least + NEAR * (worst->reduced - least);
    int n = 0;
    for (int k = 0; k < b->n_live[agent]; k++) {
        b->slack += first[k].share * (first[k].reduced - least);
        if (first[k].share > 0 || first[k].reduced <= most)
            swap(first + k, first + n++);
    }
    b->n_near[agent] = n;
    return least;
}

/* The prices that go with the shares. */
static void price_jobs(const gap_state *s, gap_bundle *b) {
    for (int j = 0; j < s->n_jobs; j++)
        b->price[j] = b->centre[j] + b->length;
    for (int i = 0; i < s->n_agents; i++) {
        gap_column *first = columns_of(b, i);
        for (gap_column *c = first; c < first + b->n_live[i]; c++)
            if (c->share > 0)
                change_prices(b, c, -b->length * c->share);
    }
}

/* The model's value at the prices. */
static double evaluate(const gap_state *s, gap_bundle *b) {
    double value = (double)s->fixed_cost * s->scale;
    b->slack = 0;
    for (int i = 0; i < s->n_agents; i++)
        value += review(b, i);
    for (int j = 0; j < s->n_jobs; j++)
        if (s->agent[j] < 0)
            value += b->price[j];
    return value;
}

static void note_use(const gap_state *s, gap_bundle *b) {
    for (int i = 0; i < s->n_agents; i++) {
        gap_column *first = columns_of(b, i);
        for (gap_column *c = first; c < first + b->n_live[i]; c++)
            if (c->share > 0)
                c->used = b->clock;
    }
}

double gap_model_maximise(gap_state *s, int sweeps) {
    gap_bundle *b = &s->bundle;
    price_jobs(s, b);
    double value = evaluate(s, b);
    for (int sweep = 0; sweep < sweeps && b->slack > NEAR_ENOUGH * (value - (double)s->value);
         sweep += REVIEW_EVERY) {
        for (int k = 0; k < REVIEW_EVERY; k++)
            for (int i = 0; i < s->n_agents; i++)
                share_out(b, i);
        value = evaluate(s, b);
    }
    note_use(s, b);
    return value;
}

void gap_model_share(const gap_state *s, float *part) {
    const gap_bundle *b = &s->bundle;
    memset(part, 0, (size_t)s->n_agents * (size_t)s->n_jobs * sizeof *part);
    for (int i = 0; i < s->n_agents; i++) {
        const gap_column *first = columns_of(b, i);
        for (const gap_column *c = first; c < first + b->n_live[i]; c++)
            for (int k = 0; c->share > 0 && k < c->n; k++)
                part[gap_pair(s, i, c->job[k])] += (float)c->share;
    }
}
