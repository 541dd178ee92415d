#include "model/certificate.h"

#include <string.h>

pulang_branch *pulang_branches_copy(const pulang_branch *branches, int n, pulang_arena *arena) {
    pulang_branch *copy = pulang_arena_alloc(arena, (size_t)n, sizeof *copy);
    for (int b = 0; copy && b < n; b++) {
        size_t posts = (size_t)branches[b].n_posts;
        copy[b] = branches[b];
        copy[b].posts = pulang_arena_alloc(arena, posts, sizeof *copy[b].posts);
        if (!copy[b].posts)
            return NULL;
        memcpy(copy[b].posts, branches[b].posts, posts * sizeof *copy[b].posts);
    }
    return copy;
}
