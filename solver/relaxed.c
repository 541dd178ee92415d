#include "solver/relaxed.h"

#include "model/alloc.h"
#include "model/eligible.h"
#include "model/error.h"
#include "solver/relaxed_build.h"
#include "solver/solve.h"

#include <math.h>
#include <string.h>

/* A price of any rule is at least so many units of cost, so that rounding it changes little; but for scales
   beyond the largest, which would leave costs too large for the mixed-integer model. */
#define LEAST_SLOPE 4
#define LARGEST_SCALE 10000

bool relaxed_switches(const pulang_rule *rule) {
    return rule->kind == PULANG_RULE_OPENING || rule->kind == PULANG_RULE_NONE_OR ||
           rule->kind == PULANG_RULE_TOGETHER;
}

/* What one person adds to a total at most. */
static int64_t largest_amount(const pulang_total *total) {
    int64_t largest = total->uniform ? total->unit : 1;
    for (int i = 0; i < total->n_terms; i++) {
        int64_t amount = total->term_amount[i] < 0 ? -total->term_amount[i] : total->term_amount[i];
        largest = amount > largest ? amount : largest;
    }
    return largest;
}

int64_t relaxed_price(const relaxed_model *model, const pulang_rule *rule, const pulang_tariff *tariff) {
    int64_t price = tariff->price[pulang_tariff_kind(rule)];
    if (price == PULANG_PRICE_NEVER)
        return price;
    price *= model->scale;
    if (rule->total == PULANG_NONE || relaxed_switches(rule))
        return price;
    int64_t amount = largest_amount(&model->problem->totals[rule->total]);
    int64_t slope = (price + amount / 2) / amount;
    return slope > 0 ? slope : 1;
}

static void choose_scale(relaxed_model *model, const pulang_tariff *tariff) {
    int64_t least = INT64_MAX;
    for (model->scale = 1; model->scale < LARGEST_SCALE; model->scale *= 10) {
        least = INT64_MAX;
        for (int r = 0; r < model->rules->n; r++) {
            int64_t price = relaxed_price(model, &model->rules->rule[r], tariff);
            least = price < least ? price : least;
        }
        if (least >= LEAST_SLOPE)
            break;
    }
}

static int number_classes(relaxed_model *model) {
    const pulang_problem *p = model->problem;
    size_t n_classes = (size_t)p->n_classes;
    model->held_rule = pulang_arena_alloc(model->arena, n_classes, sizeof *model->held_rule);
    model->recruit = pulang_arena_alloc(model->arena, n_classes, sizeof *model->recruit);
    model->class_of =
        pulang_arena_alloc(model->arena, (size_t)model->staff->instance.n_persons, sizeof *model->class_of);
    if (!model->held_rule || !model->recruit || !model->class_of)
        return -1;
    for (int k = 0; k < p->n_classes; k++) {
        int first = p->members[p->member_begin[k]];
        model->held_rule[k] = PULANG_NONE;
        model->recruit[k] = first < model->staff->n_persons ? PULANG_NONE : first - model->staff->n_persons;
        for (int i = p->member_begin[k]; i < p->member_begin[k + 1]; i++)
            model->class_of[p->members[i]] = k;
    }
    for (int r = 0; r < model->rules->n; r++)
        if (model->rules->rule[r].person != PULANG_NONE)
            model->held_rule[model->class_of[model->rules->rule[r].person]] = r;
    return 0;
}

pulang_status relaxed_model_init(relaxed_model *model, const pulang_instance *instance,
                                 const pulang_settings *settings, const pulang_tariff *tariff,
                                 pulang_arena *arena, pulang_rules **rules, pulang_error *error) {
    *model = (relaxed_model){
        .settings = settings, .deadline = pulang_clock() + settings->time_limit, .arena = arena};
    model->stopped = pulang_arena_alloc(arena, 1, sizeof *model->stopped);
    if (!model->stopped)
        return pulang_fail_memory(error);
    pulang_status status = pulang_staff_new(instance, arena, &model->staff, error);
    if (status == PULANG_OK)
        status = pulang_rules_new(&model->staff->instance, instance->n_persons, rules, error);
    model->rules = *rules;
    if (status == PULANG_OK)
        status = pulang_problem_new(&model->staff->instance, &model->problem, error);
    if (status != PULANG_OK)
        return status;
    if (number_classes(model))
        return pulang_fail_memory(error);
    choose_scale(model, tariff);
    return PULANG_OK;
}

