/*
 * The bound that prices prove, and the choices that it leaves: the arithmetic of model/bound.h on classes
 * and arcs.
 */
#include "solver/lagrange_state.h"

#include <string.h>

int64_t lagrange_arc_cost(const lagrange *lg, int arc) {
    const pulang_problem *p = lg->problem;
    const int64_t *own = p->levels[lg->goal.level].arc_cost;
    int64_t cost = own ? lg->goal.scale * own[arc] : 0;
    for (int l = 0; l < lg->goal.level; l++)
        if (lg->goal.held[l] != 0 && p->levels[l].arc_cost)
            cost += lg->goal.held[l] * p->levels[l].arc_cost[arc];
    return cost;
}

int64_t lagrange_reduced(const lagrange *lg, int arc) {
    int64_t cost = lagrange_arc_cost(lg, arc) + lg->gate[lg->problem->arc_post[arc]];
    for (size_t i = lg->part_begin[arc]; i < lg->part_begin[arc + 1]; i++)
        cost += lg->goal.price[lg->parts[i].total] * lg->parts[i].steps;
    return cost;
}

int64_t lagrange_out_cost(const lagrange *lg) {
    const pulang_problem *p = lg->problem;
    int64_t cost = p->levels[lg->goal.level].unplaced ? lg->goal.scale : 0;
    for (int l = 0; l < lg->goal.level; l++)
        cost += p->levels[l].unplaced ? lg->goal.held[l] : 0;
    return cost;
}

int64_t lagrange_total_cost(const lagrange *lg, int t, int64_t n) {
    const pulang_problem *p = lg->problem;
    const pulang_total *total = &p->totals[t];
    int64_t cost = 0;
    if (total->n_pieces == 0)
        return 0;
    for (int l = 0; l <= lg->goal.level; l++) {
        int64_t factor = l == lg->goal.level ? lg->goal.scale : lg->goal.held[l];
        if (factor != 0 && !p->levels[l].largest)
            cost += factor * pulang_total_cost(p, total, l, n * lg->unit[t]);
    }
    return cost;
}

static lagrange_wide total_value(const lagrange *lg, int t, int64_t n) {
    return (lagrange_wide)lagrange_total_cost(lg, t, n) - (lagrange_wide)lg->goal.price[t] * n;
}

/* Takes n, if it is within the bounds, as the least or one of the least. */
static void try_point(const lagrange *lg, int t, int64_t n, lagrange_range *least) {
    if (n < lg->lower[t] || n > lg->upper[t] || (n > 0 && n < lg->open[t]))
        return;
    lagrange_wide value = total_value(lg, t, n);
    if (least->first > least->last || value < least->value) {
        *least = (lagrange_range){n, n, value};
    } else if (value == least->value) {
        least->first = n < least->first ? n : least->first;
        least->last = n > least->last ? n : least->last;
    }
}

lagrange_range lagrange_total_least(const lagrange *lg, int t) {
    const pulang_total *total = &lg->problem->totals[t];
    int64_t unit = lg->unit[t];
    lagrange_range least = {1, 0, 0};
    try_point(lg, t, lg->lower[t], &least);
    try_point(lg, t, lg->upper[t], &least);
    try_point(lg, t, lg->open[t], &least);
    for (int i = 0; i < total->n_pieces; i++) {
        const pulang_piece *piece = &total->pieces[i];
        try_point(lg, t, pulang_steps_down(piece->from, unit), &least);
        try_point(lg, t, pulang_steps_up(piece->from, unit), &least);
        try_point(lg, t, pulang_steps_down(piece->to, unit), &least);
        try_point(lg, t, pulang_steps_up(piece->to, unit), &least);
    }
    return least;
}

/* ---- classes and teams ---- */

void lagrange_gates(lagrange *lg) {
    const pulang_problem *p = lg->problem;
    memcpy(lg->gate, lg->toll, (size_t)p->n_posts * sizeof *lg->gate);
    for (int t = 0; t < p->n_totals; t++) {
        const pulang_total *total = &p->totals[t];
        if (!total->uniform || lg->goal.price[t] == 0)
            continue;
        for (int i = 0; i < total->n_posts; i++)
            lg->gate[total->posts[i]] += lg->goal.price[t];
    }
}

static int64_t least_of_class(const lagrange *lg, int k) {
    int64_t least = lg->may_stay_out[k] ? lagrange_out_cost(lg) : INT64_MAX;
    for (int i = lg->begin[k]; i < lg->end[k]; i++) {
        int64_t cost = lagrange_reduced(lg, lg->list[i]);
        least = cost < least ? cost : least;
    }
    return least;
}

