/*
 * Columns whose bounds leave no choice are left out of what GLPK sees: their share moves into the
 * bounds of the rows. The rest is column[i] of the program, i from 0; GLPK counts from 1.
 */
#include "solver/glpk.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/glpk_form.h"
#include "solver/glpk_guard.h"

#include <glpk.h>
#include <limits.h>
#include <math.h>
#include <string.h>

#define SLICE_SECONDS 0.25
/* Iterations per row and column after which the simplex method is taken to go round in circles. */
#define MOST_ITERATIONS 20
/* Costs are integers, so that a relative tolerance on the objective would only do harm. */
#define OBJECTIVE_TOLERANCE 1e-13
/* An amount of 1e8 must not hide in what passes for zero. */
#define INTEGER_TOLERANCE 1e-9
/* Who looks for plans only checks them himself. */
#define QUICK_TOLERANCE 1e-6

static _Thread_local int memory_limit;

typedef struct session {
    const pulang_program *program;
    const pulang_glpk_search *search; /* NULL: no branch and cut */
    const pulang_glpk_search *asked;  /* its stop is asked during the relaxation; may be NULL */
    pulang_glpk_result result;
    const char *failed; /* why there is no result, NULL: it has not */
    double seconds;
    glp_prob *lp;
    glpk_form form;
    double *x, *candidate;            /* [n_columns] of the program */
    double *given;                    /* [n_free + 1] a heuristic solution as GLPK wants it */
    double *dual;                     /* [n_rows] of the relaxation */
    const pulang_glpk_series *series; /* NULL: one relaxation only */
} session;

void pulang_glpk_memory_limit(int mebibytes) {
    memory_limit = mebibytes;
}

static void session_free(session *s) {
    if (!s)
        return;
    glpk_form_clear(&s->form);
    pulang_free(s->x);
    pulang_free(s->candidate);
    pulang_free(s->given);
    pulang_free(s->dual);
    pulang_free(s);
}

static session *session_new(const pulang_program *program, const pulang_glpk_search *search) {
    session *s = pulang_alloc(1, sizeof *s);
    if (!s)
        return NULL;
    size_t n_columns = (size_t)program->n_columns;
    s->program = program;
    s->search = search;
    s->result.bound = -HUGE_VAL;
    s->x = pulang_alloc(n_columns, sizeof *s->x);
    s->candidate = pulang_alloc(n_columns, sizeof *s->candidate);
    s->given = pulang_alloc(n_columns + 1, sizeof *s->given);
    s->dual = pulang_alloc((size_t)program->n_rows, sizeof *s->dual);
    if (!glpk_form_init(&s->form, program) && s->x && s->candidate && s->given && s->dual) {
        for (int c = 0; c < program->n_columns; c++)
            s->x[c] = s->candidate[c] = program->columns[c].lower;
        return s;
    }
    session_free(s);
    return NULL;
}

static void load(session *s) {
    const pulang_program *program = s->program;
    glp_prob *lp = s->lp = glp_create_prob();
    glp_set_obj_dir(lp, GLP_MIN);
    glp_set_obj_coef(lp, 0, s->form.offset);
    if (s->form.n_rows)
        glp_add_rows(lp, s->form.n_rows);
    for (int i = 0; i < s->form.n_rows; i++) {
        int r = s->form.row[i];
        double lower = (program->rows[r].lower - s->form.shift[r]) * s->form.row_scale[i];
        double upper = (program->rows[r].upper - s->form.shift[r]) * s->form.row_scale[i];
        glp_set_row_bnds(lp, i + 1, glpk_bounds_kind(lower, upper), lower, upper);
    }
    if (s->form.n_free)
        glp_add_cols(lp, s->form.n_free);
    for (int i = 0; i < s->form.n_free; i++) {
        const pulang_program_column *column = &program->columns[s->form.column[i]];
        double lower = column->lower / s->form.column_scale[i],
               upper = column->upper / s->form.column_scale[i];
        glp_set_col_bnds(lp, i + 1, glpk_bounds_kind(lower, upper), lower, upper);
        glp_set_col_kind(lp, i + 1, column->integer ? GLP_IV : GLP_CV);
        glp_set_obj_coef(lp, i + 1, column->cost * s->form.column_scale[i]);
    }
    glp_load_matrix(lp, s->form.n_entries, s->form.entry_row, s->form.entry_column, s->form.entry_value);
}

