#include "io/compare.h"
#include "io/output.h"
#include "io/write_compare.h"
#include "model/alloc.h"
#include "tests/support_instance.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A folder as a solver would have had it written, of a plan made up here. */
typedef struct made_run {
    char path[64];
    pulang_run *run;
} made_run;

static void write_plan(const char *path, const pulang_instance *instance, const int *posts, bool proven) {
    pulang_plan *plan = pulang_plan_new(instance);
    pulang_settings settings;
    pulang_error error = {0};
    pulang_settings_default(&settings);
    plan->exists = true;
    plan->outcome = proven ? PULANG_OPTIMAL : PULANG_LIMIT;
    plan->method = "core";
    for (int p = 0; p < instance->n_persons; p++)
        plan->post[p] = posts[p];
    for (int l = 0; l < plan->n_levels; l++)
        plan->levels[l] =
            (pulang_level_result){instance->scenario.levels[l].name, 100, proven ? 100 : 90, proven, 0};
    cr_assert(eq(int, pulang_output_write(instance, plan, &settings, path, &error), PULANG_OK), "%s",
              error.message);
    pulang_plan_free(plan);
}

static pulang_status read_run(const char *path, bool today, pulang_run **run, size_t *n_findings) {
    pulang_findings *findings = pulang_findings_new();
    pulang_status status =
        today ? pulang_run_read_today(path, findings, run, NULL) : pulang_run_read(path, findings, run, NULL);
    for (size_t i = 0; status == PULANG_OK && i < pulang_findings_total(findings); i++)
        cr_assert(false, "%s", pulang_findings_at(findings, i)->message);
    *n_findings = pulang_findings_total(findings);
    pulang_findings_free(findings);
    return status;
}

static made_run make_run(const pulang_instance *instance, const int *posts) {
    made_run made = {.run = NULL};
    size_t n;
    test_folder_make(made.path);
    write_plan(made.path, instance, posts, true);
    cr_assert(eq(int, read_run(made.path, false, &made.run, &n), PULANG_OK));
    return made;
}

static void remove_run(made_run *made) {
    pulang_run_free(made->run);
    test_folder_remove(made->path);
}

static pulang_comparison *compare_two(const made_run *a, const made_run *b) {
    const pulang_run *runs[] = {a->run, b->run};
    static const pulang_run *kept[2]; /* the comparison points to them */
    pulang_comparison *comparison = NULL;
    memcpy(kept, runs, sizeof kept);
    cr_assert(eq(int, pulang_compare(kept, 2, &comparison, NULL), PULANG_OK));
    return comparison;
}

/* What is compared in most tests: persons p1.. in posts j1.. of places v1.., all natives of v1. */
static pulang_instance *natives(int n_persons, int n_posts, int n_quotas) {
    pulang_instance *instance = test_instance_new(n_persons, n_posts, n_posts, n_quotas);
    for (int p = 0; p < n_persons; p++)
        instance->persons[p].origin = 0;
    for (int q = 0; q < n_quotas; q++) {
        instance->quotas[q].each = "post";
        instance->quotas[q].has_max = true;
        instance->quotas[q].max = 9;
    }
    return instance;
}

static const pulang_difference *of(const pulang_comparison *comparison, const char *person) {
    const pulang_difference *d = pulang_comparison_find(comparison, 1, person);
    cr_assert(d != NULL, "%s is placed as before", person);
    return d;
}

/* Home counts more: p1 goes home to j1, and p2, who was there, makes room. */
Test(compare, weight_and_room) {
    pulang_instance *instance = natives(3, 3, 0);
    made_run a = make_run(instance, (int[]){1, 0, 2});
    instance->scenario.weight[PULANG_TERM_HOMETOWN] = 30000;
    made_run b = make_run(instance, (int[]){0, 1, 2});
    pulang_comparison *c = compare_two(&a, &b);
    cr_assert(eq(int, c->against[1].n_changes, 1));
    cr_assert(eq(str, (char *)c->against[1].changes[0].key, "weights.hometown"));
    cr_assert(eq(int, c->against[1].n_differences, 2));
    cr_assert(eq(int, of(c, "p1")->why, PULANG_WHY_SETTING));
    cr_assert(eq(int, of(c, "p1")->change, 0));
    /* 30 x (0.95 - 0.90) less, by the default curve at 0 and 10 km */
    cr_assert(epsilon_eq(dbl, of(c, "p1")->cost, -1.5, 1e-9));
    cr_assert(eq(int, of(c, "p2")->why, PULANG_WHY_ROOM));
    cr_assert(eq(str, (char *)c->against[1].differences[of(c, "p2")->next].person, "p1"));
    cr_assert(eq(int, of(c, "p2")->takes, true));
    cr_assert(strstr(of(c, "p2")->text, "takes the seat that p1 left") != NULL, "%s", of(c, "p2")->text);
    cr_assert(pulang_comparison_find(c, 1, "p3") == NULL);
    pulang_comparison_free(c);
    remove_run(&a);
    remove_run(&b);
    pulang_instance_free(instance);
}

