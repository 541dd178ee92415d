#include "model/quota.h"

#include "model/alloc.h"
#include "model/column.h"

#include <stdlib.h>
#include <string.h>

/* Whether each names a column; *column is filled when it does. */
static bool grouped(const pulang_instance *instance, const pulang_quota *quota, pulang_column *column) {
    return quota->each[0] != '\0' && pulang_column_of_posts(instance, quota->each, column);
}

static const char *group_of(const pulang_instance *instance, const pulang_quota *quota,
                            const pulang_column *each, int post) {
    if (!pulang_filter_matches(instance, quota->posts, post))
        return NULL;
    const char *key = each ? pulang_column_cell(instance, each, post) : "";
    return each && key[0] == '\0' ? NULL : key;
}

const char *pulang_quota_group(const pulang_instance *instance, const pulang_quota *quota, int post) {
    pulang_column each;
    return group_of(instance, quota, grouped(instance, quota, &each) ? &each : NULL, post);
}

/* Hundredths in units of the quota's measure. */
static int64_t in_scale(const pulang_quota *quota, int64_t hundredths) {
    return hundredths * quota->scale / PULANG_HUNDREDTHS;
}

int64_t pulang_quota_measure(const pulang_instance *instance, const pulang_quota *quota, int person,
                             int post) {
    const pulang_person *who = &instance->persons[person];
    int64_t pay = instance->posts[post].pay;
    switch (quota->measure) {
    case PULANG_MEASURE_HEADS:
        return quota->scale;
    case PULANG_MEASURE_MOVES:
        return who->current != PULANG_NONE && who->current != post ? quota->scale : 0;
    case PULANG_MEASURE_PAY:
        return in_scale(quota, pay == PULANG_NONE ? who->pay : pay);
    case PULANG_MEASURE_HOURS:
    case PULANG_MEASURE_COLUMN:
        break;
    }
    return quota->amount[person];
}

int64_t pulang_quota_factor(const pulang_instance *instance, const pulang_quota *quota, int person) {
    bool counted = pulang_filter_matches(instance, quota->persons, person);
    if (!quota->share)
        return counted;
    return (counted ? quota->whole : 0) -
           (pulang_filter_matches(instance, quota->of, person) ? quota->part : 0);
}

int64_t pulang_quota_amount(const pulang_instance *instance, const pulang_quota *quota, int person,
                            int post) {
    int64_t factor = pulang_quota_factor(instance, quota, person);
    return factor ? factor * pulang_quota_measure(instance, quota, person, post) : 0;
}

bool pulang_quota_below(const pulang_quota_group_info *group, int64_t value) {
    return group->has_min && value < group->min && !(group->or_none && value == 0);
}

/* A post with the group it belongs to. */
typedef struct member {
    const char *key;
    int post;
} member;

static int by_key(const void *a, const void *b) {
    const member *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order ? order : (x->post > y->post) - (x->post < y->post);
}

/* The selected posts of a quota, sorted by group; returns how many. */
static int members_of(const pulang_instance *instance, const pulang_quota *quota, member *members) {
    pulang_column column;
    const pulang_column *each = grouped(instance, quota, &column) ? &column : NULL;
    int n = 0;
    for (int j = 0; j < instance->n_posts; j++) {
        const char *key = group_of(instance, quota, each, j);
        if (key)
            members[n++] = (member){key, j};
    }
    qsort(members, (size_t)n, sizeof *members, by_key);
    return n;
}

/* Where the groups go; with no room yet, they are only counted. */
typedef struct sink {
    pulang_quota_group_info *groups;
    int *posts;
    int n_groups, n_posts;
} sink;

static void set_own_bounds(const pulang_quota *quota, pulang_quota_group_info *group) {
    for (int i = 0; i < quota->n_own; i++)
        if (strcmp(quota->own[i].key, group->key) == 0) {
            group->min = quota->own[i].min;
            group->max = quota->own[i].max;
        }
}

static void add_group(const pulang_instance *instance, int q, const member *members, int n, sink *into) {
    const pulang_quota *quota = &instance->quotas[q];
    if (into->groups) {
        int *posts = into->posts + into->n_posts;
        int64_t work = 0;
        for (int i = 0; i < n; i++) {
            posts[i] = members[i].post;
            work += instance->posts[members[i].post].hours;
        }
        into->groups[into->n_groups] = (pulang_quota_group_info){
            .quota = q,
            .key = members[0].key,
            .n_posts = n,
            .posts = posts,
            .has_min = quota->has_min,
            .has_target = quota->has_target,
            .has_max = quota->has_max,
            .or_none = quota->or_none,
            .min = quota->min,
            .target = quota->target_is_work ? in_scale(quota, work) : quota->target,
            .max = quota->max,
        };
        set_own_bounds(quota, &into->groups[into->n_groups]);
    }
    into->n_groups++;
    into->n_posts += n;
}

static void add_quotas(const pulang_instance *instance, member *members, sink *into) {
    for (int q = 0; q < instance->n_quotas; q++) {
        if (!instance->quotas[q].on)
            continue;
        int n = members_of(instance, &instance->quotas[q], members);
        for (int begin = 0, end; begin < n; begin = end) {
            for (end = begin + 1; end < n && strcmp(members[begin].key, members[end].key) == 0; end++)
                ;
            add_group(instance, q, members + begin, end - begin, into);
        }
    }
}

int pulang_quota_groups(const pulang_instance *instance, pulang_quota_group_info **groups, int *n_groups) {
    member *members = pulang_alloc((size_t)instance->n_posts, sizeof *members);
    if (!members)
        return -1;
    sink count = {0};
    add_quotas(instance, members, &count);
    size_t head = (size_t)count.n_groups * sizeof(pulang_quota_group_info);
    pulang_quota_group_info *made = pulang_alloc(1, head + (size_t)count.n_posts * sizeof(int));
    if (made) {
        sink into = {made, (int *)(void *)((char *)made + head), 0, 0};
        add_quotas(instance, members, &into);
        *groups = made;
        *n_groups = count.n_groups;
    }
    pulang_free(members);
    return made ? 0 : -1;
}

void pulang_quota_groups_free(pulang_quota_group_info *groups, int n_groups) {
    (void)n_groups;
    pulang_free(groups);
}
