/*
 * Classes: persons who are alike in all that the model looks at. For each person (in the order of
 * ids, so that the order of the file plays no part) a key of integers is made: all that tells one
 * person from another, the eligible posts and their costs; equal keys make one class.
 */
#include "model/alloc.h"
#include "model/eligible.h"
#include "model/envy.h"
#include "model/error.h"
#include "model/problem_build.h"
#include "model/rank.h"

#include <stdlib.h>
#include <string.h>

typedef struct builder {
    const pulang_instance *instance;
    pulang_problem *problem;
    pulang_preference preference;
    int *cost_levels; /* the levels with costs on arcs */
    int n_cost_levels;
    int *class_of; /* [n_persons] */
    int64_t *key;  /* of the person at hand */
    size_t key_length, key_room;
    int64_t *keys; /* of all classes, one after the other */
    size_t keys_room;
    size_t *key_begin; /* [n_classes + 1] */
    int *slots;        /* hash table of classes, -1: empty */
    size_t n_slots;    /* a power of two, at least twice the persons */
} builder;

static bool has_costs(const pulang_level *level) {
    return level->kind == PULANG_LEVEL_PREFERENCE || level->kind == PULANG_LEVEL_TERM;
}

/* What a quota sees of a person beyond the posts: enough to make amounts equal in every post. */
static void key_quotas(builder *b, int person) {
    const pulang_instance *instance = b->instance;
    const pulang_person *p = &instance->persons[person];
    for (int q = 0; q < instance->n_quotas; q++) {
        const pulang_quota *quota = &instance->quotas[q];
        if (!quota->on)
            continue;
        int64_t value = INT64_MIN, factor = pulang_quota_factor(instance, quota, person);
        if (factor != 0)
            value = quota->amount                            ? quota->amount[person]
                    : quota->measure == PULANG_MEASURE_PAY   ? p->pay
                    : quota->measure == PULANG_MEASURE_MOVES ? p->current
                                                             : 1;
        b->key[b->key_length++] = factor;
        b->key[b->key_length++] = value;
    }
}

/* Length of the head of a key, before the eligible posts. */
static size_t head_length(const pulang_instance *instance) {
    size_t n = 2;
    for (int q = 0; q < instance->n_quotas; q++)
        n += instance->quotas[q].on ? 2 : 0;
    return n;
}

static void make_key(builder *b, int person) {
    const pulang_instance *instance = b->instance;
    b->key_length = 0;
    b->key[b->key_length++] = pulang_eligible_bound(instance, person);
    const pulang_person *who = &instance->persons[person];
    bool alone = who->group != PULANG_NONE || who->released ||
                 (instance->envy_forbidden && pulang_envy_possible(instance, person));
    b->key[b->key_length++] = alone ? person : PULANG_NONE;
    key_quotas(b, person);
    for (int j = 0; j < instance->n_posts; j++) {
        if (pulang_eligible_bar(instance, person, j) != PULANG_BAR_NONE)
            continue;
        b->key[b->key_length++] = j;
        for (int i = 0; i < b->n_cost_levels; i++)
            b->key[b->key_length++] = pulang_preference_cost(&b->preference, b->cost_levels[i], person, j);
    }
}

static uint64_t hash_key(const int64_t *key, size_t length) {
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (uint64_t)key[i]) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    return hash;
}

/* The slot of the class with this key, or the empty slot where it belongs. */
static size_t find_slot(const builder *b) {
    size_t slot = hash_key(b->key, b->key_length) & (b->n_slots - 1);
    for (;; slot = (slot + 1) & (b->n_slots - 1)) {
        int k = b->slots[slot];
        if (k < 0)
            return slot;
        size_t length = b->key_begin[k + 1] - b->key_begin[k];
        if (length == b->key_length &&
            memcmp(b->keys + b->key_begin[k], b->key, length * sizeof *b->key) == 0)
            return slot;
    }
}

static int add_person(builder *b, int person) {
    make_key(b, person);
    size_t slot = find_slot(b);
    if (b->slots[slot] < 0) {
        int k = b->problem->n_classes++;
        size_t begin = b->key_begin[k];
        void *keys = b->keys;
        if (pulang_grow(&keys, &b->keys_room, begin + b->key_length, sizeof *b->keys))
            return -1;
        b->keys = keys;
        memcpy(b->keys + begin, b->key, b->key_length * sizeof *b->key);
        b->key_begin[k + 1] = begin + b->key_length;
        b->slots[slot] = k;
    }
    b->class_of[person] = b->slots[slot];
    return 0;
}

static int by_id(const void *a, const void *b, void *persons) {
    const pulang_person *p = persons;
    return strcmp(p[*(const int *)a].id, p[*(const int *)b].id);
}

static int *persons_by_id(const pulang_instance *instance) {
    int *order = pulang_alloc((size_t)instance->n_persons, sizeof *order);
    if (!order)
        return NULL;
    for (int p = 0; p < instance->n_persons; p++)
        order[p] = p;
    qsort_r(order, (size_t)instance->n_persons, sizeof *order, by_id, instance->persons);
    return order;
}

