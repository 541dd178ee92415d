/*
 * Output folders side by side: their figures, what was asked otherwise, who is placed otherwise, and why.
 *
 * Everything is told from the folders alone and joined by key. The first run is what the others are compared
 * with. Why somebody is placed otherwise is looked for in this order:
 *
 *   - a rule that was changed counts the person in one of the two posts, in the direction of the change, and
 *     binds in one of the two runs; likewise the seats of a post; a post that only one run has; or what the
 *     files say of the person;
 *   - a weight that was changed, where the person loses less by that term now (it counts more) or more (it
 *     counts less); or a setting of the hometown curve, where the two posts are in different places;
 *   - room is made for others: the differences of two plans decompose into chains over the posts. A search,
 *     breadth first, from all who have a reason of the kinds above, goes from a person to those who take the
 *     seat that was left, and to those who leave a seat in the post that was taken: the shortest chain is
 * told;
 *   - otherwise those who are linked by posts are taken together: their exchange is equally good, or goes
 * back to a level that is not proven, or to a change that touches no person in particular.
 */
#ifndef PULANG_IO_COMPARE_H
#define PULANG_IO_COMPARE_H

#include "io/run.h"

typedef enum pulang_change_kind {
    PULANG_CHANGE_INPUT,   /* a file is another; key: its name */
    PULANG_CHANGE_SETTING, /* key: of the scenario */
    PULANG_CHANGE_RULE     /* key: name of the quota */
} pulang_change_kind;

/* Something that is set otherwise than in the first run. */
typedef struct pulang_change {
    pulang_change_kind kind;
    const char *key;
    const char *before, *after;                      /* of a setting; "" where there is none */
    const pulang_run_rule *rule_before, *rule_after; /* of a rule; NULL: there is none */
    const char *text;                                /* in words, translated */
} pulang_change;

typedef enum pulang_why {
    PULANG_WHY_ABSENT,   /* is not in one of the runs */
    PULANG_WHY_RULE,     /* change says which */
    PULANG_WHY_FILES,    /* the post or the person differ in the files */
    PULANG_WHY_SETTING,  /* change says which */
    PULANG_WHY_ROOM,     /* makes room: next says for whom, or whose seat was taken */
    PULANG_WHY_EQUAL,    /* an exchange that is equally good */
    PULANG_WHY_UNPROVEN, /* a level is not proven: either may be the better */
    PULANG_WHY_OTHER,    /* a change that touches nobody in particular */
    PULANG_WHY_TODAY     /* the run is the status quo, which nobody has reasons for */
} pulang_why;

/* A person who is placed otherwise than in the first run. */
typedef struct pulang_difference {
    const char *person, *name;
    int row_before, row_after;   /* of placements.csv, -1: not there */
    const char *before, *after;  /* posts, "" without one */
    double term[PULANG_N_TERMS]; /* cost of the post of now less that of before, both by the weights of now,
                                    points; NAN: the folders do not tell */
    double cost;                 /* the sum of all, likewise */
    pulang_why why;
    int change;       /* of the run's changes, -1: none */
    int next;         /* ROOM: index of a difference of the same run, else -1 */
    bool takes;       /* ROOM: takes the seat that `next` left; else leaves the seat to `next` */
    int together;     /* EQUAL, UNPROVEN, OTHER: how many are linked, the person included */
    const char *text; /* in words, translated */
} pulang_difference;

/* A run beside the first. */
typedef struct pulang_against {
    int n_changes, n_differences;
    pulang_change *changes;
    pulang_difference *differences; /* in the order of the first run's placements.csv, others last */
    pulang_index by_person;         /* index into differences */
} pulang_against;

/* A line of figures; NAN where a run has none. */
typedef struct pulang_compared {
    const char *name, *group, *measure, *unit, *description; /* "" where there is none */
    int decimals;
    int better;      /* 1: more is better, -1: less is, 0: neither */
    double *values;  /* [n_runs] */
    double *max;     /* [n_runs] of a quota, else NULL */
    bool *otherwise; /* [n_runs] counted otherwise than in the first run: the values do not compare */
} pulang_compared;

/* What a change does on its own, everything else as in the first run. */
typedef struct pulang_effect {
    int run, change;
    bool tried;  /* false: it cannot be made on its own */
    bool exists; /* there is a plan */
    int n_levels;
    pulang_run_level *levels; /* of the best plan with the change */
    int elsewhere;            /* people who are placed elsewhere in it than in the first run */
} pulang_effect;

typedef struct pulang_compared_list {
    int n;
    pulang_compared *items;
    pulang_index keys;
    size_t capacity;
} pulang_compared_list;

typedef struct pulang_comparison {
    pulang_arena *arena; /* owns what the lists do not */
    int n_runs;
    const pulang_run *const *runs; /* [n_runs] not owned */
    pulang_compared_list levels, figures, roles, districts, quotas;
    pulang_against *against; /* [n_runs], that of run 0 empty */
    int n_effects;           /* 0 unless somebody works them out */
    pulang_effect *effects;
} pulang_comparison;

/* At least two runs, which must outlive the comparison. */
pulang_status pulang_compare(const pulang_run *const *runs, int n_runs, pulang_comparison **comparison,
                             pulang_error *error);
void pulang_comparison_free(pulang_comparison *comparison);

/* The level of a run by name, NULL: it has none. */
const pulang_run_level *pulang_run_level_named(const pulang_run *run, const char *name);
/* Whether the order of two runs at a level may be another than their values say: one of them is not proven,
   and the values are no further apart than its gap. */
bool pulang_compare_open(const pulang_run_level *a, const pulang_run_level *b);
/* How the value of a run compares with that of the first: 1: better, -1: worse, 0: the same, or nobody can
   say. */
int pulang_compare_mark(const pulang_compared *line, int run);
/* Whether a change makes a level be counted in other units. */
bool pulang_change_rescales(const pulang_change *change, const char *level);
/* A post in words: role, office and place; "without a post" for "". */
const char *pulang_run_post_text(const pulang_run *run, pulang_arena *arena, const char *post);
/* The difference of a person in a run, NULL: placed as in the first. */
const pulang_difference *pulang_comparison_find(const pulang_comparison *comparison, int run,
                                                const char *person);

#endif
