/*
 * A filter is worked out for all rows while it is parsed; what stays is one flag per row.
 */
#include "model/filter.h"

#include "model/column.h"
#include "model/error.h"
#include "model/instance.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

struct pulang_filter {
    int n_rows;
    bool *selected; /* [n_rows] */
};

/* Beyond so many characters a number no longer fits a double: long codes are text. */
#define LONGEST_NUMBER 15

typedef enum comparison { EQUAL, UNEQUAL, AT_LEAST, AT_MOST, ABOVE, BELOW } comparison;

static const struct {
    const char *sign;
    comparison comparison;
} signs[] = {{"!=", UNEQUAL}, {">=", AT_LEAST}, {"<=", AT_MOST}, {"=", EQUAL}, {">", ABOVE}, {"<", BELOW}};

/* `column SIGN value`; value as written, alternatives and all. */
typedef struct condition {
    pulang_column column;
    comparison comparison;
    const char *value;
    double number; /* the value of an order comparison */
    bool skills;   /* cells are lists of name:level */
} condition;

/* A stretch of text. */
typedef struct span {
    const char *text;
    size_t length;
} span;

static span trim(span s) {
    while (s.length > 0 && (s.text[0] == ' ' || s.text[0] == '\t'))
        s = (span){s.text + 1, s.length - 1};
    while (s.length > 0 && (s.text[s.length - 1] == ' ' || s.text[s.length - 1] == '\t'))
        s.length--;
    return s;
}

/* The next item of a list separated by `|`; *list moves behind it, to NULL after the last. */
static span next_item(const char **list) {
    size_t length = strcspn(*list, "|");
    span item = trim((span){*list, length});
    *list = (*list)[length] ? *list + length + 1 : NULL;
    return item;
}

static bool number_of(const pulang_table *table, span s, double *number) {
    char text[LONGEST_NUMBER + 1];
    if (s.length > LONGEST_NUMBER)
        return false;
    memcpy(text, s.text, s.length);
    text[s.length] = '\0';
    return pulang_table_number(table, text, number);
}

static bool same(const pulang_instance *instance, const condition *c, span cell, span value) {
    if (c->skills && memchr(cell.text, ':', cell.length))
        cell.length = (size_t)((char *)memchr(cell.text, ':', cell.length) - cell.text);
    if (cell.length == value.length && strncasecmp(cell.text, value.text, cell.length) == 0)
        return true;
    double a, b;
    return number_of(c->column.table, cell, &a) && number_of(&instance->quotas_table, value, &b) && a == b;
}

/* Whether any item of the cell is the same as any alternative. */
static bool any_same(const pulang_instance *instance, const condition *c, const char *cell) {
    for (const char *items = cell; items;) {
        span item = next_item(&items);
        for (const char *values = c->value; values;)
            if (same(instance, c, item, next_item(&values)))
                return true;
    }
    return false;
}

static bool holds(const pulang_instance *instance, const condition *c, int row) {
    const char *cell = pulang_column_cell(instance, &c->column, row);
    if (c->comparison == EQUAL || c->comparison == UNEQUAL)
        return any_same(instance, c, cell) == (c->comparison == EQUAL);
    double number;
    if (!pulang_table_number(c->column.table, cell, &number))
        return false;
    switch (c->comparison) {
    case AT_LEAST:
        return number >= c->number;
    case AT_MOST:
        return number <= c->number;
    case ABOVE:
        return number > c->number;
    default:
        return number < c->number;
    }
}

/* What parsing needs at hand. */
typedef struct parser {
    const pulang_instance *instance;
    pulang_filter_kind kind;
    pulang_arena *arena;
    const char *message; /* what is wrong, NULL: nothing; "" when memory is out */
} parser;

static bool fail(parser *p, const char *message) {
    p->message = message ? message : "";
    return false;
}

static bool fail_column(parser *p, const char *name) {
    const char *nearest =
        pulang_column_nearest(p->instance, p->kind == PULANG_FILTER_PERSONS, name, p->arena);
    if (nearest && *nearest)
        return fail(
            p, pulang_arena_printf(p->arena, _("unknown column '%s', did you mean '%s'?"), name, nearest));
    return fail(p, pulang_arena_printf(p->arena, _("unknown column '%s'"), name));
}

