#include "solver/lagrange_moves.h"

#include "model/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <math.h>
#include <string.h>

/* A round of annealing, and where it ends as part of where it begins. */
static const int64_t ROUND_TRIALS = 6000000;
static const double COLDEST = 0.01;

bool search_is_over(const lagrange_search *s) {
    return s->trials >= s->most || (s->trials % 64 == 0 && pulang_clock() >= s->deadline);
}

/* ---- prices of what is broken ---- */

static bool feasible(const lagrange_search *s) {
    for (int t = 0; t < s->problem->n_totals; t++)
        if (search_missing(s->lg, t, s->steps[t]) > 0)
            return false;
    for (int g = 0; g < s->lg->n_teams; g++)
        if (s->apart[g])
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
    int apart = 0;
    for (int g = 0; g < s->lg->n_teams; g++)
        apart += s->apart[g];
    s->team_price *= apart > 0 ? dearer : cheaper;
    for (int l = 0; l < s->n_levels - 1; l++)
        s->hold_price[l] *= s->cost[l] > (double)s->lg->value[l] + 0.5 ? dearer : cheaper;
}

/* ---- annealing ---- */

/* From now on what is broken is not to be. */
static void set_firm(lagrange_search *s) {
    const lagrange *lg = s->lg;
    for (int t = 0; t < s->problem->n_totals; t++) {
        double price = fabs((double)lg->goal.price[t]) / (double)lg->goal.scale;
        s->price[t] = fmax(s->firm / fmax(1, lg->size[t]), 2 * price);
        search_renew_excess(s, t);
    }
    s->team_price = fmax(s->team_price, s->firm);
    for (int l = 0; l < s->n_levels; l++)
        s->hold_price[l] = fmax(s->hold_price[l], s->firm);
}

static bool is_alone(const lagrange_search *s, int m) {
    return s->lg->team_of[s->class_of[m]] == PULANG_NONE;
}

/* What the plan loses to the prices, by members who are not where they cost least. */
static double mean_loss(const lagrange_search *s) {
    double sum = 0;
    int n = 1;
    for (int m = 0; m < s->n_members; m++)
        if (is_alone(s, m) && s->above[m] > SEARCH_EPSILON) {
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
        if (is_alone(s, m) && (s->above[m] > SEARCH_EPSILON ||
                               (post != PULANG_NONE && s->excess[post] > SEARCH_EPSILON) ||
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
    int64_t begin = s->trials;
    while (s->trials < s->most && s->trials - begin < ROUND_TRIALS && pulang_clock() < s->deadline) {
        double heat = hot * pow(COLDEST, (double)(s->trials - begin) / (double)ROUND_TRIALS);
        for (int i = 0; i < 50; i++) {
            find_dearest(s);
            double u = ((double)search_draw(s, UINT32_C(1) << 30) + 0.5) / (double)(UINT32_C(1) << 30);
            search_try_chain(s, draw_member(s), -heat * log(u) + SEARCH_EPSILON);
            s->trials++;
        }
    }
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
        if (getenv("LGD") && !feasible(s)) {
            for (int t = 0; t < s->problem->n_totals; t++)
                if (search_missing(s->lg, t, s->steps[t]) > 0)
                    fprintf(stderr, "  broken %s%s %lld in %lld..%lld price %.3g\n", t < s->problem->n_posts ? s->problem->post_names[t] : s->problem->totals[t].name, s->problem->totals[t].key, (long long)s->steps[t], (long long)s->lg->lower[t], (long long)s->lg->upper[t], s->price[t]);
            for (int l = 0; l < s->n_levels - 1; l++)
                if (s->lg->weigh[l] == 0)
                    fprintf(stderr, "  level %d %.1f value %lld price %.3g dual %.3g\n", l, s->cost[l], (long long)s->lg->value[l], s->hold_price[l], (double)s->lg->goal.held[l] / (double)s->lg->goal.scale);
        }
        if (getenv("LGD"))
            fprintf(stderr, "annealed from %.1f: %.0f best %.0f feasible %d trials %lld %.2f s\n", loss, s->cost[s->n_levels-1], s->best_cost, feasible(s), (long long)s->trials, s->deadline - pulang_clock());
    }
}

/* ---- run ---- */

/* Rounds of mending; there may be nothing to try in one. */
enum { MOST_ROUNDS = 400 };

/* Until the plan meets every rule. */
static void mend(lagrange_search *s) {
    if (feasible(s))
        keep(s);
    freshen_all(s);
    for (int round = 0; round < MOST_ROUNDS && !s->found && !search_is_over(s); round++) {
        search_descend(s, true);
        if (feasible(s))
            keep(s);
        else
            reprice(s, 1.25, 0.95);
        if (getenv("LGD")) {
            int nv = 0, na = 0;
            for (int t = 0; t < s->problem->n_totals; t++)
                nv += search_missing(s->lg, t, s->steps[t]) > 0;
            for (int g = 0; g < s->lg->n_teams; g++)
                na += s->apart[g];
            fprintf(stderr, "mend %.0f broken %d apart %d trials %lld best %.0f %.2f s\n",
                    s->cost[s->n_levels - 1], nv, na, (long long)s->trials, s->found ? s->best_cost : -1,
                    s->deadline - pulang_clock());
        }
    }
}

bool lagrange_search_run(lagrange_search *s, const int *start, int64_t trials, double deadline, int *best) {
    s->deadline = deadline;
    s->trials = 0;
    s->most = trials;
    s->found = false;
    search_set_start(s, start);
    mend(s);
    if (!s->found)
        return false;
    anneal(s);
    memset(best, 0, (size_t)s->problem->n_arcs * sizeof *best);
    for (int m = 0; m < s->n_members; m++)
        if (s->best_arc[m] != PULANG_NONE)
            best[s->best_arc[m]]++;
    return true;
}
