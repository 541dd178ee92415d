#include "model/shortage.h"

int pulang_shortage_pieces(int64_t target) {
    return target < PULANG_SHORTAGE_PIECES ? (int)target : PULANG_SHORTAGE_PIECES;
}

int64_t pulang_shortage_break(int64_t target, int i) {
    int pieces = pulang_shortage_pieces(target);
    if (pieces == 0)
        return 0;
    /* target / pieces * i without overflow */
    return target / pieces * i + target % pieces * i / pieces;
}

int64_t pulang_shortage_slope(int64_t target, int i, int64_t weight, int64_t scale) {
    double lo = (double)pulang_shortage_break(target, i);
    double hi = (double)pulang_shortage_break(target, i + 1);
    return (int64_t)((lo + hi) * (double)weight / ((double)target * (double)scale) + 0.5);
}

int64_t pulang_shortage_cost(int64_t target, int64_t missing, int64_t weight, int64_t scale) {
    int64_t cost = 0;
    for (int i = 0; i < pulang_shortage_pieces(target); i++) {
        int64_t lo = pulang_shortage_break(target, i), hi = pulang_shortage_break(target, i + 1);
        if (missing <= lo)
            break;
        cost += pulang_shortage_slope(target, i, weight, scale) * ((missing < hi ? missing : hi) - lo);
    }
    return cost;
}
