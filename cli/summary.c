#include "cli/summary.h"

#include "model/alloc.h"
#include "model/error.h"
#include "model/indicators.h"
#include "model/plan.h"

#include <inttypes.h>
#include <stdio.h>

/* The figures that a planner asks for first; summary.json has them all. */
static const pulang_indicator_id shown[] = {
    PULANG_INDICATOR_PLACED,       PULANG_INDICATOR_UNPLACED,      PULANG_INDICATOR_SHORT,
    PULANG_INDICATOR_HOME_VILLAGE, PULANG_INDICATOR_HOME_DISTRICT, PULANG_INDICATOR_HOME_KM_MEAN,
    PULANG_INDICATOR_STAYERS,      PULANG_INDICATOR_MOVES,
};

static void print_outcome(const pulang_plan *plan) {
    switch (plan->outcome) {
    case PULANG_OPTIMAL:
        fprintf(stderr, _("The best plan there is, proven at every level (%s, %.1f s).\n"), plan->method,
                plan->seconds);
        break;
    case PULANG_FEASIBLE:
        fprintf(stderr, _("A plan within the gap asked for (%s, %.1f s).\n"), plan->method, plan->seconds);
        break;
    case PULANG_INFEASIBLE:
        fprintf(stderr, _("There is no plan: %s.\n"), plan->reason);
        break;
    case PULANG_LIMIT:
        fprintf(stderr,
                plan->exists
                    ? _("Stopped after %.1f s with the best plan so far; what is not proven says so.\n")
                    : _("Stopped after %.1f s, before a plan was found.\n"),
                plan->seconds);
        break;
    }
}

static void print_method(const pulang_plan *plan) {
    if (plan->exists && *plan->why)
        fprintf(stderr, _("Method %s: %s.\n"), plan->method, plan->why);
}

static void print_levels(const pulang_plan *plan) {
    for (int i = 0; i < plan->n_levels; i++) {
        const pulang_level_result *level = &plan->levels[i];
        fprintf(stderr, "  %d %-24s %14" PRId64 "  ", i + 1, level->name, level->value);
        if (level->proven && level->bound == level->value)
            fprintf(stderr, "%s\n", _("proven: the least possible"));
        else if (level->bound > INT64_MIN)
            fprintf(stderr, _("cannot be below %" PRId64 "\n"), level->bound);
        else
            fprintf(stderr, "%s\n", _("not proven"));
    }
}

/* What it costs that nobody may envy the posts which the scenario names. */
static void print_envy(const pulang_plan *plan) {
    bool same = true;
    if (!plan->free_value)
        return;
    for (int i = 0; i < plan->n_levels; i++)
        same = same && plan->levels[i].value == plan->free_value[i];
    if (same) {
        fprintf(stderr, "%s\n", _("That nobody has cause for envy where it is forbidden costs nothing."));
        return;
    }
    fprintf(stderr, "%s\n",
            plan->outcome == PULANG_OPTIMAL
                ? _("That nobody has cause for envy where it is forbidden costs:")
                : _("That nobody has cause for envy where it is forbidden costs, in the best plan so far:"));
    for (int i = 0; i < plan->n_levels; i++)
        fprintf(stderr, _("  %d %-24s %+14" PRId64 "  (%" PRId64 " without that rule)\n"), i + 1,
                plan->levels[i].name, plan->levels[i].value - plan->free_value[i], plan->free_value[i]);
}

static pulang_status figures(const pulang_instance *instance, const int *post_of,
                             pulang_indicator indicators[PULANG_N_INDICATORS], pulang_error *error) {
    pulang_evaluation *evaluation = NULL;
    pulang_status status = pulang_check_plan(instance, post_of, &evaluation, error);
    if (status == PULANG_OK)
        status = pulang_indicators_compute(instance, post_of, evaluation, indicators, error);
    pulang_evaluation_free(evaluation);
    return status;
}

static void print_figure(const pulang_indicator *today, const pulang_indicator *plan) {
    if (pulang_indicator_is_share(plan->name))
        fprintf(stderr, "  %10.1f %% %10.1f %%  %s\n", 100 * today->value, 100 * plan->value,
                plan->description);
    else
        fprintf(stderr, "  %12.*f %12.*f  %s (%s)\n", today->decimals, today->value, plan->decimals,
                plan->value, plan->description, plan->unit);
}

static pulang_status print_figures(const pulang_instance *instance, const int *plan_posts, int *today_posts,
                                   pulang_error *error) {
    pulang_indicator today[PULANG_N_INDICATORS], plan[PULANG_N_INDICATORS];
    pulang_status_quo(instance, today_posts);
    pulang_status status = figures(instance, today_posts, today, error);
    if (status == PULANG_OK)
        status = figures(instance, plan_posts, plan, error);
    if (status != PULANG_OK)
        return status;
    fprintf(stderr, "\n  %12s %12s\n", _("today"), _("plan"));
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        print_figure(&today[shown[i]], &plan[shown[i]]);
    return PULANG_OK;
}

pulang_status summary_print(const pulang_instance *instance, const pulang_plan *plan, pulang_error *error) {
    print_outcome(plan);
    print_method(plan);
    if (!plan->exists)
        return PULANG_OK;
    print_levels(plan);
    print_envy(plan);
    int *today = pulang_alloc((size_t)instance->n_persons, sizeof *today);
    if (!today)
        return pulang_fail_memory(error);
    pulang_status status = print_figures(instance, plan->post, today, error);
    pulang_free(today);
    return status;
}
