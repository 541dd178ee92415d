/*
 * The start: a plan that is good at all levels in their weighted sum, steep but within the reach of the
 * integers, and prices from which those of each level begin.
 */
#include "model/error.h"
#include "solver/lagrange_level.h"
#include "solver/lagrange_run.h"

#include <math.h>
#include <string.h>

/* A typical step of an earlier level weighs so many times the largest cost of the last. */
enum { STEEP = 200 };
/* Searches and polishes. */
enum { START_ROUNDS = 20 };

static void write_start(const lagrange_run *r) {
    lagrange *lg = r->lg;
    memcpy(lg->start.price, r->price, (size_t)lg->problem->n_totals * sizeof *r->price);
    memcpy(lg->start.weigh, lg->weigh, (size_t)lg->problem->n_levels * sizeof *lg->weigh);
    lg->start.scale = lg->goal.scale;
    lg->start.exists = true;
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
    double most = lagrange_most_weighted(lg);
    for (int l = 0; l < last; l++)
        lg->weigh[l] = (int64_t)ceil(
            fmin(STEEP * lg->largest[last] / mean_slope(lg, l), fmax(1, most / lg->largest[l])));
}

/* Takes for granted that the first levels come to nothing where the tree alone would let them: nobody
   unplaced, no minimum missed. */
static pulang_status take_for_granted(lagrange_run *r, int last) {
    lagrange *lg = r->lg;
    pulang_status status = PULANG_OK;
    for (int l = 0; l < last && status == PULANG_OK && !lg->problem->levels[l].arc_cost; l++) {
        int64_t bound;
        lg->goal.level = l;
        lg->goal.scale = lg->goal.coarse = 1;
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
static pulang_status find_start(lagrange_run *r, int last) {
    lagrange *lg = r->lg;
    set_weights(lg, last);
    pulang_status status = lagrange_run_begin(r, last);
    if (status == PULANG_OK)
        status = lagrange_run_tree(r);
    if (status == PULANG_OK && r->flow->plan->feasible && !r->flow->plan->stopped)
        status = lagrange_run_raise(r, LAGRANGE_DUAL_ROUNDS);
    if (status != PULANG_OK || !r->flow->plan->feasible || r->flow->plan->stopped)
        return status;
    write_start(r);
    lagrange_run_recall(r);
    status = lagrange_run_search(r, LAGRANGE_FROM_PLAN, lagrange_run_trials(r, LAGRANGE_FIRST_TRIALS));
    for (int round = 0;
         status == PULANG_OK && round < START_ROUNDS && !lagrange_run_solved(r) && !lagrange_run_over(r);
         round++) {
        int64_t before = r->value;
        bool existed = lg->solution->exists;
        if (existed)
            status = lagrange_run_polish(r);
        if (status == PULANG_OK && (existed) && !lagrange_run_solved(r) && !lagrange_run_over(r))
            status = lagrange_run_regions(r, LAGRANGE_REGIONS);
        if (status == PULANG_OK && !lagrange_run_solved(r) && !lagrange_run_over(r))
            status = lagrange_run_search(r, existed ? LAGRANGE_FROM_INCUMBENT : LAGRANGE_FROM_PLAN,
                                         lagrange_run_trials(r, LAGRANGE_TRIALS));
        if (existed && (double)(before - r->value) < 1e-5 * fabs((double)before))
            break;
    }
    return status;
}

pulang_status lagrange_level_start(lagrange *lg, lagrange_flow *flow, lagrange_bundle *bundle,
                                   double deadline, pulang_error *error) {
    int last = lg->problem->n_levels - 1;
    lagrange_run r = {.lg = lg,
                      .flow = flow,
                      .bundle = bundle,
                      .best = INT64_MIN,
                      .bound = INT64_MIN,
                      .deadline = deadline,
                      .seed = lg->limits->seed,
                      .error = error};
    lagrange_face face = {0};
    pulang_status status = PULANG_OK;
    if (last == 0 || lg->problem->n_arcs <= LAGRANGE_SMALL_ARCS) /* branch and cut finds one sooner */
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
    lagrange_run_clear(&r);
    return status;
}
