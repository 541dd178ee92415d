/*
 * Why there is no plan: sets of rules that cannot all hold, and the least that would have to change.
 */
#ifndef PULANG_MODEL_DIAGNOSIS_H
#define PULANG_MODEL_DIAGNOSIS_H

#include "model/rule.h"

/* What can be changed, each at a price. */
typedef enum pulang_change_kind {
    PULANG_CHANGE_SEAT,     /* one seat more in a post */
    PULANG_CHANGE_MINIMUM,  /* the min of a post one lower */
    PULANG_CHANGE_QUOTA,    /* a quota's bound given way by as much as one person brings */
    PULANG_CHANGE_OPENING,  /* an open_min, or a min with or_none, lowered as far as it takes */
    PULANG_CHANGE_HIRE,     /* one person more */
    PULANG_CHANGE_RELEASE,  /* one person need not stay */
    PULANG_CHANGE_SEPARATE, /* one group need not stay together */
    PULANG_N_CHANGES
} pulang_change_kind;

#define PULANG_PRICE_NEVER INT64_MAX
#define PULANG_PRICE_MOST 1000000

typedef struct pulang_tariff {
    int64_t price[PULANG_N_CHANGES]; /* thousandths, 1 .. 1000 * PULANG_PRICE_MOST or PULANG_PRICE_NEVER */
} pulang_tariff;

/* One row a kind: drives the defaults, the reading of prices and the help. */
typedef struct pulang_tariff_row {
    const char *name;
    int64_t preset;   /* thousandths */
    const char *help; /* to be translated */
} pulang_tariff_row;

extern const pulang_tariff_row pulang_tariff_table[PULANG_N_CHANGES];

void pulang_tariff_default(pulang_tariff *tariff);
/* Reads "hire=3" or "release=never"; PULANG_ERROR_ARGUMENT when it is neither. */
pulang_status pulang_tariff_parse(pulang_tariff *tariff, const char *text, pulang_error *error);
/* What a change of this rule is. */
pulang_change_kind pulang_tariff_kind(const pulang_rule *rule);

typedef struct pulang_conflict {
    int n;
    int *rules;   /* indices of rules */
    bool minimal; /* proven: without any one of them the others can be met */
} pulang_conflict;

#define PULANG_BOUND_NONE INT64_MAX /* no bound will do: the rule is set aside */

typedef struct pulang_change {
    pulang_change_kind kind;
    int rule;     /* that gives way; PULANG_NONE: people come */
    int64_t from; /* its bound, for totals, in units of the measure (of a share: hundredths of a percent) */
    int64_t to;
    /* Who come: so many like a person, or with what the post asks for. */
    int count, like, made_for; /* like, made_for: PULANG_NONE where it is the other */
    int n_posts;               /* where the plan behind the repair needs them */
    int *posts;
    int64_t cost; /* in 1 / scale of the repair */
} pulang_change;

typedef struct pulang_repair {
    bool proven;         /* nothing cheaper mends it */
    int64_t cost, scale; /* cost / scale: in the unit of the prices */
    int n;
    pulang_change *changes;
} pulang_repair;

#define PULANG_CONFLICTS_MOST 10

typedef struct pulang_diagnosis {
    bool feasible; /* there is nothing wrong */
    bool decided;  /* false: time was up before it was known whether there is a plan */
    int n_persons; /* of the instance: those beyond are for repairs */
    pulang_rules *rules;
    int n_conflicts; /* with no rule in common */
    pulang_conflict conflicts[PULANG_CONFLICTS_MOST];
    bool more; /* there may be other conflicts, with no rule of these */
    int n_repairs;
    pulang_repair repairs[2]; /* the cheapest; then the cheapest with no kind of change of the first */
    pulang_arena *arena;
} pulang_diagnosis;

void pulang_diagnosis_free(pulang_diagnosis *diagnosis);
/* Adds the change to words, translated: "lower ... from 3 to 1". */
void pulang_change_tell(const pulang_diagnosis *diagnosis, const pulang_change *change, pulang_words *words);

#endif
