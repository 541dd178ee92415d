/* quotas.csv: one row for each group of each quota that is on. */
#include "io/output.h"
#include "model/error.h"
#include "model/relaxation.h"

#include <string.h>

static void headings(const pulang_output *output, pulang_csv_writer *csv) {
    static const char *const names[] = {"quota",     "group",     "measure", "basis", "tier",
                                        "min",       "target",    "max",     "value", "status_quo",
                                        "slack_min", "slack_max", "short"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        pulang_csv_text(csv, names[i]);
    if (output->plan->n_steps > 0)
        pulang_csv_text(csv, "step");
    pulang_output_price_headings(output->plan, csv);
    pulang_output_exact_headings(output, "min_", csv);
    pulang_output_exact_headings(output, "max_", csv);
    pulang_csv_end_row(csv);
}

/* Decimals that a value of this scale (1, 10 or 100 per unit of the measure) has. */
static int decimals_of(const pulang_quota *quota) {
    return quota->scale >= 100 ? 2 : quota->scale >= 10 ? 1 : 0;
}

static void write_bound(pulang_csv_writer *csv, bool given, int64_t value, int decimals) {
    if (given)
        pulang_csv_fixed(csv, value, decimals);
    else
        pulang_csv_blank(csv);
}

static int64_t price_of(const pulang_step *step, const pulang_quota_group_info *group) {
    for (int i = 0; i < step->n_prices; i++)
        if (step->prices[i].post == PULANG_NONE && step->prices[i].quota == group->quota &&
            strcmp(step->prices[i].key, group->key) == 0)
            return pulang_output_price(step, i);
    return 0;
}

static void write_prices(const pulang_output *output, const pulang_relaxation *relaxation, int use,
                         pulang_csv_writer *csv) {
    const pulang_plan *plan = output->plan;
    const pulang_quota_group_info *group = &output->evaluation->uses[use].info;
    if (!relaxation)
        return;
    int64_t unit = relaxation->ranges[output->instance->n_posts + use].unit;
    const pulang_quota *quota = &output->instance->quotas[group->quota];
    int decimals = decimals_of(quota);
    for (int64_t whole = quota->share ? quota->whole : 1; whole > 1; whole /= 10)
        decimals++;
    pulang_csv_fixed(csv, unit, decimals);
    for (int l = 0; l < plan->n_levels; l++) {
        int step = pulang_output_step(plan, l);
        if (step != PULANG_NONE)
            pulang_csv_integer(csv, price_of(&plan->steps[step], group));
    }
}

/* min .. short of a quota that counts an amount. */
static void write_amounts(const pulang_quota *quota, const pulang_quota_use *use, int64_t today,
                          pulang_csv_writer *csv) {
    const pulang_quota_group_info *group = &use->info;
    int decimals = decimals_of(quota);
    int64_t missing = group->target - use->value;
    bool binds = group->has_min && !(group->or_none && use->value == 0);
    write_bound(csv, group->has_min, group->min, decimals);
    write_bound(csv, group->has_target, group->target, decimals);
    write_bound(csv, group->has_max, group->max, decimals);
    pulang_csv_fixed(csv, use->value, decimals);
    pulang_csv_fixed(csv, today, decimals);
    write_bound(csv, binds, use->value - group->min, decimals);
    write_bound(csv, group->has_max, group->max - use->value, decimals);
    write_bound(csv, group->has_target, missing > 0 ? missing : 0, decimals);
}

static void write_percent(pulang_csv_writer *csv, bool given, int64_t hundredths) {
    if (given)
        pulang_csv_percent(csv, hundredths);
    else
        pulang_csv_blank(csv);
}

/* The same columns of a share, in percent; blank where there is nothing to take a share of. */
static void write_share(const pulang_quota *quota, const pulang_quota_use *use, const pulang_quota_use *today,
                        pulang_csv_writer *csv) {
    int64_t bound = quota->part * 10000 / quota->whole, share = use->of ? pulang_check_share(use) : 0;
    write_percent(csv, quota->has_min, bound);
    pulang_csv_blank(csv);
    write_percent(csv, quota->has_max, bound);
    write_percent(csv, use->of != 0, share);
    write_percent(csv, today->of != 0, today->of ? pulang_check_share(today) : 0);
    write_percent(csv, quota->has_min && use->of, share - bound);
    write_percent(csv, quota->has_max && use->of, bound - share);
    pulang_csv_blank(csv);
}

static void write_group(const pulang_output *output, const pulang_relaxation *relaxation, int use,
                        pulang_csv_writer *csv) {
    const pulang_instance *instance = output->instance;
    const pulang_quota_use *now = &output->evaluation->uses[use], *today = &output->today->uses[use];
    const pulang_quota *quota = &instance->quotas[now->info.quota];
    pulang_csv_text(csv, quota->name);
    pulang_csv_text(csv, now->info.key);
    pulang_csv_text(csv, quota->measure_text);
    pulang_csv_text(csv, quota->basis);
    pulang_csv_text(csv,
                    quota->tier == PULANG_TIER_HARD ? "hard" : instance->scenario.levels[quota->tier].name);
    if (quota->share)
        write_share(quota, now, today, csv);
    else
        write_amounts(quota, now, today->value, csv);
    write_prices(output, relaxation, use, csv);
    if (output->plan->prices) {
        pulang_output_exact_cells(output, &output->plan->prices->min[use], csv);
        pulang_output_exact_cells(output, &output->plan->prices->max[use], csv);
    }
    pulang_csv_end_row(csv);
}

pulang_status pulang_write_quotas(const pulang_output *output, pulang_csv_writer *csv, pulang_error *error) {
    int n_uses = output->evaluation->n_uses;
    pulang_relaxation *relaxation = NULL; /* knows the step that a price is for */
    if (output->plan->n_steps > 0 && n_uses > 0) {
        relaxation = pulang_relaxation_new(output->instance);
        if (!relaxation)
            return pulang_fail_memory(error);
    }
    headings(output, csv);
    for (int u = 0; u < n_uses; u++)
        write_group(output, relaxation, u, csv);
    pulang_relaxation_free(relaxation);
    return PULANG_OK;
}
