#include "solver/glpk_live.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/glpk_guard.h"
#include "solver/limits.h"

#include <glpk.h>
#include <math.h>

/* Iterations between two looks at whether to stop: about half a second at full size. */
enum { SLICE = 1000 };

struct glpk_live {
    const pulang_program *program;
    void (*work)(glpk_live *live, void *user);
    bool (*is_over)(void *user);
    void *user;
    glp_prob *lp;
    bool begun; /* there is a basis that the dual method can go on from */
    int *index; /* scratch: an entry of a row or column */
    double *factor;
};

static void load(glpk_live *live) {
    const pulang_program *program = live->program;
    glp_prob *lp = live->lp = glp_create_prob();
    glp_set_obj_dir(lp, GLP_MIN);
    glp_set_obj_coef(lp, 0, program->offset);
    glp_add_rows(lp, program->n_rows);
    for (int r = 0; r < program->n_rows; r++)
        glpk_live_set_row(live, r, program->rows[r].lower, program->rows[r].upper);
    glp_add_cols(lp, program->n_columns);
    for (int c = 0; c < program->n_columns; c++) {
        const pulang_program_column *column = &program->columns[c];
        int n = program->begin[c + 1] - program->begin[c];
        for (int i = 0; i < n; i++)
            live->index[i + 1] = program->row[program->begin[c] + i] + 1;
        glp_set_col_bnds(lp, c + 1, glpk_bounds_kind(column->lower, column->upper), column->lower,
                         column->upper);
        glp_set_obj_coef(lp, c + 1, column->cost);
        glp_set_mat_col(lp, c + 1, n, live->index, program->value + program->begin[c] - 1);
    }
}

static void work(void *user) {
    glpk_live *live = user;
    load(live);
    live->work(live, live->user);
    glp_delete_prob(live->lp);
}

pulang_status glpk_live_run(const pulang_program *program, void (*run)(glpk_live *live, void *user),
                            bool (*is_over)(void *user), void *user, pulang_error *error) {
    size_t room = (size_t)(program->n_columns > program->n_rows ? program->n_columns : program->n_rows) + 3;
    glpk_live live = {.program = program, .work = run, .is_over = is_over, .user = user};
    live.index = pulang_alloc(room, sizeof *live.index);
    live.factor = pulang_alloc(room, sizeof *live.factor);
    pulang_status status = live.index && live.factor ? PULANG_OK : pulang_fail_memory(error);
    if (status == PULANG_OK)
        status = glpk_guard(work, &live, 0, error);
    pulang_free(live.index);
    pulang_free(live.factor);
    return status;
}

int glpk_live_add_row(glpk_live *live, int n, const int *columns, double dear) {
    int row = glp_add_rows(live->lp, 1), slack = glp_add_cols(live->lp, 2);
    for (int i = 0; i < n; i++)
        live->index[i + 1] = columns[i] + 1;
    for (int side = 0; side < 2; side++) {
        live->index[n + 1 + side] = slack + side;
        live->factor[n + 1 + side] = side == 0 ? 1 : -1;
        glp_set_col_bnds(live->lp, slack + side, GLP_LO, 0, 0);
        glp_set_obj_coef(live->lp, slack + side, dear);
    }
    for (int i = 0; i < n; i++)
        live->factor[i + 1] = 1;
    glp_set_row_bnds(live->lp, row, GLP_FR, 0, 0);
    glp_set_mat_row(live->lp, row, n + 2, live->index, live->factor);
    return row - 1;
}

void glpk_live_set_row(glpk_live *live, int row, double lower, double upper) {
    glp_set_row_bnds(live->lp, row + 1, glpk_bounds_kind(lower, upper), lower, upper);
}

void glpk_live_row(const glpk_live *live, int row, double *lower, double *upper) {
    int kind = glp_get_row_type(live->lp, row + 1);
    *lower = kind == GLP_FR || kind == GLP_UP ? -HUGE_VAL : glp_get_row_lb(live->lp, row + 1);
    *upper = kind == GLP_FR || kind == GLP_LO ? HUGE_VAL : glp_get_row_ub(live->lp, row + 1);
}

