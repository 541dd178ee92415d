#include "solver/explain.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/residual.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

struct pulang_explainer {
    const pulang_plan *plan;
    const pulang_settings *settings;
    pulang_problem *problem;
    int *class_of;             /* [n_persons] */
    pulang_residual *residual; /* NULL: solve anew */
    char anew[256];            /* why; "" with a residual network */
    pulang_session *session;   /* opened when first needed */
};

static bool proven(const pulang_level_result *level) {
    return level->proven && level->bound == level->value;
}

static bool all_proven(const pulang_plan *plan) {
    for (int l = 0; l < plan->n_levels; l++)
        if (!proven(&plan->levels[l]))
            return false;
    return true;
}

static pulang_status find_residual(pulang_explainer *x, pulang_error *error) {
    int *flow = NULL;
    const char *why = _("the plan is not proven to be the best");
    pulang_status status = PULANG_OK;
    if (x->plan->instance->envy_forbidden) {
        why = _("the scenario forbids envy");
    } else if (all_proven(x->plan)) {
        status = pulang_residual_flow(x->problem, x->plan->post, x->class_of, &flow, error);
        if (status == PULANG_OK)
            status = pulang_residual_new(x->problem, flow, &x->residual, &why, error);
    }
    if (status == PULANG_OK && !x->residual)
        snprintf(x->anew, sizeof x->anew, "%s", why);
    pulang_free(flow);
    return status;
}

pulang_status pulang_explainer_new(const pulang_plan *plan, const pulang_settings *settings,
                                   pulang_explainer **explainer, pulang_error *error) {
    pulang_explainer *made = pulang_alloc(1, sizeof *made);
    if (!made)
        return pulang_fail_memory(error);
    made->plan = plan;
    made->settings = settings;
    made->class_of = pulang_alloc((size_t)plan->instance->n_persons, sizeof *made->class_of);
    pulang_status status = made->class_of ? PULANG_OK : pulang_fail_memory(error);
    if (status == PULANG_OK)
        status = pulang_problem_new(plan->instance, &made->problem, error);
    if (status == PULANG_OK)
        status = find_residual(made, error);
    if (status == PULANG_OK)
        *explainer = made;
    else
        pulang_explainer_free(made);
    return status;
}

void pulang_explainer_free(pulang_explainer *explainer) {
    if (!explainer)
        return;
    pulang_session_free(explainer->session);
    pulang_residual_free(explainer->residual);
    pulang_problem_free(explainer->problem);
    pulang_free(explainer->class_of);
    pulang_free(explainer);
}

const char *pulang_explainer_anew(const pulang_explainer *explainer) {
    return explainer->residual ? NULL : explainer->anew;
}

/* ---- by the residual network ---- */

/* The edges of the path between a node and that of the search, in the order from `from` to `to`. Returns how
   many. */
static int trace(const pulang_residual *r, const pulang_residual_paths *paths, int node, int *edges) {
    int n = 0, at = node;
    for (int e; (e = paths->edge[at]) != PULANG_NONE; n++) {
        edges[n] = e;
        at = paths->towards ? r->edges[e].to : r->edges[e].from;
    }
    for (int i = 0; !paths->towards && i < n / 2; i++) {
        int kept = edges[i];
        edges[i] = edges[n - 1 - i];
        edges[n - 1 - i] = kept;
    }
    return n;
}

/* The first member of a class in a post (PULANG_NONE: without one), other than one person. */
static int member_in(const pulang_explainer *x, int class, int post, int other) {
    const pulang_problem *p = x->problem;
    for (int i = p->member_begin[class]; i < p->member_begin[class + 1]; i++)
        if (p->members[i] != other && x->plan->post[p->members[i]] == post)
            return p->members[i];
    return PULANG_NONE;
}

/* Where an edge between a class and a post or the root stands. */
static int edge_post(const pulang_explainer *x, const pulang_residual_edge *edge) {
    bool post = edge->kind == PULANG_RESIDUAL_ENTER || edge->kind == PULANG_RESIDUAL_LEAVE;
    return post ? x->problem->arc_post[edge->item] : PULANG_NONE;
}

static bool frees(const pulang_residual_edge *edge) {
    return edge->kind == PULANG_RESIDUAL_LEAVE || edge->kind == PULANG_RESIDUAL_TAKE;
}

/* Who changes post on the path: one of each class that it runs through; the last to be freed is the person,
   or another of the same class, who then takes the person's present post. */
