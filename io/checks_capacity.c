/*
 * Whether seats and people can suffice, each rule taken alone. Persons who are alike in everything
 * that decides eligibility are looked at once.
 */
#include "io/checks.h"
#include "model/alloc.h"
#include "model/eligible.h"
#include "model/error.h"
#include "model/quota.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A person, by what decides eligibility. */
typedef struct candidate {
    const pulang_person *person;
    int index;
    int floors; /* number of posts' merit floors that the person reaches */
    int fixed;  /* the only post open, PULANG_NONE: not fixed */
    int listed; /* own index when pairs.csv decides, PULANG_NONE: it does not */
} candidate;

/* What could be put into one group of a quota. */
typedef struct supply {
    int people;      /* who may hold a post of the group and count */
    int64_t amount;  /* what they bring in all */
    int64_t largest; /* what one of them brings at most */
    int64_t fixed;   /* what those bring who may hold nothing outside the group */
} supply;

typedef struct capacity {
    pulang_reader *reader;
    const pulang_instance *instance;
    candidate *candidates; /* [n_persons] like ones side by side */
    bool *open;            /* [n_posts] eligible for the class looked at */
    int *people;           /* [n_posts] who may hold the post */
    pulang_quota_group_info *groups;
    supply *supplies; /* [n_groups] */
    int n_groups;
} capacity;

static int by_number(int a, int b) {
    return (a > b) - (a < b);
}

static int by_ints(const pulang_ints *a, const pulang_ints *b) {
    if (a->n != b->n)
        return by_number(a->n, b->n);
    return a->n ? memcmp(a->items, b->items, (size_t)a->n * sizeof *a->items) : 0;
}

static int by_skills(const pulang_skill_list *a, const pulang_skill_list *b) {
    if (a->n != b->n)
        return by_number(a->n, b->n);
    return a->n ? memcmp(a->items, b->items, (size_t)a->n * sizeof *a->items) : 0;
}

static int compare(const candidate *a, const candidate *b) {
    int order = by_number(a->fixed, b->fixed);
    order = order ? order : by_number(a->listed, b->listed);
    order = order ? order : by_number(a->floors, b->floors);
    order = order ? order : strcasecmp(a->person->contract, b->person->contract);
    order = order ? order : by_skills(&a->person->skills, &b->person->skills);
    order = order ? order : by_ints(&a->person->forbid_posts, &b->person->forbid_posts);
    return order ? order : by_ints(&a->person->forbid_places, &b->person->forbid_places);
}

static int by_likeness(const void *a, const void *b) {
    int order = compare(a, b);
    return order ? order : by_number(((const candidate *)a)->index, ((const candidate *)b)->index);
}

static int ascending(const void *a, const void *b) {
    return by_number(*(const int *)a, *(const int *)b);
}

/* Fills the candidates; floors: room for n_posts. */
static void fill_candidates(capacity *c, int *floors) {
    const pulang_instance *instance = c->instance;
    for (int j = 0; j < instance->n_posts; j++)
        floors[j] = instance->posts[j].min_merit;
    qsort(floors, (size_t)instance->n_posts, sizeof *floors, ascending);
    for (int p = 0; p < instance->n_persons; p++) {
        const pulang_person *person = &instance->persons[p];
        int lo = 0;
        for (int hi = instance->n_posts; lo < hi;) {
            int middle = lo + (hi - lo) / 2;
            if (floors[middle] <= person->merit || floors[middle] == 0)
                lo = middle + 1;
            else
                hi = middle;
        }
        bool bound = pulang_eligible_bound(instance, p);
        bool listed = instance->scenario.pairs_only && instance->n_pairs > 0 &&
                      instance->pairs_begin[p] < instance->pairs_begin[p + 1];
        c->candidates[p] = (candidate){
            .person = person,
            .index = p,
            .floors = lo,
            .fixed = !bound                       ? PULANG_NONE
                     : person->pin != PULANG_NONE ? person->pin
                                                  : person->current,
            .listed = listed ? p : PULANG_NONE,
        };
    }
    qsort(c->candidates, (size_t)instance->n_persons, sizeof *c->candidates, by_likeness);
}

