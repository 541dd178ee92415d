#include "solver/lagrange_moves.h"

#include "model/alloc.h"

#include <math.h>
#include <string.h>

/* Trials between two looks at the clock. */
enum { LOOK_AFTER = 1024 };
/* A round of annealing, and where it ends as part of where it begins. */
static const int64_t ROUND_TRIALS = 6000000;
static const double COLDEST = 0.01;
/* What crosses costs so much of its price at first, or of the firm price; the firm one from a part of a round
   on. */
static const double SOFTEST = 1.2, LEAST_SOFT = 0.001, FIRM_FROM = 0.8, FIRM_EDGE = 0.02;

bool search_is_over(lagrange_search *s) {
    if (!s->stopped && s->trials >= s->next_look) {
        s->next_look = s->trials + LOOK_AFTER;
        s->stopped = pulang_clock() >= s->deadline || lagrange_is_stopped(s->lg);
    }
    return s->stopped || s->trials >= s->most;
}

/* ---- prices of what is broken ---- */

static bool feasible(const lagrange_search *s) {
    for (int t = 0; t < s->problem->n_totals; t++)
        if (search_missing(s->lg, t, s->steps[t]) > 0)
            return false;
    if (search_any_apart(s))
        return false;
    for (int l = 0; l < s->n_levels - 1; l++)
        if (s->lg->weigh[l] == 0 && s->cost[l] > (double)s->lg->value[l] + 0.5)
            return false;
    return true;
}

static void keep(lagrange_search *s) {
    double cost = 0;
    for (int l = 0; l < s->n_levels; l++)
        cost += search_weight(s, l) * s->cost[l];
    if (s->found && cost >= s->best_cost)
        return;
    s->found = true;
    s->best_cost = cost;
    memcpy(s->best_arc, s->arc, (size_t)s->n_members * sizeof *s->arc);
}

/* What is broken becomes dearer, the rest cheaper. */
static void reprice(lagrange_search *s, double dearer, double cheaper) {
    for (int t = 0; t < s->problem->n_totals; t++) {
        bool is_broken = search_missing(s->lg, t, s->steps[t]) > 0;
        s->price[t] *= is_broken ? dearer : cheaper;
        for (int i = 0; is_broken && i < s->problem->totals[t].n_posts; i++)
            search_freshen(s, s->problem->totals[t].posts[i]);
        search_renew_excess(s, t);
    }
    s->team_price *= search_any_apart(s) ? dearer : cheaper;
    for (int l = 0; l < s->n_levels - 1; l++)
        s->hold_price[l] *= s->cost[l] > (double)s->lg->value[l] + 0.5 ? dearer : cheaper;
}

/* ---- annealing ---- */

static double dual_price(const lagrange_search *s, int t) {
    return fabs((double)s->lg->goal.price[t]) / (double)s->lg->goal.scale;
}

static double firm_price(const lagrange_search *s, int t) {
    return fmax(s->firm / fmax(1, s->lg->size[t]), 2 * dual_price(s, t));
}

/* What crosses may be broken at first, for little more than its price, and less and less (strategic
   oscillation); nothing else. part: of a round that is over. */
static void set_firmness(lagrange_search *s, double part) {
    for (int t = 0; t < s->problem->n_totals; t++) {
        double firm = firm_price(s, t), soft = fmax(SOFTEST * dual_price(s, t), LEAST_SOFT * firm);
        bool may_break = s->lg->crosses[t] && part < FIRM_FROM && soft < firm;
        s->price[t] = may_break ? soft * pow(firm / soft, part) : firm;
        search_renew_excess(s, t);
    }
}

/* Teams and levels held are not to be broken at all. */
static void set_firm(lagrange_search *s) {
    s->edge = FIRM_EDGE;
    s->team_price = fmax(s->team_price, s->firm);
    for (int l = 0; l < s->n_levels; l++)
        s->hold_price[l] = fmax(s->hold_price[l], s->firm);
    set_firmness(s, 1);
}

/* What the plan loses to the prices, by members who are not where they cost least. */
static double mean_loss(const lagrange_search *s) {
    double sum = 0;
    int n = 1;
    for (int m = 0; m < s->n_members; m++)
        if (search_is_alone(s, m) && s->above[m] > SEARCH_EPSILON) {
            sum += s->above[m];
            n++;
        }
    for (int t = 0; t < s->problem->n_totals; t++)
        sum += s->excess[t];
    return sum / n;
}

