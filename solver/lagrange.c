#include "solver/lagrange.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/glpk.h"
#include "solver/lagrange_program.h"
#include "solver/lagrange_search.h"
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
        for (int r = 0; r < (level < 2 ? 0 : level == 2 ? 1 : atoi(getenv("LGR"))); r++) {
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
        if (level < 2) {
            lg.value[level] = flow.value / lg.goal.scale;
            if (level < 2)
                lagrange_narrow(&lg, 0);
            else {
                lg.value[level] = 0;
                lg.weigh[level] = atoi(getenv("LGW"));
            }
            continue;
        }
        /* the plan of the subproblem as a start */
        int *start_flow = pulang_alloc(p->n_arcs, sizeof *start_flow);
        for (int i = 0; i < flow.plan->n_placements; i++)
            if (flow.plan->post[i] != lg.n_ordered)
                start_flow[lagrange_near_arc(&lg, flow.plan->row[i], flow.plan->post[i])] =
                    flow.plan->count[i];
        lagrange_near_some(&lg, &flow, INT64_MAX / 4, atoi(getenv("LGK")), flow.round - 20);
        lagrange_search *search = lagrange_search_new(&lg, 1);
        bool found = lagrange_search_run(search, start_flow, 1000000000, pulang_clock() + atof(getenv("LGS")),
                                         solution->flow);
        fprintf(stderr, "found %d\n", found);
        for (int l = 0; l <= level; l++)
            fprintf(stderr, "level %d value %lld\n", l,
                    (long long)pulang_problem_level_value(p, l, solution->flow));
        fprintf(stderr, "feasible %d\n", pulang_problem_feasible(p, solution->flow));
    }
    fprintf(stderr, "end %.3f\n", pulang_clock() - start);
    lagrange_flow_clear(&flow);
    lagrange_clear(&lg);
    return PULANG_OK;
}
