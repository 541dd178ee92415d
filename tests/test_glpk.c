#include "model/alloc.h"
#include "solver/glpk.h"
#include "tests/support.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A program of n integer columns in 0 .. 1 under rows of equal sense; zero rows of values are left out. */
static pulang_program *make_program(int n_rows, int n_columns, const double *costs, const double *values,
                                    const double *lower, const double *upper) {
    pulang_arena *arena = pulang_arena_new();
    pulang_program *program = pulang_arena_alloc(arena, 1, sizeof *program);
    *program = (pulang_program){.name = "test", .n_rows = n_rows, .n_columns = n_columns, .arena = arena};
    program->rows = pulang_arena_alloc(arena, (size_t)n_rows, sizeof *program->rows);
    program->columns = pulang_arena_alloc(arena, (size_t)n_columns, sizeof *program->columns);
    program->begin = pulang_arena_alloc(arena, (size_t)n_columns + 1, sizeof *program->begin);
    program->row = pulang_arena_alloc(arena, (size_t)(n_rows * n_columns), sizeof *program->row);
    program->value = pulang_arena_alloc(arena, (size_t)(n_rows * n_columns), sizeof *program->value);
    for (int r = 0; r < n_rows; r++)
        program->rows[r] = (pulang_program_row){"row", lower[r], upper[r]};
    for (int c = 0; c < n_columns; c++) {
        program->columns[c] =
            (pulang_program_column){.name = "x", .upper = 1, .cost = costs[c], .integer = true};
        for (int r = 0; r < n_rows; r++)
            if (values[r * n_columns + c] != 0) {
                program->row[program->n_entries] = r;
                program->value[program->n_entries++] = values[r * n_columns + c];
            }
        program->begin[c + 1] = program->n_entries;
    }
    return program;
}

/* maximise 10 a + 6 b + 5 c under 5 a + 4 b + 3 c <= 8, less 100 */
static pulang_program *knapsack(void) {
    pulang_program *program = make_program(1, 3, (double[]){-10, -6, -5}, (double[]){5, 4, 3},
                                           (double[]){-HUGE_VAL}, (double[]){8});
    program->offset = 100;
    return program;
}

/* Market split (Cornuejols and Dawande): equations that branch and bound cannot settle in useful time;
   what misses or exceeds them is paid for, so that everything is feasible. */
#define SPLIT_ROWS 6
#define SPLIT_COLUMNS 50
static pulang_program *market_split(void) {
    enum { N = SPLIT_COLUMNS + 2 * SPLIT_ROWS };
    static double values[SPLIT_ROWS * N], costs[N], sides[SPLIT_ROWS];
    test_random random = {.state = 5};
    memset(values, 0, sizeof values);
    for (int r = 0; r < SPLIT_ROWS; r++) {
        double sum = 0;
        for (int c = 0; c < SPLIT_COLUMNS; c++)
            sum += values[r * N + c] = test_random_range(&random, 1, 99);
        sides[r] = floor(sum / 2);
        values[r * N + SPLIT_COLUMNS + 2 * r] = 1;
        values[r * N + SPLIT_COLUMNS + 2 * r + 1] = -1;
        costs[SPLIT_COLUMNS + 2 * r] = costs[SPLIT_COLUMNS + 2 * r + 1] = 1;
    }
    pulang_program *program = make_program(SPLIT_ROWS, N, costs, values, sides, sides);
    for (int c = SPLIT_COLUMNS; c < N; c++)
        program->columns[c].upper = 5000;
    return program;
}

/* Nobody goes anywhere: all of every side is missing. */
static bool take_nothing(const double *x, const pulang_glpk_state *state, double *candidate, void *user) {
    (void)x;
    (void)state;
    const pulang_program *program = user;
    for (int c = 0; c < program->n_columns; c++)
        candidate[c] = 0;
    for (int r = 0; r < program->n_rows; r++)
        candidate[SPLIT_COLUMNS + 2 * r] = program->rows[r].lower;
    return true;
}

static bool stop_after_some_nodes(const pulang_glpk_state *state, void *user) {
    (void)user;
    return state->has_incumbent && state->nodes > 20;
}

