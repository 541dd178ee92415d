#include "solver/lagrange_find.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/convex.h"
#include "solver/glpk.h"
#include "solver/lagrange_rest.h"
#include "solver/mip_build.h"

#include <math.h>
#include <string.h>

/* What is broken costs at least this part of the largest cost for what a member adds. */
static const double LEAST_DEAR = 0.05, HOLD_DEARER = 10;

/* What a step costs by which a total that crosses is broken, in the level's units. */
static double give_price(const lagrange *lg, int t, double dearer) {
    double price = fabs((double)lg->goal.price[t]) / (double)lg->goal.scale;
    return dearer * fmax(price, LEAST_DEAR * lg->largest[lg->goal.level] / fmax(1, lg->size[t]));
}

/* ... or a level held gets worse: more, for repair cannot mend that. */
static double hold_price(const lagrange *lg, int l, double dearer) {
    return HOLD_DEARER * dearer * ((double)lg->goal.held[l] / (double)lg->goal.scale + 1);
}

double lagrange_broken(const lagrange *lg, const int *flow, double dearer) {
    const pulang_problem *p = lg->problem;
    double sum = 0;
    for (int i = 0; i < lg->n_crossing; i++) {
        int t = lg->crossing[i];
        int64_t n = pulang_problem_total(p, t, flow) / lg->unit[t];
        int64_t by = n > lg->upper[t] ? n - lg->upper[t] : n < lg->lower[t] ? lg->lower[t] - n : 0;
        sum += by > 0 ? (double)by * give_price(lg, t, dearer) : 0;
    }
    for (int l = 0; l < lg->goal.level; l++) {
        int64_t by = lg->hold[l] ? pulang_problem_level_value(p, l, flow) - lg->value[l] : 0;
        sum += by > 0 ? (double)by * hold_price(lg, l, dearer) : 0;
    }
    return sum;
}

/* Lets a row be broken by any amount, for a price. */
typedef struct give {
    int row;
    double price;
} give;

static int list_gives(const lagrange *lg, const lagrange_rest *r, const pulang_mip_layout *layout,
                      double dearer, give *gives) {
    int n = 0;
    for (int i = 0; i < lg->n_crossing; i++) {
        int t = lg->crossing[i];
        double unit = (double)pulang_total_unit(&r->problem.totals[t]) / (double)lg->unit[t];
        gives[n++] = (give){layout->total_row[t], give_price(lg, t, dearer) * unit};
    }
    for (int l = 0; l < lg->goal.level; l++)
        if (lg->hold[l])
            gives[n++] = (give){layout->hold_row[l], hold_price(lg, l, dearer)};
    return n;
}

/* Two more columns for each. */
static bool loosen(pulang_program *program, const give *gives, int n) {
    int more = 2 * n, n_columns = program->n_columns + more, n_entries = program->n_entries + more;
    pulang_program_column *columns = pulang_arena_alloc(program->arena, (size_t)n_columns, sizeof *columns);
    int *begin = pulang_arena_alloc(program->arena, (size_t)n_columns + 1, sizeof *begin);
    int *row = pulang_arena_alloc(program->arena, (size_t)n_entries, sizeof *row);
    double *value = pulang_arena_alloc(program->arena, (size_t)n_entries, sizeof *value);
    if (!columns || !begin || !row || !value)
        return false;
    memcpy(columns, program->columns, (size_t)program->n_columns * sizeof *columns);
    memcpy(begin, program->begin, ((size_t)program->n_columns + 1) * sizeof *begin);
    memcpy(row, program->row, (size_t)program->n_entries * sizeof *row);
    memcpy(value, program->value, (size_t)program->n_entries * sizeof *value);
    for (int i = 0; i < more; i++) {
        int c = program->n_columns++, e = program->n_entries++;
        columns[c] = (pulang_program_column){.name = "", .upper = HUGE_VAL, .cost = gives[i / 2].price};
        row[e] = gives[i / 2].row;
        value[e] = i % 2 == 0 ? 1 : -1;
        begin[c + 1] = e + 1;
    }
    program->columns = columns;
    program->begin = begin;
    program->row = row;
    program->value = value;
    return true;
}

static bool is_enough(const pulang_glpk_state *state, void *user) {
    const lagrange_effort *effort = user;
    long nodes = effort->few > 0 && state->has_incumbent ? effort->few : effort->nodes;
    return pulang_clock() >= effort->deadline || state->nodes > nodes ||
           (effort->is_over && effort->is_over(effort->user));
}

static void read_flow(const lagrange_rest *r, const double *x, int n_arcs, int *flow) {
    memset(flow, 0, (size_t)n_arcs * sizeof *flow);
    for (int a = 0; a < r->problem.n_arcs; a++)
        flow[r->arc_of[a]] = (int)llrint(x[a]);
}

static pulang_status solve(const pulang_program *program, const lagrange_effort *effort, double *x,
                           lagrange_found *found, pulang_error *error) {
    const pulang_glpk_search how = {.seconds = fmax(effort->deadline - pulang_clock(), 0.001),
                                    .quick = true,
                                    .stop = is_enough,
                                    .user = (void *)effort};
    pulang_glpk_result result = {0};
    pulang_status status = pulang_glpk_solve(program, &how, x, &result, error);
    if (status == PULANG_OK && result.has_x)
        *found = result.outcome == PULANG_GLPK_OPTIMAL ? LAGRANGE_FOUND_BEST : LAGRANGE_FOUND_SOME;
    return status;
}

static pulang_status find(const lagrange *lg, const lagrange_rest *r, double dearer,
                          const lagrange_effort *effort, int *flow, lagrange_found *found,
                          pulang_error *error) {
    pulang_program *program = NULL;
    double *x = NULL;
    give *gives =
        pulang_arena_alloc(r->arena, (size_t)(lg->n_crossing + lg->problem->n_levels), sizeof *gives);
    const pulang_mip_layout layout = {
        .total_row = pulang_arena_alloc(r->arena, (size_t)r->problem.n_totals, sizeof *layout.total_row),
        .hold_row = pulang_arena_alloc(r->arena, (size_t)r->problem.n_levels, sizeof *layout.hold_row)};
    if (!gives || !layout.total_row || !layout.hold_row)
        return pulang_fail_memory(error);
    pulang_status status =
        pulang_mip_build_with(&r->problem, lg->goal.level, NULL, lg->value, &layout, &program, error);
    if (status == PULANG_OK && dearer > 0 &&
        !loosen(program, gives, list_gives(lg, r, &layout, dearer, gives)))
        status = pulang_fail_memory(error);
    if (status == PULANG_OK && !(x = pulang_alloc((size_t)program->n_columns, sizeof *x)))
        status = pulang_fail_memory(error);
    if (status == PULANG_OK)
        status = solve(program, effort, x, found, error);
    if (*found != LAGRANGE_FOUND_NOTHING)
        read_flow(r, x, lg->problem->n_arcs, flow);
    pulang_program_free(program);
    pulang_free(x);
    return status;
}

pulang_status lagrange_find(lagrange *lg, double dearer, const lagrange_effort *effort, int *flow,
                            lagrange_found *found, pulang_error *error) {
    lagrange_rest r;
    *found = LAGRANGE_FOUND_NOTHING;
    pulang_status status = lagrange_rest_build(lg, &r, error);
    if (status == PULANG_OK)
        status = find(lg, &r, dearer, effort, flow, found, error);
    lagrange_rest_clear(&r);
    return status;
}
