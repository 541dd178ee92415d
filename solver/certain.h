/*
 * Who is certain and who is interchangeable (model/certain.h), exactly.
 *
 * Where the core has proven the plan, the best plans are the feasible flows of a network without costs
 * (solver/optima.h). A class can use an arc more than it does exactly if the arc lies on a cycle of the
 * residual network, that is, if its ends are in one strongly connected component (Tarjan 1972, "Depth-first
 * search and linear graph algorithms"); so one pass over the network answers for everybody.
 *
 * Elsewhere the best plan is sought that puts as many people as possible where no plan has had them yet,
 * among the best plans and the choices that the prices leave; it may settle many of them at once. When none
 * can be put anywhere new the rest is proven (as for the backbone of a formula: Janota, Lynce and
 * Marques-Silva 2015, "Algorithms for computing backbones of propositional formulae"). First it is asked who
 * is certain, then where else the others can be; when the time is up, what is still open is not known.
 */
#ifndef PULANG_SOLVER_CERTAIN_H
#define PULANG_SOLVER_CERTAIN_H

#include "model/certain.h"
#include "solver/limits.h"
#include "solver/optima.h"

/* post_of: [persons] of the plan of the optima. */
pulang_status pulang_certain_find(const pulang_instance *instance, const pulang_optima *optima,
                                  const int *post_of, pulang_limits *limits, pulang_certain **certain,
                                  pulang_error *error);

/* What is possible in some best plan, class by class. */
typedef struct certain_choices {
    bool *may;     /* [n_arcs of the face] some member is there in some best plan */
    bool *may_out; /* [n_classes] ... without a post */
    bool *open;    /* [n_classes] not known whether there is more than one choice */
    bool whole;    /* no other choice is possible */
} certain_choices;

/* By the residual network; optima->exact. PULANG_ERROR_MEMORY is the only failure. */
pulang_status certain_by_network(const pulang_optima *optima, certain_choices *choices, pulang_error *error);
/* By search; any optima. */
pulang_status certain_by_search(const pulang_optima *optima, pulang_limits *limits, certain_choices *choices,
                                pulang_error *error);

#endif
