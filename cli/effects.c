#include "cli/effects.h"

#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "io/compare_override.h"
#include "io/compare_state.h"
#include "model/alloc.h"
#include "model/error.h"
#include "model/plan.h"

#include <string.h>

/* What the effects are worked out with. */
typedef struct trial {
    pulang_comparison *comparison;
    const char *dir, *scenario;
    const settings_arguments *settings;
    pulang_override *base; /* [n_base] what makes the scenario of dir that of the first run */
    int n_base;
    pulang_error error;
} trial;

/* Reads the folder with the settings of the first run, and over them more[n_more]. *told: the findings were
   printed. */
static pulang_status read_with(trial *t, const pulang_override *more, int n_more, pulang_instance **instance,
                               bool *told) {
    int n = t->n_base + n_more;
    pulang_override *set = pulang_alloc((size_t)n, sizeof *set);
    pulang_findings *findings = pulang_findings_new();
    pulang_status status = set && findings ? PULANG_OK : pulang_fail_memory(&t->error);
    *told = false;
    if (status == PULANG_OK) {
        if (t->n_base)
            memcpy(set, t->base, (size_t)t->n_base * sizeof *set);
        if (n_more)
            memcpy(set + t->n_base, more, (size_t)n_more * sizeof *set);
        status = pulang_instance_read_set(t->dir, t->scenario, set, n, findings, instance, &t->error);
        *told = pulang_findings_count(findings, PULANG_FAULT) > 0;
        if (*told)
            report_findings(findings, false);
    }
    pulang_findings_free(findings);
    pulang_free(set);
    return status;
}

/* ---- the settings of the first run ---- */

/* The settings that turn what dir says into what the first run was asked. */
static pulang_status find_base(trial *t, const pulang_against *against) {
    pulang_arena *arena = t->comparison->arena;
    t->base =
        pulang_arena_alloc(arena, (size_t)against->n_changes * PULANG_CHANGE_OVERRIDES, sizeof *t->base);
    if (!t->base)
        return pulang_fail_memory(&t->error);
    for (int c = 0; c < against->n_changes; c++) {
        int n;
        const pulang_change *change = &against->changes[c];
        if (!pulang_change_overrides(change, arena, t->base + t->n_base, &n))
            return n < 0 ? pulang_fail_memory(&t->error)
                         : pulang_fail_at(&t->error, PULANG_ERROR_INPUT, t->dir, 0, 0,
                                          change->kind == PULANG_CHANGE_INPUT
                                              ? _("is not what the first folder was made from: %s")
                                              : _("is not what the first folder was made from: %s; name its "
                                                  "scenario with --scenario"),
                                          change->text);
        t->n_base += n;
    }
    return PULANG_OK;
}

static pulang_status begin(trial *t, bool *told) {
    pulang_instance *instance = NULL;
    pulang_run *like = NULL;
    pulang_against against = {0};
    pulang_status status = read_with(t, NULL, 0, &instance, told);
    if (status == PULANG_OK)
        status = pulang_run_describe(instance, &like, &t->error);
    /* What is kept of the changes are texts of the first run, not of the instance. */
    if (status == PULANG_OK &&
        pulang_compare_changes(t->comparison->arena, like, t->comparison->runs[0], &against) != 0)
        status = pulang_fail_memory(&t->error);
    if (status == PULANG_OK)
        status = find_base(t, &against);
    pulang_run_free(like);
    pulang_instance_free(instance);
    return status;
}

/* ---- one change ---- */

static int count_elsewhere(const pulang_run *first, const pulang_instance *instance,
                           const pulang_plan *plan) {
    int n = 0;
    for (int p = 0; p < instance->n_persons; p++) {
        int row = pulang_run_row(&first->persons, instance->persons[p].id);
        const char *post = plan->post[p] == PULANG_NONE ? "" : instance->posts[plan->post[p]].id;
        n += row < 0 || strcmp(pulang_run_post(first, row), post) != 0;
    }
    return n;
}

