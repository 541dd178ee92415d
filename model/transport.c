#include "model/transport.h"

#include "model/alloc.h"

void pulang_transport_plan_free(pulang_transport_plan *plan) {
    if (!plan)
        return;
    pulang_free(plan->row);
    pulang_free(plan->post);
    pulang_free(plan->count);
    pulang_free(plan->price);
    pulang_free(plan->cut);
    pulang_free(plan);
}

int64_t pulang_transport_cost(const pulang_transport *problem, int row, int post) {
    const pulang_cost_source *c = &problem->costs;
    size_t at = (size_t)row * (size_t)problem->n_posts + (size_t)post;
    if (c->dense32)
        return c->dense32[at];
    if (c->dense64)
        return c->dense64[at];
    if (c->cost)
        return c->cost(c->user, row, post);
    int low = c->row_begin[row], high = c->row_begin[row + 1];
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (c->arc_post[middle] < post)
            low = middle + 1;
        else
            high = middle;
    }
    return low < c->row_begin[row + 1] && c->arc_post[low] == post ? c->arc_cost[low] : PULANG_FORBIDDEN;
}
