/*
 * Totals: the heads of every post, and every group of every quota that is on.
 */
#include "model/alloc.h"
#include "model/error.h"
#include "model/problem_build.h"
#include "model/shortage.h"

#include <math.h>
#include <string.h>

/* Sums beyond this could overflow somewhere in a solver. */
#define LARGEST_SUM ((int64_t)1 << 61)

typedef struct builder {
    const pulang_instance *instance;
    pulang_problem *problem;
    int shortage; /* the levels, PULANG_NONE where the scenario has none */
    int required;
    int *post_arc_begin; /* [n_posts + 1] arcs by post: post_arcs[...] */
    int *post_arcs;
    int *arc_class;        /* [n_arcs] */
    int64_t *factor;       /* [n_classes] pulang_quota_factor of the quota at hand */
    int64_t *most, *least; /* [n_classes] largest and smallest amount in the group at hand */
} builder;

static int level_of_kind(const pulang_instance *instance, pulang_level_kind kind) {
    for (int l = 0; l < instance->scenario.n_levels; l++)
        if (instance->scenario.levels[l].kind == kind)
            return l;
    return PULANG_NONE;
}

static int builder_init(builder *b) {
    const pulang_problem *problem = b->problem;
    size_t n_classes = (size_t)problem->n_classes, n_arcs = (size_t)problem->n_arcs;
    b->shortage = level_of_kind(b->instance, PULANG_LEVEL_SHORTAGE);
    b->required = level_of_kind(b->instance, PULANG_LEVEL_REQUIRED);
    b->post_arc_begin = pulang_alloc((size_t)problem->n_posts + 1, sizeof *b->post_arc_begin);
    b->post_arcs = pulang_alloc(n_arcs, sizeof *b->post_arcs);
    b->arc_class = pulang_alloc(n_arcs, sizeof *b->arc_class);
    b->factor = pulang_alloc(n_classes, sizeof *b->factor);
    b->most = pulang_alloc(n_classes, sizeof *b->most);
    b->least = pulang_alloc(n_classes, sizeof *b->least);
    if (!b->post_arc_begin || !b->post_arcs || !b->arc_class || !b->factor || !b->most || !b->least)
        return -1;
    for (int a = 0; a < problem->n_arcs; a++)
        b->post_arc_begin[problem->arc_post[a] + 1]++;
    for (int j = 0; j < problem->n_posts; j++)
        b->post_arc_begin[j + 1] += b->post_arc_begin[j];
    for (int k = problem->n_classes - 1; k >= 0; k--)
        for (int a = problem->arc_begin[k + 1] - 1; a >= problem->arc_begin[k]; a--) {
            b->arc_class[a] = k;
            b->post_arcs[--b->post_arc_begin[problem->arc_post[a] + 1]] = a;
        }
    /* The fill above moved each end to its begin: shift them back. */
    for (int j = 0; j < problem->n_posts; j++)
        b->post_arc_begin[j] = b->post_arc_begin[j + 1];
    b->post_arc_begin[problem->n_posts] = problem->n_arcs;
    return 0;
}

static void builder_free(builder *b) {
    pulang_free(b->post_arc_begin);
    pulang_free(b->post_arcs);
    pulang_free(b->arc_class);
    pulang_free(b->factor);
    pulang_free(b->most);
    pulang_free(b->least);
}

static void add_piece(pulang_total *total, pulang_piece piece) {
    if (piece.from < piece.to)
        total->pieces[total->n_pieces++] = piece;
}

/* The convex price of falling short of target (model/shortage.h), lowest values first. */
static void add_shortage(pulang_total *total, int level, int64_t target, int64_t weight, int64_t scale) {
    for (int i = pulang_shortage_pieces(target) - 1; level != PULANG_NONE && i >= 0; i--)
        if (pulang_shortage_slope(target, i, weight, scale) > 0)
            add_piece(total, (pulang_piece){.level = level,
                                            .from = target - pulang_shortage_break(target, i + 1),
                                            .to = target - pulang_shortage_break(target, i),
                                            .slope = pulang_shortage_slope(target, i, weight, scale)});
}

void pulang_total_set_open(pulang_total *total, int64_t open) {
    if (total->lower > 0)
        total->lower = open > total->lower ? open : total->lower;
    else if (open > total->upper)
        total->upper = 0;
    else if (open > 1)
        total->open = open;
}

static pulang_status add_post(builder *b, int post, pulang_error *error) {
    const pulang_post *p = &b->instance->posts[post];
    pulang_problem *problem = b->problem;
    pulang_total *total = &problem->totals[post];
    bool hard = b->instance->scenario.hard_minimums;
    *total = (pulang_total){
        .post = post, .quota = PULANG_NONE, .name = p->id, .key = "", .uniform = true, .unit = 1};
    total->posts = pulang_arena_alloc(problem->arena, 1, sizeof *total->posts);
    total->pieces = pulang_arena_alloc(problem->arena, (size_t)pulang_shortage_pieces(p->target) + 1,
                                       sizeof *total->pieces);
    if (!total->posts || !total->pieces)
        return pulang_fail_memory(error);
    total->posts[total->n_posts++] = post;
    int64_t heads = 0;
    for (int i = b->post_arc_begin[post]; i < b->post_arc_begin[post + 1]; i++)
        heads += problem->supply[b->arc_class[b->post_arcs[i]]];
    total->lower = hard ? p->min : 0;
    total->upper = p->max < heads ? p->max : heads;
    pulang_total_set_open(total, p->open_min);
    if (!hard && b->required != PULANG_NONE)
        add_piece(total, (pulang_piece){.level = b->required, .to = p->min, .slope = 1});
    add_shortage(total, b->shortage, p->target, p->priority, 1);
    return PULANG_OK;
}

