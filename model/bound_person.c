/* The terms of the bound that are a person. */
#include "model/bound_step.h"
#include "model/exact.h"

bool bound_person_grouped(const bound_step *step, int person) {
    int group = step->instance->persons[person].group;
    return group != PULANG_NONE && step->instance->groups[group].persons.n > 1;
}

int64_t bound_limit(int64_t best, int64_t slack) {
    bool overflow = false;
    int64_t limit = pulang_exact_add(best, slack, &overflow);
    return overflow ? INT64_MAX : limit;
}

/* Cost of placing the person in the post, with the prices of the totals it goes into. */
static int64_t reduced_cost(bound_step *step, int person, int post) {
    const pulang_relaxation *relaxation = step->relaxation;
    bool *overflow = &step->overflow;
    int64_t cost = step->toll[post];
    for (int i = 0; i < step->n_weighted; i++) {
        int level = step->weighted[i];
        int64_t own = pulang_preference_cost(&step->preference, level, person, post);
        cost = pulang_exact_add(cost, pulang_exact_multiply(step->weight[level], own, overflow), overflow);
    }
    for (int i = relaxation->groups_begin[post]; i < relaxation->groups_begin[post + 1]; i++) {
        int group = relaxation->group_of[i], total = step->instance->n_posts + group;
        if (step->price[total] == 0)
            continue;
        int64_t steps =
            pulang_relaxation_amount(relaxation, group, person, post) / relaxation->ranges[total].unit;
        cost = pulang_exact_add(cost, pulang_exact_multiply(step->price[total], steps, overflow), overflow);
    }
    return cost;
}

int64_t bound_person_costs(bound_step *step, int person, int64_t *reduced) {
    const pulang_relaxation *relaxation = step->relaxation;
    size_t begin = relaxation->begin[person], end = relaxation->end[person];
    int64_t best = INT64_MAX;
    for (size_t i = begin; i < end; i++) {
        int64_t cost = reduced_cost(step, person, relaxation->posts[i]);
        reduced[i - begin] = cost;
        best = cost < best ? cost : best;
    }
    return best;
}

/* Leaves the person only the choices that cost at most limit. */
static void narrow(bound_step *step, int person, int64_t limit) {
    pulang_relaxation *relaxation = step->relaxation;
    size_t begin = relaxation->begin[person], kept = begin;
    for (size_t i = begin; i < relaxation->end[person]; i++)
        if (step->reduced[i - begin] <= limit)
            relaxation->posts[kept++] = relaxation->posts[i];
    relaxation->end[person] = kept;
    relaxation->may_stay_out[person] = relaxation->may_stay_out[person] && step->out <= limit;
}

int64_t bound_person_minimise(bound_step *step, int person, int64_t slack) {
    const pulang_relaxation *relaxation = step->relaxation;
    bool may_stay_out = relaxation->may_stay_out[person];
    if (relaxation->begin[person] == relaxation->end[person] && !may_stay_out) {
        step->empty = true;
        return 0;
    }
    int64_t best = bound_person_costs(step, person, step->reduced);
    best = may_stay_out && step->out < best ? step->out : best;
    if (slack >= 0)
        narrow(step, person, bound_limit(best, slack));
    return best;
}
