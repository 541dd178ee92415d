#include "model/check.h"

#include "model/alloc.h"
#include "model/distance.h"
#include "model/eligible.h"
#include "model/envy.h"
#include "model/error.h"
#include "model/penalty.h"
#include "model/preference.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define MOST_VIOLATIONS 100

/* For products that do not fit 64 bits. */
__extension__ typedef __int128 wide;

typedef struct check {
    const pulang_instance *instance;
    const int *post_of;
    pulang_evaluation *result;
    int *begin;   /* [n_posts + 1] holders of post j: holders[begin[j]] .. holders[begin[j + 1] - 1] */
    int *holders; /* ascending within a post */
    bool broken;  /* memory ran out while words were made */
} check;

static void violate(check *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void violate(check *c, const char *format, ...) {
    pulang_evaluation *result = c->result;
    if (result->n_violations++ >= MOST_VIOLATIONS)
        return;
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    const char *copy = pulang_arena_copy(result->arena, text, strlen(text));
    c->broken = c->broken || !copy;
    result->violations[result->n_violations - 1] = copy;
}

static const char *person_id(const check *c, int person) {
    return c->instance->persons[person].id;
}

/* Lists the holders of every post and counts its heads. */
static void count_heads(check *c) {
    const pulang_instance *instance = c->instance;
    int *filled = c->result->filled;
    for (int p = 0; p < instance->n_persons; p++)
        if (c->post_of[p] != PULANG_NONE)
            filled[c->post_of[p]]++;
    for (int j = 0; j < instance->n_posts; j++)
        c->begin[j + 1] = c->begin[j] + filled[j];
    /* Filled from the back, so that each begin ends at its start again. */
    for (int j = 0; j < instance->n_posts; j++)
        c->begin[j] += filled[j];
    for (int p = instance->n_persons - 1; p >= 0; p--)
        if (c->post_of[p] != PULANG_NONE)
            c->holders[--c->begin[c->post_of[p]]] = p;
}

static void check_persons(check *c) {
    const pulang_instance *instance = c->instance;
    for (int p = 0; p < instance->n_persons; p++) {
        int post = c->post_of[p];
        if (post == PULANG_NONE) {
            if (pulang_eligible_bound(instance, p))
                violate(c,
                        _("person %s must be placed (pinned, or held by the minimum stay) but has no post"),
                        person_id(c, p));
            continue;
        }
        pulang_bar bar = pulang_eligible_bar(instance, p, post);
        if (bar == PULANG_BAR_NONE)
            continue;
        char why[256];
        pulang_eligible_explain(instance, p, post, bar, why, sizeof why);
        violate(c, _("person %s may not hold post %s in %s: %s"), person_id(c, p), instance->posts[post].id,
                instance->places[instance->posts[post].place].name, why);
    }
}

static void check_posts(check *c) {
    const pulang_instance *instance = c->instance;
    for (int j = 0; j < instance->n_posts; j++) {
        const pulang_post *post = &instance->posts[j];
        const char *place = instance->places[post->place].name;
        int heads = c->result->filled[j];
        if (post->max != PULANG_UNLIMITED && heads > post->max)
            violate(c, _("post %s in %s has %d people, at most %d may hold it"), post->id, place, heads,
                    post->max);
        if (instance->scenario.hard_minimums && heads < post->min)
            violate(c, _("post %s in %s has %d people, at least %d must hold it"), post->id, place, heads,
                    post->min);
        if (heads > 0 && heads < post->open_min)
            violate(c, _("post %s in %s has %d people, nobody or at least %d may hold it"), post->id, place,
                    heads, post->open_min);
    }
}

/* A value of the quota's measure as people write it. */
static void write_amount(const pulang_quota *quota, int64_t value, char text[32]) {
    int decimals = quota->scale >= 100 ? 2 : quota->scale >= 10 ? 1 : 0;
    snprintf(text, 32, "%.*f", decimals, (double)value / (double)quota->scale);
}

int64_t pulang_check_share(const pulang_quota_use *use) {
    return (int64_t)(((wide)use->counted * 20000 / use->of + 1) / 2);
}

/* Value and bound of a share: 3 of 8 (37.50%), 30.00%. */
static void write_share(const pulang_quota *quota, const pulang_quota_use *use, char value[128],
                        char limit[32]) {
    char counted[32], of[32];
    write_amount(quota, use->counted, counted);
    write_amount(quota, use->of, of);
    if (use->of > 0)
        snprintf(value, 128, _("%s of %s (%.2f%%)"), counted, of, (double)pulang_check_share(use) / 100);
    else
        snprintf(value, 128, _("%s of %s"), counted, of);
    snprintf(limit, 32, "%.2f%%", 100 * (double)quota->part / (double)quota->whole);
}

static void violate_quota(check *c, const pulang_quota_use *use, const char *relation, int64_t bound) {
    const pulang_quota *quota = &c->instance->quotas[use->info.quota];
    char value[128], limit[32];
    if (quota->share) {
        write_share(quota, use, value, limit);
    } else {
        write_amount(quota, use->value, value);
        write_amount(quota, bound, limit);
    }
    bool grouped = *quota->each != '\0', based = *quota->basis != '\0';
    violate(c, _("quota %s%s%s%s%s%s%s: %s %s, %s %s"), quota->name, grouped ? ", " : "", quota->each,
            grouped ? " " : "", grouped ? use->info.key : "", based ? ", " : "", quota->basis, value,
            quota->measure_text, relation, limit);
}

/* What a holder brings to the group of a quota. */
static void count_holder(const pulang_instance *instance, pulang_quota_use *use, int person, int post) {
    const pulang_quota *quota = &instance->quotas[use->info.quota];
    use->value += pulang_quota_amount(instance, quota, person, post);
    if (!quota->share)
        return;
    int64_t measure = pulang_quota_measure(instance, quota, person, post);
    use->counted += pulang_filter_matches(instance, quota->persons, person) ? measure : 0;
    use->of += pulang_filter_matches(instance, quota->of, person) ? measure : 0;
}

/* Counts the groups of the quotas and checks the hard ones. */
static void check_quotas(check *c) {
    const pulang_instance *instance = c->instance;
    for (int g = 0; g < c->result->n_uses; g++) {
        pulang_quota_use *use = &c->result->uses[g];
        const pulang_quota *quota = &instance->quotas[use->info.quota];
        for (int i = 0; i < use->info.n_posts; i++) {
            int post = use->info.posts[i];
            for (int h = c->begin[post]; h < c->begin[post + 1]; h++)
                count_holder(instance, use, c->holders[h], post);
        }
        if (!pulang_penalty_hard(instance, quota))
            continue;
        if (pulang_quota_below(&use->info, use->value))
            violate_quota(c, use, use->info.or_none ? _("required none or at least") : _("required at least"),
                          use->info.min);
        if (use->info.has_max && use->value > use->info.max)
            violate_quota(c, use, _("allowed at most"), use->info.max);
    }
}

bool pulang_check_near(const pulang_instance *instance, int from, int to) {
    if (from == to)
        return true;
    if (instance->scenario.group_km <= 0)
        return false;
    int32_t metres = pulang_distance_metres(instance, from, to);
    return metres >= 0 && metres <= llround(instance->scenario.group_km * 1000);
}

bool pulang_check_together(const pulang_instance *instance, int post_a, int post_b) {
    if (post_a == PULANG_NONE || post_b == PULANG_NONE)
        return post_a == post_b;
    return pulang_check_near(instance, instance->posts[post_a].place, instance->posts[post_b].place);
}

static void check_groups(check *c) {
    const pulang_instance *instance = c->instance;
    for (int g = 0; g < instance->n_groups; g++) {
        const pulang_group *group = &instance->groups[g];
        for (int a = 0; a < group->persons.n; a++)
            for (int b = a + 1; b < group->persons.n; b++)
                if (!pulang_check_together(instance, c->post_of[group->persons.items[a]],
                                           c->post_of[group->persons.items[b]]))
                    violate(c, _("persons %s and %s of group %s are not placed together"),
                            person_id(c, group->persons.items[a]), person_id(c, group->persons.items[b]),
                            group->name);
    }
}

static void check_envy(check *c) {
    const pulang_instance *instance = c->instance;
    pulang_audit *audit = NULL;
    if (!instance->envy_forbidden)
        return;
    if (pulang_audit_new(instance, c->post_of, true, &audit, NULL) != PULANG_OK) {
        c->broken = true;
        return;
    }
    for (int i = 0; i < audit->n; i++) {
        const pulang_envy *envy = &audit->items[i];
        violate(c, _("person %s (merit %.10g) would rather have post %s in %s, which %s (merit %.10g) holds"),
                person_id(c, envy->person), (double)instance->persons[envy->person].merit / PULANG_HUNDREDTHS,
                instance->posts[envy->post].id, instance->places[instance->posts[envy->post].place].name,
                person_id(c, envy->holder),
                (double)instance->persons[envy->holder].merit / PULANG_HUNDREDTHS);
    }
    pulang_audit_free(audit);
}

static int64_t persons_value(const check *c, const pulang_preference *preference, int level) {
    pulang_level_kind kind = c->instance->scenario.levels[level].kind;
    int64_t value = 0;
    for (int p = 0; p < c->instance->n_persons; p++) {
        if (c->post_of[p] != PULANG_NONE)
            value += pulang_preference_cost(preference, level, p, c->post_of[p]);
        else if (kind == PULANG_LEVEL_UNPLACED)
            value++;
    }
    return value;
}

static void evaluate_levels(check *c) {
    const pulang_instance *instance = c->instance;
    pulang_preference preference;
    pulang_preference_init(&preference, instance);
    for (int l = 0; l < instance->scenario.n_levels; l++) {
        bool largest = instance->scenario.levels[l].kind == PULANG_LEVEL_BALANCE;
        int64_t value = persons_value(c, &preference, l);
        for (int j = 0; j < instance->n_posts; j++)
            value += pulang_penalty_post(instance, l, j, c->result->filled[j]);
        for (int g = 0; g < c->result->n_uses; g++) {
            int64_t cost =
                pulang_penalty_group(instance, l, &c->result->uses[g].info, c->result->uses[g].value);
            value = !largest ? value + cost : cost > value ? cost : value;
        }
        c->result->value[l] = value;
    }
}

static pulang_evaluation *evaluation_new(const pulang_instance *instance) {
    pulang_arena *arena = pulang_arena_new();
    pulang_evaluation *result = arena ? pulang_arena_alloc(arena, 1, sizeof *result) : NULL;
    if (!result) {
        pulang_arena_free(arena);
        return NULL;
    }
    result->arena = arena;
    result->n_levels = instance->scenario.n_levels;
    result->value = pulang_arena_alloc(arena, (size_t)result->n_levels, sizeof *result->value);
    result->filled = pulang_arena_alloc(arena, (size_t)instance->n_posts, sizeof *result->filled);
    result->violations = pulang_arena_alloc(arena, MOST_VIOLATIONS, sizeof *result->violations);
    int n_groups = 0;
    if (!result->value || !result->filled || !result->violations ||
        pulang_quota_groups(instance, &result->groups, &n_groups) != 0)
        goto fail;
    result->n_uses = n_groups;
    result->uses = pulang_arena_alloc(arena, (size_t)n_groups, sizeof *result->uses);
    if (!result->uses)
        goto fail;
    for (int g = 0; g < n_groups; g++)
        result->uses[g].info = result->groups[g];
    return result;
fail:
    pulang_evaluation_free(result);
    return NULL;
}

static void run(check *c) {
    count_heads(c);
    check_persons(c);
    check_posts(c);
    check_quotas(c);
    check_groups(c);
    check_envy(c);
    evaluate_levels(c);
}

pulang_status pulang_check_plan(const pulang_instance *instance, const int *post_of,
                                pulang_evaluation **evaluation, pulang_error *error) {
    for (int p = 0; p < instance->n_persons; p++)
        if (post_of[p] != PULANG_NONE && (post_of[p] < 0 || post_of[p] >= instance->n_posts))
            return pulang_fail(error, PULANG_ERROR_ARGUMENT, _("person %s is in a post that does not exist"),
                               instance->persons[p].id);
    check c = {.instance = instance,
               .post_of = post_of,
               .result = evaluation_new(instance),
               .begin = pulang_alloc((size_t)instance->n_posts + 1, sizeof(int)),
               .holders = pulang_alloc((size_t)instance->n_persons, sizeof(int))};
    bool ok = c.result && c.begin && c.holders;
    if (ok)
        run(&c);
    ok = ok && !c.broken;
    pulang_free(c.begin);
    pulang_free(c.holders);
    if (!ok) {
        pulang_evaluation_free(c.result);
        return pulang_fail_memory(error);
    }
    *evaluation = c.result;
    return PULANG_OK;
}

void pulang_evaluation_free(pulang_evaluation *evaluation) {
    if (!evaluation)
        return;
    pulang_quota_groups_free(evaluation->groups, evaluation->n_uses);
    pulang_arena_free(evaluation->arena);
}