/* What a person brings to a group at most: over the posts that are open. */
static int64_t contribution(const capacity *c, const pulang_quota_group_info *group, int person) {
    const pulang_quota *quota = &c->instance->quotas[group->quota];
    bool varies = quota->measure == PULANG_MEASURE_PAY || quota->measure == PULANG_MEASURE_MOVES;
    int64_t most = 0;
    if (!pulang_filter_matches(c->instance, quota->persons, person))
        return 0;
    for (int i = 0; i < group->n_posts; i++) {
        if (!c->open[group->posts[i]])
            continue;
        int64_t amount = pulang_quota_measure(c->instance, quota, person, group->posts[i]);
        most = amount > most ? amount : most;
        if (!varies)
            break;
    }
    return most;
}

static bool any_open(const capacity *c, const pulang_quota_group_info *group) {
    for (int i = 0; i < group->n_posts; i++)
        if (c->open[group->posts[i]])
            return true;
    return false;
}

/* Adds the class candidates[begin .. end) to the supply of every group it can enter. */
static void supply_groups(capacity *c, int begin, int end) {
    for (int g = 0; g < c->n_groups; g++) {
        if (!any_open(c, &c->groups[g]))
            continue;
        supply *s = &c->supplies[g];
        for (int i = begin; i < end; i++) {
            int64_t amount = contribution(c, &c->groups[g], c->candidates[i].index);
            s->people += amount > 0;
            s->amount += amount;
            s->largest = amount > s->largest ? amount : s->largest;
            s->fixed += c->candidates[i].fixed != PULANG_NONE ? amount : 0;
        }
    }
}

static void report_excluded(capacity *c, int begin, int end) {
    const pulang_table *table = &c->instance->persons_table;
    int first = c->candidates[begin].index;
    pulang_field field = pulang_field_cell(table, first, pulang_table_column(table, "person"));
    const char *mend = _("compare contract, skills, merit and forbid with what posts.csv asks for");
    if (end - begin == 1)
        pulang_field_report(c->reader->findings, PULANG_WARNING, &field, mend,
                            _("there is no post that this person may hold"));
    else
        pulang_field_report(c->reader->findings, PULANG_WARNING, &field, mend,
                            _("there is no post that this person may hold (nor %d more like this one)"),
                            end - begin - 1);
}

static void look_at_class(capacity *c, int begin, int end) {
    bool any = false;
    for (int j = 0; j < c->instance->n_posts; j++) {
        c->open[j] = pulang_eligible_bar(c->instance, c->candidates[begin].index, j) == PULANG_BAR_NONE;
        c->people[j] += c->open[j] ? end - begin : 0;
        any |= c->open[j];
    }
    if (any)
        supply_groups(c, begin, end);
    else
        report_excluded(c, begin, end);
}

static void check_posts(const capacity *c) {
    const pulang_table *table = &c->instance->posts_table;
    bool hard = c->instance->scenario.hard_minimums;
    for (int j = 0; j < c->instance->n_posts; j++) {
        const pulang_post *post = &c->instance->posts[j];
        if (c->people[j] < post->min) {
            pulang_field field = pulang_field_cell(table, j, pulang_table_column(table, "min"));
            pulang_field_report(c->reader->findings, hard ? PULANG_FAULT : PULANG_WARNING, &field,
                                _("lower min, or ask for less (requires, contract, min_merit)"),
                                _("the post needs at least %d people, %d may hold it"), post->min,
                                c->people[j]);
        } else if (c->people[j] > 0 && c->people[j] < post->open_min) {
            pulang_field field = pulang_field_cell(table, j, pulang_table_column(table, "open_min"));
            pulang_field_report(c->reader->findings, PULANG_WARNING, &field,
                                _("lower open_min, or ask for less (requires, contract, min_merit)"),
                                _("the post opens with at least %d people, %d may hold it: it stays empty"),
                                post->open_min, c->people[j]);
        } else if (c->people[j] == 0) {
            pulang_field field = pulang_field_cell(table, j, pulang_table_column(table, "post"));
            pulang_field_report(c->reader->findings, PULANG_WARNING, &field,
                                _("compare requires, contract and min_merit with persons.csv"),
                                _("nobody may hold this post"));
        }
    }
}