static pulang_status keep_plan(trial *t, const pulang_instance *instance, const pulang_plan *plan,
                               pulang_effect *effect) {
    pulang_arena *arena = t->comparison->arena;
    effect->tried = true;
    effect->exists = plan->exists;
    effect->levels = pulang_arena_alloc(arena, (size_t)plan->n_levels, sizeof *effect->levels);
    if (!effect->levels)
        return pulang_fail_memory(&t->error);
    for (int l = 0; plan->exists && l < plan->n_levels; l++) {
        const pulang_level_result *level = &plan->levels[l];
        const char *name = pulang_arena_copy(arena, level->name, strlen(level->name));
        if (!name)
            return pulang_fail_memory(&t->error);
        effect->levels[effect->n_levels++] =
            (pulang_run_level){name, level->value, level->bound, level->proven};
    }
    effect->elsewhere =
        plan->exists ? count_elsewhere(t->comparison->runs[0], instance, plan) : instance->n_persons;
    return PULANG_OK;
}

static pulang_status solve_change(trial *t, const pulang_change *change, pulang_effect *effect, bool *told) {
    pulang_override set[PULANG_CHANGE_OVERRIDES];
    pulang_instance *instance = NULL;
    pulang_plan *plan = NULL;
    pulang_settings settings;
    progress_line line;
    int n;
    if (!pulang_change_overrides(change, t->comparison->arena, set, &n))
        return n < 0 ? pulang_fail_memory(&t->error) : PULANG_OK;
    pulang_status status = read_with(t, set, n, &instance, told);
    if (status == PULANG_OK) {
        settings_make(&settings, instance, t->settings);
        progress_begin(&line, false);
        settings.progress = progress_report;
        settings.progress_user = &line;
        status = pulang_solve(instance, &settings, &plan, &t->error);
        progress_end(&line);
    }
    if (status == PULANG_OK)
        status = keep_plan(t, instance, plan, effect);
    pulang_plan_free(plan);
    pulang_instance_free(instance);
    return status;
}

/* The one change of a run is what the run itself shows. */
static void take_run(const pulang_comparison *comparison, pulang_effect *effect) {
    const pulang_run *run = comparison->runs[effect->run];
    effect->tried = effect->exists = true;
    effect->n_levels = run->n_levels;
    effect->levels = run->levels;
    effect->elsewhere = comparison->against[effect->run].n_differences;
}

static pulang_status try_all(trial *t, bool *told) {
    pulang_comparison *comparison = t->comparison;
    pulang_status status = PULANG_OK;
    for (int r = 1; r < comparison->n_runs; r++)
        for (int c = 0; status == PULANG_OK && c < comparison->against[r].n_changes; c++) {
            pulang_effect *effect = &comparison->effects[comparison->n_effects++];
            *effect = (pulang_effect){.run = r, .change = c};
            if (comparison->against[r].n_changes == 1)
                take_run(comparison, effect);
            else if (!interrupt_requested())
                status = solve_change(t, &comparison->against[r].changes[c], effect, told);
        }
    return status;
}

int effects_make(pulang_comparison *comparison, const char *dir, const char *scenario,
                 const settings_arguments *settings) {
    trial t = {.comparison = comparison, .dir = dir, .scenario = scenario, .settings = settings};
    size_t n = 0;
    bool told = false;
    for (int r = 1; r < comparison->n_runs; r++)
        n += (size_t)comparison->against[r].n_changes;
    comparison->effects = pulang_arena_alloc(comparison->arena, n, sizeof *comparison->effects);
    pulang_status status = comparison->effects ? PULANG_OK : pulang_fail_memory(&t.error);
    interrupt_init();
    if (status == PULANG_OK)
        status = begin(&t, &told);
    if (status == PULANG_OK)
        status = try_all(&t, &told);
    if (status == PULANG_OK)
        return EXIT_SOLVED;
    return told ? EXIT_BAD_INPUT : report_error(&t.error);
}
