/*
 * Rules that cut across: what the library finds, level by level, is what CBC finds on the models that the
 * library writes as MPS, each level with the levels before held. Criterion runs the parts beside one another.
 */
#include "io/write_mps.h"
#include "solver/mip.h"
#include "solver/solve.h"
#include "tests/support_crossing.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEEDS = 525, LEAST = 500, BATCH = 75, MOST_MODELS = BATCH * TEST_CROSSING_LEVELS };

/* A model that waits for its answer. */
typedef struct question {
    int seed, level;
    bool exists;     /* there is a plan, by the library */
    int64_t optimum; /* of that level */
} question;

typedef struct batch {
    char folder[64];
    int n;
    question questions[MOST_MODELS];
} batch;

static pulang_solution *solve(const pulang_problem *problem, int seed) {
    pulang_settings settings;
    pulang_solution *solution = NULL;
    pulang_error error;
    pulang_settings_default(&settings);
    cr_assert_eq(pulang_solve_problem(problem, &settings, NULL, &solution, &error), PULANG_OK, "seed %d: %s",
                 seed, error.message);
    return solution;
}

/* Writes the models of all levels, of an infeasible problem that of the first. */
static void add(batch *b, int seed, const pulang_problem *problem) {
    int64_t held[TEST_CROSSING_LEVELS];
    pulang_solution *solution = solve(problem, seed);
    for (int l = 0; l < problem->n_levels && (l == 0 || solution->exists); l++) {
        char path[128];
        pulang_program *program = NULL;
        held[l] = solution->levels[l].value;
        snprintf(path, sizeof path, "%s/%d.mps", b->folder, b->n);
        cr_assert_eq(pulang_mip_build(problem, l, held, &program, NULL), PULANG_OK);
        cr_assert_eq(pulang_mps_write(program, path, NULL), PULANG_OK);
        pulang_program_free(program);
        b->questions[b->n++] = (question){seed, l, solution->exists, held[l]};
    }
    pulang_solution_free(solution);
}

/* Has CBC solve all models of the batch, number.mps to number.sol. A process for each: what the search of one
   found would stop that of the next. */
static void ask(const batch *b) {
    char command[192];
    snprintf(command, sizeof command,
             "cd %s && for m in *.mps; do cbc $m ratioGap 0 allowableGap 0 solve solution ${m%%.mps}.sol; "
             "done >log",
             b->folder);
    cr_assert_eq(system(command), 0);
}

/* The optimum by a file of CBC, infinite: none. */
static double read_answer(const batch *b, int i) {
    char name[32];
    double optimum = NAN;
    snprintf(name, sizeof name, "%d.sol", i);
    char *text = test_file_read(b->folder, name);
    cr_assert(text, "CBC writes no %s", name);
    if (strncmp(text, "Infeasible", strlen("Infeasible")) == 0 ||
        strncmp(text, "Integer infeasible", strlen("Integer infeasible")) == 0)
        optimum = INFINITY;
    else if (sscanf(text, "Optimal - objective value %lf", &optimum) != 1)
        optimum = NAN;
    free(text);
    return optimum;
}

static void compare(const batch *b) {
    for (int i = 0; i < b->n; i++) {
        const question *q = &b->questions[i];
        double theirs = read_answer(b, i);
        cr_assert(q->exists ? fabs(theirs - (double)q->optimum) < 1e-3 : isinf(theirs),
                  "seed %d level %d: CBC finds %g, not %g", q->seed, q->level, theirs,
                  q->exists ? (double)q->optimum : INFINITY);
    }
}

/* Solves the instances first .. first + SEEDS - 1; returns how many of them cut across. */
static int compare_from(int first) {
    int cutting = 0;
    for (int begin = first; begin < first + SEEDS; begin += BATCH) {
        batch b = {0};
        test_folder_make(b.folder);
        for (int seed = begin; seed < begin + BATCH; seed++) {
            pulang_instance *instance = test_crossing_random((uint64_t)seed);
            pulang_problem *problem = NULL;
            cr_assert_eq(pulang_problem_new(instance, &problem, NULL), PULANG_OK);
            cutting += test_crossing_cuts(instance);
            add(&b, seed, problem);
            pulang_problem_free(problem);
            pulang_instance_free(instance);
        }
        ask(&b);
        compare(&b);
        test_folder_remove(b.folder);
    }
    return cutting;
}

static void run(int part) {
    if (system("command -v cbc >/dev/null") != 0)
        cr_skip_test("cbc is not installed");
    int cutting = compare_from(1 + part * SEEDS);
    cr_assert_lt(LEAST, cutting, "only %d of %d cut across", cutting, SEEDS);
}

Test(crossing_cbc, first_part) {
    run(0);
}

Test(crossing_cbc, second_part) {
    run(1);
}

Test(crossing_cbc, third_part) {
    run(2);
}

Test(crossing_cbc, fourth_part) {
    run(3);
}
