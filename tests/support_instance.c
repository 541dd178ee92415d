#include "tests/support_instance.h"

#include "model/check.h"
#include "model/filter.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void *make(pulang_instance *instance, size_t count, size_t size) {
    void *made = pulang_arena_alloc(instance->arena, count, size);
    if (!made)
        abort();
    return made;
}

static const char *name(pulang_instance *instance, const char *prefix, int i) {
    return pulang_arena_printf(instance->arena, "%s%d", prefix, i + 1);
}

/* A table with an id column and one more. */
static void make_table(pulang_instance *instance, pulang_table *table, int n_rows, const char *id,
                       const char *other) {
    *table = (pulang_table){.file = "", .n_columns = 2, .n_rows = n_rows};
    table->columns = make(instance, 2, sizeof *table->columns);
    table->columns[0] = id;
    table->columns[1] = other;
    table->headings = table->columns;
    table->cells = make(instance, (size_t)n_rows * 2, sizeof *table->cells);
    table->lines = make(instance, (size_t)n_rows, sizeof *table->lines);
}

static void make_persons(pulang_instance *instance, int n) {
    instance->n_persons = n;
    instance->persons = make(instance, (size_t)n, sizeof *instance->persons);
    make_table(instance, &instance->persons_table, n, "person", "category");
    for (int p = 0; p < n; p++) {
        const char *id = name(instance, "p", p);
        instance->persons[p] = (pulang_person){.id = id,
                                               .name = "",
                                               .category = p % 2 == 0 ? "a" : "b",
                                               .contract = "",
                                               .origin = PULANG_NONE,
                                               .merit = PULANG_NONE,
                                               .current = PULANG_NONE,
                                               .pin = PULANG_NONE,
                                               .group = PULANG_NONE,
                                               .tenure = PULANG_NONE};
        instance->persons_table.cells[2 * p] = id;
        instance->persons_table.cells[2 * p + 1] = instance->persons[p].category;
    }
    instance->pairs_begin = make(instance, (size_t)n + 1, sizeof *instance->pairs_begin);
}

static void make_places(pulang_instance *instance, int n) {
    instance->n_places = n;
    instance->places = make(instance, (size_t)n, sizeof *instance->places);
    make_table(instance, &instance->places_table, n, "place", "district");
    instance->metres = make(instance, (size_t)(n * n), sizeof *instance->metres);
    instance->seconds = make(instance, (size_t)(n * n), sizeof *instance->seconds);
    for (int i = 0; i < n; i++) {
        const char *id = name(instance, "v", i), *district = name(instance, "d", i / 2);
        instance->places[i] = (pulang_place){.id = id, .name = id, .district = district, .region = ""};
        instance->places_table.cells[2 * i] = id;
        instance->places_table.cells[2 * i + 1] = district;
        for (int k = 0; k < n; k++) {
            instance->metres[i * n + k] = 10000 * abs(i - k);
            instance->seconds[i * n + k] = 1200 * abs(i - k);
        }
    }
}

static void make_posts(pulang_instance *instance, int n) {
    instance->n_posts = n;
    instance->posts = make(instance, (size_t)n, sizeof *instance->posts);
    make_table(instance, &instance->posts_table, n, "post", "unit");
    for (int j = 0; j < n; j++) {
        const char *id = name(instance, "j", j);
        instance->posts[j] = (pulang_post){.id = id,
                                           .unit = "",
                                           .role = j % 2 == 0 ? "nurse" : "clerk",
                                           .place = j % instance->n_places,
                                           .target = 1,
                                           .max = 1,
                                           .priority = 1000,
                                           .pay = PULANG_NONE,
                                           .need = PULANG_NONE};
        instance->posts_table.cells[2 * j] = id;
        instance->posts_table.cells[2 * j + 1] = "";
    }
}

static void make_quotas(pulang_instance *instance, int n) {
    instance->n_quotas = n;
    instance->quotas = make(instance, (size_t)n, sizeof *instance->quotas);
    for (int q = 0; q < n; q++)
        instance->quotas[q] = (pulang_quota){.name = name(instance, "q", q),
                                             .basis = "",
                                             .each = "",
                                             .persons_text = "",
                                             .posts_text = "",
                                             .measure = PULANG_MEASURE_HEADS,
                                             .measure_text = "heads",
                                             .scale = 1,
                                             .weight = 1000,
                                             .tier = PULANG_TIER_HARD,
                                             .on = true};
}

