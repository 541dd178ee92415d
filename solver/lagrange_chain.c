/*
 * Ejection chains: who moves on, and where to, is a shortest path through the posts at the reduced costs,
 * with what each exchange does to the totals that cut across (Ahuja, Orlin and Sharma, Operations Research
 * Letters 31, 2003: cyclic exchanges).
 */
#include "solver/lagrange_moves.h"

/* Members in a chain, and posts looked at for one: more where the post left has much to gain. */
enum { LONGEST = 8, FEW_POSTS = 60, MANY_POSTS = 300 };
/* So many of a hundred members are passed over, that the same start may give another chain. */
enum { PASSED_OVER = 25 };

typedef struct chain {
    int member, start;
    double limit, leaving; /* what leaving the first post does to the totals */
    double room;           /* a path that costs more than this leads to nothing */
} chain;

/* What the touched totals come to, beyond what they do now. */
static double excess_change(lagrange_search *s) {
    double sum = 0;
    for (int i = 0; i < s->n_touched; i++)
        if (s->by[i] != 0)
            sum += search_excess_at(s, s->touched[i], s->steps[s->touched[i]] + s->by[i]) -
                   s->excess[s->touched[i]];
    search_touch_none(s);
    return sum;
}

/* One member for another in the same post. */
static double exchange_change(lagrange_search *s, int in, int out) {
    const lagrange *lg = s->lg;
    for (size_t i = lg->part_begin[in]; i < lg->part_begin[in + 1]; i++)
        search_touch(s, lg->parts[i].total, lg->parts[i].steps);
    for (size_t i = lg->part_begin[out]; i < lg->part_begin[out + 1]; i++)
        search_touch(s, lg->parts[i].total, -lg->parts[i].steps);
    return excess_change(s);
}

static double single_change(lagrange_search *s, int arc, int sign) {
    search_touch_arc(s, arc, sign);
    return excess_change(s);
}

/* Makes the chain that ends in a post, where the last change, if any, leads back to the start. */
static bool try_path(lagrange_search *s, int post, const search_change *last, double limit) {
    search_change changes[LONGEST + 1];
    int n = s->label[post].depth, length = n + (last != NULL);
    if (last)
        changes[n] = *last;
    for (int i = n - 1; i >= 0; i--, post = s->label[post].before)
        changes[i] = (search_change){s->label[post].member, s->label[post].to};
    return search_try_changes(s, changes, length, limit);
}

static bool is_cheaper(const lagrange_search *s, int post, double cost) {
    const search_label *old = &s->label[post];
    return old->round != s->round || (!old->done && cost < old->cost);
}

static void relax(lagrange_search *s, int post, search_label label) {
    if (!is_cheaper(s, post, label.cost))
        return;
    if (s->label[post].round != s->round)
        s->open[s->n_open++] = post;
    label.round = s->round;
    s->label[post] = label;
}

static int take_cheapest(lagrange_search *s) {
    int at = 0;
    for (int i = 1; i < s->n_open; i++)
        if (s->label[s->open[i]].cost < s->label[s->open[at]].cost)
            at = i;
    int post = s->open[at];
    s->open[at] = s->open[--s->n_open];
    s->label[post].done = true;
    return post;
}

/* Another moves on from the post, to any of his candidates. */
static bool push_on(lagrange_search *s, const chain *c, int post, int other) {
    const search_label *label = &s->label[post];
    int k = s->class_of[other];
    bool priced = false;
    double exchange = 0;
    for (int i = s->candidate_begin[k]; i < s->candidate_begin[k + 1]; i++) {
        int to = s->candidate[i], next = search_post_of(s, to);
        double cost = label->cost + s->rank[i] - s->above[other];
        if (cost > c->room)
            break;
        if (next == post || (next != c->start && !is_cheaper(s, next, cost)))
            continue;
        if (!priced)
            exchange = exchange_change(s, label->to, s->arc[other]);
        priced = true;
        cost += exchange;
        if (next != c->start)
            relax(s, next, (search_label){cost, other, to, post, label->depth + 1, 0, false});
        else if (cost + exchange_change(s, to, s->arc[c->member]) <= c->limit &&
                 try_path(s, post, &(search_change){other, to}, c->limit))
            return true;
    }
    return false;
}

/* The chain ends in the post, or goes on from it. */
static bool reach(lagrange_search *s, const chain *c, int post) {
    const search_label *label = &s->label[post];
    if (label->cost + c->leaving + single_change(s, label->to, 1) <= c->limit &&
        try_path(s, post, NULL, c->limit))
        return true;
    for (int other = s->head[post]; other >= 0 && label->depth < LONGEST; other = s->next[other])
        if (search_is_alone(s, other) && search_draw(s, 100) >= PASSED_OVER && push_on(s, c, post, other))
            return true;
    return false;
}

bool search_try_chain(lagrange_search *s, int m, double limit) {
    int k = s->class_of[m], start = search_post_of(s, s->arc[m]);
    if (start == PULANG_NONE || !search_is_alone(s, m))
        return false;
    s->round++;
    s->n_open = 0;
    const chain c = {.member = m,
                     .start = start,
                     .limit = limit,
                     .leaving = single_change(s, s->arc[m], -1),
                     .room = limit + s->excess[start] + s->above[m] + s->dearest};
    for (int i = s->candidate_begin[k]; i < s->candidate_begin[k + 1]; i++) {
        int to = s->candidate[i], post = search_post_of(s, to);
        if (post != start)
            relax(s, post, (search_label){s->rank[i] - s->above[m], m, to, start, 1, 0, false});
    }
    int most = s->excess[start] > SEARCH_EPSILON ? MANY_POSTS : FEW_POSTS;
    for (int n = 0; n < most && s->n_open > 0; n++) {
        int post = take_cheapest(s);
        s->trials += 8;
        if (s->label[post].cost > c.room)
            return false;
        if (reach(s, &c, post))
            return true;
    }
    return false;
}
