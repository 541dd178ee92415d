/*
 * The knapsack of one agent: which of his jobs are worth most at the prices. Dynamic programming over the
 * room, O(jobs x room), row by row so that the compiler's vectors do it. The value with a job forced in or
 * out comes from the table of the jobs before it and a second one, backwards, of the jobs after it:
 * Posta, Ferland and Michelon, "An exact method with variable fixing for solving the generalized assignment
 * problem", Computational Optimization and Applications 52 (2012).
 */
#include "solver/gap_state.h"

#include "solver/processors.h"

#include <string.h>

static int32_t profit_of(const gap_state *s, int agent, const int32_t *price, int job) {
    return price[job] - s->cost[gap_pair(s, agent, job)] * s->scale;
}

/* Jobs with a profit; their weight. */
static int64_t gather(gap_state *s, int agent, const int32_t *price) {
    gap_knapsack *k = &s->knapsack;
    int64_t total = 0;
    k->n = 0;
    for (int at = s->list_begin[agent]; at < s->list_begin[agent + 1]; at++) {
        int job = s->list[at];
        int32_t profit = profit_of(s, agent, price, job);
        if (profit <= 0)
            continue;
        k->job[k->n] = job;
        k->profit[k->n] = profit;
        k->weight[k->n] = s->weight[gap_pair(s, agent, job)];
        total += k->weight[k->n++];
    }
    k->room = s->room[agent];
    return total;
}

static int32_t *row(const gap_knapsack *k, int n) {
    return k->table + (size_t)n * ((size_t)k->room + 1);
}

/* next[c] = max(last[c], last[c - weight] + profit) from begin to end. */
static inline void extend(const int32_t *restrict last, int32_t *restrict next, int32_t begin, int32_t end,
                          int32_t weight, int32_t profit) {
    for (; begin < weight && begin <= end; begin++)
        next[begin] = last[begin];
    const int32_t *restrict with = last + begin - weight, *restrict without = last + begin;
    int32_t *restrict to = next + begin;
    for (int32_t c = 0; c <= end - begin; c++) {
        int32_t sum = with[c] + profit;
        to[c] = sum > without[c] ? sum : without[c];
    }
}

/* Of row n the rooms from what the jobs to come may leave, where needed is asked of the last row, to what the
   n jobs take. A step writes the row before on to where the next one reads. */
FOR_EACH_PROCESSOR
static void fill(gap_knapsack *k, int64_t total, int32_t needed) {
    int32_t end = 0;
    row(k, 0)[0] = 0;
    for (int n = 0; n < k->n; n++) {
        int32_t weight = k->weight[n], next_end = end + weight < k->room ? end + weight : k->room;
        int32_t *last = row(k, n);
        for (int32_t c = end + 1; c <= next_end; c++)
            last[c] = last[end];
        total -= weight;
        int32_t begin = total < needed ? needed - (int32_t)total : 0;
        extend(last, row(k, n + 1), begin, next_end, weight, k->profit[n]);
        end = next_end;
    }
    for (int32_t c = end + 1; c <= k->room; c++)
        row(k, k->n)[c] = row(k, k->n)[end];
}

static void take(gap_state *s, int agent, int job) {
    int other = s->pick[job];
    s->knapsack.taken[s->knapsack.n_taken++] = job;
    s->count[job]++;
    if (other < 0 || s->cost[gap_pair(s, agent, job)] < s->cost[gap_pair(s, other, job)])
        s->pick[job] = agent;
}

int64_t gap_knapsack_solve(gap_state *s, int agent, const int32_t *price) {
    gap_knapsack *k = &s->knapsack;
    int64_t value = 0;
    int64_t total = gather(s, agent, price);
    k->n_taken = 0;
    if (total <= k->room) {
        for (int n = k->n - 1; n >= 0; n--) {
            value += k->profit[n];
            take(s, agent, k->job[n]);
        }
        return value;
    }
    fill(k, total, k->room);
    int32_t c = k->room;
    for (int n = k->n - 1; n >= 0; n--) {
        total -= k->weight[n];
        if (row(k, n + 1)[c] != row(k, n)[c]) {
            c -= k->weight[n];
            take(s, agent, k->job[n]);
        }
        c = total < c ? (int32_t)total : c;
    }
    return row(k, k->n)[k->room];
}

/* The best with job n forced in (after != 0) or out: max of before[c] + tail[c + after] over c up to end,
   which the jobs before it take. */
static inline int32_t join(const int32_t *restrict before, const int32_t *restrict tail, int32_t end,
                           int32_t after) {
    int32_t best = 0;
    for (int32_t c = 0; c <= end; c++) {
        int32_t sum = before[c] + tail[c + after];
        best = sum > best ? sum : best;
    }
    return best;
}

/* In place: tail[c] = max(tail[c], tail[c + weight] + profit). */
static inline void extend_tail(int32_t *tail, int32_t end, int32_t weight, int32_t profit) {
    for (int32_t c = 0; c <= end; c++) {
        int32_t sum = tail[c + weight] + profit;
        tail[c] = sum > tail[c] ? sum : tail[c];
    }
}

/* Jobs without a profit: forced in, they only take room. */
static void penalties_of_the_rest(gap_state *s, int agent, const int32_t *price) {
    const int32_t *last = row(&s->knapsack, s->knapsack.n);
    int32_t room = s->knapsack.room;
    for (int at = s->list_begin[agent]; at < s->list_begin[agent + 1]; at++) {
        int job = s->list[at];
        int32_t profit = profit_of(s, agent, price, job);
        int32_t left = room - s->weight[gap_pair(s, agent, job)];
        if (profit <= 0)
            s->penalty[gap_pair(s, agent, job)] = last[room] - (last[left] + profit);
    }
}

FOR_EACH_PROCESSOR
static void penalties_of_the_profitable(gap_state *s, int agent, int64_t total) {
    gap_knapsack *k = &s->knapsack;
    int32_t value = row(k, k->n)[k->room];
    memset(k->tail, 0, ((size_t)k->room + 1) * sizeof *k->tail);
    for (int n = k->n - 1; n >= 0; n--) {
        int32_t weight = k->weight[n], profit = k->profit[n];
        total -= weight;
        int32_t most = total < k->room ? (int32_t)total : k->room;
        int32_t end = most < k->room - weight ? most : k->room - weight;
        int32_t with = join(row(k, n), k->tail, end, weight) + profit;
        int32_t without = with < value ? value : join(row(k, n), k->tail, most, 0);
        s->penalty[gap_pair(s, agent, k->job[n])] = (int64_t)without - with;
        s->removal[k->job[n]] += value - without;
        extend_tail(k->tail, end, weight, profit);
    }
}

void gap_knapsack_penalties(gap_state *s, int agent, const int32_t *price) {
    int64_t total = gather(s, agent, price);
    fill(&s->knapsack, total, 0);
    penalties_of_the_rest(s, agent, price);
    penalties_of_the_profitable(s, agent, total);
}