static int builder_init(builder *b) {
    const pulang_instance *instance = b->instance;
    size_t n = (size_t)instance->n_persons;
    pulang_preference_init(&b->preference, instance);
    b->cost_levels = pulang_alloc((size_t)instance->scenario.n_levels, sizeof *b->cost_levels);
    b->class_of = pulang_alloc(n, sizeof *b->class_of);
    b->key_begin = pulang_alloc(n + 1, sizeof *b->key_begin);
    for (b->n_slots = 16; b->n_slots < 2 * n; b->n_slots *= 2)
        ;
    b->slots = pulang_alloc(b->n_slots, sizeof *b->slots);
    if (!b->cost_levels || !b->class_of || !b->key_begin || !b->slots)
        return -1;
    for (size_t i = 0; i < b->n_slots; i++)
        b->slots[i] = -1;
    for (int l = 0; l < instance->scenario.n_levels; l++)
        if (has_costs(&instance->scenario.levels[l]))
            b->cost_levels[b->n_cost_levels++] = l;
    b->key_room = head_length(instance) + (size_t)instance->n_posts * (1 + (size_t)b->n_cost_levels);
    b->key = pulang_alloc(b->key_room, sizeof *b->key);
    return b->key ? 0 : -1;
}

static void builder_free(builder *b) {
    pulang_free(b->cost_levels);
    pulang_free(b->class_of);
    pulang_free(b->key_begin);
    pulang_free(b->slots);
    pulang_free(b->key);
    pulang_free(b->keys);
}

/* Members of the classes, the first in rank first. */
static int fill_members(builder *b, const int *order) {
    pulang_problem *problem = b->problem;
    size_t n_classes = (size_t)problem->n_classes, n = (size_t)b->instance->n_persons;
    problem->supply = pulang_arena_alloc(problem->arena, n_classes, sizeof *problem->supply);
    problem->member_begin = pulang_arena_alloc(problem->arena, n_classes + 1, sizeof *problem->member_begin);
    problem->members = pulang_arena_alloc(problem->arena, n, sizeof *problem->members);
    problem->class_names = pulang_arena_alloc(problem->arena, n_classes, sizeof *problem->class_names);
    if (!problem->supply || !problem->member_begin || !problem->members || !problem->class_names)
        return -1;
    for (int p = 0; p < b->instance->n_persons; p++)
        problem->supply[b->class_of[p]]++;
    for (int k = 0; k < problem->n_classes; k++)
        problem->member_begin[k + 1] = problem->member_begin[k] + problem->supply[k];
    for (int i = b->instance->n_persons - 1; i >= 0; i--) {
        int k = b->class_of[order[i]];
        problem->members[problem->member_begin[k] + --problem->supply[k]] = order[i];
    }
    for (int k = 0; k < problem->n_classes; k++) {
        problem->supply[k] = problem->member_begin[k + 1] - problem->member_begin[k];
        pulang_rank_sort(b->instance, problem->members + problem->member_begin[k], problem->supply[k]);
        problem->class_names[k] = b->instance->persons[problem->members[problem->member_begin[k]]].id;
    }
    return 0;
}

static int alloc_arcs(builder *b, size_t n_arcs) {
    pulang_problem *problem = b->problem;
    size_t n_classes = (size_t)problem->n_classes;
    problem->bound = pulang_arena_alloc(problem->arena, n_classes, sizeof *problem->bound);
    problem->arc_begin = pulang_arena_alloc(problem->arena, n_classes + 1, sizeof *problem->arc_begin);
    problem->arc_post = pulang_arena_alloc(problem->arena, n_arcs, sizeof *problem->arc_post);
    if (!problem->bound || !problem->arc_begin || !problem->arc_post)
        return -1;
    for (int i = 0; i < b->n_cost_levels; i++) {
        int64_t *cost = pulang_arena_alloc(problem->arena, n_arcs, sizeof *cost);
        if (!cost)
            return -1;
        problem->levels[b->cost_levels[i]].arc_cost = cost;
    }
    return 0;
}

/* Takes the keys apart into arcs. */
static pulang_status fill_arcs(builder *b, size_t head, pulang_error *error) {
    pulang_problem *problem = b->problem;
    size_t stride = 1 + (size_t)b->n_cost_levels;
    size_t n_arcs = (b->key_begin[problem->n_classes] - head * (size_t)problem->n_classes) / stride;
    if (n_arcs > INT32_MAX / 2)
        return pulang_fail(error, PULANG_ERROR_LIMIT, _("more than %d eligible pairs"), INT32_MAX / 2);
    if (alloc_arcs(b, n_arcs))
        return pulang_fail_memory(error);
    for (int k = 0; k < problem->n_classes; k++) {
        problem->bound[k] = b->keys[b->key_begin[k]] != 0;
        for (size_t i = b->key_begin[k] + head; i < b->key_begin[k + 1]; i += stride) {
            int arc = problem->n_arcs++;
            problem->arc_post[arc] = (int)b->keys[i];
            for (int c = 0; c < b->n_cost_levels; c++)
                problem->levels[b->cost_levels[c]].arc_cost[arc] = b->keys[i + 1 + (size_t)c];
        }
        problem->arc_begin[k + 1] = problem->n_arcs;
    }
    return PULANG_OK;
}

pulang_status pulang_problem_build_classes(const pulang_instance *instance, pulang_problem *problem,
                                           pulang_error *error) {
    builder b = {.instance = instance, .problem = problem};
    pulang_status status = PULANG_OK;
    int *order = persons_by_id(instance);
    if (!order || builder_init(&b))
        status = pulang_fail_memory(error);
    for (int i = 0; status == PULANG_OK && i < instance->n_persons; i++)
        if (add_person(&b, order[i]))
            status = pulang_fail_memory(error);
    if (status == PULANG_OK && fill_members(&b, order))
        status = pulang_fail_memory(error);
    if (status == PULANG_OK)
        status = fill_arcs(&b, head_length(instance), error);
    pulang_free(order);
    builder_free(&b);
    return status;
}
