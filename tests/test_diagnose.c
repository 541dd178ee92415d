/*
 * The diagnosis of small random instances without a plan: each conflict is one and minimal, each repair
 * mends, and none is cheaper. Conflicts and repairs are checked on instances made anew, with only the rules
 * in question.
 */
#include "model/alloc.h"
#include "model/eligible.h"
#include "model/plan.h"
#include "solver/diagnose.h"
#include "tests/support.h"
#include "tests/support_instance.h"

#include <criterion/criterion.h>
#include <string.h>

static pulang_settings settings_of(pulang_method method) {
    pulang_settings settings;
    pulang_settings_default(&settings);
    settings.method = method;
    return settings;
}

static bool solvable(const pulang_instance *instance) {
    pulang_settings settings = settings_of(PULANG_METHOD_GLPK);
    pulang_plan *plan = NULL;
    pulang_error error = {0};
    cr_assert_eq(pulang_solve(instance, &settings, &plan, &error), PULANG_OK, "%s", error.message);
    bool exists = plan->exists;
    pulang_plan_free(plan);
    return exists;
}

static pulang_diagnosis *diagnose(const pulang_instance *instance, const pulang_tariff *tariff,
                                  pulang_method method) {
    pulang_settings settings = settings_of(method);
    pulang_diagnosis *diagnosis = NULL;
    pulang_error error = {0};
    cr_assert_eq(pulang_diagnose(instance, &settings, tariff, &diagnosis, &error), PULANG_OK, "%s",
                 error.message);
    return diagnosis;
}

/* The posts of a group as a filter: ids of the test's posts need no quoting. */
static pulang_filter *select_posts(pulang_instance *instance, const pulang_quota_group_info *info,
                                   pulang_arena *arena) {
    char text[256] = "post=";
    const char *message;
    pulang_filter *filter = NULL;
    for (int i = 0; i < info->n_posts; i++) {
        strcat(text, i ? "|" : "");
        strcat(text, instance->posts[info->posts[i]].id);
    }
    cr_assert(pulang_filter_parse(instance, PULANG_FILTER_POSTS, text, arena, &filter, &message));
    return filter;
}

/* Adds one bound of a quota's group as a quota of its own; of a share as it is. */
static void add_quota(pulang_instance *made, const pulang_rule *rule, int64_t bound, pulang_arena *arena) {
    pulang_quota *quota = &made->quotas[made->n_quotas++];
    *quota = made->quotas[rule->quota]; /* those of the staff come first, off */
    quota->on = true;
    quota->each = "";
    quota->posts = select_posts(made, rule->info, arena);
    quota->has_min = rule->kind != PULANG_RULE_AT_MOST;
    quota->has_max = !quota->has_min;
    quota->or_none = rule->kind == PULANG_RULE_NONE_OR;
    quota->min = quota->max = bound;
}

/* What a rule's bound is after the changes of a repair. */
static int64_t bound_after(const pulang_diagnosis *diagnosis, int rule, const pulang_repair *repair,
                           bool *away) {
    const pulang_rules *rules = diagnosis->rules;
    int64_t bound = rules->rule[rule].bound;
    *away = false;
    for (int c = 0; repair && c < repair->n; c++) {
        if (repair->changes[c].rule != rule)
            continue;
        bool share =
            rules->rule[rule].quota != PULANG_NONE && rules->instance->quotas[rules->rule[rule].quota].share;
        bound = repair->changes[c].to;
        *away = share || rules->rule[rule].total == PULANG_NONE;
    }
    return bound;
}

static void put_in_force(const pulang_diagnosis *diagnosis, int index, int64_t bound, pulang_instance *made,
                         pulang_arena *arena) {
    const pulang_rule *rule = &diagnosis->rules->rule[index];
    switch (rule->kind) {
    case PULANG_RULE_MINIMUM:
        made->posts[rule->post].min = (int)bound;
        break;
    case PULANG_RULE_SEATS:
        made->posts[rule->post].max = (int)bound;
        break;
    case PULANG_RULE_OPENING:
        made->posts[rule->post].open_min = (int)bound;
        break;
    case PULANG_RULE_PIN:
    case PULANG_RULE_STAY:
        made->persons[rule->person].released = false;
        break;
    case PULANG_RULE_TOGETHER:
        made->n_groups = 1; /* there is one group at most */
        break;
    default:
        add_quota(made, rule, bound, arena);
        break;
    }
}

