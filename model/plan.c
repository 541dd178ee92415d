#include "model/plan.h"

#include "model/alloc.h"

pulang_plan *pulang_plan_new(const pulang_instance *instance) {
    pulang_arena *arena = pulang_arena_new();
    if (!arena)
        return NULL;
    int n_levels = instance->scenario.n_levels;
    pulang_plan *plan = pulang_arena_alloc(arena, 1, sizeof *plan);
    int *post = pulang_arena_alloc(arena, (size_t)instance->n_persons, sizeof *post);
    pulang_level_result *levels = pulang_arena_alloc(arena, (size_t)n_levels, sizeof *levels);
    if (!plan || !post || !levels) {
        pulang_arena_free(arena);
        return NULL;
    }
    for (int p = 0; p < instance->n_persons; p++)
        post[p] = PULANG_NONE;
    for (int l = 0; l < n_levels; l++)
        levels[l].name = instance->scenario.levels[l].name;
    *plan = (pulang_plan){.instance = instance,
                          .arena = arena,
                          .post = post,
                          .n_levels = n_levels,
                          .levels = levels,
                          .method = "",
                          .why = "",
                          .reason = ""};
    return plan;
}

void pulang_plan_free(pulang_plan *plan) {
    if (plan)
        pulang_arena_free(plan->arena);
}

pulang_outcome pulang_plan_outcome(const pulang_plan *plan) {
    return plan->outcome;
}

bool pulang_plan_exists(const pulang_plan *plan) {
    return plan->exists;
}

const char *pulang_plan_method(const pulang_plan *plan) {
    return plan->method;
}

int pulang_plan_post(const pulang_plan *plan, int person) {
    return plan->post[person];
}

int pulang_plan_levels(const pulang_plan *plan) {
    return plan->n_levels;
}

const pulang_level_result *pulang_plan_level(const pulang_plan *plan, int level) {
    return &plan->levels[level];
}

const char *pulang_plan_reason(const pulang_plan *plan) {
    return plan->reason;
}
