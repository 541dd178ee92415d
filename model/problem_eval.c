/*
 * Evaluating flows: what the formulas at the head of model/problem.h say, in exact integers.
 *
 * The values of all uniform totals follow from the heads of each post, counted once. Where memory for
 * that is out the arcs are searched instead, so that no answer ever depends on it.
 */
#include "model/alloc.h"
#include "model/problem.h"

#include <assert.h>
#include <string.h>

void pulang_problem_free(pulang_problem *problem) {
    if (!problem)
        return;
    pulang_arena *arena = problem->arena;
    pulang_arena_free(arena);
}

pulang_solution *pulang_solution_new(const pulang_problem *problem) {
    pulang_solution *solution = pulang_alloc(1, sizeof *solution);
    if (!solution)
        return NULL;
    size_t n_levels = (size_t)problem->n_levels;
    solution->outcome = PULANG_LIMIT;
    solution->n_levels = problem->n_levels;
    solution->flow = pulang_alloc((size_t)problem->n_arcs, sizeof *solution->flow);
    solution->levels = pulang_alloc(n_levels, sizeof *solution->levels);
    solution->steps = pulang_alloc(2 * n_levels + 1, sizeof *solution->steps);
    if (!solution->flow || !solution->levels || !solution->steps) {
        pulang_solution_free(solution);
        return NULL;
    }
    for (int l = 0; l < problem->n_levels; l++) {
        solution->levels[l].name = problem->levels[l].name;
        solution->levels[l].bound = INT64_MIN;
    }
    return solution;
}

void pulang_solution_clear_steps(pulang_solution *solution) {
    for (int s = 0; s < solution->n_steps; s++) {
        const pulang_solution_tree *tree = solution->steps[s].tree;
        pulang_free(solution->steps[s].price);
        pulang_free(solution->steps[s].held);
        pulang_arena_free(tree ? tree->arena : NULL);
    }
    solution->n_steps = 0;
    pulang_arena_free(solution->cut_arena);
    solution->cut_arena = NULL;
    solution->cuts = NULL;
    solution->n_cuts = 0;
}

void pulang_solution_take_steps(pulang_solution *solution, pulang_solution *from) {
    pulang_solution_clear_steps(solution);
    memcpy(solution->steps, from->steps, (size_t)from->n_steps * sizeof *solution->steps);
    solution->n_steps = from->n_steps;
    solution->n_cuts = from->n_cuts;
    solution->cuts = from->cuts;
    solution->cut_arena = from->cut_arena;
    from->n_steps = from->n_cuts = 0;
    from->cuts = NULL;
    from->cut_arena = NULL;
}

void pulang_solution_free(pulang_solution *solution) {
    if (!solution)
        return;
    pulang_solution_clear_steps(solution);
    pulang_free(solution->steps);
    pulang_free(solution->levels);
    pulang_free(solution->flow);
    pulang_free(solution);
}

/* Heads in each post; NULL: out of memory. */
static int64_t *count_heads(const pulang_problem *problem, const int *flow) {
    int64_t *heads = pulang_alloc((size_t)problem->n_posts, sizeof *heads);
    for (int a = 0; heads && a < problem->n_arcs; a++)
        heads[problem->arc_post[a]] += flow[a];
    return heads;
}

