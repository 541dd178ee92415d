#include "tests/support_crossing.h"

#include "model/filter.h"
#include "solver/core.h"

#include <stdlib.h>
#include <string.h>

typedef struct maker {
    pulang_instance *instance;
    test_random random;
} maker;

static int draw(maker *m, int low, int high) {
    return test_random_range(&m->random, low, high);
}

/* True once in n times. */
static bool rarely(maker *m, int n) {
    return draw(m, 1, n) == 1;
}

static void *make(maker *m, size_t count, size_t size) {
    void *made = pulang_arena_alloc(m->instance->arena, count, size);
    if (!made)
        abort();
    return made;
}

static pulang_filter *parse(maker *m, pulang_filter_kind kind, const char *text) {
    const char *message = "";
    pulang_filter *filter = NULL;
    if (!pulang_filter_parse(m->instance, kind, text, m->instance->arena, &filter, &message))
        abort();
    return filter;
}

static void draw_posts(maker *m) {
    static const char *const units[] = {"clinic", "school", ""};
    for (int j = 0; j < m->instance->n_posts; j++) {
        pulang_post *post = &m->instance->posts[j];
        post->place = draw(m, 0, m->instance->n_places - 1);
        post->unit = m->instance->posts_table.cells[2 * j + 1] = units[draw(m, 0, 2)];
        post->min = draw(m, 0, 1);
        post->target = post->min + draw(m, 0, 2);
        post->max = rarely(m, 3) ? PULANG_UNLIMITED : post->target + draw(m, 0, 1);
        post->priority = 500 * draw(m, 1, 4);
        post->hours = 1000 * draw(m, 0, 4);
        post->pay = rarely(m, 3) ? 100 * draw(m, 1, 9) : PULANG_NONE;
    }
}

static void draw_persons(maker *m) {
    for (int p = 0; p < m->instance->n_persons; p++) {
        pulang_person *person = &m->instance->persons[p];
        person->origin = draw(m, PULANG_NONE, m->instance->n_places - 1);
        person->current = draw(m, PULANG_NONE, m->instance->n_posts - 1);
        person->merit = draw(m, 0, 10) * 1000;
        person->pay = 100 * draw(m, 1, 9);
        person->forbid_posts = (pulang_ints){draw(m, 0, 1), make(m, 1, sizeof(int))};
        person->forbid_posts.items[0] = draw(m, 0, m->instance->n_posts - 1);
        if (rarely(m, 12))
            person->pin = draw(m, 0, m->instance->n_posts - 1);
    }
}

/* The size of an amount, so that bounds can be about it. */
static int64_t draw_measure(maker *m, pulang_quota *quota) {
    quota->measure = (pulang_measure)draw(m, PULANG_MEASURE_HEADS, PULANG_MEASURE_COLUMN);
    if (quota->measure == PULANG_MEASURE_PAY)
        return 5;
    if (quota->measure == PULANG_MEASURE_HEADS || quota->measure == PULANG_MEASURE_MOVES)
        return 1;
    bool hours = quota->measure == PULANG_MEASURE_HOURS;
    quota->scale = hours ? 10 : 1;
    quota->amount = make(m, (size_t)m->instance->n_persons, sizeof *quota->amount);
    for (int p = 0; p < m->instance->n_persons; p++)
        quota->amount[p] = hours ? 75 * draw(m, 1, 5) : draw(m, 0, 5);
    return hours ? 200 : 2;
}

static void draw_selection(maker *m, pulang_quota *quota) {
    static const char *const each[] = {"", "", "district", "place", "unit", "post"};
    static const char *const persons[] = {"category=a", "category!=a", "origin.district=d1",
                                          "person=p1|p2|p3"};
    static const char *const posts[] = {"unit=clinic", "district=d1", "post!=j1", "unit!=school"};
    quota->each = each[draw(m, 0, 5)];
    if (rarely(m, 2))
        quota->persons = parse(m, PULANG_FILTER_PERSONS, persons[draw(m, 0, 3)]);
    if (rarely(m, 2))
        quota->posts = parse(m, PULANG_FILTER_POSTS, posts[draw(m, 0, 3)]);
}

/* Hard, or a level that takes quotas. */
static int draw_tier(maker *m) {
    const pulang_scenario *scenario = &m->instance->scenario;
    int tier = draw(m, PULANG_TIER_HARD, scenario->n_levels - 1);
    if (tier < 0)
        return tier;
    pulang_level_kind kind = scenario->levels[tier].kind;
    bool takes = kind == PULANG_LEVEL_REQUIRED || kind == PULANG_LEVEL_QUOTAS || kind == PULANG_LEVEL_BALANCE;
    return takes ? tier : PULANG_TIER_HARD;
}

static void draw_quota(maker *m, pulang_quota *quota) {
    int64_t size = draw_measure(m, quota);
    draw_selection(m, quota);
    quota->tier = draw_tier(m);
    bool balance = quota->tier >= 0 && m->instance->scenario.levels[quota->tier].kind == PULANG_LEVEL_BALANCE;
    quota->has_target = balance || rarely(m, 3);
    quota->target_is_work = quota->measure == PULANG_MEASURE_HOURS && rarely(m, 3);
    quota->target = size * draw(m, 1, 5);
    quota->weight = 500 * draw(m, 1, 6);
    if (balance)
        return;
    quota->has_min = rarely(m, 3);
    quota->min = size * draw(m, 0, 2);
    quota->has_max = rarely(m, 2) || (!quota->has_min && !quota->has_target);
    quota->max = quota->min + size * draw(m, 0, 4);
}

static void limit_moves(maker *m, pulang_quota *quota) {
    quota->measure = PULANG_MEASURE_MOVES;
    quota->has_max = true;
    quota->max = draw(m, 0, m->instance->n_persons / 2);
}

pulang_instance *test_crossing_random(uint64_t seed) {
    static const char *const levels[] = {
        "required unplaced shortage preference", "unplaced balance shortage preference",
        "balance required care hometown preference", "care unplaced shortage merit preference",
        "preference required care"};
    maker m = {.random = {seed}};
    int n_persons = draw(&m, 3, TEST_CROSSING_PERSONS), n_posts = draw(&m, 2, 6), n_quotas = draw(&m, 1, 4);
    m.instance = test_instance_new(n_persons, 3, n_posts, n_quotas);
    test_instance_levels(m.instance, levels[draw(&m, 0, 4)]);
    m.instance->scenario.hard_minimums = rarely(&m, 8);
    m.instance->scenario.group_km = rarely(&m, 2) ? 15 : 0;
    draw_posts(&m);
    draw_persons(&m);
    for (int q = 0; q < n_quotas; q++)
        draw_quota(&m, &m.instance->quotas[q]);
    if (rarely(&m, 3))
        limit_moves(&m, &m.instance->quotas[0]);
    if (rarely(&m, 3))
        test_instance_group(m.instance, 0, draw(&m, 1, n_persons - 1));
    return m.instance;
}

bool test_crossing_cuts(const pulang_instance *instance) {
    pulang_problem *problem = NULL;
    if (pulang_problem_new(instance, &problem, NULL) != PULANG_OK)
        abort();
    bool cuts = !pulang_core_applies(problem, NULL);
    pulang_problem_free(problem);
    return cuts;
}
