#include "cli/generate/people.h"

#include "cli/generate/names.h"
#include "cli/generate/pay.h"
#include "model/alloc.h"
#include "model/error.h"

#include <stdlib.h>
#include <string.h>

#define THIS_YEAR 2025

const occupation jobs[N_JOBS] = {
    [JOB_TEACHER_SD] = {"teacher_sd", "teacher_sd", "teacher", EDUCATION_S1, 72},
    [JOB_TEACHER_SMP] = {"teacher_smp", "teacher_smp", "teacher", EDUCATION_S1, 62},
    [JOB_NURSE] = {"nurse", "nurse", "health", EDUCATION_D3, 68},
    [JOB_MIDWIFE] = {"midwife", "midwife", "health", EDUCATION_D3, 100},
    [JOB_DOCTOR] = {"doctor", "doctor", "health", EDUCATION_S2, 55},
    [JOB_HEALTH_TECH] = {"health_tech", "health_tech", "health", EDUCATION_D3, 70},
    [JOB_EXTENSION] = {"extension", "extension", "field", EDUCATION_S1, 40},
    [JOB_ADMINISTRATOR] = {"administrator", "administration", "office", EDUCATION_SMA, 45},
    [JOB_FINANCE] = {"finance", "finance", "office", EDUCATION_S1, 55},
    [JOB_IT] = {"it", "it", "technical", EDUCATION_S1, 30},
    [JOB_ENGINEER] = {"engineer", "engineering", "technical", EDUCATION_S1, 25},
    [JOB_PLANNER] = {"planner", "planning", "office", EDUCATION_S1, 45},
    [JOB_SOCIAL] = {"social_worker", "social", "field", EDUCATION_S1, 55},
    [JOB_VILLAGE] = {"village_staff", NULL, "office", EDUCATION_SMA, 45},
    [JOB_COMPANION] = {"companion", "koperasi", "field", EDUCATION_S1, 50},
    [JOB_MANAGER] = {"manager", "leadership", "office", EDUCATION_S2, 35},
    [JOB_TECHNICAL] = {"technical", "technical", "technical", EDUCATION_SMA, 30},
    [JOB_TEACHER] = {"teacher", "teaching", "teacher", EDUCATION_S1, 70},
    [JOB_HOSPITAL] = {"hospital", "hospital", "hospital", EDUCATION_D3, 65},
    [JOB_VOLUNTEER] = {"volunteer", "volunteer", "volunteer", EDUCATION_SMA, 40},
    [JOB_HEALTH_WORKER] = {"health_worker", "health", "health", EDUCATION_D3, 80},
};

static const char *const education_names[] = {"SMA", "D3", "S1", "S2"};

typedef struct life_years {
    int birth_year, start_year, years;
} life_years;

/* PPPK exist since 2021; others may serve from 22 to 57. */
static life_years draw_life(problem_draft *draft, const char *contract) {
    life_years life;
    int age = draw_range(&draft->random, 24, 57);
    int longest = strcmp(contract, "pns") == 0 ? age - 23 : 4;
    if (longest > age - 23)
        longest = age - 23;
    life.years = draw_range(&draft->random, 0, longest);
    life.birth_year = THIS_YEAR - age;
    life.start_year = THIS_YEAR - life.years;
    return life;
}

static int level_of(const life_years *life, int chance) {
    int age = THIS_YEAR - life->birth_year;
    int level = age < 32 ? 1 : age < 43 ? 2 : 3;
    return chance < 25 && level > 1 ? level - 1 : level;
}

static const char *draw_number(problem_draft *draft, const life_years *life, bool woman) {
    draw_state *random = &draft->random;
    int month = draw_range(random, 1, 12), day = draw_range(random, 1, 28);
    return draft_text(draft, "%04d%02d%02d%04d%02d%d", life->birth_year, month, day, life->start_year,
                      draw_range(random, 1, 12), woman ? 2 : 1);
}

static void fill_pay(problem_draft *draft, draft_person *person, const life_years *life,
                     schooling education) {
    const char *contract = person->cells[PERSON_CONTRACT];
    bool part_time = strcmp(contract, "pppk_pw") == 0;
    int pay =
        strcmp(contract, "pns") == 0 ? pay_pns(education, life->years) : pay_pppk(education, life->years);
    /* Part-time PPPK are paid by their hours. */
    person->cells[PERSON_PAY] = draft_text(draft, "%d", part_time ? pay * 8 / 15 / 100 * 100 : pay);
    person->cells[PERSON_HOURS] = part_time ? "20" : "37.5";
}