/* Splits one condition at its sign; NULL when there is none. */
static const char *find_sign(const char *text, size_t *sign) {
    const char *at = strpbrk(text, "!<>=");
    for (size_t s = 0; at && s < sizeof signs / sizeof *signs; s++)
        if (strncmp(at, signs[s].sign, strlen(signs[s].sign)) == 0) {
            *sign = s;
            return at;
        }
    return NULL;
}

static bool is_skills(const char *column) {
    return strcmp(column, "skills") == 0 || strcmp(column, "requires") == 0 || strcmp(column, "prefers") == 0;
}

static bool parse_condition(parser *p, const char *text, condition *c) {
    size_t sign = 0;
    const char *at = find_sign(text, &sign);
    if (!at)
        return fail(p, pulang_arena_printf(p->arena, _("'%s' is no comparison: write column=value"), text));
    span left = trim((span){text, (size_t)(at - text)});
    const char *name = pulang_arena_copy(p->arena, left.text, left.length);
    if (!name)
        return fail(p, NULL);
    if (left.length == 0)
        return fail(p, pulang_arena_printf(p->arena, _("no column before '%s'"), at));
    bool known = p->kind == PULANG_FILTER_PERSONS ? pulang_column_of_persons(p->instance, name, &c->column)
                                                  : pulang_column_of_posts(p->instance, name, &c->column);
    if (!known)
        return fail_column(p, name);
    c->comparison = signs[sign].comparison;
    c->value = at + strlen(signs[sign].sign);
    c->skills = is_skills(c->column.table->columns[c->column.index]);
    span value = trim((span){c->value, strlen(c->value)});
    bool ordered = c->comparison != EQUAL && c->comparison != UNEQUAL;
    if (ordered && !number_of(&p->instance->quotas_table, value, &c->number))
        return fail(p,
                    pulang_arena_printf(p->arena, _("'%s' compares with something that is no number"), text));
    return true;
}

/* Takes the rows that do not meet the condition out of the filter. */
static void apply(const pulang_instance *instance, const condition *c, pulang_filter *filter) {
    for (int row = 0; row < filter->n_rows; row++)
        filter->selected[row] = filter->selected[row] && holds(instance, c, row);
}

static bool parse_all(parser *p, const char *text, pulang_filter *filter) {
    for (const char *rest = text; rest;) {
        size_t length = strcspn(rest, "&");
        span part = trim((span){rest, length});
        const char *copy = pulang_arena_copy(p->arena, part.text, part.length);
        condition c = {0};
        if (!copy)
            return fail(p, NULL);
        if (!parse_condition(p, copy, &c))
            return false;
        apply(p->instance, &c, filter);
        rest = rest[length] ? rest + length + 1 : NULL;
    }
    return true;
}

bool pulang_filter_parse(const pulang_instance *instance, pulang_filter_kind kind, const char *text,
                         pulang_arena *arena, pulang_filter **filter, const char **message) {
    parser p = {instance, kind, arena, NULL};
    int n_rows = kind == PULANG_FILTER_PERSONS ? instance->n_persons : instance->n_posts;
    pulang_filter *made = pulang_arena_alloc(arena, 1, sizeof *made);
    bool *selected = pulang_arena_alloc(arena, (size_t)n_rows, sizeof *selected);
    if (!made || !selected) {
        *message = "";
        return false;
    }
    *made = (pulang_filter){n_rows, selected};
    memset(selected, true, (size_t)n_rows * sizeof *selected);
    bool blank = text[strspn(text, " \t")] == '\0';
    if (!blank && !parse_all(&p, text, made)) {
        *message = p.message;
        return false;
    }
    *filter = made;
    return true;
}

pulang_filter *pulang_filter_add_like(const pulang_filter *filter, pulang_arena *arena, int row) {
    pulang_filter *made = pulang_arena_alloc(arena, 1, sizeof *made);
    bool *selected = pulang_arena_alloc(arena, (size_t)filter->n_rows + 1, sizeof *selected);
    if (!made || !selected)
        return NULL;
    memcpy(selected, filter->selected, (size_t)filter->n_rows * sizeof *selected);
    selected[filter->n_rows] = selected[row];
    *made = (pulang_filter){filter->n_rows + 1, selected};
    return made;
}

bool pulang_filter_matches(const pulang_instance *instance, const pulang_filter *filter, int row) {
    (void)instance;
    assert(!filter || (row >= 0 && row < filter->n_rows));
    return !filter || filter->selected[row];
}