/* Hired people are further copies of their row. */
static void hire(pulang_instance *made, const pulang_diagnosis *diagnosis, const pulang_repair *repair,
                 pulang_arena *arena) {
    const pulang_instance *staff = diagnosis->rules->instance;
    int room = diagnosis->n_persons, n = diagnosis->n_persons;
    for (int c = 0; repair && c < repair->n; c++)
        room += repair->changes[c].count;
    made->persons = pulang_arena_alloc(arena, (size_t)room, sizeof *made->persons);
    made->pairs_begin = pulang_arena_alloc(arena, (size_t)room + 1, sizeof(int));
    pulang_table *table = &made->persons_table;
    const char **cells = pulang_arena_alloc(arena, (size_t)(room * table->n_columns), sizeof *cells);
    memcpy(made->persons, staff->persons, (size_t)n * sizeof *made->persons);
    memcpy(cells, table->cells, (size_t)(n * table->n_columns) * sizeof *cells);
    for (int c = 0; repair && c < repair->n; c++)
        for (int i = 0; i < repair->changes[c].count; i++, n++) {
            int like = repair->changes[c].like;
            cr_assert_neq(like, PULANG_NONE, "no post asks for what nobody has");
            pulang_person *person = &made->persons[n];
            *person = staff->persons[like];
            person->id = pulang_arena_printf(arena, "h%d", n);
            person->current = person->pin = person->group = person->tenure = PULANG_NONE;
            person->forbid_posts.n = person->forbid_places.n = 0;
            person->released = false;
            for (int k = 0; k < table->n_columns; k++)
                cells[n * table->n_columns + k] = cells[like * table->n_columns + k];
            cells[n * table->n_columns] = person->id;
        }
    table->cells = cells;
    table->n_rows = made->n_persons = n;
    made->n_pairs = 0;
}

/* The filters and amounts of the quotas for the persons there are now. */
static void fit_quotas(pulang_instance *made, const pulang_diagnosis *diagnosis, const pulang_repair *repair,
                       pulang_arena *arena) {
    for (int q = 0; q < made->n_quotas; q++) {
        pulang_quota *quota = &made->quotas[q];
        const char *message;
        quota->on = false;
        if (quota->persons)
            cr_assert(pulang_filter_parse(made, PULANG_FILTER_PERSONS, quota->persons_text, arena,
                                          &quota->persons, &message));
        if (quota->of)
            cr_assert(pulang_filter_parse(made, PULANG_FILTER_PERSONS, quota->of_text, arena, &quota->of,
                                          &message));
        if (!quota->amount)
            continue;
        int64_t *amount = pulang_arena_alloc(arena, (size_t)made->n_persons, sizeof *amount);
        int n = diagnosis->n_persons;
        memcpy(amount, quota->amount, (size_t)n * sizeof *amount);
        for (int c = 0; repair && c < repair->n; c++)
            for (int i = 0; i < repair->changes[c].count; i++)
                amount[n++] = quota->amount[repair->changes[c].like];
        quota->amount = amount;
    }
}

/* Whether there is a plan with the rules marked in keep only (NULL: all), changed by the repair (NULL: not).
 */
static bool holds(const pulang_diagnosis *diagnosis, const bool *keep, const pulang_repair *repair) {
    const pulang_instance *staff = diagnosis->rules->instance;
    const pulang_rules *rules = diagnosis->rules;
    pulang_arena *arena = pulang_arena_new();
    pulang_instance made = *staff;
    hire(&made, diagnosis, repair, arena);
    made.quotas = pulang_arena_alloc(arena, (size_t)(staff->n_quotas + rules->n), sizeof *made.quotas);
    memcpy(made.quotas, staff->quotas, (size_t)staff->n_quotas * sizeof *made.quotas);
    fit_quotas(&made, diagnosis, repair, arena);
    made.posts = pulang_arena_alloc(arena, (size_t)staff->n_posts, sizeof *made.posts);
    memcpy(made.posts, staff->posts, (size_t)staff->n_posts * sizeof *made.posts);
    for (int j = 0; j < made.n_posts; j++) {
        made.posts[j].min = made.posts[j].target = made.posts[j].open_min = 0;
        made.posts[j].max = PULANG_UNLIMITED;
    }
    made.n_groups = 0;
    for (int r = 0; r < rules->n; r++) {
        bool away;
        int64_t bound = bound_after(diagnosis, r, repair, &away);
        if ((!keep || keep[r]) && !away)
            put_in_force(diagnosis, r, bound, &made, arena);
    }
    bool exists = solvable(&made);
    pulang_arena_free(arena);
    return exists;
}

static void check_conflict(const pulang_diagnosis *diagnosis, const pulang_conflict *conflict, int seed) {
    bool keep[64] = {false};
    cr_assert(conflict->n > 0 && conflict->minimal && diagnosis->rules->n <= 64);
    for (int i = 0; i < conflict->n; i++)
        keep[conflict->rules[i]] = true;
    cr_assert_not(holds(diagnosis, keep, NULL), "seed %d: the rules can all be met", seed);
    for (int i = 0; i < conflict->n; i++) {
        keep[conflict->rules[i]] = false;
        cr_assert(holds(diagnosis, keep, NULL), "seed %d: not minimal", seed);
        keep[conflict->rules[i]] = true;
    }
}

static void check_repair(const pulang_diagnosis *diagnosis, const pulang_repair *repair, int seed) {
    int64_t cost = 0;
    for (int c = 0; c < repair->n; c++)
        cost += repair->changes[c].cost;
    cr_assert(repair->proven && repair->n > 0 && cost == repair->cost, "seed %d", seed);
    cr_assert(holds(diagnosis, NULL, repair), "seed %d: the repair does not mend it", seed);
}

