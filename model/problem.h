/*
 * The problem: an instance compiled to numbers. This is all that a solver sees.
 *
 * Persons who are alike in every cost, amount and rule form a *class* with a supply. An *arc* is an
 * eligible (class, post) pair; its flow is the number of members placed there. A *total* is a
 * weighted sum of flows with hard bounds and convex costs: every post is a total (its heads), and so
 * is every group of every quota.
 *
 *   total t:  m_t = sum over its arcs of amount(arc) * flow(arc),  lower_t <= m_t <= upper_t,
 *             and m_t = 0 or m_t >= open_t (a semi-continuous total)
 *   class k:  sum of its flows + unplaced_k = supply_k,  unplaced_k = 0 when bound_k
 *   level l (sum):  arc costs + [unplaced level] unplaced + pieces of level l
 *   level l (largest): largest over its pieces of ceil(1000 * missing / (to - from))
 *
 * A *piece* of total t at level l prices the units of m_t missing in [from, to]:
 *   missing = min(max(to - m_t, 0), to - from), cost slope * missing; for an excess piece:
 *   over = min(max(m_t - from, 0), to - from), cost slope * over.
 * Per total and level the pieces make a convex function of m_t. A largest level has at most one piece
 * per total, and no excess pieces.
 *
 * A *pairing* keeps two classes of supply 1 (members of a group) together: both unplaced, or both
 * placed in places at most `near` metres apart (the same place when near is 0).
 */
#ifndef PULANG_MODEL_PROBLEM_H
#define PULANG_MODEL_PROBLEM_H

#include "model/certificate.h"
#include "model/instance.h"

typedef struct pulang_piece {
    int level;
    bool excess;
    int64_t from, to; /* from < to, in units of the total */
    int64_t slope;    /* > 0; unused (1) at a largest level */
} pulang_piece;

typedef struct pulang_total {
    int post;         /* >= 0: the heads of this post; PULANG_NONE: a quota's group */
    int quota;        /* index into instance->quotas; PULANG_NONE for a post */
    const char *name; /* of the post or quota, for messages and exported models */
    const char *key;  /* the group's key; "" for a post */
    /* Finite; within the least and the largest possible, but for lower, which may exceed upper: infeasible.
       Amounts of both signs (a share) may make either negative. */
    int64_t lower, upper;
    int64_t open; /* 0, or in 1 .. upper while lower is 0: the value is 0 or at least this */
    /* uniform: every arc into one of posts counts unit, and none else counts. Otherwise terms. */
    bool uniform;
    int64_t unit;
    int n_posts;
    int *posts;           /* ascending; the group's posts in either form */
    int n_terms;          /* 0 when uniform */
    int *term_arc;        /* ascending */
    int64_t *term_amount; /* non-zero */
    int n_pieces;
    pulang_piece *pieces;
} pulang_total;

typedef struct pulang_problem_level {
    const char *name;
    bool largest;      /* a largest value instead of a sum (the balance level) */
    bool unplaced;     /* adds the number of persons without a post */
    int64_t *arc_cost; /* [n_arcs], NULL: no costs on arcs at this level; any sign */
} pulang_problem_level;

typedef struct pulang_pairing {
    int a, b; /* classes, supply 1 each, a < b */
} pulang_pairing;

typedef struct pulang_problem {
    int n_classes, n_posts, n_arcs, n_totals, n_levels, n_pairings;
    int *supply;          /* [n_classes] >= 1 */
    bool *bound;          /* [n_classes] must be placed */
    int *member_begin;    /* [n_classes + 1] into members */
    int *members;         /* persons of each class, in the order in which ties are broken (model/rank.h) */
    int *arc_begin;       /* [n_classes + 1] arcs of class k: arc_begin[k] .. arc_begin[k + 1] - 1 */
    int *arc_post;        /* [n_arcs] ascending within a class */
    pulang_total *totals; /* the first n_posts are the posts in order, then quota groups */
    pulang_problem_level *levels;
    pulang_pairing *pairings;
    int64_t near; /* metres */
    int n_places;
    const int *post_place;                  /* [n_posts] */
    const int32_t *metres;                  /* [n_places * n_places], NULL: only the same place is near */
    const char **class_names, **post_names; /* for exported models: id of the first member, of the post */
    pulang_arena *arena;                    /* owns everything above and the problem itself */
} pulang_problem;

/* Compiles an instance; the problem keeps pointers into it. */
pulang_status pulang_problem_new(const pulang_instance *instance, pulang_problem **problem,
                                 pulang_error *error);
