/*
 * GLPK behind an interface of ours: linear relaxation and branch and cut of a pulang_program.
 *
 * GLPK prints nothing and never ends the process: what would abort becomes PULANG_ERROR_SOLVER, memory
 * that is out PULANG_ERROR_MEMORY. Its environment belongs to the calling thread and is freed at the end
 * of each call, so a program that uses GLPK itself should call from another thread.
 */
#ifndef PULANG_SOLVER_GLPK_H
#define PULANG_SOLVER_GLPK_H

#include "model/program.h"
#include "pulang.h"

typedef enum pulang_glpk_outcome {
    PULANG_GLPK_OPTIMAL,    /* x is optimal (within the gap) */
    PULANG_GLPK_INFEASIBLE, /* proven */
    PULANG_GLPK_LIMIT       /* stopped; x holds the incumbent if has_x */
} pulang_glpk_outcome;

typedef struct pulang_glpk_result {
    pulang_glpk_outcome outcome;
    bool has_x;
    double value; /* objective of x, offset included */
    double bound; /* proven lower bound, -HUGE_VAL: none */
} pulang_glpk_result;

/* Where branch and cut stands. */
typedef struct pulang_glpk_state {
    bool has_incumbent;
    double incumbent, bound; /* offset included; bound -HUGE_VAL: none yet */
    long nodes;
} pulang_glpk_state;

typedef struct pulang_glpk_search {
    double seconds; /* time limit, > 0, may be infinite */
    double gap;     /* relative gap at which to stop */
    bool quick;     /* many nodes, branched by pseudo-costs, rather than cuts: for good plans soon */
    /* May be NULL. x: [n_columns] solution of the node's relaxation; true when candidate ([n_columns])
       holds an integral solution of the program. */
    bool (*heuristic)(const double *x, const pulang_glpk_state *state, double *candidate, void *user);
    /* May be NULL. True ends the search with the incumbent. */
    bool (*stop)(const pulang_glpk_state *state, void *user);
    void *user;
} pulang_glpk_search;

/* Solves the linear relaxation. asked: may be NULL, its stop is asked now and then. x: [n_columns], dual:
 * [n_rows] (may be NULL), untouched unless optimal. */
pulang_status pulang_glpk_relax(const pulang_program *program, double seconds,
                                const pulang_glpk_search *asked, double *x, double *dual,
                                pulang_glpk_result *result, pulang_error *error);

/* Solves the program by branch and cut. x: [n_columns], filled when result->has_x. */
pulang_status pulang_glpk_solve(const pulang_program *program, const pulang_glpk_search *search, double *x,
                                pulang_glpk_result *result, pulang_error *error);

/* Relaxations of a program, one after the other from the basis of the one before. */
typedef struct pulang_glpk_series {
    double seconds; /* time limit, > 0, may be infinite */
    /* Takes the solution of a relaxation, x: [n_columns] and dual: [n_rows], and sets the costs of the next
       ([n_columns], at first those of the program); false: that was the last. */
    bool (*next)(const double *x, const double *dual, double *cost, void *user);
    /* May be NULL. True ends the series. */
    bool (*stop)(const pulang_glpk_state *state, void *user);
    void *user;
} pulang_glpk_series;

/* Solves the series of relaxations, as far as there are solutions. */
pulang_status pulang_glpk_relax_series(const pulang_program *program, const pulang_glpk_series *series,
                                       pulang_error *error);

/* For tests: GLPK may take so many MiB in the calling thread from now on; 0: no limit. */
void pulang_glpk_memory_limit(int mebibytes);

#endif
