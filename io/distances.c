#include "io/distances.h"

#include "model/distance.h"

#include <string.h>

const int pulang_distance_ends[PULANG_DISTANCE_CLASSES - 1] = {1, 5, 10, 20, 50, 100, 200};

void pulang_distance_count(const pulang_instance *instance, const int *post_of,
                           int heads[PULANG_DISTANCE_CLASSES]) {
    memset(heads, 0, PULANG_DISTANCE_CLASSES * sizeof *heads);
    for (int p = 0; p < instance->n_persons; p++) {
        int origin = instance->persons[p].origin;
        if (origin == PULANG_NONE || post_of[p] == PULANG_NONE)
            continue;
        int32_t metres = pulang_distance_metres(instance, origin, instance->posts[post_of[p]].place);
        int c = 0;
        while (c < PULANG_DISTANCE_CLASSES - 1 && metres >= 1000 * pulang_distance_ends[c])
            c++;
        heads[c] += metres >= 0;
    }
}
