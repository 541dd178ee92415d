#include "solver/optima.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/core.h"
#include "solver/core_face.h"
#include "solver/lagrange_state.h"
#include "solver/optima_face.h"

#include <string.h>

static pulang_status wrong_proof(pulang_error *error) {
    return pulang_fail(error, PULANG_ERROR_ARGUMENT, "%s",
                       _("the plan is not what its certificate proves; pulang verify says more"));
}

/* ---- the steps of the proof, by totals ---- */

static int find_total(const pulang_problem *p, const pulang_price *price) {
    if (price->post != PULANG_NONE)
        return price->post;
    for (int t = p->n_posts; t < p->n_totals; t++)
        if (p->totals[t].quota == price->quota && strcmp(p->totals[t].key, price->key) == 0)
            return t;
    return PULANG_NONE;
}

/* price: [n_totals], filled. */
static void spread_prices(const pulang_problem *p, const pulang_step *step, int64_t *price) {
    memset(price, 0, (size_t)p->n_totals * sizeof *price);
    for (int i = 0; i < step->n_prices; i++) {
        int t = find_total(p, &step->prices[i]);
        if (t != PULANG_NONE)
            price[t] = step->prices[i].price;
    }
}

/* Whether the proof has a step without slack for every level. */
static bool is_whole(const pulang_problem *p, const pulang_plan *plan) {
    int n = 0;
    for (int s = 0; s < plan->n_steps; s++) {
        pulang_step_kind kind = plan->steps[s].kind;
        if (plan->steps[s].scale != 1 || plan->steps[s].held)
            return false;
        n += kind == PULANG_STEP_LEVEL || kind == PULANG_STEP_HOLD;
    }
    return n == p->n_levels;
}

/* What the core's steps leave. */
static pulang_status leave_core(const pulang_optima *o, const pulang_plan *plan, int64_t *price,
                                optima_left *left) {
    const pulang_problem *p = o->problem;
    core_face face;
    if (core_face_init(&face, p))
        return PULANG_ERROR_MEMORY;
    int failed = 0;
    for (int s = 0; s < plan->n_steps && plan->steps[s].level < o->n_held && !failed; s++) {
        spread_prices(p, &plan->steps[s], price);
        const pulang_solution_step step = {
            .kind = plan->steps[s].kind, .level = plan->steps[s].level, .scale = 1, .price = price};
        failed = core_face_restrict(&face, &step, plan->levels);
    }
    memcpy(left->open, face.open, (size_t)p->n_arcs * sizeof *left->open);
    memcpy(left->may_stay_out, face.may_stay_out, (size_t)p->n_classes * sizeof *left->may_stay_out);
    for (int t = 0; t < p->n_totals; t++) {
        left->lower[t] = face.lower[t] * p->totals[t].unit;
        left->upper[t] = face.upper[t] * p->totals[t].unit;
    }
    core_face_free(&face);
    return failed ? PULANG_ERROR_MEMORY : PULANG_OK;
}

/* Narrows what is left by the prices of one step. False: no plan has the values claimed. */
static bool narrow(lagrange *lg, const pulang_step *step) {
    int64_t bound;
    lg->goal.level = step->level;
    lg->goal.scale = step->scale;
    for (int l = 0; l < step->level; l++)
        lg->goal.held[l] = step->held ? step->held[l] : 0;
    spread_prices(lg->problem, step, lg->goal.price);
    if (!lagrange_bound(lg, &bound) || bound > lg->value[step->level] * step->scale)
        return false;
    lagrange_narrow(lg, lg->value[step->level] * step->scale - bound);
    return true;
}

/* What the prices of the sum levels leave, whatever rules there are. */
static pulang_status leave_lagrange(const pulang_optima *o, const pulang_plan *plan, optima_left *left,
                                    bool *holds) {
    const pulang_problem *p = o->problem;
    lagrange lg;
    pulang_status status = lagrange_init(&lg, p, NULL, NULL);
    if (status == PULANG_OK) {
        memcpy(lg.value, o->value, (size_t)p->n_levels * sizeof *lg.value);
        for (int s = 0; s < plan->n_steps && *holds; s++)
            if (plan->steps[s].kind == PULANG_STEP_LEVEL && o->narrowed)
                *holds = narrow(&lg, &plan->steps[s]);
        for (int k = 0; k < p->n_classes; k++) {
            for (int i = lg.begin[k]; i < lg.end[k]; i++)
                left->open[lg.list[i]] = true;
            left->may_stay_out[k] = lg.may_stay_out[k];
        }
        for (int t = 0; t < p->n_totals; t++) {
            left->lower[t] = lg.lower[t] * lg.unit[t];
            left->upper[t] = lg.upper[t] * lg.unit[t];
        }
    }
    lagrange_clear(&lg);
    return status;
}

/* ---- the plan ---- */

/* Its flow, and its values at the levels. */
static pulang_status read_plan(pulang_optima *o, const pulang_plan *plan, pulang_error *error) {
    const pulang_problem *p = o->problem;
    int *class_of = pulang_alloc((size_t)p->member_begin[p->n_classes], sizeof *class_of);
    o->value = pulang_alloc((size_t)p->n_levels, sizeof *o->value);
    pulang_status status = class_of && o->value
                               ? pulang_residual_flow(p, plan->post, class_of, &o->whole_flow, error)
                               : pulang_fail_memory(error);
    for (int l = 0; status == PULANG_OK && l < p->n_levels; l++) {
        o->value[l] = pulang_problem_level_value(p, l, o->whole_flow);
        if (o->value[l] != plan->levels[l].value)
            status = wrong_proof(error);
    }
    pulang_free(class_of);
    return status;
}