/* Mostly somebody who loses, or whose post does. */
static int draw_member(lagrange_search *s) {
    int m = 0;
    for (int i = 0; i < 100; i++) {
        m = (int)search_draw(s, (uint32_t)s->n_members);
        int post = search_post_of(s, s->arc[m]);
        if (search_is_alone(s, m) &&
            (s->above[m] > SEARCH_EPSILON || (post != PULANG_NONE && s->excess[post] > SEARCH_EPSILON) ||
             search_draw(s, 50) == 0))
            break;
    }
    return m;
}

static void find_dearest(lagrange_search *s) {
    s->dearest = 0;
    for (int j = 0; j < s->problem->n_posts; j++)
        s->dearest = fmax(s->dearest, s->excess[j]);
}

/* Chains that raise the cost are made too, the colder the less (threshold by Metropolis). */
static void cool(lagrange_search *s, double hot) {
    int64_t begin = s->trials, end = begin + ROUND_TRIALS < s->most ? begin + ROUND_TRIALS : s->most;
    while (s->trials < end && !search_is_over(s)) {
        double part = (double)(s->trials - begin) / (double)(end - begin);
        double heat = hot * pow(COLDEST, part);
        set_firmness(s, part);
        for (int i = 0; i < 50; i++) {
            find_dearest(s);
            double u = ((double)search_draw(s, UINT32_C(1) << 30) + 0.5) / (double)(UINT32_C(1) << 30);
            search_try_chain(s, draw_member(s), -heat * log(u) + SEARCH_EPSILON);
            s->trials++;
        }
    }
    set_firmness(s, 1);
}

static void freshen_all(lagrange_search *s) {
    for (int j = 0; j < s->problem->n_posts; j++)
        search_freshen(s, j);
}

static void anneal(lagrange_search *s) {
    set_firm(s);
    for (double loss = mean_loss(s); loss > SEARCH_EPSILON && !search_is_over(s); loss = mean_loss(s)) {
        cool(s, loss);
        freshen_all(s);
        search_descend(s, true);
        if (!feasible(s)) {
            reprice(s, 4, 1);
            search_descend(s, true);
        }
        if (feasible(s))
            keep(s);
    }
}

/* ---- run ---- */

/* Rounds of mending, of teams and of all; there may be nothing to try in one. */
enum { TEAM_ROUNDS = 16, MOST_ROUNDS = 400 };

/* Brings those together who are to be, at a rising price. */
static void join_teams(lagrange_search *s) {
    for (int round = 0; round < TEAM_ROUNDS && search_any_apart(s) && !search_is_over(s); round++)
        if (!search_improve_teams(s))
            s->team_price *= 4;
}

/* Until the plan meets every rule: by the cheapest exchanges if they will do, or else by any that pay while
   what is broken becomes dearer. */
static void mend(lagrange_search *s, bool thorough) {
    if (!feasible(s)) {
        join_teams(s);
        search_repair(s, thorough ? SEARCH_EXCHANGED : SEARCH_EXCHANGED - 1);
    }
    if (feasible(s))
        keep(s);
    search_set_prices(s);
    for (int t = 0; t < s->problem->n_totals; t++)
        search_renew_excess(s, t);
    freshen_all(s);
    for (int round = 0; round < MOST_ROUNDS && !s->found && !search_is_over(s); round++) {
        search_descend(s, true);
        if (feasible(s))
            keep(s);
        else
            reprice(s, 1.25, 0.95);
    }
}

bool lagrange_search_run(lagrange_search *s, const int *start, bool thorough, int64_t trials, double deadline,
                         int *best) {
    s->deadline = deadline;
    s->trials = s->next_look = 0;
    s->stopped = false;
    s->most = trials;
    s->found = false;
    search_set_start(s, start);
    mend(s, thorough);
    if (!s->found)
        return false;
    anneal(s);
    memset(best, 0, (size_t)s->problem->n_arcs * sizeof *best);
    for (int m = 0; m < s->n_members; m++)
        if (s->best_arc[m] != PULANG_NONE)
            best[s->best_arc[m]]++;
    return true;
}
