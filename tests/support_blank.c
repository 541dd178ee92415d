#include "tests/support_blank.h"

#include <stdlib.h>
#include <string.h>

static void *take(pulang_instance *instance, int n, size_t size) {
    void *memory = pulang_arena_alloc(instance->arena, (size_t)n, size);
    if (!memory)
        abort();
    return memory;
}

/* Cuts text at any of the separators into the arena; *text moves behind. */
static const char *cut(pulang_instance *instance, const char **text, const char *separators) {
    size_t length = strcspn(*text, separators);
    const char *cell = pulang_arena_copy(instance->arena, *text, length);
    if (!cell)
        abort();
    *text += length;
    return cell;
}

void test_blank_table(pulang_instance *instance, pulang_table *table, const char *text) {
    int n_columns = 1, n_lines = 0;
    for (const char *c = text; *c && *c != '\n'; c++)
        n_columns += *c == ',';
    for (const char *c = text; *c; c++)
        n_lines += *c == '\n';
    const char **cells = take(instance, n_columns * n_lines, sizeof *cells);
    for (int i = 0; i < n_columns * n_lines; i++, text++)
        cells[i] = cut(instance, &text, ",\n");
    table->n_columns = n_columns;
    table->n_rows = n_lines - 1;
    table->columns = table->headings = cells;
    table->cells = cells + n_columns;
    table->lines = take(instance, n_lines, sizeof *table->lines);
    for (int r = 0; r < table->n_rows; r++)
        table->lines[r] = r + 2;
}

/* A table with the id column only: ids are letter and number. */
static const char *const *id_table(pulang_instance *instance, pulang_table *table, const char *file,
                                   const char *column, char letter, int n) {
    const char **cells = take(instance, n + 1, sizeof *cells);
    cells[0] = column;
    for (int i = 0; i < n; i++)
        cells[i + 1] = pulang_arena_printf(instance->arena, "%c%d", letter, i);
    *table = (pulang_table){.file = file,
                            .n_columns = 1,
                            .n_rows = n,
                            .columns = cells,
                            .headings = cells,
                            .cells = cells + 1,
                            .lines = take(instance, n, sizeof(int))};
    return cells + 1;
}

static void fill_places(pulang_instance *instance, const char *const *ids) {
    for (int v = 0; v < instance->n_places; v++)
        instance->places[v] =
            (pulang_place){.id = ids[v], .name = ids[v], .district = "", .region = "", .has_point = false};
}

static void fill_persons(pulang_instance *instance, const char *const *ids) {
    for (int p = 0; p < instance->n_persons; p++)
        instance->persons[p] = (pulang_person){.id = ids[p],
                                               .name = ids[p],
                                               .category = "",
                                               .contract = "",
                                               .origin = PULANG_NONE,
                                               .merit = PULANG_NONE,
                                               .current = PULANG_NONE,
                                               .pin = PULANG_NONE,
                                               .group = PULANG_NONE,
                                               .tenure = PULANG_NONE};
}

static void fill_posts(pulang_instance *instance, const char *const *ids) {
    for (int j = 0; j < instance->n_posts; j++)
        instance->posts[j] = (pulang_post){.id = ids[j],
                                           .unit = "",
                                           .role = "",
                                           .target = 1,
                                           .max = 1,
                                           .priority = 1000,
                                           .pay = PULANG_NONE,
                                           .need = PULANG_NONE};
}

pulang_instance *test_blank_new(int n_places, int n_persons, int n_posts) {
    pulang_instance *instance = pulang_instance_new();
    if (!instance)
        abort();
    instance->n_places = n_places;
    instance->n_persons = n_persons;
    instance->n_posts = n_posts;
    instance->places = take(instance, n_places, sizeof *instance->places);
    instance->persons = take(instance, n_persons, sizeof *instance->persons);
    instance->posts = take(instance, n_posts, sizeof *instance->posts);
    id_table(instance, &instance->quotas_table, "quotas.csv", "quota", 'q', 0);
    fill_places(instance, id_table(instance, &instance->places_table, "places.csv", "place", 'v', n_places));
    fill_persons(instance,
                 id_table(instance, &instance->persons_table, "persons.csv", "person", 'p', n_persons));
    fill_posts(instance, id_table(instance, &instance->posts_table, "posts.csv", "post", 'j', n_posts));
    return instance;
}

pulang_ints test_ints(pulang_instance *instance, int n, const int *items) {
    pulang_ints list = {n, take(instance, n, sizeof *items)};
    memcpy(list.items, items, (size_t)n * sizeof *items);
    return list;
}

pulang_skill_list test_skills(pulang_instance *instance, int n, const int *skills_and_levels) {
    pulang_skill_list list = {n, take(instance, n, sizeof(pulang_skill))};
    for (int i = 0; i < n; i++)
        list.items[i] = (pulang_skill){skills_and_levels[2 * i], skills_and_levels[2 * i + 1]};
    return list;
}
