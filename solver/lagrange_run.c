#include "solver/lagrange_run.h"

#include "model/alloc.h"
#include "model/error.h"
#include "model/exact.h"
#include "solver/lagrange_branches.h"
#include "solver/lagrange_cut.h"
#include "solver/lagrange_region.h"
#include "solver/lagrange_rest.h"
#include "solver/lagrange_search.h"

#include <math.h>
#include <string.h>

/* Near arcs of a class, and those of the search. */
enum { NEAR_ARCS = 12, SEARCH_ARCS = 24, RECENT_ROUNDS = 50 };
/* Steps of the dual between two bounds. */
enum { DUAL_STEPS = 60 };
/* A round of the dual that closes less than this part of what is open is the last. */
static const double WORTHWHILE = 0.001;
/* Rounds of cuts after the dual. */
enum { CUT_ROUNDS = 3 };
/* Parts of a level's weight that its unit may be worth at a later level. */
static const double LEAST_WORTH = 1. / 16, MOST_WORTH = 16, WORTH_STEP = 4;
/* However few the members, so many trials. */
enum { LEAST_TRIALS = 2000 };
/* Members in a region, at first and at least, and nodes of branch and cut in it. */
enum { FIRST_REGION = 150, LEAST_REGION = 32, REGION_NODES = 1000 };
int64_t lagrange_run_trials(const lagrange_run *r, int64_t factor) {
    return LEAST_TRIALS + factor * r->lg->problem->member_begin[r->lg->problem->n_classes];
}

bool lagrange_run_solved(const lagrange_run *r) {
    const lagrange *lg = r->lg;
    return r->infeasible ||
           (lg->solution->exists && (r->value <= r->bound || (double)(r->value - r->bound) <=
                                                                 lg->limits->gap * fabs((double)r->value)));
}

bool lagrange_run_over(lagrange_run *r) {
    lagrange *lg = r->lg;
    pulang_progress progress = {.method = "lagrange",
                                .level_index = lg->goal.level,
                                .has_incumbent = lg->solution->exists && lg->weigh[0] == 0,
                                .incumbent = (double)r->value,
                                .bound = (double)r->bound};
    return pulang_limits_stop(lg->limits, lg->problem, &progress) || pulang_clock() >= r->deadline;
}

static bool is_over(void *user) {
    return lagrange_run_over(user);
}

lagrange_effort lagrange_run_effort(lagrange_run *r, long nodes, double seconds) {
    return (lagrange_effort){.nodes = nodes,
                             .deadline = fmin(r->deadline, pulang_clock() + seconds),
                             .is_over = is_over,
                             .user = r};
}

/* What no plan can come to: a bound above it proves that there is none. */
static double beyond(const lagrange *lg) {
    double sum = lg->sum[lg->goal.level];
    for (int l = 0; l < lg->goal.level; l++)
        sum += (double)lg->weigh[l] * lg->sum[l];
    return 1.01 * sum + 1;
}

void lagrange_run_take_bound(lagrange_run *r) {
    lagrange *lg = r->lg;
    const pulang_problem *p = lg->problem;
    int64_t bound;
    if (!lagrange_bound(lg, &bound)) {
        /* without a choice: nothing holds the levels before, or is as good as the incumbent */
        r->infeasible = !lg->solution->exists;
        r->bound = lg->solution->exists ? r->value : r->bound;
        return;
    }
    if (bound <= r->best)
        return;
    r->best = bound;
    r->bound = pulang_exact_ceil(bound, lg->goal.scale) > r->bound ? pulang_exact_ceil(bound, lg->goal.scale)
                                                                   : r->bound;
    memcpy(r->price, lg->goal.price, (size_t)p->n_totals * sizeof *r->price);
    memcpy(r->held, lg->goal.held, (size_t)p->n_levels * sizeof *r->held);
    r->infeasible = !lg->solution->exists && (double)r->bound > beyond(lg);
}

