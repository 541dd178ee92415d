#include "solver/lagrange_rest.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/mip.h"

#include <string.h>

static bool take_arcs(const lagrange *lg, lagrange_rest *r) {
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

static bool take_pieces(const lagrange *lg, lagrange_rest *r, pulang_total *total) {
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

static bool take_totals(const lagrange *lg, lagrange_rest *r) {
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

/* What an arc costs at the levels that are counted as one. Being unplaced, for who may be, costs as much as
   being placed saves. */
static int64_t joint_cost(const lagrange *lg, int level, int arc, bool may_stay_out) {
    const pulang_problem *p = lg->problem;
    int64_t cost = 0;
    for (int l = 0; l <= level; l++) {
        int64_t weight = l == level ? 1 : lg->weigh[l];
        if (level_of(lg, l) != level)
            continue;
        cost += p->levels[l].arc_cost ? weight * p->levels[l].arc_cost[arc] : 0;
        cost -= p->levels[l].unplaced && l < level && may_stay_out ? weight : 0;
    }
    return cost;
}

static bool take_levels(const lagrange *lg, lagrange_rest *r) {
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
        for (int k = 0; k < p->n_classes; k++)
            for (int a = r->problem.arc_begin[k]; a < r->problem.arc_begin[k + 1]; a++)
                level->arc_cost[a] = joint_cost(lg, l, r->arc_of[a], lg->may_stay_out[k]);
    }
    return true;
}

/* The incumbent, where it uses only arcs that are left. */
static void bring_flow(const lagrange *lg, const lagrange_rest *r, pulang_solution *solution) {
    solution->exists = lg->solution->exists;
    for (int a = 0; a < lg->problem->n_arcs && solution->exists; a++)
        if (r->rest_of[a] != PULANG_NONE)
            solution->flow[r->rest_of[a]] = lg->solution->flow[a];
        else if (lg->solution->flow[a] > 0)
            solution->exists = false;
    solution->exists = solution->exists && pulang_problem_feasible(&r->problem, solution->flow);
}

static void take_flow(lagrange *lg, const lagrange_rest *r, const pulang_solution *solution) {
    if (!solution->exists)
        return;
    memset(lg->solution->flow, 0, (size_t)lg->problem->n_arcs * sizeof *lg->solution->flow);
    for (int a = 0; a < r->problem.n_arcs; a++)
        lg->solution->flow[r->arc_of[a]] = solution->flow[a];
    lg->solution->exists = true;
}

static pulang_status solve(lagrange *lg, const lagrange_rest *r, pulang_limits *limits, int64_t *bound,
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

pulang_status lagrange_rest_build(const lagrange *lg, lagrange_rest *r, pulang_error *error) {
    *r = (lagrange_rest){.problem = *lg->problem, .arena = pulang_arena_new()};
    if (!r->arena || !take_arcs(lg, r) || !take_totals(lg, r) || !take_levels(lg, r))
        return pulang_fail_memory(error);
    return PULANG_OK;
}

void lagrange_rest_clear(lagrange_rest *r) {
    pulang_arena_free(r->arena);
}

pulang_status lagrange_rest_solve(lagrange *lg, pulang_limits *limits, int64_t *bound, bool *infeasible,
                                  pulang_error *error) {
    lagrange_rest r;
    pulang_status status = lagrange_rest_build(lg, &r, error);
    if (status == PULANG_OK)
        status = solve(lg, &r, limits, bound, infeasible, error);
    lagrange_rest_clear(&r);
    return status;
}
