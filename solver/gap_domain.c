/*
 * The pairs of agent and job that are still allowed, with a trail to undo.
 */
#include "solver/gap_state.h"

bool gap_fits(const gap_state *s, int agent, int job) {
    for (int r = 0; r < s->n_resources; r++)
        if (gap_use(s, r, agent, job) > s->rest[gap_place(s, r, agent)])
            return false;
    return true;
}

void gap_forbid(gap_state *s, int agent, int job) {
    s->allowed[gap_pair(s, agent, job)] = 0;
    s->n_allowed[job]--;
    s->trail[s->n_trail++] = (int)gap_pair(s, agent, job);
}

/* Gives the job to the agent, or takes it back. */
static void move(gap_state *s, int agent, int job, int sign) {
    size_t pair = gap_pair(s, agent, job);
    s->room[agent] -= sign * s->weight[pair];
    for (int r = 0; r < s->n_resources; r++)
        s->rest[gap_place(s, r, agent)] -= sign * gap_use(s, r, agent, job);
    s->fixed_cost += sign * s->cost[pair];
    s->n_free -= sign;
    s->agent[job] = sign > 0 ? agent : -1;
}

void gap_give(gap_state *s, int agent, int job) {
    move(s, agent, job, 1);
    s->trail[s->n_trail++] = ~job;
}

void gap_undo(gap_state *s, size_t n_trail) {
    while (s->n_trail > n_trail) {
        int last = s->trail[--s->n_trail];
        if (last < 0) {
            move(s, s->agent[~last], ~last, -1);
        } else {
            s->allowed[last] = 1;
            s->n_allowed[last % s->n_jobs]++;
        }
    }
}

void gap_rank(gap_state *s, int *list, int n, int job, float rank) {
    s->rank[job] = rank;
    for (; n > 0 && s->rank[list[n - 1]] < rank; n--)
        list[n] = list[n - 1];
    list[n] = job;
}

/* Lists the jobs without an agent; how many. */
static int list_free(gap_state *s) {
    int n = 0;
    for (int j = 0; j < s->n_jobs; j++)
        if (s->agent[j] < 0)
            s->free_job[n++] = j;
    return n;
}

static void forbid_what_does_not_fit(gap_state *s) {
    int n_free = list_free(s);
    for (int i = 0; i < s->n_agents; i++) {
        for (int k = 0; k < n_free; k++) {
            int j = s->free_job[k];
            if (s->allowed[gap_pair(s, i, j)] && !gap_fits(s, i, j))
                gap_forbid(s, i, j);
        }
    }
}

bool gap_propagate(gap_state *s) {
    bool changed = true;
    while (changed) {
        changed = false;
        forbid_what_does_not_fit(s);
        for (int j = 0; j < s->n_jobs; j++) {
            if (s->agent[j] >= 0 || s->n_allowed[j] > 1)
                continue;
            int i = 0;
            while (i < s->n_agents && !s->allowed[gap_pair(s, i, j)])
                i++;
            if (i == s->n_agents || !gap_fits(s, i, j))
                return false;
            gap_give(s, i, j);
            changed = true;
        }
    }
    return true;
}

void gap_lists_build(gap_state *s) {
    int n = 0, n_free = list_free(s);
    for (int i = 0; i < s->n_agents; i++) {
        s->list_begin[i] = n;
        for (int k = 0; k < n_free; k++)
            if (s->allowed[gap_pair(s, i, s->free_job[k])])
                s->list[n++] = s->free_job[k];
    }
    s->list_begin[s->n_agents] = n;
}
