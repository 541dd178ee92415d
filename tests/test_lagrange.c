#include "model/alloc.h"
#include "model/plan.h"
#include "solver/lagrange_find.h"
#include "solver/lagrange_moves.h"
#include "solver/lagrange_relax.h"
#include "solver/lagrange_search.h"
#include "solver/solve.h"
#include "tests/support_crossing.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <string.h>

enum { SEEDS = 400, TRIALS = 3000 };

/* A problem with its optimum, and the Lagrangian of one level. */
typedef struct fixture {
    pulang_instance *instance;
    pulang_problem *problem;
    pulang_solution *optimum;
    pulang_solution *found;
    pulang_limits limits;
    lagrange lg;
    lagrange_flow flow;
    int *plan;
    int seed;
} fixture;

static bool set_up(fixture *f, int seed) {
    pulang_settings settings;
    pulang_error error;
    const char *why;
    *f = (fixture){.instance = test_crossing_random((uint64_t)seed), .seed = seed};
    pulang_settings_default(&settings);
    settings.method = PULANG_METHOD_GLPK;
    cr_assert_eq(pulang_problem_new(f->instance, &f->problem, &error), PULANG_OK);
    cr_assert_eq(pulang_solve_problem(f->problem, &settings, NULL, &f->optimum, &error), PULANG_OK);
    f->found = pulang_solution_new(f->problem);
    f->limits = (pulang_limits){.begin = pulang_clock(), .deadline = INFINITY, .seed = 1};
    cr_assert_eq(lagrange_init(&f->lg, f->problem, &f->limits, f->found), PULANG_OK);
    cr_assert_eq(lagrange_flow_init(&f->lg, &f->flow), PULANG_OK);
    f->plan = pulang_alloc((size_t)f->problem->n_arcs, sizeof *f->plan);
    return f->optimum->exists && f->optimum->outcome == PULANG_OPTIMAL &&
           pulang_lagrange_applies(f->problem, &why);
}

static void tear_down(fixture *f) {
    pulang_free(f->plan);
    lagrange_flow_clear(&f->flow);
    lagrange_clear(&f->lg);
    pulang_solution_free(f->found);
    pulang_solution_free(f->optimum);
    pulang_problem_free(f->problem);
    pulang_instance_free(f->instance);
}

/* A plan that a search hands out holds, and is no better than the best. */
static void check_plan(const fixture *f, int level) {
    cr_assert(pulang_problem_feasible(f->problem, f->plan), "seed %d level %d", f->seed, level);
    for (int l = 0; l < level; l++)
        cr_assert_leq(pulang_problem_level_value(f->problem, l, f->plan), f->lg.value[l], "seed %d level %d",
                      f->seed, level);
    cr_assert_geq(pulang_problem_level_value(f->problem, level, f->plan), f->optimum->levels[level].value,
                  "seed %d level %d", f->seed, level);
}

/* The plan of the subproblem as a flow, to be freed. */
static int *read_start(const fixture *f) {
    int *start = pulang_alloc((size_t)f->problem->n_arcs, sizeof *start);
    for (int i = 0; i < f->flow.n_listed; i++)
        start[f->flow.arc[i]] = f->flow.count[i];
    return start;
}

static int count_broken(const lagrange_search *s, bool crossing) {
    int n = 0;
    for (int t = 0; t < s->problem->n_totals; t++)
        n += s->lg->crosses[t] == crossing && search_missing(s->lg, t, s->steps[t]) > 0;
    return n;
}

/* What is kept beside the members comes to the same as the plan worked out anew. */
static void check_books(const fixture *f, const lagrange_search *s, int level) {
    const pulang_problem *p = f->problem;
    memset(f->plan, 0, (size_t)p->n_arcs * sizeof *f->plan);
    for (int m = 0; m < s->n_members; m++)
        if (s->arc[m] != PULANG_NONE) {
            cr_assert(s->arc[m] >= p->arc_begin[s->class_of[m]] &&
                      s->arc[m] < p->arc_begin[s->class_of[m] + 1]);
            f->plan[s->arc[m]]++;
        }
    for (int t = 0; t < p->n_totals; t++)
        cr_assert_eq(pulang_problem_total(p, t, f->plan), s->steps[t] * s->lg->unit[t], "seed %d level %d",
                     f->seed, level);
    cr_assert_float_eq((double)pulang_problem_level_value(p, level, f->plan), s->cost[level], 1e-6);
}

