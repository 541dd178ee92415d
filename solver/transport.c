#include "solver/transport.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/transport_cut.h"
#include "solver/transport_scan.h"

#include <assert.h>
#include <string.h>

#define LIST_LENGTH 20 /* at most; about half of it where nothing ties */
#define ROWS_BETWEEN_STOPS 256
#define SAMPLED_ROWS 64
#define SPREADS 1.25 /* of the offers on a list: the first penalty */
#define WIDENED_ROWS 32

/* Costs times the longest path stay below this. */
#define LARGEST_VALUE ((int64_t)1 << 60)

static int supply_of(const transport_state *s, int row) {
    return s->problem->supply ? s->problem->supply[row] : 1;
}

/* Largest difference that a step of a path can make; not exact: what the type of costs allows. */
static int64_t largest_step(const transport_state *s, bool exact) {
    const pulang_transport *p = s->problem;
    const pulang_cost_source *c = &p->costs;
    int64_t least = c->least, most = c->largest;
    size_t n = c->row_begin ? (size_t)c->row_begin[p->n_rows] : (size_t)p->n_rows * (size_t)p->n_posts;
    if (!c->cheapest)
        least = INT64_MAX, most = INT64_MIN;
    if (c->dense32 && exact)
        transport_range32(c->dense32, n, &least, &most);
    else if (c->dense32)
        least = INT32_MIN, most = INT32_MAX;
    for (size_t i = 0; !c->cheapest && !c->dense32 && i < n; i++) {
        int64_t cost = c->dense64 ? c->dense64[i] : c->arc_cost[i];
        if (cost == PULANG_FORBIDDEN)
            continue;
        least = cost < least ? cost : least;
        most = cost > most ? cost : most;
    }
    for (int r = 0; p->unplaced && r < p->n_rows; r++)
        if (p->unplaced[r] != PULANG_FORBIDDEN) {
            least = p->unplaced[r] < least ? p->unplaced[r] : least;
            most = p->unplaced[r] > most ? p->unplaced[r] : most;
        }
    int64_t range = most > least ? most - least : 0;
    for (int i = 0; p->segment_begin && i < p->segment_begin[p->n_nodes]; i++) {
        int64_t slope = p->segment_slope[i] < 0 ? -p->segment_slope[i] : p->segment_slope[i];
        range = slope > range ? slope : range;
    }
    return range + 1;
}

static pulang_status set_penalty(transport_state *s, pulang_error *error) {
    int64_t longest = 2 * (int64_t)s->n_nodes + 4, penalty;
    bool fits = false;
    for (int exact = 0; exact <= 1 && !fits; exact++) /* seldom does it take a look at all costs */
        fits = !__builtin_mul_overflow(largest_step(s, exact), longest, &penalty) &&
               penalty <= LARGEST_VALUE / longest;
    if (!fits)
        return pulang_fail(error, PULANG_ERROR_LIMIT, "%s",
                           _("the costs are too large for exact 64-bit arithmetic"));
    s->largest_penalty = penalty;
    return PULANG_OK;
}

static size_t longest_row(const pulang_transport *p) {
    size_t longest = 0;
    for (int r = 0; p->costs.row_begin && r < p->n_rows; r++) {
        size_t n = (size_t)(p->costs.row_begin[r + 1] - p->costs.row_begin[r]);
        longest = n > longest ? n : longest;
    }
    return longest;
}

/*
 * A penalty that most lower bounds do not need: what separates the cheapest posts of a row, on average.
 * Filling every lower bound first, at any price, would send the rows to places from which most must be
 * fetched back.
 */
static int64_t first_penalty(const transport_state *s) {
    int step = s->problem->n_rows / SAMPLED_ROWS + 1;
    double sum = 0, n = 0;
    for (int r = 0; s->problem->lower && r < s->problem->n_rows; r += step) {
        int64_t least = INT64_MAX, most = INT64_MIN, rest;
        int found = transport_cheapest(s, r, INT64_MAX, s->batch, s->found, &rest);
        for (int i = 0; i < found; i++) {
            least = s->found[i].cost < least ? s->found[i].cost : least;
            most = s->found[i].cost > most ? s->found[i].cost : most;
        }
        sum += found > 0 ? (double)(most - least) : 0;
        n++;
    }
    double penalty = n > 0 && sum > n ? SPREADS * sum / n : SPREADS;
    return penalty < (double)s->largest_penalty ? (int64_t)penalty : s->largest_penalty;
}

