#include "solver/lagrange_level.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/lagrange_polish.h"
#include "solver/lagrange_rest.h"
#include "solver/lagrange_search.h"

#include <math.h>
#include <string.h>

/* Near arcs of a class, and those of the search. */
enum { NEAR_ARCS = 12, SEARCH_ARCS = 24, RECENT_ROUNDS = 50 };
/* Steps of the dual between two bounds, and how often. */
enum { DUAL_STEPS = 60, DUAL_ROUNDS = 8 };
/* Arcs up to which branch and cut comes first, beyond which it is left for later, and beyond which it would
 * get nowhere. */
enum { SMALL_ARCS = 4000, FEW_ARCS = 20000, MANY_ARCS = 100000 };
/* A typical step of an earlier level weighs so many times the largest cost of the last. */
enum { STEEP = 200 };
/* Searches and polishes of the start. */
enum { START_ROUNDS = 20 };
/* Searches after which branch and cut has to do with what is left, or the level ends unproven. */
enum { MOST_SEARCHES = 8 };
/* What is so small goes to branch and cut first, for so long. */
static const double QUICK_SECONDS = 1;
/* Trials of the first search, in members, and of the search for a start. */
enum { FIRST_TRIALS = 300, START_TRIALS = 3000, LEAST_TRIALS = 2000 };
/* Classes that a dive may change besides those that the dual leaves open, and its time. */
enum { POLISHED = 100 };
static const double POLISH_SECONDS = 3;

typedef struct run {
    lagrange *lg;
    lagrange_flow *flow;
    lagrange_bundle bundle;
    int64_t *price, *held; /* of the best bound */
    int64_t best;          /* the best bound, times scale */
    int64_t value;         /* of the incumbent */
    int64_t bound;         /* proven, by prices or otherwise */
    double deadline;
    bool infeasible;
    bool narrowed;      /* within the level; what is left for the next goes by its last prices alone */
    lagrange_face face; /* of the beginning */
    uint32_t seed;
    int *start, *found; /* [n_arcs] flows */
    pulang_error *error;
} run;

static int64_t trials_of(const run *r, int64_t factor) {
    return LEAST_TRIALS + factor * r->lg->problem->member_begin[r->lg->problem->n_classes];
}

static int64_t ceil_divide(int64_t a, int64_t b) {
    return a / b + (a % b > 0);
}

static bool is_solved(const run *r) {
    const lagrange *lg = r->lg;
    return r->infeasible ||
           (lg->solution->exists && (r->value <= r->bound || (double)(r->value - r->bound) <=
                                                                 lg->limits->gap * fabs((double)r->value)));
}

static bool is_over(run *r) {
    lagrange *lg = r->lg;
    pulang_progress progress = {.method = "lagrange",
                                .level_index = lg->goal.level,
                                .has_incumbent = lg->solution->exists && lg->weigh[0] == 0,
                                .incumbent = (double)r->value,
                                .bound = (double)r->bound};
    return pulang_limits_stop(lg->limits, lg->problem, &progress) || pulang_clock() >= r->deadline;
}

#include <stdio.h>
static void trace(const run *r, const char *what) {
    fprintf(stderr, "%8.3f level %d %-8s bound %lld value %lld (%d) near %d left %d\n",
            pulang_clock() - r->lg->limits->begin, r->lg->goal.level, what, (long long)r->bound,
            (long long)r->value, r->lg->solution->exists, r->lg->near_begin[r->lg->problem->n_classes],
            r->lg->problem->n_arcs);
}

/* Works out the bound of the prices in hand, and keeps them if it is the best. */
static void take_bound(run *r) {
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
    r->bound = ceil_divide(bound, lg->goal.scale) > r->bound ? ceil_divide(bound, lg->goal.scale) : r->bound;
    memcpy(r->price, lg->goal.price, (size_t)p->n_totals * sizeof *r->price);
    memcpy(r->held, lg->goal.held, (size_t)p->n_levels * sizeof *r->held);
}

/* The prices of the best bound again, and what they prove over what is left. */
static int64_t recall(run *r) {
    lagrange *lg = r->lg;
    int64_t bound = r->best;
    memcpy(lg->goal.price, r->price, (size_t)lg->problem->n_totals * sizeof *r->price);
    memcpy(lg->goal.held, r->held, (size_t)lg->problem->n_levels * sizeof *r->held);
    return lagrange_bound(lg, &bound) ? bound : r->best;
}

