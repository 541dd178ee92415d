#include "model/gap.h"

#include "model/alloc.h"

pulang_gap *pulang_gap_new(int n_agents, int n_jobs, int n_resources) {
    size_t pairs = (size_t)n_agents * (size_t)n_jobs;
    pulang_gap *gap = pulang_alloc(1, sizeof *gap);
    if (!gap)
        return NULL;
    gap->n_agents = n_agents;
    gap->n_jobs = n_jobs;
    gap->n_resources = n_resources;
    gap->cost = pulang_alloc(pairs, sizeof *gap->cost);
    gap->use = pulang_alloc(pairs * (size_t)n_resources, sizeof *gap->use);
    gap->capacity = pulang_alloc((size_t)n_agents * (size_t)n_resources, sizeof *gap->capacity);
    if (!gap->cost || !gap->use || !gap->capacity) {
        pulang_gap_free(gap);
        return NULL;
    }
    return gap;
}

void pulang_gap_free(pulang_gap *gap) {
    if (!gap)
        return;
    pulang_free(gap->cost);
    pulang_free(gap->use);
    pulang_free(gap->capacity);
    pulang_free(gap);
}

void pulang_gap_plan_free(pulang_gap_plan *plan) {
    if (!plan)
        return;
    pulang_free(plan->agent);
    pulang_free(plan->price);
    pulang_free(plan);
}

/* Whether the jobs of the agent fit his capacity of the resource. */
static bool fits(const pulang_gap *gap, const pulang_gap_plan *plan, int resource, int agent) {
    size_t place = (size_t)resource * (size_t)gap->n_agents + (size_t)agent;
    const int32_t *use = gap->use + place * (size_t)gap->n_jobs;
    int64_t load = 0;
    for (int j = 0; j < gap->n_jobs; j++)
        if (plan->agent[j] == agent)
            load += use[j];
    return load <= gap->capacity[place];
}

/* The first thing that is wrong with the plan; NULL: nothing. */
static const char *fault(const pulang_gap *gap, const pulang_gap_plan *plan) {
    if (plan->exists && plan->infeasible)
        return "a plan exists although none is possible";
    if (!plan->exists)
        return plan->optimal ? "no plan cannot be optimal" : NULL;
    int64_t objective = 0;
    for (int j = 0; j < gap->n_jobs; j++) {
        if (plan->agent[j] < 0 || plan->agent[j] >= gap->n_agents)
            return "a job has no agent";
        objective += gap->cost[(size_t)plan->agent[j] * (size_t)gap->n_jobs + (size_t)j];
    }
    for (int r = 0; r < gap->n_resources; r++)
        for (int i = 0; i < gap->n_agents; i++)
            if (!fits(gap, plan, r, i))
                return "an agent's capacity is exceeded";
    if (objective != plan->objective)
        return "the costs do not add up to the objective";
    if (gap->maximise ? objective > plan->bound : objective < plan->bound)
        return "the plan is better than its bound";
    if (plan->optimal && objective != plan->bound)
        return "the plan is called optimal but its bound differs";
    return NULL;
}

bool pulang_gap_check(const pulang_gap *gap, const pulang_gap_plan *plan, const char **message) {
    const char *text = fault(gap, plan);
    if (text && message)
        *message = text;
    return !text;
}
