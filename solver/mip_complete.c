#include "model/alloc.h"
#include "solver/convex.h"
#include "solver/mip_build.h"

/* The part of a value that lies within a segment. */
static int64_t filled(const pulang_segment *segment, int64_t m) {
    int64_t width = segment->to - segment->from;
    int64_t units = segment->slope < 0 ? segment->to - m : m - segment->from;
    return units < 0 ? 0 : units > width ? width : units;
}

static pulang_status complete_sum(const pulang_problem *problem, int level, const int64_t *value,
                                  double **next) {
    for (int t = 0; t < problem->n_totals; t++) {
        const pulang_total *total = &problem->totals[t];
        pulang_convex convex;
        if (total->n_pieces == 0)
            continue;
        if (pulang_convex_make(problem, total, level, &convex))
            return PULANG_ERROR_MEMORY;
        int64_t divisor = pulang_convex_divisor(&convex, pulang_total_unit(total));
        for (int i = 0; i < convex.n; i++)
            *(*next)++ = (double)filled(&convex.segments[i], value[t]) / (double)divisor;
        pulang_convex_free(&convex);
    }
    return PULANG_OK;
}

pulang_status pulang_mip_complete(const pulang_problem *problem, int level, const int *flow, double *x) {
    double *next = x;
    int64_t *value = pulang_problem_totals(problem, flow);
    if (!value)
        return PULANG_ERROR_MEMORY;
    for (int a = 0; a < problem->n_arcs; a++)
        *next++ = flow[a];
    for (int k = 0; k < problem->n_classes; k++) {
        int left = problem->supply[k];
        for (int a = problem->arc_begin[k]; a < problem->arc_begin[k + 1]; a++)
            left -= flow[a];
        *next++ = left;
    }
    for (int t = 0; t < problem->n_totals; t++)
        if (t < problem->n_posts || problem->totals[t].n_pieces > 0)
            *next++ = (double)(value[t] / pulang_total_unit(&problem->totals[t]));
    for (int t = 0; t < problem->n_totals; t++)
        if (problem->totals[t].open > 0)
            *next++ = value[t] != 0;
    pulang_status status = PULANG_OK;
    for (int l = 0; l <= level && status == PULANG_OK; l++)
        if (problem->levels[l].largest)
            *next++ = (double)pulang_problem_level_value(problem, l, flow);
        else
            status = complete_sum(problem, l, value, &next);
    pulang_free(value);
    return status;
}
