/*
 * The parts of the problem: the tree, what arcs add to the totals outside it, the teams.
 */
#include "model/alloc.h"
#include "model/error.h"
#include "solver/convex.h"
#include "solver/lagrange_state.h"
#include "solver/network.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

size_t lagrange_room(const lagrange *lg) {
    return (size_t)lg->n_own + LAGRANGE_CUTS;
}

/* A copy of the problem whose totals have room for the cuts. */
static pulang_status extend(lagrange *lg, const pulang_problem *problem) {
    lg->extended = *problem;
    lg->problem = &lg->extended;
    lg->n_own = problem->n_totals;
    lg->arena = pulang_arena_new();
    if (!lg->arena)
        return PULANG_ERROR_MEMORY;
    lg->extended.totals = pulang_arena_alloc(lg->arena, lagrange_room(lg), sizeof *lg->extended.totals);
    lg->cut_groups = pulang_arena_alloc(lg->arena, LAGRANGE_CUTS, sizeof *lg->cut_groups);
    if (!lg->extended.totals || !lg->cut_groups)
        return PULANG_ERROR_MEMORY;
    memcpy(lg->extended.totals, problem->totals, (size_t)lg->n_own * sizeof *problem->totals);
    return PULANG_OK;
}

static bool allocate(lagrange *lg) {
    const pulang_problem *p = lg->problem;
    size_t totals = lagrange_room(lg), classes = (size_t)p->n_classes, arcs = (size_t)p->n_arcs;
    size_t levels = (size_t)p->n_levels;
    lg->up = pulang_alloc(totals, sizeof *lg->up);
    lg->order = pulang_alloc(totals, sizeof *lg->order);
    lg->crosses = pulang_alloc(totals, sizeof *lg->crosses);
    lg->crossing = pulang_alloc(totals, sizeof *lg->crossing);
    lg->unit = pulang_alloc(totals, sizeof *lg->unit);
    lg->size = pulang_alloc(totals, sizeof *lg->size);
    lg->largest = pulang_alloc(levels, sizeof *lg->largest);
    lg->sum = pulang_alloc(levels, sizeof *lg->sum);
    lg->most = pulang_alloc(totals, sizeof *lg->most);
    lg->part_begin = pulang_alloc(arcs + 1, sizeof *lg->part_begin);
    lg->team_begin = pulang_alloc(classes + 1, sizeof *lg->team_begin);
    lg->member = pulang_alloc(classes, sizeof *lg->member);
    lg->team_of = pulang_alloc(classes, sizeof *lg->team_of);
    lg->begin = pulang_alloc(classes, sizeof *lg->begin);
    lg->end = pulang_alloc(classes, sizeof *lg->end);
    lg->list = pulang_alloc(arcs, sizeof *lg->list);
    lg->may_stay_out = pulang_alloc(classes, sizeof *lg->may_stay_out);
    lg->lower = pulang_alloc(totals, sizeof *lg->lower);
    lg->upper = pulang_alloc(totals, sizeof *lg->upper);
    lg->open = pulang_alloc(totals, sizeof *lg->open);
    lg->near_begin = pulang_alloc(classes + 1, sizeof *lg->near_begin);
    lg->near = pulang_alloc(arcs, sizeof *lg->near);
    lg->near_other = pulang_alloc(arcs, sizeof *lg->near_other);
    lg->goal.held = pulang_alloc(levels, sizeof *lg->goal.held);
    lg->goal.price = pulang_alloc(totals, sizeof *lg->goal.price);
    lg->gate = pulang_alloc((size_t)p->n_posts, sizeof *lg->gate);
    lg->toll = pulang_alloc((size_t)p->n_posts, sizeof *lg->toll);
    lg->least = pulang_alloc(classes, sizeof *lg->least);
    lg->weigh = pulang_alloc(levels, sizeof *lg->weigh);
    lg->start.price = pulang_alloc(totals, sizeof *lg->start.price);
    lg->start.flow = pulang_alloc(arcs, sizeof *lg->start.flow);
    lg->start.weigh = pulang_alloc(levels, sizeof *lg->start.weigh);
    lg->hold = pulang_alloc(levels, sizeof *lg->hold);
    lg->value = pulang_alloc(levels, sizeof *lg->value);
    return lg->up && lg->order && lg->crosses && lg->crossing && lg->unit && lg->size && lg->largest &&
           lg->sum && lg->most && lg->part_begin && lg->team_begin && lg->member && lg->team_of &&
           lg->begin && lg->end && lg->list && lg->may_stay_out && lg->lower && lg->upper && lg->open &&
           lg->near_begin && lg->near && lg->near_other && lg->goal.held && lg->goal.price && lg->gate &&
           lg->toll && lg->least && lg->hold && lg->start.price && lg->start.weigh && lg->start.flow &&
           lg->weigh && lg->value;
}