static void list_moves(const pulang_explainer *x, const int *edges, int n_edges, pulang_consequence *item) {
    const pulang_residual_edge *all = x->residual->edges;
    item->n_moves = 0;
    for (int i = 0; i < n_edges; i++) {
        const pulang_residual_edge *edge = &all[edges[i]];
        if (!frees(edge))
            continue;
        int from = edge_post(x, edge), held = x->plan->post[item->person];
        bool last = i + 1 == n_edges;
        if (last && from == held)
            continue;
        pulang_relocation *move = &item->moves[item->n_moves++];
        *move = (pulang_relocation){.person = member_in(x, edge->to, from, item->person),
                                    .from = from,
                                    .to = last ? held : edge_post(x, &all[edges[i + 1]])};
        assert(move->person != PULANG_NONE);
    }
}

/* So that the first takes the seat that the person leaves, the second the seat of the first, and so on. */
static void reverse_moves(pulang_consequence *item) {
    for (int i = 0, n = item->n_moves; i < n / 2; i++) {
        pulang_relocation kept = item->moves[i];
        item->moves[i] = item->moves[n - 1 - i];
        item->moves[n - 1 - i] = kept;
    }
}

/* What a search has found, and what it leaves out: the arc to the post itself, and for one more person there
   the step of the post. */
typedef struct found {
    pulang_residual_paths *paths;
    const int64_t *step; /* [n_levels] NULL: no step */
    int *edges;          /* [n_nodes] room for a path */
} found;

static int read_path(const pulang_explainer *x, const found *f, pulang_consequence *item,
                     pulang_arena *arena) {
    const pulang_residual *r = x->residual;
    int class = x->class_of[item->person], post = x->problem->n_classes + item->post;
    int far = f->paths->towards ? post : class, arc = pulang_residual_arc(x->problem, class, item->post);
    if (arc == PULANG_NONE || !f->paths->reached[far]) {
        item->state = PULANG_PAIR_IMPOSSIBLE;
        return 0;
    }
    const pulang_residual_edge enter = {
        .from = class, .to = post, .item = arc, .kind = PULANG_RESIDUAL_ENTER};
    int n_edges = trace(r, f->paths, far, f->edges);
    item->change = pulang_arena_alloc(arena, (size_t)r->n_levels, sizeof *item->change);
    item->moves = pulang_arena_alloc(arena, (size_t)n_edges, sizeof *item->moves);
    if (!item->change || !item->moves)
        return -1;
    pulang_residual_cost(r, &enter, item->change);
    for (int l = 0; l < r->n_levels; l++)
        item->change[l] +=
            f->paths->distance[(size_t)far * (size_t)r->n_levels + (size_t)l] + (f->step ? f->step[l] : 0);
    list_moves(x, f->edges, n_edges, item);
    if (!f->paths->towards)
        reverse_moves(item);
    item->state = PULANG_PAIR_EXACT;
    return 0;
}

/* Paths between a node and all others, read for each item. */
static pulang_status search(const pulang_explainer *x, int node, bool towards, int avoid, const int64_t *step,
                            pulang_consequence *items, int n, pulang_arena *arena, pulang_error *error) {
    found f = {.paths = pulang_residual_search(x->residual, node, towards, avoid), .step = step};
    f.edges = pulang_alloc((size_t)x->residual->n_nodes, sizeof *f.edges);
    int failed = f.paths && f.edges ? 0 : -1;
    for (int i = 0; !failed && i < n; i++)
        if (items[i].state == PULANG_PAIR_OPEN)
            failed = read_path(x, &f, &items[i], arena);
    pulang_residual_paths_free(f.paths);
    pulang_free(f.edges);
    return failed ? pulang_fail_memory(error) : PULANG_OK;
}

/* One more in a post: the step up of its heads leads to the total above; from there on paths leave the post
   alone, so that who is there stays. */
static pulang_status search_for_one_more(const pulang_explainer *x, pulang_consequence *items, int n,
                                         pulang_arena *arena, pulang_error *error) {
    const pulang_residual *r = x->residual;
    int node = x->problem->n_classes + items->post;
    for (int e = r->out_begin[node]; e < r->out_begin[node + 1]; e++)
        if (r->edges[e].kind == PULANG_RESIDUAL_RISE)
            return search(x, r->edges[e].to, false, node, r->rise + (size_t)items->post * (size_t)r->n_levels,
                          items, n, arena, error);
    for (int i = 0; i < n; i++)
        if (items[i].state == PULANG_PAIR_OPEN)
            items[i].state = PULANG_PAIR_IMPOSSIBLE;
    return PULANG_OK;
}