/* Repair leaves what is not broken as it is, and mends what crosses where it can. */
static void check_repair(fixture *f, int level, int *n_broken, int *n_repaired) {
    lagrange_search *s = lagrange_search_new(&f->lg, 3);
    int *start = read_start(f);
    cr_assert_not_null(s);
    s->deadline = INFINITY;
    s->most = INT64_MAX;
    search_set_start(s, start);
    bool was_broken = count_broken(s, true) > 0, tree_broken = count_broken(s, false) > 0;
    search_repair(s, SEARCH_EXCHANGED);
    check_books(f, s, level);
    cr_assert(tree_broken || count_broken(s, false) == 0, "seed %d level %d", f->seed, level);
    *n_broken += was_broken;
    *n_repaired += was_broken && count_broken(s, true) == 0;
    lagrange_search_free(s);
    pulang_free(start);
}

static int search(fixture *f, int level) {
    lagrange_search *local = lagrange_search_new(&f->lg, 7);
    int *start = read_start(f);
    cr_assert_not_null(local);
    bool found = lagrange_search_run(local, start, true, TRIALS, INFINITY, f->plan);
    if (found)
        check_plan(f, level);
    lagrange_search_free(local);
    pulang_free(start);
    return found;
}

/* No choice of the best plan is forbidden by what its value leaves. */
static void check_narrowing(fixture *f, int level, int64_t bound) {
    const lagrange *lg = &f->lg;
    lagrange_narrow(&f->lg, f->optimum->levels[level].value * lg->goal.scale - bound);
    for (int k = 0; k < f->problem->n_classes; k++)
        for (int a = f->problem->arc_begin[k]; a < f->problem->arc_begin[k + 1]; a++) {
            bool left = f->optimum->flow[a] == 0;
            for (int i = lg->begin[k]; i < lg->end[k]; i++)
                left = left || lg->list[i] == a;
            cr_assert(left, "seed %d level %d: arc %d is gone", f->seed, level, a);
        }
    for (int t = 0; t < f->problem->n_totals; t++) {
        int64_t n = pulang_problem_total(f->problem, t, f->optimum->flow) / lg->unit[t];
        cr_assert(n >= lg->lower[t] && n <= lg->upper[t], "seed %d level %d: total %d", f->seed, level, t);
    }
}

/* Corners place nobody twice, and their prices prove no more than is true. */
static void check_relaxation(fixture *f, int level) {
    lagrange_vertex vertices[3] = {0};
    uint64_t random = 1;
    int n = 0;
    int64_t bound;
    pulang_error error;
    const pulang_problem *p = f->problem;
    cr_assert_eq(lagrange_relax(&f->lg, &(lagrange_noise){.most = 10, .random = &random}, 3,
                                &(lagrange_effort){.deadline = INFINITY}, vertices, &n, &error),
                 PULANG_OK);
    cr_assert_eq(n, 3, "seed %d level %d", f->seed, level);
    for (int v = 0; v < n; v++) {
        double placed = 0;
        for (int i = 0; i < vertices[v].n; i++) {
            cr_assert(i == 0 || vertices[v].arc[i] > vertices[v].arc[i - 1]);
            placed += vertices[v].flow[i];
        }
        cr_assert_leq(placed, p->member_begin[p->n_classes] + 1e-6);
        lagrange_vertex_round(&f->lg, &vertices[v], f->plan);
        for (int k = 0; k < p->n_classes; k++) {
            int sum = 0;
            for (int a = p->arc_begin[k]; a < p->arc_begin[k + 1]; a++)
                sum += f->plan[a];
            cr_assert_leq(sum, p->supply[k], "seed %d level %d class %d", f->seed, level, k);
        }
    }
    lagrange_vertices_clear(vertices, n);
    cr_assert_eq(lagrange_flow_solve(&f->lg, &f->flow, &error), PULANG_OK);
    cr_assert(lagrange_bound(&f->lg, &bound), "seed %d", f->seed);
    cr_assert_leq(bound, f->optimum->levels[level].value * f->lg.goal.scale, "seed %d level %d", f->seed,
                  level);
}

/* Branch and cut over all arcs finds the best plan, and where rules may be broken for a price one that pays
   no more in all. */