void lagrange_clear(lagrange *lg) {
    void *parts[] = {lg->up,           lg->order,        lg->crosses,    lg->crossing,   lg->unit,
                     lg->size,         lg->most,         lg->largest,    lg->part_begin, lg->parts,
                     lg->team_begin,   lg->member,       lg->team_of,    lg->begin,      lg->end,
                     lg->list,         lg->may_stay_out, lg->lower,      lg->upper,      lg->open,
                     lg->near_begin,   lg->near,         lg->near_other, lg->goal.held,  lg->goal.price,
                     lg->gate,         lg->least,        lg->best_at,    lg->hold,       lg->start.price,
                     lg->start.weigh,  lg->start.flow,   lg->sum,        lg->weigh,      lg->value,
                     lg->breaks.items, lg->toll};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        pulang_free(parts[i]);
    pulang_arena_free(lg->arena);
}

/* ---- the tree ---- */

/* Whether the total's posts are just those of the tops that they are under. */
static bool fits(const pulang_problem *p, const pulang_total *total, const int *top, int *seen, int stamp) {
    int covered = 0;
    for (int i = 0; i < total->n_posts; i++) {
        int below = top[total->posts[i]];
        if (seen[below] != stamp)
            covered += p->totals[below].n_posts;
        seen[below] = stamp;
    }
    return covered == total->n_posts;
}

/* The smallest totals first, as long as they nest. top: [n_posts], seen: [n_totals]. */
static void grow_tree(lagrange *lg, int *top, int *seen) {
    const pulang_problem *p = lg->problem;
    for (int j = 0; j < p->n_posts; j++)
        top[j] = lg->order[lg->n_ordered++] = j;
    int n = 0;
    for (int t = p->n_posts; t < p->n_totals; t++)
        if (p->totals[t].n_posts > 0)
            lg->crossing[n++] = t;
    qsort_r(lg->crossing, (size_t)n, sizeof *lg->crossing, pulang_network_by_size, p->totals);
    for (int i = 0; i < n; i++) {
        int t = lg->crossing[i];
        const pulang_total *total = &p->totals[t];
        if (!total->uniform || !fits(p, total, top, seen, t)) {
            lg->crosses[t] = true;
            continue;
        }
        for (int k = 0; k < total->n_posts; k++) {
            int *above = &top[total->posts[k]];
            if (*above != t)
                lg->up[*above] = t;
            *above = t;
        }
        lg->order[lg->n_ordered++] = t;
    }
}

static int make_tree(lagrange *lg) {
    const pulang_problem *p = lg->problem;
    int *top = pulang_alloc((size_t)p->n_posts, sizeof *top);
    int *seen = pulang_alloc((size_t)p->n_totals, sizeof *seen);
    for (int t = 0; t < p->n_totals; t++)
        lg->up[t] = PULANG_NONE;
    if (top && seen)
        grow_tree(lg, top, seen);
    int failed = top && seen ? 0 : -1;
    pulang_free(top);
    pulang_free(seen);
    for (int t = p->n_posts; t < p->n_totals; t++)
        if (lg->crosses[t])
            lg->crossing[lg->n_crossing++] = t;
    return failed;
}

/* ---- the parts of arcs ---- */

pulang_status lagrange_make_parts(lagrange *lg) {
    const pulang_problem *p = lg->problem;
    size_t sum = 0;
    memset(lg->part_begin, 0, ((size_t)p->n_arcs + 1) * sizeof *lg->part_begin);
    for (int t = 0; t < p->n_totals; t++)
        for (int i = 0; i < p->totals[t].n_terms; i++)
            lg->part_begin[p->totals[t].term_arc[i]]++;
    for (int a = 0; a <= p->n_arcs; a++)
        lg->part_begin[a] = sum += lg->part_begin[a];
    pulang_free(lg->parts);
    lg->parts = pulang_alloc(sum, sizeof *lg->parts);
    if (!lg->parts)
        return PULANG_ERROR_MEMORY;
    for (int t = p->n_totals - 1; t >= 0; t--)
        for (int i = p->totals[t].n_terms - 1; i >= 0; i--)
            lg->parts[--lg->part_begin[p->totals[t].term_arc[i]]] =
                (lagrange_part){t, p->totals[t].term_amount[i] / lg->unit[t]};
    return PULANG_OK;
}

/* The bounds as the problem has them. */
static void set_bounds(lagrange *lg, int t) {
    const pulang_total *total = &lg->problem->totals[t];
    lg->lower[t] = pulang_steps_up(total->lower, lg->unit[t]);
    lg->upper[t] = pulang_steps_down(total->upper, lg->unit[t]);
}

