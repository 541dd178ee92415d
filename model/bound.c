#include "model/bound.h"

#include "model/alloc.h"
#include "model/bound_step.h"
#include "model/error.h"
#include "model/exact.h"

#include <assert.h>
#include <string.h>

typedef struct proof {
    bound_step step;
    const pulang_step *steps; /* of the certificate */
    int n, next;
    const int64_t *value; /* of the levels, as claimed */
    bool found;           /* the step wanted last was there */
    int64_t scale;        /* of that step */
    int64_t sum;          /* its bound in 1/scale; INT64_MAX: no plan at all */
    int64_t branched;     /* the same by its branches; INT64_MIN: it has none */
    int64_t *branches;    /* what is proven at each, see bound_tree_minimise; NULL: it has none */
    int64_t *least;       /* [n_levels * n_persons] see pulang_bound_persons; NULL: not wanted */
} proof;

/* ---- the objective and the prices of a step ---- */

/* The total that a price is for, PULANG_NONE: there is no such total. */
static int priced_total(const bound_step *step, const pulang_price *price) {
    if (price->post != PULANG_NONE)
        return price->post >= 0 && price->post < step->instance->n_posts ? price->post : PULANG_NONE;
    if (price->quota == PULANG_NONE)
        return price->cut >= 0 && price->cut < step->n_cuts ? step->relaxation->n_totals + price->cut
                                                            : PULANG_NONE;
    int group = pulang_relaxation_group(step->relaxation, price->quota, price->key);
    return group == PULANG_NONE ? PULANG_NONE : step->instance->n_posts + group;
}

/* The prices of posts as a person pays them: with those of the cuts that count the heads. */
static void set_tolls(bound_step *step) {
    bool *overflow = &step->overflow;
    for (int j = 0; j < step->instance->n_posts; j++)
        step->toll[j] = step->price[j];
    for (int c = 0; c < step->n_cuts; c++) {
        int64_t price = step->price[step->relaxation->n_totals + c];
        for (int k = 0; price != 0 && k < step->cuts[c].n_parts; k++) {
            const pulang_cut_part *part = &step->cuts[c].parts[k];
            int64_t toll = pulang_exact_multiply(price, part->weight, overflow);
            for (int i = 0; i < part->n_posts; i++)
                step->toll[part->posts[i]] = pulang_exact_add(step->toll[part->posts[i]], toll, overflow);
        }
    }
}

pulang_status bound_set_prices(bound_step *step, const pulang_price *prices, int n_prices,
                               pulang_error *error) {
    memset(step->price, 0, (size_t)(step->relaxation->n_totals + step->n_cuts) * sizeof *step->price);
    for (int i = 0; i < n_prices; i++) {
        int total = priced_total(step, &prices[i]);
        if (total == PULANG_NONE)
            return pulang_fail(error, PULANG_ERROR_INPUT,
                               _("the certificate has a price for something that does not exist"));
        step->price[total] = prices[i].price;
    }
    set_tolls(step);
    return PULANG_OK;
}

static void set_objective(bound_step *step, const pulang_step *stated, int64_t largest) {
    const pulang_scenario *scenario = &step->instance->scenario;
    bool sum = stated->kind == PULANG_STEP_LEVEL;
    step->kind = stated->kind;
    step->level = stated->level;
    step->largest = largest;
    step->missing = sum || stated->kind == PULANG_STEP_FEASIBLE ? 0 : stated->scale;
    step->n_weighted = 0;
    step->out = 0;
    for (int l = 0; l < scenario->n_levels; l++) {
        int64_t held = stated->held && l < stated->level ? stated->held[l] : 0;
        assert(held >= 0 && (held == 0 || scenario->levels[l].kind != PULANG_LEVEL_BALANCE));
        step->weight[l] = sum && l == stated->level ? stated->scale : held;
        if (step->weight[l] == 0)
            continue;
        step->weighted[step->n_weighted++] = l;
        if (scenario->levels[l].kind == PULANG_LEVEL_UNPLACED)
            step->out = pulang_exact_add(step->out, step->weight[l], &step->overflow);
    }
}

/* What the levels held may cost at most: sum of held * value. */
static int64_t held_value(proof *pr, const pulang_step *stated) {
    bool *overflow = &pr->step.overflow;
    int64_t sum = 0;
    for (int l = 0; stated->held && l < stated->level; l++)
        sum = pulang_exact_add(sum, pulang_exact_multiply(stated->held[l], pr->value[l], overflow), overflow);
    return sum;
}

/* ---- one step ---- */