/* The plan of the subproblem as a flow. */
static void read_plan(const run *r, int *flow) {
    const pulang_transport_plan *plan = r->flow->plan;
    memset(flow, 0, (size_t)r->lg->problem->n_arcs * sizeof *flow);
    for (int i = 0; i < plan->n_placements; i++)
        if (plan->post[i] != r->lg->n_ordered)
            flow[lagrange_near_arc(r->lg, plan->row[i], plan->post[i])] = plan->count[i];
}

/* Takes a flow as incumbent if it holds and is better. */
static void take_flow(run *r, const int *flow) {
    lagrange *lg = r->lg;
    const pulang_problem *p = lg->problem;
    int64_t value = pulang_problem_level_value(p, lg->goal.level, flow);
    for (int l = 0; l < lg->goal.level; l++)
        value += lg->weigh[l] * pulang_problem_level_value(p, l, flow);
    if ((lg->solution->exists && value >= r->value) || !pulang_problem_feasible(p, flow))
        return;
    for (int l = 0; l < lg->goal.level; l++)
        if (lg->weigh[l] == 0 && pulang_problem_level_value(p, l, flow) > lg->value[l])
            return;
    memcpy(lg->solution->flow, flow, (size_t)p->n_arcs * sizeof *flow);
    lg->solution->exists = true;
    r->value = value;
}

/* Where a local search starts: the plan of the subproblem, the incumbent, or the plan of the start, which may
   hold less than the levels since. */
typedef enum source { FROM_PLAN, FROM_INCUMBENT, FROM_START } source;

static pulang_status search(run *r, source from, int64_t trials) {
    lagrange *lg = r->lg;
    if (from == FROM_PLAN)
        read_plan(r, r->start);
    else
        memcpy(r->start, from == FROM_START ? lg->start.flow : lg->solution->flow,
               (size_t)lg->problem->n_arcs * sizeof *r->start);
    take_flow(r, r->start);
    if (is_solved(r))
        return PULANG_OK;
    if (lagrange_near_some(lg, r->flow, INT64_MAX, SEARCH_ARCS, r->flow->round - 20))
        return pulang_fail_memory(r->error);
    lagrange_search *local = lagrange_search_new(lg, ++r->seed);
    if (!local)
        return pulang_fail_memory(r->error);
    if (lagrange_search_run(local, r->start, trials, r->deadline, r->found))
        take_flow(r, r->found);
    lagrange_search_free(local);
    trace(r, "search");
    return PULANG_OK;
}

/* A dive into what the dual leaves undecided, and local search from where it ends. The prices must be those
   of the best bound, and the near arcs those of a search. */
static pulang_status polish(run *r) {
    lagrange *lg = r->lg;
    double *mean = pulang_alloc((size_t)lg->problem->n_arcs, sizeof *mean);
    lagrange_search *local = lagrange_search_new(lg, ++r->seed);
    bool found = false;
    pulang_status status = mean && local ? PULANG_OK : pulang_fail_memory(r->error);
    if (status == PULANG_OK) {
        lagrange_mean(&r->bundle, mean);
        status = lagrange_polish(lg, mean, POLISHED, fmin(r->deadline, pulang_clock() + POLISH_SECONDS),
                                 r->start, &found, r->error);
    }
    if (status == PULANG_OK && found) {
        take_flow(r, r->start);
        if (lagrange_search_run(local, r->start, trials_of(r, 4 * FIRST_TRIALS), r->deadline, r->found))
            take_flow(r, r->found);
    }
    lagrange_search_free(local);
    pulang_free(mean);
    trace(r, "polish");
    return status;
}

/* The subproblem without prices, over all arcs. */
static pulang_status solve_tree(run *r) {
    lagrange *lg = r->lg;
    lagrange_near_all(lg);
    pulang_status status = lagrange_flow_solve(lg, r->flow, r->error);
    if (status != PULANG_OK || r->flow->plan->stopped)
        return status;
    if (!r->flow->plan->feasible)
        r->infeasible = !lg->solution->exists;
    else
        take_bound(r);
    trace(r, "bound");
    return PULANG_OK;
}

/* What branch and cut has found is the better for prices that prove it. */
static bool is_priced(const run *r) {
    return r->infeasible || (r->lg->solution->exists && ceil_divide(r->best, r->lg->goal.scale) >= r->value);
}

