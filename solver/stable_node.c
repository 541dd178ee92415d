#include "solver/stable_node.h"

#include "model/alloc.h"
#include "model/envy.h"

#include <limits.h>
#include <string.h>

static int merit_of(const pulang_stable *s, int class) {
    return s->instance->persons[s->problem->members[s->problem->member_begin[class]]].merit;
}

/* ---- set-up ---- */

/* Room for the arrays that differ from branch to branch; the rest is the problem's. */
static int init_node(pulang_stable *s) {
    const pulang_problem *problem = s->problem;
    pulang_problem *node = &s->node;
    size_t n_arcs = (size_t)problem->n_arcs, n_classes = (size_t)problem->n_classes;
    *node = *problem;
    node->bound = pulang_alloc(n_classes, sizeof *node->bound);
    node->arc_begin = pulang_alloc(n_classes + 1, sizeof *node->arc_begin);
    node->arc_post = pulang_alloc(n_arcs, sizeof *node->arc_post);
    node->totals = pulang_alloc((size_t)problem->n_totals, sizeof *node->totals);
    node->levels = pulang_alloc((size_t)problem->n_levels, sizeof *node->levels);
    if (!node->bound || !node->arc_begin || !node->arc_post || !node->totals || !node->levels)
        return -1;
    for (int l = 0; l < problem->n_levels; l++) {
        node->levels[l] = problem->levels[l];
        node->levels[l].arc_cost = NULL;
    }
    for (int t = 0; t < problem->n_totals; t++) {
        node->totals[t] = problem->totals[t];
        node->totals[t].term_arc = NULL;
        node->totals[t].term_amount = NULL;
    }
    for (int l = 0; l < problem->n_levels; l++)
        if (problem->levels[l].arc_cost) {
            node->levels[l].arc_cost = pulang_alloc(n_arcs, sizeof(int64_t));
            if (!node->levels[l].arc_cost)
                return -1;
        }
    for (int t = 0; t < problem->n_totals; t++) {
        size_t n_terms = (size_t)problem->totals[t].n_terms;
        node->totals[t].term_arc = pulang_alloc(n_terms, sizeof(int));
        node->totals[t].term_amount = pulang_alloc(n_terms, sizeof(int64_t));
        if (!node->totals[t].term_arc || !node->totals[t].term_amount)
            return -1;
    }
    return 0;
}

static void fill(pulang_stable *s) {
    const pulang_problem *problem = s->problem;
    pulang_preference preference;
    pulang_preference_init(&preference, s->instance);
    for (int j = 0; j < problem->n_posts; j++) {
        s->forbidden[j] = pulang_envy_forbidden(s->instance, j);
        s->least[j] = INT_MIN;
        s->content[j] = INT_MAX;
    }
    for (int k = 0; k < problem->n_classes; k++) {
        int person = problem->members[problem->member_begin[k]];
        s->may_envy[k] = pulang_envy_possible(s->instance, person);
        s->compared[k] = pulang_envy_compared(s->instance, person);
        for (int a = problem->arc_begin[k]; s->may_envy[k] && a < problem->arc_begin[k + 1]; a++)
            s->liking[a] = pulang_envy_cost(&preference, person, problem->arc_post[a]);
    }
}

int pulang_stable_init(pulang_stable *s, const pulang_instance *instance, const pulang_problem *problem) {
    size_t n_posts = (size_t)problem->n_posts, n_classes = (size_t)problem->n_classes;
    size_t n_arcs = (size_t)problem->n_arcs;
    *s = (pulang_stable){.instance = instance, .problem = problem};
    s->forbidden = pulang_alloc(n_posts, sizeof *s->forbidden);
    s->least = pulang_alloc(n_posts, sizeof *s->least);
    s->content = pulang_alloc(n_posts, sizeof *s->content);
    s->compared = pulang_alloc(n_classes, sizeof *s->compared);
    s->may_envy = pulang_alloc(n_classes, sizeof *s->may_envy);
    s->liking = pulang_alloc(n_arcs, sizeof *s->liking);
    s->arc_of = pulang_alloc(n_arcs, sizeof *s->arc_of);
    s->node_arc = pulang_alloc(n_arcs, sizeof *s->node_arc);
    if (!s->forbidden || !s->least || !s->content || !s->compared || !s->may_envy || !s->liking ||
        !s->arc_of || !s->node_arc || init_node(s))
        return -1;
    fill(s);
    return 0;
}

void pulang_stable_clear(pulang_stable *s) {
    pulang_problem *node = &s->node;
    for (int l = 0; node->levels && l < node->n_levels; l++)
        pulang_free(node->levels[l].arc_cost);
    for (int t = 0; node->totals && node->levels && t < node->n_totals; t++) {
        pulang_free(node->totals[t].term_arc);
        pulang_free(node->totals[t].term_amount);
    }
    pulang_free(node->levels);
    pulang_free(node->totals);
    pulang_free(node->arc_post);
    pulang_free(node->arc_begin);
    pulang_free(node->bound);
    pulang_free(s->forbidden);
    pulang_free(s->least);
    pulang_free(s->content);
    pulang_free(s->compared);
    pulang_free(s->may_envy);
    pulang_free(s->liking);
    pulang_free(s->arc_of);
    pulang_free(s->node_arc);
}

/* ---- a branch ---- */

