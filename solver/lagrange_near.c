/*
 * Which arcs are near: the few over which the subproblem, the relaxation and the search look for plans.
 */
#include "model/alloc.h"
#include "solver/lagrange_state.h"

#include <stdlib.h>
#include <string.h>

void lagrange_near_all(lagrange *lg) {
    int n = 0;
    for (int k = 0; k < lg->problem->n_classes; k++) {
        for (int i = lg->begin[k]; i < lg->end[k]; i++)
            lg->near[n++] = lg->list[i];
        lg->near_begin[k + 1] = n;
    }
}

/* How many of the arcs that are cheaper than the near ones come in at a time: the cheapest, more or less. */
enum { MOST_ADDED = 4 };

int lagrange_near_add(lagrange *lg, const lagrange_flow *flow) {
    const pulang_problem *p = lg->problem;
    int n_added = 0, old = 0, n = 0, *near = lg->near_other;
    const int *list = flow->picky ? flow->pick : lg->list;
    for (int k = 0; k < p->n_classes; k++) {
        int end = lg->near_begin[k + 1], n_class = 0;
        int64_t least = lg->may_stay_out[k] ? lagrange_out_cost(lg) : INT64_MAX;
        for (int i = old; i < end; i++) {
            int64_t cost = lagrange_cost_now(lg, flow, lg->near[i]);
            least = cost < least ? cost : least;
        }
        int at = old, from = flow->picky ? flow->pick_begin[k] : lg->begin[k];
        int to = flow->picky ? flow->pick_begin[k + 1] : lg->end[k];
        for (int i = from; i < to; i++) {
            int arc = list[i];
            bool is = at < end && lg->near[at] == arc;
            at += is;
            if (!is && n_class < MOST_ADDED) {
                int64_t cost = lagrange_cost_now(lg, flow, arc);
                if (cost < least) {
                    n_class++;
                    least = cost;
                    is = true;
                }
            }
            if (is)
                near[n++] = arc;
        }
        n_added += n_class;
        old = end;
        lg->near_begin[k + 1] = n;
    }
    lg->near_other = lg->near;
    lg->near = near;
    return n_added;
}

typedef struct ranked {
    int64_t reduced;
    uint32_t tie; /* arcs that cost the same are taken here and there */
    int arc;
} ranked;

static bool ranks_before(const ranked *x, const ranked *y) {
    return x->reduced != y->reduced ? x->reduced < y->reduced : x->tie < y->tie;
}

static int by_arc(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    return (x->arc > y->arc) - (x->arc < y->arc);
}

/* Brings the first so many by rank to the front (Hoare's selection). */
static void select_first(ranked *arcs, int n, int most) {
    int low = 0, high = n - 1;
    while (low < high && most > low && most <= high) {
        ranked pivot = arcs[low + (high - low) / 2];
        int i = low, j = high;
        while (i <= j) {
            while (ranks_before(&arcs[i], &pivot))
                i++;
            while (ranks_before(&pivot, &arcs[j]))
                j--;
            if (i <= j) {
                ranked swap = arcs[i];
                arcs[i++] = arcs[j];
                arcs[j--] = swap;
            }
        }
        if (most <= j + 1)
            high = j;
        else if (most > i)
            low = i;
        else
            return;
    }
}

static int rank_class(const lagrange *lg, const lagrange_flow *flow, int k, ranked *arcs) {
    int size = lg->end[k] - lg->begin[k];
    for (int i = 0; i < size; i++) {
        int arc = lg->list[lg->begin[k] + i];
        arcs[i] = (ranked){lagrange_reduced(lg, arc) + flow->share[arc], (uint32_t)arc * 2654435761u, arc};
    }
    return size;
}

/* ---- near arcs of posts and teams ---- */

/* How many arcs into a post are near, whatever they are to their classes. */
enum { POST_ARCS = 6 };

typedef struct comers {
    int n;
    ranked arc[POST_ARCS]; /* in order */
} comers;

/* Keeps the first few of those offered. */
static void offer(comers *post, ranked arc) {
    if (post->n == POST_ARCS && !ranks_before(&arc, &post->arc[POST_ARCS - 1]))
        return;
    int at = post->n < POST_ARCS ? post->n++ : POST_ARCS - 1;
    for (; at > 0 && ranks_before(&arc, &post->arc[at - 1]); at--)
        post->arc[at] = post->arc[at - 1];
    post->arc[at] = arc;
}

