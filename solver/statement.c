#include "solver/statement.h"

#include "model/alloc.h"
#include "model/bound.h"
#include "model/error.h"
#include "model/problem.h"
#include "solver/limits.h"
#include "solver/solve.h"

/* ---- a level alone ---- */

/* The pieces of the total at the level. */
static int keep_pieces(pulang_total *total, int level, pulang_arena *arena) {
    pulang_piece *kept = pulang_arena_alloc(arena, (size_t)total->n_pieces, sizeof *kept);
    int n = 0;
    if (!kept)
        return -1;
    for (int i = 0; i < total->n_pieces; i++)
        if (total->pieces[i].level == level) {
            kept[n] = total->pieces[i];
            kept[n++].level = 0;
        }
    total->pieces = kept;
    total->n_pieces = n;
    return 0;
}

/* The problem with that level and no other, in the arena; points into the problem. */
static int only_level(const pulang_problem *problem, int level, pulang_arena *arena, pulang_problem *alone) {
    pulang_total *totals = pulang_arena_alloc(arena, (size_t)problem->n_totals, sizeof *totals);
    if (!totals)
        return -1;
    for (int t = 0; t < problem->n_totals; t++) {
        totals[t] = problem->totals[t];
        if (keep_pieces(&totals[t], level, arena))
            return -1;
    }
    *alone = *problem;
    alone->totals = totals;
    alone->levels = &problem->levels[level];
    alone->n_levels = 1;
    return 0;
}

static pulang_status solve_alone(const pulang_problem *problem, int level, const pulang_settings *settings,
                                 pulang_level_statement *statement, pulang_error *error) {
    pulang_problem alone;
    pulang_solution *solution = NULL;
    pulang_arena *arena = pulang_arena_new();
    pulang_status status =
        arena && !only_level(problem, level, arena, &alone) ? PULANG_OK : pulang_fail_memory(error);
    if (status == PULANG_OK)
        status = pulang_solve_problem(&alone, settings, NULL, &solution, error);
    if (status == PULANG_OK && solution->exists) {
        statement->solved = true;
        statement->value = solution->levels[0].value;
        statement->bound = solution->levels[0].bound;
        statement->proven = statement->bound == statement->value;
    }
    pulang_solution_free(solution);
    pulang_arena_free(arena);
    return status;
}

/* The plan itself may be better than what was found in the time. */
static void compare_plan(const pulang_level_result *level, pulang_level_statement *statement) {
    if (!statement->solved || statement->value <= level->value)
        return;
    statement->value = level->value;
    statement->proven = statement->bound == statement->value;
}

/* ---- how a level was proven ---- */

static pulang_status set_proofs(const pulang_plan *plan, pulang_level_statement *statement,
                                pulang_error *error) {
    size_t n = (size_t)plan->n_levels;
    bool infeasible;
    int64_t *value = pulang_alloc(n, sizeof *value);
    pulang_bound *bounds = pulang_alloc(n, sizeof *bounds);
    pulang_status status = value && bounds ? PULANG_OK : pulang_fail_memory(error);
    for (size_t l = 0; status == PULANG_OK && l < n; l++)
        value[l] = plan->levels[l].value;
    if (status == PULANG_OK)
        status = pulang_bound_compute(plan->instance, plan->steps, plan->n_steps, value, bounds, &infeasible,
                                      error);
    for (size_t l = 0; status == PULANG_OK && l < n; l++)
        statement[l].proof = plan->levels[l].bound == INT64_MIN         ? PULANG_PROOF_NONE
                             : bounds[l].bound >= plan->levels[l].bound ? PULANG_PROOF_PRICES
                                                                        : PULANG_PROOF_SEARCH;
    pulang_free(value);
    pulang_free(bounds);
    return status;
}

/* ---- all levels ---- */

/* Nothing is above the first level: it is as it would be alone. */
static void state_first(const pulang_level_result *level, pulang_level_statement *statement) {
    statement->solved = true;
    statement->value = level->value;
    statement->bound = level->bound;
    statement->proven = level->bound == level->value;
}

static pulang_status state_others(const pulang_plan *plan, const pulang_settings *settings, double deadline,
                                  pulang_level_statement *statement, pulang_error *error) {
    pulang_problem *problem = NULL;
    pulang_status status = pulang_problem_new(plan->instance, &problem, error);
    for (int l = 1; status == PULANG_OK && l < plan->n_levels; l++) {
        pulang_settings own = *settings;
        own.gap = 0;
        own.time_limit = (deadline - pulang_clock()) / (plan->n_levels - l);
        statement[l].bound = INT64_MIN;
        if (own.time_limit > 0)
            status = solve_alone(problem, l, &own, &statement[l], error);
        compare_plan(&plan->levels[l], &statement[l]);
    }
    pulang_problem_free(problem);
    return status;
}

pulang_status pulang_statement_make(pulang_plan *plan, const pulang_settings *settings, double deadline,
                                    pulang_error *error) {
    pulang_level_statement *statement =
        pulang_arena_alloc(plan->arena, (size_t)plan->n_levels, sizeof *statement);
    if (!statement)
        return pulang_fail_memory(error);
    state_first(&plan->levels[0], &statement[0]);
    pulang_status status = set_proofs(plan, statement, error);
    if (status == PULANG_OK)
        status = state_others(plan, settings, deadline, statement, error);
    if (status == PULANG_OK)
        plan->statement = statement;
    return status;
}
