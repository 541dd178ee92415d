/*
 * Generalized assignment: the plan is checked, and the bound of the root computed again from its prices. That
 * no plan is better than the bound of the search is the word of the search, unless the root bound is as good.
 */
#include "cli/bench.h"
#include "cli/interrupt.h"
#include "cli/peak.h"
#include "io/known.h"
#include "model/error.h"
#include "solver/gap.h"
#include "solver/limits.h"

typedef struct gap_run {
    const pulang_gap *gap;
    double seconds;
    pulang_gap_plan *plan;
} gap_run;

static bool stop(void *user) {
    (void)user;
    return interrupt_requested();
}

static pulang_status solve(void *user, pulang_error *error) {
    gap_run *run = user;
    pulang_gap_settings settings = {.seconds = run->seconds, .seed = 1, .stop = stop};
    pulang_gap_plan_free(run->plan);
    run->plan = NULL;
    return pulang_gap_solve(run->gap, &settings, &run->plan, error);
}

/* Whether the first bound leaves more room than the second. */
static bool is_weaker(const pulang_gap *gap, int64_t a, int64_t b) {
    return gap->maximise ? a > b : a < b;
}

static pulang_status verify(const gap_run *run, bench_row *row, pulang_error *error) {
    const pulang_gap_plan *plan = run->plan;
    double begin = pulang_clock();
    const char *wrong = NULL;
    int64_t bound;
    if (pulang_gap_bound(run->gap, plan->price, &bound))
        return pulang_fail_memory(error);
    if (plan->exists && !pulang_gap_check(run->gap, plan, &wrong))
        row->wrong = wrong;
    else if (!plan->infeasible && is_weaker(run->gap, bound, plan->root_bound))
        row->wrong = "the prices do not prove the bound of the root";
    else if (plan->exists && is_weaker(run->gap, plan->objective, bound))
        row->wrong = "the plan is better than the prices allow";
    else if (plan->exists && is_weaker(run->gap, plan->objective, plan->bound))
        row->wrong = "the plan is better than the bound";
    else if (plan->optimal && plan->objective != plan->bound)
        row->wrong = "the plan does not reach the bound";
    row->verify = pulang_clock() - begin;
    row->root_bound = (bench_number){!plan->infeasible, bound};
    row->certificate = !row->wrong && plan->optimal && plan->objective == bound;
    return PULANG_OK;
}

static void fill(const gap_run *run, bench_row *row) {
    const pulang_gap_plan *plan = run->plan;
    row->status = plan->infeasible ? "infeasible"
                  : plan->optimal  ? "optimal"
                  : plan->exists   ? "feasible"
                                   : "limit";
    row->maximise = run->gap->maximise;
    row->optimal = plan->optimal;
    row->objective = (bench_number){plan->exists, plan->objective};
    row->bound = (bench_number){!plan->infeasible, plan->bound};
    row->nodes = (bench_number){true, plan->nodes};
    row->method = "lagrange";
    row->n = run->gap->n_jobs;
    row->m = run->gap->n_agents;
}

pulang_status bench_gap(const pulang_gap *gap, const bench_arguments *arguments, bench_row *row,
                        pulang_error *error) {
    pulang_gap posed = *gap; /* the same arrays */
    posed.maximise |= arguments->maximise;
    gap_run run = {.gap = &posed, .seconds = arguments->seconds};
    interrupt_init();
    pulang_status status = bench_repeat(arguments->repeat, solve, &run, &row->solve, error);
    if (status == PULANG_OK)
        status = verify(&run, row, error);
    if (status == PULANG_OK) {
        row->peak = peak_mebibytes();
        fill(&run, row);
        row->known.exists = posed.maximise == gap->maximise &&
                            pulang_known_optimum(row->instance, gap->n_jobs, &row->known.value);
    }
    pulang_gap_plan_free(run.plan);
    return status;
}