int64_t lagrange_run_recall(lagrange_run *r) {
    lagrange *lg = r->lg;
    int64_t bound = r->best;
    memcpy(lg->goal.price, r->price, (size_t)lg->problem->n_totals * sizeof *r->price);
    memcpy(lg->goal.held, r->held, (size_t)lg->problem->n_levels * sizeof *r->held);
    return lagrange_bound(lg, &bound) ? bound : r->best;
}

/* The plan of the subproblem as a flow. */
static void read_plan(const lagrange_run *r, int *flow) {
    memset(flow, 0, (size_t)r->lg->problem->n_arcs * sizeof *flow);
    for (int i = 0; i < r->flow->n_listed; i++)
        flow[r->flow->arc[i]] = r->flow->count[i];
}

int64_t lagrange_run_value_of(const lagrange *lg, const int *flow) {
    int64_t value = pulang_problem_level_value(lg->problem, lg->goal.level, flow);
    for (int l = 0; l < lg->goal.level; l++)
        if (lg->weigh[l] != 0)
            value += lg->weigh[l] * pulang_problem_level_value(lg->problem, l, flow);
    return value;
}

/* Takes a flow as incumbent if it holds and is better. */
void lagrange_run_take_flow(lagrange_run *r, const int *flow) {
    lagrange *lg = r->lg;
    const pulang_problem *p = lg->problem;
    int64_t value = lagrange_run_value_of(lg, flow);
    if ((lg->solution->exists && value >= r->value) || !pulang_problem_feasible(p, flow))
        return;
    for (int l = 0; l < lg->goal.level; l++)
        if (lg->weigh[l] == 0 && pulang_problem_level_value(p, l, flow) > lg->value[l])
            return;
    memcpy(lg->solution->flow, flow, (size_t)p->n_arcs * sizeof *flow);
    lg->solution->exists = true;
    r->value = value;
}

pulang_status lagrange_run_search(lagrange_run *r, lagrange_source from, int64_t trials) {
    lagrange *lg = r->lg;
    if (from == LAGRANGE_FROM_PLAN)
        read_plan(r, r->start);
    else
        memcpy(r->start,
               from == LAGRANGE_FROM_START    ? lg->start.flow
               : from == LAGRANGE_FROM_MENDED ? r->mend.flow
                                              : lg->solution->flow,
               (size_t)lg->problem->n_arcs * sizeof *r->start);
    lagrange_run_take_flow(r, r->start);
    if (lagrange_run_solved(r))
        return PULANG_OK;
    if (lagrange_near_some(lg, r->flow, INT64_MAX, SEARCH_ARCS, r->flow->round - 20))
        return pulang_fail_memory(r->error);
    lagrange_search *local = lagrange_search_new(lg, ++r->seed);
    if (!local)
        return pulang_fail_memory(r->error);
    if (lagrange_search_run(local, r->start, from != LAGRANGE_FROM_PLAN, trials, r->deadline, r->found))
        lagrange_run_take_flow(r, r->found);
    lagrange_search_free(local);
    return PULANG_OK;
}

static int count_choices(const lagrange *lg) {
    int n = 0;
    for (int k = 0; k < lg->problem->n_classes; k++)
        n += lg->end[k] - lg->begin[k] > 1;
    return n;
}

/* Branch and cut over one region. */
static pulang_status solve_region(lagrange_run *r, uint64_t *random, lagrange_found *found) {
    lagrange *lg = r->lg;
    lagrange_face face = {0};
    const lagrange_effort effort = lagrange_run_effort(r, REGION_NODES, INFINITY);
    *found = LAGRANGE_FOUND_BEST;
    pulang_status status = lagrange_face_save(lg, &face, r->error);
    if (status != PULANG_OK)
        return status;
    status = lagrange_region_restrict(lg, lg->solution->flow, r->region_size, random, r->error);
    if (status == PULANG_OK && count_choices(lg) > 0)
        status = lagrange_find(lg, 0, &effort, r->found, found, r->error);
    lagrange_face_restore(lg, &face);
    if (status == PULANG_OK && *found != LAGRANGE_FOUND_NOTHING && count_choices(lg) > 0)
        lagrange_run_take_flow(r, r->found);
    return status;
}