static int64_t *place_row(const lagrange *lg, int i) {
    return lg->best_at + (size_t)i * ((size_t)lg->problem->n_places + 1);
}

static int64_t add(int64_t a, int64_t b) {
    return a == INT64_MAX || b == INT64_MAX ? INT64_MAX : a + b;
}

/* The least of each member at each place, and unplaced in the last column. */
static void fill_places(lagrange *lg, int team) {
    int first = lg->team_begin[team], n = lg->team_begin[team + 1] - first, out = lg->problem->n_places;
    for (int i = 0; i < n; i++) {
        int k = lg->member[first + i];
        int64_t *row = place_row(lg, i);
        for (int place = 0; place < out; place++)
            row[place] = INT64_MAX;
        row[out] = lg->may_stay_out[k] ? lagrange_out_cost(lg) : INT64_MAX;
        for (int a = lg->begin[k]; a < lg->end[k]; a++) {
            int64_t cost = lagrange_reduced(lg, lg->list[a]);
            int64_t *best = &row[lagrange_place_of(lg, lg->list[a])];
            *best = cost < *best ? cost : *best;
        }
    }
}

int lagrange_team_place(lagrange *lg, int team) {
    int n = lg->team_begin[team + 1] - lg->team_begin[team], best = PULANG_NONE;
    int64_t least = INT64_MAX;
    fill_places(lg, team);
    for (int place = 0; place < lg->problem->n_places; place++) {
        int64_t sum = 0;
        for (int i = 0; i < n; i++)
            sum = add(sum, place_row(lg, i)[place]);
        if (sum < least) {
            least = sum;
            best = place;
        }
    }
    return best;
}

/* The least of a member of the team near a place (n_places: unplaced, which is near to itself alone). */
static int64_t least_near(const lagrange *lg, int i, int place) {
    const pulang_problem *p = lg->problem;
    const int64_t *row = place_row(lg, i);
    if (place == p->n_places || p->near == 0)
        return row[place];
    int64_t least = INT64_MAX;
    for (int other = 0; other < p->n_places; other++)
        if (row[other] < least && pulang_problem_near(p, place, other))
            least = row[other];
    return least;
}

/* The least of the team with its first member at the place; those after the first are each near to him,
   which for more than two is a relaxation. */
static int64_t least_around(const lagrange *lg, int team, int place) {
    int n = lg->team_begin[team + 1] - lg->team_begin[team];
    int64_t sum = place_row(lg, 0)[place];
    for (int i = 1; i < n && sum != INT64_MAX; i++)
        sum = add(sum, least_near(lg, i, place));
    return sum;
}

static int64_t least_of_team(lagrange *lg, int team) {
    fill_places(lg, team);
    int64_t least = INT64_MAX;
    for (int place = 0; place <= lg->problem->n_places; place++) {
        int64_t cost = least_around(lg, team, place);
        least = cost < least ? cost : least;
    }
    return least;
}

/* ---- bound ---- */

bool lagrange_bound(lagrange *lg, int64_t *bound) {
    const pulang_problem *p = lg->problem;
    lagrange_wide sum = 0;
    lagrange_gates(lg);
    for (int k = 0; k < p->n_classes; k++) {
        if (lg->team_of[k] != PULANG_NONE)
            continue;
        int64_t least = least_of_class(lg, k);
        if (least == INT64_MAX)
            return false;
        lg->least[k] = least;
        sum += (lagrange_wide)least * p->supply[k];
    }
    for (int g = 0; g < lg->n_teams; g++) {
        int64_t least = least_of_team(lg, g);
        if (least == INT64_MAX)
            return false;
        lg->least[lg->member[lg->team_begin[g]]] = least;
        sum += least;
    }
    for (int t = 0; t < p->n_totals; t++) {
        lagrange_range least = lagrange_total_least(lg, t);
        if (least.first > least.last)
            return false;
        sum += least.value;
    }
    for (int l = 0; l < lg->goal.level; l++)
        sum -= (lagrange_wide)lg->goal.held[l] * lg->value[l];
    *bound = sum > INT64_MAX ? INT64_MAX : sum < INT64_MIN ? INT64_MIN : (int64_t)sum;
    return true;
}

/* ---- narrowing ---- */

