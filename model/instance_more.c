#include "model/error.h"
#include "model/instance.h"

#include <string.h>

/* A copy in the arena of n items with one like items[row] behind them; NULL: out of memory. */
static void *one_more(pulang_arena *arena, const void *items, int n, int row, size_t size) {
    char *made = pulang_arena_alloc(arena, (size_t)n + 1, size);
    if (!made)
        return NULL;
    memcpy(made, items, (size_t)n * size);
    memcpy(made + (size_t)n * size, made + (size_t)row * size, size);
    return made;
}

/* Makes the quota count the new person as it counts the other. */
static int add_to_quota(pulang_quota *quota, pulang_arena *arena, int n_persons, int person) {
    if (quota->persons) {
        quota->persons = pulang_filter_add_like(quota->persons, arena, person);
        if (!quota->persons)
            return -1;
    }
    if (quota->of) {
        quota->of = pulang_filter_add_like(quota->of, arena, person);
        if (!quota->of)
            return -1;
    }
    if (quota->amount) {
        quota->amount = one_more(arena, quota->amount, n_persons, person, sizeof *quota->amount);
        if (!quota->amount)
            return -1;
    }
    return 0;
}

static int add_quotas(pulang_instance *instance, pulang_arena *arena, int person) {
    size_t n = (size_t)instance->n_quotas;
    pulang_quota *quotas = pulang_arena_alloc(arena, n, sizeof *quotas);
    if (!quotas)
        return -1;
    for (size_t q = 0; q < n; q++) {
        quotas[q] = instance->quotas[q];
        if (add_to_quota(&quotas[q], arena, instance->n_persons, person))
            return -1;
    }
    instance->quotas = quotas;
    return 0;
}

/* The pairs of the new person: those of the other, behind all. */
static int add_pairs(pulang_instance *instance, pulang_arena *arena, int person) {
    int n_persons = instance->n_persons, begin = instance->pairs_begin[person];
    int n = instance->pairs_begin[person + 1] - begin;
    int *begins = pulang_arena_alloc(arena, (size_t)n_persons + 2, sizeof *begins);
    pulang_pair *pairs = pulang_arena_alloc(arena, (size_t)instance->n_pairs + (size_t)n, sizeof *pairs);
    if (!begins || !pairs)
        return -1;
    memcpy(begins, instance->pairs_begin, ((size_t)n_persons + 1) * sizeof *begins);
    begins[n_persons + 1] = begins[n_persons] + n;
    if (instance->n_pairs > 0)
        memcpy(pairs, instance->pairs, (size_t)instance->n_pairs * sizeof *pairs);
    for (int i = 0; i < n; i++) {
        pairs[instance->n_pairs + i] = instance->pairs[begin + i];
        pairs[instance->n_pairs + i].person = n_persons;
    }
    instance->pairs_begin = begins;
    instance->pairs = pairs;
    instance->n_pairs += n;
    return 0;
}

pulang_status pulang_instance_add_like(pulang_instance *instance, pulang_arena *arena, int person,
                                       pulang_error *error) {
    int n = instance->n_persons;
    pulang_instance more = *instance;
    more.persons = one_more(arena, instance->persons, n, person, sizeof *more.persons);
    if (!more.persons || add_quotas(&more, arena, person) || add_pairs(&more, arena, person))
        return pulang_fail_memory(error);
    more.persons[n].group = PULANG_NONE;
    more.n_persons = n + 1;
    *instance = more;
    return PULANG_OK;
}
