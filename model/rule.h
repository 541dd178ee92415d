/*
 * The hard rules of an instance one by one, as they are told to the user: each can be named, found in the
 * input, and taken out without the others (solver/diagnose.h).
 *
 * Not among them is who may hold which post at all (skills, contract, merit, forbidden pairs): that stays
 * as it is.
 */
#ifndef PULANG_MODEL_RULE_H
#define PULANG_MODEL_RULE_H

#include "model/quota.h"
#include "model/words.h"

typedef enum pulang_rule_kind {
    PULANG_RULE_MINIMUM,  /* heads of a post, where posts.minimum is hard */
    PULANG_RULE_SEATS,    /* max of a post */
    PULANG_RULE_OPENING,  /* a post has nobody or at least open_min */
    PULANG_RULE_AT_LEAST, /* min of a quota's group */
    PULANG_RULE_AT_MOST,  /* max of a quota's group */
    PULANG_RULE_NONE_OR,  /* a quota's group has nothing or at least its min (or_none) */
    PULANG_RULE_PIN,      /* a person must hold a post */
    PULANG_RULE_STAY,     /* the same by the minimum stay */
    PULANG_RULE_TOGETHER, /* a group of persons */
    PULANG_N_RULE_KINDS
} pulang_rule_kind;

typedef struct pulang_rule {
    pulang_rule_kind kind;
    int post;      /* of rules about posts; that a person must hold; else PULANG_NONE */
    int quota;     /* PULANG_NONE: another rule */
    int person;    /* PULANG_NONE: another rule */
    int group;     /* of persons; PULANG_NONE: another rule */
    int total;     /* index that the post or the quota's group has in a problem, PULANG_NONE: neither */
    int64_t bound; /* of a total */
    const pulang_quota_group_info *info; /* of a quota's group, else NULL */
} pulang_rule;

typedef struct pulang_rules {
    const pulang_instance *instance;
    int n;
    pulang_rule *rule; /* posts, quotas, persons, groups; each in the order of the input */
    int n_groups;
    pulang_quota_group_info *groups; /* of quotas */
} pulang_rules;

/* The hard rules of the first n_persons persons; what nobody could break is left out. The instance must
   outlive them. */
pulang_status pulang_rules_new(const pulang_instance *instance, int n_persons, pulang_rules **rules,
                               pulang_error *error);
void pulang_rules_free(pulang_rules *rules);

/* Its bound as the user wrote it, in units of the measure; of a share in hundredths of a percent. */
int64_t pulang_rule_bound(const pulang_rules *rules, const pulang_rule *rule);
/* Where the rule is written: file (a name that belongs to the instance or is static), column ("" where it
   has none) and physical line, 0: in the scenario. */
void pulang_rule_row(const pulang_rules *rules, const pulang_rule *rule, const char **file,
                     const char **column, int *line);
/* Adds the rule to words, translated. */
void pulang_rule_tell(const pulang_rules *rules, const pulang_rule *rule, pulang_words *words);
/* Adds what the rule is about: the post with its place, or the quota with its group. */
void pulang_rule_tell_subject(const pulang_rules *rules, const pulang_rule *rule, pulang_words *words);
/* Adds a bound of the rule: "3" (heads), "30%", "12.5 hours". */
void pulang_rule_tell_bound(const pulang_rules *rules, const pulang_rule *rule, int64_t bound,
                            pulang_words *words);
/* How many of the first n_persons may hold a post of the rule and count for it, *any: for a post of the rule
   whether they count or not. Of rules of posts and quotas. */
int pulang_rule_able(const pulang_rules *rules, const pulang_rule *rule, int n_persons, int *any);

#endif
