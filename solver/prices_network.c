/*
 * One more unit of a flow of convex costs takes a shortest path, and one more unit of capacity is worth the
 * shortest cycle through it, if that costs less than nothing (solver/residual.h has the reference): one more
 * person of a class takes a shortest path from the class to the root, so one search prices all classes; one
 * more seat at a full post is a cycle from the post to the total above and back, so one search prices all
 * posts below a total.
 */
#include "solver/prices_network.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/network.h"

static pulang_status fill(prices_network *network, const pulang_plan *plan, const char **why,
                          pulang_error *error) {
    const pulang_problem *problem = network->problem;
    bool laminar = false;
    int *class_of = pulang_alloc((size_t)plan->instance->n_persons, sizeof *class_of);
    network->up = pulang_alloc((size_t)problem->n_totals, sizeof *network->up);
    pulang_status status =
        !class_of || !network->up || pulang_network_tree(problem, network->up, &laminar, why)
            ? pulang_fail_memory(error)
            : PULANG_OK;
    if (status == PULANG_OK && laminar)
        status = pulang_residual_flow(problem, plan->post, class_of, &network->flow, error);
    if (status == PULANG_OK && laminar)
        status = pulang_residual_new(problem, network->flow, &network->residual, why, error);
    pulang_free(class_of);
    return status;
}

pulang_status prices_network_init(prices_network *network, const pulang_plan *plan,
                                  const pulang_problem *problem, pulang_error *error) {
    const char *why;
    *network = (prices_network){.instance = plan->instance};
    if (problem->n_pairings > 0)
        return PULANG_OK;
    pulang_status status = pulang_problem_widen(problem, plan->instance, &network->problem, error);
    return status == PULANG_OK ? fill(network, plan, &why, error) : status;
}

void prices_network_clear(prices_network *network) {
    pulang_free(network->up);
    pulang_free(network->flow);
    pulang_residual_free(network->residual);
    pulang_problem_free(network->problem);
}

pulang_status prices_network_persons(const prices_network *network, pulang_plan *plan, pulang_prices *prices,
                                     pulang_error *error) {
    const pulang_problem *problem = network->problem;
    const pulang_residual *residual = network->residual;
    pulang_residual_paths *paths = pulang_residual_search(residual, residual->root, true, PULANG_NONE);
    pulang_status status = paths ? PULANG_OK : pulang_fail_memory(error);
    for (int k = 0; status == PULANG_OK && k < problem->n_classes; k++) {
        pulang_exact_price *price = prices->person[problem->members[problem->member_begin[k]]];
        const int64_t *distance = paths->distance + (size_t)k * (size_t)residual->n_levels;
        status = pulang_prices_set(plan, prices, price, paths->reached[k], distance, error);
    }
    pulang_residual_paths_free(paths);
    return status;
}

/* distance: from the total above to the post. */
static pulang_status price_seat(const prices_network *network, int post, const int64_t *distance,
                                pulang_plan *plan, pulang_prices *prices, pulang_error *error) {
    const pulang_residual *residual = network->residual;
    size_t n_levels = (size_t)residual->n_levels;
    const int64_t *rise = residual->rise + (size_t)post * n_levels;
    int64_t *cycle = pulang_alloc(2 * n_levels, sizeof *cycle), *nothing = cycle + n_levels;
    if (!cycle)
        return pulang_fail_memory(error);
    for (size_t l = 0; distance && l < n_levels; l++)
        cycle[l] = rise[l] + distance[l];
    bool better = pulang_residual_compare(residual->n_levels, cycle, nothing) < 0;
    pulang_status status =
        pulang_prices_set(plan, prices, &prices->seat[post], true, better ? cycle : nothing, error);
    pulang_free(cycle);
    return status;
}

/* Whether the post below the total is to be priced. */
static bool wanted(const prices_network *network, int post, int above, const pulang_prices *prices) {
    return prices->seat[post].state == PULANG_PRICE_UNREACHED && network->up[post] == above &&
           pulang_problem_total(network->problem, post, network->flow) >= network->instance->posts[post].max;
}

pulang_status prices_network_seats(const prices_network *network, int above, pulang_plan *plan,
                                   pulang_prices *prices, pulang_error *error) {
    const pulang_residual *residual = network->residual;
    int first = network->problem->n_classes;
    pulang_residual_paths *paths = NULL;
    pulang_status status = PULANG_OK;
    for (int j = 0; status == PULANG_OK && j < network->problem->n_posts; j++) {
        if (!wanted(network, j, above, prices))
            continue;
        if (!paths)
            paths = pulang_residual_search(residual, above == PULANG_NONE ? residual->root : first + above,
                                           false, PULANG_NONE);
        if (!paths)
            return pulang_fail_memory(error);
        const int64_t *distance = paths->distance + (size_t)(first + j) * (size_t)residual->n_levels;
        status = price_seat(network, j, paths->reached[first + j] ? distance : NULL, plan, prices, error);
    }
    pulang_residual_paths_free(paths);
    return status;
}
