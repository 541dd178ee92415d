/*
 * The instance: who there is, which posts, which rules. Built by io/, never changed afterwards.
 * Every pointer and string belongs to the arena. Numbers with decimals are fixed point.
 */
#ifndef PULANG_MODEL_INSTANCE_H
#define PULANG_MODEL_INSTANCE_H

#include "model/arena.h"
#include "model/filter.h"
#include "model/scenario.h"
#include "model/table.h"
#include "pulang.h"

#define PULANG_HUNDREDTHS 100      /* scale of hours, pay and merit */
#define PULANG_UNLIMITED INT32_MAX /* posts.max where there is none */
#define PULANG_NONE (-1)

typedef struct pulang_skill {
    int skill; /* index into instance->skills */
    int level; /* >= 1 */
} pulang_skill;

typedef struct pulang_ints {
    int n;
    int *items;
} pulang_ints;

typedef struct pulang_skill_list {
    int n;
    pulang_skill *items;
} pulang_skill_list;

typedef struct pulang_texts {
    int n;
    const char **items;
} pulang_texts;

typedef struct pulang_place {
    const char *id, *name, *district, *region; /* never NULL */
    bool has_point;
    double lat, lon;   /* degrees, WGS84 */
    double remoteness; /* 0 (city) .. 1 (remotest); 0 where not given */
} pulang_place;

/* A closed line: lon and lat (degrees, WGS84) of each point; the last point is the first again. */
typedef struct pulang_ring {
    int n;          /* points, at least 4 */
    double *points; /* [2 * n] */
    bool outer;     /* begins a polygon; the rings after it, up to the next such, are its holes */
} pulang_ring;

/* The outline of a place; n 0: not known. */
typedef struct pulang_boundary {
    int n;
    pulang_ring *rings; /* the first is outer */
} pulang_boundary;

/* A wish for a place or a post. */
typedef struct pulang_wish {
    int place; /* PULANG_NONE when a post is meant */
    int post;  /* PULANG_NONE when a place is meant */
} pulang_wish;

typedef struct pulang_person {
    const char *id, *name, *category, *contract;
    int origin; /* place, PULANG_NONE: unknown */
    pulang_skill_list skills;
    int merit;          /* hundredths, 0..10000; PULANG_NONE: not given */
    int64_t hours, pay; /* hundredths; 0 where not given */
    int current, pin;   /* post, PULANG_NONE */
    pulang_ints forbid_posts, forbid_places;
    struct {
        int n;
        pulang_wish *items; /* best first */
    } wish;
    int group;     /* PULANG_NONE or index into instance->groups */
    int tenure;    /* hundredths of years in the current post (column tenure), PULANG_NONE: not given */
    bool released; /* never of a file: may leave the post of the pin or the minimum stay, or keep it */
} pulang_person;

typedef struct pulang_post {
    const char *id, *unit, *role;
    int place;
    int min, target, max;       /* seats; min <= target <= max; max may be PULANG_UNLIMITED */
    int open_min;               /* heads where there are any at least (hard); 0 or 1: any number */
    pulang_skill_list requires; /* all needed, at the level or above */
    pulang_skill_list prefers;  /* wished for (column prefers): the skills term */
    pulang_texts contracts;     /* allowed ones, n = 0: any */
    int min_merit;              /* hundredths; 0: none */
    int64_t priority;           /* thousandths, > 0, 1000 where not given */
    int64_t hours;              /* hundredths: work a week that the post brings; 0: not given */
    int64_t pay;                /* hundredths a month for each holder; PULANG_NONE: the person's own pay */
    int64_t need; /* hundredths of heads by workload analysis (ABK); PULANG_NONE: no workload.csv rows */
} pulang_post;

typedef enum pulang_measure {
    PULANG_MEASURE_HEADS, /* 1 each */
    PULANG_MEASURE_MOVES, /* 1 for who leaves the current post */
    PULANG_MEASURE_HOURS, /* hours of the person */
    PULANG_MEASURE_PAY,   /* pay of the post where it states one, else of the person */
    PULANG_MEASURE_COLUMN /* a numeric column of persons.csv */
} pulang_measure;

#define PULANG_TIER_HARD (-1)

/* The minimum and maximum of one group of a quota, where they are not those of the quota. */
typedef struct pulang_own_bounds {
    const char *key; /* of the group */
    int64_t min, max;
} pulang_own_bounds;