/* GLPK's simplex method has no callback: between slices of time we ask whether to stop. */
static int simplex_in_slices(session *s, glp_smcp *how, double seconds) {
    const pulang_glpk_state state = {.incumbent = HUGE_VAL, .bound = -HUGE_VAL};
    double begin = glp_time(), left = seconds;
    int code, most = how->it_lim, done = glp_get_it_cnt(s->lp);
    do {
        how->tm_lim = glpk_milliseconds(left < SLICE_SECONDS ? left : SLICE_SECONDS);
        how->it_lim = most - (glp_get_it_cnt(s->lp) - done);
        code = glp_simplex(s->lp, how);
        left = seconds - glp_difftime(glp_time(), begin);
    } while (code == GLP_ETMLIM && left > 0 &&
             !(s->asked && s->asked->stop && s->asked->stop(&state, s->asked->user)));
    return code;
}

static void read_relaxation(session *s) {
    for (int i = 0; i < s->form.n_free; i++)
        s->x[s->form.column[i]] = glp_get_col_prim(s->lp, i + 1) * s->form.column_scale[i];
    for (int i = 0; i < s->form.n_rows; i++)
        s->dual[s->form.row[i]] = glp_get_row_dual(s->lp, i + 1) * s->form.row_scale[i];
}

/* Solves the relaxation; the result's outcome, value and bound follow. */
static void relax(session *s, double seconds) {
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.it_lim = MOST_ITERATIONS * (s->form.n_rows + s->form.n_free) + 1000;
    how.meth = GLP_PRIMAL; /* the dual method stalls on assignments without costs */
    glp_scale_prob(s->lp, GLP_SF_AUTO);
    glp_adv_basis(s->lp, 0);
    int code = simplex_in_slices(s, &how, seconds);
    if (code != 0 && code != GLP_ETMLIM) { /* trouble: another way, from the plainest basis */
        glp_std_basis(s->lp);
        how.meth = GLP_DUALP;
        how.it_lim = INT_MAX;
        code = simplex_in_slices(s, &how, seconds);
    }
    int found = glp_get_status(s->lp);
    if (code == GLP_ETMLIM) {
        s->result.outcome = PULANG_GLPK_LIMIT;
    } else if (code == 0 && found == GLP_OPT) {
        s->result.outcome = PULANG_GLPK_OPTIMAL;
        s->result.has_x = true;
        s->result.value = s->result.bound = glp_get_obj_val(s->lp);
        read_relaxation(s);
    } else if (code == 0 && found == GLP_NOFEAS) {
        s->result.outcome = PULANG_GLPK_INFEASIBLE;
    } else {
        s->failed = _("the simplex method failed");
    }
}

static pulang_glpk_state look(session *s, glp_tree *tree) {
    pulang_glpk_state state = {.bound = -HUGE_VAL};
    glp_prob *lp = glp_ios_get_prob(tree);
    state.has_incumbent = glp_mip_status(lp) == GLP_FEAS;
    state.incumbent = state.has_incumbent ? glp_mip_obj_val(lp) : HUGE_VAL;
    int best = glp_ios_best_node(tree), nodes;
    if (best) {
        double bound = glp_ios_node_bound(tree, best);
        state.bound = bound > -1e300 ? bound : -HUGE_VAL;
    }
    glp_ios_tree_size(tree, NULL, NULL, &nodes);
    state.nodes = nodes;
    if (state.bound > s->result.bound)
        s->result.bound = state.bound;
    return state;
}

static void suggest(session *s, glp_tree *tree, const pulang_glpk_state *state) {
    glp_prob *lp = glp_ios_get_prob(tree);
    for (int i = 0; i < s->form.n_free; i++)
        s->x[s->form.column[i]] = glp_get_col_prim(lp, i + 1) * s->form.column_scale[i];
    if (!s->search->heuristic(s->x, state, s->candidate, s->search->user))
        return;
    for (int i = 0; i < s->form.n_free; i++)
        s->given[i + 1] = s->candidate[s->form.column[i]] / s->form.column_scale[i];
    glp_ios_heur_sol(tree, s->given);
}