static void measure_total(lagrange *lg, int t) {
    const pulang_total *total = &lg->problem->totals[t];
    double sum = 0;
    lg->most[t] = 1;
    lg->unit[t] = pulang_total_unit(total);
    for (int i = 0; i < total->n_terms; i++) {
        double steps = (double)llabs(total->term_amount[i] / lg->unit[t]);
        lg->most[t] = steps > lg->most[t] ? steps : lg->most[t];
        sum += steps;
    }
    lg->size[t] = total->uniform ? 1 : total->n_terms > 0 ? sum / total->n_terms : 0;
    lg->open[t] = pulang_steps_up(total->open, lg->unit[t]);
    set_bounds(lg, t);
}

void lagrange_add_total(lagrange *lg, const pulang_total *total) {
    int t = lg->extended.n_totals++;
    lg->extended.totals[t] = *total;
    lg->up[t] = PULANG_NONE;
    lg->crosses[t] = true;
    lg->crossing[lg->n_crossing++] = t;
    measure_total(lg, t);
}

/* The transportation solver takes costs so large that the square of its longest path, times that, fits. */
static void measure_levels(lagrange *lg) {
    const pulang_problem *p = lg->problem;
    double longest = 2.0 * lg->n_ordered + 4;
    lg->room = 0x1p58 / longest / longest;
    for (int l = 0; l < p->n_levels; l++) {
        const int64_t *cost = p->levels[l].largest ? NULL : p->levels[l].arc_cost;
        lg->largest[l] = 1;
        for (int a = 0; cost && a < p->n_arcs; a++)
            lg->largest[l] = fmax(lg->largest[l], fabs((double)cost[a]));
        lg->sum[l] = lg->largest[l] * (p->member_begin[p->n_classes] + 1.0);
        for (int t = 0; t < p->n_totals; t++) {
            double slope = 0;
            for (int i = 0; i < p->totals[t].n_pieces; i++) {
                const pulang_piece *piece = &p->totals[t].pieces[i];
                slope += piece->level == l ? (double)piece->slope : 0;
                lg->sum[l] +=
                    piece->level == l ? (double)piece->slope * (double)(piece->to - piece->from) : 0;
            }
            lg->largest[l] = fmax(lg->largest[l], slope * (double)lg->unit[t]);
        }
    }
}

static int64_t power_below(double most) {
    return most < 1 ? 1 : (int64_t)exp2(floor(log2(most)));
}

/* The prices may add so many largest costs to that of a choice. */
static const double PRICES = 256;

double lagrange_most_weighted(const lagrange *lg) {
    return lg->room / PRICES;
}

/* What a unit of a level held may be worth at a later one: about as much as in the weighted sum, if that is
   known. */
static double price_of_held(const lagrange *lg, int held, int level) {
    double weight = level + 1 < lg->problem->n_levels ? (double)lg->start.weigh[level] : 1;
    return lg->start.exists ? (double)lg->start.weigh[held] / weight : 16;
}

/* So fine that the price of one step of a large amount is not rounded away, as far as the sum of all costs
   fits. */
void lagrange_set_level(lagrange *lg, int level) {
    double largest = lg->largest[level], sum = lg->sum[level];
    for (int l = 0; l < level; l++) {
        double weight = lg->weigh[l] > 0 ? (double)lg->weigh[l]
                        : lg->hold[l]    ? price_of_held(lg, l, level)
                                         : 0;
        largest = fmax(largest, weight * lg->largest[l]);
        sum += PRICES * weight * lg->sum[l];
    }
    int64_t least = power_below(fmin(0x1p20, lg->room / PRICES / largest));
    int64_t finest = power_below(fmin(0x1p26, 0x1p60 / sum));
    lg->goal.level = level;
    lg->goal.scale = finest > least ? finest : least;
    lg->goal.coarse = lg->goal.scale / least;
}

/* ---- teams ---- */

static int find_head(int *head, int class) {
    while (head[class] != class)
        class = head[class] = head[head[class]];
    return class;
}