/* More rules than there is room for, and people who must stay. */
static pulang_instance *hard_instance(test_random *random) {
    pulang_instance *instance = test_instance_random(random);
    instance->scenario.hard_minimums = test_random_range(random, 0, 2) > 0;
    test_instance_add_rules(instance, random);
    for (int q = 0; q < instance->n_quotas; q++) {
        pulang_quota *quota = &instance->quotas[q];
        quota->of_text = "category=b";
        if (quota->persons)
            quota->persons_text =
                pulang_filter_matches(instance, quota->persons, 0) ? "category=a" : "category=b";
        if (quota->has_min && !quota->share && !quota->or_none)
            quota->min *= test_random_range(random, 1, 3);
    }
    instance->scenario.min_tenure = 2;
    for (int p = 0; p < instance->n_persons; p++) {
        if (test_random_range(random, 0, 3) == 0)
            instance->persons[p].tenure = 100;
        else if (test_random_range(random, 0, 3) == 0)
            instance->persons[p].pin = test_random_range(random, 0, instance->n_posts - 1);
    }
    return instance;
}

Test(diagnose, random_instances) {
    test_random random = {5};
    pulang_tariff tariff;
    pulang_tariff_default(&tariff);
    int found = 0, kinds[PULANG_N_RULE_KINDS] = {0}, changes[PULANG_N_CHANGES] = {0};
    for (int seed = 0; found < 500; seed++) {
        pulang_instance *instance = hard_instance(&random);
        bool feasible = solvable(instance);
        pulang_diagnosis *diagnosis = diagnose(instance, &tariff, PULANG_METHOD_AUTO);
        cr_assert(diagnosis->decided && diagnosis->feasible == feasible && !diagnosis->more, "seed %d", seed);
        cr_assert_eq(diagnosis->n_conflicts == 0, feasible);
        found += !feasible;
        for (int c = 0; c < diagnosis->n_conflicts; c++) {
            check_conflict(diagnosis, &diagnosis->conflicts[c], seed);
            for (int i = 0; i < diagnosis->conflicts[c].n; i++)
                kinds[diagnosis->rules->rule[diagnosis->conflicts[c].rules[i]].kind]++;
        }
        cr_assert_eq(diagnosis->n_repairs == 0, feasible);
        for (int i = 0; i < diagnosis->n_repairs; i++) {
            check_repair(diagnosis, &diagnosis->repairs[i], seed);
            for (int c = 0; c < diagnosis->repairs[i].n; c++)
                changes[diagnosis->repairs[i].changes[c].kind]++;
        }
        if (!feasible) {
            pulang_diagnosis *other = diagnose(instance, &tariff, PULANG_METHOD_GLPK);
            cr_assert_eq(other->repairs[0].cost, diagnosis->repairs[0].cost, "seed %d", seed);
            pulang_diagnosis_free(other);
        }
        pulang_diagnosis_free(diagnosis);
        pulang_instance_free(instance);
    }
    for (int k = 0; k < PULANG_N_RULE_KINDS; k++)
        cr_assert(kinds[k] > 0, "no conflict with a rule of kind %d", k);
    for (int k = 0; k < PULANG_N_CHANGES; k++)
        cr_assert(changes[k] > 0, "no repair by %s", pulang_tariff_table[k].name);
}

Test(diagnose, prices) {
    pulang_tariff tariff;
    pulang_tariff_default(&tariff);
    cr_assert_eq(pulang_tariff_parse(&tariff, "hire=0.5", NULL), PULANG_OK);
    cr_assert_eq(tariff.price[PULANG_CHANGE_HIRE], 500);
    cr_assert_eq(pulang_tariff_parse(&tariff, "release=never", NULL), PULANG_OK);
    cr_assert_eq(tariff.price[PULANG_CHANGE_RELEASE], PULANG_PRICE_NEVER);
    static const char *const bad[] = {"",        "hire",   "hire=",    "hire=0",
                                      "hire=-1", "hire=x", "hiring=1", "hire=nan"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        cr_assert_eq(pulang_tariff_parse(&tariff, bad[i], NULL), PULANG_ERROR_ARGUMENT, "%s", bad[i]);
}

Test(diagnose, memory_runs_out) {
    pulang_instance *instance = test_instance_new(2, 2, 2, 0);
    pulang_settings settings = settings_of(PULANG_METHOD_AUTO);
    pulang_tariff tariff;
    pulang_tariff_default(&tariff);
    instance->scenario.hard_minimums = true;
    instance->posts[0].min = instance->posts[0].target = instance->posts[0].max = 3;
    for (long k = 1;; k++) {
        pulang_diagnosis *diagnosis = NULL;
        pulang_alloc_fail_at((int)k);
        pulang_status status = pulang_diagnose(instance, &settings, &tariff, &diagnosis, NULL);
        pulang_alloc_fail_at(0);
        pulang_diagnosis_free(diagnosis);
        if (status == PULANG_OK)
            break;
        cr_assert_eq(status, PULANG_ERROR_MEMORY);
        cr_assert_null(diagnosis);
    }
    pulang_instance_free(instance);
}