static int alloc_state(transport_state *s) {
    size_t nodes = (size_t)s->n_nodes + 1, rows = (size_t)s->problem->n_rows;
    s->hot = pulang_alloc(nodes, sizeof *s->hot);
    s->flow = pulang_alloc(nodes, sizeof *s->flow);
    s->up_cost = pulang_alloc(nodes, sizeof *s->up_cost);
    s->down_cost = pulang_alloc(nodes, sizeof *s->down_cost);
    s->up_room = pulang_alloc(nodes, sizeof *s->up_room);
    s->down_room = pulang_alloc(nodes, sizeof *s->down_room);
    s->penalty = pulang_alloc(nodes, sizeof *s->penalty);
    s->excess = pulang_alloc(nodes, sizeof *s->excess);
    s->segment = pulang_alloc(nodes, sizeof *s->segment);
    s->held = pulang_alloc(nodes, sizeof *s->held);
    s->settled = pulang_alloc(nodes, sizeof *s->settled);
    s->came = pulang_alloc(nodes, sizeof *s->came);
    s->heap_at = pulang_alloc(nodes, sizeof *s->heap_at);
    s->heap = pulang_alloc(nodes, sizeof *s->heap);
    s->touched = pulang_alloc(nodes, sizeof *s->touched);
    s->done = pulang_alloc(nodes, sizeof *s->done);
    s->price = pulang_alloc(nodes, sizeof *s->price);
    s->price32 = pulang_alloc(nodes, sizeof *s->price32);
    s->first_holding = pulang_alloc(rows, sizeof *s->first_holding);
    s->list_begin = pulang_alloc(rows, sizeof *s->list_begin);
    s->list_length = pulang_alloc(rows, sizeof *s->list_length);
    s->list_room = pulang_alloc(rows, sizeof *s->list_room);
    s->rest = pulang_alloc(rows, sizeof *s->rest);
    s->values = pulang_alloc(longest_row(s->problem), sizeof *s->values);
    s->found = pulang_alloc((size_t)s->batch, sizeof *s->found);
    s->at = pulang_alloc((size_t)s->batch + SCAN_LANES, sizeof *s->at);
    bool all = s->hot && s->flow && s->up_cost && s->down_cost && s->up_room && s->down_room && s->penalty &&
               s->excess && s->segment && s->held && s->settled && s->came && s->heap_at && s->heap &&
               s->touched && s->done && s->price && s->price32 && s->first_holding && s->list_begin &&
               s->list_length && s->list_room && s->rest && s->values && s->found && s->at;
    for (size_t r = 0; all && r < rows; r++) {
        s->first_holding[r] = -1;
        s->rest[r] = INT64_MIN;
    }
    if (!all)
        return -1;
    s->first_penalty = first_penalty(s);
    return transport_nodes_init(s);
}

static void free_state(transport_state *s) {
    for (int v = 0; s->held && v <= s->n_nodes; v++) {
        pulang_free(s->held[v].items);
        pulang_free(s->held[v].lead);
        pulang_free(s->held[v].looked);
    }
    void *parts[] = {s->values,      s->settled,  s->penalty,       s->hot,     s->flow,       s->up_cost,
                     s->down_cost,   s->up_room,  s->down_room,     s->segment, s->held,       s->came,
                     s->heap_at,     s->heap,     s->touched,       s->done,    s->price,      s->price32,
                     s->child_begin, s->children, s->first_holding, s->found,   s->list_begin, s->list_length,
                     s->list_room,   s->offers,   s->holdings,      s->rest,    s->at,         s->excess};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        pulang_free(parts[i]);
}

static bool told_to_stop(const transport_state *s) {
    return s->settings->stop && s->settings->stop(s->settings->user);
}

