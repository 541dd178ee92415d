/*
 * Skills, contracts, pins, groups and quotas that do not fit one another.
 */
#include "io/checks.h"
#include "model/alloc.h"
#include "model/column.h"
#include "model/distance.h"
#include "model/eligible.h"
#include "model/error.h"
#include "model/nearest.h"
#include "model/quota.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Where and how high each skill is asked for and held. */
typedef struct skill_use {
    int held;     /* highest level anybody has, 0: nobody has it */
    int person;   /* first person with it */
    int wanted;   /* highest level a post requires or prefers, 0: none does */
    int required; /* highest level a post requires, 0: none does */
    int post;     /* first post that requires this highest level */
} skill_use;

static void note_posts(const pulang_instance *instance, skill_use *uses) {
    for (int j = 0; j < instance->n_posts; j++) {
        const pulang_post *post = &instance->posts[j];
        for (int i = 0; i < post->requires.n; i++) {
            skill_use *use = &uses[post->requires.items[i].skill];
            int level = post->requires.items[i].level;
            if (level > use->required) {
                use->required = level;
                use->post = j;
            }
            use->wanted = level > use->wanted ? level : use->wanted;
        }
        for (int i = 0; i < post->prefers.n; i++) {
            skill_use *use = &uses[post->prefers.items[i].skill];
            int level = post->prefers.items[i].level;
            use->wanted = level > use->wanted ? level : use->wanted;
        }
    }
}

static void note_persons(const pulang_instance *instance, skill_use *uses) {
    for (int p = 0; p < instance->n_persons; p++) {
        const pulang_skill_list *list = &instance->persons[p].skills;
        for (int i = 0; i < list->n; i++) {
            skill_use *use = &uses[list->items[i].skill];
            if (use->held == 0)
                use->person = p;
            use->held = list->items[i].level > use->held ? list->items[i].level : use->held;
        }
    }
}

/* The nearest of the skills that are held (or wanted), "" when none is near. names: room for all. */
static const char *nearest_skill(const pulang_instance *instance, const skill_use *uses, bool held,
                                 const char *name, const char **names) {
    int n = 0;
    for (int s = 0; s < instance->n_skills; s++)
        if (held ? uses[s].held > 0 : uses[s].wanted > 0)
            names[n++] = instance->skills[s];
    int near = pulang_nearest(name, names, n);
    return near < 0 ? "" : names[near];
}

static void report_skill(pulang_reader *reader, const skill_use *uses, int skill, const char **names) {
    const pulang_instance *instance = reader->instance;
    const skill_use *use = &uses[skill];
    const char *name = instance->skills[skill];
    char mend[256];
    if (use->required > use->held) {
        const pulang_table *table = &instance->posts_table;
        const char *near = use->held ? "" : nearest_skill(instance, uses, true, name, names);
        pulang_field field = pulang_field_cell(table, use->post, pulang_table_column(table, "requires"));
        snprintf(mend, sizeof mend, near[0] ? _("did you mean %s?") : _("correct the skill or its level"),
                 near);
        if (use->held)
            pulang_field_report(reader->findings, PULANG_WARNING, &field, mend,
                                _("nobody has %s at level %d (highest: %d)"), name, use->required, use->held);
        else
            pulang_field_report(reader->findings, PULANG_WARNING, &field, mend, _("nobody has the skill %s"),
                                name);
    } else if (use->held && !use->wanted) {
        /* Skills that no post asks for are no fault; one spelt nearly like another may be. */
        const char *near = nearest_skill(instance, uses, false, name, names);
        const pulang_table *table = &instance->persons_table;
        pulang_field field = pulang_field_cell(table, use->person, pulang_table_column(table, "skills"));
        snprintf(mend, sizeof mend, _("did you mean %s?"), near);
        if (near[0])
            pulang_field_report(reader->findings, PULANG_WARNING, &field, mend,
                                _("no post asks for the skill %s"), name);
    }
}

static bool is_held_contract(const pulang_instance *instance, const char *contract) {
    for (int p = 0; p < instance->n_persons; p++)
        if (strcasecmp(instance->persons[p].contract, contract) == 0)
            return true;
    return false;
}

