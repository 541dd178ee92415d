#include "model/alternatives.h"

void pulang_alternatives_free(pulang_alternatives *alternatives) {
    if (alternatives)
        pulang_arena_free(alternatives->arena);
}

int pulang_alternatives_level(const pulang_alternatives *alternatives, int item) {
    for (int l = 0; l < alternatives->n_levels; l++)
        if (alternatives->items[item].levels[l].value != alternatives->value[l])
            return l;
    return PULANG_NONE;
}
