#include "model/staff.h"

#include "model/alloc.h"
#include "model/eligible.h"
#include "model/error.h"
#include "model/problem.h"

#include <string.h>

/* Columns of persons.csv that nobody brings along. */
static const char *const own_columns[] = {"name", "current", "pin", "forbid", "wish", "group", "tenure"};

static bool is_own(const char *column) {
    for (size_t i = 0; i < sizeof own_columns / sizeof *own_columns; i++)
        if (strcmp(column, own_columns[i]) == 0)
            return true;
    return false;
}

/* Somebody like a person, who has yet to come. */
static pulang_person newcomer(const pulang_person *like, const char *id) {
    pulang_person made = *like;
    made.id = id;
    made.name = "";
    made.current = made.pin = made.group = made.tenure = PULANG_NONE;
    made.forbid_posts = made.forbid_places = (pulang_ints){0};
    made.wish.n = 0;
    return made;
}

/* Somebody with what the post asks for. */
static pulang_person fitting(const pulang_post *post, const char *id) {
    return (pulang_person){.id = id,
                           .name = "",
                           .category = "",
                           .contract = post->contracts.n ? post->contracts.items[0] : "",
                           .origin = PULANG_NONE,
                           .skills = post->requires,
                           .merit = post->min_merit ? post->min_merit : PULANG_NONE,
                           .current = PULANG_NONE,
                           .pin = PULANG_NONE,
                           .group = PULANG_NONE,
                           .tenure = PULANG_NONE};
}

/* The row of a newcomer in the table of persons. */
static void fill_row(pulang_table *table, int row, const pulang_instance *base, const pulang_recruit *recruit,
                     const char *id) {
    const pulang_post *post = recruit->like == PULANG_NONE ? &base->posts[recruit->made_for] : NULL;
    const char **cells = table->cells + (size_t)row * (size_t)table->n_columns;
    int requires = pulang_table_column(&base->posts_table, "requires");
    for (int c = 0; c < table->n_columns; c++) {
        const char *column = table->columns[c];
        cells[c] = "";
        if (strcmp(column, "person") == 0)
            cells[c] = id;
        else if (!post && !is_own(column))
            cells[c] = pulang_table_cell(&base->persons_table, recruit->like, c);
        else if (post && strcmp(column, "skills") == 0)
            cells[c] = pulang_table_cell(&base->posts_table, recruit->made_for, requires);
        else if (post && strcmp(column, "contract") == 0 && post->contracts.n)
            cells[c] = post->contracts.items[0];
    }
}

static int extend_table(pulang_instance *made, const pulang_instance *base, int n, pulang_arena *arena) {
    pulang_table *table = &made->persons_table;
    size_t width = (size_t)table->n_columns, before = (size_t)base->n_persons;
    const char **cells = pulang_arena_alloc(arena, ((size_t)n + before) * width, sizeof *cells);
    int *lines = pulang_arena_alloc(arena, (size_t)n + before, sizeof *lines);
    int *pairs_begin = pulang_arena_alloc(arena, (size_t)n + before + 1, sizeof *pairs_begin);
    if (!cells || !lines || !pairs_begin)
        return -1;
    memcpy(cells, table->cells, before * width * sizeof *cells);
    memcpy(lines, table->lines, before * sizeof *lines);
    for (int p = 0; p <= base->n_persons + n; p++)
        pairs_begin[p] = base->pairs_begin[p < base->n_persons ? p : base->n_persons];
    table->cells = cells;
    table->lines = lines;
    table->n_rows = base->n_persons + n;
    made->pairs_begin = pairs_begin;
    return 0;
}

static int add_recruits(pulang_instance *made, const pulang_instance *base, const pulang_recruit *recruits,
                        int n, pulang_arena *arena) {
    size_t before = (size_t)base->n_persons;
    pulang_person *persons = pulang_arena_alloc(arena, before + (size_t)n, sizeof *persons);
    if (!persons || extend_table(made, base, n, arena))
        return -1;
    memcpy(persons, base->persons, before * sizeof *persons);
    for (int i = 0; i < n; i++) {
        int p = base->n_persons + i;
        const char *id = pulang_arena_printf(arena, "+%d", i + 1);
        if (!id)
            return -1;
        persons[p] = recruits[i].like == PULANG_NONE ? fitting(&base->posts[recruits[i].made_for], id)
                                                     : newcomer(&base->persons[recruits[i].like], id);
        persons[p].released = true;
        fill_row(&made->persons_table, p, base, &recruits[i], id);
    }
    made->persons = persons;
    made->n_persons = base->n_persons + n;
    for (int p = 0; p < base->n_persons; p++)
        persons[p].released = pulang_eligible_post(base, p) != PULANG_NONE;
    return 0;
}

/* A filter remembers the rows that it selects: read anew. */
static int select_again(const pulang_instance *made, const char *text, pulang_filter **filter,
                        pulang_arena *arena) {
    const char *message;
    if (!*filter)
        return 0;
    return pulang_filter_parse(made, PULANG_FILTER_PERSONS, text, arena, filter, &message) ? 0 : -1;
}

