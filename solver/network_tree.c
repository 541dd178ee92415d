/*
 * Whether the totals make a tree: the sets of posts of any two are nested or apart (laminar).
 */
#include "model/alloc.h"
#include "model/error.h"
#include "solver/network.h"

#include <stdlib.h>

typedef struct sized {
    int total, n_posts;
} sized;

static int by_size(const void *a, const void *b) {
    const sized *x = a, *y = b;
    if (x->n_posts != y->n_posts)
        return x->n_posts < y->n_posts ? -1 : 1;
    return (x->total > y->total) - (x->total < y->total);
}

int pulang_network_by_size(const void *a, const void *b, void *user) {
    const pulang_total *totals = user;
    int x = *(const int *)a, y = *(const int *)b;
    if (totals[x].n_posts != totals[y].n_posts)
        return totals[x].n_posts < totals[y].n_posts ? -1 : 1;
    return (x > y) - (x < y);
}

/* The quotas' groups that count something, smallest first. */
static int sort_groups(const pulang_problem *problem, sized *groups) {
    int n = 0;
    for (int t = problem->n_posts; t < problem->n_totals; t++)
        if (problem->totals[t].n_posts > 0)
            groups[n++] = (sized){t, problem->totals[t].n_posts};
    qsort(groups, (size_t)n, sizeof *groups, by_size);
    return n;
}

/* Puts total t above the tops of its posts; false when one of them sticks out. */
static bool join_tops(const pulang_problem *problem, int t, int *top, int *up) {
    const pulang_total *total = &problem->totals[t];
    int covered = 0;
    for (int i = 0; i < total->n_posts; i++) {
        int below = top[total->posts[i]];
        if (up[below] == PULANG_NONE) {
            up[below] = t;
            covered += problem->totals[below].n_posts;
        }
    }
    for (int i = 0; i < total->n_posts; i++)
        top[total->posts[i]] = t;
    return covered == total->n_posts;
}

static bool simple_totals(const pulang_problem *problem, const char **why) {
    if (problem->n_pairings > 0) {
        *why = _("groups of persons are kept together");
        return false;
    }
    for (int t = 0; t < problem->n_totals; t++) {
        if (problem->totals[t].open > 0) {
            *why = _("a post or a quota is empty or has at least so many");
            return false;
        }
        if (!problem->totals[t].uniform) {
            *why = _("a quota does not count all who may hold its posts alike");
            return false;
        }
    }
    return true;
}

int pulang_network_tree(const pulang_problem *problem, int *up, bool *laminar, const char **why) {
    const char *reason = NULL;
    if (!why)
        why = &reason;
    *laminar = simple_totals(problem, why);
    if (!*laminar)
        return 0;
    sized *groups = pulang_alloc((size_t)problem->n_totals, sizeof *groups);
    int *top = pulang_alloc((size_t)problem->n_posts, sizeof *top);
    if (groups && top) {
        for (int t = 0; t < problem->n_totals; t++)
            up[t] = PULANG_NONE;
        for (int j = 0; j < problem->n_posts; j++)
            top[j] = j;
        int n = sort_groups(problem, groups);
        for (int i = 0; *laminar && i < n; i++)
            *laminar = join_tops(problem, groups[i].total, top, up);
        if (!*laminar)
            *why = _("two quotas share some posts, and neither holds all posts of the other");
    }
    int status = groups && top ? 0 : -1;
    pulang_free(groups);
    pulang_free(top);
    return status;
}
