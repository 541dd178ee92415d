/*
 * Quotas and hours of work of the page. An anonymous report leaves out what they tell of posts with few
 * people: their hours, their pay, or what a quota selects them by.
 */
#include "io/write_report_plan.h"
#include "model/alloc.h"
#include "model/error.h"

#include <math.h>

/* ---- quotas ---- */

/* Whether the sums over the posts of the group may be told. */
static bool told(const pulang_report_writer *writer, const pulang_quota_group_info *group,
                 const int *filled) {
    const pulang_quota *quota = &writer->instance->quotas[group->quota];
    if (!writer->anonymous || (quota->measure == PULANG_MEASURE_HEADS && !quota->persons && !quota->share))
        return true;
    int heads = 0;
    for (int i = 0; i < group->n_posts; i++)
        heads += filled[group->posts[i]];
    return heads >= PULANG_REPORT_FEWEST;
}

static void write_amount(pulang_report_writer *writer, const char *key, bool given, double amount) {
    pulang_json_real(writer->json, key, given ? amount : NAN, 2);
}

static double share_of(const pulang_quota_use *use) {
    return use->of ? (double)pulang_check_share(use) / 100 : NAN;
}

static void write_bounds(pulang_report_writer *writer, const pulang_quota_group_info *group) {
    const pulang_quota *quota = &writer->instance->quotas[group->quota];
    double scale = (double)quota->scale,
           bound = quota->share ? 100.0 * (double)quota->part / (double)quota->whole : 0;
    pulang_json_boolean(writer->json, "percent", quota->share);
    write_amount(writer, "min", group->has_min, quota->share ? bound : (double)group->min / scale);
    write_amount(writer, "target", group->has_target && !quota->share, (double)group->target / scale);
    write_amount(writer, "max", group->has_max, quota->share ? bound : (double)group->max / scale);
}

static void write_use(pulang_report_writer *writer, int u) {
    const pulang_output *output = writer->output;
    const pulang_quota_use *plan = &output->evaluation->uses[u], *today = &output->today->uses[u];
    const pulang_quota_group_info *group = &plan->info;
    const pulang_quota *quota = &writer->instance->quotas[group->quota];
    double scale = (double)quota->scale;
    bool plan_told = told(writer, group, output->evaluation->filled);
    bool today_told = told(writer, group, output->today->filled);
    int64_t missing = group->target - plan->value;
    write_bounds(writer, group);
    write_amount(writer, "value", plan_told, quota->share ? share_of(plan) : (double)plan->value / scale);
    write_amount(writer, "status_quo", today_told,
                 quota->share ? share_of(today) : (double)today->value / scale);
    write_amount(writer, "short", plan_told && group->has_target && !quota->share,
                 missing > 0 ? (double)missing / scale : 0);
}

static void write_quotas(pulang_report_writer *writer) {
    const pulang_instance *instance = writer->instance;
    pulang_json_open_array(writer->json, "quotas");
    for (int u = 0; u < writer->output->evaluation->n_uses; u++) {
        const pulang_quota_group_info *group = &writer->output->evaluation->uses[u].info;
        const pulang_quota *quota = &instance->quotas[group->quota];
        pulang_json_open_object(writer->json, NULL);
        pulang_json_text(writer->json, "name", quota->name);
        pulang_json_text(writer->json, "group", group->key);
        pulang_json_text(writer->json, "basis", quota->basis);
        pulang_json_text(writer->json, "measure", quota->measure_text);
        pulang_json_text(writer->json, "tier",
                         quota->tier == PULANG_TIER_HARD ? "hard"
                                                         : instance->scenario.levels[quota->tier].name);
        write_use(writer, u);
        pulang_json_close(writer->json);
    }
    pulang_json_close(writer->json);
}

/* ---- units ---- */

typedef struct load {
    int64_t work, staff; /* hundredths of hours a week */
    int heads;
} load;

static void write_loads(pulang_report_writer *writer, const load *loads, int n) {
    pulang_json_builder *json = writer->json;
    pulang_json_open_object(json, "unit_load");
    pulang_json_open_array(json, "unit");
    for (int i = 0; i < n; i++)
        if (loads[i].work > 0)
            pulang_json_integer(json, NULL, i);
    pulang_json_close(json);
    pulang_json_open_array(json, "hours_work");
    for (int i = 0; i < n; i++)
        if (loads[i].work > 0)
            pulang_json_real(json, NULL, (double)loads[i].work / PULANG_HUNDREDTHS, 2);
    pulang_json_close(json);
    pulang_json_open_array(json, "hours_staff");
    for (int i = 0; i < n; i++)
        if (loads[i].work > 0) {
            bool hidden = writer->anonymous && loads[i].heads < PULANG_REPORT_FEWEST;
            pulang_json_real(json, NULL, hidden ? NAN : (double)loads[i].staff / PULANG_HUNDREDTHS, 2);
        }
    pulang_json_close(json);
    pulang_json_close(json);
}

/* Of the units that bring work. */
static pulang_status write_units(pulang_report_writer *writer, pulang_error *error) {
    const pulang_instance *instance = writer->instance;
    load *loads = pulang_alloc((size_t)instance->n_posts, sizeof *loads);
    if (!loads)
        return pulang_fail_memory(error);
    for (int j = 0; j < instance->n_posts; j++) {
        int unit = pulang_report_name(&writer->units, instance->posts[j].unit);
        if (unit == PULANG_NONE || !*instance->posts[j].unit)
            continue;
        loads[unit].work += instance->posts[j].hours;
        loads[unit].staff += writer->output->hours[j];
        loads[unit].heads += writer->output->evaluation->filled[j];
    }
    write_loads(writer, loads, (int)writer->units.n);
    pulang_free(loads);
    return PULANG_OK;
}

pulang_status pulang_report_rules(pulang_report_writer *writer, pulang_error *error) {
    write_quotas(writer);
    return write_units(writer, error);
}
