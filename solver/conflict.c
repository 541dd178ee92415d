/*
 * First the elastic filter (Chinneck and Dravnieks 1991, "Locating minimal infeasible constraint sets in
 * linear programs"): all rules are elastic, those that give way in a plan are put in force, and so on
 * until no plan is left. What is in force then is a conflict, small, but not minimal.
 *
 * Then QuickXplain (Junker 2004, "Preferred explanations and relaxations for over-constrained problems"): a
 * set is halved; what of each half is needed beside the other is found by the same method. With k rules of n
 * in the minimal set it asks about 2 k log2(n / k) + 2 k times whether there is a plan.
 */
#include "solver/conflict.h"

#include "model/alloc.h"
#include "model/error.h"

#include <string.h>

typedef struct finder {
    const relaxed_model *model;
    relaxed_mode *mode;
    bool minimal;
    pulang_status status;
    pulang_error *error;
} finder;

pulang_status pulang_conflict_ask(const relaxed_model *model, const relaxed_mode *mode,
                                  conflict_answer *answer, pulang_error *error) {
    relaxed_form form = {.mode = mode, .any = true};
    relaxed_plan plan;
    pulang_tariff_default(&form.tariff);
    pulang_status status = relaxed_solve(model, &form, &plan, error);
    if (status != PULANG_OK)
        return status;
    *answer = plan.solution->exists               ? CONFLICT_NO
              : plan.outcome == PULANG_INFEASIBLE ? CONFLICT_YES
                                                  : CONFLICT_UNKNOWN;
    relaxed_plan_clear(&plan);
    return PULANG_OK;
}

static bool contradictory(finder *f) {
    conflict_answer answer = CONFLICT_UNKNOWN;
    if (f->status == PULANG_OK)
        f->status = pulang_conflict_ask(f->model, f->mode, &answer, f->error);
    f->minimal = f->minimal && answer != CONFLICT_UNKNOWN;
    return answer == CONFLICT_YES;
}

/* Puts in force what the plan breaks of the elastic rules; returns how many. */
static int enforce_broken(finder *f, const relaxed_plan *plan) {
    const pulang_rules *rules = f->model->rules;
    int n = 0;
    for (int r = 0; r < rules->n; r++) {
        int64_t value;
        if (f->mode[r] != RELAXED_ELASTIC || relaxed_keeps(f->model, plan, &rules->rule[r], &value))
            continue;
        f->mode[r] = RELAXED_HARD;
        n++;
    }
    return n;
}

/* Of the rules in force keeps those that no plan meets together, switched ones all. */
static pulang_status filter(finder *f) {
    const pulang_rules *rules = f->model->rules;
    relaxed_form form = {.mode = f->mode, .any = true};
    pulang_tariff_default(&form.tariff);
    for (int r = 0; r < rules->n; r++)
        if (f->mode[r] == RELAXED_HARD && !relaxed_switches(&rules->rule[r]))
            f->mode[r] = RELAXED_ELASTIC;
    for (bool go_on = true; go_on;) {
        relaxed_plan plan;
        pulang_status status = relaxed_solve(f->model, &form, &plan, f->error);
        if (status != PULANG_OK)
            return status;
        go_on = plan.solution->exists && enforce_broken(f, &plan) > 0;
        bool found = plan.outcome == PULANG_INFEASIBLE;
        relaxed_plan_clear(&plan);
        for (int r = 0; r < rules->n && !go_on; r++)
            if (f->mode[r] == RELAXED_ELASTIC)
                f->mode[r] = found ? RELAXED_OUT : RELAXED_HARD; /* time is up: all of them */
    }
    return PULANG_OK;
}

/* Of n candidates, all out, puts in force those needed for a conflict with what is in force; returns how
   many. changed: something was put in force since it was last asked whether that is a conflict already. */
static int explain(finder *f, bool changed, const int *rules, int n) {
    if (f->status != PULANG_OK || n == 0 || (changed && contradictory(f)))
        return 0;
    if (n == 1) {
        f->mode[rules[0]] = RELAXED_HARD;
        return 1;
    }
    int half = n / 2;
    for (int i = 0; i < half; i++)
        f->mode[rules[i]] = RELAXED_HARD;
    int needed = explain(f, true, rules + half, n - half);
    for (int i = 0; i < half; i++)
        f->mode[rules[i]] = RELAXED_OUT;
    return needed + explain(f, needed > 0, rules, half);
}

pulang_status pulang_conflict_find(const relaxed_model *model, relaxed_mode *mode, bool *minimal,
                                   pulang_error *error) {
    finder f = {.model = model, .mode = mode, .minimal = true, .error = error};
    int n = 0, *candidates = pulang_alloc((size_t)model->rules->n, sizeof *candidates);
    if (!candidates)
        return pulang_fail_memory(error);
    f.status = filter(&f);
    for (int r = 0; r < model->rules->n; r++)
        if (mode[r] == RELAXED_HARD) {
            candidates[n++] = r;
            mode[r] = RELAXED_OUT;
        }
    explain(&f, false, candidates, n);
    pulang_free(candidates);
    *minimal = f.minimal;
    return f.status;
}
