/*
 * The shortest augmenting path method of Jonker and Volgenant 1987 for the square assignment problem, in
 * 32 bits and with loops that a compiler vectorises: core_jv FILE. The reference for family C.
 *
 * Column reduction, reduction transfer, two rounds of augmenting row reduction, then a shortest path by
 * Dijkstra's method for every row still free. O(n^3). Prices are not guarded against overflow: costs
 * above 10^8 are refused, and the caller compares objectives.
 */
#include "peer.h"

#include <stdbool.h>
#include <stdlib.h>

#define LARGEST_COST 100000000

typedef struct assignment {
    int n;
    const int32_t *cost;
    int32_t *price;    /* of a column; reduced cost is cost - price */
    int *column, *row; /* of a row, of a column; -1: free */
    int *free_rows, n_free;
    /* of a search */
    int32_t *distance, *scanned; /* scanned: INT32_MAX, else 0 */
    int *from;                   /* the row from which a column is reached */
    int *order;                  /* columns in the order scanned */
} assignment;

static void *array(int n, size_t size) {
    void *items = calloc((size_t)n, size);
    if (!items)
        peer_fail("out of memory");
    return items;
}

static const int32_t *row_of(const assignment *a, int i) {
    return a->cost + (size_t)i * (size_t)a->n;
}

/* Every column's price is its least cost; the first row that asks for nothing else gets it. */
static void reduce_columns(assignment *a, int *matches) {
    int *least_row = a->from;
    for (int j = 0; j < a->n; j++)
        a->price[j] = a->cost[j];
    for (int i = 1; i < a->n; i++) {
        const int32_t *cost = row_of(a, i);
        for (int j = 0; j < a->n; j++) {
            bool less = cost[j] < a->price[j];
            least_row[j] = less ? i : least_row[j];
            a->price[j] = less ? cost[j] : a->price[j];
        }
    }
    for (int j = a->n - 1; j >= 0; j--)
        if (matches[least_row[j]]++ == 0) {
            a->column[least_row[j]] = j;
            a->row[j] = least_row[j];
        }
}

static int32_t second_least(const assignment *a, int i, int except) {
    const int32_t *cost = row_of(a, i);
    int32_t least = INT32_MAX;
    for (int j = 0; j < a->n; j++) {
        int32_t value = j == except ? INT32_MAX : cost[j] - a->price[j];
        least = value < least ? value : least;
    }
    return least;
}

/* A row with one column leaves to it all that it gains by having it. */
static void transfer(assignment *a, const int *matches) {
    for (int i = 0; i < a->n; i++)
        if (matches[i] == 0)
            a->free_rows[a->n_free++] = i;
        else if (matches[i] == 1 && a->n > 1)
            a->price[a->column[i]] -= second_least(a, i, a->column[i]);
}

/* The two columns of least reduced cost. */
static void two_least(const assignment *a, int i, int32_t value[2], int at[2]) {
    const int32_t *cost = row_of(a, i);
    value[0] = value[1] = INT32_MAX;
    at[0] = at[1] = -1;
    for (int j = 0; j < a->n; j++) {
        int32_t v = cost[j] - a->price[j];
        if (v >= value[1])
            continue;
        bool first = v < value[0];
        value[1] = first ? value[0] : v;
        at[1] = first ? at[0] : j;
        value[0] = first ? v : value[0];
        at[0] = first ? j : at[0];
    }
}

/* Free rows outbid the row that has their best column. */
static void bid(assignment *a) {
    int n = a->n_free, next = 0;
    a->n_free = 0;
    while (next < n) {
        int i = a->free_rows[next++], at[2];
        int32_t value[2];
        two_least(a, i, value, at);
        int j = at[0];
        if (value[0] < value[1])
            a->price[j] -= value[1] - value[0];
        else if (a->row[j] >= 0 && at[1] >= 0)
            j = at[1];
        int outbid = a->row[j];
        a->row[j] = i;
        a->column[i] = j;
        if (outbid < 0)
            continue;
        a->column[outbid] = -1;
        if (value[0] < value[1])
            a->free_rows[--next] = outbid;
        else
            a->free_rows[a->n_free++] = outbid;
    }
}

