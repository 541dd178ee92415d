#include "model/explanation.h"

#include "model/error.h"
#include "model/preference.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

pulang_status pulang_explanation_new(const pulang_plan *plan, int n, pulang_explanation **explanation,
                                     pulang_error *error) {
    pulang_arena *arena = pulang_arena_new();
    pulang_explanation *made = arena ? pulang_arena_alloc(arena, 1, sizeof *made) : NULL;
    if (!made) {
        pulang_arena_free(arena);
        return pulang_fail_memory(error);
    }
    made->arena = arena;
    made->plan = plan;
    made->place = PULANG_NONE;
    made->items = pulang_arena_alloc(arena, (size_t)n, sizeof *made->items);
    pulang_status status = made->items ? PULANG_OK : pulang_fail_memory(error);
    if (status == PULANG_OK)
        status = pulang_check_plan(plan->instance, plan->post, &made->evaluation, error);
    if (status == PULANG_OK)
        status = pulang_reasons_new(plan, made->evaluation, &made->reasons, error);
    if (status == PULANG_OK)
        *explanation = made;
    else
        pulang_explanation_free(made);
    return status;
}

void pulang_explanation_free(pulang_explanation *explanation) {
    if (!explanation)
        return;
    pulang_reasons_free(explanation->reasons);
    pulang_evaluation_free(explanation->evaluation);
    pulang_arena_free(explanation->arena);
}

static int compare_levels(const pulang_explanation *x, const int64_t *a, const int64_t *b) {
    for (int l = 0; l < x->plan->n_levels; l++)
        if (a[l] != b[l])
            return a[l] < b[l] ? -1 : 1;
    return 0;
}

static int64_t *liking(const pulang_explanation *x, const pulang_preference *preference, int person,
                       int post) {
    int64_t *cost = pulang_arena_alloc(x->arena, (size_t)x->plan->n_levels, sizeof *cost);
    for (int l = 0; cost && l < x->plan->n_levels; l++)
        cost[l] = pulang_preference_cost(preference, l, person, post);
    return cost;
}

static bool add(const pulang_explanation *x, const pulang_preference *preference, pulang_explained *explained,
                int person, int post) {
    pulang_bar bar = pulang_eligible_bar(x->plan->instance, person, post);
    int64_t *cost = liking(x, preference, person, post);
    if (!cost)
        return false;
    explained->items[explained->n++] =
        (pulang_consequence){.person = person,
                             .post = post,
                             .bar = bar,
                             .state = bar == PULANG_BAR_NONE ? PULANG_PAIR_OPEN : PULANG_PAIR_BARRED,
                             .liking = cost};
    return true;
}

static bool at_home(const pulang_instance *instance, const pulang_consequence *item) {
    return instance->posts[item->post].place == instance->persons[item->person].origin;
}

/* Those wanted first, of these those at home. */
static int by_liking(const void *a, const void *b, void *explanation) {
    const pulang_explanation *x = explanation;
    const pulang_instance *instance = x->plan->instance;
    const pulang_consequence *i = a, *j = b;
    if (i->wanted != j->wanted)
        return i->wanted ? -1 : 1;
    if (at_home(instance, i) != at_home(instance, j))
        return at_home(instance, i) ? -1 : 1;
    int order = compare_levels(x, i->liking, j->liking);
    return order ? order : strcmp(instance->posts[i->post].id, instance->posts[j->post].id);
}

static bool wants(const pulang_explanation *x, const pulang_explained *explained,
                  const pulang_consequence *item) {
    return at_home(x->plan->instance, item) || !explained->liking ||
           compare_levels(x, item->liking, explained->liking) < 0;
}

/* Notes what is wanted, and leaves out what is neither possible nor wanted. */
static void choose(const pulang_explanation *x, pulang_explained *explained) {
    int kept = 0;
    for (int i = 0; i < explained->n; i++) {
        pulang_consequence *item = &explained->items[i];
        item->wanted = wants(x, explained, item);
        if (item->state == PULANG_PAIR_BARRED && !item->wanted)
            continue;
        explained->n_wanted += item->wanted;
        explained->items[kept++] = *item;
    }
    explained->n = kept;
}