static int extend_quota(const pulang_instance *made, int n_before, const pulang_recruit *recruits,
                        pulang_quota *quota, pulang_arena *arena) {
    bool balance =
        quota->tier != PULANG_TIER_HARD && made->scenario.levels[quota->tier].kind == PULANG_LEVEL_BALANCE;
    quota->on = quota->on && (quota->tier == PULANG_TIER_HARD || balance || quota->or_none);
    quota->has_target = false;
    quota->tier = PULANG_TIER_HARD;
    if (select_again(made, quota->persons_text, &quota->persons, arena) ||
        select_again(made, quota->of_text, &quota->of, arena))
        return -1;
    if (!quota->amount)
        return 0;
    int64_t *amount = pulang_arena_alloc(arena, (size_t)made->n_persons, sizeof *amount);
    if (!amount)
        return -1;
    for (int p = 0; p < made->n_persons; p++) {
        int from = p < n_before ? p : recruits[p - n_before].like;
        amount[p] = from == PULANG_NONE ? 0 : quota->amount[from];
    }
    quota->amount = amount;
    return 0;
}

static int extend(const pulang_instance *base, const pulang_recruit *recruits, int n, pulang_arena *arena,
                  pulang_instance *made) {
    *made = *base;
    if (add_recruits(made, base, recruits, n, arena))
        return -1;
    made->quotas = pulang_arena_alloc(arena, (size_t)base->n_quotas, sizeof *made->quotas);
    pulang_level *level = pulang_arena_alloc(arena, 1, sizeof *level);
    if (!made->quotas || !level)
        return -1;
    for (int q = 0; q < base->n_quotas; q++) {
        made->quotas[q] = base->quotas[q];
        if (extend_quota(made, base->n_persons, recruits, &made->quotas[q], arena))
            return -1;
    }
    *level = pulang_level_named("repair");
    made->scenario.levels = level;
    made->scenario.n_levels = 1;
    return 0;
}

/* Of recruits as there are persons, one of each kind: those that would be members of one class. */
static pulang_status keep_kinds(const pulang_instance *base, pulang_recruit *recruits, int *n,
                                pulang_arena *arena, pulang_error *error) {
    pulang_problem *problem = NULL;
    pulang_instance all;
    if (extend(base, recruits, *n, arena, &all))
        return pulang_fail_memory(error);
    for (int i = 0; i < *n; i++)
        all.persons[base->n_persons + i].released = false; /* whoever is alike makes one class */
    pulang_status status = pulang_problem_new(&all, &problem, error);
    if (status != PULANG_OK)
        return status;
    bool *kept = pulang_alloc((size_t)*n, sizeof *kept);
    for (int k = 0; kept && k < problem->n_classes; k++)
        for (int i = problem->member_begin[k]; i < problem->member_begin[k + 1]; i++) {
            int p = problem->members[i];
            if (p < base->n_persons || problem->arc_begin[k] == problem->arc_begin[k + 1])
                continue;
            kept[p - base->n_persons] = true;
            break;
        }
    int n_kept = 0;
    for (int i = 0; kept && i < *n; i++)
        if (kept[i])
            recruits[n_kept++] = recruits[i];
    *n = n_kept;
    pulang_problem_free(problem);
    if (!kept)
        return pulang_fail_memory(error);
    pulang_free(kept);
    return PULANG_OK;
}

/* Adds somebody for each post that no recruit may hold. */
static int add_fitting(const pulang_instance *base, pulang_recruit *recruits, int *n, pulang_arena *arena) {
    bool *covered = pulang_alloc((size_t)base->n_posts, sizeof *covered);
    pulang_instance made;
    int failed = !covered || extend(base, recruits, *n, arena, &made);
    for (int i = 0; !failed && i < *n; i++)
        for (int j = 0; j < base->n_posts; j++)
            covered[j] = covered[j] || pulang_eligible_bar(&made, base->n_persons + i, j) == PULANG_BAR_NONE;
    for (int j = 0; !failed && j < base->n_posts; j++) {
        if (covered[j])
            continue;
        recruits[(*n)++] = (pulang_recruit){.like = PULANG_NONE, .made_for = j};
        failed = extend(base, recruits, *n, arena, &made);
        for (int i = j; !failed && i < base->n_posts; i++)
            covered[i] =
                covered[i] || pulang_eligible_bar(&made, base->n_persons + *n - 1, i) == PULANG_BAR_NONE;
    }
    pulang_free(covered);
    return failed ? -1 : 0;
}

pulang_status pulang_staff_new(const pulang_instance *instance, pulang_arena *arena, pulang_staff **staff,
                               pulang_error *error) {
    pulang_staff *made = pulang_arena_alloc(arena, 1, sizeof *made);
    pulang_arena *scratch = pulang_arena_new();
    size_t room = (size_t)instance->n_persons + (size_t)instance->n_posts;
    pulang_recruit *recruits = pulang_arena_alloc(arena, room, sizeof *recruits);
    int n = instance->n_persons;
    pulang_status status = PULANG_ERROR_MEMORY;
    for (int p = 0; recruits && p < n; p++)
        recruits[p] = (pulang_recruit){.like = p, .made_for = PULANG_NONE};
    if (made && scratch && recruits)
        status = keep_kinds(instance, recruits, &n, scratch, error);
    if (status == PULANG_OK && (add_fitting(instance, recruits, &n, scratch) ||
                                extend(instance, recruits, n, arena, &made->instance)))
        status = PULANG_ERROR_MEMORY;
    pulang_arena_free(scratch);
    if (status == PULANG_ERROR_MEMORY)
        return pulang_fail_memory(error);
    if (status != PULANG_OK)
        return status;
    made->n_persons = instance->n_persons;
    made->n_recruits = n;
    made->recruits = recruits;
    *staff = made;
    return PULANG_OK;
}
