#include "cli/generate/draft.h"

#include "cli/command.h"
#include "cli/generate/people.h"
#include "model/alloc.h"
#include "model/error.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define METRES_PER_MILLIDEGREE 111

const char *const zone_names[] = {"town", "near", "interior"};

void draft_fail(pulang_status code, const char *format, ...) {
    pulang_error error = {.code = code};
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error.message, sizeof error.message, format, arguments);
    va_end(arguments);
    exit(report_error(&error));
}

static void fail_memory(void) {
    draft_fail(PULANG_ERROR_MEMORY, "%s", _("out of memory"));
}

void draft_init(problem_draft *draft, uint64_t seed) {
    memset(draft, 0, sizeof *draft);
    draft->random.state = seed;
    draft->arena = pulang_arena_new();
    if (!draft->arena)
        fail_memory();
}

void draft_clear(problem_draft *draft) {
    pulang_free(draft->places);
    pulang_free(draft->persons);
    pulang_free(draft->posts);
    pulang_free(draft->quotas);
    pulang_free(draft->tasks);
    pulang_arena_free(draft->arena);
}

const char *draft_text(problem_draft *draft, const char *format, ...) {
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    assert(length >= 0 && (size_t)length < sizeof text);
    const char *copy = pulang_arena_copy(draft->arena, text, (size_t)length);
    if (!copy)
        fail_memory();
    return copy;
}

/* The array with room for one more element. */
static void *grown(void *items, size_t *capacity, int n, size_t size) {
    if (pulang_grow(&items, capacity, (size_t)n + 1, size))
        fail_memory();
    return items;
}

int draft_add_place(problem_draft *draft, draft_place place) {
    draft->places = grown(draft->places, &draft->cap_places, draft->n_places, sizeof place);
    draft->places[draft->n_places] = place;
    return draft->n_places++;
}

int draft_add_person(problem_draft *draft, draft_person person) {
    draft->persons = grown(draft->persons, &draft->cap_persons, draft->n_persons, sizeof person);
    draft->persons[draft->n_persons] = person;
    return draft->n_persons++;
}

int draft_append_post(problem_draft *draft, draft_post post) {
    draft->posts = grown(draft->posts, &draft->cap_posts, draft->n_posts, sizeof post);
    draft->posts[draft->n_posts] = post;
    return draft->n_posts++;
}

void draft_add_quota(problem_draft *draft, draft_quota quota) {
    draft->quotas = grown(draft->quotas, &draft->cap_quotas, draft->n_quotas, sizeof quota);
    draft->quotas[draft->n_quotas++] = quota;
}

void draft_add_task(problem_draft *draft, draft_task task) {
    draft->tasks = grown(draft->tasks, &draft->cap_tasks, draft->n_tasks, sizeof task);
    draft->tasks[draft->n_tasks++] = task;
}

void draft_add_scenario(problem_draft *draft, const char *file, const char *text) {
    assert((size_t)draft->n_scenarios < sizeof draft->scenarios / sizeof *draft->scenarios);
    draft->scenarios[draft->n_scenarios++] = (draft_scenario){file, text};
}

int draft_find_place(const problem_draft *draft, const char *code) {
    for (int i = 0; i < draft->n_places; i++)
        if (strcmp(draft->places[i].code, code) == 0)
            return i;
    return -1;
}

int draft_place_of(problem_draft *draft, const char *code) {
    int place = draft_find_place(draft, code);
    if (place < 0)
        draft_fail(PULANG_ERROR_INPUT, _("this kind needs the place %s, which places.csv does not have"),
                   code);
    return place;
}

/* Flat geometry in whole metres: near enough to the equator, and the same on every machine. */
static place_zone zone_of(const draft_place *place, const draft_place *seat, int town_km, int near_km) {
    int64_t dy = (int64_t)(place->lat - seat->lat) * METRES_PER_MILLIDEGREE;
    int64_t dx = (int64_t)(place->lon - seat->lon) * METRES_PER_MILLIDEGREE;
    int64_t square = dx * dx + dy * dy;
    if (square <= (int64_t)town_km * town_km * 1000000)
        return ZONE_TOWN;
    return square <= (int64_t)near_km * near_km * 1000000 ? ZONE_NEAR : ZONE_INTERIOR;
}

static bool better_seat(const draft_place *place, const draft_place *than) {
    if (place->kelurahan != than->kelurahan)
        return place->kelurahan;
    return !place->kelurahan && place->remoteness < than->remoteness;
}

void draft_place_zones(problem_draft *draft, int seat, int town_km, int near_km) {
    for (int i = 0; i < draft->n_places; i++) {
        draft_place *place = &draft->places[i];
        place->zone = zone_of(place, &draft->places[seat], town_km, near_km);
        int best = i;
        for (int j = 0; j < draft->n_places; j++)
            if (strcmp(draft->places[j].district, place->district) == 0 &&
                (better_seat(&draft->places[j], &draft->places[best]) ||
                 (j < best && !better_seat(&draft->places[best], &draft->places[j]))))
                best = j;
        place->seat = best == i;
    }
}

void draft_post_seats(problem_draft *draft, int post, int min, int target, int max) {
    draft_post *p = &draft->posts[post];
    p->target = target;
    p->cells[POST_MIN] = min > 0 ? draft_text(draft, "%d", min) : "";
    p->cells[POST_TARGET] = target >= 0 ? draft_text(draft, "%d", target) : "";
    p->cells[POST_MAX] = target >= 0 ? draft_text(draft, "%d", max) : "";
}

int draft_add_post(problem_draft *draft, const post_order *order) {
    const draft_place *place = &draft->places[order->place];
    draft_post post = {.place = order->place, .job = order->job};
    /* The dotted code without province and regency is unique within a regency. */
    const char *code = strlen(place->code) == 13 ? place->code + 6 : place->code;
    post.cells[POST_ID] = draft_text(draft, "%s.%s%s", code, jobs[order->job].role, order->suffix);
    post.cells[POST_PLACE] = place->code;
    post.cells[POST_UNIT] = order->unit;
    post.cells[POST_KIND] = order->kind;
    post.cells[POST_ROLE] = jobs[order->job].role;
    post.cells[POST_REQUIRES] =
        jobs[order->job].skill ? draft_text(draft, "%s:1", jobs[order->job].skill) : "";
    post.cells[POST_ZONE] = zone_names[place->zone];
    int j = draft_append_post(draft, post);
    draft_post_seats(draft, j, order->min, order->target, order->target);
    return j;
}