static bool contains(const int *posts, int n, int post) {
    int lo = 0, hi = n;
    while (lo < hi) {
        int middle = lo + (hi - lo) / 2;
        if (posts[middle] < post)
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo < n && posts[lo] == post;
}

static int64_t total_value(const pulang_problem *problem, const pulang_total *total, const int *flow,
                           const int64_t *heads) {
    int64_t sum = 0;
    if (!total->uniform) {
        for (int i = 0; i < total->n_terms; i++)
            sum += total->term_amount[i] * flow[total->term_arc[i]];
        return sum;
    }
    if (heads)
        for (int i = 0; i < total->n_posts; i++)
            sum += heads[total->posts[i]];
    else
        for (int a = 0; a < problem->n_arcs; a++)
            if (flow[a] && contains(total->posts, total->n_posts, problem->arc_post[a]))
                sum += flow[a];
    return total->unit * sum;
}

int64_t pulang_problem_total(const pulang_problem *problem, int total, const int *flow) {
    assert(total >= 0 && total < problem->n_totals);
    return total_value(problem, &problem->totals[total], flow, NULL);
}

int64_t *pulang_problem_totals(const pulang_problem *problem, const int *flow) {
    int64_t *heads = count_heads(problem, flow);
    int64_t *value = pulang_alloc((size_t)problem->n_totals, sizeof *value);
    for (int t = 0; heads && value && t < problem->n_totals; t++)
        value[t] = total_value(problem, &problem->totals[t], flow, heads);
    if (!heads) {
        pulang_free(value);
        value = NULL;
    }
    pulang_free(heads);
    return value;
}

bool pulang_total_holds(const pulang_total *total, int64_t m) {
    return total->lower <= m && m <= total->upper && (m <= 0 || m >= total->open);
}

/* Units of m that a piece prices. */
static int64_t piece_units(const pulang_piece *piece, int64_t m) {
    int64_t units = piece->excess ? m - piece->from : piece->to - m;
    int64_t width = piece->to - piece->from;
    return units < 0 ? 0 : units > width ? width : units;
}

int64_t pulang_total_cost(const pulang_problem *problem, const pulang_total *total, int level, int64_t m) {
    int64_t cost = 0;
    for (int i = 0; i < total->n_pieces; i++) {
        const pulang_piece *piece = &total->pieces[i];
        if (piece->level != level)
            continue;
        int64_t units = piece_units(piece, m);
        if (!problem->levels[level].largest) {
            cost += piece->slope * units;
            continue;
        }
        int64_t width = piece->to - piece->from;
        int64_t permille = units / width * 1000 + (units % width * 1000 + width - 1) / width;
        cost = permille > cost ? permille : cost;
    }
    return cost;
}

static int64_t arcs_cost(const pulang_problem *problem, const pulang_problem_level *level, const int *flow) {
    int64_t cost = 0;
    if (!level->arc_cost && !level->unplaced)
        return 0;
    for (int k = 0; k < problem->n_classes; k++) {
        int64_t placed = 0;
        for (int a = problem->arc_begin[k]; a < problem->arc_begin[k + 1]; a++) {
            placed += flow[a];
            if (level->arc_cost)
                cost += level->arc_cost[a] * flow[a];
        }
        if (level->unplaced)
            cost += problem->supply[k] - placed;
    }
    return cost;
}

int64_t pulang_problem_level_value(const pulang_problem *problem, int level, const int *flow) {
    assert(level >= 0 && level < problem->n_levels);
    const pulang_problem_level *rule = &problem->levels[level];
    int64_t *heads = count_heads(problem, flow);
    int64_t value = rule->largest ? 0 : arcs_cost(problem, rule, flow);
    for (int t = 0; t < problem->n_totals; t++) {
        const pulang_total *total = &problem->totals[t];
        if (total->n_pieces == 0)
            continue;
        int64_t cost = pulang_total_cost(problem, total, level, total_value(problem, total, flow, heads));
        if (rule->largest)
            value = cost > value ? cost : value;
        else
            value += cost;
    }
    pulang_free(heads);
    return value;
}

bool pulang_problem_near(const pulang_problem *problem, int place_a, int place_b) {
    if (place_a == place_b)
        return true;
    if (!problem->metres || problem->near <= 0)
        return false;
    int32_t metres = problem->metres[(size_t)place_a * (size_t)problem->n_places + (size_t)place_b];
    return metres >= 0 && metres <= problem->near;
}

/* The place where the only member of a class is, PULANG_NONE: unplaced. */
static int class_place(const pulang_problem *problem, int class, const int *flow) {
    for (int a = problem->arc_begin[class]; a < problem->arc_begin[class + 1]; a++)
        if (flow[a] > 0)
            return problem->post_place[problem->arc_post[a]];
    return PULANG_NONE;
}

static bool pairings_hold(const pulang_problem *problem, const int *flow) {
    for (int i = 0; i < problem->n_pairings; i++) {
        int a = class_place(problem, problem->pairings[i].a, flow);
        int b = class_place(problem, problem->pairings[i].b, flow);
        if ((a == PULANG_NONE) != (b == PULANG_NONE))
            return false;
        if (a != PULANG_NONE && !pulang_problem_near(problem, a, b))
            return false;
    }
    return true;
}

static bool supplies_hold(const pulang_problem *problem, const int *flow) {
    for (int k = 0; k < problem->n_classes; k++) {
        int64_t placed = 0;
        for (int a = problem->arc_begin[k]; a < problem->arc_begin[k + 1]; a++) {
            if (flow[a] < 0)
                return false;
            placed += flow[a];
        }
        if (placed > problem->supply[k] || (problem->bound[k] && placed < problem->supply[k]))
            return false;
    }
    return true;
}

bool pulang_problem_feasible(const pulang_problem *problem, const int *flow) {
    if (!supplies_hold(problem, flow) || !pairings_hold(problem, flow))
        return false;
    int64_t *heads = count_heads(problem, flow);
    bool holds = true;
    for (int t = 0; holds && t < problem->n_totals; t++) {
        const pulang_total *total = &problem->totals[t];
        int64_t m = total_value(problem, total, flow, heads);
        holds = pulang_total_holds(total, m);
    }
    pulang_free(heads);
    return holds;
}
