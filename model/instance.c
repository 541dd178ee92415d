#include "model/instance.h"

#include "model/alloc.h"

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