static void check_seats(const capacity *c) {
    const pulang_instance *instance = c->instance;
    pulang_field field = pulang_field_line(instance->posts_table.file, 0);
    int64_t needed = 0, seats = 0;
    for (int j = 0; j < instance->n_posts; j++) {
        needed += instance->posts[j].min;
        seats += instance->posts[j].max;
    }
    if (needed > instance->n_persons)
        pulang_field_report(
            c->reader->findings, instance->scenario.hard_minimums ? PULANG_FAULT : PULANG_WARNING, &field,
            _("lower the minimums"), _("the minimums ask for %lld people in all, there are %d"),
            (long long)needed, instance->n_persons);
    if (seats < instance->n_persons)
        pulang_field_report(c->reader->findings, PULANG_WARNING, &field, _("raise max, or add posts"),
                            _("there are seats for %lld of the %d people: some will have no post"),
                            (long long)seats, instance->n_persons);
}

static double in_units(const pulang_quota *quota, int64_t amount) {
    return (double)amount / (double)quota->scale;
}

/* The cell of a quota's bound; the line made by limits.moves has none. */
static pulang_field bound_field(const capacity *c, const pulang_quota *quota, const char *column) {
    const pulang_table *table = &c->instance->quotas_table;
    int row = (int)(quota - c->instance->quotas);
    if (quota->line == 0)
        return pulang_field_line("scenario.yaml", 0);
    return pulang_field_cell(table, row, pulang_table_column(table, column));
}

/* Whether a broken rule makes the problem infeasible: not where a level only prices it. */
static pulang_severity severity_of(const capacity *c, const pulang_quota *quota) {
    bool priced = quota->tier != PULANG_TIER_HARD &&
                  c->instance->scenario.levels[quota->tier].kind != PULANG_LEVEL_BALANCE;
    return priced ? PULANG_WARNING : PULANG_FAULT;
}

static const char *group_name(const pulang_quota_group_info *group) {
    return group->key[0] ? group->key : _("all posts");
}

static void check_group_min(const capacity *c, int g) {
    const pulang_quota_group_info *group = &c->groups[g];
    const pulang_quota *quota = &c->instance->quotas[group->quota];
    const supply *s = &c->supplies[g];
    int64_t seats = 0;
    for (int i = 0; i < group->n_posts; i++)
        seats += c->instance->posts[group->posts[i]].max;
    /* seats x largest, without overflow: more seats than people never bind. */
    int64_t by_seats = seats < s->people ? seats * s->largest : s->amount;
    if (!group->has_min || group->or_none || (s->amount >= group->min && by_seats >= group->min))
        return;
    pulang_field field = bound_field(c, quota, "min");
    if (s->amount < group->min)
        pulang_field_report(c->reader->findings, severity_of(c, quota), &field,
                            _("lower the minimum, or let more people hold these posts"),
                            _("%s, %s: the minimum is %g, the people who may be there (%d) bring %g at most"),
                            quota->name, group_name(group), in_units(quota, group->min), s->people,
                            in_units(quota, s->amount));
    else
        pulang_field_report(c->reader->findings, severity_of(c, quota), &field,
                            _("lower the minimum, or raise max in posts.csv"),
                            _("%s, %s: the minimum is %g, the seats (%lld) hold %g at most"), quota->name,
                            group_name(group), in_units(quota, group->min), (long long)seats,
                            in_units(quota, by_seats));
}