/* Contracts that posts allow and nobody has: each is reported once, where it comes first. */
static void check_contracts(pulang_reader *reader) {
    const pulang_instance *instance = reader->instance;
    const pulang_table *table = &instance->posts_table;
    int column = pulang_table_column(table, "contract");
    pulang_index seen = {0};
    for (int j = 0; j < instance->n_posts && !reader->failed; j++)
        for (int i = 0; i < instance->posts[j].contracts.n; i++) {
            const char *contract = instance->posts[j].contracts.items[i];
            if (pulang_index_find(&seen, contract) >= 0)
                continue;
            if (pulang_index_add(&seen, contract, j))
                reader->failed = true;
            if (reader->failed || is_held_contract(instance, contract))
                continue;
            pulang_field field = pulang_field_cell(table, j, column);
            pulang_field_report(reader->findings, PULANG_WARNING, &field,
                                _("compare it with the column contract of persons.csv"),
                                _("nobody has the contract %s"), contract);
        }
    pulang_index_clear(&seen);
}

void pulang_checks_skills(pulang_reader *reader) {
    const pulang_instance *instance = reader->instance;
    skill_use *uses = pulang_alloc((size_t)instance->n_skills, sizeof *uses);
    const char **names = pulang_alloc((size_t)instance->n_skills, sizeof *names);
    if (uses && names) {
        note_posts(instance, uses);
        note_persons(instance, uses);
        for (int s = 0; s < instance->n_skills; s++)
            report_skill(reader, uses, s, names);
        check_contracts(reader);
    } else
        reader->failed = true;
    pulang_free(uses);
    pulang_free(names);
}

/* The only post a person may hold, PULANG_NONE: free. */
static int fixed_post(const pulang_instance *instance, int person) {
    if (!pulang_eligible_bound(instance, person))
        return PULANG_NONE;
    int pin = instance->persons[person].pin;
    return pin != PULANG_NONE ? pin : instance->persons[person].current;
}

/* The cell that fixes a person: pin, or tenure. */
static pulang_field fixing_field(const pulang_instance *instance, int person) {
    const pulang_table *table = &instance->persons_table;
    bool pinned = instance->persons[person].pin != PULANG_NONE;
    return pulang_field_cell(table, person, pulang_table_column(table, pinned ? "pin" : "tenure"));
}

static void check_pinned_seats(pulang_reader *reader) {
    const pulang_instance *instance = reader->instance;
    int *fixed = pulang_reader_alloc(reader, instance->n_posts, sizeof *fixed);
    for (int p = 0; p < instance->n_persons && fixed; p++) {
        int post = fixed_post(instance, p);
        if (post == PULANG_NONE || fixed[post]++ != instance->posts[post].max)
            continue;
        pulang_field field = fixing_field(instance, p);
        pulang_field_report(reader->findings, PULANG_FAULT, &field,
                            _("pin fewer people there, or raise max in posts.csv"),
                            _("more people are held to post %s than it has seats (%d)"),
                            instance->posts[post].id, instance->posts[post].max);
    }
}

static bool contains(const pulang_ints *list, int item) {
    for (int i = 0; i < list->n; i++)
        if (list->items[i] == item)
            return true;
    return false;
}

static void check_forbidden_pins(pulang_reader *reader) {
    const pulang_instance *instance = reader->instance;
    for (int p = 0; p < instance->n_persons; p++) {
        const pulang_person *person = &instance->persons[p];
        if (person->pin == PULANG_NONE ||
            (!contains(&person->forbid_posts, person->pin) &&
             !contains(&person->forbid_places, instance->posts[person->pin].place)))
            continue;
        pulang_field field = fixing_field(instance, p);
        pulang_field_report(reader->findings, PULANG_WARNING, &field,
                            _("remove the pin, or the entry in forbid"),
                            _("pinned to a post that the column forbid names; the pin prevails"));
    }
}

static bool near(const pulang_instance *instance, int a, int b) {
    if (a == b || a == PULANG_NONE || b == PULANG_NONE)
        return true;
    int32_t metres = pulang_distance_metres(instance, a, b);
    return metres >= 0 && (double)metres <= instance->scenario.group_km * 1000;
}

