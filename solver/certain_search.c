/*
 * The choices of all classes by solving: among the best plans, the one with most people where no best plan
 * has had any of their class yet.
 */
#include "model/alloc.h"
#include "model/error.h"
#include "solver/certain.h"
#include "solver/mip.h"

#include <string.h>

typedef struct search {
    const pulang_optima *optima;
    certain_choices *choices;
    pulang_limits *limits;
    pulang_solution *solution; /* the last best plan */
    bool first;                /* asked only about classes with one choice so far */
} search;

static bool has_one_choice(const search *s, int k) {
    const pulang_problem *face = s->optima->face;
    int n = s->choices->may_out[k];
    for (int a = face->arc_begin[k]; a < face->arc_begin[k + 1]; a++)
        n += s->choices->may[a];
    return n == 1;
}

/* Whether the class has choices that no plan has had. */
static bool has_new(const search *s, int k) {
    const pulang_problem *face = s->optima->face;
    bool any = !face->bound[k] && !s->choices->may_out[k];
    for (int a = face->arc_begin[k]; a < face->arc_begin[k + 1] && !any; a++)
        any = !s->choices->may[a];
    return any;
}

/* A member somewhere new counts -1; who newly stays out, as one less of those who count 1. Returns the value
   of a plan with nobody anywhere new. */
static int64_t set_costs(search *s) {
    const pulang_problem *face = s->optima->face;
    int64_t none = 0;
    for (int k = 0; k < face->n_classes; k++) {
        bool asked = !s->first || has_one_choice(s, k);
        int out = asked && !face->bound[k] && !s->choices->may_out[k];
        none += (int64_t)out * face->supply[k];
        for (int a = face->arc_begin[k]; a < face->arc_begin[k + 1]; a++)
            s->optima->sought[a] = asked ? out - !s->choices->may[a] : 0;
    }
    return none;
}

static void mark(search *s) {
    const pulang_problem *face = s->optima->face;
    for (int k = 0; k < face->n_classes; k++) {
        int left = face->supply[k];
        for (int a = face->arc_begin[k]; a < face->arc_begin[k + 1]; a++) {
            s->choices->may[a] = s->choices->may[a] || s->solution->flow[a] > 0;
            left -= s->solution->flow[a];
        }
        s->choices->may_out[k] = s->choices->may_out[k] || left > 0;
    }
}

/* Looks for people somewhere new until there are none. *proven: nobody else can be. */
static pulang_status exhaust(search *s, bool *proven, pulang_error *error) {
    const pulang_problem *face = s->optima->face;
    int level = face->n_levels - 1;
    pulang_status status = PULANG_OK;
    bool found = true;
    *proven = false;
    while (status == PULANG_OK && found && !*proven) {
        bool infeasible;
        int64_t none = set_costs(s);
        s->limits->stopped = false;
        status =
            pulang_mip_solve_level(face, level, s->optima->value, s->limits, s->solution, &infeasible, error);
        if (status != PULANG_OK)
            break;
        found = pulang_problem_level_value(face, level, s->solution->flow) < none;
        *proven = s->solution->levels[level].proven && !found;
        mark(s);
        found = found && pulang_clock() < s->limits->deadline;
    }
    return status;
}

/* Everybody about whom nothing is proven. */
static void leave_open(search *s) {
    for (int k = 0; k < s->optima->face->n_classes; k++)
        s->choices->open[k] = has_one_choice(s, k) && has_new(s, k);
}

pulang_status certain_by_search(const pulang_optima *optima, pulang_limits *limits, certain_choices *choices,
                                pulang_error *error) {
    search s = {.optima = optima, .choices = choices, .limits = limits, .first = true};
    bool proven = false;
    s.solution = pulang_solution_new(optima->face);
    if (!s.solution)
        return pulang_fail_memory(error);
    memcpy(s.solution->flow, optima->flow, (size_t)optima->face->n_arcs * sizeof *optima->flow);
    s.solution->exists = true;
    pulang_status status = exhaust(&s, &proven, error);
    if (status == PULANG_OK && proven) {
        s.first = false;
        status = exhaust(&s, &choices->whole, error);
    } else if (status == PULANG_OK) {
        leave_open(&s);
        choices->whole = false;
    }
    pulang_solution_free(s.solution);
    return status;
}
