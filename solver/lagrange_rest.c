#include "solver/lagrange_rest.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/draw.h"
#include "solver/glpk.h"
#include "solver/convex.h"
#include "solver/mip_build.h"

#include <math.h>
#include <string.h>

/* A problem of the same classes and totals with the arcs that are left. */
typedef struct rest {
    pulang_problem problem;
    pulang_arena *arena; /* owns what differs */
    int *arc_of;         /* [n_arcs] of the rest: arc of the whole */
    int *rest_of;        /* [n_arcs] of the whole: arc of the rest, PULANG_NONE: gone */
} rest;

static bool take_arcs(const lagrange *lg, rest *r) {
    const pulang_problem *p = lg->problem;
    int n = 0;
    r->problem.arc_begin = pulang_arena_alloc(r->arena, (size_t)p->n_classes + 1, sizeof(int));
    r->problem.arc_post = pulang_arena_alloc(r->arena, (size_t)p->n_arcs, sizeof(int));
    r->problem.bound = pulang_arena_alloc(r->arena, (size_t)p->n_classes, sizeof(bool));
    r->arc_of = pulang_arena_alloc(r->arena, (size_t)p->n_arcs, sizeof *r->arc_of);
    r->rest_of = pulang_arena_alloc(r->arena, (size_t)p->n_arcs, sizeof *r->rest_of);
    if (!r->problem.arc_begin || !r->problem.arc_post || !r->problem.bound || !r->arc_of || !r->rest_of)
        return false;
    for (int a = 0; a < p->n_arcs; a++)
        r->rest_of[a] = PULANG_NONE;
    for (int k = 0; k < p->n_classes; k++) {
        for (int i = lg->begin[k]; i < lg->end[k]; i++) {
            r->rest_of[lg->list[i]] = n;
            r->arc_of[n] = lg->list[i];
            r->problem.arc_post[n++] = p->arc_post[lg->list[i]];
        }
        r->problem.arc_begin[k + 1] = n;
        r->problem.bound[k] = !lg->may_stay_out[k];
    }
    r->problem.n_arcs = n;
    return true;
}

/* The weighted levels count in the one in hand. */
static int level_of(const lagrange *lg, int level) {
    return level < lg->goal.level && lg->weigh[level] > 0 ? lg->goal.level : level;
}

static bool take_pieces(const lagrange *lg, rest *r, pulang_total *total) {
    pulang_piece *pieces = pulang_arena_alloc(r->arena, (size_t)total->n_pieces, sizeof *pieces);
    if (!pieces)
        return false;
    for (int i = 0; i < total->n_pieces; i++) {
        pieces[i] = total->pieces[i];
        pieces[i].level = level_of(lg, pieces[i].level);
        if (pieces[i].level != total->pieces[i].level)
            pieces[i].slope *= lg->weigh[total->pieces[i].level];
    }
    total->pieces = pieces;
    return true;
}

static bool take_totals(const lagrange *lg, rest *r) {
    const pulang_problem *p = lg->problem;
    r->problem.totals = pulang_arena_alloc(r->arena, (size_t)p->n_totals, sizeof *r->problem.totals);
    if (!r->problem.totals)
        return false;
    for (int t = 0; t < p->n_totals; t++) {
        pulang_total *total = &r->problem.totals[t];
        *total = p->totals[t];
        total->lower = lg->lower[t] * lg->unit[t];
        total->upper = lg->upper[t] * lg->unit[t];
        total->term_arc = pulang_arena_alloc(r->arena, (size_t)total->n_terms, sizeof *total->term_arc);
        total->term_amount = pulang_arena_alloc(r->arena, (size_t)total->n_terms, sizeof *total->term_amount);
        total->n_terms = 0;
        if (!total->term_arc || !total->term_amount || !take_pieces(lg, r, total))
            return false;
        for (int i = 0; i < p->totals[t].n_terms; i++) {
            int arc = r->rest_of[p->totals[t].term_arc[i]];
            if (arc == PULANG_NONE)
                continue;
            total->term_arc[total->n_terms] = arc;
            total->term_amount[total->n_terms++] = p->totals[t].term_amount[i];
        }
    }
    return true;
}

/* What an arc costs at the levels that are counted as one. Being unplaced costs as much as being placed
   saves. */
static int64_t joint_cost(const lagrange *lg, int level, int arc) {
    const pulang_problem *p = lg->problem;
    int64_t cost = 0;
    for (int l = 0; l <= level; l++) {
        int64_t weight = l == level ? 1 : lg->weigh[l];
        if (level_of(lg, l) != level)
            continue;
        cost += p->levels[l].arc_cost ? weight * p->levels[l].arc_cost[arc] : 0;
        cost -= p->levels[l].unplaced && l < level ? weight : 0;
    }
    return cost;
}

static bool take_levels(const lagrange *lg, rest *r) {
    const pulang_problem *p = lg->problem;
    r->problem.levels = pulang_arena_alloc(r->arena, (size_t)p->n_levels, sizeof *r->problem.levels);
    if (!r->problem.levels)
        return false;
    for (int l = 0; l < p->n_levels; l++) {
        pulang_problem_level *level = &r->problem.levels[l];
        *level = p->levels[l];
        level->arc_cost = NULL;
        level->unplaced = level->unplaced && level_of(lg, l) == l;
        if (level_of(lg, l) != l)
            continue;
        level->arc_cost = pulang_arena_alloc(r->arena, (size_t)r->problem.n_arcs, sizeof *level->arc_cost);
        if (!level->arc_cost)
            return false;
        for (int a = 0; a < r->problem.n_arcs; a++)
            level->arc_cost[a] = joint_cost(lg, l, r->arc_of[a]);
    }
    return true;
}

