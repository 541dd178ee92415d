/*
 * Each price is the optimum of the changed problem less the optimum: a solve in a session, from the plan
 * before.
 *
 * Some are 0 without a solve. Where the core proves the plan, the levels are one after the other linear
 * programs over polyhedra with integer vertices, with convex costs, and the plan is optimal among the
 * fractional ones too. If the plan does not touch a bound, and a plan beyond the bound were better, then so
 * would be a point on the way there that is still within it: by convexity. So a maximum above, or a minimum
 * below, the value in the plan costs nothing. That fails where values are rounded up (levels of balance),
 * where none may be better than one (openings), and for plans in whole numbers only (rules that cut across):
 * there everything is solved.
 */
#include "solver/prices.h"

#include "model/alloc.h"
#include "model/check.h"
#include "model/error.h"
#include "model/relaxation.h"
#include "solver/limits.h"
#include "solver/prices_network.h"
#include "solver/session.h"

#include <math.h>
#include <string.h>

typedef struct pricing {
    pulang_plan *plan;
    const pulang_instance *instance;
    const pulang_settings *settings; /* of the caller */
    pulang_session *session;
    pulang_prices *prices;
    pulang_evaluation *evaluation; /* of the plan */
    pulang_relaxation *relaxation; /* knows the step of each total */
    int64_t *change;               /* [n_levels] */
    bool convex; /* bounds that are not touched cost nothing, and one unit more is one path */
    double begin, deadline;
    int n_solved;
    bool stopped;
} pricing;

/* Every solve of the session reports here. */
static bool report(const pulang_progress *solving, void *user) {
    pricing *w = user;
    double now = pulang_clock();
    pulang_progress progress = {.method = solving->method,
                                .level = _("exact prices"),
                                .level_index = w->prices->n_reached,
                                .n_levels = w->prices->n,
                                .seconds = now - w->begin,
                                .time_left = w->deadline - now,
                                .bound = -INFINITY,
                                .rate = w->n_solved / fmax(now - w->begin, 1e-3)};
    w->stopped = w->stopped || now >= w->deadline ||
                 (w->settings->progress && w->settings->progress(&progress, w->settings->progress_user));
    return w->stopped;
}

/* ---- one price ---- */

pulang_status pulang_prices_set(pulang_plan *plan, pulang_prices *prices, pulang_exact_price *price,
                                bool possible, const int64_t *change, pulang_error *error) {
    size_t n_levels = (size_t)plan->n_levels;
    if (possible) {
        price->change = pulang_arena_alloc(plan->arena, n_levels, sizeof *price->change);
        if (!price->change)
            return pulang_fail_memory(error);
        if (change)
            memcpy(price->change, change, n_levels * sizeof *change);
    }
    price->state = possible ? PULANG_PRICE_KNOWN : PULANG_PRICE_IMPOSSIBLE;
    prices->n_reached++;
    return PULANG_OK;
}

static pulang_status set_zero(pricing *w, pulang_exact_price *price, pulang_error *error) {
    return pulang_prices_set(w->plan, w->prices, price, true, NULL, error);
}

static pulang_status set_solved(pricing *w, pulang_exact_price *price, pulang_error *error) {
    const pulang_plan *changed = pulang_session_plan(w->session);
    w->n_solved++;
    if (changed->outcome == PULANG_INFEASIBLE)
        return pulang_prices_set(w->plan, w->prices, price, false, NULL, error);
    if (changed->outcome != PULANG_OPTIMAL)
        return PULANG_OK;
    for (int l = 0; l < w->plan->n_levels; l++)
        w->change[l] = changed->levels[l].value - w->plan->levels[l].value;
    return pulang_prices_set(w->plan, w->prices, price, true, w->change, error);
}

/* Solves the session with the change that status says was made, and takes the change back. */
static pulang_status solve(pricing *w, pulang_status status, pulang_exact_price *price, pulang_error *error) {
    if (status == PULANG_OK)
        status = pulang_session_solve(w->session, error);
    if (status == PULANG_OK)
        status = set_solved(w, price, error);
    pulang_session_reset(w->session);
    return status;
}

/* ---- seats ---- */

static pulang_status price_seat(pricing *w, int j, pulang_error *error) {
    const pulang_post *post = &w->instance->posts[j];
    pulang_exact_price *price = &w->prices->seat[j];
    if (w->convex && w->evaluation->filled[j] < post->max)
        return set_zero(w, price, error);
    return solve(w, pulang_session_seats(w->session, j, post->min, post->target, post->max + 1, error), price,
                 error);
}

