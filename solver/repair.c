/*
 * What can give way by degrees is one elastic program, solved to the optimum by whichever method applies.
 * Openings and groups (switches) are in force or out, out at a price: branch and bound over them. A node has
 * some in force, some out and paid for, the rest out for nothing, so its cost bounds all below it; its plan
 * with those that it breaks paid for is a candidate, and the first that it breaks is branched on. Nearly
 * always the plan with all in force is as cheap as the bound of the root, and there is no branching.
 *
 * How many recruits of a kind may come is limited by what the best repair so far costs: more would cost more.
 */
#include "solver/repair.h"

#include "model/alloc.h"
#include "model/error.h"

#include <string.h>

/* A first guess at how many of a kind may have to come. */
#define FIRST_HIRED 8
#define MOST_HIRED 100000

typedef struct search {
    const relaxed_model *model;
    const pulang_tariff *tariff;
    relaxed_mode *mode; /* of switches: OUT are free in the node unless paid */
    bool *paid;         /* [n_rules] */
    int64_t most_hired;
    relaxed_plan best;
    bool found, proven;
    int64_t cost; /* of best, switches included */
    pulang_error *error;
} search;

static int64_t switch_price(const search *s, int rule) {
    return relaxed_price(s->model, &s->model->rules->rule[rule], s->tariff);
}

static bool switched(const search *s, int rule) {
    return relaxed_switches(&s->model->rules->rule[rule]) && switch_price(s, rule) != PULANG_PRICE_NEVER;
}

static pulang_status solve(search *s, relaxed_plan *plan) {
    relaxed_form form = {.mode = s->mode, .tariff = *s->tariff, .most_hired = s->most_hired};
    pulang_status status = relaxed_solve(s->model, &form, plan, s->error);
    if (status == PULANG_OK && plan->outcome != PULANG_OPTIMAL && plan->outcome != PULANG_INFEASIBLE)
        s->proven = false;
    return status;
}

/* What a plan costs with the switches that it breaks; *first: one that is neither in force nor paid for,
   PULANG_NONE: none. */
static int64_t whole_cost(const search *s, const relaxed_plan *plan, int *first) {
    int64_t cost = plan->cost;
    *first = PULANG_NONE;
    for (int r = s->model->rules->n - 1; r >= 0; r--) {
        int64_t value;
        if (!switched(s, r) || s->mode[r] == RELAXED_HARD ||
            relaxed_keeps(s->model, plan, &s->model->rules->rule[r], &value))
            continue;
        cost += switch_price(s, r);
        *first = s->paid[r] ? *first : r;
    }
    return cost;
}

static int64_t paid_cost(const search *s) {
    int64_t cost = 0;
    for (int r = 0; r < s->model->rules->n; r++)
        cost += s->paid[r] ? switch_price(s, r) : 0;
    return cost;
}

/* Takes the plan over when it is the best so far; clears it otherwise. */
static void offer(search *s, relaxed_plan *plan, int64_t cost) {
    if (s->found && cost >= s->cost) {
        relaxed_plan_clear(plan);
        return;
    }
    relaxed_plan_clear(&s->best);
    s->best = *plan;
    s->found = true;
    s->cost = cost;
}

static pulang_status branch(search *s) {
    relaxed_plan plan;
    pulang_status status = solve(s, &plan);
    if (status != PULANG_OK)
        return status;
    if (!plan.solution->exists) {
        relaxed_plan_clear(&plan);
        return PULANG_OK;
    }
    int first;
    int64_t cost = whole_cost(s, &plan, &first), bound = plan.cost + paid_cost(s);
    offer(s, &plan, cost);
    if (first == PULANG_NONE || bound >= s->cost || !s->proven)
        return PULANG_OK;
    s->mode[first] = RELAXED_HARD;
    status = branch(s);
    s->mode[first] = RELAXED_OUT;
    s->paid[first] = true;
    if (status == PULANG_OK && bound + switch_price(s, first) < s->cost)
        status = branch(s);
    s->paid[first] = false;
    return status;
}

static void set_modes(search *s, relaxed_mode switches) {
    for (int r = 0; r < s->model->rules->n; r++)
        s->mode[r] = !relaxed_switches(&s->model->rules->rule[r]) ? RELAXED_ELASTIC
                     : switched(s, r)                             ? switches
                                                                  : RELAXED_HARD;
}

static bool any_switch(const search *s) {
    for (int r = 0; r < s->model->rules->n; r++)
        if (switched(s, r))
            return true;
    return false;
}

/* All switches in force first, for a candidate; then branches from all out. */
static pulang_status search_all(search *s) {
    relaxed_plan plan;
    int first;
    set_modes(s, RELAXED_HARD);
    pulang_status status = solve(s, &plan);
    if (status != PULANG_OK)
        return status;
    if (plan.solution->exists)
        offer(s, &plan, whole_cost(s, &plan, &first));
    else
        relaxed_plan_clear(&plan);
    if (!any_switch(s))
        return PULANG_OK;
    set_modes(s, RELAXED_OUT);
    return branch(s);
}

/* More than this many of a kind are of no use: all that the rules ask for at least. */
static int64_t enough(const pulang_rules *rules) {
    int64_t sum = 0;
    for (int r = 0; r < rules->n; r++)
        if (rules->rule[r].total != PULANG_NONE && sum < MOST_HIRED)
            sum += rules->rule[r].bound > 0 && rules->rule[r].bound < MOST_HIRED ? rules->rule[r].bound : 1;
    return sum < MOST_HIRED ? sum : MOST_HIRED;
}

static pulang_status run(search *s) {
    int64_t hire = s->tariff->price[PULANG_CHANGE_HIRE];
    bool hires = hire != PULANG_PRICE_NEVER && s->model->staff->n_recruits > 0;
    s->most_hired = hires ? FIRST_HIRED : 0;
    pulang_status status = search_all(s);
    if (status != PULANG_OK || !hires)
        return status;
    int64_t most = s->found ? (s->cost - 1) / (hire * s->model->scale) : enough(s->model->rules);
    most = most < MOST_HIRED ? most : MOST_HIRED;
    if (most <= FIRST_HIRED)
        return PULANG_OK;
    s->most_hired = most;
    return search_all(s);
}

pulang_status pulang_repair_find(const relaxed_model *model, const pulang_tariff *tariff, bool *exists,
                                 pulang_repair *repair, pulang_error *error) {
    search s = {.model = model, .tariff = tariff, .proven = true, .error = error};
    size_t n = (size_t)model->rules->n;
    s.mode = pulang_alloc(n, sizeof *s.mode);
    s.paid = pulang_alloc(n, sizeof *s.paid);
    pulang_status status = s.mode && s.paid ? run(&s) : pulang_fail_memory(error);
    pulang_repair made = {.proven = s.proven, .cost = s.cost, .scale = 1000 * model->scale};
    if (status == PULANG_OK && s.found)
        status = repair_read(model, tariff, &s.best, &made, error);
    if (status == PULANG_OK) {
        *exists = s.found;
        *repair = made;
    }
    relaxed_plan_clear(&s.best);
    pulang_free(s.mode);
    pulang_free(s.paid);
    return status;
}