pulang_status lagrange_run_regions(lagrange_run *r, int rounds) {
    lagrange *lg = r->lg;
    pulang_status status = PULANG_OK;
    uint64_t random = ++r->seed;
    r->region_size = r->region_size > 0 ? r->region_size : FIRST_REGION;
    lagrange_run_recall(r);
    for (int round = 0;
         round < rounds && status == PULANG_OK && !lagrange_run_solved(r) && !lagrange_run_over(r); round++) {
        lagrange_found found;
        int64_t before = r->value;
        status = solve_region(r, &random, &found);
        if (found == LAGRANGE_FOUND_BEST)
            r->region_size += r->region_size < lg->problem->n_classes ? 1 + r->region_size / 16 : 0;
        else if (r->value == before)
            r->region_size -= r->region_size > LEAST_REGION ? r->region_size / 16 : 0;
    }
    return status;
}

pulang_status lagrange_run_leaves(lagrange_run *r) {
    lagrange *lg = r->lg;
    int64_t bound;
    for (int l = 0; l < lg->goal.level; l++)
        if (lg->hold[l]) /* it was taken for granted, and is not */
            return PULANG_OK;
    lagrange_take_prices(lg, lg->branches.root, (double)lg->goal.scale);
    lagrange_run_take_bound(r);
    if (lg->proof || lg->branches.n_branches == 0)
        return PULANG_OK;
    if (lagrange_prove_branches(lg, &bound, &lg->proof) != PULANG_OK)
        return pulang_fail_memory(r->error);
    if (!lg->proof)
        return PULANG_OK;
    int64_t whole = bound == INT64_MAX ? r->bound : pulang_exact_ceil(bound, lg->goal.scale);
    r->bound = whole > r->bound ? whole : r->bound;
    return PULANG_OK;
}

static pulang_status solve_tree(lagrange_run *r) {
    lagrange *lg = r->lg;
    pulang_status status = lagrange_flow_solve(lg, r->flow, r->error);
    if (status != PULANG_OK || r->flow->plan->stopped)
        return status;
    if (!r->flow->plan->feasible)
        r->infeasible = !lg->solution->exists;
    else
        lagrange_run_take_bound(r);
    return PULANG_OK;
}

/* What a unit of a level counts in the weighted sum. */
static double weight_at(const lagrange *lg, int level) {
    return lg->start.exists && level + 1 < lg->problem->n_levels ? (double)lg->start.weigh[level] : 1;
}

/* The price of a total in the weighted sum of all levels, without what earlier levels have in it whose own
   prices hold them: what is left to choose costs nothing under these. */
static double price_of_rest(const lagrange *lg, int level, int total) {
    const lagrange_start *start = &lg->start;
    double price = (double)start->price[total] / (double)start->scale;
    for (int s = 0; s < lg->solution->n_steps; s++) {
        const pulang_solution_step *step = &lg->solution->steps[s];
        if (step->kind == PULANG_STEP_LEVEL && step->level < level && !lg->hold[step->level])
            price -= (double)start->weigh[step->level] * (double)step->price[total] / (double)step->scale;
    }
    return price;
}

/* The prices of the start, which were for the weighted sum of all levels, as those of one. */
static void read_start(lagrange *lg, int level) {
    double weight = weight_at(lg, level), scale = (double)lg->goal.scale / weight;
    for (int t = 0; t < lg->problem->n_totals; t++)
        lg->goal.price[t] = llrint(scale * price_of_rest(lg, level, t));
    for (int l = 0; l < level; l++)
        lg->goal.held[l] = lg->hold[l] ? (int64_t)(scale * (double)lg->start.weigh[l]) : 0;
}

/* What is open between bound and incumbent, times scale; 0: there is none. */
static double open_of(const lagrange_run *r) {
    const lagrange *lg = r->lg;
    return lg->solution->exists ? (double)r->value * (double)lg->goal.scale - (double)r->best : 0;
}

/* Prices of the level with branches, each unit of which is worth so much of its weight, beside those of the
   start. */
