/*
 * How long a session takes to solve a problem folder again after one assignment is forbidden, beside a solve
 * of the same changed instance from nothing:
 *
 *     core_resolve [--repeat K] DIR      K persons drawn at random (50), seeded
 *
 * One JSON row a person, and a last one with medians and the worst. Both times hold compiling, solving and
 * the independent check of the plan. Ends with 1 where the two find different optima.
 */
#include "ours.h"

#include "model/eligible.h"
#include "model/plan.h"
#include "pulang.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_REPEATS 1000

/* Somebody who has a post in the plan, and neither a pin nor the minimum stay holds there. */
static int draw_person(const pulang_instance *instance, const pulang_plan *plan, uint64_t *random) {
    for (;;) {
        int person = (int)(ours_random(random) % (uint64_t)instance->n_persons);
        if (plan->post[person] != PULANG_NONE && !pulang_eligible_bound(instance, person))
            return person;
    }
}

static bool same_optimum(const pulang_plan *a, const pulang_plan *b) {
    bool same = a->outcome == b->outcome;
    for (int l = 0; l < a->n_levels; l++)
        same = same && (!a->exists || a->levels[l].value == b->levels[l].value);
    return same;
}

static void print_row(const char *name, const pulang_instance *instance, int person, int post,
                      const pulang_plan *plan, double warm, double cold) {
    printf(
        "{\"instance\": \"%s\", \"person\": \"%s\", \"forbidden\": \"%s\", \"status\": \"%s\", \"levels\": [",
        name, instance->persons[person].id, instance->posts[post].id,
        plan->outcome == PULANG_OPTIMAL ? "optimal" : "infeasible");
    for (int l = 0; plan->exists && l < plan->n_levels; l++)
        printf("%s%lld", l ? ", " : "", (long long)plan->levels[l].value);
    printf("], \"seconds_resolve\": %.6f, \"seconds_solve\": %.6f}\n", warm, cold);
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_summary(const char *name, double *warm, double *cold, int n) {
    qsort(warm, (size_t)n, sizeof *warm, by_size);
    qsort(cold, (size_t)n, sizeof *cold, by_size);
    printf("{\"instance\": \"%s\", \"resolves\": %d, \"median_resolve\": %.6f, \"worst_resolve\": %.6f, "
           "\"median_solve\": %.6f, \"worst_solve\": %.6f, \"ratio\": %.1f}\n",
           name, n, warm[n / 2], warm[n - 1], cold[n / 2], cold[n - 1], cold[n / 2] / warm[n / 2]);
}

/* Forbids, solves both ways, and takes it back; the seconds, or false: failed or different. */
static bool measure(const char *name, pulang_session *session, const pulang_settings *settings, int person,
                    int post, double *warm, double *cold, pulang_error *error) {
    pulang_plan *plan = NULL;
    bool same = false;
    if (pulang_session_forbid(session, person, post, error) != PULANG_OK)
        return false;
    double begin = ours_now();
    if (pulang_session_solve(session, error) != PULANG_OK)
        return false;
    *warm = ours_now() - begin;
    const pulang_plan *again = pulang_session_plan(session);
    begin = ours_now();
    if (pulang_solve(again->instance, settings, &plan, error) == PULANG_OK) {
        *cold = ours_now() - begin;
        same = same_optimum(again, plan);
        print_row(name, again->instance, person, post, again, *warm, *cold);
        if (!same)
            snprintf(error->message, sizeof error->message, "the two solves find different optima");
    }
    pulang_plan_free(plan);
    pulang_session_reset(session);
    return same;
}

static bool run(const char *dir, int repeats, const pulang_instance *instance, pulang_error *error) {
    static double warm[MOST_REPEATS], cold[MOST_REPEATS];
    pulang_settings settings;
    pulang_session *session = NULL;
    pulang_plan *plan = NULL;
    uint64_t random = 1;
    pulang_settings_default(&settings);
    bool done = pulang_solve(instance, &settings, &plan, error) == PULANG_OK &&
                pulang_session_new(instance, &settings, &session, error) == PULANG_OK;
    if (done && !plan->exists) {
        snprintf(error->message, sizeof error->message, "there is no plan to begin with");
        done = false;
    }
    for (int i = 0; done && i < repeats; i++) {
        int person = draw_person(instance, plan, &random);
        done = measure(dir, session, &settings, person, plan->post[person], &warm[i], &cold[i], error);
    }
    if (done)
        print_summary(dir, warm, cold, repeats);
    pulang_session_free(session);
    pulang_plan_free(plan);
    return done;
}

int main(int argc, char **argv) {
    return ours_main(&(ours_program){"core_resolve", "--repeat", 50, MOST_REPEATS, run}, argc, argv);
}