Test(glpk, relaxes) {
    pulang_program *program = knapsack();
    double x[3], dual[1];
    pulang_glpk_result result;
    cr_assert_eq(pulang_glpk_relax(program, HUGE_VAL, NULL, x, dual, &result, NULL), PULANG_OK);
    cr_assert_eq(result.outcome, PULANG_GLPK_OPTIMAL);
    cr_assert_float_eq(result.value, 85, 1e-9); /* a and c, and nothing is left of the 8 */
    cr_assert_float_eq(x[0], 1, 1e-9);
    cr_assert_float_eq(x[2], 1, 1e-9);
    pulang_program_free(program);
}

Test(glpk, solves) {
    pulang_program *program = knapsack();
    program->rows[0].upper = 7;
    double x[3];
    pulang_glpk_result result;
    pulang_glpk_search search = {.seconds = HUGE_VAL};
    cr_assert_eq(pulang_glpk_solve(program, &search, x, &result, NULL), PULANG_OK);
    cr_assert_eq(result.outcome, PULANG_GLPK_OPTIMAL);
    cr_assert(result.has_x);
    cr_assert_float_eq(result.value, 89, 1e-9); /* b and c */
    cr_assert_float_eq(result.bound, 89, 1e-9);
    cr_assert(x[0] == 0 && x[1] == 1 && x[2] == 1);
    pulang_program_free(program);
}

Test(glpk, solves_what_is_fixed) {
    pulang_program *program = knapsack();
    double x[3];
    pulang_glpk_result result;
    pulang_glpk_search search = {.seconds = HUGE_VAL};
    for (int c = 0; c < 3; c++)
        program->columns[c].lower = program->columns[c].upper = c != 1;
    cr_assert_eq(pulang_glpk_solve(program, &search, x, &result, NULL), PULANG_OK);
    cr_assert_eq(result.outcome, PULANG_GLPK_OPTIMAL);
    cr_assert_float_eq(result.value, 85, 1e-9);
    cr_assert(x[0] == 1 && x[1] == 0 && x[2] == 1);
    program->rows[0].upper = 7;
    cr_assert_eq(pulang_glpk_solve(program, &search, x, &result, NULL), PULANG_OK);
    cr_assert_eq(result.outcome, PULANG_GLPK_INFEASIBLE);
    pulang_program_free(program);
}

Test(glpk, tells_infeasible) {
    pulang_program *program = knapsack();
    double x[3];
    pulang_glpk_result result;
    pulang_glpk_search search = {.seconds = HUGE_VAL};
    program->rows[0].lower = 6.5; /* between the sums of whole columns */
    program->rows[0].upper = 6.8;
    cr_assert_eq(pulang_glpk_relax(program, HUGE_VAL, NULL, x, NULL, &result, NULL), PULANG_OK);
    cr_assert_eq(result.outcome, PULANG_GLPK_OPTIMAL);
    cr_assert_eq(pulang_glpk_solve(program, &search, x, &result, NULL), PULANG_OK);
    cr_assert_eq(result.outcome, PULANG_GLPK_INFEASIBLE);
    cr_assert_not(result.has_x);
    program->rows[0].lower = program->rows[0].upper = 13;
    cr_assert_eq(pulang_glpk_relax(program, HUGE_VAL, NULL, x, NULL, &result, NULL), PULANG_OK);
    cr_assert_eq(result.outcome, PULANG_GLPK_INFEASIBLE);
    pulang_program_free(program);
}

static void assert_incumbent_kept(const pulang_program *program, const pulang_glpk_search *search) {
    double x[SPLIT_COLUMNS + 2 * SPLIT_ROWS], value = 0;
    pulang_glpk_result result;
    cr_assert_eq(pulang_glpk_solve(program, search, x, &result, NULL), PULANG_OK);
    cr_assert_eq(result.outcome, PULANG_GLPK_LIMIT);
    cr_assert(result.has_x);
    cr_assert_leq(result.bound, result.value);
    for (int c = 0; c < program->n_columns; c++)
        value += program->columns[c].cost * x[c];
    cr_assert_float_eq(value, result.value, 1e-6);
}

