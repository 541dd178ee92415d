#include "solver/breaks.h"

#include "model/alloc.h"

#include <stdlib.h>

int64_t pulang_steps_down(int64_t value, int64_t unit) {
    return value >= 0 ? value / unit : -((-value + unit - 1) / unit);
}

int64_t pulang_steps_up(int64_t value, int64_t unit) {
    return -pulang_steps_down(-value, unit);
}

static int compare_int64(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static int add_break(pulang_breaks *breaks, int64_t step, int64_t lower, int64_t upper) {
    if (step <= lower || step >= upper)
        return 0;
    void *items = breaks->items;
    if (pulang_grow(&items, &breaks->room, breaks->n + 1, sizeof *breaks->items))
        return -1;
    breaks->items = items;
    breaks->items[breaks->n++] = step;
    return 0;
}

static int add_piece_breaks(const pulang_problem *problem, const pulang_total *total,
                            const pulang_piece *piece, pulang_breaks *breaks, int64_t lower, int64_t upper) {
    int64_t first = pulang_steps_down(piece->from, total->unit),
            last = pulang_steps_up(piece->to, total->unit);
    int failed = add_break(breaks, first, lower, upper) | add_break(breaks, last, lower, upper) |
                 add_break(breaks, pulang_steps_up(piece->from, total->unit), lower, upper) |
                 add_break(breaks, pulang_steps_down(piece->to, total->unit), lower, upper);
    if (problem->levels[piece->level].largest)
        for (int64_t step = lower + 1; !failed && step < upper && step <= last; step++)
            failed = add_break(breaks, step, lower, upper);
    return failed;
}

int pulang_breaks_find(pulang_breaks *breaks, const pulang_problem *problem, int t, int64_t lower,
                       int64_t upper) {
    const pulang_total *total = &problem->totals[t];
    breaks->n = 0;
    for (int i = 0; i < total->n_pieces; i++)
        if (add_piece_breaks(problem, total, &total->pieces[i], breaks, lower, upper))
            return -1;
    if (breaks->n > 0)
        qsort(breaks->items, breaks->n, sizeof *breaks->items, compare_int64);
    size_t kept = 0;
    for (size_t i = 0; i < breaks->n; i++)
        if (kept == 0 || breaks->items[kept - 1] != breaks->items[i])
            breaks->items[kept++] = breaks->items[i];
    breaks->n = kept;
    return 0;
}
