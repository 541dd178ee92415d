/*
 * A linear program that stays with GLPK: solved again and again with other bounds and more rows, each time
 * from the last basis. As with solver/glpk GLPK prints nothing and never ends the process.
 */
#ifndef PULANG_SOLVER_GLPK_LIVE_H
#define PULANG_SOLVER_GLPK_LIVE_H

#include "model/program.h"
#include "pulang.h"

typedef struct glpk_live glpk_live;

typedef enum glpk_live_outcome {
    GLPK_LIVE_OPTIMAL,
    GLPK_LIVE_INFEASIBLE,
    GLPK_LIVE_LIMIT, /* stopped; the value is what is proven so far */
    GLPK_LIVE_FAILED
} glpk_live_outcome;

/* Loads the program, in which no column is integer, and calls work once. is_over is asked now and then, and
   ends what is being solved; NULL: nothing does. What GLPK does may end work at any
   of the calls below: it must leave what it allocates to user. */
pulang_status glpk_live_run(const pulang_program *program, void (*work)(glpk_live *live, void *user),
                            bool (*is_over)(void *user), void *user, pulang_error *error);

/* Adds a row that sums n columns, free at first; its index, after those of the program. Its bounds may be
   broken, for so much a unit. */
int glpk_live_add_row(glpk_live *live, int n, const int *columns, double dear);
void glpk_live_set_row(glpk_live *live, int row, double lower, double upper);
void glpk_live_row(const glpk_live *live, int row, double *lower, double *upper);
/* The program as it stands, for so many iterations and until pulang_clock() says so. */
glpk_live_outcome glpk_live_solve(glpk_live *live, int iterations, double deadline, double *value);
/* x: [n_columns], dual: [rows, those added included] of an optimal solution; dual may be NULL. */
void glpk_live_read(const glpk_live *live, double *x, double *dual);

/* A basis to go back to; {0}: none. Rows that are added later are in it. */
typedef struct glpk_basis {
    int n_rows, n_columns;
    unsigned char *status; /* [n_rows + n_columns] */
} glpk_basis;

/* Takes the basis in hand. Returns 0, or -1: out of memory. */
int glpk_live_keep(const glpk_live *live, glpk_basis *basis);
void glpk_live_return(glpk_live *live, const glpk_basis *basis);
void glpk_basis_clear(glpk_basis *basis);

#endif
