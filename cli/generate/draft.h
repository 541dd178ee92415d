/*
 * A problem folder in the making: places as read, posts, persons and rules as drawn.
 *
 * Cells are texts of the draft's arena, NULL or "" where blank; a column that is blank in every row
 * is not written. Want of memory and unfit places end the program with a message (draft_fail), so that
 * the generators read as what they make: nothing has been written by then.
 */
#ifndef PULANG_CLI_GENERATE_DRAFT_H
#define PULANG_CLI_GENERATE_DRAFT_H

#include "cli/generate/draw.h"
#include "model/arena.h"
#include "pulang.h"

#include <stddef.h>

/* How far a place is from the seat of the regency. */
typedef enum place_zone { ZONE_TOWN, ZONE_NEAR, ZONE_INTERIOR } place_zone;
extern const char *const zone_names[];

typedef struct draft_place {
    const char *code, *name, *district;
    bool kelurahan;
    int lat, lon;   /* thousandths of a degree */
    int remoteness; /* thousandths */
    int sd, smp;    /* state schools: primary, junior secondary */
    place_zone zone;
    bool seat; /* of its district */
} draft_place;

enum person_column {
    PERSON_ID,
    PERSON_NAME,
    PERSON_GENDER,
    PERSON_AGE,
    PERSON_EDUCATION,
    PERSON_ORIGIN,
    PERSON_CATEGORY,
    PERSON_CONTRACT,
    PERSON_SKILLS,
    PERSON_MERIT,
    PERSON_HOURS,
    PERSON_PAY,
    PERSON_CURRENT,
    PERSON_TENURE,
    PERSON_WISH,
    PERSON_OFFICE,
    PERSON_GROUP,
    PERSON_COLUMNS
};

typedef struct draft_person {
    const char *cells[PERSON_COLUMNS];
    int job;     /* index into jobs (people.h) */
    int current; /* post, -1 */
    int years;   /* of service */
    bool town;   /* comes from the town or from outside the regency */
} draft_person;

enum post_column {
    POST_ID,
    POST_PLACE,
    POST_UNIT,
    POST_KIND,
    POST_ROLE,
    POST_SCHEME,
    POST_PROVIDER,
    POST_MIN,
    POST_TARGET,
    POST_MAX,
    POST_REQUIRES,
    POST_PREFERS,
    POST_CONTRACT,
    POST_MIN_MERIT,
    POST_PRIORITY,
    POST_HOURS,
    POST_PAY,
    POST_ZONE,
    POST_PERFORMANCE,
    POST_OFFICE,
    POST_COLUMNS
};

typedef struct draft_post {
    const char *cells[POST_COLUMNS];
    int place, job;
    int target;
    int heads; /* who hold it now */
} draft_post;

typedef struct draft_quota {
    const char *quota, *each, *persons, *posts, *measure, *min, *target, *max, *weight, *tier, *basis;
} draft_quota;

typedef struct draft_task {
    const char *post, *task;
    int volume; /* a year */
    int norm;   /* tenths of hours */
} draft_task;

typedef struct draft_scenario {
    const char *file, *text;
} draft_scenario;

typedef struct problem_draft {
    pulang_arena *arena;
    draw_state random;
    draft_place *places;
    draft_person *persons;
    draft_post *posts;
    draft_quota *quotas;
    draft_task *tasks;
    draft_scenario scenarios[4]; /* scenario.yaml first */
    int n_places, n_persons, n_posts, n_quotas, n_tasks, n_scenarios;
    size_t cap_places, cap_persons, cap_posts, cap_quotas, cap_tasks;
} problem_draft;

/* Starts an empty draft; draft_clear frees what it holds. */
void draft_init(problem_draft *draft, uint64_t seed);
void draft_clear(problem_draft *draft);
/* Reports the error and exits. */
void draft_fail(pulang_status code, const char *format, ...) __attribute__((format(printf, 2, 3), noreturn));
/* A text of the arena. */
const char *draft_text(problem_draft *draft, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends a copy; the result is its index. */
int draft_add_place(problem_draft *draft, draft_place place);
int draft_add_person(problem_draft *draft, draft_person person);
int draft_append_post(problem_draft *draft, draft_post post);
void draft_add_quota(problem_draft *draft, draft_quota quota);
void draft_add_task(problem_draft *draft, draft_task task);
void draft_add_scenario(problem_draft *draft, const char *file, const char *text);

/* The place with that code, -1: none. */
int draft_find_place(const problem_draft *draft, const char *code);
/* The same for a place that the kind cannot do without. */
int draft_place_of(problem_draft *draft, const char *code);
/* Sets zones by the distance from the seat of the regency (kilometres), and one seat for each
   district: its first kelurahan, else its least remote village. */
void draft_place_zones(problem_draft *draft, int seat, int town_km, int near_km);

/* What a post needs besides its seats; blank cells as in posts.csv. */
typedef struct post_order {
    int place, job;
    const char *unit, *kind;
    const char *suffix; /* makes the id unique where a place has several posts of a job */
    int min, target;
} post_order;

/* Adds a post of max = target seats, id PLACE.ROLE; further cells are set by the caller in
   draft->posts[result].cells. */
int draft_add_post(problem_draft *draft, const post_order *order);
/* Sets the seats of a post; target < 0: blank (and no max). */
void draft_post_seats(problem_draft *draft, int post, int min, int target, int max);

#endif
