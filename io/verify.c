#include "io/verify.h"

#include "io/verify_files.h"
#include "model/alloc.h"
#include "model/bound.h"
#include "model/check.h"
#include "model/error.h"
#include "model/indicators.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A verification under way, with what is recomputed for it. */
typedef struct verifying {
    pulang_verifying base;
    pulang_evaluation *evaluation; /* of the plan, NULL without one */
    pulang_bound *bounds;          /* [n_levels] recomputed */
    bool infeasible;               /* the prices prove that there is no plan */
} verifying;

void pulang_verify_note(pulang_verifying *v, pulang_verdict verdict, const char *subject, const char *format,
                        ...) {
    char text[1280];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    pulang_verification *out = v->out;
    void *items = out->items;
    const char *copy = pulang_arena_copy(out->arena, text, strlen(text));
    if (!copy || pulang_grow(&items, &out->capacity, (size_t)out->n + 1, sizeof *out->items) != 0) {
        v->failed = true;
        return;
    }
    out->items = items;
    out->items[out->n++] = (pulang_verified){verdict, subject, copy};
    out->n_wrong += verdict == PULANG_VERDICT_WRONG;
}

#define note(v, ...) pulang_verify_note(&(v)->base, __VA_ARGS__)

/* ---- inputs and rules ---- */

static void verify_inputs(verifying *v) {
    const pulang_instance *instance = v->base.instance;
    const pulang_claim *claim = v->base.claim;
    int before = v->base.out->n_wrong;
    for (int i = 0; i < instance->n_inputs; i++) {
        const pulang_input_file *now = &instance->inputs[i];
        const pulang_input_file *then = pulang_input_find(claim->inputs, claim->n_inputs, now->name);
        if (!then)
            note(v, PULANG_VERDICT_WRONG, "inputs", _("%s was not there when the plan was made"), now->name);
        else if (strcmp(then->sha256, now->sha256) != 0)
            note(v, PULANG_VERDICT_WRONG, "inputs", _("%s has changed since the plan was made"), now->name);
    }
    for (int i = 0; i < claim->n_inputs; i++)
        if (!pulang_input_find(instance->inputs, instance->n_inputs, claim->inputs[i].name))
            note(v, PULANG_VERDICT_WRONG, "inputs", _("%s, from which the plan was made, is not read now"),
                 claim->inputs[i].name);
    if (v->base.out->n_wrong == before)
        note(v, PULANG_VERDICT_OK, "inputs", _("%d files, the same as when the plan was made"),
             instance->n_inputs);
}

static void verify_rules(verifying *v) {
    const pulang_evaluation *evaluation = v->evaluation;
    int shown = evaluation->n_violations < 100 ? evaluation->n_violations : 100;
    for (int i = 0; i < shown; i++)
        note(v, PULANG_VERDICT_WRONG, "rules", "%s", evaluation->violations[i]);
    if (shown < evaluation->n_violations)
        note(v, PULANG_VERDICT_WRONG, "rules", _("and %d more"), evaluation->n_violations - shown);
    if (evaluation->n_violations == 0)
        note(v, PULANG_VERDICT_OK, "rules", _("all hard rules hold for %d persons and %d posts"),
             v->base.instance->n_persons, v->base.instance->n_posts);
}

/* ---- levels ---- */

static const char *level_name(const verifying *v, int level) {
    return v->base.instance->scenario.levels[level].name;
}

static void verify_value(verifying *v, int level) {
    int64_t value = v->evaluation->value[level], summary = v->base.claim->summary[level].value;
    int64_t certified = v->base.claim->certified[level].value;
    if (summary != value)
        note(v, PULANG_VERDICT_WRONG, level_name(v, level),
             _("the value is %" PRId64 ", summary.json says %" PRId64), value, summary);
    if (certified != value)
        note(v, PULANG_VERDICT_WRONG, level_name(v, level),
             _("the value is %" PRId64 ", certificate.json says %" PRId64), value, certified);
    if (summary == value && certified == value)
        note(v, PULANG_VERDICT_OK, level_name(v, level), _("the value is %" PRId64), value);
}

static double gap_of(const pulang_claimed_level *stated) {
    return ((double)stated->value - (double)stated->bound) / fmax(1, fabs((double)stated->value));
}

/* Whether what is stated of a bound agrees with itself; notes what does not. */
static bool consistent(verifying *v, int level) {
    const pulang_claimed_level *stated = &v->base.claim->summary[level];
    const pulang_claimed_level *certified = &v->base.claim->certified[level];
    const char *name = level_name(v, level);
    int before = v->base.out->n_wrong;
    if (stated->bound != certified->bound || stated->proven != certified->proven)
        note(v, PULANG_VERDICT_WRONG, name, "%s",
             _("summary.json and certificate.json differ in the bound or in whether it is proven"));
    if (stated->bound > stated->value)
        note(v, PULANG_VERDICT_WRONG, name, _("the bound %" PRId64 " is above the value"), stated->bound);
    if (stated->proven && stated->bound != stated->value &&
        (stated->bound == INT64_MIN || gap_of(stated) > v->base.claim->gap))
        note(v, PULANG_VERDICT_WRONG, name, "%s",
             _("claimed to be proven, but the bound is below the value"));
    return v->base.out->n_wrong == before;
}