/* The holding of the row that costs most, -1: it holds nothing. */
static int dearest_holding(const transport_state *s, int row, int64_t *value) {
    int dearest = -1;
    *value = INT64_MIN;
    for (int h = s->first_holding[row]; h >= 0; h = s->holdings[h].next) {
        int64_t cost = s->holdings[h].cost + s->hot[s->holdings[h].node].price;
        if (cost > *value) {
            *value = cost;
            dearest = h;
        }
    }
    return dearest;
}

/* Moves the row's units to cheaper offers until there is none: nothing on its list is cheaper than what it
   holds when this ends. */
static void mend_row(transport_state *s, int row) {
    while (!s->out_of_memory) {
        int64_t value;
        int h = dearest_holding(s, row, &value);
        if (h < 0)
            return;
        if (transport_rest_below(s, row, value))
            transport_list_grow(s, row, value, s->batch);
        int64_t best = transport_list_best(s, row);
        if (best >= value)
            return;
        int sent = transport_search(s, row, s->holdings[h].node, value - best, s->holdings[h].count);
        if (sent > 0)
            transport_release(s, h, sent);
    }
}

/* Grows the row's list by the cheapest offers outside a set of nodes; how many were found. */
static int grow_outside(transport_state *s, int row, const int *nodes, int n_nodes) {
    int64_t rest = s->rest[row];
    for (int i = 0; i < n_nodes; i++)
        transport_price_set(s, nodes[i], LARGEST_VALUE);
    int added = transport_list_grow(s, row, LARGEST_VALUE / 2, s->batch);
    for (int i = 0; i < n_nodes; i++)
        transport_price_set(s, nodes[i], s->hot[nodes[i]].price);
    transport_prices_narrow(s);
    s->rest[row] = rest; /* the prices of before count */
    return added;
}

/*
 * After a search that found no way: offers beyond the nodes that it settled, for the row and for some
 * of those in its way (each is mended at once, so that no list holds an offer cheaper than what the row
 * has). row: -1 where the search came from a node. Returns how many were found: 0 when no row at all can
 * leave the settled nodes, which are a cut then.
 */
static int widen(transport_state *s, int row) {
    int n_nodes = s->n_done, n_rows = 0, n_holders = 0;
    for (int i = 0; i < n_nodes; i++)
        n_holders += s->held[s->done[i]].n;
    int *nodes = pulang_alloc((size_t)n_nodes, sizeof *nodes);
    int *rows = pulang_alloc((size_t)n_holders, sizeof *rows);
    int added = 0;
    if (nodes && rows) {
        memcpy(nodes, s->done, (size_t)n_nodes * sizeof *nodes);
        for (int i = 0; i < n_nodes; i++)
            for (int h = 0; h < s->held[nodes[i]].n; h++)
                rows[n_rows++] = s->holdings[s->held[nodes[i]].items[h]].row;
        if (row >= 0) {
            added = grow_outside(s, row, nodes, n_nodes);
            mend_row(s, row);
        }
        for (int i = 0; i < n_rows && (i < WIDENED_ROWS || added == 0); i++) {
            added += grow_outside(s, rows[i], nodes, n_nodes);
            mend_row(s, rows[i]);
        }
    } else {
        s->out_of_memory = true;
    }
    pulang_free(nodes);
    pulang_free(rows);
    return added;
}

/* Places the units that a row has left; false when there is no way for one of them. */
static bool place_row(transport_state *s, int row) {
    int left = supply_of(s, row) - transport_held(s, row), since = s->batch;
    while (left > 0 && !s->out_of_memory) {
        if (since >= s->batch / 2) { /* prices have moved: see what is cheapest now */
            transport_list_grow(s, row, INT64_MAX, s->batch);
            mend_row(s, row);
            since = 0;
        }
        int sent = transport_search(s, row, s->root, UNREACHED, left);
        left -= sent;
        since++;
        if (sent == 0 && widen(s, row) == 0)
            return false;
    }
    return true;
}