/* A weight that falls explains who goes away from home, not who comes nearer. */
Test(compare, weight_has_a_direction) {
    pulang_instance *instance = natives(2, 3, 0);
    made_run a = make_run(instance, (int[]){0, 2});
    instance->scenario.weight[PULANG_TERM_HOMETOWN] = 5000;
    made_run b = make_run(instance, (int[]){1, 0});
    pulang_comparison *c = compare_two(&a, &b);
    cr_assert(eq(int, of(c, "p1")->why, PULANG_WHY_SETTING));
    cr_assert(eq(int, of(c, "p2")->why, PULANG_WHY_ROOM));
    pulang_comparison_free(c);
    remove_run(&a);
    remove_run(&b);
    pulang_instance_free(instance);
}

static void set_rule(pulang_quota *quota, bool has_min, int64_t min, int64_t max) {
    quota->has_min = has_min;
    quota->min = min;
    quota->has_max = true;
    quota->max = max;
}

/* A rule over the posts j1 and j2 each asks for one there; p1 comes from j3, which no rule draws on. */
Test(compare, rule_and_chain) {
    pulang_instance *instance = natives(3, 4, 1);
    instance->quotas[0].posts_text = "post=j1";
    const char *message;
    cr_assert(pulang_filter_parse(instance, PULANG_FILTER_POSTS, "post=j1", instance->arena,
                                  &instance->quotas[0].posts, &message));
    made_run a = make_run(instance, (int[]){1, 2, 3});
    set_rule(&instance->quotas[0], true, 1, 9);
    made_run b = make_run(instance, (int[]){0, 1, 2});
    pulang_comparison *c = compare_two(&a, &b);
    cr_assert(eq(int, of(c, "p1")->why, PULANG_WHY_RULE));
    cr_assert(eq(str, (char *)c->against[1].changes[of(c, "p1")->change].key, "q1"));
    cr_assert(strstr(of(c, "p1")->text, "min 1 instead of not set") != NULL, "%s", of(c, "p1")->text);
    cr_assert(eq(int, of(c, "p2")->why, PULANG_WHY_ROOM));
    cr_assert(eq(int, of(c, "p3")->why, PULANG_WHY_ROOM));
    cr_assert(eq(str, (char *)c->against[1].differences[of(c, "p3")->next].person, "p2"));
    cr_assert(strstr(of(c, "p3")->text, "p2 left, who takes the seat that p1 left; why p1 went") != NULL,
              "%s", of(c, "p3")->text);
    pulang_comparison_free(c);
    remove_run(&a);
    remove_run(&b);
    pulang_instance_free(instance);
}

/* A limit that is gone explains who comes to where it bound. */
Test(compare, rule_that_is_gone) {
    pulang_instance *instance = natives(2, 2, 1);
    instance->posts[0].max = 2;
    set_rule(&instance->quotas[0], false, 0, 1);
    made_run a = make_run(instance, (int[]){0, 1});
    instance->quotas[0].on = false;
    made_run b = make_run(instance, (int[]){0, 0});
    pulang_comparison *c = compare_two(&a, &b);
    cr_assert(eq(int, of(c, "p2")->why, PULANG_WHY_RULE));
    cr_assert(eq(str, (char *)of(c, "p2")->text, "rule \"q1\" is gone: max 1"));
    pulang_comparison_free(c);
    remove_run(&a);
    remove_run(&b);
    pulang_instance_free(instance);
}

/* A rule that has room in both runs explains nothing; neither does one that would have had it the other way.
 */
Test(compare, rule_that_does_not_bind) {
    pulang_instance *instance = natives(1, 2, 1);
    made_run a = make_run(instance, (int[]){0});
    set_rule(&instance->quotas[0], false, 0, 8);
    made_run b = make_run(instance, (int[]){1});
    set_rule(&instance->quotas[0], false, 0, 9);
    pulang_comparison *c = compare_two(&a, &b);
    cr_assert(eq(int, c->against[1].n_changes, 1));
    cr_assert(eq(int, of(c, "p1")->why, PULANG_WHY_OTHER));
    pulang_comparison_free(c);
    remove_run(&a);
    remove_run(&b);
    pulang_instance_free(instance);
}