static void check_group_max(const capacity *c, int g) {
    const pulang_quota_group_info *group = &c->groups[g];
    const pulang_quota *quota = &c->instance->quotas[group->quota];
    if (!group->has_max)
        return;
    int64_t needed = 0;
    if (quota->measure == PULANG_MEASURE_HEADS && !quota->persons && c->instance->scenario.hard_minimums)
        for (int i = 0; i < group->n_posts; i++)
            needed += c->instance->posts[group->posts[i]].min;
    pulang_field field = bound_field(c, quota, "max");
    if (needed > group->max)
        pulang_field_report(c->reader->findings, severity_of(c, quota), &field,
                            _("raise the maximum, or lower min in posts.csv"),
                            _("%s, %s: the maximum is %g, the minimums of the posts ask for %lld"),
                            quota->name, group_name(group), in_units(quota, group->max), (long long)needed);
    else if (c->supplies[g].fixed > group->max)
        pulang_field_report(
            c->reader->findings, severity_of(c, quota), &field, _("raise the maximum, or pin fewer people"),
            _("%s, %s: the maximum is %g, the people held there bring %g"), quota->name, group_name(group),
            in_units(quota, group->max), in_units(quota, c->supplies[g].fixed));
}

/* A quota's groups share no post, so one person serves one of them: the minimums add up. */
static void check_quota_sum(const capacity *c, int begin, int end) {
    const pulang_quota *quota = &c->instance->quotas[c->groups[begin].quota];
    bool varies = quota->measure == PULANG_MEASURE_PAY || quota->measure == PULANG_MEASURE_MOVES;
    int64_t needed = 0, there = 0;
    for (int g = begin; g < end; g++)
        needed += c->groups[g].has_min && !c->groups[g].or_none ? c->groups[g].min : 0;
    for (int p = 0; p < c->instance->n_persons && !varies; p++)
        there += pulang_quota_amount(c->instance, quota, p, 0);
    if (varies || quota->share || end - begin < 2 || needed <= there)
        return;
    pulang_field field = bound_field(c, quota, "min");
    pulang_field_report(c->reader->findings, severity_of(c, quota), &field, _("lower the minimum"),
                        _("%s: the minimums of its %d groups add up to %g, all people together bring %g"),
                        quota->name, end - begin, in_units(quota, needed), in_units(quota, there));
}

/* Shares are left out: whoever adds to one may be there, and whoever takes away may not. */
static void check_quotas(const capacity *c) {
    for (int g = 0; g < c->n_groups; g++) {
        if (c->instance->quotas[c->groups[g].quota].share)
            continue;
        check_group_min(c, g);
        check_group_max(c, g);
    }
    for (int begin = 0, end; begin < c->n_groups; begin = end) {
        for (end = begin + 1; end < c->n_groups && c->groups[end].quota == c->groups[begin].quota; end++)
            ;
        check_quota_sum(c, begin, end);
    }
}

static void run(capacity *c, int *floors) {
    fill_candidates(c, floors);
    for (int begin = 0, end; begin < c->instance->n_persons; begin = end) {
        for (end = begin + 1;
             end < c->instance->n_persons && compare(&c->candidates[begin], &c->candidates[end]) == 0; end++)
            ;
        look_at_class(c, begin, end);
    }
    check_posts(c);
    check_seats(c);
    check_quotas(c);
}

void pulang_checks_capacity(pulang_reader *reader) {
    const pulang_instance *instance = reader->instance;
    capacity c = {.reader = reader, .instance = instance};
    if (pulang_quota_groups(instance, &c.groups, &c.n_groups)) {
        reader->failed = true;
        return;
    }
    c.candidates = pulang_alloc((size_t)instance->n_persons, sizeof *c.candidates);
    c.open = pulang_alloc((size_t)instance->n_posts, sizeof *c.open);
    c.people = pulang_alloc((size_t)instance->n_posts, sizeof *c.people);
    c.supplies = pulang_alloc((size_t)c.n_groups, sizeof *c.supplies);
    int *floors = pulang_alloc((size_t)instance->n_posts, sizeof *floors);
    if (c.candidates && c.open && c.people && c.supplies && floors)
        run(&c, floors);
    else
        reader->failed = true;
    pulang_quota_groups_free(c.groups, c.n_groups);
    pulang_free(c.candidates);
    pulang_free(c.open);
    pulang_free(c.people);
    pulang_free(c.supplies);
    pulang_free(floors);
}