/* The incumbent, where it uses only arcs that are left. */
static void bring_flow(const lagrange *lg, const rest *r, pulang_solution *solution) {
    solution->exists = lg->solution->exists;
    for (int a = 0; a < lg->problem->n_arcs && solution->exists; a++)
        if (r->rest_of[a] != PULANG_NONE)
            solution->flow[r->rest_of[a]] = lg->solution->flow[a];
        else if (lg->solution->flow[a] > 0)
            solution->exists = false;
    solution->exists = solution->exists && pulang_problem_feasible(&r->problem, solution->flow);
}

static void take_flow(lagrange *lg, const rest *r, const pulang_solution *solution) {
    if (!solution->exists)
        return;
    memset(lg->solution->flow, 0, (size_t)lg->problem->n_arcs * sizeof *lg->solution->flow);
    for (int a = 0; a < r->problem.n_arcs; a++)
        lg->solution->flow[r->arc_of[a]] = solution->flow[a];
    lg->solution->exists = true;
}

static pulang_status solve(lagrange *lg, const rest *r, pulang_limits *limits, int64_t *bound,
                           bool *infeasible, pulang_error *error) {
    pulang_solution *solution = pulang_solution_new(&r->problem);
    if (!solution)
        return pulang_fail_memory(error);
    int level = lg->goal.level;
    bring_flow(lg, r, solution);
    pulang_status status =
        pulang_mip_solve_level(&r->problem, level, lg->value, limits, solution, infeasible, error);
    if (status == PULANG_OK) {
        take_flow(lg, r, solution);
        *bound = solution->levels[level].bound;
    }
    pulang_solution_free(solution);
    return status;
}

static pulang_status build(lagrange *lg, rest *r, pulang_error *error) {
    *r = (rest){.problem = *lg->problem, .arena = pulang_arena_new()};
    if (!r->arena || !take_arcs(lg, r) || !take_totals(lg, r) || !take_levels(lg, r))
        return pulang_fail_memory(error);
    return PULANG_OK;
}

pulang_status lagrange_rest_solve(lagrange *lg, pulang_limits *limits, int64_t *bound, bool *infeasible,
                                  pulang_error *error) {
    rest r;
    pulang_status status = build(lg, &r, error);
    if (status == PULANG_OK)
        status = solve(lg, &r, limits, bound, infeasible, error);
    pulang_arena_free(r.arena);
    return status;
}

/* ---- relaxation ---- */

/* So much of an arc is some. */
static const double SOME = 1e-6;

typedef struct series {
    lagrange *lg;
    const rest *rest;
    const pulang_program *program;
    const pulang_mip_layout *layout;
    const lagrange_noise *noise;
    int most, n;
    lagrange_vertex *vertices; /* [most], n of them filled */
    double deadline;
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

static bool take_vertex(const rest *r, const double *x, lagrange_vertex *vertex) {
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
        double u = (double)pulang_draw(at->noise->random, UINT32_C(1) << 30) / (double)(UINT32_C(1) << 29) - 1;
        cost[a] = at->program->columns[a].cost + at->noise->most * u;
    }
    return at->n < at->most;
}

static bool is_late(const pulang_glpk_state *state, void *user) {
    const series *at = user;
    (void)state;
    return pulang_clock() >= at->deadline;
}

static pulang_status relax(series *at, const rest *r, pulang_error *error) {
    const pulang_glpk_series how = {.seconds = fmax(at->deadline - pulang_clock(), 0.001),
                                    .next = take_next,
                                    .stop = is_late,
                                    .user = at};
    pulang_program *program = NULL;
    pulang_mip_layout layout = {
        .total_row = pulang_alloc((size_t)r->problem.n_totals, sizeof *layout.total_row),
        .hold_row = pulang_alloc((size_t)r->problem.n_levels, sizeof *layout.hold_row)};
    pulang_status status = layout.total_row && layout.hold_row ? PULANG_OK : pulang_fail_memory(error);
    if (status == PULANG_OK)
        status = pulang_mip_build_relaxation(&r->problem, at->lg->goal.level, at->lg->value, &layout,
                                             &program, error);
    at->program = program;
    at->layout = &layout;
    if (status == PULANG_OK)
        status = pulang_glpk_relax_series(program, &how, error);
    pulang_program_free(program);
    pulang_free(layout.total_row);
    pulang_free(layout.hold_row);
    return status == PULANG_OK && at->failed ? pulang_fail_memory(error) : status;
}

static void take_near(lagrange *lg) {
    for (int k = 0; k < lg->problem->n_classes; k++) {
        int n = lg->near_begin[k + 1] - lg->near_begin[k];
        memcpy(lg->list + lg->begin[k], lg->near + lg->near_begin[k], (size_t)n * sizeof *lg->list);
        lg->end[k] = lg->begin[k] + n;
    }
}

pulang_status lagrange_rest_relax(lagrange *lg, const lagrange_noise *noise, int most, double deadline,
                                  lagrange_vertex *vertices, int *n, pulang_error *error) {
    rest r = {0};
    lagrange_face face = {0};
    series at = {.lg = lg,
                 .rest = &r,
                 .noise = noise,
                 .most = most,
                 .vertices = vertices,
                 .deadline = deadline};
    if (lagrange_face_save(lg, &face)) {
        lagrange_face_free(&face);
        return pulang_fail_memory(error);
    }
    take_near(lg);
    pulang_status status = build(lg, &r, error);
    lagrange_face_restore(lg, &face);
    if (status == PULANG_OK)
        status = relax(&at, &r, error);
    pulang_arena_free(r.arena);
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
