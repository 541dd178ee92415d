/*
 * Columns that a filter or the `each` of a quota may name: those of the row's own table, and those
 * of the rows it points to.
 *
 *   persons   their own; `origin.COLUMN` of the place of origin; `current.COLUMN` of the post held now
 *             (or of that post's place)
 *   posts     their own; any other of their place, also written `place.COLUMN`
 */
#ifndef PULANG_MODEL_COLUMN_H
#define PULANG_MODEL_COLUMN_H

#include "model/arena.h"
#include "model/table.h"

typedef struct pulang_instance pulang_instance;

typedef enum pulang_column_kind {
    PULANG_COLUMN_PERSON,
    PULANG_COLUMN_ORIGIN,        /* of the person's place of origin */
    PULANG_COLUMN_CURRENT,       /* of the person's current post */
    PULANG_COLUMN_CURRENT_PLACE, /* of the place of the person's current post */
    PULANG_COLUMN_POST,
    PULANG_COLUMN_PLACE /* of the post's place */
} pulang_column_kind;

typedef struct pulang_column {
    pulang_column_kind kind;
    int index;                 /* in the table */
    const pulang_table *table; /* the cells come from here */
} pulang_column;

/* Finds the column by its canonical name or the heading in the file, without regard to case; false:
   there is none. */
bool pulang_column_of_persons(const pulang_instance *instance, const char *name, pulang_column *column);
bool pulang_column_of_posts(const pulang_instance *instance, const char *name, pulang_column *column);
/* The cell for a person (or a post); "" where the row points to none (no origin, no current post). */
const char *pulang_column_cell(const pulang_instance *instance, const pulang_column *column, int row);
/* The nearest known column, "" when none is near; belongs to the tables or the arena; NULL: out of
   memory. */
const char *pulang_column_nearest(const pulang_instance *instance, bool of_persons, const char *name,
                                  pulang_arena *arena);

#endif
