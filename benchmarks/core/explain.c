/*
 * How long it takes to find what every post would cost everybody, for one person (solver/explain.h), beside
 * solving again with the person pinned to one of them:
 *
 *     core_explain [--pairs K] DIR      K pairs of a person and a post drawn at random (200), seeded
 *
 * One JSON row. Ends with 1 where a change is not the one that solving again finds.
 */
#include "solver/explain.h"
#include "ours.h"

#include "model/eligible.h"
#include "pulang.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_PAIRS 1000

/* Somebody, and a post that he or she may hold and does not. */
static void draw_pair(const pulang_plan *plan, uint64_t *random, int *person, int *post) {
    const pulang_instance *instance = plan->instance;
    do {
        *person = (int)(ours_random(random) % (uint64_t)instance->n_persons);
        *post = (int)(ours_random(random) % (uint64_t)instance->n_posts);
    } while (plan->post[*person] == *post ||
             pulang_eligible_bar(instance, *person, *post) != PULANG_BAR_NONE);
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* What is measured. */
typedef struct run {
    const pulang_instance *instance;
    pulang_settings settings;
    pulang_plan *plan;
    pulang_explanation *explanation;
    pulang_explainer *explainer;
    pulang_session *session;
    double network, person[MOST_PAIRS], pin[MOST_PAIRS];
} run;

static bool same_change(const run *r, const pulang_consequence *item) {
    const pulang_plan *plan = pulang_session_plan(r->session);
    if (!plan->exists)
        return item->state == PULANG_PAIR_IMPOSSIBLE;
    for (int l = 0; l < plan->n_levels; l++)
        if (item->state != PULANG_PAIR_EXACT ||
            r->plan->levels[l].value + item->change[l] != plan->levels[l].value)
            return false;
    return true;
}

/* All posts of the person by paths, and the one by solving again; false: failed or different. */
static bool measure(run *r, int i, int person, int post, pulang_error *error) {
    double begin = ours_now();
    pulang_explained *asked = pulang_explanation_person(r->explanation, person, PULANG_NONE);
    if (!asked || pulang_explain_posts(r->explainer, asked->items, asked->n, 0, r->explanation->arena, error))
        return false;
    r->person[i] = ours_now() - begin;
    pulang_session_reset(r->session);
    begin = ours_now();
    if (pulang_session_pin(r->session, person, post, error) || pulang_session_solve(r->session, error))
        return false;
    r->pin[i] = ours_now() - begin;
    for (int k = 0; k < asked->n; k++)
        if (asked->items[k].post == post && !same_change(r, &asked->items[k])) {
            snprintf(error->message, sizeof error->message, "another change of %s in %s",
                     r->instance->persons[person].id, r->instance->posts[post].id);
            return false;
        }
    return true;
}

static bool prepare(run *r, int pairs, pulang_error *error) {
    pulang_settings_default(&r->settings);
    if (pulang_solve(r->instance, &r->settings, &r->plan, error) ||
        pulang_session_new(r->instance, &r->settings, &r->session, error) ||
        pulang_explanation_new(r->plan, pairs, &r->explanation, error))
        return false;
    double begin = ours_now();
    if (pulang_explainer_new(r->plan, &r->settings, &r->explainer, error))
        return false;
    r->network = ours_now() - begin;
    const char *anew = pulang_explainer_anew(r->explainer);
    if (anew)
        snprintf(error->message, sizeof error->message, "no residual network: %s", anew);
    return !anew;
}

static bool run_pairs(run *r, const char *name, int pairs, pulang_error *error) {
    uint64_t random = 1;
    if (!prepare(r, pairs, error))
        return false;
    for (int i = 0; i < pairs; i++) {
        int person, post;
        draw_pair(r->plan, &random, &person, &post);
        if (!measure(r, i, person, post, error))
            return false;
    }
    qsort(r->person, (size_t)pairs, sizeof *r->person, by_size);
    qsort(r->pin, (size_t)pairs, sizeof *r->pin, by_size);
    printf("{\"instance\": \"%s\", \"pairs\": %d, \"equal\": %d, \"seconds_network\": %.6f, "
           "\"median_person\": %.6f, \"worst_person\": %.6f, \"median_pin\": %.6f}\n",
           name, pairs, pairs, r->network, r->person[pairs / 2], r->person[pairs - 1], r->pin[pairs / 2]);
    return true;
}

static bool run_folder(const char *dir, int pairs, const pulang_instance *instance, pulang_error *error) {
    static run r;
    r.instance = instance;
    bool done = run_pairs(&r, dir, pairs, error);
    pulang_session_free(r.session);
    pulang_explainer_free(r.explainer);
    pulang_explanation_free(r.explanation);
    pulang_plan_free(r.plan);
    return done;
}

int main(int argc, char **argv) {
    return ours_main(&(ours_program){"core_explain", "--pairs", 200, MOST_PAIRS, run_folder}, argc, argv);
}
