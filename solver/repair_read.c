/*
 * A plan for the elastic rules as the changes that it stands for.
 */
#include "model/error.h"
#include "solver/repair.h"

typedef struct reader {
    const relaxed_model *model;
    const pulang_tariff *tariff;
    const relaxed_plan *plan;
    pulang_repair *repair;
} reader;

static bool is_least(const pulang_rule *rule) {
    return rule->kind == PULANG_RULE_MINIMUM || rule->kind == PULANG_RULE_AT_LEAST;
}

/* What those of `persons` bring to the group in the plan, and those of `of`. */
static void sum_share(const reader *r, const pulang_rule *rule, int64_t *counted, int64_t *of) {
    const pulang_instance *instance = &r->model->staff->instance;
    const pulang_quota *quota = &instance->quotas[rule->quota];
    const pulang_problem *base = r->model->problem;
    *counted = *of = 0;
    for (int k = 0; k < base->n_classes; k++) {
        int person = base->members[base->member_begin[k]];
        bool counts = pulang_filter_matches(instance, quota->persons, person);
        bool among = pulang_filter_matches(instance, quota->of, person);
        for (int i = 0; (counts || among) && i < rule->info->n_posts; i++) {
            int post = rule->info->posts[i], flow = relaxed_flow(r->plan, k, post);
            int64_t brought = flow ? flow * pulang_quota_measure(instance, quota, person, post) : 0;
            *counted += counts ? brought : 0;
            *of += among ? brought : 0;
        }
    }
}

/* The bound of a share with which the plan would do, in hundredths of a percent. */
static int64_t new_share(const reader *r, const pulang_rule *rule) {
    int64_t counted, of;
    sum_share(r, rule, &counted, &of);
    if (is_least(rule))
        return of > 0 ? 10000 * counted / of : 0;
    return of <= 0 || counted > of ? PULANG_BOUND_NONE : (10000 * counted + of - 1) / of;
}

static int64_t cost_of(const reader *r, const pulang_rule *rule, int64_t value) {
    int64_t price = relaxed_price(r->model, rule, r->tariff);
    if (rule->total == PULANG_NONE || relaxed_switches(rule))
        return price;
    return price * (is_least(rule) ? rule->bound - value : value - rule->bound);
}

static void read_rule(reader *r, int index) {
    const pulang_rule *rule = &r->model->rules->rule[index];
    const pulang_quota *quota =
        rule->quota == PULANG_NONE ? NULL : &r->model->staff->instance.quotas[rule->quota];
    int64_t value;
    if (relaxed_keeps(r->model, r->plan, rule, &value))
        return;
    pulang_change change = {.kind = pulang_tariff_kind(rule),
                            .rule = index,
                            .from = pulang_rule_bound(r->model->rules, rule),
                            .to = value,
                            .like = PULANG_NONE,
                            .made_for = PULANG_NONE,
                            .cost = cost_of(r, rule, value)};
    if (quota && quota->share)
        change.to = new_share(r, rule);
    r->repair->changes[r->repair->n++] = change;
}

/* Those of a class who come, if any. */
static int read_recruits(reader *r, int class) {
    const pulang_problem *p = r->plan->problem;
    const pulang_recruit *recruit = &r->model->staff->recruits[r->model->recruit[class]];
    int first = p->arc_begin[class], last = p->arc_begin[class + 1];
    pulang_change change = {.kind = PULANG_CHANGE_HIRE,
                            .rule = PULANG_NONE,
                            .like = recruit->like,
                            .made_for = recruit->made_for};
    for (int a = first; a < last; a++) {
        change.count += r->plan->solution->flow[a];
        change.n_posts += r->plan->solution->flow[a] > 0;
    }
    if (change.count == 0)
        return 0;
    change.cost = change.count * r->tariff->price[PULANG_CHANGE_HIRE] * r->model->scale;
    change.posts = pulang_arena_alloc(r->model->arena, (size_t)change.n_posts, sizeof *change.posts);
    if (!change.posts)
        return -1;
    change.n_posts = 0;
    for (int a = first; a < last; a++)
        if (r->plan->solution->flow[a] > 0)
            change.posts[change.n_posts++] = p->arc_post[a];
    r->repair->changes[r->repair->n++] = change;
    return 0;
}

pulang_status repair_read(const relaxed_model *model, const pulang_tariff *tariff, const relaxed_plan *plan,
                          pulang_repair *repair, pulang_error *error) {
    reader r = {.model = model, .tariff = tariff, .plan = plan, .repair = repair};
    size_t room = (size_t)model->rules->n + (size_t)model->staff->n_recruits;
    repair->n = 0;
    repair->changes = pulang_arena_alloc(model->arena, room, sizeof *repair->changes);
    if (!repair->changes)
        return pulang_fail_memory(error);
    for (int k = 0; k < model->problem->n_classes; k++)
        if (model->recruit[k] != PULANG_NONE && read_recruits(&r, k))
            return pulang_fail_memory(error);
    for (int i = 0; i < model->rules->n; i++)
        read_rule(&r, i);
    return PULANG_OK;
}
