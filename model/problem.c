#include "model/problem.h"

#include "model/error.h"
#include "model/problem_build.h"

#include <math.h>
#include <stdlib.h>

static pulang_status build_levels(const pulang_instance *instance, pulang_problem *problem,
                                  pulang_error *error) {
    problem->n_levels = instance->scenario.n_levels;
    problem->levels = pulang_arena_alloc(problem->arena, (size_t)problem->n_levels, sizeof *problem->levels);
    if (!problem->levels)
        return pulang_fail_memory(error);
    for (int l = 0; l < problem->n_levels; l++) {
        const pulang_level *level = &instance->scenario.levels[l];
        problem->levels[l] = (pulang_problem_level){.name = level->name,
                                                    .largest = level->kind == PULANG_LEVEL_BALANCE,
                                                    .unplaced = level->kind == PULANG_LEVEL_UNPLACED};
    }
    return PULANG_OK;
}

static pulang_status build_posts(const pulang_instance *instance, pulang_problem *problem,
                                 pulang_error *error) {
    size_t n = (size_t)instance->n_posts;
    int *place = pulang_arena_alloc(problem->arena, n, sizeof *place);
    problem->post_names = pulang_arena_alloc(problem->arena, n, sizeof *problem->post_names);
    if (!place || !problem->post_names)
        return pulang_fail_memory(error);
    for (int j = 0; j < instance->n_posts; j++) {
        place[j] = instance->posts[j].place;
        problem->post_names[j] = instance->posts[j].id;
    }
    problem->n_posts = instance->n_posts;
    problem->n_places = instance->n_places;
    problem->post_place = place;
    problem->metres = instance->metres;
    problem->near = llround(instance->scenario.group_km * 1000);
    return PULANG_OK;
}

static int compare_pairings(const void *a, const void *b) {
    const pulang_pairing *x = a, *y = b;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

pulang_status pulang_problem_build_pairings(const pulang_instance *instance, pulang_problem *problem,
                                            pulang_error *error) {
    size_t n = 0;
    for (int g = 0; g < instance->n_groups; g++)
        n += (size_t)instance->groups[g].persons.n * (size_t)(instance->groups[g].persons.n - 1) / 2;
    int *class_of = pulang_arena_alloc(problem->arena, (size_t)instance->n_persons, sizeof *class_of);
    problem->pairings = pulang_arena_alloc(problem->arena, n, sizeof *problem->pairings);
    if (!class_of || !problem->pairings)
        return pulang_fail_memory(error);
    for (int k = 0; k < problem->n_classes; k++)
        for (int i = problem->member_begin[k]; i < problem->member_begin[k + 1]; i++)
            class_of[problem->members[i]] = k;
    for (int g = 0; g < instance->n_groups; g++) {
        const pulang_ints *persons = &instance->groups[g].persons;
        for (int i = 0; i < persons->n; i++)
            for (int h = i + 1; h < persons->n; h++) {
                int a = class_of[persons->items[i]], b = class_of[persons->items[h]];
                problem->pairings[problem->n_pairings++] =
                    (pulang_pairing){.a = a < b ? a : b, .b = a < b ? b : a};
            }
    }
    qsort(problem->pairings, (size_t)problem->n_pairings, sizeof *problem->pairings, compare_pairings);
    return PULANG_OK;
}

pulang_status pulang_problem_new(const pulang_instance *instance, pulang_problem **problem,
                                 pulang_error *error) {
    pulang_arena *arena = pulang_arena_new();
    pulang_problem *built = arena ? pulang_arena_alloc(arena, 1, sizeof *built) : NULL;
    if (!built) {
        pulang_arena_free(arena);
        return pulang_fail_memory(error);
    }
    built->arena = arena;
    pulang_status status = build_levels(instance, built, error);
    if (status == PULANG_OK)
        status = build_posts(instance, built, error);
    if (status == PULANG_OK)
        status = pulang_problem_build_classes(instance, built, error);
    if (status == PULANG_OK)
        status = pulang_problem_build_totals(instance, built, error);
    if (status == PULANG_OK)
        status = pulang_problem_build_pairings(instance, built, error);
    if (status == PULANG_OK)
        *problem = built;
    else
        pulang_problem_free(built);
    return status;
}