typedef struct pulang_quota {
    const char *name;
    const char *basis; /* legal basis, "" */
    const char *each;  /* column of the posts (or of their places) that makes the groups; "": one for all */
    pulang_filter *persons, *posts;        /* NULL: all */
    const char *persons_text, *posts_text; /* the filters as written */
    /*
     * A share: what `persons` bring is at least (has_min) or at most (has_max) part / whole of what those
     * bring whom `of` selects. The total is whole * the former - part * the latter, its bound 0.
     */
    bool share;
    pulang_filter *of; /* NULL: all */
    const char *of_text;
    int64_t part, whole; /* 0 <= part <= whole = 100, 1000 or 10000 */
    pulang_measure measure;
    const char *measure_text; /* "heads", "hours", ..., or the column's name */
    int64_t *amount;          /* [n_persons] for HOURS and COLUMN: value * scale; NULL otherwise */
    int64_t scale;            /* units of the measure per 1: 1 for heads and moves, else 1, 10 or 100 */
    bool has_min, has_target, has_max;
    bool or_none;             /* a group's total is 0 or at least min (hard) */
    bool target_is_work;      /* target = hours of work of the group's posts ("work") */
    int64_t min, target, max; /* times scale */
    int64_t weight;           /* thousandths, > 0, 1000 where not given */
    int tier; /* of min and max: PULANG_TIER_HARD or a level; a balance level: of the target */
    int n_own;
    pulang_own_bounds *own; /* [n_own] no file gives them: they come from the changes of a session */
    bool on;
    int line; /* in quotas.csv, 0: made by the scenario (limits.moves) */
} pulang_quota;

/* A pair of pairs.csv. Sorted by person, then post. */
typedef struct pulang_pair {
    int person, post;
    int64_t cost; /* thousandths */
} pulang_pair;

typedef struct pulang_group {
    const char *name;
    pulang_ints persons; /* ascending */
} pulang_group;

/* A direct leg of travel.csv, used both ways. */
typedef struct pulang_leg {
    int from, to;
    double km, hours; /* either may be negative: not given */
} pulang_leg;

typedef struct pulang_input_file {
    const char *name;   /* relative to the problem folder */
    const char *sha256; /* 64 hexadecimal digits */
} pulang_input_file;

struct pulang_instance {
    pulang_arena *arena;
    const char *dir;
    pulang_scenario scenario;
    pulang_table persons_table, places_table, posts_table, quotas_table;
    int n_persons, n_places, n_posts, n_quotas, n_pairs, n_groups, n_legs, n_skills, n_inputs;
    pulang_person *persons; /* row i of persons_table */
    pulang_place *places;
    pulang_boundary *boundaries; /* [n_places] for maps only; NULL: there is no boundaries.geojson */
    pulang_post *posts;
    pulang_quota *quotas;      /* those switched off too */
    bool envy_forbidden;       /* no justified envy (model/envy.h) ... */
    pulang_filter *envy_posts; /* ... of these posts, NULL: of all */
    pulang_pair *pairs;
    int *pairs_begin; /* [n_persons + 1] pairs of person p: pairs_begin[p] .. pairs_begin[p+1]-1 */
    pulang_group *groups;
    pulang_leg *legs;
    const char **skills;        /* names */
    pulang_input_file *inputs;  /* ascending by name */
    const pulang_override *set; /* [n_set] settings that were given beside the files */
    int n_set;
    int32_t *metres;     /* [n_places * n_places] travel distance; model/distance.h */
    int32_t *seconds;    /* [n_places * n_places] travel time */
    double seconds_read; /* measured: reading and checking the folder */
};

/* An empty instance with its arena and the default scenario; NULL: out of memory. */
pulang_instance *pulang_instance_new(void);
/* Fills what follows from the rest (metres, seconds); called last by whoever builds an instance. */
pulang_status pulang_instance_prepare(pulang_instance *instance, pulang_error *error);
/*
 * Adds one more person, the last, exactly like the one given but in no group. What changes is made anew in
 * the arena, so that the instance may be a shallow copy of another, which stays as it is; the tables of the
 * files do not get a row.
 */
pulang_status pulang_instance_add_like(pulang_instance *instance, pulang_arena *arena, int person,
                                       pulang_error *error);
/* The line of pairs.csv for a person and a post, NULL: there is none. */
const pulang_pair *pulang_instance_pair(const pulang_instance *instance, int person, int post);
/* Level of a skill in a list, 0: not in it. */
int pulang_skill_level(const pulang_skill_list *skills, int skill);

#endif