static pulang_status raise_bound(run *r, int rounds) {
    lagrange *lg = r->lg;
    pulang_status status = PULANG_OK;
    for (int round = 0; round < rounds && status == PULANG_OK && !is_priced(r) && !is_over(r); round++) {
        int64_t before = r->best;
        lagrange_share(lg, r->flow->share);
        int since = r->flow->round - RECENT_ROUNDS;
        if (lagrange_near_some(lg, r->flow, INT64_MAX, NEAR_ARCS, since > 0 ? since : 0))
            return pulang_fail_memory(r->error);
        double tolerance = fmax(0.3, 1e-6 * fabs((double)r->bound)) * (double)lg->goal.scale;
        double target = lg->solution->exists ? (double)(r->value - 1) * (double)lg->goal.scale + 1 : INFINITY;
        status = lagrange_raise(&r->bundle, DUAL_STEPS, tolerance, target, r->error);
        if (status != PULANG_OK || r->flow->plan->stopped || !r->flow->plan->feasible)
            break;
        take_bound(r);
        trace(r, "bound");
        if ((double)(r->best - before) < tolerance)
            break;
    }
    return status;
}

static int count_left(const lagrange *lg) {
    int n = 0;
    for (int k = 0; k < lg->problem->n_classes; k++)
        n += lg->end[k] - lg->begin[k];
    return n;
}

/* Forbids what no plan that is as good as the incumbent does. */
static void narrow(run *r) {
    lagrange *lg = r->lg;
    if (!lg->solution->exists)
        return;
    recall(r);
    lagrange_narrow(lg, r->value * lg->goal.scale - r->best);
    r->narrowed = true;
}

static pulang_status branch(run *r, double seconds) {
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
        r->value = pulang_problem_level_value(lg->problem, lg->goal.level, lg->solution->flow);
        bound = bound > r->value || (infeasible && existed) ? r->value : bound;
    }
    r->bound = bound > r->bound ? bound : r->bound;
    return PULANG_OK;
}

/* A level before the last keeps the plan of the start: a search for this level alone would better it a little
   and ruin those after it. Only what little may be left is decided. */
static pulang_status keep_start(run *r) {
    narrow(r);
    return count_left(r->lg) <= SMALL_ARCS && !is_over(r) ? branch(r, INFINITY) : PULANG_OK;
}

/* What is small goes to branch and cut at once, for a while. */
static pulang_status solve(run *r) {
    lagrange *lg = r->lg;
    pulang_status status = solve_tree(r);
    if (status == PULANG_OK && !is_solved(r) && !is_over(r) && count_left(lg) <= SMALL_ARCS) {
        narrow(r);
        status = branch(r, QUICK_SECONDS);
    }
    if (status == PULANG_OK && !is_solved(r) && !is_over(r) && !lg->solution->exists &&
        r->flow->plan->feasible)
        status = search(r, FROM_PLAN, trials_of(r, FIRST_TRIALS));
    if (status == PULANG_OK && !is_solved(r) && !is_over(r))
        status = raise_bound(r, DUAL_ROUNDS);
    if (status == PULANG_OK && !is_solved(r) && lg->start.planned &&
        lg->goal.level + 1 < lg->problem->n_levels)
        return keep_start(r);
    int64_t trials = trials_of(r, START_TRIALS), most = 8 * trials;
    for (int round = 0; status == PULANG_OK && !is_solved(r) && !is_over(r); round++) {
        bool usable = r->flow->plan->feasible && !r->flow->plan->stopped;
        recall(r);
        if (usable || lg->solution->exists)
            status = search(r,
                            !lg->solution->exists             ? FROM_PLAN
                            : round == 0 && lg->start.planned ? FROM_START
                                                              : FROM_INCUMBENT,
                            trials);
        trials = 2 * trials < most ? 2 * trials : most;
        if (status == PULANG_OK && !is_solved(r) && !is_over(r) && lg->solution->exists)
            status = polish(r);
        if (status != PULANG_OK || is_solved(r) || is_over(r))
            break;
        narrow(r);
        int left = count_left(lg);
        if (left > MANY_ARCS && round >= MOST_SEARCHES)
            break;
        if (left <= FEW_ARCS || round >= MOST_SEARCHES)
            status = branch(r, INFINITY);
    }
    if (status == PULANG_OK && is_solved(r) && r->bundle.n_plans == 0 && r->flow->plan->feasible)
        status = raise_bound(r, 3);
    return status;
}

