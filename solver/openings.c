#include "solver/openings.h"

#include "model/alloc.h"
#include "model/error.h"

#include <stdio.h>
#include <string.h>

typedef struct search {
    const pulang_problem *problem;
    pulang_problem node; /* the problem with totals of its own: no openings, but decided ones as bounds */
    pulang_limits *limits;
    pulang_solution *best; /* the incumbent */
    int64_t *root;         /* [n_levels] values of the relaxation */
    bool limited;          /* stopped before all branches were seen */
    long nodes;
    pulang_error *error;
} search;

static int copy_totals(const pulang_problem *problem, pulang_problem *copy) {
    *copy = *problem;
    copy->totals = pulang_alloc((size_t)problem->n_totals, sizeof *copy->totals);
    if (!copy->totals)
        return -1;
    for (int t = 0; t < problem->n_totals; t++) {
        copy->totals[t] = problem->totals[t];
        copy->totals[t].open = 0;
    }
    return 0;
}

bool pulang_openings_apply(const pulang_problem *problem) {
    pulang_problem copy;
    bool any = false;
    for (int t = 0; t < problem->n_totals; t++)
        any = any || problem->totals[t].open > 0;
    if (!any || copy_totals(problem, &copy))
        return false;
    any = pulang_core_applies(&copy, NULL);
    pulang_free(copy.totals);
    return any;
}

static bool better(const search *s, const pulang_solution *solution) {
    for (int l = 0; l < s->problem->n_levels && s->best->exists; l++)
        if (solution->levels[l].value != s->best->levels[l].value)
            return solution->levels[l].value < s->best->levels[l].value;
    return !s->best->exists;
}

static void take(search *s, const pulang_solution *solution) {
    memcpy(s->best->flow, solution->flow, (size_t)s->problem->n_arcs * sizeof *solution->flow);
    for (int l = 0; l < s->problem->n_levels; l++)
        s->best->levels[l].value = solution->levels[l].value;
    s->best->exists = true;
}

/* The steps of the relaxation prove the plan that it has found, or that there is none. */
static void take_steps(search *s, pulang_solution *solution) {
    memcpy(s->best->steps, solution->steps, (size_t)solution->n_steps * sizeof *solution->steps);
    s->best->n_steps = solution->n_steps;
    solution->n_steps = 0;
}

static bool between(const pulang_total *total, int64_t m) {
    return m > 0 && m < total->open;
}

/* The total furthest from both 0 and its opening, by parts of that; PULANG_NONE: all hold. */
static int choose(const search *s, const int64_t *value) {
    int best = PULANG_NONE;
    double most = 0;
    for (int t = 0; t < s->problem->n_totals; t++) {
        const pulang_total *total = &s->problem->totals[t];
        if (!between(total, value[t]))
            continue;
        double part = (double)value[t] / (double)total->open, far = part < 0.5 ? part : 1 - part;
        if (far > most) {
            most = far;
            best = t;
        }
    }
    return best;
}

static void decide(search *s, int t, bool open) {
    const pulang_total *total = &s->problem->totals[t];
    s->node.totals[t].lower = open ? total->open : 0;
    s->node.totals[t].upper = open ? total->upper : 0;
}

static void undecide(search *s, int t) {
    s->node.totals[t].lower = s->problem->totals[t].lower;
    s->node.totals[t].upper = s->problem->totals[t].upper;
}

/* Solves the node; *solution is NULL where it can be cut off, *value the totals of its plan. */
static pulang_status relax(search *s, pulang_solution **solution, int64_t **value) {
    pulang_solution *made = pulang_solution_new(&s->node);
    pulang_status status = made ? PULANG_OK : pulang_fail_memory(s->error);
    if (status == PULANG_OK)
        status = pulang_core_solve(&s->node, NULL, s->limits, made, s->error);
    if (status == PULANG_OK) {
        s->nodes++;
        for (int l = 0; l < s->problem->n_levels; l++)
            s->best->levels[l].seconds += made->levels[l].seconds;
        s->limited = s->limited || made->outcome == PULANG_LIMIT;
        if (s->nodes == 1 && made->outcome == PULANG_INFEASIBLE) {
            take_steps(s, made);
            memcpy(s->best->reason, made->reason, sizeof made->reason);
        }
        if (!s->limited && made->exists && better(s, made)) {
            *value = pulang_problem_totals(s->problem, made->flow);
            status = *value ? PULANG_OK : pulang_fail_memory(s->error);
        }
    }
    if (status == PULANG_OK && *value) {
        *solution = made;
        return status;
    }
    pulang_solution_free(made);
    return status;
}

/* All branches below the node, the likelier one first. Recurs at most once for each opening. */
static pulang_status branch(search *s) {
    pulang_solution *solution = NULL;
    int64_t *value = NULL;
    pulang_status status = relax(s, &solution, &value);
    if (status != PULANG_OK || !solution)
        return status;
    int t = choose(s, value);
    if (s->nodes == 1)
        for (int l = 0; l < s->problem->n_levels; l++)
            s->root[l] = solution->levels[l].value;
    if (t == PULANG_NONE) {
        take(s, solution);
        if (s->nodes == 1)
            take_steps(s, solution);
    }
    bool open = t != PULANG_NONE && 2 * value[t] >= s->problem->totals[t].open;
    pulang_free(value);
    pulang_solution_free(solution);
    for (int side = 0; t != PULANG_NONE && status == PULANG_OK && side < 2 && !s->limited; side++) {
        decide(s, t, open ^ (side == 1));
        status = branch(s);
        undecide(s, t);
    }
    return status;
}

static void conclude(search *s) {
    pulang_solution *best = s->best;
    snprintf(best->method, sizeof best->method, best->n_steps > 0 ? "core" : "core-branch");
    best->outcome = s->limited ? PULANG_LIMIT : best->exists ? PULANG_OPTIMAL : PULANG_INFEASIBLE;
    if (best->outcome == PULANG_INFEASIBLE && best->n_steps == 0)
        snprintf(best->reason, sizeof best->reason, "%s", _("no placement meets all hard rules"));
    /* At a limit: a level is as good as the relaxation, or what follows is compared with nothing. */
    bool proven = true;
    for (int l = 0; l < s->problem->n_levels; l++) {
        pulang_level_result *level = &best->levels[l];
        proven = proven && best->exists && (!s->limited || level->value == s->root[l]);
        level->proven = proven;
        if (proven)
            level->bound = level->value;
        else if (l == 0 || best->levels[l - 1].proven)
            level->bound = s->root[l];
    }
    if (proven && best->exists)
        best->outcome = PULANG_OPTIMAL;
}

pulang_status pulang_openings_solve(const pulang_problem *problem, pulang_limits *limits,
                                    pulang_solution *solution, pulang_error *error) {
    search s = {.problem = problem, .limits = limits, .best = solution, .error = error};
    s.root = pulang_alloc((size_t)problem->n_levels, sizeof *s.root);
    pulang_status status =
        s.root && copy_totals(problem, &s.node) == 0 ? PULANG_OK : pulang_fail_memory(error);
    for (int l = 0; status == PULANG_OK && l < problem->n_levels; l++)
        s.root[l] = INT64_MIN;
    if (status == PULANG_OK)
        status = branch(&s);
    if (status == PULANG_OK)
        conclude(&s);
    pulang_free(s.node.totals);
    pulang_free(s.root);
    return status;
}
