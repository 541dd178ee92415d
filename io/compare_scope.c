/*
 * Which posts and persons a rule counts, told by an output folder: its tables are made into as much of an
 * instance as filters look at.
 */
#include "io/compare_state.h"
#include "model/column.h"
#include "model/filter.h"
#include "model/instance.h"

#include <string.h>

/* Columns of posts.csv of an output folder that are of the input; its others tell of the plan. */
static const char *const post_columns[] = {"post", "place", "district", "unit",
                                           "role", "min",   "target",   "max"};
static const char *const person_columns[] = {"person", "name", "origin", "category", "contract"};
enum { N_POST_COLUMNS = sizeof post_columns / sizeof *post_columns };
enum { N_PERSON_COLUMNS = sizeof person_columns / sizeof *person_columns };
#define OWN_COLUMN "post." /* in placements.csv: a column of the user's own, of the post */

static bool table_begin(pulang_table *table, int n_columns, int n_rows, pulang_arena *arena) {
    *table = (pulang_table){.file = "", .n_columns = n_columns, .n_rows = n_rows};
    table->columns = table->headings = pulang_arena_alloc(arena, (size_t)n_columns, sizeof(char *));
    table->cells = pulang_arena_alloc(arena, (size_t)n_columns * (size_t)n_rows, sizeof(char *));
    for (size_t i = 0; table->cells && i < (size_t)n_columns * (size_t)n_rows; i++)
        table->cells[i] = "";
    return table->columns && table->cells;
}

static void copy_column(pulang_table *table, int column, const char *name, const pulang_run_table *from) {
    int source = pulang_table_column(&from->table, name);
    table->columns[column] = name;
    for (int r = 0; r < table->n_rows; r++)
        table->cells[r * table->n_columns + column] = pulang_table_cell(&from->table, r, source);
}

/* The user's own column of the posts, as far as somebody holds them. */
static void copy_own(pulang_table *table, int column, const pulang_run *run, int source) {
    const pulang_table *persons = &run->persons.table;
    int post = pulang_table_column(persons, "post");
    table->columns[column] = persons->columns[source] + strlen(OWN_COLUMN);
    for (int p = 0; p < persons->n_rows; p++) {
        int row = pulang_run_row(&run->posts, pulang_table_cell(persons, p, post));
        if (row >= 0)
            table->cells[row * table->n_columns + column] = pulang_table_cell(persons, p, source);
    }
}

static bool is_own(const char *column) {
    return strncmp(column, OWN_COLUMN, strlen(OWN_COLUMN)) == 0;
}

static bool make_tables(const pulang_run *run, pulang_instance *like, pulang_arena *arena) {
    const pulang_table *persons = &run->persons.table;
    int n_own = 0, column = N_POST_COLUMNS;
    for (int c = 0; c < persons->n_columns; c++)
        n_own += is_own(persons->columns[c]);
    if (!table_begin(&like->persons_table, N_PERSON_COLUMNS, like->n_persons, arena) ||
        !table_begin(&like->posts_table, N_POST_COLUMNS + n_own, like->n_posts, arena))
        return false;
    for (int c = 0; c < N_PERSON_COLUMNS; c++)
        copy_column(&like->persons_table, c, person_columns[c], &run->persons);
    for (int c = 0; c < N_POST_COLUMNS; c++)
        copy_column(&like->posts_table, c, post_columns[c], &run->posts);
    for (int c = 0; c < persons->n_columns; c++)
        if (is_own(persons->columns[c]))
            copy_own(&like->posts_table, column++, run, c);
    return true;
}

/* Places are not told of beyond what posts.csv has of them. */
static bool make_rows(const pulang_run *run, pulang_instance *like, pulang_arena *arena) {
    like->persons = pulang_arena_alloc(arena, (size_t)like->n_persons, sizeof *like->persons);
    like->posts = pulang_arena_alloc(arena, (size_t)like->n_posts, sizeof *like->posts);
    if (!like->persons || !like->posts)
        return false;
    for (int p = 0; p < like->n_persons; p++) {
        like->persons[p].origin = PULANG_NONE;
        like->persons[p].current = pulang_run_row(&run->posts, pulang_run_cell(&run->persons, p, "old_post"));
    }
    for (int j = 0; j < like->n_posts; j++)
        like->posts[j].place = PULANG_NONE;
    return true;
}

/* The group of a post; NULL where quotas.csv of the run has no such group of the rule. */
static const char *group_of(const pulang_run *run, const pulang_run_rule *rule, const pulang_instance *like,
                            const pulang_column *each, int post, pulang_arena *arena, bool *failed) {
    const char *group = each ? pulang_column_cell(like, each, post) : "";
    const char *key = pulang_run_key(arena, rule->name, group);
    *failed |= !key;
    return key && pulang_run_row(&run->quotas, key) >= 0 ? group : NULL;
}

/* The filter of a rule; NULL where it asks for columns that the folder has not. False: out of memory. */
static bool filter_of(const pulang_instance *like, pulang_filter_kind kind, const pulang_run_rule *rule,
                      pulang_arena *arena, pulang_filter **filter) {
    const char *text =
        pulang_run_setting_text(&rule->fields, kind == PULANG_FILTER_POSTS ? "posts" : "persons");
    const char *message = "";
    *filter = NULL;
    return pulang_filter_parse(like, kind, text, arena, filter, &message) || *message;
}

bool pulang_scope_of_rule(const pulang_run *run, const pulang_run *with_rule, const pulang_run_rule *rule,
                          pulang_arena *arena, pulang_scope *scope) {
    pulang_instance like = {.n_persons = run->persons.table.n_rows, .n_posts = run->posts.table.n_rows};
    pulang_filter *posts, *persons;
    const char *each = pulang_run_setting_text(&rule->fields, "each");
    pulang_column column;
    bool failed = false;
    scope->group = pulang_arena_alloc(arena, (size_t)like.n_posts, sizeof *scope->group);
    scope->counts = pulang_arena_alloc(arena, (size_t)like.n_persons, sizeof *scope->counts);
    if (!scope->group || !scope->counts || !make_tables(run, &like, arena) || !make_rows(run, &like, arena) ||
        !filter_of(&like, PULANG_FILTER_POSTS, rule, arena, &posts) ||
        !filter_of(&like, PULANG_FILTER_PERSONS, rule, arena, &persons))
        return false;
    bool grouped = *each && pulang_column_of_posts(&like, each, &column);
    for (int j = 0; !failed && j < like.n_posts; j++)
        if (pulang_filter_matches(&like, posts, j))
            scope->group[j] = group_of(with_rule, rule, &like, grouped ? &column : NULL, j, arena, &failed);
    for (int p = 0; p < like.n_persons; p++)
        scope->counts[p] = pulang_filter_matches(&like, persons, p);
    return !failed;
}
