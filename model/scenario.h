/*
 * The settings of a problem (scenario.yaml): what is wanted, in which order, how strongly.
 */
#ifndef PULANG_MODEL_SCENARIO_H
#define PULANG_MODEL_SCENARIO_H

#include <stdbool.h>
#include <stdint.h>

/* Terms of the preference; each is a loss between 0 (best) and 1 (worst) per person and post,
   except pairs, which is the user's own number. */
typedef enum pulang_term {
    PULANG_TERM_HOMETOWN,
    PULANG_TERM_SKILLS,
    PULANG_TERM_MERIT,
    PULANG_TERM_WISH,
    PULANG_TERM_MOVE,
    PULANG_TERM_PAY,
    PULANG_TERM_PAIRS,
    PULANG_N_TERMS
} pulang_term;

extern const char *const pulang_term_names[PULANG_N_TERMS]; /* "hometown", "skills", ... */

/* What a level adds up. All are sums but BALANCE, which is a largest value. */
typedef enum pulang_level_kind {
    PULANG_LEVEL_REQUIRED,   /* minimums of posts missed (heads) and quotas of tier "required" */
    PULANG_LEVEL_UNPLACED,   /* persons without a post */
    PULANG_LEVEL_BALANCE,    /* largest relative shortfall (permille) of the quotas of tier "balance" */
    PULANG_LEVEL_SHORTAGE,   /* convex cost of falling short of targets (model/shortage.h) */
    PULANG_LEVEL_PREFERENCE, /* weighted sum of all terms that are no level of their own */
    PULANG_LEVEL_TERM,       /* one term as a level of its own */
    PULANG_LEVEL_QUOTAS      /* any other name: the quotas of that tier */
} pulang_level_kind;

typedef struct pulang_level {
    const char *name;
    pulang_level_kind kind;
    pulang_term term; /* for PULANG_LEVEL_TERM */
} pulang_level;

/* Point of the retention curve: the share who stay when they live `at` km (or hours) from home. */
typedef struct pulang_curve_point {
    double at;
    double retention; /* 0..1 */
} pulang_curve_point;

/* A step of the way from today to the plan. */
typedef struct pulang_phase {
    const char *name;
    int moves; /* persons who may change post in this phase, > 0 */
} pulang_phase;

typedef struct pulang_scenario {
    const char *title;
    pulang_level *levels; /* [n_levels], most important first; at least one */
    int n_levels;
    int64_t weight[PULANG_N_TERMS]; /* thousandths, >= 0 */
    bool by_hours;                  /* the curve is over travel hours, else km */
    pulang_curve_point *curve;      /* [n_curve] at ascending from 0, retention not rising */
    int n_curve;
    double mismatch;          /* 0..1: share of retention lost from city to the remotest place */
    double unknown_retention; /* 0..1: retention assumed where the origin is unknown */
    double detour;            /* road km per great-circle km, >= 1 */
    double speed_kmh;         /* to turn km into hours where travel.csv gives none, > 0 */
    bool hard_minimums;       /* posts.min is a hard rule, else level "required" */
    double group_km;          /* members of a group are placed at most so far apart; 0: same place */
    bool pairs_only;          /* only the pairs of pairs.csv are eligible (for persons listed there) */
    double min_tenure;        /* years; who has less in the current post stays there; 0: off */
    double effective_hours;   /* hours a year one person works (ABK) */
    double time_limit;        /* seconds, 0: not given */
    double gap;               /* < 0: not given */
    int64_t max_moves;        /* -1: no limit */
    const char *envy_forbid;  /* filter of the posts of which nobody may have justified envy; "": none */
    pulang_phase *phases;     /* [n_phases] */
    int n_phases;
} pulang_scenario;

/* The defaults; arrays are static and must not be freed. */
void pulang_scenario_default(pulang_scenario *scenario);
/* Index of the level with that name, -1: none. */
int pulang_scenario_level(const pulang_scenario *scenario, const char *name);
/* Kind (and term) of a level name. */
pulang_level pulang_level_named(const char *name);

#endif
