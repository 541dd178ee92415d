#include "solver/lagrange.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/glpk.h"
#include "solver/lagrange_program.h"
#include "solver/lagrange_state.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

pulang_status pulang_lagrange_solve(const pulang_problem *p, pulang_limits *limits, pulang_solution *solution,
                                    pulang_error *error) {
    lagrange lg;
    lagrange_flow flow;
    double t0 = pulang_clock(), start = t0;
    lagrange_init(&lg, p, limits, solution);
    lagrange_flow_init(&lg, &flow);
    fprintf(stderr, "init %.3f classes %d arcs %d totals %d crossing %d teams %d parts %zu\n",
            pulang_clock() - t0, p->n_classes, p->n_arcs, p->n_totals, lg.n_crossing, lg.n_teams,
            lg.part_begin[p->n_arcs]);
    for (int level = 0; level < p->n_levels; level++) {
        lg.goal.level = level;
        lg.goal.scale = lagrange_scale(&lg, level);
        fprintf(stderr, "scale %lld\n", (long long)lg.goal.scale);
        for (int t = 0; t < p->n_totals; t++)
            lg.goal.price[t] = 0;
        int64_t bound = 0;
        for (int l = 0; l < level; l++)
            lg.goal.held[l] = lg.goal.scale * lg.weigh[l];
        pulang_status st;
        lagrange_bundle bundle;
        lagrange_bundle_init(&lg, &flow, &bundle);
        lagrange_near_all(&lg);
        st = lagrange_flow_solve(&lg, &flow, error);
        fprintf(stderr, "first flow %d feasible %d %.3f\n", st, flow.plan->feasible, pulang_clock() - t0);
        lagrange_bound(&lg, &bound);
        for (int r = 0; r < (level < 3 ? 0 : atoi(getenv("LGR"))); r++) {
            lagrange_share(&lg, flow.share);
            lagrange_near_some(&lg, &flow, INT64_MAX / 4, atoi(getenv("LGK")),
                               flow.round > 50 ? flow.round - 50 : 0);
            fprintf(stderr, "near %d %.3f s\n", lg.near_begin[p->n_classes], pulang_clock() - t0);
            t0 = pulang_clock();
            st = lagrange_raise(&bundle, 60, (double)lg.goal.scale * 1, error);
            if (st) {
                fprintf(stderr, "%s\n", error->message);
                return st;
            }
            if (!flow.plan->feasible)
                return 0;
            fprintf(stderr, "raised %.3f in %.3f s\n", (double)flow.value / (double)lg.goal.scale,
                    pulang_clock() - t0);
            t0 = pulang_clock();
            bool ok = lagrange_bound(&lg, &bound);
            fprintf(stderr, "level %d %.3f bound %d %.3f near %d\n", level, pulang_clock() - start, ok,
                    (double)bound / (double)lg.goal.scale, lg.near_begin[p->n_classes]);
        }
        if (level < 3) {
            lg.value[level] = flow.value / lg.goal.scale;
            if (level < 2)
                lagrange_narrow(&lg, 0);
            else {
                lg.value[level] = 0;
                lg.weigh[level] = atoi(getenv("LGW"));
            }
            continue;
        }
        double *mean = pulang_alloc(p->n_arcs, sizeof *mean);
        lagrange_mean(&bundle, mean);
        int n = 0, nfree = 0, old = 0;
        double ex = atof(getenv("LGX"));
        for (int k = 0; k < p->n_classes; k++) {
            int begin = n, best = -1;
            for (int i = lg.begin[k]; i < lg.end[k]; i++) {
                int a = lg.list[i];
                if (mean[a] > 0.001 ||
                    (double)(lagrange_reduced(&lg, a) - lg.least[k]) <= ex * (double)lg.goal.scale)
                    lg.near[n++] = a;
                if (best < 0 || mean[a] > mean[best])
                    best = a;
            }
            if (mean[best] > atof(getenv("LGM")) * p->supply[k]) {
                n = begin;
                lg.near[n++] = best;
            }
            nfree += n > begin + 1;
            lg.near_begin[k + 1] = n;
        }
        (void)old;
        lagrange_program *pr = lagrange_program_new(&lg);
        fprintf(stderr, "free %d near %d rows %d columns %d\n", nfree, n, pr->program->n_rows,
                pr->program->n_columns);
        double *x = pulang_alloc(pr->program->n_columns, 8), *dual = pulang_alloc(pr->program->n_rows, 8);
        pulang_glpk_result result = {0};
        t0 = pulang_clock();
        if (nfree > 2000)
            return 0;
        st = pulang_glpk_relax(pr->program, 10, NULL, x, dual, &result, error);
        int frac = 0;
        for (int c = 0; c < pr->program->n_columns; c++)
            frac += pr->program->columns[c].integer && fabs(x[c] - round(x[c])) > 1e-6;
        fprintf(stderr, "lp %d outcome %d value %.3f frac %d in %.3f s\n", st, result.outcome, result.value,
                frac, pulang_clock() - t0);
        t0 = pulang_clock();
        pulang_glpk_search how = {.seconds = 10, .gap = 1e-5};
        st = pulang_glpk_solve(pr->program, &how, x, &result, error);
        fprintf(stderr, "mip %d outcome %d has %d value %.3f bound %.3f in %.3f s\n", st, result.outcome,
                result.has_x, result.value, result.bound, pulang_clock() - t0);
        if (st == 0 && result.has_x) {
            for (int a = 0; a < p->n_arcs; a++)
                solution->flow[a] = 0;
            for (int k = 0; k < p->n_classes; k++)
                for (int i = lg.near_begin[k]; i < lg.near_begin[k + 1]; i++)
                    solution->flow[lg.near[i]] =
                        pr->arc_column[i] == PULANG_NONE ? p->supply[k] : (int)lround(x[pr->arc_column[i]]);
            fprintf(stderr, "feasible %d value %lld\n", pulang_problem_feasible(p, solution->flow),
                    (long long)pulang_problem_level_value(p, level, solution->flow));
            for (int l = 0; l < level; l++)
                fprintf(stderr, "level %d value %lld\n", l,
                        (long long)pulang_problem_level_value(p, l, solution->flow));
            lg.value[level] = pulang_problem_level_value(p, level, solution->flow);
            lg.hold[level] = true;
            lagrange_narrow(&lg, lg.value[level] * lg.goal.scale - bound);
            int left = 0;
            for (int k = 0; k < p->n_classes; k++)
                left += lg.end[k] - lg.begin[k];
            fprintf(stderr, "left %d arcs\n", left);
        } else
            break;
    }
    fprintf(stderr, "end %.3f\n", pulang_clock() - start);
    lagrange_flow_clear(&flow);
    lagrange_clear(&lg);
    return PULANG_OK;
}