Test(glpk, keeps_the_incumbent_when_stopped) {
    pulang_program *program = market_split();
    pulang_glpk_search search = {
        .seconds = HUGE_VAL, .heuristic = take_nothing, .stop = stop_after_some_nodes, .user = program};
    assert_incumbent_kept(program, &search);
    pulang_program_free(program);
}

Test(glpk, keeps_the_incumbent_at_the_time_limit) {
    pulang_program *program = market_split();
    pulang_glpk_search search = {.seconds = 0.5, .heuristic = take_nothing, .user = program};
    assert_incumbent_kept(program, &search);
    pulang_program_free(program);
}

/* Two entries at the same place: GLPK aborts. */
static pulang_program *abortive(void) {
    pulang_program *program = make_program(2, 3, (double[]){-10, -6, -5}, (double[]){5, 4, 3, 1, 1, 1},
                                           (double[]){0, 0}, (double[]){8, 3});
    program->row[1] = 0;
    return program;
}

Test(glpk, turns_aborts_into_errors) {
    pulang_program *program = abortive();
    double x[3];
    pulang_glpk_result result;
    pulang_error error;
    cr_assert_eq(pulang_glpk_relax(program, HUGE_VAL, NULL, x, NULL, &result, &error), PULANG_ERROR_SOLVER);
    cr_assert(strncmp(error.message, "GLPK: glp_load_mat", 18) == 0, "%s", error.message);
    program->row[1] = 1;
    cr_assert_eq(pulang_glpk_relax(program, HUGE_VAL, NULL, x, NULL, &result, &error), PULANG_OK);
    cr_assert_float_eq(result.value, -15, 1e-9);
    pulang_program_free(program);
}

Test(glpk, runs_out_of_memory_gracefully) {
    enum { ROWS = 200, COLUMNS = 300 };
    static double costs[COLUMNS], values[ROWS * COLUMNS], lower[ROWS], upper[ROWS], x[COLUMNS];
    for (int i = 0; i < ROWS * COLUMNS; i++)
        values[i] = 1 + i % 7;
    for (int r = 0; r < ROWS; r++)
        upper[r] = COLUMNS;
    pulang_program *program = make_program(ROWS, COLUMNS, costs, values, lower, upper);
    pulang_glpk_result result;
    pulang_error error;
    pulang_glpk_memory_limit(1);
    cr_assert_eq(pulang_glpk_relax(program, HUGE_VAL, NULL, x, NULL, &result, &error), PULANG_ERROR_MEMORY);
    pulang_glpk_memory_limit(0);
    cr_assert_eq(pulang_glpk_relax(program, HUGE_VAL, NULL, x, NULL, &result, &error), PULANG_OK);
    pulang_program_free(program);
}

Test(glpk, survives_every_failing_allocation) {
    pulang_program *program = knapsack();
    double x[3];
    pulang_glpk_result result;
    pulang_glpk_search search = {.seconds = HUGE_VAL};
    pulang_status status = PULANG_ERROR_MEMORY;
    for (long k = 1; status == PULANG_ERROR_MEMORY; k++) {
        pulang_alloc_fail_at(k);
        status = pulang_glpk_solve(program, &search, x, &result, NULL);
        pulang_alloc_fail_at(0);
    }
    cr_assert_eq(status, PULANG_OK);
    pulang_program_free(program);
}

Test(glpk, is_silent) {
    char folder[64], path[128];
    test_folder_make(folder);
    snprintf(path, sizeof path, "%s/said", folder);
    fflush(NULL);
    int out = dup(1), err = dup(2), file = open(path, O_CREAT | O_WRONLY | O_APPEND, 0666);
    dup2(file, 1);
    dup2(file, 2);
    pulang_program *program = knapsack();
    double x[3];
    pulang_glpk_result result;
    pulang_glpk_search search = {.seconds = HUGE_VAL};
    pulang_glpk_solve(program, &search, x, &result, NULL);
    pulang_program *broken = abortive();
    pulang_glpk_solve(broken, &search, x, &result, NULL);
    fflush(NULL);
    dup2(out, 1);
    dup2(err, 2);
    close(file);
    char *said = test_file_read(folder, "said");
    cr_assert_str_empty(said);
    free(said);
    pulang_program_free(broken);
    pulang_program_free(program);
    test_folder_remove(folder);
}
