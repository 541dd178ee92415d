#include "model/alloc.h"
#include "solver/glpk_live.h"
#include "solver/limits.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { STEPS = 1000 };
static const double NEAR = 1e-9, DEAR = 100;

/* minimise x - 2 y + 1 with x + y <= 4, x, y in 0 .. 3: x = 0, y = 3 */
static const int begin[] = {0, 1, 2};
static int rows_of[] = {0, 0};
static double values[] = {1, 1};
static pulang_program_row row = {"row", -HUGE_VAL, 4};
static pulang_program_column columns[] = {{.name = "x", .upper = 3, .cost = 1},
                                          {.name = "y", .upper = 3, .cost = -2}};
static const pulang_program program = {.name = "test",
                                       .offset = 1,
                                       .n_rows = 1,
                                       .n_columns = 2,
                                       .n_entries = 2,
                                       .rows = &row,
                                       .columns = columns,
                                       .begin = (int *)begin,
                                       .row = rows_of,
                                       .value = values};

static void check_value(glpk_live *live, double truth) {
    double value;
    cr_assert_eq(glpk_live_solve(live, STEPS, INFINITY, &value), GLPK_LIVE_OPTIMAL);
    cr_assert_float_eq(value, truth, NEAR, "%g, not %g", value, truth);
}

static void run(void (*work)(glpk_live *live, void *user)) {
    int calls = 0;
    pulang_error error;
    cr_assert_eq(glpk_live_run(&program, work, NULL, &calls, &error), PULANG_OK, "%s", error.message);
    cr_assert_eq(calls, 1);
}

static void use_rows(glpk_live *live, void *user) {
    double x[2], dual[3], lower, upper;
    *(int *)user += 1;
    check_value(live, -5);
    glpk_live_read(live, x, NULL);
    cr_assert(fabs(x[0]) < NEAR && fabs(x[1] - 3) < NEAR);
    int both = glpk_live_add_row(live, 2, (int[]){0, 1}, DEAR),
        y = glpk_live_add_row(live, 1, (int[]){1}, DEAR);
    cr_assert(both == 1 && y == 2);
    check_value(live, -5); /* free at first */
    glpk_live_row(live, both, &lower, &upper);
    cr_assert(isinf(lower) && lower < 0 && isinf(upper) && upper > 0);
    glpk_live_set_row(live, both, 3.5, HUGE_VAL);
    check_value(live, -4.5);
    glpk_live_read(live, x, dual);
    cr_assert_float_eq(x[0], 0.5, NEAR);
    cr_assert_float_eq(dual[0], 0, NEAR);
    cr_assert_float_eq(dual[both], 1, NEAR);
    cr_assert_float_eq(dual[y], 0, NEAR);
    glpk_live_set_row(live, y, -HUGE_VAL, 1);
    check_value(live, 1 + 2.5 - 2);
    glpk_live_read(live, x, dual);
    cr_assert_float_eq(dual[y], -3, NEAR); /* one more y makes an x needless */
    glpk_live_row(live, y, &lower, &upper);
    cr_assert(isinf(lower) && upper == 1);
    glpk_live_set_row(live, y, 2, 2);
    glpk_live_row(live, y, &lower, &upper);
    cr_assert(lower == 2 && upper == 2);
    check_value(live, 1 + 1.5 - 4);
}

Test(glpk_live, solves_again_with_other_bounds) {
    run(use_rows);
}

/* What the columns cannot do is had for a price, from above and from below. */
static void break_rows(glpk_live *live, void *user) {
    double x[2], dual[2];
    *(int *)user += 1;
    int y = glpk_live_add_row(live, 1, (int[]){1}, DEAR);
    glpk_live_set_row(live, y, 5, HUGE_VAL);
    check_value(live, -5 + 2 * DEAR);
    glpk_live_read(live, x, dual);
    cr_assert_float_eq(x[1], 3, NEAR);
    cr_assert_float_eq(dual[y], DEAR, NEAR);
    glpk_live_set_row(live, y, -HUGE_VAL, -1);
    check_value(live, 1 + DEAR);
    glpk_live_read(live, x, dual);
    cr_assert_float_eq(x[1], 0, NEAR);
    cr_assert_float_eq(dual[y], -DEAR, NEAR);
}

Test(glpk_live, breaks_rows_for_a_price) {
    run(break_rows);
}