/* Classes joined by pairings, each team in the order of its classes. head: [n_classes]. */
static void list_teams(lagrange *lg, int *head) {
    const pulang_problem *p = lg->problem;
    for (int k = 0; k < p->n_classes; k++) {
        head[k] = k;
        lg->team_of[k] = PULANG_NONE;
    }
    for (int i = 0; i < p->n_pairings; i++) {
        int a = find_head(head, p->pairings[i].a), b = find_head(head, p->pairings[i].b);
        head[a > b ? a : b] = a < b ? a : b;
    }
    int n = 0;
    for (int first = 0; p->n_pairings > 0 && first < p->n_classes; first++) {
        if (find_head(head, first) != first)
            continue;
        int begin = n;
        for (int k = first; k < p->n_classes; k++)
            if (find_head(head, k) == first)
                lg->member[n++] = k;
        if (n == begin + 1) {
            n = begin;
            continue;
        }
        for (int i = begin; i < n; i++)
            lg->team_of[lg->member[i]] = lg->n_teams;
        lg->team_begin[++lg->n_teams] = n;
    }
}

static int make_teams(lagrange *lg) {
    const pulang_problem *p = lg->problem;
    int *head = pulang_alloc((size_t)p->n_classes, sizeof *head), largest = 0;
    if (!head)
        return -1;
    list_teams(lg, head);
    pulang_free(head);
    for (int g = 0; g < lg->n_teams; g++) {
        int n = lg->team_begin[g + 1] - lg->team_begin[g];
        largest = n > largest ? n : largest;
    }
    lg->best_at = pulang_alloc((size_t)largest * ((size_t)p->n_places + 1), sizeof *lg->best_at);
    return lg->best_at ? 0 : -1;
}

pulang_status lagrange_init(lagrange *lg, const pulang_problem *problem, pulang_limits *limits,
                            pulang_solution *solution) {
    *lg = (lagrange){.limits = limits, .solution = solution};
    if (extend(lg, problem) != PULANG_OK || !allocate(lg) || make_tree(lg))
        return PULANG_ERROR_MEMORY;
    for (int t = 0; t < problem->n_totals; t++)
        measure_total(lg, t);
    measure_levels(lg);
    if (lagrange_make_parts(lg) != PULANG_OK || make_teams(lg))
        return PULANG_ERROR_MEMORY;
    for (int k = 0; k < problem->n_classes; k++) {
        lg->n_supplied += problem->supply[k];
        lg->begin[k] = problem->arc_begin[k];
        lg->end[k] = problem->arc_begin[k + 1];
        lg->may_stay_out[k] = !problem->bound[k];
    }
    for (int a = 0; a < problem->n_arcs; a++)
        lg->list[a] = a;
    return PULANG_OK;
}

void lagrange_face_free(lagrange_face *face) {
    pulang_free(face->end);
    pulang_free(face->list);
    pulang_free(face->may_stay_out);
    pulang_free(face->lower);
    pulang_free(face->upper);
    *face = (lagrange_face){0};
}

pulang_status lagrange_face_save(const lagrange *lg, lagrange_face *face, pulang_error *error) {
    size_t classes = (size_t)lg->problem->n_classes, totals = (size_t)lg->problem->n_totals;
    size_t arcs = (size_t)lg->problem->n_arcs;
    face->n_totals = lg->problem->n_totals;
    face->end = pulang_alloc(classes, sizeof *face->end);
    face->list = pulang_alloc(arcs, sizeof *face->list);
    face->may_stay_out = pulang_alloc(classes, sizeof *face->may_stay_out);
    face->lower = pulang_alloc(totals, sizeof *face->lower);
    face->upper = pulang_alloc(totals, sizeof *face->upper);
    if (!face->end || !face->list || !face->may_stay_out || !face->lower || !face->upper) {
        lagrange_face_free(face);
        return pulang_fail_memory(error);
    }
    memcpy(face->end, lg->end, classes * sizeof *face->end);
    memcpy(face->list, lg->list, arcs * sizeof *face->list);
    memcpy(face->may_stay_out, lg->may_stay_out, classes * sizeof *face->may_stay_out);
    memcpy(face->lower, lg->lower, totals * sizeof *face->lower);
    memcpy(face->upper, lg->upper, totals * sizeof *face->upper);
    return PULANG_OK;
}

void lagrange_face_restore(lagrange *lg, lagrange_face *face) {
    size_t classes = (size_t)lg->problem->n_classes, totals = (size_t)face->n_totals;
    for (int t = face->n_totals; t < lg->problem->n_totals; t++)
        set_bounds(lg, t);
    if (face->end && face->list && face->may_stay_out && face->lower && face->upper) {
        memcpy(lg->end, face->end, classes * sizeof *face->end);
        memcpy(lg->list, face->list, (size_t)lg->problem->n_arcs * sizeof *face->list);
        memcpy(lg->may_stay_out, face->may_stay_out, classes * sizeof *face->may_stay_out);
        memcpy(lg->lower, face->lower, totals * sizeof *face->lower);
        memcpy(lg->upper, face->upper, totals * sizeof *face->upper);
    }
    lagrange_face_free(face);
}
