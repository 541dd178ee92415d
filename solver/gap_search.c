/*
 * The decision problem "is there a plan that costs at most z", by depth-first branch and bound: at each node
 * the dual is raised from the parent's prices, pairs that would exceed z are forbidden, and a job is branched
 * on its remaining agents. Asked for z = bound, bound + 1, ... the fixing is as strong as it can be.
 * Posta, Ferland and Michelon (2012), see gap_knapsack.c.
 */
#include "model/exact.h"
#include "solver/gap_state.h"

#include <math.h>
#include <string.h>

typedef struct search {
    gap_state *s;
    int64_t limit; /* of the costs */
    gap_allowance left;
    int64_t begin, repair_work; /* when the search began; of the repairs */
    gap_path *path;
    int n_known; /* the path shows the way at depths below this */
    bool noted;  /* the path is a new one */
} search;

enum { ROUNDS = 3, REPAIR_PART = 2 };
static const gap_effort TOP_EFFORT = {.steps = 100, .sweeps = 100, .little = 0.1};
static const gap_effort NODE_EFFORT = {.steps = 20, .sweeps = 8, .little = 0.1};

static bool found(const search *q) {
    return q->s->exists && q->s->best <= q->limit;
}

/* The rise of the dual when the agent has the job. */
static int64_t rise(const gap_state *s, int agent, int job) {
    return s->removal[job] + s->penalty[gap_pair(s, agent, job)];
}

/* An estimate of the size of the tree below the job: every agent counts the less, the nearer his rise comes
   to the slack. */
static double tree_size(const search *q, int job) {
    const gap_state *s = q->s;
    double slack = (double)(q->limit * s->scale - s->value + 1), size = 0;
    for (int i = 0; i < s->n_agents; i++)
        if (s->allowed[gap_pair(s, i, job)])
            size += exp2(-6 * (double)rise(s, i, job) / slack);
    return size;
}

static int choose_job(const search *q) {
    int best = -1;
    double least = INFINITY;
    for (int j = 0; j < q->s->n_jobs; j++) {
        if (q->s->agent[j] >= 0)
            continue;
        double size = tree_size(q, j);
        if (size < least) {
            least = size;
            best = j;
        }
    }
    return best;
}

/* The allowed agents of the job, the least rise first; how many. */
static int sort_agents(const gap_state *s, int job, int *agents) {
    int n = 0;
    for (int i = 0; i < s->n_agents; i++) {
        if (!s->allowed[gap_pair(s, i, job)])
            continue;
        int at = n++;
        for (; at > 0 && rise(s, agents[at - 1], job) > rise(s, i, job); at--)
            agents[at] = agents[at - 1];
        agents[at] = i;
    }
    return n;
}

/* Raises the dual and forbids pairs until neither changes much. GAP_OPEN: branch. */
static gap_answer tighten(search *q, gap_effort effort) {
    gap_state *s = q->s;
    int64_t target = q->limit * s->scale;
    for (int round = 0; round < ROUNDS; round++) {
        if (!gap_propagate(s))
            return GAP_REFUTED;
        gap_lists_build(s);
        gap_dual_raise(s, target, effort);
        if (found(q))
            return GAP_FOUND;
        if (s->value > target)
            return GAP_REFUTED;
        int n_pairs = s->list_begin[s->n_agents];
        if (s->n_free == 0 || gap_dual_fix(s, target) * 10 <= n_pairs)
            break;
    }
    if (!gap_propagate(s))
        return GAP_REFUTED;
    return GAP_OPEN;
}

/* Puts the agents that the path has refuted first, then the one it was in; how many are refuted. *inside: the
   one it was in is there. */
static int follow_path(const search *q, int depth, int *agents, int n, bool *inside) {
    const gap_path *path = q->path;
    const int *tried = path->agent + (size_t)depth * (size_t)q->s->n_agents;
    int front = 0;
    *inside = false;
    for (int t = 0; t <= path->tried[depth]; t++) {
        int at = front;
        while (at < n && agents[at] != tried[t])
            at++;
        if (at == n)
            continue;
        memmove(agents + front + 1, agents + front, (size_t)(at - front) * sizeof *agents);
        agents[front++] = tried[t];
        *inside = t == path->tried[depth];
    }
    return front - *inside;
}

/* The job to branch on and its agents, the first of them refuted before; how many. */
static int choose_branches(search *q, int depth, int *job, int *agents, int *n) {
    const gap_state *s = q->s;
    bool known = depth < q->n_known && s->agent[q->path->job[depth]] < 0, inside = false;
    *job = known ? q->path->job[depth] : choose_job(q);
    *n = sort_agents(s, *job, agents);
    int refuted = known ? follow_path(q, depth, agents, *n, &inside) : 0;
    if (!inside)
        q->n_known = 0;
    return refuted;
}