static pulang_explained *begin(pulang_explanation *x, int person, int post, int n) {
    pulang_explained *explained = &x->items[x->n];
    *explained = (pulang_explained){.person = person, .post = post};
    explained->items = pulang_arena_alloc(x->arena, (size_t)n, sizeof *explained->items);
    if (!explained->items)
        return NULL;
    x->n++;
    return explained;
}

pulang_explained *pulang_explanation_person(pulang_explanation *x, int person, int post) {
    const pulang_instance *instance = x->plan->instance;
    int held = x->plan->post[person], n_posts = instance->n_posts;
    pulang_preference preference;
    pulang_explained *explained = begin(x, person, PULANG_NONE, post == PULANG_NONE ? n_posts : 1);
    pulang_preference_init(&preference, instance);
    if (!explained)
        return NULL;
    if (held != PULANG_NONE && !(explained->liking = liking(x, &preference, person, held)))
        return NULL;
    if (post != PULANG_NONE) {
        if (!add(x, &preference, explained, person, post))
            return NULL;
        explained->items->wanted = wants(x, explained, explained->items);
        explained->n_wanted = explained->items->wanted;
        return explained;
    }
    for (int j = 0; j < n_posts; j++)
        if (j != held && !add(x, &preference, explained, person, j))
            return NULL;
    choose(x, explained);
    qsort_r(explained->items, (size_t)explained->n, sizeof *explained->items, by_liking, x);
    return explained;
}

static int by_nearness(const void *a, const void *b, void *explanation) {
    const pulang_explanation *x = explanation;
    const pulang_instance *instance = x->plan->instance;
    const pulang_consequence *i = a, *j = b;
    bool i_out = x->plan->post[i->person] == PULANG_NONE, j_out = x->plan->post[j->person] == PULANG_NONE;
    if (i_out != j_out)
        return i_out ? -1 : 1;
    if (at_home(instance, i) != at_home(instance, j))
        return at_home(instance, i) ? -1 : 1;
    int order = compare_levels(x, i->liking, j->liking);
    return order ? order : strcmp(instance->persons[i->person].id, instance->persons[j->person].id);
}

pulang_explained *pulang_explanation_post(pulang_explanation *x, int post) {
    const pulang_instance *instance = x->plan->instance;
    pulang_preference preference;
    pulang_explained *explained = begin(x, PULANG_NONE, post, instance->n_persons);
    if (!explained)
        return NULL;
    pulang_preference_init(&preference, instance);
    for (int p = 0; p < instance->n_persons; p++)
        if (x->plan->post[p] != post && pulang_eligible_bar(instance, p, post) == PULANG_BAR_NONE &&
            !add(x, &preference, explained, p, post))
            return NULL;
    qsort_r(explained->items, (size_t)explained->n, sizeof *explained->items, by_nearness, x);
    return explained;
}

static bool has_change(const pulang_consequence *item) {
    return item->state == PULANG_PAIR_EXACT || item->state == PULANG_PAIR_AT_MOST;
}

static int compare_changes(const pulang_explanation *x, const pulang_consequence *a,
                           const pulang_consequence *b) {
    if (has_change(a) && has_change(b))
        return compare_levels(x, a->change, b->change);
    if (has_change(a) != has_change(b))
        return has_change(a) ? -1 : 1;
    return (a->state > b->state) - (a->state < b->state);
}

static int by_change(const void *a, const void *b, void *explanation) {
    const pulang_explanation *x = explanation;
    const pulang_instance *instance = x->plan->instance;
    const pulang_consequence *i = a, *j = b;
    int order = compare_changes(x, i, j);
    if (order == 0)
        order = strcmp(instance->persons[i->person].id, instance->persons[j->person].id);
    return order ? order : strcmp(instance->posts[i->post].id, instance->posts[j->post].id);
}

void pulang_explained_sort(const pulang_explanation *explanation, pulang_explained *explained) {
    int first = explained->liking ? explained->n_wanted : 0;
    qsort_r(explained->items + first, (size_t)(explained->n - first), sizeof *explained->items, by_change,
            (void *)explanation);
}