int64_t bound_minimise(bound_step *step, int64_t slack) {
    const pulang_instance *instance = step->instance;
    int64_t sum = 0;
    for (int p = 0; p < instance->n_persons; p++)
        if (!bound_person_grouped(step, p))
            sum = pulang_exact_add(sum, bound_person_minimise(step, p, slack), &step->overflow);
    for (int g = 0; g < instance->n_groups; g++)
        if (instance->groups[g].persons.n > 1)
            sum = pulang_exact_add(sum, bound_group_minimise(step, g, slack), &step->overflow);
    for (int t = 0; t < step->relaxation->n_totals + step->n_cuts; t++)
        sum = pulang_exact_add(sum, bound_total_minimise(step, t, slack), &step->overflow);
    return sum;
}

/* Bounds the next step of the certificate if it is the one wanted. */
static pulang_status bound_next(proof *pr, pulang_step_kind kind, int level, int64_t largest,
                                pulang_error *error) {
    const pulang_step *stated = &pr->steps[pr->next];
    pr->sum = pr->branched = INT64_MIN;
    pulang_free(pr->branches);
    pr->branches = NULL;
    pr->found = pr->next < pr->n && stated->kind == kind && stated->level == level;
    if (!pr->found)
        return PULANG_OK;
    assert(stated->scale >= 1);
    pr->next++;
    pr->scale = stated->scale;
    set_objective(&pr->step, stated, largest);
    int64_t held = held_value(pr, stated);
    pulang_status status = PULANG_OK;
    if (stated->tree && kind != PULANG_STEP_LEVEL)
        return pulang_fail(error, PULANG_ERROR_INPUT, _("a step has branches that is not of a level"));
    if (stated->tree && !pr->least) /* persons add by the prices of the step alone */
        status = bound_tree_minimise(&pr->step, stated->tree, held, &pr->branches, error);
    if (pr->branches)
        pr->branched = pr->branches[0];
    if (status == PULANG_OK)
        status = bound_set_prices(&pr->step, stated->prices, stated->n_prices, error);
    if (status != PULANG_OK)
        return status;
    int64_t sum = pulang_exact_subtract(bound_minimise(&pr->step, BOUND_KEEP), held, &pr->step.overflow);
    if (pr->step.overflow)
        return pulang_fail(error, PULANG_ERROR_LIMIT, _("the sums of the certificate do not fit 64 bits"));
    pr->sum = pr->step.empty ? INT64_MAX : sum;
    return PULANG_OK;
}

/* The bound of the step in whole units, by its prices or by its branches. */
static int64_t bound_in_units(const proof *pr) {
    int64_t most = pr->sum > pr->branched ? pr->sum : pr->branched;
    return most == INT64_MAX ? INT64_MAX : pulang_exact_ceil(most, pr->scale);
}

/* Leaves what plans that attain the value can be made of, for the steps after this one. *possible: there can
   be such plans. */
static pulang_status narrow(proof *pr, int64_t value, bool *possible, pulang_error *error) {
    bool *overflow = &pr->step.overflow;
    int64_t attained = pulang_exact_multiply(pr->scale, value, overflow);
    *possible = pr->sum <= attained && pr->branched <= attained;
    if (*possible && !*overflow && pr->next < pr->n) {
        bound_minimise(&pr->step, pulang_exact_subtract(attained, pr->sum, overflow));
        if (pr->branches)
            bound_tree_narrow(&pr->step, pr->steps[pr->next - 1].tree, pr->branches, attained);
    }
    if (*overflow)
        return pulang_fail(error, PULANG_ERROR_LIMIT, _("the sums of the certificate do not fit 64 bits"));
    return PULANG_OK;
}

/* Takes down what each person adds to the bound of the step in hand. */
static void note_persons(proof *pr, int level) {
    const pulang_instance *instance = pr->step.instance;
    int64_t *least = pr->least + (size_t)level * (size_t)instance->n_persons;
    for (int p = 0; p < instance->n_persons; p++)
        if (!bound_person_grouped(&pr->step, p))
            least[p] = pulang_exact_round(bound_person_minimise(&pr->step, p, BOUND_KEEP), pr->scale);
}

/* ---- the steps in order ---- */

/* *possible: what comes after may be bounded over the plans as good as this one. */
static pulang_status prove_sum(proof *pr, int level, pulang_bound *result, bool *possible,
                               pulang_error *error) {
    pulang_status status = bound_next(pr, PULANG_STEP_LEVEL, level, 0, error);
    if (status != PULANG_OK || !pr->found)
        return status;
    int64_t bound = bound_in_units(pr);
    if (pr->least)
        note_persons(pr, level);
    *result = (pulang_bound){bound >= pr->value[level], bound};
    return narrow(pr, pr->value[level], possible, error);
}

static pulang_status prove_largest(proof *pr, int level, pulang_bound *result, bool *possible,
                                   pulang_error *error) {
    int64_t value = pr->value[level];
    pulang_status status = PULANG_OK;
    *result = (pulang_bound){false, 0};
    *possible = false;
    if (value > 0)
        status = bound_next(pr, PULANG_STEP_BELOW, level, value - 1, error);
    if (status != PULANG_OK || (value > 0 && bound_in_units(pr) < 1))
        return status;
    status = bound_next(pr, PULANG_STEP_HOLD, level, value, error);
    if (status != PULANG_OK || bound_in_units(pr) != 0)
        return status;
    *result = (pulang_bound){true, value};
    return narrow(pr, 0, possible, error);
}

