/*
 * Figures that describe an assignment, the same for a plan and for the status quo, so that the two
 * can be laid side by side.
 */
#ifndef PULANG_MODEL_INDICATORS_H
#define PULANG_MODEL_INDICATORS_H

#include "model/check.h"

typedef enum pulang_indicator_id {
    PULANG_INDICATOR_PLACED,
    PULANG_INDICATOR_UNPLACED,
    PULANG_INDICATOR_FILLED_POSTS,
    PULANG_INDICATOR_SHORT,
    PULANG_INDICATOR_REQUIRED_MISSING,
    PULANG_INDICATOR_OVERFILLED,
    PULANG_INDICATOR_HOME_VILLAGE,
    PULANG_INDICATOR_HOME_DISTRICT,
    PULANG_INDICATOR_ELSEWHERE,
    PULANG_INDICATOR_HOME_KM_MEAN,
    PULANG_INDICATOR_HOME_KM_MEDIAN,
    PULANG_INDICATOR_HOME_KM_MAX,
    PULANG_INDICATOR_STAYERS,
    PULANG_INDICATOR_SKILLS_MET,
    PULANG_INDICATOR_MERIT_FIT,
    PULANG_INDICATOR_MOVES,
    PULANG_INDICATOR_PAY,
    PULANG_INDICATOR_UNEVENNESS_PLACES,
    PULANG_INDICATOR_UNEVENNESS_ROLES,
    PULANG_INDICATOR_WORST_DISTRICT,
    PULANG_INDICATOR_WORST_ROLE,
    PULANG_INDICATOR_WORK_UNCOVERED,
    PULANG_INDICATOR_UNEVENNESS_WORK,
    PULANG_INDICATOR_ENVIOUS,
    PULANG_INDICATOR_STABILITY,
    PULANG_INDICATOR_VIOLATIONS,
    PULANG_N_INDICATORS
} pulang_indicator_id;

/* One figure. name is for files ("home_village_share"), description for people (translated). */
typedef struct pulang_indicator {
    const char *name;
    double value;
    int decimals;     /* digits worth showing after the point */
    const char *unit; /* "persons", "seats", "km", "share" (0..1), ... translated; "" where none */
    const char *description;
    int better; /* 1: more is better, -1: less is, 0: neither */
} pulang_indicator;

/*
 * The figures of an assignment and its evaluation (pulang_check_plan of the same assignment).
 * Shares and means over nobody are 0.
 */
pulang_status pulang_indicators_compute(const pulang_instance *instance, const int *post_of,
                                        const pulang_evaluation *evaluation,
                                        pulang_indicator indicators[PULANG_N_INDICATORS],
                                        pulang_error *error);
/* The name of an indicator in files. */
const char *pulang_indicator_name(pulang_indicator_id id);
/* Whether a figure of this name is a share, 0..1, shown in percent. */
bool pulang_indicator_is_share(const char *name);
/* An indicator with its texts, value 0. */
pulang_indicator pulang_indicator_describe(pulang_indicator_id id);
/* The assignment of today: post_of[p] = the post held now, or PULANG_NONE. */
void pulang_status_quo(const pulang_instance *instance, int *post_of);

#endif