/* ---- by solving anew ---- */

/* What the bound of the first level that is not proven says of the change. */
static void find_least(const pulang_plan *plan, const pulang_plan *old, pulang_consequence *item) {
    item->open_level = PULANG_NONE;
    item->least = INT64_MIN;
    for (int l = 0; l < plan->n_levels && item->open_level == PULANG_NONE; l++)
        if (!proven(&plan->levels[l])) {
            item->open_level = l;
            if (plan->levels[l].bound > INT64_MIN)
                item->least = plan->levels[l].bound - old->levels[l].value;
        }
}

static int compare_plans(const pulang_explainer *x, const pulang_plan *plan, pulang_consequence *item,
                         pulang_arena *arena) {
    const pulang_plan *old = x->plan;
    int n_persons = old->instance->n_persons, n = 0;
    for (int p = 0; p < n_persons; p++)
        n += p != item->person && plan->post[p] != old->post[p];
    item->change = pulang_arena_alloc(arena, (size_t)plan->n_levels, sizeof *item->change);
    item->moves = pulang_arena_alloc(arena, (size_t)n, sizeof *item->moves);
    if (!item->change || !item->moves)
        return -1;
    for (int l = 0; l < plan->n_levels; l++)
        item->change[l] = plan->levels[l].value - old->levels[l].value;
    for (int p = 0; p < n_persons; p++)
        if (p != item->person && plan->post[p] != old->post[p])
            item->moves[item->n_moves++] =
                (pulang_relocation){.person = p, .from = old->post[p], .to = plan->post[p]};
    item->state = all_proven(plan) && all_proven(old) ? PULANG_PAIR_EXACT : PULANG_PAIR_AT_MOST;
    find_least(plan, old, item);
    return 0;
}

static pulang_status solve_anew(pulang_explainer *x, pulang_consequence *item, bool one_more,
                                pulang_arena *arena, pulang_error *error) {
    pulang_status status = PULANG_OK;
    if (!x->session)
        status = pulang_session_new(x->plan->instance, x->settings, &x->session, error);
    if (status != PULANG_OK)
        return status;
    pulang_session_reset(x->session);
    status = pulang_session_pin(x->session, item->person, item->post, error);
    for (int p = 0; one_more && status == PULANG_OK && p < x->plan->instance->n_persons; p++)
        if (x->plan->post[p] == item->post)
            status = pulang_session_pin(x->session, p, item->post, error);
    if (status == PULANG_OK)
        status = pulang_session_solve(x->session, error);
    if (status != PULANG_OK)
        return status;
    const pulang_plan *plan = pulang_session_plan(x->session);
    if (plan->exists)
        return compare_plans(x, plan, item, arena) ? pulang_fail_memory(error) : PULANG_OK;
    if (plan->outcome == PULANG_INFEASIBLE)
        item->state = PULANG_PAIR_IMPOSSIBLE;
    return PULANG_OK;
}

static pulang_status solve_first(pulang_explainer *x, pulang_consequence *items, int n, int most,
                                 bool one_more, pulang_arena *arena, pulang_error *error) {
    pulang_status status = PULANG_OK;
    for (int i = 0; status == PULANG_OK && i < n && most > 0; i++)
        if (items[i].state == PULANG_PAIR_OPEN) {
            status = solve_anew(x, &items[i], one_more, arena, error);
            most--;
        }
    return status;
}

pulang_status pulang_explain_posts(pulang_explainer *x, pulang_consequence *items, int n, int most,
                                   pulang_arena *arena, pulang_error *error) {
    if (n == 0)
        return PULANG_OK;
    if (!x->residual)
        return solve_first(x, items, n, most, false, arena, error);
    return search(x, x->class_of[items->person], true, PULANG_NONE, NULL, items, n, arena, error);
}

pulang_status pulang_explain_persons(pulang_explainer *x, pulang_consequence *items, int n, int most,
                                     pulang_arena *arena, pulang_error *error) {
    if (n == 0)
        return PULANG_OK;
    return x->residual ? search_for_one_more(x, items, n, arena, error)
                       : solve_first(x, items, n, most, true, arena, error);
}
