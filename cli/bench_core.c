/*
 * Transportation, assignment and minimum-cost flow: optima proven by dual prices, or that there is none by a
 * cut.
 */
#include "cli/bench.h"
#include "cli/peak.h"
#include "io/known.h"
#include "solver/limits.h"
#include "solver/mincost.h"
#include "solver/spatial.h"
#include "solver/transport.h"

/* A benchmark on its way through the solver. */
typedef struct core_run {
    const pulang_benchmark *benchmark;
    int threads;
    pulang_transport_plan *placement; /* of one kind, */
    pulang_flow_plan *flow;           /* or of the other */
} core_run;

static pulang_status solve(void *user, pulang_error *error) {
    core_run *run = user;
    const pulang_benchmark *b = run->benchmark;
    pulang_transport_settings settings = {.threads = run->threads};
    pulang_transport_plan_free(run->placement);
    pulang_flow_plan_free(run->flow);
    run->placement = NULL;
    run->flow = NULL;
    if (b->is_network)
        return pulang_mincost_solve(&b->network, NULL, NULL, &run->flow, error);
    if (b->spatial)
        return pulang_spatial_solve(b->spatial, &settings, &run->placement, error);
    return pulang_transport_solve(&b->transport, &settings, &run->placement, error);
}

static bool check(const core_run *run, const char **wrong) {
    const pulang_benchmark *b = run->benchmark;
    if (b->is_network)
        return pulang_flow_check(&b->network, run->flow, wrong);
    if (b->spatial)
        return pulang_spatial_check(b->spatial, run->placement, run->threads, wrong);
    return pulang_transport_check(&b->transport, run->placement, run->threads, wrong);
}

static void verify(const core_run *run, bench_row *row) {
    double begin = pulang_clock();
    const char *wrong = "";
    row->certificate = check(run, &wrong);
    row->wrong = row->certificate ? NULL : wrong;
    row->verify = pulang_clock() - begin;
}

static void fill(const core_run *run, bench_row *row) {
    static const char *const outcomes[] = {[PULANG_FLOW_OPTIMAL] = "optimal",
                                           [PULANG_FLOW_INFEASIBLE] = "infeasible",
                                           [PULANG_FLOW_UNBOUNDED] = "unbounded",
                                           [PULANG_FLOW_STOPPED] = "limit"};
    const pulang_benchmark *b = run->benchmark;
    pulang_flow_outcome outcome = b->is_network              ? run->flow->outcome
                                  : run->placement->feasible ? PULANG_FLOW_OPTIMAL
                                                             : PULANG_FLOW_INFEASIBLE;
    row->status = outcomes[outcome];
    row->optimal = outcome == PULANG_FLOW_OPTIMAL;
    row->objective =
        (bench_number){row->optimal, b->is_network ? run->flow->objective : run->placement->objective};
    row->bound = (bench_number){row->optimal && row->certificate, row->objective.value};
    if (!b->is_network && !row->optimal && row->certificate)
        row->violation = (bench_number){true, run->placement->violation};
    row->method = b->is_network ? "network-simplex" : "core";
    row->n = b->is_network ? b->network.n_nodes : b->transport.n_rows;
    row->m = b->is_network ? b->network.n_arcs : b->transport.n_posts;
    row->known.exists = pulang_known_optimum(row->instance, b->transport.n_rows, &row->known.value);
}

pulang_status bench_core(const pulang_benchmark *benchmark, const bench_arguments *arguments, bench_row *row,
                         pulang_error *error) {
    core_run run = {.benchmark = benchmark, .threads = arguments->threads};
    pulang_status status = bench_repeat(arguments->repeat, solve, &run, &row->solve, error);
    if (status == PULANG_OK) {
        verify(&run, row);
        row->peak = peak_mebibytes();
        fill(&run, row);
    }
    pulang_transport_plan_free(run.placement);
    pulang_flow_plan_free(run.flow);
    return status;
}
