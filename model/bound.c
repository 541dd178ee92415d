#include "model/bound.h"

#include "model/alloc.h"
#include "model/error.h"
#include "model/exact.h"
#include "model/penalty.h"
#include "model/preference.h"
#include "model/relaxation.h"
#include "model/shortage.h"

#include <string.h>

typedef struct proof {
    const pulang_instance *instance;
    pulang_relaxation *relaxation;
    pulang_preference preference;
    int64_t *price;   /* [n_totals] per step of the total, at the step of the proof in hand */
    int64_t *reduced; /* [n_posts] reduced costs of one person's choices */
    bool overflow;    /* a sum left 64 bits: nothing after it means anything */
    bool empty;       /* a person or a total has no choice at all */
    int64_t bound;    /* of the last step; INT64_MIN: it was not there, INT64_MAX: no plan at all */
} proof;

/* The objective of one step of the certificate. */
typedef struct objective {
    pulang_step_kind kind;
    int level;
    int64_t largest; /* permille to reach, for BELOW and HOLD */
} objective;

/* The total that a price is for, PULANG_NONE: there is no such total. */
static int priced_total(const proof *pr, const pulang_price *price) {
    if (price->post != PULANG_NONE)
        return price->post >= 0 && price->post < pr->instance->n_posts ? price->post : PULANG_NONE;
    int group = pulang_relaxation_group(pr->relaxation, price->quota, price->key);
    return group == PULANG_NONE ? PULANG_NONE : pr->instance->n_posts + group;
}

static pulang_status set_prices(proof *pr, const pulang_step *step, pulang_error *error) {
    memset(pr->price, 0, (size_t)pr->relaxation->n_totals * sizeof *pr->price);
    for (int i = 0; i < step->n_prices; i++) {
        int total = priced_total(pr, &step->prices[i]);
        if (total == PULANG_NONE)
            return pulang_fail(error, PULANG_ERROR_INPUT,
                               _("the certificate has a price for something that does not exist"));
        pr->price[total] = step->prices[i].price;
    }
    return PULANG_OK;
}

/* The quota's group behind a total, NULL: the total is a post. */
static const pulang_quota_group_info *group_of(const proof *pr, int total) {
    return total < pr->instance->n_posts ? NULL : &pr->relaxation->groups[total - pr->instance->n_posts];
}

/* Steps that a total needs at a largest level. */
static int64_t steps_needed(const proof *pr, const objective *goal, int total) {
    const pulang_quota_group_info *group = group_of(pr, total);
    if (!group || (goal->kind != PULANG_STEP_BELOW && goal->kind != PULANG_STEP_HOLD))
        return 0;
    return pulang_exact_ceil(pulang_penalty_need(pr->instance, goal->level, group, goal->largest),
                             pr->relaxation->ranges[total].unit);
}

/* f(n): what n steps of the total cost under the objective. */
static int64_t total_cost(const proof *pr, const objective *goal, int total, int64_t n, int64_t need) {
    const pulang_quota_group_info *group = group_of(pr, total);
    if (goal->kind != PULANG_STEP_LEVEL)
        return need > 0 && n < need ? need - n : 0;
    return group ? pulang_penalty_group(pr->instance, goal->level, group,
                                        n * pr->relaxation->ranges[total].unit)
                 : pulang_penalty_post(pr->instance, goal->level, total, n);
}

#define MOST_BENDS (PULANG_SHORTAGE_PIECES + 3)

/* Where the cost of a total may bend at a level, in its measure. */
static int list_bends(const proof *pr, int total, int64_t bends[MOST_BENDS]) {
    const pulang_quota_group_info *group = group_of(pr, total);
    int n = 0;
    int64_t target = 0;
    if (group) {
        if (group->has_min)
            bends[n++] = group->min;
        if (group->has_max)
            bends[n++] = group->max;
        target = group->has_target ? group->target : 0;
    } else {
        bends[n++] = pr->instance->posts[total].min;
        target = pr->instance->posts[total].target;
    }
    for (int i = 0; target > 0 && i <= pulang_shortage_pieces(target); i++)
        bends[n++] = target - pulang_shortage_break(target, i);
    return n;
}

#define MOST_POINTS (2 * MOST_BENDS + 4)

/* The steps n between which f is linear: the ends of the range, both of its parts where it has an open, and
   those around the bends. */
