#include "solver/spatial.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/spatial_auction.h"

/* Prices in units of the auction stay below this. */
#define LARGEST_PRICE ((double)((int64_t)1 << 60))

static pulang_status solve_by_paths(const pulang_spatial *spatial, const pulang_transport_settings *settings,
                                    pulang_transport_plan **plan, pulang_error *error) {
    pulang_transport problem;
    pulang_spatial_index *index = pulang_spatial_index_new(spatial, 1);
    if (!index)
        return pulang_fail_memory(error);
    pulang_spatial_index_transport(index, &problem);
    pulang_status status = pulang_transport_solve(&problem, settings, plan, error);
    pulang_spatial_index_free(index);
    return status;
}

/* The cut of the problem in which all places are one, as a cut of the whole. */
static pulang_transport_plan *spread_cut(const pulang_spatial *spatial, const pulang_spatial *merged,
                                         const pulang_transport_plan *refuted) {
    int n_posts = spatial->size.n_posts, n_merged = merged->size.n_posts;
    pulang_transport_plan *plan = pulang_alloc(1, sizeof *plan);
    bool *of_role = pulang_alloc((size_t)spatial->size.n_roles, sizeof *of_role);
    bool made = plan && of_role;
    if (made) {
        plan->row = pulang_alloc(0, sizeof *plan->row);
        plan->post = pulang_alloc(0, sizeof *plan->post);
        plan->count = pulang_alloc(0, sizeof *plan->count);
        plan->price = pulang_alloc((size_t)n_posts + 1, sizeof *plan->price);
        plan->cut = pulang_alloc((size_t)n_posts + 1, sizeof *plan->cut);
        made = plan->row && plan->post && plan->count && plan->price && plan->cut;
    }
    if (made) {
        for (int j = 0; j < n_merged; j++)
            of_role[merged->post_role[j]] = refuted->cut[j];
        for (int j = 0; j < n_posts; j++)
            plan->cut[j] = of_role[spatial->post_role[j]];
        plan->cut[n_posts] = refuted->cut[n_merged];
        plan->violation = refuted->violation;
    } else {
        pulang_transport_plan_free(plan);
        plan = NULL;
    }
    pulang_free(of_role);
    return plan;
}

/*
 * Whether there is a plan does not depend on where the places are: it is asked of the problem with all
 * of them in one. *plan: the refutation, else untouched.
 */
static pulang_status refute(const pulang_spatial *spatial, const pulang_transport_settings *settings,
                            pulang_transport_plan **plan, pulang_error *error) {
    int *cell = pulang_alloc((size_t)spatial->size.n_places, sizeof *cell);
    pulang_spatial *merged = cell ? spatial_merge(spatial, spatial->size.n_places, cell) : NULL;
    pulang_transport_plan *found = NULL;
    pulang_status status =
        merged ? solve_by_paths(merged, settings, &found, error) : pulang_fail_memory(error);
    if (status == PULANG_OK && !found->feasible && !found->stopped) {
        pulang_transport_plan *cut = spread_cut(spatial, merged, found);
        if (cut)
            *plan = cut;
        else
            status = pulang_fail_memory(error);
    }
    pulang_transport_plan_free(found);
    pulang_spatial_free(merged);
    pulang_free(cell);
    return status;
}

/* Whether the prices of the auction surely stay within 64 bits. */
static bool within_range(const pulang_spatial *spatial) {
    return ((double)spatial->size.n_posts + 2) * (double)spatial_scale(spatial) *
               ((double)spatial_range(spatial) + 1) <
           LARGEST_PRICE;
}

pulang_status pulang_spatial_solve(const pulang_spatial *spatial, const pulang_transport_settings *settings,
                                   pulang_transport_plan **plan, pulang_error *error) {
    pulang_transport_plan *found = NULL;
    if (spatial->size.n_places == 0 || !within_range(spatial))
        return solve_by_paths(spatial, settings, plan, error);
    pulang_status status = refute(spatial, settings, &found, error);
    if (status == PULANG_OK && !found)
        status = spatial_auction(spatial, settings, &found) ? pulang_fail_memory(error) : PULANG_OK;
    if (status == PULANG_OK)
        *plan = found;
    return status;
}
