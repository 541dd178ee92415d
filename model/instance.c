#include "model/instance.h"

#include "model/alloc.h"
#include "model/distance.h"

pulang_instance *pulang_instance_new(void) {
    pulang_instance *instance = pulang_alloc(1, sizeof *instance);
    if (!instance)
        return NULL;
    instance->arena = pulang_arena_new();
    if (!instance->arena) {
        pulang_free(instance);
        return NULL;
    }
    instance->dir = "";
    pulang_scenario_default(&instance->scenario);
    return instance;
}

pulang_status pulang_instance_prepare(pulang_instance *instance, pulang_error *error) {
    return pulang_distance_fill(instance, error);
}

void pulang_instance_free(pulang_instance *instance) {
    if (!instance)
        return;
    pulang_arena_free(instance->arena);
    pulang_free(instance);
}

int pulang_instance_persons(const pulang_instance *instance) {
    return instance->n_persons;
}

int pulang_instance_posts(const pulang_instance *instance) {
    return instance->n_posts;
}

int pulang_instance_places(const pulang_instance *instance) {
    return instance->n_places;
}

const char *pulang_instance_person_id(const pulang_instance *instance, int person) {
    return instance->persons[person].id;
}

const char *pulang_instance_post_id(const pulang_instance *instance, int post) {
    return instance->posts[post].id;
}

const pulang_pair *pulang_instance_pair(const pulang_instance *instance, int person, int post) {
    if (instance->n_pairs == 0)
        return NULL;
    int lo = instance->pairs_begin[person], end = instance->pairs_begin[person + 1];
    for (int hi = end; lo < hi;) {
        int middle = lo + (hi - lo) / 2;
        if (instance->pairs[middle].post < post)
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo < end && instance->pairs[lo].post == post ? &instance->pairs[lo] : NULL;
}

int pulang_skill_level(const pulang_skill_list *skills, int skill) {
    for (int i = 0; i < skills->n; i++)
        if (skills->items[i].skill == skill)
            return skills->items[i].level;
    return 0;
}