/* Two who are alike change places. */
Test(compare, equally_good) {
    pulang_instance *instance = natives(2, 2, 0);
    made_run a = make_run(instance, (int[]){0, 1}), b = make_run(instance, (int[]){1, 0});
    pulang_comparison *c = compare_two(&a, &b);
    cr_assert(eq(int, of(c, "p1")->why, PULANG_WHY_EQUAL));
    cr_assert(eq(int, of(c, "p2")->why, PULANG_WHY_EQUAL));
    cr_assert(eq(int, of(c, "p2")->together, 2));
    pulang_comparison_free(c);
    remove_run(&a);
    remove_run(&b);
    pulang_instance_free(instance);
}

Test(compare, not_proven) {
    pulang_instance *instance = natives(1, 2, 0);
    made_run a = make_run(instance, (int[]){0}), b = {.run = NULL};
    size_t n;
    test_folder_make(b.path);
    write_plan(b.path, instance, (int[]){1}, false);
    cr_assert(eq(int, read_run(b.path, false, &b.run, &n), PULANG_OK));
    pulang_comparison *c = compare_two(&a, &b);
    cr_assert(eq(int, of(c, "p1")->why, PULANG_WHY_UNPROVEN));
    pulang_run_level low = {"x", 95, 95, true}, open = {"x", 100, 90, false}, far = {"x", 80, 80, true};
    cr_assert(pulang_compare_open(&low, &open));
    cr_assert(not(pulang_compare_open(&far, &open)));
    cr_assert(not(pulang_compare_open(&low, &far)));
    pulang_comparison_free(c);
    remove_run(&a);
    remove_run(&b);
    pulang_instance_free(instance);
}

/* A post and a person that only one run has, and more seats. */
Test(compare, other_files) {
    pulang_instance *small = natives(2, 2, 0), *large = natives(3, 3, 0);
    large->posts[1].target = large->posts[1].max = 2;
    made_run a = make_run(small, (int[]){0, 1}), b = make_run(large, (int[]){1, 2, 0});
    pulang_comparison *c = compare_two(&a, &b);
    cr_assert(eq(int, c->against[1].n_differences, 3));
    cr_assert(eq(int, of(c, "p1")->why, PULANG_WHY_FILES), "%s", of(c, "p1")->text);
    cr_assert(strstr(of(c, "p1")->text, "of post j2 is 2 instead of 1") != NULL, "%s", of(c, "p1")->text);
    cr_assert(strstr(of(c, "p2")->text, "post j3 is new") != NULL, "%s", of(c, "p2")->text);
    cr_assert(eq(int, of(c, "p3")->why, PULANG_WHY_ABSENT));
    cr_assert(isnan(of(c, "p3")->cost));
    pulang_comparison_free(c);
    remove_run(&a);
    remove_run(&b);
    pulang_instance_free(small);
    pulang_instance_free(large);
}

/* The same plan with semicolons, decimal commas and the columns in another order differs in nothing. */
Test(compare, dialects_and_order) {
    pulang_instance *instance = natives(2, 2, 1);
    made_run a = make_run(instance, (int[]){0, 1}), b = {.run = NULL};
    instance->persons_table.separator = ';';
    test_folder_make(b.path);
    write_plan(b.path, instance, (int[]){0, 1}, true);
    test_file_write(b.path, "quotas.csv",
                    "value;group;quota;max;min;target;measure;status_quo\n1;j2;q1;9;;;heads;0\n"
                    "1;j1;q1;9;;;heads;0\n");
    size_t n;
    cr_assert(eq(int, read_run(b.path, false, &b.run, &n), PULANG_OK));
    pulang_comparison *c = compare_two(&a, &b);
    cr_assert(eq(int, c->against[1].n_differences, 0));
    cr_assert(eq(int, c->against[1].n_changes, 0));
    cr_assert(eq(int, c->quotas.n, 2));
    for (int f = 0; f < c->figures.n; f++)
        cr_assert(eq(int, pulang_compare_mark(&c->figures.items[f], 1), 0));
    for (int q = 0; q < c->quotas.n; q++)
        cr_assert(epsilon_eq(dbl, c->quotas.items[q].values[0], c->quotas.items[q].values[1], 1e-9));
    pulang_comparison_free(c);
    remove_run(&a);
    remove_run(&b);
    pulang_instance_free(instance);
}

