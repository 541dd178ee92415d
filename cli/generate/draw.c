#include "cli/generate/draw.h"

#include <assert.h>

uint64_t draw_next(draw_state *random) {
    uint64_t z = random->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

int draw_range(draw_state *random, int lo, int hi) {
    assert(lo <= hi);
    return (int)(lo + (int64_t)(draw_next(random) % ((uint64_t)((int64_t)hi - lo) + 1)));
}

bool draw_chance(draw_state *random, int percent) {
    return draw_range(random, 0, 99) < percent;
}

int draw_weighted(draw_state *random, const int *weight, int n) {
    int64_t sum = 0;
    for (int i = 0; i < n; i++)
        sum += weight[i];
    if (sum == 0)
        return -1;
    int64_t left = (int64_t)(draw_next(random) % (uint64_t)sum);
    int i = 0;
    while (left >= weight[i])
        left -= weight[i++];
    return i;
}

int draw_bell(draw_state *random, int lo, int hi) {
    int sum = 0;
    for (int i = 0; i < 3; i++)
        sum += draw_range(random, 0, hi - lo);
    return lo + (sum + 1) / 3;
}