static int list_points(const proof *pr, const objective *goal, int total, int64_t points[MOST_POINTS]) {
    const pulang_range *range = &pr->relaxation->ranges[total];
    int64_t bends[MOST_BENDS];
    int n_bends = goal->kind == PULANG_STEP_LEVEL ? list_bends(pr, total, bends) : 0, n = 0;
    int64_t first = range->open > 0 ? range->open : range->lower;
    points[n++] = range->lower;
    points[n++] = range->upper;
    if (range->open > 0)
        points[n++] = range->open;
    for (int i = 0; i < 2 * n_bends; i++) {
        int64_t at = i % 2 == 0 ? pulang_exact_floor(bends[i / 2], range->unit)
                                : pulang_exact_ceil(bends[i / 2], range->unit);
        if (at > first && at < range->upper && at != points[n - 1])
            points[n++] = at;
    }
    int64_t need = steps_needed(pr, goal, total);
    if (need > first && need < range->upper)
        points[n++] = need;
    return n;
}

/* Leaves the total only the steps from first to last, which attain the minimum; next: the least above 0
   that does. */
static void restrict_range(pulang_range *range, int64_t first, int64_t last, int64_t next) {
    bool open = range->open > 0 && first == 0 && last > 0;
    *range = (pulang_range){range->unit, first, last, open ? next : 0};
}

/* min of f(n) - price * n over the steps left to the total. With restricting the total is left only
   the n from the first to the last that attain it. */
static int64_t minimise_total(proof *pr, const objective *goal, int total, bool restricting) {
    pulang_range *range = &pr->relaxation->ranges[total];
    if (range->lower > range->upper) {
        pr->empty = true;
        return 0;
    }
    int64_t points[MOST_POINTS], need = steps_needed(pr, goal, total);
    int n_points = list_points(pr, goal, total, points);
    int64_t best = 0, first = 0, last = 0, next = 0;
    for (int i = 0; i < n_points; i++) {
        int64_t n = points[i], worth = pulang_exact_multiply(pr->price[total], n, &pr->overflow);
        int64_t cost = pulang_exact_subtract(total_cost(pr, goal, total, n, need), worth, &pr->overflow);
        if (i == 0 || cost < best) {
            best = cost;
            first = last = next = n;
        } else if (cost == best) {
            first = n < first ? n : first;
            last = n > last ? n : last;
            next = n > 0 && (next == 0 || n < next) ? n : next;
        }
    }
    if (restricting)
        restrict_range(range, first, last, next);
    return best;
}

/* Cost of placing the person in the post, with the prices of the totals it goes into. */
static int64_t reduced_cost(proof *pr, const objective *goal, int person, int post) {
    const pulang_relaxation *relaxation = pr->relaxation;
    int64_t cost = pr->price[post];
    if (goal->kind == PULANG_STEP_LEVEL)
        cost = pulang_exact_add(cost, pulang_preference_cost(&pr->preference, goal->level, person, post),
                                &pr->overflow);
    for (int i = relaxation->groups_begin[post]; i < relaxation->groups_begin[post + 1]; i++) {
        int group = relaxation->group_of[i], total = pr->instance->n_posts + group;
        if (pr->price[total] == 0)
            continue;
        int64_t steps =
            pulang_relaxation_amount(relaxation, group, person, post) / relaxation->ranges[total].unit;
        cost = pulang_exact_add(cost, pulang_exact_multiply(pr->price[total], steps, &pr->overflow),
                                &pr->overflow);
    }
    return cost;
}

/* Leaves the person only the choices that cost best. */
static void restrict_person(proof *pr, int person, int64_t out, int64_t best) {
    pulang_relaxation *relaxation = pr->relaxation;
    size_t begin = relaxation->begin[person], kept = begin;
    for (size_t i = begin; i < relaxation->end[person]; i++)
        if (pr->reduced[i - begin] == best)
            relaxation->posts[kept++] = relaxation->posts[i];
    relaxation->end[person] = kept;
    relaxation->may_stay_out[person] = relaxation->may_stay_out[person] && out == best;
}

/* The least cost among the person's choices; with restricting only those that attain it are left. */
static int64_t minimise_person(proof *pr, const objective *goal, int person, bool restricting) {
    const pulang_relaxation *relaxation = pr->relaxation;
    size_t begin = relaxation->begin[person], end = relaxation->end[person];
    bool may_stay_out = relaxation->may_stay_out[person];
    if (begin == end && !may_stay_out) {
        pr->empty = true;
        return 0;
    }
    bool counted = goal->kind == PULANG_STEP_LEVEL &&
                   pr->instance->scenario.levels[goal->level].kind == PULANG_LEVEL_UNPLACED;
    int64_t out = counted ? 1 : 0, best = may_stay_out ? out : INT64_MAX;
    for (size_t i = begin; i < end; i++) {
        int64_t cost = reduced_cost(pr, goal, person, relaxation->posts[i]);
        pr->reduced[i - begin] = cost;
        best = cost < best ? cost : best;
    }
    if (restricting)
        restrict_person(pr, person, out, best);
    return best;
}

