/*
 * Plans out of the relaxation. Its corners are whole but for a few classes, and other corners nearly as cheap
 * come of a little noise on the costs; where one of them and the incumbent differ, branch and cut chooses
 * between the two (relaxation induced neighbourhoods: Danna, Rothberg and Le Pape, Mathematical Programming
 * 102, 2005).
 */
#include "model/alloc.h"
#include "model/error.h"
#include "solver/draw.h"
#include "solver/lagrange_run.h"

#include <math.h>

/* The relaxation has the arcs of a class within this part of the largest cost of its least, so many at most,
   and those used in so many rounds. */
static const double CORE_EXCESS = 0.03;
enum { CORE_ARCS = 16, CORE_ROUNDS = 20 };
/* Steps of the dual from its prices on. */
enum { CORE_STEPS = 8 };
/* Noise on the costs, as part of the largest. */
static const double LEAST_NOISE = 0.01, MOST_NOISE = 0.1;
/* What branch and cut gets between plans and corners, and between two. */
enum { CHOICE_NODES = 5000, FEW_NODES = 200 };
static const double JOIN_SECONDS = 5;

static void use_incumbent(lagrange_run *r) {
    for (int a = 0; a < r->lg->problem->n_arcs; a++)
        if (r->lg->solution->flow[a] > 0)
            r->flow->used[a] = r->flow->round;
}

/* The bound from the prices in hand on: arcs that the relaxation lacked may change them. */
static pulang_status raise_from(lagrange_run *r) {
    lagrange *lg = r->lg;
    double tolerance = fmax(0.3, 1e-6 * fabs((double)r->bound)) * (double)lg->goal.scale;
    pulang_status status = lagrange_raise(r->bundle, CORE_STEPS, tolerance, INFINITY, r->deadline, r->error);
    if (status == PULANG_OK && r->flow->plan->feasible && !r->flow->plan->stopped)
        lagrange_run_take_bound(r);
    return status;
}

pulang_status lagrange_run_relax(lagrange_run *r) {
    lagrange *lg = r->lg;
    uint64_t random = ++r->seed;
    double largest = lg->largest[lg->goal.level], u = (double)pulang_draw(&random, 1024) / 1024;
    const lagrange_noise noise = {.most = LEAST_NOISE * largest * pow(MOST_NOISE / LEAST_NOISE, u),
                                  .random = &random};
    const lagrange_effort effort = lagrange_run_effort(r, 0, INFINITY);
    lagrange_run_recall(r);
    lagrange_share(lg, r->flow->share);
    if (lg->solution->exists)
        use_incumbent(r);
    if (lagrange_near_some(lg, r->flow, (int64_t)(CORE_EXCESS * largest * (double)lg->goal.scale), CORE_ARCS,
                           r->flow->round - CORE_ROUNDS))
        return pulang_fail_memory(r->error);
    lagrange_vertices_clear(r->vertices, r->n_vertices);
    r->n_vertices = 0;
    pulang_status status =
        lagrange_relax(lg, &noise, LAGRANGE_VERTICES, &effort, r->vertices, &r->n_vertices, r->error);
    return status == PULANG_OK && r->n_vertices > 0 ? raise_from(r) : status;
}

/* Leaves the arcs that the flow and n corners from the first on use. */
static void restrict_to(const lagrange_run *r, const int *flow, int first, int n, bool *is_used) {
    lagrange *lg = r->lg;
    for (int a = 0; a < lg->problem->n_arcs; a++)
        is_used[a] = flow[a] > 0;
    for (int v = first; v < first + n && v < r->n_vertices; v++)
        for (int i = 0; i < r->vertices[v].n; i++)
            is_used[r->vertices[v].arc[i]] = true;
    for (int k = 0; k < lg->problem->n_classes; k++) {
        int left = lg->begin[k];
        for (int i = lg->begin[k]; i < lg->end[k]; i++)
            if (is_used[lg->list[i]])
                lg->list[left++] = lg->list[i];
        lg->end[k] = left;
    }
}

pulang_status lagrange_run_choose(lagrange_run *r, const int *flow, int first, int n, double dearer,
                                  double seconds, lagrange_found *found) {
    lagrange *lg = r->lg;
    lagrange_face face = {0};
    lagrange_effort effort = lagrange_run_effort(r, CHOICE_NODES, seconds);
    bool *is_used = pulang_alloc((size_t)lg->problem->n_arcs, sizeof *is_used);
    effort.few = dearer > 0 ? FEW_NODES : 0; /* repair will better it more than further nodes */
    *found = LAGRANGE_FOUND_NOTHING;
    if (!is_used)
        return pulang_fail_memory(r->error);
    pulang_status status = lagrange_face_save(lg, &face, r->error);
    if (status == PULANG_OK) {
        restrict_to(r, flow, first, n, is_used);
        status = lagrange_find(lg, dearer, &effort, r->found, found, r->error);
        lagrange_face_restore(lg, &face);
    }
    pulang_free(is_used);
    return status;
}

pulang_status lagrange_run_join(lagrange_run *r) {
    pulang_status status = PULANG_OK;
    for (int i = 0;
         i < r->n_vertices && status == PULANG_OK && !lagrange_run_solved(r) && !lagrange_run_over(r); i++) {
        int64_t before = r->value;
        lagrange_found found;
        status = lagrange_run_choose(r, r->lg->solution->flow, i, 1, 0, JOIN_SECONDS, &found);
        if (found != LAGRANGE_FOUND_NOTHING)
            lagrange_run_take_flow(r, r->found);
        if (found != LAGRANGE_FOUND_BEST && r->value == before) /* they are too far apart */
            break;
    }
    return status;
}