/* The core leaves prices for all that it proves; the other methods prove by their searches too. */
static bool proves_by_prices(const pulang_claim *claim) {
    return strcmp(claim->method, "core") == 0;
}

/* A bound that the prices prove. */
static void note_proven(verifying *v, const char *name, const pulang_claimed_level *stated) {
    if (stated->bound >= stated->value)
        note(v, PULANG_VERDICT_OK, name, _("no plan is below %" PRId64 ": proven"), stated->bound);
    else if (!stated->proven)
        note(v, PULANG_VERDICT_OK, name, _("no plan is below %" PRId64), stated->bound);
    else
        note(v, PULANG_VERDICT_OK, name,
             _("no plan is below %" PRId64 ": proven; the value is at most %.3g %% too high"), stated->bound,
             100 * gap_of(stated));
}

static void verify_bound(verifying *v, int level) {
    const pulang_claim *claim = v->base.claim;
    const pulang_claimed_level *stated = &claim->summary[level];
    const pulang_bound *bound = &v->bounds[level];
    const char *name = level_name(v, level);
    if (!consistent(v, level))
        return;
    if (stated->bound == INT64_MIN)
        note(v, PULANG_VERDICT_OPEN, name, "%s", _("no bound is stated"));
    else if (stated->bound <= bound->bound)
        note_proven(v, name, stated);
    else if (proves_by_prices(claim) && stated->proven)
        note(v, PULANG_VERDICT_WRONG, name, _("the prices do not prove that no plan is below %" PRId64),
             stated->bound);
    else if (claim->n_steps > 0 && bound->bound != INT64_MIN)
        note(v, PULANG_VERDICT_OPEN, name,
             _("the prices prove that no plan is below %" PRId64 "; that none is below %" PRId64
               " is the word of the search (%s)"),
             bound->bound, stated->bound, claim->method);
    else
        note(v, PULANG_VERDICT_OPEN, name,
             _("not proven here: that no plan is below %" PRId64 " is the word of %s"), stated->bound,
             claim->method);
}

static void verify_status(verifying *v) {
    const pulang_claim *claim = v->base.claim;
    bool proven = true, exact = true;
    for (int l = 0; l < claim->n_levels; l++) {
        proven = proven && claim->summary[l].proven;
        exact = exact && claim->summary[l].bound == claim->summary[l].value;
    }
    if (claim->outcome == PULANG_INFEASIBLE)
        note(v, PULANG_VERDICT_WRONG, "status", "%s", _("infeasible, but there is a plan"));
    else if (claim->outcome == PULANG_OPTIMAL && !(proven && exact))
        note(v, PULANG_VERDICT_WRONG, "status", "%s", _("optimal, but not every level is proven"));
    else if (claim->outcome == PULANG_FEASIBLE && !proven)
        note(v, PULANG_VERDICT_WRONG, "status", "%s", _("within the gap, but not every level is"));
    else
        note(v, PULANG_VERDICT_OK, "status", "%s",
             claim->outcome == PULANG_LIMIT ? _("stopped at a limit: the levels say how far it got")
                                            : _("as the levels are"));
}

/* ---- the bounds ---- */

/* The steps of a proof without any price, which is enough for a level that cannot be below 0. */
static pulang_status bound_without_prices(verifying *v, const int64_t *value, pulang_error *error) {
    const pulang_scenario *scenario = &v->base.instance->scenario;
    pulang_step *steps = pulang_alloc(2 * (size_t)scenario->n_levels + 1, sizeof *steps);
    if (!steps)
        return pulang_fail_memory(error);
    int n = 0;
    steps[n++] = (pulang_step){.kind = PULANG_STEP_FEASIBLE, .level = PULANG_NONE, .scale = 1};
    for (int l = 0; l < scenario->n_levels; l++) {
        bool largest = scenario->levels[l].kind == PULANG_LEVEL_BALANCE;
        if (largest && value[l] > 0)
            steps[n++] = (pulang_step){.kind = PULANG_STEP_BELOW, .level = l, .scale = 1};
        steps[n++] =
            (pulang_step){.kind = largest ? PULANG_STEP_HOLD : PULANG_STEP_LEVEL, .level = l, .scale = 1};
    }
    pulang_status status =
        pulang_bound_compute(v->base.instance, steps, n, value, v->bounds, &v->infeasible, error);
    pulang_free(steps);
    return status;
}

