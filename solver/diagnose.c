#include "solver/diagnose.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/conflict.h"
#include "solver/repair.h"
#include "solver/solve.h"

#include <math.h>
#include <string.h>

typedef struct diagnosing {
    relaxed_model model;
    pulang_diagnosis *diagnosis;
    relaxed_mode *left;  /* [n_rules] HARD: in no conflict so far */
    relaxed_mode *trial; /* [n_rules] */
    pulang_error *error;
} diagnosing;

/* Adds the conflict that is in force in trial, and takes its rules from those left. */
static int add_conflict(diagnosing *d, bool minimal) {
    pulang_conflict *conflict = &d->diagnosis->conflicts[d->diagnosis->n_conflicts];
    int n_rules = d->model.rules->n;
    *conflict = (pulang_conflict){.minimal = minimal};
    for (int r = 0; r < n_rules; r++)
        conflict->n += d->trial[r] == RELAXED_HARD;
    conflict->rules = pulang_arena_alloc(d->diagnosis->arena, (size_t)conflict->n, sizeof *conflict->rules);
    if (!conflict->rules)
        return -1;
    conflict->n = 0;
    for (int r = 0; r < n_rules; r++)
        if (d->trial[r] == RELAXED_HARD) {
            conflict->rules[conflict->n++] = r;
            d->left[r] = RELAXED_OUT;
        }
    d->diagnosis->n_conflicts++;
    return 0;
}

/* Conflicts with no rule in common, until the rules left have a plan. */
static pulang_status find_conflicts(diagnosing *d) {
    pulang_diagnosis *diagnosis = d->diagnosis;
    size_t n = (size_t)d->model.rules->n;
    conflict_answer answer = CONFLICT_UNKNOWN;
    pulang_status status = pulang_conflict_ask(&d->model, d->left, &answer, d->error);
    diagnosis->decided = answer != CONFLICT_UNKNOWN;
    diagnosis->feasible = answer == CONFLICT_NO;
    while (status == PULANG_OK && answer == CONFLICT_YES && diagnosis->n_conflicts < PULANG_CONFLICTS_MOST) {
        bool minimal = false;
        memcpy(d->trial, d->left, n * sizeof *d->trial);
        status = pulang_conflict_find(&d->model, d->trial, &minimal, d->error);
        if (status == PULANG_OK && add_conflict(d, minimal))
            status = pulang_fail_memory(d->error);
        if (status == PULANG_OK)
            status = pulang_conflict_ask(&d->model, d->left, &answer, d->error);
    }
    diagnosis->more = answer != CONFLICT_NO;
    return status;
}

/* The cheapest repair, then the cheapest without any kind of change that it uses. */
static pulang_status find_repairs(diagnosing *d, const pulang_tariff *tariff) {
    pulang_diagnosis *diagnosis = d->diagnosis;
    pulang_tariff other = *tariff;
    bool exists;
    pulang_status status = pulang_repair_find(&d->model, tariff, &exists, &diagnosis->repairs[0], d->error);
    if (status != PULANG_OK || !exists)
        return status;
    diagnosis->n_repairs = 1;
    for (int i = 0; i < diagnosis->repairs[0].n; i++)
        other.price[diagnosis->repairs[0].changes[i].kind] = PULANG_PRICE_NEVER;
    status = pulang_repair_find(&d->model, &other, &exists, &diagnosis->repairs[1], d->error);
    diagnosis->n_repairs += status == PULANG_OK && exists;
    return status;
}

static pulang_status run(diagnosing *d, const pulang_tariff *tariff) {
    size_t n = (size_t)d->model.rules->n;
    d->left = pulang_arena_alloc(d->diagnosis->arena, n, sizeof *d->left);
    d->trial = pulang_arena_alloc(d->diagnosis->arena, n, sizeof *d->trial);
    if (!d->left || !d->trial)
        return pulang_fail_memory(d->error);
    for (size_t r = 0; r < n; r++)
        d->left[r] = RELAXED_HARD;
    double deadline = d->model.deadline, now = pulang_clock();
    if (isfinite(deadline))
        d->model.deadline = now + (deadline - now) / 2;
    pulang_status status = find_conflicts(d);
    d->model.deadline = deadline;
    if (status == PULANG_OK && d->diagnosis->n_conflicts > 0)
        status = find_repairs(d, tariff);
    return status;
}

pulang_status pulang_diagnose(const pulang_instance *instance, const pulang_settings *settings,
                              const pulang_tariff *tariff, pulang_diagnosis **diagnosis,
                              pulang_error *error) {
    pulang_arena *arena = pulang_arena_new();
    diagnosing d = {.error = error};
    pulang_status status = pulang_solve_settings(settings, error);
    d.diagnosis = arena ? pulang_arena_alloc(arena, 1, sizeof *d.diagnosis) : NULL;
    if (!d.diagnosis) {
        pulang_arena_free(arena);
        return pulang_fail_memory(error);
    }
    d.diagnosis->arena = arena;
    d.diagnosis->n_persons = instance->n_persons;
    if (status == PULANG_OK)
        status = relaxed_model_init(&d.model, instance, settings, tariff, arena, &d.diagnosis->rules, error);
    if (status == PULANG_OK)
        status = run(&d, tariff);
    relaxed_model_clear(&d.model);
    if (status == PULANG_OK)
        *diagnosis = d.diagnosis;
    else
        pulang_diagnosis_free(d.diagnosis);
    return status;
}