/* The prices of the start, which were for the weighted sum of all levels, as those of one. */
static void read_start(lagrange *lg, int level) {
    const lagrange_start *start = &lg->start;
    int last = lg->problem->n_levels - 1;
    double weight = level == last ? 1 : (double)start->weigh[level];
    double factor = (double)lg->goal.scale / ((double)start->scale * weight);
    for (int t = 0; t < lg->problem->n_totals; t++)
        lg->goal.price[t] = llrint(factor * (double)start->price[t]);
    for (int l = 0; l < level; l++)
        lg->goal.held[l] =
            lg->hold[l] ? (int64_t)((double)lg->goal.scale * (double)start->weigh[l] / weight) : 0;
}

static void write_start(const run *r) {
    lagrange *lg = r->lg;
    memcpy(lg->start.price, r->price, (size_t)lg->problem->n_totals * sizeof *r->price);
    memcpy(lg->start.weigh, lg->weigh, (size_t)lg->problem->n_levels * sizeof *lg->weigh);
    lg->start.scale = lg->goal.scale;
    lg->start.exists = true;
}

static pulang_status prepare(run *r, int level) {
    lagrange *lg = r->lg;
    const pulang_problem *p = lg->problem;
    lg->goal.level = level;
    lg->goal.scale = lagrange_scale(lg, level);
    memset(lg->goal.price, 0, (size_t)p->n_totals * sizeof *lg->goal.price);
    for (int l = 0; l < p->n_levels; l++)
        lg->goal.held[l] = lg->weigh[l] * lg->goal.scale;
    r->price = pulang_alloc((size_t)p->n_totals, sizeof *r->price);
    r->held = pulang_alloc((size_t)p->n_levels, sizeof *r->held);
    r->start = pulang_alloc((size_t)p->n_arcs, sizeof *r->start);
    r->found = pulang_alloc((size_t)p->n_arcs, sizeof *r->found);
    if (!r->price || !r->held || !r->start || !r->found ||
        lagrange_bundle_init(lg, r->flow, &r->bundle) != PULANG_OK)
        return pulang_fail_memory(r->error);
    if (lg->solution->exists) {
        r->value = pulang_problem_level_value(p, level, lg->solution->flow);
        for (int l = 0; l < level; l++)
            r->value += lg->weigh[l] * pulang_problem_level_value(p, l, lg->solution->flow);
    }
    take_bound(r);
    if (lg->start.exists && !is_solved(r)) {
        read_start(lg, level);
        take_bound(r);
        trace(r, "bound");
        recall(r);
    }
    return PULANG_OK;
}

static void clear(run *r) {
    lagrange_bundle_clear(&r->bundle);
    pulang_free(r->price);
    pulang_free(r->held);
    pulang_free(r->start);
    pulang_free(r->found);
}

/* What a step typically costs at a level. */
static double mean_slope(const lagrange *lg, int level) {
    const pulang_problem *p = lg->problem;
    double sum = 0;
    int n = 0;
    for (int t = 0; t < p->n_totals; t++)
        for (int i = 0; i < p->totals[t].n_pieces; i++)
            if (p->totals[t].pieces[i].level == level) {
                sum += (double)p->totals[t].pieces[i].slope * (double)lg->unit[t];
                n++;
            }
    return n > 0 ? fmax(sum / n, 1) : 1;
}

/* A step of an earlier level counts more than most of what it could be traded for at the last. */
static void set_weights(lagrange *lg, int last) {
    double most = lg->room / 8 / (double)lagrange_scale(lg, last);
    for (int l = 0; l < last; l++)
        lg->weigh[l] = (int64_t)ceil(
            fmin(STEEP * lg->largest[last] / mean_slope(lg, l), fmax(1, most / lg->largest[l])));
}

/* Takes for granted that the first levels come to nothing where the tree alone would let them: nobody
   unplaced, no minimum missed. */
