/*
 * The start: a plan that is good at all levels in their weighted sum, steep but within the reach of the
 * integers, and prices from which those of each level begin.
 */
#include "model/alloc.h"
#include "model/error.h"
#include "solver/lagrange_branches.h"
#include "solver/lagrange_level.h"
#include "solver/lagrange_run.h"

#include <math.h>
#include <string.h>

/* A typical step of an earlier level weighs so many times the largest cost of the last: the more the nearer
   is the plan to the best at the earlier levels, but the longer it takes to prove it good at the last. */
enum { STEEP = 500, LESS_STEEP = 200 };
/* Rounds that better the first plan, and those that look for one; the part of the time for the start that
   the former have. */
enum { START_ROUNDS = 20, BLIND_ROUNDS = 4 };
static const double BETTER_SHARE = 0.3, SETTLED_SHARE = 0.05;
/* Seconds a member that relaxation and mending want, and those that a steep sum wants. */
static const double MEND_TIME = 6e-4, STEEP_TIME = 3e-3;
/* Seconds a member that branches on heads want, and the part of the time that they may take. */
static const double BRANCH_TIME = 2.5e-3, BRANCH_SHARE = 0.3;
enum { MANY_PERSONS = 3000 };
/* Heads are to cost no more than that part more than they must. */
static const double NEAR_HEADS = 5e-4;
/* Rounds of the dual before the relaxation where heads are given: it needs the arcs that they find. */
enum { SETTLED_ROUNDS = 4 };
/* Part of the weighted sum that is not worth a search: the levels will see to it. */
static const double NEAR = 2e-7;

static void write_start(const lagrange_run *r) {
    lagrange *lg = r->lg;
    memcpy(lg->start.price, r->price, (size_t)lg->problem->n_totals * sizeof *r->price);
    for (int l = 0; l < lg->problem->n_levels; l++) /* a level held has found its weight */
        lg->start.weigh[l] = lg->weigh[l] > 0 || !lg->hold[l] ? lg->weigh[l] : r->held[l] / lg->goal.scale;
    lg->start.scale = lg->goal.scale;
    lg->start.settled = r->room == 0;
    lg->start.exists = true;
}