void relaxed_model_clear(relaxed_model *model) {
    pulang_problem_free(model->problem);
}

typedef struct watch {
    const relaxed_model *model;
    bool any; /* stops at the first plan */
} watch;

static bool watch_progress(const pulang_progress *progress, void *user) {
    const watch *w = user;
    const pulang_settings *settings = w->model->settings;
    if (settings->progress && settings->progress(progress, settings->progress_user))
        *w->model->stopped = true;
    return *w->model->stopped || (w->any && progress->has_incumbent);
}

pulang_status relaxed_solve(const relaxed_model *model, const relaxed_form *form, relaxed_plan *plan,
                            pulang_error *error) {
    pulang_settings settings = *model->settings;
    watch w = {.model = model, .any = form->any};
    settings.time_limit = *model->stopped ? 0.001 : fmax(model->deadline - pulang_clock(), 0.001);
    settings.gap = form->any;
    settings.progress = watch_progress;
    settings.progress_user = &w;
    relaxed_plan made = {0};
    int64_t earned = 0;
    pulang_status status = relaxed_build(model, form, &made.problem, &earned, error);
    if (status == PULANG_OK && settings.method == PULANG_METHOD_AUTO &&
        !pulang_core_applies(made.problem, NULL))
        settings.method = PULANG_METHOD_GLPK; /* one level of few costs: little for prices on rules to find */
    if (status == PULANG_OK)
        status = pulang_solve_problem(made.problem, &settings, NULL, &made.solution, error);
    if (status != PULANG_OK) {
        relaxed_plan_clear(&made);
        return status;
    }
    made.outcome = made.solution->outcome;
    if (made.solution->exists)
        made.cost = earned + made.solution->levels[0].value;
    *plan = made;
    return PULANG_OK;
}

void relaxed_plan_clear(relaxed_plan *plan) {
    pulang_solution_free(plan->solution);
    pulang_problem_free(plan->problem);
    *plan = (relaxed_plan){0};
}

int relaxed_flow(const relaxed_plan *plan, int class, int post) {
    const pulang_problem *p = plan->problem;
    for (int a = p->arc_begin[class]; a < p->arc_begin[class + 1]; a++)
        if (p->arc_post[a] == post)
            return plan->solution->flow[a];
    return 0;
}

/* The place of the only member of a class, PULANG_NONE: without a post. */
static int place_of(const relaxed_plan *plan, int class) {
    const pulang_problem *p = plan->problem;
    for (int a = p->arc_begin[class]; a < p->arc_begin[class + 1]; a++)
        if (plan->solution->flow[a] > 0)
            return p->post_place[p->arc_post[a]];
    return PULANG_NONE;
}

static bool together(const relaxed_model *model, const relaxed_plan *plan, const pulang_ints *persons) {
    for (int i = 0; i < persons->n; i++)
        for (int h = i + 1; h < persons->n; h++) {
            int a = place_of(plan, model->class_of[persons->items[i]]);
            int b = place_of(plan, model->class_of[persons->items[h]]);
            if ((a == PULANG_NONE) != (b == PULANG_NONE) ||
                (a != PULANG_NONE && !pulang_problem_near(plan->problem, a, b)))
                return false;
        }
    return true;
}

bool relaxed_keeps(const relaxed_model *model, const relaxed_plan *plan, const pulang_rule *rule,
                   int64_t *value) {
    *value = 0;
    if (rule->total != PULANG_NONE)
        *value = pulang_problem_total(plan->problem, rule->total, plan->solution->flow);
    switch (rule->kind) {
    case PULANG_RULE_MINIMUM:
    case PULANG_RULE_AT_LEAST:
        return *value >= rule->bound;
    case PULANG_RULE_SEATS:
    case PULANG_RULE_AT_MOST:
        return *value <= rule->bound;
    case PULANG_RULE_OPENING:
    case PULANG_RULE_NONE_OR:
        return *value == 0 || *value >= rule->bound;
    case PULANG_RULE_PIN:
    case PULANG_RULE_STAY:
        return relaxed_flow(plan, model->class_of[rule->person], rule->post) > 0;
    case PULANG_RULE_TOGETHER:
    case PULANG_N_RULE_KINDS:
        break;
    }
    return together(model, plan, &model->staff->instance.groups[rule->group].persons);
}