/* The arcs into every post of those who lose least by it. A post that nobody has among the cheapest arcs
   would look as if it could not be filled, and be priced so. */
static bool mark_comers(const lagrange *lg, lagrange_flow *flow) {
    const pulang_problem *p = lg->problem;
    ranked *arcs = pulang_alloc((size_t)p->n_posts, sizeof *arcs);
    comers *posts = pulang_alloc((size_t)p->n_posts, sizeof *posts);
    bool ready = arcs && posts;
    for (int k = 0; ready && k < p->n_classes; k++) {
        int size = rank_class(lg, flow, k, arcs);
        int64_t least = INT64_MAX;
        for (int i = 0; i < size; i++)
            least = arcs[i].reduced < least ? arcs[i].reduced : least;
        for (int i = 0; i < size; i++) {
            arcs[i].reduced -= least;
            offer(&posts[p->arc_post[arcs[i].arc]], arcs[i]);
        }
    }
    for (int j = 0; ready && j < p->n_posts; j++)
        for (int i = 0; i < posts[j].n; i++)
            flow->comes[posts[j].arc[i].arc] = true;
    pulang_free(arcs);
    pulang_free(posts);
    return ready;
}

/* The arcs of every team into the place where it costs least together: what is cheap for each alone may leave
   them no place in common. */
static void mark_teams(lagrange *lg, lagrange_flow *flow) {
    for (int g = 0; g < lg->n_teams; g++) {
        int place = lagrange_team_place(lg, g);
        for (int m = lg->team_begin[g]; m < lg->team_begin[g + 1]; m++)
            for (int i = lg->begin[lg->member[m]]; i < lg->end[lg->member[m]]; i++)
                if (lagrange_place_of(lg, lg->list[i]) == place)
                    flow->comes[lg->list[i]] = true;
    }
}

pulang_status lagrange_near_some(lagrange *lg, lagrange_flow *flow, int64_t excess, int most, int since) {
    const pulang_problem *p = lg->problem;
    ranked *arcs = pulang_alloc((size_t)p->n_posts, sizeof *arcs);
    int n = 0;
    memset(flow->comes, 0, (size_t)p->n_arcs * sizeof *flow->comes);
    if (!arcs || !mark_comers(lg, flow)) {
        pulang_free(arcs);
        return PULANG_ERROR_MEMORY;
    }
    mark_teams(lg, flow);
    for (int k = 0; k < p->n_classes; k++) {
        int size = rank_class(lg, flow, k, arcs), kept = 0;
        int64_t least = INT64_MAX;
        select_first(arcs, size, most);
        for (int i = 0; i < size; i++)
            least = arcs[i].reduced < least ? arcs[i].reduced : least;
        for (int i = 0; i < size; i++)
            if ((i < most && arcs[i].reduced - least <= excess) || flow->used[arcs[i].arc] > since ||
                flow->comes[arcs[i].arc])
                arcs[kept++] = arcs[i];
        qsort(arcs, (size_t)kept, sizeof *arcs, by_arc);
        for (int i = 0; i < kept; i++)
            lg->near[n++] = arcs[i].arc;
        lg->near_begin[k + 1] = n;
    }
    pulang_free(arcs);
    return PULANG_OK;
}

/* How many arcs of a class are picked besides the near ones. */
enum { MOST_PICKED = 32 };

pulang_status lagrange_pick(const lagrange *lg, lagrange_flow *flow) {
    const pulang_problem *p = lg->problem;
    ranked *arcs = pulang_alloc((size_t)p->n_posts, sizeof *arcs);
    int n = 0;
    if (!arcs)
        return PULANG_ERROR_MEMORY;
    for (int k = 0; k < p->n_classes; k++) {
        int size = rank_class(lg, flow, k, arcs), at = lg->near_begin[k], end = lg->near_begin[k + 1];
        select_first(arcs, size, MOST_PICKED);
        size = size < MOST_PICKED ? size : MOST_PICKED;
        qsort(arcs, (size_t)size, sizeof *arcs, by_arc);
        for (int i = 0; i < size; i++) {
            while (at < end && lg->near[at] < arcs[i].arc)
                flow->pick[n++] = lg->near[at++];
            at += at < end && lg->near[at] == arcs[i].arc;
            flow->pick[n++] = arcs[i].arc;
        }
        while (at < end)
            flow->pick[n++] = lg->near[at++];
        flow->pick_begin[k + 1] = n;
    }
    pulang_free(arcs);
    return PULANG_OK;
}
