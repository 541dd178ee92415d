/* summary.json: what was found, from what, and how long it took. The only file with times in it. */
#include "io/output.h"
#include "io/write_scenario.h"
#include "model/error.h"

#include <math.h>

const char *pulang_output_status(const pulang_plan *plan) {
    switch (plan->outcome) {
    case PULANG_OPTIMAL:
        return "optimal";
    case PULANG_FEASIBLE:
        return "feasible";
    case PULANG_INFEASIBLE:
        return "infeasible";
    default:
        return "limit";
    }
}

static const char *method_name(pulang_method method) {
    switch (method) {
    case PULANG_METHOD_CORE:
        return "core";
    case PULANG_METHOD_GLPK:
        return "glpk";
    case PULANG_METHOD_LAGRANGE:
        return "lagrange";
    default:
        return "auto";
    }
}

void pulang_output_bound(pulang_json_builder *json, int64_t bound) {
    if (bound == INT64_MIN)
        pulang_json_text(json, "bound", NULL);
    else
        pulang_json_integer(json, "bound", bound);
}

void pulang_output_describe(pulang_json_builder *json, const pulang_indicator *indicator) {
    pulang_json_text(json, "name", indicator->name);
    pulang_json_text(json, "description", indicator->description);
    pulang_json_text(json, "unit", indicator->unit);
    pulang_json_integer(json, "decimals", indicator->decimals);
    pulang_json_integer(json, "better", indicator->better);
}

static const char *proof_name(pulang_proof proof) {
    return proof == PULANG_PROOF_PRICES ? "prices" : proof == PULANG_PROOF_SEARCH ? "search" : NULL;
}

/* How the level was proven, and what it would be without the levels above. */
static void add_statement(const pulang_level_statement *statement, pulang_json_builder *json) {
    pulang_json_text(json, "proof", proof_name(statement->proof));
    if (!statement->solved) {
        pulang_json_text(json, "alone", NULL);
        return;
    }
    pulang_json_open_object(json, "alone");
    pulang_json_integer(json, "value", statement->value);
    pulang_output_bound(json, statement->bound);
    pulang_json_boolean(json, "proven", statement->proven);
    pulang_json_close(json);
}

static void add_levels(const pulang_output *output, pulang_json_builder *json) {
    const pulang_plan *plan = output->plan;
    pulang_json_open_array(json, "levels");
    for (int l = 0; l < plan->n_levels; l++) {
        const pulang_level_result *level = &plan->levels[l];
        pulang_json_open_object(json, NULL);
        pulang_json_text(json, "name", level->name);
        if (plan->exists) {
            pulang_json_integer(json, "value", level->value);
            pulang_output_bound(json, level->bound);
            pulang_json_boolean(json, "proven", level->proven);
            if (plan->free_value)
                pulang_json_integer(json, "without_envy_rule", plan->free_value[l]);
        }
        if (plan->statement)
            add_statement(&plan->statement[l], json);
        pulang_json_integer(json, "status_quo", output->today->value[l]);
        if (!output->settings->no_times)
            pulang_json_real(json, "seconds", level->seconds, 3);
        pulang_json_close(json);
    }
    pulang_json_close(json);
}

double pulang_output_gap(const pulang_plan *plan) {
    double largest = 0;
    for (int l = 0; l < plan->n_levels; l++) {
        const pulang_level_result *level = &plan->levels[l];
        if (!plan->exists || level->bound == INT64_MIN)
            return NAN;
        double value = (double)level->value;
        largest = fmax(largest, (value - (double)level->bound) / fmax(1, fabs(value)));
    }
    return largest;
}

static void add_indicators(const pulang_output *output, pulang_json_builder *json) {
    pulang_json_open_object(json, "indicators");
    for (int i = 0; i < PULANG_N_INDICATORS; i++) {
        const pulang_indicator *today = &output->figures_today[i];
        pulang_json_open_object(json, today->name);
        pulang_json_real(json, "plan", output->evaluation ? output->figures[i].value : NAN, today->decimals);
        pulang_json_real(json, "status_quo", today->value, today->decimals);
        pulang_json_text(json, "unit", today->unit);
        pulang_json_close(json);
    }
    pulang_json_close(json);
}

static void add_prices(const pulang_output *output, pulang_json_builder *json) {
    const pulang_prices *prices = output->plan->prices;
    pulang_json_open_object(json, "exact_prices");
    pulang_json_integer(json, "asked", prices->n);
    pulang_json_integer(json, "reached", prices->n_reached);
    if (!output->settings->no_times)
        pulang_json_real(json, "seconds", prices->seconds, 3);
    pulang_json_close(json);
}

static void add_seconds(const pulang_output *output, pulang_json_builder *json) {
    double read = output->instance->seconds_read, build = output->plan->seconds_build;
    double solve = output->plan->seconds - build, write = pulang_output_clock() - output->begin;
    pulang_json_open_object(json, "seconds");
    pulang_json_real(json, "read", read, 3);
    pulang_json_real(json, "build", build, 3);
    pulang_json_real(json, "solve", solve, 3);
    pulang_json_real(json, "write", write, 3);
    pulang_json_real(json, "total", read + build + solve + write, 3);
    pulang_json_close(json);
}

static void add_settings(const pulang_settings *settings, pulang_json_builder *json) {
    pulang_json_open_object(json, "settings");
    pulang_json_text(json, "method", method_name(settings->method));
    pulang_json_real(json, "time_limit", settings->time_limit, 3);
    pulang_json_real(json, "gap", settings->gap, 6);
    pulang_json_integer(json, "threads", settings->threads);
    pulang_json_close(json);
}

/* What was set beside the scenario; of a key that was set twice the last. */
static void add_set(const pulang_instance *instance, pulang_json_builder *json) {
    if (instance->n_set == 0)
        return;
    pulang_json_open_object(json, "set");
    for (int i = 0; i < instance->n_set; i++)
        pulang_json_text(json, instance->set[i].key, instance->set[i].value);
    pulang_json_close(json);
}

static void add_inputs(const pulang_instance *instance, pulang_json_builder *json) {
    pulang_json_open_object(json, "inputs");
    for (int i = 0; i < instance->n_inputs; i++)
        pulang_json_text(json, instance->inputs[i].name, instance->inputs[i].sha256);
    pulang_json_close(json);
}

char *pulang_write_summary(const pulang_output *output) {
    const pulang_plan *plan = output->plan;
    pulang_json_builder *json = pulang_json_builder_new();
    if (!json)
        return NULL;
    pulang_json_text(json, "title", output->instance->scenario.title);
    pulang_json_text(json, "version", PULANG_VERSION);
    pulang_json_text(json, "language", pulang_language());
    pulang_json_text(json, "status", pulang_output_status(plan));
    pulang_json_boolean(json, "plan", plan->exists);
    if (*plan->reason)
        pulang_json_text(json, "reason", plan->reason);
    pulang_json_text(json, "method", plan->method);
    add_levels(output, json);
    pulang_json_real(json, "gap", pulang_output_gap(plan), 9);
    add_indicators(output, json);
    if (plan->prices)
        add_prices(output, json);
    if (!output->settings->no_times)
        add_seconds(output, json);
    pulang_json_integer(json, "seed", output->settings->seed);
    add_settings(output->settings, json);
    add_set(output->instance, json);
    pulang_scenario_write(&output->instance->scenario, json);
    pulang_rules_write(output->instance, json);
    add_inputs(output->instance, json);
    char *text = pulang_json_finish(json);
    pulang_json_builder_free(json);
    return text;
}
