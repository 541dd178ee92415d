/*
 * The state of the transportation solver, shared by solver/transport*.c only.
 */
#ifndef PULANG_SOLVER_TRANSPORT_STATE_H
#define PULANG_SOLVER_TRANSPORT_STATE_H

#include "solver/transport.h"

#define UNREACHED INT64_MAX

/* A lead that is not known: before all others. */
#define NO_LEAD (-((int64_t)1 << 61))

/* So many units of a row in a node (a post, or the root: unplaced). */
typedef struct holding {
    int row, node, count;
    int slot; /* index in the node's list */
    int next; /* of the same row, -1: last */
    int64_t cost;
} holding;

typedef struct holders {
    int *items;    /* indices of holdings */
    int64_t *lead; /* at most: its row's cheapest other offer, price included, less its cost here */
    int *looked;   /* number of the search that has looked at its row */
    int n, room;
} holders;

/* What the search reads of a node, together in memory. */
typedef struct node_hot {
    int64_t price;    /* gate price: what it costs a unit to go from here to the root */
    int64_t distance; /* of the search */
} node_hot;

/* A node waits for its distance to come, or once settled for that at which its next holder could lead on. */
typedef struct waiting {
    int64_t order;
    int node;
} waiting;

/* How the search came to a node. */
typedef enum reach_kind { REACH_SOURCE, REACH_HOLDING, REACH_UP, REACH_DOWN, REACH_WANTED } reach_kind;
typedef struct reach {
    reach_kind kind;
    int from;     /* node; -1: the source row */
    int holding;  /* REACH_HOLDING */
    int64_t cost; /* of the row in this node, REACH_SOURCE and REACH_HOLDING */
} reach;

typedef struct transport_state {
    const pulang_transport *problem;
    const pulang_transport_settings *settings;
    int n_nodes, root;                      /* root == n_nodes */
    int64_t first_penalty, largest_penalty; /* beyond any cost of a path */
    /* nodes, [n_nodes + 1] */
    node_hot *hot;
    int64_t *flow;
    int64_t *up_cost, *down_cost; /* of the next and of the last unit; UNREACHED, -UNREACHED: none */
    int64_t *up_room, *down_room; /* units to which they apply */
    int64_t *penalty;             /* the slope of a unit below the lower bound is less by this */
    int64_t *excess; /* units that came to the node and have not gone on; below zero: that it still wants */
    int *segment;    /* the next unit is in this segment, counted from the node's first */
    int *child_begin, *children;
    holders *held;
    reach *came;
    waiting *heap;
    int *heap_at, heap_size;
    bool *settled;
    int *touched, n_touched, *done, n_done;
    /* rows */
    int *first_holding;           /* [n_rows] -1: none */
    size_t *list_begin;           /* [n_rows] into offers */
    int *list_length, *list_room; /* [n_rows] */
    int64_t
        *rest; /* [n_rows] values of posts off the list are at least this: once listed, prices only rise */
    pulang_offer *offers;
    size_t n_offers, offers_room;
    holding *holdings;
    size_t n_holdings, holdings_room;
    int free_holding;    /* chain by next, -1: none */
    int64_t *price;      /* [n_nodes + 1] the prices alone, for scans over a row */
    int32_t *price32;    /* the same while narrow */
    bool narrow;         /* dense int32 costs and all prices are small enough for 32-bit sums */
    bool wide;           /* some cost seen is not */
    int *at;             /* indices, room for `batch` and SCAN_LANES */
    int64_t *values;     /* of a sparse row, room for the longest */
    pulang_offer *found; /* a row's cheapest, room for `batch` */
    int batch;
    int64_t searches, scanned;
    bool out_of_memory;
} transport_state;

/* nodes */
int transport_nodes_init(transport_state *s);
/* Adds units (or takes them away) to a node's flow and renews its next costs. */
void transport_nodes_add(transport_state *s, int node, int64_t units);
/* Sets the node's flow to what its price makes right: of the flows whose last unit costs at most what the
   node is worth more than its parent, and whose next unit at least that, the nearest to `units`. */
void transport_nodes_match(transport_state *s, int node, int64_t units);
/* Cost of the node's unit number n + 1, n < upper. */
int64_t transport_nodes_slope(const transport_state *s, int node, int64_t n);
/* Raises the penalty of the nodes that miss their lower bound until they do not, or until it is beyond
   any cost: then there is no plan. */
void transport_nodes_fill(transport_state *s);
/* Whether a node misses its lower bound. */
bool transport_nodes_missing(const transport_state *s, int node);
/* Sets the price that scans over a row see. */
void transport_price_set(transport_state *s, int node, int64_t price);
/* Chooses between 32 and 64 bits for the scans, by the prices as they stand. */
void transport_prices_narrow(transport_state *s);

/* rows */
/* Adds units of a row to a node. */
void transport_hold(transport_state *s, int row, int node, int64_t cost, int units);
/* Units of the row that are in some node. */
int transport_held(const transport_state *s, int row);
/* Takes units from a holding. */
void transport_release(transport_state *s, int holding, int units);
/* Puts the row's cheapest offers on its list (each once); returns how many are new. */
int transport_list_grow(transport_state *s, int row, int64_t below, int k);
/* Whether a post off the row's list may have cost + price below value. */
bool transport_rest_below(const transport_state *s, int row, int64_t value);
/* No post off the row's list has cost + price below value. */
void transport_rest_raise(transport_state *s, int row, int64_t value);
/* cost + price of the best on the row's list, or of being unplaced. */
int64_t transport_list_best(const transport_state *s, int row);

/* search */
/*
 * Looks for a shortest way for units of the row to target (the root, or the node of one of its holdings) of
 * a reduced length below limit, and sends up to `units` along it. Returns how many were sent; 0: there
 * is none. Prices are renewed in either case.
 */
int transport_search(transport_state *s, int row, int target, int64_t limit, int units);
/* Looks for a shortest cycle of a reduced length below limit through the arc from node upwards, to bring
   more units to it, and sends up to `units` round it. Returns how many were sent. */
int64_t transport_refill(transport_state *s, int node, int64_t limit, int64_t units);

/* Sends up to `units` along a shortest way from a node to target. Returns how many were sent; 0: there
   is none. */
int64_t transport_push(transport_state *s, int from, int target, int64_t units);

/* warm start */
/* Takes over prices and placements of settings->start as far as they agree with the problem and with each
   other; rows are left to be placed, and nodes with an excess. */
void transport_start(transport_state *s);

/* costs */
/* The k cheapest of a row with cost + price below `below`, by whichever form of costs; no other post's value
   is less than *rest. */
int transport_cheapest(const transport_state *s, int row, int64_t below, int k, pulang_offer *offers,
                       int64_t *rest);
/* Looks whether the costs of a row are small enough for 32-bit sums; before its first scan. */
void transport_row_measure(transport_state *s, int row);
/* Whether the row has any offer with cost + price below `below`. */
bool transport_any_below(const transport_state *s, int row, int64_t below);

#endif