/* Branches on the most fractional of the columns to branch on first; GLPK chooses when there is none. */
static void branch(session *s, glp_tree *tree) {
    glp_prob *lp = glp_ios_get_prob(tree);
    int best = 0;
    double most = 0;
    for (int i = 1; i <= s->form.n_free; i++) {
        if (!s->program->columns[s->form.column[i - 1]].first || !glp_ios_can_branch(tree, i))
            continue;
        double x = glp_get_col_prim(lp, i), fraction = 0.5 - fabs(x - floor(x) - 0.5);
        if (fraction > most) {
            best = i;
            most = fraction;
        }
    }
    if (best)
        glp_ios_branch_upon(tree, best, GLP_NO_BRNCH);
}

static void on_event(glp_tree *tree, void *info) {
    session *s = info;
    int reason = glp_ios_reason(tree);
    if (reason == GLP_IBRANCH && !s->search->quick)
        branch(s, tree);
    if (reason != GLP_IHEUR && reason != GLP_IROWGEN)
        return;
    pulang_glpk_state state = look(s, tree);
    if (s->search->stop && s->search->stop(&state, s->search->user))
        glp_ios_terminate(tree);
    else if (reason == GLP_IHEUR && s->search->heuristic)
        suggest(s, tree, &state);
}

static void conclude(session *s, int code) {
    int found = glp_mip_status(s->lp);
    pulang_glpk_result *result = &s->result;
    result->has_x = found == GLP_OPT || found == GLP_FEAS; /* no longer the relaxation's */
    if (result->has_x)
        result->value = glp_mip_obj_val(s->lp);
    if (code == GLP_ENOPFS) {
        result->outcome = PULANG_GLPK_INFEASIBLE;
        result->bound = HUGE_VAL;
    } else if (code == 0) {
        result->outcome = result->has_x ? PULANG_GLPK_OPTIMAL : PULANG_GLPK_INFEASIBLE;
        result->bound = result->has_x ? result->value : HUGE_VAL;
    } else if (code == GLP_EMIPGAP) {
        result->outcome = PULANG_GLPK_OPTIMAL;
        result->bound = fmax(result->bound, result->value - s->search->gap * fabs(result->value));
    } else if (code == GLP_ETMLIM || code == GLP_ESTOP) {
        result->outcome = PULANG_GLPK_LIMIT;
    } else {
        s->failed = _("branch and cut failed on a relaxation");
    }
    if (result->has_x && result->bound > result->value)
        result->bound = result->value;
    for (int i = 0; result->has_x && i < s->form.n_free; i++)
        s->x[s->form.column[i]] = glp_mip_col_val(s->lp, i + 1) * s->form.column_scale[i];
}

/* Whether GLPK is to reduce the program first, and solves the relaxation of what is left by itself. */
static bool presolves(const pulang_glpk_search *search) {
    return search->quick && !search->heuristic;
}

static void branch_and_cut(session *s, double seconds) {
    glp_iocp how;
    glp_init_iocp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.tm_lim = glpk_milliseconds(seconds);
    how.tol_int = s->search->quick ? QUICK_TOLERANCE : INTEGER_TOLERANCE;
    how.tol_obj = OBJECTIVE_TOLERANCE;
    how.mip_gap = s->search->gap;
    /* Not MIR cuts: with amounts of millions they have sent the simplex method round in circles. */
    how.gmi_cuts = how.cov_cuts = s->search->quick ? GLP_OFF : GLP_ON;
    if (presolves(s->search)) {
        how.br_tech = GLP_BR_PCH;
        how.presolve = GLP_ON;
    }
    how.cb_func = on_event;
    how.cb_info = s;
    int code = glp_intopt(s->lp, &how);
    if (code == GLP_EFAIL) { /* cuts may have spoilt the numbers */
        how.gmi_cuts = how.cov_cuts = GLP_OFF;
        code = glp_intopt(s->lp, &how);
    }
    conclude(s, code);
}