/* The rows of the program may not be broken. */
static void contradict(glpk_live *live, void *user) {
    double value;
    *(int *)user += 1;
    check_value(live, -5);
    glpk_live_set_row(live, 0, 7, HUGE_VAL);
    cr_assert_eq(glpk_live_solve(live, STEPS, INFINITY, &value), GLPK_LIVE_INFEASIBLE);
    glpk_live_set_row(live, 0, 7, 5);
    cr_assert_eq(glpk_live_solve(live, STEPS, INFINITY, &value), GLPK_LIVE_FAILED);
    glpk_live_set_row(live, 0, 6, HUGE_VAL);
    check_value(live, 1 + 3 - 6);
    glpk_live_set_row(live, 0, -HUGE_VAL, 4);
    check_value(live, -5);
}

Test(glpk_live, tells_infeasible) {
    run(contradict);
}

/* A basis comes back with its rows; those added since are in it, slack. */
static void keep(glpk_live *live, void *user) {
    glpk_basis basis = {0}, other = {0};
    double value;
    *(int *)user += 1;
    check_value(live, -5);
    cr_assert_eq(glpk_live_keep(live, &basis), 0);
    cr_assert(basis.n_rows == 1 && basis.n_columns == 2);
    int x = glpk_live_add_row(live, 1, (int[]){0}, DEAR);
    glpk_live_set_row(live, x, 2, HUGE_VAL);
    check_value(live, 1 + 2 - 4);
    cr_assert_eq(glpk_live_keep(live, &other), 0);
    cr_assert(other.n_rows == 2 && other.n_columns == 4);
    glpk_live_set_row(live, x, -HUGE_VAL, HUGE_VAL);
    glpk_live_return(live, &basis);
    cr_assert_eq(glpk_live_solve(live, 1, INFINITY, &value), GLPK_LIVE_OPTIMAL, "nothing is left to do");
    cr_assert_float_eq(value, -5, NEAR);
    glpk_live_set_row(live, x, 2, HUGE_VAL);
    glpk_live_return(live, &other);
    cr_assert_eq(glpk_live_solve(live, 1, INFINITY, &value), GLPK_LIVE_OPTIMAL, "nothing is left to do");
    cr_assert_float_eq(value, -1, NEAR);
    glpk_live_return(live, &basis); /* of other bounds: it takes a step, after which it is too late */
    glpk_live_outcome outcome = glpk_live_solve(live, 1, INFINITY, &value);
    cr_assert_eq(outcome, GLPK_LIVE_LIMIT);
    cr_assert_leq(value, -1 + NEAR, "no more is proven than is true");
    check_value(live, -1);
    pulang_alloc_fail_at(1);
    cr_assert_eq(glpk_live_keep(live, &basis), -1);
    pulang_alloc_fail_at(0);
    cr_assert_eq(basis.n_rows, 1, "it stays as it was");
    glpk_basis_clear(&basis);
    glpk_basis_clear(&other);
    cr_assert_null(other.status);
}

Test(glpk_live, goes_back_to_a_basis) {
    run(keep);
}

/* What GLPK takes for an error in the middle of the work ends it. */
static void go_wrong(glpk_live *live, void *user) {
    *(int *)user += 1;
    check_value(live, -5);
    glpk_live_add_row(live, 2, (int[]){0, 0}, DEAR);
    *(int *)user += 1;
}

Test(glpk_live, turns_aborts_into_errors) {
    int calls = 0;
    pulang_error error;
    cr_assert_eq(glpk_live_run(&program, go_wrong, NULL, &calls, &error), PULANG_ERROR_SOLVER);
    cr_assert_eq(calls, 1);
    cr_assert(strncmp(error.message, "GLPK: glp_set_mat_row", 21) == 0, "%s", error.message);
    run(use_rows);
}

Test(glpk_live, memory_runs_out) {
    pulang_status status = PULANG_ERROR_MEMORY;
    for (long k = 1; status == PULANG_ERROR_MEMORY; k++) {
        int calls = 0;
        pulang_alloc_fail_at(k);
        status = glpk_live_run(&program, use_rows, NULL, &calls, NULL);
        pulang_alloc_fail_at(0);
        cr_assert_eq(calls, status == PULANG_OK);
    }
    cr_assert_eq(status, PULANG_OK);
}