/* Whether there are so many seconds for each member. */
static bool has_time(const lagrange_run *r, double seconds) {
    const pulang_problem *p = r->lg->problem;
    return r->deadline - pulang_clock() > seconds * p->member_begin[p->n_classes];
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
static void set_weights(const lagrange_run *r, int first, int last) {
    lagrange *lg = r->lg;
    int steep = has_time(r, STEEP_TIME) ? STEEP : LESS_STEEP;
    double most = lagrange_most_weighted(lg);
    for (int l = first; l < last; l++)
        lg->weigh[l] = (int64_t)ceil(
            fmin(steep * lg->largest[last] / mean_slope(lg, l), fmax(1, most / lg->largest[l])));
}

/* Takes for granted that the levels from the first on, before *end, come to nothing where the tree alone
   would let them: nobody unplaced, no minimum missed. *end: of those for which it is taken. */
static pulang_status take_for_granted(lagrange_run *r, int first, int *end) {
    lagrange *lg = r->lg;
    pulang_status status = PULANG_OK;
    int most = *end;
    *end = first;
    memset(r->flow->share, 0, (size_t)lg->problem->n_arcs * sizeof *r->flow->share); /* of other prices */
    for (int l = first; l < most && status == PULANG_OK && !lg->problem->levels[l].arc_cost; l++) {
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
        *end = l + 1;
    }
    return status;
}

/* Whether the level that is the first not to be taken for granted may have branches on heads. It must be the
   one before the last: heads that are the best at a level may be bad at the next that counts heads. */
static bool may_branch(const lagrange_run *r, int level) {
    const lagrange *lg = r->lg;
    for (int l = 0; l < level; l++)
        if (lg->hold[l])
            return false;
    return level + 2 == lg->problem->n_levels && !lg->problem->levels[level].arc_cost && lg->n_crossing > 0 &&
           has_time(r, BRANCH_TIME);
}

/* Whether branches have come to heads that are good enough to keep to. With fewer persons the sum finds as
   good heads itself, and some that are better after that level. */
static bool has_heads(const lagrange *lg) {
    return lg->n_supplied >= MANY_PERSONS && lg->branches.whole &&
           lg->branches.cost <= (1 + NEAR_HEADS) * fabs(lg->branches.bound);
}

/* Branches at that level, once, and the heads that they come to for all posts. */
static pulang_status settle_heads(lagrange_run *r, int level) {
    lagrange *lg = r->lg;
    pulang_status status = PULANG_OK;
    if (!lg->branches.arena && may_branch(r, level)) {
        double now = pulang_clock();
        lagrange_set_level(lg, level);
        status = lagrange_branch_heads(lg, now + BRANCH_SHARE * (r->deadline - now), &lg->branches, r->error);
    }
    if (!has_heads(lg) || lg->branches.level != level)
        r->room = LAGRANGE_FREE_HEADS;
    for (int j = 0; j < lg->problem->n_posts && r->room >= 0; j++) {
        int64_t least = lg->branches.heads[j] - r->room, most = lg->branches.heads[j] + r->room;
        lg->lower[j] = lg->lower[j] > least ? lg->lower[j] : least;
        lg->upper[j] = lg->upper[j] < most ? lg->upper[j] : most;
    }
    return status;
}

static bool is_near_enough(const lagrange_run *r) {
    return lagrange_run_solved(r) ||
           (r->lg->solution->exists && (double)(r->value - r->bound) <= NEAR * fabs((double)r->value));
}

/* One round after the first plan, or after nothing was found. */
static pulang_status improve(lagrange_run *r, bool is_first) {
    bool existed = r->lg->solution->exists;
    pulang_status status = existed && !is_first ? lagrange_run_relax(r) : PULANG_OK;
    if (status == PULANG_OK)
        status = lagrange_run_mend(r, !is_first);
    if (status == PULANG_OK && existed && !is_near_enough(r))
        status = lagrange_run_join(r);
    if (status == PULANG_OK && existed && !is_near_enough(r) && !lagrange_run_over(r))
        status = lagrange_run_regions(r, LAGRANGE_REGIONS);
    if (status == PULANG_OK && !is_near_enough(r) && !lagrange_run_over(r))
        status =
            lagrange_run_search(r, r->lg->solution->exists ? LAGRANGE_FROM_INCUMBENT : LAGRANGE_FROM_PLAN,
                                lagrange_run_trials(r, LAGRANGE_TRIALS));
    return status;
}

/* The first plan: that of the subproblem, repaired, and where there is time a better one out of the
   relaxation. */
static pulang_status find_first(lagrange_run *r) {
    int64_t trials = lagrange_run_trials(r, LAGRANGE_REPAIR_TRIALS);
    write_start(r);
    pulang_status status = r->room == 0 ? PULANG_OK : lagrange_run_search(r, LAGRANGE_FROM_PLAN, trials);
    if (status != PULANG_OK || !has_time(r, MEND_TIME))
        return status;
    status = lagrange_run_relax(r);
    write_start(r);
    if (status == PULANG_OK)
        status = lagrange_run_mend_begin(r);
    return status == PULANG_OK && !r->mend.begun && r->room != 0
               ? lagrange_run_search(r, LAGRANGE_FROM_PLAN, trials)
               : status;
}

/* The level with branches outweighs those after it: its prices are a good beginning for the sum. */
static void take_branches(lagrange_run *r) {
    lagrange *lg = r->lg;
    double weight = (double)lg->goal.scale * (double)lg->weigh[lg->branches.level];
    lagrange_take_prices(lg, lg->branches.last, weight);
    lagrange_run_take_bound(r);
    lagrange_run_recall(r);
}

/* A plan that is good at all levels in their weighted sum, and prices that say how good. */
static pulang_status find_start(lagrange_run *r, int first, int last) {
    lagrange *lg = r->lg;
    set_weights(r, first, last);
    pulang_status status = lagrange_run_begin(r, last);
    if (status == PULANG_OK && lg->branches.arena)
        take_branches(r);
    if (status == PULANG_OK)
        status = lagrange_run_tree(r);
    if (status == PULANG_OK && r->flow->plan->feasible && !r->flow->plan->stopped)
        status = lagrange_run_raise(r, r->room == 0 ? SETTLED_ROUNDS : 1); /* the relaxation will do better */
    if (status != PULANG_OK || r->infeasible || !r->flow->plan->feasible || r->flow->plan->stopped)
        return status;
    double now = pulang_clock(), share = r->room == 0 ? SETTLED_SHARE : BETTER_SHARE;
    double enough = now + share * (r->deadline - now);
    status = find_first(r);
    int blind = r->room == 0 ? 0 : BLIND_ROUNDS; /* heads that no persons have are soon given up */
    for (int round = 0; status == PULANG_OK && round < (lg->solution->exists ? START_ROUNDS : blind) &&
                        !is_near_enough(r) && !lagrange_run_over(r);
         round++) {
        int64_t before = r->value;
        bool existed = lg->solution->exists;
        if (existed)
            r->deadline = fmin(r->deadline, enough);
        status = improve(r, round == 0);
        if (existed && (double)(before - r->value) < 1e-5 * fabs((double)before) && !lagrange_run_mends(r))
            break;
    }
    return status;
}

/* Tries it with the levels before *granted taken for granted, if the tree lets them be, and says in *granted
   which were; *infeasible: whether the prices prove that there is no such plan. */
static pulang_status try_start(lagrange_run r, int first, int *granted, bool *infeasible) {
    lagrange *lg = r.lg;
    lagrange_face face = {0};
    pulang_status status = lagrange_face_save(lg, &face, r.error);
    if (status != PULANG_OK)
        return status;
    status = take_for_granted(&r, first, granted);
    if (status == PULANG_OK)
        status = settle_heads(&r, *granted);
    if (status == PULANG_OK)
        status = find_start(&r, first, lg->problem->n_levels - 1);
    *infeasible = r.infeasible;
    lagrange_face_restore(lg, &face);
    lagrange_run_clear(&r);
    return status;
}

static pulang_status find_plan(lagrange *lg, lagrange_flow *flow, lagrange_bundle *bundle, int first,
                               double deadline, pulang_error *error) {
    lagrange_run r = {.lg = lg,
                      .flow = flow,
                      .bundle = bundle,
                      .best = INT64_MIN,
                      .bound = INT64_MIN,
                      .deadline = deadline,
                      .seed = lg->limits->seed,
                      .error = error};
    int granted = lg->problem->n_levels - 1;
    bool infeasible = false;
    pulang_status status = try_start(r, first, &granted, &infeasible);
    static const int rooms[] = {1, LAGRANGE_FREE_HEADS};
    for (int i = 0; i < 2 && status == PULANG_OK && !lg->solution->exists && has_heads(lg); i++) {
        r.room = rooms[i]; /* whole heads, but no such persons */
        bundle->step = bundle->unit = bundle->steady = 0;
        status = try_start(r, first, &granted, &infeasible);
    }
    while (status == PULANG_OK && infeasible && granted > first) { /* few moves leave people without a post */
        granted--;
        bundle->step = bundle->unit = bundle->steady = 0; /* it has grown without end */
        status = try_start(r, first, &granted, &infeasible);
    }
    return status;
}

pulang_status lagrange_level_start(lagrange *lg, lagrange_flow *flow, lagrange_bundle *bundle, int first,
                                   double deadline, pulang_error *error) {
    int last = lg->problem->n_levels - 1;
    size_t n = (size_t)lg->problem->n_arcs, size = n * sizeof *lg->solution->flow;
    bool existed = lg->solution->exists;
    if (first >= last || lg->problem->n_arcs <= LAGRANGE_SMALL_ARCS) /* branch and cut finds one sooner */
        return PULANG_OK;
    int *before = pulang_alloc(n, sizeof *before);
    if (!before)
        return pulang_fail_memory(error);
    memcpy(before, lg->solution->flow, size);
    lg->solution->exists = false; /* good at the levels before the first, it is far from good after them */
    pulang_status status = find_plan(lg, flow, bundle, first, deadline, error);
    lg->start.planned = status == PULANG_OK && lg->solution->exists;
    if (lg->start.planned)
        memcpy(lg->start.flow, lg->solution->flow, size);
    else
        memcpy(lg->solution->flow, before, size);
    lg->solution->exists = lg->solution->exists || existed;
    memset(lg->weigh, 0, (size_t)lg->problem->n_levels * sizeof *lg->weigh);
    pulang_free(before);
    return status;
}
