/*
 * The known name that somebody most likely meant.
 */
#ifndef PULANG_MODEL_NEAREST_H
#define PULANG_MODEL_NEAREST_H

/*
 * Index of the candidate nearest to text, the first of equals; -1 when none is near enough. Distance
 * counts letters inserted, left out, replaced or swapped with their neighbour, without regard to
 * case; near enough is max(1, length of text / 3). Texts beyond 63 bytes are near to nothing.
 */
int pulang_nearest(const char *text, const char *const *candidates, int n);

#endif
