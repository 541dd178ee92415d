#include "solver/stable.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/limits.h"
#include "solver/solve.h"
#include "solver/stable_node.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

typedef struct search {
    pulang_stable tree;
    const pulang_problem *problem;
    pulang_settings settings;
    double deadline;
    pulang_solution *best; /* the incumbent */
    int64_t *root;         /* [n_levels] values without the rule */
    bool root_proven, limited;
    int *flow;               /* [n_arcs] of the branch solved last */
    int *lowest;             /* [n_posts] */
    int *post_of;            /* [persons] of the branch solved last: where the next one starts */
    pulang_solution *solved; /* that branch, NULL: none yet */
    long nodes;
} search;

/* A branch that has been solved and is worth going on with. */
typedef struct branch {
    bool open;
    int64_t *value; /* [n_levels] */
    pulang_stable_envy envy;
} branch;

static bool better(const search *s, const int64_t *value) {
    for (int l = 0; l < s->problem->n_levels && s->best->exists; l++)
        if (value[l] != s->best->levels[l].value)
            return value[l] < s->best->levels[l].value;
    return !s->best->exists;
}

static void take(search *s, const int64_t *value) {
    memcpy(s->best->flow, s->flow, (size_t)s->problem->n_arcs * sizeof *s->flow);
    for (int l = 0; l < s->problem->n_levels; l++)
        s->best->levels[l].value = value[l];
    s->best->exists = true;
}

/* What the problem without the rule tells: the bounds of its proof, the reason why there is no plan, the
   method. */
static void take_root(search *s, pulang_solution *solution) {
    pulang_solution *best = s->best;
    pulang_solution_take_steps(best, solution);
    memcpy(best->method, solution->method, sizeof best->method);
    memcpy(best->why, solution->why, sizeof best->why);
    memcpy(best->reason, solution->reason, sizeof best->reason);
    memcpy(best->levels, solution->levels, (size_t)s->problem->n_levels * sizeof *best->levels);
    best->outcome = solution->outcome;
    s->root_proven = solution->exists && solution->outcome == PULANG_OPTIMAL;
    for (int l = 0; l < s->problem->n_levels; l++)
        s->root[l] = solution->levels[l].value;
}

/* Looks at the plan of a solved branch: a plan without envy is taken, one with envy leaves the branch
   open. */
static void look(search *s, const pulang_solution *solution, branch *at) {
    for (int l = 0; l < s->problem->n_levels; l++)
        at->value[l] = solution->levels[l].value;
    memset(s->flow, 0, (size_t)s->problem->n_arcs * sizeof *s->flow);
    for (int a = 0; a < s->tree.node.n_arcs; a++)
        s->flow[s->tree.arc_of[a]] = solution->flow[a];
    if (!better(s, at->value))
        return;
    at->envy = pulang_stable_envied(&s->tree, s->flow, s->lowest);
    at->open = at->envy.post != PULANG_NONE;
    if (!at->open)
        take(s, at->value);
}

/* Keeps the branch, from which the next one starts; those who are not alone in their class start anywhere. */
static void keep(search *s, pulang_solution *solution) {
    const pulang_problem *problem = s->problem;
    pulang_solution_free(s->solved);
    s->solved = solution;
    for (int k = 0; k < problem->n_classes; k++) {
        int i = problem->member_begin[k];
        for (int a = problem->arc_begin[k]; a < problem->arc_begin[k + 1]; a++)
            for (int n = 0; n < s->flow[a]; n++)
                s->post_of[problem->members[i++]] = problem->arc_post[a];
        while (i < problem->member_begin[k + 1])
            s->post_of[problem->members[i++]] = PULANG_NONE;
    }
}

