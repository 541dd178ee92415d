/*
 * The exact model goes to other solvers, by MPS and by LP, and their optima are ours.
 */
#include "io/write_lp.h"
#include "io/write_mps.h"
#include "solver/glpk.h"
#include "solver/mip.h"
#include "tests/support_problem.h"

#include <criterion/criterion.h>
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROBLEMS 50
#define PATH_SIZE 128

typedef struct other_solver {
    const char *name;
    const char *command;   /* %s: the model */
    const char *optimum;   /* what the line with the optimum begins with */
    const char *no_answer; /* what is said when there is no solution */
    bool relaxed;          /* reads integers, but is asked for the relaxation */
} other_solver;

static const other_solver cbc = {.name = "cbc",
                                 .command = "cbc %s solve",
                                 .optimum = "Objective value:",
                                 .no_answer =
                                     "Problem is infeasible|proven infeasible|relaxation infeasible"};
static const other_solver glpsol_mps = {.name = "glpsol",
                                        .command = "glpsol --freemps %s -o /dev/stdout",
                                        .optimum = "Objective:",
                                        .no_answer = "INTEGER EMPTY|INTEGER UNDEFINED"};
static const other_solver glpsol_lp = {.name = "glpsol",
                                       .command = "glpsol --lp %s -o /dev/stdout",
                                       .optimum = "Objective:",
                                       .no_answer = "INTEGER EMPTY|INTEGER UNDEFINED"};
/* Its branch and bound stops short of the optimum on some of these, whatever its gaps are set to. */
static const other_solver lp_solve = {.name = "lp_solve",
                                      .command = "lp_solve -noint -fmps %s -S3",
                                      .optimum = "Value of objective function:",
                                      .no_answer = "infeasible",
                                      .relaxed = true};

static bool installed(const char *name) {
    char command[PATH_SIZE];
    snprintf(command, sizeof command, "command -v %s >/dev/null", name);
    return system(command) == 0;
}

static bool says(const char *line, const char *alternatives) {
    char list[256], *rest = list;
    snprintf(list, sizeof list, "%s", alternatives);
    for (char *word; (word = strsep(&rest, "|"));)
        if (strstr(line, word))
            return true;
    return false;
}

/* The optimum that another program finds, infinite: it finds that there is none. */
static double ask(const other_solver *solver, const char *model) {
    char command[2 * PATH_SIZE], line[512];
    double optimum = NAN;
    snprintf(command, sizeof command, solver->command, model);
    FILE *output = popen(command, "r");
    cr_assert(output);
    while (fgets(line, sizeof line, output)) {
        char *at = strstr(line, solver->optimum);
        if (says(line, solver->no_answer))
            optimum = INFINITY;
        if (at)
            at += strcspn(at, "-0123456789");
        if (at && *at && isnan(optimum))
            optimum = strtod(at, NULL);
    }
    pclose(output);
    return optimum;
}

static pulang_solution *solve(const pulang_problem *problem) {
    pulang_solution *solution = pulang_solution_new(problem);
    pulang_limits limits = {.begin = pulang_clock(), .deadline = INFINITY};
    cr_assert_eq(pulang_mip_solve(problem, &limits, solution, NULL), PULANG_OK);
    return solution;
}

/* The optimum of the relaxation, infinite: none. */
static double relax(const pulang_program *program) {
    double *x = calloc((size_t)program->n_columns, sizeof *x);
    pulang_glpk_result result;
    cr_assert_eq(pulang_glpk_relax(program, HUGE_VAL, NULL, x, NULL, &result, NULL), PULANG_OK);
    free(x);
    return result.has_x ? result.value : INFINITY;
}

/* Values so large are beyond the tolerances of other programs. */
static bool moderate(const pulang_problem *problem, const pulang_solution *solution) {
    for (int l = 0; l < problem->n_levels; l++)
        if (solution->levels[l].value > 1000000)
            return false;
    return solution->outcome != PULANG_LIMIT;
}

static void compare(uint64_t seed, int level, const char *model, const other_solver *solver, double ours) {
    double theirs = ask(solver, model);
    bool same = isinf(ours) ? isinf(theirs) : fabs(theirs - ours) <= 1e-4 + 1e-7 * fabs(ours);
    cr_assert(same, "seed %d level %d: %s finds %g in %s, not %g", (int)seed, level, solver->name, theirs,
              model, ours);
}

/* Writes every level of the problem and compares the optima. Returns how many were compared. */
static int compare_levels(uint64_t seed, const pulang_problem *problem, const pulang_solution *solution,
                          const char *folder, const char *suffix,
                          pulang_status (*write)(const pulang_program *, const char *, pulang_error *),
                          const other_solver *const *solvers) {
    int64_t held[16];
    int compared = 0;
    for (int l = 0; l < problem->n_levels && (l == 0 || solution->exists); l++) {
        char model[PATH_SIZE];
        pulang_program *program = NULL;
        snprintf(model, sizeof model, "%s/model%s", folder, suffix);
        cr_assert_eq(pulang_mip_build(problem, l, held, &program, NULL), PULANG_OK);
        cr_assert_eq(write(program, model, NULL), PULANG_OK);
        double relaxed = relax(program),
               ours = solution->exists ? (double)solution->levels[l].value : INFINITY;
        pulang_program_free(program);
        held[l] = solution->levels[l].value;
        for (int i = 0; solvers[i]; i++, compared++)
            compare(seed, l, model, solvers[i], solvers[i]->relaxed ? relaxed : ours);
    }
    return compared;
}

static void compare_many(const char *suffix,
                         pulang_status (*write)(const pulang_program *, const char *, pulang_error *),
                         const other_solver *const *solvers) {
    test_problem_options options = {.max_classes = 8,
                                    .max_supply = 4,
                                    .max_posts = 8,
                                    .crossing = true,
                                    .pairings = true,
                                    .largest = true};
    char folder[64];
    for (int i = 0; solvers[i]; i++)
        if (!installed(solvers[i]->name))
            cr_skip_test("%s is not installed", solvers[i]->name);
    test_folder_make(folder);
    int done = 0, compared = 0;
    for (uint64_t seed = 1; done < PROBLEMS; seed++) {
        pulang_problem *problem = test_problem_random(seed, &options);
        pulang_solution *solution = solve(problem);
        if (moderate(problem, solution)) {
            compared += compare_levels(seed, problem, solution, folder, suffix, write, solvers);
            done++;
        }
        pulang_solution_free(solution);
        pulang_problem_free(problem);
    }
    cr_assert_lt(2 * PROBLEMS, compared);
    test_folder_remove(folder);
}

Test(export, mps_to_cbc_and_glpsol_and_lp_solve) {
    compare_many(".mps", pulang_mps_write, (const other_solver *const[]){&cbc, &glpsol_mps, &lp_solve, NULL});
}

Test(export, lp_to_cbc_and_glpsol) {
    compare_many(".lp", pulang_lp_write, (const other_solver *const[]){&cbc, &glpsol_lp, NULL});
}