static bool place_rows(transport_state *s, int *stuck, bool *stopped) {
    bool possible = true;
    for (int r = 0; r < s->problem->n_rows && possible && !*stopped && !s->out_of_memory; r++) {
        possible = place_row(s, r);
        *stuck = possible ? -1 : r;
        *stopped = r % ROWS_BETWEEN_STOPS == 0 && told_to_stop(s);
    }
    return possible;
}

/* Sends on what is too much in a node at the start; false when there is no way for it. */
static bool place_excess(transport_state *s) {
    for (int v = 0; v < s->n_nodes; v++)
        while (s->excess[v] > 0 && !s->out_of_memory) {
            int64_t sent = transport_push(s, v, s->root, s->excess[v]);
            s->excess[v] -= sent;
            if (sent == 0 && widen(s, -1) == 0)
                return false;
        }
    return true;
}

/* Brings the nodes what they still want once all rows are placed, from others or by wanting it no more. */
static void fill_wants(transport_state *s) {
    for (int v = 0; v < s->n_nodes; v++)
        while (s->excess[v] < 0 && !s->out_of_memory) {
            int64_t sent = transport_push(s, s->root, v, -s->excess[v]);
            assert(sent > 0); /* at least what the node wants itself leads back to the root */
            s->excess[v] += sent;
        }
}

/* Marks the rows for which some offer is cheaper than what they hold. */
static int price_all(transport_state *s, bool *marked) {
    int n = 0, n_rows = s->problem->n_rows;
    transport_prices_narrow(s);
#pragma omp parallel for num_threads(s->settings->threads) schedule(static) reduction(+ : n)
    for (int r = 0; r < n_rows; r++) {
        int64_t value;
        dearest_holding(s, r, &value);
        marked[r] = transport_list_best(s, r) < value ||
                    (transport_rest_below(s, r, value) && transport_any_below(s, r, value));
        if (!marked[r])
            transport_rest_raise(s, r, value);
        n += marked[r];
    }
    return n;
}

static bool mend_all(transport_state *s) {
    bool *marked = pulang_alloc((size_t)s->problem->n_rows, sizeof *marked);
    if (!marked) {
        s->out_of_memory = true;
        return false;
    }
    bool stopped = false;
    while (!stopped && !s->out_of_memory && price_all(s, marked) > 0) {
        for (int r = 0; r < s->problem->n_rows; r++)
            if (marked[r])
                mend_row(s, r);
        stopped = told_to_stop(s);
    }
    pulang_free(marked);
    return stopped;
}

static int64_t cost_of_flow(const pulang_transport *p, int v, int64_t n) {
    int64_t cost = 0, begin = 0;
    for (int i = p->segment_begin ? p->segment_begin[v] : 0; p->segment_begin && i < p->segment_begin[v + 1];
         i++) {
        int64_t end = p->segment_end[i] < n ? p->segment_end[i] : n;
        if (end > begin)
            cost += (end - begin) * p->segment_slope[i];
        begin = p->segment_end[i];
    }
    return cost;
}

static pulang_transport_plan *new_plan(const transport_state *s) {
    pulang_transport_plan *plan = pulang_alloc(1, sizeof *plan);
    if (!plan)
        return NULL;
    plan->row = pulang_alloc(s->n_holdings, sizeof *plan->row);
    plan->post = pulang_alloc(s->n_holdings, sizeof *plan->post);
    plan->count = pulang_alloc(s->n_holdings, sizeof *plan->count);
    plan->price = pulang_alloc((size_t)s->n_nodes + 1, sizeof *plan->price);
    plan->cut = pulang_alloc((size_t)s->n_nodes + 1, sizeof *plan->cut);
    if (!plan->row || !plan->post || !plan->count || !plan->price || !plan->cut) {
        pulang_transport_plan_free(plan);
        return NULL;
    }
    plan->searches = s->searches;
    plan->scanned = s->scanned;
    return plan;
}