static void check_find(fixture *f, int level) {
    const lagrange_effort effort = {.nodes = 100000, .deadline = INFINITY};
    int64_t optimum = f->optimum->levels[level].value;
    lagrange_found found;
    pulang_error error;
    cr_assert_eq(lagrange_find(&f->lg, 0, &effort, f->plan, &found, &error), PULANG_OK);
    cr_assert_eq(found, LAGRANGE_FOUND_BEST, "seed %d level %d", f->seed, level);
    check_plan(f, level);
    cr_assert_eq(pulang_problem_level_value(f->problem, level, f->plan), optimum, "seed %d level %d", f->seed,
                 level);
    cr_assert_eq(lagrange_broken(&f->lg, f->plan, 1), 0);
    cr_assert_eq(lagrange_find(&f->lg, 3, &effort, f->plan, &found, &error), PULANG_OK);
    cr_assert_eq(found, LAGRANGE_FOUND_BEST, "seed %d level %d", f->seed, level);
    double broken = lagrange_broken(&f->lg, f->plan, 3);
    double cost = (double)pulang_problem_level_value(f->problem, level, f->plan) + broken;
    bool priced = false; /* beyond its bounds a total that is priced costs more than branch and cut knows */
    for (int i = 0; i < f->lg.n_crossing; i++)
        priced = priced || f->problem->totals[f->lg.crossing[i]].n_pieces > 0;
    if (!priced)
        cr_assert_leq(cost, (double)optimum * (1 + 1e-9) + 1e-6, "seed %d level %d", f->seed, level);
    if (broken <= 0)
        check_plan(f, level);
}

/* How many levels were tried, how many searches found a plan, and plans that break something were repaired.
 */
typedef struct tally {
    int levels, found, broken, repaired;
} tally;

/* The bound of a level is below its optimum, and searches end in plans that hold. */
static void try_level(fixture *f, int level, tally *n) {
    lagrange *lg = &f->lg;
    lagrange_bundle bundle;
    pulang_error error;
    int64_t bound, value = f->optimum->levels[level].value;
    lagrange_set_level(lg, level);
    for (int t = 0; t < f->problem->n_totals; t++)
        lg->goal.price[t] = 0;
    for (int l = 0; l < f->problem->n_levels; l++)
        lg->goal.held[l] = 0;
    lagrange_near_all(lg);
    cr_assert_eq(lagrange_flow_solve(lg, &f->flow, &error), PULANG_OK);
    cr_assert(f->flow.plan->feasible, "seed %d", f->seed);
    cr_assert_eq(lagrange_bundle_init(lg, &f->flow, &bundle), PULANG_OK);
    cr_assert_eq(lagrange_bundle_turn(&bundle, (double)lg->goal.scale), PULANG_OK);
    cr_assert_eq(lagrange_raise(&bundle, 30, 0.3 * (double)lg->goal.scale, INFINITY, INFINITY, &error),
                 PULANG_OK);
    cr_assert(lagrange_bound(lg, &bound), "seed %d", f->seed);
    cr_assert_leq(bound, value * lg->goal.scale, "seed %d level %d", f->seed, level);
    check_repair(f, level, &n->broken, &n->repaired);
    n->found += search(f, level);
    n->levels++;
    lagrange_near_all(lg);
    check_relaxation(f, level);
    check_find(f, level);
    cr_assert(lagrange_bound(lg, &bound));
    check_narrowing(f, level, bound);
    lg->value[level] = value;
    lg->hold[level] = value * lg->goal.scale > bound;
    lagrange_bundle_clear(&bundle);
}

Test(lagrange, bounds_narrowing_and_searches) {
    tally n = {0};
    for (int seed = 1; seed <= SEEDS; seed++) {
        fixture f;
        if (set_up(&f, seed))
            for (int level = 0; level < f.problem->n_levels; level++)
                try_level(&f, level, &n);
        tear_down(&f);
    }
    cr_log_info("%d levels, %d plans found, %d of %d repaired", n.levels, n.found, n.repaired, n.broken);
    cr_assert_gt(n.levels, 300);
    cr_assert_gt(n.found, n.levels / 2, "only %d of %d", n.found, n.levels);
    cr_assert_gt(n.broken, 50);
    cr_assert_gt(n.repaired, n.broken * 2 / 5, "only %d of %d", n.repaired, n.broken);
}

/* Every allocation in turn fails: an error, or a plan all the same, and nothing leaks. */
static void starve(int seed) {
    fixture f;
    pulang_settings settings;
    pulang_settings_default(&settings);
    settings.method = PULANG_METHOD_LAGRANGE;
    bool usable = set_up(&f, seed), done = !usable;
    for (long k = 1; !done && k < 4000; k += 1 + k / 20) {
        pulang_solution *solution = NULL;
        pulang_error error;
        pulang_alloc_fail_at(k);
        pulang_status status = pulang_solve_problem(f.problem, &settings, NULL, &solution, &error);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || status == PULANG_ERROR_MEMORY, "seed %d: %ld", seed, k);
        done = status == PULANG_OK && k > 3000;
        pulang_solution_free(solution);
    }
    tear_down(&f);
}

Test(lagrange, memory_runs_out) {
    for (int seed = 1; seed <= 12; seed++)
        starve(seed);
}
