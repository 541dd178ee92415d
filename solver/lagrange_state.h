/*
 * What the parts of the Lagrangian solver share: the problem divided into a tree and what cuts across
 * it, the choices that are left, and the prices of the level in hand.
 *
 * A price is per step of a total (its unit); prices and costs are counted in 1 / scale of the level's
 * unit. What a choice costs under the prices is its *reduced* cost.
 */
#ifndef PULANG_SOLVER_LAGRANGE_STATE_H
#define PULANG_SOLVER_LAGRANGE_STATE_H

#include "solver/breaks.h"
#include "solver/lagrange.h"
#include "solver/transport.h"

/* What one member on an arc adds to a total outside the tree. */
typedef struct lagrange_part {
    int total;
    int64_t steps;
} lagrange_part;

__extension__ typedef __int128 lagrange_wide;

/* The values of a total that cost least. */
typedef struct lagrange_range {
    int64_t first, last; /* steps */
    lagrange_wide value;
} lagrange_range;

/* The prices of a level: the objective is scale * level + sum of held * earlier level. The subproblem takes
   costs less fine, divided by coarse: what is lost by that is far below the price of a rupiah. */
typedef struct lagrange_goal {
    int level;
    int64_t scale, coarse;
    int64_t *held;  /* [n_levels] >= 0 */
    int64_t *price; /* [n_totals] per step */
} lagrange_goal;

/* Prices of the weighted sum of all levels, from which those of each begin. */
typedef struct lagrange_start {
    bool exists;
    bool settled; /* the heads of all posts were given: no price for what they cost */
    int64_t scale;
    int64_t *price; /* [n_totals] */
    int64_t *weigh; /* [n_levels] */
    bool planned;
    int *flow; /* [n_arcs] a plan that is good at all levels */
} lagrange_start;

/* Branches on the heads of sets of posts at a level (solver/lagrange_branches.h), and what the leaves are
   worth by its relaxation. */
typedef struct lagrange_branches {
    int level;
    int n_totals;   /* that there were then: cuts that come later have no prices */
    bool whole;     /* there are heads: of a good solution of the relaxation in which all are whole */
    int64_t *heads; /* [n_posts] */
    double cost;    /* of these, not below the bound */
    double bound;   /* the least of the leaves, but for rounding */
    double *root;   /* [n_totals] prices without branches, per step, in the level's units */
    double *last;   /* ... where the heads are from */
    int n_branches, n_leaves;
    pulang_branch *branches; /* [n_branches] the root first; none: the root is a leaf */
    double **price;          /* [n_leaves][n_totals] */
    double **path;           /* [n_leaves][depth] per head of each branch above it, the root first */
    int *depth;              /* [n_leaves] */
    int64_t *least; /* [n_leaves] proven of each, times scale; INT64_MAX: nobody is there. NULL: not yet */
    int n_decided;  /* branches from the root on, one side of which no plan as good is on */
    int *decided;   /* [n_decided] the total that counts the heads of each, PULANG_NONE: none */
    int left;       /* the only leaf where plans as good may be, PULANG_NONE: there may be others */
    pulang_arena *arena; /* owns all this; NULL: there are none */
} lagrange_branches;

/* Cuts (solver/lagrange_cut.h) that there is room for. */
enum { LAGRANGE_CUTS = 32 };

