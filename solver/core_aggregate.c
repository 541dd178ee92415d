#include "solver/core_aggregate.h"

#include "model/alloc.h"

#include <stdlib.h>
#include <string.h>

/* Orders classes by where they may go, equal ones by their index. */
static int by_reach(const void *a, const void *b, void *user) {
    const pulang_problem *p = user;
    int x = *(const int *)a, y = *(const int *)b;
    int n = p->arc_begin[x + 1] - p->arc_begin[x], m = p->arc_begin[y + 1] - p->arc_begin[y];
    if (p->bound[x] != p->bound[y])
        return p->bound[x] ? 1 : -1;
    if (n != m)
        return n < m ? -1 : 1;
    return memcmp(p->arc_post + p->arc_begin[x], p->arc_post + p->arc_begin[y],
                  (size_t)n * sizeof *p->arc_post);
}

static int compare_classes(const void *a, const void *b, void *user) {
    int order = by_reach(a, b, user), x = *(const int *)a, y = *(const int *)b;
    return order ? order : (x > y) - (x < y);
}

static int alloc_parts(core_aggregate *g, const pulang_problem *full) {
    size_t n = (size_t)full->n_classes;
    pulang_problem *p = &g->problem;
    p->arena = NULL;
    g->merged = pulang_alloc(n, sizeof *g->merged);
    p->supply = pulang_alloc(n, sizeof *p->supply);
    p->bound = pulang_alloc(n, sizeof *p->bound);
    p->arc_begin = pulang_alloc(n + 1, sizeof *p->arc_begin);
    p->arc_post = pulang_alloc((size_t)full->n_arcs, sizeof *p->arc_post);
    p->class_names = pulang_alloc(n, sizeof *p->class_names);
    p->levels = pulang_alloc((size_t)full->n_levels, sizeof *p->levels);
    return g->merged && p->supply && p->bound && p->arc_begin && p->arc_post && p->class_names && p->levels
               ? 0
               : -1;
}

static void begin_class(pulang_problem *p, const pulang_problem *full, int k) {
    int c = p->n_classes++, n = full->arc_begin[k + 1] - full->arc_begin[k];
    p->bound[c] = full->bound[k];
    p->class_names[c] = full->class_names[k];
    memcpy(p->arc_post + p->n_arcs, full->arc_post + full->arc_begin[k], (size_t)n * sizeof *p->arc_post);
    p->n_arcs += n;
    p->arc_begin[c + 1] = p->n_arcs;
}

int core_aggregate_init(core_aggregate *g, const pulang_problem *full) {
    g->problem = *full;
    int *order = pulang_alloc((size_t)full->n_classes, sizeof *order);
    if (alloc_parts(g, full) || !order) {
        pulang_free(order);
        core_aggregate_free(g);
        return -1;
    }
    pulang_problem *p = &g->problem;
    p->n_classes = p->n_arcs = 0;
    p->member_begin = p->members = NULL;
    for (int l = 0; l < full->n_levels; l++) {
        p->levels[l] = full->levels[l];
        p->levels[l].arc_cost = NULL;
    }
    for (int k = 0; k < full->n_classes; k++)
        order[k] = k;
    qsort_r(order, (size_t)full->n_classes, sizeof *order, compare_classes, (void *)full);
    for (int i = 0; i < full->n_classes; i++) {
        if (i == 0 || by_reach(&order[i - 1], &order[i], (void *)full) != 0)
            begin_class(p, full, order[i]);
        g->merged[order[i]] = p->n_classes - 1;
        p->supply[p->n_classes - 1] += full->supply[order[i]];
    }
    pulang_free(order);
    return 0;
}

void core_aggregate_free(core_aggregate *g) {
    pulang_free(g->merged);
    pulang_free(g->problem.supply);
    pulang_free(g->problem.bound);
    pulang_free(g->problem.arc_begin);
    pulang_free(g->problem.arc_post);
    pulang_free(g->problem.class_names);
    pulang_free(g->problem.levels);
}

void core_aggregate_expand(const core_aggregate *g, const pulang_problem *full, pulang_solution *merged,
                           pulang_solution *solution) {
    solution->outcome = merged->outcome;
    solution->exists = merged->exists;
    memcpy(solution->reason, merged->reason, sizeof solution->reason);
    for (int s = 0; s < merged->n_steps; s++)
        solution->steps[solution->n_steps++] = merged->steps[s];
    merged->n_steps = 0; /* the prices have moved */
    for (int l = 0; l < full->n_levels; l++)
        solution->levels[l].seconds = merged->levels[l].seconds;
    for (int k = 0; merged->exists && k < full->n_classes; k++) {
        int left = full->supply[k], from = g->problem.arc_begin[g->merged[k]];
        for (int a = full->arc_begin[k]; a < full->arc_begin[k + 1]; a++) {
            int *there = &merged->flow[from + a - full->arc_begin[k]];
            solution->flow[a] = *there < left ? *there : left;
            *there -= solution->flow[a];
            left -= solution->flow[a];
        }
    }
}
