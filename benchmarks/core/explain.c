/*
 * How long it takes to find what every post would cost everybody, for one person (solver/explain.h), beside
 * solving again with the person pinned to one of them:
 *
 *     core_explain [--pairs K] DIR      K pairs of a person and a post drawn at random (200), seeded
 *
 * One JSON row. Ends with 1 where a change is not the one that solving again finds.
 */
#include "solver/explain.h"
#include "model/eligible.h"
#include "pulang.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MOST_PAIRS 1000

static double clock_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* SplitMix64 */
static uint64_t next_random(uint64_t *state) {
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* Somebody, and a post that he or she may hold and does not. */
static void draw_pair(const pulang_plan *plan, uint64_t *random, int *person, int *post) {
    const pulang_instance *instance = plan->instance;
    do {
        *person = (int)(next_random(random) % (uint64_t)instance->n_persons);
        *post = (int)(next_random(random) % (uint64_t)instance->n_posts);
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
    double begin = clock_seconds();
    pulang_explained *asked = pulang_explanation_person(r->explanation, person, PULANG_NONE);
    if (!asked || pulang_explain_posts(r->explainer, asked->items, asked->n, 0, r->explanation->arena, error))
        return false;
    r->person[i] = clock_seconds() - begin;
    pulang_session_reset(r->session);
    begin = clock_seconds();
    if (pulang_session_pin(r->session, person, post, error) || pulang_session_solve(r->session, error))
        return false;
    r->pin[i] = clock_seconds() - begin;
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
    double begin = clock_seconds();
    if (pulang_explainer_new(r->plan, &r->settings, &r->explainer, error))
        return false;
    r->network = clock_seconds() - begin;
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

int main(int argc, char **argv) {
    int pairs = 200, at = 1;
    if (argc > 3 && strcmp(argv[1], "--pairs") == 0) {
        pairs = atoi(argv[2]);
        at = 3;
    }
    if (at + 1 != argc || pairs < 1 || pairs > MOST_PAIRS) {
        fprintf(stderr, "usage: core_explain [--pairs K] DIR, K up to %d\n", MOST_PAIRS);
        return 2;
    }
    pulang_findings *findings = pulang_findings_new();
    pulang_instance *instance = NULL;
    pulang_error error = {0};
    static run r;
    bool done = findings && pulang_instance_read(argv[at], NULL, findings, &instance, &error) == PULANG_OK;
    r.instance = instance;
    done = done && run_pairs(&r, argv[at], pairs, &error);
    if (!done)
        fprintf(stderr, "core_explain: %s\n", error.message);
    pulang_session_free(r.session);
    pulang_explainer_free(r.explainer);
    pulang_explanation_free(r.explanation);
    pulang_plan_free(r.plan);
    pulang_instance_free(instance);
    pulang_findings_free(findings);
    return done ? 0 : 1;
}
