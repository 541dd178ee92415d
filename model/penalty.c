#include "model/penalty.h"

#include "model/shortage.h"

/* For products that do not fit 64 bits. */
__extension__ typedef __int128 wide;

static bool at_balance(const pulang_instance *instance, const pulang_quota *quota) {
    return quota->tier != PULANG_TIER_HARD &&
           instance->scenario.levels[quota->tier].kind == PULANG_LEVEL_BALANCE;
}

static int64_t below(int64_t value, int64_t bound) {
    return value < bound ? bound - value : 0;
}

bool pulang_penalty_hard(const pulang_instance *instance, const pulang_quota *quota) {
    return quota->tier == PULANG_TIER_HARD || at_balance(instance, quota);
}

int64_t pulang_penalty_post(const pulang_instance *instance, int level, int post, int64_t heads) {
    const pulang_post *j = &instance->posts[post];
    switch (instance->scenario.levels[level].kind) {
    case PULANG_LEVEL_REQUIRED:
        return instance->scenario.hard_minimums ? 0 : below(heads, j->min);
    case PULANG_LEVEL_SHORTAGE:
        return pulang_shortage_cost(j->target, below(heads, j->target), j->priority, 1);
    default:
        return 0;
    }
}

/* Thousandths of weight, rounded to whole units and at least one. */
static int64_t unit_cost(const pulang_quota *quota) {
    int64_t cost = quota->weight / 1000 + (quota->weight % 1000 >= 500);
    return cost > 1 ? cost : 1;
}

/* ceil(1000 * missing / target) */
static int64_t permille(int64_t missing, int64_t target) {
    return (int64_t)(((wide)missing * 1000 + target - 1) / target);
}

int64_t pulang_penalty_group(const pulang_instance *instance, int level, const pulang_quota_group_info *group,
                             int64_t value) {
    const pulang_quota *quota = &instance->quotas[group->quota];
    bool balance = at_balance(instance, quota), aimed = group->has_target && group->target > 0;
    int64_t cost = 0;
    if (instance->scenario.levels[level].kind == PULANG_LEVEL_SHORTAGE && aimed && !balance)
        cost += pulang_shortage_cost(group->target, below(value, group->target), quota->weight, quota->scale);
    if (quota->tier != level)
        return cost;
    if (balance)
        return aimed ? permille(below(value, group->target), group->target) : 0;
    if (group->has_min)
        cost += unit_cost(quota) * below(value, group->min);
    if (group->has_max)
        cost += unit_cost(quota) * below(group->max, value);
    return cost;
}

int64_t pulang_penalty_need(const pulang_instance *instance, int level, const pulang_quota_group_info *group,
                            int64_t largest) {
    const pulang_quota *quota = &instance->quotas[group->quota];
    if (quota->tier != level || !at_balance(instance, quota) || !group->has_target || group->target <= 0)
        return 0;
    /* 1000 * (target - m) <= largest * target */
    wide slack = (wide)largest * group->target / 1000;
    return slack < group->target ? group->target - (int64_t)slack : 0;
}