pulang_instance *test_instance_new(int n_persons, int n_places, int n_posts, int n_quotas) {
    pulang_instance *instance = pulang_instance_new();
    if (!instance)
        abort();
    make_persons(instance, n_persons);
    make_places(instance, n_places);
    make_posts(instance, n_posts);
    make_quotas(instance, n_quotas);
    return instance;
}

pulang_filter *test_instance_category(pulang_instance *instance, const char *category) {
    const char *text = pulang_arena_printf(instance->arena, "category=%s", category), *message = "";
    pulang_filter *filter = NULL;
    bool ok = pulang_filter_parse(instance, PULANG_FILTER_PERSONS, text, instance->arena, &filter, &message);
    assert(ok);
    (void)ok;
    return filter;
}

void test_instance_levels(pulang_instance *instance, const char *names) {
    char *copy = make(instance, strlen(names) + 1, 1), *rest = NULL;
    strcpy(copy, names);
    pulang_scenario *scenario = &instance->scenario;
    scenario->levels = make(instance, strlen(names) + 1, sizeof *scenario->levels);
    scenario->n_levels = 0;
    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
        scenario->levels[scenario->n_levels++] = pulang_level_named(word);
}

void test_instance_group(pulang_instance *instance, int a, int b) {
    int *members = make(instance, 2, sizeof *members);
    members[0] = a;
    members[1] = b;
    instance->n_groups = 1;
    instance->groups = make(instance, 1, sizeof *instance->groups);
    instance->groups[0] = (pulang_group){"g1", {2, members}};
    instance->persons[a].group = instance->persons[b].group = 0;
}

static void randomise_quota(pulang_instance *instance, test_random *random, pulang_quota *quota) {
    static const char *const each[] = {"", "district", "place"};
    int kind = test_random_range(random, 0, 4);
    quota->each = each[test_random_range(random, 0, 2)];
    if (test_random_range(random, 0, 2) == 0)
        quota->persons = test_instance_category(instance, "a");
    if (kind == 1)
        quota->measure = PULANG_MEASURE_MOVES;
    if (kind == 2 || kind == 3) {
        /* Hours alike for all now and then, so that steps larger than one unit are met. */
        quota->measure = PULANG_MEASURE_HOURS;
        quota->scale = 10;
        quota->amount = make(instance, (size_t)instance->n_persons, sizeof *quota->amount);
        for (int p = 0; p < instance->n_persons; p++)
            quota->amount[p] = kind == 2 ? 40 : test_random_range(random, 1, 4) * 10;
    }
    int64_t unit = quota->measure == PULANG_MEASURE_HOURS ? 17 : 1;
    quota->tier = test_random_range(random, PULANG_TIER_HARD, instance->scenario.n_levels - 1);
    pulang_level_kind kind_of_tier =
        quota->tier < 0 ? PULANG_LEVEL_QUOTAS : instance->scenario.levels[quota->tier].kind;
    if (quota->tier >= 0 && kind_of_tier != PULANG_LEVEL_REQUIRED && kind_of_tier != PULANG_LEVEL_QUOTAS &&
        kind_of_tier != PULANG_LEVEL_BALANCE)
        quota->tier = PULANG_TIER_HARD;
    quota->has_target = kind_of_tier == PULANG_LEVEL_BALANCE || test_random_range(random, 0, 1) == 0;
    quota->target = unit * test_random_range(random, 1, 4);
    if (kind_of_tier == PULANG_LEVEL_BALANCE)
        return;
    quota->has_min = test_random_range(random, 0, 2) == 0;
    quota->min = unit * test_random_range(random, 0, 1);
    quota->has_max = test_random_range(random, 0, 1) == 0;
    quota->max = unit * test_random_range(random, 1, 4);
    quota->weight = 500 * test_random_range(random, 1, 6);
}

