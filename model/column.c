#include "model/column.h"

#include "model/instance.h"
#include "model/nearest.h"

#include <string.h>
#include <strings.h>

static bool find(const pulang_table *table, pulang_column_kind kind, const char *name,
                 pulang_column *column) {
    for (int c = 0; c < table->n_columns; c++)
        if (strcasecmp(table->columns[c], name) == 0 || strcasecmp(table->headings[c], name) == 0) {
            *column = (pulang_column){kind, c, table};
            return true;
        }
    return false;
}

/* What follows prefix in name, NULL when it does not begin with it. */
static const char *after(const char *name, const char *prefix) {
    size_t length = strlen(prefix);
    return strncasecmp(name, prefix, length) == 0 ? name + length : NULL;
}

bool pulang_column_of_persons(const pulang_instance *instance, const char *name, pulang_column *column) {
    const char *rest = after(name, "origin.");
    if (rest)
        return find(&instance->places_table, PULANG_COLUMN_ORIGIN, rest, column);
    rest = after(name, "current.");
    if (rest)
        return find(&instance->posts_table, PULANG_COLUMN_CURRENT, rest, column) ||
               find(&instance->places_table, PULANG_COLUMN_CURRENT_PLACE, rest, column);
    return find(&instance->persons_table, PULANG_COLUMN_PERSON, name, column);
}

bool pulang_column_of_posts(const pulang_instance *instance, const char *name, pulang_column *column) {
    const char *rest = after(name, "place.");
    if (rest)
        return find(&instance->places_table, PULANG_COLUMN_PLACE, rest, column);
    return find(&instance->posts_table, PULANG_COLUMN_POST, name, column) ||
           find(&instance->places_table, PULANG_COLUMN_PLACE, name, column);
}

/* The row of the column's table that a person or post points to, PULANG_NONE: none. */
static int row_of(const pulang_instance *instance, pulang_column_kind kind, int row) {
    switch (kind) {
    case PULANG_COLUMN_ORIGIN:
        return instance->persons[row].origin;
    case PULANG_COLUMN_CURRENT:
        return instance->persons[row].current;
    case PULANG_COLUMN_CURRENT_PLACE: {
        int post = instance->persons[row].current;
        return post == PULANG_NONE ? PULANG_NONE : instance->posts[post].place;
    }
    case PULANG_COLUMN_PLACE:
        return instance->posts[row].place;
    case PULANG_COLUMN_PERSON:
    case PULANG_COLUMN_POST:
        break;
    }
    return row;
}

const char *pulang_column_cell(const pulang_instance *instance, const pulang_column *column, int row) {
    int there = row_of(instance, column->kind, row);
    return there == PULANG_NONE ? "" : pulang_table_cell(column->table, there, column->index);
}

/* A table whose columns may be named behind a prefix. */
typedef struct source {
    const pulang_table *table;
    const char *prefix;
} source;

const char *pulang_column_nearest(const pulang_instance *instance, bool of_persons, const char *name,
                                  pulang_arena *arena) {
    const source of_person[] = {{&instance->persons_table, ""},
                                {&instance->places_table, "origin."},
                                {&instance->posts_table, "current."},
                                {&instance->places_table, "current."}};
    const source of_post[] = {
        {&instance->posts_table, ""}, {&instance->places_table, ""}, {&instance->places_table, "place."}};
    const source *sources = of_persons ? of_person : of_post;
    int n_sources = of_persons ? sizeof of_person / sizeof *of_person : sizeof of_post / sizeof *of_post;
    size_t room = 0;
    for (int s = 0; s < n_sources; s++)
        room += (size_t)sources[s].table->n_columns;
    const char **names = pulang_arena_alloc(arena, room, sizeof *names);
    if (!names)
        return NULL;
    int n = 0;
    for (int s = 0; s < n_sources; s++)
        for (int c = 0; c < sources[s].table->n_columns; c++) {
            names[n] = pulang_arena_printf(arena, "%s%s", sources[s].prefix, sources[s].table->columns[c]);
            if (!names[n++])
                return NULL;
        }
    int nearest = pulang_nearest(name, names, n);
    return nearest < 0 ? "" : names[nearest];
}