/* The flow of the plan on the face, which must hold it. */
static pulang_status place_plan(pulang_optima *o, pulang_error *error) {
    o->flow = pulang_alloc((size_t)o->face->n_arcs, sizeof *o->flow);
    if (!o->flow)
        return pulang_fail_memory(error);
    return pulang_optima_place(o, o->whole_flow, o->flow) && pulang_problem_feasible(o->face, o->flow)
               ? PULANG_OK
               : wrong_proof(error);
}

static pulang_status make(pulang_optima *o, const pulang_plan *plan, pulang_error *error) {
    const pulang_problem *p = o->problem;
    optima_left left = {0};
    int64_t *price = pulang_alloc((size_t)p->n_totals, sizeof *price);
    bool holds = true;
    o->exact = is_whole(p, plan) && pulang_core_applies(p, NULL);
    o->narrowed = o->n_held == p->n_levels;
    o->n_held = o->exact ? o->n_held : 0;
    pulang_status status = price && optima_left_init(&left, p) == 0 ? PULANG_OK : PULANG_ERROR_MEMORY;
    if (status == PULANG_OK)
        status = o->exact ? leave_core(o, plan, price, &left) : leave_lagrange(o, plan, &left, &holds);
    if (status == PULANG_OK && holds)
        status = optima_face_make(o, &left) ? PULANG_ERROR_MEMORY : PULANG_OK;
    optima_left_free(&left);
    pulang_free(price);
    if (status != PULANG_OK)
        return pulang_fail_memory(error);
    return holds ? place_plan(o, error) : wrong_proof(error);
}

pulang_status pulang_optima_new(const pulang_problem *problem, const pulang_plan *plan, int n_held,
                                pulang_optima **optima, pulang_error *error) {
    pulang_optima *made = pulang_alloc(1, sizeof *made);
    if (!made)
        return pulang_fail_memory(error);
    made->problem = problem;
    made->n_held = n_held;
    pulang_status status = read_plan(made, plan, error);
    if (status == PULANG_OK)
        status = make(made, plan, error);
    if (status == PULANG_OK)
        *optima = made;
    else
        pulang_optima_free(made);
    return status;
}

/* Everything but arcs is left as it is. */
static void leave_used(const pulang_problem *p, int n_flows, int *const *flows, optima_left *left) {
    for (int a = 0; a < p->n_arcs; a++)
        for (int f = 0; f < n_flows && !left->open[a]; f++)
            left->open[a] = flows[f][a] > 0;
    for (int k = 0; k < p->n_classes; k++)
        left->may_stay_out[k] = !p->bound[k];
    for (int t = 0; t < p->n_totals; t++) {
        left->lower[t] = p->totals[t].lower;
        left->upper[t] = p->totals[t].upper;
    }
}

pulang_status pulang_optima_between(const pulang_problem *problem, int n_flows, int *const *flows,
                                    pulang_optima **optima, pulang_error *error) {
    pulang_optima *made = pulang_alloc(1, sizeof *made);
    optima_left left = {0};
    int failed = !made || optima_left_init(&left, problem);
    if (!failed) {
        made->problem = problem;
        leave_used(problem, n_flows, flows, &left);
        failed = optima_face_make(made, &left);
    }
    optima_left_free(&left);
    if (failed) {
        pulang_optima_free(made);
        return pulang_fail_memory(error);
    }
    *optima = made;
    return PULANG_OK;
}

void pulang_optima_free(pulang_optima *optima) {
    if (!optima)
        return;
    pulang_problem_free(optima->face);
    pulang_free(optima->arc);
    pulang_free(optima->flow);
    pulang_free(optima->whole_flow);
    pulang_free(optima->value);
    pulang_free(optima);
}

void pulang_optima_whole(const pulang_optima *optima, const int *flow, int *whole) {
    memset(whole, 0, (size_t)optima->problem->n_arcs * sizeof *whole);
    for (int a = 0; a < optima->face->n_arcs; a++)
        whole[optima->arc[a]] = flow[a];
}

bool pulang_optima_place(const pulang_optima *optima, const int *whole, int *flow) {
    int64_t left = 0, kept = 0;
    for (int a = 0; a < optima->face->n_arcs; a++)
        kept += flow[a] = whole[optima->arc[a]];
    for (int a = 0; a < optima->problem->n_arcs; a++)
        left += whole[a];
    return left == kept;
}

pulang_status pulang_optima_residual(const pulang_optima *optima, pulang_residual **residual,
                                     pulang_error *error) {
    const char *why = "";
    memset(optima->sought, 0, (size_t)optima->face->n_arcs * sizeof *optima->sought);
    pulang_status status = pulang_residual_new(optima->face, optima->flow, residual, &why, error);
    if (status == PULANG_OK && !*residual)
        status = pulang_fail(error, PULANG_ERROR_SOLVER, "%s", why);
    return status;
}
