/*
 * Random problems of any size: places scattered over a square, posts of a few roles, staff who all have
 * one role, some a second one. Without crossing rules the quotas nest (place in district); with them,
 * every unit has a budget for persons of different pay.
 */
#include "cli/generate/kinds.h"

static const char scenario[] = "title: Random problem\n"
                               "levels: [required, unplaced, shortage, preference]\n"
                               "weights: {hometown: 10, skills: 2, merit: 1, wish: 3, move: 1}\n";

enum { PER_DISTRICT = 10, LEAST_PAY = 20, MOST_PAY = 60 };

static void add_places(problem_draft *draft, int n) {
    for (int i = 0; i < n; i++) {
        draft_place place = {.lat = draw_range(&draft->random, -3000, -1000),
                             .lon = draw_range(&draft->random, 111000, 114000),
                             .remoteness = draw_range(&draft->random, 0, 1000)};
        place.code = draft_text(draft, "V%04d", i + 1);
        place.name = draft_text(draft, "Village %d", i + 1);
        place.district = draft_text(draft, "District %d", i / PER_DISTRICT + 1);
        draft_add_place(draft, place);
    }
}

/* Seats are dealt out one by one, so that they add up. */
static void add_posts(problem_draft *draft, const random_size *size) {
    int64_t seats = (int64_t)size->persons * size->need / 100;
    for (int j = 0; j < size->posts; j++) {
        draft_post post = {.place = draw_range(&draft->random, 0, size->places - 1), .job = j % size->roles};
        post.target = (int)(seats / size->posts + (j < seats % size->posts));
        const draft_place *place = &draft->places[post.place];
        post.cells[POST_ID] = draft_text(draft, "J%04d", j + 1);
        post.cells[POST_PLACE] = place->code;
        post.cells[POST_UNIT] = draft_text(draft, "Unit %d", j / 4 + 1);
        post.cells[POST_ROLE] = draft_text(draft, "role%d", post.job + 1);
        post.cells[POST_REQUIRES] = draft_text(draft, "skill%d:1", post.job + 1);
        post.cells[POST_PREFERS] = draft_text(draft, "skill%d:3", post.job + 1);
        post.cells[POST_MIN] = draft_text(draft, "%d", post.target / 3);
        post.cells[POST_TARGET] = draft_text(draft, "%d", post.target);
        post.cells[POST_PRIORITY] = draft_text(draft, "%d", draw_range(&draft->random, 1, 3));
        draft_append_post(draft, post);
    }
}

static void add_person(problem_draft *draft, const random_size *size, int i) {
    draw_state *random = &draft->random;
    draft_person person = {.job = draw_range(random, 0, size->roles - 1), .current = -1};
    const char **cells = person.cells;
    cells[PERSON_ID] = draft_text(draft, "P%05d", i + 1);
    cells[PERSON_NAME] = draft_text(draft, "Person %d", i + 1);
    cells[PERSON_ORIGIN] =
        draw_chance(random, 90) ? draft->places[draw_range(random, 0, size->places - 1)].code : "";
    cells[PERSON_SKILLS] = draft_text(draft, "skill%d:%d", person.job + 1, draw_range(random, 1, 3));
    if (size->roles > 1 && draw_chance(random, 20))
        cells[PERSON_SKILLS] = draft_text(draft, "%s|skill%d:%d", cells[PERSON_SKILLS],
                                          (person.job + 1) % size->roles + 1, draw_range(random, 1, 3));
    cells[PERSON_MERIT] = draft_text(draft, "%d", draw_bell(random, 40, 100) / 5 * 5);
    cells[PERSON_PAY] = draft_text(draft, "%d00000", draw_range(random, LEAST_PAY, MOST_PAY));
    if (draw_chance(random, 80))
        cells[PERSON_CURRENT] = draft->posts[draw_range(random, 0, size->posts - 1)].cells[POST_ID];
    if (draw_chance(random, 20))
        cells[PERSON_WISH] = draft->places[draw_range(random, 0, size->places - 1)].code;
    draft_add_person(draft, person);
}

void kind_random(problem_draft *draft, const random_size *size) {
    add_places(draft, size->places);
    add_posts(draft, size);
    for (int i = 0; i < size->persons; i++)
        add_person(draft, size, i);
    draft_add_quota(draft, (draft_quota){.quota = "Someone in every district",
                                         .each = "district",
                                         .measure = "heads",
                                         .min = "1",
                                         .tier = "required"});
    if (size->crossing)
        /* About nine tenths of what the average pay of all seats of a unit would come to. */
        draft_add_quota(draft, (draft_quota){.quota = "Budget of a unit",
                                             .each = "unit",
                                             .measure = "pay",
                                             .max = draft_text(draft, "%lld00000",
                                                               (long long)size->persons * 4 / size->posts *
                                                                   (LEAST_PAY + MOST_PAY) / 2 * 9 / 10)});
    draft_add_scenario(draft, "scenario.yaml", scenario);
}
