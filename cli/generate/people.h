/*
 * Synthetic staff: occupations, names, identity numbers, pay, where they are today.
 */
#ifndef PULANG_CLI_GENERATE_PEOPLE_H
#define PULANG_CLI_GENERATE_PEOPLE_H

#include "cli/generate/draft.h"

typedef enum job_id {
    JOB_TEACHER_SD,
    JOB_TEACHER_SMP,
    JOB_NURSE,
    JOB_MIDWIFE,
    JOB_DOCTOR,
    JOB_HEALTH_TECH,
    JOB_EXTENSION,
    JOB_ADMINISTRATOR,
    JOB_FINANCE,
    JOB_IT,
    JOB_ENGINEER,
    JOB_PLANNER,
    JOB_SOCIAL,
    JOB_VILLAGE,   /* whatever a village needs: no skill of its own */
    JOB_COMPANION, /* of a village cooperative */
    JOB_MANAGER,   /* of a village cooperative, or of an office */
    JOB_TECHNICAL,
    JOB_TEACHER,
    JOB_HOSPITAL,
    JOB_VOLUNTEER,
    JOB_HEALTH_WORKER, /* of a branch clinic: a nurse or a midwife */
    N_JOBS
} job_id;

typedef enum schooling { EDUCATION_SMA, EDUCATION_D3, EDUCATION_S1, EDUCATION_S2 } schooling;

typedef struct occupation {
    const char *role, *skill, *category;
    schooling education;
    int women; /* percent */
} occupation;

extern const occupation jobs[N_JOBS];

/* Which pool the names come from. */
typedef enum name_region { REGION_KALIMANTAN, REGION_TIMOR, REGION_JAVA } name_region;

typedef struct hire_order {
    int job;
    name_region region;
    const char *contract; /* pns, pppk, pppk_pw (part-time), nonasn */
    int origin;           /* place, -1: not recorded */
    int merit_step;       /* merit is a multiple of it */
} hire_order;

/* A new person, index into draft->persons. The id is a civil servant's number (NIP) without its serial:
   see people_number. */
int people_hire(problem_draft *draft, const hire_order *hire);
/* Adds a skill of that level. */
void people_skill(problem_draft *draft, int person, const char *skill, int level);
/* Draws the post held today among those of the person's job in a zone, by target, and the years in it.
   room: only posts with fewer holders than target, and less than two years in a post are possible
   (without, the posts may be overfull and all have been there longer). False: there was none. */
bool people_settle(problem_draft *draft, int person, place_zone zone, bool room);
/* Completes the NIPs by serials, so that all differ. */
void people_number(problem_draft *draft);
/* Wishes for 1 .. most places, the place of origin first where known. */
void people_wish(problem_draft *draft, int person, int most);
/* A village of the regency to come from: drawn by the schools it has (a stand-in for its people). */
int people_village(problem_draft *draft);
/* A village of the town. */
int people_townsman(problem_draft *draft);

#endif
