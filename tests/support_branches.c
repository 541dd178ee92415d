#include "tests/support_branches.h"

#include "model/alloc.h"
#include "solver/solve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void must(bool holds) {
    if (!holds)
        abort();
}

/* ---- problems ---- */

static int draw(test_random *random, int low, int high) {
    return test_random_range(random, low, high);
}

static void draw_people(pulang_instance *instance, test_random *random) {
    for (int j = 0; j < instance->n_posts; j++) {
        pulang_post *post = &instance->posts[j];
        post->min = draw(random, 0, 2);
        post->target = post->min + draw(random, 0, 2);
        post->max = post->target + draw(random, 0, 2);
        post->priority = 500 * draw(random, 1, 4);
    }
    for (int p = 0; p < instance->n_persons; p++) {
        pulang_person *person = &instance->persons[p];
        person->pay = 100 * draw(random, 3, 7); /* quotas are in whole ones */
        person->current = draw(random, PULANG_NONE, instance->n_posts - 1);
        if (draw(random, 1, 3) == 1) {
            person->forbid_posts = (pulang_ints){1, pulang_arena_alloc(instance->arena, 1, sizeof(int))};
            must(person->forbid_posts.items);
            person->forbid_posts.items[0] = draw(random, 0, instance->n_posts - 1);
        }
    }
}

pulang_instance *test_branches_instance(int seed, int most_posts) {
    static const char *const each[] = {"", "district", "place", "post"};
    static const char *const levels[] = {"required unplaced shortage preference",
                                         "unplaced required shortage preference",
                                         "shortage unplaced preference"};
    test_random random = {(uint64_t)seed};
    int n_persons = draw(&random, 4, TEST_CROSSING_PERSONS), n_posts = draw(&random, 2, most_posts);
    int n_quotas = draw(&random, 1, 3);
    pulang_instance *instance = test_instance_new(n_persons, 3, n_posts, n_quotas);
    test_instance_levels(instance, levels[draw(&random, 0, 2)]);
    draw_people(instance, &random);
    for (int q = 0; q < n_quotas; q++) {
        pulang_quota *quota = &instance->quotas[q];
        bool moves = draw(&random, 1, 5) == 1;
        quota->measure = moves ? PULANG_MEASURE_MOVES : PULANG_MEASURE_PAY;
        quota->each = moves ? "" : each[draw(&random, 0, 3)];
        if (!moves && draw(&random, 0, 1))
            quota->persons = test_instance_category(instance, "a");
        quota->has_max = true;
        quota->max = moves ? draw(&random, 1, n_persons) : draw(&random, 4, 25);
    }
    return instance;
}

int test_branches_posts(int mask, int most, int *posts) {
    int n = 0;
    for (int j = 0; j < most; j++)
        if (mask & 1 << j)
            posts[n++] = j;
    return n;
}

/* ---- one level after the other ---- */

void test_branches_begin(test_branches *f, pulang_instance *instance, int seed) {
    pulang_settings settings;
    *f = (test_branches){.instance = instance, .seed = seed};
    pulang_settings_default(&settings);
    settings.method = PULANG_METHOD_GLPK;
    must(pulang_problem_new(instance, &f->problem, NULL) == PULANG_OK);
    must(pulang_solve_problem(f->problem, &settings, NULL, &f->optimum, NULL) == PULANG_OK);
    f->found = pulang_solution_new(f->problem);
    must(f->found);
    f->limits = (pulang_limits){.begin = pulang_clock(), .deadline = INFINITY, .seed = 1};
    must(lagrange_init(&f->lg, f->problem, &f->limits, f->found) == PULANG_OK);
}

void test_branches_end(test_branches *f) {
    lagrange_branches_clear(&f->lg.branches);
    lagrange_clear(&f->lg);
    pulang_solution_free(f->found);
    pulang_solution_free(f->optimum);
    pulang_problem_free(f->problem);
    pulang_instance_free(f->instance);
}

bool test_branches_usable(const test_branches *f) {
    const char *why;
    return f->optimum->exists && f->optimum->outcome == PULANG_OPTIMAL &&
           pulang_lagrange_applies(f->problem, &why);
}

void test_branches_turn(test_branches *f, int level) {
    lagrange *lg = &f->lg;
    lagrange_set_level(lg, level);
    memset(lg->goal.price, 0, (size_t)lg->problem->n_totals * sizeof *lg->goal.price);
    memset(lg->goal.held, 0, (size_t)lg->problem->n_levels * sizeof *lg->goal.held);
    lagrange_near_all(lg);
}

void test_branches_step(test_branches *f, pulang_step_kind kind, int level, pulang_solution_tree *tree) {
    const lagrange *lg = &f->lg;
    size_t n_levels = (size_t)f->problem->n_levels;
    pulang_solution_step *step = &f->found->steps[f->found->n_steps++];
    *step = (pulang_solution_step){.kind = kind, .level = level, .scale = 1, .tree = tree};
    step->price = pulang_alloc(lagrange_room(lg), sizeof *step->price);
    step->held = pulang_alloc(n_levels, sizeof *step->held);
    must(step->price && step->held);
    if (kind == PULANG_STEP_FEASIBLE)
        return;
    step->scale = lg->goal.scale;
    memcpy(step->price, lg->goal.price, (size_t)lg->problem->n_totals * sizeof *step->price);
    memcpy(step->held, lg->goal.held, n_levels * sizeof *step->held);
}

int64_t test_branches_root(test_branches *f) {
    lagrange *lg = &f->lg;
    int64_t bound;
    for (int t = 0; t < lg->branches.n_totals; t++)
        lg->goal.price[t] = llrint(lg->branches.root[t] * (double)lg->goal.scale);
    must(lagrange_bound(lg, &bound));
    return bound;
}

void test_branches_verify(test_branches *f, pulang_bound bounds[TEST_CROSSING_LEVELS]) {
    pulang_plan *plan = NULL;
    int64_t value[TEST_CROSSING_LEVELS];
    bool infeasible;
    pulang_solution_take_steps(f->optimum, f->found);
    must(pulang_solve_plan(f->instance, f->problem, f->optimum, &plan, NULL) == PULANG_OK);
    for (int l = 0; l < f->problem->n_levels; l++)
        value[l] = f->optimum->levels[l].value;
    must(pulang_bound_compute(f->instance, plan->steps, plan->n_steps, value, bounds, &infeasible, NULL) ==
         PULANG_OK);
    must(!infeasible);
    pulang_plan_free(plan);
}