/* Solves the branch of the cut-offs at hand. */
static pulang_status relax(search *s, branch *at, pulang_error *error) {
    pulang_solution *solution = NULL;
    at->open = false;
    s->settings.time_limit = s->deadline - pulang_clock();
    s->limited = s->limited || s->settings.time_limit <= 0;
    if (s->limited || !pulang_stable_restrict(&s->tree))
        return PULANG_OK;
    pulang_core_start start = {.post_of = s->post_of};
    if (s->solved) {
        start.n_steps = s->solved->n_steps;
        start.steps = s->solved->steps;
    }
    pulang_status status =
        pulang_solve_problem(&s->tree.node, &s->settings, s->solved ? &start : NULL, &solution, error);
    if (status != PULANG_OK)
        return status;
    s->limited = solution->outcome == PULANG_LIMIT;
    if (s->nodes++ == 0)
        take_root(s, solution);
    if (solution->exists)
        look(s, solution, at);
    if (solution->exists && solution->n_steps > 0)
        keep(s, solution);
    else
        pulang_solution_free(solution);
    return PULANG_OK;
}

/* Sets the cut-off of the post envied at the merit of who envies: nobody below it (side 0), or somebody
   (side 1). Returns what was there. */
static int decide(search *s, pulang_stable_envy envy, int side, int merit) {
    int *cutoff = side == 0 ? &s->tree.least[envy.post] : &s->tree.content[envy.post];
    int before = *cutoff;
    *cutoff = merit;
    return before;
}

static bool first_is_better(const search *s, const branch sides[2]) {
    for (int l = 0; l < s->problem->n_levels; l++)
        if (sides[0].value[l] != sides[1].value[l])
            return sides[0].value[l] < sides[1].value[l];
    return true;
}

/* A first plan without envy: every post envied is closed to all below those who envy it, again and
   again. */
static pulang_status dive(search *s, branch *at, pulang_error *error) {
    pulang_status status = PULANG_OK;
    while (status == PULANG_OK && at->open && !s->limited) {
        pulang_stable_close(&s->tree, s->flow, s->lowest);
        status = relax(s, at, error);
    }
    for (int j = 0; j < s->problem->n_posts; j++)
        s->tree.least[j] = INT_MIN;
    return status;
}

/* All branches below one that is open, the better one of two first. Recurs at most once for each post and
   merit. */
static pulang_status explore(search *s, const branch *at, pulang_error *error) {
    size_t n_levels = (size_t)s->problem->n_levels;
    pulang_stable_envy envy = at->envy;
    branch sides[2] = {0};
    int64_t *values = pulang_alloc(2 * n_levels, sizeof *values);
    if (!values)
        return pulang_fail_memory(error);
    pulang_status status = PULANG_OK;
    for (int side = 0; status == PULANG_OK && side < 2; side++) {
        sides[side].value = values + (size_t)side * n_levels;
        int before = decide(s, envy, side, envy.merit);
        status = relax(s, &sides[side], error);
        decide(s, envy, side, before);
    }
    int first = sides[0].open && (!sides[1].open || first_is_better(s, sides)) ? 0 : 1;
    for (int i = 0; status == PULANG_OK && i < 2; i++) {
        int side = i == 0 ? first : 1 - first;
        if (s->limited || !sides[side].open || !better(s, sides[side].value))
            continue;
        int before = decide(s, envy, side, envy.merit);
        status = explore(s, &sides[side], error);
        decide(s, envy, side, before);
    }
    pulang_free(values);
    return status;
}

/* The levels of the search: proven when all branches were seen; else as far as the plan is as good as without
   the rule, whose plan is proven. */
static void conclude(search *s) {
    pulang_solution *best = s->best;
    bool proven = best->exists, whole = !s->limited;
    for (int l = 0; l < s->problem->n_levels; l++) {
        pulang_level_result *level = &best->levels[l];
        bool before = l == 0 || best->levels[l - 1].proven;
        proven = proven && (whole || level->value == s->root[l]);
        level->bound = proven ? level->value : before ? s->root[l] : INT64_MIN;
        level->proven = proven;
    }
    best->outcome = proven ? PULANG_OPTIMAL : whole ? PULANG_INFEASIBLE : PULANG_LIMIT;
    if (best->outcome == PULANG_INFEASIBLE)
        snprintf(best->reason, sizeof best->reason, "%s",
                 _("every plan that meets the other rules gives cause for envy where it is forbidden"));
    snprintf(best->why, sizeof best->why, "%s", _("branches on the lowest merit in the posts envied"));
    snprintf(best->method, sizeof best->method, "envy-branch");
}

