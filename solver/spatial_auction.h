/*
 * The state of the auction for problems with computed costs, shared by solver/spatial*.c only.
 *
 * All values are scaled: a unit of cost counts `scale`, more than the longest cycle can gain when nobody is
 * further than AUCTION_TOLERANCE times `epsilon` = 1 from what would be best for them: such a plan is optimal
 * (Bertsekas and Castanon 1989).
 */
#ifndef PULANG_SOLVER_SPATIAL_AUCTION_H
#define PULANG_SOLVER_SPATIAL_AUCTION_H

#include "solver/spatial_index.h"
#include "solver/transport.h"

/* Instead of a class: empty seats, which cost nothing anywhere. */
#define VACANT (-1)
#define LIST_OFFERS 32

/* Times epsilon: how much dearer than the cheapest the best on a list may be (lists last the longer), and
   how far anybody may be from the best: this, epsilon, and epsilon for a post with room. */
#define AUCTION_SLACK 4
#define AUCTION_TOLERANCE (AUCTION_SLACK + 2)

/* Below this many, one thread is faster than several. */
#define SMALL 1000

/* So many of a class (or empty seats) in a post. */
typedef struct stay {
    int class, count;
    int32_t cost;
    int64_t lead; /* at most: the price from which they would rather be elsewhere */
} stay;

/* A heap, the least lead on top. */
typedef struct stays {
    stay *items;
    int n, room;
} stays;

typedef struct listed {
    int post;
    int32_t cost; /* without fit */
} listed;

/* The cheapest posts of a role for somebody from a place, at the prices when it was made. */
typedef struct offer_list {
    listed offers[LIST_OFFERS];
    int n;
    int64_t bound; /* all others cost at least this, price included: prices only rise */
} offer_list;

typedef struct auction {
    const pulang_spatial *problem;
    const pulang_transport_settings *settings;
    pulang_spatial_index *index;
    int64_t scale, epsilon, slack; /* slack: AUCTION_SLACK * epsilon */
    /* posts, [n_posts] */
    int64_t *price;
    stays *held;
    int64_t *filled; /* persons and empty seats; more than the upper bound while queued */
    int64_t *vacant; /* empty seats, at most upper - lower */
    int *queue, queue_first, queue_n;
    bool *queued;
    int *open, n_open, *open_at; /* heap of the posts that could have more empty seats, by open_price */
    int64_t *open_price;         /* at most their price */
    /* classes */
    int *left; /* [n_classes] not placed */
    int64_t vacant_left;
    /* lists, by role, of the places that anybody comes from */
    int *origin; /* [n_places] -1: nobody */
    offer_list *lists;
    int64_t pushes, renewed;
    bool out_of_memory;
} auction;

/* lists */
int auction_lists_init(auction *a);
/* Makes all lists anew at the prices as they stand. */
void auction_lists_renew(auction *a);
/* The least value (cost and price) of a post of a class but `except`, as far as the lists know; and a post to
   go to for it, one with room where there is one within epsilon, with its cost. */
int64_t auction_best(auction *a, int class, int except, int *post, int32_t *cost);

/* empty seats */
/* How many more the post could have. */
static inline int64_t auction_vacant_room(const auction *a, int post) {
    return a->problem->upper[post] - a->problem->lower[post] - a->vacant[post];
}
void auction_open(auction *a, int post);
/* The least price of a post that could have one more empty seat, but `except`. */
int64_t auction_best_vacant(auction *a, int except, int *post);

/* bids */
/* One phase: places everybody within epsilon of complementary slackness (and what the lists overlook).
   False: stopped, or out of memory. */
bool auction_phase(auction *a, int64_t epsilon);

/* exact */
/*
 * Whether the plan is optimal: looks for whole prices that prove it, starting from those of the auction.
 * patience: how many posts to look at before it gives up. price: [n_posts + 1] the root last, at 0.
 */
bool auction_prove(auction *a, int64_t patience, int64_t *price);

/* coarse */
/* The problem with the places merged into cells of about `size`, close by each other; cell: [n_places].
   NULL: out of memory. */
pulang_spatial *spatial_merge(const pulang_spatial *problem, int size, int *cell);

/* the whole */
/* Between the least and the largest cost of any pair. */
int64_t spatial_range(const pulang_spatial *problem);
int64_t spatial_scale(const pulang_spatial *problem);
/* Solves a problem that has a plan. Returns -1 when memory is out. */
int spatial_auction(const pulang_spatial *problem, const pulang_transport_settings *settings,
                    pulang_transport_plan **plan);

#endif
