/*
 * Filters of quotas: `column=value`, `column!=value`, `column>=number`, ... joined by `&`; a value
 * may list alternatives with `|`. A blank filter selects everything.
 */
#ifndef PULANG_MODEL_FILTER_H
#define PULANG_MODEL_FILTER_H

#include "model/arena.h"
#include "model/table.h"

typedef struct pulang_instance pulang_instance;
typedef struct pulang_filter pulang_filter;

/* Which rows a filter is about. A person's filter may use `origin.COLUMN` (place of origin) and
   `current.COLUMN` (post held now); a post's filter falls back on the columns of its place
   (`district=...`), also written `place.COLUMN`. */
typedef enum pulang_filter_kind { PULANG_FILTER_PERSONS, PULANG_FILTER_POSTS } pulang_filter_kind;

/*
 * Parses text. The persons, places and posts of the instance are there by then: the filter remembers
 * which rows it selects, so that matching is one look-up. On success *filter is owned by the arena. On
 * failure returns false and *message says what is wrong, with the nearest known column when a column is
 * unknown (owned by the arena, translated; "" when memory is out).
 *
 * Comparison by = and != is of text without regard to case, or of numbers when both sides are
 * numbers; `column=` asks for a blank cell. A cell that is a list (a|b) equals a value when any of its
 * items does; a skills column matches by the name of any skill in it.
 */
bool pulang_filter_parse(const pulang_instance *instance, pulang_filter_kind kind, const char *text,
                         pulang_arena *arena, pulang_filter **filter, const char **message);
/* The filter with one row more, the last, which is selected where `row` is; NULL: out of memory. */
pulang_filter *pulang_filter_add_like(const pulang_filter *filter, pulang_arena *arena, int row);
/* Whether the row (person or post index) is selected; a NULL filter selects all. */
bool pulang_filter_matches(const pulang_instance *instance, const pulang_filter *filter, int row);

#endif
