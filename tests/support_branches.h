/*
 * A small random problem with its optimum, for tests of branches on heads at one level after the other.
 */
#ifndef PULANG_TESTS_SUPPORT_BRANCHES_H
#define PULANG_TESTS_SUPPORT_BRANCHES_H

#include "model/bound.h"
#include "model/plan.h"
#include "solver/lagrange_branches.h"
#include "tests/support_crossing.h"

typedef struct test_branches {
    pulang_instance *instance;
    pulang_problem *problem;
    pulang_solution *optimum, *found; /* of the whole mixed-integer model; with the proof alone */
    pulang_limits limits;
    lagrange lg;
    int seed;
} test_branches;

/* The instance of a seed: 4 .. 8 persons and 2 .. most_posts posts that many are wanted for, budgets of
   districts and of all, at times a limit on moves. Nobody moves for nothing, and money runs out in parts of a
   person. */
pulang_instance *test_branches_instance(int seed, int most_posts);

/* The posts of a mask into posts, [most]; how many. */
int test_branches_posts(int mask, int most, int *posts);

/* Takes the instance. */
void test_branches_begin(test_branches *f, pulang_instance *instance, int seed);
void test_branches_end(test_branches *f);
/* Whether there is an optimum, and the solver is for such problems. */
bool test_branches_usable(const test_branches *f);
/* Turns to a level, without prices. */
void test_branches_turn(test_branches *f, int level);
/* Adds the prices in hand to the proof, with the tree, which may be NULL. */
void test_branches_step(test_branches *f, pulang_step_kind kind, int level, pulang_solution_tree *tree);
/* Takes the prices of the root of the branches in hand: what they prove, times scale. */
int64_t test_branches_root(test_branches *f);
/* What the proof so far says of the optimum to anybody, by level. It is gone then. */
void test_branches_verify(test_branches *f, pulang_bound bounds[TEST_CROSSING_LEVELS]);

#endif
