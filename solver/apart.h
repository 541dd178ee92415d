/*
 * How far plans are apart, and the problem of the plans that are far enough from given ones.
 *
 * Two plans differ in so many people as are elsewhere, where people who are alike in all that the model looks
 * at count as one another: with the flows x and y of a class of s members, u and v of them without a post,
 *
 *   distance = sum over classes of  s - sum over arcs of min(x, y) - min(u, v)
 *
 * "At least D from the flow y" is a total with terms. Where y has the whole class on an arc (of one person,
 * it has) min(x, y) is x itself; where it has a part of the class there, it is a number m with m >= x or m >=
 * y, chosen by a switch z:
 *
 *   x - m - (s - y) z <= 0,   y z - m <= 0,   m in 0 .. y,   z in 0 .. 1
 *
 * Such numbers are classes of their own with two arcs, to the posts "counted" and "not counted".
 */
#ifndef PULANG_SOLVER_APART_H
#define PULANG_SOLVER_APART_H

#include "model/problem.h"

/* How many people are elsewhere; flows of the problem. */
int64_t pulang_apart_distance(const pulang_problem *problem, const int *a, const int *b);

/* The problem with the rule that a plan is at least `distance` from each of the flows. Its first arcs are
   those of the problem, which must outlive it. */
pulang_status pulang_apart_new(const pulang_problem *problem, int n_flows, int *const *flows,
                               int64_t distance, pulang_problem **apart, pulang_error *error);

#endif