static pulang_status take_for_granted(run *r, int last) {
    lagrange *lg = r->lg;
    pulang_status status = PULANG_OK;
    for (int l = 0; l < last && status == PULANG_OK && !lg->problem->levels[l].arc_cost; l++) {
        int64_t bound;
        lg->goal.level = l;
        lg->goal.scale = 1;
        memset(lg->goal.price, 0, (size_t)lg->problem->n_totals * sizeof *lg->goal.price);
        memset(lg->goal.held, 0, (size_t)lg->problem->n_levels * sizeof *lg->goal.held);
        lagrange_near_all(lg);
        status = lagrange_flow_solve(lg, r->flow, r->error);
        if (status != PULANG_OK || r->flow->plan->stopped || !r->flow->plan->feasible ||
            r->flow->value != 0 || !lagrange_bound(lg, &bound) || bound != 0)
            break;
        lagrange_narrow(lg, 0);
    }
    return status;
}

/* A plan that is good at all levels in their weighted sum, and prices that say how good. */
static pulang_status find_start(run *r, int last) {
    lagrange *lg = r->lg;
    set_weights(lg, last);
    pulang_status status = prepare(r, last);
    if (status == PULANG_OK)
        status = solve_tree(r);
    if (status == PULANG_OK && r->flow->plan->feasible && !r->flow->plan->stopped)
        status = raise_bound(r, DUAL_ROUNDS);
    if (status != PULANG_OK || !r->flow->plan->feasible || r->flow->plan->stopped)
        return status;
    write_start(r);
    recall(r);
    status = search(r, FROM_PLAN, trials_of(r, FIRST_TRIALS));
    for (int round = 0; status == PULANG_OK && round < START_ROUNDS && !is_solved(r) && !is_over(r);
         round++) {
        int64_t before = r->value;
        bool existed = lg->solution->exists;
        if (existed)
            status = polish(r);
        if (status == PULANG_OK && !is_solved(r) && !is_over(r))
            status = search(r, existed ? FROM_INCUMBENT : FROM_PLAN, trials_of(r, START_TRIALS));
        if (existed && (double)(before - r->value) < 1e-5 * fabs((double)before))
            break;
    }
    return status;
}

pulang_status lagrange_level_start(lagrange *lg, lagrange_flow *flow, double deadline, pulang_error *error) {
    int last = lg->problem->n_levels - 1;
    run r = {.lg = lg,
             .flow = flow,
             .best = INT64_MIN,
             .bound = INT64_MIN,
             .deadline = deadline,
             .seed = lg->limits->seed,
             .error = error};
    lagrange_face face = {0};
    pulang_status status = PULANG_OK;
    if (last == 0 || lg->problem->n_arcs <= SMALL_ARCS) /* branch and cut finds one sooner */
        return PULANG_OK;
    if (lagrange_face_save(lg, &face))
        status = pulang_fail_memory(error);
    if (status == PULANG_OK)
        status = take_for_granted(&r, last);
    if (status == PULANG_OK)
        status = find_start(&r, last);
    lg->start.planned = status == PULANG_OK && lg->solution->exists;
    if (lg->start.planned)
        memcpy(lg->start.flow, lg->solution->flow, (size_t)lg->problem->n_arcs * sizeof *lg->start.flow);
    lagrange_face_restore(lg, &face);
    memset(lg->weigh, 0, (size_t)lg->problem->n_levels * sizeof *lg->weigh);
    clear(&r);
    return status;
}

pulang_status lagrange_level_solve(lagrange *lg, lagrange_flow *flow, int level, double deadline,
                                   int64_t *bound, bool *infeasible, pulang_error *error) {
    run r = {.lg = lg,
             .flow = flow,
             .best = INT64_MIN,
             .bound = INT64_MIN,
             .deadline = deadline,
             .seed = lg->limits->seed,
             .error = error};
    double begin = pulang_clock();
    pulang_status status = prepare(&r, level);
    if (status == PULANG_OK && lagrange_face_save(lg, &r.face))
        status = pulang_fail_memory(error);
    if (status == PULANG_OK && !is_solved(&r))
        status = solve(&r);
    if (r.narrowed)
        lagrange_face_restore(lg, &r.face);
    else
        lagrange_face_free(&r.face);
    if (status == PULANG_OK) {
        pulang_level_result *result = &lg->solution->levels[level];
        r.best = recall(&r);
        result->value = lg->solution->exists ? r.value : 0;
        result->bound = lg->solution->exists && r.bound > r.value ? r.value : r.bound;
        result->proven = lg->solution->exists && is_solved(&r);
        result->seconds = pulang_clock() - begin;
        *bound = r.best;
        *infeasible = r.infeasible;
    }
    clear(&r);
    return status;
}