static pulang_status try_worth(lagrange_run *r, double share, bool *is_better) {
    lagrange *lg = r->lg;
    const lagrange_branches *b = &lg->branches;
    const double *price = b->left == PULANG_NONE ? b->root : b->price[b->left];
    double worth =
        share * (double)lg->goal.scale * (double)lg->start.weigh[b->level] / weight_at(lg, lg->goal.level);
    int64_t before = r->best;
    read_start(lg, lg->goal.level);
    lg->goal.held[b->level] = llrint(worth);
    for (int t = 0; t < b->n_totals; t++)
        lg->goal.price[t] += llrint(worth * price[t]);
    lagrange_add_sides(lg, worth);
    pulang_status status = solve_tree(r);
    *is_better = (double)(r->best - before) > WORTHWHILE * open_of(r);
    return status;
}

/* A start whose heads were given has no prices for what makes them dear. Those of the level that gave them
   do, times what a unit of it is worth now: as much as its weight or, as long as that is better, more, or
   less. */
static pulang_status try_worths(lagrange_run *r) {
    bool is_better = true;
    pulang_status status = PULANG_OK;
    double share = 1;
    for (; share <= MOST_WORTH && is_better && status == PULANG_OK && !lagrange_run_over(r);
         share *= WORTH_STEP)
        status = try_worth(r, share, &is_better);
    is_better = share <= WORTH_STEP * WORTH_STEP; /* more than as much is not */
    for (share = 1 / WORTH_STEP;
         share >= LEAST_WORTH && is_better && status == PULANG_OK && !lagrange_run_over(r);
         share /= WORTH_STEP)
        status = try_worth(r, share, &is_better);
    return status;
}

pulang_status lagrange_run_tree(lagrange_run *r) {
    const lagrange *lg = r->lg;
    lagrange_near_all(r->lg);
    pulang_status status = solve_tree(r);
    if (status == PULANG_OK && (lg->start.settled || lg->branches.n_decided > 0) &&
        lg->goal.level > lg->branches.level && lg->hold[lg->branches.level]) {
        status = try_worths(r);
        if (status == PULANG_OK)
            status = lagrange_run_relax(r);
    }
    return status;
}

/* What branch and cut has found is the better for prices that prove it. */
static bool is_priced(const lagrange_run *r) {
    return r->infeasible ||
           (r->lg->solution->exists && pulang_exact_ceil(r->best, r->lg->goal.scale) >= r->value);
}

static pulang_status raise(lagrange_run *r, int rounds) {
    lagrange *lg = r->lg;
    pulang_status status = PULANG_OK;
    for (int round = 0; round < rounds && status == PULANG_OK && !is_priced(r) && !lagrange_run_over(r);
         round++) {
        int64_t before = r->best;
        lagrange_share(lg, r->flow->share);
        int since = r->flow->round - RECENT_ROUNDS;
        if (lagrange_near_some(lg, r->flow, INT64_MAX, NEAR_ARCS, since > 0 ? since : 0))
            return pulang_fail_memory(r->error);
        double tolerance = fmax(0.3, 1e-6 * fabs((double)r->bound)) * (double)lg->goal.scale;
        double target = lg->solution->exists ? (double)(r->value - 1) * (double)lg->goal.scale + 1
                                             : beyond(lg) * (double)lg->goal.scale;
        status = lagrange_raise(r->bundle, DUAL_STEPS, tolerance, target, r->deadline, r->error);
        if (status != PULANG_OK || r->flow->plan->stopped || !r->flow->plan->feasible)
            break;
        lagrange_run_take_bound(r);
        if ((double)(r->best - before) < fmax(tolerance, WORTHWHILE * open_of(r)))
            break;
    }
    return status;
}