static void check_group(pulang_reader *reader, const pulang_group *group) {
    const pulang_instance *instance = reader->instance;
    const pulang_table *table = &instance->persons_table;
    if (group->persons.n == 1) {
        pulang_field field =
            pulang_field_cell(table, group->persons.items[0], pulang_table_column(table, "group"));
        pulang_field_report(reader->findings, PULANG_WARNING, &field,
                            _("give the same group to those who belong together"),
                            _("nobody else is in the group %s"), group->name);
    }
    int first = PULANG_NONE;
    for (int i = 0; i < group->persons.n; i++) {
        int person = group->persons.items[i], post = fixed_post(instance, person);
        if (post == PULANG_NONE)
            continue;
        if (first == PULANG_NONE)
            first = person;
        int other = fixed_post(instance, first);
        if (near(instance, instance->posts[post].place, instance->posts[other].place))
            continue;
        pulang_field field = fixing_field(instance, person);
        pulang_field_report(reader->findings, PULANG_FAULT, &field,
                            _("pin them to posts in one place, or raise groups.within_km"),
                            _("the group %s is held apart: %s is held to post %s"), group->name,
                            instance->persons[first].id, instance->posts[other].id);
    }
}

void pulang_checks_pins(pulang_reader *reader) {
    check_pinned_seats(reader);
    check_forbidden_pins(reader);
    for (int g = 0; g < reader->instance->n_groups; g++)
        check_group(reader, &reader->instance->groups[g]);
}

static int count_selected(const pulang_instance *instance, const pulang_filter *filter, int n) {
    int selected = 0;
    for (int i = 0; i < n; i++)
        selected += pulang_filter_matches(instance, filter, i);
    return selected;
}

static void check_selection(pulang_reader *reader, int row, const pulang_quota *quota) {
    const pulang_instance *instance = reader->instance;
    const pulang_table *table = &instance->quotas_table;
    pulang_field posts = pulang_field_cell(table, row, pulang_table_column(table, "posts"));
    pulang_field persons = pulang_field_cell(table, row, pulang_table_column(table, "persons"));
    pulang_field each = pulang_field_cell(table, row, pulang_table_column(table, "each"));
    int selected = count_selected(instance, quota->posts, instance->n_posts), grouped = 0;
    for (int j = 0; j < instance->n_posts; j++)
        grouped += pulang_quota_group(instance, quota, j) != NULL;
    if (selected == 0)
        pulang_field_report(reader->findings, PULANG_FAULT, &posts,
                            _("correct the filter, or switch the quota off (on: no)"),
                            _("the filter selects no post"));
    else if (grouped < selected)
        pulang_field_report(reader->findings, grouped ? PULANG_WARNING : PULANG_FAULT, &each,
                            _("fill in the column, or exclude these posts by the filter"),
                            _("%d of the %d posts selected have no %s and are left out"), selected - grouped,
                            selected, quota->each);
    if (quota->persons && count_selected(instance, quota->persons, instance->n_persons) == 0)
        pulang_field_report(reader->findings, PULANG_WARNING, &persons, _("correct the filter"),
                            _("the filter selects nobody"));
    pulang_field of = pulang_field_cell(table, row, pulang_table_column(table, "of"));
    if (quota->of && count_selected(instance, quota->of, instance->n_persons) == 0)
        pulang_field_report(reader->findings, PULANG_WARNING, &of, _("correct the filter"),
                            _("the filter selects nobody"));
}

void pulang_checks_quotas(pulang_reader *reader) {
    const pulang_instance *instance = reader->instance;
    const pulang_table *table = &instance->quotas_table;
    for (int q = 0; q < table->n_rows; q++) {
        const pulang_quota *quota = &instance->quotas[q];
        bool unread = (!quota->posts && quota->posts_text[0]) ||
                      (!quota->persons && quota->persons_text[0]) || (!quota->of && quota->of_text[0]);
        if (!quota->on || unread)
            continue;
        check_selection(reader, q, quota);
        if (quota->has_min || quota->has_target || quota->has_max)
            continue;
        pulang_field field = pulang_field_cell(table, q, pulang_table_column(table, "quota"));
        pulang_field_report(reader->findings, PULANG_WARNING, &field, _("give min, target or max"),
                            _("the quota limits nothing"));
    }
}
