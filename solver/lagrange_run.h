/*
 * The steps of which a level is solved, in whatever order: bounds, searches, narrowing, branching.
 */
#ifndef PULANG_SOLVER_LAGRANGE_RUN_H
#define PULANG_SOLVER_LAGRANGE_RUN_H

#include "solver/lagrange_find.h"
#include "solver/lagrange_relax.h"
#include "solver/lagrange_state.h"

/* Arcs up to which branch and cut comes first, beyond which it is left for later, and beyond which it would
   get nowhere. */
enum { LAGRANGE_SMALL_ARCS = 4000, LAGRANGE_FEW_ARCS = 20000, LAGRANGE_MANY_ARCS = 100000 };
/* Rounds of the dual; trials of a search after a repair and of others, for each member. */
enum { LAGRANGE_DUAL_ROUNDS = 8, LAGRANGE_REPAIR_TRIALS = 100, LAGRANGE_TRIALS = 3000 };
/* Regions between two searches. */
enum { LAGRANGE_REGIONS = 12 };
/* The start has no heads to keep to. */
enum { LAGRANGE_FREE_HEADS = -1 };
/* Corners of the relaxation that are found at a time. */
enum { LAGRANGE_VERTICES = 6 };

/* A plan that may break what crosses, on its way to one that does not. */
typedef struct lagrange_mend {
    bool begun;
    int *flow;     /* [n_arcs] */
    double dearer; /* what is broken costs so many times its price */
    int size;      /* members in a region */
} lagrange_mend;

typedef struct lagrange_run {
    lagrange *lg;
    lagrange_flow *flow;
    lagrange_bundle *bundle;
    int64_t *price, *held; /* of the best bound */
    int64_t best;          /* the best bound, times scale */
    int64_t value;         /* of the incumbent */
    int64_t bound;         /* proven, by prices or otherwise */
    double deadline;
    bool infeasible;
    int room; /* the start may have so many heads more or less than branches come to, or LAGRANGE_FREE_HEADS
               */
    bool narrowed;      /* within the level; what is left for the next goes by its last prices alone */
    lagrange_face face; /* of the beginning */
    uint32_t seed;
    int region_size;                             /* members, as many as branch and cut manages */
    int *start, *found;                          /* [n_arcs] flows */
    lagrange_vertex vertices[LAGRANGE_VERTICES]; /* corners of the relaxation, the first without noise */
    int n_vertices;
    lagrange_mend mend;
    pulang_error *error;
} lagrange_run;

/* Where a local search starts: the plan of the subproblem, what lagrange_run_mend has left, the incumbent, or
 * the plan of the start, which may hold less than the levels since. */
typedef enum lagrange_source {
    LAGRANGE_FROM_PLAN,
    LAGRANGE_FROM_MENDED,
    LAGRANGE_FROM_INCUMBENT,
    LAGRANGE_FROM_START
} lagrange_source;

/* The level in hand, weights as in lg, from no prices or those of the start, whichever prove more. */
pulang_status lagrange_run_begin(lagrange_run *r, int level);
void lagrange_run_clear(lagrange_run *r);
/* Whether bound and incumbent meet, or come as near as was asked for; or there is no plan. */
bool lagrange_run_solved(const lagrange_run *r);
bool lagrange_run_over(lagrange_run *r);
/* So many nodes, so many seconds at most, for GLPK. */
lagrange_effort lagrange_run_effort(lagrange_run *r, long nodes, double seconds);
int64_t lagrange_run_trials(const lagrange_run *r, int64_t factor);
/* The prices of the best bound again, and what they prove over what is left. */
int64_t lagrange_run_recall(lagrange_run *r);
/* What a flow comes to at the level in hand, and at those that are weighted beside it. */
int64_t lagrange_run_value_of(const lagrange *lg, const int *flow);
/* Takes a flow as incumbent if it holds and is better. */
void lagrange_run_take_flow(lagrange_run *r, const int *flow);
/* Works out the bound of the prices in hand, and keeps them if it is the best. */
void lagrange_run_take_bound(lagrange_run *r);
/* What the branches on heads prove at the level in hand: the bound, and the proof of the step. */
pulang_status lagrange_run_leaves(lagrange_run *r);
/* The subproblem at the prices in hand, over all arcs. */
pulang_status lagrange_run_tree(lagrange_run *r);
/* Raises the bound, until the prices prove the incumbent or so many rounds gain little. */
pulang_status lagrange_run_raise(lagrange_run *r, int rounds);
/* Local search. */
pulang_status lagrange_run_search(lagrange_run *r, lagrange_source from, int64_t trials);
/* Corners of the relaxation over the cheapest arcs, and the bound that its prices prove. */
pulang_status lagrange_run_relax(lagrange_run *r);
/* From the corners to a plan that may break what crosses, for a price; and on from there, until it breaks
   nothing: then it becomes the incumbent if it is better. has_others: there are other corners since. */
pulang_status lagrange_run_mend_begin(lagrange_run *r);
pulang_status lagrange_run_mend(lagrange_run *r, bool has_others);
/* Whether that may still lead somewhere. */
bool lagrange_run_mends(const lagrange_run *r);
/* Branch and cut between the flow and n corners from the first on, for so long; into r->found, which must not
   be the flow. dearer: as of lagrange_find. */
pulang_status lagrange_run_choose(lagrange_run *r, const int *flow, int first, int n, double dearer,
                                  double seconds, lagrange_found *found);
/* Branch and cut between the incumbent and the corners. */
pulang_status lagrange_run_join(lagrange_run *r);
/* Branch and cut over regions of the incumbent, so many one after the other. */
pulang_status lagrange_run_regions(lagrange_run *r, int rounds);
/* Forbids what no plan that is as good as the incumbent does. */
void lagrange_run_narrow(lagrange_run *r);
/* Branch and cut over what is left, for so long. */
pulang_status lagrange_run_branch(lagrange_run *r, double seconds);

#endif