static void fill_plan(const transport_state *s, pulang_transport_plan *plan) {
    for (int r = 0; r < s->problem->n_rows; r++)
        for (int h = s->first_holding[r]; h >= 0; h = s->holdings[h].next) {
            const holding *held = &s->holdings[h];
            plan->row[plan->n_placements] = r;
            plan->post[plan->n_placements] = held->node;
            plan->count[plan->n_placements++] = held->count;
            plan->objective += held->cost * held->count;
        }
    for (int v = 0; v <= s->n_nodes; v++)
        plan->price[v] = s->hot[v].price - s->hot[s->root].price;
    for (int v = 0; v < s->n_nodes; v++)
        plan->objective += cost_of_flow(s->problem, v, s->flow[v]);
}

/* Whether some node misses its lower bound; with below_most only those whose penalty can still rise. */
static bool missing_node(const transport_state *s, bool below_most) {
    for (int v = 0; v < s->n_nodes; v++)
        if (transport_nodes_missing(s, v) && !(below_most && s->penalty[v] == s->largest_penalty))
            return true;
    return false;
}

/* Whether the placements show already that not all lower bounds can be met. */
static bool refuted(transport_state *s) {
    int64_t violation = 0;
    pulang_transport_plan *plan = new_plan(s);
    if (plan)
        fill_plan(s, plan);
    if (!plan || transport_cut_find(s->problem, -1, plan))
        s->out_of_memory = true;
    else
        violation = plan->violation;
    pulang_transport_plan_free(plan);
    return violation > 0;
}

static void solve(transport_state *s, pulang_transport_plan **plan, bool *failed) {
    bool stopped = false;
    int stuck = -1;
    transport_prices_narrow(s);
    if (s->settings->start)
        transport_start(s);
    bool possible = place_excess(s) && place_rows(s, &stuck, &stopped);
    if (possible && !stopped) {
        fill_wants(s);
        stopped = mend_all(s);
    }
    while (possible && !stopped && !s->out_of_memory && missing_node(s, true) && !refuted(s)) {
        transport_nodes_fill(s);
        stopped = mend_all(s);
    }
    pulang_transport_plan *made = s->out_of_memory ? NULL : new_plan(s);
    *failed = !made;
    if (!made)
        return;
    made->stopped = stopped;
    made->feasible = possible && !stopped && !missing_node(s, false);
    if (!stopped)
        fill_plan(s, made);
    if (!stopped && !made->feasible && !s->settings->start && transport_cut_find(s->problem, stuck, made)) {
        pulang_transport_plan_free(made);
        made = NULL;
    }
    *failed = !made;
    if (made)
        *plan = made;
}

/* So few posts that each row may as well know them all: what it does not know costs much where posts are
 * large. */
static int list_length(const pulang_transport *problem) {
    bool few = problem->n_posts > LIST_LENGTH && problem->n_posts <= SCAN_LANES;
    return few ? problem->n_posts : LIST_LENGTH;
}

static pulang_status solve_once(const pulang_transport *problem, const pulang_transport_settings *settings,
                                pulang_transport_plan **plan, pulang_error *error) {
    transport_state s = {.problem = problem,
                         .settings = settings,
                         .n_nodes = problem->n_nodes,
                         .root = problem->n_nodes,
                         .free_holding = -1,
                         .batch = settings->list > 0 ? settings->list : list_length(problem)};
    pulang_status status = set_penalty(&s, error);
    bool failed = false;
    if (status == PULANG_OK) {
        failed = alloc_state(&s) != 0;
        if (!failed)
            solve(&s, plan, &failed);
    }
    free_state(&s);
    return failed ? pulang_fail_memory(error) : status;
}

pulang_status pulang_transport_solve(const pulang_transport *problem,
                                     const pulang_transport_settings *settings, pulang_transport_plan **plan,
                                     pulang_error *error) {
    pulang_transport_plan *made = NULL;
    pulang_status status = solve_once(problem, settings, &made, error);
    if (status == PULANG_OK && settings->start && !made->feasible && !made->stopped) {
        pulang_transport_settings cold = *settings; /* a cut is read off a flow that nothing but rows made */
        cold.start = NULL;
        pulang_transport_plan_free(made);
        made = NULL;
        status = solve_once(problem, &cold, &made, error);
    }
    if (status == PULANG_OK)
        *plan = made;
    return status;
}
