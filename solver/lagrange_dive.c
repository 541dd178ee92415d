/*
 * Whole heads by diving: those that are nearest to whole are rounded, one after the other, and the small
 * relaxation is solved again.
 */
#include "solver/lagrange_branching.h"

#include <math.h>

/* What heads are to leave of a maximum at first, in parts of a typical amount. */
static const double margins[] = {0.03, 0.01, 0};
/* Heads that cost so many times the bound are of no use. */
static const double FAR = 1.01, LITTLE_MORE = 1.0001;
enum { N_MARGINS = sizeof margins / sizeof *margins };

/* Takes so much of a typical amount from every maximum on amounts, 0: gives it back. */
static void set_margin(branching *b, double margin) {
    const lagrange *lg = b->lg;
    for (int i = 0; i < lg->n_crossing; i++) {
        int t = lg->crossing[i];
        const pulang_program_row *row = &b->heads->program.rows[b->heads->total_row[t]];
        if (lg->size[t] > 1 && row->lower < row->upper)
            glpk_live_set_row(b->live, b->heads->total_row[t], row->lower,
                              fmax(row->lower, row->upper - margin * lg->size[t]));
    }
}

void branching_take_heads(branching *b, double cost, double margin) {
    b->result->whole = true;
    b->result->cost = cost;
    b->margin = margin;
    for (int j = 0; j < b->lg->problem->n_posts; j++)
        b->result->heads[j] = llrint(b->in_post[j]);
}

static double solve_with(branching *b, int row, double heads) {
    double value;
    glpk_live_set_row(b->live, row, heads, heads);
    return glpk_live_solve(b->live, BRANCHING_STEPS, b->deadline, &value) == GLPK_LIVE_OPTIMAL ? value
                                                                                               : HUGE_VAL;
}

/* The program with as many heads as are nearest, or on the other side where that costs less. */
static double round_heads(branching *b, const branching_candidate *c) {
    int row = branching_row(b, c->set);
    double near = nearbyint(c->heads), other = near > c->heads ? near - 1 : near + 1;
    double value = solve_with(b, row, near);
    if (value < b->value + BRANCHING_ALIKE)
        return value;
    double beside = solve_with(b, row, other);
    return beside <= value ? beside : solve_with(b, row, near);
}

/* Rounds the heads that are nearest to whole, one after the other, until all are; what is left over of the
   maxima is for persons, who are whole too. */
static void dive(branching *b, int at, double margin, double most) {
    branching_bind(b, at);
    set_margin(b, margin);
    glpk_live_return(b->live, &b->nodes[at].basis);
    if (glpk_live_solve(b->live, BRANCHING_STEPS, b->deadline, &b->value) != GLPK_LIVE_OPTIMAL)
        b->value = HUGE_VAL;
    for (int i = 0; i < b->heads->n_sets && b->value < most && pulang_clock() < b->deadline; i++) {
        glpk_live_read(b->live, b->x, NULL);
        double off = branching_count(b);
        int n = branching_list(b), best = 0;
        if (n == 0 && off <= BRANCHING_WHOLE)
            branching_take_heads(b, b->value, margin);
        if (n == 0)
            break;
        for (int k = 1; k < n; k++)
            best = b->list[k].fraction < b->list[best].fraction ? k : best;
        b->value = round_heads(b, &b->list[best]);
    }
    set_margin(b, 0);
}

bool branching_is_solved(const branching *b, int best) {
    return b->result->whole && b->result->cost <= b->nodes[best].bound + BRANCHING_ALIKE;
}

void branching_look_for_heads(branching *b, int at) {
    for (int i = 0; i < N_MARGINS && !branching_is_solved(b, at); i++)
        dive(b, at, margins[i],
             b->result->whole ? b->result->cost - BRANCHING_ALIKE : FAR * fabs(b->nodes[at].bound));
}

void branching_loosen_heads(branching *b, int at) {
    double margin = b->margin;
    for (int i = 0; i < N_MARGINS && margins[i] > margin && b->margin == margin; i++)
        dive(b, at, margins[i], LITTLE_MORE * fabs(b->nodes[at].bound));
}