int people_hire(problem_draft *draft, const hire_order *hire) {
    const occupation *job = &jobs[hire->job];
    draft_person person = {.job = hire->job, .current = -1};
    bool woman = draw_chance(&draft->random, job->women);
    life_years life = draw_life(draft, hire->contract);
    schooling education = job->education;
    if (education < EDUCATION_S1 && draw_chance(&draft->random, 35))
        education++;
    int step = hire->merit_step, merit = draw_bell(&draft->random, 38, 98);
    person.years = life.years;
    person.town = hire->origin < 0 || draft->places[hire->origin].zone == ZONE_TOWN;
    person.cells[PERSON_ID] = draw_number(draft, &life, woman);
    person.cells[PERSON_NAME] = names_draw(draft, hire->region, woman);
    person.cells[PERSON_GENDER] = woman ? "F" : "M";
    person.cells[PERSON_AGE] = draft_text(draft, "%d", THIS_YEAR - life.birth_year);
    person.cells[PERSON_EDUCATION] = education_names[education];
    person.cells[PERSON_ORIGIN] = hire->origin >= 0 ? draft->places[hire->origin].code : "";
    person.cells[PERSON_CATEGORY] = job->category;
    person.cells[PERSON_CONTRACT] = hire->contract;
    person.cells[PERSON_MERIT] = draft_text(draft, "%d", (merit + step / 2) / step * step);
    person.cells[PERSON_SKILLS] = "";
    fill_pay(draft, &person, &life, education);
    int index = draft_add_person(draft, person);
    if (job->skill)
        people_skill(draft, index, job->skill, level_of(&life, draw_range(&draft->random, 0, 99)));
    return index;
}

void people_skill(problem_draft *draft, int person, const char *skill, int level) {
    const char **cell = &draft->persons[person].cells[PERSON_SKILLS];
    *cell = draft_text(draft, "%s%s%s:%d", *cell, **cell ? "|" : "", skill, level);
}

/* Whether the contract is in the post's list, separated by |; a blank list allows all. */
static bool allows(const draft_post *post, const char *contract) {
    const char *allowed = post->cells[POST_CONTRACT];
    size_t length = strlen(contract);
    if (!allowed || !*allowed)
        return true;
    for (; allowed; allowed = strchr(allowed, '|')) {
        allowed += *allowed == '|';
        if (strncmp(allowed, contract, length) == 0 && (allowed[length] == '|' || !allowed[length]))
            return true;
    }
    return false;
}

/* Posts of the person's job in the zone, weighted by target. */
static int draw_post(problem_draft *draft, const draft_person *person, place_zone zone, bool room) {
    int *weight = pulang_alloc((size_t)draft->n_posts, sizeof *weight);
    if (!weight)
        draft_fail(PULANG_ERROR_MEMORY, "%s", _("out of memory"));
    for (int j = 0; j < draft->n_posts; j++) {
        const draft_post *post = &draft->posts[j];
        bool fits = post->job == person->job && draft->places[post->place].zone == zone;
        if (fits && (!room || (post->heads < post->target && allows(post, person->cells[PERSON_CONTRACT]))))
            weight[j] = post->target;
    }
    int post = draw_weighted(&draft->random, weight, draft->n_posts);
    pulang_free(weight);
    return post;
}

bool people_settle(problem_draft *draft, int index, place_zone zone, bool room) {
    draft_person *person = &draft->persons[index];
    int post = draw_post(draft, person, zone, room);
    if (post < 0)
        return false;
    person->current = post;
    draft->posts[post].heads++;
    person->cells[PERSON_CURRENT] = draft->posts[post].cells[POST_ID];
    int least = room ? 0 : 2, most = person->years < 12 ? person->years : 12;
    int tenure = draw_range(&draft->random, least, most < least ? least : most);
    person->cells[PERSON_TENURE] = draft_text(draft, "%d", tenure);
    return true;
}

static int compare_numbers(const void *a, const void *b) {
    const char *const *const *left = a, *const *const *right = b;
    int order = strcmp(**left, **right);
    return order ? order : (*left > *right) - (*left < *right);
}

void people_number(problem_draft *draft) {
    size_t n = (size_t)draft->n_persons;
    const char ***ids = pulang_alloc(n, sizeof *ids);
    if (!ids)
        draft_fail(PULANG_ERROR_MEMORY, "%s", _("out of memory"));
    for (size_t i = 0; i < n; i++)
        ids[i] = &draft->persons[i].cells[PERSON_ID];
    qsort(ids, n, sizeof *ids, compare_numbers);
    const char *last = "";
    int serial = 0;
    for (size_t i = 0; i < n; i++) {
        serial = strcmp(*ids[i], last) == 0 ? serial + 1 : 1;
        last = *ids[i];
        *ids[i] = draft_text(draft, "%s%03d", last, serial);
    }
    pulang_free(ids);
}

void people_wish(problem_draft *draft, int index, int most) {
    draft_person *person = &draft->persons[index];
    const char *origin = person->cells[PERSON_ORIGIN];
    const char *list = origin;
    for (int left = draw_range(&draft->random, 1, most) - (*origin ? 1 : 0); left > 0; left--) {
        const char *place = draft->places[people_village(draft)].code;
        if (!strstr(list, place))
            list = draft_text(draft, "%s%s%s", list, *list ? "|" : "", place);
    }
    person->cells[PERSON_WISH] = list;
}

static int draw_place(problem_draft *draft, bool town_only) {
    int *weight = pulang_alloc((size_t)draft->n_places, sizeof *weight);
    if (!weight)
        draft_fail(PULANG_ERROR_MEMORY, "%s", _("out of memory"));
    for (int i = 0; i < draft->n_places; i++)
        if (!town_only || draft->places[i].zone == ZONE_TOWN)
            weight[i] = 1 + draft->places[i].sd;
    int place = draw_weighted(&draft->random, weight, draft->n_places);
    pulang_free(weight);
    return place;
}

int people_village(problem_draft *draft) {
    return draw_place(draft, false);
}

int people_townsman(problem_draft *draft) {
    return draw_place(draft, true);
}
