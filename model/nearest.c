/*
 * Optimal string alignment distance (restricted Damerau-Levenshtein), O(length^2) per candidate:
 *
 *   d(i, j) = min( d(i-1, j) + 1, d(i, j-1) + 1, d(i-1, j-1) + [a_i != b_j],
 *                  d(i-2, j-2) + 1  where a_i = b_(j-1) and a_(i-1) = b_j )
 */
#include "model/nearest.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST 63

/* Case of ASCII letters only: the same in every locale. */
static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int least(int a, int b) {
    return a < b ? a : b;
}

static int distance(const char *a, int n_a, const char *b, int n_b) {
    int d[LONGEST + 1][LONGEST + 1];
    for (int i = 0; i <= n_a; i++)
        d[i][0] = i;
    for (int j = 0; j <= n_b; j++)
        d[0][j] = j;
    for (int i = 1; i <= n_a; i++)
        for (int j = 1; j <= n_b; j++) {
            char x = lower(a[i - 1]), y = lower(b[j - 1]);
            d[i][j] = least(least(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + (x != y));
            if (i > 1 && j > 1 && x == lower(b[j - 2]) && lower(a[i - 2]) == y)
                d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[n_a][n_b];
}

int pulang_nearest(const char *text, const char *const *candidates, int n) {
    size_t length = strlen(text);
    if (length == 0 || length > LONGEST)
        return -1;
    int best = -1, best_distance = length / 3 > 1 ? (int)length / 3 + 1 : 2;
    for (int c = 0; c < n && best_distance > 0; c++) {
        size_t other = strlen(candidates[c]);
        if (other > LONGEST || abs((int)other - (int)length) >= best_distance)
            continue;
        int found = distance(text, (int)length, candidates[c], (int)other);
        if (found < best_distance) {
            best = c;
            best_distance = found;
        }
    }
    return best;
}