static pulang_status price_need(pricing *w, int j, pulang_error *error) {
    const pulang_post *post = &w->instance->posts[j];
    int target = post->target + 1, max = post->max < target ? target : post->max;
    return solve(w, pulang_session_seats(w->session, j, post->min, target, max, error), &w->prices->need[j],
                 error);
}

/* ---- bounds of quotas ---- */

static pulang_status price_bounds(pricing *w, int g, int64_t by_min, int64_t by_max,
                                  pulang_exact_price *price, pulang_error *error) {
    const pulang_quota_group_info *group = &w->evaluation->uses[g].info;
    return solve(w,
                 pulang_session_bounds(w->session, group->quota, group->key, group->min - by_min,
                                       group->max + by_max, error),
                 price, error);
}

/* The values of the group move in steps of this. */
static int64_t step_of(const pricing *w, int g) {
    return w->relaxation->ranges[w->instance->n_posts + g].unit;
}

static pulang_status price_min(pricing *w, int g, pulang_error *error) {
    const pulang_quota_use *use = &w->evaluation->uses[g];
    int64_t step = step_of(w, g);
    if (w->convex && use->value - step >= use->info.min)
        return set_zero(w, &w->prices->min[g], error);
    return price_bounds(w, g, step, 0, &w->prices->min[g], error);
}

static pulang_status price_max(pricing *w, int g, pulang_error *error) {
    const pulang_quota_use *use = &w->evaluation->uses[g];
    int64_t step = step_of(w, g);
    if (w->convex && use->value + step <= use->info.max)
        return set_zero(w, &w->prices->max[g], error);
    return price_bounds(w, g, 0, step, &w->prices->max[g], error);
}

/* ---- persons ---- */

/* The first member of a class stands for all; its class keeps the place of the price. */
static pulang_status price_class(pricing *w, int k, pulang_error *error) {
    const pulang_problem *problem = pulang_session_problem(w->session);
    int person = problem->members[problem->member_begin[k]];
    if (w->prices->person[person]->state != PULANG_PRICE_UNREACHED)
        return PULANG_OK;
    return solve(w, pulang_session_add_like(w->session, person, error), w->prices->person[person], error);
}

static void *make(pricing *w, int n, size_t size) {
    return pulang_arena_alloc(w->plan->arena, (size_t)n, size);
}

static int share_classes(pricing *w, const pulang_problem *problem) {
    pulang_exact_price *prices = make(w, problem->n_classes, sizeof *prices);
    w->prices->person = make(w, w->instance->n_persons, sizeof(pulang_exact_price *));
    if (!prices || !w->prices->person)
        return -1;
    for (int k = 0; k < problem->n_classes; k++) {
        prices[k].state = PULANG_PRICE_UNREACHED;
        for (int i = problem->member_begin[k]; i < problem->member_begin[k + 1]; i++)
            w->prices->person[problem->members[i]] = &prices[k];
    }
    w->prices->n += problem->n_classes;
    return 0;
}

/* ---- all ---- */

typedef pulang_status (*price_one)(pricing *w, int i, pulang_error *error);

/* All persons and the seats of full posts, where there is a network. */
static pulang_status price_network(pricing *w, pulang_error *error) {
    prices_network network;
    pulang_status status = prices_network_init(&network, w->plan, pulang_session_problem(w->session), error);
    if (status == PULANG_OK && network.residual) {
        status = prices_network_persons(&network, w->plan, w->prices, error);
        for (int t = PULANG_NONE; status == PULANG_OK && t < network.problem->n_totals && !w->stopped; t++) {
            status = prices_network_seats(&network, t, w->plan, w->prices, error);
            report(&(pulang_progress){.method = "core"}, w);
        }
    }
    prices_network_clear(&network);
    return status;
}

/* Works out those of the n that are to be. prices: NULL, where that is for `one` to see. */
static pulang_status price_all(pricing *w, int n, const pulang_exact_price *prices, price_one one,
                               pulang_error *error) {
    pulang_status status = PULANG_OK;
    for (int i = 0; status == PULANG_OK && i < n && !w->stopped; i++)
        if (!prices || prices[i].state == PULANG_PRICE_UNREACHED)
            status = one(w, i, error);
    return status;
}