/* The bound of one step. Restricting is sound only when the bound turns out to meet the step's value. */
static pulang_status bound_step(proof *pr, const pulang_step *step, const objective *goal,
                                pulang_error *error) {
    bool restricting = goal->kind != PULANG_STEP_BELOW;
    pulang_status status = set_prices(pr, step, error);
    if (status != PULANG_OK)
        return status;
    int64_t sum = 0;
    for (int p = 0; p < pr->instance->n_persons; p++)
        sum = pulang_exact_add(sum, minimise_person(pr, goal, p, restricting), &pr->overflow);
    for (int t = 0; t < pr->relaxation->n_totals; t++)
        sum = pulang_exact_add(sum, minimise_total(pr, goal, t, restricting), &pr->overflow);
    if (pr->overflow)
        return pulang_fail(error, PULANG_ERROR_LIMIT, _("the sums of the certificate do not fit 64 bits"));
    pr->bound = pr->empty ? INT64_MAX : sum;
    return PULANG_OK;
}

/* ---- the steps in order ---- */

typedef struct reader {
    const pulang_step *steps;
    int n, next;
} reader;

/* Bounds the next step if it is the one wanted. *proven: its bound meets value, or at least that
   for BELOW, which is not to be attained. */
static pulang_status prove(proof *pr, reader *in, objective goal, int64_t value, bool *proven,
                           pulang_error *error) {
    *proven = false;
    pr->bound = INT64_MIN;
    if (in->next == in->n || in->steps[in->next].kind != goal.kind || in->steps[in->next].level != goal.level)
        return PULANG_OK;
    pulang_status status = bound_step(pr, &in->steps[in->next++], &goal, error);
    if (status == PULANG_OK)
        *proven = goal.kind == PULANG_STEP_BELOW ? pr->bound >= value : pr->bound == value;
    return status;
}

static pulang_status prove_level(proof *pr, reader *in, int level, int64_t value, bool *proven,
                                 pulang_error *error) {
    if (pr->instance->scenario.levels[level].kind != PULANG_LEVEL_BALANCE)
        return prove(pr, in, (objective){PULANG_STEP_LEVEL, level, 0}, value, proven, error);
    if (value > 0) {
        pulang_status status =
            prove(pr, in, (objective){PULANG_STEP_BELOW, level, value - 1}, 1, proven, error);
        if (!*proven)
            return status;
    }
    return prove(pr, in, (objective){PULANG_STEP_HOLD, level, value}, 0, proven, error);
}

static pulang_status prove_all(proof *pr, reader *in, const int64_t *value, pulang_bound *result,
                               bool *infeasible, pulang_error *error) {
    bool proven = false;
    pulang_status status =
        prove(pr, in, (objective){PULANG_STEP_FEASIBLE, PULANG_NONE, 0}, 0, &proven, error);
    *infeasible = pr->bound > 0;
    for (int l = 0; proven && l < pr->instance->scenario.n_levels; l++) {
        status = prove_level(pr, in, l, value[l], &proven, error);
        bool sum = pr->instance->scenario.levels[l].kind != PULANG_LEVEL_BALANCE;
        result[l] = (pulang_bound){proven, proven ? value[l] : sum ? pr->bound : 0};
    }
    return status;
}

static pulang_status proof_prepare(proof *pr, pulang_error *error) {
    pr->relaxation = pulang_relaxation_new(pr->instance);
    if (!pr->relaxation)
        return pulang_fail_memory(error);
    pr->overflow = pr->relaxation->overflow;
    pr->price = pulang_alloc((size_t)pr->relaxation->n_totals, sizeof *pr->price);
    pr->reduced = pulang_alloc((size_t)pr->instance->n_posts, sizeof *pr->reduced);
    if (!pr->price || !pr->reduced)
        return pulang_fail_memory(error);
    pulang_preference_init(&pr->preference, pr->instance);
    return PULANG_OK;
}

pulang_status pulang_bound_compute(const pulang_instance *instance, const pulang_step *steps, int n_steps,
                                   const int64_t *value, pulang_bound *result, bool *infeasible,
                                   pulang_error *error) {
    proof pr = {.instance = instance};
    reader in = {.steps = steps, .n = n_steps};
    int n_levels = instance->scenario.n_levels;
    bool none = false;
    pulang_bound *bounds = pulang_alloc((size_t)n_levels, sizeof *bounds);
    pulang_status status = bounds ? proof_prepare(&pr, error) : pulang_fail_memory(error);
    for (int l = 0; status == PULANG_OK && l < n_levels; l++)
        bounds[l] = (pulang_bound){.bound = INT64_MIN};
    if (status == PULANG_OK)
        status = prove_all(&pr, &in, value, bounds, &none, error);
    if (status == PULANG_OK) {
        memcpy(result, bounds, (size_t)n_levels * sizeof *bounds);
        *infeasible = none;
    }
    pulang_free(bounds);
    pulang_free(pr.price);
    pulang_free(pr.reduced);
    pulang_relaxation_free(pr.relaxation);
    return status;
}