pulang_instance *test_instance_random(test_random *random) {
    static const char *const levels[] = {
        "required unplaced shortage preference", "unplaced balance shortage preference",
        "balance required care hometown preference", "shortage unplaced", "preference required care"};
    pulang_instance *instance = test_instance_new(
        test_random_range(random, 1, 5), 3, test_random_range(random, 1, 4), test_random_range(random, 0, 3));
    test_instance_levels(instance, levels[test_random_range(random, 0, 4)]);
    instance->scenario.hard_minimums = test_random_range(random, 0, 3) == 0;
    for (int j = 0; j < instance->n_posts; j++) {
        pulang_post *post = &instance->posts[j];
        post->min = test_random_range(random, 0, 1);
        post->target = post->min + test_random_range(random, 0, 2);
        post->max = test_random_range(random, 0, 2) == 0 ? PULANG_UNLIMITED
                                                         : post->target + test_random_range(random, 0, 1);
        post->priority = 500 * test_random_range(random, 1, 4);
    }
    for (int p = 0; p < instance->n_persons; p++) {
        pulang_person *person = &instance->persons[p];
        person->origin = test_random_range(random, PULANG_NONE, 2);
        person->current = test_random_range(random, PULANG_NONE, instance->n_posts - 1);
        person->merit = test_random_range(random, 0, 10) * 1000;
        person->forbid_posts = (pulang_ints){test_random_range(random, 0, 1), make(instance, 1, sizeof(int))};
        person->forbid_posts.items[0] = test_random_range(random, 0, instance->n_posts - 1);
        if (test_random_range(random, 0, 7) == 0)
            person->pin = test_random_range(random, 0, instance->n_posts - 1);
    }
    for (int q = 0; q < instance->n_quotas; q++)
        randomise_quota(instance, random, &instance->quotas[q]);
    if (instance->n_persons > 1 && test_random_range(random, 0, 3) == 0)
        test_instance_group(instance, 0, 1);
    return instance;
}

static void make_share(pulang_instance *instance, test_random *random, pulang_quota *quota) {
    static const int64_t parts[][2] = {{0, 100},    {25, 100},     {50, 100},
                                       {125, 1000}, {3333, 10000}, {100, 100}};
    const int64_t *part = parts[test_random_range(random, 0, 5)];
    quota->share = true;
    quota->part = part[0];
    quota->whole = part[1];
    quota->persons = test_instance_category(instance, test_random_range(random, 0, 1) ? "a" : "b");
    if (test_random_range(random, 0, 3) == 0)
        quota->of = test_instance_category(instance, "b");
    quota->has_min = test_random_range(random, 0, 1);
    quota->has_max = !quota->has_min;
    quota->has_target = false;
    quota->min = quota->max = 0;
}

void test_instance_add_rules(pulang_instance *instance, test_random *random) {
    for (int j = 0; j < instance->n_posts; j++)
        if (test_random_range(random, 0, 2) == 0) {
            instance->posts[j].open_min = test_random_range(random, 2, 3);
            if (instance->posts[j].max != PULANG_UNLIMITED)
                instance->posts[j].max += test_random_range(random, 0, 2);
        }
    for (int q = 0; q < instance->n_quotas; q++) {
        pulang_quota *quota = &instance->quotas[q];
        bool balance = quota->tier != PULANG_TIER_HARD &&
                       instance->scenario.levels[quota->tier].kind == PULANG_LEVEL_BALANCE;
        int kind = test_random_range(random, 0, 4);
        if (kind <= 1 && !balance)
            make_share(instance, random, quota);
        if (kind < 2 || kind > 3)
            continue;
        quota->tier = balance ? quota->tier : PULANG_TIER_HARD;
        quota->has_min = quota->or_none = true;
        quota->min = (quota->measure == PULANG_MEASURE_HOURS ? 17 : 1) * test_random_range(random, 1, 4);
    }
}

/* Sets post_of to the next assignment; false after the last. */
static bool advance(const pulang_instance *instance, int *post_of) {
    for (int p = 0; p < instance->n_persons; p++) {
        if (++post_of[p] < instance->n_posts)
            return true;
        post_of[p] = PULANG_NONE;
    }
    return false;
}

static int compare(const int64_t *a, const int64_t *b, int n) {
    for (int i = 0; i < n; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

int64_t test_instance_plans(const pulang_instance *instance) {
    int64_t plans = 1;
    for (int p = 0; p < instance->n_persons; p++)
        plans *= instance->n_posts + 1;
    return plans;
}

bool test_instance_enumerate(const pulang_instance *instance, int *best, int64_t *value) {
    int *post_of = malloc((size_t)instance->n_persons * sizeof *post_of),
        n_levels = instance->scenario.n_levels;
    bool found = false;
    for (int p = 0; p < instance->n_persons; p++)
        post_of[p] = PULANG_NONE;
    do {
        pulang_evaluation *evaluation = NULL;
        if (pulang_check_plan(instance, post_of, &evaluation, NULL) != PULANG_OK)
            abort();
        if (evaluation->n_violations == 0 && (!found || compare(evaluation->value, value, n_levels) < 0)) {
            found = true;
            memcpy(best, post_of, (size_t)instance->n_persons * sizeof *best);
            memcpy(value, evaluation->value, (size_t)n_levels * sizeof *value);
        }
        pulang_evaluation_free(evaluation);
    } while (advance(instance, post_of));
    free(post_of);
    return found;
}