typedef struct lagrange {
    const pulang_problem *problem; /* extended */
    pulang_problem extended;       /* the problem with room for cuts after its totals */
    int n_own;                     /* totals but for the cuts */
    pulang_ints *cut_groups;       /* [LAGRANGE_CUTS] the totals whose maxima make the cut */
    pulang_arena *arena;           /* owns these */
    pulang_limits *limits;
    pulang_solution *solution;
    /* The tree: uniform totals whose posts are nested. The others cut across it and are priced. */
    int *up;    /* [n_totals] the tree's total above, PULANG_NONE: the root, or not in it */
    int *order; /* [n_ordered] the tree's totals, each before the one above */
    int n_ordered;
    bool *crosses; /* [n_totals] */
    int n_crossing;
    int *crossing;      /* [n_crossing] */
    int64_t *unit;      /* [n_totals] */
    size_t *part_begin; /* [n_arcs + 1] */
    lagrange_part *parts;
    double *size;    /* [n_totals] steps that a member typically adds; 0: no arc counts */
    double *most;    /* [n_totals] ... adds at most, at least 1 */
    double room;     /* what a cost of the subproblem may come to */
    double *largest; /* [n_levels] cost of a choice or step, at least 1 */
    double *sum;     /* [n_levels] what the level may come to, or more */
    /* Teams: classes of supply 1 that are placed together or not at all. */
    int64_t n_supplied; /* members of all classes */
    int n_teams;
    int *team_begin; /* [n_teams + 1] into member */
    int *member;
    int *team_of; /* [n_classes] PULANG_NONE: none */
    /* What is left: arcs of class k are list[begin[k]] .. list[end[k] - 1]. */
    int *begin, *end, *list;
    bool *may_stay_out;     /* [n_classes] */
    int64_t *lower, *upper; /* [n_totals] in steps */
    int64_t *open;          /* [n_totals] 0, or the least value but 0, while lower is 0 */
    pulang_breaks breaks;
    /* The arcs of the subproblem: near[near_begin[k]] .. near[near_begin[k + 1] - 1]. */
    int *near_begin, *near;
    int *near_other; /* to build the next in */
    /* The prices in hand. */
    lagrange_goal goal;
    int64_t *gate;  /* [n_posts] the prices of all totals that count every member of the post, and the toll */
    int64_t *toll;  /* [n_posts] of branches on heads, 0 but while they are priced */
    int64_t *least; /* [n_classes] least reduced cost; of a team at its first member */
    int64_t *best_at; /* [largest team * n_places] scratch: a member's least in a place */
    /* Levels before that must be held by a price, for their proof leaves some slack. */
    bool *hold;     /* [n_levels] */
    int64_t *value; /* [n_levels] of the levels done */
    int64_t *weigh; /* [n_levels] above 0: the level is in the objective so many times, not held */
    lagrange_start start;
    lagrange_branches branches;
    pulang_solution_tree *proof; /* what they prove; NULL: nothing yet, or it is with its step */
} lagrange;

/* lagrange_form.c */
pulang_status lagrange_init(lagrange *lg, const pulang_problem *problem, pulang_limits *limits,
                            pulang_solution *solution);
void lagrange_clear(lagrange *lg);
/* How many totals there is room for. */
size_t lagrange_room(const lagrange *lg);
/* Adds a cut, for which there must be room, as a total that crosses the tree; lagrange_make_parts after the
   last of them. */
void lagrange_add_total(lagrange *lg, const pulang_total *total);
pulang_status lagrange_make_parts(lagrange *lg);
/* Sets the goal's level, scale and coarse, for the level and what is weighted beside it. */
void lagrange_set_level(lagrange *lg, int level);
/* What a weighted level's largest cost may come to. */
double lagrange_most_weighted(const lagrange *lg);

/* How long GLPK is to look: so many nodes, or that few once it has something (0: as many), until
   pulang_clock() says so, or until the solve is over. */
typedef struct lagrange_effort {
    long nodes, few;
    double deadline;
    bool (*is_over)(void *user); /* may be NULL */
    void *user;
} lagrange_effort;

/* What is left of the choices, put aside. */
typedef struct lagrange_face {
    int n_totals; /* cuts that come later are as they are when new */
    int *end, *list;
    bool *may_stay_out;
    int64_t *lower, *upper;
} lagrange_face;
/* Nothing is put aside when it fails. */
pulang_status lagrange_face_save(const lagrange *lg, lagrange_face *face, pulang_error *error);
void lagrange_face_free(lagrange_face *face);
/* Puts it back, and frees it. */
void lagrange_face_restore(lagrange *lg, lagrange_face *face);