/* Says which prices there are to be. */
static void count_prices(pricing *w) {
    pulang_prices *prices = w->prices;
    for (int j = 0; j < w->instance->n_posts; j++) {
        bool limited = w->instance->posts[j].max != PULANG_UNLIMITED;
        prices->seat[j].state = limited ? PULANG_PRICE_UNREACHED : PULANG_PRICE_NONE;
        prices->need[j].state = PULANG_PRICE_UNREACHED;
        prices->n += 1 + limited;
    }
    for (int g = 0; g < prices->n_groups; g++) {
        const pulang_quota_group_info *group = &w->evaluation->uses[g].info;
        prices->min[g].state = group->has_min ? PULANG_PRICE_UNREACHED : PULANG_PRICE_NONE;
        prices->max[g].state = group->has_max ? PULANG_PRICE_UNREACHED : PULANG_PRICE_NONE;
        prices->n += group->has_min + group->has_max;
    }
}

static int init_prices(pricing *w) {
    pulang_prices *prices = w->prices = make(w, 1, sizeof *prices);
    int n_posts = w->instance->n_posts, n_groups = w->evaluation->n_uses;
    if (!prices)
        return -1;
    *prices = (pulang_prices){.n_groups = n_groups};
    prices->seat = make(w, n_posts, sizeof *prices->seat);
    prices->need = make(w, n_posts, sizeof *prices->need);
    prices->min = make(w, n_groups, sizeof *prices->min);
    prices->max = make(w, n_groups, sizeof *prices->max);
    if (!prices->seat || !prices->need || !prices->min || !prices->max)
        return -1;
    count_prices(w);
    return 0;
}

/* An opening that is out of reach, so that the core could solve the problem, may come into reach. */
static bool is_convex(const pulang_plan *plan) {
    const pulang_instance *instance = plan->instance;
    bool convex = strcmp(plan->method, "core") == 0;
    for (int l = 0; l < plan->n_levels; l++)
        convex = convex && instance->scenario.levels[l].kind != PULANG_LEVEL_BALANCE;
    for (int j = 0; j < instance->n_posts; j++)
        convex = convex && instance->posts[j].open_min <= 1;
    for (int q = 0; q < instance->n_quotas; q++)
        convex = convex && !(instance->quotas[q].on && instance->quotas[q].or_none);
    return convex;
}

static pulang_status prepare(pricing *w, pulang_error *error) {
    pulang_status status = pulang_check_plan(w->instance, w->plan->post, &w->evaluation, error);
    if (status != PULANG_OK)
        return status;
    w->relaxation = pulang_relaxation_new(w->instance);
    w->change = pulang_alloc((size_t)w->plan->n_levels, sizeof *w->change);
    if (!w->relaxation || !w->change || init_prices(w))
        return pulang_fail_memory(error);
    w->convex = is_convex(w->plan);
    pulang_settings settings = *w->settings;
    settings.gap = 0;
    settings.time_limit = fmax(w->deadline - w->begin, 1e-3);
    settings.progress = report;
    settings.progress_user = w;
    status = pulang_session_new(w->instance, &settings, &w->session, error);
    if (status == PULANG_OK && share_classes(w, pulang_session_problem(w->session)))
        status = pulang_fail_memory(error);
    return status;
}

pulang_status pulang_prices_make(pulang_plan *plan, const pulang_settings *settings, double deadline,
                                 pulang_error *error) {
    pricing w = {.plan = plan,
                 .instance = plan->instance,
                 .settings = settings,
                 .begin = pulang_clock(),
                 .deadline = deadline};
    pulang_status status = prepare(&w, error);
    if (status == PULANG_OK && w.convex)
        status = price_network(&w, error);
    if (status == PULANG_OK)
        status = price_all(&w, w.prices->n_groups, w.prices->min, price_min, error);
    if (status == PULANG_OK)
        status = price_all(&w, w.prices->n_groups, w.prices->max, price_max, error);
    if (status == PULANG_OK)
        status = price_all(&w, w.instance->n_posts, w.prices->seat, price_seat, error);
    if (status == PULANG_OK)
        status = price_all(&w, w.instance->n_posts, w.prices->need, price_need, error);
    if (status == PULANG_OK)
        status = price_all(&w, pulang_session_problem(w.session)->n_classes, NULL, price_class, error);
    if (status == PULANG_OK) {
        w.prices->seconds = pulang_clock() - w.begin;
        plan->prices = w.prices;
    }
    pulang_free(w.change);
    pulang_session_free(w.session);
    pulang_relaxation_free(w.relaxation);
    pulang_evaluation_free(w.evaluation);
    return status;
}
