/*
 * From a corner of the relaxation to a plan. What crosses may be broken for a price: first branch and cut
 * chooses among the first corners, then in one region after the other around what is broken, while the price
 * rises. What little is still broken is repaired by exchanges (lagrange_repair.c).
 */
#include "solver/lagrange_region.h"
#include "solver/lagrange_run.h"

#include <math.h>
#include <string.h>

/* Corners that it begins from, and how long branch and cut gets for them, but no more than this part of the
   time. */
enum { FIRST_VERTICES = 2 };
static const double FIRST_SECONDS = 3, FIRST_SHARE = 0.6;
/* Members in a region, at first, at least and at most, and nodes for it. */
enum { FIRST_AROUND = 80, LEAST_AROUND = 24, MOST_AROUND = 160, AROUND_NODES = 400 };
/* What is broken costs so many times its price at first, and that much more after so many regions that
   changed nothing, so many times in a call. */
static const double FIRST_DEARER = 3, DEARER_BY = 2;
enum { DEARER_AFTER = 6, DEARER_TIMES = 4 };
/* Of the time left, a call may take this part. */
static const double MEND_SHARE = 0.1;

/* Dearer than that is of no use. */
static const double MOST_DEARER = 1000;

bool lagrange_run_mends(const lagrange_run *r) {
    if (!r->mend.begun || r->mend.dearer >= MOST_DEARER)
        return false;
    double broken = lagrange_broken(r->lg, r->mend.flow, 1);
    return broken > 0 && (!r->lg->solution->exists ||
                          (double)lagrange_run_value_of(r->lg, r->mend.flow) + broken < (double)r->value);
}

static double cost_of(const lagrange_run *r, const int *flow) {
    return (double)lagrange_run_value_of(r->lg, flow) + lagrange_broken(r->lg, flow, r->mend.dearer);
}

/* Takes what was found if it costs less. */
static bool take_found(lagrange_run *r) {
    bool is_better = cost_of(r, r->found) < cost_of(r, r->mend.flow);
    if (is_better)
        memcpy(r->mend.flow, r->found, (size_t)r->lg->problem->n_arcs * sizeof *r->found);
    return is_better;
}

static pulang_status choose(lagrange_run *r, int first, int n, double seconds, lagrange_found *found) {
    return lagrange_run_choose(r, r->mend.flow, first, n, r->mend.dearer, seconds, found);
}

/* From the first corners, one of them rounded, or from all if they leave no choice that holds: then it has
   not taken long to see. */
static pulang_status begin(lagrange_run *r, double seconds) {
    lagrange_found found;
    double soon = pulang_clock() + 0.5 * seconds;
    r->mend.dearer = FIRST_DEARER;
    r->mend.size = FIRST_AROUND;
    lagrange_vertex_round(r->lg, &r->vertices[0], r->mend.flow);
    pulang_status status = choose(r, 0, FIRST_VERTICES, seconds, &found);
    if (status == PULANG_OK && found == LAGRANGE_FOUND_NOTHING && r->n_vertices > FIRST_VERTICES &&
        pulang_clock() < soon)
        status = choose(r, 0, r->n_vertices, seconds, &found);
    r->mend.begun = found != LAGRANGE_FOUND_NOTHING; /* rounding alone may be far from a plan */
    if (r->mend.begun)
        memcpy(r->mend.flow, r->found, (size_t)r->lg->problem->n_arcs * sizeof *r->found);
    return status;
}

/* Goes on with other corners, while they are near enough. */
static pulang_status go_on(lagrange_run *r, double seconds) {
    lagrange_found found = LAGRANGE_FOUND_BEST;
    pulang_status status = PULANG_OK;
    for (int i = 0;
         i < r->n_vertices && status == PULANG_OK && found == LAGRANGE_FOUND_BEST && !lagrange_run_over(r);
         i++) {
        status = choose(r, i, 1, seconds, &found);
        if (found != LAGRANGE_FOUND_NOTHING)
            take_found(r);
    }
    return status;
}

static pulang_status mend_region(lagrange_run *r, uint64_t *random, bool *changed) {
    lagrange *lg = r->lg;
    lagrange_face face = {0};
    lagrange_found found = LAGRANGE_FOUND_NOTHING;
    const lagrange_effort effort = lagrange_run_effort(r, AROUND_NODES, INFINITY);
    int *size = &r->mend.size;
    pulang_status status = lagrange_face_save(lg, &face, r->error);
    if (status != PULANG_OK)
        return status;
    status = lagrange_region_restrict(lg, r->mend.flow, *size, random, r->error);
    if (status == PULANG_OK)
        status = lagrange_find(lg, r->mend.dearer, &effort, r->found, &found, r->error);
    lagrange_face_restore(lg, &face);
    *changed = found != LAGRANGE_FOUND_NOTHING && take_found(r);
    if (found == LAGRANGE_FOUND_BEST)
        *size += *size < MOST_AROUND ? *size / 16 : 0;
    else
        *size -= *size > LEAST_AROUND ? *size / 8 : 0;
    return status;
}

static pulang_status mend_regions(lagrange_run *r, double end) {
    uint64_t random = ++r->seed;
    pulang_status status = PULANG_OK;
    for (int idle = 0, times = 0; times < DEARER_TIMES && status == PULANG_OK && !lagrange_run_over(r) &&
                                  pulang_clock() < end && lagrange_run_mends(r);) {
        bool changed = false;
        status = mend_region(r, &random, &changed);
        idle = changed ? 0 : idle + 1;
        if (idle == DEARER_AFTER) {
            r->mend.dearer *= DEARER_BY;
            idle = 0;
            times++;
        }
    }
    return status;
}

/* What is still broken by the cheapest exchanges. */
static pulang_status repair(lagrange_run *r) {
    lagrange_run_take_flow(r, r->mend.flow);
    return lagrange_broken(r->lg, r->mend.flow, 1) > 0 && !lagrange_run_over(r)
               ? lagrange_run_search(r, LAGRANGE_FROM_MENDED, lagrange_run_trials(r, LAGRANGE_REPAIR_TRIALS))
               : PULANG_OK;
}

pulang_status lagrange_run_mend_begin(lagrange_run *r) {
    if (r->n_vertices == 0)
        return PULANG_OK;
    lagrange_run_recall(r);
    pulang_status status = begin(r, fmin(FIRST_SECONDS, FIRST_SHARE * (r->deadline - pulang_clock())));
    return status == PULANG_OK && r->mend.begun ? repair(r) : status;
}

pulang_status lagrange_run_mend(lagrange_run *r, bool has_others) {
    double now = pulang_clock(), end = now + MEND_SHARE * (r->deadline - now);
    pulang_status status = PULANG_OK;
    if (!lagrange_run_mends(r))
        return PULANG_OK;
    lagrange_run_recall(r);
    if (has_others)
        status = go_on(r, fmin(FIRST_SECONDS, end - now));
    if (status == PULANG_OK)
        status = mend_regions(r, end);
    return status == PULANG_OK ? repair(r) : status;
}
