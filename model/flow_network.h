/*
 * General minimum-cost flow, as in the DIMACS format `.min`, and the check of its solutions.
 *
 *   minimise sum cost(a) flow(a)  where  out(v) - in(v) = supply(v),  lower(a) <= flow(a) <= upper(a)
 */
#ifndef PULANG_MODEL_FLOW_NETWORK_H
#define PULANG_MODEL_FLOW_NETWORK_H

#include <stdbool.h>
#include <stdint.h>

/* The upper bound of an arc that has none. */
#define PULANG_FLOW_NO_UPPER INT64_MAX

typedef struct pulang_flow_network {
    int n_nodes, n_arcs;
    int64_t *supply;               /* [n_nodes] negative: demand */
    int *tail, *head;              /* [n_arcs] */
    int64_t *lower, *upper, *cost; /* [n_arcs] 0 <= lower <= upper */
} pulang_flow_network;

typedef enum pulang_flow_outcome {
    PULANG_FLOW_OPTIMAL,
    PULANG_FLOW_INFEASIBLE,
    PULANG_FLOW_UNBOUNDED,
    PULANG_FLOW_STOPPED /* nothing else of the plan has a meaning */
} pulang_flow_outcome;

/* What was found, with its proof. Owned. */
typedef struct pulang_flow_plan {
    pulang_flow_outcome outcome;
    int64_t objective;  /* optimal */
    int64_t *flow;      /* [n_arcs] optimal; unbounded: a flow that could be improved for ever */
    int64_t *potential; /* [n_nodes] optimal: with them the flow is complementary */
    bool *cut;          /* [n_nodes] infeasible: nodes whose supply the arcs out of them cannot take, unless
                           the supplies of all nodes do not add up to zero */
    int *cycle;         /* [n_cycle] unbounded: arcs without an upper bound, head to tail, of negative cost */
    int n_cycle;
    int64_t pivots; /* statistics */
} pulang_flow_plan;

void pulang_flow_network_clear(pulang_flow_network *network);
void pulang_flow_plan_free(pulang_flow_plan *plan);

/*
 * Checks a plan without any code of the solvers: an optimum by complementary slackness, that there is none
 * by the cut or the cycle. *message (static, English) says what is wrong.
 */
bool pulang_flow_check(const pulang_flow_network *network, const pulang_flow_plan *plan,
                       const char **message);

#endif