void pulang_problem_free(pulang_problem *problem);

/* How an instance differs from the one that a problem was compiled from. */
typedef struct pulang_problem_change {
    int n_persons;
    const int *persons; /* who may go elsewhere, or at other costs, than before; each once */
    bool posts;         /* the seats of some post, or the bounds of some quota, are others */
} pulang_problem_change;

/* What pulang_problem_new would make of the changed instance, to which persons may have been added, but for
   how persons are divided into classes, out of the base problem; much faster. It keeps pointers into both. */
pulang_status pulang_problem_update(const pulang_problem *base, const pulang_instance *instance,
                                    const pulang_problem_change *change, pulang_problem **problem,
                                    pulang_error *error);

/* The problem with totals that have room for one more person of every class: what bounds them there is a
   rule, and not that there is nobody else. Points into the base, which has the same classes and arcs. */
pulang_status pulang_problem_widen(const pulang_problem *base, const pulang_instance *instance,
                                   pulang_problem **problem, pulang_error *error);

/* Branches of a step of the proof (model/certificate.h) with the prices of the leaves. */
typedef struct pulang_solution_tree {
    int n_branches, n_leaves;
    pulang_branch *branches; /* [n_branches] */
    int64_t **price;         /* [n_leaves][n_totals + n_cuts] per step of the total in 1/scale of the step */
    int64_t **path;          /* [n_leaves][depth] price of a head of each branch above it, the root first */
    pulang_arena *arena;     /* owns everything above and the tree itself */
} pulang_solution_tree;

/* A step of the proof (model/certificate.h) with its dual prices. */
typedef struct pulang_solution_step {
    pulang_step_kind kind;
    int level;
    int64_t scale;  /* >= 1 */
    int64_t *held;  /* [n_levels] of which those before level count, NULL: all 0; owned by the solution */
    int64_t *price; /* [n_totals + n_cuts] per step of the total in 1/scale, owned by the solution */
    pulang_solution_tree *tree; /* owned by the solution, NULL: none */
} pulang_solution_step;

/* What a solver found. Levels beyond n_solved have no value. */
typedef struct pulang_solution {
    pulang_outcome outcome;
    bool exists; /* flow holds a plan that meets every hard rule */
    int *flow;   /* [n_arcs] */
    int n_levels;
    pulang_level_result *levels; /* [n_levels], in order; value of the plan at every level when it exists */
    int n_steps;                 /* 0: no certificate */
    pulang_solution_step *steps; /* [n_steps]; room for 2 * n_levels + 1 */
    int n_cuts;                  /* that the steps have prices for, after those of the totals */
    pulang_cut *cuts;            /* [n_cuts] */
    pulang_arena *cut_arena;     /* owns them, NULL: there are none */
    char reason[256];            /* why there is no plan, "" */
    char method[16];
    char why[256]; /* why this method, in words */
} pulang_solution;

/* An empty solution sized for problem; NULL: out of memory. */
pulang_solution *pulang_solution_new(const pulang_problem *problem);
void pulang_solution_free(pulang_solution *solution);
/* Takes the proof of another solution of the same problem, which keeps none. */
void pulang_solution_take_steps(pulang_solution *solution, pulang_solution *from);
/* Takes the proof away. */
void pulang_solution_clear_steps(pulang_solution *solution);

/* Value of one total under a flow. */
int64_t pulang_problem_total(const pulang_problem *problem, int total, const int *flow);
/* Values of all totals under a flow: [n_totals], to be freed with pulang_free; NULL: out of memory. */
int64_t *pulang_problem_totals(const pulang_problem *problem, const int *flow);
/* Cost of total value m at a level (permille at a largest level). */
int64_t pulang_total_cost(const pulang_problem *problem, const pulang_total *total, int level, int64_t m);
/* Whether value m is within the total's hard bounds. */
bool pulang_total_holds(const pulang_total *total, int64_t m);
/* The value is to be 0 or at least open too; as simple bounds where they will do. */
void pulang_total_set_open(pulang_total *total, int64_t open);
/* Value of a level under a flow. */
int64_t pulang_problem_level_value(const pulang_problem *problem, int level, const int *flow);
/* Whether the flow meets every hard rule (supplies, bound classes, bounds of totals, pairings). */
bool pulang_problem_feasible(const pulang_problem *problem, const int *flow);
/* Whether places a and b are near enough for members of one group. */
bool pulang_problem_near(const pulang_problem *problem, int place_a, int place_b);

#endif
