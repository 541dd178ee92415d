#include "solver/lagrange_relax.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/convex.h"
#include "solver/draw.h"
#include "solver/glpk.h"
#include "solver/lagrange_rest.h"
#include "solver/mip_build.h"

#include <math.h>
#include <string.h>

/* So much of an arc is some. */
static const double SOME = 1e-6;
/* Corners that there are to be and, of the time left, the part that they and others may take. */
enum { FEWEST = 2 };
static const double ENOUGH = 0.15;

typedef struct series {
    lagrange *lg;
    const lagrange_rest *rest;
    const pulang_program *program;
    const pulang_mip_layout *layout;
    const lagrange_noise *noise;
    int most, n;
    lagrange_vertex *vertices; /* [most], n of them filled */
    const lagrange_effort *effort;
    double enough; /* after that no other is begun */
    bool failed;
} series;

/* The prices of the totals that cross and of the levels held; those of the tree follow from them. */
static void take_prices(const series *at, const double *dual) {
    lagrange *lg = at->lg;
    double scale = (double)lg->goal.scale;
    for (int i = 0; i < lg->n_crossing; i++) {
        int t = lg->crossing[i];
        int64_t unit = pulang_total_unit(&at->rest->problem.totals[t]);
        lg->goal.price[t] =
            llrint(-dual[at->layout->total_row[t]] * scale * (double)lg->unit[t] / (double)unit);
    }
    for (int l = 0; l < lg->goal.level; l++)
        if (lg->hold[l])
            lg->goal.held[l] = llrint(fmax(-dual[at->layout->hold_row[l]], 0) * scale);
}

static bool take_vertex(const lagrange_rest *r, const double *x, lagrange_vertex *vertex) {
    int n = 0;
    for (int a = 0; a < r->problem.n_arcs; a++)
        n += x[a] > SOME;
    vertex->n = 0;
    vertex->arc = pulang_alloc((size_t)n, sizeof *vertex->arc);
    vertex->flow = pulang_alloc((size_t)n, sizeof *vertex->flow);
    if (!vertex->arc || !vertex->flow)
        return false;
    for (int a = 0; a < r->problem.n_arcs; a++)
        if (x[a] > SOME) {
            vertex->arc[vertex->n] = r->arc_of[a];
            vertex->flow[vertex->n++] = x[a];
        }
    return true;
}

static bool take_next(const double *x, const double *dual, double *cost, void *user) {
    series *at = user;
    if (at->n == 0)
        take_prices(at, dual);
    if (!take_vertex(at->rest, x, &at->vertices[at->n++])) {
        at->failed = true;
        return false;
    }
    for (int a = 0; a < at->rest->problem.n_arcs; a++) {
        double u =
            (double)pulang_draw(at->noise->random, UINT32_C(1) << 30) / (double)(UINT32_C(1) << 29) - 1;
        cost[a] = at->program->columns[a].cost + at->noise->most * u;
    }
    return at->n < at->most && (at->n < FEWEST || pulang_clock() < at->enough);
}

static bool is_late(const pulang_glpk_state *state, void *user) {
    const series *at = user;
    (void)state;
    return pulang_clock() >= at->effort->deadline ||
           (at->effort->is_over && at->effort->is_over(at->effort->user));
}

static pulang_status solve(series *at, const lagrange_rest *r, pulang_error *error) {
    const pulang_glpk_series how = {.seconds = fmax(at->effort->deadline - pulang_clock(), 0.001),
                                    .next = take_next,
                                    .stop = is_late,
                                    .user = at};
    pulang_program *program = NULL;
    const pulang_mip_layout layout = {
        .total_row = pulang_arena_alloc(r->arena, (size_t)r->problem.n_totals, sizeof *layout.total_row),
        .hold_row = pulang_arena_alloc(r->arena, (size_t)r->problem.n_levels, sizeof *layout.hold_row)};
    if (!layout.total_row || !layout.hold_row)
        return pulang_fail_memory(error);
    pulang_status status =
        pulang_mip_build_with(&r->problem, at->lg->goal.level, NULL, at->lg->value, &layout, &program, error);
    at->program = program;
    at->layout = &layout;
    if (status == PULANG_OK)
        status = pulang_glpk_relax_series(program, &how, error);
    pulang_program_free(program);
    return status == PULANG_OK && at->failed ? pulang_fail_memory(error) : status;
}

static void take_near(lagrange *lg) {
    for (int k = 0; k < lg->problem->n_classes; k++) {
        int n = lg->near_begin[k + 1] - lg->near_begin[k];
        memcpy(lg->list + lg->begin[k], lg->near + lg->near_begin[k], (size_t)n * sizeof *lg->list);
        lg->end[k] = lg->begin[k] + n;
    }
}

pulang_status lagrange_relax(lagrange *lg, const lagrange_noise *noise, int most,
                             const lagrange_effort *effort, lagrange_vertex *vertices, int *n,
                             pulang_error *error) {
    lagrange_rest r = {0};
    lagrange_face face = {0};
    series at = {.lg = lg,
                 .rest = &r,
                 .noise = noise,
                 .most = most,
                 .vertices = vertices,
                 .effort = effort,
                 .enough = pulang_clock() + ENOUGH * (effort->deadline - pulang_clock())};
    pulang_status status = lagrange_face_save(lg, &face, error);
    if (status != PULANG_OK)
        return status;
    take_near(lg);
    status = lagrange_rest_build(lg, &r, error);
    lagrange_face_restore(lg, &face);
    if (status == PULANG_OK)
        status = solve(&at, &r, error);
    lagrange_rest_clear(&r);
    *n = at.n;
    return status;
}

void lagrange_vertices_clear(lagrange_vertex *vertices, int n) {
    for (int i = 0; i < n; i++) {
        pulang_free(vertices[i].arc);
        pulang_free(vertices[i].flow);
        vertices[i] = (lagrange_vertex){0};
    }
}

/* ---- rounding ---- */

/* So far from a whole number a flow still counts as whole. */
static const double WHOLE = 1e-3;

static int class_of(const pulang_problem *p, int arc) {
    int low = 0, high = p->n_classes;
    while (high - low > 1) {
        int middle = low + (high - low) / 2;
        if (p->arc_begin[middle] <= arc)
            low = middle;
        else
            high = middle;
    }
    return low;
}

void lagrange_vertex_round(const lagrange *lg, const lagrange_vertex *vertex, int *flow) {
    const pulang_problem *p = lg->problem;
    memset(flow, 0, (size_t)p->n_arcs * sizeof *flow);
    for (int first = 0, end = 0; first < vertex->n; first = end) {
        int k = class_of(p, vertex->arc[first]), left = p->supply[k];
        while (end < vertex->n && vertex->arc[end] < p->arc_begin[k + 1]) {
            flow[vertex->arc[end]] = (int)floor(vertex->flow[end] + WHOLE);
            left -= flow[vertex->arc[end++]];
        }
        while (left > 0) {
            int most = first;
            for (int i = first; i < end; i++)
                if (vertex->flow[i] - flow[vertex->arc[i]] > vertex->flow[most] - flow[vertex->arc[most]])
                    most = i;
            if (vertex->flow[most] - flow[vertex->arc[most]] < WHOLE)
                break;
            flow[vertex->arc[most]]++;
            left--;
        }
    }
}