/* GLPK's simplex method has no callback: now and then we ask whether to stop. By iterations rather than time,
   for each new call goes another way. */
static int simplex_in_slices(glpk_live *live, glp_smcp *how, int iterations, double deadline) {
    int code, left = iterations;
    do {
        int before = glp_get_it_cnt(live->lp);
        how->tm_lim = glpk_milliseconds(deadline - pulang_clock());
        how->it_lim = left < SLICE ? left : SLICE;
        code = glp_simplex(live->lp, how);
        left -= glp_get_it_cnt(live->lp) - before;
    } while (code == GLP_EITLIM && left > 0 && pulang_clock() < deadline &&
             !(live->is_over && live->is_over(live->user)));
    return code;
}

glpk_live_outcome glpk_live_solve(glpk_live *live, int iterations, double deadline, double *value) {
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.meth = live->begun ? GLP_DUALP : GLP_PRIMAL;
    how.r_test = live->begun ? GLP_RT_FLIP : GLP_RT_HAR;
    if (!live->begun) { /* on crowds and kinds half as long as from glp_adv_basis or by GLP_RT_FLIP */
        glp_scale_prob(live->lp, GLP_SF_AUTO);
        glp_std_basis(live->lp);
    }
    int code = simplex_in_slices(live, &how, iterations, deadline);
    *value = glp_get_obj_val(live->lp);
    live->begun = live->begun || (code == 0 && glp_get_dual_stat(live->lp) == GLP_FEAS);
    if (code == GLP_ETMLIM || code == GLP_EITLIM) {
        *value = glp_get_dual_stat(live->lp) == GLP_FEAS ? *value : -HUGE_VAL;
        return GLPK_LIVE_LIMIT;
    }
    if (code != 0)
        return GLPK_LIVE_FAILED;
    int found = glp_get_status(live->lp);
    return found == GLP_OPT      ? GLPK_LIVE_OPTIMAL
           : found == GLP_NOFEAS ? GLPK_LIVE_INFEASIBLE
                                 : GLPK_LIVE_FAILED;
}

void glpk_live_read(const glpk_live *live, double *x, double *dual) {
    for (int c = 0; c < live->program->n_columns; c++)
        x[c] = glp_get_col_prim(live->lp, c + 1);
    for (int r = 0; dual && r < glp_get_num_rows(live->lp); r++)
        dual[r] = glp_get_row_dual(live->lp, r + 1);
}

int glpk_live_keep(const glpk_live *live, glpk_basis *basis) {
    int n_rows = glp_get_num_rows(live->lp), n_columns = glp_get_num_cols(live->lp);
    void *status = pulang_realloc(basis->status, (size_t)n_rows + (size_t)n_columns, 1);
    if (!status)
        return -1;
    *basis = (glpk_basis){n_rows, n_columns, status};
    for (int r = 0; r < n_rows; r++)
        basis->status[r] = (unsigned char)glp_get_row_stat(live->lp, r + 1);
    for (int c = 0; c < n_columns; c++)
        basis->status[n_rows + c] = (unsigned char)glp_get_col_stat(live->lp, c + 1);
    return 0;
}

void glpk_live_return(glpk_live *live, const glpk_basis *basis) {
    for (int r = 0; r < glp_get_num_rows(live->lp); r++)
        glp_set_row_stat(live->lp, r + 1, r < basis->n_rows ? basis->status[r] : GLP_BS);
    for (int c = 0; c < glp_get_num_cols(live->lp); c++)
        glp_set_col_stat(live->lp, c + 1, c < basis->n_columns ? basis->status[basis->n_rows + c] : GLP_NL);
}

void glpk_basis_clear(glpk_basis *basis) {
    pulang_free(basis->status);
    *basis = (glpk_basis){0};
}