Test(compare, today_beside_the_plan) {
    pulang_instance *instance = natives(2, 2, 1);
    instance->persons[0].current = 1;
    made_run a = make_run(instance, (int[]){0, 1}), today = {.run = NULL};
    size_t n;
    cr_assert(eq(int, read_run(a.path, true, &today.run, &n), PULANG_OK));
    pulang_comparison *c = compare_two(&a, &today);
    cr_assert(eq(int, c->against[1].n_differences, 2));
    cr_assert(eq(str, (char *)of(c, "p1")->after, "j2"));
    cr_assert(eq(str, (char *)of(c, "p2")->after, ""));
    cr_assert(eq(int, of(c, "p1")->why, PULANG_WHY_TODAY));
    double placed = c->figures.items[0].values[1];
    cr_assert(epsilon_eq(dbl, placed, 1, 0));
    char *json = pulang_comparison_write_json(c);
    cr_assert(json && strstr(json, "\"name\": \"today\"") != NULL);
    pulang_free(json);
    pulang_comparison_free(c);
    pulang_run_free(today.run);
    remove_run(&a);
    pulang_instance_free(instance);
}

/* ---- many at random ---- */

/* Every difference is told once, has a reason, and its chain ends at somebody with a reason of their own. */
static void check_differences(const pulang_comparison *c, const int *before, const int *after, int n) {
    const pulang_against *against = &c->against[1];
    int differ = 0;
    for (int p = 0; p < n; p++) {
        char person[16];
        snprintf(person, sizeof person, "p%d", p + 1);
        differ += before[p] != after[p];
        cr_assert(eq(int, pulang_comparison_find(c, 1, person) != NULL, before[p] != after[p]));
    }
    cr_assert(eq(int, against->n_differences, differ));
    for (int i = 0; i < against->n_differences; i++) {
        const pulang_difference *d = &against->differences[i];
        int steps = 0;
        cr_assert(d->text[0] != 0);
        for (; d->next >= 0; d = &against->differences[d->next], steps++) {
            const pulang_difference *to = &against->differences[d->next];
            cr_assert(eq(str, (char *)(d->takes ? d->after : d->before),
                         (char *)(d->takes ? to->before : to->after)));
            cr_assert(lt(int, steps, n));
        }
        if (steps > 0)
            cr_assert(d->why == PULANG_WHY_SETTING || d->why == PULANG_WHY_RULE ||
                      d->why == PULANG_WHY_FILES || d->why == PULANG_WHY_ABSENT);
    }
}

Test(compare, random_plans) {
    test_random random = {71};
    for (int round = 0; round < 40; round++) {
        enum { PERSONS = 12, POSTS = 8 };
        pulang_instance *instance = natives(PERSONS, POSTS, 1);
        int before[PERSONS], after[PERSONS];
        for (int j = 0; j < POSTS; j++)
            instance->posts[j].max = PERSONS;
        for (int p = 0; p < PERSONS; p++) {
            before[p] = test_random_range(&random, -1, POSTS - 1);
            after[p] =
                test_random_range(&random, 0, 2) ? before[p] : test_random_range(&random, -1, POSTS - 1);
        }
        made_run a = make_run(instance, before);
        if (test_random_range(&random, 0, 1))
            instance->scenario.weight[PULANG_TERM_HOMETOWN] = 20000;
        if (test_random_range(&random, 0, 1))
            set_rule(&instance->quotas[0], true, 1, 2);
        made_run b = make_run(instance, after);
        pulang_comparison *c = compare_two(&a, &b);
        check_differences(c, before, after, PERSONS);
        pulang_comparison_free(c);
        remove_run(&a);
        remove_run(&b);
        pulang_instance_free(instance);
    }
}

/* ---- bad folders ---- */

static void replace(const char *path, const char *file, const char *old, const char *new) {
    char *text = test_file_read(path, file), *at = strstr(text, old);
    cr_assert(at != NULL, "%s has no %s", file, old);
    char *changed = NULL;
    cr_assert(asprintf(&changed, "%.*s%s%s", (int)(at - text), text, new, at + strlen(old)) > 0);
    test_file_write(path, file, changed);
    free(changed);
    free(text);
}

/* Reads a folder after a change; the findings must be so many, and one must say part. */
static void expect_fault(const char *file, const char *old, const char *new, const char *part) {
    pulang_instance *instance = natives(2, 2, 0);
    pulang_findings *findings = pulang_findings_new();
    pulang_run *run = NULL;
    char path[64];
    bool found = false;
    test_folder_make(path);
    write_plan(path, instance, (int[]){0, 1}, true);
    replace(path, file, old, new);
    cr_assert(eq(int, pulang_run_read(path, findings, &run, NULL), PULANG_ERROR_INPUT), "%s", part);
    for (size_t i = 0; i < pulang_findings_total(findings); i++)
        found |= strstr(pulang_findings_at(findings, i)->message, part) != NULL;
    cr_assert(found, "no finding says %s", part);
    cr_assert(run == NULL);
    pulang_findings_free(findings);
    test_folder_remove(path);
    pulang_instance_free(instance);
}