static pulang_status prove_all(proof *pr, pulang_bound *result, bool *infeasible, pulang_error *error) {
    const pulang_scenario *scenario = &pr->step.instance->scenario;
    bool possible = true;
    pulang_status status = bound_next(pr, PULANG_STEP_FEASIBLE, PULANG_NONE, 0, error);
    *infeasible = pr->sum > 0;
    if (status == PULANG_OK && pr->found)
        status = narrow(pr, 0, &possible, error);
    for (int l = 0; status == PULANG_OK && possible && l < scenario->n_levels; l++)
        status = scenario->levels[l].kind == PULANG_LEVEL_BALANCE
                     ? prove_largest(pr, l, &result[l], &possible, error)
                     : prove_sum(pr, l, &result[l], &possible, error);
    return status;
}

static pulang_status prepare(bound_step *step, pulang_error *error) {
    const pulang_instance *instance = step->instance;
    size_t n_levels = (size_t)instance->scenario.n_levels;
    step->relaxation = pulang_relaxation_new(instance);
    if (!step->relaxation)
        return pulang_fail_memory(error);
    step->overflow = step->relaxation->overflow;
    step->weight = pulang_alloc(n_levels, sizeof *step->weight);
    step->weighted = pulang_alloc(n_levels, sizeof *step->weighted);
    step->price = pulang_alloc((size_t)(step->relaxation->n_totals + step->n_cuts), sizeof *step->price);
    step->toll = pulang_alloc((size_t)instance->n_posts, sizeof *step->toll);
    step->reduced = pulang_alloc((size_t)instance->n_posts, sizeof *step->reduced);
    if (!step->weight || !step->weighted || !step->price || !step->toll || !step->reduced ||
        bound_room_init(&step->room, instance) != 0)
        return pulang_fail_memory(error);
    pulang_preference_init(&step->preference, instance);
    return step->n_cuts > 0 ? bound_cuts_init(step, error) : PULANG_OK;
}

static void clear(bound_step *step) {
    pulang_free(step->weight);
    pulang_free(step->weighted);
    pulang_free(step->price);
    pulang_free(step->toll);
    pulang_free(step->reduced);
    bound_room_clear(&step->room);
    pulang_relaxation_free(step->relaxation);
}

/* least: NULL, or where what persons add goes. */
static pulang_status compute(const pulang_instance *instance, const pulang_step *steps, int n_steps,
                             const int64_t *value, int64_t *least, pulang_bound *result, bool *infeasible,
                             pulang_error *error) {
    proof pr = {.step = {.instance = instance},
                .steps = steps,
                .n = n_steps,
                .value = value,
                .scale = 1,
                .least = least};
    int n_levels = instance->scenario.n_levels;
    bool none = false;
    if (n_steps > 0) {
        pr.step.n_cuts = steps[0].n_cuts;
        pr.step.cuts = steps[0].cuts;
    }
    pulang_bound *bounds = pulang_alloc((size_t)n_levels, sizeof *bounds);
    pulang_status status = bounds ? prepare(&pr.step, error) : pulang_fail_memory(error);
    for (int l = 0; status == PULANG_OK && l < n_levels; l++)
        bounds[l] = (pulang_bound){.bound = INT64_MIN};
    if (status == PULANG_OK)
        status = prove_all(&pr, bounds, &none, error);
    if (status == PULANG_OK) {
        memcpy(result, bounds, (size_t)n_levels * sizeof *bounds);
        *infeasible = none;
    }
    pulang_free(bounds);
    pulang_free(pr.branches);
    clear(&pr.step);
    return status;
}

pulang_status pulang_bound_compute(const pulang_instance *instance, const pulang_step *steps, int n_steps,
                                   const int64_t *value, pulang_bound *result, bool *infeasible,
                                   pulang_error *error) {
    return compute(instance, steps, n_steps, value, NULL, result, infeasible, error);
}

pulang_status pulang_bound_persons(const pulang_instance *instance, const pulang_step *steps, int n_steps,
                                   const int64_t *value, int64_t *least, pulang_error *error) {
    size_t n_levels = (size_t)instance->scenario.n_levels, n = n_levels * (size_t)instance->n_persons;
    bool infeasible;
    pulang_bound *bounds = pulang_alloc(n_levels, sizeof *bounds);
    if (!bounds)
        return pulang_fail_memory(error);
    for (size_t i = 0; i < n; i++)
        least[i] = INT64_MIN;
    pulang_status status = compute(instance, steps, n_steps, value, least, bounds, &infeasible, error);
    pulang_free(bounds);
    return status;
}