/* The search stops below this node. On the way down a known path, that stays as it is. */
static void note_path(search *q, int depth, int job, int tried) {
    gap_path *path = q->path;
    if (!path || q->n_known > 0)
        return;
    size_t m = (size_t)q->s->n_agents, at = (size_t)depth * m;
    if (!q->noted)
        path->n = depth + 1;
    q->noted = true;
    path->job[depth] = job;
    path->tried[depth] = tried;
    memcpy(path->agent + at, q->s->depth_agent + at, m * sizeof *path->agent);
}

static gap_answer visit(search *q, int depth, gap_effort effort);

static gap_answer branch(search *q, int depth) {
    gap_state *s = q->s;
    int32_t *price = s->depth_price + (size_t)depth * (size_t)s->n_jobs;
    int *agents = s->depth_agent + (size_t)depth * (size_t)s->n_agents;
    memcpy(price, s->price, (size_t)s->n_jobs * sizeof *price);
    size_t n_trail = s->n_trail;
    int job, n;
    for (int k = choose_branches(q, depth, &job, agents, &n); k < n; k++) {
        memcpy(s->price, price, (size_t)s->n_jobs * sizeof *price);
        gap_give(s, agents[k], job);
        gap_answer answer = visit(q, depth + 1, NODE_EFFORT);
        gap_undo(s, n_trail);
        if (answer == GAP_OPEN)
            note_path(q, depth, job, k);
        if (answer != GAP_REFUTED)
            return answer;
        q->n_known = 0;
    }
    return GAP_REFUTED;
}

/* Makes a plan of the node's solution, in a part of the time that the nodes take. true: it is found. */
static bool repair(search *q) {
    gap_state *s = q->s;
    int64_t begin = s->work;
    if (REPAIR_PART * q->repair_work > begin - q->begin)
        return false;
    gap_repair(s);
    q->repair_work += s->work - begin;
    return found(q);
}

static gap_answer visit(search *q, int depth, gap_effort effort) {
    gap_state *s = q->s;
    s->nodes++;
    if (--q->left.nodes < 0 || s->work - q->begin > q->left.work || gap_time_is_up(s))
        return GAP_OPEN;
    gap_answer answer = tighten(q, effort);
    if (answer != GAP_OPEN)
        return answer;
    if (s->n_free == 0) {
        if (s->fixed_cost > q->limit)
            return GAP_REFUTED;
        gap_keep(s, s->agent, s->fixed_cost);
        return GAP_FOUND;
    }
    if (q->left.repair && repair(q))
        return GAP_FOUND;
    return branch(q, depth);
}

gap_answer gap_search(gap_state *s, int64_t limit, gap_allowance allowance, gap_path *path) {
    search q = {.s = s, .limit = limit, .left = allowance, .begin = s->work, .path = path};
    if (path) {
        path->n = path->limit == limit ? path->n : 0;
        path->limit = limit;
        q.n_known = path->n;
    }
    size_t n_trail = s->n_trail;
    int32_t *root = s->depth_price + (size_t)s->n_jobs * (size_t)s->n_jobs;
    memcpy(root, s->price, (size_t)s->n_jobs * sizeof *root);
    gap_answer answer = found(&q) ? GAP_FOUND : visit(&q, 0, TOP_EFFORT);
    gap_undo(s, n_trail);
    memcpy(s->price, root, (size_t)s->n_jobs * sizeof *root);
    return answer;
}

/* What the bound is where no plan may cost more than limit. */
static int64_t bound_within(gap_state *s, int64_t limit) {
    search q = {.s = s, .limit = limit};
    size_t n_trail = s->n_trail;
    int32_t *root = s->depth_price + (size_t)s->n_jobs * (size_t)s->n_jobs;
    memcpy(root, s->price, (size_t)s->n_jobs * sizeof *root);
    int64_t bound =
        tighten(&q, TOP_EFFORT) == GAP_REFUTED ? limit + 1 : pulang_exact_ceil(s->value, s->scale);
    gap_undo(s, n_trail);
    memcpy(s->price, root, (size_t)s->n_jobs * sizeof *root);
    return bound;
}

gap_answer gap_search_least(gap_state *s, int64_t limit, int64_t max_nodes) {
    int64_t z = bound_within(s, limit), step = 1;
    gap_answer answer = GAP_REFUTED;
    while (z <= limit) {
        answer = gap_search(s, z, (gap_allowance){max_nodes, INT64_MAX, false}, NULL);
        if (answer == GAP_FOUND || z == limit)
            return answer;
        step = answer == GAP_REFUTED ? 2 * step : limit - z + 1;
        z += step / 2 < limit - z ? step / 2 : limit - z;
    }
    return answer;
}
