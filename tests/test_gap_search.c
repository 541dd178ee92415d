#include "model/alloc.h"
#include "solver/gap_state.h"
#include "solver/glpk.h"
#include "tests/support_gap.h"

#include <criterion/criterion.h>
#include <math.h>

/* Room for the columns of three agents with up to eight jobs. */
enum { AGENTS = 3, JOBS = 8, COLUMNS = AGENTS << JOBS };

static void begin(gap_state *s, const pulang_gap *gap, const pulang_gap_settings *settings) {
    *s = (gap_state){.gap = gap, .settings = settings, .deadline = INFINITY, .random = 1};
    cr_assert_eq(gap_state_make(s, NULL), PULANG_OK);
    for (int i = 0; i < gap->n_agents; i++)
        for (int j = 0; j < gap->n_jobs; j++)
            if (!gap_fits(s, i, j))
                gap_forbid(s, i, j);
    gap_lists_build(s);
}

/* The Lagrangian bound by the linear program over all sets of jobs that an agent can have, one column each.
 */
static double bound_by_columns(const pulang_gap *gap, const gap_state *s, bool *exists) {
    static pulang_program_row rows[JOBS + AGENTS];
    static pulang_program_column columns[COLUMNS];
    static int first[COLUMNS + 1], row[COLUMNS * (JOBS + 1)];
    static double value[COLUMNS * (JOBS + 1)], x[COLUMNS];
    pulang_program program = {.name = "columns",
                              .n_rows = gap->n_jobs + gap->n_agents,
                              .rows = rows,
                              .columns = columns,
                              .begin = first,
                              .row = row,
                              .value = value};
    for (int r = 0; r < program.n_rows; r++)
        rows[r] = (pulang_program_row){"row", r < gap->n_jobs, 1};
    for (int i = 0; i < gap->n_agents; i++) {
        for (int set = 0; set < 1 << gap->n_jobs; set++) {
            int64_t use = 0, cost = 0;
            int n = program.n_entries;
            for (int j = 0; j < gap->n_jobs; j++) {
                if (!(set >> j & 1))
                    continue;
                use += gap->use[test_gap_pair(gap, i, j)];
                cost += s->cost[test_gap_pair(gap, i, j)];
                row[n] = j;
                value[n++] = 1;
            }
            if (use > gap->capacity[i])
                continue;
            row[n] = gap->n_jobs + i;
            value[n++] = 1;
            program.n_entries = n;
            columns[program.n_columns] =
                (pulang_program_column){.name = "set", .upper = 1, .cost = (double)cost};
            first[++program.n_columns] = n;
        }
    }
    pulang_glpk_result result;
    cr_assert_eq(pulang_glpk_relax(&program, INFINITY, NULL, x, NULL, &result, NULL), PULANG_OK);
    *exists = result.outcome == PULANG_GLPK_OPTIMAL;
    return result.value;
}

Test(gap_search, dual_comes_to_the_bound_of_all_columns) {
    test_random random = {.state = 31};
    pulang_gap_settings settings = {0};
    int n_bounds = 0;
    for (int round = 0; round < 60; round++) {
        pulang_gap *gap =
            test_gap_make(&random, "CDE"[round % 3], AGENTS, test_random_range(&random, 5, JOBS), 1);
        gap_state s;
        begin(&s, gap, &settings);
        bool exists;
        double bound = bound_by_columns(gap, &s, &exists);
        gap_dual_raise(&s, INT64_MAX / 2,
                       (gap_effort){.steps = exists ? 1000 : 0, .sweeps = 60, .primal = true});
        if (exists) {
            double value = (double)s.value / s.scale;
            cr_assert_leq(value, bound + 1e-6);
            cr_assert_geq(value, bound - 0.05, "round %d: %f, not %f", round, value, bound);
            n_bounds++;
        }
        gap_state_clear(&s);
        pulang_gap_free(gap);
    }
    cr_assert_gt(n_bounds, 20);
}

/* Asks again and again with a little more work, along the path. */
static gap_answer search_bit_by_bit(gap_state *s, int64_t limit) {
    gap_answer answer = GAP_OPEN;
    for (int64_t n = 2; answer == GAP_OPEN; n++)
        answer = gap_search(s, limit, (gap_allowance){n, INT64_MAX, false}, &s->path);
    return answer;
}

Test(gap_search, answers_the_same_when_interrupted) {
    test_random random = {.state = 32};
    pulang_gap_settings settings = {0};
    for (int round = 0; round < 200; round++) {
        pulang_gap *gap = test_gap_make(&random, "CDE"[round % 3], 4, 8, 1 + round % 2);
        test_gap_plans plans = test_gap_enumerate(gap);
        gap_state s;
        begin(&s, gap, &settings);
        int64_t best = plans.exists ? plans.best - s.offset : 300;
        for (int64_t limit = best - 2; limit < best; limit++)
            cr_assert_eq(search_bit_by_bit(&s, limit), GAP_REFUTED, "round %d", round);
        cr_assert_eq(search_bit_by_bit(&s, best), plans.exists ? GAP_FOUND : GAP_REFUTED);
        if (plans.exists)
            cr_assert_eq(s.best, best);
        cr_assert_eq(s.n_free, 8);
        gap_state_clear(&s);
        pulang_gap_free(gap);
    }
}

/* That the best plan keeps the capacities and costs what it says. */
static void check_best(const gap_state *s) {
    pulang_gap_plan plan = {.exists = true, .agent = s->best_agent, .objective = s->offset + s->best};
    plan.bound = plan.objective;
    const char *message = "";
    cr_assert(pulang_gap_check(s->gap, &plan, &message), "%s", message);
}

Test(gap_search, rounding_and_neighbours_make_plans) {
    test_random random = {.state = 33};
    pulang_gap_settings settings = {0};
    for (int round = 0; round < 30; round++) {
        pulang_gap *gap = test_gap_make(&random, "CDE"[round % 3], 8, 80, 1 + round % 2);
        for (int p = 0; p < 8 * (1 + round % 2); p++)
            gap->capacity[p] += gap->capacity[p] / 5;
        gap_state s;
        begin(&s, gap, &settings);
        gap_dual_raise(&s, INT64_MAX / 2, (gap_effort){.steps = 200, .sweeps = 60, .primal = true});
        gap_model_share(&s, s.share);
        gap_dual_fix(&s, INT64_MAX);
        gap_near_build(&s);
        gap_round(&s, 1000000);
        cr_assert_eq(s.n_free, 80);
        if (s.exists) {
            check_best(&s);
            int64_t before = s.best;
            gap_neighbours(&s, 1000000);
            cr_assert_leq(s.best, before);
            check_best(&s);
        }
        gap_state_clear(&s);
        pulang_gap_free(gap);
    }
}