static int64_t amount_of(const builder *b, const pulang_quota *quota, int arc) {
    const pulang_problem *problem = b->problem;
    int k = b->arc_class[arc];
    if (b->factor[k] == 0)
        return 0;
    int person = problem->members[problem->member_begin[k]];
    return b->factor[k] * pulang_quota_measure(b->instance, quota, person, problem->arc_post[arc]);
}

/* What the posts of a group have in common. */
typedef struct group_shape {
    bool uniform;
    int64_t unit;
    size_t n_terms;          /* arcs that count */
    int64_t lowest, highest; /* range of the total */
} group_shape;

/* All arcs into post: does each count the same? 0 when none counts; INT64_MIN when they differ. */
static int64_t look_at_post(builder *b, const pulang_quota *quota, int post, size_t *n_terms) {
    int64_t common = INT64_MIN;
    bool mixed = false;
    for (int i = b->post_arc_begin[post]; i < b->post_arc_begin[post + 1]; i++) {
        int64_t amount = amount_of(b, quota, b->post_arcs[i]);
        int k = b->arc_class[b->post_arcs[i]];
        mixed |= i > b->post_arc_begin[post] && amount != common;
        common = amount;
        *n_terms += amount != 0;
        b->most[k] = amount > b->most[k] ? amount : b->most[k];
        b->least[k] = amount < b->least[k] ? amount : b->least[k];
    }
    if (mixed)
        return INT64_MIN;
    return b->post_arc_begin[post] == b->post_arc_begin[post + 1] ? 0 : common;
}

static pulang_status sum_range(const builder *b, group_shape *shape, pulang_error *error) {
    for (int k = 0; k < b->problem->n_classes; k++) {
        int64_t up, down;
        if (__builtin_mul_overflow(b->most[k], (int64_t)b->problem->supply[k], &up) ||
            __builtin_mul_overflow(b->least[k], (int64_t)b->problem->supply[k], &down) ||
            __builtin_add_overflow(shape->highest, up, &shape->highest) ||
            __builtin_add_overflow(shape->lowest, down, &shape->lowest) || shape->highest > LARGEST_SUM ||
            shape->lowest < -LARGEST_SUM)
            return pulang_fail(error, PULANG_ERROR_LIMIT, "%s",
                               _("the amounts of a quota are too large to add up"));
    }
    return PULANG_OK;
}

/* Looks at every arc of the group; leaves in total->posts (when uniform) the posts that count. */
static pulang_status look_at_group(builder *b, const pulang_quota_group_info *group, pulang_total *total,
                                   group_shape *shape, pulang_error *error) {
    const pulang_quota *quota = &b->instance->quotas[group->quota];
    *shape = (group_shape){.uniform = true};
    memset(b->most, 0, (size_t)b->problem->n_classes * sizeof *b->most);
    memset(b->least, 0, (size_t)b->problem->n_classes * sizeof *b->least);
    for (int i = 0; i < group->n_posts; i++) {
        int64_t unit = look_at_post(b, quota, group->posts[i], &shape->n_terms);
        if (unit == 0)
            continue;
        shape->uniform &= unit > 0 && (shape->unit == 0 || shape->unit == unit);
        shape->unit = unit;
        total->posts[total->n_posts++] = group->posts[i];
    }
    if (shape->unit == 0)
        shape->unit = 1;
    return sum_range(b, shape, error);
}

static pulang_status fill_terms(builder *b, const pulang_quota_group_info *group, pulang_total *total,
                                size_t n_terms, pulang_error *error) {
    const pulang_quota *quota = &b->instance->quotas[group->quota];
    pulang_problem *problem = b->problem;
    bool *in_group = pulang_alloc((size_t)problem->n_posts, sizeof *in_group);
    total->term_arc = pulang_arena_alloc(problem->arena, n_terms, sizeof *total->term_arc);
    total->term_amount = pulang_arena_alloc(problem->arena, n_terms, sizeof *total->term_amount);
    if (!in_group || !total->term_arc || !total->term_amount) {
        pulang_free(in_group);
        return pulang_fail_memory(error);
    }
    memcpy(total->posts, group->posts, (size_t)group->n_posts * sizeof *group->posts);
    total->n_posts = group->n_posts;
    for (int i = 0; i < group->n_posts; i++)
        in_group[group->posts[i]] = true;
    for (int a = 0; a < problem->n_arcs; a++) {
        int64_t amount = in_group[problem->arc_post[a]] ? amount_of(b, quota, a) : 0;
        if (amount == 0)
            continue;
        total->term_arc[total->n_terms] = a;
        total->term_amount[total->n_terms++] = amount;
    }
    pulang_free(in_group);
    return PULANG_OK;
}