/* Ways over row i, whose own column is at distance `base`; returns the least distance not yet scanned. */
static int32_t relax(assignment *a, int i, int32_t base) {
    const int32_t *cost = row_of(a, i);
    int32_t least = INT32_MAX;
    for (int j = 0; j < a->n; j++) {
        int32_t value = (cost[j] - a->price[j] + base) | a->scanned[j];
        bool less = value < a->distance[j];
        a->distance[j] = less ? value : a->distance[j];
        a->from[j] = less ? i : a->from[j];
        int32_t open = a->distance[j] | a->scanned[j];
        least = open < least ? open : least;
    }
    return least;
}

/* An open column at this distance, a free one if there is one. */
static int pick(const assignment *a, int32_t distance) {
    int found = -1;
    for (int j = 0; j < a->n; j++)
        if (a->distance[j] == distance && !a->scanned[j]) {
            if (a->row[j] < 0)
                return j;
            found = j;
        }
    return found;
}

static void augment(assignment *a, int start) {
    for (int j = 0; j < a->n; j++) {
        a->distance[j] = INT32_MAX;
        a->scanned[j] = 0;
    }
    int n_scanned = 0;
    int32_t least = relax(a, start, 0);
    int j = pick(a, least);
    while (a->row[j] >= 0) {
        a->scanned[j] = INT32_MAX;
        a->order[n_scanned++] = j;
        int i = a->row[j];
        least = relax(a, i, least - (row_of(a, i)[j] - a->price[j]));
        j = pick(a, least);
    }
    for (int k = 0; k < n_scanned; k++)
        a->price[a->order[k]] += a->distance[a->order[k]] - least;
    for (int i = -1; i != start;) { /* back along the path, every row takes the column it reached */
        i = a->from[j];
        int left = a->column[i];
        a->column[i] = j;
        a->row[j] = i;
        j = left;
    }
}

static void solve(assignment *a) {
    int *matches = array(a->n, sizeof *matches);
    for (int i = 0; i < a->n; i++)
        a->column[i] = a->row[i] = -1;
    reduce_columns(a, matches);
    transfer(a, matches);
    bid(a);
    bid(a);
    for (int k = 0; k < a->n_free; k++)
        augment(a, a->free_rows[k]);
    free(matches);
}

static void check(const peer_problem *p) {
    if (p->n != p->m)
        peer_fail("only for as many seats as persons");
    for (int j = 0; j < p->m; j++)
        if (p->upper[j] != 1)
            peer_fail("only for posts of one seat");
    for (size_t k = 0; k < (size_t)p->n * (size_t)p->n; k++)
        if (p->cost[k] > LARGEST_COST || p->cost[k] < -LARGEST_COST)
            peer_fail("the costs are too large for 32 bits");
}

int main(int argc, char **argv) {
    if (argc != 2)
        peer_fail("Usage: core_jv FILE");
    peer_problem p = peer_read(argv[1]);
    check(&p);
    double begin = peer_now();
    assignment a = {.n = p.n, .cost = p.cost};
    a.price = array(p.n, sizeof *a.price);
    a.column = array(p.n, sizeof *a.column);
    a.row = array(p.n, sizeof *a.row);
    a.free_rows = array(p.n, sizeof *a.free_rows);
    a.distance = array(p.n, sizeof *a.distance);
    a.scanned = array(p.n, sizeof *a.scanned);
    a.from = array(p.n, sizeof *a.from);
    a.order = array(p.n, sizeof *a.order);
    double built = peer_now();
    solve(&a);
    double solved = peer_now();
    int64_t objective = 0;
    for (int i = 0; i < p.n; i++)
        objective += row_of(&a, i)[a.column[i]];
    peer_print("Jonker-Volgenant", "square", argv[1], objective, built - begin, solved - built);
    return 0;
}
