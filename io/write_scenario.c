#include "io/write_scenario.h"

#include <math.h>
#include <stdio.h>

#define THOUSANDTHS 1000.0
#define DECIMALS 6

/* ---- scenario ---- */

static void write_levels(const pulang_scenario *scenario, pulang_json_builder *json) {
    pulang_json_open_array(json, "levels");
    for (int l = 0; l < scenario->n_levels; l++)
        pulang_json_text(json, NULL, scenario->levels[l].name);
    pulang_json_close(json);
}

static void write_weights(const pulang_scenario *scenario, pulang_json_builder *json) {
    for (int t = 0; t < PULANG_N_TERMS; t++) {
        char key[64];
        snprintf(key, sizeof key, "weights.%s", pulang_term_names[t]);
        pulang_json_real(json, key, (double)scenario->weight[t] / THOUSANDTHS, 3);
    }
}

static void write_curve(const pulang_scenario *scenario, pulang_json_builder *json) {
    pulang_json_open_array(json, "hometown.curve");
    for (int i = 0; i < scenario->n_curve; i++) {
        pulang_json_open_object(json, NULL);
        pulang_json_real(json, "at", scenario->curve[i].at, DECIMALS);
        pulang_json_real(json, "retention", scenario->curve[i].retention, DECIMALS);
        pulang_json_close(json);
    }
    pulang_json_close(json);
}

static void write_phases(const pulang_scenario *scenario, pulang_json_builder *json) {
    pulang_json_open_array(json, "phases");
    for (int i = 0; i < scenario->n_phases; i++) {
        pulang_json_open_object(json, NULL);
        pulang_json_text(json, "name", scenario->phases[i].name);
        pulang_json_integer(json, "moves", scenario->phases[i].moves);
        pulang_json_close(json);
    }
    pulang_json_close(json);
}

void pulang_scenario_write(const pulang_scenario *scenario, pulang_json_builder *json) {
    pulang_json_open_object(json, "scenario");
    write_levels(scenario, json);
    write_weights(scenario, json);
    pulang_json_text(json, "hometown.by", scenario->by_hours ? "hours" : "km");
    write_curve(scenario, json);
    pulang_json_real(json, "hometown.mismatch", scenario->mismatch, DECIMALS);
    pulang_json_real(json, "hometown.unknown", scenario->unknown_retention, DECIMALS);
    pulang_json_real(json, "distance.detour", scenario->detour, DECIMALS);
    pulang_json_real(json, "distance.speed_kmh", scenario->speed_kmh, DECIMALS);
    pulang_json_text(json, "posts.minimum", scenario->hard_minimums ? "hard" : "required");
    pulang_json_real(json, "groups.within_km", scenario->group_km, DECIMALS);
    pulang_json_text(json, "pairs.mode", scenario->pairs_only ? "only" : "add");
    pulang_json_real(json, "tenure.min_years", scenario->min_tenure, DECIMALS);
    pulang_json_real(json, "workload.effective_hours", scenario->effective_hours, DECIMALS);
    pulang_json_real(json, "limits.time", scenario->time_limit > 0 ? scenario->time_limit : NAN, DECIMALS);
    pulang_json_real(json, "limits.gap", scenario->gap >= 0 ? scenario->gap : NAN, DECIMALS);
    if (scenario->max_moves >= 0)
        pulang_json_integer(json, "limits.moves", scenario->max_moves);
    else
        pulang_json_text(json, "limits.moves", NULL);
    pulang_json_text(json, "envy.forbid", *scenario->envy_forbid ? scenario->envy_forbid : NULL);
    write_phases(scenario, json);
    pulang_json_close(json);
}

/* ---- rules ---- */

/* A bound in the measure, of a share in percent; null where there is none. */
static void write_bound(const pulang_quota *quota, const char *key, bool given, int64_t value,
                        pulang_json_builder *json) {
    double bound = quota->share ? 100.0 * (double)quota->part / (double)quota->whole
                                : (double)value / (double)quota->scale;
    pulang_json_real(json, key, given ? bound : NAN, DECIMALS);
}

static void write_rule(const pulang_instance *instance, const pulang_quota *quota,
                       pulang_json_builder *json) {
    pulang_json_open_object(json, NULL);
    pulang_json_text(json, "name", quota->name);
    pulang_json_boolean(json, "on", quota->on);
    pulang_json_text(json, "tier",
                     quota->tier == PULANG_TIER_HARD ? "hard" : instance->scenario.levels[quota->tier].name);
    pulang_json_text(json, "each", quota->each);
    pulang_json_text(json, "persons", quota->persons_text);
    pulang_json_text(json, "posts", quota->posts_text);
    pulang_json_boolean(json, "share", quota->share);
    pulang_json_text(json, "of", quota->share ? quota->of_text : NULL);
    pulang_json_text(json, "measure", quota->measure_text);
    write_bound(quota, "min", quota->has_min, quota->min, json);
    pulang_json_boolean(json, "or_none", quota->or_none);
    if (quota->target_is_work)
        pulang_json_text(json, "target", "work");
    else
        write_bound(quota, "target", quota->has_target, quota->target, json);
    write_bound(quota, "max", quota->has_max, quota->max, json);
    pulang_json_real(json, "weight", (double)quota->weight / THOUSANDTHS, 3);
    pulang_json_close(json);
}

void pulang_rules_write(const pulang_instance *instance, pulang_json_builder *json) {
    pulang_json_open_array(json, "rules");
    for (int q = 0; q < instance->n_quotas; q++)
        write_rule(instance, &instance->quotas[q], json);
    pulang_json_close(json);
}
