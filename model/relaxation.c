#include "model/relaxation.h"

#include "model/alloc.h"
#include "model/eligible.h"
#include "model/exact.h"
#include "model/penalty.h"

#include <string.h>

static int64_t divisor(int64_t a, int64_t b) {
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

static bool depends_on_post(const pulang_quota *quota) {
    return quota->measure == PULANG_MEASURE_MOVES || quota->measure == PULANG_MEASURE_PAY;
}

int64_t pulang_relaxation_amount(const pulang_relaxation *relaxation, int group, int person, int post) {
    int q = relaxation->groups[group].quota;
    const pulang_quota *quota = &relaxation->instance->quotas[q];
    int64_t base = relaxation->base[(size_t)q * (size_t)relaxation->instance->n_persons + (size_t)person];
    return base != 0 && depends_on_post(quota)
               ? pulang_quota_amount(relaxation->instance, quota, person, post)
               : base;
}

static void fill_base(pulang_relaxation *relaxation) {
    const pulang_instance *instance = relaxation->instance;
    for (int g = 0; g < relaxation->n_groups; g++) {
        int q = relaxation->groups[g].quota;
        if (relaxation->groups[g].n_posts == 0 || (g > 0 && relaxation->groups[g - 1].quota == q))
            continue;
        const pulang_quota *quota = &instance->quotas[q];
        int64_t *base = relaxation->base + (size_t)q * (size_t)instance->n_persons;
        for (int p = 0; p < instance->n_persons; p++)
            base[p] = depends_on_post(quota)
                          ? pulang_quota_factor(instance, quota, p)
                          : pulang_quota_amount(instance, quota, p, relaxation->groups[g].posts[0]);
    }
}

static int list_groups_of_posts(pulang_relaxation *relaxation) {
    int n_posts = relaxation->instance->n_posts;
    for (int g = 0; g < relaxation->n_groups; g++)
        for (int i = 0; i < relaxation->groups[g].n_posts; i++)
            relaxation->groups_begin[relaxation->groups[g].posts[i]]++;
    int sum = 0;
    for (int j = 0; j <= n_posts; j++)
        relaxation->groups_begin[j] = sum += relaxation->groups_begin[j];
    relaxation->group_of = pulang_alloc((size_t)sum, sizeof *relaxation->group_of);
    if (!relaxation->group_of)
        return -1;
    for (int g = relaxation->n_groups - 1; g >= 0; g--)
        for (int i = 0; i < relaxation->groups[g].n_posts; i++)
            relaxation->group_of[--relaxation->groups_begin[relaxation->groups[g].posts[i]]] = g;
    return 0;
}

/* Least and largest amount that one person can bring into a group; person: whose they are. */
typedef struct reach {
    int person;
    int64_t least, most;
} reach;

/* Adds what person can bring to the totals that post is part of. Until cut_ranges lower and
   upper are in the measure of the total, not in steps. */
static void extend_totals(pulang_relaxation *relaxation, reach *reaches, int person, int post) {
    pulang_range *groups = relaxation->ranges + relaxation->instance->n_posts;
    relaxation->ranges[post].upper++;
    for (int i = relaxation->groups_begin[post]; i < relaxation->groups_begin[post + 1]; i++) {
        int g = relaxation->group_of[i];
        int64_t value = pulang_relaxation_amount(relaxation, g, person, post);
        reach *r = &reaches[g];
        if (r->person != person)
            *r = (reach){.person = person};
        if (groups[g].unit == 0 || value % groups[g].unit != 0)
            groups[g].unit = divisor(groups[g].unit, value);
        /* Only what goes beyond the person's reach so far is new. */
        if (value > r->most) {
            groups[g].upper = pulang_exact_add(groups[g].upper, value - r->most, &relaxation->overflow);
            r->most = value;
        } else if (value < r->least) {
            groups[g].lower = pulang_exact_add(groups[g].lower, value - r->least, &relaxation->overflow);
            r->least = value;
        }
    }
}

static int list_choices(pulang_relaxation *relaxation, reach *reaches) {
    const pulang_instance *instance = relaxation->instance;
    for (int p = 0; p < instance->n_persons; p++) {
        relaxation->begin[p] = relaxation->n_pairs;
        relaxation->may_stay_out[p] = !pulang_eligible_bound(instance, p);
        for (int j = 0; j < instance->n_posts; j++) {
            if (pulang_eligible_bar(instance, p, j) != PULANG_BAR_NONE)
                continue;
            if (pulang_grow((void **)&relaxation->posts, &relaxation->capacity, relaxation->n_pairs + 1,
                            sizeof *relaxation->posts) != 0)
                return -1;
            relaxation->posts[relaxation->n_pairs++] = j;
            extend_totals(relaxation, reaches, p, j);
        }
        relaxation->end[p] = relaxation->n_pairs;
    }
    return 0;
}

/* Cuts a total's reach to its hard bounds and turns it into steps. open: the least value but 0. */
static void cut_range(pulang_range *t, bool has_min, int64_t min, bool has_max, int64_t max, int64_t open) {
    if (t->unit == 0)
        t->unit = 1;
    if (has_min && min > t->lower)
        t->lower = min;
    if (has_max && max < t->upper)
        t->upper = max;
    t->lower = pulang_exact_ceil(t->lower, t->unit);
    t->upper = pulang_exact_floor(t->upper, t->unit);
    open = pulang_exact_ceil(open, t->unit);
    if (t->lower > 0)
        t->lower = open > t->lower ? open : t->lower;
    else if (open > 0 && open <= t->upper)
        t->open = open;
    else if (open > 0 && t->upper > 0)
        t->upper = 0;
}

static void cut_ranges(pulang_relaxation *relaxation) {
    const pulang_instance *instance = relaxation->instance;
    for (int j = 0; j < instance->n_posts; j++) {
        const pulang_post *post = &instance->posts[j];
        cut_range(&relaxation->ranges[j], instance->scenario.hard_minimums, post->min,
                  post->max != PULANG_UNLIMITED, post->max, post->open_min);
    }
    for (int g = 0; g < relaxation->n_groups; g++) {
        const pulang_quota_group_info *group = &relaxation->groups[g];
        bool hard = pulang_penalty_hard(instance, &instance->quotas[group->quota]);
        bool or_none = group->has_min && group->or_none;
        cut_range(&relaxation->ranges[instance->n_posts + g], hard && group->has_min && !or_none, group->min,
                  hard && group->has_max, group->max, or_none ? group->min : 0);
    }
}

int pulang_relaxation_group(const pulang_relaxation *relaxation, int quota, const char *key) {
    for (int lo = 0, hi = relaxation->n_groups - 1; lo <= hi;) {
        int middle = lo + (hi - lo) / 2;
        const pulang_quota_group_info *group = &relaxation->groups[middle];
        int order = group->quota != quota ? group->quota - quota : strcmp(group->key, key);
        if (order == 0)
            return middle;
        if (order < 0)
            lo = middle + 1;
        else
            hi = middle - 1;
    }
    return PULANG_NONE;
}

static bool allocate(pulang_relaxation *relaxation) {
    const pulang_instance *instance = relaxation->instance;
    size_t persons = (size_t)instance->n_persons, posts = (size_t)instance->n_posts;
    relaxation->n_totals = instance->n_posts + relaxation->n_groups;
    relaxation->ranges = pulang_alloc((size_t)relaxation->n_totals, sizeof *relaxation->ranges);
    relaxation->groups_begin = pulang_alloc(posts + 1, sizeof *relaxation->groups_begin);
    relaxation->may_stay_out = pulang_alloc(persons, sizeof *relaxation->may_stay_out);
    relaxation->begin = pulang_alloc(persons, sizeof *relaxation->begin);
    relaxation->end = pulang_alloc(persons, sizeof *relaxation->end);
    relaxation->base = pulang_alloc((size_t)instance->n_quotas, persons * sizeof *relaxation->base);
    return relaxation->ranges && relaxation->groups_begin && relaxation->may_stay_out && relaxation->begin &&
           relaxation->end && relaxation->base;
}

pulang_relaxation *pulang_relaxation_new(const pulang_instance *instance) {
    pulang_relaxation *relaxation = pulang_alloc(1, sizeof *relaxation);
    reach *reaches = NULL;
    if (!relaxation)
        return NULL;
    relaxation->instance = instance;
    if (pulang_quota_groups(instance, &relaxation->groups, &relaxation->n_groups) != 0 ||
        !allocate(relaxation) || list_groups_of_posts(relaxation) != 0)
        goto fail;
    reaches = pulang_alloc((size_t)relaxation->n_groups, sizeof *reaches);
    if (!reaches)
        goto fail;
    for (int g = 0; g < relaxation->n_groups; g++)
        reaches[g].person = PULANG_NONE;
    fill_base(relaxation);
    if (list_choices(relaxation, reaches) != 0)
        goto fail;
    cut_ranges(relaxation);
    pulang_free(reaches);
    return relaxation;
fail:
    pulang_free(reaches);
    pulang_relaxation_free(relaxation);
    return NULL;
}

void pulang_relaxation_free(pulang_relaxation *relaxation) {
    if (!relaxation)
        return;
    pulang_quota_groups_free(relaxation->groups, relaxation->n_groups);
    pulang_free(relaxation->ranges);
    pulang_free(relaxation->groups_begin);
    pulang_free(relaxation->group_of);
    pulang_free(relaxation->may_stay_out);
    pulang_free(relaxation->begin);
    pulang_free(relaxation->end);
    pulang_free(relaxation->posts);
    pulang_free(relaxation->base);
    pulang_free(relaxation);
}