/* ---- series of relaxations ---- */

/* With other costs the last solution is still feasible: the primal method goes on from it. */
static void go_on(session *s, double seconds) {
    const pulang_glpk_state state = {.incumbent = HUGE_VAL, .bound = -HUGE_VAL};
    double begin = glp_time(), *cost = s->candidate;
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.it_lim = MOST_ITERATIONS * (s->form.n_rows + s->form.n_free) + 1000;
    for (int c = 0; c < s->program->n_columns; c++)
        cost[c] = s->program->columns[c].cost;
    while (s->series->next(s->x, s->dual, cost, s->series->user)) {
        double left = seconds - glp_difftime(glp_time(), begin);
        if (left <= 0 || (s->series->stop && s->series->stop(&state, s->series->user)))
            return;
        for (int i = 0; i < s->form.n_free; i++)
            glp_set_obj_coef(s->lp, i + 1, cost[s->form.column[i]] * s->form.column_scale[i]);
        if (simplex_in_slices(s, &how, left) != 0 || glp_get_status(s->lp) != GLP_OPT)
            return;
        read_relaxation(s);
    }
}

static void work(void *user) {
    session *s = user;
    double seconds = s->seconds, start = glp_time();
    load(s);
    /* glp_intopt does not take a problem without columns. */
    bool searches = s->search && s->form.n_free > 0, relaxes = !searches || !presolves(s->search);
    if (relaxes)
        relax(s, seconds);
    double left = seconds - glp_difftime(glp_time(), start);
    if (searches && !s->failed && (!relaxes || s->result.outcome == PULANG_GLPK_OPTIMAL))
        branch_and_cut(s, left);
    if (s->series && !s->failed && s->result.outcome == PULANG_GLPK_OPTIMAL)
        go_on(s, left);
    glp_delete_prob(s->lp);
}

static pulang_status run(session *s, double seconds, pulang_error *error) {
    s->seconds = seconds;
    pulang_status status = glpk_guard(work, s, memory_limit, error);
    return status == PULANG_OK && s->failed ? pulang_fail(error, PULANG_ERROR_SOLVER, "GLPK: %s", s->failed)
                                            : status;
}

/* A session from beginning to end. search: NULL for the relaxation only; asked, dual: may be NULL. */
static pulang_status solve(const pulang_program *program, const pulang_glpk_search *search,
                           const pulang_glpk_search *asked, double seconds, double *x, double *dual,
                           pulang_glpk_result *result, pulang_error *error) {
    session *s = session_new(program, search);
    if (!s)
        return pulang_fail_memory(error);
    s->asked = asked;
    pulang_status status = run(s, seconds, error);
    if (status == PULANG_OK) {
        *result = s->result;
        if (result->has_x)
            memcpy(x, s->x, (size_t)program->n_columns * sizeof *x);
        if (result->has_x && dual)
            memcpy(dual, s->dual, (size_t)program->n_rows * sizeof *dual);
    }
    session_free(s);
    return status;
}

pulang_status pulang_glpk_relax(const pulang_program *program, double seconds,
                                const pulang_glpk_search *asked, double *x, double *dual,
                                pulang_glpk_result *result, pulang_error *error) {
    return solve(program, NULL, asked, seconds, x, dual, result, error);
}

pulang_status pulang_glpk_relax_series(const pulang_program *program, const pulang_glpk_series *series,
                                       pulang_error *error) {
    const pulang_glpk_search asked = {.stop = series->stop, .user = series->user};
    session *s = session_new(program, NULL);
    if (!s)
        return pulang_fail_memory(error);
    s->asked = &asked;
    s->series = series;
    pulang_status status = run(s, series->seconds, error);
    session_free(s);
    return status;
}

pulang_status pulang_glpk_solve(const pulang_program *program, const pulang_glpk_search *search, double *x,
                                pulang_glpk_result *result, pulang_error *error) {
    return solve(program, search, search, search->seconds, x, NULL, result, error);
}