Test(compare, folders_that_are_none) {
    expect_fault("summary.json", "\"plan\": true", "\"plan\": false", "no plan");
    expect_fault("summary.json", "\"status\"", "\"state\"", "not the summary");
    expect_fault("summary.json", "{", "", "JSON");
    expect_fault("summary.json", "\"scenario\"", "\"scene\"", "scenario is missing");
    expect_fault("summary.json", "\"rules\": [", "\"rule\": [", "rules is missing");
    expect_fault("summary.json", "\"plan\": 2.0", "\"plan\": 1.0", "placed is 2 by the tables, but 1");
    expect_fault("placements.csv", "\np2,", "\np1,", "there twice");
    expect_fault("placements.csv", ",j2,", ",j7,", "post j7 is not in posts.csv");
    expect_fault("placements.csv", ",j2,", ",j1,", "post j1 has 2 people in placements.csv, but 1 here");
    expect_fault("placements.csv", "person,", "who,", "needs one column person");
    expect_fault("placements.csv", "0.500", "0.400", "do not add up");
    expect_fault("posts.csv", "\nj2,", "\nj2,x,", "more or fewer cells");
    expect_fault("posts.csv", "role", "district", "there twice");
}

Test(compare, no_folder) {
    pulang_run *run = NULL;
    size_t n;
    cr_assert(eq(int, read_run("/nowhere", false, &run, &n), PULANG_ERROR_INPUT));
    cr_assert(eq(sz, n, 1));
}

/* ---- files ---- */

Test(compare, same_bytes_and_whole) {
    pulang_instance *instance = natives(3, 3, 1);
    made_run a = make_run(instance, (int[]){1, 0, 2});
    instance->scenario.weight[PULANG_TERM_HOMETOWN] = 30000;
    made_run b = make_run(instance, (int[]){0, 1, 2});
    pulang_comparison *c = compare_two(&a, &b);
    char out[64];
    test_folder_make(out);
    cr_assert(eq(int, pulang_comparison_write(c, out, false, NULL), PULANG_OK));
    char *people = test_file_read(out, "people.csv"), *figures = test_file_read(out, "comparison.csv");
    char *json = test_file_read(out, "comparison.json"), *again = pulang_comparison_write_json(c);
    cr_assert(people && strstr(people, "p1,,j2,j1,v1,setting,weights.hometown,") != NULL, "%s", people);
    cr_assert(figures && strstr(figures, "setting,weights.hometown,,,10,30,,") != NULL, "%s", figures);
    cr_assert(eq(str, json, again));
    free(people);
    free(figures);
    free(json);
    pulang_free(again);
    pulang_comparison_free(c);
    remove_run(&a);
    remove_run(&b);
    test_folder_remove(out);
    pulang_instance_free(instance);
}

/* Whichever allocation fails, reading and comparing end with PULANG_ERROR_MEMORY and nothing leaks. */
Test(compare, out_of_memory) {
    pulang_instance *instance = natives(3, 3, 1);
    made_run a = make_run(instance, (int[]){1, 0, 2});
    instance->scenario.weight[PULANG_TERM_HOMETOWN] = 30000;
    set_rule(&instance->quotas[0], true, 1, 9);
    made_run b = make_run(instance, (int[]){0, 1, 2});
    const pulang_run *runs[] = {a.run, b.run};
    pulang_status status = PULANG_ERROR_MEMORY;
    for (long k = 1; status != PULANG_OK; k++) {
        pulang_comparison *c = NULL;
        pulang_alloc_fail_at(k);
        status = pulang_compare(runs, 2, &c, NULL);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || (status == PULANG_ERROR_MEMORY && !c));
        pulang_comparison_free(c);
    }
    status = PULANG_ERROR_MEMORY;
    for (long k = 1; status != PULANG_OK; k++) {
        pulang_findings *findings = pulang_findings_new();
        pulang_run *run = NULL;
        pulang_alloc_fail_at(k);
        status = pulang_run_read(a.path, findings, &run, NULL);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || (status == PULANG_ERROR_MEMORY && !run), "allocation %ld", k);
        pulang_run_free(run);
        pulang_findings_free(findings);
    }
    remove_run(&a);
    remove_run(&b);
    pulang_instance_free(instance);
}