/* The plan without the rule was not finished, and there is envy in it: it is no plan. */
static void give_up(search *s) {
    for (int l = 0; l < s->problem->n_levels; l++)
        s->best->levels[l].proven = false;
    s->best->exists = false;
    s->best->outcome = PULANG_LIMIT;
}

static pulang_status run(search *s, pulang_error *error) {
    int64_t *value = pulang_alloc((size_t)s->problem->n_levels, sizeof *value);
    if (!value)
        return pulang_fail_memory(error);
    branch root = {.value = value}, below = {.open = true, .value = value};
    pulang_status status = relax(s, &root, error);
    if (status == PULANG_OK && root.open && s->limited) {
        give_up(s);
    } else if (status == PULANG_OK && root.open) {
        status = dive(s, &below, error);
        if (status == PULANG_OK)
            status = explore(s, &root, error);
        if (status == PULANG_OK)
            conclude(s);
    }
    pulang_free(value);
    return status;
}

static pulang_status search_plan(const pulang_instance *instance, const pulang_problem *problem, search *s,
                                 pulang_error *error) {
    s->problem = problem;
    s->best = pulang_solution_new(problem);
    s->root = pulang_alloc((size_t)problem->n_levels, sizeof *s->root);
    s->flow = pulang_alloc((size_t)problem->n_arcs, sizeof *s->flow);
    s->post_of = pulang_alloc((size_t)instance->n_persons, sizeof *s->post_of);
    s->lowest = pulang_alloc((size_t)problem->n_posts, sizeof *s->lowest);
    if (pulang_stable_init(&s->tree, instance, problem) || !s->best || !s->root || !s->flow || !s->lowest ||
        !s->post_of)
        return pulang_fail_memory(error);
    return run(s, error);
}

static void search_clear(search *s) {
    pulang_stable_clear(&s->tree);
    pulang_solution_free(s->best);
    pulang_free(s->root);
    pulang_free(s->flow);
    pulang_free(s->lowest);
    pulang_free(s->post_of);
    pulang_solution_free(s->solved);
}

/* The values without the rule go with the plan. */
static pulang_status hand_out(const pulang_instance *instance, const search *s, pulang_plan **plan,
                              pulang_error *error) {
    size_t n_levels = (size_t)s->problem->n_levels;
    pulang_plan *made = NULL;
    pulang_status status = pulang_solve_plan(instance, s->problem, s->best, &made, error);
    if (status != PULANG_OK || !s->root_proven) {
        *plan = made;
        return status;
    }
    int64_t *value = pulang_arena_alloc(made->arena, n_levels, sizeof *value);
    if (!value) {
        pulang_plan_free(made);
        return pulang_fail_memory(error);
    }
    memcpy(value, s->root, n_levels * sizeof *value);
    made->free_value = value;
    *plan = made;
    return PULANG_OK;
}

pulang_status pulang_stable_solve(const pulang_instance *instance, const pulang_settings *settings,
                                  pulang_plan **plan, pulang_error *error) {
    double begin = pulang_clock(), built = begin;
    search s = {.settings = *settings, .deadline = begin + settings->time_limit};
    pulang_problem *problem = NULL;
    pulang_plan *made = NULL;
    pulang_status status = pulang_solve_settings(settings, error);
    if (status == PULANG_OK && (settings->exact_prices || settings->statement))
        status =
            pulang_fail(error, PULANG_ERROR_ARGUMENT, "%s",
                        _("exact prices and the statement are not there where the scenario forbids envy"));
    if (status == PULANG_OK)
        status = pulang_problem_new(instance, &problem, error);
    if (status == PULANG_OK) {
        s.settings.gap = 0;
        built = pulang_clock();
        status = search_plan(instance, problem, &s, error);
    }
    if (status == PULANG_OK)
        status = hand_out(instance, &s, &made, error);
    if (status == PULANG_OK) {
        made->seconds_build = built - begin;
        made->seconds = pulang_clock() - begin;
        *plan = made;
    }
    search_clear(&s);
    pulang_problem_free(problem);
    return status;
}