/* Soft minimum and maximum: so many units of the level's value per unit of the measure. */
static int64_t tier_slope(const pulang_quota *quota) {
    int64_t slope = (quota->weight + 500) / 1000;
    return slope > 0 ? slope : 1;
}

/* A target has no meaning below nothing or beyond what could ever be there: costs stay in range. */
static void add_target(const builder *b, const pulang_quota *quota, const pulang_quota_group_info *group,
                       pulang_total *total, bool balance) {
    if (!group->has_target || group->target <= 0)
        return;
    if (balance)
        add_piece(total, (pulang_piece){.level = quota->tier, .to = group->target, .slope = 1});
    else
        add_shortage(total, b->shortage, group->target, quota->weight, quota->scale);
}

static void set_rules(const builder *b, const pulang_quota_group_info *group, const group_shape *shape,
                      pulang_total *total) {
    const pulang_quota *quota = &b->instance->quotas[group->quota];
    bool balance = quota->tier != PULANG_TIER_HARD &&
                   b->instance->scenario.levels[quota->tier].kind == PULANG_LEVEL_BALANCE;
    bool hard = balance || quota->tier == PULANG_TIER_HARD;
    int64_t slope = tier_slope(quota);
    total->lower = shape->lowest;
    total->upper = shape->highest;
    if (hard && group->has_min && !group->or_none && group->min > total->lower)
        total->lower = group->min;
    if (hard && group->has_max && group->max < total->upper)
        total->upper = group->max;
    if (group->has_min && group->or_none)
        pulang_total_set_open(total, group->min);
    if (!hard && group->has_min)
        add_piece(total, (pulang_piece){
                             .level = quota->tier, .from = shape->lowest, .to = group->min, .slope = slope});
    if (!hard && group->has_max)
        add_piece(total, (pulang_piece){.level = quota->tier,
                                        .excess = true,
                                        .from = group->max,
                                        .to = shape->highest,
                                        .slope = slope});
    add_target(b, quota, group, total, balance);
}

static pulang_status add_group(builder *b, const pulang_quota_group_info *group, pulang_total *total,
                               pulang_error *error) {
    pulang_problem *problem = b->problem;
    group_shape shape;
    const char *key = pulang_arena_copy(problem->arena, group->key, strlen(group->key));
    *total = (pulang_total){.post = PULANG_NONE,
                            .quota = group->quota,
                            .name = b->instance->quotas[group->quota].name,
                            .key = key};
    total->posts = pulang_arena_alloc(problem->arena, (size_t)group->n_posts, sizeof *total->posts);
    total->pieces = pulang_arena_alloc(problem->arena, PULANG_SHORTAGE_PIECES + 2, sizeof *total->pieces);
    if (!key || !total->posts || !total->pieces)
        return pulang_fail_memory(error);
    pulang_status status = look_at_group(b, group, total, &shape, error);
    if (status != PULANG_OK)
        return status;
    total->uniform = shape.uniform;
    total->unit = shape.uniform ? shape.unit : 0;
    set_rules(b, group, &shape, total);
    return shape.uniform ? PULANG_OK : fill_terms(b, group, total, shape.n_terms, error);
}

static pulang_status add_quotas(builder *b, const pulang_quota_group_info *groups, int n_groups,
                                pulang_error *error) {
    pulang_problem *problem = b->problem;
    pulang_status status = PULANG_OK;
    for (int i = 0; status == PULANG_OK && i < n_groups; i++) {
        if (i == 0 || groups[i].quota != groups[i - 1].quota)
            for (int k = 0; k < problem->n_classes; k++)
                b->factor[k] = pulang_quota_factor(b->instance, &b->instance->quotas[groups[i].quota],
                                                   problem->members[problem->member_begin[k]]);
        status = add_group(b, &groups[i], &problem->totals[problem->n_totals], error);
        problem->n_totals++;
    }
    return status;
}

pulang_status pulang_problem_build_totals(const pulang_instance *instance, pulang_problem *problem,
                                          pulang_error *error) {
    builder b = {.instance = instance, .problem = problem};
    pulang_quota_group_info *groups = NULL;
    int n_groups = 0;
    pulang_status status = PULANG_OK;
    if (builder_init(&b) || pulang_quota_groups(instance, &groups, &n_groups))
        status = pulang_fail_memory(error);
    if (status == PULANG_OK) {
        problem->totals = pulang_arena_alloc(problem->arena, (size_t)(problem->n_posts + n_groups),
                                             sizeof *problem->totals);
        if (!problem->totals)
            status = pulang_fail_memory(error);
    }
    for (int j = 0; status == PULANG_OK && j < problem->n_posts; j++)
        status = add_post(&b, j, error);
    problem->n_totals = problem->n_posts;
    if (status == PULANG_OK)
        status = add_quotas(&b, groups, n_groups, error);
    pulang_quota_groups_free(groups, n_groups);
    builder_free(&b);
    return status;
}