/* lagrange_bound.c */
/* The objective's cost of an arc alone, without prices. */
int64_t lagrange_arc_cost(const lagrange *lg, int arc);
/* ... and with the prices, as of the last lagrange_bound. */
int64_t lagrange_reduced(const lagrange *lg, int arc);
/* The place where all of a team together cost least, as of the last lagrange_bound; PULANG_NONE: there is
 * none. */
int lagrange_team_place(lagrange *lg, int team);
static inline int lagrange_place_of(const lagrange *lg, int arc) {
    return lg->problem->post_place[lg->problem->arc_post[arc]];
}
/* The objective's cost of being unplaced. */
int64_t lagrange_out_cost(const lagrange *lg);
/* The objective's cost of n steps of a total. */
int64_t lagrange_total_cost(const lagrange *lg, int total, int64_t n);
/* Where a total costs least under its price; none when its bounds cross. */
lagrange_range lagrange_total_least(const lagrange *lg, int total);
/* The bound that the prices prove, times scale. False: somebody or something has no choice left. */
bool lagrange_bound(lagrange *lg, int64_t *bound);
/* Forbids, by the prices of the last lagrange_bound, all choices that exceed the bound by more than slack. */
void lagrange_narrow(lagrange *lg, int64_t slack);

/* The prices as they weigh on posts: gate. lagrange_bound does this by itself. */
void lagrange_gates(lagrange *lg);
/* What makes the members of a team see its least in every place in equal parts: added to their arcs
   ([n_arcs]), it comes to 0 for a team in one place. By the prices of the last lagrange_bound. */
void lagrange_share(lagrange *lg, int64_t *share);

/* The subproblem at some prices, and the plan that solves it. */
typedef struct lagrange_flow {
    int *parent, *row_begin, *arc_post, *segment_begin, *n_of;
    int64_t *lower, *upper, *arc_cost, *unplaced, *segment_end, *segment_slope;
    size_t ends_room, slopes_room;
    int64_t *share; /* [n_arcs] of lagrange_share */
    pulang_transport_plan *plan;
    int64_t value;  /* of the Lagrangian, over the near arcs, times scale */
    int64_t *steps; /* [n_totals] that the plan puts into a total */
    int64_t *total; /* [n_totals] ... more than where a crossing total costs least */
    int64_t *level; /* [n_levels] the levels to the one in hand */
    int n_listed;
    size_t list_room;
    int *arc, *count; /* [n_listed] the plan */
    int round;
    int *used;   /* [n_arcs] the last round in which the plan used the arc */
    bool *comes; /* [n_arcs] near for its post or team */
    /* Where arcs are sought that are cheaper than the near ones: among all that are left, or only among
       those picked by lagrange_pick. */
    bool picky;
    int *pick_begin, *pick;
    int64_t *base; /* [n_arcs] what those arcs cost but for the gates */
} lagrange_flow;

/* lagrange_flow.c */
pulang_status lagrange_flow_init(const lagrange *lg, lagrange_flow *flow);
void lagrange_flow_clear(lagrange_flow *flow);
/* Whether the whole solve is to end: its time is up, or somebody has said so. */
bool lagrange_is_stopped(const lagrange *lg);
/* Solves the subproblem at the prices of all that crosses; the tree's prices follow. */
pulang_status lagrange_flow_solve(lagrange *lg, lagrange_flow *flow, pulang_error *error);
/* Value, steps, total and level of a plan, at the prices in hand; the tree's count as they are. */
void lagrange_flow_value(const lagrange *lg, lagrange_flow *flow, int n, const int *arcs, const int *counts);
/* The values between the bounds at which the cost of a total bends, then its upper bound; how many. points:
   room for 4 a piece and 1. */
int lagrange_points(const lagrange *lg, int total, int64_t *points);
/* The order of int64_t for qsort. */
int lagrange_by_value(const void *a, const void *b);

