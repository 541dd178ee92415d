#include "solver/lagrange_level.h"

#include "model/error.h"
#include "solver/lagrange_run.h"

#include <math.h>

/* Searches after which branch and cut has to do with what is left, or the level ends unproven. */
enum { MOST_SEARCHES = 8 };
/* What is small goes to branch and cut first, for so long. */
static const double QUICK_SECONDS = 1;

static int count_left(const lagrange *lg) {
    int n = 0;
    for (int k = 0; k < lg->problem->n_classes; k++)
        n += lg->end[k] - lg->begin[k];
    return n;
}

static bool is_last(const lagrange *lg) {
    return lg->goal.level + 1 == lg->problem->n_levels;
}

/* Part of a level's value up to which what is not proven is near enough to a proof. */
static const double NEARLY = 1e-4;

/* Whether the level is to be solved though the plan of the start is good at it: people or seats are counted
   one by one, or little is missing to the proof. */
static bool is_worth_it(const lagrange_run *r) {
    return r->lg->largest[r->lg->goal.level] <= 1 ||
           (double)(r->value - r->bound) <= NEARLY * fabs((double)r->value);
}

/* A level before the last keeps the plan of the start: a search for this level alone would better it a little
   and ruin those after it. Only what little may be left is decided. */
static pulang_status keep_start(lagrange_run *r) {
    lagrange_run_narrow(r);
    return count_left(r->lg) <= LAGRANGE_SMALL_ARCS && !lagrange_run_over(r)
               ? lagrange_run_branch(r, INFINITY)
               : PULANG_OK;
}

static bool is_over(lagrange_run *r) {
    return lagrange_run_solved(r) || lagrange_run_over(r);
}

/* A plan out of the relaxation alone. */
static pulang_status mend_relaxation(lagrange_run *r) {
    bool begun = r->mend.begun;
    pulang_status status = lagrange_run_relax(r);
    if (status == PULANG_OK && !is_over(r) && !begun)
        status = lagrange_run_mend_begin(r);
    return status == PULANG_OK && !is_over(r) ? lagrange_run_mend(r, begun) : status;
}

/* Better plans out of the relaxation. */
static pulang_status use_relaxation(lagrange_run *r) {
    pulang_status status = mend_relaxation(r);
    return status == PULANG_OK && !is_over(r) ? lagrange_run_join(r) : status;
}

/* What is small goes to branch and cut at once, for a while. */
static pulang_status solve(lagrange_run *r) {
    lagrange *lg = r->lg;
    pulang_status status = lagrange_run_tree(r);
    if (status == PULANG_OK && !is_over(r) && count_left(lg) <= LAGRANGE_SMALL_ARCS) {
        lagrange_run_narrow(r);
        status = lagrange_run_branch(r, QUICK_SECONDS);
    }
    if (status == PULANG_OK && !is_over(r) && !lg->solution->exists && r->flow->plan->feasible)
        status = lagrange_run_search(r, LAGRANGE_FROM_PLAN, lagrange_run_trials(r, LAGRANGE_REPAIR_TRIALS));
    if (status == PULANG_OK && !is_over(r) && !lg->proof) /* branches have proven more than prices will */
        status = lagrange_run_raise(r, LAGRANGE_DUAL_ROUNDS);
    if (status == PULANG_OK && !lagrange_run_solved(r) && lg->start.planned && !is_last(lg) &&
        !is_worth_it(r))
        return keep_start(r);
    /* the plan of the start was made for all levels together: it may be far from those that are best here */
    if (status == PULANG_OK && !is_over(r) && lg->start.planned && !is_last(lg))
        status = mend_relaxation(r);
    int64_t trials = lagrange_run_trials(r, LAGRANGE_TRIALS), most = 8 * trials;
    for (int round = 0; status == PULANG_OK && !is_over(r); round++) {
        bool usable = r->flow->plan->feasible && !r->flow->plan->stopped;
        lagrange_run_recall(r);
        /* where branches are decided the corners are near a plan, and lead to a better one */
        bool waits = round == 0 && lg->start.planned && lg->branches.n_decided > 0;
        if ((usable || lg->solution->exists) && !waits)
            status = lagrange_run_search(r,
                                         !lg->solution->exists             ? LAGRANGE_FROM_PLAN
                                         : round == 0 && lg->start.planned ? LAGRANGE_FROM_START
                                                                           : LAGRANGE_FROM_INCUMBENT,
                                         trials);
        trials = 2 * trials < most ? 2 * trials : most;
        if (status == PULANG_OK && lg->solution->exists && !is_over(r))
            status = use_relaxation(r);
        if (status == PULANG_OK && lg->solution->exists && !is_over(r))
            status = lagrange_run_regions(r, LAGRANGE_REGIONS);
        if (status != PULANG_OK || is_over(r))
            break;
        lagrange_run_narrow(r);
        int left = count_left(lg);
        if (left > LAGRANGE_MANY_ARCS && round >= MOST_SEARCHES)
            break;
        if (left <= LAGRANGE_FEW_ARCS || round >= MOST_SEARCHES)
            status = lagrange_run_branch(r, INFINITY);
    }
    if (status == PULANG_OK && lagrange_run_solved(r) && r->bundle->n_plans == 0 && r->flow->plan->feasible)
        status = lagrange_run_raise(r, 3);
    return status;
}

pulang_status lagrange_level_solve(lagrange *lg, lagrange_flow *flow, lagrange_bundle *bundle, int level,
                                   double deadline, int64_t *bound, bool *infeasible, pulang_error *error) {
    lagrange_run r = {.lg = lg,
                      .flow = flow,
                      .bundle = bundle,
                      .best = INT64_MIN,
                      .bound = INT64_MIN,
                      .deadline = deadline,
                      .seed = lg->limits->seed,
                      .error = error};
    double begin = pulang_clock();
    pulang_status status = lagrange_run_begin(&r, level);
    if (status == PULANG_OK && lg->branches.arena && lg->branches.level == level &&
        (!lg->solution->exists || r.value > r.bound)) /* within the gap too: they are there */
        status = lagrange_run_leaves(&r);
    if (status == PULANG_OK)
        status = lagrange_face_save(lg, &r.face, error);
    if (status == PULANG_OK && !lagrange_run_solved(&r))
        status = solve(&r);
    if (r.narrowed)
        lagrange_face_restore(lg, &r.face);
    else
        lagrange_face_free(&r.face);
    if (status == PULANG_OK) {
        pulang_level_result *result = &lg->solution->levels[level];
        r.best = lagrange_run_recall(&r);
        result->value = lg->solution->exists ? r.value : 0;
        result->bound = lg->solution->exists && r.bound > r.value ? r.value : r.bound;
        result->proven = lg->solution->exists && lagrange_run_solved(&r);
        result->seconds = pulang_clock() - begin;
        *bound = r.best;
        *infeasible = r.infeasible;
    }
    lagrange_run_clear(&r);
    return status;
}