static void narrow_class(lagrange *lg, int k, int64_t slack) {
    int kept = lg->begin[k];
    for (int i = lg->begin[k]; i < lg->end[k]; i++)
        if (lagrange_reduced(lg, lg->list[i]) - lg->least[k] <= slack)
            lg->list[kept++] = lg->list[i];
    lg->end[k] = kept;
    lg->may_stay_out[k] = lg->may_stay_out[k] && lagrange_out_cost(lg) - lg->least[k] <= slack;
}

/* The least of the team with member i at the place. */
static int64_t least_with(const lagrange *lg, int team, int i, int place) {
    const pulang_problem *p = lg->problem;
    int n = lg->team_begin[team + 1] - lg->team_begin[team];
    int64_t least = INT64_MAX;
    if (i == 0 || place == p->n_places || p->near == 0)
        return least_around(lg, team, place);
    for (int centre = 0; centre < p->n_places; centre++) {
        if (!pulang_problem_near(p, centre, place))
            continue;
        int64_t sum = add(place_row(lg, 0)[centre], place_row(lg, i)[place]);
        for (int j = 1; j < n; j++)
            if (j != i)
                sum = add(sum, least_near(lg, j, centre));
        least = sum < least ? sum : least;
    }
    return least;
}

static void narrow_team(lagrange *lg, int team, int64_t slack) {
    int first = lg->team_begin[team], n = lg->team_begin[team + 1] - first, out = lg->problem->n_places;
    fill_places(lg, team);
    int64_t limit = add(lg->least[lg->member[first]], slack);
    for (int i = 0; i < n; i++) {
        int k = lg->member[first + i], kept = lg->begin[k];
        int64_t with = 0;
        for (int a = lg->begin[k], place = PULANG_NONE; a < lg->end[k]; a++) {
            int arc = lg->list[a];
            if (place != lagrange_place_of(lg, arc))
                with = least_with(lg, team, i, place = lagrange_place_of(lg, arc));
            if (with != INT64_MAX && with - place_row(lg, i)[place] + lagrange_reduced(lg, arc) <= limit)
                lg->list[kept++] = arc;
        }
        lg->end[k] = kept;
        lg->may_stay_out[k] = lg->may_stay_out[k] && least_with(lg, team, i, out) <= limit;
    }
}

/* The end of the values within the limit, from a value that is to one that need not be. */
static int64_t last_within(const lagrange *lg, int t, int64_t inside, int64_t outside, lagrange_wide limit) {
    if (total_value(lg, t, outside) <= limit)
        return outside;
    while (inside - outside > 1 || outside - inside > 1) {
        int64_t middle = inside + (outside - inside) / 2;
        if (total_value(lg, t, middle) <= limit)
            inside = middle;
        else
            outside = middle;
    }
    return inside;
}

/* A total that may be empty is left as it is: its values are no interval. */
static void narrow_total(lagrange *lg, int t, int64_t slack) {
    if (lg->open[t] > 0)
        return;
    lagrange_range least = lagrange_total_least(lg, t);
    lagrange_wide limit = least.value + slack;
    int64_t lower = last_within(lg, t, least.first, lg->lower[t], limit);
    lg->upper[t] = last_within(lg, t, least.last, lg->upper[t], limit);
    lg->lower[t] = lower;
}

void lagrange_narrow(lagrange *lg, int64_t slack) {
    const pulang_problem *p = lg->problem;
    for (int k = 0; k < p->n_classes; k++)
        if (lg->team_of[k] == PULANG_NONE)
            narrow_class(lg, k, slack);
    for (int g = 0; g < lg->n_teams; g++)
        narrow_team(lg, g, slack);
    for (int t = 0; t < p->n_totals; t++)
        narrow_total(lg, t, slack);
}

void lagrange_share(lagrange *lg, int64_t *share) {
    for (int g = 0; g < lg->n_teams; g++) {
        int first = lg->team_begin[g], n = lg->team_begin[g + 1] - first;
        fill_places(lg, g);
        for (int i = 0; i < n; i++) {
            int k = lg->member[first + i];
            for (int a = lg->begin[k]; a < lg->end[k]; a++) {
                int place = lagrange_place_of(lg, lg->list[a]);
                int64_t sum = lg->problem->near == 0 ? least_around(lg, g, place) : INT64_MAX;
                /* the rest of the division is the first member's, so that all shares add up to 0 */
                int64_t mean = sum == INT64_MAX ? place_row(lg, i)[place] : sum / n + (i == 0 ? sum % n : 0);
                share[lg->list[a]] = mean - place_row(lg, i)[place];
            }
        }
    }
}