/* lagrange_near.c */
/* What an arc costs at the prices in hand, as of the last flow->base. */
static inline int64_t lagrange_cost_now(const lagrange *lg, const lagrange_flow *flow, int arc) {
    return flow->base[arc] + lg->gate[lg->problem->arc_post[arc]];
}
/* Adds the arcs that are cheaper at the prices in hand than the near ones of their class; how many. */
int lagrange_near_add(lagrange *lg, const lagrange_flow *flow);
/* Picks the cheapest arcs of every class, and all near ones. */
pulang_status lagrange_pick(const lagrange *lg, lagrange_flow *flow);
/* Takes all arcs that are left as near; or only those within excess of the least of their class, at most
   so many a class, some into every post and of every team, and those used since a round. */
void lagrange_near_all(lagrange *lg);
pulang_status lagrange_near_some(lagrange *lg, lagrange_flow *flow, int64_t excess, int most, int since);

/* What a total costs by itself, linear between the points: its own part of the dual. */
typedef struct lagrange_term {
    bool exact; /* or else the plans have it in their cost */
    int n;
    double limit;      /* of the price */
    double *at, *cost; /* [n] the first point of a level held is minus infinity */
} lagrange_term;

/* The prices in hand and the plans that limit them. */
typedef struct lagrange_bundle {
    lagrange *lg;
    lagrange_flow *flow;
    int n;                /* prices: of the crossing totals, then of the levels held */
    int *of;              /* [n] a total, or ~level */
    double *size;         /* [n] prices times size are of one kind */
    lagrange_term *term;  /* [n] */
    double *rate;         /* [n] step by size */
    double *centre;       /* [n] the best prices */
    double *trial, *last; /* [n] */
    double value;         /* of the Lagrangian at the centre */
    double *sure;         /* [n] the last centre priced against all arcs */
    double sure_value, mark;
    int patience, age; /* steps between such centres, and since the last */
    double step, unit; /* of the prices at the level for which the step is */
    double steady;     /* the step, by unit, with which the first raise has ended */
    double deadline;
    double target; /* a value beyond which there is nothing to gain */
    int room, n_plans;
    double **amount; /* [n_plans][n] */
    double *cost;    /* [n_plans] of the plan without prices and what is in the terms */
    double *weight;  /* [n_plans] adds up to 1 */
    int **arc;       /* [n_plans][n_placements] what the plan is: arcs, and how many on each */
    int **count;
    int *n_placements; /* [n_plans] */
    double *share;     /* [n_plans] what the shares of teams make of it */
} lagrange_bundle;

/* lagrange_master.c */
pulang_status lagrange_terms_read(lagrange_bundle *bundle);
void lagrange_terms_clear(lagrange_bundle *bundle);
/* The sum of what all terms come to where they cost least. */
double lagrange_terms_least(const lagrange_bundle *bundle, const double *price);
/* The prices that are best against the plans less |to - centre|^2 / (2 rate), and by how much the plans
   promise that the value rises there; the weights that show it, but for a tolerance. */
pulang_status lagrange_aim(lagrange_bundle *bundle, const double *rate, double tolerance, double *to,
                           double *promise);

/* lagrange_dual.c */
pulang_status lagrange_bundle_init(lagrange *lg, lagrange_flow *flow, lagrange_bundle *bundle);
/* Turns to the level in hand. unit: what a price of 1 of the weighted sum is there. The plans are kept as far
   as they may be. */
pulang_status lagrange_bundle_turn(lagrange_bundle *bundle, double unit);
void lagrange_bundle_clear(lagrange_bundle *bundle);
/* The weighted mean of the plans kept: flow of every arc, [n_arcs]. */
void lagrange_mean(const lagrange_bundle *bundle, double *mean);
/* Raises the value from the goal's prices on, until the plans promise no more than that, in 1 / scale of the
   level, or 20 steps gain no more; or for so many steps. The near arcs must be among those left, of which it
   adds what it needs. The prices in hand are the best in the end, and so is the plan. */
pulang_status lagrange_raise(lagrange_bundle *bundle, int steps, double promised, double target,
                             double deadline, pulang_error *error);

#endif
