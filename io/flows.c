#include "io/flows.h"

#include "model/alloc.h"
#include "model/error.h"

#include <stdlib.h>

static int compare(const void *left, const void *right) {
    const pulang_flow *a = left, *b = right;
    int from = (a->from > b->from) - (a->from < b->from);
    return from ? from : (a->to > b->to) - (a->to < b->to);
}

/* The way of a person to a post; false: one of the ends is not known. */
static bool way(const pulang_instance *instance, const int *zone, int person, int post, pulang_flow *flow) {
    int from = instance->persons[person].origin;
    if (from == PULANG_NONE || post == PULANG_NONE)
        return false;
    int to = instance->posts[post].place;
    *flow = (pulang_flow){.from = zone ? zone[from] : from, .to = zone ? zone[to] : to};
    return true;
}

/* Adds up those of the same way, which follow one another; returns how many are left. */
static int merge(pulang_flow *flows, int n) {
    int merged = 0;
    for (int i = 0; i < n; i++) {
        if (merged == 0 || compare(&flows[merged - 1], &flows[i]) != 0) {
            flows[merged++] = flows[i];
            continue;
        }
        flows[merged - 1].plan += flows[i].plan;
        flows[merged - 1].today += flows[i].today;
    }
    return merged;
}

pulang_status pulang_flows_make(const pulang_output *output, const int *zone, pulang_flow **flows, int *n,
                                pulang_error *error) {
    const pulang_instance *instance = output->instance;
    pulang_flow *made = pulang_alloc(2 * (size_t)instance->n_persons, sizeof *made), flow;
    int count = 0;
    if (!made)
        return pulang_fail_memory(error);
    for (int p = 0; p < instance->n_persons; p++) {
        if (way(instance, zone, p, output->plan->post[p], &flow)) {
            flow.plan = 1;
            made[count++] = flow;
        }
        if (way(instance, zone, p, output->status_quo[p], &flow)) {
            flow.today = 1;
            made[count++] = flow;
        }
    }
    qsort(made, (size_t)count, sizeof *made, compare);
    *n = merge(made, count);
    *flows = made;
    return PULANG_OK;
}
