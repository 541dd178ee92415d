/*
 * What the parts of the local search share: the plan in hand member by member, and what changes come to.
 *
 * What a plan costs beyond the bound of the prices is where its parts are not at their least: *above* of
 * members, whose arc has a cheaper one at the prices, and *excess* of totals, whose value has.
 */
#ifndef PULANG_SOLVER_LAGRANGE_MOVES_H
#define PULANG_SOLVER_LAGRANGE_MOVES_H

#include "solver/lagrange_search.h"

enum { SEARCH_CHANGES = 10, SEARCH_TOUCHED = 256, SEARCH_LEVELS = 32, SEARCH_EXCHANGED = 4 };
/* What counts as a gain. */
#define SEARCH_EPSILON 1e-6

/* A member leaves an arc for another; PULANG_NONE: unplaced. */
typedef struct search_change {
    int member, to;
} search_change;

/* The cheapest way found to have one member more in a post. */
typedef struct search_label {
    double cost;
    int member, to;    /* who comes in, and by which arc */
    int before, depth; /* from which post, and how many move */
    int round;         /* of the chain for which it holds */
    bool done;
} search_label;

struct lagrange_search {
    const lagrange *lg;
    const pulang_problem *problem;
    uint64_t random;
    int n_members, n_levels;          /* levels: up to the one in hand */
    int *class_of;                    /* [n_members] */
    int *first_member;                /* [n_classes] */
    int *arc;                         /* [n_members] PULANG_NONE: unplaced */
    int *head, *next, *prev;          /* members in a post: head [n_posts], the others [n_members] */
    int *group_begin, *group;         /* uniform totals of a post beyond its own */
    int *candidate_begin, *candidate; /* [n_classes + 1] the near arcs, cheapest first */
    double *rank;                     /* [candidates] reduced cost above the first of the class */
    double *least;                    /* [n_classes] reduced cost of the first */
    int64_t *steps;                   /* [n_totals] */
    double *price;                    /* [n_totals] of a step beyond a bound */
    int *table_begin;                 /* [n_totals] into table; PULANG_NONE: none */
    double *table;                    /* weighted cost of a total at n = 0, 1, ..., upper + 1 */
    double *cost;                     /* [n_levels] now */
    double *hold_price;               /* [n_levels] of a unit above the value held */
    double team_price;
    double edge; /* what is broken counts at least as this part of a member: a budget by a rupiah too */
    double firm; /* a price of what is broken that few gains outweigh */
    bool *apart; /* [n_teams] */
    /* the totals touched by the changes in hand */
    int n_touched;
    int touched[SEARCH_TOUCHED];
    int64_t by[SEARCH_TOUCHED];
    int *slot; /* [n_totals] where a total is among touched, -1: it is not */
    /* what could at most be gained */
    double *excess; /* [n_totals] with what is broken */
    double *lowest; /* [n_totals] cost less price where that is least */
    double *above;  /* [n_members] */
    /* descent */
    int n_fresh, first_fresh;               /* a ring of posts in which something has changed */
    int *fresh;                             /* [n_posts] */
    bool *is_fresh;                         /* [n_posts] */
    int *comer_begin, *comer, *comer_class; /* [n_posts + 1] candidates into a post, and of which class */
    /* chains */
    search_label *label; /* [n_posts] */
    int *open;           /* [n_posts] posts with a label that is not done */
    int n_open, round;
    double dearest; /* largest excess of a post */
    /* repair */
    int *back, *back_of; /* [n_classes] the candidate into a post, and for which post that holds */
    /* limits, and the best plan */
    int64_t trials, most, next_look; /* at the clock */
    bool stopped;
    double deadline;
    bool found;
    double best_cost;
    int *best_arc; /* [n_members] */
};

/* lagrange_moves.c */
uint32_t search_draw(lagrange_search *search, uint32_t n);
int search_post_of(const lagrange_search *search, int arc);
int search_place_of(const lagrange_search *search, int arc);
/* Whether the member is in no team. */
bool search_is_alone(const lagrange_search *search, int member);
/* The arc of a class into a post, PULANG_NONE: none. */
int search_find_arc(const lagrange_search *search, int class, int post);
/* Notes what somebody on the arc adds to totals (sign 1) or takes from them (-1). */
void search_touch(lagrange_search *search, int total, int64_t by);
void search_touch_arc(lagrange_search *search, int arc, int sign);
void search_touch_none(lagrange_search *search);
/* Steps by which a total breaks its bounds. */
int64_t search_missing(const lagrange *lg, int total, int64_t n);
double search_level_cost(const lagrange_search *search, int level, int total, int64_t n);
double search_arc_cost(const lagrange_search *search, int level, int arc);
double search_weight(const lagrange_search *search, int level);
/* Whether the team is apart, with the arcs that the changes give its members. */
bool search_is_apart(const lagrange_search *search, int team, const search_change *changes, int n);
double search_reduced_of(const lagrange_search *search, int arc);
double search_excess_at(const lagrange_search *search, int total, int64_t n);
void search_renew_excess(lagrange_search *search, int total);
/* The excess of all totals that count the arc; of the levels held and of a member's team. */
double search_excess_of(const lagrange_search *search, int arc);
double search_excess_beside(const lagrange_search *search, int member);
void search_enter(lagrange_search *search, int member, int post);
void search_freshen(lagrange_search *search, int post);
/* By how much the changes raise what the plan costs, what is broken included. by_level: [n_levels], filled.
 */
double search_rise(lagrange_search *search, const search_change *changes, int n, double *by_level);
/* Makes the changes that search_rise has just valued. */
void search_make(lagrange_search *search, const search_change *changes, int n, const double *by_level);
/* Makes the changes if they raise the cost by less than the limit. */
bool search_try_changes(lagrange_search *search, const search_change *changes, int n, double limit);

/* lagrange_tables.c */
/* The prices of what is broken, as they are at first. */
void search_set_prices(lagrange_search *search);
void search_set_start(lagrange_search *search, const int *flow);

/* lagrange_descent.c: until no post is left in which something has changed. teams: also those together. */
void search_descend(lagrange_search *search, bool teams);

bool search_any_apart(const lagrange_search *search);
/* Teams go elsewhere together, each once; whether that paid for any. */
bool search_improve_teams(lagrange_search *search);

/* lagrange_repair.c: exchanges of so many alone, until nothing that crosses is broken or none is found. */
void search_repair(lagrange_search *search, int exchanged);

/* lagrange_chain.c */
/* The member leaves his post, pushes another on, and so on, the cheapest way; if that raises the cost by no
   more than the limit. */
bool search_try_chain(lagrange_search *search, int member, double limit);

/* lagrange_search.c */
bool search_is_over(lagrange_search *search);

#endif
