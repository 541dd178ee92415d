/*
 * Descent: single members shift, trade posts or push one another on, teams go to another place together, as
 * long as that pays. What could at most be gained leaves out most of it.
 */
#include "solver/lagrange_moves.h"

#include <math.h>

/* One there makes room: he takes the old post, or moves on. gain: what the others may give at most. */
static bool try_other(lagrange_search *s, search_change *changes, int other, double gain) {
    int m = changes[0].member, k = s->class_of[other], old = search_post_of(s, s->arc[m]);
    int post = search_post_of(s, changes[0].to);
    int back = old == PULANG_NONE ? PULANG_NONE : search_find_arc(s, k, old);
    gain += s->above[other] + search_excess_of(s, s->arc[other]);
    changes[1].member = other;
    if (k == s->class_of[m])
        return false;
    if (back != PULANG_NONE || s->lg->may_stay_out[k]) {
        changes[1].to = back;
        if (search_reduced_of(s, back) - s->least[k] < gain + search_excess_of(s, back) &&
            search_try_changes(s, changes, 2, -SEARCH_EPSILON))
            return true;
    }
    int tried = 0;
    for (int i = s->candidate_begin[k]; i < s->candidate_begin[k + 1] && tried < 3; i++) {
        int on = s->candidate[i], j = search_post_of(s, on);
        if (j == post || j == old)
            continue;
        tried++;
        changes[1].to = on;
        if (s->rank[i] < gain + search_excess_of(s, on) && search_try_changes(s, changes, 2, -SEARCH_EPSILON))
            return true;
    }
    return false;
}

/* The member takes the arc: alone, or for one there. above: reduced cost of the arc above the least. */
static bool try_arc(lagrange_search *s, int m, int to, double above) {
    search_change changes[2] = {{m, to}};
    int from = s->arc[m], post = search_post_of(s, to);
    double gain = s->above[m] - above + search_excess_of(s, from) + search_excess_of(s, to) +
                  search_excess_beside(s, m);
    if (from == to)
        return false;
    if (gain > 0 && search_try_changes(s, changes, 1, -SEARCH_EPSILON))
        return true;
    if (post == PULANG_NONE)
        return false;
    for (int other = s->head[post]; other >= 0; other = s->next[other])
        if (try_other(s, changes, other, gain))
            return true;
    return false;
}

/* The best way for a member of a team into a place: free or for one there. *changes: room for 2; how many,
   0: none. */
static int best_into(lagrange_search *s, int m, int place, search_change *best) {
    int k = s->class_of[m], n = 0, old = search_post_of(s, s->arc[m]);
    double least = INFINITY, by_level[SEARCH_LEVELS];
    for (int a = s->problem->arc_begin[k]; a < s->problem->arc_begin[k + 1]; a++) {
        if (s->problem->post_place[s->problem->arc_post[a]] != place)
            continue;
        search_change changes[2] = {{m, a}};
        double cost = search_rise(s, changes, 1, by_level);
        if (cost < least) {
            least = cost;
            best[0] = changes[0];
            n = 1;
        }
        for (int other = s->head[s->problem->arc_post[a]]; other >= 0 && old >= 0; other = s->next[other]) {
            changes[1] = (search_change){other, search_find_arc(s, s->class_of[other], old)};
            if (changes[1].to == PULANG_NONE || !search_is_alone(s, other))
                continue;
            cost = search_rise(s, changes, 2, by_level);
            if (cost < least) {
                least = cost;
                best[0] = changes[0];
                best[1] = changes[1];
                n = 2;
            }
        }
    }
    return n;
}

/* All of a team go to a place, one after the other; taken back unless it pays. */
static bool try_team(lagrange_search *s, int team, int place) {
    const lagrange *lg = s->lg;
    search_change back[2 * SEARCH_CHANGES];
    int n_back = 0;
    double sum = 0, by_level[SEARCH_LEVELS];
    for (int i = lg->team_begin[team]; i < lg->team_begin[team + 1] && n_back + 2 <= 2 * SEARCH_CHANGES;
         i++) {
        int m = s->first_member[lg->member[i]];
        search_change changes[2];
        if (search_place_of(s, s->arc[m]) == place)
            continue;
        int n = best_into(s, m, place, changes);
        if (n == 0) {
            sum = INFINITY;
            break;
        }
        for (int c = 0; c < n; c++)
            back[n_back++] = (search_change){changes[c].member, s->arc[changes[c].member]};
        sum += search_rise(s, changes, n, by_level);
        search_make(s, changes, n, by_level);
    }
    if (sum < -SEARCH_EPSILON)
        return true;
    while (n_back > 0) {
        search_change one = back[--n_back];
        search_rise(s, &one, 1, by_level);
        search_make(s, &one, 1, by_level);
    }
    return false;
}

bool search_improve_teams(lagrange_search *s) {
    bool improved = false;
    for (int g = 0; g < s->lg->n_teams && !search_is_over(s); g++) {
        int k = s->lg->member[s->lg->team_begin[g]], m = s->first_member[k], last = PULANG_NONE;
        for (int i = s->candidate_begin[k]; i < s->candidate_begin[k + 1]; i++) {
            int place = search_place_of(s, s->candidate[i]);
            if (place != last && (s->apart[g] || place != search_place_of(s, s->arc[m])) &&
                try_team(s, g, place)) {
                improved = true;
                break;
            }
            last = place;
        }
    }
    return improved;
}

/* Those in the post go elsewhere, or those who may come do. True: somebody moved. */
static bool improve_post(lagrange_search *s, int post) {
    for (int m = s->head[post]; m >= 0; m = s->next[m]) {
        int k = s->class_of[m];
        for (int i = s->candidate_begin[k]; i < s->candidate_begin[k + 1]; i++)
            if (try_arc(s, m, s->candidate[i], s->rank[i]))
                return true;
        if (s->lg->may_stay_out[k] &&
            search_try_changes(s, &(search_change){m, PULANG_NONE}, 1, -SEARCH_EPSILON))
            return true;
    }
    for (int c = s->comer_begin[post]; c < s->comer_begin[post + 1]; c++) {
        int i = s->comer[c], k = s->comer_class[c];
        for (int m = s->first_member[k]; m < s->first_member[k] + s->problem->supply[k]; m++)
            if (try_arc(s, m, s->candidate[i], s->rank[i]))
                return true;
    }
    return false;
}

bool search_any_apart(const lagrange_search *s) {
    for (int g = 0; g < s->lg->n_teams; g++)
        if (s->apart[g])
            return true;
    return false;
}

/* Until no post is left in which something has changed. */
void search_descend(lagrange_search *s, bool teams) {
    do {
        while (s->n_fresh > 0 && !search_is_over(s)) {
            int post = s->fresh[s->first_fresh];
            s->first_fresh = (s->first_fresh + 1) % s->problem->n_posts;
            s->n_fresh--;
            s->is_fresh[post] = false;
            while (improve_post(s, post) && !search_is_over(s))
                continue;
        }
    } while (!search_is_over(s) && (teams || search_any_apart(s)) && search_improve_teams(s));
}