/* Recomputes the bounds; prices that cannot be used prove nothing. */
static pulang_status recompute_bounds(verifying *v, pulang_error *error) {
    const pulang_claim *claim = v->base.claim;
    size_t n = (size_t)claim->n_levels;
    int64_t *value = pulang_alloc(n, sizeof *value);
    v->bounds = pulang_alloc(n, sizeof *v->bounds);
    pulang_status status = value && v->bounds ? PULANG_OK : pulang_fail_memory(error);
    for (size_t l = 0; status == PULANG_OK && l < n; l++) {
        v->bounds[l].bound = INT64_MIN;
        value[l] = v->evaluation ? v->evaluation->value[l] : 0;
    }
    pulang_error reason = {0};
    if (status == PULANG_OK && claim->n_steps == 0) {
        status = bound_without_prices(v, value, error);
    } else if (status == PULANG_OK) {
        status = pulang_bound_compute(v->base.instance, claim->steps, claim->n_steps, value, v->bounds,
                                      &v->infeasible, &reason);
        if (status == PULANG_ERROR_MEMORY) {
            pulang_fail_memory(error);
        } else if (status != PULANG_OK) {
            note(v, PULANG_VERDICT_WRONG, "prices", "%s", reason.message);
            status = PULANG_OK;
        }
    }
    pulang_free(value);
    return status;
}

/* ---- with and without a plan ---- */

static pulang_status verify_plan(verifying *v, pulang_error *error) {
    pulang_status status = pulang_check_plan(v->base.instance, v->base.claim->post, &v->evaluation, error);
    if (status == PULANG_OK)
        status = recompute_bounds(v, error);
    if (status != PULANG_OK)
        return status;
    verify_rules(v);
    for (int l = 0; l < v->base.claim->n_levels; l++) {
        verify_value(v, l);
        verify_bound(v, l);
    }
    verify_status(v);
    status = pulang_verify_phases(&v->base, error);
    if (status == PULANG_OK)
        status = pulang_verify_figures(&v->base, v->evaluation, error);
    /* The words of the tables are made for plans that keep the rules. */
    return status == PULANG_OK && v->evaluation->n_violations == 0 ? pulang_verify_tables(&v->base, error)
                                                                   : status;
}

/* A status quo that keeps all rules disproves that there is no plan. */
static pulang_status verify_infeasible(verifying *v, pulang_error *error) {
    pulang_evaluation *today = NULL;
    int *post_of = pulang_alloc((size_t)v->base.instance->n_persons, sizeof *post_of);
    if (!post_of)
        return pulang_fail_memory(error);
    pulang_status_quo(v->base.instance, post_of);
    pulang_status status = pulang_check_plan(v->base.instance, post_of, &today, error);
    if (status == PULANG_OK)
        status = recompute_bounds(v, error);
    if (status == PULANG_OK) {
        if (today->n_violations == 0)
            note(v, PULANG_VERDICT_WRONG, "status", "%s",
                 _("infeasible, but the status quo keeps all hard rules"));
        else if (v->infeasible)
            note(v, PULANG_VERDICT_OK, "status", "%s", _("no plan keeps the hard rules: proven"));
        else if (proves_by_prices(v->base.claim) && v->base.claim->n_steps > 0)
            note(v, PULANG_VERDICT_WRONG, "status", "%s",
                 _("the prices do not prove that no plan keeps the hard rules"));
        else
            note(v, PULANG_VERDICT_OPEN, "status",
                 _("not proven here: that no plan keeps the hard rules is the word of %s"),
                 v->base.claim->method);
    }
    pulang_evaluation_free(today);
    pulang_free(post_of);
    return status;
}

static pulang_status verify_absence(verifying *v, pulang_error *error) {
    if (v->base.claim->outcome == PULANG_INFEASIBLE)
        return verify_infeasible(v, error);
    if (v->base.claim->outcome == PULANG_LIMIT)
        note(v, PULANG_VERDICT_OPEN, "status", "%s", _("stopped before there was a plan"));
    else
        note(v, PULANG_VERDICT_WRONG, "status", "%s", _("solved, but there is no plan"));
    return PULANG_OK;
}

static pulang_verification *verification_new(void) {
    pulang_verification *verification = pulang_alloc(1, sizeof *verification);
    if (!verification)
        return NULL;
    verification->arena = pulang_arena_new();
    if (!verification->arena) {
        pulang_free(verification);
        return NULL;
    }
    return verification;
}

pulang_status pulang_verify(const pulang_instance *instance, const pulang_claim *claim,
                            pulang_verification **verification, pulang_error *error) {
    verifying v = {.base = {.instance = instance, .claim = claim, .out = verification_new()}};
    if (!v.base.out)
        return pulang_fail_memory(error);
    verify_inputs(&v);
    pulang_status status = claim->exists ? verify_plan(&v, error) : verify_absence(&v, error);
    if (status == PULANG_OK)
        status = pulang_verify_settings(&v.base, error);
    if (status == PULANG_OK && v.base.failed)
        status = pulang_fail_memory(error);
    pulang_evaluation_free(v.evaluation);
    pulang_free(v.bounds);
    if (status != PULANG_OK) {
        pulang_verification_free(v.base.out);
        return status;
    }
    *verification = v.base.out;
    return PULANG_OK;
}

void pulang_verification_free(pulang_verification *verification) {
    if (!verification)
        return;
    pulang_arena_free(verification->arena);
    pulang_free(verification->items);
    pulang_free(verification);
}