/* Adds the cuts that the mean of the plans breaks, and prices for them. */
static pulang_status add_cuts(lagrange_run *r, int *n) {
    lagrange *lg = r->lg;
    double *mean = pulang_alloc((size_t)lg->problem->n_arcs, sizeof *mean);
    *n = 0;
    pulang_status status = mean ? PULANG_OK : PULANG_ERROR_MEMORY;
    if (status == PULANG_OK) {
        lagrange_run_recall(r);
        lagrange_mean(r->bundle, mean);
        status = lagrange_cut_add(lg, mean, n);
    }
    if (status == PULANG_OK && *n > 0)
        status = lagrange_bundle_turn(r->bundle, r->bundle->unit);
    pulang_free(mean);
    return status == PULANG_OK ? PULANG_OK : pulang_fail_memory(r->error);
}

pulang_status lagrange_run_raise(lagrange_run *r, int rounds) {
    pulang_status status = raise(r, rounds);
    for (int round = 0, n = 1; round < CUT_ROUNDS && n > 0 && status == PULANG_OK && !is_priced(r) &&
                               !lagrange_run_over(r) && r->flow->plan->feasible && !r->flow->plan->stopped;
         round++) {
        status = add_cuts(r, &n);
        if (status == PULANG_OK && n > 0)
            status = raise(r, rounds);
    }
    return status;
}

void lagrange_run_narrow(lagrange_run *r) {
    lagrange *lg = r->lg;
    if (!lg->solution->exists)
        return;
    lagrange_run_recall(r);
    lagrange_narrow(lg, r->value * lg->goal.scale - r->best);
    r->narrowed = true;
}

pulang_status lagrange_run_branch(lagrange_run *r, double seconds) {
    lagrange *lg = r->lg;
    pulang_limits limits = *lg->limits;
    limits.deadline = fmin(fmin(limits.deadline, r->deadline), pulang_clock() + seconds);
    int64_t bound = INT64_MIN;
    bool infeasible = false, existed = lg->solution->exists;
    pulang_status status = lagrange_rest_solve(lg, &limits, &bound, &infeasible, r->error);
    if (status != PULANG_OK)
        return status;
    r->infeasible = infeasible && !existed;
    if (lg->solution->exists) {
        r->value = lagrange_run_value_of(lg, lg->solution->flow);
        bound = bound > r->value || (infeasible && existed) ? r->value : bound;
    }
    r->bound = bound > r->bound ? bound : r->bound;
    return PULANG_OK;
}

pulang_status lagrange_run_begin(lagrange_run *r, int level) {
    lagrange *lg = r->lg;
    const pulang_problem *p = lg->problem;
    lagrange_set_level(lg, level);
    memset(lg->goal.price, 0, (size_t)p->n_totals * sizeof *lg->goal.price);
    for (int l = 0; l < p->n_levels; l++)
        lg->goal.held[l] = lg->weigh[l] * lg->goal.scale;
    r->price = pulang_alloc(lagrange_room(lg), sizeof *r->price);
    r->held = pulang_alloc((size_t)p->n_levels, sizeof *r->held);
    r->start = pulang_alloc((size_t)p->n_arcs, sizeof *r->start);
    r->found = pulang_alloc((size_t)p->n_arcs, sizeof *r->found);
    r->mend.flow = pulang_alloc((size_t)p->n_arcs, sizeof *r->mend.flow);
    if (!r->price || !r->held || !r->start || !r->found || !r->mend.flow)
        return pulang_fail_memory(r->error);
    if (lg->solution->exists)
        r->value = lagrange_run_value_of(lg, lg->solution->flow);
    lagrange_run_take_bound(r);
    if (lg->start.exists && !lagrange_run_solved(r)) {
        read_start(lg, level);
        lagrange_run_take_bound(r);
        lagrange_run_recall(r);
    }
    if (lagrange_bundle_turn(r->bundle, (double)lg->goal.scale / weight_at(lg, level)) != PULANG_OK)
        return pulang_fail_memory(r->error);
    return PULANG_OK;
}

void lagrange_run_clear(lagrange_run *r) {
    pulang_free(r->price);
    pulang_free(r->held);
    pulang_free(r->start);
    pulang_free(r->found);
    pulang_free(r->mend.flow);
    lagrange_vertices_clear(r->vertices, r->n_vertices);
}