/* The most that a post may cost the class: it must be content with it. INT64_MAX: anything will do. */
static int64_t most_liking(const pulang_stable *s, int k) {
    const pulang_problem *problem = s->problem;
    int64_t most = INT64_MAX;
    int merit = merit_of(s, k);
    for (int a = problem->arc_begin[k]; s->may_envy[k] && a < problem->arc_begin[k + 1]; a++)
        if (s->content[problem->arc_post[a]] <= merit && s->liking[a] < most)
            most = s->liking[a];
    return most;
}

static void add_arc(pulang_stable *s, int a) {
    pulang_problem *node = &s->node;
    int at = node->n_arcs++;
    node->arc_post[at] = s->problem->arc_post[a];
    for (int l = 0; l < node->n_levels; l++)
        if (node->levels[l].arc_cost)
            node->levels[l].arc_cost[at] = s->problem->levels[l].arc_cost[a];
    s->arc_of[at] = a;
    s->node_arc[a] = at;
}

static void restrict_totals(pulang_stable *s) {
    for (int t = 0; t < s->problem->n_totals; t++) {
        const pulang_total *from = &s->problem->totals[t];
        pulang_total *to = &s->node.totals[t];
        to->n_terms = 0;
        for (int i = 0; i < from->n_terms; i++) {
            if (s->node_arc[from->term_arc[i]] == PULANG_NONE)
                continue;
            to->term_arc[to->n_terms] = s->node_arc[from->term_arc[i]];
            to->term_amount[to->n_terms++] = from->term_amount[i];
        }
    }
}

bool pulang_stable_restrict(pulang_stable *s) {
    const pulang_problem *problem = s->problem;
    pulang_problem *node = &s->node;
    bool possible = true;
    node->n_arcs = 0;
    for (int k = 0; k < problem->n_classes; k++) {
        int64_t most = most_liking(s, k);
        int merit = merit_of(s, k);
        node->bound[k] = problem->bound[k] || most < INT64_MAX;
        for (int a = problem->arc_begin[k]; a < problem->arc_begin[k + 1]; a++) {
            s->node_arc[a] = PULANG_NONE;
            if ((!s->may_envy[k] || s->liking[a] <= most) &&
                (!s->compared[k] || merit >= s->least[problem->arc_post[a]]))
                add_arc(s, a);
        }
        node->arc_begin[k + 1] = node->n_arcs;
        possible = possible && (!node->bound[k] || node->arc_begin[k] < node->n_arcs);
    }
    restrict_totals(s);
    return possible;
}

/* ---- envy in a plan ---- */

/* Fills lowest with the lowest merit of those compared in each post, INT_MAX: nobody. */
static void find_lowest(const pulang_stable *s, const int *flow, int *lowest) {
    const pulang_problem *problem = s->problem;
    for (int j = 0; j < problem->n_posts; j++)
        lowest[j] = INT_MAX;
    for (int k = 0; k < problem->n_classes; k++)
        for (int a = problem->arc_begin[k]; s->compared[k] && a < problem->arc_begin[k + 1]; a++)
            if (flow[a] > 0 && merit_of(s, k) < lowest[problem->arc_post[a]])
                lowest[problem->arc_post[a]] = merit_of(s, k);
}

static int64_t own_liking(const pulang_stable *s, int k, const int *flow) {
    for (int a = s->problem->arc_begin[k]; a < s->problem->arc_begin[k + 1]; a++)
        if (flow[a] > 0)
            return s->liking[a];
    return INT64_MAX;
}

/* Whether the class, who has a post that costs it own, envies that of the arc where it is forbidden. */
static bool envies(const pulang_stable *s, int k, int a, int64_t own, const int *lowest) {
    int j = s->problem->arc_post[a];
    return s->forbidden[j] && lowest[j] < merit_of(s, k) && s->liking[a] < own;
}

/* The post liked best of those that the class envies, PULANG_NONE: none. */
static int envied_by(const pulang_stable *s, int k, const int *flow, const int *lowest) {
    int best = PULANG_NONE;
    int64_t own = own_liking(s, k, flow);
    for (int a = s->problem->arc_begin[k]; a < s->problem->arc_begin[k + 1]; a++)
        if (envies(s, k, a, own, lowest)) {
            own = s->liking[a];
            best = s->problem->arc_post[a];
        }
    return best;
}

pulang_stable_envy pulang_stable_envied(const pulang_stable *s, const int *flow, int *lowest) {
    pulang_stable_envy found = {.post = PULANG_NONE, .merit = INT_MIN};
    find_lowest(s, flow, lowest);
    for (int k = 0; k < s->problem->n_classes; k++) {
        int merit = merit_of(s, k);
        int post = s->may_envy[k] && merit > found.merit ? envied_by(s, k, flow, lowest) : PULANG_NONE;
        if (post != PULANG_NONE)
            found = (pulang_stable_envy){post, merit};
    }
    return found;
}

void pulang_stable_close(pulang_stable *s, const int *flow, int *lowest) {
    const pulang_problem *problem = s->problem;
    find_lowest(s, flow, lowest);
    for (int k = 0; k < problem->n_classes; k++) {
        int64_t own = s->may_envy[k] ? own_liking(s, k, flow) : 0;
        for (int a = problem->arc_begin[k]; s->may_envy[k] && a < problem->arc_begin[k + 1]; a++)
            if (envies(s, k, a, own, lowest) && s->least[problem->arc_post[a]] < merit_of(s, k))
                s->least[problem->arc_post[a]] = merit_of(s, k);
    }
}
